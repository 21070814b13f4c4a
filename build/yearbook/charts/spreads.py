"""How the areas of a year lie apart, each a dot over its rate; and the catalogue of the charts of areas.

A spread, a funnel (`funnels`) and a map (`maps`) for every type of area that a year has. Whoever is left out of the
comparison is told in words beside them, by the pages.
"""

from yearbook.areas import short_name
from yearbook.charts.area_pictures import Named, dot_picture, has_columns, spoken_rate, spread_chart_id
from yearbook.charts.chart import Chart, MissingChart, source_words
from yearbook.charts.funnels import build_funnel
from yearbook.charts.maps import MAPPED_TYPES, build_map
from yearbook.charts.theme import WIDTHS
from yearbook.formatting import format_number
from yearbook.metrics import CASENESS_BASE
from yearbook.peers import Comparisons, Peers
from yearbook.tables import count_words, peers_table, percent_text
from yearbook.wording import spread_finding

METRIC = "recovery_rate"


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


def build_spread(comparisons: Comparisons, peers: Peers) -> Chart:
    """Every ranked organisation a dot over its published rate, the highest and the lowest that may be named told."""
    id = spread_chart_id("spread", peers.org_type)
    table = peers_table(comparisons, peers)
    named = [
        Named(peer, f"{short_name(peer.organisation)} {peer.working.text(0)}", tone)
        for peer, tone in ((peers.highest, "main"), (peers.lowest, "accent"))
        if peer is not None
    ]
    if len(named) == 2 and named[0].peer is named[1].peer:
        named = named[:1]
    pictures = {width: dot_picture(peers, named, width, spoken_rate) for width in WIDTHS}
    count, columns = count_words(peers), has_columns(peers)
    marks = f"Columns that count {count} by" if columns else f"A dot for each of {count} over its"
    alt = f"{marks} recovery rate in {peers.year}."
    alt += "".join(f" {one.words}." for one in named)
    if (spread := peers.spread) is not None:
        alt += f" The middle eight tenths lie between {percent_text(spread.p10)} and {percent_text(spread.p90)}."
    if peers.england is not None:
        alt += f" England: {comparisons.report.working(METRIC, peers.year).text()}."
    notes = _barred_notes(peers)
    who = f"{'The columns count' if columns else 'Each dot is one of'} {count}"
    return Chart(
        id, peers.year, spread_finding(peers), f"{who}: recovery, {CASENESS_BASE}", " ".join((alt, *notes)), table,
        source_words(comparisons.report, table), (*table.notes, *notes), pictures,
    )  # fmt: skip


def _barred_notes(peers: Peers) -> list[str]:
    """A sentence on each row that lies beyond those named and may not be named itself."""
    return [
        f"{peer.organisation.name}, {peer.working.text(0)}, is shown but not named highest or lowest: "
        + (peer.flags[0].words if peer.flags else f"only {format_number(peer.base)} referrals are counted in its rate.")
        for peer in peers.barred
    ]
