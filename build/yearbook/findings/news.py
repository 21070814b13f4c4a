"""How much news there is in a finding: the published rule, and its parts.

The news value of a finding is the size of its change, measured against the usual yearly change of the same thing,
plus fixed weights for what else is remarkable about it:

- *size*: |change| ÷ the usual change. The usual change is the median of the absolute yearly changes before this
  one, from the first comparable year on, taken on one basis and across no change of definition; with fewer than
  three of them it is the default of the unit. It is never taken to be less than the floor of the unit, so that a
  tenth of a point in a series that hardly moves is no news. A size counts up to 4: the pandemic year would hide
  all else otherwise.
- *standard met for the first time* 4; *met after it was missed* and *missed after it was met* 3.
- *record*: 2 for the highest or lowest since the series began, 1 for one of five years or more, ½ for one of three
  or four. A record that prints like the year before's is none.
- *reversal* 1: a rise after two or more years of falling, or the other way about.
- *widening gap* 1½ and *narrowing gap* ½, between groups or between areas, of half a point or more.
- *break* ½: a change in the record itself.

Findings are ranked by news value; those of equal value stand in the order of the catalogue.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import median

LARGEST_SIZE = Fraction(4)
"""What a size counts at most."""

FIRST_TIME = ("standard met for the first time", Fraction(4))
MET_AGAIN = ("standard met after it was missed", Fraction(3))
MISSED = ("standard missed after it was met", Fraction(3))
RECORD = ("record since the series began", Fraction(2))
LONG_RECORD = ("record of five years or more", Fraction(1))
SHORT_RECORD = ("record of three years or more", Fraction(1, 2))
REVERSAL = ("reversal", Fraction(1))
WIDENING = ("widening gap", Fraction(3, 2))
NARROWING = ("narrowing gap", Fraction(1, 2))
BREAK = ("break in the series", Fraction(1, 2))

FLOORS = {"percent": Fraction(1, 2), "count": Fraction(2), "days": Fraction(1), "appointments": Fraction(1, 10)}
"""The least a usual change is taken to be: points of a rate, per cent of a count, days, appointments."""

DEFAULTS = {"percent": Fraction(1), "count": Fraction(6), "days": Fraction(2), "appointments": Fraction(1, 5)}
"""The usual change of a thing with fewer than three earlier changes, in the same units."""

ENOUGH = 3


@dataclass(frozen=True, slots=True)
class NewsValue:
    """A news value with its parts. `change` and `usual` are what `size` was made from, None where there is no change.

    Both are in percentage points for a rate and in per cent for a count.
    """

    change: Fraction | None = None
    usual: Fraction | None = None
    weights: tuple[tuple[str, Fraction], ...] = ()

    @property
    def size(self) -> Fraction:
        """The change in usual changes, at most `LARGEST_SIZE`; 0 without a change."""
        if self.change is None or self.usual is None:
            return Fraction(0)
        return min(abs(self.change) / self.usual, LARGEST_SIZE)

    @property
    def value(self) -> float:
        """The size and the weights together."""
        return float(self.size + sum((weight for _, weight in self.weights), Fraction(0)))

    def why(self) -> str:
        """`4.2 = 1.2 (the change in usual changes) + 3 (standard met after it was missed)`."""
        parts = [f"{float(self.size):.1f} (the change, in usual changes)"] if self.change is not None else []
        parts += [f"{float(weight):g} ({name})" for name, weight in self.weights]
        return f"{self.value:.1f} = {' + '.join(parts)}" if parts else f"{self.value:.1f}"


def usual_change(earlier: Sequence[Fraction], unit: str) -> Fraction:
    """The usual yearly change of something of a unit, from its earlier changes in any order and of either sign."""
    floor = FLOORS.get(unit, FLOORS["percent"])
    if len(earlier) < ENOUGH:
        return max(floor, DEFAULTS.get(unit, DEFAULTS["percent"]))
    return max(floor, median(abs(change) for change in earlier))


def record_weight(run: int, whole: bool) -> tuple[tuple[str, Fraction], ...]:
    """The weight of an extreme over `run` years, `whole` when those are all there are; none over fewer than three."""
    if run < ENOUGH:
        return ()
    return (RECORD if whole else LONG_RECORD if run >= 5 else SHORT_RECORD,)
