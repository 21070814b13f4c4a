"""The end of a draft: promise and reality, good news and bad, and what to look for next."""

from collections.abc import Mapping

from yearbook.findings import HEADLINES
from yearbook.metrics import METRICS_BY_NAME
from yearbook.pages.drafts.brief import CASENESS, FINISHED, Brief
from yearbook.pages.drafts.draft import Part, part, sentence
from yearbook.pages.drafts.expressions import figure, limit, record, say, standard
from yearbook.pages.drafts.waits import EIGHTEEN, SIX

RATE = "recovery_rate"


def promise_and_reality(brief: Brief) -> Part:
    """Each standard in force beside what was done, and what none of them asks."""
    if brief.report.standard(RATE, brief.year) is None:
        told = "No standard in our sources was in force in {{ year }}, so the year is not judged by any."
        return part("promise-and-reality", "Nothing to hold the year to", [told])
    done = "met" if brief.report.meets_standard(RATE, brief.year) else "missed"
    told = [
        f"At least {standard(RATE)} of those who finish and were at caseness at the start should recover; {figure(RATE)} did, "
        f"so the standard was {say(done, RATE)}."
    ]
    if brief.known(SIX, EIGHTEEN) and brief.report.standard(SIX, brief.year):
        told.append(
            f"{FINISHED[:1].upper()}{FINISHED[1:]}, {standard(SIX)} should begin {limit(SIX)}, and {figure(SIX)} did; "
            f"{standard(EIGHTEEN)} should begin {limit(EIGHTEEN)}, and {figure(EIGHTEEN)} did."
        )
    told.append("None of these asks how many never begin, how many leave after a single appointment, or how soon the second comes.")
    if brief.known("recovered_of_treated"):
        told.append(
            f"Counted among all the referrals that ended after treatment, recovery comes to {figure('recovered_of_treated')}; a "
            "headline that leaves out its base invites the reader to take the one for the other."
        )
    return part("promise-and-reality", _promise_title(brief), [told])


def _promise_title(brief: Brief) -> str:
    judged = {name: brief.report.meets_standard(name, brief.year) for name in (RATE, SIX, EIGHTEEN)}
    met = [name for name, found in judged.items() if found]
    known = [name for name, found in judged.items() if found is not None]
    if len(met) == len(known):
        return "Every standard was met" if len(known) > 1 else "The recovery standard was met"
    if RATE not in met and len(met) == len(known) - 1 and met:
        return "The standards for waiting were met, the one for recovery was not"
    return "No standard was met" if not met else "Some standards were met, and some were not"


_GOOD_BAD: Mapping[str, tuple[str, str]] = {
    "recovery_rate": (
        "recovery, {caseness}, rose to {value}",
        "recovery, {caseness}, fell to {value}",
    ),
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
        "a larger share {finished}, {value}, had begun {limit}",
        "a smaller share {finished}, {value}, had begun {limit}",
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
        "of the referrals that ended a larger share, {value}, had never been seen",
        "of the referrals that ended a smaller share, {value}, had never been seen",
    ),
    "recovered_of_ended": (
        "of all the referrals that ended a larger share had recovered, {value}",
        "of all the referrals that ended a smaller share had recovered, {value}",
    ),
}
"""What is said of a metric that rose and of one that fell. Those where more is worse are in `_WORSE`."""

_WORSE = ("reliable_deterioration_rate", "not_seen_of_ended")
_EACH = 3


def good_and_bad(brief: Brief) -> Part:
    """What got better and what got worse, the greatest news first, and what did neither."""
    good: list[str] = []
    bad: list[str] = []
    still: list[str] = []
    ordered = sorted((name for name in HEADLINES if name in _GOOD_BAD and brief.known(name)), key=lambda name: -brief.news(name))
    for name in ordered:
        way = brief.way(name)
        if way == "flat":
            still.append(METRICS_BY_NAME[name].title)
        elif way:
            (good if (way == "up") != (name in _WORSE) else bad).append(_told(name, way, brief))
    lines = [
        f"**The good.** {' '.join(good[:_EACH])}" if good else "",
        f"**The bad.** {' '.join(bad[:_EACH])}" if bad else "",
        _gap_line(brief),
    ]
    if not good and not bad:
        lines = [_first_balance(brief)]
    elif not bad:
        lines[1] = "**The bad.** No rate that this report follows got worse on the year, which is not to say that all is well."
    elif not good:
        lines[0] = "**The good.** No rate that this report follows got better on the year."
    notes = [f"Little changed, and left out above: {', '.join(still)}."] if still else []
    return part("good-news-bad-news", "Good news, bad news", lines, notes)


def _told(name: str, way: str, brief: Brief) -> str:
    limits = limit(name) if "treatment_within" in name else ""
    words = _GOOD_BAD[name][way == "down"].format(value=figure(name), caseness=CASENESS, finished=FINISHED, limit=limits)
    return sentence(words + (f", {record(name)}" if brief.record(name) and words.endswith("}}") else ""))


def _gap_line(brief: Brief) -> str:
    moved = [found for found in brief.gaps() if found.change is not None and abs(found.change) >= 0.5]
    wider = sum(found.change > 0 for found in moved if found.change is not None)
    if not moved:
        return ""
    if wider == len(moved):
        return "**Between groups.** Every gap in recovery that moved grew wider."
    if wider == 0:
        return "**Between groups.** Every gap in recovery that moved grew narrower."
    return "**Between groups.** Some gaps in recovery narrowed, and others widened."


def _first_balance(brief: Brief) -> str:
    better, worse = "reliable_improvement_rate", "reliable_deterioration_rate"
    return (
        f"There is no year before to set this one beside, so better and worse cannot be told. Reliable improvement, at "
        f"{figure(better)} {FINISHED}, was far commoner than reliable deterioration, at {figure(worse)}."
    )


_QUESTIONS: Mapping[str, str] = {
    "recovery_rate": "the recovery rate",
    "completion_rate": "the completion rate",
    "finished_of_entered": "how far finished courses keep step with entries",
    "second_treatment_within_6_weeks": "how soon the second appointment comes",
    "first_treatment_within_6_weeks": "how soon treatment begins",
    "reliable_deterioration_rate": "how many get reliably worse",
    "reliable_improvement_rate": "how many reliably improve",
    "not_seen_of_ended": "how many end unseen",
    "unscored_rate": "how many courses have no outcome on record",
}


def what_next(brief: Brief) -> Part:
    """What to look for in the next year: what moved most, the standard where it hangs on little, the widest gap."""
    ranked = sorted((name for name in _QUESTIONS if brief.known(name)), key=lambda name: -brief.news(name))
    watched = [_QUESTIONS[name] for name in ranked[:_EACH]]
    told = [f"In {{{{ next_year }}}} look first at {', '.join(watched[:-1])} and {watched[-1]}." if len(watched) > 1 else ""]
    if brief.crossed(RATE) in ("first", "again"):
        told.append("A standard met once is met by so little that the next year may undo it." if _close(brief) else "")
    elif brief.crossed(RATE) == "missed" and _close(brief):
        told.append("The standard was missed by so little that the next year may mend it.")
    lacking = [METRICS_BY_NAME[found.metric].title.lower() for found in brief.findings if found.kind == "lack"]
    if lacking:
        told.append(f"Known the year before and missing now: {', '.join(lacking)}.")
    notes = ["Write here, as an opinion, what ought to follow from all this. A draft has none."]
    return part("what-next", "What to look for next", [told], notes)


def _close(brief: Brief) -> bool:
    held, found = brief.report.standard(RATE, brief.year), brief.report.figure(RATE, brief.year)
    return held is not None and found.known and abs(found.exact - held.level) < 1
