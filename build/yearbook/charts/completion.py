"""Finishing treatment over all the years in both cohorts: flows of the year, and the ended cohort where it is known."""

from yearbook.charts.chart import Chart, MissingChart, source_words
from yearbook.charts.pictures import Picture, plotted
from yearbook.charts.sentences import break_notes, run_of, yearly_finding
from yearbook.charts.theme import WIDTHS
from yearbook.charts.ticks import ticks_of
from yearbook.charts.timelines import (
    add_breaks,
    add_name,
    add_point,
    add_series,
    add_value,
    begin_timeline,
    stands_above,
)
from yearbook.formatting import join_words
from yearbook.report import COMPARABLE_SINCE, MONTHLY, Report
from yearbook.tables import Cell, series_table
from yearbook.years import FinancialYear


def build_completion_trend(report: Report, year: FinancialYear | None) -> Chart | MissingChart:
    """Courses finished against referrals that entered, every year, with the ended cohort where it is known."""
    flow, ended = "finished_of_entered", "completion_rate"
    years = [found for found in report.years if found >= COMPARABLE_SINCE]
    table = series_table(
        report, (flow, ended), years, "completion-trend", "Finishing treatment by year, in both cohorts, England"
    )
    flows = table.known(flow)
    marked = year or max(flows, default=None)
    if marked is None or marked not in flows:
        reason = (
            f"How the courses finished in {year} compare with the referrals that entered treatment cannot be said: "
        )
        return MissingChart("completion-trend", year, f"{reason}no one source has both counts.")
    cohort = table.known(ended)
    begins = (
        f"Courses finished in {marked} came to {flows[marked].text} of the referrals that entered treatment that year"
    )
    finding = yearly_finding(report, flow, begins, flows[marked])
    base = "Line: courses finished against referrals that entered treatment in the same year. "
    base += "Diamonds: of referrals that ended after at least one treatment appointment, the share that finished"
    low = _ticks(flows, cohort)[0]
    alt = [
        f"A line from {min(flows)} to {max(flows)}. Courses finished, as a percentage of referrals that entered "
        f"treatment in the year: {run_of(flows)}."
    ]
    notes = [f"The scale begins at {low:g}%, not at 0."]
    if cohort:
        unknown = [str(found) for found in years if found not in cohort]
        alt.append(f"Diamonds show the completion rate of referrals that ended after treatment: {run_of(cohort)}.")
        if unknown:
            notes.append(f"The completion rate of the ended cohort is not known for {join_words(unknown)}.")
    notes += break_notes(report.breaks(flow, years))
    pictures = {width: _completion_picture(report, flows, cohort, marked, width) for width in WIDTHS}
    return Chart(
        "completion-trend",
        year,
        finding,
        base,
        " ".join((*alt, *notes)),
        table,
        source_words(report, table),
        (*table.notes, *notes),
        pictures,
    )


def _ticks(*series: dict[FinancialYear, Cell]) -> list[float]:
    return ticks_of([plotted(cell.working.figure) for cells in series for cell in cells.values()], "percent")


def _completion_picture(
    report: Report,
    flows: dict[FinancialYear, Cell],
    cohort: dict[FinancialYear, Cell],
    marked: FinancialYear,
    width: str,
) -> Picture:
    years = sorted(flows)
    ticks = _ticks(flows, cohort)
    timeline = begin_timeline(width, years, ticks[0], ticks[-1], ticks, marked, 270 if width == "wide" else 260)
    add_breaks(timeline, report.breaks("finished_of_entered", years))
    values = {year: plotted(cell.working.figure) for year, cell in sorted(flows.items())}
    add_series(timeline, "flows", tuple(values.items()), "main")
    for year, value in values.items():
        here = year == marked
        tone, words = "accent" if here else "main", f"{year}, of entered: {flows[year].text}"
        add_point(timeline, year, value, tone, words, here, of="flows")
    ends = {year: plotted(cell.working.figure) for year, cell in sorted(cohort.items())}
    for name, monthly in (("ended", False), ("ended-monthly", True)):  # sums of months are joined to no other figure
        run = tuple((year, ends[year]) for year in ends if (cohort[year].working.basis == MONTHLY) == monthly)
        add_series(timeline, name, run, "pale", "ended")
    for year, value in ends.items():
        add_point(
            timeline,
            year,
            value,
            "quiet",
            f"{year}, of ended after treatment: {cohort[year].text}",
            False,
            True,
            "diamond",
            64,
            "ended",
        )
    add_value(
        timeline,
        marked,
        values[marked],
        flows[marked].text,
        "accent",
        True,
        marked not in ends and stands_above(values, marked),
    )
    if marked in ends:
        add_value(timeline, marked, ends[marked], cohort[marked].text, "ink", False, True)
    if ends:
        add_name(timeline, ends, "of ended after treatment" if width == "wide" else "of ended", "quiet")
    add_name(timeline, values, "of entered in the year" if width == "wide" else "of entered", "main")
    for year in sorted(ends, reverse=True):
        if year != marked:
            add_value(timeline, year, ends[year], cohort[year].text, "quiet", False, True)
    for year in dict.fromkeys((years[-1], max(values, key=lambda one: values[one]), *years)):
        if year != marked:
            add_value(timeline, year, values[year], flows[year].text, "main", False, stands_above(values, year))
    return timeline.picture()
