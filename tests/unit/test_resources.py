"""Tidy tables as files, and what a data package says of them."""

import csv
import hashlib
import io
import json
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

import pytest

from yearbook.outputs.canonical import release_resource
from yearbook.outputs.cells import guarded, unrounded
from yearbook.outputs.resources import Field, Reference, Resource, tidy_resource
from yearbook.releases import Release

FIELDS = (
    Field("year", "The year.", constraints={"required": True}),
    Field("words", "Words."),
    Field("value", "A number.", "number"),
)


def resource(*rows: tuple[str, str, int | Decimal | None]) -> Resource:
    return tidy_resource(
        "figures", "Figures", "Some figures.", FIELDS, rows, ("year",), (Reference(("year",), "years", ("year",)),)
    )


def test_a_row_is_a_line_and_what_is_missing_is_na_and_never_empty_or_nought() -> None:
    made = resource(("2019-20", "", 5), ("2020-21", "a, b", None), ("2021-22", "c", Decimal("0.5")))
    assert made.csv == b'year,words,value\n2019-20,,5\n2020-21,"a, b",NA\n2021-22,c,0.5\n'
    assert made.rows == 3


def test_words_are_never_taken_for_a_formula_and_a_number_below_nought_stays_one() -> None:
    made = resource(("=1+1", "@SUM(A1)", Decimal("-0.5")))
    assert made.csv.splitlines()[1] == b"'=1+1,'@SUM(A1),-0.5"


def test_the_json_holds_the_same_rows_by_name_with_what_the_table_is() -> None:
    made = resource(("2019-20", "=a", 5), ("2020-21", "b", None), ("2021-22", "c", Decimal("0.5")))
    assert made.json is not None
    found = json.loads(made.json)
    assert (found["name"], found["title"], found["description"]) == ("figures", "Figures", "Some figures.")
    assert [field["name"] for field in found["fields"]] == ["year", "words", "value"]
    assert found["data"] == [
        {"year": "2019-20", "words": "=a", "value": 5},
        {"year": "2020-21", "words": "b", "value": None},
        {"year": "2021-22", "words": "c", "value": 0.5},
    ]


def test_a_table_without_rows_is_a_header_and_an_empty_list() -> None:
    made = resource()
    assert made.csv == b"year,words,value\n"
    assert made.json is not None
    assert json.loads(made.json)["data"] == []


def test_the_description_gives_types_constraints_keys_size_and_hash() -> None:
    made = resource(("2019-20", "a", 5))
    found = made.descriptor()
    assert (found["name"], found["path"], found["profile"]) == ("figures", "figures.csv", "tabular-data-resource")
    assert (found["bytes"], found["hash"]) == (len(made.csv), f"sha256:{hashlib.sha256(made.csv).hexdigest()}")
    schema = found["schema"]
    assert schema["fields"][0] == {
        "name": "year",
        "type": "string",
        "description": "The year.",
        "constraints": {"required": True},
    }
    assert schema["missingValues"] == ["NA"]
    assert schema["primaryKey"] == ["year"]
    assert schema["foreignKeys"] == [{"fields": ["year"], "reference": {"resource": "years", "fields": ["year"]}}]


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (0, "0"),
        (1_694_790, "1694790"),
        (Fraction(100), "100"),
        (Fraction(511, 10), "51.1"),
        (Fraction(100, 3), "33.3333333333"),
        (Fraction(200, 3), "66.6666666667"),
        (Fraction(-1, 2), "-0.5"),
    ],
)
def test_a_number_is_written_unrounded_and_without_needless_noughts(number: int | Fraction, written: str) -> None:
    assert str(unrounded(number)) == written


def test_only_what_begins_a_formula_is_guarded() -> None:
    assert [guarded(text) for text in ("=a", "+a", "-a", "@a", "\ta", "\ra")] == [
        "'=a",
        "'+a",
        "'-a",
        "'@a",
        "'\ta",
        "'\ra",
    ]
    assert [guarded(text) for text in ("a=b", "<6 weeks", "*", "−0.5", "")] == ["a=b", "<6 weeks", "*", "−0.5", ""]


def test_a_release_is_handed_on_as_it_is(make_release: Callable[..., Release]) -> None:
    release = make_release("2019-20", {"breakdown": "waiting_time", "category": "<6 weeks", "recovery": "*"})
    content = release.rows.to_csv(index=False).encode()
    assert release_resource(release, content).csv is content


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@a", "=a,b"])
def test_a_release_with_a_cell_like_a_formula_is_written_anew(cell: str, make_release: Callable[..., Release]) -> None:
    release = make_release("2019-20", {"breakdown": "age", "category": cell, "recovery": "NULL"})
    made = release_resource(release, release.rows.to_csv(index=False).encode())
    (row,) = csv.DictReader(io.StringIO(made.csv.decode()))
    assert (row["category"], row["recovery"], row["org_code"]) == (f"'{cell}", "NULL", "ENG")
