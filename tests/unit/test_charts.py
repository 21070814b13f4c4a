"""Charts as values: what they say is what they plot, for every year of the real data."""

import re
from collections.abc import Mapping
from itertools import chain

import pytest

from yearbook.charts import CHARTS, Chart, ChartType, MissingChart, build_charts
from yearbook.charts.labels import box_of_text, overlap
from yearbook.charts.theme import DARK, LIGHT, SMALL, SPARK, WIDTHS
from yearbook.metrics import METRICS
from yearbook.report import Report
from yearbook.tables import trend_metrics
from yearbook.years import FinancialYear

_YEAR = re.compile(r"\d{4}-\d\d")
_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?%?")

# Numbers that a sentence may hold though no record of the chart does: the limits of the waits, 100%, the
# and the days, the day and the versions in the reasons of a break, the point where a scale begins, the smallest groups.
_FIXED = {"6", "18", "90", "100%", "0", "1", "1.5", "2.0", "2020", "30", "100"}


@pytest.fixture(scope="module")
def charts(report: Report) -> tuple[Chart | MissingChart, ...]:
    return build_charts(report)


@pytest.fixture(scope="module")
def made(charts: tuple[Chart | MissingChart, ...]) -> list[Chart]:
    return [chart for chart in charts if isinstance(chart, Chart)]


def _chart(report: Report, id: str, year: str | None) -> Chart:
    kind = next(kind for kind in CHARTS if kind.id == id)
    built = kind.build(report, FinancialYear.parse(year) if year else None)
    assert isinstance(built, Chart)
    return built


def _numbers(words: str) -> set[str]:
    return set(_NUMBER.findall(_YEAR.sub("", words)))


def _known(chart: Chart) -> set[str]:
    """What stands in the chart's table: the text of each cell, and each sum of money without its sign."""
    words = {cell for row in chart.table.rows for cell in row.cells if isinstance(cell, str) and cell.startswith("£")}
    return {cell.text for cell in chart.table.cells} | {cell.lstrip("£") for cell in words}


def _printed(record: Mapping[str, object]) -> str:
    """The value in the words of a mark: its percentage where it has one, otherwise the number it ends in."""
    numbers = re.findall(r"[\d,.]*\d%?", str(record["words"]))
    return next((number for number in numbers if number.endswith("%")), numbers[-1])


def test_every_chart_of_the_catalogue_is_built_or_says_why_not(
    report: Report, charts: tuple[Chart | MissingChart, ...]
) -> None:
    yearly, overall = ([kind for kind in CHARTS if getattr(kind, name)] for name in ("per_year", "overall"))
    assert len(charts) == len(report.years) * len(yearly) + len(overall) + len(trend_metrics(report))
    assert len({chart.name for chart in charts}) == len(charts)
    missing = {chart.name: chart.reason for chart in charts if isinstance(chart, MissingChart)}
    assert {name for name in missing if not name.startswith("groups-")} == {
        "three-year-journey-2012-13",
        "completion-trend-2012-13",
        "waits-2012-13",
        "waits-2013-14",
        "waits-2014-15",
        *(f"appointments-trend-{year}" for year in ("2012-13", "2013-14", "2014-15", "2015-16", "2016-17")),
        *(f"hidden-wait-{year}" for year in ("2012-13", "2013-14", "2014-15", "2015-16", "2016-17")),
        *(f"deprivation-gap-{year}" for year in ("2012-13", "2013-14", "2014-15")),
        *(f"promises-{year}" for year in ("2012-13", "2013-14", "2014-15", "2015-16")),
    }
    assert all(reason.endswith(".") and len(reason) > 30 for reason in missing.values())


def test_title_and_alt_text_hold_only_numbers_of_the_table(report: Report, made: list[Chart]) -> None:
    for chart in made:
        known = _known(chart)
        levels = {f"{standard.level}%" for standard in report.archive.standards}
        levels |= {f"{int(target.level):,}" for target in report.archive.targets}
        scale = set(re.findall(r"begins at ([\d.]*\d%?)", chart.alt))
        changes = set(re.findall(r"(?:up|down) (\d+\.\d%?) (?:percentage points? )?on", chart.finding))
        changes |= set(re.findall(r"(\d+\.\d) percentage point", f"{chart.finding} {chart.alt}"))
        names = _numbers(" ".join((*(row.label for row in chart.table.rows), *chart.table.columns)))
        breaks = _numbers(" ".join(found.why for found in report.archive.breaks))
        loose = _numbers(f"{chart.finding}. {chart.alt}") - known - levels - scale - changes - names - breaks - _FIXED
        assert not loose, f"{chart.name} says {loose}"


def test_a_change_in_a_title_is_that_of_the_unrounded_values(report: Report, made: list[Chart]) -> None:
    told = [
        (chart, re.search(r"(up|down) ([\d.]+)(%?)(?: percentage points?)? on (\S{7})", chart.finding))
        for chart in made
    ]
    assert len([found for _, found in told if found]) > 10
    assert any(found[3] for _, found in told if found), "some counts change in per cent"
    metrics = {"recovery-trend": "recovery_rate", "completion-trend": "finished_of_entered"}
    metrics |= {f"trend-{metric.slug}": metric.name for metric in METRICS}
    metrics |= {"appointments-trend": "mean_treatment_appointments"}
    for chart, found in told:
        if found is not None:
            change = report.change(metrics[chart.id], FinancialYear.parse(found[4]).next)
            told_in = change.relative if found[3] else change.difference
            assert told_in is not None
            assert (told_in > 0) == (found[1] == "up")
            assert abs(abs(float(told_in)) - float(found[2])) <= 0.05


def _placed_in_pixels(chart: Chart) -> bool:
    """Whether its marks stand at pixels, several scales side by side: see test_charts_of_groups."""
    return chart.id.startswith("groups-") or "-by-" in chart.id


def test_every_plotted_value_is_described_by_its_printed_value(made: list[Chart]) -> None:
    for chart in (chart for chart in made if not _placed_in_pixels(chart)):
        for picture in chart.pictures.values():
            for record in picture.records.get("bars", ()):
                printed = re.findall(r"([\d.]+)%", str(record["words"]))[0]
                length = float(record["to"]) - float(record["from"])
                assert abs(length - float(printed)) <= (0.0501 if "." in printed else 0.501), (chart.name, record)
            for record in picture.records.get("points", ()):
                printed = _printed(record).rstrip("%").replace(",", "")
                half = 0.5 * 10 ** -len(printed.partition(".")[2])
                assert abs(float(record["y"]) - float(printed)) <= half + 0.0001, (chart.name, record)


def test_every_plotted_value_stands_in_the_table_and_the_alt_text(made: list[Chart]) -> None:
    for chart in made:
        known = _known(chart)
        for picture in chart.pictures.values():
            for record in chain(picture.records.get("bars", ()), picture.records.get("points", ())):
                printed = _printed(record)
                assert printed in known, (chart.name, record)
                assert printed in chart.alt, (chart.name, record)


def test_both_widths_plot_the_same_values(made: list[Chart]) -> None:
    for chart in made:
        wide, narrow = (
            [record["words"] for layer in ("outlines", "bars", "points") for record in picture.records.get(layer, ())]
            for picture in (chart.pictures["wide"], chart.pictures["narrow"])
        )
        assert wide == narrow


def test_every_chart_has_its_words(made: list[Chart]) -> None:
    for chart in made:
        assert chart.finding
        assert not chart.finding.endswith(".")
        assert chart.finding[0].isupper()
        assert chart.base
        assert chart.alt.endswith(".")
        assert chart.source
        assert not re.search(
            r"  |None|\bnan\b|\{|\}", f"{chart.finding} {chart.base} {chart.alt} {' '.join(chart.notes)}"
        )


def test_texts_are_large_enough_within_the_image_and_clear_of_each_other(made: list[Chart]) -> None:
    for chart in made:
        for width, picture in chart.pictures.items():
            texts = picture.records["texts"]
            assert picture.width == WIDTHS.get(width, SPARK[0])
            assert all(float(record["size"]) >= SMALL for record in texts)
            boxes = [box_of_text(record) for record in texts]
            for record, box in zip(texts, boxes, strict=True):
                inside = box[0] >= -3 and box[2] <= picture.width + 3 and box[1] >= -2 and box[3] <= picture.height + 2
                assert inside, (chart.name, width, record)
            for number, box in enumerate(boxes):
                inner = (box[0] + 2, box[1] + 2, box[2] - 2, box[3] - 2)
                touched = [texts[other]["text"] for other in range(number) if overlap(inner, boxes[other])]
                assert not touched, (chart.name, width, texts[number]["text"], touched)


def test_every_tone_is_a_colour_in_the_light_and_in_the_dark(made: list[Chart]) -> None:
    assert list(LIGHT) == list(DARK)
    used = {
        record["tone"] for chart in made for picture in chart.pictures.values() for layer in picture.records.values()
        for record in layer
    }  # fmt: skip
    assert used <= set(LIGHT)


@pytest.mark.parametrize(
    ("id", "year", "finding"),
    [
        ("journey", "2019-20", "Of 1,647,716 referrals that ended in 2019-20, 17.7% recovered"),
        ("journey", "2017-18", "Recoveries in 2017-18 came to 18.3% of the 1,439,957 referrals received"),
        (
            "recovery-trend",
            "2017-18",
            "The recovery rate was 50.8% in 2017-18, the highest since the comparable series began in 2013-14 "
            "and the first year above the 50% standard",
        ),
        (
            "recovery-trend",
            "2021-22",
            "The recovery rate was 50.2% in 2021-22, the lowest for five years but above the 50% standard",
        ),
        (
            "recovery-trend",
            "2022-23",
            "The recovery rate was 49.9% in 2022-23, the lowest for six years and below the 50% standard",
        ),
        (
            "recovery-trend",
            "2012-13",
            "The recovery rate was 42.8% in 2012-13, counted on another basis than in later years",
        ),
        (
            "five-denominators",
            "2019-20",
            "Recovery in 2019-20 was 17.2% of referrals received in the year, "
            "but 51.1% of those at caseness at the start",
        ),
        (
            "waits",
            "2017-18",
            "Both waiting standards were met in 2017-18, but only 65.3% of courses finished had their second "
            "appointment within 6 weeks of the first",
        ),
        (
            "three-year-journey",
            "2021-22",
            "Recoveries as a share of referrals received rose from 17.2% in 2019-20 to 21.1% in 2020-21, "
            "then fell to 17.3% in 2021-22",
        ),
    ],
)
def test_the_finding_is_the_sentence_we_would_write(report: Report, id: str, year: str, finding: str) -> None:
    assert _chart(report, id, year).finding == finding


def test_losses_of_the_ended_cohort_hang_where_the_stage_before_ended(report: Report) -> None:
    bars = _chart(report, "journey", "2019-20").pictures["wide"].records["bars"]
    spans = {str(record["words"]).partition(":")[0]: (record["from"], record["to"]) for record in bars}
    assert spans["Not seen"][1] == 100
    assert spans["Seen, not treated"][1] == spans["Not seen"][0]
    assert spans["One appointment only"] == (
        pytest.approx(spans["Finished a course"][1], abs=0.001),
        pytest.approx(spans["Ended after treatment"][1], abs=0.001),
    )
    assert spans["Recovered"][0] == 0


def test_a_missing_stage_is_said_on_the_chart_in_the_alt_text_and_in_the_table(report: Report) -> None:
    chart = _chart(report, "journey", "2012-13")
    for picture in chart.pictures.values():
        words = " ".join(str(record["text"]) for record in picture.records["texts"])
        assert "not shown: the count is from another source" in words
        assert "Not known for 2012-13: how many were not seen" in words
    assert "434,247 entered treatment (no percentage: the count is from another source)" in chart.alt
    assert "[x]" in {cell.text for cell in chart.table.cells}


def test_the_year_before_the_comparable_series_is_hollow_and_joined_to_nothing(report: Report) -> None:
    for picture in _chart(report, "recovery-trend", None).pictures.values():
        points = {record["x"]: record["inside"] for record in picture.records["points"]}
        assert points[2012] == "none"
        assert points[2013] == "main"
        assert min(float(record["x"]) for record in picture.records["lines"]) == 2013


def test_the_ended_cohort_is_never_joined_across_unknown_years_or_to_a_sum_of_months(report: Report) -> None:
    lines = _chart(report, "completion-trend", None).pictures["wide"].records["lines"]
    runs: dict[str, list[float]] = {}
    for record in lines:
        runs.setdefault(str(record["series"]), []).append(float(record["x"]))
    ended = [run for name, run in runs.items() if name.startswith("ended")]
    assert ended == [[2022, 2023]]


def test_the_standard_is_drawn_only_over_the_years_it_was_in_force(report: Report) -> None:
    picture = _chart(report, "recovery-trend", None).pictures["wide"]
    (standard,) = [r for r in picture.records["rules"] if r["dash"] == "dashed" and r["tone"] == "ink"]
    assert picture.x(2015) < float(standard["x"]) < picture.x(2016)


def test_series_breaks_are_drawn_and_named(report: Report) -> None:
    for picture in _chart(report, "recovery-trend", None).pictures.values():
        breaks = [r for r in picture.records["rules"] if r["x"] == r["x2"] and r["dash"] == "dashed"]
        assert [float(r["x"]) for r in breaks] == pytest.approx([picture.x(2012.5), picture.x(2019.5)], abs=0.1)
        words = " ".join(str(record["text"]) for record in picture.records["texts"])
        assert "Comparable series begins" in words
        assert "Data set version 2.0" in words


def test_the_outcomes_add_up_to_the_whole_with_the_unscored(report: Report) -> None:
    for year in report.years:
        picture = _chart(report, "outcomes", str(year)).pictures["narrow"]
        assert max(float(record["to"]) for record in picture.records["outlines"]) == pytest.approx(100, abs=0.001)


NEVER_DRAWN = "groups-consultation-medium"  # our copy of the releases has its categories and none of its counts


@pytest.mark.parametrize("kind", [kind for kind in CHARTS if kind.id != NEVER_DRAWN], ids=lambda kind: kind.id)
def test_a_specification_is_vega_lite_with_its_records(report: Report, kind: ChartType) -> None:
    specifications = _chart(report, kind.id, "2023-24" if kind.per_year else None).specifications
    assert set(specifications) == set(WIDTHS)
    for width, specification in specifications.items():
        assert specification["width"] == WIDTHS[width]
        assert specification["$schema"].startswith("https://vega.github.io/schema/vega-lite/")
        layers = [layer["data"]["name"] for layer in specification["layer"]]
        assert layers == list(specification["datasets"])
