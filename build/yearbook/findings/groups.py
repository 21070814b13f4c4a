"""Findings about groups: how far recovery in one lies from that in another, and whether the gap grew."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from yearbook.findings.finding import Finding
from yearbook.findings.news import FLOORS, NARROWING, RECORD, WIDENING, NewsValue, usual_change
from yearbook.groups import LEAST_DEPRIVED, MOST_DEPRIVED, SMALLEST_NAMED, base_of
from yearbook.releases import Breakdown
from yearbook.report import Report, Standing
from yearbook.wording import standing_words
from yearbook.years import FinancialYear

METRIC = "recovery_rate"


SMALLEST_GAP = Fraction(1, 2)
"""A gap of fewer points than this is told of as none."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two groups of a grouping whose gap is followed. `first` and `second` are as a list names them."""

    grouping: str
    first: Breakdown
    second: Breakdown
    words: str


PAIRS: tuple[Pair, ...] = (
    Pair("deprivation", LEAST_DEPRIVED, MOST_DEPRIVED, "the least and the most deprived tenths"),
    Pair("ethnic-group", Breakdown("bme_group", "White British"), Breakdown("bme_group", "Black and minority ethnic"),
         "White British and all other groups"),
    Pair("ethnic-group", Breakdown("ethnic_group", "White", "all"), Breakdown("ethnic_group", "Asian or Asian British", "all"),
         "White and Asian groups"),
    Pair("ethnic-group", Breakdown("ethnic_group", "White", "all"), Breakdown("ethnic_group", "Black or Black British", "all"),
         "White and Black groups"),
    Pair("ethnic-group", Breakdown("ethnic_group", "White", "British"),
         Breakdown("ethnic_group", "Asian or Asian British", "Pakistani"), "White British and Pakistani groups"),
    Pair("age", Breakdown("age", "75 to 89"), Breakdown("age", "18 to 25"), "ages 75 to 89 and 18 to 25"),
    Pair("age", Breakdown("age", "65 and over"), Breakdown("age", "18 to 35"), "ages 65 and over and 18 to 35"),
    Pair("gender", Breakdown("gender", "male"), Breakdown("gender", "female"), "men and women"),
    Pair("sexual-orientation", Breakdown("sexual_orientation", "heterosexual"), Breakdown("sexual_orientation", "bisexual"),
         "heterosexual and bisexual"),
    Pair("long-term-condition", Breakdown("long_term_condition", "no long-term condition"),
         Breakdown("long_term_condition", "long-term condition"), "those without and with a long-term condition"),
)  # fmt: skip
"""The gaps that are followed, in reading order. Two of one grouping may hold in different years."""


def gap_of(report: Report, pair: Pair, year: FinancialYear, metric: str = METRIC) -> Fraction | None:
    """How far the rate of the first group lies over the second's, in points; None where either is unknown or small.

    A group is small by the referrals that its recovery rate counts, whatever `metric` is.
    """
    if year not in report.archive.releases:
        return None
    if min(base_of(report, group, year) for group in (pair.first, pair.second)) < SMALLEST_NAMED:
        return None
    difference = report.gap(metric, year, pair.first, pair.second).difference
    return None if difference is None else Fraction(difference)


def gap_change(report: Report, pair: Pair, year: FinancialYear, metric: str = METRIC) -> Fraction | None:
    """How much wider the gap is than the year before, in points; negative when it narrowed.

    None where either year lacks it, where the groups changed places, or across a change of definition.
    """
    own, before = gap_of(report, pair, year, metric), gap_of(report, pair, year.previous, metric)
    if own is None or before is None or own * before <= 0 or _divided(report, pair, year, metric):
        return None
    return abs(own) - abs(before)


def _divided(report: Report, pair: Pair, year: FinancialYear, metric: str) -> bool:
    found = report.breaks(metric, (year.previous, year), pair.first.breakdown)
    return any(one.kind == "definition" for one in found)


def _earlier_gaps(report: Report, pair: Pair, year: FinancialYear, metric: str = METRIC) -> list[Fraction]:
    """How wide the gap was in the years before that each compare with the next, the nearest first."""
    earlier = []
    while gap_change(report, pair, year, metric) is not None:
        year = year.previous
        earlier.append(abs(gap_of(report, pair, year, metric) or Fraction(0)))
    return earlier


def gap_standing(report: Report, pair: Pair, year: FinancialYear) -> tuple[str, FinancialYear] | None:
    """`widest` or `narrowest`, and since when, of every year that can be compared; None when it is neither of three."""
    own = gap_of(report, pair, year)
    if own is None:
        return None
    earlier = _earlier_gaps(report, pair, year)
    if len(earlier) < 2:
        return None
    since = FinancialYear(year.start - len(earlier))
    if abs(own) > max(earlier):
        return "widest", since
    return ("narrowest", since) if abs(own) < min(earlier) else None


def gap_record_words(report: Report, metric: str, year: FinancialYear, upper: Breakdown, lower: Breakdown) -> str:
    """`the narrowest since figures begin in 2014-15`, `the widest for five years`; empty where the gap is no record.

    It is compared, unrounded, with the gaps of the years before, as far back as each compares with the next: both
    groups large enough to be named, the same of them the higher, no change of definition between. `For five years`
    counts the year itself, and `since figures begin` is said where no earlier year has the gap at all.
    """
    pair = Pair("", upper, lower, "")
    own = gap_of(report, pair, year, metric)
    if own is None:
        return ""
    earlier = _earlier_gaps(report, pair, year, metric)
    since = FinancialYear(year.start - len(earlier))
    widest = next((run for run, gap in enumerate(earlier, start=1) if gap >= abs(own)), len(earlier) + 1)
    narrowest = next((run for run, gap in enumerate(earlier, start=1) if gap <= abs(own)), len(earlier) + 1)
    whole = not any(
        report.gap(metric, found, upper, lower).difference is not None for found in report.years if found < since
    )
    return standing_words(Standing(widest, narrowest, len(earlier) + 1, since, whole), "widest", "narrowest")


def gap_findings(report: Report, year: FinancialYear) -> Iterator[Finding]:
    """The gap of each pair that the year tells apart, in the order of the catalogue."""
    for pair in PAIRS:
        own = gap_of(report, pair, year)
        if own is None or abs(own) < SMALLEST_GAP:
            continue
        change, standing = gap_change(report, pair, year), gap_standing(report, pair, year)
        weights = []
        if change is not None and abs(change) >= FLOORS["percent"]:
            weights.append(WIDENING if change > 0 else NARROWING)
        if standing:
            weights.append(RECORD)
        usual = None
        if change is not None:
            found = (gap_change(report, pair, before) for before in report.years if before < year)
            usual = usual_change([one for one in found if one is not None], "percent")
        groups = (pair.first, pair.second) if own > 0 else (pair.second, pair.first)
        facts = {"standing": standing[0], "since": str(standing[1])} if standing else {}
        words = f"Gap in recovery between {pair.words}: {float(abs(own)):.1f} points"
        if change is not None:
            words += f", {'wider' if change > 0 else 'narrower'} by {float(abs(change)):.1f}"
        if standing:
            words += f"; the {standing[0]} since {standing[1]}"
        news = NewsValue(change, usual, tuple(weights))
        yield Finding("gap", (METRIC,), year, news, words, groups, facts={"grouping": pair.grouping, **facts})
