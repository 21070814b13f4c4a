"""What stands about a page: the parts of its series, and the pages that go with it."""

from datetime import date
from typing import Any

from yearbook.pages.commentary import Commentary
from yearbook.pages.companions import Listed, check_series, gather_companions
from yearbook.pages.replies import NO_REPLIES, Replies


def page(slug: str, **fields: Any) -> Commentary:
    lines = {name: line for line, name in enumerate(fields, start=2)}
    return Commentary(f"{slug}.md", fields, slug, "", "", lines)


def listed(slug: str, **fields: Any) -> Listed:
    return Listed(f"{slug}.md", f"posts/{slug}/", slug, page(slug, **fields))


def told(*pages: Commentary) -> list[tuple[str, int, str]]:
    return [(problem.file, problem.line, problem.what) for problem in check_series(pages)]


def test_series_that_count_from_one_are_sound_and_so_are_those_without_parts() -> None:
    pages = [page("b", series="A", part=2), page("a", series="A", part=1), page("c", series="B"), page("d", series="B")]
    assert told(*pages, page("e")) == []


def test_a_part_that_stands_twice_or_is_missing_or_has_no_number_is_told() -> None:
    assert told(
        page("a", series="A", part=1),
        page("b", series="A", part=1),
        page("c", series="A", part=4),
        page("d", series="A"),
    ) == [
        ("d.md", 2, 'The page does not say which part of "A" it is.'),
        ("b.md", 3, 'Part 1 of "A" is a.md already.'),
        ("c.md", 3, 'The series "A" has a part 4 and no part 2 or 3.'),
    ]


def test_the_parts_of_a_series_are_in_order_and_of_that_series_alone() -> None:
    pages = [listed("c", series="A", part=3), listed("a", series="A", part=1), listed("b", series="A", part=2)]
    found = gather_companions([*pages, listed("d", series="B", part=1), listed("e")], {})
    assert [part.file for part in found["b.md"].parts] == ["a.md", "b.md", "c.md"]
    assert [part.file for part in found["d.md"].parts] == ["d.md"]
    assert found["e.md"].parts == ()


def test_related_pages_are_newest_first_and_stand_once() -> None:
    pages = [
        listed("own", tags=["waiting", "Old age"]),
        listed("early", tags=["Waiting"], published=date(2020, 1, 1)),
        listed("both", tags=["old-age", "waiting"], published=date(2021, 1, 1)),
        listed("other", tags=["old age"]),
        listed("none", tags=["costs"]),
    ]
    related = gather_companions(pages, {})["own.md"].related
    assert [(one.tag, one.anchor, [page.file for page in one.pages]) for one in related] == [
        ("waiting", "more-waiting", ["both.md", "early.md"]),
        ("Old age", "more-old-age", ["other.md"]),
    ]


def test_the_other_parts_of_a_series_are_not_listed_again_as_related() -> None:
    pages = [
        listed("a", series="A", part=1, tags=["t"]),
        listed("b", series="A", part=2, tags=["t"]),
        listed("c", tags=["t"]),
    ]
    found = gather_companions(pages, {})
    assert [one.file for related in found["a.md"].related for one in related.pages] == ["c.md"]


def test_at_most_five_pages_are_named_under_a_tag() -> None:
    pages = [listed(f"p{number}", tags=["t"], published=date(2020, 1, number)) for number in range(1, 9)]
    (related,) = gather_companions(pages, {})["p1.md"].related
    assert [page.file for page in related.pages] == ["p8.md", "p7.md", "p6.md", "p5.md", "p4.md"]


def test_each_page_has_its_own_replies() -> None:
    found = gather_companions([listed("a"), listed("b")], {"a.md": Replies(1)}, "editors@example.org")
    assert (found["a.md"].replies, found["b.md"].replies) == (Replies(1), NO_REPLIES)
    assert found["b.md"].reply_to == "editors@example.org"
