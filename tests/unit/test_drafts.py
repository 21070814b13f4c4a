"""The draft of a small year, whole, and what the parts of a draft do with an archive that has little."""

import os
import re
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from yearbook.archive import read_archive
from yearbook.groups import LEAST_DEPRIVED, MOST_DEPRIVED
from yearbook.newyear import draft_year
from yearbook.pages.commentary import read_commentary, render_commentary
from yearbook.pages.drafts import Brief, draft_report
from yearbook.pages.drafts.closing import good_and_bad, promise_and_reality
from yearbook.pages.drafts.draft import part, wrapped
from yearbook.pages.drafts.expressions import call, figure, gap
from yearbook.pages.drafts.titles import title
from yearbook.pages.editors import EditorsHelpers
from yearbook.pages.sections import SECTION_IDS
from yearbook.peers import Comparisons
from yearbook.registers import Standard
from yearbook.report import Report
from yearbook.years import FinancialYear

GOLDEN = Path(__file__).resolve().parent / "drafts"
PROJECT = Path(__file__).resolve().parents[1] / "sites" / "two-years" / "project"
HALF = Standard("recovery_rate", Fraction(50), FinancialYear(2015), None, "at least 50%", "a page")


def row(rate: float, **more: object) -> dict[str, object]:
    counts = {"referrals_received": 300_000, "finished_course_of_treatment": 110_000, "not_at_caseness": 10_000}
    outcomes = {"reliable_improvement": 70_000, "no_reliable_change": 30_000, "reliable_deterioration": 6000}
    recovered = round(rate * 1000)
    return {**counts, **outcomes, "recovery": recovered, "reliable_recovery": recovered - 2000, **more}


def test_the_draft_of_a_small_year_is_as_expected() -> None:
    """YEARBOOK_GOLDEN=write writes the expected draft anew: read the diff."""
    year = FinancialYear.parse("2019-20")
    text = draft_year(PROJECT, year)
    expected = GOLDEN / "two-years-2019-20.md"
    if os.environ.get("YEARBOOK_GOLDEN") == "write":
        expected.write_text(text, encoding="utf-8")
    assert text == expected.read_text(encoding="utf-8")
    report = Report(read_archive(PROJECT / "data"))
    helpers = EditorsHelpers(report, year, "reports/2019-20/", "draft.md", {}, {})
    assert len(render_commentary(read_commentary(expected, "draft.md"), helpers, SECTION_IDS).sections) == 14


@pytest.mark.parametrize(
    ("rates", "begins"),
    [
        ((49, 49.2, 52), 'The recovery standard was {{ say("met", "recovery_rate") }} {{ say("for the first time", '
                         '"recovery_rate") }}'),
        ((49, 52, 49), 'The recovery rate is {{ say("just below its standard", "recovery_rate") }}'),
        ((52, 49, 51), 'The recovery rate is back {{ say("just above its standard", "recovery_rate") }}'),
        ((52, 53, 54), 'The recovery rate is {{ record("recovery_rate") }}'),
        ((52, 55, 54), 'The recovery rate {{ say("fell", "recovery_rate") }}'),
    ],
)  # fmt: skip
def test_a_title_says_what_happened(
    rates: tuple[float, ...], begins: str, make_comparisons: Callable[..., Comparisons]
) -> None:
    years = {str(FinancialYear(2015 + at)): [row(rate)] for at, rate in enumerate(rates)}
    brief = Brief(make_comparisons(years, england=None, standards=[HALF]), FinancialYear(2014 + len(rates)))
    assert title(brief).partition(", and")[0] == begins


def test_a_year_with_nothing_but_counts_has_a_draft(make_comparisons: Callable[..., Comparisons]) -> None:
    text = draft_report(make_comparisons({"2015-16": [row(50)]}, england=None), FinancialYear(2015))
    assert "How areas differed is not in the sources {#areas}" in text
    assert "No waiting times for {{ year }} {#waiting-times}" in text


def test_words_that_do_not_hold_are_never_written(make_comparisons: Callable[..., Comparisons]) -> None:
    years = {"2015-16": [row(50)], "2016-17": [row(52)]}
    brief = Brief(make_comparisons(years, england=None), FinancialYear(2016))
    assert brief.said("rose", "recovery_rate") == '{{ say("rose", "recovery_rate") }}'
    with pytest.raises(AssertionError, match='"fell" does not hold of recovery_rate in 2016-17'):
        brief.said("fell", "recovery_rate")


def test_a_record_is_told_in_full_no_more_than_twice(make_comparisons: Callable[..., Comparisons]) -> None:
    years = {str(FinancialYear(2015 + at)): [row(50 + at)] for at in range(3)}
    brief = Brief(make_comparisons(years, england=None), FinancialYear(2017))
    told = [brief.recorded("recovery_rate") for _ in range(3)]
    assert told == ['{{ record("recovery_rate") }}'] * 2 + ['{{ say("the highest so far", "recovery_rate") }}']


def test_expressions_leave_out_what_is_not_named() -> None:
    assert figure("recovery") == '{{ figure("recovery") }}'
    assert figure("recovery", FinancialYear(2019), group="gender/male") == (
        '{{ figure("recovery", "2019-20", group="gender/male") }}'
    )
    assert gap("a/b", "c/d") == '{{ gap("recovery_rate", "a/b", "c/d") }}'
    assert call("spread_change") == "{{ spread_change() }}"


def test_lines_break_between_expressions_and_never_in_one() -> None:
    text = " ".join(['word {{ figure("recovery_rate", "2019-20", group="deprivation/decile 1 (most deprived)") }}'] * 5)
    lines = wrapped(text).split("\n")
    assert len(lines) > 1
    assert all(line.count("{{") == line.count("}}") for line in lines)


def test_a_part_leaves_out_what_came_to_nothing() -> None:
    made = part("journey", "A title", [["One.", ""], "", ["", ""], ["Two.", "Three."]], ["", "A note."])
    assert made.to_markdown() == "## A title {#journey}\n\nOne.\n\nTwo. Three.\n\n{## A note. ##}"


@pytest.mark.parametrize(
    ("recovered", "within", "title"),
    [
        (52, (80_000, 108_000), "Recovery met its standard, and the first wait met both of its own"),
        (48, (80_000, 108_000), "Recovery missed its standard, but the first wait met both of its own"),
        (48, (70_000, 90_000), "Recovery missed its standard, and the first wait missed both of its own"),
        (52, (80_000, 90_000),
         "The standard of recovery was met, that of treatment X met and that of treatment X missed"),
        (52, (80_000, None), "Recovery met its standard, and the first wait met its own"),
        (48, (None, None), "The recovery standard was missed"),
    ],
)  # fmt: skip
def test_the_title_on_standards_says_which_were_met(
    recovered: float, within: tuple[int | None, ...], title: str, make_comparisons: Callable[..., Comparisons]
) -> None:
    wait = {"breakdown": "waiting_time", "category": "first treatment"}
    waits = [
        {**wait, "subcategory": f"within {weeks} weeks", "finished_course_of_treatment": count}
        for weeks, count in zip((6, 18), within, strict=True)
        if count
    ]
    standards = [HALF, *(replace(HALF, metric=f"first_treatment_within_{weeks}_weeks", level=Fraction(level))
                         for weeks, level in ((6, 70), (18, 95)))]  # fmt: skip
    made = make_comparisons({"2016-17": [row(recovered), *waits]}, england=None, standards=standards)
    found = promise_and_reality(Brief(made, FinancialYear(2016))).title
    found = re.sub(r'\{\{ say\("(\w+)", "\w+"\) \}\}', r"\1", found)
    assert re.sub(r"\{\{.*?\}\}", "X", found) == title


def test_a_gap_that_moved_is_told_from_and_to(make_comparisons: Callable[..., Comparisons]) -> None:
    def tenths(least: float, most: float) -> list[dict[str, object]]:
        ends = ((LEAST_DEPRIVED, least), (MOST_DEPRIVED, most))
        return [row(50), *({**row(rate), **part._asdict()} for part, rate in ends)]

    made = make_comparisons({"2015-16": tenths(55, 45), "2016-17": tenths(56, 44)}, england=None)
    told = good_and_bad(Brief(made, FinancialYear(2016))).paragraphs[-1]
    assert told.startswith("**Between groups.** The gap in recovery between ")
    assert "grew from {{ gap(" in told
    assert '"2015-16") }} to {{ gap(' in told
    unmoved = make_comparisons({"2015-16": tenths(55, 45), "2016-17": tenths(55, 45)}, england=None)
    assert not any("Between groups" in one for one in good_and_bad(Brief(unmoved, FinancialYear(2016))).paragraphs)
