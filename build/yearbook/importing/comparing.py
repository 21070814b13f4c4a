"""Canonical rows to compare with: a file in `data/releases/`, or what is about to become one."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from yearbook.errors import DataError, Problem
from yearbook.importing.tidying import Key
from yearbook.organisations import ORGANISATION_TYPES
from yearbook.releases import KEY_COLUMNS


@dataclass(frozen=True)
class Earlier:
    """Canonical rows as a file in `data/releases/` has them."""

    measures: tuple[str, ...]
    rows: Mapping[Key, list[str]]

    def cell(self, key: Key, measure: str) -> str | None:
        """The cell, None when there is no such row or column."""
        row = self.rows.get(key)
        return row[self.measures.index(measure)] if row is not None and measure in self.measures else None

    @cached_property
    def organisations(self) -> dict[tuple[str, str], None]:
        """The organisations, in the file's order."""
        return {(key[0], key[1]): None for key in self.rows}

    @cached_property
    def categories(self) -> dict[tuple[str, str, str], None]:
        """The breakdown categories, in the order they first appear."""
        return {key[2:]: None for key in self.rows}


def parse_canonical(content: bytes, name: str) -> Earlier:
    """The canonical file in `content`. Raises DataError, about the file `name`, when it is not one."""
    try:
        return _parse(content, name)
    except (UnicodeDecodeError, csv.Error, StopIteration) as error:
        raise damaged(name, 0) from error


def damaged(name: str, line: int) -> DataError:
    """The error for a canonical file that has been changed since it was written."""
    what = "This is not a canonical release as yearbook add writes it."
    return DataError(
        Problem(name, line, "", what, "bring the file back from the repository, or delete it and add it again")
    )


def _parse(content: bytes, name: str) -> Earlier:
    reader = csv.reader(io.StringIO(content.decode("utf-8"), newline=""))
    header = next(reader)
    width = len(KEY_COLUMNS)
    if tuple(header[:width]) != KEY_COLUMNS:
        raise damaged(name, 1)
    rows: dict[Key, list[str]] = {}
    for row in reader:
        if len(row) != len(header) or row[0] not in ORGANISATION_TYPES:
            raise damaged(name, reader.line_num)
        rows[row[0], row[1], row[2], row[3], row[4]] = row[width:]
    return Earlier(tuple(header[width:]), rows)
