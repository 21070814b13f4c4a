"""The home page and the index of reports: the ways in."""

from collections.abc import Sequence
from html import escape
from typing import Any

from yearbook.charts.chart import Chart
from yearbook.metrics import METRICS_BY_NAME
from yearbook.outputs.attribution import SITE_NAME
from yearbook.outputs.standings import standings_address
from yearbook.pages.articles import Article
from yearbook.pages.cards import plain_title
from yearbook.pages.environment import PageEnvironment, render_page
from yearbook.pages.markup import behind, figure_html, live_number
from yearbook.pages.page import Page, relative_link
from yearbook.pages.reports import ReportPage
from yearbook.pages.trends import Charts, headline_cards
from yearbook.pages.workings import WorkingsList
from yearbook.peers import Comparisons
from yearbook.report import Report
from yearbook.wording import spread_finding
from yearbook.years import FinancialYear

FACTS = (
    ("Referrals received", "referrals_received"),
    ("Finished a course", "finished_course_of_treatment"),
    ("Recovered", "recovery"),
    ("Recovered, of those at caseness at the start", "recovery_rate"),
)
"""What the index of reports says of each year."""


def render_home(
    comparisons: Comparisons,
    reports: Sequence[ReportPage],
    posts: Sequence[Article],
    charts: Charts,
    environment: PageEnvironment,
) -> Page:
    """The home page: the latest year's finding, its journey, the latest reports, the finder, groups, headline trends."""
    report, latest = comparisons.report, reports[-1]
    workings, year = WorkingsList(report), latest.year

    def live(metric: str, places: int | None = None) -> str:
        return live_number(metric, year, report.working(metric, year), workings, places)

    if report.has_ended_cohort(year):
        finding = f"Of the {live('ended_referrals')} referrals that ended in {year}, {live('recovered_of_ended')} had recovered. "
    else:
        finding = f"The service received {live('referrals_received')} referrals in {year} and recorded {live('recovery')} recoveries. "
    finding += f"The published recovery rate, {live('recovery_rate')}, counts only those who finished a course and were at caseness at the start."
    chart = charts["journey", year]
    figure = figure_html(chart, "", workings, eager=True, level=2) if isinstance(chart, Chart) else ""
    return Page(
        "index.md",
        SITE_NAME,
        "home",
        render_page(
            environment,
            "pages/home.md",
            year=year,
            title=latest.title,
            finding=finding,
            chart=figure,
            cards=[_card(report, found, charts, workings, "") for found in reversed(reports[-4:])],
            posts=posts,
            groups=_groups_words(report, charts),
            areas=_areas_words(comparisons, year),
            count=len(reports),
            first=reports[0].year,
            trends=headline_cards(report, charts, workings),
            workings=workings.to_html(environment.citing("")),
            link=lambda target: relative_link(target, ""),
        ),
        "Independent yearly reports on England's NHS Talking Therapies, from referral to recovery, with every figure checked.",
        workings.tables,
        card=latest.page.card,
    )


def _card(report: Report, found: ReportPage, charts: Charts, workings: WorkingsList, address: str) -> dict[str, Any]:
    """What a list says of a report: its year, title and standfirst, and its picture with the value marked in it."""
    chart, metric = charts.get(("card", found.year)), METRICS_BY_NAME[found.hero]
    card: dict[str, Any] = {"year": found.year, "title": found.title, "standfirst": found.standfirst, "picture": None}
    if isinstance(chart, Chart):
        picture = chart.pictures["spark"]
        card["picture"] = {
            "image": relative_link(f"assets/charts/{chart.name}-spark.svg", address),
            "width": picture.width,
            "height": picture.height,
            "alt": chart.alt,
            "value": live_number(metric.name, found.year, report.working(metric.name, found.year), workings),
            "title": plain_title(metric),
            "base": metric.base,
        }
    return card


def _groups_words(report: Report, charts: Charts) -> str:
    """What the last year that is divided by deprivation says, as HTML; empty where none is."""
    found = [charts.get(("groups-deprivation", year)) for year in reversed(report.years)]
    chart = next((chart for chart in found if isinstance(chart, Chart)), None)
    link = f"groups/deprivation/#w-chart-{chart.id}" if chart else ""
    return f"{escape(chart.finding)}. {behind(link, 'of the gap')}" if chart else ""


def render_reports_index(
    report: Report, reports: Sequence[ReportPage], charts: Charts, environment: PageEnvironment
) -> Page:
    """The list of all reports, latest first, with four facts each."""
    workings, address = WorkingsList(report), "reports/"

    def fact(metric: str, year: FinancialYear) -> str:
        return live_number(metric, year, report.working(metric, year), workings)

    cards = [
        _card(report, found, charts, workings, address)
        | {"facts": [(label, fact(name, found.year)) for label, name in FACTS]}
        for found in reversed(reports)
    ]
    body = render_page(
        environment,
        "pages/reports.md",
        cards=cards,
        first=reports[0].year,
        last=reports[-1].year,
        workings=workings.to_html(environment.citing(address)),
        link=lambda target: relative_link(target, address),
    )
    return Page(
        "reports/index.md",
        "The yearly reports",
        "reports",
        body,
        f"A report on NHS Talking Therapies for every year from {reports[0].year} to {reports[-1].year}.",
    )


def _areas_words(comparisons: Comparisons, year: FinancialYear) -> str:
    """How far the areas of the latest year lay apart, as HTML; empty where there are no areas at all."""
    org_type = comparisons.main_type(year)
    if org_type:
        said = f"{escape(spread_finding(comparisons.peers('recovery_rate', year, org_type)))}."
        return f"{said} {behind(f'{standings_address(org_type, year)}#table-all', 'of how areas differ')}"
    return "The figures of each are in the reports." if comparisons.areas.all else ""
