"""Charts of groups: what stands at pixels is to scale, small groups are treated honestly, breaks are gaps."""

import re
from collections import defaultdict
from typing import Any

import pytest

from yearbook.charts import CHARTS, Chart, MissingChart, build_charts
from yearbook.groups import GROUPINGS_BY_ID, SMALLEST_DRAWN, SMALLEST_SOLID, base_of, nameable, spoken_label
from yearbook.report import Report
from yearbook.years import FinancialYear


@pytest.fixture(scope="module")
def charts(report: Report) -> dict[str, Chart | MissingChart]:
    return {chart.name: chart for chart in build_charts(report)}


@pytest.fixture(scope="module")
def of_groups(charts: dict[str, Chart | MissingChart]) -> list[Chart]:
    return [chart for name, chart in charts.items() if name.startswith("groups-") and isinstance(chart, Chart)]


def _get(charts: dict[str, Chart | MissingChart], name: str) -> Chart:
    chart = charts[name]
    assert isinstance(chart, Chart)
    return chart


def _build(report: Report, id: str, year: str) -> Chart | MissingChart:
    return next(kind for kind in CHARTS if kind.id == id).build(report, FinancialYear.parse(year))


def test_bars_of_rates_share_one_scale_and_shares_have_their_own(of_groups: list[Chart]) -> None:
    for chart in of_groups:
        for picture in chart.pictures.values():
            scales = defaultdict(list)
            for record in (*picture.records["bars"], *picture.records["outlines"]):
                words, value = str(record["words"]), float(re.findall(r"([\d.]+)%", str(record["words"]))[0])
                if value >= 5:
                    length = float(record["to"]) - float(record["from"])
                    scales["share" if "of finished courses" in words or "of referrals" in words else "rate"].append(
                        length / value
                    )
            for found in scales.values():
                assert max(found) / min(found) < 1.015, chart.name


def test_every_bar_says_the_group_the_metric_and_the_value_of_the_table(of_groups: list[Chart]) -> None:
    for chart in of_groups:
        labels = {row.label for row in chart.table.rows}
        for record in (*chart.pictures["wide"].records["bars"], *chart.pictures["wide"].records["outlines"]):
            head, _, value = str(record["words"]).rpartition(": ")
            assert any(head.startswith(f"{label}, ") for label in labels), head
            assert value in {cell.text for cell in chart.table.cells}


def test_england_is_not_drawn_as_a_share_of_itself(of_groups: list[Chart]) -> None:
    for chart in of_groups:
        words = [str(record["words"]) for record in chart.pictures["wide"].records["bars"]]
        assert not [each for each in words if each.startswith("England") and "100.0%" in each]


def test_a_rate_on_a_small_base_is_hollow_and_one_on_a_tiny_base_is_not_drawn(
    report: Report, of_groups: list[Chart]
) -> None:
    seen = {"hollow": 0, "undrawn": 0}
    for chart in of_groups:
        assert chart.year
        records = chart.pictures["wide"].records
        solid, hollow = ({str(record["words"]) for record in records[layer]} for layer in ("bars", "outlines"))
        for row in chart.table.rows[1:]:
            cell = next(
                (cell for cell in chart.table.cells if cell.metric == "recovery_rate" and cell in row.cells), None
            )
            if cell is None or not cell.working.figure.known:
                continue
            words, base = f"{row.label}, recovery rate: {cell.text}", base_of(report, cell.breakdown, chart.year)
            assert (words in solid) == (base >= SMALLEST_SOLID), (chart.name, words)
            assert (words in hollow) == (SMALLEST_DRAWN <= base < SMALLEST_SOLID), (chart.name, words)
            seen["hollow"] += words in hollow
            if base < SMALLEST_DRAWN:
                seen["undrawn"] += 1
                assert row.label in " ".join(chart.notes), "what is not drawn is told"
    assert all(seen.values())


def test_the_ends_named_are_the_lowest_and_the_highest_of_those_that_may_be(
    report: Report, of_groups: list[Chart]
) -> None:
    told = 0
    for chart in of_groups:
        found = re.match(
            r"The recovery rate by .+ ran from ([\d.]+%) \((.+?)\) to ([\d.]+%) \((.+?)\) in", chart.finding
        )
        if found and chart.year:
            told += 1
            grouping = GROUPINGS_BY_ID[chart.id.removeprefix("groups-")]
            rates = {
                spoken_label(group): report.figure("recovery_rate", chart.year, breakdown=group).exact
                for group in nameable(report, grouping, chart.year)
            }
            assert found[2] == min(rates, key=lambda name: rates[name])
            assert found[4] == max(rates, key=lambda name: rates[name])
    assert told > 20


@pytest.mark.parametrize(
    ("name", "finding"),
    [
        (
            "groups-deprivation-2023-24",
            "In 2023-24 the recovery rate was 42.3% in the most deprived tenth of neighbourhoods and 56.1% in the "
            "least: a gap of 13.7 percentage points",
        ),
        ("groups-age-2023-24", "The recovery rate by age ran from 39.3% (under 18) to 65.4% (75 to 89) in 2023-24"),
        (
            "groups-long-term-condition-2023-24",
            "In 2023-24 the recovery rate was 51.2% for those with no long-term condition and 46.3% for those with a "
            "long-term condition",
        ),
        (
            "groups-long-term-condition-2015-16",
            "In 2015-16 the recovery rate was 46.3% for all referrals and 43.0% for those with a long-term condition",
        ),
        (
            "groups-religion-2016-17",
            "In groups of five hundred or more, the recovery rate by religion ran from 37.4% (Pagan) to 53.6% (Jewish) "
            "in 2016-17",
        ),
        (
            "groups-care-cluster-2017-18",
            "The largest group by care cluster in 2017-18 was non-psychotic, moderate severity, with 33.3% of courses "
            "finished",
        ),
        (
            "recovery-by-care-cluster",
            "From 2018-19 to 2023-24 the recovery rate of groups of five hundred or more rose most for common mental "
            "health problems, low severity, up 4.7 percentage points, and fell most for non-psychotic, moderate "
            "severity, down 4.2 percentage points",
        ),
        (
            "share-by-waiting-time",
            "From 2017-18 to 2023-24 the share of finished courses rose most for waits of more than 90 days from first "
            "to second treatment, up 8.1 percentage points, and fell most for waits of 28 days or fewer from first to "
            "second treatment, down 10.3 percentage points",
        ),
        (
            "groups-stepped-care-2023-24",
            "Of courses finished in 2023-24, 38.4% had only low intensity therapy, 38.4% both low and high intensity "
            "therapy and 18.2% only high intensity therapy",
        ),
        (
            "groups-age-2014-15",
            "The largest group by age in 2014-15 was 36 to 64, with 52.2% of courses finished",
        ),
        (
            "deprivation-gap-2015-16",
            "The gap in recovery between the least and the most deprived tenths was 20.0 percentage points in 2015-16, "
            "the first year for which it is known",
        ),
        (
            "deprivation-gap-2021-22",
            "The gap in recovery between the least and the most deprived tenths was 12.4 percentage points in 2021-22, "
            "the narrowest of the seven years known",
        ),
        (
            "hidden-wait-2023-24",
            "For 21.7% of courses finished in 2023-24 the second appointment came more than 90 days after the first; "
            "the first itself had taken that long for 2.7%",
        ),
        (
            "promises-2022-23",
            "Of three national standards in 2022-23, two were met; recovery, at 49.9%, fell short of its 50%",
        ),
        (
            "promises-2023-24",
            "All three national standards of 2023-24 were met; recovery, at 50.1%, reached its 50%",
        ),
        (
            "share-by-problem",
            "Mixed anxiety and depressive disorder went from 12.0% in 2017-18 to 5.8% in 2019-20 of finished courses "
            "and, in a new classification, from 3.0% in 2020-21 to 2.5% in 2023-24",
        ),
        (
            "recovery-by-deprivation",
            "From 2015-16 to 2023-24 the recovery rate rose most for decile 1 (most deprived), up 7.3 percentage "
            "points, and least for decile 10 (least deprived), up 1.1 percentage points",
        ),
        (
            "share-by-long-term-condition",
            "In 2023-24 long-term physical condition was not stated, not known or invalid for 71.6% of finished "
            "courses, up from 15.2% in 2017-18",
        ),
    ],
)
def test_the_finding_is_the_sentence_we_would_write(
    charts: dict[str, Chart | MissingChart], name: str, finding: str
) -> None:
    assert _get(charts, name).finding == finding


@pytest.mark.parametrize(("name", "divide"), [("recovery-by-age", 2021), ("share-by-problem", 2020)])
def test_no_line_crosses_a_change_of_categories(
    charts: dict[str, Chart | MissingChart], name: str, divide: int
) -> None:
    chart = _get(charts, name)
    picture = chart.pictures["wide"]
    years = sorted(
        {int(re.findall(r", (\d{4})-\d\d:", str(record["words"]))[0]) for record in picture.records["points"]}
    )
    ends = [float(record["x"]) for record in picture.records["points"]]
    left, right = min(ends), max(ends)
    place = left + (divide - 0.5 - years[0]) / (years[-1] - years[0]) * (right - left)
    runs = defaultdict(list)
    for record in picture.records["lines"]:
        runs[record["series"]].append(float(record["x"]))
    assert runs
    assert not [name for name, xs in runs.items() if min(xs) < place < max(xs)]
    dashed = {float(record["x"]) for record in picture.records["rules"] if record["dash"] == "dashed"}
    assert any(abs(found - place) < 1 for found in dashed), "the break is drawn"


def test_a_year_with_categories_and_no_counts_is_said_to_be_undivided(charts: dict[str, Chart | MissingChart]) -> None:
    chart = charts["groups-consultation-medium-2023-24"]
    assert isinstance(chart, MissingChart)
    assert chart.reason == "The sources for 2023-24 do not divide referrals by consultation medium."


def test_hidden_and_tiny_groups_are_told_and_not_drawn(make_archive: Any, make_release: Any) -> None:
    counts = {"referrals_received": 3000, "finished_course_of_treatment": 1000, "not_at_caseness": 100, "recovery": 450}
    rows = [
        {"breakdown": "gender", "category": "female", **counts},
        {"breakdown": "gender", "category": "male", **counts, "recovery": 360},
        {"breakdown": "gender", "category": "hidden", **counts, "recovery": "*"},
        {
            "breakdown": "gender",
            "category": "tiny",
            **counts,
            "finished_course_of_treatment": 20,
            "not_at_caseness": 1,
            "recovery": 19,
        },
    ]
    report = Report(make_archive(make_release("2023-24", counts, *rows)))
    chart = _build(report, "groups-gender", "2023-24")
    assert isinstance(chart, Chart)
    assert chart.finding == "In 2023-24 the recovery rate was 50.0% for female referrals and 40.0% for male referrals"
    bars = [str(record["words"]) for record in chart.pictures["wide"].records["bars"]]
    assert not [words for words in bars if words.startswith(("Hidden, recovery", "Tiny, recovery"))]
    texts = [record["text"] for record in chart.pictures["wide"].records["texts"]]
    assert "[c]" in texts
    assert "too few to draw" in texts
    assert (
        "Tiny: 2.0% of finished courses, 0.7% finished, of received, recovery rate 100.0%, too few to draw."
        in chart.alt
    )


def test_the_promise_chart_has_a_tick_where_each_standard_lies(charts: dict[str, Chart | MissingChart]) -> None:
    picture = _get(charts, "promises-2023-24").pictures["wide"]
    ticks = sorted(float(record["x"]) for record in picture.records["rules"])
    assert ticks == pytest.approx([picture.x(level) for level in (50, 75, 95)], abs=0.1)
    texts = [str(record["text"]) for record in picture.records["texts"]]
    assert [each for each in texts if "standard:" in each] == [
        "50% standard: met",
        "75% standard: met",
        "95% standard: met",
    ]
