"""Marks in a drawing that say which series a line or a point belongs to, for whoever reads it mark by mark.

Vega draws marks in the order of their records and keeps nothing of what a record was about but its words. Where a
picture has several series, each line and each point is given the number of its own as `data-s`, and nothing else.
"""

import re
from collections.abc import Iterator

from yearbook.charts.pictures import Picture

_MARKS = {
    "lines": re.compile(r'(<g class="mark-line role-mark [^>]*><path)(?= d=)'),
    "points": re.compile(r'(<path)(?= aria-label="[^"]*" role="graphics-symbol" aria-roledescription="point")'),
}
"""The beginning of each mark of a layer."""


def number_series(svg: str, picture: Picture) -> str:
    """`svg`, a drawing of `picture`, with `data-s` on the marks of its series, from 0 in the order of its points.

    A picture whose points are all of one series, or of none, is returned as it is. Raises ValueError where the
    drawing does not hold the marks of the records, one for each.
    """
    points = [str(record.get("of", "")) for record in picture.records.get("points", ())]
    numbers = {name: str(number) for number, name in enumerate(dict.fromkeys(filter(None, points)))}
    if len(numbers) < 2:
        return svg
    lines = {
        (record["series"], record["tone"]): str(record.get("of", "")) for record in picture.records.get("lines", ())
    }
    for layer, names in (("lines", list(lines.values())), ("points", points)):
        if len(_MARKS[layer].findall(svg)) != len(names):
            raise ValueError(f"the drawing has not one mark for each of its {len(names)} {layer}")
        svg = _with_numbers(svg, _MARKS[layer], iter(names), numbers)
    return svg


def _with_numbers(svg: str, mark: re.Pattern[str], names: Iterator[str], numbers: dict[str, str]) -> str:
    def numbered(found: re.Match[str]) -> str:
        number = numbers.get(next(names))
        return found[0] if number is None else f'{found[0]} data-s="{number}"'

    return mark.sub(numbered, svg)
