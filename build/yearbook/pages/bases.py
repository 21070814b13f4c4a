"""One count over the base that a reader picks: a switch of radio buttons that works without scripts.

All the views are in the page, each with its base in words; the style sheet shows the one that is picked, and all of
them on paper and in a browser that cannot follow the switch.
"""

from collections.abc import Sequence
from html import escape

from yearbook.charts.theme import SPARK
from yearbook.charts.trends import spark_ends, spark_words
from yearbook.formatting import sentence_case
from yearbook.metrics import METRICS_BY_NAME, Metric, count_of, rates_over_each_base
from yearbook.pages.markup import live_number
from yearbook.pages.page import relative_link
from yearbook.pages.workings import WorkingsList
from yearbook.report import Report
from yearbook.tables import Cell, denominators_table, trend_metrics, trend_table
from yearbook.years import FinancialYear

PUBLISHED = "recovery_rate"
"""The rate over the base that the publisher prints it on and the standard is set on: what a report shows first."""


def report_bases(report: Report, year: FinancialYear, address: str, workings: WorkingsList) -> str:
    """The switch of a year's report: its recoveries over each of five bases, the published one first shown.

    Empty where fewer than two of the five are known.
    """
    cells = [cell for row in denominators_table(report, year).rows for cell in row.cells if isinstance(cell, Cell)]
    metrics = [METRICS_BY_NAME[cell.metric] for cell in cells]
    return _switch(report, metrics, METRICS_BY_NAME[PUBLISHED], year, address, workings)


def trend_bases(report: Report, metric: Metric, year: FinancialYear, address: str, workings: WorkingsList) -> str:
    """The switch of a rate's trend page: its count in `year` over every base there is, the page's own first shown.

    Empty for what is no rate, has one base alone or is known over one alone.
    """
    return _switch(report, rates_over_each_base(metric), metric, year, address, workings) if metric.is_rate else ""


def _switch(
    report: Report, metrics: Sequence[Metric], chosen: Metric, year: FinancialYear, address: str, workings: WorkingsList
) -> str:
    if sum(report.figure(metric.name, year).known for metric in metrics) < 2:
        return ""
    count = count_of(chosen.formula.over)
    legend = f"{(count or chosen).title}, {year}: choose the base"
    labels = "\n".join(
        f'<label><input type="radio" name="base"{" checked" if metric == chosen else ""}> '
        f"{escape(sentence_case(metric.base))}</label>"
        for metric in metrics
    )
    drawn = trend_metrics(report)
    views = "\n".join(_view(report, metric, year, address, workings, metric in drawn) for metric in metrics)
    return (
        f'<fieldset class="bases"><legend>{escape(legend)}</legend>\n'
        f'<div class="bases__switch">\n{labels}\n</div>\n'
        f'<div class="bases__views" aria-live="polite">\n{views}\n</div></fieldset>'
    )


def _view(
    report: Report, metric: Metric, year: FinancialYear, address: str, workings: WorkingsList, drawn: bool
) -> str:
    """A base: the percentage large, whom it counts in words, why it is missing, and its course over the years."""
    working = report.working(metric.name, year)
    value = live_number(metric.name, year, working, workings)
    definition = metric.definition + (" This is the published recovery rate." if metric.name == PUBLISHED else "")
    parts = [
        f'<p class="bases__value">{value}</p>',
        f'<p class="base">{escape(f"{sentence_case(metric.base)}, in {year}")}</p>',
    ]
    if not working.figure.known:
        why = f"{sentence_case(working.figure.status.words)} for {year}."
        parts.append(f'<p class="note">{escape(why)}</p>')
    parts.append(f'<p class="note">{escape(definition)}</p>')
    if drawn:
        parts.append(_course(report, metric, address, workings))
    return f'<div class="bases__view">{"".join(parts)}</div>'


def _course(report: Report, metric: Metric, address: str, workings: WorkingsList) -> str:
    """The small drawing of the metric over the years, with what it begins and ends at."""
    table = trend_table(report, metric)
    first, last = spark_ends(metric, table)
    ends = [
        f"{live_number(metric.name, found, report.working(metric.name, found), workings)} in {escape(str(found))}"
        for found in dict.fromkeys((first, last))
    ]
    image = relative_link(f"assets/charts/trend-{metric.slug}-spark.svg", address)
    return (
        f'<p class="bases__course"><img src="{image}" width="{SPARK[0]}" height="{SPARK[1]}" '
        f'alt="{escape(spark_words(report, metric, table))}" loading="lazy"> <span>{", ".join(ends)}</span></p>'
    )
