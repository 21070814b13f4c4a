"""The sections of a draft on waiting and on how much treatment there was."""

from yearbook.pages.drafts.brief import FINISHED, Brief
from yearbook.pages.drafts.draft import Part, part
from yearbook.pages.drafts.expressions import figure, limit, standard
from yearbook.releases import Breakdown
from yearbook.report import MONTHLY
from yearbook.years import FinancialYear

SIX, EIGHTEEN = "first_treatment_within_6_weeks", "first_treatment_within_18_weeks"
SECOND, LONG = "second_treatment_within_6_weeks", "second_treatment_after_90_days"
LOW = Breakdown("stepped_care", "received only low intensity therapy")
APPOINTMENTS = "mean_treatment_appointments"


def waiting_times(brief: Brief) -> Part:
    """The first wait and its standards, the hidden one after it, and whom the waits describe."""
    if not brief.known(SIX):
        told = "When those who finished had begun their treatment is in none of our sources, so nothing can be said of waiting."
        return part("waiting-times", "No waiting times for {{ year }}", [told])
    return part("waiting-times", _title(brief), [_first(brief), _second(brief), _whom(brief)])


_FIRST = {"up": "Treatment began sooner", "down": "Treatment began later", "flat": "The first wait held steady"}
_SECOND = {
    "up": "the second appointment came sooner",
    "down": "the second appointment came later",
}


def _title(brief: Brief) -> str:
    first, second = brief.way(SIX), brief.way(SECOND)
    if first and second:
        if first == second:
            return {
                "up": f"Both waits grew shorter: {figure(SIX)} began {limit(SIX)}, {figure(SECOND)} came again {limit(SECOND)}",
                "down": f"Both waits grew longer: {figure(SIX)} began {limit(SIX)}, {figure(SECOND)} came again {limit(SECOND)}",
                "flat": "Both waits held steady",
            }[first]
        after = _SECOND.get(second) or f"the second wait {brief.verb(SECOND, 'hardly moved')}"
        return f"{_FIRST[first]}, {'but' if {first, second} == {'up', 'down'} else 'and'} {after}"
    return _FIRST[first] if first else f"{figure(SIX)} of those who finished had begun {limit(SIX)}"


def _first(brief: Brief) -> list[str]:
    told = [
        f"{FINISHED[:1].upper()}{FINISHED[1:]}, {figure(SIX)} had begun treatment {limit(SIX)} of referral{brief.tail(SIX)}."
    ]
    if since := brief.turned(SIX):
        told.append(f"Until then the share had {_every_year(brief, SIX, since)}.")
    if brief.known(EIGHTEEN):
        told.append(f"For {figure(EIGHTEEN)} of them it was {limit(EIGHTEEN)}{brief.changed(EIGHTEEN)}.")
    if brief.report.standard(SIX, brief.year) and brief.report.standard(EIGHTEEN, brief.year):
        told.append(f"The standards ask for {standard(SIX)} and {standard(EIGHTEEN)}.")
    return told


def _second(brief: Brief) -> list[str]:
    if not brief.known(SECOND):
        return ["How long the second appointment took to come is not in the sources."]
    told = [
        brief.choose(
            "Another wait follows, and no standard is set for it.", "Then comes a wait that no standard asks about."
        ),
        f"From the first appointment to the second it was {limit(SECOND)} for {figure(SECOND)} {FINISHED}{brief.tail(SECOND)}.",
    ]
    if since := brief.turned(SECOND):
        told.append(f"Until then that share had {_every_year(brief, SECOND, since)}.")
    if brief.known(LONG):
        told.append(f"It took {limit(LONG)} for {_long_share(brief)} of the same courses{_then(brief, LONG)}.")
    return told


def _every_year(brief: Brief, name: str, since: FinancialYear) -> str:
    """`risen every year from 2017-18 on`, checked: the other way from where the year went."""
    words = f"{'fallen' if brief.way(name) == 'up' else 'risen'} every year"
    return f"{brief.said(words, name, brief.last, since)} from {since} on"


def _long_share(brief: Brief) -> str:
    words = brief.share(LONG)
    return words if words == figure(LONG) else f"{words} ({figure(LONG)})"


def _then(brief: Brief, name: str) -> str:
    first = brief.first_known(name)
    if first:
        return f", where in {first} it had been {figure(name, first)}"
    return f", against {figure(name, brief.last)} the year before" if brief.way(name) else ""


def _whom(brief: Brief) -> list[str]:
    told = [
        brief.choose(
            "All of these are waits of referrals that finished a course; of those that never began they say nothing.",
            "Whoever left before finishing is in none of these waits, and whoever never began is not either.",
        )
    ]
    mean = "mean_wait_finished"
    if brief.known(mean):
        told.append(
            f"The mean wait to the first treatment was {figure(mean)}{brief.changed(mean)}, and a few long waits pull a mean up."
        )
    return told


def how_much_treatment(brief: Brief) -> Part:
    """The mean number of appointments, with what kind of source it has, and how many had low intensity therapy alone."""
    if not brief.known(APPOINTMENTS):
        lack = "The mean number of appointments to a course is in none of our sources for this year."
        return part("how-much-treatment", "How much treatment there was is not in the sources", [lack, _low(brief)])
    basis = brief.report.working(APPOINTMENTS, brief.year).basis
    title = {
        "up": f"A finished course grew longer, to {figure(APPOINTMENTS)} appointments on average",
        "down": f"A finished course grew shorter, to {figure(APPOINTMENTS)} appointments on average",
        "flat": "A finished course was as long as before",
    }.get(
        "" if basis == MONTHLY else brief.way(APPOINTMENTS),
        f"A finished course had {figure(APPOINTMENTS)} appointments on average",
    )
    told = [
        f"A finished course had {figure(APPOINTMENTS)} treatment appointments on average{brief.tail(APPOINTMENTS)}."
    ]
    if basis == "press":
        told.append("That mean is as the press reported it, and may have been rounded.")
    elif basis == MONTHLY:
        told.append("It is a mean of our own over monthly releases, so a small step from the year before means little.")
    first = brief.first_known(APPOINTMENTS)
    if first:
        told.append(f"In {first}, the first year we have it for, it was {figure(APPOINTMENTS, first)}.")
    return part("how-much-treatment", title, [told, _low(brief)])


def _low(brief: Brief) -> list[str]:
    share = "share_of_finished"
    if not brief.known_of(share, LOW):
        return []
    told = f"Low intensity therapy alone was recorded for {brief.of_group(share, LOW)} of finished courses"
    if brief.known_of(share, LOW, brief.last):
        told += f", where in {{{{ last_year }}}} it had been {brief.of_group(share, LOW, brief.last)}"
    return [f"{told}."]
