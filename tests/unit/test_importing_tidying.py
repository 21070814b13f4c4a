"""Derived counts hide what their terms hide, and a new type can be left out by data."""

import csv
import shutil
from pathlib import Path

import pytest

from yearbook.importing import AddOptions, add_release
from yearbook.importing.tidying import derive_one_treatment

REPOSITORY = Path(__file__).resolve().parents[2]
SMALL = REPOSITORY / "tests" / "releases" / "good" / "2019-20" / "psych-ther-ann-rep-csv-2019-20-main-csv.csv"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    shutil.copytree(REPOSITORY / "data" / "crosswalks", tmp_path / "project" / "data" / "crosswalks")
    return tmp_path / "project"


@pytest.mark.parametrize(
    ("terms", "exact", "cell"),
    [
        (("1647716", "551977", "606192"), True, "489547"),
        (("100", "60", "40"), True, "0"),
        (("100", "60", "41"), True, "x"),
        (("100", "60", "20"), False, "20"),
        (("100", "60", "40"), False, "*"),
        (("100", "60", "45"), False, "*"),
        (("*", "60", "20"), False, "*"),
        (("100", "*", "NULL"), False, "*"),
        (("100", "x", "NULL"), True, "x"),
        (("NULL", "NULL", "20"), True, "NULL"),
        (("100", "bad", "20"), True, "x"),
    ],
)
def test_ended_after_one_treatment_is_derived_only_from_three_published_numbers(
    terms: tuple[str, str, str], exact: bool, cell: str
) -> None:
    assert derive_one_treatment(terms, exact) == cell


def test_a_type_without_ours_in_the_crosswalk_is_left_out_and_said_so(project: Path, tmp_path: Path) -> None:
    with (project / "data" / "crosswalks" / "organisation_types.csv").open("a", encoding="utf-8") as file:
        file.write("Primary Care Network,\n")
    with SMALL.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    network = ["Primary Care Network", "U12345", "A NETWORK", *rows[1][3:]]
    release = tmp_path / "release.csv"
    with release.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([*rows, network])
    addition = add_release(project, "2019-20", release, AddOptions())
    assert "types that the crosswalk leaves out: 1 left out" in addition.report()
    assert "U12345" not in (project / "data" / "organisations.csv").read_text("utf-8")


def test_identity_of_the_ended_cohort_is_checked_where_it_is_published(project: Path, tmp_path: Path) -> None:
    small = SMALL.parents[1] / "2022-23" / "psych-ther-ann-rep-csv-2022-23-main-v2.csv"
    text = small.read_text("utf-8")
    assert ",24000,7750,6250," in text
    changed = tmp_path / "changed.csv"
    changed.write_text(text.replace(",24000,7750,6250,", ",24000,7750,6251,"), encoding="utf-8")
    clean = add_release(project, "2022-23", small, AddOptions(dry_run=True)).report()
    report = add_release(project, "2022-23", changed, AddOptions()).report()
    assert "is not" not in clean
    assert "ended 24,000 is not 7,750 before treatment + 6,251 after one + 10,000 finished" in report


def test_unrounded_counts_below_england_are_reported(project: Path, tmp_path: Path) -> None:
    text = SMALL.read_text("utf-8").replace(
        "CCG,09D,NHS BRIGHTON AND HOVE CCG,Total,NULL,NULL,2755,", "CCG,09D,X,Total,NULL,NULL,2757,"
    )
    changed = tmp_path / "changed.csv"
    changed.write_text(text, encoding="utf-8")
    report = " ".join(add_release(project, "2019-20", changed, AddOptions()).report().split())
    assert "1 counts below England are not multiples of 5, or 0: are they rounded as published?" in report
