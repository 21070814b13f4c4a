"""The register of organisations."""

from pathlib import Path

import pytest

from yearbook.errors import DataError
from yearbook.organisations import COLUMNS, ENGLAND, KINDS, ORGANISATION_TYPES, read_organisations


def write(folder: Path, *rows: str) -> Path:
    path = folder / "organisations.csv"
    path.write_text("\n".join([",".join(COLUMNS), *rows, ""]), encoding="utf-8")
    return path


def test_an_organisation_is_known_by_type_and_code(tmp_path: Path) -> None:
    rows = (
        "ccg,00Q,area,Blackburn with Darwen,NHS BLACKBURN|Nhs Blackburn,2017-18,2021-22",
        "provider,00Q,provider,Another,,,",
    )
    found = read_organisations(write(tmp_path, *rows))
    assert list(found) == [("ccg", "00Q"), ("provider", "00Q")]
    assert found["ccg", "00Q"].published_names == ("NHS BLACKBURN", "Nhs Blackburn")
    assert found["provider", "00Q"].published_names == ()


def test_a_file_without_its_columns_is_refused_with_the_line_to_write(tmp_path: Path) -> None:
    path = tmp_path / "organisations.csv"
    path.write_text("org_type,org_code,name\nccg,00Q,Blackburn\n", encoding="utf-8")
    with pytest.raises(DataError) as refused:
        read_organisations(path)
    (problem,) = refused.value.problems
    assert (problem.line, problem.what) == (1, "The file has no column kind, published_names, first_year, last_year.")
    assert ",".join(COLUMNS) in problem.fix


def test_england_is_an_area_of_a_type_of_its_own() -> None:
    assert ENGLAND.key == ("england", "ENG")
    assert ENGLAND.org_type in ORGANISATION_TYPES
    assert ENGLAND.kind in KINDS
