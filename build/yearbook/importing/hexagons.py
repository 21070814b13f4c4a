"""Hex maps: one cell of the same size for each area, England's shape kept as far as that allows.

London's many small areas need as much room as the wide ones of Cumbria. So the land is first stretched until
every area has the same size (a contiguous cartogram: Gastner, Seguy and More, "Fast flow-based algorithm for
creating density-equalizing map projections", PNAS 2018). Only then are the cells of a regular grid that the
stretched land covers handed out, so that the sum of squared distances is least, and swapped two by two where that
brings neighbours nearer. The same input gives the same map.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from yearbook.geography import Hexagon
from yearbook.importing.outlines import Cover, Points

_STEPS = 40
"""Steps of the flow. Twice as many move no area by more than a hundredth of a cell."""

_TRIES = 8
"""Places of the grid against the land that are tried, in each direction."""

_STAY = 2.0
"""What a squared distance of an area from its place counts beside those of neighbours from each other."""

_ROW = np.sqrt(3) / 2
"""The distance of two rows of cells, in widths of a cell."""


def lay_out(cover: Cover) -> Mapping[str, Hexagon]:
    """A cell for each area of a cover. The cover needs a margin of sea on all sides, for the land to spread into."""
    stretched = stretch(cover)
    tries = [(across, down) for across in range(_TRIES) for down in range(_TRIES)]
    found = [_assign(stretched, np.asarray([across, 2 * _ROW * down]) / _TRIES) for across, down in tries]
    cost, cells = min(found, key=lambda one: (_pieces(one[1]), round(float(one[0].diagonal().mean()), 6)))
    settled = _settle(_meetings(cover), cost, cells)
    return _from_the_corner(dict(zip(stretched.codes, settled, strict=True)))


def put_beside(cover: Cover, placed: Mapping[str, Hexagon], freed: Hexagon) -> Mapping[str, Hexagon]:
    """A layout with the areas that `placed` lacks put into the cell `freed` and free ones that touch it.

    They lie to each other as on the stretched land. Their number is seven at most.
    """
    from scipy.optimize import linear_sum_assignment

    stretched = stretch(cover)
    waiting = [code for code in stretched.codes if code not in placed]
    centres = np.asarray([stretched.centres[stretched.codes.index(code)] for code in waiting])
    free = [freed, *(cell for cell in beside_of(freed) if cell not in set(placed.values()))]
    places = np.asarray([_centre(cell) for cell in free]) - _centre(freed)
    cost = ((centres[:, None] - centres.mean(axis=0) - places[None]) ** 2).sum(axis=2)
    cost[:, 0] -= 100  # the freed cell must not stay empty
    areas, chosen = linear_sum_assignment(np.round(cost, 9))
    added = {waiting[area]: free[cell] for area, cell in zip(areas.tolist(), chosen.tolist(), strict=True)}
    return _from_the_corner({**placed, **added})


def _from_the_corner(cells: Mapping[str, Hexagon]) -> Mapping[str, Hexagon]:
    """The cells counted from the north-western corner. Rows keep their parity, by which they are shifted or not."""
    top, left = min(cell.row for cell in cells.values()) & ~1, min(cell.column for cell in cells.values())
    return {code: Hexagon(cell.column - left, cell.row - top) for code, cell in sorted(cells.items())}


def _meetings(cover: Cover) -> NDArray[np.float64]:
    """1 where two areas adjoin, 0 elsewhere."""
    place = {code: number for number, code in enumerate(cover.codes)}
    meet = np.zeros((len(place), len(place)))
    for one, other in cover.adjoining(2 * cover.side):
        meet[place[one], place[other]] = meet[place[other], place[one]] = 1
    return meet


def _settle(meet: NDArray[np.float64], cost: NDArray[np.float64], cells: list[Hexagon]) -> list[Hexagon]:
    """The cells of areas after swaps of two that bring neighbours nearer, the best swap first, until none does.

    `cost` has the squared distance of each area (row) from each of the cells, `cells` one for each area, in the
    order of the columns.
    """
    centres = np.asarray([_centre(cell) for cell in cells])
    apart = ((centres[:, None] - centres[None]) ** 2).sum(axis=2)
    holds = np.arange(len(cells))
    while True:
        between = apart[np.ix_(holds, holds)]
        pulled = meet @ between
        there = cost[:, holds]
        near = pulled + pulled.T - pulled.diagonal()[:, None] - pulled.diagonal()[None] + 2 * meet * between
        stay = there + there.T - there.diagonal()[:, None] - there.diagonal()[None]
        gain = np.round(near + _STAY * stay, 6)
        one, other = divmod(int(gain.argmin()), len(cells))
        if gain[one, other] >= 0:
            return [cells[place] for place in holds]
        holds[[one, other]] = holds[[other, one]]


@dataclass(frozen=True)
class Stretched:
    """The land after it was stretched, in widths of a cell, counted east and south.

    `land` has the points it is made of; each stands for `weights` of an area. `centres` has a row for each code.
    """

    codes: tuple[str, ...]
    land: Points
    weights: NDArray[np.float64]
    centres: Points


def stretch(cover: Cover) -> Stretched:
    """The land of a cover, moved so that every area has the same size, one cell."""
    inside = cover.area >= 0
    counts = np.bincount(cover.area[inside], minlength=len(cover.codes))
    size = inside.sum() / len(cover.codes)
    density = np.ones(cover.area.shape)
    density[inside] = size / counts[cover.area[inside]]
    rows, columns = np.nonzero(inside)
    moved = _flow(density, np.column_stack([columns, rows]).astype(float))
    owner = cover.area[inside]
    weights = 1 / counts[owner]
    centres = np.column_stack([np.bincount(owner, moved[:, axis] * weights) for axis in (0, 1)])
    width = np.sqrt(size / _ROW)
    south = np.asarray([1, -1])
    shift = -(moved * south).min(axis=0)
    return Stretched(cover.codes, (moved * south + shift) / width, weights, (centres * south + shift) / width)


def _flow(density: NDArray[np.float64], points: Points) -> Points:
    """Where points of a grid come to lie when what fills it flows until its density is the same everywhere."""
    from scipy.fft import dctn, idctn

    height, width = density.shape
    waves = np.add.outer(
        2 * np.cos(np.pi * np.arange(height) / height) - 2, 2 * np.cos(np.pi * np.arange(width) / width) - 2
    )
    waves[0, 0] = 1
    excess = density - density.mean()
    spectrum = dctn(excess) / waves
    spectrum[0, 0] = 0
    north, east = np.gradient(idctn(spectrum))
    fields = np.stack([east, north, excess])
    moved = points.copy()
    for step in range(_STEPS):
        begun = _velocity(fields, moved, step / _STEPS)
        middle = _velocity(fields, moved + begun / _STEPS / 2, (step + 0.5) / _STEPS)
        moved += middle / _STEPS
    return moved


def _velocity(fields: NDArray[np.float64], points: Points, time: float) -> Points:
    """The flow divided by the density at `time` (0 to 1) at each point, between the squares in proportion."""
    column = np.clip(points[:, 0], 0, fields.shape[2] - 1.001)
    row = np.clip(points[:, 1], 0, fields.shape[1] - 1.001)
    west, south = column.astype(int), row.astype(int)
    across, up = column - west, row - south
    east, north, excess = (
        field[south, west] * (1 - across) * (1 - up)
        + field[south, west + 1] * across * (1 - up)
        + field[south + 1, west] * (1 - across) * up
        + field[south + 1, west + 1] * across * up
        for field in fields
    )
    speed: Points = np.column_stack([east, north]) / (1 + (1 - time) * excess)[:, None]
    return speed


def _assign(stretched: Stretched, corner: Points) -> tuple[NDArray[np.float64], list[Hexagon]]:
    """A cell for each area with the grid's corner at `corner`, and the squared distances of areas from them."""
    from scipy.optimize import linear_sum_assignment

    cells = _choose(stretched, corner)
    places = np.asarray([_centre(cell) for cell in cells])
    cost = np.round(((stretched.centres[:, None] + corner - places[None]) ** 2).sum(axis=2), 9)
    _, chosen = linear_sum_assignment(cost)
    return cost[:, chosen], [cells[cell] for cell in chosen]


def _choose(stretched: Stretched, corner: Points) -> list[Hexagon]:
    """As many cells as there are areas: those that hold the most land, without holes or cells that touch no other."""
    places, owner = np.unique(_cells(stretched.land + corner), axis=0, return_inverse=True)
    totals = np.bincount(owner.ravel(), stretched.weights).round(9)
    held = {Hexagon(*place): total for place, total in zip(places.tolist(), totals.tolist(), strict=True)}
    chosen: set[Hexagon] = set()
    number = len(stretched.codes)

    def worth(cell: Hexagon) -> tuple[float, Hexagon]:
        """The land a cell holds; a cell among chosen ones is worth more, so that no holes are left."""
        beside = sum(other in chosen for other in beside_of(cell))
        return held.get(cell, 0) + 0.12 * (beside - 3) + (1 if beside == 6 else -1 if not beside else 0), cell

    chosen.update(sorted(held, key=lambda cell: (-held[cell], cell))[:number])
    for _ in range(4 * number):
        edge = {other for cell in chosen for other in beside_of(cell)} - chosen
        weakest = min(chosen, key=worth)
        chosen.discard(weakest)
        strongest = max(edge | {weakest}, key=worth)
        chosen.add(strongest)
        if strongest == weakest:
            break
    return sorted(chosen)


def _pieces(cells: list[Hexagon]) -> int:
    """How many pieces cells make that touch each other."""
    left, pieces = set(cells), 0
    while left:
        pieces += 1
        waiting = [left.pop()]
        while waiting:
            touched = left.intersection(beside_of(waiting.pop()))
            left -= touched
            waiting += touched
    return pieces


def _cells(points: Points) -> NDArray[np.int64]:
    """Column and row of the cell each point lies in: of the two nearest rows' nearest cells the nearer."""
    rows = np.floor(points[:, 1] / _ROW).astype(int)
    nearest = np.full(len(points), np.inf)
    found = np.zeros((len(points), 2), dtype=np.int64)
    for step in (0, 1):
        row = rows + step
        column = np.rint(points[:, 0] - (row % 2) / 2).astype(int)
        distance = (points[:, 0] - column - (row % 2) / 2) ** 2 + (points[:, 1] - row * _ROW) ** 2
        nearer = distance < nearest
        nearest[nearer] = distance[nearer]
        found[nearer] = np.column_stack([column, row])[nearer]
    return found


def beside_of(cell: Hexagon) -> tuple[Hexagon, ...]:
    """The six cells that a cell touches."""
    column, row = cell
    east = column + row % 2
    return (
        Hexagon(column - 1, row), Hexagon(column + 1, row),
        Hexagon(east - 1, row - 1), Hexagon(east, row - 1), Hexagon(east - 1, row + 1), Hexagon(east, row + 1),
    )  # fmt: skip


def _centre(cell: Hexagon) -> tuple[float, float]:
    return cell.column + cell.row % 2 / 2, cell.row * float(_ROW)
