"""The gap between the least and the most deprived tenths of neighbourhoods, over the years."""

from collections.abc import Mapping

from yearbook.charts.chart import Chart, MissingChart, source_words
from yearbook.charts.labels import find_place
from yearbook.charts.pictures import Picture, plotted, rule, text
from yearbook.charts.sentences import break_notes
from yearbook.charts.theme import LABEL, WIDTHS, text_width
from yearbook.charts.timelines import (
    add_breaks,
    add_name,
    add_point,
    add_series,
    add_value,
    begin_timeline,
)
from yearbook.formatting import join_words, number_word
from yearbook.groups import LEAST_DEPRIVED, MOST_DEPRIVED
from yearbook.metrics import METRICS_BY_NAME
from yearbook.report import Change, Report
from yearbook.tables import Cell, gap_table
from yearbook.wording import gap_words
from yearbook.years import FinancialYear

METRIC = "recovery_rate"
_STEP = 10


def build_deprivation_gap(report: Report, year: FinancialYear | None) -> Chart | MissingChart:
    """Recovery in the most and the least deprived tenths, every year known, with the gap of `year` or the latest."""
    gaps = {found: report.gap(METRIC, found, LEAST_DEPRIVED, MOST_DEPRIVED) for found in report.years}
    gaps = {found: gap for found, gap in gaps.items() if gap.difference is not None}
    marked = year or max(gaps, default=None)
    if marked is None or marked not in gaps:
        what = f"Recovery by deprivation is not in the sources for {year or 'any year'}."
        return MissingChart("deprivation-gap", year, what)
    table = gap_table(report, METRIC, LEAST_DEPRIVED, MOST_DEPRIVED, tuple(gaps))
    finding = _finding(gaps, marked)
    least, most = (
        {found: cell for found in gaps for cell in table.cells if cell.year == found and cell.breakdown == group}
        for group in (LEAST_DEPRIVED, MOST_DEPRIVED)
    )
    low, high = _limits(least, most)
    alt = [
        f"Two lines from {min(gaps)} to {max(gaps)}. Recovery rate in the least deprived tenth: {_run_of(least)}. "
        f"In the most deprived tenth: {_run_of(most)}. The gap between them: "
        f"{join_words([f'{gap_words(gap)} in {found}' for found, gap in gaps.items()])}."
    ]
    notes = [f"The scale begins at {low}%, not at 0."]
    notes += [
        f"{METRICS_BY_NAME[METRIC].title} by deprivation, unlike the total, is known since {min(gaps)} in our sources."
    ]
    notes += break_notes(report.breaks(METRIC, list(gaps)))
    pictures = {width: _picture(report, gaps, least, most, marked, (low, high), width) for width in WIDTHS}
    base = (
        "Recovery of those who finished and were at caseness at the start, in the most and the least deprived tenths "
        "of neighbourhoods"
    )
    alt_text = " ".join((*alt, *notes))
    sources = source_words(report, table)
    return Chart("deprivation-gap", year, finding, base, alt_text, table, sources, (*table.notes, *notes), pictures)


def _finding(gaps: Mapping[FinancialYear, Change], year: FinancialYear) -> str:
    """The gap of the year, and how it stands to the years before it."""
    begins = f"The gap in recovery between the least and the most deprived tenths was {gap_words(gaps[year])} in {year}"
    earlier = {found: gap.difference or 0 for found, gap in gaps.items() if found < year}
    own = gaps[year].difference or 0
    if not earlier:
        return f"{begins}, the first year for which it is known"
    if len(earlier) >= 2 and own < min(earlier.values()):
        return f"{begins}, the narrowest of the {number_word(len(earlier) + 1)} years known"
    if len(earlier) >= 2 and own > max(earlier.values()):
        return f"{begins}, the widest of the {number_word(len(earlier) + 1)} years known"
    first = min(earlier)
    narrowest = min(earlier, key=lambda found: earlier[found])
    words = f"{begins}, {'down' if own < earlier[first] else 'up'} from {_bare(gaps[first])} in {first}"
    if narrowest == first:
        return words
    return f"{words} but wider than the narrowest, {_bare(gaps[narrowest])} in {narrowest}"


def _bare(gap: Change) -> str:
    """A gap without its unit: `13.8`."""
    return gap_words(gap).partition(" ")[0]


def _run_of(cells: Mapping[FinancialYear, Cell]) -> str:
    return join_words([f"{cell.text} in {found}" for found, cell in cells.items()])


def _limits(*series: Mapping[FinancialYear, Cell]) -> tuple[int, int]:
    values = [plotted(cell.working.figure) for cells in series for cell in cells.values()]
    return int((min(values) - 4) // _STEP) * _STEP, -int(-(max(values) + 1) // _STEP) * _STEP


def _picture(
    report: Report,
    gaps: Mapping[FinancialYear, Change],
    least: Mapping[FinancialYear, Cell],
    most: Mapping[FinancialYear, Cell],
    marked: FinancialYear,
    limits: tuple[int, int],
    width: str,
) -> Picture:
    low, high = limits
    years = sorted(gaps)
    ticks = range(low, high + 1, _STEP)
    timeline = begin_timeline(width, years, low, high, ticks, marked, 270)
    add_breaks(timeline, report.breaks(METRIC, years))
    for name, cells, tone, spoken in (
        ("least", least, "main", "least deprived tenth"),
        ("most", most, "accent", "most deprived tenth"),
    ):
        values = tuple((found, plotted(cell.working.figure)) for found, cell in sorted(cells.items()))
        add_series(timeline, name, values, tone)
        for found, value in values:
            words = f"{found}, {spoken}: {cells[found].text}"
            add_point(timeline, found, value, tone, words, found == marked, of=name)
    at = timeline.x(marked.start)
    top, bottom = (timeline.y(plotted(cells[marked].working.figure)) for cells in (least, most))
    timeline.records["rules"].append(rule(at, top + 9, at, bottom - 9, "quiet"))
    size = f"{_bare(gaps[marked])} points"
    align, aside = ("right", -8) if at > timeline.width / 2 else ("left", 8)
    places = [(at + aside, (top + bottom) / 2 + down) for down in (0, -10, 10, -20, 20)]
    place, _ = find_place(places, timeline.obstacles(), text_width(size, LABEL, "bold"), LABEL, align)
    timeline.records["texts"].append(text(*place, size, "ink", align, "bold"))
    for cells, tone, above in ((least, "main", True), (most, "accent", False)):
        add_value(timeline, marked, plotted(cells[marked].working.figure), cells[marked].text, tone, True, above)
    for cells, words, tone, above in (
        (least, "least deprived tenth", "main", True),
        (most, "most deprived tenth", "accent", False),
    ):
        points = {found: plotted(cell.working.figure) for found, cell in cells.items()}
        add_name(timeline, points, words, tone, above)
        for found in dict.fromkeys((years[0], years[-1], *years)):
            if found != marked:
                add_value(timeline, found, points[found], cells[found].text, "quiet", False, above)
    return timeline.picture()
