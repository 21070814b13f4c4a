"""Rows that cannot be, or are unlikely: finished above received, counts that do not add up, sudden jumps.

They are reported, not refused: the publisher's files hold some. Which of them bar an area from a ranking is
not decided here.
"""

from collections.abc import Iterator

from yearbook.importing.comparing import Earlier
from yearbook.importing.naming import kind_of
from yearbook.importing.tidying import DERIVED, Canonical, Key
from yearbook.measures import MEASURES_BY_NAME
from yearbook.organisations import ENGLAND
from yearbook.releases import TOTAL
from yearbook.years import FinancialYear

ROUNDING = 2
"""How far a count below England, published to the nearest 5, may be from the true one."""

SMALLEST_COMPARED = 100
"""Referrals received from which a change of more than half is reported."""

_OF_FINISHED = (
    "at_caseness",
    "not_at_caseness",
    "reliable_improvement",
    "no_reliable_change",
    "reliable_deterioration",
    "recovery",
    "reliable_recovery",
)


def implausible_totals(fresh: Earlier, org: tuple[str, str]) -> Iterator[str]:
    """What cannot be in the total row of an organisation, allowing for rounding below England."""
    key: Key = (*org, *TOTAL)
    slack = 0 if org == ENGLAND.key else ROUNDING

    def count(measure: str) -> int | None:
        cell = fresh.cell(key, measure)
        return int(cell) if cell is not None and cell.isdigit() else None

    received, finished = count("referrals_received"), count("finished_course_of_treatment")
    if received is not None and finished is not None and finished > received:
        yield f"finished {finished:,}, received {received:,}"
    for measure in _OF_FINISHED:
        part = count(measure)
        if part is not None and finished is not None and part > finished + 2 * slack:
            yield f"{measure} {part:,}, finished {finished:,}"
    ended, before, one = (count(name) for name in ("ended_referrals", "ended_before_treatment", DERIVED))
    if None not in (ended, before, one, finished):
        gap = (ended or 0) - (before or 0) - (one or 0) - (finished or 0)
        if abs(gap) > 4 * slack:
            yield f"ended {ended:,} is not {before:,} before treatment + {one:,} after one + {finished:,} finished"


def published_counts(fresh: Earlier) -> Iterator[tuple[Key, str, str]]:
    """Every published count, with its row and measure."""
    places = [(place, name) for place, name in enumerate(fresh.measures) if MEASURES_BY_NAME[name].unit == "count"]
    for key, row in fresh.rows.items():
        for place, name in places:
            if row[place].isdigit():
                yield key, name, row[place]


def jumps(
    now: Canonical, fresh: Earlier, before: FinancialYear, earlier: Earlier
) -> Iterator[tuple[tuple[str, str], str]]:
    """Organisations whose referrals received changed by more than half; the smallest are left out."""
    for org in fresh.organisations:
        key: Key = (*org, *TOTAL)
        cells = earlier.cell(key, "referrals_received"), fresh.cell(key, "referrals_received")
        if kind_of(*org, now.names[org][0]) not in ("area", "provider") or not all(
            cell and cell.isdigit() for cell in cells
        ):
            continue
        old, new = (int(cell or "0") for cell in cells)
        if max(old, new) >= SMALLEST_COMPARED and abs(new - old) * 2 > old:
            yield org, f"received {new:,}, in {before} {old:,}"
