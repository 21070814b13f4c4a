"""Canonical releases, the supplement and the register of releases."""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

from yearbook.errors import DataError
from yearbook.releases import (
    SUPPLEMENT_BASES,
    SUPPLEMENT_COLUMNS,
    Breakdown,
    Release,
    parse_cell,
    read_register,
    read_release,
    read_supplement,
    supplement_unit,
)
from yearbook.report import BASES, BASIS_WORDS
from yearbook.values import Figure, Status
from yearbook.years import FinancialYear

MakeRelease = Callable[..., Release]

YEAR = FinancialYear(2019)
HEADER = "org_type,org_code,breakdown,category,subcategory,recovery,recovery_percent\n"


def read(folder: Path, text: str | bytes) -> Release:
    path = folder / "2019-20.csv"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_release(path, YEAR, "data/releases/2019-20.csv")


def problems_of(folder: Path, text: str | bytes) -> list[tuple[int, str, str]]:
    with pytest.raises(DataError) as refused:
        read(folder, text)
    return [(problem.line, problem.column, problem.what) for problem in refused.value.problems]


@pytest.mark.parametrize(
    ("cell", "unit", "figure"),
    [
        ("291371", "count", Figure(291_371)),
        ("0", "count", Figure(0)),
        ("51.1", "percent", Figure(Fraction(511, 10), unit="percent")),
        ("100", "percent", Figure(Fraction(100), unit="percent")),
        ("6.9", "appointments", Figure(Fraction(69, 10), unit="appointments")),
        ("*", "count", Figure.missing(Status.SUPPRESSED)),
        ("NULL", "percent", Figure.missing(Status.NOT_APPLICABLE, "percent")),
        ("x", "days", Figure.missing(Status.NOT_COLLECTED, "days")),
    ],
)
def test_a_cell_is_a_number_or_a_marker(cell: str, unit: str, figure: Figure) -> None:
    assert parse_cell(cell, unit) == figure


@pytest.mark.parametrize("cell", ["", "1,205", "-5", "5.0", "1e3", "NaN", " 5", "٥", "null", "**"])
def test_a_count_that_is_no_whole_number_is_refused(cell: str) -> None:
    with pytest.raises(ValueError, match="neither a whole number nor a known marker"):
        parse_cell(cell, "count")


@pytest.mark.parametrize("cell", ["", "100.1", "-1", "51.1%", "NaN", "Infinity", "1e1", "1_0", "1/2", ".5", "5.", "٥"])
def test_a_percentage_outside_its_range_is_refused(cell: str) -> None:
    with pytest.raises(ValueError, match="neither a percentage from 0 to 100 nor a known marker"):
        parse_cell(cell, "percent")


def test_a_figure_is_found_by_organisation_and_breakdown(make_release: MakeRelease) -> None:
    age = {"breakdown": "age", "category": "18 to 25"}
    area = {"org_type": "ccg", "org_code": "00Q"}
    release = make_release("2019-20", {"recovery": 9}, {"recovery": 5, **age}, {"recovery": "*", **area})
    assert release.figure("recovery") == Figure(9)
    assert release.figure("recovery", breakdown=Breakdown("age", "18 to 25")) == Figure(5)
    assert release.figure("recovery", ("ccg", "00Q")).status is Status.SUPPRESSED


def test_a_row_or_a_column_that_is_not_there_is_not_collected(make_release: MakeRelease) -> None:
    release = make_release("2019-20", {"recovery": 9})
    assert release.figure("recovery", ("ccg", "00Q")).status is Status.NOT_COLLECTED
    assert release.figure("mean_wait_finished") == Figure.missing(Status.NOT_COLLECTED, "days")


def test_breakdowns_are_listed_in_the_order_of_the_file(make_release: MakeRelease) -> None:
    rows = [
        {"recovery": 1, "breakdown": kind, "category": category}
        for kind, category in (("gender", "b"), ("age", "z"), ("gender", "a"))
    ]
    release = make_release("2019-20", *rows, {"recovery": 1, "org_type": "ccg", "org_code": "00Q"})
    assert release.breakdowns() == (Breakdown("gender", "b"), Breakdown("age", "z"), Breakdown("gender", "a"))
    assert release.breakdowns(breakdown="gender") == (Breakdown("gender", "b"), Breakdown("gender", "a"))


def test_text_that_looks_like_nothing_stays_text(tmp_path: Path) -> None:
    release = read(tmp_path, HEADER + "england,ENG,total,,,NULL,51.10\n")
    assert release.figure("recovery").status is Status.NOT_APPLICABLE
    assert release.figure("recovery_percent").exact == Fraction(511, 10)


def test_every_wrong_column_is_told_at_once(tmp_path: Path) -> None:
    text = "org_type,org_code,breakdown,category,recovry,recovery,recovery\n"
    assert [(column, what) for _, column, what in problems_of(tmp_path, text)] == [
        ("", "The file does not begin with the columns org_type, org_code, breakdown, category, subcategory."),
        ("recovery.1", '"recovery.1" is not a measure.'),
    ]


def test_a_misspelt_measure_is_told(tmp_path: Path) -> None:
    assert problems_of(tmp_path, HEADER.replace("recovery,", "recovry,"))[0][1:] == (
        "recovry",
        '"recovry" is not a measure.',
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        (HEADER + "england,ENG,age,é,,5,6\n").encode("latin-1"),
        HEADER + "england,ENG,total,,,5,6\nengland,ENG,age,a,,5,6,7\n",
    ],
    ids=["empty", "not UTF-8", "a row too long"],
)
def test_a_file_that_is_no_table_is_refused(tmp_path: Path, text: str | bytes) -> None:
    ((_, _, what),) = problems_of(tmp_path, text)
    assert what.startswith("The file cannot be read as canonical CSV: ")


def test_rows_longer_than_the_header_do_not_shift_their_cells(tmp_path: Path) -> None:
    assert (2, "", "The rows have more cells than the header has columns.") in problems_of(
        tmp_path, HEADER + "england,ENG,total,,,5,6,7\n"
    )


def test_an_empty_line_does_not_shift_the_lines_told(tmp_path: Path) -> None:
    release = read(tmp_path, HEADER + "england,ENG,total,,,5,6\n\nengland,ENG,age,a,,7,6\n")
    assert release.rows["recovery"].tolist() == ["5", "", "7"]


def supplement(folder: Path, *rows: str) -> Path:
    path = folder / "supplement.csv"
    path.write_text("\n".join([",".join(SUPPLEMENT_COLUMNS), *rows, ""]), encoding="utf-8")
    return path


def test_the_supplement_gives_counts_and_published_rates_with_their_decimals(tmp_path: Path) -> None:
    rows = ("2019-20,ended_referrals,1647716,post,A post,", "2021-22,completion_rate_percent,57.7,post,A post,a note")
    first, second = read_supplement(supplement(tmp_path, *rows))
    assert (first.figure, first.places) == (Figure(1_647_716), 0)
    assert (second.figure, second.places, second.note) == (Figure(Fraction(577, 10), unit="percent"), 1, "a note")


def test_every_wrong_row_of_the_supplement_is_told_with_its_line(tmp_path: Path) -> None:
    rows = (
        '2019-20,recovery,"1,205",post,s,',
        "2019-20,recovery,5,annual,s,",
        "2019,recovery,5,annual,s,",
        "2019-20,recovery,5,annul,s,",
        "2019-20,recovery",
    )
    with pytest.raises(DataError) as refused:
        read_supplement(supplement(tmp_path, *rows), "data/supplement.csv")
    assert [(problem.file, problem.line) for problem in refused.value.problems] == [
        ("data/supplement.csv", line) for line in (2, 4, 5, 6)
    ]


@pytest.mark.parametrize("value", ["*", "NULL", "x"])
def test_a_supplement_has_a_figure_in_every_row(tmp_path: Path, value: str) -> None:
    with pytest.raises(DataError) as refused:
        read_supplement(supplement(tmp_path, f"2019-20,recovery,{value},annual,s,"))
    assert [(problem.line, problem.column, problem.what) for problem in refused.value.problems] == [
        (2, "value", f'"{value}" is not a figure.')
    ]


def test_every_fault_of_a_row_of_the_supplement_is_told(tmp_path: Path) -> None:
    with pytest.raises(DataError) as refused:
        read_supplement(supplement(tmp_path, '2019,recovery,"1,205",annul,s,'))
    assert [problem.column for problem in refused.value.problems] == ["basis", "value", "year"]


def test_a_figure_of_the_supplement_that_stands_twice_on_a_basis_is_told(tmp_path: Path) -> None:
    rows = (
        "2019-20,recovery,5,annual,s,",
        "2019-20,recovery,6,post,s,",
        "2018-19,recovery,5,annual,s,",
        "2019-20,recovery,6,annual,another,",
    )
    with pytest.raises(DataError) as refused:
        read_supplement(supplement(tmp_path, *rows))
    assert [(problem.line, problem.what) for problem in refused.value.problems] == [
        (5, "The figure 2019-20, recovery, annual is there already, on line 2.")
    ]


def test_a_supplement_without_its_columns_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "supplement.csv"
    path.write_text("year,measure,value\n", encoding="utf-8")
    with pytest.raises(DataError, match="no column basis, source, note"):
        read_supplement(path)


def test_the_bases_of_the_supplement_are_those_a_value_can_stand_on() -> None:
    assert tuple(basis for basis, _ in BASES) == tuple(BASIS_WORDS) == SUPPLEMENT_BASES


def test_a_measure_has_its_own_unit_and_any_other_name_is_a_percentage() -> None:
    assert [
        supplement_unit(name) for name in ("recovery", "mean_treatment_appointments", "completion_rate_percent")
    ] == [
        "count",
        "appointments",
        "percent",
    ]


ENTRY = """\
- year: 2019-20
  title: The annual report
  publisher: NHS Digital
  page: https://example.org/
  file: main.csv
  sha256: "00"
  licence: OGL
"""


def test_the_register_is_read_by_year(tmp_path: Path) -> None:
    path = tmp_path / "releases.yml"
    path.write_text(ENTRY + "  notes: [One., Two.]\n  revision: 2\n", encoding="utf-8")
    entry = read_register(path)[YEAR]
    assert (entry.title, entry.notes, entry.revision, entry.provenance) == (
        "The annual report",
        ("One.", "Two."),
        2,
        "",
    )


def test_a_project_without_a_register_has_no_entries(tmp_path: Path) -> None:
    assert read_register(tmp_path / "releases.yml") == {}


def test_an_entry_that_lacks_a_field_or_has_a_strange_one_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "releases.yml"
    other = ENTRY.replace("2019-20", "2020-21").replace("  licence: OGL\n", "  license: OGL\n")
    path.write_text(ENTRY + other, encoding="utf-8")
    with pytest.raises(DataError) as refused:
        read_register(path)
    assert [(problem.line, problem.column) for problem in refused.value.problems] == [(8, "licence"), (14, "license")]
    assert "Did you mean licence?" in str(refused.value)


def test_an_entry_of_the_register_holds_what_each_field_is_for(tmp_path: Path) -> None:
    path = tmp_path / "releases.yml"
    wrong = "  revision: [1]\n  notes: One.\n  published: 30 July 2020\n  provenance: {a: b}\n"
    path.write_text(ENTRY.replace("main.csv", "2019") + wrong, encoding="utf-8")
    with pytest.raises(DataError) as refused:
        read_register(path)
    assert [(problem.line, problem.column, problem.what) for problem in refused.value.problems] == [
        (5, "file", '"2019" is not text.'),
        (8, "revision", "A list is not a whole number from 1."),
        (9, "notes", '"One." is not a list.'),
        (10, "published", '"30 July 2020" is not a day.'),
        (11, "provenance", "A mapping of fields is not text."),
    ]


@pytest.mark.parametrize("published", ["2020-07-30", '"2020-07-30"'])
def test_a_day_is_read_with_and_without_quotation_marks(tmp_path: Path, published: str) -> None:
    path = tmp_path / "releases.yml"
    path.write_text(f"{ENTRY}  published: {published}\n", encoding="utf-8")
    assert read_register(path)[YEAR].published == "2020-07-30"


def test_a_year_with_two_entries_is_told(tmp_path: Path) -> None:
    path = tmp_path / "releases.yml"
    path.write_text(ENTRY + ENTRY, encoding="utf-8")
    with pytest.raises(DataError) as refused:
        read_register(path)
    assert [(problem.line, problem.what) for problem in refused.value.problems] == [
        (8, "2019-20 has an entry already, on line 1.")
    ]
