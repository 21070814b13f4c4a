"""The title of a draft: its two greatest pieces of news, told as halves of one sentence."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from yearbook.formatting import sentence_case
from yearbook.pages.drafts.brief import Brief
from yearbook.report import COMPARABLE_SINCE

GOOD, BAD, NEITHER = 1, -1, 0
_VERBS = {"up": "rose", "down": "fell"}
_WORTH_TELLING = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Clause:
    """Half a title: its words, whether they are good news, how much news there is, and what they are about."""

    words: str
    tone: int
    news: float
    family: str


def _of_recovery(brief: Brief) -> Clause | None:
    name = "recovery_rate"
    crossed, way, held = brief.crossed(name), brief.way(name), brief.record(name)
    if crossed == "first":
        words = f"the recovery standard was {brief.said('met', name)} {brief.said('for the first time', name)}"
        tone = GOOD
    elif crossed == "again":
        words, tone = f"the recovery rate is back {side_of_standard(brief)}", GOOD
    elif crossed == "missed":
        words, tone = f"the recovery rate is {side_of_standard(brief)}", BAD
    elif held:
        words, tone = f"the recovery rate is {brief.recorded(name)}", GOOD if held == "high" else BAD
    elif way in _VERBS:
        words, tone = f"the recovery rate {brief.said(_VERBS[way], name)}", GOOD if way == "up" else BAD
    elif way:
        words, tone = f"the recovery rate was {brief.said('little changed', name)}", NEITHER
    else:
        return None
    return Clause(words, tone, brief.news(name), "recovery")


def side_of_standard(brief: Brief) -> str:
    """`just above its standard`, `below its standard`: on which side of it the recovery rate lies, and how near."""
    name = "recovery_rate"
    side = "above" if brief.report.meets_standard(name, brief.year) else "below"
    told = brief.first_that_holds(name, f"just {side} its standard", f"{side} its standard")
    return told or brief.said("met" if side == "above" else "missed", name)


def _of_demand(brief: Brief) -> Clause | None:
    name = "referrals_received"
    way = brief.way(name)
    if way not in _VERBS:
        return None
    high = way == "up" and brief.record(name) == "high"
    words = f"referrals {'numbered ' if high else ''}{brief.said('more than ever' if high else _VERBS[way], name)}"
    return Clause(words, NEITHER, brief.news(name, "entered_treatment"), "demand")


def _of_completion(brief: Brief) -> Clause | None:
    rate, flows = "completion_rate", "finished_of_entered"
    way = brief.way(rate)
    if way in _VERBS:
        words = f"a {'larger' if way == 'up' else 'smaller'} share of those treated finished a course"
        return Clause(words, GOOD if way == "up" else BAD, brief.news(rate), "completion")
    way = brief.way(flows)
    if way not in _VERBS:
        return None
    entered, finished = "entered_treatment", "finished_course_of_treatment"
    if {brief.way(entered), brief.way(finished)} == set(_VERBS):
        verbs = [brief.said(_VERBS[brief.way(name)], name) for name in (entered, finished)]
        words = f"entries {verbs[0]} while finished courses {verbs[1]}"
    else:
        words = f"finished courses {'gained on' if way == 'up' else f'{brief.verb(flows)} behind'} entries"
    return Clause(words, GOOD if way == "up" else BAD, brief.news(flows), "completion")


def _of_second_wait(brief: Brief) -> Clause | None:
    return _of_wait(brief, "second_treatment_within_6_weeks", "the second appointment came")


def _of_first_wait(brief: Brief) -> Clause | None:
    return _of_wait(brief, "first_treatment_within_6_weeks", "treatment began")


def _of_wait(brief: Brief, name: str, words: str) -> Clause | None:
    way = brief.way(name)
    if way not in _VERBS:
        return None
    later, tone = ("sooner", GOOD) if way == "up" else ("later", BAD)
    return Clause(f"{words} {later}", tone, brief.news(name), "waits")


def _of_deprivation(brief: Brief) -> Clause | None:
    found = next((one for one in brief.gaps() if one.facts["grouping"] == "deprivation"), None)
    if found is None or found.change is None or abs(found.change) < _WORTH_TELLING:
        return None
    words, tone = ("widened", BAD) if found.change > 0 else ("narrowed", GOOD)
    return Clause(f"the gap by deprivation {words}", tone, found.news.value, "groups")


def _of_improvement(brief: Brief) -> Clause | None:
    name = "reliable_improvement_rate"
    way = brief.way(name)
    if way not in _VERBS:
        return None
    words = f"reliable improvement {brief.said(_VERBS[way], name)}"
    return Clause(words, GOOD if way == "up" else BAD, brief.news(name), "recovery")


_CLAUSES: tuple[Callable[[Brief], Clause | None], ...] = (
    _of_recovery,
    _of_demand,
    _of_completion,
    _of_second_wait,
    _of_first_wait,
    _of_deprivation,
    _of_improvement,
)


def clauses(brief: Brief) -> list[Clause]:
    """The halves a title can be made of, the greatest news first, one of each family; ties as they are listed."""
    found = [clause for make in _CLAUSES if (clause := make(brief)) is not None]
    ordered = sorted(found, key=lambda clause: -clause.news)
    return [one for place, one in enumerate(ordered) if one.family not in {other.family for other in ordered[:place]}]


def title(brief: Brief) -> str:
    """The two greatest pieces of news in a sentence; what the year is where there is nothing to compare it with."""
    if brief.year < COMPARABLE_SINCE:
        return "A first count, on a footing of its own"
    if brief.year == COMPARABLE_SINCE:
        return "The comparable series begins"
    return _pair(clauses(brief)[:2]) or "What the figures of the year say"


def other_titles(brief: Brief) -> list[str]:
    """Titles the editor may prefer: the greatest news with the third and with the fourth piece."""
    found = clauses(brief)
    return [_pair([found[0], other]) for other in found[2:4]] if brief.year > COMPARABLE_SINCE else []


def _pair(found: Sequence[Clause]) -> str:
    if len(found) < 2:
        return sentence_case(found[0].words) if found else ""
    one, other = found
    link = "but" if one.tone * other.tone < 0 else "and"
    return sentence_case(f"{one.words}, {link} {other.words}")
