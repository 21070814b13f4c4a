"""The social card of a page: what a link to it shows where it is shared, 1200 × 630 pixels, in our own dress.

A card holds the page's title and, where the page has one, its number with its base in words and a small chart of the
series that the number is of. `card_drawing` makes the image; all that is decided here is what stands where.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape

from yearbook.charts.fonts import SANS, SERIF, words_width
from yearbook.charts.pictures import Picture, Scale
from yearbook.charts.theme import LIGHT

SIZE = (1200, 630)
"""The width and height that those who show shared links ask for."""

PAPER, INK, QUIET, RULE, ACCENT = "#fbf9f4", "#1e1a16", "#5a5147", "#d8cfbf", "#7a2519"
"""The tokens of the style sheet, light: a card is shown by others, who do not say how their reader's screen is."""

_TONES: Mapping[str, str] = {**LIGHT, "accent": ACCENT}

EDGE = 64
"""What stays free at the left and the right."""

BARS = ((0, 20, 3.2), (5.6, 14, 3.2), (11.2, 8, 3.2), (16.8, 3.6, 3.2))
"""The mark: the top, the length and the height of each bar, on a square of 20."""

_SENTENCE_END = re.compile(r"(?<=[.?!])\s+")

_WIDE = SIZE[0] - 2 * EDGE
_LEFT = 520
_CHART = (640, 384, SIZE[0] - EDGE, 556)


@dataclass(frozen=True, slots=True)
class CardLine:
    """A run of a series on a card: its points, as starting year and value, and its tone."""

    points: tuple[tuple[float, float], ...]
    tone: str


@dataclass(frozen=True, slots=True)
class CardPoint:
    """A point on a chart: `is_open` if it compares with nothing, `is_marked` if the card speaks of it."""

    x: float
    y: float
    tone: str
    is_open: bool = False
    is_marked: bool = False


@dataclass(frozen=True, slots=True)
class CardChart:
    """A small chart: its scales from first to last, its runs and points, and the name of the line of each tone."""

    x: tuple[float, float]
    y: tuple[float, float]
    lines: tuple[CardLine, ...]
    points: tuple[CardPoint, ...]
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Card:
    """What the social card of a page says.

    `kind` names the sort of page, `folio` its year. `number` is as printed on the page, and `base` says in words what
    it is, who is counted and when; a card without a number shows `words` instead.
    """

    title: str
    words: str = ""
    kind: str = ""
    folio: str = ""
    number: str = ""
    base: str = ""
    chart: CardChart | None = None

    @property
    def alt(self) -> str:
        """The card in words: the title, then the number and its base, or what stands for them."""
        said = f"{self.number} {self.base}" if self.number else self.words
        return " ".join(_ended(part) for part in (self.title, said) if part)


def _ended(words: str) -> str:
    return words if words.endswith((".", "?", "!", "”", "…")) else f"{words}."


def card_chart(picture: Picture, names: Mapping[str, str] | None = None) -> CardChart | None:
    """The lines and points of a chart over the years; None for a picture that has no line. `names` are by tone."""
    if picture.y is None or not picture.records.get("lines"):
        return None
    runs: dict[tuple[str, str], list[tuple[float, float]]] = {}
    for record in picture.records["lines"]:
        runs.setdefault((str(record["series"]), str(record["tone"])), []).append(
            (float(record["x"]), float(record["y"]))
        )
    points = picture.records.get("points", ())
    years = [float(record["x"]) for record in (*picture.records["lines"], *points)]
    marked = max((float(record["size"]) for record in points), default=0)
    return CardChart(
        (min(years), max(years)),
        (picture.y.first, picture.y.last),
        tuple(CardLine(tuple(run), tone) for (_, tone), run in runs.items()),
        tuple(
            CardPoint(
                float(record["x"]),
                float(record["y"]),
                str(record["tone"]),
                record["inside"] == "none",
                float(record["size"]) == marked and record["tone"] == "accent",
            )
            for record in points
        ),
        dict(names or {}),
    )


def card_svg(card: Card, site: str) -> str:
    """The card as an SVG of `SIZE`, of the site of that name, its words as text in the families of `fonts`."""
    parts = [*_dress(card, site), *(_number(card) if card.number else _standfirst(card))]
    width, height = SIZE
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
        f'<path fill="{PAPER}" d="M0 0h{width}v{height}H0z"/>{"".join(parts)}</svg>'
    )


def _dress(card: Card, site: str) -> Iterator[str]:
    """The rule, the mark, the name and the folio."""
    yield f'<path fill="{INK}" d="M{EDGE} 36h{_WIDE}v9H{EDGE}zM{EDGE} 50h{_WIDE}v2H{EDGE}z"/>'
    yield mark(EDGE, 82, 30)
    room = _WIDE - 46 - (200 if card.folio else 0)
    first, _, last = fitted(site, room, (30,), 1, SERIF, "bold")[1][0].rpartition(" ")
    yield (
        f'<text x="{EDGE + 46}" y="108" font-size="30" fill="{INK}"><tspan font-family="{SANS}" font-style="italic">'
        f'{escape(first)}</tspan> <tspan font-family="{SERIF}" font-weight="bold">{escape(last)}</tspan></text>'
    )
    if card.folio:
        yield _text(SIZE[0] - EDGE, 114, card.folio, 46, ACCENT, SERIF, anchor="end")
    if card.kind:
        size, (kind, *_) = fitted(card.kind, _WIDE, (24, 22, 20), 1)
        yield _text(EDGE, 166, kind, size, QUIET)


def mark(x: float, y: float, side: float) -> str:
    """The four bars, in a square of that side."""
    unit = side / 20
    bars = "".join(
        f"M{_n(x)} {_n(y + top * unit)}h{_n(length * unit)}v{_n(height * unit)}h{_n(-length * unit)}z"
        for top, length, height in BARS
    )
    return f'<path fill="{ACCENT}" d="{bars}"/>'


def _number(card: Card) -> Iterator[str]:
    """The title, then side by side the number with its base and the chart."""
    size, lines = fitted(card.title, _WIDE, (58, 54, 50, 46), 2, SERIF, "bold")
    if " ".join(lines) != " ".join(card.title.split()):
        size, lines = fitted(card.title, _WIDE, (46, 42, 38, 34), 3, SERIF, "bold")
    top = 236 if card.kind else 216
    for row, line in enumerate(lines):
        yield _text(EDGE, top + row * size * 1.14, line, size, INK, SERIF, "bold")
    room = _LEFT if card.chart else _WIDE
    large, (shown, *_) = fitted(card.number, room, (112, 100, 88, 76, 64), 1, SERIF, "bold")
    yield _text(EDGE, 486, shown, large, ACCENT, SERIF, "bold")
    small, words = fitted(card.base, room, (25, 23, 21), 3)
    for row, line in enumerate(words):
        yield _text(EDGE, 534 + row * (small + 6), line, small, QUIET)
    if card.chart:
        yield from _chart(card.chart)


def _standfirst(card: Card) -> Iterator[str]:
    """The title and the words under it, beside the mark, large."""
    room = _WIDE - 300
    size, lines = fitted(card.title, room, (68, 62, 56, 50, 44, 38), 3, SERIF, "bold")
    for row, line in enumerate(lines):
        yield _text(EDGE, 250 + row * size * 1.14, line, size, INK, SERIF, "bold")
    below = 250 + (len(lines) - 1) * size * 1.14 + 66
    small, words = _sentences(card.words, room)
    for row, line in enumerate(words):
        yield _text(EDGE, below + row * (small + 10), line, small, QUIET)
    yield mark(SIZE[0] - EDGE - 240, 326, 240)


def _sentences(words: str, room: float) -> tuple[int, tuple[str, ...]]:
    """As many whole sentences as there is room for; part of the first if there is none for it."""
    kept = _SENTENCE_END.split(words)
    for count in range(len(kept), 0, -1):
        size, lines = fitted(" ".join(kept[:count]), room, (30, 28, 26, 24), 4)
        if not lines[-1].endswith("…"):
            break
    return size, lines


def _chart(chart: CardChart) -> Iterator[str]:
    """The lines on a ground line, the years at its ends and under what is marked, and the names of the lines."""
    left, top, right, bottom = _CHART
    top += 40 if chart.names else 0
    x, y = Scale(*chart.x, left + 14, right - 14), Scale(*chart.y, bottom - 12, top + 6)
    yield f'<path stroke="{RULE}" stroke-width="2" d="M{left} {bottom}H{right}"/>'
    for line in chart.lines:
        path = "L".join(f"{_n(x(year))} {_n(y(value))}" for year, value in line.points)
        yield (
            f'<path fill="none" stroke="{_TONES[line.tone]}" stroke-width="5" stroke-linejoin="round" '
            f'stroke-linecap="round" d="M{path}"/>'
        )
    for point in sorted(chart.points, key=lambda point: point.is_marked):
        inside = PAPER if point.is_open else _TONES[point.tone]
        yield (
            f'<circle cx="{_n(x(point.x))}" cy="{_n(y(point.y))}" r="{11 if point.is_marked else 6}" '
            f'fill="{inside}" stroke="{_TONES[point.tone] if point.is_open else PAPER}" stroke-width="3"/>'
        )
    yield from _years(chart, x)
    at, names = float(left), list(chart.names.items())
    for place, (tone, name) in enumerate(names, start=1):
        after = sum(60 + words_width(other, 20) for _, other in names[place:])
        shown = fitted(name, right - at - 36 - after, (20,), 1)[1][0]
        yield f'<path stroke="{_TONES[tone]}" stroke-width="5" stroke-linecap="round" d="M{_n(at)} 386h26"/>'
        yield _text(at + 36, 393, shown, 20, QUIET)
        at += 36 + words_width(shown, 20) + 24


def _years(chart: CardChart, x: Scale) -> Iterator[str]:
    """The years under the ends, less one that would touch that of the marked point."""
    left, _, right, bottom = _CHART
    marked = next((point.x for point in chart.points if point.is_marked), None)
    for year in sorted({*chart.x, *(() if marked is None else (marked,))}):
        is_marked = year == marked
        if not is_marked and marked is not None and abs(x(year) - x(marked)) < 108:
            continue
        middle = min(max(x(year), left + 48), right - 48)
        tone, weight = (ACCENT, "bold") if is_marked else (QUIET, "normal")
        yield _text(middle, bottom + 32, year_text(year), 22, tone, weight=weight, anchor="middle")


def year_text(start: float) -> str:
    """`2019–20`, from the year it starts in."""
    return f"{int(start)}–{(int(start) + 1) % 100:02d}"


def fitted(
    words: str, width: float, sizes: Sequence[int], most: int, family: str = SANS, style: str = "normal"
) -> tuple[int, tuple[str, ...]]:
    """The first of `sizes` at which `words` take at most `most` lines of `width` pixels, and those lines, evened out.

    At the last size the words are cut, with a mark of it, if they are still too long.
    """
    for size in sizes:
        lines = _wrapped(words, Measure(width, size, family, style))
        if lines is not None and len(lines) <= most:
            break
    else:
        lines = None
    measure = Measure(width, size, family, style)
    if lines is not None:
        return size, _evened(words, measure, len(lines))
    lines, rest = [], words.split()
    while rest and len(lines) < most - 1 and measure.holds(rest[0]):
        count = next(count for count in range(len(rest), 0, -1) if measure.holds(" ".join(rest[:count])))
        lines.append(" ".join(rest[:count]))
        rest = rest[count:]
    return size, (*lines, _cut(" ".join(rest), measure))


@dataclass(frozen=True, slots=True)
class Measure:
    """The room for a line, and the letters it is set in."""

    width: float
    size: int
    family: str
    style: str

    def holds(self, words: str) -> bool:
        """Whether the words have room on one line."""
        return words_width(words, self.size, self.family, self.style) <= self.width


def _wrapped(words: str, measure: Measure) -> list[str] | None:
    """The words in lines; None when a word alone is longer than a line."""
    lines: list[str] = []
    for word in words.split():
        if not measure.holds(word):
            return None
        if lines and measure.holds(f"{lines[-1]} {word}"):
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines or [""]


def _evened(words: str, measure: Measure, count: int) -> tuple[str, ...]:
    """The lines of the narrowest measure that needs no more of them, so that none is left with a word alone."""
    found: list[str] = []
    for width in range(int(measure.width), int(measure.width) // 2, -16):
        lines = _wrapped(words, replace(measure, width=width))
        if lines is None or len(lines) > count:
            break
        found = lines
    return tuple(found)


def _cut(line: str, measure: Measure) -> str:
    """The line, or as many of its words, or failing that of its letters, as there is room for with three dots."""
    if measure.holds(line):
        return line
    words = line.split()
    for count in range(len(words) - 1, 0, -1):
        shorter = f"{' '.join(words[:count]).rstrip(',;:')}…"
        if measure.holds(shorter):
            return shorter
    end = next((end for end in range(len(line), 0, -1) if measure.holds(f"{line[:end]}…")), 0)
    return f"{line[:end]}…"


def _text(
    x: float,
    y: float,
    words: str,
    size: int,
    colour: str,
    family: str = SANS,
    weight: str = "normal",
    anchor: str = "start",
) -> str:
    bold = ' font-weight="bold"' if weight == "bold" else ""
    side = "" if anchor == "start" else f' text-anchor="{anchor}"'
    return (
        f'<text x="{_n(x)}" y="{_n(y)}" font-family="{family}" font-size="{size}"{bold}{side} fill="{colour}">'
        f"{escape(words, quote=False)}</text>"
    )


def _n(value: float) -> str:
    """A number of pixels, to a tenth."""
    return f"{value:.1f}".removesuffix(".0")
