"""The paragraphs themselves: that the slips are slips, that what they teach is so, and that the sound ones are true."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import pytest
from claims.fixtures import Paragraph, Slip, mended, read_slips, read_sound
from claims.judging import area_of, group_of, verdict_on
from claims.labelled import read_post_claims
from jinja2 import Environment, StrictUndefined

from yearbook.areas import Areas
from yearbook.formatting import format_number
from yearbook.organisations import ENGLAND
from yearbook.pages.editors import HELPERS, EditorsHelpers
from yearbook.peers import Comparisons
from yearbook.report import Report
from yearbook.wording import change_words
from yearbook.wording.facts import Verdict
from yearbook.years import FinancialYear

SLIPS, SOUND = read_slips(), read_sound()

NOT_A_SLIP = {"002-09", "003-43"}
"""Claims of the posts that do not hold and are no slip with a statistic: slips/README.md says why."""

HELD = ("say", "claim")
"""The helpers that hold an editor's own words to the figures. Here they are noted, and judged beside the page's own."""


def ids(paragraphs: list[Slip] | list[Paragraph]) -> list[str]:
    return [paragraph.id for paragraph in paragraphs]


class Reading:
    """A paragraph read with the helpers of its page, and with a note of every call of those that hold words."""

    def __init__(self, report: Report, comparisons: Comparisons, text: str, year: str) -> None:
        self.calls: list[tuple[str, tuple[Any, ...], dict[str, Any]]] = []
        page = EditorsHelpers(
            report, FinancialYear.parse(year), "posts/fixture/", "fixture", {}, {}, ENGLAND, comparisons
        )
        names = {name: getattr(page, name) for name in HELPERS if name not in HELD}
        names |= {name: self._noting(name) for name in HELD}
        self.text = Environment(undefined=StrictUndefined, autoescape=False).from_string(text).render(names)  # noqa: S701
        self.problems = [problem.what for problem in page.problems]

    def _noting(self, name: str) -> Callable[..., str]:
        def note(*args: Any, **kwargs: Any) -> str:
            self.calls.append((name, args, kwargs))
            return str(args[0])

        return note


@pytest.fixture(scope="module")
def comparisons(report: Report) -> Comparisons:
    return Comparisons(report, Areas(report.archive))


def test_every_claim_of_the_posts_that_does_not_hold_is_a_slip_here() -> None:
    wrong = {row.id for row in read_post_claims() if row.agrees == "no"}
    assert {slip.rewrites for slip in SLIPS if slip.rewrites} == wrong - NOT_A_SLIP


def test_there_are_more_slips_than_the_posts_made_and_many_sound_paragraphs() -> None:
    assert sum(not slip.rewrites for slip in SLIPS) >= 12
    assert len(SOUND) == len({paragraph.id for paragraph in SOUND}) == 25


@pytest.mark.parametrize("slip", SLIPS, ids=ids(SLIPS))
def test_a_slip_says_where_it_is_and_what_it_teaches(slip: Slip) -> None:
    assert slip.lines
    assert slip.teaches
    assert slip.expect
    assert slip.mend != slip.text


@pytest.mark.parametrize("slip", SLIPS, ids=ids(SLIPS))
def test_what_a_slip_teaches_is_so(report: Report, slip: Slip) -> None:
    for shown in slip.shows:
        year = FinancialYear.parse(shown.get("year", slip.year))
        of = area_of(shown.get("area", ""))
        part = group_of(report, year, shown.get("group", ""))
        metric = shown["metric"]
        if "change" in shown:
            assert change_words(metric, report.change(metric, year, None, of, part)) == shown["change"]
        else:
            places = 0 if of.key != ENGLAND.key else None
            assert report.working(metric, year, of, part).text(places) == shown["prints"]


@pytest.mark.parametrize("slip", SLIPS, ids=ids(SLIPS))
def test_the_live_expressions_of_a_slip_are_sound_in_themselves(
    report: Report, comparisons: Comparisons, slip: Slip
) -> None:
    assert Reading(report, comparisons, slip.text, slip.year).problems == []


TRUE = [*SOUND, *map(mended, SLIPS)]


@pytest.mark.parametrize("paragraph", TRUE, ids=ids(TRUE))
def test_a_sound_paragraph_has_no_problem_and_every_held_number_is_the_figures(
    report: Report, comparisons: Comparisons, paragraph: Paragraph
) -> None:
    reading = Reading(report, comparisons, paragraph.text, paragraph.year)
    assert reading.problems == []
    assert "[x]" not in reading.text
    for name, args, kwargs in reading.calls:
        if name == "claim":
            year = FinancialYear.parse(args[2] if len(args) == 3 else paragraph.year)
            assert args[0] in held_texts(report, args[1], year, **kwargs)


@pytest.mark.parametrize("paragraph", TRUE, ids=ids(TRUE))
def test_every_phrase_of_a_sound_paragraph_holds(
    report: Report, comparisons: Comparisons, paragraph: Paragraph
) -> None:
    for judged in judge_phrases(report, Reading(report, comparisons, paragraph.text, paragraph.year), paragraph.year):
        assert judged.verdict.holds is True, f"{judged.words}: {judged.verdict.why}"


WORDED = [slip for slip in SLIPS if any(f'say("{words}' in slip.text for words in slip.at)]


@pytest.mark.parametrize("slip", WORDED, ids=ids(WORDED))
def test_a_phrase_that_slips_is_refused_with_what_was_to_be_said(
    report: Report, comparisons: Comparisons, slip: Slip
) -> None:
    judged = judge_phrases(report, Reading(report, comparisons, slip.text, slip.year), slip.year)
    refused = [one for one in judged if one.verdict.holds is False]
    assert [one.words for one in refused] == list(slip.at)
    assert all(one.verdict.holds is not None for one in judged)
    assert [words for words in slip.expect if not any(words in one.message for one in refused)] == []


@dataclass(frozen=True, slots=True)
class Judged:
    """A phrase that a paragraph has checked, what is found of it, and what a message about it can hold."""

    words: str
    verdict: Verdict
    message: str


def judge_phrases(report: Report, reading: Reading, page_year: str) -> list[Judged]:
    found = []
    for name, args, kwargs in reading.calls:
        if name == "say":
            words, metric, year = args if len(args) == 3 else (*args, page_year)
            verdict = verdict_on(report, words, metric, year, **kwargs)
            value = report.working(metric, FinancialYear.parse(year)).text()
            base = report.metric(metric).base
            found.append(Judged(words, verdict, f"{value} {base}. {verdict.why} {', '.join(verdict.alternatives)}"))
    return found


def held_texts(
    report: Report, metric: str, year: FinancialYear, since: str = "", group: str = "", base: str = ""
) -> list[str]:
    """What a claim may say: the figure as it is printed, or the change since a year, with or without its direction."""
    part = group_of(report, year, group)
    if base == "caseness":
        assert "caseness" in report.metric(metric).base
    if not since:
        return [report.working(metric, year, breakdown=part).text()]
    change = report.change(metric, year, FinancialYear.parse(since), breakdown=part)
    assert change.relative is not None
    return [change_words(metric, change), f"{format_number(abs(Fraction(change.relative)), 1)}%"]
