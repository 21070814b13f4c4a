"""The figures and the facts as tidy tables, on small archives."""

import csv
import io
from collections.abc import Callable
from dataclasses import replace

import pytest

from yearbook.archive import Archive
from yearbook.corrections import Correction
from yearbook.metrics import METRICS
from yearbook.outputs.attribution import bibtex, citation, data_version
from yearbook.outputs.catalogues import metric_catalogue, organisations
from yearbook.outputs.package import build_package, package_files
from yearbook.outputs.registers import corrections, register_resources
from yearbook.outputs.resources import Resource
from yearbook.outputs.tidy import england_resource, groups_resource, metrics_resource
from yearbook.reconcile import reconcile_release
from yearbook.releases import Release, Supplement
from yearbook.report import Report
from yearbook.values import Figure
from yearbook.years import FinancialYear

YEAR = FinancialYear(2019)
TOTALS = {"referrals_received": 200, "finished_course_of_treatment": 100, "not_at_caseness": 10, "recovery": 30}
WOMEN = {
    "breakdown": "gender",
    "category": "female",
    "referrals_received": 120,
    "finished_course_of_treatment": 60,
    "not_at_caseness": "NULL",
    "recovery": "*",
}


@pytest.fixture
def small(make_archive: Callable[..., Archive], make_release: Callable[..., Release]) -> Archive:
    """One year of England, the total and one group."""
    supplement = Supplement(YEAR, "ended_referrals", Figure(190), "post", "A post")
    return make_archive(make_release("2019-20", TOTALS, WOMEN), supplement=[supplement])


def rows(resource: Resource) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(resource.csv.decode())))


def test_each_cell_of_england_is_a_row_with_its_status(small: Archive) -> None:
    found = {(row["breakdown"], row["measure"]): (row["value"], row["status"]) for row in rows(england_resource(small))}
    assert len(found) == 8
    assert found["total", "recovery"] == ("30", "published")
    assert found["gender", "recovery"] == ("NA", "suppressed")
    assert found["gender", "not_at_caseness"] == ("NA", "not_applicable")


def test_a_metric_has_its_value_its_sum_and_where_it_comes_from(small: Archive) -> None:
    found = {row["metric"]: row for row in rows(metrics_resource(Report(small)))}
    assert list(found) == [metric.name for metric in METRICS]
    rate = found["recovery_rate"]
    assert (rate["value"], rate["printed"], rate["numerator"], rate["denominator"]) == (
        "33.3333333333",
        "33.3%",
        "30",
        "90",
    )
    assert (rate["basis"], rate["sources"]) == ("annual", "The publisher, Report of 2019-20")
    assert (found["ended_referrals"]["value"], found["ended_referrals"]["basis"]) == ("190", "post")
    missing = found["entered_treatment"]
    assert (missing["value"], missing["printed"], missing["status"]) == ("NA", "[x]", "not_collected")
    assert (missing["basis"], missing["sources"]) == ("", "")


def test_what_is_hidden_in_a_group_hides_its_rate(small: Archive) -> None:
    found = {row["metric"]: row for row in rows(groups_resource(Report(small)))}
    assert (found["recovery_rate"]["value"], found["recovery_rate"]["status"]) == ("NA", "suppressed")
    assert (found["share_of_received"]["value"], found["share_of_received"]["numerator"]) == ("60", "120")
    assert {row["label"] for row in found.values()} == {"female"}
    assert {row["grouping"] for row in found.values()} == {"gender"}


def test_the_catalogue_gives_every_formula_in_words() -> None:
    found = {row["name"]: row["formula"] for row in rows(metric_catalogue())}
    assert list(found) == [metric.name for metric in METRICS]
    assert found["recovery"] == "recovery"
    assert (
        found["recovery_rate"] == "recovery ÷ (finished a course of treatment less not at caseness at the start) × 100"
    )
    assert found["referrals_per_person"] == "referrals received ÷ people referred"


def test_a_name_like_a_formula_is_guarded(small: Archive) -> None:
    england = next(iter(small.organisations.values()))
    named = replace(small, organisations={england.key: replace(england, name="=HYPERLINK(1)")})
    assert rows(organisations(named))[0]["name"] == "'=HYPERLINK(1)"


def test_a_correction_is_told_with_its_rows_and_its_reason(small: Archive) -> None:
    made = Correction(YEAR, "Twice.", {"org_code": "A"}, drop=True, same_values_as={"org_code": "B"})
    other = Correction(YEAR, "Wrong.", {"org_code": "A"}, expect={"recovery": "5"}, replacements={"recovery": "50"})
    first, second = rows(corrections(replace(small, corrections=(made, other))))
    assert (first["rows"], first["action"], first["same_values_as"]) == ("org_code: A", "drop", "org_code: B")
    assert (second["action"], second["expected"], second["replacement"]) == ("set", "recovery: 5", "recovery: 50")


def test_the_registers_stand_even_where_they_are_empty(small: Archive) -> None:
    found = register_resources(small, reconcile_release(small.releases[YEAR]))
    assert {resource.name: resource.rows for resource in found} == {
        "releases": 1,
        "targets": 0,
        "promises": 0,
        "costs": 0,
        "untreated-recovery": 0,
        "supplement": 1,
        "standards": 0,
        "breaks": 0,
        "events": 0,
        "corrections": 0,
        "reconciliation": 1,
    }


def test_the_version_rises_with_a_year_and_with_a_revision_of_any(small: Archive) -> None:
    assert data_version(small) == "2019-20.1"
    revised = replace(small, register={YEAR: replace(small.register[YEAR], revision=3)})
    assert data_version(revised) == "2019-20.3"
    assert "Data version 2019-20.3." in citation(revised)
    assert "version = {2019-20.3}" in bibtex(revised)
    assert bibtex(revised).count("{") == bibtex(revised).count("}")


def test_the_package_has_each_file_once(small: Archive) -> None:
    levels = reconcile_release(small.releases[YEAR])
    package = build_package(Report(small), levels, {YEAR: b"org_type\n"}, {}, {})
    paths = [path for path, _ in package_files(package)]
    assert len(paths) == len(set(paths))
    assert {"data/datapackage.json", "data/tables/datapackage.json", "data/releases/2019-20.csv"} <= set(paths)
    assert "data/releases/2019-20.json" not in paths
