"""Who is served less well: for each way of dividing referrals, how many there are of each group, how many
finish and how many recover; and the gap between the two ends of the scale of deprivation."""

from collections.abc import Sequence
from functools import partial

from yearbook.charts.chart import Chart, ChartType, MissingChart, source_words
from yearbook.charts.panels import WORDS, cells_of, draw_panels, group_of, too_few
from yearbook.charts.theme import WIDTHS
from yearbook.formatting import join_words, sentence_case
from yearbook.groups import (
    GROUPINGS,
    LARGE,
    LEAST_DEPRIVED,
    MOST_DEPRIVED,
    SMALLEST_DRAWN,
    SMALLEST_NAMED,
    SMALLEST_SOLID,
    WATCHED,
    Grouping,
    base_of,
    group_label,
    is_aside,
    is_whole,
    nameable,
    spoken_label,
)
from yearbook.releases import TOTAL, Breakdown
from yearbook.report import Report
from yearbook.tables import Row, Table, group_table
from yearbook.wording import gap_words
from yearbook.years import FinancialYear

PANELS: tuple[tuple[str, str, str], ...] = (
    ("share_of_finished", "Share of finished", "of finished"),
    ("finished_of_received", "Finished, of received", "of received"),
    ("recovery_rate", "Recovery rate", "recovered"),
)
"""What is drawn of each group: the metric, and the heading over its bars on a wide and on a narrow screen."""

_ALONE = ("share_of_received", "Share of received", "of received")
"""Drawn where the sources give no finished courses by group."""

_BASES = {
    "share_of_received": "each group’s share of all referrals received",
    "share_of_finished": "each group’s share of all finished courses",
    "finished_of_received": "courses finished against referrals received in the same year",
    "recovery_rate": "recovery of those who finished and were at caseness at the start",
}


def build_group(grouping: Grouping, report: Report, year: FinancialYear | None) -> Chart | MissingChart:
    """Each group of a year: its share of the whole, and how many of it finish and recover."""
    assert year is not None
    id = f"groups-{grouping.id}"
    groups = grouping.of(report, year)
    table = group_table(report, grouping, year)
    panels = [panel for panel in (*PANELS, _ALONE) if _shown(table, panel[0])]
    if len(panels) > 1:
        panels = [panel for panel in panels if panel is not _ALONE]
    if not groups or not panels:
        return MissingChart(id, year, f"The sources for {year} do not divide referrals by {grouping.by}.")
    drawn = [metric for metric, _, _ in panels]
    base = f"{grouping.title}: {join_words([_BASES[metric] for metric in drawn])}"
    notes, small = _notes(report, groups, year, drawn)
    parts = [_row_words(report, row, drawn, year) for row in table.rows]
    alt = " ".join(("A row of bars for each group.", *parts, *notes))
    finding = _finding(report, grouping, year, drawn)
    named = _named_in(report, grouping, year, drawn)
    pictures = {width: draw_panels(report, table, panels, named, small, width) for width in WIDTHS}
    return Chart(
        id,
        year,
        finding,
        base,
        alt,
        table,
        source_words(report, table),
        (*table.notes, grouping.note, *notes),
        pictures,
    )


def _shown(table: Table, metric: str) -> bool:
    return any(cell.metric == metric and cell.working.figure.known and cell.breakdown != TOTAL for cell in table.cells)


def _row_words(report: Report, row: Row, drawn: Sequence[str], year: FinancialYear) -> str:
    """A group's row in a sentence: `Decile 2: 11.3% of finished courses, 32.9% finished, of received, …`."""
    cells, group = cells_of(row), group_of(row)
    words = []
    for metric in drawn:
        known = cells[metric].working.figure.known
        if metric == "recovery_rate" and known:
            words.append(f"recovery rate {cells[metric].text}")
        elif known:
            words.append(f"{cells[metric].text} {WORDS[metric]}")
    if "recovery_rate" in drawn and too_few(report, group, year):
        words.append("too few to draw")
    return f"{row.label}: {', '.join(words) if words else 'not known'}."


def _notes(
    report: Report, groups: Sequence[Breakdown], year: FinancialYear, drawn: Sequence[str]
) -> tuple[list[str], set[Breakdown]]:
    """What a reader must know of small groups, and which groups those are."""
    if "recovery_rate" not in drawn:
        return [], set()
    known = [group for group in groups if report.figure("recovery_rate", year, breakdown=group).known]
    few = [group for group in known if base_of(report, group, year) < SMALLEST_DRAWN]
    small = {group for group in known if SMALLEST_DRAWN <= base_of(report, group, year) < SMALLEST_SOLID}
    notes = []
    if few:
        names = join_words([sentence_case(group_label(group)) for group in few])
        notes.append(f"Too few to draw a recovery rate, with fewer than {SMALLEST_DRAWN} in the base: {names}.")
    if small:
        names = join_words([sentence_case(group_label(group)) for group in groups if group in small])
        notes.append(f"Hollow bars, fewer than {SMALLEST_SOLID} in the base, to be read with care: {names}.")
    return notes, small


def _ends(report: Report, grouping: Grouping, year: FinancialYear) -> tuple[Breakdown, Breakdown] | None:
    """The groups with the lowest and the highest recovery rate of those that may be named."""
    named = list(nameable(report, grouping, year))
    if len(named) < 2:
        return None
    ranked = sorted(named, key=lambda group: report.figure("recovery_rate", year, breakdown=group).exact)
    return ranked[0], ranked[-1]


def _beyond(report: Report, grouping: Grouping, year: FinancialYear, ends: tuple[Breakdown, Breakdown]) -> bool:
    """Whether a group too small to be named has a rate below the lowest or above the highest that is."""
    lowest, highest = (report.figure("recovery_rate", year, breakdown=group).exact for group in ends)
    figures = [
        report.figure("recovery_rate", year, breakdown=group)
        for group in grouping.of(report, year)
        if not is_aside(group) and base_of(report, group, year) < SMALLEST_NAMED
    ]
    return any(figure.known and not lowest <= figure.exact <= highest for figure in figures)


def _named_in(report: Report, grouping: Grouping, year: FinancialYear, drawn: Sequence[str]) -> set[Breakdown]:
    """The groups that the finding names, which are drawn in the accent."""
    if "recovery_rate" in drawn:
        watched = {group for group in grouping.of(report, year) if group.subcategory == WATCHED}
        if grouping.id == "deprivation":
            return {MOST_DEPRIVED, LEAST_DEPRIVED}
        return watched | set(_ends(report, grouping, year) or ())
    if grouping.id == "stepped-care":  # its finding names all of them
        return set()
    largest = _largest(report, grouping, year, drawn[0])
    return {largest} if largest else set()


def _largest(report: Report, grouping: Grouping, year: FinancialYear, metric: str) -> Breakdown | None:
    true = [
        group
        for group in grouping.of(report, year)
        if not is_aside(group) and not is_whole(group) and report.figure(metric, year, breakdown=group).known
    ]
    return max(true, key=lambda group: report.figure(metric, year, breakdown=group).exact, default=None)


def _finding(report: Report, grouping: Grouping, year: FinancialYear, drawn: Sequence[str]) -> str:
    def rate(group: Breakdown) -> str:
        return report.working("recovery_rate", year, breakdown=group).text()

    if "recovery_rate" not in drawn:
        return _finding_of_shares(report, grouping, year, drawn[0])
    if grouping.id == "deprivation":
        gap = gap_words(report.gap("recovery_rate", year, LEAST_DEPRIVED, MOST_DEPRIVED))
        return (
            f"In {year} the recovery rate was {rate(MOST_DEPRIVED)} in the most deprived tenth of neighbourhoods "
            f"and {rate(LEAST_DEPRIVED)} in the least: a gap of {gap}"
        )
    ends = _ends(report, grouping, year)
    if ends is None:
        return f"Too few are in the groups by {grouping.by} of {year} to set two recovery rates side by side"
    if len(list(nameable(report, grouping, year))) == 2:
        low, high = (f"{rate(group)} for {grouping.say(group)}" for group in ends)
        words = f"In {year} the recovery rate was {high} and {low}"
    else:
        low, high = (f"{rate(group)} ({spoken_label(group)})" for group in ends)
        begins = "The recovery rate"
        if _beyond(report, grouping, year, ends):
            begins = f"In {LARGE}, the recovery rate"
        words = f"{begins} by {grouping.by} ran from {low} to {high} in {year}"
    watched = next((group for group in grouping.of(report, year) if group.subcategory == WATCHED), None)
    if watched is not None:
        share = report.working("share_of_finished", year, breakdown=watched).text()
        words += f"; {WATCHED} was the label on {share} of courses finished"
    return words


def _finding_of_shares(report: Report, grouping: Grouping, year: FinancialYear, metric: str) -> str:
    of = "referrals received" if metric == "share_of_received" else "courses finished"
    if grouping.id == "stepped-care":
        shares = [
            f"{report.working(metric, year, breakdown=group).text()} {'' if number else 'had '}{spoken_label(group)}"
            for number, group in enumerate(grouping.of(report, year))
            if not is_aside(group)
        ]
        return f"Of {of} in {year}, {join_words(shares)}"
    largest = _largest(report, grouping, year, metric)
    if largest is None:
        return f"What was not recorded is all that is known of {grouping.by} in {year}"
    share = report.working(metric, year, breakdown=largest).text()
    return f"The largest group by {grouping.by} in {year} was {spoken_label(largest)}, with {share} of {of}"


GROUP_CHARTS: tuple[ChartType, ...] = tuple(
    ChartType(f"groups-{grouping.id}", grouping.title, True, partial(build_group, grouping))
    for grouping in GROUPINGS
    if grouping.id != "waiting-time"
)
"""A chart for each grouping; the waits have charts of their own."""
