"""The picture of a chart of groups: panels side by side, a row of bars for each group."""

from collections.abc import Sequence
from dataclasses import dataclass

from yearbook.charts.pictures import LINE, Picture, Record, Scale, bar, height_of, outline, plotted, rule, text
from yearbook.charts.theme import LABEL, SMALL, WIDTHS, text_width, wrap
from yearbook.groups import SMALLEST_DRAWN, base_of, is_aside, is_part, is_whole
from yearbook.releases import TOTAL, Breakdown
from yearbook.report import Report
from yearbook.tables import Cell, Row, Table
from yearbook.years import FinancialYear

WORDS = {
    "share_of_received": "of referrals received",
    "share_of_finished": "of finished courses",
    "finished_of_received": "finished, of received",
    "recovery_rate": "recovery rate",
}
"""What each metric is called beside a value."""


def cells_of(row: Row) -> dict[str, Cell]:
    """The cells of a group's row by metric."""
    return {cell.metric: cell for cell in row.cells if isinstance(cell, Cell)}


def group_of(row: Row) -> Breakdown:
    """The group that a row is of."""
    return next(iter(cells_of(row).values())).breakdown


def too_few(report: Report, group: Breakdown, year: FinancialYear) -> bool:
    """Whether a group has a recovery rate on too small a base to draw."""
    return (
        group != TOTAL
        and base_of(report, group, year) < SMALLEST_DRAWN
        and (report.figure("recovery_rate", year, breakdown=group).known)
    )


_TOO_FEW = "too few to draw"
_NUMBER_ROOM = 46
"""Room for a percentage at the end of a panel."""


def draw_panels(
    report: Report,
    table: Table,
    panels: Sequence[tuple[str, str, str]],
    named: set[Breakdown],
    small: set[Breakdown],
    width: str,
) -> Picture:
    """A row of bars for each group, a panel for each metric, with a tick where England's bar ends.

    `named` are drawn in the accent, `small` hollow.
    """
    wide, across = width == "wide", WIDTHS[width]
    left = 226.0 if wide else 0.0
    frame = _Frame(wide, left, _panels_of(table, panels, left, across, wide), any(map(is_whole, _groups(table))))
    records: dict[str, list[Record]] = {"outlines": [], "rules": [], "bars": [], "texts": []}
    for panel, (_, heading, short) in zip(frame.panels, panels, strict=True):
        for number, words in enumerate(wrap(heading if wide else short, panel.end - panel.start + 8, SMALL)):
            records["texts"].append(text(panel.start, 10 + LINE * number, words, "quiet", size=SMALL))
    top: float = max(float(record["y"]) for record in records["texts"]) + 18
    whole = cells_of(table.rows[0])
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
    values = [plotted(cell.working.figure) for row in rows if (cell := cells_of(row)[metric]).working.figure.known]
    return max(5.0, -(-max(values) // 5) * 5)


def _groups(table: Table) -> list[Breakdown]:
    return [group_of(row) for row in table.rows]


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
    group, cells, england = group_of(row), cells_of(row), row.is_base
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
        if panel.metric == "recovery_rate" and too_few(report, group, cell.year):
            fits = text_width(_TOO_FEW, SMALL) <= panel.end - panel.start
            said = _TOO_FEW if fits else _TOO_FEW.removesuffix(" to draw")
            records["texts"].append(text(panel.start, middle, said, "quiet", size=SMALL))
            continue
        if not cell.working.figure.known:
            records["texts"].append(text(panel.start, middle, cell.text, "quiet", size=SMALL))
            continue
        spoken = f"{row.label}, {WORDS[panel.metric]}: {cell.text}"
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
