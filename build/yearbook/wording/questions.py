"""What a board may ask of its area's figures: questions that are chosen by rules, in an order that is the same for all.

A question names what the figures show and asks what they cannot: none says why, and none blames. `QUESTIONS` is the
order; the first three whose rule holds are asked. The methods page on board papers prints each rule as `when` has it.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from yearbook.areas import Area
from yearbook.comparison import RANKED_FROM, Direction, Verdict, difference_interval
from yearbook.formatting import format_number, round_half_up
from yearbook.groups import LEAST_DEPRIVED, MOST_DEPRIVED
from yearbook.metrics import METRICS_BY_NAME
from yearbook.organisations import Organisation
from yearbook.peers import Comparisons, Peer, Peers
from yearbook.wording.areas import area_trend
from yearbook.years import FinancialYear

MOST = 3
"""How many questions a board paper asks."""

FEWER_FINISHED = 5
"""A share of referrals received that lies this many percentage points under England's is asked about."""

_WORSE = (Verdict.WORSE, Verdict.WORST)
_BETTER = (Verdict.BETTER, Verdict.BEST)
_FIRST_WAIT, _LONG_GAP = "first_treatment_within_6_weeks", "second_treatment_after_90_days"


@dataclass(frozen=True, slots=True)
class Asked:
    """The area, its year and the comparisons that the rules look at."""

    comparisons: Comparisons
    area: Area
    year: FinancialYear

    @property
    def organisation(self) -> Organisation:
        """What the area was in the year."""
        return self.area.in_years[self.year]

    def peer(self, metric: str) -> tuple[Peers, Peer]:
        """The area among its peers, by a rate of `peers.RATES`."""
        peers = self.comparisons.peers(metric, self.year, self.organisation.org_type)
        return peers, peers.row(self.organisation)

    def judged(self, metric: str, verdicts: tuple[Verdict, ...]) -> tuple[str, str] | None:
        """The area's rate and England's as printed, where the rate has one of the verdicts; None where it has not."""
        _, peer = self.peer(metric)
        if peer.verdict not in verdicts:
            return None
        return peer.working.text(0), self.comparisons.report.working(metric, self.year).text()


@dataclass(frozen=True, slots=True)
class Question:
    """A rule: its name, when it holds, and the question where it does, else an empty string."""

    name: str
    when: str
    ask: Callable[[Asked], str]


def _doubt(asked: Asked) -> str:
    if not asked.comparisons.flags(asked.organisation, asked.year):
        return ""
    return "The row is in doubt, for the reason above. What did the service submit, and has it been put right since?"


def _recovery_below(asked: Asked) -> str:
    if not asked.judged("recovery_rate", _WORSE):
        return ""
    return (
        "Recovery is below England’s. How much of that may come from who is referred, or from how scores are recorded, "
        "and how would the board know?"
    )


def _recovery_falling(asked: Asked) -> str:
    found = area_trend(asked.comparisons, asked.area)
    if found is None or found.direction is not Direction.DECREASING:
        return ""
    return (
        f"By the rule of five points recovery was decreasing from {found.years[0]} to {found.years[-1]}. When did that "
        "begin, and what changed in the service then?"
    )


def _first_wait(asked: Asked) -> str:
    report, year = asked.comparisons.report, asked.year
    figure = report.figure(_FIRST_WAIT, year, asked.organisation)
    standard = report.standard(_FIRST_WAIT, year)
    if figure.known and standard is not None and figure.exact < standard.level:
        beside = f"the standard is {format_number(standard.level)}%"
    elif found := asked.judged(_FIRST_WAIT, _WORSE):
        beside = f"in England it was {found[1]}"
    else:
        return ""
    shown = report.working(_FIRST_WAIT, year, asked.organisation).text(0)
    return (
        f"Of those who finished, {shown} had begun within six weeks; {beside}. Where on the way to a first treatment "
        "does the time go?"
    )


def _second_wait(asked: Asked) -> str:
    found = asked.judged(_LONG_GAP, _WORSE)
    if not found:
        return ""
    return (
        f"Of those who finished, {found[0]} waited more than 90 days between their first two treatments; in England "
        f"{found[1]}. What are people offered in between, and who looks how they are?"
    )


def _deterioration(asked: Asked) -> str:
    found = asked.judged("reliable_deterioration_rate", _WORSE)
    if not found:
        return ""
    return (
        f"Of those who finished, {found[0]} got reliably worse; in England {found[1]}. Are those courses looked at one by "
        "one, and what has been learnt?"
    )


def _leaving(asked: Asked) -> str:
    report = asked.comparisons.report
    if any(flag for flag in asked.comparisons.flags(asked.organisation, asked.year)):
        return ""
    here, england = (report.figure("finished_of_received", asked.year, *who) for who in ((asked.organisation,), ()))
    if not (here.known and england.known) or england.exact - here.exact < FEWER_FINISHED:
        return ""
    return (
        f"For every hundred referrals received, {round_half_up(here.exact)} courses were finished; in England "
        f"{round_half_up(england.exact)}. Where do the others leave, and does anyone ask them why?"
    )


def _deprivation(asked: Asked) -> str:
    metric, report = METRICS_BY_NAME["recovery_rate"], asked.comparisons.report
    most, least = (
        asked.comparisons.counts(metric, asked.year, asked.organisation, tenth)
        for tenth in (MOST_DEPRIVED, LEAST_DEPRIVED)
    )
    if most is None or least is None or min(most.denominator, least.denominator) < RANKED_FROM:
        return ""
    apart = difference_interval(least.numerator, least.denominator, most.numerator, most.denominator)
    if apart.low <= 0:
        return ""
    shown = [
        report.working(metric.name, asked.year, asked.organisation, tenth).text(0)
        for tenth in (MOST_DEPRIVED, LEAST_DEPRIVED)
    ]
    return (
        f"In the most deprived tenth of neighbourhoods {shown[0]} recovered, in the least deprived {shown[1]}. Does the "
        "service watch that gap, and what is it trying?"
    )


def _recovery_above(asked: Asked) -> str:
    if not asked.judged("recovery_rate", _BETTER):
        return ""
    return (
        "Recovery is above England’s. What does the service think it comes from, and what would show that it is not "
        "who is referred?"
    )


def _recovery_similar(asked: Asked) -> str:
    if not asked.judged("recovery_rate", (Verdict.SIMILAR,)):
        return ""
    return (
        "Recovery is not clearly different from England’s. Which figure here should move within a year, and what would "
        "move it?"
    )


QUESTIONS = (
    Question("doubt", "its row is in doubt", _doubt),
    Question("recovery below", "recovery is below or well below England", _recovery_below),
    Question("recovery falling", "recovery is decreasing, by the rule of five points", _recovery_falling),
    Question(
        "first wait", "fewer began within six weeks than the standard in force asks, or than is usual in England", _first_wait
    ),
    Question("second wait", "more waited over ninety days for a second treatment than is usual in England", _second_wait),
    Question("deterioration", "reliable deterioration is above or well above England", _deterioration),
    Question("leaving", "at least five fewer courses were finished for every hundred referrals received than in England", _leaving),
    Question("deprivation", "recovery is lower in the most deprived tenth than in the least, by more than chance", _deprivation),
    Question("recovery above", "recovery is above or well above England", _recovery_above),
    Question("recovery similar", "recovery is not clearly different from England", _recovery_similar),
    Question(
        "unseen",
        "always: who is never referred",
        lambda _: "Who here would be helped and is never referred? These figures begin with a referral.",
    ),
    Question(
        "voices",
        "always: what people say themselves",
        lambda _: "What do those who left early, and those who finished, say themselves? No figure here holds their words.",
    ),
    Question(
        "scores",
        "always: who finished without scores",
        lambda _: "How many finished without the scores that an outcome needs, and are they like the others?",
    ),
)  # fmt: skip
"""Every rule, in the order in which they are asked. The last three always hold, so that there are always three questions."""


def questions_for(comparisons: Comparisons, area: Area, year: FinancialYear) -> Mapping[str, str]:
    """The questions of an area's board paper of a year, `MOST` of them, each by the name of its rule."""
    return dict(list(_held(Asked(comparisons, area, year)))[:MOST])


def _held(asked: Asked) -> Iterator[tuple[str, str]]:
    for question in QUESTIONS:
        if said := question.ask(asked):
            yield question.name, said
