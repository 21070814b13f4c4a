"""The switch between the bases of one count."""

import re
from collections.abc import Callable

import pytest

from yearbook.archive import Archive
from yearbook.metrics import METRICS_BY_NAME
from yearbook.pages.bases import report_bases, trend_bases
from yearbook.pages.workings import WorkingsList
from yearbook.releases import Release
from yearbook.report import Report
from yearbook.years import FinancialYear


def values(html: str) -> list[str]:
    return re.findall(r'bases__value"><a class="n" href="#w-[^"]+"[^>]*>([^<]+)</a>', html)


def bases(html: str) -> list[str]:
    return [re.sub("<[^>]+>", "", base) for base in re.findall(r'<p class="base">(.*?)</p>', html)]


def test_a_report_shows_five_bases_and_the_published_one_first(report: Report) -> None:
    year = FinancialYear(2019)
    html = report_bases(report, year, "reports/2019-20/", WorkingsList(report))
    assert values(html) == ["17.2%", "17.7%", "26.6%", "48.1%", "51.1%"]
    assert len(bases(html)) == 5
    assert all(base.startswith("Of ") and base.endswith(", in 2019-20") for base in bases(html))
    labels = re.findall(r"<label>(.*?)</label>", html)
    assert [" checked" in label for label in labels] == [False] * 4 + [True]
    assert [f"{re.sub('<[^>]+>', '', label).strip()}, in 2019-20" for label in labels] == bases(html)
    assert "\n\n" not in html, "Markdown would break the block"


def test_every_value_and_end_leads_to_its_working(report: Report) -> None:
    workings = WorkingsList(report)
    html = report_bases(report, FinancialYear(2019), "reports/2019-20/", workings)
    section = workings.to_html()
    anchors = set(re.findall(r'href="#(w-[^"]+)"', html))
    assert len(anchors) >= 10
    assert all(f'id="{anchor}"' in section for anchor in anchors)


@pytest.mark.parametrize("year", [2012, 2013])
def test_a_base_that_a_year_lacks_is_marked_and_says_why(report: Report, year: int) -> None:
    html = report_bases(report, FinancialYear(year), "reports/x/", WorkingsList(report))
    missing = values(html).count("[x]")
    assert missing > 0
    assert html.count("Not available in the sources for ") == missing


def test_a_trend_page_shows_its_own_base_first(report: Report) -> None:
    metric = METRICS_BY_NAME["finished_of_entered"]
    html = trend_bases(report, metric, report.latest, "trends/x/", WorkingsList(report))
    checked = re.findall(r"<label><input[^>]* checked> ([^<]+)</label>", html)
    assert checked == ["Of referrals that entered treatment in the year"]
    assert len(values(html)) == 4


@pytest.mark.parametrize("name", ["recovery", "reliable_improvement_rate", "mean_treatment_appointments"])
def test_what_has_one_base_or_none_has_no_switch(report: Report, name: str) -> None:
    assert trend_bases(report, METRICS_BY_NAME[name], report.latest, "trends/x/", WorkingsList(report)) == ""


def test_one_known_base_is_no_choice(
    make_archive: Callable[..., Archive], make_release: Callable[..., Release]
) -> None:
    archive = make_archive(make_release("2019-20", {"recovery": 10, "recovery_percent": "50.0"}))
    report = Report(archive)
    assert report_bases(report, FinancialYear(2019), "reports/2019-20/", WorkingsList(report)) == ""
