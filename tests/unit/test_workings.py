"""The Workings section: every live number with its sum, its base and its sources."""

import re
from collections.abc import Callable
from fractions import Fraction

import pytest

from yearbook.archive import Archive
from yearbook.formulas import Working
from yearbook.metrics import METRICS_BY_NAME
from yearbook.organisations import Organisation
from yearbook.pages.chart_workings import ChartWorking, is_told, row_anchor, told_rows
from yearbook.pages.citing import Citing
from yearbook.pages.workings import WorkingsList, sum_in_words, working_sum
from yearbook.releases import Breakdown, Release, Supplement
from yearbook.report import Report
from yearbook.settings import ErrorReports, Settings
from yearbook.tables import Row, Table
from yearbook.values import Figure, Status
from yearbook.years import FinancialYear

YEAR = FinancialYear(2019)
COUNTS = {
    "referrals_received": 1_694_790,
    "finished_course_of_treatment": 606_192,
    "not_at_caseness": 36_054,
    "recovery": 291_371,
    "reliable_recovery": "*",
}

MakeRelease = Callable[..., Release]
MakeArchive = Callable[..., Archive]


@pytest.fixture
def made(make_release: MakeRelease, make_archive: MakeArchive) -> Report:
    """A year with a few counts, a rate a post quotes and a mean."""
    supplement = [
        Supplement(YEAR, "people_referred", Figure(1_200_000), "annual", "https://example.org/?a=1&b=<2>"),
        Supplement(YEAR, "ended_referrals", Figure(1_647_716), "post", "A post"),
        Supplement(
            YEAR, "completion_rate_percent", Figure(Fraction(553, 10), unit="percent"), "post", "A post", places=1
        ),
        Supplement(
            YEAR, "mean_treatment_appointments", Figure(Fraction(69, 10), unit="appointments"), "press", "A paper"
        ),
        Supplement(YEAR, "recovery", Figure(291_000), "monthly_sum", "Twelve months"),
    ]
    return Report(make_archive(make_release("2019-20", COUNTS), supplement=supplement))


def sum_of(report: Report, metric: str) -> str:
    return working_sum(METRICS_BY_NAME[metric], report.working(metric, YEAR))


def words_of(report: Report, metric: str) -> str:
    return sum_in_words(METRICS_BY_NAME[metric], report.working(metric, YEAR))


def test_a_rate_shows_its_sum_unrounded(made: Report) -> None:
    assert sum_of(made, "recovery_rate") == "291,371 ÷ (606,192 − 36,054) × 100 = 51.10535%"
    assert words_of(made, "recovery_rate") == (
        "recovery ÷ (finished a course of treatment less not at caseness at the start) × 100"
    )


def test_a_sum_of_counts_shows_its_terms(made: Report) -> None:
    assert sum_of(made, "eligible_for_recovery") == "606,192 − 36,054 = 570,138"
    assert words_of(made, "eligible_for_recovery") == "finished a course of treatment less not at caseness at the start"


def test_several_terms_over_the_line_stand_in_brackets(made: Report) -> None:
    assert sum_of(made, "not_recovered_of_finished") == "(606,192 − 291,371) ÷ 606,192 × 100 = 51.93421%"


def test_a_ratio_is_not_multiplied_by_a_hundred(made: Report) -> None:
    assert sum_of(made, "referrals_per_person") == "1,694,790 ÷ 1,200,000 = 1.41233"
    assert words_of(made, "referrals_per_person") == "referrals received ÷ people referred"


def test_a_published_number_stands_as_it_is(made: Report) -> None:
    assert (sum_of(made, "recovery"), words_of(made, "recovery")) == ("as it stands in the source", "")
    assert sum_of(made, "completion_rate") == "as published; its parts are not available on one basis"


def test_a_missing_number_says_which_part_is_missing_and_why(made: Report) -> None:
    assert sum_of(made, "reliable_recovery_rate") == ("reliable recovery: hidden because the number is small")
    assert sum_of(made, "entered_of_received") == "entered treatment: not available in the sources on one basis"


def test_a_hidden_published_rate_says_why() -> None:
    hidden = Working(Figure.missing(Status.SUPPRESSED, "percent"), "annual", places=0)
    assert working_sum(METRICS_BY_NAME["recovery_rate"], hidden) == "hidden because the number is small"


@pytest.mark.parametrize(
    ("places", "asked", "text"), [(0, None, "21%"), (0, 1, "21%"), (1, 0, "21%"), (None, None, "21.0%")]
)
def test_a_number_has_no_more_decimals_than_its_source(places: int | None, asked: int | None, text: str) -> None:
    working = Working(Figure(Fraction(21), unit="percent"), "post", places=places)
    assert working.text(asked) == text


def test_a_page_without_live_numbers_has_no_workings(made: Report) -> None:
    workings = WorkingsList(made)
    assert (len(workings), workings.to_html()) == (0, "")


def test_an_anchor_is_made_of_the_metric_and_the_year(made: Report) -> None:
    workings = WorkingsList(made)
    anchors = {workings.add("recovery_rate", YEAR, made.working("recovery_rate", YEAR)) for _ in range(2)}
    assert anchors == {"w-recovery-rate-2019-20"}
    assert len(workings) == 1


def test_the_same_metric_on_another_basis_has_an_anchor_of_its_own(made: Report) -> None:
    workings = WorkingsList(made)
    monthly = Working(Figure(291_000), "monthly_sum")
    assert workings.add("recovery", YEAR, made.working("recovery", YEAR)) == "w-recovery-2019-20"
    assert workings.add("recovery", YEAR, monthly) == "w-recovery-2019-20-monthly-sum"
    assert len(workings) == 2


def listed(report: Report, *metrics: str) -> str:
    workings = WorkingsList(report)
    for metric in metrics:
        workings.add(metric, YEAR, report.working(metric, YEAR))
    return workings.to_html()


def test_every_anchor_is_an_id_once(made: Report) -> None:
    html = listed(made, "recovery_rate", "recovery", "ended_referrals", "recovery_rate")
    ids = re.findall(r'id="(w-[^"]+)"', html)
    assert sorted(ids) == ["w-ended-referrals-2019-20", "w-recovery-2019-20", "w-recovery-rate-2019-20"]


def test_a_working_names_base_cohort_value_and_basis(made: Report) -> None:
    html = listed(made, "recovery_rate", "ended_referrals")
    assert (
        "Of referrals that finished a course of treatment and were at caseness at the start; finished in the year."
        in html
    )
    assert '<span class="working__value">51.1%</span>' in html
    assert "as it stands in the source; from the annual publication, as quoted in a blog post" in html


def test_workings_stand_in_the_order_of_the_catalogue(made: Report) -> None:
    html = listed(made, "recovery_rate", "recovery", "referrals_received")
    assert re.findall(r"<h3>([^<]+)</h3>", html)[:3] == ["Referrals received", "Recovery", "Recovery rate"]


def test_each_source_is_cited_once_and_escaped(made: Report) -> None:
    html = listed(made, "referrals_per_person", "referrals_received", "people_referred")
    cited = re.findall(r'<li id="source-(\d)">', html)
    assert cited == ["1", "2"]
    assert "<2>" not in html


def test_every_metric_of_every_real_year_has_a_sum_and_words(report: Report) -> None:
    for year in report.years:
        for name, metric in METRICS_BY_NAME.items():
            working = report.working(name, year)
            text = working_sum(metric, working)
            assert text, (name, year)
            assert ("=" in text) == (working.figure.known and bool(working.under or len(working.over) > 1)), (
                name,
                year,
            )


GRAMMAR = re.compile(r"w-[a-z0-9]+(?:-[a-z0-9]+)*-\d{4}-\d\d(?:-[a-z0-9]+)*(?:-from-\d{4}-\d\d)?")
AREA = Organisation("ccg", "09D", name="NHS Brighton and Hove CCG")
FEMALE, MALE = Breakdown("gender", "female"), Breakdown("gender", "male")


def test_the_id_of_a_figure_is_made_of_what_it_is_for_good(report: Report) -> None:
    workings, before = WorkingsList(report), YEAR.previous
    rate = report.working("recovery_rate", YEAR)
    change, gap = report.change("recovery_rate", YEAR), report.gap("recovery_rate", YEAR, MALE, FEMALE)
    made = [
        workings.add("recovery_rate", YEAR, rate),
        workings.add("recovery_rate", YEAR, report.working("recovery_rate", YEAR, AREA), AREA),
        workings.add("recovery_rate", YEAR, rate, breakdown=FEMALE),
        workings.add("recovery", YEAR, Working(Figure(1), "monthly_sum")),
        workings.add_change("recovery_rate", before, YEAR, change),
        workings.add_change("recovery_rate", before, YEAR, change, AREA),
        workings.add_gap("recovery_rate", YEAR, MALE, FEMALE, gap),
        workings.add_stated("recovery_rate", YEAR, "09d-rank", "2019-20, it", "1 of 2", "by size", rate),
    ]
    assert made == [
        "w-recovery-rate-2019-20",
        "w-recovery-rate-2019-20-09d",
        "w-recovery-rate-2019-20-gender-female",
        "w-recovery-2019-20-monthly-sum",
        "w-recovery-rate-2019-20-from-2018-19",
        "w-recovery-rate-2019-20-09d-from-2018-19",
        "w-recovery-rate-2019-20-gender-male-over-gender-female",
        "w-recovery-rate-2019-20-09d-rank",
    ]
    ids = re.findall(r'<li id="(w-[^"]+)"', workings.to_html())
    assert set(made) <= set(ids)
    assert [id for id in ids if not GRAMMAR.fullmatch(id)] == []


def test_no_metric_is_called_as_a_chart_or_a_row_is() -> None:
    assert [name for name in METRICS_BY_NAME if name.startswith(("chart_", "row_"))] == []


def line(html: str, anchor: str) -> str:
    found = re.search(rf'<li id="{anchor}">.*?</li>', html)
    assert found
    return found[0]


def test_every_line_links_to_itself_and_says_to_a_screen_reader_which_it_is(made: Report) -> None:
    item = line(listed(made, "recovery_rate"), "w-recovery-rate-2019-20")
    assert 'href="#w-recovery-rate-2019-20" aria-label="Link to 2019-20: 51.1%">#</a>' in item


def test_every_line_holds_its_citation_and_a_way_to_report_an_error(made: Report) -> None:
    workings = WorkingsList(made)
    for metric in ("recovery_rate", "recovery"):
        workings.add(metric, YEAR, made.working(metric, YEAR))
    site = Settings("The Yearbook", url="https://example.org/", errors=ErrorReports(mail="editors@example.org"))
    html = workings.to_html(Citing(site, "reports/2019-20/"))
    assert (
        "The Yearbook, Recovery rate, 2019-20, England: 51.1%, of referrals that finished a course of treatment and "
        "were at caseness at the start; from The publisher, Report of 2019-20. "
        "https://example.org/reports/2019-20/#w-recovery-rate-2019-20"
    ) in line(html, "w-recovery-rate-2019-20")
    assert "2019-20, England: 291,371; from The publisher" in line(html, "w-recovery-2019-20")
    assert (
        'href="mailto:editors@example.org?subject=Error%20in%20w-recovery-2019-20%20on%20%2Freports%2F2019-20%2F"'
        in html
    )


def test_a_change_names_the_sources_of_both_years_and_whose_it_is(report: Report) -> None:
    workings, before = WorkingsList(report), YEAR.previous
    workings.add_change("recovery_rate", before, YEAR, report.change("recovery_rate", YEAR))
    workings.add_change("recovery", before, YEAR, report.change("recovery", YEAR, organisation=AREA), AREA)
    html = workings.to_html()
    item = line(html, "w-recovery-rate-2019-20-from-2018-19")
    assert report.citation(before) in item
    assert report.citation(YEAR) in item
    assert "2018-19 to 2019-20, England: −1.0 points" in item
    assert "2018-19 to 2019-20, NHS Brighton and Hove CCG:" in line(html, "w-recovery-2019-20-09d-from-2018-19")


def test_a_percentage_below_england_shows_what_its_rounded_counts_give(report: Report) -> None:
    workings = WorkingsList(report)
    workings.add("recovery_rate", YEAR, report.working("recovery_rate", YEAR, AREA), AREA)
    over, under = (report.figure(name, YEAR, AREA).exact for name in ("recovery", "eligible_for_recovery"))
    item = line(workings.to_html(), "w-recovery-rate-2019-20-09d")
    assert f"as published; below England counts are rounded: {over:,} ÷ {under:,} × 100 = " in item


def test_a_page_of_charts_alone_has_workings_that_say_what_their_titles_rest_on(made: Report) -> None:
    workings = WorkingsList(made)
    chart = ChartWorking("w-chart-a", "chart-a", "51.1% <recovered>", "Of all", "The publisher", ("<b>one</b>", "two"))
    assert workings.add_chart(chart) == "w-chart-a"
    html = workings.to_html(Citing(Settings("The Yearbook"), "p/"))
    item = line(html, "w-chart-a")
    assert '<a class="working__chart" href="#chart-a">51.1% &lt;recovered&gt;</a>' in item
    assert '<span class="working__behind"><b>one</b>; two</span>' in item
    assert "The Yearbook, “51.1% &lt;recovered&gt;” (Of all); from The publisher. p/#w-chart-a" in item
    assert "Sources of these numbers" not in html


def test_a_chart_of_which_no_figure_is_told_leads_to_its_table(made: Report) -> None:
    workings = WorkingsList(made)
    workings.add_chart(ChartWorking("w-chart-a", "chart-a", "All rose", "", "The publisher", ()))
    assert '<a href="#chart-a">every figure in its table</a>' in workings.to_html()


@pytest.mark.parametrize(
    ("number", "told"), [("7%", False), ("57%", True), ("1,000", True), ("000", False), ("5", False), ("2.2", True)]
)
def test_a_title_prints_a_number_as_a_whole_or_not_at_all(number: str, told: bool) -> None:
    assert is_told(number, "From 1,000 to 57%, or (2.2) points") is told


def test_the_rows_behind_a_title_are_those_it_names_or_else_those_it_prints() -> None:
    rows = (
        Row("England", ("50%",), is_base=True),
        Row("Male", ("49%",)),
        Row("Black, all", ("47%",)),
        Row("Fe", ("9%",)),
    )
    table = Table("t", "T", ("Group", "Rate"), rows, own_working=True)
    assert [row.label for row in told_rows(table, "It ran from 47% (black, all) to 49% for male referrals")] == [
        "Male", "Black, all",
    ]  # fmt: skip
    assert [row.label for row in told_rows(table, "The least was 9%")] == ["Fe"]
    assert [row.label for row in told_rows(table, "All of them rose")] == ["England"]


def test_a_row_has_its_anchor_once_on_a_page(made: Report) -> None:
    workings, table = WorkingsList(made), Table("groups-gender", "T", ("Group",), (), year=YEAR)
    assert row_anchor(table.name, "Not stated, not known") == "w-row-groups-gender-2019-20-not-stated-not-known"
    assert [workings.add_row(table, "Female") for _ in range(2)] == ["w-row-groups-gender-2019-20-female", ""]
