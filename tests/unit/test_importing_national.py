"""The tidy England file and the national supplement."""

import csv
import shutil
from pathlib import Path

import pytest

from yearbook.errors import DataError, UsageError
from yearbook.importing import AddOptions, add_release
from yearbook.releases import Breakdown, read_register, read_release, read_supplement
from yearbook.values import Status
from yearbook.years import FinancialYear

REPOSITORY = Path(__file__).resolve().parents[2]
TIDY_HEADER = (
    "reporting_period,start_date,end_date,org_type,org_code,org_name,variable_type,variable_a,variable_b,"
    "measure_name,measure_statistic,value"
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    shutil.copytree(REPOSITORY / "data" / "crosswalks", tmp_path / "project" / "data" / "crosswalks")
    return tmp_path / "project"


def tidy_file(folder: Path) -> Path:
    """A tidy file of two years, with a religion and an ethnic group whose names the tidy copy lost."""
    rows = []
    for year in ("2013-14", "2014-15"):
        start = f"{year},{year[:4]}-04-01,20{year[-2:]}-03-31,England,All,All"
        rows += [
            f"{start},Total,,,referrals_received,count,1118990.0",
            f"{start},Total,,,finished_course_treatment,count,364343.0",
            f"{start},Total,,,recovery,percentage,45.0",
            f"{start},Religion,,,recovery,percentage,44.4",
            f"{start},Ethnic Group,,African,recovery,count,5.0",
            f"{start},Ethnic Group,White,White,recovery,count,50.0",
        ]
    path = folder / "england.csv"
    path.write_text("\n".join([TIDY_HEADER, *rows]) + "\n", encoding="utf-8")
    return path


def test_a_tidy_file_becomes_a_release_a_year(project: Path, tmp_path: Path) -> None:
    addition = add_release(project, "all", tidy_file(tmp_path), AddOptions(provenance="from a copy"))
    assert [str(year) for year in addition.years] == ["2013-14", "2014-15"]
    release = read_release(project / "data" / "releases" / "2013-14.csv", FinancialYear(2013))
    assert release.figure("referrals_received").exact == 1118990
    assert release.figure("recovery").status is Status.NOT_COLLECTED
    assert release.figure("recovery_percent", breakdown=Breakdown("religion", "none")).known
    assert (
        release.figure("recovery", breakdown=Breakdown("ethnic_group", "Black or Black British", "African")).exact == 5
    )
    assert release.figure("recovery", breakdown=Breakdown("ethnic_group", "White", "all")).exact == 50
    register = read_register(project / "data" / "releases.yml")
    assert {str(year) for year in register} == {"2013-14", "2014-15"}
    assert register[FinancialYear(2013)].provenance == "from a copy"


def test_one_year_of_a_tidy_file_is_imported_alone(project: Path, tmp_path: Path) -> None:
    addition = add_release(project, "2014-15", tidy_file(tmp_path), AddOptions())
    assert [str(year) for year in addition.years] == ["2014-15"]
    assert not (project / "data" / "releases" / "2013-14.csv").exists()


def supplement_file(folder: Path, figure: str = "1647716") -> Path:
    path = folder / "supplement.csv"
    path.write_text(
        "year,measure,value,basis,source,note\n"
        f"2019-20,ended_referrals,{figure},post,posts/one.txt,\n"
        "2019-20,finished_percent_of_ended_treated,55.3,post,posts/one.txt,\n"
        '2018-19,mean_treatment_appointments,6.9,annual,"A, B",rounded\n'
        "2018-19,waited_under_6_weeks_percent,89.4,annual,https://example.org/,\n",
        encoding="utf-8",
    )
    return path


CITED = AddOptions(rename_source={"posts/one.txt": 'A blog, post "One"'})


def test_supplement_has_our_names_its_basis_and_a_citation(project: Path, tmp_path: Path) -> None:
    addition = add_release(project, "all", supplement_file(tmp_path), CITED)
    assert [path.as_posix() for path in addition.written] == ["data/supplement.csv"]
    rows = read_supplement(project / "data" / "supplement.csv")
    assert [(str(row.year), row.measure) for row in rows] == [
        ("2018-19", "mean_treatment_appointments"),
        ("2018-19", "first_treatment_within_6_weeks_percent"),
        ("2019-20", "ended_referrals"),
        ("2019-20", "completion_rate_percent"),
    ]
    assert rows[2].source == 'A blog, post "One"'
    assert (rows[0].source, rows[0].note) == ("A, B", "rounded")
    assert not add_release(project, "all", supplement_file(tmp_path), CITED).changed


def test_a_source_that_is_a_file_of_ones_own_is_reported(project: Path, tmp_path: Path) -> None:
    report = add_release(project, "all", supplement_file(tmp_path), AddOptions()).report()
    assert "--cite 'posts/one.txt=TEXT'" in report


def test_a_citation_of_a_source_that_is_not_there_is_an_error(project: Path, tmp_path: Path) -> None:
    options = AddOptions(rename_source={"posts/on.txt": "A blog"})
    with pytest.raises(DataError, match=r"Did you mean posts/one\.txt"):
        add_release(project, "all", supplement_file(tmp_path), options)


def test_one_year_of_a_supplement_replaces_that_year_only(project: Path, tmp_path: Path) -> None:
    add_release(project, "all", supplement_file(tmp_path), CITED)
    addition = add_release(project, "2019-20", supplement_file(tmp_path, "1647717"), AddOptions())
    assert "changed: 2019-20 ended_referrals 1647716 (post) → 1647717" in addition.report()
    with (project / "data" / "supplement.csv").open(encoding="utf-8", newline="") as file:
        values = [(row["year"], row["value"]) for row in csv.DictReader(file)]
    assert values == [("2018-19", "6.9"), ("2018-19", "89.4"), ("2019-20", "1647717"), ("2019-20", "55.3")]


@pytest.mark.parametrize(
    ("year", "options", "message"),
    [
        ("2019", AddOptions(), "write it as 2019-20, or all"),
        ("2019-21", AddOptions(), "did you mean 2019-20"),
        ("2019-20", AddOptions(published="30 July 2020"), "write it as 2020-07-30"),
        ("2019-20", AddOptions(page="digital.nhs.uk"), "begins with https://"),
        ("all", AddOptions(), "holds one year"),
    ],
)
def test_an_impossible_request_is_refused(project: Path, year: str, options: AddOptions, message: str) -> None:
    small = REPOSITORY / "tests/releases/good/2019-20/psych-ther-ann-rep-csv-2019-20-main-csv.csv"
    with pytest.raises(UsageError, match=message):
        add_release(project, year, small, options)


def test_a_folder_without_data_is_no_project(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="not a Yearbook project"):
        add_release(tmp_path, "2019-20", tmp_path / "x.csv", AddOptions())
