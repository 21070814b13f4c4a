"""Charts of archives made in memory: what the real data does not, or not yet, hold."""

from fractions import Fraction
from typing import Any

import pytest

from yearbook.charts import CHARTS, Chart, MissingChart
from yearbook.charts.labels import crosses
from yearbook.charts.sentences import against_standard, course_of
from yearbook.charts.theme import wrap
from yearbook.formulas import Working
from yearbook.registers import Standard
from yearbook.report import Report
from yearbook.tables import Cell
from yearbook.values import Figure
from yearbook.years import FinancialYear

FULL = {
    "referrals_received": 2000,
    "entered_treatment": 1500,
    "finished_course_of_treatment": 1000,
    "at_caseness": 900,
    "not_at_caseness": 100,
    "recovery": 450,
    "reliable_recovery": 400,
    "reliable_improvement": 700,
    "no_reliable_change": 200,
    "reliable_deterioration": 60,
}
WAITS = [
    {"breakdown": "waiting_time", "category": "first treatment", "subcategory": "within 6 weeks"},
    {"breakdown": "waiting_time", "category": "first treatment", "subcategory": "within 18 weeks"},
    {"breakdown": "waiting_time", "category": "first to second treatment", "subcategory": "within 6 weeks"},
]


def _standard(metric: str, level: int, first: str, last: str | None = None) -> Standard:
    ends = FinancialYear.parse(last) if last else None
    return Standard(metric, Fraction(level), FinancialYear.parse(first), ends, "a standard", "a source")


def _waits(*finished: int) -> list[dict[str, Any]]:
    return [{**row, "finished_course_of_treatment": count} for row, count in zip(WAITS, finished, strict=False)]


def _build(report: Report, id: str, year: str | None) -> Chart | MissingChart:
    kind = next(kind for kind in CHARTS if kind.id == id)
    return kind.build(report, FinancialYear.parse(year) if year else None)


def _cells(*values: float) -> list[Cell]:
    return [
        Cell(
            "recovery_rate",
            FinancialYear(2017 + number),
            Working(Figure(Fraction(str(value)), unit="percent"), "annual"),
        )
        for number, value in enumerate(values)
    ]


@pytest.mark.parametrize("year", ["2012-13", "2013-14", "2023-24"])
def test_an_archive_of_one_year_makes_its_charts(make_archive: Any, make_release: Any, year: str) -> None:
    archive = make_archive(make_release(year, FULL, *_waits(800, 950, 500)))
    report = Report(archive)
    kinds = [kind for kind in CHARTS if kind.per_year and not kind.id.startswith("groups-")]
    built = {kind.id: kind.build(report, FinancialYear.parse(year)) for kind in kinds}
    missing = {id for id, chart in built.items() if isinstance(chart, MissingChart)}
    never = {"three-year-journey", "hidden-wait", "appointments-trend", "deprivation-gap", "promises"}
    assert missing == (never | {"completion-trend"} if year == "2012-13" else never)
    for chart in built.values():
        if isinstance(chart, Chart):
            assert all(picture.specification() for picture in chart.pictures.values())


def test_a_year_without_outcomes_or_recovery_says_so_in_a_sentence(make_archive: Any, make_release: Any) -> None:
    report = Report(make_archive(make_release("2023-24", {"referrals_received": 2000})))
    for kind in (kind for kind in CHARTS if kind.per_year):
        chart = kind.build(report, FinancialYear(2023))
        assert isinstance(chart, MissingChart)
        assert chart.reason[0].isupper()
        assert chart.reason.endswith(".")
        assert "2023-24" in chart.reason


def test_a_year_between_with_no_figures_is_a_gap_in_the_line(make_archive: Any, make_release: Any) -> None:
    releases = [make_release(year, FULL) for year in ("2019-20", "2020-21", "2022-23", "2023-24")]
    releases.insert(2, make_release("2021-22", {"referrals_received": 2000}))
    chart = _build(Report(make_archive(*releases)), "recovery-trend", None)
    assert isinstance(chart, Chart)
    lines = chart.pictures["wide"].records["lines"]
    assert {record["series"]: 0 for record in lines} == {"series-0": 0, "series-1": 0}
    assert "Not known for 2021-22." in chart.alt


def test_a_suppressed_stage_is_not_drawn_and_not_named_a_number(make_archive: Any, make_release: Any) -> None:
    report = Report(make_archive(make_release("2023-24", {**FULL, "entered_treatment": "*"})))
    chart = _build(report, "journey", "2023-24")
    assert isinstance(chart, Chart)
    assert "an unknown number entered treatment" in chart.alt
    assert not [record for record in chart.pictures["wide"].records["bars"] if "Entered" in str(record["words"])]
    words = [record["text"] for record in chart.pictures["wide"].records["texts"]]
    assert "hidden because the number is small" in words
    assert "[c]" in words


@pytest.mark.parametrize(
    ("finished", "finding"),
    [
        (
            (800, 980, 500),
            "Both waiting standards were met in 2023-24, but only 50.0% of courses finished had their second "
            "appointment within 6 weeks of the first",
        ),
        (
            (700, 980, 500),
            "In 2023-24 the 6-week standard was missed and the 18-week standard was met, but only 50.0% of "
            "courses finished had their second appointment within 6 weeks of the first",
        ),
        (
            (700, 900, 500),
            "Both waiting standards were missed in 2023-24, and 50.0% of courses finished had their second "
            "appointment within 6 weeks of the first",
        ),
        (
            (800, 980),
            "Both waiting standards were met in 2023-24: of courses finished, 80.0% began within 6 weeks of "
            "referral and 98.0% within 18",
        ),
    ],
)
def test_waits_say_which_standards_were_met(
    make_archive: Any, make_release: Any, finished: tuple[int, ...], finding: str
) -> None:
    standards = [
        _standard("first_treatment_within_6_weeks", 75, "2016-17"),
        _standard("first_treatment_within_18_weeks", 95, "2016-17"),
    ]
    archive = make_archive(make_release("2023-24", FULL, *_waits(*finished)), standards=standards)
    chart = _build(Report(archive), "waits", "2023-24")
    assert isinstance(chart, Chart)
    assert chart.finding == finding
    words = " ".join(str(record["text"]) for record in chart.pictures["wide"].records["texts"])
    assert f"75% standard from 2016-17: {'met' if finished[0] >= 750 else 'missed'} in 2023-24" in words


def test_a_standard_that_ended_is_drawn_to_its_end_and_judges_no_later_year(
    make_archive: Any, make_release: Any
) -> None:
    releases = [make_release(f"{year}-{year - 1999}", FULL) for year in range(2018, 2024)]
    standard = _standard("recovery_rate", 50, "2019-20", "2021-22")
    report = Report(make_archive(*releases, standards=[standard]))
    picture = _build(report, "recovery-trend", "2023-24")
    assert isinstance(picture, Chart)
    (drawn,) = [r for r in picture.pictures["wide"].records["rules"] if r["tone"] == "ink"]
    assert float(drawn["x2"]) < picture.pictures["wide"].x(2022)
    assert against_standard(report, "recovery_rate", FinancialYear(2023)) == ""
    assert "standard" not in picture.finding


@pytest.mark.parametrize(
    ("before", "now", "words"),
    [
        (449, 450, "the first year at the 50% standard"),
        (460, 470, "above the 50% standard"),
        (440, 430, "below the 50% standard"),
    ],
)
def test_a_rate_is_held_to_its_standard_in_words(
    make_archive: Any, make_release: Any, before: int, now: int, words: str
) -> None:
    releases = [
        make_release("2018-19", {**FULL, "recovery": before}),
        make_release("2019-20", {**FULL, "recovery": now}),
    ]
    report = Report(make_archive(*releases, standards=[_standard("recovery_rate", 50, "2016-17")]))
    assert against_standard(report, "recovery_rate", FinancialYear(2019)) == words


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ((18, 17), "fell from 18.0% in 2017-18 to 17.0% in 2018-19"),
        ((17, 17.5), "rose from 17.0% in 2017-18 to 17.5% in 2018-19"),
        ((17, 17.4), "was 17.4% in 2018-19, little changed from 17.0% in 2017-18"),
        ((17, 19, 17), "rose from 17.0% in 2017-18 to 19.0% in 2018-19, then fell to 17.0% in 2019-20"),
        ((19, 17, 18), "fell from 19.0% in 2017-18 to 17.0% in 2018-19, then rose to 18.0% in 2019-20"),
        ((17, 17.2, 19), "rose from 17.0% in 2017-18 to 19.0% in 2019-20"),
        ((17, 17.4, 17.1), "was 17.1% in 2019-20, little changed from 17.0% in 2017-18"),
    ],
)
def test_the_course_of_a_rate_is_told_with_its_turn(values: tuple[float, ...], words: str) -> None:
    assert course_of(_cells(*values)) == words


def test_a_paragraph_is_broken_between_words_within_its_width() -> None:
    assert wrap("one two three four", 80, 12) == ["one two", "three four"]
    assert wrap("unbreakable", 10, 12) == ["unbreakable"]


def test_a_line_crosses_a_box_only_where_it_enters_it() -> None:
    box = (10.0, 10.0, 20.0, 20.0)
    assert crosses(box, (0, 0, 30, 30))
    assert crosses(box, (12, 12, 13, 13))
    assert crosses(box, (15, 0, 15, 30))
    assert not crosses(box, (0, 15, 30, 40))
    assert not crosses(box, (25, 0, 25, 30))
    assert not crosses(box, (0, 0, 9, 9))
