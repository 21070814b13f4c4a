"""What a new year makes false or dates on other pages."""

from collections.abc import Callable
from pathlib import Path

import pytest

from yearbook.pages.stale import Stale, find_stale, list_stale
from yearbook.pages.stale.sentences import read_sentences
from yearbook.peers import Comparisons
from yearbook.years import FinancialYear

HEAD = "---\ntitle: A title\nstandfirst: A standfirst.\n---\n\n"


def row(rate: int, **more: object) -> dict[str, object]:
    return {
        "referrals_received": 300_000,
        "finished_course_of_treatment": 110_000,
        "not_at_caseness": 10_000,
        "recovery": rate * 1000,
        **more,
    }


@pytest.fixture
def look(tmp_path: Path, make_comparisons: Callable[..., Comparisons]) -> Callable[..., list[Stale]]:
    """Finds what 2021-22 does to one page: recovery was 48%, 52% and 50% before it, and is `rate`."""

    def find(text: str, rate: int = 55, path: str = "posts/a.md", head: str = HEAD) -> list[Stale]:
        years = {"2018-19": [row(48)], "2019-20": [row(52)], "2020-21": [row(50)], "2021-22": [row(rate)]}
        file = tmp_path / "content" / path
        file.parent.mkdir(parents=True)
        file.write_text(head + text)
        return find_stale(make_comparisons(years, england=None), tmp_path / "content", FinancialYear(2021))

    return find


PEAK = 'At {{ figure("recovery_rate", "2019-20") }} the recovery rate was the highest ever.\n'


def test_a_record_that_the_new_year_breaks_is_false_with_the_figure_that_breaks_it(
    look: Callable[..., list[Stale]],
) -> None:
    [found] = look("Some words.\n\n" + PEAK)
    assert (found.file, found.line, found.verdict) == ("content/posts/a.md", 8, "false")
    assert found.why == (
        "“highest ever” is not so: Recovery rate was 55.0% in 2021-22, where the sentence has 52.0% of 2019-20."
    )


def test_a_record_that_stands_is_left_alone(look: Callable[..., list[Stale]]) -> None:
    assert look(PEAK, rate=51) == []


@pytest.mark.parametrize(
    "words",
    [
        'At {{ figure("recovery_rate", "2018-19") }} it was lower than in any other year.',
        'It has never been below {{ figure("recovery_rate", "2018-19") }}.',
        'No year since has been as low as the {{ figure("recovery_rate", "2018-19") }} of 2018-19.',
        'The worst of all years had {{ figure("recovery_rate", "2018-19") }}.',
    ],
)
def test_lows_are_broken_by_lower_years_alone(words: str, look: Callable[..., list[Stale]], tmp_path: Path) -> None:
    assert [found.verdict for found in look(words, rate=47)] == ["false"]


def test_a_report_that_looks_back_from_its_own_year_stays_true(look: Callable[..., list[Stale]]) -> None:
    said = 'With {{ figure("recovery_rate") }} it was higher than in any year before, the highest so far.\n'
    assert look(said, path="reports/2019-20.md") == []


def test_a_post_that_looks_back_from_now_does_not(look: Callable[..., list[Stale]]) -> None:
    said = 'With {{ figure("recovery_rate", "2019-20") }} it was higher than in any other year so far.\n'
    assert [found.verdict for found in look(said)] == ["false"]


def test_an_expression_that_no_longer_holds_is_false(look: Callable[..., list[Stale]]) -> None:
    [found] = look('\nIt was {{ record("recovery_rate", "2020-21") }}.\n')
    assert (found.line, found.verdict) == (7, "false")
    assert "is no record over three years or more" in found.why


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("In 2019-20, the last year for which we have both, it was otherwise.", "the last year for which"),
        ("The latest figures are no better.", "latest"),
        ("Not much has changed.", "Not much has changed"),
        ("It is the only year with every step.", "the only year"),
        ("It has risen in every year since 2018-19.", "in every year since"),
        ('Half recover now: {{ figure("recovery_rate", "2020-21") }}.', "now"),
    ],
)
def test_words_that_a_year_dates_are_to_be_read_again(words: str, says: str, look: Callable[..., list[Stale]]) -> None:
    [found] = look(words)
    assert (found.verdict, found.why) == ("dated", f"Read “{says}” again.")


@pytest.mark.parametrize(
    "words",
    [
        "Still, it is so.",
        "Yet nobody knows.",
        "Those still open are left out.",
        "The service, now called otherwise, goes on.",
        "No later year up to 2021-22 shows so wide a gap.",
        "A spread is never compared across kinds of area.",
    ],
)
def test_words_that_only_look_dated_are_left_alone(words: str, look: Callable[..., list[Stale]]) -> None:
    assert look(words) == []


def test_a_report_is_dated_by_what_it_says_of_every_year_only(look: Callable[..., list[Stale]]) -> None:
    told = look(
        "The latest figures.\n\nIt is still so at 5%.\n\nNo later year is as high.\n", path="reports/2019-20.md"
    )
    assert [(found.line, found.why) for found in told] == [(10, "Read “No later year” again.")]


def test_the_own_page_of_the_year_and_a_post_that_speaks_of_it_are_not_looked_at(
    look: Callable[..., list[Stale]],
) -> None:
    assert look("The latest year.\n", path="reports/2021-22.md") == []


def test_a_post_of_an_older_year_is_named_at_its_year(look: Callable[..., list[Stale]]) -> None:
    head = HEAD.replace("---\n\n", 'year: "2019-20"\n---\n\n')
    [found] = look("Words.\n", head=head)
    assert found.line == 4
    assert found.why == "The page speaks of 2019-20; read it again, and move it on to 2021-22 if it holds."


def test_the_list_puts_the_false_first_and_counts_both(look: Callable[..., list[Stale]]) -> None:
    told = list_stale(look("The latest figures.\n\n" + PEAK), FinancialYear(2021))
    assert told.index("Made false by 2021-22:") < told.index("Dated by 2021-22, to be read again:")
    assert told.endswith("1 false, 1 dated.")
    assert list_stale([], FinancialYear(2021)) == "No sentence on another page is made false or dated by 2021-22."


def test_sentences_know_their_lines_and_what_their_expressions_ask_for() -> None:
    text = HEAD + (
        '{% set most = "deprivation/decile 1" %}\nOne\nsentence {{ figure("recovery", "2019-20",\ngroup=most) }}. '
        "Another "
        'of {{ gap("recovery_rate", "a/b", "c/d", "2020-21") }}.\n\n## A heading {#here}\n'
    )
    found = read_sentences(text)
    assert [(one.line, one.shown) for one in found] == [
        (2, "A title"),
        (3, "A standfirst."),
        (7, "One sentence … ."),
        (9, "Another of … ."),
        (11, "A heading"),
    ]
    [asked] = found[2].asked
    assert (asked.metric, asked.year, asked.groups) == ("recovery", "2019-20", ("deprivation/decile 1",))
    [gap] = found[3].asked
    assert (gap.helper, gap.year, gap.groups) == ("gap", "2020-21", ("a/b", "c/d"))
