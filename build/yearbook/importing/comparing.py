"""Canonical rows to compare with: a file in `data/releases/`, or what is about to become one."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from yearbook.importing.tidying import Key
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


def parse_canonical(content: bytes) -> Earlier:
    """The canonical file in `content`."""
    reader = csv.reader(io.StringIO(content.decode("utf-8"), newline=""))
    header = next(reader)
    width = len(KEY_COLUMNS)
    rows: dict[Key, list[str]] = {}
    for row in reader:
        rows[row[0], row[1], row[2], row[3], row[4]] = row[width:]
    return Earlier(tuple(header[width:]), rows)
