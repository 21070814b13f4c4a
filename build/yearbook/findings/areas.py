"""Findings about areas: how far they lie apart, which are at the ends, and which moved most."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from statistics import quantiles

from yearbook.areas import TYPE_WORDS
from yearbook.comparison import IncomparableError
from yearbook.findings.finding import Finding
from yearbook.findings.news import FLOORS, NARROWING, WIDENING, NewsValue, usual_change
from yearbook.peers import Comparisons, Peer, Peers
from yearbook.wording import place_words
from yearbook.years import FinancialYear

METRIC = "recovery_rate"
FEWEST = 10
"""A mover is told of when at least this many areas can be followed from the year before."""


@dataclass(frozen=True, slots=True)
class Move:
    """An area's rate in two years running, and the change in points, from the counts."""

    before: Peer
    after: Peer

    @property
    def points(self) -> Fraction:
        """The change in percentage points."""
        return _exact(self.after.rate - self.before.rate) * 100


def _exact(number: float) -> Fraction:
    return Fraction(number).limit_denominator(10**9)


def main_peers(comparisons: Comparisons, year: FinancialYear) -> Peers | None:
    """The areas that the year's report compares; None where there are none, or too few to rank."""
    org_type = comparisons.main_type(year)
    peers = comparisons.peers(METRIC, year, org_type) if org_type else None
    return peers if peers is not None and peers.spread and peers.highest is not peers.lowest else None


def moves(comparisons: Comparisons, year: FinancialYear) -> list[Move]:
    """The areas that may be named in both years, under whatever code, the greatest rise first."""
    peers = main_peers(comparisons, year)
    found = []
    for peer in peers.named if peers else ():
        area = comparisons.areas.of(peer.organisation.key)
        then = area.in_year(year.previous) if area else None
        if then is None or then.org_type != peer.organisation.org_type:
            continue
        before = comparisons.peers(METRIC, year.previous, then.org_type).row(then)
        if before.may_be_named:
            found.append(Move(before, peer))
    return sorted(found, key=lambda move: (-move.points, move.after.organisation.name))


def spread_points(peers: Peers) -> Fraction:
    """How far the 90th percentile lies over the 10th, in percentage points. Raises AssertionError without a spread."""
    if peers.spread is None:
        raise AssertionError("peers with too few ranked rows were asked for their spread")
    return _exact(peers.spread.p90 - peers.spread.p10) * 100


def spread_step(comparisons: Comparisons, year: FinancialYear) -> Fraction | None:
    """How much further apart the tenths lie than the year before, in points; None where the years do not compare."""
    peers, before = main_peers(comparisons, year), main_peers(comparisons, year.previous)
    if peers is None or before is None or peers.org_type != before.org_type:
        return None
    try:
        comparisons.spread_change(peers.org_type, year, year.previous)
    except IncomparableError:
        return None
    return spread_points(peers) - spread_points(before)


def area_findings(comparisons: Comparisons, year: FinancialYear) -> Iterator[Finding]:
    """The spread, the two ends and the greatest moves of the areas that the year's report compares."""
    peers = main_peers(comparisons, year)
    if peers is None or peers.highest is None or peers.lowest is None or peers.spread is None:
        return
    yield _spread_finding(comparisons, peers)
    followed = moves(comparisons, year)
    by_area = {move.after.organisation.key: move.points for move in followed}
    usual = _usual_of_areas(followed)
    for kind, peer in (("highest", peers.highest), ("lowest", peers.lowest)):
        change = by_area.get(peer.organisation.key)
        news = NewsValue(change, usual if change is not None else None)
        yield Finding(
            kind, (METRIC,), year, news, f"{kind.title()} {_named(peer)}", area=peer.organisation,
            facts=_same_as_before(comparisons, kind, peer, year),
        )  # fmt: skip
    if len(followed) >= FEWEST:
        for move, kind in ((followed[0], "rise"), (followed[-1], "fall")):
            if (move.points > 0) == (kind == "rise") and usual is not None:
                words = f"Greatest {kind}: {_named(move.after)}, from {move.before.working.text(0)}"
                news = NewsValue(move.points, usual)
                yield Finding("mover", (METRIC,), year, news, words, area=move.after.organisation, facts={"way": kind})


def _named(peer: Peer) -> str:
    return f"{place_words(peer.organisation)} ({peer.organisation.code}), {peer.working.text(0)}"


def _usual_of_areas(followed: list[Move]) -> Fraction | None:
    """What is large among the changes of many areas: the ninth tenth of their sizes, at least two points.

    One of a hundred will always have moved far; measured by the median each of them would be the news of the year.
    """
    if len(followed) < FEWEST:
        return None
    sizes = [float(abs(move.points)) for move in followed]
    return max(Fraction(2), _exact(quantiles(sizes, n=10, method="inclusive")[-1]))


def _same_as_before(comparisons: Comparisons, kind: str, peer: Peer, year: FinancialYear) -> dict[str, str]:
    """Whether the same area was at that end the year before."""
    peers = main_peers(comparisons, year.previous)
    then = getattr(peers, kind, None)
    area = comparisons.areas.of(peer.organisation.key)
    same = then is not None and area is not None and comparisons.areas.of(then.organisation.key) is area
    return {"again": "yes"} if same else {}


def _spread_finding(comparisons: Comparisons, peers: Peers) -> Finding:
    year = peers.year
    change = spread_step(comparisons, year)
    earlier = [spread_step(comparisons, before) for before in comparisons.report.years if before < year]
    usual = usual_change([step for step in earlier if step is not None], "percent") if change is not None else None
    weights = []
    if change is not None and abs(change) >= FLOORS["percent"]:
        weights.append(WIDENING if change > 0 else NARROWING)
    many = TYPE_WORDS[peers.org_type][1]
    words = f"Middle eight tenths of {len(peers.ranked)} {many}: {float(spread_points(peers)):.1f} points apart"
    if change is not None:
        words += f", {'wider' if change > 0 else 'narrower'} by {float(abs(change)):.1f}"
    return Finding("spread", (METRIC,), year, NewsValue(change, usual, tuple(weights)), words)
