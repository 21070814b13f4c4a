"""How areas lie apart, in sentences: the spread, the funnel, what is left out, and what happened the year after."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from yearbook.areas import TYPE_WORDS
from yearbook.comparison import (
    FunnelClass,
    IncomparableError,
    Interval,
    SpreadChange,
    difference_interval,
    ratio_interval,
)
from yearbook.formatting import join_words, number_word, plural, round_half_up
from yearbook.peers import Comparisons, Peer, Peers
from yearbook.tables import WITHOUT_ENDS, count_words, ends_of, next_year_of, percent_range, percent_text, ratio_text
from yearbook.wording.areas import place_words
from yearbook.years import FinancialYear

BANDS = 5


@dataclass(frozen=True, slots=True)
class Bands:
    """Five bands of whole percentages round the middle of the areas. `starts` are the lowest of each but the first."""

    starts: tuple[int, ...]
    labels: tuple[str, ...]

    def band(self, peer: Peer) -> int:
        """1 for the lowest to 5 for the highest; 0 for one that is not ranked."""
        if peer.rank is None or not peer.working.figure.known:
            return 0
        percent = int(round_half_up(peer.working.figure.exact))
        return 1 + sum(percent >= start for start in self.starts)


def bands_of(peers: Peers) -> Bands:
    """Five bands of equal width that hold the middle eight tenths, the outer two open."""
    spread = peers.spread
    low, high = (spread.p10 * 100, spread.p90 * 100) if spread else (0.0, 100.0)
    step = max(1, round((high - low) / 3))
    middle = (low + high) / 2
    first = round(middle - 1.5 * step)
    starts = tuple(first + step * number for number in range(4))
    labels = [f"under {starts[0]}%"]
    for before, after in pairwise(starts):
        labels.append(f"{before}%" if after - 1 == before else f"{before}% to {after - 1}%")
    labels.append(f"{starts[-1]}% or more")
    return Bands(starts, tuple(labels))


def spread_finding(peers: Peers) -> str:
    """The title of a spread: from which rate to which the named ones lie apart."""
    high, low = peers.highest, peers.lowest
    if high is None or low is None or high is low:
        return f"Recovery in {count_words(peers)}, {peers.year}"
    ends = f"from {low.working.text(0)} in {place_words(low.organisation)} to {high.working.text(0)} in {place_words(high.organisation)}"
    if peers.ranked[0] is high and peers.ranked[-1] is low:
        return f"In {peers.year} recovery ran {ends}"
    many = TYPE_WORDS[peers.org_type][1]
    return f"Among the {many} of {peers.year} that may be named, recovery ran {ends}"


def ratio_words(ratio: float) -> str:
    """What a ratio is called: `almost double`, `roughly double`; empty where no phrase holds. See the methods pages."""
    if 1.9 <= ratio <= 2.1:
        return "roughly double" if ratio >= 2 else "almost double"
    if 1.75 <= ratio < 1.9:
        return "almost double"
    if 1.45 <= ratio <= 1.55:
        return "about one and a half times"
    return ""


def compare_sentence(high: Peer, low: Peer) -> str:
    """`The rate of A is almost double that of B: 1.87 times as high (95% interval 1.76 to 1.99).`"""
    if high.counts is None or low.counts is None or low.rate == 0:
        return ""
    ratio = high.rate / low.rate
    interval = _ratio(high, low)
    within = f" (95% interval {ratio_text(interval.low)} to {ratio_text(interval.high)})" if interval else ""
    one, other = place_words(high.organisation), place_words(low.organisation)
    phrase = ratio_words(ratio)
    if phrase.endswith("double"):
        return f"The rate of {one} is {phrase} that of {other}: the ratio is {ratio_text(ratio)}{within}."
    return f"The rate of {one} is {ratio_text(ratio)} times that of {other}{within}."


def _ratio(high: Peer, low: Peer) -> Interval | None:
    if high.counts is None or low.counts is None or 0 in (high.counts.numerator, low.counts.numerator):
        return None
    return ratio_interval(high.counts.numerator, high.counts.denominator, low.counts.numerator, low.counts.denominator)


def difference_sentence(high: Peer, low: Peer) -> str:
    """`They lie 30 percentage points apart (95% interval 27 to 32).`"""
    if high.counts is None or low.counts is None:
        return ""
    gap = high.rate - low.rate
    interval = difference_interval(
        high.counts.numerator, high.counts.denominator, low.counts.numerator, low.counts.denominator
    )
    points = int(percent_text(gap).rstrip("%"))
    if interval.low <= 0 <= interval.high:
        return "The difference is no larger than chance could make it."
    return f"They lie {points} percentage {plural(points, 'point')} apart (95% interval {percent_range(interval)})."


def middle_sentence(peers: Peers) -> str:
    """`The middle eight tenths lay between 45% and 57%; the 90th percentile was 1.25 times the 10th.`"""
    spread = peers.spread
    if spread is None or spread.p90_to_p10 is None or peers.org_type in WITHOUT_ENDS:
        return ""
    return (
        f"The middle eight tenths of {count_words(peers)} lay between {percent_text(spread.p10)} and "
        f"{percent_text(spread.p90)}: the 90th percentile was {ratio_text(spread.p90_to_p10)} times the 10th."
    )


def beyond_limits(peers: Peers) -> tuple[int, int]:
    """How many of the ranked lie beyond the over-dispersed 95% limits, and how many of those beyond the 99.8% ones."""
    classes = [peers.funnel_class(peer) for peer in peers.ranked]
    return (
        sum(found not in (None, FunnelClass.WITHIN) for found in classes),
        sum(found in (FunnelClass.LOW_998, FunnelClass.HIGH_998) for found in classes),
    )


def funnel_sentence(peers: Peers) -> str:
    """How many lie beyond the over-dispersed limits."""
    beyond95, beyond998 = beyond_limits(peers)
    many = count_words(peers)
    if beyond95 == 0:
        return f"Allowing for how much they differ as a rule, none of {many} lay beyond the limits in {peers.year}."
    outer = {0: "none of them", beyond95: "all of them" if beyond95 > 1 else "and also"}.get(
        beyond998, f"{number_word(beyond998)} of them"
    )
    return (
        f"Allowing for how much they differ as a rule, {number_word(beyond95)} of {many} lay beyond the 95% limits in "
        f"{peers.year}, {outer} beyond the 99.8% limits."
    )


def _judged(peers: Peers) -> list[Peer]:
    return [peer for peer in peers.ranked if peer.verdict is not None and peers.england is not None]


def outside_intervals(peers: Peers) -> int:
    """How many of the ranked have a 95% interval that leaves England's rate out."""
    return sum(not _holds(peer, peers) for peer in _judged(peers))


def expected_outside(peers: Peers) -> int:
    """How many of them chance alone would leave outside: one in twenty."""
    return int(round_half_up(Fraction(len(_judged(peers)), 20)))


def chance_sentence(peers: Peers) -> str:
    """How many of the verdicts chance alone would explain, and how many there are."""
    outside, expected = outside_intervals(peers), expected_outside(peers)
    about = f"about {number_word(expected)}" if expected else "fewer than one"
    return (
        f"If they differed from England by chance alone, {about} of {count_words(peers)} would "
        f"have an interval that leaves England’s rate out; {number_word(outside)} {plural(outside, 'has', 'have')}."
    )


def _holds(peer: Peer, peers: Peers) -> bool:
    return peer.interval is not None and peers.england is not None and peer.interval.contains(peers.england)


def without_sentence(peers: Peers, peer: Peer) -> str:
    """What England's rate would be without a row in doubt, where that is worth saying."""
    rate = peers.england_without(peer)
    if rate is None:
        return ""
    shown = round_half_up(Fraction(rate).limit_denominator(10**9) * 100, 1)
    return f"England’s own rate holds it too: without it that would be {shown}%."


def left_out_sentences(peers: Peers) -> list[str]:
    """Who is not ranked and why, a sentence for each reason."""
    by_reason: dict[str, list[Peer]] = {}
    for peer in peers.left_out:
        by_reason.setdefault(peer.left_out, []).append(peer)
    said = []
    for reason, rows in by_reason.items():
        names = join_words([_named(peer) for peer in rows])
        said.append(f"{names}: {_for_many(reason, len(rows))}.")
    return said


def _named(peer: Peer) -> str:
    rate = f" ({peer.working.text(0)})" if peer.working.figure.known else ""
    return f"{peer.organisation.name}{rate}"


_SEVERAL = {
    "it is a commissioning hub and not an area": "commissioning hubs, which are no areas",
    "these are referrals whose area is not known": "referrals whose area is not known",
}
_ONE = {
    "it is a commissioning hub and not an area": "a commissioning hub, which is no area",
    "these are referrals whose area is not known": "referrals whose area is not known",
}


def _for_many(reason: str, number: int) -> str:
    if number == 1:
        return _ONE.get(reason, reason)
    return _SEVERAL.get(reason, reason.replace("its rate is", "their rates are").replace("its rate", "each rate"))


def after_sentence(moves: Sequence[tuple[Peer, Peer | None]], year: str, high: bool) -> str:
    """What became of the highest or lowest the year after: how many moved back towards the rest."""
    followed = [(before, after) for before, after in moves if after is not None and after.counts is not None]
    if not followed:
        return ""
    back = sum(
        (after.rate < before.rate) == high and after.rate != before.rate
        for before, after in followed
        if after is not None
    )
    ends, moved = ("highest", "lower") if high else ("lowest", "higher")
    count = number_word(len(followed))
    which = f"Of the {count} {ends} that can be followed" if len(followed) > 1 else f"The {ends} that can be followed"
    if len(followed) == 1:
        return f"{which} was {moved if back else 'not ' + moved} in {year}."
    many = ("both" if back == 2 else "all") if back == len(followed) else number_word(back)
    return f"{which}, {many} had a {moved} rate in {year}."


def spread_words(comparisons: Comparisons, year: FinancialYear) -> tuple[str, str] | None:
    """What a report says of its areas unless its editor does: a title and a paragraph; None without areas."""
    org_type = comparisons.main_type(year)
    if not org_type:
        return None
    peers = comparisons.peers("recovery_rate", year, org_type)
    high, low = peers.highest, peers.lowest
    said = [middle_sentence(peers)]
    if high and low and high is not low:
        said[:0] = [compare_sentence(high, low), difference_sentence(high, low)]
    if peers.overdispersion is not None:
        said += [chance_sentence(peers), funnel_sentence(peers)]
    return spread_finding(peers), " ".join(sentence for sentence in said if sentence)


def spread_change_sentence(comparisons: Comparisons, org_type: str, year: FinancialYear) -> str:
    """How the spread stands to that of the year before, where the two may be compared; empty where not."""
    try:
        change = comparisons.spread_change(org_type, year, year.previous)
    except IncomparableError:
        return ""
    return spread_change_words(change)


def spread_change_words(change: SpreadChange) -> str:
    """How the later spread stands to the earlier, with what must be told beside it; empty where either has no ratio."""
    before, after = change.earlier.spread.p90_to_p10, change.later.spread.p90_to_p10
    if before is None or after is None:
        return ""
    first, last = ratio_text(before), ratio_text(after)
    begins = "The 90th percentile was"
    if first == last:
        words = f"{begins} {last} times the 10th, as in {change.earlier.year}."
    else:
        way = "up" if after > before else "down"
        words = f"{begins} {last} times the 10th, {way} from {first} in {change.earlier.year}."
    return " ".join((words, *change.care))


def after_sentences(comparisons: Comparisons, peers: Peers) -> list[str]:
    """What became of the ends the year after, and why that is to be expected; nothing before the next year is out."""
    ends = ends_of(peers)
    if not ends[0] or peers.year.next not in comparisons.report.archive.releases:
        return []
    said = []
    for rows, high in zip(ends, (True, False), strict=True):
        moves = [(peer, next_year_of(comparisons, peer, peers.year)[0]) for peer in rows]
        said.append(after_sentence(moves, str(peers.year.next), high))
    said = [sentence for sentence in said if sentence]
    return [" ".join(said), REGRESSION] if said else []


REGRESSION = (
    "Some of that is to be expected whatever anybody does: a rate at the end of a list has usually been pushed there by "
    "chance as well as by its causes, and chance does not repeat itself. Statisticians call it regression to the mean."
)
