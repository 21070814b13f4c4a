"""Outlines of areas as rings of eastings and northings, and as the squares of a grid they cover.

Reads GeoJSON and TopoJSON in degrees. Nothing of the outlines themselves is kept in `data/`: neighbours and hex
maps are computed from them.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from yearbook.errors import DataError, Problem

Points = NDArray[np.float64]
"""Points as rows: easting and northing in metres, or a place in a grid."""

Rings = tuple[Points, ...]
"""All rings of an area, those of islands and holes alike: what an odd number of them encloses is inside."""

_MAJOR, _MINOR = 6_377_563.396, 6_356_256.909  # the Airy 1830 ellipsoid, in metres
_SCALE, _LATITUDE, _LONGITUDE = 0.9996012717, np.radians(49), np.radians(-2)
_EAST, _NORTH = 400_000, -100_000


def to_grid(degrees: Points) -> Points:
    """Longitudes and latitudes as eastings and northings of the British National Grid, in metres.

    The transverse Mercator projection of Ordnance Survey's "A guide to coordinate systems in Great Britain", annexe
    C, without the shift of datum before it, so that points lie up to 130 m from where they are: far less than a
    generalised outline is out.
    """
    longitude, latitude = np.radians(degrees[:, 0]), np.radians(degrees[:, 1])
    eccentricity = 1 - (_MINOR / _MAJOR) ** 2
    n = (_MAJOR - _MINOR) / (_MAJOR + _MINOR)
    sine, cosine, tangent = np.sin(latitude), np.cos(latitude), np.tan(latitude)
    across = _MAJOR * _SCALE / np.sqrt(1 - eccentricity * sine**2)
    along = _MAJOR * _SCALE * (1 - eccentricity) / (1 - eccentricity * sine**2) ** 1.5
    excess = across / along - 1
    less, more = latitude - _LATITUDE, latitude + _LATITUDE
    arc = (
        (1 + n + 1.25 * n**2 + 1.25 * n**3) * less
        - (3 * n + 3 * n**2 + 2.625 * n**3) * np.sin(less) * np.cos(more)
        + 1.875 * (n**2 + n**3) * np.sin(2 * less) * np.cos(2 * more)
        - 35 / 24 * n**3 * np.sin(3 * less) * np.cos(3 * more)
    )
    away = longitude - _LONGITUDE
    north = (
        _MINOR * _SCALE * arc
        + _NORTH
        + away**2 * across / 2 * sine * cosine
        + away**4 * across / 24 * sine * cosine**3 * (5 - tangent**2 + 9 * excess)
        + away**6 * across / 720 * sine * cosine**5 * (61 - 58 * tangent**2 + tangent**4)
    )
    east = (
        _EAST
        + away * across * cosine
        + away**3 * across / 6 * cosine**3 * (across / along - tangent**2)
        + away**5
        * across
        / 120
        * cosine**5
        * (5 - 18 * tangent**2 + tangent**4 + 14 * excess - 58 * tangent**2 * excess)
    )
    return np.column_stack([east, north])


def read_outlines(path: Path, code: str) -> Mapping[str, Rings]:
    """The outlines in a GeoJSON or TopoJSON file by the property `code`, in metres.

    Raises DataError when the file is neither or a feature lacks the property.
    """
    try:
        read = json.loads(path.read_text(encoding="utf-8"))
        if read.get("type") == "Topology":
            features = [(shape["properties"], _topology_rings(read, shape)) for shape in _shapes(read)]
        else:
            features = [(feature["properties"], _geometry_rings(feature["geometry"])) for feature in read["features"]]
        return {str(properties[code]): rings for properties, rings in features}
    except (ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
        missing = f" with the property {code}" if isinstance(error, KeyError) else ""
        what = f"The file holds no outlines{missing}: {error!r}."
        fix = "give GeoJSON or TopoJSON in degrees, as the geography portal of ONS has it"
        raise DataError(Problem(path.name, 0, code, what, fix)) from error


def _shapes(topology: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [shape for layer in topology["objects"].values() for shape in layer["geometries"]]


def _geometry_rings(geometry: Mapping[str, Any]) -> Rings:
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    return tuple(to_grid(np.asarray(ring, dtype=float)) for polygon in polygons for ring in polygon)


def _topology_rings(topology: Mapping[str, Any], shape: Mapping[str, Any]) -> Rings:
    scale, shift = topology["transform"]["scale"], topology["transform"]["translate"]

    def arc(number: int) -> Points:
        """An arc's points; the complement of its number stands for the arc backwards."""
        points: Points = np.cumsum(
            np.asarray(topology["arcs"][number if number >= 0 else ~number], dtype=float), axis=0
        )
        return points if number >= 0 else points[::-1]

    polygons = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
    rings = (np.concatenate([arc(number) for number in ring]) for polygon in polygons for ring in polygon)
    return tuple(to_grid(ring * scale + shift) for ring in rings)


@dataclass(frozen=True)
class Cover:
    """Which area each square of a grid lies in.

    `area` has a row of squares for each step north and holds the number of the area in `codes`, −1 for the sea and
    what lies beyond. Squares are `side` metres wide; `origin` is the south-western corner.
    """

    codes: tuple[str, ...]
    area: NDArray[np.int32]
    side: float
    origin: tuple[float, float]

    def joined(self, into: Mapping[str, str]) -> "Cover":
        """The cover by the areas that the areas became part of. Areas that `into` lacks turn into sea."""
        codes = tuple(sorted({into[code] for code in self.codes if code in into}))
        place = {code: number for number, code in enumerate(codes)}
        numbers = np.asarray([*(place.get(into.get(code, ""), -1) for code in self.codes), -1], dtype=np.int32)
        return Cover(codes, numbers[self.area], self.side, self.origin)

    def adjoining(self, least: float) -> set[tuple[str, str]]:
        """The pairs of areas, each in order, that touch along at least `least` metres of squares' sides."""
        lengths: dict[tuple[int, int], float] = {}
        for one, other in ((self.area[:, :-1], self.area[:, 1:]), (self.area[:-1], self.area[1:])):
            meet = (one != other) & (one >= 0) & (other >= 0)
            for pair in zip(one[meet].tolist(), other[meet].tolist(), strict=True):
                ordered = min(pair), max(pair)
                lengths[ordered] = lengths.get(ordered, 0) + self.side
        pairs = ((self.codes[one], self.codes[other]) for (one, other), length in lengths.items() if length >= least)
        return {(min(pair), max(pair)) for pair in pairs}


def cover(layers: Sequence[Mapping[str, Rings]], side: float, margin: float = 0) -> Cover:
    """The squares that outlines cover. Where two layers hold a place, the later one counts."""
    codes = tuple(sorted({code for layer in layers for code in layer}))
    every = np.concatenate([ring for layer in layers for rings in layer.values() for ring in rings])
    low, high = every.min(axis=0) - margin, every.max(axis=0) + margin
    width, height = (int(number) for number in np.ceil((high - low) / side))
    area = np.full((height, width), -1, dtype=np.int32)
    for layer in layers:
        for code in sorted(layer):
            _fill(area, [(ring - low) / side for ring in layer[code]], codes.index(code))
    return Cover(codes, area, side, (float(low[0]), float(low[1])))


def _fill(area: NDArray[np.int32], rings: Iterable[Points], number: int) -> None:
    """Write `number` into the squares whose centres lie inside the rings, given in squares from the corner."""
    starts, ends = [], []
    for ring in rings:
        starts.append(ring)
        ends.append(np.roll(ring, -1, axis=0))
    start, end = np.concatenate(starts), np.concatenate(ends)
    first = max(int(np.floor(start[:, 1].min() - 0.5)), 0)
    for row in range(first, min(int(np.ceil(start[:, 1].max())) + 1, area.shape[0])):
        height = row + 0.5
        crossed = (start[:, 1] <= height) != (end[:, 1] <= height)
        one, other = start[crossed], end[crossed]
        crossings = np.sort(one[:, 0] + (height - one[:, 1]) / (other[:, 1] - one[:, 1]) * (other[:, 0] - one[:, 0]))
        for west, east in zip(crossings[::2], crossings[1::2], strict=True):
            area[row, int(np.ceil(west - 0.5)) : int(np.ceil(east - 0.5))] = number
