"""The pages around the reports: home, the indexes, trends, methods, glossary.

Each `render_` is a pure function of the report and of what editors wrote.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from jinja2 import Environment

from yearbook.charts.chart import Chart, MissingChart
from yearbook.formatting import format_number, join_words, sentence_case
from yearbook.formulas import Source, Term, Working, evaluate
from yearbook.metrics import METADATA, METRICS, METRICS_BY_NAME, Metric
from yearbook.pages.commentary import Commentary, render_commentary
from yearbook.pages.editors import EditorsHelpers
from yearbook.pages.markup import figure_html, linked, live_number, table_html
from yearbook.pages.page import Page, relative_link
from yearbook.pages.reports import ReportPage
from yearbook.pages.workings import WorkingsList, sum_in_words, working_sum
from yearbook.reconcile import Level
from yearbook.report import BASIS_WORDS, Report
from yearbook.tables import Table, series_table
from yearbook.values import Figure
from yearbook.wording import change_words, standing_words
from yearbook.years import FinancialYear


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

SITE_NAME = "The Talking Therapies Yearbook"


def trend_table(report: Report, trend: Trend) -> Table:
    """The table of a trend page, a line for each year."""
    return series_table(report, trend.columns, report.years, trend.slug, f"{trend.title}, England, every year")


def render_home(
    report: Report, reports: Sequence[ReportPage], chart: Chart | MissingChart, environment: Environment
) -> Page:
    """The home page: the latest year's finding, its journey, the latest reports, the headline trends."""
    latest, workings = reports[-1], WorkingsList(report)
    year = latest.year

    def live(metric: str, places: int | None = None) -> str:
        return live_number(metric, year, report.working(metric, year), workings, places)

    if report.has_ended_cohort(year):
        finding = f"Of the {live('ended_referrals')} referrals that ended in {year}, {live('recovered_of_ended')} had recovered. "
    else:
        finding = f"The service received {live('referrals_received')} referrals in {year} and recorded {live('recovery')} recoveries. "
    finding += f"The published recovery rate, {live('recovery_rate')}, counts only those who finished a course and were at caseness at the start."
    figure = figure_html(chart, "", workings, eager=True, level=2) if isinstance(chart, Chart) else ""
    return Page(
        "index.md",
        SITE_NAME,
        "home",
        environment.get_template("pages/home.md").render(
            year=year,
            title=latest.title,
            finding=finding,
            chart=figure,
            cards=list(reversed(reports))[:4],
            count=len(reports),
            first=reports[0].year,
            trends=_trend_cards(report, workings),
            workings=workings.to_html(),
            link=lambda target: relative_link(target, ""),
        ),
        "Independent yearly reports on England's NHS Talking Therapies, from referral to recovery, with every figure checked.",
    )


def render_reports_index(report: Report, reports: Sequence[ReportPage], environment: Environment) -> Page:
    """The list of all reports, latest first, with four facts each."""
    workings, address = WorkingsList(report), "reports/"

    def fact(metric: str, year: FinancialYear) -> str:
        return live_number(metric, year, report.working(metric, year), workings)

    shown = ("referrals_received", "finished_course_of_treatment", "recovery", "recovery_rate")
    cards = [
        {
            "year": found.year,
            "title": found.title,
            "standfirst": found.standfirst,
            "facts": [(METRICS_BY_NAME[name].title, fact(name, found.year)) for name in shown],
        }
        for found in reversed(reports)
    ]
    body = environment.get_template("pages/reports.md").render(
        cards=cards,
        first=reports[0].year,
        last=reports[-1].year,
        workings=workings.to_html(),
        link=lambda target: relative_link(target, address),
    )
    return Page(
        "reports/index.md",
        "The yearly reports",
        "reports",
        body,
        f"A report on NHS Talking Therapies for every year from {reports[0].year} to {reports[-1].year}.",
    )


def _trend_cards(report: Report, workings: WorkingsList) -> list[dict[str, Any]]:
    cards, year = [], report.latest
    for trend in TRENDS:
        name, metric = trend.metric, METRICS_BY_NAME[trend.metric]
        change = linked(
            change_words(name, report.change(name, year)), workings.add(name, year, report.working(name, year))
        )
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
    body = environment.get_template("pages/trends.md").render(
        trends=_trend_cards(report, workings),
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
    change = linked(change_words(name, report.change(name, year)), workings.add(name, year, report.working(name, year)))
    standfirst = f"{value} in {year}: {change} on the year before{f', and {standing}' if standing else ''}."
    body = environment.get_template("pages/trend.md").render(
        title=trend.title,
        base=sentence_case(metric.base),
        standfirst=standfirst,
        metric=metric,
        chart=figure_html(chart, address, workings, eager=True, level=2) if isinstance(chart, Chart) else "",
        standards=[standard for standard in report.archive.standards if standard.metric == name],
        breaks=report.breaks(name, report.years),
        table=table_html(trend_table(report, trend), workings),
        download=f"assets/tables/{trend.slug}.csv",
        workings=workings.to_html(),
        link=lambda target: relative_link(target, address),
    )
    summary = f"{trend.title} in NHS Talking Therapies, in every year. {metric.definition}"
    return Page(f"trends/{trend.slug}.md", trend.title, "trend", body, summary)


METHODS_PAGES = (
    (
        "methods/metrics/",
        "How each metric is computed",
        "Every metric with its base, its definition and a worked example that is also a test.",
    ),
    (
        "methods/reconciliation/",
        "Our figures against the publisher's",
        "Each published percentage computed again, year by year and level by level.",
    ),
    (
        "methods/sources/",
        "Sources, revisions and breaks",
        "The releases used, the figures from elsewhere, and where a series does not compare with itself.",
    ),
    ("methods/glossary/", "Glossary", "The words of the service and of its statistics, in plain English."),
)


def render_methods_index(environment: Environment) -> Page:
    """The entrance to the methods pages, with how to read a figure."""
    entries = [{"address": address, "title": title, "sentence": sentence} for address, title, sentence in METHODS_PAGES]
    body = environment.get_template("pages/methods.md").render(
        entries=entries, link=lambda target: relative_link(target, "methods/")
    )
    return Page(
        "methods/index.md",
        "Methods",
        "methods",
        body,
        "How the figures of the Yearbook are made, and how to check them.",
    )


def example_working(metric: Metric) -> Working:
    """The working of a metric's worked example, from the numbers it gives."""
    numbers = dict(metric.example.given)

    def look_up(term: Term) -> tuple[Figure, str, str]:
        name = f"{term.measure} within the limit" if term.breakdown else term.measure
        unit = metric.unit if not metric.formula.under else "count"
        return Figure(numbers[name], unit=unit), "", ""

    return evaluate(metric.formula, Source("", look_up, {}))


def _worked(metric: Metric) -> dict[str, Any]:
    working = example_working(metric)
    sums = [words for words in (sum_in_words(metric, working), working_sum(metric, working)) if words]
    return {"metric": metric, "sum": ": ".join(sums), "printed": metric.example.gives}


def render_metrics(environment: Environment) -> Page:
    """Every metric with its definition and worked example, by cohort."""
    groups = [
        (cohort, [_worked(metric) for metric in metrics])
        for cohort, metrics in groupby(
            sorted(METRICS, key=lambda metric: metric.cohort), key=lambda metric: metric.cohort
        )
    ]
    body = environment.get_template("pages/metrics.md").render(groups=groups, count=len(METRICS), source=METADATA)
    return Page(
        "methods/metrics.md",
        "How each metric is computed",
        "methods",
        body,
        "Every metric of the Yearbook with its base, definition and worked example.",
    )


def render_reconciliation(report: Report, levels: Sequence[Level], environment: Environment) -> Page:
    """Our rates against the publisher's, year by year and level by level, and why 50.2 is also 50.3."""
    workings, address = WorkingsList(report), "methods/reconciliation/"
    england = [level for level in levels if level.org_type == "england"]
    below = [level for level in levels if level.org_type != "england"]
    agree, checked = sum(level.agree for level in england), sum(level.checked for level in england)
    within, tested = sum(level.agree for level in below), sum(level.checked for level in below)
    same = sum(level.same for level in below)
    misses = [miss for level in levels for miss in level.misses]
    standfirst = f"{format_number(checked + tested)} published percentages, computed again from the counts: " + (
        "every one comes out as it should."
        if agree + within == checked + tested
        else f"{format_number(agree + within)} come out as they should."
    )
    body = environment.get_template("pages/reconciliation.md").render(
        standfirst=standfirst,
        england=f"{_all_or(agree, checked)} are reproduced to the digit.",
        below=f"{_all_or(within, tested)} do; "
        f"computed from the rounded counts alone, {format_number(100 * same // tested)}% would print alike."
        if tested
        else "The releases at hand hold none.",
        table=_levels_html(levels),
        misses=misses,
        explanation=_two_rates(report, workings),
        workings=workings.to_html(),
        link=lambda target: relative_link(target, address),
    )
    return Page(
        "methods/reconciliation.md",
        "Our figures against the publisher's",
        "methods",
        body,
        "Every published percentage computed again from the counts, year by year and level by level.",
    )


def _two_rates(report: Report, workings: WorkingsList) -> str:
    """Why 50.2 is also 50.3, in live numbers; empty when the year that shows it has no release."""
    year = FinancialYear(2021)
    if year not in report.archive.releases:
        return ""

    def live(metric: str) -> str:
        return live_number(metric, year, report.working(metric, year), workings)

    return (
        f"For {year} the publisher gives a recovery rate of {live('recovery_rate')}. Divide the same "
        f"{live('recovery')} recoveries by the published count at caseness, {live('at_caseness')}, and "
        f"{live('recovered_of_at_caseness')} comes out. The publisher divides by all who finished "
        f"({live('finished_course_of_treatment')}) less those not at caseness ({live('not_at_caseness')}), which leaves "
        f"{live('eligible_for_recovery')}: a little more, because some finished courses carry neither mark and stay "
        "in. Both sums are right. They answer different questions, and only the first is the published recovery rate."
    )


def _all_or(part: int, whole: int) -> str:
    return f"All {format_number(whole)}" if part == whole else f"{format_number(part)} of {format_number(whole)}"


def _levels_html(levels: Sequence[Level]) -> str:
    rows = "".join(
        f'<tr><th scope="row">{level.year}</th><td class="text">{level.title}</td><td class="num">{format_number(level.percentages)}</td>'
        f'<td class="num">{format_number(level.checked)}</td><td class="num">{format_number(level.agree)}</td>'
        f'<td data-agrees="{"yes" if level.agree == level.checked else "no"}">'
        f"{'all agree' if level.agree == level.checked else f'{level.checked - level.agree} differ'}</td></tr>"
        for level in sorted(levels, key=lambda level: level.year, reverse=True)
        if level.percentages
    )
    caption = "Published percentages, and how many come out from the counts"
    head = "".join(
        f'<th scope="col"{kind}>{column}</th>'
        for column, kind in (
            ("Year", ""),
            ("Level", ' class="text"'),
            ("Percentages published", ""),
            ("With all their counts", ""),
            ("Reproduced or within bounds", ""),
            ("Result", ' class="text"'),
        )
    )
    return (
        f'<div class="table-scroll" tabindex="0" role="region" aria-label="{caption}"><table class="data reconciliation">'
        f"<caption>{caption}</caption><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def render_sources(report: Report, environment: Environment) -> Page:
    """The releases, the figures from elsewhere with their basis, and the breaks."""
    rows = [
        {
            "year": row.year,
            "title": _supplement_title(row.measure),
            "value": f"{format_number(row.figure.exact, row.places)}{'%' if row.figure.unit == 'percent' else ''}",
            "basis": BASIS_WORDS[row.basis],
            "source": f"{row.source}; {row.note}" if row.note else row.source,
        }
        for row in report.archive.supplement
    ]
    body = environment.get_template("pages/sources.md").render(
        releases=[report.archive.register[year] for year in reversed(report.years)],
        licences=join_words(list(dict.fromkeys(entry.licence for entry in report.archive.register.values()))),
        supplement=rows,
        breaks=report.archive.breaks,
    )
    return Page(
        "methods/sources.md",
        "Sources, revisions and breaks",
        "methods",
        body,
        "Where every figure of the Yearbook comes from.",
    )


def _supplement_title(measure: str) -> str:
    name = measure.removesuffix("_percent")
    if measure in METRICS_BY_NAME:
        return METRICS_BY_NAME[measure].title
    return METRICS_BY_NAME[name].title if name in METRICS_BY_NAME else sentence_case(measure.replace("_", " "))


def render_glossary(report: Report, commentary: Commentary, environment: Environment) -> Page:
    """The glossary as its editor wrote it."""
    helpers = EditorsHelpers(report, None, "methods/glossary/", commentary.file, {}, {})
    rendered = render_commentary(commentary, helpers)
    text = "\n\n".join([rendered.lead, *(f"## {section.title}\n\n{section.text}" for section in rendered.sections)])
    body = environment.get_template("pages/glossary.md").render(
        title=rendered.title, standfirst=rendered.standfirst, text=f"{text}\n\n{helpers.workings.to_html()}"
    )
    return Page("methods/glossary.md", rendered.title, "glossary", body, rendered.standfirst)
