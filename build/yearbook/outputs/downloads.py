"""A table as a CSV file: the numbers of the page, and where they come from.

The values are those printed, marks included, so that a download equals its table. A label that a
spreadsheet would take for a formula is written with an apostrophe before it. The last columns give the
basis and the sources of each row and the licence, so that they travel with the figures.
"""

import csv
import io

from yearbook.report import BASIS_WORDS
from yearbook.tables import Cell, Row, Table

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")

LICENCE = (
    "Figures of NHS England and its predecessors, Open Government Licence v3.0; "
    "compiled by The Talking Therapies Yearbook"
)


def table_csv(table: Table) -> bytes:
    """The table as UTF-8 CSV: a header, then the rows, each ending with its basis, sources and licence."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*table.columns, "Basis", "Sources", "Licence"])
    for row in table.rows:
        writer.writerow([_safe(row.label), *(_value(cell) for cell in row.cells), _basis(row), _sources(row), LICENCE])
    return text.getvalue().encode()


def _known(row: Row) -> list[Cell]:
    return [cell for cell in row.cells if isinstance(cell, Cell) and cell.working.figure.known]


def _basis(row: Row) -> str:
    """The basis of the row's numbers, with the years of each where there are several."""
    years: dict[str, dict[str, None]] = {}
    for cell in _known(row):
        years.setdefault(cell.working.basis, {})[str(cell.year)] = None
    if len(years) == 1:
        return BASIS_WORDS[next(iter(years))]
    return "; ".join(f"{', '.join(of)}: {BASIS_WORDS[basis]}" for basis, of in years.items())


def _sources(row: Row) -> str:
    return "; ".join(dict.fromkeys(source for cell in _known(row) for source in cell.working.sources))


def _value(cell: Cell | str) -> str:
    return cell if isinstance(cell, str) else cell.text.replace(",", "")


def _safe(label: str) -> str:
    return f"'{label}" if label.startswith(_FORMULA_STARTS) else label
