"""Intervals of a proportion, of the difference of two and of their ratio.

Everything is a proportion from 0 to 1, not a percentage, and a float: an interval is never printed to more
than a few digits. England's counts and an area's are a census of what happened, so an interval describes
the chance variation of the process that led to them, not the error of a sample.
"""

from dataclasses import dataclass
from math import exp, hypot, log, sqrt

Z95 = 1.959963984540054
"""The standard normal quantile of a two-sided interval of 95%."""

Z998 = 3.090232306167813
"""The standard normal quantile of a two-sided interval of 99.8%."""


@dataclass(frozen=True, slots=True)
class Interval:
    """All numbers from `low` to `high`, both included, in the unit of whatever it is an interval of.

    Raises ValueError when `low` lies above `high` or either is not a number.
    """

    low: float
    high: float

    def __post_init__(self) -> None:
        if not self.low <= self.high:
            raise ValueError(f"an interval runs from low to high, not from {self.low} to {self.high}")

    def contains(self, value: float) -> bool:
        """Whether `value` lies inside or on either end."""
        return self.low <= value <= self.high

    def hull(self, other: "Interval") -> "Interval":
        """The shortest interval that holds both."""
        return Interval(min(self.low, other.low), max(self.high, other.high))

    @property
    def half_width(self) -> float:
        """Half the distance from end to end."""
        return (self.high - self.low) / 2


def wilson(numerator: float, denominator: float, z: float = Z95) -> Interval:
    """Wilson's score interval of numerator ÷ denominator, a proportion from 0 to 1.

    `(2x + z² ∓ z√(z² + 4x(1 − x/n))) ÷ 2(n + z²)`, as OHID gives it (Public health technical guidance,
    proportions) and PHEindicatormethods computes it (`phe_proportion`). The end is exactly 0 for a numerator of 0 and
    exactly 1 for one as large as the denominator. Raises ValueError unless 0 ≤ numerator ≤ denominator and
    the denominator is above 0.
    """
    _check_proportion(numerator, denominator)
    middle = 2 * numerator + z * z
    reach = z * sqrt(z * z + 4 * numerator * (1 - numerator / denominator))
    whole = 2 * (denominator + z * z)
    low = 0.0 if numerator == 0 else max(0.0, (middle - reach) / whole)
    high = 1.0 if numerator == denominator else min(1.0, (middle + reach) / whole)
    return Interval(low, high)


def difference_interval(
    numerator: float, denominator: float, other_numerator: float, other_denominator: float, z: float = Z95
) -> Interval:
    """The interval of the first proportion less the second, from −1 to 1 (× 100 for percentage points).

    Newcombe's hybrid score interval (Statistics in Medicine 17:873, 1998, method 10), made of the Wilson
    intervals of the two. That the intervals of two areas overlap does not mean that the areas do not differ:
    ask this one. Raises ValueError where `wilson` does.
    """
    first = wilson(numerator, denominator, z)
    second = wilson(other_numerator, other_denominator, z)
    one, two = numerator / denominator, other_numerator / other_denominator
    return Interval(
        one - two - hypot(one - first.low, second.high - two), one - two + hypot(first.high - one, two - second.low)
    )


def ratio_interval(
    numerator: float, denominator: float, other_numerator: float, other_denominator: float, z: float = Z95
) -> Interval:
    """The interval of the first proportion ÷ the second, without unit.

    Katz's log interval (Biometrics 34:469, 1978): the standard error of the ratio's logarithm is
    `√(1/x₁ − 1/n₁ + 1/x₂ − 1/n₂)`. A count of 0 has no logarithm and gets no made-up half in its stead:
    raises ValueError when either numerator is 0, and where `wilson` does. Two proportions of 1 give exactly 1.
    """
    _check_proportion(numerator, denominator)
    _check_proportion(other_numerator, other_denominator)
    if numerator == 0 or other_numerator == 0:
        raise ValueError("the ratio of two proportions has no interval when one of the counts is 0")
    ratio = (numerator / denominator) / (other_numerator / other_denominator)
    variance = 1 / numerator - 1 / denominator + 1 / other_numerator - 1 / other_denominator
    error = sqrt(max(0.0, variance))
    return Interval(exp(log(ratio) - z * error), exp(log(ratio) + z * error))


def _check_proportion(numerator: float, denominator: float) -> None:
    if not (denominator > 0 and 0 <= numerator <= denominator):
        raise ValueError(f"{numerator} of {denominator} is not a proportion")
