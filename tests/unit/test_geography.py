"""Where organisations lie, read from small files that may all be absent."""

from pathlib import Path

import pytest

from yearbook.errors import DataError
from yearbook.geography import COUNCILS, HEXAGONS, MEMBERSHIPS, NEIGHBOURS, TOWNS, Geography, Hexagon, read_geography
from yearbook.organisations import Organisation
from yearbook.years import FinancialYear

KEYS = (
    ("region", "Y1"), ("stp", "Q1"), ("icb", "Q1"), ("ccg", "01A"), ("ccg", "01B"), ("ccg", "02A"), ("provider", "P1"),
)  # fmt: skip
ORGANISATIONS = {key: Organisation(*key, "area", key[1]) for key in KEYS}
FILES = {
    "memberships.csv": (MEMBERSHIPS, ("ccg,01A,icb,Q1,x", "ccg,01A,region,Y1,x", "provider,P1,icb,Q1,x")),
    "councils.csv": (COUNCILS, ("ccg,01A,E2,Zed,", "ccg,01A,E1,Ay,02A")),
    "neighbours.csv": (NEIGHBOURS, ("ccg,01A,02A", "ccg,01A,01B", "ccg,01B,01A")),
    "towns.csv": (TOWNS, ("provider,P1,Hove,x",)),
    "hexagons.csv": (HEXAGONS, ("ccg-2017-18,ccg,01A,0,1", "ccg-2017-18,ccg,01B,1,1", "ccg-2020-21,ccg,02A,0,0")),
}


def write(folder: Path, name: str, *rows: str) -> None:
    columns, usual = FILES[name]
    (folder / name).write_text("\n".join([",".join(columns), *(rows or usual), ""]), encoding="utf-8")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    for name in FILES:
        write(tmp_path, name)
    return tmp_path


def problems_of(folder: Path) -> list[tuple[str, int, str, str]]:
    with pytest.raises(DataError) as refused:
        read_geography(folder, ORGANISATIONS)
    assert all(problem.fix for problem in refused.value.problems)
    return [
        (problem.file.removeprefix(f"{folder.name}/"), problem.line, problem.column, problem.what)
        for problem in refused.value.problems
    ]


def test_without_files_nothing_is_known(tmp_path: Path) -> None:
    geography = read_geography(tmp_path, ORGANISATIONS)
    assert geography == Geography()
    assert geography.parents(("ccg", "01A")) == geography.councils(("ccg", "01A")) == ()
    assert geography.neighbours(("ccg", "01A")) == ()
    assert geography.town(("provider", "P1")) == ""
    assert geography.hexagons("ccg", FinancialYear(2019)) == {}


def test_each_question_has_its_answer_in_order(data: Path) -> None:
    geography = read_geography(data, ORGANISATIONS)
    assert geography.parents(("ccg", "01A")) == (("region", "Y1"), ("icb", "Q1"))
    assert geography.councils(("ccg", "01A")) == ("Ay", "Zed")
    assert [council.via for council in geography.council_list["ccg", "01A"]] == ["02A", ""]
    assert geography.neighbours(("ccg", "01A")) == (("ccg", "01B"), ("ccg", "02A"))
    assert geography.town(("provider", "P1")) == "Hove"


@pytest.mark.parametrize(
    ("year", "cells"),
    [
        (2016, {}),
        (2017, {("ccg", "01A"): Hexagon(0, 1), ("ccg", "01B"): Hexagon(1, 1)}),
        (2019, {("ccg", "01A"): Hexagon(0, 1), ("ccg", "01B"): Hexagon(1, 1)}),
        (2023, {("ccg", "02A"): Hexagon(0, 0)}),
    ],
)
def test_a_layout_holds_from_its_year_until_the_next(
    data: Path, year: int, cells: dict[tuple[str, str], Hexagon]
) -> None:
    geography = read_geography(data, ORGANISATIONS)
    assert geography.hexagons("ccg", FinancialYear(year)) == cells
    assert geography.hexagons("icb", FinancialYear(year)) == {}


@pytest.mark.parametrize(
    ("file", "row", "column", "what"),
    [
        ("memberships.csv", "ccg,09Z,icb,Q1,x", "org_code", "No ccg has the code 09Z."),
        ("memberships.csv", "ccg,01A,icb,Q9,x", "parent_code", "No icb has the code Q9."),
        ("memberships.csv", "icb,Q1,ccg,01A,x", "parent_type", '"ccg" is no wider than "icb".'),
        ("councils.csv", "borough,01A,E1,Ay,", "org_type", '"borough" is not a type of organisation.'),
        ("neighbours.csv", "ccg,01A,01A", "neighbour_code", "The area adjoins itself."),
        ("neighbours.csv", "ccg,01A,09Z", "neighbour_code", "No ccg has the code 09Z."),
        ("towns.csv", "provider,P9,Hove,x", "org_code", "No provider has the code P9."),
        ("hexagons.csv", "ccg-2017-18,icb,Q1,0,0", "layout", '"icb" is not the type of the layout.'),
        ("hexagons.csv", "ccg-2017,ccg,01A,0,0", "layout", '"2017" is not a financial year; write it as 2019-20.'),
        ("hexagons.csv", "ccg-2017-18,ccg,01A,-1,0", "column", '"-1" is not a whole number from 0.'),
    ],
)
def test_a_row_that_cannot_be_is_told_with_its_place(data: Path, file: str, row: str, column: str, what: str) -> None:
    write(data, file, row)
    assert (file, 2, column, what) in problems_of(data)


def test_rows_that_stand_twice_and_cells_with_two_areas_are_told(data: Path) -> None:
    write(data, "towns.csv", "provider,P1,Hove,x", "provider,P1,Lewes,x")
    write(data, "hexagons.csv", "ccg-2017-18,ccg,01A,0,0", "ccg-2017-18,ccg,01B,0,0")
    assert problems_of(data) == [
        ("hexagons.csv", 3, "layout", "ccg-2017-18 0 0 is there already, on line 2."),
        ("towns.csv", 3, "org_code", "provider P1 is there already, on line 2."),
    ]


def test_the_problems_of_all_files_are_told_at_once(data: Path) -> None:
    (data / "towns.csv").write_text("town\n", encoding="utf-8")
    (data / "councils.csv").write_bytes(b"\xff")
    (data / "geography.yml").write_text("- {}\n", encoding="utf-8")
    write(data, "neighbours.csv", "ccg,01A")
    assert {file for file, _, _, _ in problems_of(data)} == {
        "towns.csv", "councils.csv", "geography.yml", "neighbours.csv",
    }  # fmt: skip
