"""A table as a value, and the plainest kind: a series over the years.

A cell keeps its working, so that it can link to it. A table shows one cohort for all its years.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from yearbook.formatting import join_words
from yearbook.formulas import Working
from yearbook.metrics import METRICS_BY_NAME
from yearbook.releases import TOTAL, Breakdown
from yearbook.report import BASIS_WORDS, Report
from yearbook.years import FinancialYear


@dataclass(frozen=True, slots=True)
class Cell:
    """One number of a table: a metric's value in a year, of all or of one group, with its working."""

    metric: str
    year: FinancialYear
    working: Working
    places: int | None = None
    breakdown: Breakdown = TOTAL

    @property
    def text(self) -> str:
        """The value as printed, or its mark."""
        return self.working.text(self.places)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table. The base row is the one the percentages are of.

    `address`, from the site's root, is where what the row is made of stands; empty where the row or its cells say it.
    `code` is the publisher's, of a row that is an organisation: its files have it, for names are not unique.
    """

    label: str
    cells: tuple[Cell | str, ...]
    is_base: bool = False
    address: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its caption, its column headings (the first is of the labels) and its rows.

    `year` is that of the report it is made for, None where it is the same whichever page it stands on.
    `own_working` says that beside each rate stand the counts it is made of, so that a row is its own working, or that
    each row names the page where they stand. `quoted_from` are the works whose numbers it quotes: those are under no
    licence of the publisher's or of ours.
    """

    id: str
    caption: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = field(default=())
    own_working: bool = False
    year: FinancialYear | None = None
    quoted_from: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What its files are called: `waits-2019-20`, `recovery-rate`. No two tables share a name."""
        return f"{self.id}-{self.year}" if self.year else self.id

    @property
    def has_codes(self) -> bool:
        """Whether its rows are organisations, with the publisher's codes."""
        return any(row.code for row in self.rows)

    @property
    def cells(self) -> tuple[Cell, ...]:
        """Every cell that has a working."""
        return tuple(cell for row in self.rows for cell in row.cells if isinstance(cell, Cell))

    def known(self, metric: str) -> dict[FinancialYear, Cell]:
        """The cells of a metric that have a number, by year."""
        return {cell.year: cell for cell in self.cells if cell.metric == metric and cell.working.figure.known}


def series_table(
    report: Report, metrics: Sequence[str], years: Sequence[FinancialYear], id: str, caption: str
) -> Table:
    """A line for each year and a column for each metric."""
    rows = tuple(
        Row(str(year), tuple(Cell(name, year, report.working(name, year)) for name in metrics)) for year in years
    )
    columns = ("Year", *(METRICS_BY_NAME[name].title for name in metrics))
    return with_notes(Table(id, caption, columns, rows))


def with_notes(table: Table) -> Table:
    """The table with a note for every basis other than the annual release, and for every missing mark.

    A basis is noted for a whole year where all of the year's numbers come from one publication, otherwise
    for each row: annual and posted figures are of the same one.
    """
    bases_of: dict[FinancialYear, set[str]] = {}
    for cell in table.cells:
        if cell.working.figure.known:
            basis = "annual" if cell.working.basis == "post" else cell.working.basis
            bases_of.setdefault(cell.year, set()).add(basis)
    noted: dict[str, list[str]] = {}
    for row in table.rows:
        for found in (cell for cell in row.cells if isinstance(cell, Cell)):
            if found.working.figure.known and found.working.basis not in ("annual", ""):
                whole = len(bases_of[found.year]) == 1 or row.label == str(found.year)
                where = str(found.year) if whole else f"“{row.label}”, {found.year}"
                noted.setdefault(found.working.basis, []).append(where)
    notes = [f"{_places(list(dict.fromkeys(places)))}: {BASIS_WORDS[basis]}." for basis, places in noted.items()]
    statuses = dict.fromkeys(cell.working.figure.status for cell in table.cells if not cell.working.figure.known)
    notes += [f"{status.value} {status.words}." for status in statuses]
    return replace(table, notes=(*table.notes, *notes))


def _places(places: Sequence[str]) -> str:
    """Where a note applies: whole years as words, `2015-16, 2019-20 and 2021-22`; rows of a year by semicolons."""
    return "; ".join(places) if any("”" in place for place in places) else join_words(places)
