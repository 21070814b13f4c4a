"""The organisations of one type in one year, compared by one rate: intervals, ranks, spread, and who is left out.

The methods are those of `comparison`; here they are put to the figures. A page prints the publisher's percentage.
Intervals, ranks and limits come from the counts, which below England are rounded to the nearest 5.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import ClassVar, NamedTuple

from yearbook.areas import TYPE_WORDS, Area, Areas, Key, is_pseudo
from yearbook.comparison import (
    NAMED_FROM,
    RANKED_FROM,
    Z95,
    Z998,
    CountRange,
    FunnelClass,
    Group,
    IncomparableError,
    Interval,
    Overdispersion,
    Spread,
    SpreadChange,
    SpreadOf,
    StandardisedRatio,
    Verdict,
    classify,
    compare_spreads,
    count_range,
    denominator_of,
    mid_percentile,
    midpoint,
    overdispersed_limits,
    overdispersion,
    pooled_rate,
    rank,
    rate_bounds,
    rounded_wilson,
    signed_sum,
    spread,
    standardised_ratio,
    verdict,
)
from yearbook.comparison.flags import Flag, absent_years, finished_above_received, rate_changed, received_changed
from yearbook.formatting import format_number, round_half_up
from yearbook.formulas import Term, Working, row_of
from yearbook.metrics import FLOWS, METRICS_BY_NAME, Metric
from yearbook.organisations import ENGLAND, Organisation
from yearbook.releases import TOTAL, Breakdown
from yearbook.report import Report
from yearbook.years import FinancialYear

RATES = (
    "recovery_rate",
    "reliable_recovery_rate",
    "reliable_improvement_rate",
    "no_reliable_change_rate",
    "reliable_deterioration_rate",
    "eligible_of_finished",
    "completion_rate",
    "treated_of_ended",
    "first_treatment_within_6_weeks",
    "first_treatment_within_18_weeks",
    "second_treatment_within_6_weeks",
    "second_treatment_after_90_days",
)
"""The rates that areas are compared by, in the order of an area's page. Each is a share of its base."""

HEADLINE = "recovery_rate"
"""The rate by which areas are ranked and told."""

FLOW_RATIOS = ("finished_of_received", "recovered_of_received")
"""Ratios of two flows of a year: shown beside England's, without an interval, a rank or a verdict."""

MAPPED = ("recovery_rate", "reliable_recovery_rate", "reliable_improvement_rate")
"""The rates a map can show."""


@dataclass(frozen=True, slots=True)
class Counts:
    """The two counts of a rate as they are published, and the ranges in which the true ones lie.

    A hidden count that is taken away under the line stands for the middle of what it can be, 2; the rest of the
    computation goes with the ranges.
    """

    numerator: int
    denominator: int
    numerator_range: CountRange
    denominator_range: CountRange

    @property
    def rate(self) -> float:
        """The proportion, unrounded."""
        return self.numerator / self.denominator

    @property
    def division(self) -> str:
        """The computation in numbers: `1,245 ÷ 3,650 × 100 = 34.10959%`."""
        exact = Fraction(100 * self.numerator, self.denominator)
        return f"{format_number(self.numerator)} ÷ {format_number(self.denominator)} × 100 = {format_number(exact, 5)}%"

    @property
    def bounds(self) -> Interval:
        """The least and the greatest proportion that the true counts can have given."""
        return rate_bounds(self.numerator_range, self.denominator_range)

    def interval(self, z: float) -> Interval:
        """The Wilson interval, widened for rounding where that tells."""
        return rounded_wilson(self.numerator, self.denominator, self.numerator_range, self.denominator_range, z)


@dataclass(frozen=True, slots=True)
class Peer:
    """One organisation by one rate in one year.

    `working` is the value as printed, `counts` what lies behind it, None where that is not published; `interval`
    (95%) and `interval998` are proportions. `rank` counts from the highest, and `percentile` from the lowest, among
    those ranked; both None for one that is not, and `left_out` then says why, as the rest of a sentence. `flags` are
    reasons to doubt the row; they bar it from being called highest or lowest.
    """

    organisation: Organisation
    working: Working
    counts: Counts | None = None
    interval: Interval | None = None
    interval998: Interval | None = None
    verdict: Verdict | None = None
    flags: tuple[Flag, ...] = ()
    left_out: str = ""
    rank: int | None = None
    percentile: float | None = None

    @property
    def rate(self) -> float:
        """The proportion from the counts, unrounded. Raises ValueError where there are none."""
        if self.counts is None:
            raise ValueError(f"{self.organisation.name} has no counts")
        return self.counts.rate

    @property
    def base(self) -> int:
        """The denominator, 0 where it is not known."""
        return self.counts.denominator if self.counts else 0

    @property
    def may_be_named(self) -> bool:
        """Whether it may be called highest or lowest: ranked, large enough, and without a reason to doubt the row."""
        return self.rank is not None and self.base >= NAMED_FROM and not self.flags


class Stacked(NamedTuple):
    """An organisation with its published percentage and its place among those of the same, from 0."""

    peer: Peer
    percent: int
    place: int


def stack(peers: Iterable[Peer]) -> tuple[Stacked, ...]:
    """Peers by rising rate, those of one published percentage one over the other."""
    heights: Counter[int] = Counter()
    placed = []
    for peer in sorted(peers, key=lambda one: (one.rate, one.organisation.code)):
        percent = int(round_half_up(peer.working.figure.exact))
        placed.append(Stacked(peer, percent, heights[percent]))
        heights[percent] += 1
    return tuple(placed)


@dataclass(frozen=True)
class Peers:
    """The organisations of a type in a year by a rate; `rows` holds all of them, pseudo-areas included, by name.

    `england` is England's rate as a proportion, None where it is not known.
    """

    metric: Metric
    year: FinancialYear
    org_type: str
    england: float | None
    rows: tuple[Peer, ...]
    england_counts: Counts | None = None

    SMALLEST: ClassVar[int] = 3
    """Fewer ranked organisations than this have no spread to speak of."""

    @cached_property
    def _by_key(self) -> Mapping[Key, Peer]:
        return {row.organisation.key: row for row in self.rows}

    def of(self, organisation: Organisation) -> Peer | None:
        """The row of an organisation, None when it has none."""
        return self._by_key.get(organisation.key)

    def row(self, organisation: Organisation) -> Peer:
        """The row of an organisation that the release of the year has. Raises KeyError for any other."""
        return self._by_key[organisation.key]

    @cached_property
    def ranked(self) -> tuple[Peer, ...]:
        """Those large enough to rank, the highest first."""
        found = [row for row in self.rows if row.rank is not None]
        return tuple(sorted(found, key=lambda row: (row.rank or 0, row.organisation.name)))

    @cached_property
    def stacks(self) -> tuple[Stacked, ...]:
        """Those ranked, stacked by their published percentage."""
        return stack(self.ranked)

    @cached_property
    def left_out(self) -> tuple[Peer, ...]:
        """Those that are not ranked, each with the reason."""
        return tuple(row for row in self.rows if row.rank is None)

    @cached_property
    def named(self) -> tuple[Peer, ...]:
        """Those that may be called highest or lowest: large enough, and without a reason to doubt the row."""
        return tuple(row for row in self.ranked if row.may_be_named)

    @cached_property
    def barred(self) -> tuple[Peer, ...]:
        """Those ranked at the ends that may not be named there, because a flag bars them."""
        if not self.named:
            return ()
        first, last = self.named[0].rank or 0, self.named[-1].rank or 0
        return tuple(row for row in self.ranked if row.flags and not first <= (row.rank or 0) <= last)

    @property
    def highest(self) -> Peer | None:
        """The highest that may be named."""
        return self.named[0] if self.named else None

    @property
    def lowest(self) -> Peer | None:
        """The lowest that may be named."""
        return self.named[-1] if self.named else None

    @cached_property
    def spread(self) -> Spread | None:
        """How far the ranked organisations lie apart; None with fewer than three."""
        return spread([row.rate for row in self.ranked]) if len(self.ranked) >= self.SMALLEST else None

    @cached_property
    def _counts(self) -> tuple[list[int], list[int]]:
        found = [row.counts for row in self.ranked if row.counts]
        return [counts.numerator for counts in found], [counts.denominator for counts in found]

    @cached_property
    def pooled(self) -> float | None:
        """The rate of all ranked organisations together: the centre of their funnel."""
        return pooled_rate(*self._counts) if self.ranked else None

    @cached_property
    def overdispersion(self) -> Overdispersion | None:
        """How much more the ranked organisations differ than chance would make them; None with fewer than three."""
        return overdispersion(*self._counts) if len(self.ranked) >= self.SMALLEST else None

    def limits(self, base: float, z: float) -> Interval:
        """The over-dispersed funnel limits for a denominator. Raises ValueError with fewer than three ranked."""
        if self.overdispersion is None or self.pooled is None:
            raise ValueError(f"{len(self.ranked)} organisations have no funnel")
        return overdispersed_limits(self.pooled, base, self.overdispersion.tau2, z)

    def england_without(self, peer: Peer) -> float | None:
        """England's rate without a row, a proportion; None where it would move by less than a fifth of a point."""
        if self.england_counts is None or peer.counts is None or self.england is None:
            return None
        whole = self.england_counts.denominator - peer.counts.denominator
        rate = (self.england_counts.numerator - peer.counts.numerator) / whole if whole > 0 else self.england
        return rate if abs(rate - self.england) >= _TELLING else None

    def funnel_class(self, peer: Peer) -> FunnelClass | None:
        """Where a ranked row lies in the over-dispersed funnel; None for one that is not ranked."""
        if self.overdispersion is None or peer.rank is None:
            return None
        return classify(peer.rate, self.limits(peer.base, Z95), self.limits(peer.base, Z998))


class Comparisons:
    """Every comparison of peers that a report can make, each made once."""

    def __init__(self, report: Report, areas: Areas) -> None:
        self.report = report
        self.areas = areas
        self._peers: dict[tuple[str, FinancialYear, str], Peers] = {}
        self._flags: dict[tuple[Key, FinancialYear], tuple[Flag, ...]] = {}

    def peers(self, metric: str, year: FinancialYear, org_type: str) -> Peers:
        """The organisations of a type in a year, by a rate of `RATES`."""
        key = (metric, year, org_type)
        if key not in self._peers:
            self._peers[key] = self._compare(METRICS_BY_NAME[metric], year, org_type)
        return self._peers[key]

    def main_type(self, year: FinancialYear) -> str:
        """The type of area that a year's report compares: CCGs while there were, then ICBs; empty without either."""
        return next((found for found in ("ccg", "icb", "stp") if found in self.areas.types_in(year)), "")

    def spread_change(self, org_type: str, year: FinancialYear, since: FinancialYear) -> SpreadChange:
        """How the spread of recovery of a type changed between two years.

        Raises IncomparableError, with the reason, where it cannot be compared: another kind of area in one of
        them, or a break of the series between.
        """
        found = [self._spread_of(org_type, each) for each in (since, year)]
        return compare_spreads(found[0], found[1], self.report.breaks(_HEADLINE, (since, year)))

    def _spread_of(self, org_type: str, year: FinancialYear) -> SpreadOf:
        peers = self.peers(_HEADLINE, year, org_type)
        if peers.spread is None:
            present = self.main_type(year)
            if not present or present == org_type:
                raise IncomparableError(f"There is no spread of {TYPE_WORDS[org_type][1]} in {year}.")
            peers = self.peers(_HEADLINE, year, present)
            org_type = present
        if peers.spread is None:
            raise IncomparableError(f"There is no spread of {TYPE_WORDS[org_type][1]} in {year}.")
        return SpreadOf(org_type, TYPE_WORDS[org_type][1], year, peers.spread)

    def _compare(self, metric: Metric, year: FinancialYear, org_type: str) -> Peers:
        if metric.cohort == FLOWS or not metric.is_rate:
            raise ValueError(f"{metric.name} is no share of a group, so areas are not ranked by it")
        england = self.report.figure(metric.name, year)
        benchmark = float(england.exact) / 100 if england.known else None
        rows = [self._peer(metric, year, found, benchmark) for found in self.areas.of_type(org_type, year)]
        return Peers(metric, year, org_type, benchmark, _with_ranks(rows), self.counts(metric, year, ENGLAND))

    def _peer(self, metric: Metric, year: FinancialYear, organisation: Organisation, benchmark: float | None) -> Peer:
        working = self.report.working(metric.name, year, organisation)
        flags = self.flags(organisation, year)
        counts = self.counts(metric, year, organisation) if working.figure.known else None
        left_out = ""
        if is_pseudo(organisation):
            left_out = _PSEUDO_WORDS[organisation.kind]
        elif not working.figure.known:
            left_out = f"its rate is {working.figure.status.words}"
        elif counts is None:
            left_out = "the counts behind its rate are not published"
        elif counts.denominator < RANKED_FROM:
            left_out = f"fewer than {RANKED_FROM} referrals stand under its rate"
        if counts is None:
            return Peer(organisation, working, flags=flags, left_out=left_out)
        interval, interval998 = counts.interval(Z95), counts.interval(Z998)
        judged = verdict(benchmark, interval, interval998, metric.better) if benchmark is not None else None
        return Peer(organisation, working, counts, interval, interval998, judged, flags, left_out)

    def counts(
        self, metric: Metric, year: FinancialYear, organisation: Organisation, breakdown: Breakdown = TOTAL
    ) -> Counts | None:
        """The counts behind a rate; None where one is not published, or they make no proportion."""
        over = self._sum(metric.formula.over, year, organisation, breakdown)
        under = self._sum(metric.formula.under, year, organisation, breakdown)
        if over is None or under is None or not 0 <= over[0] <= under[1].high:
            return None
        whole = max(under[0], over[0])  # rounding and a hidden count may put the base a little below its part
        return Counts(over[0], whole, over[1], under[1]) if whole > 0 else None

    def _sum(
        self, terms: Sequence[Term], year: FinancialYear, organisation: Organisation, breakdown: Breakdown
    ) -> tuple[int, CountRange] | None:
        """The signed sum of terms as published and as a range. A hidden term is only read where it is taken away."""
        release = self.report.archive.releases.get(year)
        if release is None:
            return None
        rounded = organisation.key != ENGLAND.key
        number, ranges = 0, []
        for term in terms:
            figure = release.figure(term.measure, organisation.key, row_of(term, breakdown))
            found = count_range(figure, rounded)
            if found is None or (not figure.known and term.sign > 0):
                return None
            number += term.sign * (int(figure.exact) if figure.known else (found.low + found.high) // 2)
            ranges.append((term.sign, found))
        return number, signed_sum(ranges)

    def given_deprivation(self, organisation: Organisation, year: FinancialYear) -> StandardisedRatio | None:
        """The recoveries of an organisation beside those expected at England's rate in each tenth of deprivation.

        Referrals whose tenth is not known are a group of their own. None where the release does not have the tenths, or
        too many of the counts are hidden.
        """
        release = self.report.archive.releases.get(year)
        if release is None:
            return None
        groups = []
        for tenth in release.breakdowns(organisation.key, _DEPRIVATION):
            finished, outside, recovered = (
                release.figure(measure, organisation.key, tenth)
                for measure in (_FINISHED, _NOT_AT_CASENESS, _RECOVERED)
            )
            rate = self.report.figure(_HEADLINE, year, breakdown=tenth)
            if rate.known:
                count = int(recovered.exact) if recovered.known else None
                groups.append(Group(count, denominator_of(finished, outside), float(rate.exact) / 100))
        return standardised_ratio(groups)

    def flags(self, organisation: Organisation, year: FinancialYear) -> tuple[Flag, ...]:
        """The reasons to doubt an organisation's row of a year."""
        key = (organisation.key, year)
        if key not in self._flags:
            self._flags[key] = () if is_pseudo(organisation) else self._find_flags(organisation, year)
        return self._flags[key]

    def _find_flags(self, organisation: Organisation, year: FinancialYear) -> tuple[Flag, ...]:
        area = self.areas.of(organisation.key)
        before = year.previous
        earlier = area.in_year(before) if area else None
        received, finished = (self._number(measure, organisation, year) for measure in (_RECEIVED, _FINISHED))
        found: list[Flag | None] = []
        if received is not None and finished is not None:
            found.append(finished_above_received(int(finished), int(received)))
        if earlier is not None:
            received_before = self._number(_RECEIVED, earlier, before)
            if received is not None and received_before is not None:
                found.append(received_changed(int(received), int(received_before), before))
            rate, rate_before = (
                self.report.figure(_HEADLINE, of, who) for of, who in ((year, organisation), (before, earlier))
            )
            if rate.known and rate_before.known:
                found.append(rate_changed("recovery rate", rate.exact, rate_before.exact, before))
        elif area is not None:
            known = [found for found in area.years if found <= year]
            found.append(absent_years(known[-2:], [found for found in self.report.years if found <= year]))
        found += [self._part_in_doubt(part, organisation, year) for part in self.areas.within(area)] if area else []
        return tuple(flag for flag in found if flag is not None)

    def _part_in_doubt(self, part: Area, organisation: Organisation, year: FinancialYear) -> Flag | None:
        """The flag of an area that has a doubted part large enough to move its rate: a tenth of what it finished."""
        inner = part.in_year(year)
        if inner is None or inner.org_type == "provider":
            return None
        finished, own = (self._number(measure, inner, year) for measure in (_FINISHED, _RECEIVED))
        whole = self._number(_FINISHED, organisation, year)
        if finished is None or own is None or whole is None or finished < whole * _LARGE_PART:
            return None
        doubt = finished_above_received(int(finished), int(own))
        words = f"It holds {inner.name}, whose own row is in doubt."
        return Flag(_PART_IN_DOUBT, f"{words} {doubt.words}") if doubt else None

    def _number(self, measure: str, organisation: Organisation, year: FinancialYear) -> int | Fraction | None:
        release = self.report.archive.releases.get(year)
        return release.figure(measure, organisation.key).number if release else None


_LARGE_PART, _PART_IN_DOUBT = Fraction(1, 10), "part in doubt"
_HEADLINE, _RECEIVED, _FINISHED = "recovery_rate", "referrals_received", "finished_course_of_treatment"
_NOT_AT_CASENESS, _RECOVERED, _DEPRIVATION = "not_at_caseness", "recovery", "deprivation"

_TELLING = 0.002
_PSEUDO_WORDS = {
    "commissioning hub": "it is a commissioning hub and not an area",
    "unknown": "these are referrals whose area is not known",
}


def _with_ranks(rows: Sequence[Peer]) -> tuple[Peer, ...]:
    """The rows with ranks and percentiles: by the published percentage first, then by the middle of the bounds."""
    eligible = [row for row in rows if not row.left_out and row.counts]
    keys = [(float(row.working.figure.exact), midpoint(row.counts.bounds) if row.counts else 0.0) for row in eligible]
    ranks = rank(keys)
    places = sorted(-float(found) for found in ranks)  # in order already for each that is looked up
    placed = {
        row.organisation.key: replace(row, rank=found, percentile=mid_percentile(places, -float(found)))
        for row, found in zip(eligible, ranks, strict=True)
    }
    return tuple(placed.get(row.organisation.key, row) for row in rows)
