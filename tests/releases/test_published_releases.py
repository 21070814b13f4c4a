"""The repository's own data is what the importer makes of the published files, byte for byte."""

import csv
import io
import shutil
import zipfile
from pathlib import Path

import pytest

from yearbook.errors import DataError
from yearbook.importing import AddOptions, add_release
from yearbook.measures import MEASURES_BY_NAME
from yearbook.organisations import read_organisations
from yearbook.releases import parse_cell, read_register, read_release

REPOSITORY = Path(__file__).resolve().parents[2]
DATA = REPOSITORY / "data"
PUBLISHED = REPOSITORY.parent / "shared"
TIDY = PUBLISHED / "releases" / "england-2012-13-to-2016-17.csv"

needs_published = pytest.mark.skipif(not TIDY.exists(), reason="the published files are not beside the repository")


def add_everything(root: Path) -> None:
    """Import every published file into `root` with what the register says of it."""
    for year, entry in read_register(DATA / "releases.yml").items():
        file = PUBLISHED / "releases" / entry.file
        if not file.exists():
            pytest.skip(f"the published file of {year} is not beside the repository")
        options = AddOptions(published=entry.published, provenance=entry.provenance, notes=entry.notes)
        add_release(root, str(year), file, options)


@needs_published
def test_importing_the_published_files_gives_the_committed_data(tmp_path: Path) -> None:
    root = tmp_path / "project"
    shutil.copytree(DATA / "crosswalks", root / "data" / "crosswalks")
    shutil.copy(DATA / "corrections.yml", root / "data")
    add_everything(root)
    made = {
        path.relative_to(root).as_posix() for path in (root / "data").rglob("*.csv") if "crosswalks" not in path.parts
    }
    assert made == {f"data/releases/{path.name}" for path in (DATA / "releases").glob("*.csv")} | {
        "data/organisations.csv"
    }
    for name in sorted({*made, "data/releases.yml"}):
        assert (root / name).read_bytes() == (REPOSITORY / name).read_bytes(), name


@needs_published
def test_the_supplement_keeps_every_row_and_cites_every_source(tmp_path: Path) -> None:
    original = PUBLISHED / "reference" / "national_supplement.csv"
    with original.open(encoding="utf-8", newline="") as file:
        published = list(csv.DictReader(file))
    with (DATA / "supplement.csv").open(encoding="utf-8", newline="") as file:
        ours = list(csv.DictReader(file))
    assert len(ours) == len(published)
    assert sorted((row["year"], row["value"], row["basis"]) for row in ours) == sorted(
        (row["year"], row["value"], row["basis"]) for row in published
    )
    assert not [row for row in ours if "posts/" in row["source"]]


@needs_published
def test_a_publisher_who_mends_the_double_provider_is_noticed(tmp_path: Path) -> None:
    root = tmp_path / "project"
    shutil.copytree(DATA / "crosswalks", root / "data" / "crosswalks")
    file = PUBLISHED / "releases" / "psych-ther-ann-rep-csv-2023-24-main.zip"
    with pytest.raises(DataError, match="145 problems in 1 file"):
        add_release(root, "2023-24", file, AddOptions())
    shutil.copy(DATA / "corrections.yml", root / "data")
    with zipfile.ZipFile(file) as archive:
        content = archive.read(archive.namelist()[0]).decode("utf-8")
    kept = [line for line in content.splitlines(keepends=True) if ",KINGSTON SMS," not in line]
    mended = tmp_path / "psych-ther-ann-rep-csv-2023-24-main-v2.csv"
    mended.write_text("".join(kept), encoding="utf-8")
    with pytest.raises(DataError, match="remove the correction"):
        add_release(root, "2023-24", mended, AddOptions())


@pytest.mark.parametrize("path", sorted((DATA / "releases").glob("*.csv")), ids=lambda path: path.stem)
def test_every_committed_cell_is_one_a_canonical_file_can_hold(path: Path) -> None:
    year = next(year for year in read_register(DATA / "releases.yml") if str(year) == path.stem)
    release = read_release(path, year)
    for measure in release.measures:
        for cell in set(release.rows[measure]):
            parse_cell(cell, MEASURES_BY_NAME[measure].unit)
    assert not release.rows.duplicated(["org_type", "org_code", "breakdown", "category", "subcategory"]).any()
    organisations = read_organisations(DATA / "organisations.csv")
    assert {*zip(release.rows["org_type"], release.rows["org_code"], strict=True)} <= set(organisations)


def test_the_releases_together_stay_under_20_megabytes() -> None:
    assert sum(path.stat().st_size for path in (DATA / "releases").glob("*.csv")) < 20_000_000


def test_committed_text_is_plain_utf_8_with_line_feeds() -> None:
    for path in sorted(DATA.rglob("*")):
        if path.is_file():
            content = path.read_bytes()
            assert b"\r" not in content, path.name
            io.TextIOWrapper(io.BytesIO(content), encoding="utf-8").read()


def test_the_register_has_each_release_and_its_file() -> None:
    register = read_register(DATA / "releases.yml")
    assert {f"{year}.csv" for year in register} == {path.name for path in (DATA / "releases").glob("*.csv")}
    assert all(entry.title and entry.publisher and entry.page and entry.licence for entry in register.values())
    assert all(len(entry.sha256) == 64 for entry in register.values())
