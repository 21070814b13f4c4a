"""What a schema says, as rows to print, and an example of it cut from a real file."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from yearbook.outputs.schemas.schema import Body

_WORDS = {
    "string": "text", "integer": "whole number", "number": "number", "boolean": "true or false", "object": "object",
    "array": "list", "null": "null",
}  # fmt: skip
_MOST_CHOICES = 8
"""How many words of a closed list are printed; of a longer one its description says where they stand."""


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A field: its path (`years.*.metrics.*.text`), its type in words, what it holds, and its `choices`, if few.

    In a path `*` stands for a name that is data, as a year, and `[]` for each item of a list. An `optional` field is
    not always there.
    """

    path: str
    type: str
    description: str
    choices: tuple[str, ...] = ()
    optional: bool = False


def field_rows(body: Body, without: Sequence[str] = ()) -> tuple[FieldRow, ...]:
    """Every field of a schema in its order, those at the top called in `without` left out.

    Of two fields with the same fields within, the second says so and does not list them again.
    """
    rows = _rows(body, "", {})
    return tuple(row for row in rows if row.path.partition(".")[0].partition("[")[0] not in without)


def _rows(body: Body, path: str, told: dict[str, str]) -> Iterator[FieldRow]:
    """The fields within `body`. `told` holds where a set of fields was listed first."""
    if "items" in body:
        yield from _rows(body["items"], f"{path}[]", told)
    if "propertyNames" in body:
        yield from _field(body["additionalProperties"], f"{path}.*".lstrip("."), False, told)
    for name, found in body.get("properties", {}).items():
        yield from _field(found, f"{path}.{name}".lstrip("."), name not in body["required"], told)


def _field(body: Body, path: str, optional: bool, told: dict[str, str]) -> Iterator[FieldRow]:
    if "description" not in body:
        return
    row, within = _row(body, path, optional), json.dumps(body.get("properties"), sort_keys=True)
    first = told.setdefault(within, path) if "properties" in body else path
    if first != path:
        yield replace(row, description=f"{row.description} Its fields are those of `{first}`.")
        return
    yield row
    yield from _rows(body, path, told)


def _row(body: Body, path: str, optional: bool) -> FieldRow:
    choices = tuple(str(one) for one in body.get("enum", ()) if one not in ("", None))
    shown = choices if 1 < len(choices) <= _MOST_CHOICES else ()
    return FieldRow(path, _type_words(body), body["description"], shown, optional)


def _type_words(body: Body) -> str:
    """`text`, `whole number or null`, `list of text`."""
    types = [body["type"]] if isinstance(body["type"], str) else list(body["type"])
    words = [_WORDS[one] for one in types]
    if types[0] == "array":
        items = body["items"]["type"]
        words[0] = "list of objects" if items == "object" else f"list of {_WORDS[items]}"
    return " or ".join(words)


def example_of(body: Body, found: Any, wanted: Sequence[str]) -> Any:
    """A small part of `found`, a file of the schema: of what is named by data and of every list one item.

    An item called by one of the words in `wanted` is taken where there is one, otherwise the first.
    """
    if isinstance(found, Mapping):
        if "propertyNames" in body:
            name = next((word for word in wanted if word in found), next(iter(found), None))
            return {} if name is None else {name: example_of(body["additionalProperties"], found[name], wanted)}
        known = body.get("properties", {})
        return {name: example_of(known.get(name, {}), value, wanted) for name, value in found.items()}
    if isinstance(found, list):
        items = [next((item for item in found if set(wanted) & set(_words(item))), found[0])] if found else []
        return [example_of(body.get("items", {}), item, wanted) for item in items]
    return found


def _words(item: Any) -> Iterator[str]:
    """The texts of an object that is an item of a list, by one of which it can be wanted."""
    if isinstance(item, Mapping):
        yield from (value for value in item.values() if isinstance(value, str))
