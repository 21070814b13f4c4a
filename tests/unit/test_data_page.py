"""The data page: sizes in words, and the tables of the pages in order."""

import pytest

from yearbook.outputs.downloads import ShownTable
from yearbook.pages.data import size_words, table_groups
from yearbook.pages.page import Page, links_to_tables
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


def shown(id: str, address: str, year: int | None = None) -> ShownTable:
    return ShownTable(
        Table(id, "A <caption>", ("a",), (), year=FinancialYear(year) if year else None), "A & B", address
    )


def test_the_reports_come_first_the_latest_of_them_before_the_others() -> None:
    tables = [shown("s", "trends/s/"), shown("t", "reports/2018-19/", 2018), shown("w", "reports/2018-19/")]
    tables += [shown("t", "reports/2019-20/", 2019), shown("u", "reports/2019-20/", 2019)]
    groups = table_groups(tables)
    assert [(group["title"], group["count"]) for group in groups] == [
        ("The report of 2019-20", 2),
        ("The report of 2018-19", 1),
        ("Trends", 1),
        ("In several reports", 1),
    ]


def test_a_table_is_listed_with_its_page_and_its_files_and_its_caption_is_no_markup() -> None:
    (group,) = table_groups([shown("t", "reports/2018-19/", 2018)])
    assert group["items"] == [
        'A &lt;caption&gt;, on <a href="../reports/2018-19/">A &amp; B</a>: '
        '<a href="tables/t-2018-19.csv" aria-label="CSV: A &lt;caption&gt;" download>CSV</a> · '
        '<a href="tables/t-2018-19.json" aria-label="JSON: A &lt;caption&gt;" download>JSON</a>'
    ]


def test_a_page_knows_the_tables_it_links_to() -> None:
    body = '<a href="../../data/tables/waits-2019-20.csv" download>CSV</a> <a href="../../data/breaks.csv">CSV</a>'
    assert links_to_tables(Page("a.md", "A", "a", body)) == {"waits-2019-20"}
