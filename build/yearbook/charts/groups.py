"""Who is served less well: for each way of dividing referrals, how many there are of each group, how many
finish and how many recover; and the gap between the two ends of the scale of deprivation."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from yearbook.charts.chart import Chart, ChartType, MissingChart, source_words
from yearbook.charts.pictures import LINE, Picture, Record, Scale, bar, height_of, outline, plotted, rule, text
from yearbook.charts.theme import LABEL, SMALL, WIDTHS, wrap
from yearbook.formatting import join_words, sentence_case
from yearbook.groups import (
    GROUPINGS,
    LEAST_DEPRIVED,
    MOST_DEPRIVED,
    SMALLEST_DRAWN,
    SMALLEST_SOLID,
    WATCHED,
    Grouping,
    base_of,
    group_label,
    is_aside,
    is_part,
    is_whole,
    nameable,
    spoken_label,
)
from yearbook.releases import TOTAL, Breakdown
from yearbook.report import Report
from yearbook.tables import Cell, Row, Table, group_table
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

_WORDS = {
    "share_of_received": "of referrals received",
    "share_of_finished": "of finished courses",
    "finished_of_received": "finished, of received",
    "recovery_rate": "recovery rate",
}
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
    pictures = {width: _picture(report, table, panels, named, small, width) for width in WIDTHS}
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


def _cells(row: Row) -> dict[str, Cell]:
    return {cell.metric: cell for cell in row.cells if isinstance(cell, Cell)}


def _group_of(row: Row) -> Breakdown:
    return next(iter(_cells(row).values())).breakdown


def _row_words(report: Report, row: Row, drawn: Sequence[str], year: FinancialYear) -> str:
    """A group's row in a sentence: `Decile 2: 11.3% of finished courses, 32.9% finished, of received, …`."""
    cells, group = _cells(row), _group_of(row)
    words = []
    for metric in drawn:
        known = cells[metric].working.figure.known
        if metric == "recovery_rate" and known:
            words.append(f"recovery rate {cells[metric].text}")
        elif known:
            words.append(f"{cells[metric].text} {_WORDS[metric]}")
    if "recovery_rate" in drawn and _too_few(report, group, year):
        words.append("too few to draw")
    return f"{row.label}: {', '.join(words) if words else 'not known'}."


def _too_few(report: Report, group: Breakdown, year: FinancialYear) -> bool:
    return (
        group != TOTAL
        and base_of(report, group, year) < SMALLEST_DRAWN
        and (report.figure("recovery_rate", year, breakdown=group).known)
    )


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


def _named_in(report: Report, grouping: Grouping, year: FinancialYear, drawn: Sequence[str]) -> set[Breakdown]:
    """The groups that the finding names, which are drawn in the accent."""
    if "recovery_rate" in drawn:
        watched = {group for group in grouping.of(report, year) if group.subcategory == WATCHED}
        if grouping.id == "deprivation":
            return {MOST_DEPRIVED, LEAST_DEPRIVED}
        return watched | set(_ends(report, grouping, year) or ())
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
    low, high = (f"{rate(group)} ({spoken_label(group)})" for group in ends)
    if len(list(nameable(report, grouping, year))) == 2:
        words = f"In {year} the recovery rate was {high} and {low}"
    else:
        words = f"The recovery rate by {grouping.by} ran from {low} to {high} in {year}"
    watched = next((group for group in grouping.of(report, year) if group.subcategory == WATCHED), None)
    if watched is not None:
        share = report.working("share_of_finished", year, breakdown=watched).text()
        words += f"; {WATCHED} was the label on {share} of courses finished"
    return words


def _finding_of_shares(report: Report, grouping: Grouping, year: FinancialYear, metric: str) -> str:
    of = "referrals received" if metric == "share_of_received" else "courses finished"
    if grouping.id == "stepped-care":
        shares = [
            f"{report.working(metric, year, breakdown=group).text()} {'' if number else 'held '}{spoken_label(group)}"
            for number, group in enumerate(grouping.of(report, year))
            if not is_aside(group)
        ]
        return f"Of {of} in {year}, {join_words(shares)}"
    largest = _largest(report, grouping, year, metric)
    if largest is None:
        return f"What was not recorded is all that is known of {grouping.by} in {year}"
    share = report.working(metric, year, breakdown=largest).text()
    return f"By {grouping.by}, {grouping.say(largest)} were the largest group of {year}, with {share} of {of}"


_NUMBER_ROOM = 46
"""Room for a percentage at the end of a panel."""


def _picture(
    report: Report,
    table: Table,
    panels: Sequence[tuple[str, str, str]],
    named: set[Breakdown],
    small: set[Breakdown],
    width: str,
) -> Picture:
    wide, across = width == "wide", WIDTHS[width]
    left = 226.0 if wide else 0.0
    frame = _Frame(wide, left, _panels_of(table, panels, left, across, wide), any(map(is_whole, _groups(table))))
    records: dict[str, list[Record]] = {"outlines": [], "rules": [], "bars": [], "texts": []}
    for panel, (_, heading, short) in zip(frame.panels, panels, strict=True):
        for number, words in enumerate(wrap(heading if wide else short, panel.end - panel.start + 8, SMALL)):
            records["texts"].append(text(panel.start, 10 + LINE * number, words, "quiet", size=SMALL))
    top: float = max(float(record["y"]) for record in records["texts"]) + 18
    whole = _cells(table.rows[0])
    only_shares = all(panel.metric.startswith("share") for panel in frame.panels)
    for row in table.rows[1:] if only_shares else table.rows:
        top = _add_row(report, records, row, whole, frame, named, small, top)
    height = height_of(records["outlines"], records["bars"], records["texts"])
    return Picture("bars", across, height, Scale(0, across, 0, across), None, records)


@dataclass(frozen=True, slots=True)
class _Panel:
    """Where a metric's bars begin, where its numbers end, and how many pixels a percentage point takes."""

    metric: str
    start: float
    end: float
    scale: float


@dataclass(frozen=True, slots=True)
class _Frame:
    """What every row shares: the width of the labels, the panels, whether some groups hold others."""

    wide: bool
    left: float
    panels: Sequence[_Panel]
    nested: bool


def _panels_of(
    table: Table, panels: Sequence[tuple[str, str, str]], left: float, across: int, wide: bool
) -> list[_Panel]:
    """The panels side by side. Rates share one scale; a share of the whole, another kind of number, has its own."""
    between, share_room = (28.0, 92.0) if wide else (12.0, 48.0)
    reach = {metric: _reach(table, metric) for metric, _, _ in panels}
    rates = [most for metric, most in reach.items() if not metric.startswith("share")]
    room = across - left - len(panels) * _NUMBER_ROOM - (len(panels) - 1) * between - 2
    if not rates:
        share_room = min(room, 320.0)
    scale = min((room - share_room) / sum(rates), 3.0) if rates else 1.0
    found, start = [], left + 1
    for metric, most in reach.items():
        own = share_room / most if metric.startswith("share") else scale
        found.append(_Panel(metric, start, start + most * own + _NUMBER_ROOM, own))
        start = found[-1].end + between
    return found


def _reach(table: Table, metric: str) -> float:
    """The length of a panel, in percentage points: the next multiple of five over its longest bar."""
    rows = [row for row in table.rows if not (row.is_base and metric.startswith("share"))]
    values = [plotted(cell.working.figure) for row in rows if (cell := _cells(row)[metric]).working.figure.known]
    return max(5.0, -(-max(values) // 5) * 5)


def _groups(table: Table) -> list[Breakdown]:
    return [_group_of(row) for row in table.rows]


_THICK = 14
"""How thick a bar is."""


def _add_row(
    report: Report,
    records: dict[str, list[Record]],
    row: Row,
    whole: dict[str, Cell],
    frame: _Frame,
    named: set[Breakdown],
    small: set[Breakdown],
    top: float,
) -> float:
    """Adds a group's label and bars, with a tick where England's bar ends; returns where the next row begins."""
    group, cells, england = _group_of(row), _cells(row), row.is_base
    indent = 14 if frame.nested and is_part(group) else 0
    tone = "accent" if group in named else "quiet" if is_aside(group) else "ink"
    weight = "bold" if england or is_whole(group) or group in named else "normal"
    room = (frame.left - 12 if frame.wide else WIDTHS["narrow"]) - indent
    words = wrap(row.label, room / (1.12 if weight == "bold" else 1), LABEL)
    for number, line in enumerate(words):
        records["texts"].append(text(indent, top + 7 + LINE * number, line, tone, weight=weight))
    bar_top = top if frame.wide else top + LINE * len(words)
    fill = "quiet" if england else "accent" if group in named else "pale" if is_aside(group) else "main"
    over = 5 if frame.wide else 2  # how far England's tick stands out: on a wide screen the ticks make a line
    for panel in frame.panels:
        cell, middle = cells[panel.metric], bar_top + _THICK / 2
        is_share = panel.metric.startswith("share")
        if england and is_share:
            continue
        if panel.metric == "recovery_rate" and _too_few(report, group, cell.year):
            records["texts"].append(text(panel.start, middle, "too few to draw", "quiet", size=SMALL))
            continue
        if not cell.working.figure.known:
            records["texts"].append(text(panel.start, middle, cell.text, "quiet", size=SMALL))
            continue
        spoken = f"{row.label}, {_WORDS[panel.metric]}: {cell.text}"
        end = round(panel.start + panel.scale * plotted(cell.working.figure), 2)
        hollow = panel.metric == "recovery_rate" and group in small
        mark, layer = (outline, "outlines") if hollow else (bar, "bars")
        records[layer].append(mark(panel.start, end, bar_top, _THICK, fill, spoken))
        if not is_share:
            at = panel.start + panel.scale * plotted(whole[panel.metric].working.figure)
            records["rules"].append(rule(at, bar_top - over, at, bar_top + _THICK + over, "ink"))
        records["texts"].append(text(panel.end, middle, cell.text, tone, "right", weight, SMALL))
    depth = LINE * len(words) - 3 if frame.wide else _THICK
    return bar_top + max(_THICK, depth) + (10 if frame.wide else 12)


GROUP_CHARTS: tuple[ChartType, ...] = tuple(
    ChartType(f"groups-{grouping.id}", grouping.title, True, partial(build_group, grouping))
    for grouping in GROUPINGS
    if grouping.id != "waiting-time"
)
"""A chart for each grouping; the waits have charts of their own."""
