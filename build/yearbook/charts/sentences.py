"""Pieces of the sentences that charts say: how a value moved, how it stands to its standard and its targets."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from yearbook.formatting import format_number, join_words, round_half_up
from yearbook.metrics import METRICS_BY_NAME
from yearbook.registers import SeriesBreak, Standard, Target
from yearbook.report import COMPARABLE_SINCE, MONTHLY, Change, Report, difference_of
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


def run_of(cells: Mapping[FinancialYear, Cell]) -> str:
    """`45.0% in 2013-14 and 44.8% in 2014-15`: the known values by year."""
    return join_words([f"{cell.text} in {year}" for year, cell in sorted(cells.items())])


def target_notes(targets: Iterable[Target], cells: Mapping[FinancialYear, Cell]) -> list[str]:
    """A sentence for each target beside its year's count, never a verdict; then how the two differ, once for all."""
    targets = list(targets)
    notes = [
        f"The target for {found.year} was {format_number(found.level)} {found.counts}"
        + (f"; the count that year is {cells[found.year].text}." if found.year in cells else ".")
        for found in targets
    ]
    return [*notes, *dict.fromkeys(found.caveat for found in targets)]


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
        if hardly_moved(metric, change):
            standing = _little_changed(report, metric, year.previous, change)
        else:
            up = change.difference > 0
            standing = f"{change_words(metric, change)} on {year.previous}"
    return _with_standard(report, metric, year, begins, standing, up)


def trend_finding(report: Report, metric: str, begins: str, cell: Cell) -> str:
    """`begins`, then what the last value is to the whole series: a record, or how far below its peak; its standard.

    A value that rose on the year, or that is not clearly below the peak, is told by its change on the year. Only
    comparable values of like basis are looked back on.
    """
    year, (peak, since) = cell.year, _peak(report, metric, cell)
    change = report.change(metric, year)
    rose = change.difference is not None and change.difference > 0 and not hardly_moved(metric, change)
    if rose or peak is None or standing_words(report.standing(metric, year)):
        return yearly_finding(report, metric, begins, cell)
    place = f"down from {peak.text} in {peak.year}" if peak.year == since else ""
    place = place or f"down from a peak of {peak.text} in {peak.year}"
    return _with_standard(report, metric, year, begins, place, False)


def _peak(report: Report, metric: str, cell: Cell) -> tuple[Cell | None, FinancialYear]:
    """The highest value that the last one is clearly below, if it is older than the year before; and the first year."""
    like = [
        Cell(metric, year, working)
        for year, working in report.series(metric)
        if COMPARABLE_SINCE <= year <= cell.year
        and working.figure.known
        and (working.basis == MONTHLY) == (cell.working.basis == MONTHLY)
    ]
    highest = max(like, key=lambda one: one.working.figure.exact, default=cell)
    fall = difference_of(highest.working, cell.working)
    clear = not hardly_moved(metric, fall) and highest.year < cell.year.previous
    if METRICS_BY_NAME[metric].unit == "count":
        clear = clear and fall.relative is not None and fall.relative <= -2
    return (highest if clear else None), like[0].year if like else cell.year


def hardly_moved(metric: str, change: Change) -> bool:
    """Whether a rate moved by less than half a point, or anything else by less than half of one per cent."""
    if METRICS_BY_NAME[metric].is_rate:
        return is_flat(change)
    return change.relative is not None and abs(change.relative) < Fraction(1, 2)


def _little_changed(report: Report, metric: str, before: FinancialYear, change: Change) -> str:
    """The value before is told only as the series prints it: a comparison of monthly sums may have another."""
    if change.before.basis != report.working(metric, before).basis:
        return f"little changed on {before}"
    if change.before.text() == change.after.text():
        return f"as in {before}"
    return f"little changed from {change.before.text()} in {before}"


def _with_standard(
    report: Report, metric: str, year: FinancialYear, begins: str, standing: str, up: bool | None
) -> str:
    held = against_standard(report, metric, year)
    if not (standing and held):
        return f"{begins}, {standing or held}" if standing or held else begins
    against = up is not None and up == held.startswith("below")
    return f"{begins}, {standing} {'but' if against else 'and'} {held}"
