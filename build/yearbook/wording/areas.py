"""How an area stands, in sentences that could be printed as they are.

A place's own percentage is printed as published, a whole number. How far it lies from England is worked out from the
counts, and printed as a whole number of percentage points, since no more is known of it.
"""

from fractions import Fraction

from yearbook.areas import TYPE_WORDS, Area, Areas
from yearbook.comparison import FINISHED_ABOVE_RECEIVED, RANKED_FROM, RecentTrend, Verdict, recent_trend
from yearbook.formatting import format_number, join_words, number_word, plural, round_half_up, sentence_case
from yearbook.metrics import CASENESS_BASE
from yearbook.organisations import Organisation
from yearbook.peers import Comparisons, Peer, Peers
from yearbook.successions import Succession
from yearbook.tables import percent_range
from yearbook.years import FinancialYear

_VERDICTS = {
    Verdict.BEST: "well above England",
    Verdict.BETTER: "above England",
    Verdict.SIMILAR: "not clearly different from England",
    Verdict.WORSE: "below England",
    Verdict.WORST: "well below England",
    Verdict.CLEARLY_HIGHER: "well above England",
    Verdict.HIGHER: "above England",
    Verdict.LOWER: "below England",
    Verdict.CLEARLY_LOWER: "well below England",
}
SHORT_VERDICTS = {
    "well above England": "Well above",
    "above England": "Above",
    "not clearly different from England": "Similar",
    "below England": "Below",
    "well below England": "Well below",
    "": "",
}
"""The same for a column that is headed by England's name."""

_THE = ("Midlands", "North", "South", "East", "West")


def place_words(organisation: Organisation) -> str:
    """The name as a sentence has it: `NHS Brighton and Hove CCG`, `the North West`, `London`."""
    if organisation.org_type == "region" and organisation.name.startswith(_THE):
        return f"the {organisation.name}"
    return organisation.name


def ordinal(number: int) -> str:
    """`1st`, `2nd`, `3rd`, `11th`, `98th`."""
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number:,}{ending}"


def verdict_words(peer: Peer, better: str) -> str:
    """How a rate lies to England's: `above England`, `well below England`, `not clearly different from England`.

    *Well* is beyond the 99.8% interval. The words say where the rate lies, whichever way is good: `better` is the
    metric's own, and turns the verdict back into a place.
    """
    if peer.verdict is None:
        return ""
    if better == "lower":
        turned = {
            Verdict.BEST: Verdict.WORST,
            Verdict.BETTER: Verdict.WORSE,
            Verdict.WORSE: Verdict.BETTER,
            Verdict.WORST: Verdict.BEST,
        }
        return _VERDICTS[turned.get(peer.verdict, peer.verdict)]
    return _VERDICTS[peer.verdict]


def rank_words(peers: Peers, peer: Peer) -> str:
    """`the lowest of 135 CCGs`, `98th of 106 CCGs`; empty for one that is not ranked.

    Only a row that is large enough and not doubted is called the highest or the lowest.
    """
    if peer.rank is None:
        return ""
    count = len(peers.ranked)
    many = f"{format_number(count)} {plural(count, *TYPE_WORDS[peers.org_type])}"
    ties = sum(other.rank == peer.rank for other in peers.ranked)
    sure = peer.may_be_named and count > 1
    joint = "the joint" if ties > 1 else "the"
    if sure and peer.rank == 1:
        return f"{joint} highest of {many}"
    if sure and peer.rank + ties - 1 == count:
        return f"{joint} lowest of {many}"
    return f"{'joint ' if ties > 1 else ''}{ordinal(peer.rank)} of {many}"


def against_england(peers: Peers, peer: Peer) -> str:
    """`17 percentage points below England’s 51.4%`, `not clearly different from England’s 50.2%`; empty without."""
    if peers.england is None or peer.interval is None:
        return ""
    england = f"England’s {round_half_up(Fraction(peers.england * 100).limit_denominator(10**9), 1)}%"
    if peer.verdict in (None, Verdict.SIMILAR):
        return f"not clearly different from {england}"
    gap = Fraction(peer.rate - peers.england).limit_denominator(10**9) * 100
    side = "above" if gap > 0 else "below"
    points = int(round_half_up(abs(gap)))
    if points == 0:
        return f"less than a percentage point {side} {england}"
    return f"{points} percentage {plural(points, 'point')} {side} {england}"


def opening_sentences(comparisons: Comparisons, area: Area, year: FinancialYear) -> list[str]:
    """Two or three sentences on how the area stands in a year: its rate, whom it counts, and what was received."""
    organisation = area.in_years[year]
    peers = comparisons.peers("recovery_rate", year, organisation.org_type)
    peer = peers.row(organisation)
    said = [_rate_sentence(peers, peer, year)]
    if peer.flags:
        said.append(_doubt_sentence(peer))
    if not any(flag.kind == FINISHED_ABOVE_RECEIVED for flag in peer.flags):
        said.append(_flow_sentence(comparisons, organisation, year))
    return [sentence for sentence in said if sentence]


def board_sentence(comparisons: Comparisons, area: Area, year: FinancialYear) -> str:
    """The recovery rate of a year in one sentence: who is counted, its interval, England's rate and its rank.

    A row in doubt has no rank; a second sentence says why. Empty for a rate without an interval.
    """
    organisation = area.in_years[year]
    peers = comparisons.peers("recovery_rate", year, organisation.org_type)
    peer = peers.row(organisation)
    if peer.interval is None:
        return ""
    begins = f"{sentence_case(CASENESS_BASE)}, {peer.working.text(0)} recovered in {year} (95% interval {percent_range(peer.interval)}%)"
    placed = [against_england(peers, peer), "" if peer.flags else rank_words(peers, peer)]
    ends = ", and ".join(filter(None, placed))
    said = f"{begins}, which was {ends}." if ends else f"{begins}."
    return f"{said} {_doubt_sentence(peer)}" if peer.flags else said


def _rate_sentence(peers: Peers, peer: Peer, year: FinancialYear) -> str:
    place = place_words(peer.organisation)
    if not peer.working.figure.known:
        return f"The recovery rate of {place} in {year} is {peer.working.figure.status.words}."
    begins = f"The recovery rate of {place} was {peer.working.text()} in {year}"
    against, rank = against_england(peers, peer), "" if peer.flags else rank_words(peers, peer)
    if peer.rank is None and peer.base < RANKED_FROM:
        size = f"fewer than {RANKED_FROM} referrals stand behind it, too few to compare" if peer.base else ""
        return f"{begins}; {size}." if size else f"{begins}."
    if not against:
        return f"{begins}, {rank}." if rank else f"{begins}."
    return f"{begins}, {against}" + (f", and {rank}." if rank else ".")


def _flow_sentence(comparisons: Comparisons, organisation: Organisation, year: FinancialYear) -> str:
    """What was received, finished and recovered in the year, as flows."""
    report = comparisons.report
    received, finished, recovered, share = (
        report.working(name, year, organisation)
        for name in ("referrals_received", "finished_course_of_treatment", "recovery", "recovered_of_received")
    )
    if not received.figure.known:
        return ""
    begins = f"It received {received.text()} referrals"
    if not finished.figure.known:
        return f"{begins}; how many courses of treatment were finished is {finished.figure.status.words}."
    done = f"and in the same twelve months {finished.text()} courses of treatment were finished"
    if not recovered.figure.known:
        return f"{begins}, {done}; how many ended in recovery is {recovered.figure.status.words}."
    ends = f"of which {recovered.text()} ended in recovery"
    if not share.figure.known or finished.figure.exact > received.figure.exact:
        return f"{begins}, {done}, {ends}."
    each = int(round_half_up(share.figure.exact))
    return f"{begins}, {done}, {ends}: {number_word(each)} for every hundred received."


def _doubt_sentence(peer: Peer) -> str:
    return f"But the row is in doubt, and so it is given no place here. {peer.flags[0].words}"


def area_trend(comparisons: Comparisons, area: Area) -> RecentTrend | None:
    """What the five-point rule says of an area's recovery in its last years; None where no year has the counts of it."""
    counts = {}
    for year, organisation in area.in_years.items():
        peer = comparisons.peers("recovery_rate", year, organisation.org_type).of(organisation)
        if peer is not None and peer.counts is not None:
            counts[year] = peer.counts
    if not counts:
        return None
    return recent_trend(
        list(counts), [each.numerator for each in counts.values()], [each.denominator for each in counts.values()]
    )


def succession_sentences(areas: Areas, area: Area) -> list[str]:
    """What the area was made of and what became of it, a sentence each; empty where it has always been as it is."""
    known = areas.archive.organisations
    said = []
    before = [one for one in before_of(areas, area) if one.kind != "recoded"]
    if made := [one for one in before if one.kind in ("merged", "split", "redrawn")]:
        names = join_words(sorted(place_words(known[one.old]) for one in made))
        year = min(one.year for one in made)
        how = {
            "merged": "It was formed in {} from",
            "split": "It was formed in {} out of",
            "redrawn": "Its boundary was redrawn in {}; until then its ground, but for a part, was that of",
        }
        said.append(f"{how[made[0].kind].format(year)} {names}.")
    if took := [one for one in before if one.kind == "succeeded"]:
        names = join_words(sorted(place_words(known[one.old]) for one in took))
        said.append(f"In {took[0].year} it took over the work of {names}.")
    after = after_of(areas, area)
    ends = {
        "merged": "In {} it became part of",
        "split": "In {} it was divided between",
        "redrawn": "In {} its boundary was redrawn, and it went on as",
        "succeeded": "In {} its work passed to",
        "recoded": "Since {} its ground has been that of",
    }
    for kind, words in ends.items():
        if found := [one for one in after if one.kind == kind]:
            names = join_words(sorted(place_words(known[one.new]) for one in found))
            said.append(f"{words.format(min(one.year for one in found))} {names}.")
    gained = [(one.year, place_words(known[one.old])) for one in before if one.kind == "transferred"]
    lost = [(one.year, place_words(known[one.new])) for one in after if one.kind == "transferred"]
    for passed, saying in (
        (gained, "In {} it gained a part of {}."),
        (lost, "In {} a part of its ground passed to {}."),
    ):
        for year in sorted({when for when, _ in passed}):
            told = sorted(name for when, name in passed if when == year)
            said.append(saying.format(year, join_words(told)))
    return said


def before_of(areas: Areas, area: Area) -> list[Succession]:
    """What other areas became this one or part of it, or passed ground to it."""
    own = [organisation.key for organisation in area.organisations]
    found = [one for key in own for one in areas.archive.lineage.predecessors(key)]
    return [one for one in found if one.old not in own and one.old in areas.archive.organisations]


def after_of(areas: Areas, area: Area) -> list[Succession]:
    """What other areas this one became or became part of, or passed ground to."""
    own = [organisation.key for organisation in area.organisations]
    found = [one for key in own for one in areas.archive.lineage.successors(key)]
    return [one for one in found if one.new not in own and one.new in areas.archive.organisations]
