"""The end of a draft: promise and reality, good news and bad, and what to look for next."""

from collections.abc import Mapping
from fractions import Fraction

from yearbook.findings import HEADLINES
from yearbook.formatting import join_words
from yearbook.groups import group_key
from yearbook.metrics import METRICS_BY_NAME
from yearbook.pages.drafts.brief import CASENESS, FINISHED, Brief
from yearbook.pages.drafts.draft import Part, part, sentence
from yearbook.pages.drafts.expressions import figure, gap, group_name, limit, standard
from yearbook.pages.drafts.titles import side_of_standard
from yearbook.pages.drafts.waits import EIGHTEEN, SECOND, SIX
from yearbook.report import COMPARABLE_SINCE

RATE = "recovery_rate"


def promise_and_reality(brief: Brief) -> Part:
    """Each standard in force beside what was done, and what none of them asks."""
    if brief.report.standard(RATE, brief.year) is None:
        none = "No standard in our sources was in force in {{ year }}, so the year is not judged by any."
        return part("promise-and-reality", "Nothing to hold the year to", [none])
    done = "met" if brief.report.meets_standard(RATE, brief.year) else "missed"
    told = [
        f"At least {standard(RATE)} of those who finish and were at caseness at the start should recover; {figure(RATE)} did, "
        f"so the standard was {brief.said(done, RATE)}."
    ]
    waits = [
        f"at least {standard(name)} should begin {limit(name)}, and {figure(name)} did"
        for name in (SIX, EIGHTEEN)
        if brief.known(name) and brief.report.standard(name, brief.year)
    ]
    told.append(f"Of all who finish, {'; '.join(waits)}." if waits else "")
    told.append(
        brief.choose(
            "What no standard asks is how many never begin, how many leave after a single appointment, or how soon the second "
            "comes.",
            "How many never begin, how many leave after a single appointment and how soon the second comes is asked by none "
            "of these.",
        )
    )
    if brief.known("recovered_of_treated"):
        told.append(
            f"Counted among all the referrals that ended after treatment, recovery comes to {figure('recovered_of_treated')}, "
            "and a headline without its base does not say which it means."
        )
    return part("promise-and-reality", _promise_title(brief), [told])


def _promise_title(brief: Brief) -> str:
    """Which standards were met and which missed, each in words that are checked."""
    judged = {name: brief.report.meets_standard(name, brief.year) for name in (RATE, SIX, EIGHTEEN)}
    done = {name: brief.said("met" if met else "missed", name) for name, met in judged.items() if met is not None}
    waits = [name for name in (SIX, EIGHTEEN) if name in done]
    if not waits:
        return f"The recovery standard was {done[RATE]}"
    if len({judged[name] for name in waits}) == 1:
        each = "its own" if len(waits) == 1 else "both of its own"
        link = "and" if judged[RATE] == judged[waits[0]] else "but"
        return f"Recovery {done[RATE]} its standard, {link} the first wait {done[waits[0]]} {each}"
    told = [f"that of treatment {limit(name)} {done[name]}" for name in waits]
    return join_words([f"The standard of recovery was {done[RATE]}", *told])


_RISEN_FALLEN: Mapping[str, tuple[str, str]] = {
    "recovery_rate": ("recovery rose to {value} {caseness}", "recovery fell to {value} {caseness}"),
    "recovery": ("more referrals ended in recovery, {value}", "fewer referrals ended in recovery, {value}"),
    "finished_course_of_treatment": ("more courses were finished, {value}", "fewer courses were finished, {value}"),
    "completion_rate": (
        "of the referrals that ended after treatment a larger share had finished, {value}",
        "of the referrals that ended after treatment a smaller share had finished, {value}",
    ),
    "finished_of_entered": (
        "finished courses gained on entries, at {value} of the referrals that entered treatment",
        "finished courses fell behind entries, at {value} of the referrals that entered treatment",
    ),
    "reliable_improvement_rate": (
        "reliable improvement rose to {value} {finished}",
        "reliable improvement fell to {value} {finished}",
    ),
    "reliable_recovery_rate": (
        "reliable recovery rose to {value} {caseness}",
        "reliable recovery fell to {value} {caseness}",
    ),
    "reliable_deterioration_rate": (
        "a larger share {finished}, {value}, got reliably worse",
        "a smaller share {finished}, {value}, got reliably worse",
    ),
    "first_treatment_within_6_weeks": (
        "treatment had begun {limit} of referral for a larger share {finished}, {value}",
        "treatment had begun {limit} of referral for a smaller share {finished}, {value}",
    ),
    "second_treatment_within_6_weeks": (
        "the second appointment came {limit} of the first for a larger share {finished}, {value}",
        "the second appointment came {limit} of the first for a smaller share {finished}, {value}",
    ),
    "entered_of_received": (
        "entries to treatment gained on referrals, at {value} of those received",
        "entries to treatment fell behind referrals, at {value} of those received",
    ),
    "not_seen_of_ended": (
        "of the referrals that ended a larger share, {value}, had not been seen",
        "of the referrals that ended a smaller share, {value}, had not been seen",
    ),
    "recovered_of_ended": (
        "of all the referrals that ended a larger share had recovered, {value}",
        "of all the referrals that ended a smaller share had recovered, {value}",
    ),
}
"""What is said of a metric that rose, and of one that fell."""

_MORE_IS_WORSE = ("reliable_deterioration_rate", "not_seen_of_ended")
_ALIKE = (("recovery_rate", "reliable_recovery_rate"), ("finished_course_of_treatment", "recovery"))
"""Metrics that say so nearly the same that the second is left out beside the first."""

_EACH = 2
_WORTH_TELLING = Fraction(1, 2)


def good_and_bad(brief: Brief) -> Part:
    """What got better and what got worse, the greatest news first, and how the gaps between groups moved."""
    if brief.year <= COMPARABLE_SINCE:
        return part("good-news-bad-news", "Good news, bad news", [_first_balance(brief)])
    good, bad, still = _balance(brief)
    lines = [
        f"**The good.** {' '.join(good[:_EACH])}"
        if good
        else "**The good.** No figure that this report follows got better on the year.",
        f"**The bad.** {' '.join(bad[:_EACH])}"
        if bad
        else "**The bad.** No figure that this report follows got worse on the year, which is not to say that all is well.",
        _gap_line(brief),
    ]
    notes = [f"Little changed, and left out above: {', '.join(still)}."] if still else []
    return part("good-news-bad-news", "Good news, bad news", lines, notes)


def _balance(brief: Brief) -> tuple[list[str], list[str], list[str]]:
    """The sentences of what got better, those of what got worse, and the titles of what did neither."""
    good, bad, still = [], [], []
    crossed = brief.crossed(RATE)
    if crossed in ("first", "again"):
        how = brief.said("for the first time", RATE) if crossed == "first" else "again"
        good.append(f"The recovery standard was {brief.said('met', RATE)} {how}, at {figure(RATE)} {CASENESS}.")
    elif crossed == "missed":
        bad.append(f"The recovery standard was {brief.said('missed', RATE)}, at {figure(RATE)} {CASENESS}.")
    ordered = sorted(
        (name for name in HEADLINES if name in _RISEN_FALLEN and brief.known(name)), key=lambda name: -brief.news(name)
    )
    done = {RATE} if crossed in ("first", "again", "missed") else set()
    for name in ordered:
        way = brief.way(name)
        if way == "flat" and name not in done:
            still.append(METRICS_BY_NAME[name].title)
        if way not in ("up", "down") or name in done or any(name in pair and done & set(pair) for pair in _ALIKE):
            continue
        done.add(name)
        (good if (way == "up") != (name in _MORE_IS_WORSE) else bad).append(_told(name, way, brief))
    return good, bad, still


def _told(name: str, way: str, brief: Brief) -> str:
    limits = limit(name) if "treatment_within" in name else ""
    words = _RISEN_FALLEN[name][way == "down"].format(
        value=figure(name), caseness=CASENESS, finished=FINISHED, limit=limits
    )
    if brief.record(name) and words.endswith("}}") and "the first" not in words:
        words += f", {brief.recorded(name)}"
    return sentence(words)


def _gap_line(brief: Brief) -> str:
    """Of the gaps that grew and of those that shrank, the one that is the greatest news, from and to."""
    moved = [found for found in brief.gaps() if found.change is not None and abs(found.change) >= _WORTH_TELLING]
    firsts = [next((one for one in moved if (one.change or 0) * sign > 0), None) for sign in (1, -1)]
    told = []
    for found in filter(None, firsts):
        upper, lower = (group_key(group) for group in found.groups)
        ends = f"from {gap(upper, lower, brief.last)} to {gap(upper, lower)}"
        told.append(
            f"between {group_name(upper)} and {group_name(lower)} {'grew' if (found.change or 0) > 0 else 'shrank'} {ends}"
        )
    return f"**Between groups.** The gap in recovery {', and that '.join(told)}." if told else ""


def _first_balance(brief: Brief) -> str:
    better, worse = "reliable_improvement_rate", "reliable_deterioration_rate"
    return (
        "The year before cannot be set beside this one, so better and worse cannot be told. Reliable improvement, at "
        f"{figure(better)} {FINISHED}, was far commoner than reliable deterioration, at {figure(worse)}."
    )


def what_next(brief: Brief) -> Part:
    """What to look for in the next year: a standard on the edge, a wait or a share that got worse, a gap that grew."""
    told = [_of_standard(brief), _of_second_wait(brief), _of_completion(brief), _of_gap(brief), _of_lacks(brief)]
    told = [one for one in told if one]
    if brief.year < COMPARABLE_SINCE:
        told = [
            "With {{ next_year }} the comparable series begins, and only from there can a change be told from a new way of counting."
        ]
    elif not told:
        told = ["The figures of {{ next_year }} will show which of these changes were the first of several."
                if brief.year > COMPARABLE_SINCE else "The figures of {{ next_year }} are the first that can be set beside these."]  # fmt: skip
    notes = ["Write here, as an opinion, what ought to follow from all this. A draft has none."]
    return part("what-next", "What to look for next", [told], notes)


def _of_standard(brief: Brief) -> str:
    held, found = brief.report.standard(RATE, brief.year), brief.report.figure(RATE, brief.year)
    if held is None or not found.known:
        return ""
    near = abs(found.exact - held.level) < Fraction(1, 2)
    if found.exact >= held.level:
        if near:
            return f"The recovery rate is {side_of_standard(brief)}, and {{{{ next_year }}}} may undo it."
        told = f"The recovery rate is {side_of_standard(brief)}; whether it stays there {{{{ next_year }}}} will show."
        return told if brief.crossed(RATE) == "first" else ""
    if near:
        return f"The recovery rate is {side_of_standard(brief)}, and {{{{ next_year }}}} may mend it."
    return "Whether the recovery rate reaches its standard is the first thing to look for in {{ next_year }}."


def _of_second_wait(brief: Brief) -> str:
    if brief.way(SECOND) == "down":
        return "How soon the second appointment comes needs watching most, since no standard does."
    if brief.way(SECOND) == "up":
        return "Whether the second appointment goes on coming sooner is worth a look, since no standard takes one."
    return ""


def _of_completion(brief: Brief) -> str:
    if brief.way("completion_rate") == "down" or (
        not brief.known("completion_rate") and brief.way("finished_of_entered") == "down"
    ):
        return "How many of those who begin treatment stay to finish it should be looked at before the headline is."
    return ""


def _of_gap(brief: Brief) -> str:
    grown = [one for one in brief.gaps() if one.change is not None and one.change >= _WORTH_TELLING]
    if not grown:
        return ""
    upper, lower = (group_key(group) for group in grown[0].groups)
    return (
        f"The gap in recovery between {group_name(upper)} and {group_name(lower)} grew to {gap(upper, lower)}; "
        "{{ next_year }} will show whether it goes on."
    )


_NOUNS = {
    "completion_rate": "the completion rate",
    "not_seen_of_ended": "how many ended unseen",
    "recovered_of_ended": "what share of all that ended recovered",
    "recovered_of_treated": "what share of those treated recovered",
    "mean_treatment_appointments": "the length of a course",
    "mean_wait_finished": "the mean wait",
    "second_treatment_within_6_weeks": "the wait for the second appointment",
}


def _of_lacks(brief: Brief) -> str:
    lacking = [_NOUNS[found.metric] for found in brief.findings if found.kind == "lack" and found.metric in _NOUNS]
    return (
        f"We would also like to know again {join_words(lacking)}, which the sources gave for {{{{ last_year }}}}."
        if lacking
        else ""
    )
