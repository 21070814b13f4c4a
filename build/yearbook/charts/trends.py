"""Any metric over all the years: with its standards and targets, the breaks of the series and what happened.

One builder makes the chart of every metric, in whatever unit, and the small drawing of its card.
"""

from collections.abc import Sequence
from dataclasses import replace

from yearbook.charts.chart import Chart, MissingChart, source_words
from yearbook.charts.openings import opening
from yearbook.charts.pictures import Picture, Record, Scale, plotted, point, rule
from yearbook.charts.sentences import break_notes, level_text, run_of, target_notes, trend_finding, yearly_finding
from yearbook.charts.theme import SPARK, WIDTHS
from yearbook.charts.ticks import ticks_of
from yearbook.charts.timelines import (
    add_breaks,
    add_events,
    add_gaps,
    add_point,
    add_standard,
    add_target,
    add_value,
    begin_timeline,
    lines_through,
    stands_above,
)
from yearbook.formatting import join_words, sentence_case
from yearbook.metrics import METRICS_BY_NAME, Metric
from yearbook.registers import Standard, Target
from yearbook.report import COMPARABLE_SINCE, MONTHLY, Report
from yearbook.tables import Cell, Table, trend_metrics, trend_table
from yearbook.years import FinancialYear, runs_of_years

Cells = dict[FinancialYear, Cell]
"""The cells of a series that have a number, by year, earliest first."""


def build_trends(report: Report) -> tuple[Chart, ...]:
    """The chart of every metric that has a figure in any year, each with its small drawing."""
    charts = []
    for metric in trend_metrics(report):
        chart = build_trend(report, metric, None, f"trend-{metric.slug}")
        if isinstance(chart, Chart):
            cells = _known(chart.table, metric)
            spark = _spark(report, metric, cells, max(cells))
            charts.append(replace(chart, pictures={**chart.pictures, "spark": spark}))
    return tuple(charts)


def build_card(report: Report, metric: Metric, year: FinancialYear) -> Chart | MissingChart:
    """The small drawing of a report's card: the metric over all the years, with the report's own marked."""
    table = trend_table(report, metric)
    cells = _known(table, metric)
    if year not in cells:
        title = metric.title[:1].lower() + metric.title[1:]
        return MissingChart("card", year, f"The {title} of {year} is not known.")
    finding = opening(metric, cells[year].text, year)
    pictures = {"spark": _spark(report, metric, cells, year)}
    chart = Chart("card", year, finding, metric.base, "", table, source_words(report, table), (), pictures)
    return replace(chart, alt=f"{spark_words(report, metric, table)[:-1]}; {cells[year].text} in {year} is marked.")


def _known(table: Table, metric: Metric) -> Cells:
    return dict(sorted(table.known(metric.name).items()))


def build_recovery_trend(report: Report, year: FinancialYear | None) -> Chart | MissingChart:
    """The recovery rate of every year against its standard, with `year`, or the latest, marked."""
    return build_trend(report, METRICS_BY_NAME["recovery_rate"], year, "recovery-trend")


def build_appointments_trend(report: Report, year: FinancialYear | None) -> Chart | MissingChart:
    """The mean number of treatment appointments of a finished course, every year known, with `year` marked."""
    chart = build_trend(report, METRICS_BY_NAME["mean_treatment_appointments"], year, "appointments-trend")
    if isinstance(chart, MissingChart):
        return replace(chart, reason=f"How many appointments a course finished in {year} took is not in the sources.")
    return chart


def build_trend(report: Report, metric: Metric, year: FinancialYear | None, id: str) -> Chart | MissingChart:
    """The metric in every year, with `year`, or the latest that has a value, marked."""
    table = trend_table(report, metric)
    cells = _known(table, metric)
    marked = year or max(cells, default=None)
    if marked is None or marked not in cells:
        title = metric.title[:1].lower() + metric.title[1:]
        return MissingChart(id, year, f"The {title} of {year or 'every year'} is not known.")
    years = [found for found in report.years if found >= min(cells)]
    begins = opening(metric, cells[marked].text, marked)
    if marked < COMPARABLE_SINCE:
        finding = f"{begins}, counted on another basis than in later years"
    elif year is None:
        finding = trend_finding(report, metric.name, begins, cells[marked])
    else:
        finding = yearly_finding(report, metric.name, begins, cells[marked])
    standards, targets = _standards(report, metric, years), _targets(report, metric, years)
    ticks = _ticks(metric, cells, standards, targets)
    alt = [f"A line from {min(cells)} to {max(cells)}. {metric.title}: {run_of(cells)}."]
    alt += [
        f"The standard from {held.first} is {level_text(held)}: {_met_words(report, metric, cells)}."
        for held in standards
    ]
    notes = target_notes(targets, cells)
    if ticks[0]:
        notes.append(f"The scale begins at {_scale_text(ticks[0], metric.unit)}, not at 0.")
    unknown = [found for found in years if found not in cells]
    if unknown:
        notes.append(f"Not known for {runs_of_years(unknown)}.")
    if any(cell.working.basis == MONTHLY for cell in cells.values()):
        notes.append("A diamond is a sum of twelve monthly releases; no line joins it to a figure of another basis.")
    notes += break_notes(report.breaks(metric.name, years))
    marks = [f"{event.mark}, {event.year}" for event in report.archive.events if event.mark and event.year in years]
    if marks:
        alt.append(f"Marked under the years: {join_words(marks)}.")
    pictures = {width: _picture(report, metric, cells, years, marked, width) for width in WIDTHS}
    base = sentence_case(metric.base) or metric.definition.rstrip(".")
    return Chart(
        id,
        year,
        finding,
        base,
        " ".join((*alt, *notes)),
        table,
        source_words(report, table),
        (*table.notes, *notes),
        pictures,
    )


def _met_words(report: Report, metric: Metric, cells: Cells) -> str:
    """In how many of the years judged the standard was met, and which missed it."""
    judged = {year: report.meets_standard(metric.name, year) for year in cells}
    missed = [str(year) for year, met in sorted(judged.items()) if met is False]
    if not missed:
        return "met in every year since"
    return f"met in every year since but {join_words(missed)}" if any(judged.values()) else "not met in any year since"


def _standards(report: Report, metric: Metric, years: Sequence[FinancialYear]) -> tuple[Standard, ...]:
    """The standards that were in force in any of `years`."""
    return tuple(
        held
        for held in report.archive.standards
        if held.metric == metric.name and any(held.in_force(year) for year in years)
    )


def _targets(report: Report, metric: Metric, years: Sequence[FinancialYear]) -> tuple[Target, ...]:
    return tuple(found for found in report.archive.targets if found.metric == metric.name and found.year in years)


def _ticks(metric: Metric, cells: Cells, standards: Sequence[Standard], targets: Sequence[Target]) -> list[float]:
    levels = [float(level) for level in (*(held.level for held in standards), *(found.level for found in targets))]
    return ticks_of([*(plotted(cell.working.figure) for cell in cells.values()), *levels], metric.unit)


def _scale_text(value: float, unit: str) -> str:
    return f"{value:g}%" if unit == "percent" else f"{value:g} days" if unit == "days" else f"{value:g}"


def _picture(
    report: Report, metric: Metric, cells: Cells, years: Sequence[FinancialYear], marked: FinancialYear, width: str
) -> Picture:
    standards, targets = _standards(report, metric, years), _targets(report, metric, years)
    ticks = _ticks(metric, cells, standards, targets)
    height = 250 if width == "wide" else 220
    breaks = report.breaks(metric.name, years)
    timeline = begin_timeline(width, years, ticks[0], ticks[-1], ticks, marked, height, metric.unit, breaks)
    add_breaks(timeline, breaks)
    add_events(timeline, report.archive.events)
    for standard in standards:
        add_standard(timeline, standard)
    values = {year: plotted(cell.working.figure) for year, cell in cells.items()}
    timeline.records["lines"] += lines_through(_runs(report, metric, cells), values, "main")
    for year, value in values.items():
        here, sum_of_months = year == marked, cells[year].working.basis == MONTHLY
        tone = "accent" if here else "main"
        shape, size = ("diamond", 64) if sum_of_months else ("circle", 44)
        words = f"{year}: {cells[year].text}"
        add_point(timeline, year, value, tone, words, here, year < COMPARABLE_SINCE, shape, size)
    for target in targets:
        add_target(timeline, target)
    comparable = [year for year in values if year >= COMPARABLE_SINCE] or list(values)
    highest = max(comparable, key=lambda year: values[year])
    for year in dict.fromkeys((marked, max(values), highest, min(values), min(comparable), *values)):
        here, above = year == marked, stands_above(values, year)
        add_value(timeline, year, values[year], cells[year].text, "accent" if here else "quiet", here, above)
    add_gaps(timeline, cells)
    return timeline.picture()


def _runs(report: Report, metric: Metric, cells: Cells) -> list[list[FinancialYear]]:
    """The years that a line joins: consecutive, of like basis, on one side of any change of definition."""
    breaks = report.breaks(metric.name, report.years)
    divides = {found.year for found in breaks if found.kind == "definition"} | {COMPARABLE_SINCE}
    runs: list[list[FinancialYear]] = []
    for year, cell in cells.items():
        before = cells.get(year.previous)
        like = before is not None and (before.working.basis == MONTHLY) == (cell.working.basis == MONTHLY)
        if like and year not in divides:
            runs[-1].append(year)
        else:
            runs.append([year])
    return runs


def _spark(report: Report, metric: Metric, cells: Cells, marked: FinancialYear) -> Picture:
    """The series as a small line without words, with a year marked; a year has the same place on every card."""
    across, down = SPARK
    values = {year: plotted(cell.working.figure) for year, cell in cells.items()}
    low, high = min(values.values()), max(values.values())
    room = (high - low) / 2 or 1
    first, last = report.years[0].start, max(report.years[-1].start, report.years[0].start + 1)
    x, y = Scale(first, last, 6, across - 8), Scale(low - room / 4, high + room / 4, down - 6, 4)
    runs = _runs(report, metric, cells)
    records: dict[str, list[Record]] = {
        "rules": [rule(0, down - 1, across, down - 1)],
        "lines": lines_through(runs, values, "main"),
        "points": [
            point(
                year.start,
                values[year],
                "accent" if year == marked else "main",
                f"{year}: {cells[year].text}",
                "none" if year < COMPARABLE_SINCE else "",
                "diamond" if cells[year].working.basis == MONTHLY else "circle",
                64 if year == marked else 24,
            )
            for run in runs
            for year in run
            if len(run) == 1 or year == marked
        ],
        "texts": [],
    }
    return Picture("lines", across, down, x, y, records)


def spark_ends(metric: Metric, table: Table) -> tuple[FinancialYear, FinancialYear]:
    """The first and the last year of the small line; 2012-13, which compares with nothing, only where it is alone."""
    known = table.known(metric.name)
    comparable = [year for year in known if year >= COMPARABLE_SINCE] or list(known)
    return min(comparable), max(comparable)


def spark_words(report: Report, metric: Metric, table: Table) -> str:
    """What the small drawing shows, in a sentence: from which value to which, the turns between, and the gaps."""
    first, last = spark_ends(metric, table)
    known = table.known(metric.name)
    cells = {year: cell for year, cell in known.items() if first <= year}
    title = metric.title[:1].lower() + metric.title[1:]
    if first == last:
        words = f"One value of {title}, {cells[first].text} in {first}"
    else:
        ends = f"from {cells[first].text} in {first} to {cells[last].text} in {last}"
        turns = [
            f"the {word}, {cells[year].text}, in {year}"
            for word, year in (
                ("highest", max(cells, key=lambda year: cells[year].working.figure.exact)),
                ("lowest", min(cells, key=lambda year: cells[year].working.figure.exact)),
            )
            if year not in (first, last)
        ]
        words = f"A line of {title} {join_words([ends, *turns])}"
    unknown = [year for year in report.years if first < year < last and year not in cells]
    gap = f", with no figure for {runs_of_years(unknown)}" if unknown else ""
    apart = [f"; apart, on another basis, {known[year].text} in {year}" for year in known if year < first]
    return f"{words}{gap}{''.join(apart)}."
