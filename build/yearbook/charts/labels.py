"""Where a label can stand without touching what is drawn already.

Boxes are reckoned for a wide font (see `theme.text_width`), so that labels keep clear of each other in
whatever font the reader's screen has.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from yearbook.charts.pictures import Record
from yearbook.charts.theme import text_width

Box = tuple[float, float, float, float]
"""Left, top, right and bottom; or, of a straight line, where it begins and where it ends. In pixels."""

_OUTSIDE, _TEXT, _POINT, _STROKE, _BREAK = 100, 50, 10, 4, 1
"""How bad it is for a label to leave the image, or to touch a text, a point, a line or a break."""


@dataclass(frozen=True, slots=True)
class Obstacles:
    """What labels keep clear of. They stay within `frame`."""

    frame: Box
    texts: Sequence[Box]
    points: Sequence[Box]
    strokes: Sequence[Box]
    breaks: Sequence[Box]

    def cost(self, box: Box, limit: float) -> int:
        """How much a label over `box` would touch, 0 for nothing; once `limit` is reached, no more is counted."""
        frame = self.frame
        cost = 0
        if box[0] < frame[0] or box[1] < frame[1] or box[2] > frame[2] or box[3] > frame[3]:
            cost = _OUTSIDE
        for boxes, weight in ((self.texts, _TEXT), (self.points, _POINT)):
            if cost >= limit:
                return cost
            cost += weight * sum(overlap(box, other) for other in boxes)
        if cost < limit:
            cost += _STROKE * sum(crosses(box, stroke) for stroke in self.strokes)
            cost += _BREAK * sum(crosses(box, stroke) for stroke in self.breaks)
        return cost


def find_place(
    places: Sequence[tuple[float, float]], obstacles: Obstacles, reach: float, size: float, align: str, depth: float = 0
) -> tuple[tuple[float, float], int]:
    """The first of `places` where a label touches least, and how much that is: 0 for nothing.

    The label is `reach` pixels wide, its letters `size` high; `depth` is from its first line to its last.
    """
    chosen, least = places[0], _OUTSIDE * 100
    for place in places:
        cost = obstacles.cost(label_box(*place, reach, size, align, depth), least)
        if cost < least:
            chosen, least = place, cost
        if least == 0:
            break
    return chosen, least


def label_box(x: float, y: float, reach: float, size: float, align: str, depth: float = 0) -> Box:
    """The box of a label whose first line is centred on `y`, with a little air round it."""
    left = x if align == "left" else x - reach if align == "right" else x - reach / 2
    return left - 2, y - size / 2 - 1, left + reach + 2, y + depth + size / 2 + 1


def box_of_text(record: Record) -> Box:
    """The box of a text."""
    size = int(record["size"])
    reach = text_width(str(record["text"]), size, str(record["weight"]))
    return label_box(float(record["x"]), float(record["y"]), reach, size, str(record["align"]))


def box_round(x: float, y: float, area: float) -> Box:
    """The box of a point that covers `area` square pixels."""
    half = area**0.5 / 2 + 1
    return x - half, y - half, x + half, y + half


def overlap(one: Box, other: Box) -> bool:
    """Whether two boxes share any room."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def crosses(box: Box, stroke: Box) -> bool:
    """Whether a straight line enters a box: whether anything of it is left when cut at each side (Liang and Barsky)."""
    x, y, x2, y2 = stroke
    if max(x, x2) < box[0] or min(x, x2) > box[2] or max(y, y2) < box[1] or min(y, y2) > box[3]:
        return False
    enters, leaves = 0.0, 1.0
    for run, room in ((x - x2, x - box[0]), (x2 - x, box[2] - x), (y - y2, y - box[1]), (y2 - y, box[3] - y)):
        if run == 0:
            if room < 0:
                return False
        elif run < 0:
            enters = max(enters, room / run)
        else:
            leaves = min(leaves, room / run)
    return enters <= leaves
