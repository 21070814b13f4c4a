"""Our own small CSV files, read with every fault of their shape told at once."""

import csv
from collections.abc import Sequence
from pathlib import Path

from yearbook.errors import DataError, Problem
from yearbook.formatting import plural


def read_rows(
    path: Path, name: str, columns: Sequence[str], problems: list[Problem]
) -> list[tuple[int, dict[str, str]]]:
    """The rows of the file `path`, called `name` in messages, each with its line.

    A row with more or fewer fields than the header is left out and added to `problems`: a comma in a text
    without quotes would otherwise shift what follows it. Raises DataError when a column of `columns` is
    missing.
    """
    rows: list[tuple[int, dict[str, str]]] = []
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file)
        header = next(reader, [])
        missing = [column for column in columns if column not in header]
        if missing:
            fix = f"begin the file with the line {','.join(columns)}"
            raise DataError(Problem(name, 1, "", f"The file has no column {', '.join(missing)}.", fix))
        for fields in reader:
            if len(fields) == len(header):
                rows.append((reader.line_num, dict(zip(header, fields, strict=True))))
            elif fields:
                what = f"The line has {len(fields)} {plural(len(fields), 'field')} and the header {len(header)}."
                fix = "put quotation marks around a text that holds a comma"
                problems.append(Problem(name, reader.line_num, "", what, fix))
    return rows
