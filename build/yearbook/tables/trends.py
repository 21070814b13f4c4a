"""A metric over all the years, as tables: its value with what it is made of, and its numerator over every base."""

from collections.abc import Sequence

from yearbook.formatting import sentence_case
from yearbook.formulas import Working
from yearbook.metrics import METRICS, Metric, count_of, full_title, rates_over_each_base
from yearbook.report import BASIS_WORDS, Report
from yearbook.tables.table import Cell, Row, Table, with_notes
from yearbook.values import Status
from yearbook.years import FinancialYear, runs_of_years

PUBLISHED_WHOLE = "An empty cell: the rate was published without its two counts on the same basis."


def trend_metrics(report: Report) -> tuple[Metric, ...]:
    """The metrics that have a figure in any year, in reading order."""
    return tuple(metric for metric in _of_the_whole() if has_figures(report, metric))


def metrics_without_figures(report: Report) -> tuple[Metric, ...]:
    """The metrics that no source at hand has a figure of, in reading order."""
    return tuple(metric for metric in _of_the_whole() if not has_figures(report, metric))


def has_figures(report: Report, metric: Metric) -> bool:
    """Whether the metric has a figure of England in any year."""
    return any(report.figure(metric.name, year).known for year in report.years)


def _of_the_whole() -> tuple[Metric, ...]:
    return tuple(metric for metric in METRICS if not metric.of_groups)


def trend_table(report: Report, metric: Metric) -> Table:
    """A line for each year: the value and, of a rate, the two counts it was divided from, on one basis with it."""
    parts = [("over", count_of(metric.formula.over)), ("under", count_of(metric.formula.under))]
    parts = [(side, count) for side, count in parts if metric.formula.under and count is not None]
    rows = []
    for year in report.years:
        working = report.working(metric.name, year)
        counts = (_part(working, side, count, year) for side, count in parts if count is not None)
        rows.append(Row(str(year), (Cell(metric.name, year, working), *counts)))
    columns = ("Year", full_title(metric), *(count.title for _, count in parts if count is not None))
    notes = (PUBLISHED_WHOLE,) if any("" in row.cells for row in rows) else ()
    caption = f"{metric.title}, England, every year"
    return with_notes(Table(f"trend-{metric.slug}", caption, columns, tuple(rows), notes))


def _part(working: Working, side: str, count: Metric, year: FinancialYear) -> Cell | str:
    """One of the counts a rate was divided from; empty where it was published as it stands."""
    figure = working.numerator if side == "over" else working.denominator
    if figure is None:
        return ""
    operands = working.over if side == "over" else working.under
    bases = {operand.basis for operand in operands}
    basis = working.basis if working.basis in bases or len(bases) != 1 else bases.pop()
    return Cell(count.name, year, Working(figure, basis, operands))


def bases_table(report: Report, metric: Metric) -> Table | None:
    """The metric's numerator counted, then over each base there is, a line for each year.

    None where there is nothing to set beside the metric. Bases of figures differ from column to column, so the notes
    tell them by column.
    """
    rates, count = rates_over_each_base(metric), count_of(metric.formula.over)
    if len(rates) < (2 if metric.is_rate else 1) or not (metric.is_rate or metric.unit == "count"):
        return None
    columns = [(count.title, count)] if count else []
    columns += [(sentence_case(rate.base), rate) for rate in rates]
    rows = tuple(
        Row(str(year), tuple(Cell(each.name, year, report.working(each.name, year)) for _, each in columns))
        for year in report.years
    )
    name = count or rates[0]
    caption = f"{name.title}: the same count over each base, England"
    headings = tuple(heading for heading, _ in columns)
    notes = _notes_by_column(headings, rows)
    return Table(f"bases-{name.slug}", caption, ("Year", *headings), rows, notes)


def _notes_by_column(headings: Sequence[str], rows: Sequence[Row]) -> tuple[str, ...]:
    """A note for every basis other than the annual release, by column, and for every missing mark."""
    noted: dict[str, dict[str, list[FinancialYear]]] = {}
    missing: dict[Status, None] = {}
    for row in rows:
        for heading, cell in zip(headings, row.cells, strict=True):
            if isinstance(cell, Cell) and not cell.working.figure.known:
                missing[cell.working.figure.status] = None
            elif isinstance(cell, Cell) and cell.working.basis not in ("annual", ""):
                noted.setdefault(cell.working.basis, {}).setdefault(heading, []).append(cell.year)
    told = [
        f"{'; '.join(f'“{heading}”, {runs_of_years(years)}' for heading, years in columns.items())}: "
        f"{BASIS_WORDS[basis]}."
        for basis, columns in noted.items()
    ]
    return (*told, *(f"{status.value} {status.words}." for status in missing))


def trend_tables(report: Report) -> dict[str, Table]:
    """Every table of the trend pages by the stem of its file, each once."""
    tables: dict[str, Table] = {}
    for metric in trend_metrics(report):
        tables[f"trend-{metric.slug}"] = trend_table(report, metric)
        bases = bases_table(report, metric)
        if bases is not None:
            tables.setdefault(bases.id, bases)
    return tables
