"""Findings about England: each headline metric's change, record, standard and reversal, as one finding a metric."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from yearbook.findings.finding import Finding, yearly_change
from yearbook.findings.news import (
    BREAK,
    FIRST_TIME,
    MET_AGAIN,
    MISSED,
    REVERSAL,
    NewsValue,
    record_weight,
    usual_change,
)
from yearbook.metrics import METRICS_BY_NAME, full_title
from yearbook.report import Report
from yearbook.wording import change_words, standing_words
from yearbook.years import FinancialYear

HEADLINES = (
    "recovery_rate",
    "referrals_received",
    "entered_treatment",
    "finished_course_of_treatment",
    "recovery",
    "completion_rate",
    "finished_of_entered",
    "reliable_improvement_rate",
    "reliable_recovery_rate",
    "reliable_deterioration_rate",
    "no_reliable_change_rate",
    "unscored_rate",
    "first_treatment_within_6_weeks",
    "first_treatment_within_18_weeks",
    "second_treatment_within_6_weeks",
    "second_treatment_after_90_days",
    "entered_of_received",
    "recovered_of_received",
    "not_seen_of_ended",
    "recovered_of_ended",
    "recovered_of_treated",
    "recovered_of_finished",
    "mean_treatment_appointments",
    "mean_wait_finished",
    "eligible_of_finished",
)
"""The metrics whose year is looked at, in the order in which ties stand."""

FLAT = {"percent": Fraction(1, 2), "count": Fraction(1), "days": Fraction(1, 2), "appointments": Fraction(1, 10)}
"""A change smaller than this is flat: points of a rate, per cent of a count, days, appointments."""


def direction(change: Fraction | None, unit: str) -> str:
    """`up`, `down` or `flat`; empty without a change."""
    if change is None:
        return ""
    if abs(change) < FLAT.get(unit, FLAT["percent"]):
        return "flat"
    return "up" if change > 0 else "down"


def run_before(report: Report, metric: str, year: FinancialYear) -> int:
    """How many years running, up to the one before, the metric had moved the other way; 0 where it moves on, or stays.

    A year counts whatever the size of its step, as "steadily" does.
    """
    own = yearly_change(report, metric, year)
    if direction(own, METRICS_BY_NAME[metric].unit) not in ("up", "down"):
        return 0
    run, before = 0, year.previous
    while (step := yearly_change(report, metric, before)) is not None and step * (own or 0) < 0:
        run, before = run + 1, before.previous
    return run


def crossing(report: Report, metric: str, year: FinancialYear) -> str:
    """How the metric crossed its standard: `first` time met, met `again`, `missed` after met, `never` met; or nothing.

    A year is judged by the rule in force in it. The first year of a standard has none before it to cross from: it
    `begins`.
    """
    met = report.meets_standard(metric, year)
    if met is None:
        return ""
    judged = [
        found
        for year_before in report.years
        if year_before < year and (found := _met(report, metric, year_before)) != ""
    ]
    if not judged:
        return "begins"
    if met:
        return "first" if "met" not in judged else "again" if judged[-1] == "missed" else ""
    return "missed" if judged[-1] == "met" else "never" if "met" not in judged else ""


def _met(report: Report, metric: str, year: FinancialYear) -> str:
    return {True: "met", False: "missed", None: ""}[report.meets_standard(metric, year)]


def record_words(report: Report, metric: str, year: FinancialYear) -> str:
    """`the lowest for five years` where the value is a record that shows; empty where it is none.

    One that is printed like the year before's, was published as a whole number, or stands after a break that names the
    metric, is no news.
    """
    words = standing_words(report.standing(metric, year))
    before = report.working(metric, year.previous).text() if year.previous in report.archive.releases else ""
    own = report.working(metric, year)
    if not words or before == own.text() or own.places == 0:
        return ""
    return "" if any(metric in found.metrics for found in report.breaks(metric, report.years)) else words


def national_findings(report: Report, year: FinancialYear) -> Iterator[Finding]:
    """The finding of each headline metric that the year has a value of, in the order of the catalogue."""
    for metric in HEADLINES:
        if report.figure(metric, year).known:
            yield _finding(report, metric, year)


def _finding(report: Report, metric: str, year: FinancialYear) -> Finding:
    unit = METRICS_BY_NAME[metric].unit
    change = yearly_change(report, metric, year)
    crossed, standing, run = (
        crossing(report, metric, year),
        report.standing(metric, year),
        run_before(report, metric, year),
    )
    record = record_words(report, metric, year)
    weights: list[tuple[str, Fraction]] = []
    kind = "change"
    if run >= 2:
        kind, weights = "reversal", [REVERSAL, *weights]
    if standing is not None and record:
        longest = max(standing.highest_for, standing.lowest_for)
        kind = "record"
        weights = [*record_weight(longest, standing.whole and longest == standing.years_known), *weights]
    if crossed in _CROSSINGS:
        kind, weights = "standard", [_CROSSINGS[crossed], *weights]
    usual = usual_change(_earlier(report, metric, year), unit) if change is not None else None
    facts = {"crossed": crossed, "record": record, "run": str(run)}
    words = _words(report, metric, year, [_CROSSING_WORDS.get(crossed, ""), record, _run_words(run, year)])
    known = {name: value for name, value in facts.items() if value not in ("", "0")}
    return Finding(kind, (metric,), year, NewsValue(change, usual, tuple(weights)), words, facts=known)


_CROSSINGS = {"first": FIRST_TIME, "again": MET_AGAIN, "missed": MISSED}
_CROSSING_WORDS = {
    "first": "standard met for the first time",
    "again": "standard met again",
    "missed": "standard missed after it was met",
    "never": "standard not met so far",
    "begins": "first judged by a standard",
}


def _run_words(run: int, year: FinancialYear) -> str:
    since = FinancialYear(year.start - run)
    return f"turned after moving the other way since {since.previous}" if run >= 2 else ""


def _earlier(report: Report, metric: str, year: FinancialYear) -> list[Fraction]:
    """The metric's yearly changes before this year's."""
    found = (yearly_change(report, metric, before) for before in report.years if before < year)
    return [change for change in found if change is not None]


def _words(report: Report, metric: str, year: FinancialYear, also: Sequence[str]) -> str:
    told = f"{full_title(METRICS_BY_NAME[metric])}: {report.working(metric, year).text()}"
    if yearly_change(report, metric, year) is not None:
        told += f", {change_words(metric, report.change(metric, year))}"
    return "; ".join(filter(None, (told, *also)))


def break_findings(report: Report, year: FinancialYear) -> Iterator[Finding]:
    """What changed in the record itself from this year on."""
    for found in report.archive.breaks:
        if found.year == year:
            yield Finding("break", found.metrics, year, NewsValue(weights=(BREAK,)), f"{found.title}: {found.why}")


def lack_findings(report: Report, year: FinancialYear) -> Iterator[Finding]:
    """What the year before had and this one lacks, in the order of the catalogue; the news in it is nought."""
    for metric in HEADLINES:
        had = year.previous in report.archive.releases and report.figure(metric, year.previous).known
        if had and not report.figure(metric, year).known:
            yield Finding(
                "lack", (metric,), year, NewsValue(), f"{full_title(METRICS_BY_NAME[metric])}: not in the sources"
            )
