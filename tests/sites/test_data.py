"""What readers take away from the real site: every file opens, equals what its page shows, and is described rightly."""

import csv
import hashlib
import json
import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import frictionless
import pandas as pd
import pytest

from yearbook.areas import COMPARED
from yearbook.groups import GROUPINGS
from yearbook.metrics import METRICS
from yearbook.outputs.cells import FORMULA_STARTS
from yearbook.outputs.tidy import GROUP_METRICS
from yearbook.releases import TOTAL, Breakdown
from yearbook.report import Report
from yearbook.years import FinancialYear


@dataclass
class PageTable:
    """A table as a page shows it: its texts, and the links that stand in or under it."""

    caption: str = ""
    columns: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    links: list[str] = field(default_factory=list)


class ReadTables(HTMLParser):
    """Every table of a page. A link belongs to the table before it, unless a heading lies between.

    The heading over the files of a figure, on its own page, is of the table too.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[PageTable] = []
        self._text: list[str] = []
        self._in_head = self._near = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "table":
            self.tables.append(PageTable())
            self._near = True
        elif tag == "tr" and not self._in_head:
            self.tables[-1].rows.append([])
        elif tag == "thead":
            self._in_head = True
        elif tag in ("caption", "th", "td"):
            self._text = []
        elif (tag in ("h2", "h3") and given.get("class") != "use__title") or given.get("class") == "table-list":
            self._near = False
        elif tag == "a" and "download" in given and self._near:
            self.tables[-1].links.append(given.get("href") or "")

    def handle_data(self, data: str) -> None:
        self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        words = " ".join("".join(self._text).split())
        if tag == "thead":
            self._in_head = False
        elif tag == "caption":
            self.tables[-1].caption = words
        elif tag in ("th", "td"):
            (self.tables[-1].columns if self._in_head else self.tables[-1].rows[-1]).append(words)


@pytest.fixture(scope="module")
def site(real_project: Path) -> Path:
    return real_project / "site"


@pytest.fixture(scope="module")
def page_tables(site: Path) -> Mapping[str, list[PageTable]]:
    """The tables of every page, by its path."""
    found = {}
    for path in sorted(site.rglob("*.html")):
        read = ReadTables()
        read.feed(path.read_text(encoding="utf-8"))
        found[path.relative_to(site).as_posix()] = read.tables
    return found


def files_of(site: Path, page: str, table: PageTable, kind: str) -> list[Path]:
    return [
        site / posixpath.normpath(posixpath.join(posixpath.dirname(page), link))
        for link in table.links
        if link.endswith(f".{kind}")
    ]


def test_every_table_on_a_page_can_be_downloaded_as_csv_and_json(
    page_tables: Mapping[str, list[PageTable]], site: Path
) -> None:
    count = 0
    for page, tables in page_tables.items():
        for table in tables:
            if page.startswith("data/"):  # tables of files and of their fields
                continue
            if page.startswith(("areas/", "compare/")):  # an area's figures are all in two files of its own
                continue
            if page.startswith(("methods/", "posts/")) and not table.caption:  # an editor's own, in Markdown
                continue
            count += 1
            for kind in ("csv", "json"):
                files = files_of(site, page, table, kind)
                assert len(files) == 1, f"{page}: {table.caption}: {table.links}"
                assert files[0].is_file(), f"{page}: {files[0]}"
    assert count > 100


def without_guard(text: str) -> str:
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA_STARTS) else text


def plain(cell: str) -> str:
    return cell.replace(",", "") if re.fullmatch(r"−?[\d,]+(\.\d+)?( days|%)?", cell) else cell


def test_every_downloaded_table_equals_the_table_on_its_page(
    page_tables: Mapping[str, list[PageTable]], site: Path
) -> None:
    equal = set()
    for page, tables in page_tables.items():
        for table in tables:
            for path in files_of(site, page, table, "csv"):
                if path.parent != site / "data" / "tables":
                    continue
                where = f"{page}: {path.name}"
                printed = pd.read_csv(path, dtype=str, na_filter=False)
                shown_columns, added = printed.columns[: len(table.columns)], printed.columns[len(table.columns) :]
                assert list(shown_columns) == table.columns, where
                assert list(added) in (["Basis", "Sources", "Licence"], ["Code", "Basis", "Sources", "Licence"]), where
                cells = printed.iloc[:, : len(table.columns)].to_numpy().tolist()
                values = [[without_guard(cell) for cell in row] for row in cells]
                shown = [[row[0], *(plain(cell) for cell in row[1:])] for row in table.rows]
                assert values == shown, where
                facts = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
                assert facts["title"] == table.caption, where
                assert facts["csv"] == path.name, where
                assert [column["name"] for column in facts["columns"]] == table.columns, where
                texts = [[row["label"], *(cell["value"] for cell in row["cells"])] for row in facts["rows"]]
                assert texts == table.rows, where
                equal.add(path.stem)
    assert equal == {path.stem for path in (site / "data" / "tables").glob("*.csv")}
    assert len(equal) > 90


def test_every_table_names_a_page_that_is_there_and_its_numbers_round_to_what_is_printed(site: Path) -> None:
    count = 0
    for path in sorted((site / "data" / "tables").glob("*.json")):
        facts = json.loads(path.read_text(encoding="utf-8"))
        if path.name == "datapackage.json":
            continue
        assert (path.parent / facts["page"] / "index.html").is_file(), path.name
        quoted = path.stem in ("promises-made", "costs", "cost-per-recovery", "untreated-recovery")
        assert facts["licence"]["title"] == ("Quoted figures" if quoted else "Open Government Licence v3.0"), path.name
        assert facts["version"] in facts["citation"]
        for row in facts["rows"]:
            for cell in row["cells"]:
                if cell["number"] is None:
                    assert cell["status"] != "published", path.name
                    continue
                count += 1
                assert cell["status"] == "published"
                assert cell["basis"], path.name
                places = len(re.sub(r"[^\d.]", "", cell["value"]).partition(".")[2])
                printed = Fraction(re.sub(r"[^\d.]", "", cell["value"]))
                assert abs(Fraction(cell["number"]) - printed) <= Fraction(1, 2 * 10**places), (path.name, cell)
    assert count > 1000


def every(site: Path, kind: str) -> list[Path]:
    found = sorted((site / "data").rglob(f"*.{kind}"))
    assert len(found) > 100
    return found


def test_every_csv_opens_in_pandas_and_none_lies_elsewhere(site: Path) -> None:
    of_areas = sorted(site.glob("areas/*/figures.csv"))
    assert len(of_areas) > 400
    assert set(site.rglob("*.csv")) == {*every(site, "csv"), *of_areas}
    for path in (*every(site, "csv"), *of_areas):
        opened = pd.read_csv(path)
        assert len(opened.columns) > 1, path.name


def test_every_json_of_a_tidy_table_holds_what_its_csv_holds(site: Path) -> None:
    opened = 0
    for path in every(site, "json"):
        facts = json.loads(path.read_text(encoding="utf-8"))
        if "data" not in facts:
            continue
        opened += 1
        records = pd.DataFrame(facts["data"], columns=[each["name"] for each in facts["fields"]])
        rows = pd.read_csv(path.with_suffix(".csv"), keep_default_na=False, na_values={"value": ["NA"]}, dtype=str)
        assert list(records.columns) == list(rows.columns), path.name
        assert len(records) == len(rows), path.name
        for each in facts["fields"]:
            if each["type"] == "string":
                written = [without_guard(cell) for cell in rows[each["name"]]]
                assert written == records[each["name"]].tolist(), (path.name, each["name"])
    assert opened == 17


def test_no_cell_of_any_file_is_taken_for_a_formula(site: Path) -> None:
    for path in every(site, "csv"):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.reader(file):
                for cell in row:
                    assert not cell.startswith(FORMULA_STARTS) or re.fullmatch(r"-?\d+(\.\d+)?", cell), (path, cell)


@pytest.mark.parametrize("name", ["data/datapackage.json", "data/tables/datapackage.json"])
def test_the_data_package_validates(name: str, site: Path) -> None:
    told = frictionless.validate(str(site / name))
    assert told.flatten(["title", "rowNumber", "fieldName", "message"]) == []
    assert told.valid
    described = json.loads((site / name).read_text(encoding="utf-8"))
    assert described["profile"] == "tabular-data-package"
    assert len(told.tasks) == len(described["resources"])
    rows = {task.name: task.stats["rows"] for task in told.tasks}
    for resource in described["resources"]:
        with (site / name).parent.joinpath(resource["path"]).open(encoding="utf-8", newline="") as file:
            assert rows[resource["name"]] == sum(1 for _ in csv.reader(file)) - 1, "each row has been looked at"


def test_a_wrong_cell_makes_the_data_package_fail(site: Path, tmp_path: Path) -> None:
    described = json.loads((site / "data" / "datapackage.json").read_text(encoding="utf-8"))
    described["resources"] = [each for each in described["resources"] if each["name"] == "reconciliation"]
    described["resources"][0]["schema"].pop("foreignKeys")
    (tmp_path / "datapackage.json").write_text(json.dumps(described), encoding="utf-8")
    content = (site / "data" / "reconciliation.csv").read_text(encoding="utf-8")
    (tmp_path / "reconciliation.csv").write_text(content.replace("england", "albion", 1), encoding="utf-8")
    kinds = {error[0] for error in frictionless.validate(str(tmp_path / "datapackage.json")).flatten(["type"])}
    assert kinds == {"constraint-error", "hash-count", "byte-count"}


def test_the_packages_describe_every_csv_with_its_size_and_hash(site: Path) -> None:
    described: dict[Path, Any] = {}
    for name in ("data/datapackage.json", "data/tables/datapackage.json"):
        package = json.loads((site / name).read_text(encoding="utf-8"))
        described |= {(site / name).parent / each["path"]: each for each in package["resources"]}
    assert set(described) == set(every(site, "csv"))
    for path, resource in described.items():
        content = path.read_bytes()
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        assert all(each["description"] for each in resource["schema"]["fields"]), path.name


def test_everybody_compared_is_in_a_table_by_a_code_that_the_organisations_have(site: Path) -> None:
    organisations = pd.read_csv(site / "data" / "organisations.csv", dtype=str, keep_default_na=False)
    known = set(zip(organisations["org_type"], organisations["org_code"], strict=True))
    found = sorted(path for kind in COMPARED for path in (site / "data" / "tables").glob(f"all-{kind}-2*.csv"))
    assert len(found) > 25
    for path in found:
        org_type = path.stem.removeprefix("all-").rpartition("-")[0].rpartition("-")[0]
        table = pd.read_csv(path, dtype=str, keep_default_na=False)
        assert table["Code"].is_unique, path.name
        assert table["Code"][0] == "ENG", path.name
        assert {(org_type, code) for code in table["Code"][1:]} <= known, path.name


def tidy(site: Path, name: str) -> pd.DataFrame:
    return pd.read_csv(site / "data" / name, keep_default_na=False, dtype=str)


def near(cell: str, number: Fraction | int) -> bool:
    return abs(Fraction(cell) - number) <= Fraction(1, 10**10)


def test_the_metrics_are_those_of_the_report(site: Path, report: Report) -> None:
    rows = tidy(site, "metrics.csv")
    assert list(zip(rows["year"], rows["metric"], strict=True)) == [
        (str(year), metric.name) for year in report.years for metric in METRICS
    ]
    for row in rows.to_dict("records"):
        working = report.working(row["metric"], FinancialYear.parse(row["year"]))
        assert row["status"] == working.figure.status.name.lower()
        assert row["printed"] == working.text()
        assert (row["value"] != "NA") == working.figure.known
        if working.figure.known:
            assert near(row["value"], working.figure.exact)
            assert row["basis"] == working.basis
            if working.denominator is not None and row["unit"] == "percent":
                assert near(row["value"], Fraction(100 * int(row["numerator"]), int(row["denominator"])))


def test_the_groups_are_those_of_the_report(site: Path, report: Report) -> None:
    rows = tidy(site, "groups.csv")
    expected = [
        (str(year), grouping.id, *group, metric)
        for year in report.years
        for grouping in GROUPINGS
        for group in grouping.of(report, year)
        for metric in GROUP_METRICS
    ]
    keys = ["year", "grouping", "breakdown", "category", "subcategory", "metric"]
    assert list(rows[keys].itertuples(index=False, name=None)) == expected
    for row in rows.to_dict("records"):
        group = Breakdown(row["breakdown"], row["category"], row["subcategory"])
        figure = report.figure(row["metric"], FinancialYear.parse(row["year"]), breakdown=group)
        assert row["status"] == figure.status.name.lower()
        assert (row["value"] == "NA") if not figure.known else near(row["value"], figure.exact)


def test_england_is_as_the_releases_have_it(site: Path, report: Report) -> None:
    rows = tidy(site, "england.csv")
    for row in rows.to_dict("records"):
        group = Breakdown(row["breakdown"], row["category"], row["subcategory"])
        release = report.archive.releases[FinancialYear.parse(row["year"])]
        figure = release.figure(row["measure"], breakdown=group)
        assert row["status"] == figure.status.name.lower()
        assert (row["value"] == "NA") if not figure.known else Fraction(row["value"]) == figure.exact
    total = rows[(rows["year"] == "2019-20") & (rows["breakdown"] == TOTAL.breakdown) & (rows["measure"] == "recovery")]
    assert total["value"].tolist() == ["291371"]


def test_the_releases_are_those_of_the_project(site: Path, project: Path) -> None:
    for path in sorted((project / "data" / "releases").glob("*.csv")):
        assert (site / "data" / "releases" / path.name).read_bytes() == path.read_bytes()


def test_the_data_page_lists_every_file_and_how_to_cite_it(site: Path) -> None:
    page = (site / "data" / "index.html").read_text(encoding="utf-8")
    linked = {posixpath.normpath(link) for link in re.findall(r'<a href="([^"]+)"[^>]* download', page)}
    below = {path.relative_to(site / "data").as_posix() for kind in ("csv", "json") for path in every(site, kind)}
    assert {link for link in linked if not link.startswith("../")} == below
    years = {f"../{path.relative_to(site).as_posix()}" for path in site.glob("reports/*/figures.json")}
    assert linked - below == {*years, "../build.json"}
    assert len(years) == 12
    version = json.loads((site / "data" / "datapackage.json").read_text(encoding="utf-8"))["version"]
    assert f"Data version {version}" in page
    assert "@misc{talking-therapies-yearbook" in page
    assert page.count("<details") == page.count("</details>") > 12
