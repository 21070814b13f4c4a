"""Which spreads may be set side by side.

Bigger areas average out the differences within them, so the range of their rates is narrower even when nothing
else changed. A spread is therefore never compared across kinds of area, nor across a break in the series.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from yearbook.comparison.ranks import Spread
from yearbook.errors import UsageError
from yearbook.years import FinancialYear

SAME_NUMBER_WITHIN = 0.1
"""When the number of areas changed by more than this share, the comparison says so."""


class IncomparableError(UsageError):
    """Two spreads were asked to be compared that do not compare; the message says why."""


class Break(Protocol):
    """A break in a series, as `registers.SeriesBreak` is one."""

    @property
    def year(self) -> FinancialYear:
        """The first year after it."""

    @property
    def kind(self) -> str:
        """`definition`, `area` or `data set`."""

    @property
    def title(self) -> str:
        """What changed, in a few words."""


@dataclass(frozen=True, slots=True)
class SpreadOf:
    """A spread with what it is of: one kind of area in one year. `areas` is their plural, as written: `CCGs`."""

    org_type: str
    areas: str
    year: FinancialYear
    spread: Spread

    @property
    def number(self) -> int:
        """How many areas there are."""
        return self.spread.number


@dataclass(frozen=True, slots=True)
class SpreadChange:
    """How the spread changed from the earlier to the later year.

    `best_to_worst` and `p90_to_p10` are the later ratio less the earlier, None when either has none; `care` holds
    the sentences that must stand beside them.
    """

    earlier: SpreadOf
    later: SpreadOf
    best_to_worst: float | None
    p90_to_p10: float | None
    care: tuple[str, ...] = ()


def compare_spreads(first: SpreadOf, second: SpreadOf, breaks: Iterable[Break] = ()) -> SpreadChange:
    """The change between two spreads of one kind of area, in whichever order they are given.

    `breaks` are those that touch what is compared: its metric's, and of its kind of area. One of `definition` or
    `area` between the years forbids the comparison, one of `data set` is told with it. Raises
    IncomparableError, with the reason, for two kinds of area or such a break between.
    """
    if first.org_type != second.org_type:
        raise IncomparableError(
            f"A spread of {first.number:,} {first.areas} cannot be compared with one of {second.number:,} "
            f"{second.areas}: bigger areas average out differences, so their range is narrower whatever happens."
        )
    earlier, later = sorted((first, second), key=lambda each: each.year)
    between = [found for found in breaks if earlier.year < found.year <= later.year]
    for found in between:
        if found.kind != "data set":
            raise IncomparableError(
                f"A spread of {earlier.areas} in {earlier.year} cannot be compared with one in {later.year}: "
                f"the series breaks in {found.year} ({found.title})."
            )
    care = [f"The data set changed in {found.year} ({found.title})." for found in between]
    if abs(later.number - earlier.number) > SAME_NUMBER_WITHIN * earlier.number:
        care.append(
            f"There were {earlier.number:,} {earlier.areas} in {earlier.year} and {later.number:,} in {later.year}, "
            "and fewer, bigger areas lie closer together whatever happens."
        )
    before, after = earlier.spread, later.spread
    return SpreadChange(
        earlier,
        later,
        _less(after.best_to_worst, before.best_to_worst),
        _less(after.p90_to_p10, before.p90_to_p10),
        tuple(care),
    )


def _less(later: float | None, earlier: float | None) -> float | None:
    return None if later is None or earlier is None else later - earlier
