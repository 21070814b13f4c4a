"""What the social card of each kind of page says: its number, the words of its base, its small chart.

A card is made of the records that its page shows, and of nothing else. A page of another kind has a card of its title
and its summary (see `Page.social_card`).
"""

from yearbook.areas import Area
from yearbook.charts.areas import area_chart_id
from yearbook.charts.cards import Card, card_chart
from yearbook.charts.chart import Chart, MissingChart
from yearbook.charts.trends import spark_ends
from yearbook.formatting import sentence_case
from yearbook.metrics import METRICS_BY_NAME, Metric, full_title
from yearbook.peers import Comparisons
from yearbook.report import Report
from yearbook.years import FinancialYear

AREA_METRIC = "recovery_rate"


def plain_title(metric: Metric) -> str:
    """The metric's title in a sentence; the base at its end is left to the words of the base."""
    title = metric.title.partition(", of ")[0] if metric.base else metric.title
    return title[:1].lower() + title[1:]


def folio(year: FinancialYear) -> str:
    """The year as it is set in the margin: `2019–20`."""
    return str(year).replace("-", "–")


def report_card(
    report: Report, year: FinancialYear, title: str, standfirst: str, hero: str, chart: Chart | MissingChart | None
) -> Card:
    """The card of a year's report: its hero metric that year, and the series with the year marked."""
    metric, working = METRICS_BY_NAME[hero], report.working(hero, year)
    kind = f"The report for {folio(year)}"
    if not working.figure.known:
        return Card(title, standfirst, kind, folio(year))
    base = _based(plain_title(metric), metric.base, str(year))
    picture = chart.pictures.get("spark") if isinstance(chart, Chart) else None
    return Card(title, standfirst, kind, folio(year), working.text(), base, card_chart(picture) if picture else None)


def trend_card(report: Report, metric: Metric, standfirst: str, chart: Chart | MissingChart) -> Card:
    """The card of a metric over the years: its last value and its line."""
    title = full_title(metric)
    if not isinstance(chart, Chart):
        return Card(title, standfirst, "Trends")
    _, last = spark_ends(metric, chart.table)
    base = _based(plain_title(metric), metric.base, str(last))
    number = report.working(metric.name, last).text()
    return Card(title, standfirst, "Trends", folio(last), number, base, card_chart(chart.pictures["spark"]))


def area_card(
    comparisons: Comparisons, area: Area, title: str, standfirst: str, chart: Chart | MissingChart | None
) -> Card:
    """The card of an area: its recovery rate in its latest year with England's, and its line against England's.

    A rate that there is reason to doubt has words instead: a card has no room for the reason.
    """
    report = comparisons.report
    year, metric = area.years[-1], METRICS_BY_NAME[AREA_METRIC]
    own, whole = (
        report.working(AREA_METRIC, year, area.in_years[year]),
        report.working(AREA_METRIC, year),
    )
    kind = sentence_case(area.type_word)
    if not own.figure.known or comparisons.flags(area.in_years[year], year):
        return Card(title, standfirst, kind, folio(year))
    base = _based(plain_title(metric), metric.base, str(year))
    if whole.figure.known:
        base = f"{base}. England: {whole.text()}"
    picture = next(iter(chart.pictures.values())) if isinstance(chart, Chart) else None
    names = {"accent": area.short, "quiet": "England"}
    line = card_chart(picture, names) if picture else None
    return Card(title, standfirst, kind, folio(year), own.text(0), base, line)


def _based(what: str, base: str, year: str) -> str:
    """`recovery rate, of referrals that finished …, 2019-20`."""
    return ", ".join(part for part in (what, base, year) if part)


def trend_of(area: Area) -> tuple[str, None]:
    """The key of the chart whose lines the area's card shows."""
    return area_chart_id(area, "trend"), None
