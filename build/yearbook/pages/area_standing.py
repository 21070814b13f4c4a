"""How an area stands in its latest year, as its page and its board paper show it: its charts, and the best tenth."""

from fractions import Fraction

from markupsafe import Markup

from yearbook.areas import TYPE_WORDS
from yearbook.charts.areas import WIDTH
from yearbook.charts.chart import Chart
from yearbook.comparison import people_to_match
from yearbook.formatting import format_number, sentence_case
from yearbook.pages.markup import linked
from yearbook.pages.page import relative_link
from yearbook.pages.workings import WorkingsList
from yearbook.peers import HEADLINE, Peer, Peers
from yearbook.tables import percent_text
from yearbook.years import FinancialYear


def area_chart(chart: Chart, address: str) -> dict[str, object]:
    """What a template needs of an area's chart on the page at `address`: its words and its picture."""
    picture = chart.pictures[WIDTH]
    return {
        "finding": chart.finding,
        "base": chart.base,
        "alt": chart.alt,
        "image": relative_link(f"assets/charts/{chart.name}-{WIDTH}.svg", address),
        "width": picture.width,
        "height": picture.height,
        "notes": chart.notes,
        "source": chart.source,
        "id": chart.id,
    }


def best_tenth(peers: Peers, peer: Peer, year: FinancialYear, workings: WorkingsList) -> Markup | str:
    """How many more would have recovered at the rate of the best tenth, as a sentence; empty where it cannot be said."""
    if peer.rank is None or peers.spread is None or peer.counts is None or peer.flags or len(peers.ranked) < 20:
        return ""
    target = peers.spread.p90
    more = people_to_match(peer.counts.numerator, peer.counts.denominator, target)
    shown = percent_text(target)
    many = f"the best tenth of {peers_plural(peers)}"
    if more < 5:
        return f"{sentence_case(many)} recovered at {shown} or more in {year}, and it was among them or as near as counts can tell."
    sum = (
        f"{format_number(Fraction(target * 100).limit_denominator(10**9), 2)}% of {format_number(peer.counts.denominator)} "
        f"less {format_number(peer.counts.numerator)}, to the nearest 5"
    )
    label = f"{year}, {peer.organisation.name}, at the rate of the best tenth"
    ending = f"{peer.organisation.code.lower()}-best-tenth"
    anchor = workings.add_stated(HEADLINE, year, ending, label, format_number(more), sum, peer.working)
    return Markup(  # noqa: S704 - our own words; names and numbers are escaped in live numbers
        f"Had it matched {many}, where {shown} or more recovered in {year}, about {linked(format_number(more), anchor)} more courses of "
        "treatment would have ended in recovery. That is arithmetic, not a forecast: part of any difference is who is referred."
    )


def peers_plural(peers: Peers) -> str:
    """`CCGs`, `providers`: what several of the peers are called."""
    return TYPE_WORDS[peers.org_type][1]
