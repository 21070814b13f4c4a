"""The pages about groups: one for each way in which referrals are divided, over all the years, and their index."""

from collections.abc import Mapping, Sequence
from html import escape

from yearbook.charts import GROUP_SERIES
from yearbook.charts.chart import Chart, MissingChart
from yearbook.charts.group_series import RATE, series_id
from yearbook.groups import GROUPINGS, Grouping
from yearbook.pages.environment import PageEnvironment, render_page
from yearbook.pages.markup import behind, figure_html, folded_html
from yearbook.pages.page import Page, relative_link
from yearbook.pages.workings import WorkingsList
from yearbook.report import Report
from yearbook.tables import group_series_table
from yearbook.years import FinancialYear

ChartKey = tuple[str, FinancialYear | None]
ADDRESS = "groups/"


def group_address(grouping: Grouping) -> str:
    """Where the page of a grouping is published."""
    return f"{ADDRESS}{grouping.id}/"


def _latest(grouping: Grouping, charts: Mapping[ChartKey, Chart | MissingChart], report: Report) -> Chart | None:
    """The chart of the last year that has one."""
    id = "hidden-wait" if grouping.id == "waiting-time" else f"groups-{grouping.id}"
    for year in reversed(report.years):
        chart = charts[id, year]
        if isinstance(chart, Chart):
            return chart
    return None


def render_groups_index(
    report: Report, charts: Mapping[ChartKey, Chart | MissingChart], environment: PageEnvironment
) -> Page:
    """The list of groupings, each with what the latest year says."""
    cards = []
    for grouping in GROUPINGS:
        chart = _latest(grouping, charts, report)
        link = f"{grouping.id}/#w-chart-{chart.id}" if chart else ""
        sentence = (
            f"{escape(chart.finding)}. {behind(link, f'of recovery by {grouping.by}')}"
            if chart
            else escape(grouping.note)
        )
        cards.append({"address": group_address(grouping), "title": grouping.title, "sentence": sentence})
    body = render_page(environment, "pages/groups.md", cards=cards, link=lambda target: relative_link(target, ADDRESS))
    summary = "Who NHS Talking Therapies serves less well: recovery by deprivation, age, ethnic group and every other division published."
    return Page("groups/index.md", "Who is served less well", "groups", body, summary)


def render_group(
    report: Report,
    grouping: Grouping,
    charts: Mapping[ChartKey, Chart | MissingChart],
    environment: PageEnvironment,
) -> Page:
    """A grouping over all the years: the latest year, recovery and shares over the years, breaks and tables."""
    address, workings = group_address(grouping), WorkingsList(report)
    years = [year for year in report.years if grouping.of(report, year)]
    latest = _latest(grouping, charts, report)
    names = [kind.id for kind in GROUP_SERIES if kind.id.endswith(f"-by-{grouping.id}")]
    found = [charts["deprivation-gap", None]] if grouping.id == "deprivation" else []
    found += [charts[name, None] for name in names]
    drawn = ([latest] if latest else []) + [chart for chart in found if isinstance(chart, Chart)]
    breaks = dict.fromkeys(
        one for name in grouping.breakdowns for one in report.breaks("recovery_rate", years, name) if one.breakdowns
    )
    tables = [] if found else [group_series_table(report, grouping, "treatment_appointments")]
    body = render_page(
        environment,
        "pages/group.md",
        title=grouping.title,
        standfirst=_standfirst(grouping, drawn, years),
        note="" if latest else grouping.note,
        first=years[0],
        last=years[-1],
        gaps=[year for year in report.years if years[0] < year < years[-1] and year not in years],
        charts=[
            figure_html(chart, address, workings, eager=number == 0, level=2) for number, chart in enumerate(drawn)
        ],
        breaks=breaks,
        tables=[folded_html(table, address, workings) for table in tables],
        reports=[(year, f"reports/{year}/#{_anchor(grouping)}") for year in reversed(years)],
        workings=workings.to_html(environment.citing(address)),
        link=lambda target: relative_link(target, address),
    )
    summary = f"NHS Talking Therapies by {grouping.by}, {years[0]} to {years[-1]}: how many referrals, how many finish, how many recover."
    return Page(f"groups/{grouping.id}.md", grouping.title, "group", body, summary, workings.tables)


def _standfirst(grouping: Grouping, drawn: Sequence[Chart], years: Sequence[FinancialYear]) -> str:
    span = f"from {years[0]} to {years[-1]}" if len(years) > 1 else f"in {years[0]}"
    if any(chart.id == series_id(grouping, RATE) for chart in drawn):
        return f"Who is referred, who finishes and who recovers, by {grouping.by}, {span}."
    if drawn:
        return f"Courses finished, by {grouping.by}, {span}. Who recovers is not divided so in our sources."
    return f"The sources name the categories, {span}, and count nothing by {grouping.by}."


def _anchor(grouping: Grouping) -> str:
    """The section of a report that holds the grouping."""
    sections = {"waiting-time": "waiting-times", "stepped-care": "how-much-treatment"}
    return sections.get(grouping.id, "how-much-treatment" if grouping.id == "consultation-medium" else "who-is-served")
