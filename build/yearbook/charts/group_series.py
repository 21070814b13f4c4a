"""Groups over the years: a small line for each group, all on one scale, with England's behind it."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import partial

from yearbook.charts.chart import Chart, ChartType, MissingChart, source_words
from yearbook.charts.labels import box_of_text
from yearbook.charts.pictures import LINE, Picture, Record, Scale, line, plotted, point, rule, text
from yearbook.charts.sentences import break_notes, values_by_year
from yearbook.charts.theme import LABEL, SMALL, WIDTHS, text_width, wrap
from yearbook.formatting import format_number
from yearbook.groups import (
    GROUPINGS,
    LARGE,
    SMALLEST_DRAWN,
    SMALLEST_NAMED,
    WATCHED,
    Grouping,
    base_of,
    group_label,
    is_aside,
    is_unrecorded,
    is_vague,
    is_whole,
    spoken_label,
)
from yearbook.metrics import METRICS_BY_NAME
from yearbook.registers import SeriesBreak
from yearbook.releases import TOTAL, Breakdown
from yearbook.report import COMPARABLE_SINCE, Report
from yearbook.tables import Cell, Row, Table, group_series_table
from yearbook.years import FinancialYear

RATE, SHARE = "recovery_rate", "share_of_finished"
_NAMES = {RATE: "recovery", SHARE: "share"}


def build_group_series(
    grouping: Grouping, metric: str, report: Report, year: FinancialYear | None
) -> Chart | MissingChart:
    """One metric of every group over the years, with the breaks in the grouping drawn as gaps."""
    assert year is None, "a series has no year of its own"
    id = series_id(grouping, metric)
    title = METRICS_BY_NAME[metric].title
    table = group_series_table(report, grouping, metric)
    drawn = {row.label: _drawn(report, row) for row in table.rows}
    of_groups = [cells for row, cells in zip(table.rows, drawn.values(), strict=True) if not row.is_base]
    years = sorted({found for cells in of_groups for found in cells})
    rows = {label: {found: cells[found] for found in years if found in cells} for label, cells in drawn.items()}
    rows = {label: cells for label, cells in rows.items() if cells}
    if len(years) < 2:
        return MissingChart(id, None, f"{title} by {grouping.by} is not known for two years in our sources.")
    breaks = _breaks(report, grouping, metric, years)
    finding = _finding(report, grouping, metric, table, breaks)
    parts = [f"{label}: {values_by_year(list(cells.values()))}." for label, cells in rows.items()]
    notes = [*break_notes(breaks)]
    if metric == RATE:
        notes.append(f"No point where fewer than {SMALLEST_DRAWN} are in the base. The pale line is England.")
        scales = "All on one scale."
    else:
        notes.append("Each line has its own scale, from nought to its highest point: read its slope, not its height.")
        scales = "Each on its own scale from nought."
    alt = " ".join(("A small line for each group.", scales, *parts, *notes))
    base = f"{title} by {grouping.by}, {METRICS_BY_NAME[metric].base}"
    pictures = {width: _picture(rows, table, years, breaks, width) for width in WIDTHS}
    sources = source_words(report, table)
    return Chart(id, None, finding, base, alt, table, sources, (*table.notes, *notes), pictures)


def series_id(grouping: Grouping, metric: str) -> str:
    """What the chart of a metric over the years is called: `recovery-by-age`."""
    return f"{_NAMES[metric]}-by-{grouping.id}"


def _drawn(report: Report, row: Row) -> dict[FinancialYear, Cell]:
    """The cells of a row that are drawn: those with a number and, for a rate, with enough in its base."""
    return {
        cell.year: cell
        for cell in row.cells
        if isinstance(cell, Cell)
        and cell.working.figure.known
        and (cell.metric != RATE or cell.breakdown == TOTAL or _base(report, cell) >= SMALLEST_DRAWN)
    }


def _base(report: Report, cell: Cell) -> int:
    return base_of(report, cell.breakdown, cell.year)


def _breaks(report: Report, grouping: Grouping, metric: str, years: Sequence[FinancialYear]) -> tuple[SeriesBreak, ...]:
    found = [one for name in grouping.breakdowns for one in report.breaks(metric, years, name)]
    if not any(one.kind == "definition" and one.year == FinancialYear(2020) for one in found):
        found += report.breaks(metric, years)
    return tuple(sorted(dict.fromkeys(found), key=lambda one: one.year))


def _finding(report: Report, grouping: Grouping, metric: str, table: Table, breaks: Sequence[SeriesBreak]) -> str:
    """Which groups moved most since the last change of definition; of the problems, what became of the one watched."""
    if grouping.id == "problem" and metric == SHARE:
        watched = _watched_finding(table, breaks)
        if watched:
            return watched
    divides = [one.year for one in breaks if one.kind == "definition"]
    since = max(divides, default=COMPARABLE_SINCE)
    if metric == SHARE:
        unrecorded = _unrecorded_finding(grouping, table, since)
        if unrecorded:
            return unrecorded
    moved: dict[str, tuple[Cell, Cell]] = {}
    small: list[tuple[Cell, Cell]] = []
    for row in table.rows:
        cells = [cell for cell in _drawn(report, row).values() if cell.year >= since]
        if len(cells) < 2 or not _is_group(cells[0].breakdown):
            continue
        if _is_large(report, cells):
            moved[grouping.say(cells[0].breakdown)] = (cells[0], cells[-1])
        else:
            small.append((cells[0], cells[-1]))
    spans = {(first.year, last.year) for first, last in moved.values()}
    if not spans:
        return f"{METRICS_BY_NAME[metric].title} by {grouping.by}, as far as the years compare"
    span = max(spans, key=lambda ends: ends[1].start - ends[0].start)
    changes = {label: _change(*ends) for label, ends in moved.items() if (ends[0].year, ends[1].year) == span}
    begins = f"From {span[0]} to {span[1]} the {METRICS_BY_NAME[metric].title.lower()}"
    others = [_change(*ends) for ends in small if (ends[0].year, ends[1].year) == span]
    if any(not min(changes.values()) <= other <= max(changes.values()) for other in others):
        begins += f" of {LARGE}"
    return f"{begins} {_most_and_least(changes)}"


def _change(first: Cell, last: Cell) -> Fraction:
    return Fraction(last.working.figure.exact - first.working.figure.exact)


def _most_and_least(changes: Mapping[str, Fraction]) -> str:
    """`rose most for ages 75 to 89, up 2.2 percentage points, and fell most for …`."""
    highest, lowest = max(changes, key=lambda name: changes[name]), min(changes, key=lambda name: changes[name])
    top, bottom = (f"{name}, {_points(changes[name])}" for name in (highest, lowest))
    if highest == lowest:
        return f"of {highest} went {_points(changes[highest])}"
    if changes[highest] <= 0:
        return f"fell most for {bottom}, and least for {top}"
    return f"rose most for {top}, and {'fell most' if changes[lowest] < 0 else 'least'} for {bottom}"


_MUCH = 15
"""From this share of finished courses on, what is not recorded is the news, whatever the groups did."""


def _unrecorded_finding(grouping: Grouping, table: Table, since: FinancialYear) -> str:
    """How the largest category of what is not recorded went, if it is large; otherwise nothing."""
    asides = [cell for cell in table.cells if is_unrecorded(cell.breakdown) and cell.working.figure.known]
    asides = [cell for cell in asides if cell.year >= since]
    if not asides:
        return ""
    last_year = max(cell.year for cell in asides)
    last = max((cell for cell in asides if cell.year == last_year), key=lambda cell: cell.working.figure.exact)
    first = next(cell for cell in asides if cell.breakdown == last.breakdown)
    if last.working.figure.exact < _MUCH:
        return ""
    label = spoken_label(last.breakdown)
    verb = "had" if label == "no code recorded" else "was"
    words = f"In {last.year} {grouping.by} {verb} {label} for {last.text} of finished courses"
    if first.year == last.year:
        return words
    way = "up" if last.working.figure.exact > first.working.figure.exact else "down"
    return f"{words}, {way} from {first.text} in {first.year}"


def _points(change: Fraction) -> str:
    size = f"{format_number(abs(change), 1)} percentage points"
    return f"up {size}" if change > 0 else f"down {size}" if change < 0 else "unchanged"


def _is_group(group: Breakdown) -> bool:
    """Whether a group may be named at all, if it is large enough."""
    return not (group == TOTAL or is_aside(group) or is_vague(group) or is_whole(group))


def _is_large(report: Report, cells: Sequence[Cell]) -> bool:
    return cells[0].metric != RATE or all(_base(report, cell) >= SMALLEST_NAMED for cell in (cells[0], cells[-1]))


def _watched_finding(table: Table, breaks: Sequence[SeriesBreak]) -> str:
    """How the label kept in sight went, before and after the change of classification."""
    cells = [cell for cell in table.cells if group_label(cell.breakdown) == WATCHED and cell.working.figure.known]
    divide = next((one.year for one in breaks if one.kind == "definition"), None)
    before = [cell for cell in cells if divide and cell.year < divide]
    after = [cell for cell in cells if not divide or cell.year >= divide]
    runs = [
        f"from {run[0].text} in {run[0].year} to {run[-1].text} in {run[-1].year}"
        for run in (before, after)
        if len(run) > 1
    ]
    if not runs:
        return ""
    begins = f"{WATCHED[:1].upper()}{WATCHED[1:]} went {runs[0]} of finished courses"
    return f"{begins} and, in a new classification, {runs[1]}" if len(runs) > 1 else begins


def _picture(
    rows: Mapping[str, Mapping[FinancialYear, Cell]],
    table: Table,
    years: Sequence[FinancialYear],
    breaks: Sequence[SeriesBreak],
    width: str,
) -> Picture:
    wide, across = width == "wide", WIDTHS[width]
    left, right = (282.0, across - 54.0) if wide else (50.0, across - 54.0)
    x = Scale(years[0].start, years[-1].start, left, right)
    rates = [plotted(cell.working.figure) for cells in rows.values() for cell in cells.values()]
    own_scales = next(iter(next(iter(rows.values())).values())).metric == SHARE
    england = next((rows[row.label] for row in table.rows if row.is_base and row.label in rows), {})
    records: dict[str, list[Record]] = {"rules": [], "lines": [], "points": [], "texts": []}
    top = _add_head(records, years, breaks, x, wide)
    tall = 40.0 if wide else 36.0
    gaps = {one.year for one in breaks if one.kind == "definition"}
    for number, (label, cells) in enumerate(rows.items()):
        group = next(iter(cells.values())).breakdown
        whole = group == TOTAL or is_whole(group)
        tone = "accent" if group_label(group) == WATCHED else "quiet" if is_aside(group) else "ink"
        stroke = "accent" if tone == "accent" else "ink" if group == TOTAL else "pale" if tone == "quiet" else "main"
        words = wrap(label, (226 if wide else across) / (1.12 if whole else 1), LABEL)
        weight = "bold" if whole else "normal"
        for row, part in enumerate(words):
            at = top + (tall / 2 - LINE * (len(words) - 1) / 2 if wide else 8) + LINE * row
            records["texts"].append(text(0, at, part, tone, weight=weight))
        row_top = top if wide else top + LINE * len(words) + 2
        own = [plotted(cell.working.figure) for cell in cells.values()]
        low, high = (0.0, max(*own, 0.1)) if own_scales else (min(rates), max(rates))
        y = Scale(low, high, row_top + tall - 3, row_top + 3)
        if group != TOTAL:
            beside = {year: england[year] for year in cells if year in england}
            _add_line(records, f"england-{number}", beside, gaps, x, y, "pale", label)
        _add_line(records, f"group-{number}", cells, gaps, x, y, stroke, label)
        ordered = sorted(cells.items())
        for year, cell in ordered:
            spoken = f"{label}, {year}: {cell.text}"
            height = y(plotted(cell.working.figure))
            size = 44 if year == ordered[-1][0] else 16
            records["points"].append(point(x(year.start), round(height, 2), stroke, spoken, size=size, of=label))
        (first_year, first), (last_year, last) = ordered[0], ordered[-1]
        at = y(plotted(last.working.figure))
        records["texts"].append(text(x(last_year.start) + 8, at, last.text, tone, weight="bold", size=SMALL))
        if first_year != last_year:
            at = y(plotted(first.working.figure))
            records["texts"].append(text(x(first_year.start) - 7, at, first.text, "quiet", "right", size=SMALL))
        for one in breaks:  # row by row, so that no label is crossed
            records["rules"] += _parted(x(one.year.start - 0.5), row_top - 4, row_top + tall + 4, records["texts"][-2:])
        top = row_top + max(tall, LINE * len(words) if wide else 0) + (10 if wide else 8)
    height = int(top + 4)
    across_scale, down = Scale(0, across, 0, across), Scale(0, height, 0, height)
    return Picture("lines", across, height, across_scale, down, records)


def _parted(at: float, top: float, bottom: float, texts: Sequence[Record]) -> list[Record]:
    """A dashed rule from `top` to `bottom`, left out where one of `texts` would stand on it."""
    for words in texts:
        left, high, right, low = box_of_text(words)
        if left < at < right and high < bottom and low > top:
            return [
                *(_parted(at, top, high, texts) if high - top > 3 else ()),
                *(_parted(at, low, bottom, texts) if bottom - low > 3 else ()),
            ]
    return [rule(at, top, at, bottom, "pale", "dashed")]


def _add_head(
    records: dict[str, list[Record]],
    years: Sequence[FinancialYear],
    breaks: Sequence[SeriesBreak],
    x: Scale,
    wide: bool,
) -> float:
    """The first and the last year over the lines, and the names of the breaks; returns where the rows begin."""
    for year, align in ((years[0], "left"), (years[-1], "right")):
        reach = text_width(str(year), SMALL)
        place = x(year.start) + (reach / 2 if align == "right" else -reach / 2)
        records["texts"].append(text(place, 10, str(year), "quiet", align, size=SMALL))
    top = 10.0 + LINE
    for one in breaks:
        place = x(one.year.start - 0.5)
        for words in wrap(f"{one.year}: {one.title}", 330 if wide else 230, SMALL):
            half = text_width(words, SMALL) / 2
            at = min(max(place, half + 1), WIDTHS["wide" if wide else "narrow"] - half - 1)
            records["texts"].append(text(at, top, words, "quiet", "center", size=SMALL))
            top += LINE
    return top + 4


def _add_line(
    records: dict[str, list[Record]],
    name: str,
    cells: Mapping[FinancialYear, Cell],
    gaps: set[FinancialYear],
    x: Scale,
    y: Scale,
    tone: str,
    of: str,
) -> None:
    """A line through years that follow each other, broken at a change of definition and at a year without a value."""
    run: list[tuple[float, float]] = []
    number = 0
    previous: FinancialYear | None = None
    for year, cell in sorted(cells.items()):
        if previous is not None and (previous.next != year or year in gaps):
            records["lines"] += line(f"{name}-{number}", run if len(run) > 1 else (), tone, of)
            run, number = [], number + 1
        run.append((x(year.start), round(y(plotted(cell.working.figure)), 2)))
        previous = year
    records["lines"] += line(f"{name}-{number}", run if len(run) > 1 else (), tone, of)


GROUP_SERIES: tuple[ChartType, ...] = tuple(
    ChartType(
        series_id(grouping, metric),
        f"{METRICS_BY_NAME[metric].title} by {grouping.by}",
        False,
        partial(build_group_series, grouping, metric),
        overall=True,
    )
    for grouping in GROUPINGS
    for metric in (RATE, SHARE)
    if (grouping.id, metric) not in (("waiting-time", RATE), ("stepped-care", RATE))
    and grouping.id != "consultation-medium"
)
"""For each grouping recovery and the share of finished courses over the years, as far as the sources have them."""
