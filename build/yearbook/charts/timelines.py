"""What every chart over the years shares: the two scales, dated breaks, standards, targets and events, labels."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from yearbook.charts.labels import Box, Obstacles, box_of_text, box_round, find_place
from yearbook.charts.pictures import LINE, Picture, Record, Scale, height_of, line, point, rule, text
from yearbook.charts.sentences import level_text
from yearbook.charts.theme import LABEL, SMALL, STRONG, WIDTHS, text_width, wrap
from yearbook.charts.ticks import tick_text
from yearbook.formatting import format_number
from yearbook.registers import Event, SeriesBreak, Standard, Target
from yearbook.years import FinancialYear

_MARGINS = {"wide": (62, 38, 52), "narrow": (60, 26, 62)}
"""Room to the left of the scales, to their right and over them, where the names of breaks stand."""


@dataclass(frozen=True)
class Timeline:
    """A chart over the years as it is put together: its scales and, layer by layer, its marks."""

    width: int
    years: Sequence[FinancialYear]
    x: Scale
    y: Scale
    records: dict[str, list[Record]] = field(
        default_factory=lambda: {"rules": [], "lines": [], "points": [], "texts": []}
    )

    def picture(self) -> Picture:
        """The finished picture, as high as the words under its axis need."""
        height = max(int(self.y.start) + 34, height_of(self.records["texts"]))
        return Picture("lines", self.width, height, self.x, self.y, self.records)

    def within(self, x: float, half: float) -> float:
        """`x` moved as little as need be for what reaches `half` to either side of it to stay in the image."""
        return min(max(x, half + 1), self.width - half - 1)

    def obstacles(self) -> Obstacles:
        """What a label has to keep clear of: the texts so far, the points, the lines and all the rules.

        It stands worse on a line, a level or a distance than on a break or a hairline of the scale.
        """
        texts = [box_of_text(record) for record in self.records["texts"]]
        points = [box_round(*self._pixel(record), float(record["size"])) for record in self.records["points"]]
        strokes = [
            (*self._pixel(one), *self._pixel(following))
            for one, following in pairwise(self.records["lines"])
            if one["series"] == following["series"]
        ]
        light: list[Box] = []
        for record in self.records["rules"]:
            upright, dashed = record["x"] == record["x2"], record["dash"] == "dashed"
            kind = light if upright == dashed else strokes
            kind.append((float(record["x"]), float(record["y"]), float(record["x2"]), float(record["y2"])))
        frame = (0, 0, self.width, self.y.start)
        return Obstacles(frame, texts, points, strokes, light)

    def _pixel(self, record: Record) -> tuple[float, float]:
        return self.x(float(record["x"])), self.y(float(record["y"]))


def begin_timeline(
    width: str,
    years: Sequence[FinancialYear],
    low: float,
    high: float,
    ticks: Sequence[float],
    marked: FinancialYear,
    height: int,
    unit: str = "percent",
    breaks: Iterable[SeriesBreak] = (),
) -> Timeline:
    """An empty chart of `years` from `low` to `high` of the unit, with its ticks and its years.

    Every `ticks` value has a hairline and its number; the first, the last and the marked year are
    written under the chart, and others where there is room. `breaks` that are to be added and stand close together
    have more room made for their names.
    """
    left, right, top = _MARGINS[width]
    x = Scale(years[0].start, max(years[-1].start, years[0].start + 1), left, WIDTHS[width] - right)
    found = sorted(breaks, key=lambda one: one.year)
    stairs = _stairs(found, [x(one.year.start - 0.5) for one in found], WIDTHS[width])
    top = max([top, *(12 + LINE * (row + len(lines)) for row, lines in stairs)])
    timeline = Timeline(WIDTHS[width], years, x, Scale(low, high, top + height, top))
    for tick in ticks:
        level = timeline.y(tick)
        timeline.records["rules"].append(rule(left - 18, level, timeline.width, level))
        timeline.records["texts"].append(
            text(left - 24, level, tick_text(tick, unit, ticks), "quiet", "right", size=SMALL)
        )
    for year in _years_written(years, marked, x):
        tone, weight, size = ("accent", "bold", LABEL) if year == marked else ("quiet", "normal", SMALL)
        half = text_width(str(year), size, weight) / 2
        place = timeline.within(x(year.start), half)
        timeline.records["texts"].append(text(place, timeline.y.start + 20, str(year), tone, "center", weight, size))
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
    stairs = _stairs(found, places, timeline.width)
    for number, (one, place) in enumerate(zip(found, places, strict=True)):
        row, lines = stairs[number] if stairs else (0, [])
        top = 4 + LINE * row
        timeline.records["rules"].append(rule(place, top, place, timeline.y.start, "pale", "dashed"))
        following = places[number + 1] if number + 1 < len(places) else timeline.width
        room, align, at = following - place - 10, "left", place + 5
        if room < 84 and not stairs:
            room, align, at = place - (places[number - 1] if number else 0) - 10, "right", place - 5
        for down, words in enumerate(lines or wrap(one.title, room)):
            timeline.records["texts"].append(text(at, top + 7 + LINE * down, words, "quiet", align, size=SMALL))


def _stairs(breaks: Sequence[SeriesBreak], places: Sequence[float], width: int) -> list[tuple[int, list[str]]]:
    """The row and the lines of each break's name where they stand too close to be named side by side; else nothing.

    A name may run on over the breaks after it, because they begin lower down.
    """
    if len(breaks) < 3 or all(after - before >= 84 for before, after in pairwise(places)):
        return []
    named: list[tuple[int, list[str]]] = []
    ends: list[tuple[float, int]] = []
    for one, place in zip(breaks, places, strict=True):
        lines = wrap(one.title, width - place - 7)
        row = max((below for end, below in ends if end > place), default=0)
        named.append((row, lines))
        ends.append((place + 9 + max(text_width(words, SMALL) for words in lines), row + len(lines)))
    return named


def add_standard(timeline: Timeline, standard: Standard, verdict: str = "", under: bool = False) -> None:
    """The standard as a dashed line over the years it was in force, named with its date and a verdict.

    The name stands before the line's beginning where there is room, unless it is to stand `under` it.
    """
    last = min(standard.last or timeline.years[-1], timeline.years[-1])
    first = max(standard.first, timeline.years[0])
    if first > last:
        return
    height = timeline.y(float(standard.level))
    start = timeline.x(first.start - (0.3 if first > timeline.years[0] else 0))
    timeline.records["rules"].append(rule(start, height, timeline.x(last.start) + 14, height, "ink", "dashed"))
    dates = f"{standard.first} to {standard.last}" if standard.last else f"from {standard.first}"
    name = f"{level_text(standard)} standard"
    if not under and start - timeline.x.start > text_width(dates, SMALL) - 20:
        for row, part in enumerate((name, dates)):
            timeline.records["texts"].append(
                text(start - 6, height - LINE / 2 + LINE * row, part, "ink", "right", size=SMALL)
            )
    else:
        words = f"{name} {dates}" + (f": {verdict}" if verdict else "")
        timeline.records["texts"].append(text(start, height + 11, words, "ink", size=SMALL))


def add_target(timeline: Timeline, target: Target) -> None:
    """A target as a short dashed line at its one year, named with that year, its level and what it counts."""
    if not timeline.years[0] <= target.year <= timeline.years[-1]:
        return
    at, height = timeline.x(target.year.start), timeline.y(float(target.level))
    reach = min(20.0, 0.8 * (timeline.x(1) - timeline.x(0)))  # within its own year
    timeline.records["rules"].append(rule(at - reach, height, min(at + reach, timeline.width), height, "ink", "dashed"))
    lines = (f"target for {target.year}:", f"{format_number(target.level)} {target.counts}")
    reach = max(text_width(part, SMALL) for part in lines)
    right = timeline.within(at + 20, 0)
    places = [(right, height + shift) for shift in (-LINE - 11, 13, -LINE - 20, 22)]
    places += [(at - 26, height - LINE / 2)]
    (x, y), _ = find_place(places, timeline.obstacles(), reach, SMALL, "right", LINE)
    timeline.records["texts"] += [
        text(x, y + LINE * row, part, "ink", "right", size=SMALL) for row, part in enumerate(lines)
    ]


def add_events(timeline: Timeline, events: Iterable[Event]) -> None:
    """The events that have a mark: a stroke on the time axis at their year, and the mark under the years."""
    rows: list[float] = []
    for event in events:
        if not event.mark or not timeline.years[0] <= event.year <= timeline.years[-1]:
            continue
        at, half = timeline.x(event.year.start), text_width(event.mark, SMALL) / 2
        place = timeline.within(at, half)
        row = next((row for row, reach in enumerate(rows) if place - half > reach + 6), len(rows))
        rows[row : row + 1] = [place + half]
        timeline.records["rules"].append(rule(at, timeline.y.start, at, timeline.y.start + 9, "quiet"))
        down = timeline.y.start + 20 + LINE * (row + 1)
        timeline.records["texts"].append(text(place, down, event.mark, "quiet", "center", size=SMALL))


def add_gaps(timeline: Timeline, known: Iterable[FinancialYear]) -> None:
    """`no figure` on the axis wherever a run of years without one is wide enough to say so."""
    have = set(known)
    runs: list[list[FinancialYear]] = []
    for year in timeline.years:
        if year in have:
            continue
        if runs and runs[-1][-1].next == year:
            runs[-1].append(year)
        else:
            runs.append([year])
    words = "no figure"
    reach = text_width(words, SMALL)
    for run in runs:
        start, end = timeline.x(run[0].start - 0.5), timeline.x(run[-1].start + 0.5)
        if end - start < reach + 4:
            continue
        middle = (start + end) / 2
        across = sorted((start + reach / 2 + 2 + step for step in range(0, int(end - start - reach - 3), 8)),
                        key=lambda place: abs(place - middle))  # fmt: skip
        places = [(timeline.within(place, reach / 2), timeline.y.start - up) for place in across for up in (12, 30)]
        place, cost = find_place(places, timeline.obstacles(), reach, SMALL, "center")
        if not cost:
            timeline.records["texts"].append(text(*place, words, "quiet", "center", size=SMALL))


def add_series(
    timeline: Timeline, name: str, values: Sequence[tuple[FinancialYear, float]], tone: str, of: str = ""
) -> None:
    """Lines through a series, one for each run of years without a gap. `of` is the series it is a part of, if any."""
    runs: list[list[FinancialYear]] = []
    for year, _ in values:
        if runs and runs[-1][-1].next == year:
            runs[-1].append(year)
        else:
            runs.append([year])
    timeline.records["lines"] += lines_through(runs, dict(values), tone, name, of)


def lines_through(
    runs: Iterable[Sequence[FinancialYear]],
    values: Mapping[FinancialYear, float],
    tone: str,
    name: str = "series",
    of: str = "",
) -> list[Record]:
    """A line for each run of more than one year."""
    return [
        record
        for number, run in enumerate(runs)
        if len(run) > 1
        for record in line(f"{name}-{number}", ((year.start, values[year]) for year in run), tone, of or name)
    ]


def add_point(
    timeline: Timeline,
    year: FinancialYear,
    value: float,
    tone: str,
    words: str,
    marked: bool,
    hollow: bool = False,
    shape: str = "circle",
    size: int = 44,
    of: str = "",
) -> None:
    """A point of the series `of`; the marked year's is larger, one that does not compare is hollow."""
    timeline.records["points"].append(
        point(year.start, value, tone, words, "none" if hollow else "", shape, 130 if marked else size, of)
    )


def add_value(
    timeline: Timeline, year: FinancialYear, value: float, words: str, tone: str, marked: bool, above: bool
) -> None:
    """A value written over or under its point, on whichever side is free, `above` first.

    The marked year's is always written; another's only where it touches nothing.
    """
    size, weight = (STRONG, "bold") if marked else (LABEL, "normal")
    x, y = timeline.x(year.start), timeline.y(value)
    half = text_width(words, size, weight) / 2
    away = 19 if marked else 15
    first, second = (-1, 1) if above else (1, -1)
    shifts = [(side, shift) for side in (first, second) for shift in (0, half, -half)]
    offsets = [(shift, side * away) for side, shift in shifts]
    if marked:
        offsets += [
            (shift, side * (away + more))
            for shift in (0, half, -half)
            for more in (LINE, LINE + 10)
            for side in (first, second)
        ]
    places = [(timeline.within(x + across, half + 1), y + down) for across, down in offsets]
    place, cost = find_place(places, timeline.obstacles(), text_width(words, size, weight), size, "center")
    if marked or not cost:
        timeline.records["texts"].append(text(*place, words, tone, "center", weight, size))


def add_name(timeline: Timeline, values: dict[FinancialYear, float], words: str, tone: str, above: bool = True) -> None:
    """The name of a series, beside the earliest part of its line where it touches least, `above` it or under it."""
    lines = wrap(words, timeline.width * 0.62, LABEL)
    reach = max(text_width(part, LABEL) for part in lines)
    depth = LINE * (len(lines) - 1)
    places = [
        (
            min(timeline.x(year.start) + shift, timeline.width - reach - 2),
            timeline.y(value) + away - (depth if away < 0 else 0),
        )
        for distance in (16, 24, 36, 50)
        for away in ((-distance, distance) if above else (distance, -distance))
        for year, value in values.items()
        for shift in (-8, 12)
    ]
    (x, y), _ = find_place(places, timeline.obstacles(), reach, LABEL, "left", depth)
    timeline.records["texts"] += [text(x, y + LINE * row, part, tone) for row, part in enumerate(lines)]


def stands_above(values: dict[FinancialYear, float], year: FinancialYear) -> bool:
    """Whether a label goes over its point: unless both its neighbours are higher, or its only one is."""
    beside = [values[other] for other in (year.previous, year.next) if other in values]
    return not beside or sum(beside) / len(beside) <= values[year]
