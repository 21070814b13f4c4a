"""The hex map: every area of a type drawn as large as every other, where it lies in England, shaded by its rate."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from yearbook.areas import TYPE_WORDS
from yearbook.charts.area_pictures import spoken_rate, spread_chart_id
from yearbook.charts.chart import Chart, MissingChart, source_words
from yearbook.charts.pictures import Picture, Record, Scale, text
from yearbook.charts.theme import SMALL, WIDTHS
from yearbook.metrics import CASENESS_BASE
from yearbook.peers import MAPPED, Comparisons, Peer, Peers
from yearbook.tables import count_words, peers_table
from yearbook.wording import bands_of
from yearbook.years import FinancialYear

MAPPED_TYPES = ("icb", "stp", "ccg")
"""The types of area that have a map."""


@dataclass(frozen=True, slots=True)
class MapCell:
    """One hexagon of a map: where its centre lies, in hexagon widths, and whose it is."""

    x: float
    y: float
    peer: Peer


def map_cells(comparisons: Comparisons, peers: Peers) -> list[MapCell]:
    """The hexagons of a type in a year, row by row. Odd rows are shifted by half a width. None without a layout."""
    hexagons = comparisons.report.archive.geography.hexagons(peers.org_type, peers.year)
    cells = []
    for key, found in hexagons.items():
        peer = next((row for row in peers.rows if row.organisation.key == key), None)
        if peer is not None:
            cells.append(MapCell(found.column + (found.row % 2) / 2, found.row * 0.8660254, peer))
    return sorted(cells, key=lambda cell: (cell.y, cell.x))


def build_map(comparisons: Comparisons, peers: Peers) -> Chart | MissingChart:
    """Every organisation a hexagon of one size where it lies in England, shaded by its recovery rate."""
    id = spread_chart_id("map", peers.org_type)
    cells = map_cells(comparisons, peers)
    if not cells:
        return MissingChart(id, peers.year, f"There is no map of the {TYPE_WORDS[peers.org_type][1]} of {peers.year}.")
    table = peers_table(comparisons, peers)
    bands = bands_of(peers)
    counts = [sum(bands.band(cell.peer) == number for cell in cells) for number in range(6)]
    finding = _map_finding(peers)
    words = "; ".join(f"{label}: {count}" for label, count in zip(bands.labels, counts[1:], strict=True) if count)
    alt = (
        f"A map of England with a hexagon for each of {len(cells)} {TYPE_WORDS[peers.org_type][1]}. "
        f"By recovery rate in {peers.year}, {words}."
    )
    notes = ["Every area is drawn as large as every other; where it lies is as near the truth as that allows."]
    if counts[0]:
        notes.append("Outlined: no rate, or of too few referrals to rank.")
    pictures = {width: _map_picture(cells, peers, bands.labels, counts, width) for width in WIDTHS}
    return Chart(
        id, peers.year, finding, f"Recovery, {CASENESS_BASE}", " ".join((alt, *notes)), table,
        source_words(comparisons.report, table), (*table.notes, *notes), pictures,
    )  # fmt: skip


def _map_finding(peers: Peers) -> str:
    reached = sum(peer.working.figure.exact >= 50 for peer in peers.ranked)
    total = len(peers.ranked)
    many = TYPE_WORDS[peers.org_type][1]
    if reached == total:
        return f"In {peers.year} recovery was 50% or more in all {total} {many}"
    if reached == 0:
        return f"In {peers.year} recovery was below 50% in all {total} {many}"
    return f"In {peers.year} recovery was 50% or more in {reached} of {count_words(peers)}"


def _map_picture(
    cells: Sequence[MapCell], peers: Peers, labels: Sequence[str], counts: Sequence[int], width: str
) -> Picture:
    across = max(cell.x for cell in cells) - min(cell.x for cell in cells) + 1
    size = min(36.0, (WIDTHS[width] - (200 if width == "wide" else 12)) / across)
    left, top = min(cell.x for cell in cells), min(cell.y for cell in cells)
    x = Scale(left - 0.5, left - 0.5 + WIDTHS[width] / size, 4, WIDTHS[width] + 4)
    down = (max(cell.y for cell in cells) - top + 1) * size
    y = Scale(top - 0.5, top - 0.5 + down / size, 10, 10 + down)
    bands = bands_of(peers)
    hexes = [_hexagon(cell.x, cell.y, bands.band(cell.peer), size * size, spoken_rate(cell.peer)) for cell in cells]
    legend_at, first = (WIDTHS[width] - 185.0, 24.0) if width == "wide" else (8.0, y.end + 22)
    texts: list[Record] = []
    keys: list[Record] = []
    told = [(number, label, counts[number]) for number, label in enumerate(labels, start=1)]
    told += [(0, "not ranked", counts[0])] if counts[0] else []
    for row, (band, label, count) in enumerate(told):
        level = first + 24 * row
        keys.append(_hexagon(_back(x, legend_at + 9), _back(y, level), band, 190.0, ""))
        texts.append(text(legend_at + 24, level, f"{label}: {count}", "ink", size=SMALL))
    height = ceil(max(y.end + 8, *(float(one["y"]) + 14 for one in texts)))
    return Picture("hexes", WIDTHS[width], height, x, y, {"hexes": [*hexes, *keys], "texts": texts})


def _hexagon(x: float, y: float, band: int, size: float, words: str) -> Record:
    """A hexagon that covers about `size` square pixels, centred on a place of the scales."""
    place: Record = {"x": round(x, 3), "y": round(y, 4), "size": round(size, 1)}
    return place | {"tone": f"band{band}", "words": words}


def _back(scale: Scale, pixel: float) -> float:
    """The value that lies at a pixel."""
    return scale.first + (pixel - scale.start) / (scale.end - scale.start) * (scale.last - scale.first)


def mapped_metrics(comparisons: Comparisons, org_type: str, year: FinancialYear) -> Mapping[str, Peers]:
    """The comparisons that a map can switch between."""
    found = {name: comparisons.peers(name, year, org_type) for name in MAPPED}
    return {name: peers for name, peers in found.items() if peers.ranked}
