"""Words for numbers, by published rules.

Changes of rates are percentage points, changes of counts are per cent, both from unrounded values; a
record says how far it reaches.
"""

from fractions import Fraction

from yearbook.formatting import format_number, number_word, round_half_up
from yearbook.metrics import METRICS_BY_NAME
from yearbook.report import COMPARABLE_SINCE, Change, Standing
from yearbook.values import Status

FLAT_POINTS = Fraction(1, 2)
"""A rate that moved by less than this many percentage points is called little changed."""


def change_words(metric: str, change: Change, kind: str = "") -> str:
    """`up 1.5 percentage points`, `down 14.1%`, `up 54,293`, `unchanged`; `[x]` when a year is missing.

    Rates change in percentage points. Counts change in per cent, or by their number when `kind` is
    `count`.
    """
    if change.difference is None:
        statuses = (change.before.figure.status.value, change.after.figure.status.value)
        return next(filter(None, statuses), Status.NOT_COLLECTED.value)
    if METRICS_BY_NAME[metric].is_rate:
        points = round_half_up(change.difference, 1)
        size = f"{format_number(abs(Fraction(change.difference)), 1)} percentage points"
    elif kind == "count" or METRICS_BY_NAME[metric].unit != "count":
        places = {"count": 0, "ratio": 2}.get(METRICS_BY_NAME[metric].unit, 1)
        points = round_half_up(change.difference, places)
        size = format_number(abs(Fraction(change.difference)), places)
    elif change.relative is None:
        return "[z]"
    else:
        points = round_half_up(change.relative, 1)
        size = f"{format_number(abs(change.relative), 1)}%"
        if points == 0 and change.difference:
            return f"{'up' if change.difference > 0 else 'down'} less than 0.1%"
    if points == 0:
        return "unchanged"
    return f"{'up' if points > 0 else 'down'} {size}"


def gap_words(gap: Change) -> str:
    """`13.8 percentage points`: how far one group's rate lies over another's; `[x]` when either has none."""
    if gap.difference is None:
        statuses = (gap.before.figure.status.value, gap.after.figure.status.value)
        return next(filter(None, statuses), Status.NOT_COLLECTED.value)
    return f"{format_number(Fraction(gap.difference), 1)} percentage points"


def standing_words(standing: Standing | None, high: str = "highest", low: str = "lowest") -> str:
    """`the lowest for five years`, `the highest since the comparable series began in 2013-14`, or nothing.

    An extreme over fewer than three years is not worth saying. `high` and `low` are what the two ends are called.
    """
    if standing is None or standing.years_known < 3:
        return ""
    for word, run in ((high, standing.highest_for), (low, standing.lowest_for)):
        if run == standing.years_known and standing.whole:
            begins = "the comparable series began" if standing.since == COMPARABLE_SINCE else "figures begin"
            return f"the {word} since {begins} in {standing.since}"
        if run >= 3:
            return f"the {word} for {number_word(run)} years"
    return ""


def is_flat(change: Change) -> bool:
    """Whether a rate moved by less than half a percentage point."""
    return change.difference is not None and abs(Fraction(change.difference)) < FLAT_POINTS
