"""Our own small CSV files are read with every fault of their shape told at once."""

from pathlib import Path

import pytest

from yearbook.errors import DataError, Problem
from yearbook.tabular import read_rows


def test_rows_come_with_the_line_they_end_on(tmp_path: Path) -> None:
    file = tmp_path / "small.csv"
    file.write_text('name,note\na,"two\nlines"\n\nb,\n', encoding="utf-8")
    assert read_rows(file, "data/small.csv", ("name",), []) == [
        (3, {"name": "a", "note": "two\nlines"}),
        (5, {"name": "b", "note": ""}),
    ]


def test_every_line_with_too_many_or_too_few_fields_is_told(tmp_path: Path) -> None:
    file = tmp_path / "small.csv"
    file.write_text("name,note\na,b, c\nd\n", encoding="utf-8")
    problems: list[Problem] = []
    assert read_rows(file, "data/small.csv", ("name", "note"), problems) == []
    assert [(problem.line, problem.what) for problem in problems] == [
        (2, "The line has 3 fields and the header 2."),
        (3, "The line has 1 field and the header 2."),
    ]


def test_a_missing_column_is_told_with_the_header_to_write(tmp_path: Path) -> None:
    file = tmp_path / "small.csv"
    file.write_text("name\na\n", encoding="utf-8")
    with pytest.raises(
        DataError, match=r"The file has no column note\.\n  Mend: begin the file with the line name,note"
    ):
        read_rows(file, "data/small.csv", ("name", "note"), [])
