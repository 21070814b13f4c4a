"""The PNG of a chart: a picture that stands alone in a message, with its finding, its base and its source about it.

It is made from the finished wide SVG, on paper, in the light colours, in a font that vl-convert itself brings: so the
bytes do not change with what a machine has installed. Like the SVG it is kept by its content and drawn by workers.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib.metadata import version
from pathlib import Path

from yearbook.charts.cache import read_cached, write_cached
from yearbook.charts.chart import Chart, DrawnChart
from yearbook.charts.theme import FONT, LIGHT, SMALL, WIDTHS, wrap
from yearbook.charts.workers import draw_all

WIDTH = "wide"
"""The picture of a chart that its PNG is made of; a chart without it has none."""

SCALE = 2
"""Pixels of a PNG to each of the SVG."""

PAPER = "#fbf9f4"
"""What it is drawn on: the paper of the site."""

_FONT = "Liberation Sans"
_MARGIN, _TITLE, _BASE = 28, 22, 14
_BOLDER = 1.12  # how much wider than others bold letters are


@dataclass(frozen=True)
class Rasters:
    """PNGs by the name of their chart, and how many were drawn now and how many came from the cache."""

    png: Mapping[str, bytes]
    drawn: int
    cached: int


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of words; `y` is where its letters stand, from the top of the sheet."""

    words: str
    y: int
    size: int
    tone: str
    weight: str = "normal"


@dataclass(frozen=True, slots=True)
class _Sheet:
    """How a PNG is laid out, in pixels of the SVG: the lines of words, where the picture begins, the size of all."""

    lines: tuple[_Line, ...]
    top: int
    width: int
    height: int


def raster_size(chart: Chart, signature: str) -> tuple[int, int]:
    """The width and height in pixels of the PNG of a chart, known before it is drawn. `signature` ends it."""
    sheet = _sheet(chart, signature)
    return SCALE * sheet.width, SCALE * sheet.height


def draw_rasters(
    signed: Iterable[tuple[DrawnChart, str]],
    cache_folder: Path,
    workers: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Rasters:
    """The PNG of each drawn chart with its signature, drawn by `workers` processes or read from the cache.

    The same charts give the same bytes, whoever draws them. `progress` is told as by `draw_charts`.
    """
    sheets = {drawn.chart.name: compose(drawn.chart, drawn.svg[WIDTH], signature) for drawn, signature in signed}
    made = {sheet: read_cached(cache_folder, _file(sheet)) for sheet in sheets.values()}
    missing = [sheet for sheet, png in made.items() if png is None]
    for done, (sheet, png) in enumerate(draw_all(draw_raster, missing, workers), start=1):
        write_cached(cache_folder, _file(sheet), png)
        made[sheet] = png
        if progress is not None:
            progress(done, len(missing))
    return Rasters({name: made[sheet] or b"" for name, sheet in sheets.items()}, len(missing), len(made) - len(missing))


def draw_raster(sheet: str) -> bytes:
    """The PNG of a composed sheet."""
    import vl_convert

    from yearbook.charts.palette import pack_png

    return pack_png(vl_convert.svg_to_png(sheet, scale=SCALE))


def compose(chart: Chart, svg: bytes, signature: str) -> str:
    """The SVG a PNG is made of: the chart's finished wide one, `svg`, with words about it, on paper.

    Raises ValueError when `svg` is none that `drawing.finish_svg` finished.
    """
    head, style, rest = svg.decode().partition("</style>")  # what stands before it is for readers, dark screens too
    body, end, _ = rest.rpartition("</svg>")
    if not (head.startswith("<svg ") and style and end):
        raise ValueError(f"{chart.name}: the drawing is not a finished one")
    body = body.replace(f'font-family="{FONT}"', f'font-family="{_FONT}"')
    sheet, picture = _sheet(chart, signature), chart.pictures[WIDTH]
    words = "".join(
        f'<text x="{_MARGIN}" y="{line.y}" font-family="{_FONT}" font-size="{line.size}" '
        f'font-weight="{line.weight}" fill="{LIGHT[line.tone]}">{escape(line.words)}</text>'
        for line in sheet.lines
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{sheet.width}" height="{sheet.height}" '
        f'viewBox="0 0 {sheet.width} {sheet.height}">'
        f'<rect width="{sheet.width}" height="{sheet.height}" fill="{PAPER}"/>'
        f'<rect x="{_MARGIN}" y="{_MARGIN}" width="{picture.width}" height="2" fill="{LIGHT["ink"]}"/>{words}'
        f'<svg x="{_MARGIN}" y="{sheet.top}" width="{picture.width}" height="{picture.height}" '
        f'viewBox="0 0 {picture.width} {picture.height}">'
        f"{body}</svg></svg>"
    )


def _sheet(chart: Chart, signature: str) -> _Sheet:
    """The layout, which words decide: a rule, the finding, the base, the picture, the source, the signature."""
    picture, width = chart.pictures[WIDTH], WIDTHS[WIDTH]
    title = _lines(wrap(chart.finding, width / _BOLDER, _TITLE), _MARGIN + 12, _TITLE, "ink", "bold")
    base = _lines(wrap(chart.base, width, _BASE), title[-1].y + 6, _BASE, "quiet")
    top = base[-1].y + 18
    source = wrap(f"Source: {chart.source}.", width)
    foot = _lines([*source, *wrap(signature, width)], top + picture.height + 10, SMALL, "quiet")
    return _Sheet((*title, *base, *foot), top, picture.width + 2 * _MARGIN, foot[-1].y + _MARGIN)


def _lines(words: Sequence[str], top: int, size: int, tone: str, weight: str = "normal") -> list[_Line]:
    """Lines of words, one under the other, from `top` down."""
    step = size + size // 3
    return [_Line(each, top + number * step, size, tone, weight) for number, each in enumerate(words, start=1)]


def _file(sheet: str) -> str:
    """What the PNG of a sheet is called in the cache: all that decides its bytes."""
    decided = f"{version('vl-convert-python')} {_packer()} {SCALE} {sheet}"
    return f"{hashlib.sha256(decided.encode()).hexdigest()}.png"


@cache
def _packer() -> str:
    return hashlib.sha256(Path(__file__).with_name("palette.py").read_bytes()).hexdigest()
