"""What the publisher's rounding and hiding leave open, and what that does to a rate.

Below England a count is rounded to the nearest 5 and hidden when it is under 5. So each published count
stands for a range of true ones, a rate for the range between its bounds, and an interval of a small area for
the union of the intervals there. The bounds are for comparing and checking; a rate that is hidden stays
hidden, whatever bounds could be had for it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from yearbook.comparison.intervals import Z95, Interval, wilson
from yearbook.values import Figure, Status

ROUNDING_TELLS_BELOW = 500
"""The denominator from which rounding is too small to widen a Wilson interval by (under 0.6 points in half-width)."""

DECIMAL_WITHIN = 0.0025
"""A rate gets a decimal when its bounds lie less than this to either side: a quarter of a percentage point."""

HIDDEN_UP_TO = 4
"""The greatest count that the publisher hides."""


@dataclass(frozen=True, slots=True)
class CountRange:
    """The least and the greatest true count that a published one, or a sum of some, can stand for.

    Ranges add and subtract end by end; a difference can reach below 0, though no true count does. Raises
    ValueError when `low` is above `high`.
    """

    low: int
    high: int

    def __post_init__(self) -> None:
        if self.low > self.high:
            raise ValueError(f"a range runs from low to high, not from {self.low} to {self.high}")

    def __add__(self, other: "CountRange") -> "CountRange":
        return CountRange(self.low + other.low, self.high + other.high)

    def __sub__(self, other: "CountRange") -> "CountRange":
        return CountRange(self.low - other.high, self.high - other.low)


def count_range(figure: Figure, rounded: bool) -> CountRange | None:
    """The true counts that a published count can stand for.

    `rounded` says that it is rounded to the nearest 5, as everything below England is: then r stands for
    r − 2 to r + 2 (5 for 5 to 7, because anything less is hidden). An exact count stands for itself, a
    suppressed one for 0 to 4. None when there is no count for another reason. The rule is NHS England's own code's
    (`ROUND((SUM(x) + 2) / 5, 0) * 5` in whole numbers). Raises ValueError for anything but a count.
    """
    if figure.unit != "count":
        raise ValueError(f"only a count is rounded to 5, not a figure in {figure.unit}")
    if figure.status is Status.SUPPRESSED:
        return CountRange(0, HIDDEN_UP_TO)
    if not figure.known:
        return None
    number = figure.exact
    if number.denominator != 1:
        raise ValueError(f"{number} is not a count")
    count = number.numerator
    if not rounded:
        return CountRange(count, count)
    return CountRange(count if count == HIDDEN_UP_TO + 1 else max(0, count - 2), count + 2)


def signed_sum(terms: Iterable[tuple[int, CountRange]]) -> CountRange:
    """The range of a formula's signed terms: each added, or taken away when its sign is −1. 0 without terms."""
    total = CountRange(0, 0)
    for sign, term in terms:
        total = total - term if sign < 0 else total + term
    return total


def rate_bounds(numerator: CountRange, denominator: CountRange) -> Interval:
    """The least and the greatest rate the true counts can have given, a proportion from 0 to 1.

    `lowest numerator ÷ highest denominator` and `highest numerator ÷ lowest denominator`, cut off at 0 and 1. A
    denominator of several terms is their `signed_sum`, or `finished - not_at_caseness`. Where the numerator
    shares terms with the denominator the bounds are wider than they need be, never too narrow. Raises ValueError
    when no true denominator is above 0.
    """
    if denominator.high <= 0:
        raise ValueError("a rate needs a denominator above 0")
    low = min(1.0, max(0, numerator.low) / denominator.high)
    high = numerator.high / denominator.low if denominator.low > 0 else 1.0
    return Interval(low, min(1.0, max(low, high)))


def midpoint(bounds: Interval) -> float:
    """Half way between the bounds, in their unit: what decides between two areas of the same published percentage."""
    return (bounds.low + bounds.high) / 2


def shows_decimal(bounds: Interval) -> bool:
    """Whether a rate with these bounds (proportions) may be printed with one decimal: within 0.25 points either way."""
    return bounds.half_width < DECIMAL_WITHIN


def rounded_wilson(
    numerator: int,
    denominator: int,
    numerator_range: CountRange,
    denominator_range: CountRange,
    z: float = Z95,
) -> Interval:
    """Wilson's interval of a rate whose counts are rounded, a proportion from 0 to 1.

    Under 500 at the denominator it is the union of the Wilson intervals of all true counts in the ranges; both
    ends rise with the numerator and fall with the denominator, so two corners give it. From 500 the counts are
    taken as published. Raises ValueError when no counts in the ranges make a proportion, or the
    published ones do not.
    """
    least, most = max(0, numerator_range.low), numerator_range.high
    fewest, greatest = max(1, denominator_range.low), denominator_range.high
    if denominator >= ROUNDING_TELLS_BELOW:
        return wilson(numerator, denominator, z)
    if not (least <= greatest and fewest <= greatest and least <= most):
        raise ValueError(f"no true counts make a proportion of {numerator_range} and {denominator_range}")
    lower = wilson(least, greatest, z)
    upper = wilson(min(most, fewest), fewest, z)
    return lower.hull(upper)
