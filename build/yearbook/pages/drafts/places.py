"""The section of a draft on how areas differ: the ends fairly told, the spread, the greatest moves."""

from yearbook.areas import TYPE_WORDS
from yearbook.findings import main_peers, moves, spread_step
from yearbook.organisations import Organisation
from yearbook.pages.drafts.brief import CASENESS, Brief
from yearbook.pages.drafts.draft import Part, part
from yearbook.pages.drafts.expressions import call, figure, place
from yearbook.peers import Peer, Peers

RATE = "recovery_rate"


def areas(brief: Brief) -> Part:
    """Who was highest and lowest of those that may be named, how far the others lay apart, and who moved most."""
    peers = main_peers(brief.comparisons, brief.year)
    if peers is None or peers.highest is None or peers.lowest is None:
        return part("areas", "How areas differed is not in the sources", [])
    movers = _movers(brief)
    notes = ["The moves that are told are the greatest rise and the greatest fall among the areas that may be named."]
    return part(
        "areas",
        _title(brief, peers.highest, peers.lowest),
        [_ends(brief, peers, peers.highest, peers.lowest), _spread(brief, peers), movers],
        notes if movers else [],
    )


def _title(brief: Brief, high: Peer, low: Peer) -> str:
    step = spread_step(brief.comparisons, brief.year)
    if step is None or abs(step) < 0.5:
        return f"From {_rate(low)} in {_at(low)} to {_rate(high)} in {_at(high)}"
    return "The areas drew further apart" if step > 0 else "The areas drew closer together"


def _at(peer: Peer) -> str:
    return place(peer.organisation.code)


def _rate(peer: Peer) -> str:
    return figure(RATE, area=peer.organisation.code)


def _ends(brief: Brief, peers: Peers, high: Peer, low: Peer) -> list[str]:
    many = TYPE_WORDS[peers.org_type][1]
    ratio = call("ratio", high.organisation.code, low.organisation.code)
    told = [
        f"Among the {many} that may be named, recovery {CASENESS} ran from {_rate(low)} in {_at(low)} to {_rate(high)} in {_at(high)}.",
        f"The ratio of the higher to the lower is {ratio}.",
    ]
    again = {found.kind for found in brief.findings if found.facts.get("again")}
    if again == {"highest", "lowest"}:
        told.append("The same pair stood at the ends the year before.")
    elif again:
        which = low if "lowest" in again else high
        told.append(f"{_at(which)} had been the {'lowest' if which is low else 'highest'} the year before as well.")
    for peer in peers.barred:
        told.append(
            f"{_at(peer)}, with {_rate(peer)}, is ranked but not named at either end, because there is reason to doubt its row."
        )
    return told


def _spread(brief: Brief, peers: Peers) -> list[str]:
    spread = {name: call("spread", name) for name in ("p10", "p90", "number", "outside", "expected")}
    told = [
        f"Leave out the tenth of the areas at each end, and the rest lay between {spread['p10']} and {spread['p90']}."
    ]
    if spread_step(brief.comparisons, brief.year) is not None:
        told.append(call("spread_change"))
    told.append(
        f"Of {spread['number']} {TYPE_WORDS[peers.org_type][1]}, {spread['outside']} have an interval that leaves England’s rate "
        f"out, where chance alone would leave out about {spread['expected']}."
    )
    told.append(
        brief.choose(
            "Part of that is who their referrals are, which these figures do not adjust for.",
            "Nothing here is adjusted for who was referred, or for how troubled they were.",
        )
    )
    return told


def _movers(brief: Brief) -> list[str]:
    """The greatest rise and the greatest fall, from and to: that none is greater no helper checks, so none says it."""
    told = []
    by_key = {move.after.organisation.key: move for move in moves(brief.comparisons, brief.year)}
    for found in brief.findings:
        if found.kind == "mover":
            verb = {"rise": "rose"}.get(str(found.facts["way"]), "fell")
            then = figure(RATE, brief.last, area=_code(by_key[found.area.key].before.organisation))
            told.append(f"{place(found.area.code)} {verb} from {then} to {figure(RATE, area=found.area.code)}")
    return [f"Over the year, on this base, {', and '.join(told)}."] if told else []


def _code(organisation: Organisation) -> str:
    return organisation.code
