"""The shapes of the JSON files that the site publishes, as JSON Schemas (draft 2020-12) at `data/schemas/`.

`SCHEMAS` is the one list of them, in the order in which they are documented. The two data packages have none here:
theirs is Frictionless's.
"""

from yearbook.outputs.schemas import areas, builds, figures, tables, years
from yearbook.outputs.schemas.schema import Body, Schema

SCHEMAS: tuple[Schema, ...] = (
    years.INDEX,
    years.YEAR_FILE,
    areas.INDEX,
    areas.AREA,
    areas.METRICS,
    areas.FINDER,
    tables.TIDY,
    tables.TABLE,
    figures.FIGURE,
    tables.MANIFEST,
    builds.BUILD,
)


def schema_files() -> list[tuple[str, bytes]]:
    """Every schema, by path."""
    return [(schema.path, schema.to_json()) for schema in SCHEMAS]


def schema_of(path: str) -> Schema | None:
    """The schema of the JSON file at `path`, None for a schema, a data package and what is no file of ours."""
    if path.endswith("datapackage.json"):
        return None
    return next((schema for schema in SCHEMAS if schema.describes(path)), None)


__all__ = ["SCHEMAS", "Body", "Schema", "schema_files", "schema_of"]
