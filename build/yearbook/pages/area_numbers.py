"""The numbers of areas that editors write live: ranks, intervals, ratios and spreads, each with its working.

The rules are those of `peers` and `comparison`, the words those of `wording` and `tables`. Here they are looked up,
refused with a reason where they cannot be had, and entered in the page's workings.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from html import escape

from yearbook.areas import TYPE_WORDS, short_name
from yearbook.comparison import RANKED_FROM, Z95, Z998, Overdispersion, Spread, difference_interval, ratio_interval
from yearbook.errors import UsageError, suggest
from yearbook.formatting import format_number, join_words, number_word, plural
from yearbook.metrics import METRICS_BY_NAME
from yearbook.organisations import ENGLAND, Organisation
from yearbook.pages.markup import behind, linked
from yearbook.pages.workings import WorkingsList
from yearbook.peers import RATES, Comparisons, Counts, Peer, Peers
from yearbook.report import Report
from yearbook.tables import count_words, ends_of, next_year_of, percent_range, percent_text, ratio_text
from yearbook.wording import (
    after_sentences,
    against_england,
    beyond_limits,
    expected_outside,
    outside_intervals,
    rank_words,
    spread_change_words,
)
from yearbook.years import FinancialYear

LEVELS: Mapping[str, float] = {"95": Z95, "99.8": Z998}
"""The levels of an interval, in per cent as an editor writes them, and their normal quantiles."""


def find_organisation(report: Report, code: str, year: FinancialYear, comparisons: Comparisons) -> Organisation:
    """The organisation that a code, in any case, means in a year.

    A code can be an STP's and then an ICB's, and an STP can have had two: the one that the year's release has is
    meant, of the same type and ground. Where it has none, the only one of that code. Raises UsageError for a code
    that is nobody's or, in that year, more than one's.
    """
    if code.upper() == ENGLAND.code:
        return ENGLAND
    organisations, release = report.archive.organisations.values(), report.archive.releases.get(year)
    found = [known for known in organisations if known.code.upper() == code.upper()]
    if not found:
        hint = suggest(
            code.upper(), [known.code for known in organisations], "The codes are in data/organisations.csv."
        )
        raise UsageError(f'"{code}" is the code of no organisation. {hint}')
    types = {known.org_type for known in found}
    areas = dict.fromkeys(area for known in found if (area := comparisons.areas.of(known.key)) is not None)
    recoded = [known for area in areas for known in area.organisations if known.org_type in types]
    for candidates in (found, recoded):
        present = [known for known in candidates if release is not None and release.breakdowns(known.key)]
        if present:
            break
    meant = present or found
    if len(meant) > 1:
        raise UsageError(f'"{code}" is the code of more than one organisation in {year}.')
    return meant[0]


@dataclass(frozen=True, slots=True)
class AreaNumbers:
    """Makes the live numbers of areas for one page, and enters each in its workings.

    Each method returns HTML, and raises UsageError, with the reason, for what cannot be said.
    """

    comparisons: Comparisons
    workings: WorkingsList

    def rank(self, metric: str, year: FinancialYear, organisation: Organisation) -> str:
        """The rank in words, linked to what it is a rank among."""
        peers, peer = self._place(metric, year, organisation)
        if peer.rank is None:
            raise UsageError(f"{organisation.name} has no rank in {year}: {peer.left_out}.")
        words = (
            f"by the published percentage, {peer.working.text(0)}, among the {count_words(peers)} with at least "
            f"{RANKED_FROM} referrals under it"
        )
        return self._entered(peers, peer, "rank", f"{peer.rank} of {len(peers.ranked)}", words, rank_words(peers, peer))

    def against_england(self, metric: str, year: FinancialYear, organisation: Organisation) -> str:
        """How far the rate lies from England's, in words, linked to the subtraction."""
        peers, peer = self._place(metric, year, organisation)
        said = against_england(peers, peer)
        if peers.england is None or peer.counts is None or not said:
            raise UsageError(f"How far {organisation.name} lies from England in {year} cannot be said.")
        gap = format_number(_exact((peer.rate - peers.england) * 100), 1)
        words = f"{_division(peer.counts)} less England’s {_percent(peers.england)}"
        return self._entered(peers, peer, "england", f"{gap} points", words, said)

    def interval(self, metric: str, year: FinancialYear, organisation: Organisation, level: str) -> str:
        """The interval of a rate in whole per cent, linked to its counts."""
        if level not in LEVELS:
            raise UsageError(f'There is no interval of "{level}": give {join_words(list(LEVELS), "or")}.')
        peers, peer = self._place(metric, year, organisation)
        if peer.counts is None:
            raise UsageError(f"{organisation.name} has no interval in {year}: {peer.left_out}.")
        found = peer.counts.interval(LEVELS[level])
        text = f"{percent_range(found).replace(' to ', '% to ')}%"
        words = f"Wilson’s, of {_division(peer.counts)}: {_percent(found.low)} to {_percent(found.high)}"
        return self._entered(peers, peer, f"interval-{level.replace('.', '-')}", text, words, text)

    def expected(self, year: FinancialYear, organisation: Organisation) -> str:
        """The recovery rate expected at England's rate in each tenth of deprivation, linked to how it is made."""
        peers, peer = self._place("recovery_rate", year, organisation)
        found = self.comparisons.given_deprivation(organisation, year)
        if found is None:
            raise UsageError(f"What deprivation would lead to expect of {organisation.name} in {year} cannot be said.")
        text = percent_text(found.expected_rate)
        words = (
            f"{format_number(_exact(found.expected), 1)} recoveries expected at England’s rate in each tenth of deprivation, "
            f"and where the tenth is not known, of {format_number(found.denominator)}; {format_number(found.observed)} recovered"
        )
        return self._entered(peers, peer, "expected", text, words, text)

    def ratio(self, metric: str, year: FinancialYear, high: Organisation, low: Organisation) -> str:
        """How many times the second rate the first is, with its interval, linked to the division."""
        peers, (over, one), (under, other) = self._pair(metric, year, high, low)
        if 0 in (one.numerator, other.numerator):
            raise UsageError(f"There is no ratio of {high.name} to {low.name} in {year}: one of the counts is nought.")
        within = ratio_interval(one.numerator, one.denominator, other.numerator, other.denominator)
        ratio = ratio_text(one.rate / other.rate)
        text = f"{ratio} (95% interval {ratio_text(within.low)} to {ratio_text(within.high)})"
        words = f"({_fraction(one)}) ÷ ({_fraction(other)}); the interval is Katz’s"
        return self._entered(peers, over, f"to-{under.organisation.code.lower()}", ratio, words, text, under)

    def difference(self, metric: str, year: FinancialYear, high: Organisation, low: Organisation) -> str:
        """How far the first rate lies over the second, with its interval, linked to the subtraction."""
        peers, (over, one), (under, other) = self._pair(metric, year, high, low)
        within = difference_interval(one.numerator, one.denominator, other.numerator, other.denominator)
        points = percent_text(one.rate - other.rate).rstrip("%")
        text = f"{points} percentage {plural(int(points), 'point')} (95% interval {percent_range(within)})"
        words = f"{_division(one)}, less {_division(other)}; the interval is Newcombe’s"
        return self._entered(
            peers, over, f"over-{under.organisation.code.lower()}", f"{points} points", words, text, under
        )

    def spread(self, metric: str, year: FinancialYear, org_type: str, part: str) -> str:
        """One of `SPREAD_PARTS`, of the areas of a type, linked to what it is made of."""
        if part not in SPREAD_PARTS:
            hint = suggest(part, SPREAD_PARTS, f"The parts are {join_words(list(SPREAD_PARTS))}.")
            raise UsageError(f'There is no part "{part}" of a spread. {hint}')
        peers = self._peers(metric, year, org_type)
        spread, excess = peers.spread, peers.overdispersion
        if spread is None or excess is None or peers.highest is None or peers.lowest is None:
            raise UsageError(f"There is no spread of {TYPE_WORDS[org_type][1]} in {year}.")
        text, words = SPREAD_PARTS[part](_Spreading(peers, spread, excess, peers.highest, peers.lowest))
        anchor = self.workings.add_stated(
            metric, year, f"{org_type}-{part}".replace("_", "-"), f"{year}, {count_words(peers)}", text, words,
            peers.ranked[0].working,
        )  # fmt: skip
        return linked(text, anchor)

    def spread_change(self, year: FinancialYear, since: FinancialYear, org_type: str) -> str:
        """How the spread of recovery stands to an earlier year's, in sentences, with the care it needs and its workings."""
        change = self.comparisons.spread_change(org_type, year, since)
        said = spread_change_words(change)
        if not said:
            raise UsageError(f"There is no spread of {TYPE_WORDS[org_type][1]} to compare in {since} and {year}.")
        words = "; ".join(
            f"{of.year}, the 90th percentile over the 10th: {_percent(of.spread.p90)} ÷ {_percent(of.spread.p10)}"
            for of in (change.earlier, change.later)
        )
        peers = self._peers("recovery_rate", year, org_type)
        return self._told(peers, f"spread-from-{since}", ratio_text(change.later.spread.p90_to_p10), words, said)

    def afterwards(self, year: FinancialYear, org_type: str) -> str:
        """What became of the recovery of a year's ends the year after, in sentences."""
        peers = self._peers("recovery_rate", year, org_type)
        said = after_sentences(self.comparisons, peers)
        if not said:
            raise UsageError(f"What became of the {TYPE_WORDS[org_type][1]} of {year} the year after is not known.")
        words = "; ".join(
            f"{short_name(peer.organisation)}, {peer.working.text(0)} and then {_later(self.comparisons, peer, year)}"
            for end in ends_of(peers)
            for peer in end
        )
        value = f"{sum(len(end) for end in ends_of(peers))} {TYPE_WORDS[org_type][1]}"
        return self._told(peers, "afterwards", value, words, said[0])

    def _told(self, peers: Peers, ending: str, value: str, words: str, said: str) -> str:
        """Sentences with a link to what their numbers come from."""
        ending = f"{peers.org_type}-{ending}".replace("_", "-")
        label = f"{peers.year}, {count_words(peers)}"
        working = peers.ranked[0].working
        anchor = self.workings.add_stated(peers.metric.name, peers.year, ending, label, value, words, working)
        return f"{escape(said)} {behind(f'#{anchor}', 'of the sentence before')}"

    def _place(self, metric: str, year: FinancialYear, organisation: Organisation) -> tuple[Peers, Peer]:
        if organisation.key == ENGLAND.key:
            raise UsageError('England has no peers: name an area by its code, as in area="09D".')
        peers = self._peers(metric, year, organisation.org_type)
        peer = peers.of(organisation)
        if peer is None:
            raise UsageError(f"{organisation.name} is not in the release of {year}.")
        return peers, peer

    def _peers(self, metric: str, year: FinancialYear, org_type: str) -> Peers:
        self.comparisons.report.metric(metric)
        if metric not in RATES:
            hint = f"Areas are compared by {join_words(list(RATES), 'or')}."
            raise UsageError(f"{METRICS_BY_NAME[metric].title} is no rate that areas are compared by. {hint}")
        return self.comparisons.peers(metric, year, org_type)

    def _pair(
        self, metric: str, year: FinancialYear, high: Organisation, low: Organisation
    ) -> tuple[Peers, tuple[Peer, Counts], tuple[Peer, Counts]]:
        """Two areas of one kind with the counts of both, the higher rate first."""
        if high.org_type != low.org_type:
            first, second = (TYPE_WORDS.get(one.org_type, (one.org_type,))[0] for one in (high, low))
            raise UsageError(f"{high.name} ({first}) and {low.name} ({second}) are not of one kind.")
        peers, over = self._place(metric, year, high)
        _, under = self._place(metric, year, low)
        for peer in (over, under):
            if peer.counts is None:
                raise UsageError(f"{peer.organisation.name} cannot be compared in {year}: {peer.left_out}.")
        if over.counts is None or under.counts is None or over.rate <= under.rate:
            raise UsageError(f"{high.name} is not above {low.name} in {year}: put the higher of the two first.")
        return peers, (over, over.counts), (under, under.counts)

    def _entered(
        self, peers: Peers, peer: Peer, ending: str, value: str, words: str, text: str, other: Peer | None = None
    ) -> str:
        label = f"{peers.year}, {peer.organisation.name}" + (f" and {other.organisation.name}" if other else "")
        ending = f"{peer.organisation.code.lower()}-{ending}"
        anchor = self.workings.add_stated(peers.metric.name, peers.year, ending, label, value, words, peer.working)
        return linked(text, anchor)


@dataclass(frozen=True, slots=True)
class _Spreading:
    """What the parts of a spread are taken from."""

    peers: Peers
    spread: Spread
    excess: Overdispersion
    high: Peer
    low: Peer


_QUANTILE = "between the two nearest of them, as in R’s type 7"


def _named(peer: Peer) -> str:
    return f"{short_name(peer.organisation)}, {_division(peer.counts)}" if peer.counts else peer.organisation.name


def _ratio_of_ends(one: _Spreading) -> tuple[str, str]:
    apart = one.high.rate / one.low.rate if one.low.rate else None
    return ratio_text(apart), f"of those that may be named: {_named(one.high)}, over {_named(one.low)}"


def _ratio_of_tenths(one: _Spreading) -> tuple[str, str]:
    return ratio_text(
        one.spread.p90_to_p10
    ), f"the 90th percentile, {_percent(one.spread.p90)}, over the 10th, {_percent(one.spread.p10)}"


def _beyond(one: _Spreading, outer: bool) -> tuple[str, str]:
    level = "99.8%" if outer else "95%"
    return number_word(beyond_limits(one.peers)[outer]), f"beyond the over-dispersed {level} limits of the funnel"


SPREAD_PARTS: Mapping[str, Callable[[_Spreading], tuple[str, str]]] = {
    "p90_to_p10": _ratio_of_tenths,
    "highest_to_lowest": _ratio_of_ends,
    "number": lambda one: (format_number(one.spread.number), f"with at least {RANKED_FROM} referrals under the rate"),
    "lowest": lambda one: (one.low.working.text(0), f"the lowest that may be named: {_named(one.low)}"),
    "p10": lambda one: (percent_text(one.spread.p10), f"the 10th percentile, {_percent(one.spread.p10)}, {_QUANTILE}"),
    "median": lambda one: (percent_text(one.spread.median), f"the median, {_percent(one.spread.median)}, {_QUANTILE}"),
    "p90": lambda one: (percent_text(one.spread.p90), f"the 90th percentile, {_percent(one.spread.p90)}, {_QUANTILE}"),
    "highest": lambda one: (one.high.working.text(0), f"the highest that may be named: {_named(one.high)}"),
    "outside": lambda one: (number_word(outside_intervals(one.peers)), "with a 95% interval that leaves England’s rate out"),
    "expected": lambda one: (number_word(expected_outside(one.peers)), "one in twenty, which chance alone would leave outside"),
    "phi": lambda one: (format_number(_exact(one.excess.phi), 1), "the mean squared deviation, winsorised, in standard errors"),
    "tau2": lambda one: (format_number(_exact(one.excess.tau2), 5), "the variance between areas, in squared radians of the arcsine of the root"),
    "beyond95": lambda one: _beyond(one, False),
    "beyond998": lambda one: _beyond(one, True),
}  # fmt: skip
"""What can be said of a spread, by the name an editor writes: its text, and what it is made of."""


def _later(comparisons: Comparisons, peer: Peer, year: FinancialYear) -> str:
    """The rate of the year after, or what became of the area."""
    after, became = next_year_of(comparisons, peer, year)
    return after.working.text(0) if after else became or "not known"


def _exact(number: float) -> Fraction:
    return Fraction(number).limit_denominator(10**9)


def _percent(proportion: float) -> str:
    return f"{format_number(_exact(proportion) * 100, 2)}%"


def _fraction(counts: Counts) -> str:
    return f"{format_number(counts.numerator)} ÷ {format_number(counts.denominator)}"


def _division(counts: Counts) -> str:
    return f"{_fraction(counts)} = {_percent(counts.rate)}"
