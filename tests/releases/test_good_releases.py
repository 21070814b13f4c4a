"""Each year's whole published header is imported, every column of it, into the canonical rows expected."""

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from yearbook.importing import AddOptions, add_release
from yearbook.importing.crosswalks import PUBLISHED_KEYS, read_crosswalks
from yearbook.measures import MEASURES
from yearbook.organisations import read_organisations
from yearbook.releases import Breakdown, read_register, read_release
from yearbook.values import Status
from yearbook.years import FinancialYear

Snapshot = Callable[[Path], dict[str, bytes]]

REPOSITORY = Path(__file__).resolve().parents[2]
GOOD = Path(__file__).parent / "good"
YEARS = sorted(folder.name for folder in GOOD.iterdir())
HEADERS = Path(__file__).parent / "headers"
"""The first line of each year's main file, as published."""
PUBLISHED_HEADERS = REPOSITORY.parent / "shared" / "releases" / "headers"


def published(year: str) -> Path:
    """The small release of a year."""
    return next(path for path in (GOOD / year).iterdir() if path.name.startswith("psych"))


@pytest.mark.parametrize("year", YEARS)
def test_release_becomes_the_canonical_rows_expected(
    year: str, project: Path, check_golden: Callable[[Path, str], None]
) -> None:
    addition = add_release(project, year, published(year), AddOptions())
    assert addition.changed
    assert [path.as_posix() for path in addition.written] == [
        f"data/releases/{year}.csv",
        "data/organisations.csv",
        "data/releases.yml",
    ]
    check_golden(GOOD / year / "expected.csv", (project / "data" / "releases" / f"{year}.csv").read_text("utf-8"))
    check_golden(GOOD / year / "report.txt", addition.report() + "\n")


@pytest.mark.parametrize("year", YEARS)
def test_every_published_column_reaches_a_measure(year: str, project: Path) -> None:
    with published(year).open(encoding="utf-8", newline="") as file:
        header = next(csv.reader(file))
    add_release(project, year, published(year), AddOptions())
    release = read_release(project / "data" / "releases" / f"{year}.csv", FinancialYear.parse(year))
    derived = 0 if "Count_EndedAfterOneTreatment" in header else 1
    assert len(release.measures) == len(header) - len(PUBLISHED_KEYS) + derived
    assert all(release.figure(measure).status is Status.PUBLISHED for measure in release.measures)


def first_line(path: Path) -> str:
    return path.read_text("utf-8").splitlines()[0]


def test_every_year_has_a_small_file_and_its_header() -> None:
    assert sorted(path.stem for path in HEADERS.glob("*.csv")) == YEARS


@pytest.mark.parametrize("year", YEARS)
def test_small_files_have_the_published_header(year: str) -> None:
    assert first_line(published(year)) == first_line(HEADERS / f"{year}.csv")


@pytest.mark.parametrize("year", YEARS)
def test_the_headers_kept_here_are_those_of_the_published_files(year: str) -> None:
    original = PUBLISHED_HEADERS / f"main_{year}.header.csv"
    if not original.exists():
        pytest.skip("the published files are not beside the repository")
    assert first_line(HEADERS / f"{year}.csv") == first_line(original)


def test_all_years_in_any_order_give_the_same_data(project: Path, tmp_path: Path, snapshot: Snapshot) -> None:
    other = tmp_path / "other"
    shutil.copytree(project, other)
    for year in YEARS:
        add_release(project, year, published(year), AddOptions())
    for year in reversed(YEARS):
        add_release(other, year, published(year), AddOptions())
    assert snapshot(project) == snapshot(other)


@pytest.mark.parametrize("year", YEARS)
def test_order_of_rows_and_columns_and_case_of_names_change_nothing(year: str, project: Path, tmp_path: Path) -> None:
    with published(year).open(encoding="utf-8", newline="") as file:
        header, *rows = list(csv.reader(file))
    shuffled = tmp_path / "shuffled.csv"
    order = sorted(range(len(header)), key=lambda place: header[place][::-1])
    with shuffled.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([header[place].upper() for place in order])
        writer.writerows([row[place] for place in order] for row in reversed(rows))
    add_release(project, year, shuffled, AddOptions())
    canonical = (project / "data" / "releases" / f"{year}.csv").read_bytes()
    assert canonical == (GOOD / year / "expected.csv").read_bytes()


def test_a_release_added_twice_changes_nothing(project: Path, snapshot: Snapshot) -> None:
    add_release(project, "2019-20", published("2019-20"), AddOptions())
    before = snapshot(project)
    again = add_release(project, "2019-20", published("2019-20"), AddOptions())
    assert not again.changed
    assert again.written == ()
    assert again.report().endswith("The data of 2019-20 is so already: nothing was written.")
    assert snapshot(project) == before


def test_a_trial_run_writes_nothing(project: Path, snapshot: Snapshot) -> None:
    before = snapshot(project)
    addition = add_release(project, "2019-20", published("2019-20"), AddOptions(dry_run=True))
    assert addition.changed
    assert addition.written == ()
    assert addition.report().endswith(
        "A trial run: nothing was written. Mend what the report names, then run it again without --dry-run."
    )
    assert snapshot(project) == before


def test_a_revision_is_reported_cell_by_cell(
    project: Path, tmp_path: Path, check_golden: Callable[[Path, str], None]
) -> None:
    add_release(project, "2019-20", published("2019-20"), AddOptions(published="2020-07-30", notes=("first",)))
    lines = published("2019-20").read_text("utf-8").splitlines()
    assert lines[1].startswith("England,All,All,Total,NULL,NULL,22000,")
    lines[1] = lines[1].replace(",22000,", ",22001,")
    gone = next(place for place, line in enumerate(lines) if line.startswith("CCG,13Q,") and ",Gender," in line)
    del lines[gone]
    revised = tmp_path / "psych-ther-ann-rep-csv-2019-20-main-csv-v2.csv"
    revised.write_text("\n".join(lines) + "\n", encoding="utf-8")
    addition = add_release(project, "2019-20", revised, AddOptions())
    check_golden(GOOD.parent / "revision.txt", addition.report() + "\n")
    entry = read_register(project / "data" / "releases.yml")[FinancialYear(2019)]
    assert (entry.revision, entry.file, entry.published, entry.notes) == (2, revised.name, "", ("first",))


def test_next_years_release_is_reported_against_this_years(
    project: Path, check_golden: Callable[[Path, str], None]
) -> None:
    for year in ("2020-21", "2021-22"):
        add_release(project, year, published(year), AddOptions())
    addition = add_release(project, "2022-23", published("2022-23"), AddOptions())
    check_golden(GOOD.parent / "next-year.txt", addition.report() + "\n")


def test_a_year_the_crosswalk_does_not_know_is_matched_by_any_known_header(
    project: Path, tmp_path: Path, check_golden: Callable[[Path, str], None]
) -> None:
    text = published("2023-24").read_text("utf-8")
    for old, new in (
        ("Percentage_FinishedCourseTreatment", "Percentage_Variable_withFCT"),
        ("Mean_WaitEnteredTreatment", "Median_WaitAccessingServices"),
        ("Count_EndedBeforeTreatment", "Count_EndedBeforeTreatmnt"),
        ("Mean_ContactDuration", "Count_SomethingNew"),
    ):
        text = text.replace(old, new, 1)
    text = text.replace("02 Hearing", "02 Hearing loss").replace("Stepped Care Pathway", "Pathway of Care")
    future = tmp_path / "psych-ther-ann-rep-csv-2024-25-main2.csv"
    future.write_text(text, encoding="utf-8")
    addition = add_release(project, "2024-25", future, AddOptions())
    check_golden(GOOD.parent / "unknown-year.txt", addition.report() + "\n")
    release = read_release(project / "data" / "releases" / "2024-25.csv", FinancialYear(2024))
    assert "median_wait_entered" in release.measures
    assert "ended_before_treatment" not in release.measures
    assert release.figure("finished_percent").exact == 100
    assert release.figure("recovery", breakdown=Breakdown("disability", "02 Hearing loss")).known
    assert release.figure(
        "recovery", breakdown=Breakdown("pathway_of_care", "Received only low intensity therapy")
    ).known


def test_sub_icb_rows_are_kept_with_their_totals_and_ages(project: Path) -> None:
    add_release(project, "2022-23", published("2022-23"), AddOptions())
    release = read_release(project / "data" / "releases" / "2022-23.csv", FinancialYear(2022))
    location = ("sub_icb", "D2P2L")
    assert release.figure("referrals_received", location).exact == 2390
    assert {row.breakdown for row in release.breakdowns(location)} == {
        "total", "waiting_time", "deprivation", "age", "ethnic_group", "gender",
    }  # fmt: skip
    organisations = read_organisations(project / "data" / "organisations.csv")
    assert organisations[location].name == "NHS Black Country ICB - D2P2L"


def test_a_revision_with_a_measure_less_keeps_none_of_it(project: Path, tmp_path: Path) -> None:
    add_release(project, "2019-20", published("2019-20"), AddOptions())
    with published("2019-20").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    place = rows[0].index("CountEndedReferrals")
    smaller = tmp_path / "smaller.csv"
    with smaller.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(row[:place] + row[place + 1 :] for row in rows)
    addition = add_release(project, "2019-20", smaller, AddOptions())
    assert "measures gone: ended_referrals, ended_after_one_treatment" in addition.report()


def test_every_measure_of_the_annual_file_is_in_the_column_crosswalk(project: Path) -> None:
    crosswalks = read_crosswalks(project / "data" / "crosswalks")
    named = {column.name for column in crosswalks.columns}
    assert {measure.name for measure in MEASURES} - named == {"people_referred"}
