"""Data that was damaged since it was written is an error of its own, not a crash; nothing is written."""

import shutil
from pathlib import Path

import pytest

from yearbook.errors import DataError
from yearbook.importing import AddOptions, add_release

REPOSITORY = Path(__file__).resolve().parents[2]
GOOD = REPOSITORY / "tests" / "releases" / "good"


def small(year: str) -> Path:
    return next((GOOD / year).glob("psych*.csv"))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    shutil.copytree(REPOSITORY / "data" / "crosswalks", tmp_path / "data" / "crosswalks")
    for year in ("2017-18", "2018-19"):
        add_release(tmp_path, year, small(year), AddOptions())
    return tmp_path


@pytest.mark.parametrize(
    ("year", "old", "new"),
    [
        ("2018-19", "org_type,", "<<<<<<< HEAD\norg_type,"),
        ("2018-19", "ccg,09D,total", "ccg"),
        ("2018-19", "ccg,09D,total", "Ccg,09D,total"),
        ("2018-19", "ccg,09D,total", "ccg,09D,extra,total"),
        ("2017-18", "org_type,", "<<<<<<< HEAD\norg_type,"),
        ("2017-18", "ccg,09D,total", "ccg"),
        ("2017-18", "ccg,09D,total", "Ccg,09D,total"),
    ],
)
def test_a_damaged_release_is_named(project: Path, year: str, old: str, new: str) -> None:
    path = project / "data" / "releases" / f"{year}.csv"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    before = (project / "data" / "releases.yml").read_bytes()
    with pytest.raises(DataError, match=f"data/releases/{year}.csv"):
        add_release(project, "2019-20", small("2019-20"), AddOptions())
    assert (project / "data" / "releases.yml").read_bytes() == before
    assert not (project / "data" / "releases" / "2019-20.csv").exists()


def test_a_damaged_supplement_is_named(project: Path, tmp_path: Path) -> None:
    (project / "data" / "supplement.csv").write_text("year,measure\n2019-20,recovery\n", encoding="utf-8")
    supplement = tmp_path / "supplement.csv"
    supplement.write_text("year,measure,value,basis,source,note\n2019-20,recovery,5,annual,x,\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"data/supplement\.csv"):
        add_release(project, "all", supplement, AddOptions())
