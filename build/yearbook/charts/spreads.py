"""How the areas of a year lie apart: as dots on a line, in a funnel, on a map of hexagons.

One chart of each for every type of area that a year has. Whoever is left out of the comparison is told in words
beside them, by the pages.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from yearbook.areas import TYPE_WORDS, short_name
from yearbook.charts.area_pictures import Named, dot_picture
from yearbook.charts.chart import Chart, MissingChart, source_words
from yearbook.charts.labels import Obstacles, box_of_text, box_round, find_place
from yearbook.charts.pictures import LINE, Picture, Record, Scale, line, point, rule, text
from yearbook.charts.theme import LABEL, SMALL, WIDTHS, text_width
from yearbook.charts.ticks import ticks_of
from yearbook.comparison import Z95, Z998, FunnelClass
from yearbook.formatting import format_number, plural, round_half_up
from yearbook.metrics import CASENESS_BASE
from yearbook.peers import MAPPED, Comparisons, Peer, Peers
from yearbook.tables import Cell, Row, Table, with_notes
from yearbook.wording import bands_of, count_words, funnel_sentence, spread_finding
from yearbook.years import FinancialYear

METRIC = "recovery_rate"
MAPPED_TYPES = ("icb", "stp", "ccg")
"""The types of area that have a map."""


def spread_chart_id(kind: str, org_type: str) -> str:
    """The id of the `spread`, the `funnel` or the `map` of a type of organisation."""
    return f"{kind}-{org_type.replace('_', '-')}"


def build_spread_charts(comparisons: Comparisons) -> list[Chart | MissingChart]:
    """The spread, the funnel and the map of every type in every year that has one."""
    found: list[Chart | MissingChart] = []
    for year in comparisons.report.years:
        for org_type in comparisons.areas.types_in(year):
            peers = comparisons.peers(METRIC, year, org_type)
            if len(peers.ranked) < peers.SMALLEST:
                continue
            found.append(build_spread(comparisons, peers))
            if org_type != "region":
                found.append(build_funnel(comparisons, peers))
            if org_type in MAPPED_TYPES:
                found.append(build_map(comparisons, peers))
    return found


def _table(comparisons: Comparisons, peers: Peers, id: str) -> Table:
    """Every ranked organisation with its rate, its interval, what it is of, and its rank; England first."""
    report = comparisons.report
    england = Cell(METRIC, peers.year, report.working(METRIC, peers.year))
    rows = [Row("England", (england, "", "", ""), is_base=True)]
    for peer in peers.ranked:
        interval = ""
        if peer.interval is not None:
            ends = (Fraction(end).limit_denominator(10**9) * 100 for end in (peer.interval.low, peer.interval.high))
            interval = " to ".join(str(round_half_up(end)) for end in ends)
        cell = Cell(METRIC, peers.year, peer.working, 0)
        rows.append(Row(peer.organisation.name, (cell, interval, format_number(peer.base), str(peer.rank))))
    columns = (TYPE_WORDS[peers.org_type][0], "Recovery rate", "95% interval", "Counted", "Rank")
    caption = f"Recovery rate of {count_words(peers)}, {peers.year}"
    return with_notes(
        Table(id, caption, (columns[0][:1].upper() + columns[0][1:], *columns[1:]), tuple(rows),
              own_working=True, year=peers.year)
    )  # fmt: skip


def build_spread(comparisons: Comparisons, peers: Peers) -> Chart:
    """Every ranked organisation a dot over its published rate, the highest and the lowest that may be named told."""
    id = spread_chart_id("spread", peers.org_type)
    table = _table(comparisons, peers, id)
    named = [
        Named(peer, f"{short_name(peer.organisation)} {peer.working.text(0)}", tone)
        for peer, tone in ((peers.highest, "main"), (peers.lowest, "accent"))
        if peer is not None
    ]
    if len(named) == 2 and named[0].peer is named[1].peer:
        named = named[:1]
    pictures = {width: dot_picture(peers, named, width, _spoken) for width in WIDTHS}
    spread = peers.spread
    assert spread is not None
    alt = f"A dot for each of {count_words(peers)} over its recovery rate in {peers.year}."
    alt += "".join(f" {one.words}." for one in named)
    alt += f" The middle eight tenths lie between {_whole(spread.p10)}% and {_whole(spread.p90)}%."
    if peers.england is not None:
        alt += f" England: {comparisons.report.working(METRIC, peers.year).text()}."
    notes = _barred_notes(peers)
    return Chart(
        id, peers.year, spread_finding(peers), f"Each dot is one of {count_words(peers)}: recovery, {CASENESS_BASE}",
        " ".join((alt, *notes)), table, source_words(comparisons.report, table), (*table.notes, *notes), pictures,
    )  # fmt: skip


def _barred_notes(peers: Peers) -> list[str]:
    """A sentence on each row that lies beyond those named and may not be named itself."""
    return [
        f"{peer.organisation.name}, {peer.working.text(0)}, is shown but not named highest or lowest: "
        + (peer.flags[0].words if peer.flags else f"only {format_number(peer.base)} referrals are counted in its rate.")
        for peer in peers.barred
    ]


def _spoken(peer: Peer) -> str:
    return f"{short_name(peer.organisation)}: {peer.working.text(0)}"


def _whole(proportion: float) -> str:
    return str(round_half_up(Fraction(proportion).limit_denominator(10**9) * 100))


def build_funnel(comparisons: Comparisons, peers: Peers) -> Chart:
    """Every ranked organisation by its size and its rate, with limits that allow for how much they differ as a rule."""
    id = spread_chart_id("funnel", peers.org_type)
    table = _table(comparisons, peers, spread_chart_id("spread", peers.org_type))
    outside = [peer for peer in peers.ranked if peers.funnel_class(peer) in (FunnelClass.LOW_998, FunnelClass.HIGH_998)]
    pictures = {width: _funnel_picture(peers, outside, width) for width in WIDTHS}
    finding = funnel_sentence(peers).rstrip(".")
    alt = (
        f"A point for each of {count_words(peers)} in {peers.year}: how many referrals are counted in its rate, and the "
        f"rate. {funnel_sentence(peers)}"
    )
    if outside:
        alt += " Beyond the 99.8% limits: " + "; ".join(_spoken(peer) for peer in outside) + "."
    notes = (
        "The limits round the rate of all together are widened for over-dispersion: areas differ far more than chance "
        "alone would make them, and part of that is who is referred.",
    )
    base = f"Recovery, {CASENESS_BASE}, by how many were counted"
    return Chart(
        id, peers.year, finding, base, " ".join((alt, *notes)), table, source_words(comparisons.report, table),
        (*table.notes, *notes), pictures,
    )  # fmt: skip


def _funnel_picture(peers: Peers, outside: Sequence[Peer], width: str) -> Picture:
    most = max(peer.base for peer in peers.ranked)
    sizes = ticks_of([0, most], "count")
    smallest = max(min(peer.base for peer in peers.ranked) * 0.8, 40)
    curve = [smallest + (sizes[-1] - smallest) * (step / 40) ** 2 for step in range(41)]
    limits = {z: [peers.limits(base, z) for base in curve] for z in (Z95, Z998)}
    rates = [peer.rate * 100 for peer in peers.ranked]
    low = min(*rates, 100 * min(limit.low for limit in limits[Z998][4:]))
    high = max(*rates, 100 * max(limit.high for limit in limits[Z998][4:]))
    levels = ticks_of([low, high], "percent")
    left, right, top, height = 52, 16, 16, 300 if width == "wide" else 270
    x = Scale(0, sizes[-1], left, WIDTHS[width] - right)
    y = Scale(levels[0], levels[-1], top + height, top)
    records: dict[str, list[Record]] = {"rules": [], "lines": [], "points": [], "texts": []}
    for level in levels:
        records["rules"].append(rule(left - 14, y(level), WIDTHS[width], y(level)))
        records["texts"].append(text(left - 18, y(level), f"{level:g}%", "quiet", "right", size=SMALL))
    kept: list[float] = []
    for size in sizes:
        half = text_width(format_number(Fraction(size)), SMALL) / 2
        if not kept or x(size) - kept[-1] > 2 * half + 10:
            kept.append(x(size))
            place = min(x(size), WIDTHS[width] - half - 1)
            records["texts"].append(text(place, y.start + 16, format_number(Fraction(size)), "quiet", "center", size=SMALL))
    records["texts"].append(text(left, y.start + 16 + LINE, "referrals counted in the rate", "quiet", size=SMALL))
    for z, tone in ((Z998, "pale"), (Z95, "hair")):
        for side in ("low", "high"):
            ends = [
                (round(base, 1), round(min(max(getattr(limit, side) * 100, levels[0]), levels[-1]), 3))
                for base, limit in zip(curve, limits[z], strict=True)
            ]
            records["lines"] += line(f"{side}-{z:.1f}", ends, tone)
        last = limits[z][-1]
        name = "99.8%" if z == Z998 else "95%"
        records["texts"].append(text(WIDTHS[width] - 4, y(last.high * 100) - 8, name, "quiet", "right", size=SMALL))
    pooled = (peers.pooled or 0) * 100
    records["rules"].append(rule(x(0), y(pooled), WIDTHS[width] - right, y(pooled), "ink", "dashed"))
    told = {peer.organisation.key for peer in outside}
    for peer in sorted(peers.ranked, key=lambda one: (one.organisation.key in told, one.organisation.code)):
        high_side = peer.rate > (peers.pooled or 0)
        tone = ("main" if high_side else "accent") if peer.organisation.key in told else "quiet"
        size = 60 if peer.organisation.key in told else 24
        records["points"].append(point(peer.base, round(peer.rate * 100, 3), tone, _spoken(peer), size=size))
    boxes = [box_round(x(float(one["x"])), y(float(one["y"])), float(one["size"])) for one in records["points"]]
    for peer in sorted(outside, key=lambda one: -abs(one.rate - (peers.pooled or 0))):
        words = _spoken(peer).replace(": ", " ")
        reach = text_width(words, SMALL)
        if reach > WIDTHS[width] - left - 20:
            continue
        at, level = x(peer.base), y(peer.rate * 100)
        taken = Obstacles(
            (left, 0, WIDTHS[width], y.start), [box_of_text(one) for one in records["texts"]], boxes, (), ()
        )
        places = [(at + 8, level), (at + 8, level - 12), (at + 8, level + 12), (at - reach / 2, level - 15), (at - reach / 2, level + 15),
                  (at - reach - 8, level), (at - reach - 8, level - 12), (at - reach - 8, level + 12)]  # fmt: skip
        spot, cost = find_place(places, taken, reach, SMALL, "left")
        if cost == 0:
            tone = "main" if peer.rate > (peers.pooled or 0) else "accent"
            records["texts"].append(text(*spot, words, tone, size=SMALL))
    return Picture("lines", WIDTHS[width], int(y.start + 16 + LINE + 14), x, y, records)


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
    table = _table(comparisons, peers, spread_chart_id("spread", peers.org_type))
    bands = bands_of(peers)
    counts = [sum(bands.band(cell.peer) == number for cell in cells) for number in range(6)]
    finding = _map_finding(peers, bands.labels, counts)
    words = "; ".join(f"{label}: {count}" for label, count in zip(bands.labels, counts[1:], strict=True) if count)
    alt = f"A map of England with a hexagon for each of {len(cells)} {TYPE_WORDS[peers.org_type][1]}. By recovery rate in {peers.year}, {words}."
    notes = ["Every area is drawn as large as every other; where it lies is as near the truth as that allows."]
    if counts[0]:
        notes.append("Outlined: no rate, or of too few referrals to rank.")
    pictures = {width: _map_picture(cells, peers, bands.labels, counts, width) for width in WIDTHS}
    return Chart(
        id, peers.year, finding, f"Recovery, {CASENESS_BASE}", " ".join((alt, *notes)), table,
        source_words(comparisons.report, table), (*table.notes, *notes), pictures,
    )  # fmt: skip


def _map_finding(peers: Peers, labels: Sequence[str], counts: Sequence[int]) -> str:
    reached = sum(peer.working.figure.exact >= 50 for peer in peers.ranked)
    total = len(peers.ranked)
    many = TYPE_WORDS[peers.org_type][1]
    if reached == total:
        return f"In {peers.year} recovery was 50% or more in all {total} {many}"
    if reached == 0:
        return f"In {peers.year} recovery was below 50% in all {total} {many}"
    return f"In {peers.year} recovery was 50% or more in {reached} of {total} {plural(total, *TYPE_WORDS[peers.org_type])}"


def _map_picture(cells: Sequence[MapCell], peers: Peers, labels: Sequence[str], counts: Sequence[int], width: str) -> Picture:
    across = max(cell.x for cell in cells) - min(cell.x for cell in cells) + 1
    size = min(30.0, (WIDTHS[width] - (200 if width == "wide" else 12)) / across)
    left, top = min(cell.x for cell in cells), min(cell.y for cell in cells)
    x = Scale(left - 0.5, left - 0.5 + WIDTHS[width] / size, 4, WIDTHS[width] + 4)
    down = (max(cell.y for cell in cells) - top + 1) * size
    y = Scale(top - 0.5, top - 0.5 + down / size, 10, 10 + down)
    bands = bands_of(peers)
    hexes: list[Record] = []
    for cell in cells:
        band = bands.band(cell.peer)
        hexes.append({"x": round(cell.x, 3), "y": round(cell.y, 4), "tone": f"band{band}", "size": round(size * size, 1),
                      "words": _spoken(cell.peer)})  # fmt: skip
    legend_at = WIDTHS[width] - 185 if width == "wide" else 8
    first = 24.0 if width == "wide" else y.end + 22
    texts, keys = [], []
    for number, (label, count) in enumerate(zip(labels, counts[1:], strict=True), start=1):
        level = first + (number - 1) * 24
        keys.append({"x": round(_back(x, legend_at + 9), 3), "y": round(_back(y, level), 4), "tone": f"band{number}", "size": 190.0, "words": ""})
        texts.append(text(legend_at + 24, level, f"{label}: {count}", "ink", size=SMALL))
    if counts[0]:
        level = first + 5 * 24
        keys.append({"x": round(_back(x, legend_at + 9), 3), "y": round(_back(y, level), 4), "tone": "band0", "size": 190.0, "words": ""})
        texts.append(text(legend_at + 24, level, f"not ranked: {counts[0]}", "ink", size=SMALL))
    height = ceil(max(y.end + 8, *(float(one["y"]) + 14 for one in texts)))
    return Picture("hexes", WIDTHS[width], height, x, y, {"hexes": [*hexes, *keys], "texts": texts})


def _back(scale: Scale, pixel: float) -> float:
    """The value that lies at a pixel."""
    return scale.first + (pixel - scale.start) / (scale.end - scale.start) * (scale.last - scale.first)


def mapped_metrics(comparisons: Comparisons, org_type: str, year: FinancialYear) -> Mapping[str, Peers]:
    """The comparisons that a map can switch between."""
    found = {name: comparisons.peers(name, year, org_type) for name in MAPPED}
    return {name: peers for name, peers in found.items() if peers.ranked}


__all__ = ["LABEL", "MapCell", "build_funnel", "build_map", "build_spread", "build_spread_charts", "map_cells", "mapped_metrics", "spread_chart_id"]
