"""Every breakdown in the data is shown somewhere, and the figures that readers know come out."""

import re
from html import unescape
from pathlib import Path

import pytest

from yearbook.groups import GROUPINGS, group_key, group_label
from yearbook.pages.sections import report_tables
from yearbook.releases import TOTAL, Breakdown
from yearbook.report import Report
from yearbook.years import FinancialYear

_TAG = re.compile(r"<[^>]+>")


def rows_on(path: Path) -> set[str]:
    """The row headings of every table on a page, in lower case."""
    found = re.findall(r'<th scope="row">(.*?)</th>', path.read_text(encoding="utf-8"))
    return {unescape(_TAG.sub("", heading)).lower() for heading in found}


def test_every_row_of_england_stands_in_a_table_of_its_years_report(report: Report) -> None:
    lacking = {
        f"{year}: {group_key(group)}"
        for year in report.years
        for group in report.archive.releases[year].breakdowns()
        if group not in {cell.breakdown for table in report_tables(report, year).values() for cell in table.cells}
    }
    assert lacking == set()


def test_every_row_of_england_is_on_the_published_page_of_its_year(report: Report, real_project: Path) -> None:
    lacking = set()
    for year in report.years:
        shown = rows_on(real_project / "site" / "reports" / str(year) / "index.html")
        for group in report.archive.releases[year].breakdowns():
            if group != TOTAL and group_label(group).lower() not in shown:
                lacking.add(f"{year}: {group_key(group)}")
    assert lacking == set()


def test_every_grouping_has_a_page_that_names_each_of_its_groups(report: Report, real_project: Path) -> None:
    lacking = set()
    for grouping in GROUPINGS:
        shown = rows_on(real_project / "site" / "groups" / grouping.id / "index.html")
        for year in report.years:
            lacking |= {
                f"{grouping.id}: {group_key(group)}"
                for group in grouping.of(report, year)
                if grouping.id != "waiting-time" and group_label(group).lower() not in shown
            }
    assert lacking == set()


ANXIETY = "anxiety and stress related disorders"
MIXED = "mixed anxiety and depressive disorder"
KNOWN = [
    ("share_of_finished", "2017-18", ("problem_descriptor", ANXIETY, MIXED), "12.0%"),
    ("share_of_finished", "2019-20", ("problem_descriptor", ANXIETY, MIXED), "5.8%"),
    ("recovery_rate", "2013-14", ("total", "", ""), "45.0%"),
    ("recovery_rate", "2023-24", ("deprivation", "decile 1 (most deprived)", ""), "42.3%"),
    ("recovery_rate", "2023-24", ("deprivation", "decile 10 (least deprived)", ""), "56.1%"),
    ("second_treatment_within_6_weeks", "2017-18", ("total", "", ""), "65.3%"),
    ("second_treatment_within_6_weeks", "2023-24", ("total", "", ""), "55.6%"),
    ("second_treatment_after_90_days", "2023-24", ("total", "", ""), "21.7%"),
]


@pytest.mark.parametrize(("metric", "year", "group", "printed"), KNOWN)
def test_a_figure_that_readers_know_comes_out_and_is_on_the_page_of_its_year(
    report: Report, real_project: Path, metric: str, year: str, group: tuple[str, str, str], printed: str
) -> None:
    working = report.working(metric, FinancialYear.parse(year), breakdown=Breakdown(*group))
    assert working.text() == printed
    page = (real_project / "site" / "reports" / year / "index.html").read_text(encoding="utf-8")
    assert printed in _TAG.sub(" ", page)


def test_recovery_by_deprivation_is_the_publishers_own_to_the_digit(report: Report) -> None:
    checked = 0
    for year in report.years:
        for group in report.archive.releases[year].breakdowns(breakdown="deprivation"):
            published = report.archive.releases[year].figure("recovery_percent", breakdown=group)
            assert report.working("recovery_rate", year, breakdown=group).text() == f"{float(published.exact):.1f}%"
            checked += 1
    assert checked == 99
