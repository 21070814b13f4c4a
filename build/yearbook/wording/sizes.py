"""How large a change is: points for a rate, per cent for anything else, and the sizes that words tell of."""

from dataclasses import dataclass
from fractions import Fraction

from yearbook.formatting import format_number, round_half_up
from yearbook.wording.changes import FLAT_POINTS
from yearbook.wording.facts import Facts


@dataclass(frozen=True, slots=True)
class Sizes:
    """How large a change is that a word tells of: points for a rate, per cent for a count.

    Below `flat` it is little changed, and from there it may be called slight, short of `slight`. Up to `broad` the two are broadly the same.
    From `sharp` it is sharp.
    """

    flat: Fraction
    slight: Fraction
    broad: Fraction
    sharp: Fraction


POINTS = Sizes(FLAT_POINTS, Fraction(3, 2), Fraction(2), Fraction(3))
"""Of a rate, in percentage points."""

PER_CENT = Sizes(Fraction(1, 2), Fraction(3), Fraction(2), Fraction(10))
"""Of a count or a mean, in per cent of the earlier value."""


def sizes_of(facts: Facts) -> Sizes:
    """The sizes of change that words tell of, for a rate or for anything else."""
    return POINTS if facts.is_rate else PER_CENT


def size_of_change(facts: Facts) -> Fraction | None:
    """The signed change: in points for a rate, in per cent of the earlier value for anything else; None without one."""
    if facts.before is None or facts.after is None or (not facts.is_rate and not facts.before):
        return None
    difference = facts.after - facts.before
    return difference if facts.is_rate else 100 * difference / facts.before


def change_in_words(change: Fraction, facts: Facts) -> str:
    """`up 1.5 points since 2016-17`, `down 14.1% since 2019-20`, with as many decimals as it takes to tell it from nought."""
    places = next((places for places in range(1, 4) if not change or round_half_up(change, places)), 4)
    size = f"{format_number(abs(change), places)}{' points' if facts.is_rate else '%'}"
    if facts.against_another:
        return f"{size} {'higher' if change > 0 else 'lower'} than {facts.compared_with}" if change else "the same"
    moved = f"{'up' if change > 0 else 'down'} {size}" if change else "unchanged"
    return f"{moved} since {facts.compared_with}" if facts.compared_with else moved
