"""The funnel: every organisation of a type by its size and its rate, with limits that widen for small ones."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from yearbook.charts.area_pictures import spoken_rate, spread_chart_id
from yearbook.charts.chart import Chart, source_words
from yearbook.charts.labels import Box, Obstacles, box_of_text, box_round, find_place
from yearbook.charts.pictures import LINE, Picture, Record, Scale, line, point, rule, text
from yearbook.charts.theme import SMALL, WIDTHS, text_width
from yearbook.charts.ticks import ticks_of
from yearbook.comparison import Z95, Z998, FunnelClass
from yearbook.formatting import format_number
from yearbook.metrics import CASENESS_BASE
from yearbook.peers import Comparisons, Peer, Peers
from yearbook.tables import count_words, peers_table
from yearbook.wording import funnel_sentence


def build_funnel(comparisons: Comparisons, peers: Peers) -> Chart:
    """Every ranked organisation by its size and its rate, with limits that allow for how much they differ as a rule."""
    id = spread_chart_id("funnel", peers.org_type)
    table = peers_table(comparisons, peers)
    outside = [peer for peer in peers.ranked if peers.funnel_class(peer) in (FunnelClass.LOW_998, FunnelClass.HIGH_998)]
    outside.sort(key=lambda peer: -abs(peer.rate - (peers.pooled or 0)))
    pictures = {width: _funnel_picture(peers, outside, width) for width in WIDTHS}
    finding = funnel_sentence(peers).rstrip(".")
    alt = (
        f"A point for each of {count_words(peers)} in {peers.year}: how many referrals are counted in its rate, and "
        f"the rate. {funnel_sentence(peers)}"
    )
    if outside:
        alt += " Beyond the 99.8% limits: " + "; ".join(spoken_rate(peer) for peer in outside) + "."
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
            records["texts"].append(
                text(place, y.start + 16, format_number(Fraction(size)), "quiet", "center", size=SMALL)
            )
    records["texts"].append(text(left, y.start + 16 + LINE, "referrals counted in the rate", "quiet", size=SMALL))
    named = 0.0
    for z, tone in ((Z998, "quiet"), (Z95, "pale")):
        for side in ("low", "high"):
            ends = [
                (round(base, 1), round(min(max(getattr(limit, side) * 100, levels[0]), levels[-1]), 3))
                for base, limit in zip(curve, limits[z], strict=True)
            ]
            records["lines"] += line(f"{side}-{z:.1f}", ends, tone)
        last = limits[z][-1]
        name = "99.8%" if z == Z998 else "95%"
        named = max(y(last.high * 100) - 8, named + LINE)
        records["texts"].append(text(WIDTHS[width] - 4, named, name, "quiet", "right", size=SMALL))
    pooled = (peers.pooled or 0) * 100
    records["rules"].append(rule(x(0), y(pooled), WIDTHS[width] - right, y(pooled), "ink", "dashed"))
    records["points"] = _points(peers, outside)
    room = (left, 0, WIDTHS[width], y.start)
    records["texts"] += _names(outside, records, (x, y), room)
    return Picture("lines", WIDTHS[width], int(y.start + 16 + LINE + 14), x, y, records)


def _tone(peer: Peer, peers: Peers) -> str:
    return "main" if peer.rate > (peers.pooled or 0) else "accent"


def _points(peers: Peers, outside: Sequence[Peer]) -> list[Record]:
    """A point for each organisation; those outside are larger and lie on top."""
    told = {peer.organisation.key for peer in outside}
    points = []
    for peer in sorted(peers.ranked, key=lambda one: (one.organisation.key in told, one.organisation.code)):
        is_told = peer.organisation.key in told
        tone, size = (_tone(peer, peers), 60) if is_told else ("quiet", 24)
        points.append(point(peer.base, round(peer.rate * 100, 3), tone, spoken_rate(peer), size=size))
    return points


def _names(
    outside: Sequence[Peer], records: dict[str, list[Record]], scales: tuple[Scale, Scale], room: Box
) -> list[Record]:
    """The names of those outside, the furthest first, wherever one touches nothing; the others are in the words."""
    x, y = scales
    boxes = [box_round(x(float(one["x"])), y(float(one["y"])), float(one["size"])) for one in records["points"]]
    tones = {str(one["words"]): str(one["tone"]) for one in records["points"]}
    lines = [
        (x(float(one["x"])), y(float(one["y"])), x(float(following["x"])), y(float(following["y"])))
        for one, following in pairwise(records["lines"])
        if one["series"] == following["series"]
    ]
    named: list[Record] = []
    for peer in outside:
        words = spoken_rate(peer).replace(": ", " ")
        reach = text_width(words, SMALL)
        if reach > room[2] - room[0] - 20:
            continue
        at, level = x(peer.base), y(peer.rate * 100)
        taken = Obstacles(room, [box_of_text(one) for one in (*records["texts"], *named)], boxes, lines, ())
        beside = [(at + 8, level + down) for down in (0, -12, 12, -18, 18)] + [
            (at - reach - 8, level + down) for down in (0, -12, 12)
        ]
        places = [*beside, (at - reach / 2, level - 15), (at - reach / 2, level + 15)]
        spot, cost = find_place(places, taken, reach, SMALL, "left")
        if cost == 0:
            named.append(text(*spot, words, tones[spoken_rate(peer)], size=SMALL))
    return named
