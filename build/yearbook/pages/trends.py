"""The trend pages: each metric over every year, the index of them, and the cards that lead to them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from yearbook.charts.chart import Chart, MissingChart
from yearbook.charts.trends import spark_ends, spark_words
from yearbook.formatting import sentence_case
from yearbook.metrics import (
    CASENESS_BASE,
    ENDED_BASE,
    ENTERED_BASE,
    FINISHED,
    FINISHED_BASE,
    METRICS_BY_NAME,
    RECEIVED_BASE,
    TREATED_BASE,
    Metric,
    count_of,
    full_title,
)
from yearbook.pages.bases import trend_bases
from yearbook.pages.cards import trend_card
from yearbook.pages.environment import PageEnvironment, render_page
from yearbook.pages.markup import figure_html, linked, live_change, live_number, table_html
from yearbook.pages.metrics import example_sum, example_what, methods_address, siblings
from yearbook.pages.page import Page, relative_link
from yearbook.pages.text import slug
from yearbook.pages.workings import WorkingsList
from yearbook.report import Report
from yearbook.tables import bases_table, metrics_without_figures, trend_metrics, trend_table
from yearbook.wording import standing_words
from yearbook.years import FinancialYear

Charts = Mapping[tuple[str, FinancialYear | None], Chart | MissingChart]
"""Every chart by its id and its year, None for one of the whole series."""

HEADLINES = (
    "recovery_rate",
    "completion_rate",
    "finished_of_entered",
    "recovered_of_received",
    "second_treatment_within_6_weeks",
    "reliable_improvement_rate",
)
"""The trends that the home page shows."""

COMPANIONS: Mapping[str, tuple[str, bool]] = {
    "recovery": ("five-denominators", True),
    "finished_course_of_treatment": ("completion-trend", False),
    "reliable_improvement": ("outcomes", True),
    "no_reliable_change": ("outcomes", True),
    "reliable_deterioration": ("outcomes", True),
    "unscored": ("outcomes", True),
    "first_treatment_within_6_weeks": ("waits", False),
    "first_treatment_within_18_weeks": ("waits", False),
    "second_treatment_within_6_weeks": ("waits", False),
}
"""The chart that sets a count beside others, whatever base the page puts it over: its id, and whether it is yearly."""


@dataclass(frozen=True, slots=True)
class Group:
    """A part of the index: its heading, and what is said of it in a sentence."""

    id: str
    title: str
    sentence: str


GROUPS: tuple[Group, ...] = (
    Group("volumes", "Volumes and stages", "How many referrals reached each stage in the year."),
    Group("outcomes", "Outcomes, counted", "What became of the courses finished in the year."),
    Group(RECEIVED_BASE, "Of referrals received", "Ratios of flows through one year: not the same referrals."),
    Group(ENTERED_BASE, "Of referrals that entered treatment", "Ratios of flows through one year, too."),
    Group(ENDED_BASE, "Of referrals that ended", "True shares: each referral is counted when it ends."),
    Group(TREATED_BASE, "Of referrals that ended after treatment", "Those with at least one treatment appointment."),
    Group(FINISHED_BASE, "Of all who finished", "Those with two treatment appointments or more."),
    Group(CASENESS_BASE, "Of those at caseness at the start", "Only those the published recovery rate counts."),
    Group("rest", "Waits, appointments and people", "How soon, how much, and how many people."),
)
"""The parts of the index of trends, in reading order."""


def trend_address(metric: Metric) -> str:
    """Where the metric's trend page is published."""
    return f"trends/{metric.slug}/"


def group_of(metric: Metric) -> str:
    """The id of the part of the index that the metric stands in."""
    if metric.unit == "count":
        outcome = metric.cohort == FINISHED and metric.name != "finished_course_of_treatment"
        return "outcomes" if outcome else "volumes"
    if not metric.is_rate or any(term.breakdown is not None for term in metric.formula.over):
        return "rest"
    return metric.base if metric.base in {group.id for group in GROUPS} else CASENESS_BASE


def trend_cards(
    report: Report, metrics: Iterable[Metric], charts: Charts, workings: WorkingsList, address: str
) -> list[dict[str, Any]]:
    """What the page at `address` says of each trend: its last value, base, change, first value and small line.

    A metric without a figure in any year has no trend and is left out.
    """
    cards = []
    for metric in metrics:
        chart = charts.get((f"trend-{metric.slug}", None))
        if not isinstance(chart, Chart):
            continue
        first, last = spark_ends(metric, chart.table)
        picture = chart.pictures["spark"]
        cards.append(
            {
                "title": full_title(metric),
                "address": trend_address(metric),
                "year": last,
                "value": live_number(metric.name, last, report.working(metric.name, last), workings),
                "base": metric.base or metric.definition.rstrip("."),
                "change": _change(report, metric, last, workings),
                "first": live_number(metric.name, first, report.working(metric.name, first), workings),
                "since": first,
                "image": relative_link(f"assets/charts/{chart.name}-spark.svg", address),
                "width": picture.width,
                "height": picture.height,
                "alt": spark_words(report, metric, chart.table),
            }
        )
    return cards


def headline_cards(report: Report, charts: Charts, workings: WorkingsList) -> list[dict[str, Any]]:
    """The cards of the headline metrics, for the home page."""
    return trend_cards(report, [METRICS_BY_NAME[name] for name in HEADLINES], charts, workings, "")


def _change(report: Report, metric: Metric, year: FinancialYear, workings: WorkingsList) -> str:
    """The change on the year before, live, where the two years compare."""
    change = report.change(metric.name, year)
    if change.difference is None:
        return ""
    words = live_change(metric.name, year.previous, year, change, workings)
    return f'{words} on <span class="year">{year.previous}</span>'


def render_trends_index(report: Report, charts: Charts, environment: PageEnvironment) -> Page:
    """Every metric as a small multiple, in reading order; at the foot those that no source has a figure of."""
    workings, address, metrics = WorkingsList(report), "trends/", trend_metrics(report)
    groups = [
        (group, trend_cards(report, [one for one in metrics if group_of(one) == group.id], charts, workings, address))
        for group in GROUPS
    ]
    body = render_page(
        environment,
        "pages/trends.md",
        groups=[(group, cards) for group, cards in groups if cards],
        count=len(metrics),
        first=report.years[0],
        last=report.years[-1],
        without=[(full_title(metric), methods_address(metric)) for metric in metrics_without_figures(report)],
        workings=workings.to_html(environment.citing(address)),
        link=lambda target: relative_link(target, address),
    )
    return Page(
        "trends/index.md",
        "Trends",
        "trends",
        body,
        "Every figure of NHS Talking Therapies, year after year, from referrals received to recovery and waits.",
    )


def render_trend(report: Report, metric: Metric, charts: Charts, environment: PageEnvironment) -> Page:
    """One metric over every year, with its chart, its numerator over every base, its rules and its table."""
    address, workings, title = trend_address(metric), WorkingsList(report), full_title(metric)
    chart = charts[f"trend-{metric.slug}", None]
    table, bases = trend_table(report, metric), bases_table(report, metric)
    known = table.known(metric.name)
    years = [year for year in report.years if min(known) <= year <= max(known)]
    body = render_page(
        environment,
        "pages/trend.md",
        title=title,
        standfirst=_standfirst(report, metric, known, workings),
        base=sentence_case(metric.base),
        cohort_page=f"methods/metrics/#{slug(metric.cohort)}",
        metric=metric,
        chart=figure_html(chart, address, workings, eager=True, level=2) if isinstance(chart, Chart) else "",
        standards=[held for held in report.archive.standards if held.metric == metric.name],
        targets=_targets(report, metric, workings),
        breaks=report.breaks(metric.name, years),
        events=[event for event in report.archive.events if event.year in years],
        companion=_companion(report, metric, charts, address, workings),
        bases=table_html(bases, address, workings) if bases else "",
        switch=trend_bases(report, metric, max(known), address, workings),
        several=bases is not None and len(bases.columns) > 3,
        others=[(full_title(other), trend_address(other)) for other in siblings(metric)],
        example=example_sum(metric),
        example_what=example_what(metric),
        methods=methods_address(metric),
        table=table_html(table, address, workings),
        workings=workings.to_html(environment.citing(address)),
        link=lambda target: relative_link(target, address),
    )
    summary = f"{title} in NHS Talking Therapies, in every year. {metric.definition}"
    card = trend_card(report, metric, summary, chart)
    return Page(f"trends/{metric.slug}.md", title, "trend", body, summary, workings.tables, card=card)


def _standfirst(report: Report, metric: Metric, known: Iterable[FinancialYear], workings: WorkingsList) -> str:
    """The last value, its change on the year before and its record, all live."""
    year = max(known)
    working = report.working(metric.name, year)
    value = live_number(metric.name, year, working, workings)
    parts = [_change(report, metric, year, workings)]
    standing = standing_words(report.standing(metric.name, year))
    if standing:
        parts.append(linked(standing, workings.add(metric.name, year, working)))
    told = ", and ".join(part for part in parts if part)
    words = f"{value} in {year}{f': {told}' if told else ''}."
    return words if year == report.latest else f"{words} No source at hand has a later year."


def _targets(report: Report, metric: Metric, workings: WorkingsList) -> list[dict[str, Any]]:
    """The metric's targets, each with the count of its own year beside it."""
    return [
        {
            "target": target,
            "value": live_number(metric.name, target.year, report.working(metric.name, target.year), workings)
            if target.year in report.years
            else "",
        }
        for target in report.archive.targets
        if target.metric == metric.name
    ]


def _companion(report: Report, metric: Metric, charts: Charts, address: str, workings: WorkingsList) -> str:
    count = count_of(metric.formula.over)
    id, yearly = COMPANIONS.get(count.name if count else metric.name, ("", False))
    chart = charts.get((id, report.latest if yearly else None))
    return figure_html(chart, address, workings) if isinstance(chart, Chart) else ""
