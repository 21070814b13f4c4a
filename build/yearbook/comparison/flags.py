"""Signs that a row of an area's figures is not to be relied on, each with a sentence to print beside it.

A flagged area is shown, but not named best or worst. The numbers are as published; below England they are
rounded to 5, which none of these limits turns on.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction

from yearbook.formatting import format_number, join_words
from yearbook.years import FinancialYear

LARGEST_CHANGE = Fraction(1, 2)
"""Referrals received that changed by more than this share of the year before are flagged."""

LARGEST_RATE_CHANGE = 20
"""A rate that moved by this many percentage points in a year is flagged. From 2017-18 to 2023-24 areas and
providers have 1,595 yearly changes of a recovery rate on at least 500 referrals; five are so large, 46 half so."""

FINISHED_ABOVE_RECEIVED = "finished above received"
RECEIVED_CHANGED = "received changed"
RATE_CHANGED = "rate changed"
PART_ABOVE_WHOLE = "part above whole"
ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Flag:
    """One reason for care: `kind` is one of the names above, `words` a whole sentence about "it", the area."""

    kind: str
    words: str


def finished_above_received(finished: int, received: int) -> Flag | None:
    """The flag of an area that finished more courses of treatment than it received referrals in the year."""
    if finished <= received:
        return None
    words = (
        f"It finished {format_number(finished)} courses of treatment and received {format_number(received)} referrals, "
        "which can hardly both be right."
    )
    return Flag(FINISHED_ABOVE_RECEIVED, words)


def received_changed(received: int, before: int, since: FinancialYear) -> Flag | None:
    """The flag of an area whose referrals received changed by more than half since the year `since`, up or down.

    None as well when there were none before: that is no change but a beginning.
    """
    if before <= 0 or abs(received - before) <= LARGEST_CHANGE * before:
        return None
    change = Fraction(100 * (received - before), before)
    way = "rose" if received > before else "fell"
    words = (
        f"The referrals it received {way} by {format_number(abs(change))}% from {since}, "
        f"from {format_number(before)} to {format_number(received)}."
    )
    return Flag(RECEIVED_CHANGED, words)


def rate_changed(title: str, rate: int | Fraction, before: int | Fraction, since: FinancialYear) -> Flag | None:
    """The flag of an area whose rate, in per cent, moved by 20 points or more since the year `since`.

    `title` is what the rate is called within a sentence: `recovery rate`. Services do not change so within a
    year; how they are recorded does.
    """
    if max(rate, before) - min(rate, before) < LARGEST_RATE_CHANGE:
        return None
    way = "rose" if rate > before else "fell"
    words = (
        f"Its {title} {way} from {format_number(before)}% in {since} to {format_number(rate)}%, "
        "further than services change in a year."
    )
    return Flag(RATE_CHANGED, words)


def part_above_whole(part: int, part_words: str, whole: int, whole_words: str, slack: int = 0) -> Flag | None:
    """The flag of a count that is above the one it is part of by more than `slack`, what rounding may have added.

    `part_words` and `whole_words` follow their number within a sentence: `recovered`, `finished`.
    """
    if part <= whole + slack:
        return None
    words = (
        f"Of its referrals {format_number(part)} {part_words} but only {format_number(whole)} {whole_words}, "
        "which cannot both be right."
    )
    return Flag(PART_ABOVE_WHOLE, words)


def absent_years(present: Collection[FinancialYear], published: Sequence[FinancialYear]) -> Flag | None:
    """The flag of an area that is missing from a year between two it is in; `published` are all years there are.

    Years before its first and after its last are not missed: areas begin and end.
    """
    if not present:
        return None
    missing = [year for year in published if min(present) < year < max(present) and year not in present]
    if not missing:
        return None
    return Flag(ABSENT, f"It has no figures for {join_words([str(year) for year in missing])}.")
