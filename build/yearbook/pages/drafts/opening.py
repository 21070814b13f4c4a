"""The beginning of a draft: its standfirst and its highlights."""

from yearbook.formatting import sentence_case
from yearbook.groups import LEAST_DEPRIVED, MOST_DEPRIVED, group_key
from yearbook.pages.drafts.brief import CASENESS, ENDED, FINISHED, TREATED, Brief
from yearbook.pages.drafts.draft import Part, part
from yearbook.pages.drafts.expressions import change, figure, gap, limit, standard
from yearbook.report import COMPARABLE_SINCE


def standfirst(brief: Brief) -> str:
    """The recovery rate with its base, the volume, and whatever makes the year hard to compare."""
    told = [_recovery_sentence(brief), _volume_sentence(brief)]
    if event := brief.marked(brief.year):
        told.append(f"All of it belongs to the {event.mark} year, and no trend should be read into it.")
    elif brief.before_marked:
        told.append("The year before is a poor one to compare with, so the report looks further back too.")
    elif brief.year < COMPARABLE_SINCE:
        told.append("Every later year was counted on another basis, so nothing here is set beside them.")
    elif brief.year == COMPARABLE_SINCE:
        told.append("The later years can be set beside it.")
    return " ".join(told)


def _recovery_sentence(brief: Brief) -> str:
    name = "recovery_rate"
    crossed, way = brief.crossed(name), brief.way(name)
    if crossed == "first":
        return f"At {figure(name)} {CASENESS}, the recovery rate has {brief.said('reached', name)} the standard of {standard(name)} {brief.said('for the first time', name)}."
    if crossed == "again":
        return f"At {figure(name)} {CASENESS}, the recovery rate has come back to the right side of its standard of {standard(name)}."
    if crossed == "missed":
        return f"At {figure(name)} {CASENESS}, the recovery rate has slipped under its standard of {standard(name)}."
    if brief.record(name):
        return f"At {figure(name)} {CASENESS}, the recovery rate is {brief.recorded(name)}."
    if way in ("up", "down"):
        return f"Recovery {brief.moved_to(name)} {CASENESS}, {change(name)} on {{{{ last_year }}}}."
    if way == "flat":
        then = figure(name, brief.last)
        return f"Recovery {brief.said('hardly moved', name)}: it was {figure(name)} {CASENESS}, against {then} in {{{{ last_year }}}}."
    return f"In {{{{ year }}}} the recovery rate was {figure(name)} {CASENESS}."


def _volume_sentence(brief: Brief) -> str:
    received, finished = "referrals_received", "finished_course_of_treatment"
    done = f"{figure(finished)} courses of treatment were finished{brief.changed(finished)}"
    if brief.way(received) == "down":
        return f"Fewer referrals were received, {figure(received)}{brief.changed(received)}, while {done}."
    if brief.record(received) == "high":
        return f"The referrals received, {figure(received)}, were {brief.said('the most so far', received)}; {done}."
    return f"The service received {figure(received)} referrals{brief.changed(received)}, and {done}."


def highlights(brief: Brief) -> Part:
    """Five or six bullets, each a live claim with its base."""
    bullets = [
        _recovery_bullet(brief), _in_bullet(brief), _out_bullet(brief), _through_bullet(brief), _wait_bullet(brief),
        _gap_bullet(brief) or _improvement_bullet(brief),
    ]  # fmt: skip
    told = [f"- {bullet}" for bullet in bullets if bullet]
    notes = ["Cut to five or six. The findings that were not used are listed by: yearbook draft YEAR --findings"]
    return part("highlights", "Key highlights", told, notes)


def _recovery_bullet(brief: Brief) -> str:
    name = "recovery_rate"
    told = f"The recovery rate was **{figure(name)}** {CASENESS}{brief.tail(name)}."
    crossed = brief.crossed(name)
    if not crossed:
        return told
    done = brief.said("met" if brief.report.meets_standard(name, brief.year) else "missed", name)
    ends = {
        "first": f"The standard of {standard(name)} was {done}, as it had not been before.",
        "again": f"The standard of {standard(name)}, missed the year before, was {done}.",
        "missed": f"The standard of {standard(name)}, met the year before, was {done}.",
        "never": f"The standard of {standard(name)} was {done}, as in every year since it was set.",
        "begins": f"Until then it had no standard to be held to; the one now set, {standard(name)}, was {done}.",
    }
    return f"{told} {ends[crossed]}"


def _in_bullet(brief: Brief) -> str:
    received, entered = "referrals_received", "entered_treatment"
    told = f"**{figure(received)}** referrals were received{brief.tail(received)}"
    if not brief.known(entered):
        return f"{told}."
    return f"{told}; {figure(entered)} entered treatment{brief.changed(entered)}."


def _out_bullet(brief: Brief) -> str:
    finished, recovered = "finished_course_of_treatment", "recovery"
    told = f"Courses of treatment finished came to **{figure(finished)}**{brief.changed(finished)}"
    return f"{told}, and recoveries to {figure(recovered)}{brief.changed(recovered)}."


def _through_bullet(brief: Brief) -> str:
    if brief.ended and brief.known("not_seen_of_ended"):
        return (
            f"{ENDED[:1].upper()}{ENDED[1:]}, **{figure('not_seen_of_ended')}** had not been seen and "
            f"{figure('recovered_of_ended')} had recovered."
        )
    if brief.known("completion_rate"):
        return f"{TREATED[:1].upper()}{TREATED[1:]}, **{figure('completion_rate')}** had finished a course."
    if brief.known("finished_of_entered"):
        return (
            f"As flows through the year, finished courses came to **{figure('finished_of_entered')}** of the referrals that "
            f"entered treatment{brief.changed('finished_of_entered')}."
        )
    return ""


def _wait_bullet(brief: Brief) -> str:
    first, second = "first_treatment_within_6_weeks", "second_treatment_within_6_weeks"
    if not brief.known(first):
        return ""
    told = f"Treatment began {limit(first)} of referral for **{figure(first)}** {FINISHED}{brief.changed(first)}"
    if not brief.known(second):
        return f"{told}."
    return f"{told}; the second appointment followed {limit(second)} of the first for {figure(second)}{brief.changed(second)}."


def _gap_bullet(brief: Brief) -> str:
    most, least = MOST_DEPRIVED, LEAST_DEPRIVED
    if not brief.known_of("recovery_rate", most) or not brief.known_of("recovery_rate", least):
        return ""
    own = gap(group_key(least), group_key(most))
    told = f"Between the least and the most deprived tenths of neighbourhoods lay **{own}** of recovery, {CASENESS}"
    if brief.known_of("recovery_rate", most, brief.last):
        return f"{told}, against {gap(group_key(least), group_key(most), brief.last)} in {{{{ last_year }}}}."
    return f"{told}."


def _improvement_bullet(brief: Brief) -> str:
    better, worse = "reliable_improvement_rate", "reliable_deterioration_rate"
    if not brief.known(better, worse):
        return ""
    return (
        f"{sentence_case(FINISHED)}, **{figure(better)}** reliably improved{brief.changed(better)}, and {figure(worse)} "
        "reliably deteriorated."
    )
