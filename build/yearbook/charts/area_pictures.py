"""Peers as a picture: every organisation a dot over its published percentage, stacked where several have the same.

Where stacks are too high for dots they are columns, and only what is named is a dot: so the picture of one among
thousands costs no more than that of one among a hundred.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import count

from yearbook.areas import short_name
from yearbook.charts.labels import box_of_text, overlap
from yearbook.charts.pictures import LINE, Picture, Record, Scale, line, point, rule, text
from yearbook.charts.theme import LABEL, SMALL, WIDTHS, text_width
from yearbook.formatting import round_half_up
from yearbook.peers import Peer, Peers, Stacked, stack

_MARGIN = 16
_UNDER_ENGLAND = 27
"""Where a line of words stands clear of England's, which is the first of the picture."""
_LARGEST, _SMALLEST = 11.0, 4.0
"""The widest and the narrowest dot, in pixels across."""
_TALLEST = 40
"""A stack of more dots is a column."""
_COLUMN = 240
"""The highest column, in pixels."""


@dataclass(frozen=True, slots=True)
class Named:
    """A dot that is told from the rest, and what is written by it."""

    peer: Peer
    words: str
    tone: str = "accent"


def has_columns(peers: Peers) -> bool:
    """Whether there are too many organisations of one percentage to draw each as a dot."""
    return max((stacked.place for stacked in peers.stacks), default=0) >= _TALLEST


def dot_picture(
    peers: Peers, named: Sequence[Named], width: str, words: Callable[[Peer], str] = lambda _: ""
) -> Picture:
    """The ranked organisations of `peers`, and any named one that is not ranked as a hollow dot.

    `words` describe the mark of a peer that is not named, for assistive technology; without them it is unspoken.
    """
    told: Mapping[tuple[str, str], Named] = {one.peer.organisation.key: one for one in named}
    unranked = [one.peer for one in named if one.peer.rank is None]
    placed = stack([*peers.ranked, *unranked]) if unranked else peers.stacks
    percents = [one.percent for one in placed]
    england = plotted_percent(peers)
    low = min([*percents, *([int(england)] if england is not None else [])]) - 1
    high = max([*percents, *([int(england) + 1] if england is not None else [])]) + 1
    x = Scale(low, high, _MARGIN, WIDTHS[width] - _MARGIN)
    size = min(_LARGEST, max(_SMALLEST, (x(1) - x(0)) - 1.2))
    tallest = max(one.place for one in placed) + 1
    texts: list[Record] = []
    step, rows, columns = size + 1.2, max(tallest, 6), has_columns(peers)
    if columns:
        step = _COLUMN / tallest
    for lines in count(2):  # as much room over the dots as the names need to be clear of each other
        bottom = round(LINE * lines + 26 + rows * step + 8, 1)
        y = Scale(0, 1, bottom - size / 2 - 3, bottom - size / 2 - 3 - step)
        names = _names(placed, told, x, y, WIDTHS[width])
        if names is not None:
            texts += names
            break
    rules: list[Record] = [rule(_MARGIN - 8, bottom, WIDTHS[width] - _MARGIN + 8, bottom, "pale")]
    points: list[Record] = []
    for tick in _ticks(low, high, width):
        rules.append(rule(x(tick), bottom, x(tick), bottom + 5, "pale"))
        texts.append(text(x(tick), bottom + 15, f"{tick}%", "quiet", "center", size=SMALL))
    if england is not None:
        rules.append(rule(x(england), 20, x(england), bottom, "ink", "dashed"))
        label = f"England {_percent(england)}"
        half = text_width(label, SMALL) / 2
        place = min(max(x(england), half + 1), WIDTHS[width] - half - 1)
        texts.append(text(place, 10, label, "ink", "center", size=SMALL))
    for peer, percent, height in placed:
        own = told.get(peer.organisation.key)
        if columns and own is None:
            continue
        tone = own.tone if own else "pale"
        spoken = own.words if own else words(peer)
        inside = "none" if peer.rank is None else ""
        area = int(size * size * (1.3 if own else 1))
        made = point if own or spoken or inside else _unnamed
        points.append(made(percent, height, tone, spoken, inside, size=area))
    points.sort(key=lambda record: record["tone"] != "pale")  # what is named lies on top
    tops = _tops(placed) if columns else {}
    stems = [record for percent, top in tops.items() for record in _column(percent, top)]
    records: dict[str, list[Record]] = {"rules": rules, "lines": stems, "points": points, "texts": texts}
    return Picture("lines", WIDTHS[width], int(bottom + 26), x, y, records)


def _tops(placed: Sequence[Stacked]) -> dict[int, int]:
    """The place of the topmost of each stack, by percentage."""
    tops: dict[int, int] = {}
    for _, percent, height in placed:
        tops[percent] = max(height, tops.get(percent, 0))
    return tops


@lru_cache(maxsize=65_536)
def _column(percent: int, top: int) -> tuple[Record, ...]:
    """The stack of a percentage as a column. The pictures of all areas share it, and none may change it."""
    return tuple(line(str(percent), [(percent, -0.5), (percent, top + 0.5)], "pale"))


_unnamed = lru_cache(maxsize=65_536)(point)
"""The dot of a peer that is told from no other: the pictures of all areas share it, and none may change it."""


def plotted_percent(peers: Peers) -> float | None:
    """England's rate in per cent, to four decimals, None where it is not known."""
    return None if peers.england is None else round(peers.england * 100, 4)


def _percent(value: float) -> str:
    return f"{round_half_up(Fraction(value).limit_denominator(10_000), 1)}%"


def _ticks(low: int, high: int, width: str) -> list[int]:
    step = next(size for size in (5, 10, 20, 50) if (high - low) / size <= (9 if width == "wide" else 6))
    return list(range(-(-low // step) * step, high + 1, step))


def _names(
    placed: Sequence[Stacked], told: Mapping[tuple[str, str], Named], x: Scale, y: Scale, width: int
) -> list[Record] | None:
    """The words of the named dots, each over the stacks it reaches across, to the side where they are lowest.

    None where there is too little room over the dots for all of them.
    """
    tallest = _tops(placed)
    named: list[Record] = []
    for peer, percent, height in placed:
        own = told.get(peer.organisation.key)
        if own is None:
            continue
        lines = _in_lines(own.words, width * 0.6)
        reach = max(text_width(part, LABEL, "bold") for part in lines)
        at = x(percent)
        sides = {
            "left": min(max(at - 6, 2), width - reach - 2),
            "right": max(min(at + 6, width - 2), reach + 2),
            "center": min(max(at, reach / 2 + 2), width - reach / 2 - 2),
        }
        lows: list[tuple[int, str]] = []
        for align, place in sides.items():
            start = {"left": place, "right": place - reach, "center": place - reach / 2}[align] - 6
            under = [high for other, high in tallest.items() if start <= x(other) <= start + reach + 12]
            lows.append((max([height, *under]), align))
        stack, align = min(lows)
        base = y(stack) - 16 - LINE * (len(lines) - 1)
        block = _block(lines, sides[align], base, own.tone, align)
        while _touches(block, named):
            base -= LINE / 2
            block = _block(lines, sides[align], base, own.tone, align)
        if base < _UNDER_ENGLAND:
            return None
        named += block
    return named


def _block(lines: Sequence[str], at: float, top: float, tone: str, align: str) -> list[Record]:
    return [
        text(at, top + LINE * row, part, tone, align, "bold" if row == 0 else "normal")
        for row, part in enumerate(lines)
    ]


def _touches(block: Sequence[Record], others: Sequence[Record]) -> bool:
    boxes = [box_of_text(record) for record in others]
    return any(overlap(box_of_text(record), box) for record in block for box in boxes)


def _in_lines(words: str, reach: float) -> list[str]:
    """A name with its value; the value on a line of its own where both are too long for one."""
    if text_width(words, LABEL, "bold") <= reach:
        return [words]
    name, _, value = words.rpartition(" ")
    lines = [""]
    for word in name.split():
        if lines[-1] and text_width(f"{lines[-1]} {word}", LABEL, "bold") > reach:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    if text_width(f"{lines[-1]} {value}", LABEL, "bold") <= reach:
        lines[-1] += f" {value}"
    else:
        lines.append(value)
    return lines


def spread_chart_id(kind: str, org_type: str) -> str:
    """The id of the `spread`, the `funnel` or the `map` of a type of organisation."""
    return f"{kind}-{org_type.replace('_', '-')}"


def spoken_rate(peer: Peer) -> str:
    """`Brighton and Hove: 34%`: what a mark of an organisation says."""
    return f"{short_name(peer.organisation)}: {peer.working.text(0)}"
