"""Rank, percentile and spread of areas.

A rank stands beside the area's size and interval, never alone: the lowest of many areas is the lowest, which
is no test of anything.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from math import floor
from typing import Any, Protocol, TypeVar


class Sortable(Protocol):
    """Anything that sorts: numbers, or tuples of them."""

    def __lt__(self, other: Any, /) -> bool: ...


Key = TypeVar("Key", bound=Sortable)


@dataclass(frozen=True, slots=True)
class Spread:
    """How widely the values of one kind of area lie, in one year.

    The five values are in the unit of what was given; the ratios have none and are None when the value below the
    line is 0. `p90_to_p10` does not hang on one area, so it goes beside `best_to_worst` wherever that is told.
    `best_to_worst` is the highest over the lowest, whichever is good. `number` is how many areas there are.
    """

    number: int
    lowest: float
    p10: float
    median: float
    p90: float
    highest: float

    @property
    def best_to_worst(self) -> float | None:
        """The highest value ÷ the lowest."""
        return self.highest / self.lowest if self.lowest else None

    @property
    def p90_to_p10(self) -> float | None:
        """The 90th percentile ÷ the 10th."""
        return self.p90 / self.p10 if self.p10 else None


def rank(values: Sequence[Key]) -> tuple[int, ...]:
    """The rank of each value in the order given, 1 for the highest; equal ones share the better rank (1, 2, 2, 4).

    A value may be a tuple, such as the published percentage and the midpoint of its rounding bounds: the second
    then decides among those with the same first.
    """
    ordered = sorted(values)
    return tuple(1 + len(ordered) - bisect_right(ordered, value) for value in values)


def mid_percentile(values: Sequence[float], value: float) -> float:
    """The mid percentile rank of `value` among `values`, 0 to 100: `100 × (below + equal/2) ÷ number`.

    `values` include the area's own. Raises ValueError when there are none.
    """
    if not values:
        raise ValueError("there are no values to find a percentile in")
    ordered = sorted(values)
    return 50 * (bisect_left(ordered, value) + bisect_right(ordered, value)) / len(ordered)


def quantile(values: Sequence[float], share: float) -> float:
    """The value below which `share` (0 to 1) of `values` lie, in their unit.

    Linear between the two neighbours at `share × (number − 1)`: R's type 7, numpy's default. Raises ValueError
    without values or for a share outside 0 to 1.
    """
    if not values or not 0 <= share <= 1:
        raise ValueError(f"no quantile {share} of {len(values)} values")
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    below = min(floor(place), len(ordered) - 2) if len(ordered) > 1 else 0
    left, right = ordered[below], ordered[min(below + 1, len(ordered) - 1)]
    beyond = place - below
    return left * (1 - beyond) + right * beyond  # exact at both ends, which the shorter way is not


def spread(values: Sequence[float]) -> Spread:
    """How widely `values`, one an area, lie; percentiles as in `quantile`. Raises ValueError when there are none."""
    shares = (0, 0.1, 0.5, 0.9, 1)
    return Spread(len(values), *(quantile(values, share) for share in shares))
