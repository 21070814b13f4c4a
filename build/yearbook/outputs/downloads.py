"""A table as a CSV file: the numbers of the page, and where they come from.

The values are those printed, marks included, so that a download equals its table. A label that a
spreadsheet would take for a formula is written with an apostrophe before it. The last column names the
source and the licence, so that they travel with the figures.
"""

import csv
import io

from yearbook.tables import Cell, Table

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def table_csv(table: Table, attribution: str) -> bytes:
    """The table as UTF-8 CSV: a header, then the rows, each ending with `attribution`."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*table.columns, "Source and licence"])
    for row in table.rows:
        writer.writerow([_safe(row.label), *(_value(cell) for cell in row.cells), attribution])
    return text.getvalue().encode()


def _value(cell: Cell | str) -> str:
    return cell if isinstance(cell, str) else cell.text.replace(",", "")


def _safe(label: str) -> str:
    return f"'{label}" if label.startswith(_FORMULA_STARTS) else label
