"""Corrections change what they were written for, or fail."""

from pathlib import Path

import pytest

from yearbook.corrections import Correction, apply_corrections, read_corrections
from yearbook.errors import DataError
from yearbook.years import FinancialYear

YEAR = FinancialYear(2019)


def columns() -> dict[str, list[str]]:
    """Three published rows: an organisation, its twin under another name, and another."""
    return {
        "org_type": ["Provider"] * 3,
        "org_code": ["A", "A", "B"],
        "org_name": ["OLD", "NEW", "OTHER"],
        "variable_type": ["Total"] * 3,
        "variable_a": ["NULL"] * 3,
        "variable_b": ["NULL"] * 3,
        "recovery": ["50", "50", "1,205"],
    }


def drop(**same: str) -> Correction:
    return Correction(YEAR, "twice", {"org_code": "A", "org_name": "NEW"}, 1, True, same or {"org_name": "OLD"})


def test_rows_that_repeat_others_are_dropped() -> None:
    assert apply_corrections([drop()], columns(), YEAR) == {1}


def test_a_correction_of_another_year_does_nothing() -> None:
    assert apply_corrections([drop()], columns(), YEAR.next) == frozenset()


def test_rows_that_differ_are_not_dropped() -> None:
    published = columns()
    published["recovery"][1] = "55"
    with pytest.raises(DataError, match="no longer repeat"):
        apply_corrections([drop()], published, YEAR)


def test_a_row_that_has_no_twin_is_not_dropped() -> None:
    with pytest.raises(DataError, match="no longer repeat"):
        apply_corrections([drop(org_name="GONE")], columns(), YEAR)


def test_a_cell_is_set_where_it_is_as_expected() -> None:
    published = columns()
    fix = Correction(
        YEAR, "comma", {"org_code": "B"}, 1, expect={"recovery": "1,205"}, replacements={"recovery": "1205"}
    )
    assert apply_corrections([fix], published, YEAR) == frozenset()
    assert published["recovery"] == ["50", "50", "1205"]


def test_when_one_expectation_fails_nothing_is_changed() -> None:
    published = columns()
    fits = Correction(
        YEAR, "comma", {"org_code": "B"}, 1, expect={"recovery": "1,205"}, replacements={"recovery": "1205"}
    )
    fails = Correction(YEAR, "comma", {"org_code": "A"}, 2, expect={"recovery": "51"}, replacements={"recovery": "52"})
    absent = Correction(
        YEAR, "none", {"org_code": "A"}, 3, expect={"at_caseness": "1"}, replacements={"at_caseness": "2"}
    )
    with pytest.raises(DataError) as refused:
        apply_corrections([fits, fails, absent], published, YEAR)
    assert [problem.line for problem in refused.value.problems] == [2, 3]
    assert published == columns()


def test_a_missing_or_empty_file_has_no_corrections(tmp_path: Path) -> None:
    assert read_corrections(tmp_path / "corrections.yml") == ()
    (tmp_path / "corrections.yml").write_text("# none yet\n", encoding="utf-8")
    assert read_corrections(tmp_path / "corrections.yml") == ()


def test_the_repositorys_corrections_are_read_with_their_lines() -> None:
    path = Path(__file__).resolve().parents[2] / "data" / "corrections.yml"
    corrections = read_corrections(path)
    assert all(correction.reason for correction in corrections)
    lines = path.read_text("utf-8").splitlines()
    assert all(lines[correction.line - 1].startswith("- year:") for correction in corrections)


def moved(adds_up_to: int) -> tuple[Correction, dict[str, list[str]]]:
    """A correction that counts the recoveries of provider A as people, and published rows for it."""
    published = {**columns(), "recovery": ["50", "50.0", "5"], "people_referred": ["x", "x", "9"]}
    moves = {"recovery": "people_referred"}
    return Correction(YEAR, "of people", {"org_code": "A"}, 4, moves=moves, adds_up_to=adds_up_to), published


def test_cells_are_moved_to_the_measure_they_are_of() -> None:
    move, published = moved(100)
    assert apply_corrections([move], published, YEAR) == frozenset()
    assert published["people_referred"] == ["50", "50.0", "9"]
    assert published["recovery"] == ["x", "x", "5"]


def test_cells_that_add_up_to_something_else_stay_where_they_are() -> None:
    move, published = moved(99)
    with pytest.raises(DataError, match="adds up to 100") as refused:
        apply_corrections([move], published, YEAR)
    assert refused.value.problems[0].line == 4
    assert published["recovery"] == ["50", "50.0", "5"]


def test_a_move_needs_its_sum_and_does_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "data" / "corrections.yml"
    path.parent.mkdir()
    path.write_text(
        '- year: "2019-20"\n  reason: people\n  rows: {org_code: A}\n'
        "  move: {recovery: peopel_referred}\n  drop: true\n",
        encoding="utf-8",
    )
    with pytest.raises(DataError) as refused:
        read_corrections(path)
    assert {problem.what for problem in refused.value.problems} == {
        "A correction drops rows, or sets cells, or moves them.",
        '"peopel_referred" is not a measure.',
        "A move needs a guard.",
        "A drop needs a guard.",
    }
