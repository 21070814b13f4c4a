"""A tidy table for people who compute: typed columns that are described, one kind of thing a row.

A `Resource` is the file and all that a data package says of it. A cell without a value is `NA` where the
column is of numbers or dates, so that a reader's tool takes it for missing and never for nought; the column
`status` says why. In a column of words an empty cell is the empty word.
"""

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from yearbook.outputs.attribution import QUOTED_LICENCE
from yearbook.outputs.cells import guarded

Value = str | int | Decimal | None
MISSING = "NA"

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Field:
    """A column. `type` is `string`, `integer`, `number` or `date`; `constraints` are those of a table schema."""

    name: str
    description: str
    type: str = "string"
    constraints: Mapping[str, Any] = field(default_factory=dict)

    def descriptor(self) -> dict[str, Any]:
        """The column as a table schema has it."""
        facts: dict[str, Any] = {"name": self.name, "type": self.type, "description": self.description}
        return {**facts, "constraints": dict(self.constraints)} if self.constraints else facts


@dataclass(frozen=True, slots=True)
class Reference:
    """Columns whose values are those of the key columns `of` of another resource."""

    fields: tuple[str, ...]
    resource: str
    of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Resource:
    """A file of the data package. `path` is below the folder of the package; `json` is None for one too large for it.

    `key` are the columns that no two rows share; `missing` are the cells that stand for no value. `quoted_from` are the
    works whose figures it quotes, which the licences of the package do not cover.
    """

    name: str
    path: str
    title: str
    description: str
    fields: tuple[Field, ...]
    csv: bytes
    rows: int
    json: bytes | None = None
    key: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()
    missing: tuple[str, ...] = (MISSING,)
    quoted_from: tuple[str, ...] = ()

    def descriptor(self) -> dict[str, Any]:
        """The file as a data package has it, with its size and its hash."""
        schema: dict[str, Any] = {
            "fields": [each.descriptor() for each in self.fields],
            "missingValues": list(self.missing),
        }
        if self.key:
            schema["primaryKey"] = list(self.key)
        if self.references:
            schema["foreignKeys"] = [
                {"fields": list(each.fields), "reference": {"resource": each.resource, "fields": list(each.of)}}
                for each in self.references
            ]
        quoted = {}
        if self.quoted_from:
            title, name, words = QUOTED_LICENCE
            quoted["sources"] = [{"title": source} for source in self.quoted_from]
            quoted["licenses"] = [{"name": name, "title": f"{title}: {words}"}]
        return {
            "name": self.name,
            "path": self.path,
            "profile": "tabular-data-resource",
            "title": self.title,
            "description": self.description,
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "bytes": len(self.csv),
            "hash": f"sha256:{hashlib.sha256(self.csv).hexdigest()}",
            **quoted,
            "schema": schema,
        }


def tidy_resource(
    name: str,
    title: str,
    description: str,
    fields: Sequence[Field],
    rows: Iterable[Sequence[Value]],
    key: tuple[str, ...] = (),
    references: tuple[Reference, ...] = (),
    quoted_from: Sequence[str] = (),
) -> Resource:
    """A resource made of `rows`, as CSV and JSON."""
    filled = [tuple(row) for row in rows]
    content = tidy_csv(fields, filled)
    facts = {"name": name, "title": title, "description": description, "fields": [each.descriptor() for each in fields]}
    records = _records(facts, fields, filled)
    return Resource(
        name, f"{name}.csv", title, description, tuple(fields), content, len(filled), records, key, references,
        quoted_from=tuple(dict.fromkeys(quoted_from)),
    )  # fmt: skip


def tidy_csv(fields: Sequence[Field], rows: Iterable[Sequence[Value]]) -> bytes:
    """The rows as UTF-8 CSV under the names of the fields."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([each.name for each in fields])
    for row in rows:
        writer.writerow([_cell(value) for value in row])
    return text.getvalue().encode()


def _cell(value: Value) -> str:
    if value is None:
        return MISSING
    return guarded(value) if isinstance(value, str) else str(value)


def _records(facts: Mapping[str, Any], fields: Sequence[Field], rows: Iterable[Sequence[Value]]) -> bytes:
    """The same as JSON: what the table is, then under `data` an object a row, a line each."""
    names = [each.name for each in fields]
    lines = ",\n".join(
        _ENCODER.encode(
            {
                name: float(value) if isinstance(value, Decimal) else value
                for name, value in zip(names, row, strict=True)
            }
        )
        for row in rows
    )
    return f'{json.dumps(facts, ensure_ascii=False, indent=1)[:-2]},\n "data": [\n{lines}\n]}}\n'.encode()
