"""What must hold of the facts."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import pytest

from yearbook.archive import Archive
from yearbook.checks import check_archive
from yearbook.registers import Promise, SeriesBreak, Standard, Target
from yearbook.releases import Release, Supplement
from yearbook.values import Figure
from yearbook.years import FinancialYear

YEAR = FinancialYear(2019)
GOOD = {
    "referrals_received": 90,
    "finished_course_of_treatment": 40,
    "not_at_caseness": 4,
    "recovery": 18,
    "recovery_percent": "50.0",
}

MakeRelease = Callable[..., Release]
MakeArchive = Callable[..., Archive]


def told(archive: Archive) -> list[tuple[int, str, str]]:
    return [(problem.line, problem.column, problem.what) for problem in check_archive(archive)]


def test_the_real_data_has_no_problem(archive: Archive) -> None:
    assert check_archive(archive) == ()


def test_good_data_has_no_problem(make_release: MakeRelease, make_archive: MakeArchive) -> None:
    assert told(make_archive(make_release("2019-20", GOOD))) == []


def test_an_archive_without_a_release_is_told_what_to_do(make_archive: MakeArchive) -> None:
    (problem,) = check_archive(make_archive())
    assert problem.fix == "import one with: yearbook add YEAR FILE"


@pytest.mark.parametrize("cell", ["1,205", "-5", "5.5", "", "hidden", "٥"])
def test_a_count_that_is_neither_number_nor_marker_is_told_with_its_line_and_column(
    make_release: MakeRelease, make_archive: MakeArchive, cell: str
) -> None:
    part = {**GOOD, "breakdown": "age", "category": "18 to 25", "recovery": cell}
    what = f'"{cell}" is neither a whole number nor a known marker (* NULL x).'
    assert told(make_archive(make_release("2019-20", GOOD, part))) == [(3, "recovery", what)]


@pytest.mark.parametrize("cell", ["100.1", "101", "-0.1", "51.1%", "1e2"])
def test_a_percentage_outside_its_range_is_told(
    make_release: MakeRelease, make_archive: MakeArchive, cell: str
) -> None:
    what = f'"{cell}" is neither a percentage from 0 to 100 nor a known marker (* NULL x).'
    assert told(make_archive(make_release("2019-20", {**GOOD, "recovery_percent": cell}))) == [
        (2, "recovery_percent", what)
    ]


@pytest.mark.parametrize("cell", ["0", "100", "100.0", "7", "51.1", "*", "NULL", "x"])
def test_a_percentage_in_its_range_is_not_told(make_release: MakeRelease, make_archive: MakeArchive, cell: str) -> None:
    assert told(make_archive(make_release("2019-20", {**GOOD, "recovery_percent": cell}))) == []


def test_a_faulty_cell_of_englands_total_is_told_once(make_release: MakeRelease, make_archive: MakeArchive) -> None:
    assert [column for _, column, _ in told(make_archive(make_release("2019-20", {**GOOD, "recovery": "many"})))] == [
        "recovery"
    ]


def test_englands_total_needs_its_four_counts(make_release: MakeRelease, make_archive: MakeArchive) -> None:
    found = told(make_archive(make_release("2019-20", {**GOOD, "recovery": "*", "not_at_caseness": "x"})))
    assert [what for _, _, what in found] == [
        "England's total has no not at caseness at the start.",
        "England's total has no recovery.",
    ]


def test_a_row_that_stands_twice_is_told(make_release: MakeRelease, make_archive: MakeArchive) -> None:
    part = {**GOOD, "breakdown": "age", "category": "18 to 25"}
    release = make_release("2019-20", GOOD, part, part)
    assert told(make_archive(release)) == [(4, "", "The row england, ENG, age, 18 to 25 stands twice.")]


def test_an_organisation_without_a_name_is_told_once(make_release: MakeRelease, make_archive: MakeArchive) -> None:
    area = {**GOOD, "org_type": "ccg", "org_code": "00Q"}
    archive = make_archive(make_release("2019-20", GOOD, area, {**area, "breakdown": "age", "category": "a"}))
    nameless = replace(archive, organisations={})
    assert told(nameless) == [
        (2, "org_code", "The organisation england ENG has no name."),
        (3, "org_code", "The organisation ccg 00Q has no name."),
    ]


def test_a_release_without_an_entry_in_the_register_is_told(
    make_release: MakeRelease, make_archive: MakeArchive
) -> None:
    archive = replace(make_archive(make_release("2019-20", GOOD)), register={})
    assert told(archive) == [(0, "", "There is no entry for 2019-20.")]


def test_registers_name_metrics_and_kinds_that_exist(make_release: MakeRelease, make_archive: MakeArchive) -> None:
    archive = make_archive(
        make_release("2019-20", GOOD),
        standards=[
            Standard("recovery", Fraction(50), YEAR, None, "t", "s"),
            Standard("recovry", Fraction(50), YEAR, None, "t", "s"),
        ],
        breaks=[SeriesBreak(YEAR, "sudden", "t", "w", "s", metrics=("unscored", "unscord"))],
        targets=[Target("entered", YEAR, Fraction(50), "people", "t", "c", "s")],
    )
    assert [what for _, _, what in told(archive)] == [
        '"recovry" is not a metric.',
        '"entered" is not a metric.',
        '"unscord" is not a metric.',
        '"sudden" is not a kind of break.',
    ]


def test_the_supplement_names_measures_and_percentages_that_exist(
    make_release: MakeRelease, make_archive: MakeArchive
) -> None:
    names = ("ended_referrals", "completion_rate_percent", "ended_referals", "completion_percent")
    rows = [Supplement(YEAR, name, Figure(1), "post", "s") for name in names]
    found = told(make_archive(make_release("2019-20", GOOD), supplement=rows))
    assert [what.split(" of ")[0] for _, _, what in found] == ['"ended_referals"', '"completion_percent"']


def test_the_problems_of_every_year_are_told_together(make_release: MakeRelease, make_archive: MakeArchive) -> None:
    releases = [make_release(year, {**GOOD, "referrals_received": "?"}) for year in ("2018-19", "2019-20")]
    assert [problem.file for problem in check_archive(make_archive(*releases))] == [
        "data/releases/2018-19.csv",
        "data/releases/2019-20.csv",
    ]


def test_a_registered_year_without_its_file_is_told(make_archive: MakeArchive, make_release: MakeRelease) -> None:
    archive = make_archive(make_release("2018-19"), make_release("2019-20"))
    gone = {year: release for year, release in archive.releases.items() if str(year) != "2019-20"}
    told = [problem.what for problem in check_archive(replace(archive, releases=gone))]
    assert "2019-20 is registered, but data/releases/2019-20.csv is missing." in told


def test_a_promise_names_a_metric_that_exists_and_has_a_name_of_its_own(
    make_release: MakeRelease, make_archive: MakeArchive
) -> None:
    promise = Promise("finish", "all finish", "all", "once", "c", "s")
    archive = replace(
        make_archive(make_release("2019-20", GOOD)),
        promises=(promise, replace(promise, metric="recovry_rate"), replace(promise, name="other", metric="recovery")),
    )
    assert [what for _, _, what in told(archive)] == [
        '"recovry_rate" is not a metric.',
        'Two promises are called "finish".',
    ]
