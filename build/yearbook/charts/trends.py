"""Rates over all the years: recovery with its standard, and completion in both cohorts."""

from yearbook.charts.chart import Chart, MissingChart, source_words
from yearbook.charts.pictures import Picture, plotted
from yearbook.charts.sentences import against_standard, break_notes, level_text, yearly_finding
from yearbook.charts.theme import WIDTHS
from yearbook.charts.timelines import (
    add_breaks,
    add_name,
    add_point,
    add_series,
    add_standard,
    add_value,
    begin_timeline,
    stands_above,
)
from yearbook.formatting import join_words
from yearbook.metrics import METRICS_BY_NAME
from yearbook.registers import Standard
from yearbook.report import COMPARABLE_SINCE, MONTHLY, Report
from yearbook.tables import Cell, series_table
from yearbook.years import FinancialYear

_STEP = 5
"""The scales of rates run from one multiple of this to another, in percentage points."""


def build_recovery_trend(report: Report, year: FinancialYear | None) -> Chart | MissingChart:
    """The recovery rate of every year against its standard, with `year`, or the latest, marked."""
    metric = "recovery_rate"
    table = series_table(report, (metric,), report.years, "recovery-trend", "Recovery rate by year, England")
    cells = {cell.year: cell for cell in table.cells if cell.working.figure.known}
    marked = year or max(cells, default=None)
    if marked is None or marked not in cells:
        return MissingChart("recovery-trend", year, f"The recovery rate of {year or 'every year'} is not known.")
    finding = _recovery_finding(report, cells, marked) if year else _recovery_overall(report, cells)
    low, _ = _limits(cells)
    notes = [f"The scale begins at {low}%, not at 0."]
    alt = [f"A line from {min(cells)} to {max(cells)}. The recovery rate was {_run_of(cells)}."]
    standards = _standards(report, metric)
    alt += [
        f"The standard from {standard.first} is {level_text(standard)}: {_met_words(report, metric, cells)}."
        for standard in standards
    ]
    notes += break_notes(report.breaks(metric, report.years))
    base = METRICS_BY_NAME[metric].base
    pictures = {width: _recovery_picture(report, cells, marked, width) for width in WIDTHS}
    return Chart(
        "recovery-trend",
        year,
        finding,
        f"Recovered, {base}",
        " ".join((*alt, *notes)),
        table,
        source_words(report, table),
        (*table.notes, *notes),
        pictures,
    )


def _recovery_finding(report: Report, cells: dict[FinancialYear, Cell], year: FinancialYear) -> str:
    begins = f"The recovery rate was {cells[year].text} in {year}"
    if year < COMPARABLE_SINCE:
        return f"{begins}, counted on another basis than in later years"
    return yearly_finding(report, "recovery_rate", begins, cells[year])


def _recovery_overall(report: Report, cells: dict[FinancialYear, Cell]) -> str:
    comparable = {year: cell for year, cell in cells.items() if year >= COMPARABLE_SINCE}
    last = max(comparable)
    highest = max(comparable, key=lambda year: comparable[year].working.figure.exact)
    standing = against_standard(report, "recovery_rate", last)
    now = f"{comparable[last].text} in {last}" + (f", {standing}" if standing else "")
    if highest == last:
        return f"The recovery rate was {now}: the highest since the comparable series began in {min(comparable)}"
    return f"The recovery rate peaked at {comparable[highest].text} in {highest} and was {now}"


def _met_words(report: Report, metric: str, cells: dict[FinancialYear, Cell]) -> str:
    """In how many of the years judged the standard was met, and which missed it."""
    judged = {year: report.meets_standard(metric, year) for year in cells}
    missed = [str(year) for year, met in sorted(judged.items()) if met is False]
    if not missed:
        return "met in every year since"
    return f"met in every year since but {join_words(missed)}" if any(judged.values()) else "not met in any year since"


def _standards(report: Report, metric: str) -> tuple[Standard, ...]:
    return tuple(standard for standard in report.archive.standards if standard.metric == metric)


def _limits(*series: dict[FinancialYear, Cell]) -> tuple[int, int]:
    """Whole steps round all the values, with at least a point to spare over them."""
    values = [plotted(cell.working.figure) for cells in series for cell in cells.values()]
    low = int((min(values) - 1) // _STEP) * _STEP
    high = -int(-(max(values) + 1) // _STEP) * _STEP
    return low, high


def _run_of(cells: dict[FinancialYear, Cell]) -> str:
    return join_words([f"{cell.text} in {year}" for year, cell in sorted(cells.items())])


def _recovery_picture(report: Report, cells: dict[FinancialYear, Cell], marked: FinancialYear, width: str) -> Picture:
    years = sorted(cells)
    low, high = _limits(cells)
    timeline = begin_timeline(
        width, years, low, high, range(low, high + 1, _STEP), marked, 250 if width == "wide" else 220
    )
    add_breaks(timeline, report.breaks("recovery_rate", years))
    for standard in _standards(report, "recovery_rate"):
        add_standard(timeline, standard)
    values = {year: plotted(cell.working.figure) for year, cell in sorted(cells.items())}
    comparable = {year: value for year, value in values.items() if year >= COMPARABLE_SINCE}
    add_series(timeline, "recovery", tuple(comparable.items()), "main")
    for year, value in values.items():
        tone = "accent" if year == marked else "main"
        add_point(timeline, year, value, tone, f"{year}: {cells[year].text}", year == marked, year < COMPARABLE_SINCE)
    highest = max(comparable or values, key=lambda year: values[year])
    for year in dict.fromkeys((marked, years[-1], highest, years[0], min(comparable or values), *years)):
        here = year == marked
        add_value(
            timeline,
            year,
            values[year],
            cells[year].text,
            "accent" if here else "quiet",
            here,
            stands_above(values, year),
        )
    return timeline.picture()


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
    low, _ = _limits(flows, cohort)
    alt = [
        f"A line from {min(flows)} to {max(flows)}. Courses finished, as a percentage of referrals that entered "
        f"treatment in the year: {_run_of(flows)}."
    ]
    notes = [f"The scale begins at {low}%, not at 0."]
    if cohort:
        unknown = [str(found) for found in years if found not in cohort]
        alt.append(f"Diamonds show the completion rate of referrals that ended after treatment: {_run_of(cohort)}.")
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


def _completion_picture(
    report: Report,
    flows: dict[FinancialYear, Cell],
    cohort: dict[FinancialYear, Cell],
    marked: FinancialYear,
    width: str,
) -> Picture:
    years = sorted(flows)
    low, high = _limits(flows, cohort)
    timeline = begin_timeline(
        width, years, low, high, range(low, high + 1, _STEP), marked, 270 if width == "wide" else 260
    )
    add_breaks(timeline, report.breaks("finished_of_entered", years))
    values = {year: plotted(cell.working.figure) for year, cell in sorted(flows.items())}
    add_series(timeline, "flows", tuple(values.items()), "main")
    for year, value in values.items():
        here = year == marked
        add_point(timeline, year, value, "accent" if here else "main", f"{year}, of entered: {flows[year].text}", here)
    ends = {year: plotted(cell.working.figure) for year, cell in sorted(cohort.items())}
    for name, monthly in (("ended", False), ("ended-monthly", True)):  # sums of months are joined to no other figure
        run = tuple((year, ends[year]) for year in ends if (cohort[year].working.basis == MONTHLY) == monthly)
        add_series(timeline, name, run, "pale")
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
