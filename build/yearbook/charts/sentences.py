"""Pieces of the sentences that charts say: how a rate moved, how it stands to its standard."""

from collections.abc import Iterable, Sequence
from fractions import Fraction

from yearbook.formatting import format_number, join_words, round_half_up
from yearbook.registers import SeriesBreak, Standard
from yearbook.report import COMPARABLE_SINCE, Report
from yearbook.tables import Cell
from yearbook.wording import FLAT_POINTS, change_words, is_flat, standing_words
from yearbook.years import FinancialYear


def course_of(cells: Sequence[Cell]) -> str:
    """How a rate went over the years of `cells`, all known: `fell from 18.4% in 2021-22 to 17.8% in 2023-24`.

    A rate that turned on the way by at least half a point each way says so; one that ends within half a
    point of where it began is called little changed.
    """
    first, last = cells[0], cells[-1]
    if len(cells) == 3:
        middle = cells[1]
        rise = Fraction(middle.working.figure.exact - first.working.figure.exact)
        fall = Fraction(middle.working.figure.exact - last.working.figure.exact)
        if min(rise, fall) >= FLAT_POINTS or max(rise, fall) <= -FLAT_POINTS:
            there, back = ("rose", "fell") if rise > 0 else ("fell", "rose")
            return (
                f"{there} from {first.text} in {first.year} to {middle.text} in {middle.year}, "
                f"then {back} to {last.text} in {last.year}"
            )
    difference = Fraction(last.working.figure.exact - first.working.figure.exact)
    if abs(difference) < FLAT_POINTS:
        return f"was {last.text} in {last.year}, little changed from {first.text} in {first.year}"
    return f"{'rose' if difference > 0 else 'fell'} from {first.text} in {first.year} to {last.text} in {last.year}"


def values_by_year(cells: Sequence[Cell]) -> str:
    """`18.4% in 2021-22, 18.0% in 2022-23 and 17.8% in 2023-24`; a missing one `not known in 2020-21`."""
    return join_words([f"{cell.text if cell.working.figure.known else 'not known'} in {cell.year}" for cell in cells])


def break_notes(breaks: Iterable[SeriesBreak]) -> list[str]:
    """A sentence for each break: what it is, when, and why it matters."""
    return [f"{found.title}, {found.year}: {found.why}" for found in breaks]


def care_notes(breaks: Iterable[SeriesBreak]) -> list[str]:
    """A short sentence for each change of the data set among a few years, to stand in a chart."""
    return [
        f"{found.title}, in {found.year}: compare across it with care." for found in breaks if found.kind == "data set"
    ]


def level_text(standard: Standard) -> str:
    """A standard's level as printed: `50%`."""
    places = 0 if standard.level.denominator == 1 else 1
    return f"{format_number(standard.level, places)}%"


def against_standard(report: Report, metric: str, year: FinancialYear) -> str:
    """`above the 50% standard`, `below …`, `at …`; empty where there was no standard or there is no value.

    A value that reached the standard when the year before had fallen short, though a year before that
    had not, is `back above` it; the first ever to reach it is `the first year above` it.
    """
    standard, met = report.standard(metric, year), report.meets_standard(metric, year)
    if standard is None or met is None:
        return ""
    if not met:
        return f"below the {level_text(standard)} standard"
    place = "at" if round_half_up(report.figure(metric, year).exact, 1) == standard.level else "above"
    earlier = [found for found in report.years if COMPARABLE_SINCE <= found < year]
    if earlier and not any(report.reaches(metric, found, standard.level) for found in earlier):
        place = f"the first year {place}"
    elif report.meets_standard(metric, year.previous) is False:
        place = f"back {place}"
    return f"{place} the {level_text(standard)} standard"


def yearly_finding(report: Report, metric: str, begins: str, cell: Cell) -> str:
    """`begins`, then what is worth saying of the year's value: a record, or the change on the year; its standard.

    `but` joins what points one way to what points the other.
    """
    year = cell.year
    standing = standing_words(report.standing(metric, year))
    change = report.change(metric, year)
    up: bool | None = standing.startswith("the highest") if standing else None
    if not standing and year == COMPARABLE_SINCE:
        standing = "where the comparable series begins"
    elif not standing and change.difference is not None:
        before = Cell(metric, year.previous, change.before)
        if is_flat(change):
            standing = f"little changed from {before.text} in {before.year}"
        else:
            up = change.difference > 0
            standing = f"{change_words(metric, change)} on {before.year}"
    held = against_standard(report, metric, year)
    if not (standing and held):
        return f"{begins}, {standing or held}" if standing or held else begins
    against = up is not None and up == held.startswith("below")
    return f"{begins}, {standing} {'but' if against else 'and'} {held}"
