"""The published schemas without their leave to add: a field that no schema names is a fault in our own files."""

import json
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator

from yearbook.outputs.schemas import SCHEMAS, schema_of


def closed(body: Any) -> Any:
    """The schema with every object in it closed that lists its properties."""
    if isinstance(body, list):
        return [closed(item) for item in body]
    if not isinstance(body, dict):
        return body
    found = {name: closed(value) for name, value in body.items()}
    if isinstance(found.get("required"), list):
        found.setdefault("additionalProperties", False)
    return found


@cache
def _validator(kind: str) -> Draft202012Validator:
    (schema,) = [schema for schema in SCHEMAS if schema.kind == kind]
    return Draft202012Validator(closed(json.loads(schema.to_json())))


def faults(path: str, content: bytes) -> list[str]:
    """What is wrong with the JSON file at `path`, twenty faults at most; that it has no schema is one."""
    schema = schema_of(path)
    if schema is None:
        return [f"{path} has no schema"]
    errors = list(_validator(schema.kind).iter_errors(json.loads(content)))
    return [f"{path}: {'/'.join(map(str, error.absolute_path))}: {error.message[:200]}" for error in errors[:20]]
