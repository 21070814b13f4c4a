"""The files of areas: valid, safe from spreadsheets, and saying what the pages say."""

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import pytest

from yearbook.geography import Council, Geography
from yearbook.lineage import Lineage
from yearbook.metrics import METRICS_BY_NAME
from yearbook.organisations import Organisation
from yearbook.outputs.areas import CSV_COLUMNS, SHOWN, area_files
from yearbook.peers import Comparisons
from yearbook.successions import Succession
from yearbook.tables import percent_range
from yearbook.years import FinancialYear

YEAR, NEXT = FinancialYear(2018), FinancialYear(2019)
AREA = Organisation("ccg", "A", name="NHS Alpha CCG")
HOSTILE = Organisation("ccg", "H", name='=HYPERLINK("https://a.b") <script>, “é”')
Make = Callable[..., Comparisons]
Row = Callable[..., dict[str, object]]


@pytest.fixture
def files(make_comparisons: Make, area_row: Row) -> dict[str, bytes]:
    """The files of three areas, one of them named by an enemy and one small, over two years."""
    rows = [
        area_row("A", 46),
        area_row("H", 60),
        area_row("S", 70, 50),
        area_row("C", 0, recovery="*", recovery_percent="*"),
    ]
    years = {"2018-19": rows, "2019-20": [area_row("A", 51, referrals_received=900)]}
    return dict(area_files(make_comparisons(years, AREA, HOSTILE)))


def figures(files: dict[str, bytes], slug: str) -> dict[str, Any]:
    return json.loads(files[f"areas/{slug}/figures.json"])  # type: ignore[no-any-return]


def test_each_area_has_both_files_and_england_too(files: dict[str, bytes]) -> None:
    slugs = {"a-alpha", "h-hyperlink-https-a-b-script-e", "s-s", "c-c", "england"}
    assert set(files) == {
        *(f"areas/{slug}/figures.{kind}" for slug in slugs for kind in ("json", "csv")),
        "areas/areas.json", "areas/finder.json", "areas/metrics.json",
    }  # fmt: skip


def test_every_file_is_utf_8_and_ends_its_last_line(files: dict[str, bytes]) -> None:
    for path, content in files.items():
        assert content.decode("utf-8").endswith("\n"), path
        assert b"\r" not in content, path
        assert b"NaN" not in content, path
        assert b"Infinity" not in content, path
        if path.endswith(".json"):
            json.loads(content)


def test_the_json_says_what_the_page_says(files: dict[str, bytes], make_comparisons: Make, area_row: Row) -> None:
    found = figures(files, "a-alpha")
    assert (found["name"], found["short"], found["type"], found["address"]) == (
        "NHS Alpha CCG", "Alpha", "CCG", "areas/a-alpha/",
    )  # fmt: skip
    assert list(found["years"]) == ["2018-19", "2019-20"]
    facts = found["years"]["2018-19"]["metrics"]["recovery_rate"]
    peers = make_comparisons({"2018-19": [area_row("A", 46), area_row("H", 60)]}).peers("recovery_rate", YEAR, "ccg")
    peer = peers.row(AREA)
    assert (facts["text"], facts["value"], facts["numerator"], facts["denominator"]) == ("46%", "46", 460, 1000)
    assert f"{facts['low']:.0f} to {facts['high']:.0f}" == percent_range(peer.interval) == "43 to 49"
    assert facts["low998"] < facts["low"] < 46 < facts["high"] < facts["high998"]
    assert (facts["rank"], facts["of"], facts["verdict"]) == (2, 2, "worse")


def test_flags_reasons_and_marks_are_told_and_nothing_is_made_up(files: dict[str, bytes]) -> None:
    doubtful = figures(files, "a-alpha")["years"]["2019-20"]["metrics"]["recovery_rate"]
    assert len(doubtful["flags"]) == 2
    assert doubtful["flags"][0].startswith("It finished 1,100")
    small = figures(files, "s-s")["years"]["2018-19"]["metrics"]["recovery_rate"]
    assert small["not_ranked"] == "fewer than 100 referrals stand under its rate"
    assert "rank" not in small
    hidden = figures(files, "c-c")["years"]["2018-19"]["metrics"]["recovery_rate"]
    assert hidden == {"text": "[c]", "status": "suppressed", "why": "hidden because the number is small"}
    assert "reliable_recovery_rate" not in figures(files, "a-alpha")["years"]["2018-19"]["metrics"], "no source has it"


def test_england_has_its_counts_and_no_rank(files: dict[str, bytes]) -> None:
    facts = figures(files, "england")["years"]["2018-19"]["metrics"]
    assert facts["recovery_rate"] == {"text": "50.0%", "value": "50", "numerator": 50_000, "denominator": 100_000}
    assert facts["referrals_received"] == {"text": "300,000", "value": "300000", "numerator": 300_000}


def rows_of(files: dict[str, bytes], slug: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(files[f"areas/{slug}/figures.csv"].decode(), newline="")))


def test_the_csv_holds_what_the_json_holds(files: dict[str, bytes]) -> None:
    for slug in ("a-alpha", "s-s", "c-c", "england"):
        rows = rows_of(files, slug)
        assert tuple(rows[0]) == CSV_COLUMNS
        titles = {METRICS_BY_NAME[name].title: name for name in SHOWN}
        found = {(row["year"], titles[row["metric"]]): row for row in rows}
        expected = {
            (year, name): facts
            for year, held in figures(files, slug)["years"].items()
            for name, facts in held["metrics"].items()
        }
        assert found.keys() == expected.keys()
        for key, facts in expected.items():
            row = found[key]
            assert row["value"] == facts["text"].replace(",", "")
            pairs = (("numerator", "numerator"), ("low_95", "low"), ("high_99_8", "high998"), ("rank", "rank"))
            for column, name in pairs:
                assert row[column] == str(facts.get(name, ""))


def test_the_csv_gives_englands_rate_beside_an_areas(files: dict[str, bytes]) -> None:
    (row,) = [row for row in rows_of(files, "a-alpha") if (row["year"], row["metric"]) == ("2018-19", "Recovery rate")]
    assert row["england"] == "50.0%"


def test_a_name_that_is_a_formula_is_guarded_in_csv_and_whole_in_json(files: dict[str, bytes]) -> None:
    slug = "h-hyperlink-https-a-b-script-e"
    assert figures(files, slug)["name"] == HOSTILE.name
    assert {row["name"] for row in rows_of(files, slug)} == {"'" + HOSTILE.name}
    for row in rows_of(files, slug):
        assert not any(value.startswith(("=", "+", "-", "@")) for value in row.values())


def test_the_metrics_of_the_files_are_described(files: dict[str, bytes]) -> None:
    found = {entry["name"]: entry for entry in json.loads(files["areas/metrics.json"])}
    assert tuple(found) == SHOWN
    for name, entry in found.items():
        metric = METRICS_BY_NAME[name]
        assert (entry["title"], entry["base"], entry["unit"], entry["better"]) == (
            metric.title, metric.base, metric.unit, metric.better,
        )  # fmt: skip


def test_the_finder_knows_an_area_under_all_its_names_codes_and_councils(make_comparisons: Make, area_row: Row) -> None:
    old = Organisation("ccg", "O", name="NHS Old CCG", published_names=("OLD",), first_year="2018-19")
    new = Organisation("ccg", "N", name="NHS New CCG", first_year="2019-20")
    last = Organisation("ccg", "L", name="NHS Last CCG")
    known = {one.key: one for one in (old, new, last)}
    lineage = Lineage(
        (
            Succession(old.key, new.key, NEXT, "recoded"),
            Succession(new.key, last.key, FinancialYear(2020), "merged"),
        ),
        known,
    )
    councils = {new.key: (Council("E1", "Brighton and Hove"), Council("E2", "Adur"))}
    years = {"2018-19": [area_row("O", 50)], "2019-20": [area_row("N", 50)], "2020-21": [area_row("L", 50)]}
    comparisons = make_comparisons(years, *known.values(), lineage=lineage, geography=Geography(council_list=councils))
    entries = json.loads(dict(area_files(comparisons))["areas/finder.json"])
    assert [entry["name"] for entry in entries] == ["NHS Last CCG", "NHS New CCG"]
    assert entries[1] == {
        "name": "NHS New CCG",
        "address": "areas/n-new/",
        "type": "CCG",
        "codes": ["N", "O"],
        "former": ["NHS Old CCG", "OLD"],
        "councils": ["Brighton and Hove", "Adur"],
        "years": "2018-19 to 2019-20",
        "now": "now NHS Last CCG",
    }
    assert (entries[0]["now"], entries[0]["years"], entries[0]["councils"]) == ("", "2020-21", [])


def test_the_index_leads_from_every_code_and_type_to_the_figures_that_have_its_years(
    make_comparisons: Make, area_row: Row
) -> None:
    old = Organisation("stp", "E1", name="Old STP")
    new, beside = Organisation("icb", "QX", name="New ICB"), Organisation("ccg", "QX", name="A CCG with the same code")
    lineage = Lineage((Succession(old.key, new.key, NEXT, "recoded"),), {one.key: one for one in (old, new, beside)})
    years = {
        "2018-19": [area_row("E1", 50, org_type="stp"), area_row("QX", 50)],
        "2019-20": [area_row("QX", 51, org_type="icb")],
    }
    files = dict(area_files(make_comparisons(years, old, new, beside, lineage=lineage)))
    found = json.loads(files["areas/areas.json"])["areas"]
    assert list(found["england"]) == ["ENG"]
    assert found["stp"]["E1"]["figures"] == found["icb"]["QX"]["figures"] != found["ccg"]["QX"]["figures"]
    assert found["stp"]["E1"]["name"] == "Old STP"
    for org_type, codes in found.items():
        for code, entry in codes.items():
            known = json.loads(files[entry["figures"]])
            assert entry["page"] == known["address"]
            own = [year for year, held in known["years"].items() if (held["type"], held["code"]) == (org_type, code)]
            assert entry["years"] == own, (org_type, code)


def test_the_same_archive_gives_the_same_bytes(make_comparisons: Make, area_row: Row) -> None:
    first, second = (dict(area_files(make_comparisons({"2018-19": [area_row("A", 46)]}))) for _ in range(2))
    assert first == second
