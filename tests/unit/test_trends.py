"""Any metric over all the years: its chart, its small line and its tables."""

from fractions import Fraction
from typing import Any

import pytest

from yearbook.charts.chart import Chart
from yearbook.charts.openings import OPENINGS
from yearbook.charts.theme import SPARK
from yearbook.charts.ticks import tick_text, ticks_of
from yearbook.charts.trends import build_trends, spark_words
from yearbook.metrics import METRICS, METRICS_BY_NAME, count_of, rates_over_each_base
from yearbook.pages.trends import COMPANIONS, GROUPS, HEADLINES, group_of
from yearbook.registers import Event, SeriesBreak, Target
from yearbook.releases import Supplement
from yearbook.report import Report
from yearbook.tables import bases_table, metrics_without_figures, trend_metrics, trend_table, trend_tables
from yearbook.values import Figure
from yearbook.years import FinancialYear

YEARS = [f"{year}-{year - 1999}" for year in range(2017, 2024)]


def _whole(**counts: int) -> dict[str, int]:
    full = {"referrals_received": 2000, "finished_course_of_treatment": 1000, "not_at_caseness": 100, "recovery": 450}
    return {**full, **counts}


@pytest.fixture(scope="module")
def charts(report: Report) -> dict[str, Chart]:
    return {chart.id.removeprefix("trend-"): chart for chart in build_trends(report)}


def _trends(report: Report) -> dict[str, Chart]:
    return {chart.id.removeprefix("trend-"): chart for chart in build_trends(report)}


def _points(chart: Chart, picture: str = "wide") -> dict[float, tuple[object, object]]:
    return {
        float(record["x"]): (record["shape"], record["inside"]) for record in chart.pictures[picture].records["points"]
    }


def _runs(chart: Chart, picture: str = "wide") -> list[list[float]]:
    runs: dict[object, list[float]] = {}
    for record in chart.pictures[picture].records["lines"]:
        runs.setdefault(record["series"], []).append(float(record["x"]))
    return list(runs.values())


def test_every_metric_of_the_whole_has_an_opening_in_the_order_of_the_catalogue() -> None:
    assert list(OPENINGS) == [metric.name for metric in METRICS if not metric.of_groups]
    assert all("{value}" in words and "{year}" in words for words in OPENINGS.values())


def test_every_metric_with_a_figure_has_a_chart_and_the_others_are_told(
    report: Report, charts: dict[str, Chart]
) -> None:
    assert set(charts) == {metric.slug for metric in trend_metrics(report)}
    assert [metric.name for metric in metrics_without_figures(report)] == [
        "second_treatment", "mean_wait_entered", "mean_wait_finished", "treatment_appointments",
    ]  # fmt: skip
    assert len(trend_metrics(report)) + 4 == len([metric for metric in METRICS if not metric.of_groups])


@pytest.mark.parametrize(
    ("slug", "finding"),
    [
        (
            "referrals-received",
            "Referrals received came to 1,829,202 in 2023-24, the highest since the comparable series began in 2013-14",
        ),
        (
            "recovery-rate",
            "The recovery rate was 50.1% in 2023-24, down from a peak of 52.1% in 2018-19 "
            "but back above the 50% standard",
        ),
        (
            "finished-course-of-treatment",
            "Finished courses of treatment came to 671,648 in 2023-24, little changed from 672,193 in 2022-23",
        ),
        (
            "ended-seen-not-treated",
            "Referrals that were seen and ended without treatment came to 19,327 in 2023-24, up 15.0% on 2022-23",
        ),
        (
            "second-treatment-within-18-weeks",
            "Of the courses finished in 2023-24, 86.5% had their second appointment within 18 weeks of the first, "
            "down from 93.3% in 2017-18",
        ),
        (
            "mean-treatment-appointments",
            "A course finished in 2023-24 had 8.2 treatment appointments on average, up 0.1 on 2022-23",
        ),
        (
            "referrals-per-person",
            "There were 1.16 referrals for each person referred in 2016-17, "
            "the lowest since the comparable series began in 2013-14",
        ),
    ],
)
def test_the_finding_is_the_sentence_we_would_write(charts: dict[str, Chart], slug: str, finding: str) -> None:
    assert charts[slug].finding == finding


def test_a_sum_of_months_is_a_diamond_and_joined_to_nothing_else(charts: dict[str, Chart]) -> None:
    for picture in ("wide", "narrow", "spark"):
        assert _runs(charts["ended-referrals"], picture) == [[2017, 2018, 2019], [2021, 2022, 2023]]
        assert _points(charts["ended-referrals"], picture)[2023][0] == "diamond"
    assert _runs(charts["completion-rate"]) == [[2022, 2023]]
    assert "A diamond is a sum of twelve monthly releases" in charts["ended-referrals"].alt
    assert "diamond" not in charts["recovery-rate"].alt


def test_the_year_on_another_basis_is_hollow_in_the_chart_and_in_the_small_line(charts: dict[str, Chart]) -> None:
    for picture in ("wide", "narrow", "spark"):
        assert _points(charts["referrals-received"], picture)[2012][1] == "none"
        assert _runs(charts["referrals-received"], picture) == [[float(year) for year in range(2013, 2024)]]


def test_a_definition_that_changes_divides_the_line(make_archive: Any, make_release: Any) -> None:
    divided = SeriesBreak(FinancialYear(2020), "definition", "Counted anew", "It was.", "somewhere")
    archive = make_archive(*(make_release(year, _whole()) for year in YEARS), breaks=[divided])
    assert _runs(_trends(Report(archive))["recovery"]) == [[2017, 2018, 2019], [2020, 2021, 2022, 2023]]


def test_years_without_a_figure_are_a_gap_that_says_so(charts: dict[str, Chart]) -> None:
    chart = charts["people-referred"]
    assert chart.alt.endswith("within the year.")
    assert "Not known for 2017-18 to 2023-24." in chart.notes
    words = [record["text"] for record in chart.pictures["wide"].records["texts"]]
    assert "no figure" in words


def test_targets_are_drawn_for_their_own_year_and_told_without_a_verdict(charts: dict[str, Chart]) -> None:
    chart = charts["entered-treatment"]
    for width in ("wide", "narrow"):
        picture = chart.pictures[width]
        assert picture.y is not None
        drawn = [r for r in picture.records["rules"] if r["dash"] == "dashed" and r["tone"] == "ink"]
        assert [float(r["y"]) for r in drawn] == pytest.approx([picture.y(1_500_000), picture.y(1_900_000)], abs=0.1)
        for record, year in zip(drawn, (2020, 2023), strict=True):
            assert picture.x(year - 1) < float(record["x"]) < picture.x(year) < float(record["x2"])
        words = [record["text"] for record in picture.records["texts"]]
        assert "target for 2020-21:" in words
        assert "1,900,000 people" in words
    told = " ".join(chart.notes)
    assert "The target for 2020-21 was 1,500,000 people; the count that year is 1,024,014." in told
    assert "of people" in told
    assert "flatters" in told
    assert "met" not in f"{chart.finding} {told}".split()


def test_a_target_of_a_year_without_a_release_is_not_drawn(make_archive: Any, make_release: Any) -> None:
    target = Target("recovery", FinancialYear(2030), Fraction(900), "people", "t", "It flatters.", "s")
    archive = make_archive(*(make_release(year, _whole()) for year in YEARS), targets=[target])
    chart = _trends(Report(archive))["recovery"]
    assert "target" not in chart.alt


def test_events_with_a_mark_stand_under_their_year(make_archive: Any, make_release: Any) -> None:
    events = [
        Event(FinancialYear(2020), "The pandemic", "It came.", "s", "pandemic"),
        Event(FinancialYear(2021), "A new name", "It changed.", "s", "another name for it"),
        Event(FinancialYear(2022), "Nothing", "Not marked.", "s"),
    ]
    archive = make_archive(*(make_release(year, _whole()) for year in YEARS), events=events)
    chart = _trends(Report(archive))["recovery"]
    assert "Marked under the years: pandemic, 2020-21 and another name for it, 2021-22." in chart.alt
    for width in ("wide", "narrow"):
        picture = chart.pictures[width]
        assert picture.y is not None
        under = {r["text"]: float(r["y"]) for r in picture.records["texts"] if float(r["y"]) > picture.y.start + 25}
        assert set(under) == {"pandemic", "another name for it"}
        assert max(under.values()) + 6 < picture.height
        if width == "narrow":
            assert under["pandemic"] < under["another name for it"], "two marks without room stand one below the other"


def test_a_small_line_has_no_words_and_the_same_years_on_every_card(report: Report, charts: dict[str, Chart]) -> None:
    for chart in charts.values():
        picture = chart.pictures["spark"]
        assert (picture.width, picture.height) == SPARK
        assert not picture.records["texts"]
        assert (picture.x.first, picture.x.last) == (2012, 2023)
        known = {str(record["words"]) for record in chart.pictures["wide"].records["points"]}
        assert {str(record["words"]) for record in picture.records["points"]} <= known


def test_a_small_line_is_told_in_one_sentence(report: Report, charts: dict[str, Chart]) -> None:
    def told(name: str) -> str:
        metric = METRICS_BY_NAME[name]
        return spark_words(report, metric, charts[metric.slug].table)

    assert told("recovery_rate") == (
        "A line of recovery rate from 45.0% in 2013-14 to 50.1% in 2023-24, the highest, 52.1%, in 2018-19 "
        "and the lowest, 44.8%, in 2014-15; apart, on another basis, 42.8% in 2012-13."
    )
    assert told("completion_rate") == (
        "A line of completion rate from 62.5% in 2015-16 to 55.0% in 2023-24, "
        "with no figure for 2016-17 to 2018-19 and 2020-21."
    )


def test_a_single_year_has_a_chart_and_a_card(make_archive: Any, make_release: Any) -> None:
    report = Report(make_archive(make_release("2023-24", _whole())))
    chart = _trends(report)["recovery-rate"]
    assert chart.finding == "The recovery rate was 50.0% in 2023-24"
    assert (
        spark_words(report, METRICS_BY_NAME["recovery_rate"], chart.table)
        == "One value of recovery rate, 50.0% in 2023-24."
    )
    assert all(picture.specification() for picture in chart.pictures.values())


@pytest.mark.parametrize(
    ("values", "unit", "ticks"),
    [
        ([883_968, 1_829_202], "count", [0, 500_000, 1_000_000, 1_500_000, 2_000_000]),
        ([5, 18], "count", [0, 5, 10, 15, 20]),
        ([0, 0], "count", [0, 1]),
        ([42.8, 52.1], "percent", [40, 45, 50, 55]),
        ([95, 98.2, 99.0], "percent", [94, 95, 96, 97, 98, 99, 100]),
        ([0.0, 12.8], "percent", [0, 5, 10, 15]),
        ([100, 100], "percent", [99, 100]),
        ([6.8, 8.2], "appointments", [6.5, 7, 7.5, 8, 8.5]),
        ([1.16, 1.19], "ratio", [1.1, 1.15, 1.2]),
        ([20.9, 21.6], "days", [20.8, 21, 21.2, 21.4, 21.6, 21.8]),
    ],
)
def test_a_scale_has_round_steps_and_counts_begin_at_nought(values: list[float], unit: str, ticks: list[float]) -> None:
    found = ticks_of(values, unit)
    assert found == pytest.approx(ticks)
    assert found[0] <= min(values)
    assert max(values) <= found[-1]


@pytest.mark.parametrize(
    ("tick", "unit", "words"),
    [
        (50.0, "percent", "50%"),
        (0.0, "count", "0"),
        (400_000.0, "count", "400k"),
        (1_500_000.0, "count", "1.5m"),
        (2_000_000.0, "count", "2m"),
        (7.0, "appointments", "7.0"),
        (1.15, "ratio", "1.15"),
    ],
)
def test_a_number_of_a_scale_is_short(tick: float, unit: str, words: str) -> None:
    ticks = {"appointments": [6.5, 7.0], "ratio": [1.1, 1.15]}.get(unit, [0.0, tick])
    assert tick_text(tick, unit, ticks) == words


def test_a_rate_stands_with_the_two_counts_it_was_divided_from(report: Report) -> None:
    table = trend_table(report, METRICS_BY_NAME["completion_rate"])
    rows = {row.label: [getattr(cell, "text", cell) for cell in row.cells] for row in table.rows}
    assert table.columns == ("Year", "Completion rate", "Finished a course of treatment", "Ended after treatment")
    assert rows["2019-20"] == ["55.3%", "606,192", "1,095,739"]
    assert rows["2021-22"] == ["57.7%", "", ""], "published as it stands: no count of another basis beside it"
    assert rows["2023-24"] == ["55.0%", "670,565", "1,220,270"], "sums of months, as the rate is"
    assert any(note.startswith("An empty cell:") for note in table.notes)


def test_one_count_is_set_over_every_base_there_is(report: Report) -> None:
    for name in ("recovery", "recovery_rate", "recovered_of_ended"):
        table = bases_table(report, METRICS_BY_NAME[name])
        assert table is not None
        assert table.id == "bases-recovery"
        assert [cell.metric for cell in table.rows[0].cells if not isinstance(cell, str)] == [
            "recovery", "recovered_of_received", "recovered_of_entered", "recovered_of_ended", "recovered_of_treated",
            "recovered_of_finished", "recovery_rate", "recovered_of_at_caseness",
        ]  # fmt: skip
        assert all(heading.startswith("Of ") for heading in table.columns[2:])
    assert bases_table(report, METRICS_BY_NAME["reliable_recovery"]) is not None
    assert bases_table(report, METRICS_BY_NAME["reliable_recovery_rate"]) is None, "it has one base only"
    assert bases_table(report, METRICS_BY_NAME["mean_treatment_appointments"]) is None


def test_the_basis_of_a_base_is_told_by_its_column(report: Report) -> None:
    table = bases_table(report, METRICS_BY_NAME["recovery"])
    assert table is not None
    (monthly,) = [note for note in table.notes if "monthly" in note]
    assert monthly.startswith("“Of referrals that ended in the year”, 2021-22 to 2023-24; ")
    assert "received" not in monthly


def test_every_table_of_the_trends_has_a_stem_of_its_own(report: Report) -> None:
    tables = trend_tables(report)
    assert all(table.id == stem for stem, table in tables.items())
    assert {f"trend-{metric.slug}" for metric in trend_metrics(report)} <= set(tables)


def test_a_figure_from_the_press_stays_in_the_series_with_its_note(make_archive: Any, make_release: Any) -> None:
    figure = Figure(Fraction(68, 10), unit="appointments")
    extra = Supplement(FinancialYear(2018), "mean_treatment_appointments", figure, "press", "a newspaper", places=1)
    archive = make_archive(*(make_release(year, _whole()) for year in YEARS), supplement=[extra])
    table = trend_table(Report(archive), METRICS_BY_NAME["mean_treatment_appointments"])
    assert any("press" in note for note in table.notes)


def test_rates_share_a_numerator_and_a_count_is_found_by_its_terms() -> None:
    recovery = METRICS_BY_NAME["recovery_rate"]
    assert recovery in rates_over_each_base(METRICS_BY_NAME["recovery"])
    assert count_of(recovery.formula.over) == METRICS_BY_NAME["recovery"]
    assert count_of(recovery.formula.under) == METRICS_BY_NAME["eligible_for_recovery"]
    assert count_of(METRICS_BY_NAME["first_treatment_within_6_weeks"].formula.over) is None


def test_every_trend_stands_in_one_part_of_the_index() -> None:
    ids = [group.id for group in GROUPS]
    assert {group_of(metric) for metric in METRICS if not metric.of_groups} == set(ids)
    assert group_of(METRICS_BY_NAME["first_treatment_within_6_weeks"]) == "rest"
    assert group_of(METRICS_BY_NAME["finished_course_of_treatment"]) == "volumes"
    assert set(HEADLINES) | set(COMPANIONS) <= set(METRICS_BY_NAME)
