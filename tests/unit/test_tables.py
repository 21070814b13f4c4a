"""The tables: their shape, the basis they stand on and what they say about it."""

from collections.abc import Callable, Sequence
from fractions import Fraction

import pytest

from yearbook.archive import Archive
from yearbook.formulas import Working
from yearbook.metrics import ENDED, FLOWS, METRICS_BY_NAME
from yearbook.registers import Standard
from yearbook.releases import Release, Supplement
from yearbook.report import Report
from yearbook.tables import (
    CHAPTERS,
    Cell,
    Row,
    Table,
    chapter_cohort,
    chapter_table,
    denominators_table,
    journey_table,
    series_table,
    three_years,
    waits_table,
)
from yearbook.values import Figure
from yearbook.years import FinancialYear

YEAR, NEXT = FinancialYear(2018), FinancialYear(2019)
FLOW_COUNTS = {
    "referrals_received": 200,
    "entered_treatment": 150,
    "finished_course_of_treatment": 100,
    "at_caseness": 79,
    "not_at_caseness": 20,
    "reliable_improvement": 60,
    "no_reliable_change": 30,
    "reliable_deterioration": 6,
    "recovery": 40,
    "reliable_recovery": 36,
}
ENDED_COUNTS = {
    "ended_referrals": 180,
    "ended_not_seen": 15,
    "ended_seen_not_treated": 5,
    "ended_after_one_treatment": 60,
}

MakeRelease = Callable[..., Release]
MakeArchive = Callable[..., Archive]


@pytest.fixture
def flows(make_release: MakeRelease, make_archive: MakeArchive) -> Report:
    """Two years with in-year flows only."""
    return Report(make_archive(*(make_release(year, FLOW_COUNTS) for year in ("2018-19", "2019-20"))))


@pytest.fixture
def ended(make_release: MakeRelease, make_archive: MakeArchive) -> Report:
    """Two years of which the second has the ended cohort, quoted by a post."""
    supplement = [Supplement(NEXT, name, Figure(number), "post", "A post") for name, number in ENDED_COUNTS.items()]
    return Report(
        make_archive(*(make_release(year, FLOW_COUNTS) for year in ("2018-19", "2019-20")), supplement=supplement)
    )


def texts(row: Row) -> list[str]:
    return [cell if isinstance(cell, str) else cell.text for cell in row.cells]


def body(table: Table) -> list[tuple[str, list[str]]]:
    return [(row.label, texts(row)) for row in table.rows]


def assert_rectangular(table: Table) -> None:
    assert {len(row.cells) for row in table.rows} == {len(table.columns) - 1}, table.id


def test_a_chapter_shows_counts_and_their_share_of_the_base(flows: Report) -> None:
    table = chapter_table(flows, "from-referral", (NEXT,))
    assert table.columns == ("Stage", "2019-20", "2019-20 %")
    assert body(table) == [
        ("Referrals received", ["200", "100%"]),
        ("Entered treatment", ["150", "75.0%"]),
        ("Finished a course", ["100", "50.0%"]),
        ("Recovered", ["40", "20.0%"]),
    ]
    assert [row.is_base for row in table.rows] == [True, False, False, False]


def test_a_chapter_shows_the_ended_cohort_where_every_year_has_it(ended: Report) -> None:
    assert chapter_cohort(ended, "from-referral", (NEXT,)) == ENDED
    assert body(chapter_table(ended, "from-referral", (NEXT,)))[:4] == [
        ("Referrals ended", ["180", "100%"]),
        ("Not seen", ["15", "8.3%"]),
        ("Seen, not treated", ["5", "2.8%"]),
        ("Ended after treatment", ["160", "88.9%"]),
    ]


def test_one_year_without_the_ended_cohort_puts_the_whole_table_in_flows(ended: Report) -> None:
    assert chapter_cohort(ended, "from-referral", (YEAR, NEXT)) == FLOWS
    table = chapter_table(ended, "from-referral", (YEAR, NEXT))
    assert table.rows[0].label == "Referrals received"
    assert table.columns == ("Stage", "2018-19", "2018-19 %", "2019-20", "2019-20 %")


@pytest.mark.parametrize("chapter", ["all-who-finished", "at-caseness", "outcomes"])
def test_chapters_of_those_who_finished_have_one_cohort(ended: Report, chapter: str) -> None:
    assert chapter_cohort(ended, chapter, (YEAR, NEXT)) == ""
    assert_rectangular(chapter_table(ended, chapter, (YEAR, NEXT)))


def test_the_outcomes_and_the_unscored_add_up_to_all_who_finished(flows: Report) -> None:
    base, *outcomes = body(chapter_table(flows, "outcomes", (NEXT,)))
    assert base == ("Finished a course", ["100", "100%"])
    assert sum(int(cells[0]) for _, cells in outcomes) == 100
    assert outcomes[-1] == ("Unscored", ["4", "4.0%"])


def test_a_missing_base_prints_its_mark_and_not_a_hundred_per_cent(
    make_release: MakeRelease, make_archive: MakeArchive
) -> None:
    report = Report(make_archive(make_release("2019-20", {**FLOW_COUNTS, "entered_treatment": "x"})))
    assert texts(chapter_table(report, "from-entering", (NEXT,)).rows[0]) == ["[x]", "[x]"]
    assert texts(journey_table(report, NEXT).rows[1]) == ["[x]", "[x]", ""]


def test_a_missing_stage_is_marked_and_explained(make_release: MakeRelease, make_archive: MakeArchive) -> None:
    report = Report(make_archive(make_release("2019-20", {**FLOW_COUNTS, "recovery": "*", "entered_treatment": "x"})))
    table = chapter_table(report, "from-referral", (NEXT,))
    assert texts(table.rows[1]) == ["[x]", "[x]"]
    assert texts(table.rows[3]) == ["[c]", "[c]"]
    assert table.notes == (
        "[x] not available in the sources.",
        "[c] hidden because the number is small.",
    )


def test_a_basis_other_than_the_release_is_told_with_its_years(ended: Report) -> None:
    table = chapter_table(ended, "from-referral", (NEXT,))
    assert table.notes == ("2019-20: from the annual publication, as quoted in a blog post.",)
    assert chapter_table(ended, "from-referral", (YEAR,)).notes == ()


def test_the_journey_of_flows_has_two_bases(flows: Report) -> None:
    table = journey_table(flows, NEXT)
    assert table.columns == ("Stage", "Referrals", "% of referrals received", "% of entered treatment")
    assert body(table) == [
        ("Referrals received", ["200", "100%", ""]),
        ("Entered treatment", ["150", "75.0%", "100%"]),
        ("Finished a course", ["100", "50.0%", "66.7%"]),
        ("Recovered", ["40", "20.0%", "26.7%"]),
    ]


def test_the_journey_of_the_ended_cohort_names_every_loss(ended: Report) -> None:
    assert body(journey_table(ended, NEXT)) == [
        ("Referrals ended", ["180", "100%", ""]),
        ("Not seen", ["15", "8.3%", ""]),
        ("Seen, not treated", ["5", "2.8%", ""]),
        ("Ended after treatment", ["160", "88.9%", "100%"]),
        ("One appointment only", ["60", "33.3%", "37.5%"]),
        ("Finished a course", ["100", "55.6%", "62.5%"]),
        ("Recovered", ["40", "22.2%", "25.0%"]),
    ]


def test_one_outcome_is_shown_as_a_share_of_five_bases(ended: Report) -> None:
    assert body(denominators_table(ended, NEXT)) == [
        ("Of referrals received in the year", ["20.0%"]),
        ("Of referrals that ended in the year", ["22.2%"]),
        ("Of referrals that ended after treatment", ["25.0%"]),
        ("Of referrals that finished a course", ["40.0%"]),
        ("Of those at caseness at the start", ["50.0%"]),
    ]


def test_without_the_ended_cohort_the_third_base_is_those_that_entered(flows: Report) -> None:
    rows = body(denominators_table(flows, NEXT))
    assert rows[1] == ("Of referrals that ended in the year", ["[x]"])
    assert rows[2] == ("Of referrals that entered treatment in the year", ["26.7%"])


def test_waits_stand_beside_the_standard_of_the_last_year(make_release: MakeRelease, make_archive: MakeArchive) -> None:
    wait = {"breakdown": "waiting_time", "category": "first treatment", "subcategory": "within 6 weeks"}
    rows = (FLOW_COUNTS, {**wait, "finished_course_of_treatment": 87})
    standard = Standard("first_treatment_within_6_weeks", Fraction(75), NEXT, None, "75%", "s")
    report = Report(
        make_archive(make_release("2018-19", FLOW_COUNTS), make_release("2019-20", *rows), standards=[standard])
    )
    table = waits_table(report, (YEAR, NEXT))
    assert table.columns == ("Wait", "2018-19", "2019-20", "Standard in 2019-20")
    assert texts(table.rows[0]) == ["[x]", "87.0%", "at least 75%"]
    assert texts(table.rows[1]) == ["[x]", "[x]", "none"]
    assert waits_table(report, (YEAR,)).columns[-1] == "Standard in 2018-19"
    assert texts(waits_table(report, (YEAR,)).rows[0])[-1] == "none"


def test_a_series_has_a_line_for_each_year(flows: Report) -> None:
    table = series_table(flows, ("recovery", "recovery_rate"), (YEAR, NEXT), "trend", "Recovery")
    assert table.columns == ("Year", "Recovery", "Recovery rate")
    assert body(table) == [("2018-19", ["40", "50.0%"]), ("2019-20", ["40", "50.0%"])]


def test_a_cell_shows_no_more_decimals_than_the_source_gave() -> None:
    quoted = Working(Figure(Fraction(21), unit="percent"), "post", places=0)
    assert Cell("recovered_of_ended", NEXT, quoted).text == "21%"
    assert Cell("recovered_of_ended", NEXT, quoted, places=1).text == "21%"


def test_cells_are_those_that_have_a_working(flows: Report) -> None:
    table = journey_table(flows, NEXT)
    assert len(table.cells) == sum(isinstance(cell, Cell) for row in table.rows for cell in row.cells) == 9


def test_three_years_end_with_the_year_and_stop_where_reports_begin(flows: Report) -> None:
    assert three_years(flows, NEXT) == (YEAR, NEXT)
    assert three_years(flows, YEAR) == (YEAR,)


def all_tables(report: Report, year: FinancialYear) -> Sequence[Table]:
    years = three_years(report, year)
    chapters = [chapter_table(report, chapter, years) for chapter in CHAPTERS]
    return [*chapters, journey_table(report, year), denominators_table(report, year), waits_table(report, years)]


def test_every_table_of_every_real_year_is_rectangular_and_prints_no_zero_for_what_is_missing(report: Report) -> None:
    for year in report.years:
        for table in all_tables(report, year):
            assert_rectangular(table)
            for cell in table.cells:
                assert (cell.text in ("[c]", "[x]", "[z]")) == (not cell.working.figure.known), (table.id, cell)


def test_no_share_in_a_real_table_is_above_a_hundred(report: Report) -> None:
    for year in report.years:
        for table in all_tables(report, year):
            for cell in table.cells:
                if METRICS_BY_NAME[cell.metric].is_rate and cell.working.figure.known:
                    assert 0 <= cell.working.figure.exact <= 100, (table.id, cell.metric, year)


def test_a_year_that_does_not_split_what_ended_before_treatment_shows_it_in_one_line(
    make_release: MakeRelease, make_archive: MakeArchive
) -> None:
    counts = {**FLOW_COUNTS, "ended_referrals": 180, "ended_before_treatment": 20, "ended_after_one_treatment": 60}
    report = Report(make_archive(make_release("2019-20", counts)))
    assert body(journey_table(report, NEXT))[:4] == [
        ("Referrals ended", ["180", "100%", ""]),
        ("Ended before treatment", ["20", "11.1%", ""]),
        ("Ended after treatment", ["160", "88.9%", "100%"]),
        ("One appointment only", ["60", "33.3%", "37.5%"]),
    ]
    assert [row.label for row in chapter_table(report, "from-referral", (NEXT,)).rows][:2] == [
        "Referrals ended",
        "Ended before treatment",
    ]
