"""The data page: sizes in words, and the tables of the pages in order."""

import re
from collections.abc import Callable

import pytest

from yearbook.archive import Archive
from yearbook.outputs.downloads import ShownTable
from yearbook.outputs.package import DataPackage, build_package
from yearbook.pages.data import size_words, table_groups
from yearbook.pages.page import Page, links_to_tables
from yearbook.releases import Release
from yearbook.report import Report
from yearbook.tables import Table
from yearbook.years import FinancialYear


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (0, "0 bytes"),
        (999, "999 bytes"),
        (1_000, "1 kB"),
        (999_999, "999 kB"),
        (1_000_000, "1.0 MB"),
        (2_674_216, "2.7 MB"),
    ],
)
def test_a_size_is_told_in_steps_of_a_thousand(size: int, words: str) -> None:
    assert size_words(size) == words


def package_of(archive: Archive, *tables: ShownTable) -> DataPackage:
    named = {each.table.name: each for each in tables}
    return build_package(Report(archive), (), dict.fromkeys(archive.years, b""), named, {})


def shown(id: str, address: str, year: int | None = None) -> ShownTable:
    return ShownTable(
        Table(id, "A <caption>", ("a",), (), year=FinancialYear(year) if year else None), "A & B", address
    )


@pytest.fixture
def small(make_archive: Callable[..., Archive], make_release: Callable[..., Release]) -> Archive:
    """An archive of one year."""
    return make_archive(make_release("2019-20", {"recovery": 5}))


def test_the_reports_come_first_the_latest_of_them_before_the_others(small: Archive) -> None:
    tables = [shown("s", "trends/s/"), shown("t", "reports/2018-19/", 2018), shown("w", "reports/2018-19/")]
    tables += [shown("t", "reports/2019-20/", 2019), shown("u", "reports/2019-20/", 2019)]
    groups = table_groups(package_of(small, *tables))
    assert [(group["title"], group["id"], group["count"]) for group in groups] == [
        ("The report of 2019-20", "tables-the-report-of-2019-20", 2),
        ("The report of 2018-19", "tables-the-report-of-2018-19", 1),
        ("Trends", "tables-trends", 1),
        ("In several reports", "tables-in-several-reports", 1),
    ]


def test_a_table_is_listed_with_its_page_and_its_files_and_its_caption_is_no_markup(small: Archive) -> None:
    (group,) = table_groups(package_of(small, shown("t", "reports/2018-19/", 2018)))
    assert group["items"] == [
        '<span>A &lt;caption&gt;</span> <span class="file-size">0 rows, 24 bytes: '
        '<a href="tables/t-2018-19.csv" aria-label="CSV: A &lt;caption&gt;" download>CSV</a> · '
        '<a href="tables/t-2018-19.json" aria-label="JSON: A &lt;caption&gt;" download>JSON</a></span>'
    ]


def test_a_page_is_named_once_for_its_tables_and_otherwise_beside_each(small: Archive) -> None:
    own = '<a href="../reports/2018-19/">A &amp; B</a>'
    (report,) = table_groups(package_of(small, *(shown(id, "reports/2018-19/", 2018) for id in "tu")))
    assert report["page"] == own
    assert not any("A &amp; B" in item for item in report["items"])
    (trends,) = table_groups(package_of(small, shown("t", "trends/t/"), shown("u", "trends/u/")))
    assert trends["page"] == ""
    for id, item in zip("tu", trends["items"], strict=True):
        assert f'on <a href="../trends/{id}/">A &amp; B</a>' in item


def test_the_years_of_a_table_stand_together(small: Archive) -> None:
    tables = [shown(id, f"areas/{id}-{year}/", year) for year in (2019, 2018) for id in ("b", "a")]
    (group,) = table_groups(package_of(small, *tables))
    files = [re.search(r"tables/(.*?)\.csv", item) for item in group["items"]]
    assert [found and found[1] for found in files] == ["b-2019-20", "b-2018-19", "a-2019-20", "a-2018-19"]


def test_a_page_knows_the_tables_it_links_to() -> None:
    body = '<a href="../../data/tables/waits-2019-20.csv" download>CSV</a> <a href="../../data/breaks.csv">CSV</a>'
    assert links_to_tables(Page("a.md", "A", "a", body)) == {"waits-2019-20"}
