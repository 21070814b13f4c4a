"""The recent trend of a rate, by the five-point rule of Fingertips.

England's Office for Health Improvement and Disparities (OHID) marks the trend of an indicator from its five most
recent points (Fingertips, Trend markers; PHEindicatormethods, branch `add_trend_markers`). This is its test for
proportions; the one for other values weighs each by its interval, which no mean published here has.
With hundreds of thousands of referrals the smallest change is significant, so the size of a change is said first.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from math import log

from yearbook.years import FinancialYear

POINTS = 5
"""How many yearly points a trend is taken from: the most recent."""

CHI2_LIMIT = 9.549535706083237
"""The 0.998 quantile of chi-squared with one degree of freedom; a trend is significant above it."""


class Direction(StrEnum):
    """Where a rate has been going. Which direction is good is not said here."""

    INCREASING = "increasing"
    DECREASING = "decreasing"
    NONE = "no significant change"
    OUTLIER = "no significant change (outlier)"
    UNKNOWN = "cannot be calculated"


@dataclass(frozen=True, slots=True)
class RecentTrend:
    """The direction of a rate over the five most recent years, and why.

    `chi2` is the statistic of the test for a trend in proportions, `slope` that of the log odds on the year; both are
    None when the direction cannot be calculated. `reason` is a sentence for readers; `years` are those used.
    """

    chi2: float | None
    slope: float | None
    direction: Direction
    reason: str
    years: tuple[FinancialYear, ...] = ()


def recent_trend(years: Sequence[FinancialYear], counts: Sequence[float], denominators: Sequence[float]) -> RecentTrend:
    """The trend of counts ÷ denominators over the last five of `years`, which go from early to late.

    Significant when chi-squared is above 9.5495, unless the slope changes its sign when one of the five points is
    left out: then one year alone makes the trend. It cannot be calculated from fewer than five years, when the last
    five do not follow each other, or when a rate is 0 or 1 and so has no log odds. Years without a count are left out
    by the caller. Raises ValueError when the three sequences differ in length, years repeat or go backwards, or
    counts are no proportions.
    """
    if not len(years) == len(counts) == len(denominators):
        raise ValueError(f"{len(years)} years, {len(counts)} counts and {len(denominators)} denominators")
    if any(later <= earlier for earlier, later in pairwise(years)):
        raise ValueError("the years of a trend follow each other, from early to late")
    _check_proportions(counts, denominators)
    used, over, under = tuple(years[-POINTS:]), counts[-POINTS:], denominators[-POINTS:]
    if len(used) < POINTS:
        return _unknown(used, f"A trend needs {POINTS} years; there are figures for {len(used)}.")
    for earlier, later in pairwise(used):
        if earlier.next != later:
            return _unknown(used, f"A trend needs {POINTS} years in a row; {earlier} is followed by {later}.")
    if any(count in (0, denominator) for count, denominator in zip(over, under, strict=True)):
        return _unknown(used, "A trend cannot be taken from a rate of 0% or 100%.")
    chi2, slope = trend_chi2(over, under), logit_slope(over, under)
    if chi2 <= CHI2_LIMIT:
        return RecentTrend(chi2, slope, Direction.NONE, "The years differ no more than by chance.", used)
    for left_out in range(POINTS):
        if _sign(logit_slope(over, under, left_out)) != _sign(slope):
            reason = f"The direction depends on one year: without {used[left_out]} it turns."
            return RecentTrend(chi2, slope, Direction.OUTLIER, reason, used)
    direction = Direction.INCREASING if slope > 0 else Direction.DECREASING
    reason = "The years differ by more than chance, and the direction depends on no single one."
    return RecentTrend(chi2, slope, direction, reason, used)


def trend_chi2(counts: Sequence[float], denominators: Sequence[float]) -> float:
    """The chi-squared statistic, one degree of freedom, of a linear trend in proportions over equal steps.

    `D(DΣct − CΣdt)² ÷ C(D − C)(DΣdt² − (Σdt)²)`, C and D being the sums of the counts c and the
    denominators d: R's `prop.trend.test`, and Fingertips' test for proportions. The steps t are centred and
    the sums exact, because in floats the large terms would cancel. Raises ValueError when it has no value: counts that
    are no proportions, fewer than two, or all 0 or all whole.
    """
    _check_proportions(counts, denominators)
    over = [Fraction(count) for count in counts]
    under = [Fraction(denominator) for denominator in denominators]
    steps = [Fraction(2 * step - len(over) + 1, 2) for step in range(len(over))]
    all_over, all_under = sum(over), sum(under)
    over_steps = sum(count * step for count, step in zip(over, steps, strict=True))
    under_steps = sum(count * step for count, step in zip(under, steps, strict=True))
    squares = sum(count * step * step for count, step in zip(under, steps, strict=True))
    below = all_over * (all_under - all_over) * (all_under * squares - under_steps**2)
    if below == 0:
        raise ValueError("there is no trend to test in fewer than two proportions, nor where all are 0 or all are 1")
    return float(all_under * (all_under * over_steps - all_over * under_steps) ** 2 / below)


def logit_slope(counts: Sequence[float], denominators: Sequence[float], left_out: int | None = None) -> float:
    """The least-squares slope of `log(p ÷ (1 − p))` on the step, a change of log odds a year; points are not weighted.

    The point at place `left_out` is left out, the others keep their steps. Raises ValueError for a proportion of
    0 or 1, and for fewer than two points.
    """
    points = []
    for step, (count, denominator) in enumerate(zip(counts, denominators, strict=True)):
        if not 0 < count < denominator:
            raise ValueError(f"{count} of {denominator} has no log odds")
        if step != left_out:
            points.append((step, log(count / (denominator - count))))
    if len(points) < 2:
        raise ValueError("a slope needs two points")
    middle = sum(step for step, _ in points) / len(points)
    across = sum((step - middle) * odds for step, odds in points)
    return across / sum((step - middle) ** 2 for step, _ in points)


def _unknown(years: tuple[FinancialYear, ...], reason: str) -> RecentTrend:
    return RecentTrend(None, None, Direction.UNKNOWN, reason, years)


def _check_proportions(counts: Sequence[float], denominators: Sequence[float]) -> None:
    for count, denominator in zip(counts, denominators, strict=True):
        if not (denominator > 0 and 0 <= count <= denominator):
            raise ValueError(f"{count} of {denominator} is not a proportion")


def _sign(number: float) -> int:
    return (number > 0) - (number < 0)
