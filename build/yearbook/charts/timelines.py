"""What every chart over the years shares: the two scales, breaks in the series, dated standards, labels."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from yearbook.charts.pictures import LINE, Picture, Record, Scale, line, point, rule, text
from yearbook.charts.sentences import level_text
from yearbook.charts.theme import LABEL, SMALL, STRONG, WIDTHS, text_width, wrap
from yearbook.registers import SeriesBreak, Standard
from yearbook.years import FinancialYear

TOP = 52
"""Room over the scales for the names of breaks."""


@dataclass(frozen=True)
class Timeline:
    """A chart over the years as it is put together: its scales and, layer by layer, its marks."""

    width: int
    years: Sequence[FinancialYear]
    x: Scale
    y: Scale
    records: dict[str, list[Record]] = field(default_factory=lambda: {"rules": [], "lines": [], "points": [], "texts": []})

    def picture(self) -> Picture:
        """The finished picture."""
        return Picture("lines", self.width, int(self.y.start) + 34, self.x, self.y, self.records)


def begin_timeline(
    width: str, years: Sequence[FinancialYear], low: int, high: int, ticks: Sequence[int], marked: FinancialYear, height: int
) -> Timeline:
    """An empty chart of `years` from `low` to `high` per cent, with its ticks and its years.

    Every `ticks` value has a hairline and its percentage; the first, the last and the marked year are
    written under the chart, and others where there is room.
    """
    across = WIDTHS[width]
    x = Scale(years[0].start, max(years[-1].start, years[0].start + 1), 62 if width == "wide" else 54, across - (38 if width == "wide" else 26))
    y = Scale(low, high, TOP + height, TOP)
    timeline = Timeline(across, years, x, y)
    for tick in ticks:
        timeline.records["rules"].append(rule(44 if width == "wide" else 38, y(tick), across, y(tick)))
        timeline.records["texts"].append(text(36 if width == "wide" else 32, y(tick), f"{tick}%", "quiet", "right", size=SMALL))
    for year in _years_written(years, marked, x):
        here = year == marked
        timeline.records["texts"].append(
            text(x(year.start), y.start + 20, str(year), "accent" if here else "quiet", "center", "bold" if here else "normal", LABEL if here else SMALL)
        )
    return timeline


def _years_written(years: Sequence[FinancialYear], marked: FinancialYear, x: Scale) -> list[FinancialYear]:
    """The years there is room to write: the marked one, the last, the first, then from the last back."""
    room = text_width("2019-20", LABEL, "bold") + 4
    written: list[FinancialYear] = []
    for year in (marked, years[-1], years[0], *reversed(years[::2]), *reversed(years)):
        if all(abs(x(year.start) - x(other.start)) >= room for other in written):
            written.append(year)
    return sorted(written)


def add_breaks(timeline: Timeline, breaks: Iterable[SeriesBreak]) -> None:
    """A dashed line before the first year after each break, named at its top."""
    found = sorted(breaks, key=lambda one: one.year)
    places = [timeline.x(one.year.start - 0.5) for one in found]
    for number, (one, place) in enumerate(zip(found, places, strict=True)):
        timeline.records["rules"].append(rule(place, 4, place, timeline.y.start, "pale", "dashed"))
        following = places[number + 1] if number + 1 < len(places) else timeline.width
        room, align, at = following - place - 10, "left", place + 5
        if room < 84:
            room, align, at = place - (places[number - 1] if number else 0) - 10, "right", place - 5
        for row, words in enumerate(wrap(one.title, room)):
            timeline.records["texts"].append(text(at, 11 + LINE * row, words, "quiet", align, size=SMALL))


def add_standard(timeline: Timeline, standard: Standard, label: str = "before") -> None:
    """The standard as a dashed line over the years it was in force, named with its date.

    The name stands `before` the line's beginning, or `under` its beginning.
    """
    last = min(standard.last or timeline.years[-1], timeline.years[-1])
    first = max(standard.first, timeline.years[0])
    if first > last:
        return
    height = timeline.y(float(standard.level))
    start = timeline.x(first.start - (0.3 if first > timeline.years[0] else 0))
    timeline.records["rules"].append(rule(start, height, timeline.x(last.start) + 14, height, "ink", "dashed"))
    words = [f"{level_text(standard)} standard", f"from {standard.first}" + (f" to {standard.last}" if standard.last else "")]
    if label == "before" and start - timeline.x.start > text_width(max(words, key=len), SMALL) - 20:
        for row, part in enumerate(words):
            timeline.records["texts"].append(text(start - 6, height - LINE / 2 + LINE * row, part, "ink", "right", size=SMALL))
    else:
        timeline.records["texts"].append(text(start, height + 11, " ".join(words), "ink", size=SMALL))


def add_series(timeline: Timeline, name: str, values: Sequence[tuple[FinancialYear, float]], tone: str) -> None:
    """Lines through a series, one for each run of years without a gap."""
    runs: list[list[tuple[FinancialYear, float]]] = []
    for year, value in values:
        if runs and runs[-1][-1][0].next == year:
            runs[-1].append((year, value))
        else:
            runs.append([(year, value)])
    for number, run in enumerate(runs):
        if len(run) > 1:
            timeline.records["lines"] += line(f"{name}-{number}", ((year.start, value) for year, value in run), tone)


def add_point(timeline: Timeline, year: FinancialYear, value: float, tone: str, words: str, marked: bool, hollow: bool = False, shape: str = "circle") -> None:
    """A point of a series; the marked year's is larger, one that does not compare is hollow."""
    size = 130 if marked else 44
    timeline.records["points"].append(point(year.start, value, tone, words, "none" if hollow else "", shape, size))


def add_value(timeline: Timeline, year: FinancialYear, value: float, words: str, tone: str, marked: bool, above: bool) -> None:
    """A value written over or under its point, kept within the image."""
    size, weight = (STRONG, "bold") if marked else (LABEL, "normal")
    half = text_width(words, size, weight) / 2
    place = min(max(timeline.x(year.start), half), timeline.width - half)
    away = 19 if marked else 15
    timeline.records["texts"].append(text(place, timeline.y(value) + (-away if above else away), words, tone, "center", weight, size))


def choose_labelled(timeline: Timeline, years: Iterable[FinancialYear], room: int = 50) -> list[FinancialYear]:
    """Those of `years`, the most important first, whose labels do not touch an earlier one's."""
    chosen: list[FinancialYear] = []
    for year in years:
        if year not in chosen and all(abs(timeline.x(year.start) - timeline.x(other.start)) >= room for other in chosen):
            chosen.append(year)
    return chosen


def stands_above(values: dict[FinancialYear, float], year: FinancialYear) -> bool:
    """Whether a label goes over its point: unless both its neighbours are higher, or its only one is."""
    beside = [values[other] for other in (year.previous, year.next) if other in values]
    return not beside or sum(beside) / len(beside) <= values[year]
