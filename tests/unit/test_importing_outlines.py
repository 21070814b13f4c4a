"""Outlines in metres, and the squares they cover."""

import json
from pathlib import Path

import numpy as np
import pytest

from yearbook.errors import DataError
from yearbook.importing.outlines import Cover, Rings, cover, read_outlines, to_grid


def square(west: float, south: float, side: float) -> np.ndarray:
    east, north = west + side, south + side
    return np.asarray([[west, south], [east, south], [east, north], [west, north], [west, south]])


def rings(west: float, south: float, side: float) -> Rings:
    return (square(west, south, side),)


def test_the_worked_example_of_the_survey_is_met_to_a_metre() -> None:
    # "A guide to coordinate systems in Great Britain", annexe C: 52°39′27.2531″ N, 1°43′4.5177″ E
    (point,) = to_grid(np.asarray([[1 + 43 / 60 + 4.5177 / 3600, 52 + 39 / 60 + 27.2531 / 3600]]))
    assert point == pytest.approx([651_409.903, 313_177.270], abs=1)


def test_geojson_and_topojson_of_the_same_shape_agree(tmp_path: Path) -> None:
    ring = [[-1.0, 52.0], [-0.9, 52.0], [-0.9, 52.1], [-1.0, 52.1], [-1.0, 52.0]]
    feature = {"properties": {"code": "A"}, "geometry": {"type": "Polygon", "coordinates": [ring]}}
    (tmp_path / "a.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    # Two arcs, the second stored backwards: it is walked from its end.
    arcs = [[[0, 0], [1, 0], [0, 1]], [[0, 0], [0, 1], [1, 0]]]
    shape = {"type": "Polygon", "properties": {"code": "A"}, "arcs": [[0, ~1]]}
    topology = {
        "type": "Topology", "transform": {"scale": [0.1, 0.1], "translate": [-1.0, 52.0]}, "arcs": arcs,
        "objects": {"x": {"type": "GeometryCollection", "geometries": [shape]}},
    }  # fmt: skip
    (tmp_path / "a.topojson").write_text(json.dumps(topology))
    (one,) = read_outlines(tmp_path / "a.geojson", "code")["A"]
    (other,) = read_outlines(tmp_path / "a.topojson", "code")["A"]
    corners = {tuple(point) for point in one.round(3)}
    assert len(corners) == 4
    assert corners == {tuple(point) for point in other.round(3)}


@pytest.mark.parametrize("text", ["", "[]", '{"features": 1}', '{"type": "Topology"}', '{"features": [{}]}'])
def test_a_file_without_outlines_is_told(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.geojson").write_text(text)
    with pytest.raises(DataError, match=r"a\.geojson, column code\n  The file holds no outlines"):
        read_outlines(tmp_path / "a.geojson", "code")


def two_by_two() -> Cover:
    return cover([{"A": rings(0, 0, 10), "B": rings(10, 0, 10), "C": rings(0, 10, 10), "D": rings(10, 10, 10)}], 1)


def test_squares_are_covered_whole() -> None:
    found = two_by_two()
    assert np.bincount(found.area.ravel()).tolist() == [100] * 4
    assert found.codes[found.area[0, 0]] == "A"  # the first row is the southernmost
    assert found.codes[found.area[-1, 0]] == "C"


def test_a_hole_is_outside_and_a_margin_is_sea() -> None:
    ring = cover([{"A": (square(0, 0, 10), square(4, 4, 2))}], 1, margin=3)
    assert ring.area.shape == (16, 16)
    assert (ring.area >= 0).sum() == 96


def test_a_later_layer_lies_over_an_earlier_one() -> None:
    found = cover([{"A": rings(0, 0, 10)}, {"B": rings(5, 0, 5)}], 1)
    assert np.bincount(found.area[found.area >= 0]).tolist() == [75, 25]


def test_areas_adjoin_along_a_length_and_not_at_a_corner() -> None:
    assert two_by_two().adjoining(1) == {("A", "B"), ("A", "C"), ("B", "D"), ("C", "D")}
    assert two_by_two().adjoining(10.5) == set()


def test_areas_joined_have_the_neighbours_of_their_parts() -> None:
    joined = two_by_two().joined({"A": "X", "B": "X", "C": "Y"})
    assert joined.codes == ("X", "Y")
    assert joined.adjoining(1) == {("X", "Y")}
    assert (joined.area < 0).sum() == 100  # D became nothing
