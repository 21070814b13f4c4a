"""The schemas: valid themselves, whole in their descriptions, and true of every JSON file of a site."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from shapes.strict import faults

from yearbook.geography import Council, Geography
from yearbook.outputs.areas import area_files
from yearbook.outputs.schemas import SCHEMAS, schema_files, schema_of
from yearbook.outputs.schemas.fields import FieldRow, example_of, field_rows
from yearbook.outputs.schemas.schema import by_name, many, maybe, record, text, whole
from yearbook.peers import Comparisons


def objects_within(body: Any) -> Iterator[dict[str, Any]]:
    if isinstance(body, dict):
        yield body
        body = list(body.values())
    if isinstance(body, list):
        for part in body:
            yield from objects_within(part)


def test_every_schema_is_one_of_the_dialect_it_names_and_describes_every_field() -> None:
    files = dict(schema_files())
    assert len(files) == len(SCHEMAS) == len({schema.kind for schema in SCHEMAS})
    for path, content in files.items():
        found = json.loads(content)
        assert found["$schema"] == "https://json-schema.org/draft/2020-12/schema"
        Draft202012Validator.check_schema(found)
        for body in objects_within(found):
            for name, field in body.get("properties", {}).items() if isinstance(body.get("required"), list) else ():
                assert field.get("description", "").endswith("."), f"{path}: {name}"


def test_every_json_file_of_a_site_is_as_its_schema_says(built_once: Path) -> None:
    site = built_once / "site"
    paths = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.json"))
    paths = [path for path in paths if not path.startswith(("pagefind/", "search/"))]  # the search's own
    published = {schema.path for schema in SCHEMAS}
    packages = {"data/datapackage.json", "data/tables/datapackage.json"}
    assert published | packages <= set(paths)
    described = [path for path in paths if path not in published | packages]
    assert {found.kind for path in described if (found := schema_of(path))} == {schema.kind for schema in SCHEMAS}
    wrong = [fault for path in described for fault in faults(path, (site / path).read_bytes())]
    assert wrong == []


def test_areas_with_marks_flags_and_reasons_are_as_their_schemas_say(
    make_comparisons: Callable[..., Comparisons], area_row: Callable[..., dict[str, object]]
) -> None:
    rows = [area_row("A", 46), area_row("S", 70, 50), area_row("C", 0, recovery="*", recovery_percent="*")]
    years = {"2018-19": rows, "2019-20": [area_row("A", 51, referrals_received=900)]}
    councils = {("ccg", "A"): (Council("E1", "Brighton and Hove"),)}
    files = dict(area_files(make_comparisons(years, geography=Geography(council_list=councils))))
    found = [fault for path, content in files.items() if path.endswith(".json") for fault in faults(path, content)]
    assert found == []
    text = b"".join(files.values())
    assert all(word in text for word in (b'"flags"', b'"not_ranked"', b'"suppressed"', b'"verdict"'))


@pytest.mark.parametrize(
    ("path", "content", "fault"),
    [
        ("areas/metrics.json", b'[{"name": "recovery_rate"}]', "'title' is a required property"),
        ("manifest.json", b'{"a": "b"}', "does not match"),
        ("areas/england/figures.json", b'{"more": 1}', "('more' was unexpected)"),
        ("data/other/new.json", b"{}", "has no schema"),
    ],
)
def test_a_file_that_is_otherwise_is_found(path: str, content: bytes, fault: str) -> None:
    assert any(fault in found for found in faults(path, content))


def test_a_schema_is_of_its_own_files_alone() -> None:
    of = {path: getattr(schema_of(path), "kind", None) for path in (
        "areas/09d-a/figures.json", "areas/areas.json", "reports/2019-20/figures.json", "data/metrics.json",
        "data/tables/a.json", "data/schemas/area.json", "data/tables/datapackage.json", "data/datapackage.json",
    )}  # fmt: skip
    assert list(of.values()) == ["area", "areas", "year", "tidy", "table", None, None, None]


SIDE = {"value": whole("A number."), "of": many("Parts.", {"type": "string"})}
BODY = record(
    "A file.",
    {
        "schema": text("Itself."),
        "kind": maybe(text("One of two.", enum=["a", "b"])),
        "years": by_name(
            "The years.", {"type": "string"}, record("A year.", {"over": record("Over.", SIDE)}, ("over",))
        ),
        "under": record("Under.", SIDE),
        "rows": many("Rows.", record("A row.", {"name": text("A name.")})),
    },
)


def test_fields_are_listed_by_their_paths_and_alike_ones_once() -> None:
    assert field_rows(BODY, ("schema",)) == (
        FieldRow("kind", "text or null", "One of two.", ("a", "b")),
        FieldRow("years", "object", "The years."),
        FieldRow("years.*", "object", "A year."),
        FieldRow("years.*.over", "object", "Over.", optional=True),
        FieldRow("years.*.over.value", "whole number", "A number."),
        FieldRow("years.*.over.of", "list of text", "Parts."),
        FieldRow("under", "object", "Under. Its fields are those of `years.*.over`."),
        FieldRow("rows", "list of objects", "Rows."),
        FieldRow("rows[].name", "text", "A name."),
    )


def test_an_example_is_a_part_of_its_file_with_what_was_wanted() -> None:
    side = {"value": 1, "of": ["x", "y"]}
    whole_file = {
        "schema": "s",
        "kind": None,
        "years": {"2018-19": {"over": side}, "2019-20": {}},
        "under": side,
        "rows": [{"name": "n"}, {"name": "m"}],
    }
    assert example_of(BODY, whole_file, ["2018-19", "m"]) == {
        "schema": "s",
        "kind": None,
        "years": {"2018-19": {"over": {"value": 1, "of": ["x"]}}},
        "under": {"value": 1, "of": ["x"]},
        "rows": [{"name": "m"}],
    }
    assert example_of(BODY, {"years": {}, "rows": []}, []) == {"years": {}, "rows": []}
