"""`yearbook geography`: public lookups of a country of four squares, and what is wrong with bad ones."""

import csv
import json
import shutil
from pathlib import Path

import pytest

from yearbook.archive import read_archive
from yearbook.errors import DataError
from yearbook.importing.geography import compute_geography, import_geography
from yearbook.importing.lookups import LOOKUPS, read_lookups
from yearbook.lineage import read_lineage
from yearbook.organisations import COLUMNS, read_organisations
from yearbook.years import FinancialYear

ORGANISATIONS = """\
england,ENG,area,England,,2017-18,2022-23
region,Y1,area,North,,2017-18,2018-19
region,Y2,area,West,,2019-20,2022-23
region,Y3,area,East,,2019-20,2022-23
stp,E1,area,One STP,,2017-18,2019-20
stp,E2,area,Two STP,,2017-18,2019-20
stp,QA,area,One Partnership,,2020-21,2021-22
stp,QB,area,Two Partnership,,2020-21,2021-22
icb,QA,area,NHS One ICB,,2022-23,2022-23
icb,QB,area,NHS Two ICB,,2022-23,2022-23
ccg,01A,area,NHS Ay CCG,,2017-18,2019-20
ccg,01B,area,NHS Bee CCG,,2017-18,2019-20
ccg,02A,area,NHS Both CCG,,2020-21,2021-22
ccg,03A,area,NHS Cee CCG,,2017-18,2021-22
ccg,04A,area,NHS Dee CCG,,2017-18,2021-22
ccg,13Q,commissioning hub,A hub,,2017-18,2021-22
provider,P1,provider,A provider,,2017-18,2022-23
provider,P2,provider,Another provider,,2017-18,2022-23
"""

# Bee lay in the second STP and went to the first when it merged with Ay; QA's boundary of 2021 is therefore E9's.
LOOKUP_FILES = {
    "ccg_ods_successors_2013_2021.csv": "old_code,new_code,date\n01A,02A,2020-04-01\n01B,02A,2020-04-01\n",
    "ccg13_ods_gss.csv": "ods,name,gss\n01A,A,G1\n01B,B,G2\n03A,C,G3\n04A,D,G4\n",
    "ccg_sicbl_gss_ods_by_snapshot.csv": "snapshot,gss,ods,name\n2021-06,G5,02A,Both\n",
    "ccg21_stp21.csv": (
        "\ufeffccg21_code,ccg21_name,stp21_code,stp21_name\nG5,Both,E9,One\nG3,Cee,E9,One\nG4,Dee,E8,Two\n"
    ),
    "sicbl22_icb22.csv": (
        "sicbl22_code,sicbl22_code_h,sicbl22_name,icb22_code,icb22_code_h,icb22_name\n"
        "G5,02A,x,E9,QA,x\nG3,03A,x,E9,QA,x\nG4,04A,x,E8,QB,x\n"
    ),
    "sicbl24_icb24.csv": (
        "sicbl24_code,sicbl24_code_nhs,icb24_code,icb24_code_nhs\nG5,02A,E9,QA\nG3,03A,E9,QA\nG4,04A,E8,QB\n"
    ),
    "ccg_2021_local_authorities.csv": (
        "CCG21CD,CCG21CDH,CCG21NM,LAD21CD,LAD21NM\nG5,02A,x,L1,Ayton\nG5,02A,x,L2,Beeton\nG3,03A,x,L2,Beeton\n"
        "G4,04A,x,L4,Deeton\n"
    ),
    "providers.csv": "org_code,town,icb_code,region_code\nP1,Ayton,QA,Y2\nP2,Deeton,QZ,Y9\n",
}
CROSSWALKS = {
    "icb_regions.csv": "icb_code,2017-18,2019-20\nQA,Y1,Y2\nQB,Y1,Y3\n",
    "stps.csv": "stp_code,icb_code,note\nE1,QA,gained Bee\nE2,QB,lost Bee\n",
    "ccg_stps.csv": "ccg_code,stp_code,note\n01B,E2,until March 2020\n",
    "ground_moves.csv": "ccg_code,to_code,year,council_code,note\n",
    "provider_icbs.csv": "provider_code,icb_code,postcode\nP2,QB,DE1 1AA\n",
}
SQUARES = {"G1": (0, 1), "G2": (1, 1), "G3": (0, 0), "G4": (1, 0)}


def outlines(codes: dict[str, list[tuple[int, int]]], name: str) -> str:
    """Squares of a tenth of a degree, and oblongs of two of them, as GeoJSON."""
    features = []
    for code, places in codes.items():
        polygons = []
        for across, up in places:
            west, south = -1 + across / 10, 52 + up / 10
            east, north = west + 0.1, south + 0.1
            polygons.append([[[west, south], [east, south], [east, north], [west, north], [west, south]]])
        features.append({"properties": {name: code}, "geometry": {"type": "MultiPolygon", "coordinates": polygons}})
    return json.dumps({"type": "FeatureCollection", "features": features})


@pytest.fixture
def country(tmp_path: Path) -> Path:
    folder = tmp_path / "lookups"
    folder.mkdir()
    for name, text in LOOKUP_FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    older = {code: [place] for code, place in SQUARES.items()}
    (folder / "boundaries_ccg_2015.topojson").write_text(outlines(older, "AREACD"))
    newer = {"G5": [SQUARES["G1"], SQUARES["G2"]], "G3": [SQUARES["G3"]], "G4": [SQUARES["G4"]]}
    (folder / "boundaries_ccg_2021.geojson").write_text(outlines(newer, "ccg21_code"))
    return folder


@pytest.fixture
def own(tmp_path: Path, country: Path) -> Path:
    project = tmp_path / "project"
    (project / "data" / "crosswalks").mkdir(parents=True)
    (project / "data" / "organisations.csv").write_text(f"{','.join(COLUMNS)}\n{ORGANISATIONS}", encoding="utf-8")
    for name, text in CROSSWALKS.items():
        (project / "data" / "crosswalks" / name).write_text(text, encoding="utf-8")
    return project


def rows(content: bytes) -> set[str]:
    return set(content.decode("utf-8").splitlines()[1:])


def test_the_files_say_what_the_lookups_and_crosswalks_say(own: Path, country: Path) -> None:
    files = compute_geography(own / "data", country, layouts=()).files
    assert rows(files["lineage.csv"]) == {
        "ccg,01A,ccg,02A,2020-21,merged,ccg-successors",
        "ccg,01B,ccg,02A,2020-21,merged,ccg-successors",
        "ccg,02A,icb,QA,2022-23,succeeded,sicbl22-icb22",
        "ccg,02A,sub_icb,02A,2022-23,recoded,sicbl22-icb22",
        "ccg,03A,icb,QA,2022-23,succeeded,sicbl22-icb22",
        "ccg,03A,sub_icb,03A,2022-23,recoded,sicbl22-icb22",
        "ccg,04A,icb,QB,2022-23,recoded,sicbl22-icb22",
        "ccg,04A,sub_icb,04A,2022-23,recoded,sicbl22-icb22",
        "region,Y1,region,Y2,2019-20,split,crosswalks",
        "region,Y1,region,Y3,2019-20,split,crosswalks",
        "stp,E1,stp,QA,2020-21,redrawn,crosswalks",
        "stp,E2,stp,QA,2020-21,transferred,crosswalks",
        "stp,E2,stp,QB,2020-21,redrawn,crosswalks",
        "stp,QA,icb,QA,2022-23,recoded,sicbl22-icb22",
        "stp,QB,icb,QB,2022-23,recoded,sicbl22-icb22",
    }
    assert {row for row in rows(files["memberships.csv"]) if row.startswith(("ccg,01B", "provider"))} == {
        "ccg,01B,region,Y1,crosswalks",
        "ccg,01B,region,Y2,crosswalks",
        "ccg,01B,stp,E2,crosswalks",
        "ccg,01B,stp,QA,ccg21-stp21",
        "ccg,01B,icb,QA,sicbl22-icb22",
        "provider,P1,icb,QA,providers",
        "provider,P1,region,Y2,providers",
        "provider,P2,icb,QB,crosswalks",
        "provider,P2,region,Y3,crosswalks",
    }
    assert {row for row in rows(files["councils.csv"]) if row.startswith(("ccg,01A", "icb,QA"))} == {
        "ccg,01A,L1,Ayton,02A", "ccg,01A,L2,Beeton,02A", "icb,QA,L1,Ayton,", "icb,QA,L2,Beeton,",
    }  # fmt: skip
    assert rows(files["towns.csv"]) == {"provider,P1,Ayton,providers", "provider,P2,Deeton,providers"}
    ccgs = {tuple(row.split(",")[1:]) for row in rows(files["neighbours.csv"]) if row.startswith("ccg")}
    pairs = {("01A", "01B"), ("01A", "03A"), ("01B", "04A"), ("03A", "04A"), ("02A", "03A"), ("02A", "04A")}
    assert ccgs == pairs | {(other, one) for one, other in pairs}


def test_what_is_written_can_be_read_and_written_again(own: Path, country: Path) -> None:
    pytest.importorskip("scipy", reason="hex maps are laid out with scipy, of the dev packages")
    report = import_geography(own, country)
    data = own / "data"
    lineage = read_lineage(data / "lineage.csv", read_organisations(data / "organisations.csv"))
    assert lineage.today(("ccg", "01B")) == (("icb", "QA"),)
    assert "data/lineage.csv: 15 rows" in report
    assert "1 transferred" in report
    with (data / "hexagons.csv").open(encoding="utf-8", newline="") as file:
        cells = {(row["layout"], row["column"], row["row"]) for row in csv.DictReader(file)}
    assert len(cells) == 4 + 3 + 2 + 2 + 2  # CCGs twice, STPs twice, ICBs
    written = {path.name: path.read_bytes() for path in data.glob("*.*")}
    assert import_geography(own, country) == report
    assert {path.name: path.read_bytes() for path in data.glob("*.*")} == written


def test_an_archive_reads_what_was_written(own: Path, country: Path, project: Path) -> None:
    for name, content in compute_geography(own / "data", country, layouts=()).files.items():
        (own / "data" / name).write_bytes(content)
    registers = ("standards", "breaks", "events", "targets", "promises", "costs", "untreated_recovery", "quotations")
    for name in (f"{register}.yml" for register in registers):
        (own / "data" / name).write_text("[]\n")
    shutil.copy(project / "data" / "supplement.csv", own / "data")
    archive = read_archive(own / "data")
    assert archive.geography.councils(("icb", "QB")) == ("Deeton",)
    joining = archive.lineage.join(("icb", "QA"), FinancialYear(2018), FinancialYear(2022))
    assert (joining.kind, joining.codes) == ("redrawn", (("stp", "E1"),))
    assert joining.why == "Part of Two STP passed to One Partnership in 2020-21."
    assert {source.id for source in archive.geography.sources} == {lookup.id for lookup in LOOKUPS}
    assert all(source.licence == "Open Government Licence v3.0" for source in archive.geography.sources)
    assert all(len(source.sha256) == 64 and source.attribution for source in archive.geography.sources)


def test_every_file_that_is_missing_is_told_at_once_and_nothing_is_written(own: Path, tmp_path: Path) -> None:
    before = sorted(path.name for path in (own / "data").iterdir())
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(DataError) as refused:
        import_geography(own, empty)
    assert {problem.file for problem in refused.value.problems} == {lookup.file for lookup in LOOKUPS}
    assert sorted(path.name for path in (own / "data").iterdir()) == before


def test_columns_are_found_by_name_and_told_when_they_are_missing(country: Path) -> None:
    (country / "providers.csv").write_text("region_code,town,icb_code\nY2,Ayton,QA\n")
    (country / "ccg13_ods_gss.csv").write_text("gss,name,ods\nG1,A,01A\nG2,B,01B\nG3,C,03A\nG4,D,04A\n")
    with pytest.raises(DataError) as refused:
        read_lookups(country)
    (problem,) = refused.value.problems
    assert (problem.file, problem.line, problem.what) == ("providers.csv", 1, "The file has no column org_code.")


def test_rows_that_no_other_lookup_knows_and_days_that_are_none_are_told(country: Path) -> None:
    (country / "ccg21_stp21.csv").write_text("ccg21_code,stp21_code\nG7,E9\n")
    (country / "ccg_ods_successors_2013_2021.csv").write_text("old_code,new_code,date\n01A,02A,April 2020\n")
    with pytest.raises(DataError) as refused:
        read_lookups(country)
    assert [(problem.file, problem.line, problem.column) for problem in refused.value.problems] == [
        ("ccg21_stp21.csv", 2, "ccg21_code"),
        ("ccg_ods_successors_2013_2021.csv", 2, "date"),
    ]


@pytest.mark.parametrize(
    ("file", "text", "what"),
    [
        ("stps.csv", "stp_code,icb_code,note\nE1,QA,\n", "stp E2 has no figures after 2019-20"),
        ("ccg_stps.csv", "ccg_code,stp_code,note\n", "The boundary of stp E1 changed in 2020-21"),
        (
            "ground_moves.csv",
            "ccg_code,to_code,year,council_code,note\n04A,03A,2022-23,L4,x\n",
            "Ground is said to have passed from QB to QA in 2022-23, but the boundary of QB did not change.",
        ),
    ],
)
def test_a_change_without_a_reason_and_a_reason_without_a_change_are_told(
    own: Path, country: Path, file: str, text: str, what: str
) -> None:
    (own / "data" / "crosswalks" / file).write_text(text)
    with pytest.raises(DataError, match=what):
        compute_geography(own / "data", country, layouts=())


def test_a_crosswalk_that_is_missing_or_has_no_year_is_told(own: Path, country: Path) -> None:
    folder = own / "data" / "crosswalks"
    (folder / "stps.csv").unlink()
    with pytest.raises(DataError, match=r"data/crosswalks/stps\.csv\n  The crosswalk is missing"):
        compute_geography(own / "data", country, layouts=())
    (folder / "stps.csv").write_text(CROSSWALKS["stps.csv"])
    (folder / "icb_regions.csv").write_text("icb_code,2017\nQA,Y1\n")
    with pytest.raises(DataError, match=r"icb_regions\.csv, line 1, column 2017"):
        compute_geography(own / "data", country, layouts=())
