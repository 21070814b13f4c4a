"""Pieces of the sentences that charts say: how a rate moved, how it stands to its standard."""

from collections.abc import Sequence

from yearbook.formatting import format_number, join_words, round_half_up
from yearbook.registers import Standard
from yearbook.report import Report
from yearbook.tables import Cell
from yearbook.wording import FLAT_POINTS
from yearbook.years import FinancialYear


def course_of(cells: Sequence[Cell]) -> str:
    """How a rate went over the years of `cells`, all known: `fell from 18.4% in 2021-22 to 17.8% in 2023-24`.

    A rate that turned on the way by at least half a point each way says so; one that ends within half a
    point of where it began is called little changed.
    """
    first, last = cells[0], cells[-1]
    if len(cells) == 3:
        up, down = (cells[1].working.figure.exact - first.working.figure.exact, cells[1].working.figure.exact - last.working.figure.exact)
        if min(up, down) >= FLAT_POINTS or max(up, down) <= -FLAT_POINTS:
            there, back = ("rose", "fell") if up > 0 else ("fell", "rose")
            return (
                f"{there} from {first.text} in {first.year} to {cells[1].text} in {cells[1].year}, "
                f"then {back} to {last.text} in {last.year}"
            )
    difference = last.working.figure.exact - first.working.figure.exact
    if abs(difference) < FLAT_POINTS:
        return f"was {last.text} in {last.year}, little changed from {first.text} in {first.year}"
    return f"{'rose' if difference > 0 else 'fell'} from {first.text} in {first.year} to {last.text} in {last.year}"


def values_by_year(cells: Sequence[Cell]) -> str:
    """`18.4% in 2021-22, 18.0% in 2022-23 and 17.8% in 2023-24`; a missing one `not known in 2020-21`."""
    return join_words([f"{cell.text} in {cell.year}" if cell.working.figure.known else f"not known in {cell.year}" for cell in cells])


def level_text(standard: Standard) -> str:
    """A standard's level as printed: `50%`."""
    places = 0 if standard.level.denominator == 1 else 1
    return f"{format_number(standard.level, places)}%"


def against_standard(report: Report, metric: str, year: FinancialYear) -> str:
    """`above the 50% standard`, `below …`, `at …`; empty where there was no standard or there is no value."""
    standard, met = report.standard(metric, year), report.meets_standard(metric, year)
    if standard is None or met is None:
        return ""
    rounded = round_half_up(report.figure(metric, year).exact, 1)
    place = "below" if not met else "at" if rounded == standard.level else "above"
    return f"{place} the {level_text(standard)} standard"


def years_text(years: Sequence[FinancialYear]) -> str:
    """`2019-20`, or `2013-14 to 2023-24`, or years with gaps one by one."""
    if len(years) > 2 and years[-1].start - years[0].start == len(years) - 1:
        return f"{years[0]} to {years[-1]}"
    return join_words([str(year) for year in years])
