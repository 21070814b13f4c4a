"""What the writer of a draft has before them: the year's figures and findings, asked in the words of a sentence."""

from collections import Counter
from collections.abc import Sequence
from functools import cached_property

from yearbook.findings import Finding, crossing, direction, find_news, record_words, run_before, yearly_change
from yearbook.groups import group_key
from yearbook.metrics import METRICS_BY_NAME
from yearbook.pages.drafts.expressions import change, figure, record, say
from yearbook.peers import Comparisons
from yearbook.registers import Event
from yearbook.releases import Breakdown
from yearbook.report import COMPARABLE_SINCE
from yearbook.wording import Facts, facts_about, judge_phrase
from yearbook.wording.shares import shares_that_hold
from yearbook.years import FinancialYear

CASENESS = "of those who finished and were at caseness at the start"
FINISHED = "of all who finished"
TREATED = "of the referrals that ended after treatment"
ENDED = "of the referrals that ended"
RECEIVED = "of the referrals received"
ENTERED = "of the referrals that entered treatment"

_FULL_RECORDS = 2
_VERBS = {"up": "rose", "down": "fell", "flat": "little changed"}


class Brief:
    """The figures of one year, and how each stands to the year before."""

    def __init__(self, comparisons: Comparisons, year: FinancialYear) -> None:
        self.comparisons = comparisons
        self.report = comparisons.report
        self.year = year
        self.last = year.previous
        self._records = 0
        self._told_records: Counter[str] = Counter()

    def allow_records(self, number: int) -> None:
        """How many records `tail` may tell from here on: a section that tells one after the other says nothing."""
        self._records = number

    def choose(self, *variants: str) -> str:
        """One of several ways to say what holds in every year: another one in the next year, the same in each draft."""
        return variants[self.year.start % len(variants)]

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """The year's findings, the greatest news first."""
        return find_news(self.comparisons, self.year)

    def finding(self, metric: str) -> Finding | None:
        """The finding about England's value of a metric."""
        national = (found for found in self.findings if found.kind in ("standard", "record", "reversal", "change"))
        return next((found for found in national if found.metric == metric), None)

    def news(self, *metrics: str) -> float:
        """The greatest news value among metrics; 0 where the year has none of them."""
        return max((found.news.value for name in metrics if (found := self.finding(name))), default=0.0)

    def known(self, *metrics: str, year: FinancialYear | None = None) -> bool:
        """Whether England has a value of every one of the metrics."""
        asked = year or self.year
        return asked in self.report.years and all(self.report.figure(name, asked).known for name in metrics)

    def known_of(self, metric: str, group: Breakdown, year: FinancialYear | None = None) -> bool:
        """Whether a group has a value of the metric."""
        asked = year or self.year
        return asked in self.report.years and self.report.figure(metric, asked, breakdown=group).known

    @property
    def ended(self) -> bool:
        """Whether the ended cohort is known at every stage."""
        return self.report.has_ended_cohort(self.year)

    @property
    def comparable(self) -> bool:
        """Whether the year before is there to compare with."""
        return self.last in self.report.years and self.last >= COMPARABLE_SINCE

    @property
    def areas(self) -> bool:
        """Whether the year's areas can be compared."""
        return any(found.kind == "spread" for found in self.findings)

    def marked(self, year: FinancialYear) -> Event | None:
        """The event that charts mark under a year: one that makes it a poor year to compare with."""
        return next((event for event in self.report.archive.events if event.year == year and event.mark), None)

    @cached_property
    def before_marked(self) -> FinancialYear | None:
        """The year before the last, where the last is marked and so a poor one to compare with; None otherwise."""
        then = self.last.previous
        return then if self.marked(self.last) and then in self.report.years and then >= COMPARABLE_SINCE else None

    def way(self, metric: str) -> str:
        """`up`, `down` or `flat` on the year before; empty where the two do not compare."""
        return direction(yearly_change(self.report, metric, self.year), METRICS_BY_NAME[metric].unit)

    def crossed(self, metric: str) -> str:
        """`first`, `again`, `missed` or `never`, as `findings.crossing` has it."""
        return crossing(self.report, metric, self.year)

    def record(self, metric: str) -> str:
        """`high` or `low` where the value is a record worth telling; empty where not."""
        words = record_words(self.report, metric, self.year)
        return "" if not words else "high" if words.startswith("the highest") else "low"

    def turned(self, metric: str) -> FinancialYear | None:
        """The year from which the metric had moved the other way until now, where it did so for two years or more."""
        run = run_before(self.report, metric, self.year)
        return FinancialYear(self.last.start - run) if run >= 2 else None

    def moved_to(self, metric: str) -> str:
        """`rose to 51%`, `fell to 51%`, `was little changed at 51%`; `was 51%` where it does not compare."""
        way = self.way(metric)
        if way in ("up", "down"):
            return f"{self.said(_VERBS[way], metric)} to {figure(metric)}"
        return f"was {self.said(_VERBS[way], metric)} at {figure(metric)}" if way else f"was {figure(metric)}"

    def verb(self, metric: str, flat: str = "little changed") -> str:
        """`rose`, `fell`, or `flat` as an expression, whichever holds; empty where the year before does not compare."""
        way = self.way(metric)
        return self.said(flat if way == "flat" else _VERBS[way], metric) if way else ""

    def tail(self, metric: str) -> str:
        """`, up 1.5 percentage points and the highest for five years`, as far as either can be said and is allowed."""
        told = [change(metric)] if self.way(metric) else []
        if self.record(metric) and self._records > 0:
            self._records -= 1
            told.append(self.recorded(metric))
        return f", {' and '.join(told)}" if told else ""

    def recorded(self, metric: str) -> str:
        """The record of a metric: in full while that has been said no more than twice, then as `the highest so far`."""
        words = record_words(self.report, metric, self.year)
        self._told_records[words] += 1
        shorter = f"the {'highest' if self.record(metric) == 'high' else 'lowest'} so far"
        if self._told_records[words] <= _FULL_RECORDS or not judge_phrase(shorter, self._facts(metric)).holds:
            return record(metric)
        return say(shorter, metric)

    def _facts(self, metric: str, year: FinancialYear | None = None, since: FinancialYear | None = None) -> Facts:
        return facts_about(self.report, metric, year or self.year, since=since)

    def said(
        self, words: str, metric: str, year: FinancialYear | None = None, since: FinancialYear | None = None
    ) -> str:
        """Words as an expression that checks them. Raises AssertionError where they do not hold, or no rule knows them."""
        verdict = judge_phrase(words, self._facts(metric, year, since))
        if not verdict.holds:
            raise AssertionError(f'"{words}" does not hold of {metric} in {year or self.year}: {verdict.why}')
        return say(words, metric, year, since)

    def first_that_holds(self, metric: str, *words: str) -> str:
        """The first of several wordings that holds, as an expression; empty where none does."""
        return next((say(one, metric) for one in words if judge_phrase(one, self._facts(metric)).holds), "")

    def share(self, metric: str) -> str:
        """A rate in words, `nearly a third`, as an expression; the figure where only loose words would hold."""
        found = shares_that_hold(self._facts(metric))
        close = next((words for words in found if not words.startswith(("between", "more", "less", "fewer"))), "")
        return say(close, metric) if close else figure(metric)

    def changed(self, metric: str, on: str = "") -> str:
        """`, up 1.5 percentage points`, with `on` after it; empty where the year before does not compare."""
        return f", {change(metric)}{on}" if self.way(metric) else ""

    def first_known(self, metric: str, away: int = 2) -> FinancialYear | None:
        """The first comparable year with a value on annual figures, where it is at least `away` years back."""
        for found in self.report.years:
            if COMPARABLE_SINCE <= found <= FinancialYear(self.year.start - away) and self.known(metric, year=found):
                return found
        return None

    def of_group(self, metric: str, group: Breakdown, year: FinancialYear | None = None) -> str:
        """The expression for a group's value."""
        return figure(metric, year, group=group_key(group))

    def gaps(self) -> Sequence[Finding]:
        """The gaps between groups that the year tells, the greatest news first."""
        return [found for found in self.findings if found.kind == "gap"]
