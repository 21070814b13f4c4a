"""The trend pages: one metric over every year, and the index of them."""

from dataclasses import dataclass
from typing import Any

from jinja2 import Environment

from yearbook.charts.chart import Chart, MissingChart
from yearbook.formatting import sentence_case
from yearbook.metrics import METRICS_BY_NAME
from yearbook.pages.environment import render_page
from yearbook.pages.markup import figure_html, live_change, live_number, table_html
from yearbook.pages.page import Page, relative_link
from yearbook.pages.workings import WorkingsList
from yearbook.report import Report
from yearbook.tables import Table, series_table
from yearbook.wording import standing_words


@dataclass(frozen=True, slots=True)
class Trend:
    """A trend page: its title, its metric, its chart, and the metrics of its table."""

    slug: str
    title: str
    metric: str
    chart: str
    columns: tuple[str, ...]

    @property
    def address(self) -> str:
        """Where it is published."""
        return f"trends/{self.slug}/"


TRENDS: tuple[Trend, ...] = (
    Trend("recovery-rate", "Recovery rate", "recovery_rate", "recovery-trend",
          ("recovery_rate", "recovery", "eligible_for_recovery")),
    Trend("completion", "Finishing treatment", "finished_of_entered", "completion-trend",
          ("finished_of_entered", "completion_rate", "finished_of_received")),
)  # fmt: skip
"""The trend pages, in reading order."""


def trend_table(report: Report, trend: Trend) -> Table:
    """The table of a trend page, a line for each year."""
    return series_table(report, trend.columns, report.years, trend.slug, f"{trend.title}, England, every year")


def trend_cards(report: Report, workings: WorkingsList) -> list[dict[str, Any]]:
    """What an index says of each trend: its latest value, base, change and standing."""
    cards, year = [], report.latest
    for trend in TRENDS:
        name, metric = trend.metric, METRICS_BY_NAME[trend.metric]
        change = live_change(name, year.previous, year, report.change(name, year), workings)
        standing = standing_words(report.standing(name, year))
        cards.append(
            {
                "title": trend.title,
                "address": trend.address,
                "value": live_number(name, year, report.working(name, year), workings),
                "base": f"{metric.base}, {year}",
                "change": "; ".join(part for part in (f"{change} on {year.previous}", standing) if part),
            }
        )
    return cards


def render_trends_index(report: Report, environment: Environment) -> Page:
    """The list of trend pages, each with its latest value."""
    workings = WorkingsList(report)
    body = render_page(
        environment,
        "pages/trends.md",
        trends=trend_cards(report, workings),
        workings=workings.to_html(),
        link=lambda target: relative_link(target, "trends/"),
    )
    return Page(
        "trends/index.md",
        "Trends",
        "trends",
        body,
        "Recovery and completion in NHS Talking Therapies, year after year.",
    )


def render_trend(report: Report, trend: Trend, chart: Chart | MissingChart, environment: Environment) -> Page:
    """One metric over every year, with its chart, definition, standards, breaks and table."""
    name, address, workings = trend.metric, trend.address, WorkingsList(report)
    metric = METRICS_BY_NAME[name]
    year = report.latest
    value = live_number(name, year, report.working(name, year), workings)
    standing = standing_words(report.standing(name, year))
    change = live_change(name, year.previous, year, report.change(name, year), workings)
    standfirst = f"{value} in {year}: {change} on the year before{f', and {standing}' if standing else ''}."
    body = render_page(
        environment,
        "pages/trend.md",
        title=trend.title,
        base=sentence_case(metric.base),
        standfirst=standfirst,
        metric=metric,
        chart=figure_html(chart, address, workings, eager=True, level=2) if isinstance(chart, Chart) else "",
        standards=[standard for standard in report.archive.standards if standard.metric == name],
        breaks=report.breaks(name, report.years),
        table=table_html(trend_table(report, trend), address, workings),
        workings=workings.to_html(),
        link=lambda target: relative_link(target, address),
    )
    summary = f"{trend.title} in NHS Talking Therapies, in every year. {metric.definition}"
    return Page(f"trends/{trend.slug}.md", trend.title, "trend", body, summary, workings.tables)
