"""What a schema is, and the few words that all of them are written in.

A schema says what is there and not what is not: it lets properties pass that it does not know, because fields are
added to the files in time. The tests hold the files of today to it without that leave.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

from yearbook.outputs.attribution import SCHEMAS as FOLDER
from yearbook.values import Status

DIALECT = "https://json-schema.org/draft/2020-12/schema"

MARKS = ", ".join(f"{status.value} {status.words}" for status in Status if status.value)
"""The marks and what they mean, as a list in words."""

STATUSES = [status.name.lower() for status in Status]
"""Why there is a value or none."""

UNITS = ("count", "percent", "days", "appointments", "ratio")
"""The units of metrics."""

Body = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Schema:
    """The shape of one kind of JSON file. `paths` are the addresses of its files, with `*` for any part of one."""

    kind: str
    title: str
    description: str
    paths: tuple[str, ...]
    body: Body

    @property
    def path(self) -> str:
        """Where it is published."""
        return f"{FOLDER}/{self.kind}.json"

    def describes(self, path: str) -> bool:
        """Whether the file at `path` is of this kind: `*` stands for a part of an address, never for a stroke."""
        return any(pattern.count("/") == path.count("/") and fnmatchcase(path, pattern) for pattern in self.paths)

    def to_json(self) -> bytes:
        """The published file."""
        head = {"$schema": DIALECT, "title": self.title, "description": self.description}
        return (json.dumps(head | self.body, ensure_ascii=False, indent=1) + "\n").encode()


def text(description: str, **rules: Any) -> Body:
    """A text that is always there."""
    return {"type": "string", "description": description, **rules}


def maybe(found: Body) -> Body:
    """The same, or null."""
    if "enum" in found:
        return {**found, "type": [found["type"], "null"], "enum": [*found["enum"], None]}
    return {**found, "type": [found["type"], "null"]}


def whole(description: str, **rules: Any) -> Body:
    """A whole number."""
    return {"type": "integer", "description": description, **rules}


def number(description: str, **rules: Any) -> Body:
    """A number."""
    return {"type": "number", "description": description, **rules}


def truth(description: str) -> Body:
    """True or false."""
    return {"type": "boolean", "description": description}


def exact(description: str) -> Body:
    """A number as text, unrounded to ten decimals, so that no reader's tool cuts it."""
    return text(f"{description} A number as text, unrounded to ten decimals.", pattern=r"^-?\d+(\.\d{1,10})?$")


def many(description: str, items: Body) -> Body:
    """A list."""
    return {"type": "array", "description": description, "items": items}


def record(description: str, properties: Mapping[str, Body], optional: tuple[str, ...] = ()) -> Body:
    """An object with the properties; all but the `optional` are always there."""
    required = [name for name in properties if name not in optional]
    return {"type": "object", "description": description, "properties": dict(properties), "required": required}


def by_name(description: str, names: Body, values: Body) -> Body:
    """An object whose names are data, such as years or codes."""
    return {"type": "object", "description": description, "propertyNames": names, "additionalProperties": values}


YEAR = {"type": "string", "pattern": r"^\d{4}-\d{2}$"}


def year(description: str) -> Body:
    """A financial year, as 2019-20."""
    return {**YEAR, "description": f"{description} A financial year, 1 April to 31 March, written 2019-20."}


def address(description: str) -> Body:
    """An address from the top of the site."""
    return text(f"{description} An address from the top of the site.", pattern=r"^(?!/|[a-z]+:).*$")


def licence() -> Body:
    """Whose the figures are."""
    return record(
        "Whose the figures are.",
        {
            "title": text("The licence of the figures."),
            "address": text("Where the licence stands; not for quoted figures.", format="uri"),
            "attribution": text("What to print beside the figures."),
        },
        ("address",),
    )


def head(kind: str) -> dict[str, Body]:
    """What every file of the API says of itself."""
    return {
        "schema": {**address("This schema."), "const": f"{FOLDER}/{kind}.json"},
        "version": text(
            "The version of the data: the latest year, and a number that rises with every revision of any release.",
            pattern=r"^\d{4}-\d{2}\.\d+$",
        ),
        "licence": licence(),
        "citation": text("How to cite the data."),
    }
