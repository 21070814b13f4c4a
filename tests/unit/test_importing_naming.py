"""Names in proper capitals by rule and exception; what a maintainer edits stays."""

import csv
import shutil
from pathlib import Path

import pytest

from yearbook.importing import AddOptions, add_release
from yearbook.importing.crosswalks import Crosswalks, read_crosswalks
from yearbook.importing.naming import display_name, kind_of

REPOSITORY = Path(__file__).resolve().parents[2]
GOOD = REPOSITORY / "tests" / "releases" / "good"


@pytest.fixture(scope="module")
def crosswalks() -> Crosswalks:
    return read_crosswalks(REPOSITORY / "data" / "crosswalks")


@pytest.mark.parametrize(
    "name",
    [
        "NHS Brighton and Hove CCG",
        "NHS Bath and North East Somerset, Swindon and Wiltshire CCG",
        "NHS Stoke on Trent CCG",
        "NHS Hartlepool and Stockton-on-Tees CCG",
        "NHS Central London (Westminster) CCG",
        "NHS Black Country ICB - D2P2L",
        "East of England commissioning hub",
        "Norfolk and Waveney Health & Care Partnership (STP)",
        "The Newcastle upon Tyne Hospitals NHS Foundation Trust",
        "St John's Health Centre",
        "City Health Care Partnership CIC",
        "Newham IAPT",
        "Dover Counselling Centre HQ",
        "Insight Healthcare - Nottingham City",
        "Survivors of O'Neill",
        "42nd Street",
        "ieso Digital Health",
        "LGBT Foundation",
        "We Are With You in Kent & Medway",
        "Vita Health Group: VitaMinds Derby",
        "Off the Record Youth Counselling",
        "McKinley House",
        "1829 Building",
    ],
)
def test_capitals_become_proper_ones(crosswalks: Crosswalks, name: str) -> None:
    assert display_name(name.upper(), crosswalks) == name


def test_a_dotted_abbreviation_loses_its_dots(crosswalks: Crosswalks) -> None:
    assert display_name("SPIRAL HEALTH C.I.C", crosswalks) == "Spiral Health CIC"


@pytest.mark.parametrize(
    ("org_type", "published", "name"),
    [
        ("icb", "NHS SUSSEX INTEGRATED CARE BOARD", "NHS Sussex ICB"),
        ("icb", "NHS Devon Integrated Care Board", "NHS Devon ICB"),
        ("icb", "UNKNOWN", "Unknown"),
        ("region", "NORTH WEST COMMISSIONING REGION", "North West"),
        ("region", "Midlands and East of England commissioning region", "Midlands and East of England"),
        ("stp", "CHESHIRE AND MERSEYSIDE", "Cheshire and Merseyside STP"),
        ("stp", "Frimley Health", "Frimley Health STP"),
        ("stp", "DEVON STP", "Devon STP"),
        ("stp", "LANCASHIRE AND SOUTH CUMBRIA ICS", "Lancashire and South Cumbria ICS"),
        ("stp", "SUSSEX HEALTH AND CARE PARTNERSHIP", "Sussex Health and Care Partnership"),
        ("stp", "UNKNOWN", "Unknown"),
        ("ccg", "NHS DEVON CCG", "NHS Devon CCG"),
        ("provider", "LIVING WELL CONSORTIUM (HERBERT ROAD)", "Living Well Consortium (Herbert Road)"),
    ],
)
def test_a_name_says_its_type_as_readers_know_it(
    crosswalks: Crosswalks, org_type: str, published: str, name: str
) -> None:
    assert display_name(published, crosswalks, org_type) == name


def test_a_name_with_small_letters_stays(crosswalks: Crosswalks) -> None:
    assert (
        display_name("Healthier Lancashire  and South Cumbria", crosswalks) == "Healthier Lancashire and South Cumbria"
    )


def test_pseudo_areas_are_typed_as_such() -> None:
    assert kind_of("ccg", "13Q", "NATIONAL COMMISSIONING HUB 1") == "commissioning hub"
    assert kind_of("stp", "UNKNOWN", "UNKNOWN") == "unknown"
    assert kind_of("ccg", "04K", "NHS NOTTINGHAM CITY CCG") == "area"
    assert kind_of("provider", "RWV", "DEVON PARTNERSHIP NHS TRUST") == "provider"


def test_an_edited_name_or_kind_is_not_overwritten(tmp_path: Path) -> None:
    shutil.copytree(REPOSITORY / "data" / "crosswalks", tmp_path / "data" / "crosswalks")
    files = {year: next((GOOD / year).glob("psych*.csv")) for year in ("2020-21", "2021-22")}
    add_release(tmp_path, "2020-21", files["2020-21"], AddOptions())
    path = tmp_path / "data" / "organisations.csv"
    edited = path.read_text("utf-8")
    edited = edited.replace("area,NHS Brighton and Hove CCG,", "area,Brighton & Hove,").replace(
        "ccg,13Q,commissioning hub", "ccg,13Q,area"
    )
    path.write_text(edited, encoding="utf-8")
    add_release(tmp_path, "2021-22", files["2021-22"], AddOptions())
    with path.open(encoding="utf-8", newline="") as file:
        rows = {(row["org_type"], row["org_code"]): row for row in csv.DictReader(file)}
    brighton = rows["ccg", "09D"]
    assert brighton["name"] == "Brighton & Hove"
    assert (brighton["first_year"], brighton["last_year"]) == ("2020-21", "2021-22")
    assert brighton["published_names"] == "NHS BRIGHTON AND HOVE CCG"
    assert rows["ccg", "13Q"]["kind"] == "area"


def test_a_new_published_name_is_shown_and_the_old_one_kept(tmp_path: Path) -> None:
    shutil.copytree(REPOSITORY / "data" / "crosswalks", tmp_path / "data" / "crosswalks")
    old, new = (next((GOOD / year).glob("psych*.csv")) for year in ("2018-19", "2019-20"))
    renamed = tmp_path / "renamed.csv"
    renamed.write_text(new.read_text("utf-8").replace("ST JOHN'S HEALTH CENTRE", "JOHNSON STREET"), encoding="utf-8")
    add_release(tmp_path, "2019-20", renamed, AddOptions())
    add_release(tmp_path, "2018-19", old, AddOptions())
    with (tmp_path / "data" / "organisations.csv").open(encoding="utf-8", newline="") as file:
        row = next(row for row in csv.DictReader(file) if row["org_code"] == "RWK4C")
    assert row["name"] == "Johnson Street"
    assert row["published_names"] == "JOHNSON STREET|ST JOHN'S HEALTH CENTRE"
