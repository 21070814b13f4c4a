"""What every chart over the years shares: the two scales, breaks in the series, dated standards, labels."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from yearbook.charts.labels import Obstacles, box_of_text, box_round, find_place
from yearbook.charts.pictures import LINE, Picture, Record, Scale, line, point, rule, text
from yearbook.charts.sentences import level_text
from yearbook.charts.theme import LABEL, SMALL, STRONG, WIDTHS, text_width, wrap
from yearbook.registers import SeriesBreak, Standard
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
        """The finished picture."""
        return Picture("lines", self.width, int(self.y.start) + 34, self.x, self.y, self.records)

    def within(self, x: float, half: float) -> float:
        """`x` moved as little as need be for what reaches `half` to either side of it to stay in the image."""
        return min(max(x, half + 1), self.width - half - 1)

    def obstacles(self) -> Obstacles:
        """What a label has to keep clear of: the texts so far, the points, the lines and the dashed rules."""
        texts = [box_of_text(record) for record in self.records["texts"]]
        points = [box_round(*self._pixel(record), float(record["size"])) for record in self.records["points"]]
        strokes = [
            (*self._pixel(one), *self._pixel(following))
            for one, following in pairwise(self.records["lines"])
            if one["series"] == following["series"]
        ]
        dashed = {
            upright: [
                (float(record["x"]), float(record["y"]), float(record["x2"]), float(record["y2"]))
                for record in self.records["rules"]
                if record["dash"] == "dashed" and (record["x"] == record["x2"]) == upright
            ]
            for upright in (True, False)
        }
        frame = (0, 0, self.width, self.y.start + 8)
        return Obstacles(frame, texts, points, strokes + dashed[False], dashed[True])

    def _pixel(self, record: Record) -> tuple[float, float]:
        return self.x(float(record["x"])), self.y(float(record["y"]))


def begin_timeline(
    width: str,
    years: Sequence[FinancialYear],
    low: int,
    high: int,
    ticks: Sequence[int],
    marked: FinancialYear,
    height: int,
) -> Timeline:
    """An empty chart of `years` from `low` to `high` per cent, with its ticks and its years.

    Every `ticks` value has a hairline and its percentage; the first, the last and the marked year are
    written under the chart, and others where there is room.
    """
    left, right, top = _MARGINS[width]
    x = Scale(years[0].start, max(years[-1].start, years[0].start + 1), left, WIDTHS[width] - right)
    timeline = Timeline(WIDTHS[width], years, x, Scale(low, high, top + height, top))
    for tick in ticks:
        level = timeline.y(tick)
        timeline.records["rules"].append(rule(left - 18, level, timeline.width, level))
        timeline.records["texts"].append(text(left - 24, level, f"{tick}%", "quiet", "right", size=SMALL))
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
    for number, (one, place) in enumerate(zip(found, places, strict=True)):
        timeline.records["rules"].append(rule(place, 4, place, timeline.y.start, "pale", "dashed"))
        following = places[number + 1] if number + 1 < len(places) else timeline.width
        room, align, at = following - place - 10, "left", place + 5
        if room < 84:
            room, align, at = place - (places[number - 1] if number else 0) - 10, "right", place - 5
        for row, words in enumerate(wrap(one.title, room)):
            timeline.records["texts"].append(text(at, 11 + LINE * row, words, "quiet", align, size=SMALL))


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
) -> None:
    """A point of a series; the marked year's is larger, one that does not compare is hollow."""
    timeline.records["points"].append(
        point(year.start, value, tone, words, "none" if hollow else "", shape, 130 if marked else size)
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
        offsets += [(0, side * (away + more)) for more in (LINE, LINE + 10) for side in (first, second)]
    places = [(timeline.within(x + across, half), y + down) for across, down in offsets]
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
