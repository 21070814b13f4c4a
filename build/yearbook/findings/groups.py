"""Findings about groups: how far recovery in one lies from that in another, and whether the gap grew."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from yearbook.findings.finding import Finding
from yearbook.findings.news import FLOORS, NARROWING, RECORD, WIDENING, NewsValue, usual_change
from yearbook.groups import LEAST_DEPRIVED, MOST_DEPRIVED, SMALLEST_NAMED, base_of
from yearbook.releases import Breakdown
from yearbook.report import Report
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


def gap_of(report: Report, pair: Pair, year: FinancialYear) -> Fraction | None:
    """How far the first group's recovery lies over the second's, in points; None where either is unknown or small."""
    if year not in report.archive.releases:
        return None
    if min(base_of(report, group, year) for group in (pair.first, pair.second)) < SMALLEST_NAMED:
        return None
    difference = report.gap(METRIC, year, pair.first, pair.second).difference
    return None if difference is None else Fraction(difference)


def gap_change(report: Report, pair: Pair, year: FinancialYear) -> Fraction | None:
    """How much wider the gap is than the year before, in points; negative when it narrowed.

    None where either year lacks it, where the groups changed places, or across a change of definition.
    """
    own, before = gap_of(report, pair, year), gap_of(report, pair, year.previous)
    if own is None or before is None or own * before <= 0 or _divided(report, pair, year):
        return None
    return abs(own) - abs(before)


def _divided(report: Report, pair: Pair, year: FinancialYear) -> bool:
    found = report.breaks(METRIC, (year.previous, year), pair.first.breakdown)
    return any(one.kind == "definition" for one in found)


def gap_standing(report: Report, pair: Pair, year: FinancialYear) -> tuple[str, FinancialYear] | None:
    """`widest` or `narrowest`, and since when, of every year that can be compared; None when it is neither of three."""
    own, before = gap_of(report, pair, year), year
    if own is None:
        return None
    earlier = []
    while gap_change(report, pair, before) is not None:
        before = before.previous
        earlier.append(abs(gap_of(report, pair, before) or Fraction(0)))
    if len(earlier) < 2:
        return None
    if abs(own) > max(earlier):
        return "widest", before
    return ("narrowest", before) if abs(own) < min(earlier) else None


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
