"""Hex maps: a cell for each area, in the shape of the land."""

import numpy as np
import pytest

from yearbook.geography import Hexagon
from yearbook.importing.hexagons import beside_of, lay_out, put_beside, stretch
from yearbook.importing.outlines import Cover

pytest.importorskip("scipy", reason="hex maps are laid out with scipy, of the dev packages")

SIDE = 60


def made(columns: int, rows: int, small: int = 1) -> Cover:
    """A square country of `columns` × `rows` areas, of which the south-western is cut into `small` strips."""
    codes = [f"{row}{column}" for row in range(rows) for column in range(columns)]
    area = np.full((SIDE * 3, SIDE * 3), -1, dtype=np.int32)
    for row in range(rows):
        for column in range(columns):
            tall, wide = SIDE // rows, SIDE // columns
            north, east = SIDE + row * tall, SIDE + column * wide
            area[north : north + tall, east : east + wide] = row * columns + column
    for strip in range(1, small):
        codes.append(f"s{strip}")
        width = SIDE // columns // small
        area[SIDE : SIDE + SIDE // rows, SIDE + strip * width : SIDE + (strip + 1) * width] = len(codes) - 1
    return Cover(tuple(codes), area, 1.0, (0.0, 0.0))


@pytest.fixture(scope="module")
def uneven() -> Cover:
    return made(4, 4, small=5)


def test_every_area_has_a_cell_of_its_own_and_the_map_is_one_piece(uneven: Cover) -> None:
    cells = lay_out(uneven)
    assert set(cells) == set(uneven.codes)
    assert len(set(cells.values())) == len(cells)
    left, waiting = set(cells.values()), [next(iter(cells.values()))]
    while waiting:
        touched = left.intersection(beside_of(waiting.pop()))
        left -= touched
        waiting += touched
    assert left == set()


def test_the_map_begins_at_its_north_western_corner(uneven: Cover) -> None:
    cells = lay_out(uneven)
    assert min(cell.column for cell in cells.values()) == 0
    assert min(cell.row for cell in cells.values()) in (0, 1)  # rows keep their parity, and so their shift


def test_the_same_land_gives_the_same_map(uneven: Cover) -> None:
    assert lay_out(uneven) == lay_out(uneven)


def test_north_is_up_and_west_is_left() -> None:
    cells = lay_out(made(4, 4))
    assert cells["33"].row < cells["03"].row
    assert cells["00"].column < cells["03"].column


def test_land_is_stretched_until_every_area_has_room_for_a_cell(uneven: Cover) -> None:
    stretched = stretch(uneven)
    places = dict(zip(stretched.codes, stretched.centres, strict=True))
    strips = [places[code] for code in ("00", "s1", "s2", "s3", "s4")]
    nearest = min(np.hypot(*(one - other)) for one in strips for other in strips if one is not other)
    width = np.hypot(*(places["33"] - places["32"]))
    assert nearest > 0.35 * width  # 0.2 before; a strip keeps its length, so that it stays narrower than a square


def test_six_cells_touch_a_cell() -> None:
    for cell in (Hexagon(2, 2), Hexagon(2, 3)):
        assert len(set(beside_of(cell))) == 6
        assert all(cell in beside_of(other) for other in beside_of(cell))


def test_areas_that_later_merged_lie_around_the_cell_of_the_whole() -> None:
    country = made(4, 4)
    whole = dict(lay_out(country.joined({code: code.replace("32", "33") for code in country.codes})))
    placed = {code: cell for code, cell in whole.items() if code != "33"}
    apart = put_beside(country, placed, whole["33"])
    assert set(apart) == set(country.codes)
    assert len(set(apart.values())) == 16
    assert apart["33"] in beside_of(apart["32"])
    assert (apart["32"].row, apart["32"].column) != (apart["33"].row, apart["33"].column)
    west = [apart[code].column + apart[code].row % 2 / 2 for code in ("32", "33")]
    assert west == sorted(west)
