"""A published or computed value, and the reason when there is none.

Nothing hidden ever becomes 0 or a plain missing number: a value without a number says why, and so does
everything computed from it. Arithmetic takes exact numbers (`int` or `Fraction`), so that a rate is
rounded once, when it is printed.
"""

from dataclasses import dataclass
from enum import Enum
from fractions import Fraction


class Status(Enum):
    """Why a cell has a number, or has none. The value is the mark the site prints."""

    PUBLISHED = ""
    SUPPRESSED = "[c]"
    NOT_COLLECTED = "[x]"
    NOT_APPLICABLE = "[z]"

    @property
    def words(self) -> str:
        """What the mark means, for a reader."""
        return _WORDS[self]


_WORDS = {
    Status.PUBLISHED: "published",
    Status.SUPPRESSED: "hidden because the number is small",
    Status.NOT_COLLECTED: "not available in the sources",
    Status.NOT_APPLICABLE: "not applicable",
}

# The status of a computed value is the first of these that any of its terms has: what is hidden hides
# whatever is computed from it, even where another term is missing too.
_WEAKEST_FIRST = (Status.SUPPRESSED, Status.NOT_COLLECTED, Status.NOT_APPLICABLE)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its status and its unit.

    `number` is exact and unrounded, None exactly when `status` is not PUBLISHED. `unit` is one of
    `count`, `percent`, `days`, `appointments`, `ratio`.
    """

    number: int | Fraction | None
    status: Status = Status.PUBLISHED
    unit: str = "count"

    def __post_init__(self) -> None:
        if (self.number is None) == (self.status is Status.PUBLISHED):
            raise ValueError(f"a figure has either a number or a reason for none: {self!r}")
        if isinstance(self.number, float):
            raise TypeError(f"a figure's number is exact, not a float: {self.number!r}")

    @classmethod
    def missing(cls, status: Status, unit: str = "count") -> "Figure":
        """A figure that has no number, for the reason given."""
        return cls(None, status, unit)

    @property
    def known(self) -> bool:
        """Whether there is a number."""
        return self.number is not None

    @property
    def exact(self) -> int | Fraction:
        """The number. Raises ValueError when there is none: ask `known` first."""
        if self.number is None:
            raise ValueError(f"there is no number: {self.status.words}")
        return self.number

    def __add__(self, other: "Figure") -> "Figure":
        return _combine(self, other, 1)

    def __sub__(self, other: "Figure") -> "Figure":
        return _combine(self, other, -1)


def weakest(*figures: Figure) -> Status:
    """The status of anything computed from `figures`."""
    statuses = {figure.status for figure in figures}
    return next((status for status in _WEAKEST_FIRST if status in statuses), Status.PUBLISHED)


def _combine(left: Figure, right: Figure, sign: int) -> Figure:
    if left.unit != right.unit:
        raise ValueError(f"cannot add {left.unit} and {right.unit}")
    status = weakest(left, right)
    if status is not Status.PUBLISHED:
        return Figure.missing(status, left.unit)
    return Figure(left.exact + sign * right.exact, unit=left.unit)


def percentage(numerator: Figure, denominator: Figure) -> Figure:
    """100 × numerator ÷ denominator, unrounded; not applicable when the denominator is 0."""
    status = weakest(numerator, denominator)
    if status is not Status.PUBLISHED:
        return Figure.missing(status, "percent")
    if denominator.exact == 0:
        return Figure.missing(Status.NOT_APPLICABLE, "percent")
    return Figure(Fraction(100) * numerator.exact / denominator.exact, unit="percent")


def quotient(numerator: Figure, denominator: Figure) -> Figure:
    """numerator ÷ denominator, unrounded; not applicable when the denominator is 0."""
    hundredfold = percentage(numerator, denominator)
    if not hundredfold.known:
        return Figure.missing(hundredfold.status, "ratio")
    return Figure(Fraction(hundredfold.exact) / 100, unit="ratio")
