"""Every table that a page shows, as files: CSV for a spreadsheet, JSON with all that is known of each number.

The values are those printed, marks included, so that a download equals its table. A label that a
spreadsheet would take for a formula is written with an apostrophe before it. The last columns of the CSV
give the basis and the sources of each row and the licence, so that they travel with the figures; before them stand
the codes of organisations, which pages do without.
"""

import csv
import io
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from yearbook.archive import Archive
from yearbook.groups import group_key
from yearbook.metrics import METRICS_BY_NAME
from yearbook.outputs.attribution import LICENCE, QUOTED_LICENCE, citation, data_version, licence_facts
from yearbook.outputs.cells import guarded, unrounded
from yearbook.report import BASIS_WORDS
from yearbook.tables import Cell, Row, Table
from yearbook.years import FinancialYear

FOLDER = "data/tables"

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class ShownTable:
    """A table with the page it stands on: its title and its address from the root of the site."""

    table: Table
    page: str
    address: str


def table_path(name: str) -> str:
    """Where the files of the table called `name` lie, without their endings."""
    return f"{FOLDER}/{name}"


def gather_tables(shown: Iterable[ShownTable]) -> dict[str, ShownTable]:
    """Each table once, by name, with the page that it is at home on.

    A year's table is at home in a report; any other one outside the reports where it can be, otherwise in the
    last of them; and none on the home page. Raises AssertionError when two different tables have one name.
    """
    found: dict[str, ShownTable] = {}
    for each in shown:
        known = found.setdefault(each.table.name, each)
        if known.table != each.table:
            raise AssertionError(
                f"two different tables want to be {table_path(each.table.name)}: give one a year or an id"
            )
        # of two alike the later
        found[each.table.name] = min(each, known, key=lambda shown: away_from_home(shown.table.year, shown.address))
    return found


def away_from_home(year: FinancialYear | None, address: str) -> tuple[bool, bool]:
    """How far from home what belongs to `year`, or to none, is on the page at `address`: the least is its home."""
    return not address, (year is None) == address.startswith("reports/")


CLOSING_COLUMNS = ("Basis", "Sources", "Licence")
"""What each row of the CSV ends with."""

CODE_COLUMN = "Code"
"""What stands before them where the rows are organisations."""


def added_columns(table: Table) -> tuple[str, ...]:
    """The columns of the CSV that the page does not show."""
    return (CODE_COLUMN, *CLOSING_COLUMNS) if table.has_codes else CLOSING_COLUMNS


def table_csv(table: Table) -> bytes:
    """The table as UTF-8 CSV: a header, then the rows, each ending with its basis, sources and licence."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*(guarded(column) for column in table.columns), *added_columns(table)])
    for row in table.rows:
        sources = "; ".join(dict.fromkeys((*_sources(row), *table.quoted_from)))
        code = [row.code] if table.has_codes else []
        values = [row.label, *(_value(cell) for cell in row.cells), *code, _basis(row), sources]
        writer.writerow([*(guarded(value) for value in values), QUOTED_LICENCE[2] if table.quoted_from else LICENCE])
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


def _sources(row: Row) -> tuple[str, ...]:
    return tuple(source for cell in _known(row) for source in cell.working.sources)


def _value(cell: Cell | str) -> str:
    """A cell as it is printed, a number without the marks of its thousands, which a CSV's reader would stumble on."""
    if isinstance(cell, str):
        return cell.replace(",", "") if _THOUSANDS.fullmatch(cell) else cell
    return cell.text.replace(",", "")


_THOUSANDS = re.compile(r"−?\d{1,3}(?:,\d{3})+(?:\.\d+)?%?")


CELL_FACTS = ("value", "number", "status", "basis", "metric", "year", "group")
"""What the JSON says of each cell; only the first of one that is words, as `100%` in a base row."""


def table_json(shown: ShownTable, archive: Archive) -> bytes:
    """The table as JSON, a line for each row: each cell as printed and unrounded, with its status, basis and year.

    What the numbers of a column have in common, their metric, base and unit, is said of the column.
    """
    table = shown.table
    head = {
        "id": table.name,
        "title": table.caption,
        "year": str(table.year) if table.year else None,
        "page": f"../../{shown.address}",
        "csv": f"{table.name}.csv",
        "version": data_version(archive),
        "licence": licence_of(table),
        "citation": citation(archive),
        "sources": list(
            dict.fromkeys((*(source for row in table.rows for source in _sources(row)), *table.quoted_from))
        ),
        "notes": list(table.notes),
        "columns": [column_facts(table, position) for position in range(len(table.columns))],
    }
    rows = ",\n".join(_ENCODER.encode(_row_facts(row)) for row in table.rows)
    return f'{json.dumps(head, ensure_ascii=False, indent=1)[:-2]},\n "rows": [\n{rows}\n]}}\n'.encode()


def licence_of(table: Table) -> dict[str, str]:
    """Under what the numbers of a table may be used, and what to print with them."""
    if table.quoted_from:
        return {"title": QUOTED_LICENCE[0], "attribution": QUOTED_LICENCE[2]}
    return licence_facts()


def column_facts(table: Table, position: int) -> dict[str, Any]:
    """What the numbers of a column have in common: the first column is of the rows' labels."""
    cells = [row.cells[position - 1] for row in table.rows if 0 < position <= len(row.cells)]
    metrics = {cell.metric for cell in cells if isinstance(cell, Cell)}
    bases = {METRICS_BY_NAME[metric].base for metric in metrics}
    units = {cell.working.figure.unit for cell in cells if isinstance(cell, Cell)}
    return {
        "name": table.columns[position],
        "metric": metrics.pop() if len(metrics) == 1 else None,
        "base": (bases.pop() or None) if len(bases) == 1 else None,
        "unit": units.pop() if len(units) == 1 else None,
    }


def _row_facts(row: Row) -> dict[str, Any]:
    code = {"code": row.code} if row.code else {}
    return {"label": row.label, **code, "is_base": row.is_base, "cells": [_cell_facts(cell) for cell in row.cells]}


def _cell_facts(cell: Cell | str) -> dict[str, Any]:
    if isinstance(cell, str):
        return dict.fromkeys(CELL_FACTS) | {"value": cell}
    figure = cell.working.figure
    number, basis = (str(unrounded(figure.exact)), cell.working.basis) if figure.known else (None, None)
    facts = (
        cell.text,
        number,
        figure.status.name.lower(),
        basis,
        cell.metric,
        str(cell.year),
        group_key(cell.breakdown),
    )
    return dict(zip(CELL_FACTS, facts, strict=True))
