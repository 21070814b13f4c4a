"""Reading the whole of data/ and telling all its problems at once."""

import shutil
from pathlib import Path

import pytest

from yearbook.archive import read_archive
from yearbook.errors import DataError
from yearbook.years import FinancialYear

REGISTERS = (
    "standards.yml", "breaks.yml", "events.yml", "targets.yml", "promises.yml", "costs.yml", "untreated_recovery.yml",
    "quotations.yml",
)  # fmt: skip
FILES = ("supplement.csv", "releases.yml", "organisations.csv", *REGISTERS)
SMALL = "2013-14.csv"


@pytest.fixture
def data(tmp_path: Path, project: Path) -> Path:
    """A copy of the registers with one small release."""
    folder = tmp_path / "data"
    (folder / "releases").mkdir(parents=True)
    for name in FILES:
        shutil.copy(project / "data" / name, folder / name)
    shutil.copy(project / "data" / "releases" / SMALL, folder / "releases" / SMALL)
    return folder


def problems_of(folder: Path) -> list[tuple[str, str]]:
    with pytest.raises(DataError) as refused:
        read_archive(folder)
    return [(problem.file, problem.what) for problem in refused.value.problems]


def test_the_years_are_those_that_have_a_release(data: Path) -> None:
    shutil.copy(data / "releases" / SMALL, data / "releases" / "2012-13.csv")
    assert read_archive(data).years == (FinancialYear(2012), FinancialYear(2013))


def test_the_real_data_has_every_year_from_2012_13(project: Path) -> None:
    years = [FinancialYear.parse(path.stem) for path in (project / "data" / "releases").glob("*.csv")]
    assert sorted(years)[0] == FinancialYear(2012)
    assert len(years) == sorted(years)[-1].start - 2012 + 1 >= 12


@pytest.mark.parametrize("name", [name for name in FILES if name != "releases.yml"])
def test_a_file_that_is_missing_is_told(data: Path, name: str) -> None:
    (data / name).unlink()
    assert problems_of(data) == [(f"data/{name}", "The file is missing.")]


@pytest.mark.parametrize("name", FILES)
def test_a_file_in_another_encoding_is_told(data: Path, name: str) -> None:
    (data / name).write_bytes((data / name).read_bytes() + b"\xe9")
    ((file, what),) = problems_of(data)
    assert file == f"data/{name}"
    assert what.startswith("The file is not UTF-8 (byte ")


def test_a_release_whose_name_is_no_year_is_told(data: Path) -> None:
    (data / "releases" / SMALL).rename(data / "releases" / "2013-15.csv")
    assert problems_of(data) == [
        ("data/releases/2013-15.csv", '"2013-15" is not a financial year; did you mean 2013-14?')
    ]


def test_lineage_and_geography_may_be_absent(data: Path) -> None:
    archive = read_archive(data)
    assert archive.lineage.successions == ()
    assert archive.geography.memberships == {}


def test_lineage_and_geography_are_read_where_they_are(data: Path, project: Path) -> None:
    shutil.copy(project / "data" / "lineage.csv", data)
    shutil.copy(project / "data" / "towns.csv", data)
    archive = read_archive(data)
    assert archive.lineage.today(("ccg", "09D")) == (("icb", "QNX"),)
    assert archive.geography.town(("provider", "RX2")) == "Worthing"


def test_without_organisations_their_lineage_has_no_problems_of_its_own(data: Path, project: Path) -> None:
    shutil.copy(project / "data" / "lineage.csv", data)
    (data / "organisations.csv").unlink()
    assert problems_of(data) == [("data/organisations.csv", "The file is missing.")]


def test_problems_of_lineage_and_geography_are_told_with_the_others(data: Path) -> None:
    (data / "lineage.csv").write_text("old\n", encoding="utf-8")
    (data / "towns.csv").write_text("town\n", encoding="utf-8")
    (data / "events.yml").unlink()
    assert {file for file, _ in problems_of(data)} == {"data/lineage.csv", "data/towns.csv", "data/events.yml"}


def test_the_problems_of_all_files_are_told_at_once(data: Path) -> None:
    (data / "releases" / SMALL).write_text("nothing,here\n", encoding="utf-8")
    (data / "events.yml").unlink()
    (data / "supplement.csv").write_text("year\n", encoding="utf-8")
    (data / "standards.yml").write_text("- {}\n", encoding="utf-8")
    assert {file for file, _ in problems_of(data)} == {
        f"data/releases/{SMALL}",
        "data/events.yml",
        "data/supplement.csv",
        "data/standards.yml",
    }
