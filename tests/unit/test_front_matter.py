"""The fields at the head of a page: who wrote it, when, in which series, about what."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from yearbook.errors import CommentaryError, Problem
from yearbook.pages.commentary import Commentary, read_commentary
from yearbook.pages.front_matter import Author

FILE = "content/posts/a-post.md"
HEAD = "title: T\nstandfirst: S\n"

Read = Callable[[str], Commentary]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Reads a page whose front matter goes on with the fields given, from line 4."""

    def read(fields: str) -> Commentary:
        path = tmp_path / "a-post.md"
        path.write_text(f"---\n{HEAD}{fields}---\n\nWords.\n", encoding="utf-8")
        return read_commentary(path, FILE)

    return read


@pytest.fixture
def problems(read: Read) -> Callable[[str], list[tuple[int, str, str]]]:
    """The line, the column and the words of each problem of the fields given."""

    def problems(fields: str) -> list[tuple[int, str, str]]:
        with pytest.raises(CommentaryError) as refused:
            read(fields)
        found: tuple[Problem, ...] = refused.value.problems
        assert all(problem.file == FILE and problem.fix for problem in found)
        return [(problem.line, problem.column, problem.what) for problem in found]

    return problems


Problems = Callable[[str], list[tuple[int, str, str]]]


def test_an_author_is_a_name_or_what_describes_a_person(read: Read) -> None:
    found = read(
        "authors:\n  - The editors\n  - name: Ann Example\n    guest: true\n    about: Counts queues.\n"
        "    link: https://example.org/ann\n  - name: Bo\n"
    )
    assert found.authors == (
        Author("The editors"),
        Author("Ann Example", True, "Counts queues.", "https://example.org/ann"),
        Author("Bo"),
    )


def test_a_page_need_not_say_anything_of_these(read: Read) -> None:
    found = read("")
    assert (found.authors, found.published, found.updated) == ((), None, None)
    assert (found.series, found.part, found.tags) == ("", None, ())


def test_days_series_part_and_tags_are_read(read: Read) -> None:
    found = read("published: 2024-01-31\nupdated: 2024-02-01\nseries: Waits\npart: 2\ntags: [waiting, old age]\n")
    assert (found.published, found.updated) == (date(2024, 1, 31), date(2024, 2, 1))
    assert (found.series, found.part, found.tags) == ("Waits", 2, ("waiting", "old age"))


def test_a_page_may_be_updated_on_the_day_it_is_published(read: Read) -> None:
    found = read("published: 2024-01-31 09:30:00\nupdated: 2024-01-31\n")
    assert found.published == found.updated == date(2024, 1, 31)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("authors:\n  - 42\n", (5, "authors", '"42" is not the name of an author.')),
        ("authors:\n  - Ann\n  -\n", (6, "authors", '"None" is not the name of an author.')),
        ("authors:\n  - guest: true\n", (5, "authors", "The author has no name.")),
        ("authors:\n  - guest: true\n    name:\n", (6, "authors", "The author has no name.")),
        ("authors:\n  - name: Ann\n    gest: true\n", (6, "gest", "There is no such field.")),
        (
            "authors:\n  - name: Ann\n    guest: perhaps\n",
            (6, "guest", '"perhaps" does not say whether the author is a guest.'),
        ),
        (
            "authors:\n  - name: Ann\n    about: |\n      One.\n      Two.\n",
            (6, "about", "What is said about the author is not a line of text."),
        ),
        (
            "authors:\n  - name: Ann\n    link: javascript:alert(1)\n",
            (6, "link", '"javascript:alert(1)" is not the address of a page.'),
        ),
        (
            "authors:\n  - name: Ann\n    link: 'https://example.org/\" onclick=\"'\n",
            (6, "link", '"https://example.org/" onclick="" is not the address of a page.'),
        ),
        ("authors:\n  - Ann\n  - name: Ann\n    guest: true\n", (6, "authors", "Ann stands twice.")),
        ("part: 2\n", (4, "part", "The page is a part of no series.")),
        ("series: Waits\npart: 0\n", (5, "part", '"0" is not the number of a part.')),
        ("series: Waits\npart: two\n", (5, "part", '"two" is not the number of a part.')),
        ("series: Waits\npart: true\n", (5, "part", '"True" is not the number of a part.')),
        ("series: Waits\npart:\n", (5, "part", '"None" is not the number of a part.')),
        ("tags: waiting\n", (4, "tags", '"waiting" is not a list.')),
        ("tags:\n  - waiting\n  - 2024\n", (6, "tags", '"2024" is not a word.')),
        ("tags:\n  - '!'\n", (5, "tags", '"!" is not a word.')),
        (
            "tags:\n  - everything there is to say of it\n",
            (5, "tags", 'The tag "everything there is to say of it" is long.'),
        ),
        ("tags:\n  - old age\n  - Old-age\n", (6, "tags", 'The tag "Old-age" stands twice.')),
        (
            "published: 2024-02-01\nupdated: 2024-01-31\n",
            (5, "updated", "The page was updated on 2024-01-31 and published only on 2024-02-01."),
        ),
    ],
)
def test_a_value_that_cannot_be_meant_is_told_with_its_line(
    problems: Problems, fields: str, expected: tuple[int, str, str]
) -> None:
    assert problems(fields) == [expected]


def test_all_problems_of_all_fields_are_told_at_once(problems: Problems) -> None:
    fields = "authors:\n  - 1\n  - name: Ann\n    link: ann\npart: x\ntags: [1]\npublished: soon\nupdated: never\n"
    assert [(line, column) for line, column, _ in problems(fields)] == [
        (5, "authors"),
        (7, "link"),
        (8, "part"),
        (8, "part"),
        (9, "tags"),
        (10, "published"),
        (11, "updated"),
    ]
