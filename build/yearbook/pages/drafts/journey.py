"""The middle of a draft: the journey from referral, and what became of it on the way."""

from yearbook.pages.drafts.brief import ENTERED, RECEIVED, TREATED, Brief
from yearbook.pages.drafts.draft import Part, part
from yearbook.pages.drafts.expressions import change, figure
from yearbook.report import MONTHLY


def journey(brief: Brief) -> Part:
    """The year's flows, then the ended cohort as far as it is known, each in sentences of its own."""
    return part("journey", _journey_title(brief), [_flows(brief), _cohort(brief), [] if brief.ended else _yield(brief)])


def _journey_title(brief: Brief) -> str:
    received, recovered = brief.way("referrals_received"), brief.way("recovery")
    if not received or not recovered:
        return f"{figure('referrals_received')} referrals, and {figure('recovery')} recoveries in the same year"
    ins = {"up": "More referrals in", "down": "Fewer referrals in", "flat": "Referrals in much as before"}[received]
    outs = {"up": "more recoveries out", "down": "fewer recoveries out", "flat": "recoveries much as before"}[recovered]
    return f"{ins}, {'and ' if received in (recovered, 'flat') else ''}{outs}"


def _flows(brief: Brief) -> list[str]:
    received, entered, finished, recovered = (
        "referrals_received", "entered_treatment", "finished_course_of_treatment", "recovery",
    )  # fmt: skip
    told = [
        brief.choose(
            f"The service received {figure(received)} referrals in {{{{ year }}}}{brief.changed(received)}.",
            f"In {{{{ year }}}} the service received {figure(received)} referrals{brief.changed(received)}.",
        )
    ]
    if brief.known(entered):
        told.append(f"Entries to treatment numbered {figure(entered)}{brief.tail(entered)}.")
    done = f"{figure(finished)} courses of treatment were finished{brief.changed(finished)}"
    out = f"{figure(recovered)} ended in recovery{brief.changed(recovered)}"
    if brief.way(finished) == "flat" and brief.way(entered) == "up":
        told.append(f"At the other end little was added: {done}, and {out}.")
    elif brief.way(finished) == "up" and brief.way(received) == "down":
        told.append(f"At the other end more came out: {done}, and {out}.")
    elif brief.way(finished) == "down":
        told.append(f"At the other end fewer came out: {done}, and {out}.")
    else:
        told.append(f"In the same year {done}, and {out}.")
    if event := brief.marked(brief.year):
        told.append(f"This was the {event.mark} year: what rose or fell in it may have done so for that reason alone.")
    elif brief.before_marked:
        told.append(
            f"Set against {brief.before_marked}, before the {_mark(brief)} year, referrals were "
            f"{change(received, brief.before_marked)} and finished courses {change(finished, brief.before_marked)}."
        )
    return told


def _mark(brief: Brief) -> str:
    event = brief.marked(brief.last)
    return event.mark if event else ""


def _cohort(brief: Brief) -> list[str]:
    recovered = "recovered_of_ended"
    if brief.ended:
        told = [
            brief.choose(
                "Those are flows through the year, and not one group; the ended cohort is one, and can be followed.",
                "Flows are different referrals at each gate; the ended cohort is one group, and so it is told apart.",
            ),
            f"Of the {figure('ended_referrals')} referrals that ended, {figure('treated_of_ended')} had been treated at "
            f"least once, {figure('finished_of_ended')} had finished a course and {figure(recovered)} had recovered.",
        ]
        if brief.report.working("ended_referrals", brief.year).basis == MONTHLY:
            told.append(
                brief.choose(
                    "We have these as sums of monthly releases, which come close to annual figures without matching them.",
                    "These are our own sums of monthly releases, near the annual figures and not the same.",
                )
            )
        return [*told, _earlier_yield(brief)]
    if brief.known(recovered):
        begins = "Of the referrals that ended in the year, whenever they had been received,"
        return [f"{begins} {figure(recovered)} ended in recovery{brief.changed(recovered)}."]
    return []


def _earlier_yield(brief: Brief) -> str:
    recovered = "recovered_of_ended"
    if brief.way(recovered) == "flat":
        then = figure(recovered, brief.last)
        return f"Of those that ended in {{{{ last_year }}}} it was {then} that recovered, no difference to speak of."
    if brief.way(recovered):
        return f"Of those that ended the year before, {figure(recovered, brief.last)} had recovered."
    first = brief.first_known(recovered)
    if first is None:
        return ""
    return f"The first such share that we hold is of those that ended in {first}: {figure(recovered, first)}."


def _yield(brief: Brief) -> list[str]:
    name = "recovered_of_received"
    if not brief.known(name) or not brief.way(name):
        return []
    told = f"Recoveries came to {figure(name)} {RECEIVED} in the year{brief.changed(name)}"
    if first := brief.first_known(name, 3):
        return [
            f"{told}.",
            f"It is a ratio of flows and nobody’s chance, but it can be followed: in {first} it was {figure(name, first)}.",
        ]
    return [f"{told}: a ratio of flows, and nobody’s chance of recovering."]


def from_referral(brief: Brief) -> Part:
    """Who was never seen or left early, of those that ended; how entries stood to referrals, as flows."""
    if brief.ended:
        return part("from-referral", _unseen_title(brief), [_unseen(brief), _entries_beside(brief)])
    return part("from-referral", _entries_title(brief), [_entries(brief)])


def _unseen_title(brief: Brief) -> str:
    name = "not_seen_of_ended"
    if not brief.known(name):
        return f"{figure('before_treatment_of_ended')} of the referrals that ended did so before treatment"
    whole = "of the referrals that ended"
    share = f"{brief.share(name)} {whole}"
    return {
        "up": f"A larger share ended unseen: {share}",
        "down": f"A smaller share ended unseen: {share}",
        "flat": f"As large a share as before was never seen: {share}",
    }.get(brief.way(name), f"{figure(name)} {whole} were never seen")


def _unseen(brief: Brief) -> list[str]:
    unseen, untreated, once = "not_seen_of_ended", "seen_not_treated_of_ended", "one_treatment_of_ended"
    if not brief.known(unseen):
        before = "before_treatment_of_ended"
        return [
            f"{figure('ended_before_treatment')} referrals ended before any treatment, {figure(before)} of all that ended."
        ]
    told = [
        f"{figure('ended_not_seen')} referrals ended without ever being seen, {figure(unseen)} of all that "
        f"ended{brief.changed(unseen)}."
    ]
    if not brief.way(unseen) and (first := brief.first_known(unseen)):
        told.append(f"The first figure of the kind that we hold is {figure(unseen, first)}, for {first}.")
    if brief.known(untreated, once):
        told.append(
            f"A further {figure(untreated)} of them had been seen and not treated, and {figure(once)} ended after a single treatment "
            f"appointment{brief.changed(once)}."
        )
    told.append(brief.choose("Why they went no further is not recorded.", "What stopped them the figures do not say."))
    return told


def _entries_beside(brief: Brief) -> list[str]:
    name = "entered_of_received"
    if brief.way(name) in ("", "flat"):
        return []
    begins = "In-year flows are another count: by them, entries to treatment came to"
    return [f"{begins} {figure(name)} {RECEIVED}{brief.tail(name)}."]


def _entries_title(brief: Brief) -> str:
    name = "entered_of_received"
    if not brief.known(name):
        return f"{figure('referrals_received')} referrals were received"
    return {
        "up": "Entries to treatment gained on referrals",
        "down": f"Entries to treatment {brief.verb(name)} behind referrals",
        "flat": "Entries to treatment kept step with referrals",
    }.get(brief.way(name), f"Entries to treatment came to {figure(name)} of referrals received")


def _entries(brief: Brief) -> list[str]:
    name = "entered_of_received"
    if not brief.known(name):
        if brief.known("entered_treatment"):
            return [
                f"The count of entries to treatment, {figure('entered_treatment')}, comes from another kind of source than that of "
                "the referrals received, so the one is not divided by the other."
            ]
        return ["How many of these, or of earlier referrals, entered treatment is in none of our sources."]
    told = [f"Entries to treatment came to {figure(name)} {RECEIVED} in the year{brief.tail(name)}."]
    if (first := brief.first_known(name)) and not brief.record(name):
        told.append(f"In {first} they had come to {figure(name, first)}.")
    told.append(
        brief.choose(
            "Neither flow is part of the other: a referral received late in one year may enter treatment in the next, and the "
            "annual figures cannot tell waiting from giving up.",
            "How much of the shortfall was waiting and how much was giving up, the annual figures cannot tell.",
            "Those that did not enter were not all lost: some were waiting as the year closed, and will be in the next.",
        )
    )
    return told


def from_entering(brief: Brief) -> Part:
    """Completion, of those that ended after treatment; finished courses beside entries, as flows."""
    return part("from-entering", _completion_title(brief), [_completion(brief), _finished_flows(brief)])


def _completion_title(brief: Brief) -> str:
    rate, flows = "completion_rate", "finished_of_entered"
    if brief.known(rate):
        return {
            "up": "A larger share of those treated stayed to finish",
            "down": "A smaller share of those treated stayed to finish",
            "flat": "Completion stayed where it was",
        }.get(brief.way(rate), f"Completion stood at {figure(rate)} of the referrals that ended after treatment")
    return {
        "up": "Finished courses gained on entries",
        "down": f"Finished courses {brief.verb(flows)} behind entries",
        "flat": "Finished courses kept step with entries",
    }.get(brief.way(flows), f"{figure('finished_course_of_treatment')} courses of treatment were finished")


def _completion(brief: Brief) -> list[str]:
    rate, once = "completion_rate", "one_treatment_rate"
    rule = brief.choose(
        "A course counts as finished once a second treatment appointment has been attended, whatever the reason for ending.",
        "To have finished is to have ended after more than a single treatment appointment, for whatever reason.",
    )
    if not brief.known(rate):
        return [rule]
    told = [rule]
    left = f", and {figure(once)} had left before" if brief.known(once) else ""
    told.append(f"By that rule {figure(rate)} {TREATED} had finished{brief.tail(rate)}{left}.")
    first = brief.first_known(rate)
    if first and brief.before_marked and brief.known(rate, year=brief.before_marked):
        then = brief.before_marked
        told.append(
            f"Before the {_mark(brief)} year, in {then}, completion on this base had been {figure(rate, then)}."
        )
    elif first:
        told.append(f"Our record of the rate has gaps; the earliest year in it, {first}, has {figure(rate, first)}.")
    return told


def _finished_flows(brief: Brief) -> list[str]:
    name = "finished_of_entered"
    if not brief.known(name):
        return []
    told = [f"As flows through the year, finished courses came to {figure(name)} {ENTERED}{brief.tail(name)}."]
    if since := brief.turned(name):
        words = f"{'fallen' if brief.way(name) == 'up' else 'risen'} every year"
        told.append(f"Until then that ratio had {brief.said(words, name, brief.last, since)} from {since} on.")
    entered, finished = brief.way("entered_treatment"), brief.way("finished_course_of_treatment")
    if entered and finished and brief.way(name) != "flat" and not brief.ended:
        told.append(
            f"Entries were {change('entered_treatment')}, and finished courses {change('finished_course_of_treatment')}."
        )
    if brief.way(name) == "down" and entered == "up":
        told.append(
            "When entries grow, more courses are still under way as the year closes, and some of the drop may be that."
        )
    elif brief.way(name) == "up" and entered == "down":
        told.append("When entries shrink, courses begun the year before weigh more, and some of the gain may be that.")
    return told
