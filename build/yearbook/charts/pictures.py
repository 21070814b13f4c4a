"""One image of a chart, as data, and the Vega-Lite specification it becomes.

A `Picture` says what is where: bars and lines on their scales, words at pixels. Three kinds of
picture carry all charts, `bars`, `lines` and `hexes`. Altair builds each kind once a process; what changes from chart
to chart is only its size, its scales and its records, so that a chart costs next to nothing. Altair is imported when a
specification is asked for and not before.
"""

from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from typing import Any

from yearbook.charts.theme import BANDS, CONFIG, DASHES, EDGES, LABEL, LIGHT, SMALL, wrap
from yearbook.formatting import round_half_up
from yearbook.values import Figure

Record = dict[str, str | float]
"""One mark: its place, its tone, the words that describe it."""

LAYERS: Mapping[str, tuple[str, ...]] = {
    "bars": ("outlines", "rules", "bars", "texts"),
    "lines": ("rules", "lines", "points", "texts"),
    "hexes": ("hexes", "texts"),
}
"""The layers of each kind of picture, from the back to the front. Each has a data set of its name."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Where the values from `first` to `last` lie: from pixel `start` to pixel `end`."""

    first: float
    last: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """The pixel of a value."""
        share = (value - self.first) / (self.last - self.first)
        return self.start + share * (self.end - self.start)


@dataclass(frozen=True, slots=True)
class Picture:
    """An image `width` × `height` pixels. `y` is None for bars, which are placed at pixels."""

    kind: str
    width: int
    height: int
    x: Scale
    y: Scale | None
    records: Mapping[str, Sequence[Record]]

    def to_dict(self) -> dict[str, Any]:
        """Everything that decides how the picture looks, for the key of the cache."""
        scales = [
            None if scale is None else (scale.first, scale.last, scale.start, scale.end) for scale in (self.x, self.y)
        ]
        return {
            "kind": self.kind,
            "size": (self.width, self.height),
            "scales": scales,
            "records": {layer: list(self.records.get(layer, ())) for layer in LAYERS[self.kind]},
        }

    def specification(self) -> dict[str, Any]:
        """The picture in Vega-Lite, with its records."""
        specification = deepcopy(_template(self.kind))
        specification["width"], specification["height"] = self.width, self.height
        for layer in specification["layer"]:
            for channel, scale in (("x", self.x), ("y", self.y)):
                placed = layer["encoding"].get(channel, {}).get("scale")
                if placed is not None and scale is not None:
                    placed["domain"], placed["range"] = [scale.first, scale.last], [scale.start, scale.end]
        specification["datasets"] = {layer: list(self.records.get(layer, ())) for layer in LAYERS[self.kind]}
        return specification


def plotted(figure: Figure) -> float:
    """A figure's number for a scale: to four decimals, so that it is the same everywhere."""
    return float(round_half_up(figure.exact, 4))


def text(
    x: float, y: float, words: str, tone: str = "ink", align: str = "left", weight: str = "normal", size: int = LABEL
) -> Record:
    """Words at a pixel, centred on `y`."""
    place: Record = {"x": round(x, 1), "y": round(y, 1)}
    return place | {"text": words, "tone": tone, "align": align, "weight": weight, "size": size}


def paragraph(x: float, y: float, words: str, width: float, tone: str = "quiet", size: int = SMALL) -> list[Record]:
    """Words broken into lines that fit `width`, the first centred on `y`."""
    return [text(x, y + LINE * number, line, tone, size=size) for number, line in enumerate(wrap(words, width, size))]


LINE = 17
"""From one line of a paragraph to the next, in pixels."""


def bar(start: float, end: float, top: float, height: float, tone: str, words: str) -> Record:
    """A bar from one value to another. `words` say what it shows."""
    place: Record = {"from": start, "to": end, "top": round(top, 1), "bottom": round(top + height, 1)}
    return place | {"tone": tone, "words": words}


def outline(start: float, end: float, top: float, height: float, tone: str = "hair", words: str = "") -> Record:
    """An empty bar: all there is, or what is not known or not comparable."""
    return bar(start, end, top, height, tone, words)


def rule(x: float, y: float, x2: float, y2: float, tone: str = "hair", dash: str = "solid") -> Record:
    """A straight line between two pixels."""
    return {"x": round(x, 1), "y": round(y, 1), "x2": round(x2, 1), "y2": round(y2, 1), "tone": tone, "dash": dash}


def point(
    x: float,
    y: float,
    tone: str,
    words: str,
    inside: str = "",
    shape: str = "circle",
    size: int = 50,
    of: str = "",
) -> Record:
    """A point on both scales. `inside` is the tone it is filled with, `none` for a hollow one; `of` is its series."""
    made: Record = {"x": x, "y": y, "tone": tone, "inside": inside or tone, "shape": shape, "size": size}
    made["words"] = words
    return _part_of(of, made)


def line(series: str, points: Iterable[tuple[float, float]], tone: str, of: str = "") -> list[Record]:
    """A line through points on both scales. `series` is its own name, `of` that of the series it is a part of."""
    return [_part_of(of, {"x": x, "y": y, "series": series, "tone": tone}) for x, y in points]


def _part_of(of: str, record: Record) -> Record:
    return record | {"of": of} if of else record


def height_of(*layers: Sequence[Record]) -> int:
    """The height a picture needs for the texts and bars it holds."""
    reach = [float(record.get("bottom") or record["y"]) for layer in layers for record in layer]
    return int(max(reach) + 12)


@cache
def _template(kind: str) -> dict[str, Any]:
    """The specification of a kind of picture, without size and records, on scales from 0 to 1."""
    import altair as alt

    across = alt.Scale(domain=[0, 1], range=[0, 1], zero=False, nice=False)
    down = None if kind == "bars" else alt.Scale(domain=[0, 1], range=[0, 1], zero=False, nice=False)
    build = {
        "outlines": lambda: _outlines(alt, across),
        "rules": lambda: _rules(alt),
        "bars": lambda: _bars(alt, across),
        "lines": lambda: _lines(alt, across, down),
        "points": lambda: _points(alt, across, down),
        "hexes": lambda: _hexes(alt, across, down),
        "texts": lambda: _texts(alt),
    }
    chart = alt.layer(*(build[layer]() for layer in LAYERS[kind])).properties(padding=0, autosize="none")
    specification: dict[str, Any] = chart.to_dict()
    specification["config"] = dict(CONFIG)
    return specification


def _tones(alt: Any, extra: Mapping[str, str] | None = None) -> Any:
    tones = {**LIGHT, **(extra or {})}
    return alt.Scale(domain=list(tones), range=list(tones.values()))


def _pixel(channel: Any, field: str) -> Any:
    return channel(f"{field}:Q", scale=None, axis=None)


def _outlines(alt: Any, across: Any) -> Any:
    return _boxes(alt, across, "outlines", {"filled": False, "strokeWidth": 1}, alt.Stroke)


def _bars(alt: Any, across: Any) -> Any:
    return _boxes(alt, across, "bars", {}, alt.Fill)


def _boxes(alt: Any, across: Any, name: str, mark: dict[str, Any], channel: Any) -> Any:
    return (
        alt.Chart(alt.NamedData(name))
        .mark_rect(**mark)
        .encode(
            x=alt.X("from:Q", scale=across, axis=None),
            x2="to:Q",
            y=_pixel(alt.Y, "top"),
            y2="bottom:Q",
            description="words:N",
            **{channel.__name__.lower(): channel("tone:N", scale=_tones(alt), legend=None)},
        )
    )


def _rules(alt: Any) -> Any:
    dashes = alt.Scale(domain=list(DASHES), range=[list(dash) for dash in DASHES.values()])
    return (
        alt.Chart(alt.NamedData("rules"))
        .mark_rule(aria=False)
        .encode(
            x=_pixel(alt.X, "x"),
            y=_pixel(alt.Y, "y"),
            x2="x2:Q",
            y2="y2:Q",
            stroke=alt.Stroke("tone:N", scale=_tones(alt), legend=None),
            strokeDash=alt.StrokeDash("dash:N", scale=dashes, legend=None),
        )
    )


def _lines(alt: Any, across: Any, down: Any) -> Any:
    return (
        alt.Chart(alt.NamedData("lines"))
        .mark_line(aria=False, strokeWidth=2.5, strokeJoin="round", strokeCap="round")
        .encode(
            x=alt.X("x:Q", scale=across, axis=None),
            y=alt.Y("y:Q", scale=down, axis=None),
            detail="series:N",
            stroke=alt.Stroke("tone:N", scale=_tones(alt), legend=None),
        )
    )


def _points(alt: Any, across: Any, down: Any) -> Any:
    shapes = alt.Scale(domain=["circle", "diamond"], range=["circle", "diamond"])
    return (
        alt.Chart(alt.NamedData("points"))
        .mark_point(opacity=1, strokeWidth=2)
        .encode(
            x=alt.X("x:Q", scale=across, axis=None),
            y=alt.Y("y:Q", scale=down, axis=None),
            stroke=alt.Stroke("tone:N", scale=_tones(alt), legend=None),
            fill=alt.Fill("inside:N", scale=_tones(alt, {"none": "transparent"}), legend=None),
            shape=alt.Shape("shape:N", scale=shapes, legend=None),
            size=alt.Size("size:Q", scale=None, legend=None),
            description="words:N",
        )
    )


_HEXAGON = "M0,-1.0926L0.9463,-0.5463L0.9463,0.5463L0,1.0926L-0.9463,0.5463L-0.9463,-0.5463Z"
"""A hexagon on its point, a little narrower than its place, in Vega's unit: half the root of a mark's size."""


def _hexes(alt: Any, across: Any, down: Any) -> Any:
    return (
        alt.Chart(alt.NamedData("hexes"))
        .mark_point(opacity=1, strokeWidth=1, shape=_HEXAGON)
        .encode(
            x=alt.X("x:Q", scale=across, axis=None),
            y=alt.Y("y:Q", scale=down, axis=None),
            # The texts of the picture share this scale, so it has their tones too.
            fill=alt.Fill("tone:N", scale=_tones(alt, BANDS), legend=None),
            stroke=alt.Stroke("tone:N", scale=alt.Scale(domain=list(BANDS), range=list(EDGES.values())), legend=None),
            size=alt.Size("size:Q", scale=None, legend=None),
            description="words:N",
        )
    )


def _texts(alt: Any) -> Any:
    fields = {"align": "align", "fontWeight": "weight", "fontSize": "size"}
    mark = {name: alt.expr(f"datum.{field}") for name, field in fields.items()}
    return (
        alt.Chart(alt.NamedData("texts"))
        .mark_text(aria=False, baseline="middle", **mark)
        .encode(
            x=_pixel(alt.X, "x"),
            y=_pixel(alt.Y, "y"),
            text="text:N",
            fill=alt.Fill("tone:N", scale=_tones(alt), legend=None),
        )
    )
