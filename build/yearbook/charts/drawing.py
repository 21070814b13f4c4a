"""From a chart to its SVG: drawn by vl-convert, finished for readers, cached by content.

This and `rasters` are the only places that call vl-convert, so that another version or another drawer is two
functions away. Drawing is spread over worker processes (`workers`). When everything is in the cache neither Altair
nor vl-convert is loaded.
"""

import hashlib
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib.metadata import version
from pathlib import Path

from yearbook.charts.cache import read_all_cached, write_cached
from yearbook.charts.chart import Chart, DrawnChart
from yearbook.charts.marking import number_series
from yearbook.charts.pictures import Picture
from yearbook.charts.theme import DARK, DARK_BANDS, LIGHT
from yearbook.charts.workers import draw_all
from yearbook.spool import Named

# What turns a picture into bytes: a change in any of these files changes every drawing's key.
_DRAWN_BY = ("pictures.py", "theme.py", "drawing.py", "marking.py")
_VEGA_LITE = "6.4"


@dataclass(frozen=True)
class Drawings:
    """Charts with their images, and how many images were drawn now and how many came from the cache."""

    charts: tuple[DrawnChart, ...]
    drawn: int
    cached: int


@dataclass(frozen=True)
class _Task:
    """One image to be made. `key` is the hash of all that decides its bytes."""

    key: str
    picture: Picture
    title: str
    description: str


def draw_charts(
    charts: Sequence[Chart],
    cache_folder: Path,
    workers: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Drawings:
    """The images of `charts`, drawn by `workers` processes (by default one a core) or read from the cache.

    The cache is filled as images are made. `progress` is told how many are done and how many there are
    to draw. The same charts give the same bytes, whoever draws them.
    """
    tasks = {(chart.name, width): _task(chart, width) for chart in charts for width in chart.pictures}
    by_key = {task.key: task for task in tasks.values()}
    made = read_all_cached(cache_folder, by_key, ".svg")
    missing = [task for key, task in by_key.items() if key not in made]
    cached = len(made)
    for done, (task, svg) in enumerate(draw_all(_draw_task, missing, workers), start=1):
        write_cached(cache_folder, f"{task.key}.svg", svg)
        made.put([(task.key, svg)])
        if progress is not None:
            progress(done, len(missing))
    drawn = tuple(
        DrawnChart(chart, Named(made, {width: tasks[chart.name, width].key for width in chart.pictures}))
        for chart in charts
    )
    return Drawings(drawn, len(missing), cached)


def draw(picture: Picture, title: str, description: str, key: str) -> bytes:
    """The finished SVG of one picture. The first eight characters of `key` make its ids its own."""
    return finish_svg(number_series(_convert(picture), picture), title, description, key[:8])


def finish_svg(svg: str, title: str, description: str, name: str) -> bytes:
    """`svg` made fit to publish: role, title and description; ids of its own; dark colours; nothing foreign.

    Raises ValueError when it holds a script or a reference to anything outside itself.
    """
    if _holds_foreign(svg):
        raise ValueError("the drawing holds a script or a reference to another file")
    root = re.match(r"<svg\b[^>]*>", svg)
    size = re.search(r'width="(\d+)" height="(\d+)" viewBox="([\d. ]+)"', root[0]) if root else None
    if root is None or size is None:
        raise ValueError("the drawing does not begin with an svg element that states its size")
    body = svg[root.end() :]
    for found in sorted(set(re.findall(r'\sid="([^"]+)"', body)), key=len, reverse=True):
        body = body.replace(f'id="{found}"', f'id="{found}-{name}"').replace(f"url(#{found})", f"url(#{found}-{name})")
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{size[1]}" height="{size[2]}" viewBox="{size[3]}" '
        f'role="img" aria-labelledby="title-{name} description-{name}">'
        f'<title id="title-{name}">{escape(title, quote=False)}</title>'
        f'<desc id="description-{name}">{escape(description, quote=False)}</desc>'
        f"<style>{_dark_style(body)}</style>"
    )
    return f"{head}{body}\n".encode()


_TAG = re.compile(r'<[^<>"]*(?:"[^"]*"[^<>"]*)*>')


def _holds_foreign(svg: str) -> bool:
    """Whether anything but words could run or fetch. Words, in texts and labels, may say whatever a data file says."""
    tags = [re.sub(r'aria-label="[^"]*"', "", tag) for tag in _TAG.findall(svg)]
    names = [re.sub(r'"[^"]*"', '""', tag) for tag in tags]
    return (
        "<" in _TAG.sub("", svg)
        or any(re.search(r"<script|<style|<foreignObject|\son\w+=|href=|<!", name) for name in names)
        or any(re.search(r"url\((?!#)|@import", tag) for tag in tags)
    )


def _dark_style(body: str) -> str:
    """Rules that give each light colour of the image its dark counterpart: it is a file of its own, so it must know."""
    counterparts = {**{LIGHT[tone]: DARK[tone] for tone in LIGHT}, **DARK_BANDS}
    rules = [
        f'[{attribute}="{light}"]{{{attribute}:{dark}}}'
        for attribute in ("fill", "stroke")
        for light, dark in counterparts.items()
        if f'{attribute}="{light}"' in body
    ]
    return f"@media screen and (prefers-color-scheme:dark){{{''.join(rules)}}}"


def _convert(picture: Picture) -> str:
    import vl_convert

    svg: str = vl_convert.vegalite_to_svg(picture.specification(), vl_version=_VEGA_LITE)
    return svg


def _task(chart: Chart, width: str) -> _Task:
    picture = chart.pictures[width]
    content = json.dumps([picture.to_dict(), chart.finding, chart.alt, *_makers()], sort_keys=True)
    return _Task(hashlib.sha256(content.encode()).hexdigest(), picture, chart.finding, chart.alt)


@cache
def _makers() -> tuple[str, ...]:
    """The versions of all that draws, without loading any of it."""
    folder = Path(__file__).parent
    sources = hashlib.sha256(b"".join((folder / name).read_bytes() for name in _DRAWN_BY)).hexdigest()
    return version("altair"), version("vl-convert-python"), sources


def _draw_task(task: _Task) -> bytes:
    return draw(task.picture, task.title, task.description, task.key)
