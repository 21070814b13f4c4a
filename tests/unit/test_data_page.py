"""The data page: sizes in words, and the tables of the pages in order."""

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
        'A &lt;caption&gt;, on <a href="../reports/2018-19/">A &amp; B</a>: <span class="file-size">'
        '<a href="tables/t-2018-19.csv" download>CSV</a> · <a href="tables/t-2018-19.json" download>JSON</a>, '
        "0 rows, 24 bytes</span>"
    ]


def test_a_page_knows_the_tables_it_links_to() -> None:
    body = '<a href="../../data/tables/waits-2019-20.csv" download>CSV</a> <a href="../../data/breaks.csv">CSV</a>'
    assert links_to_tables(Page("a.md", "A", "a", body)) == {"waits-2019-20"}
