"""The outcome sections of a draft: all who finished, those at caseness at the start, reliable change."""

from yearbook.pages.drafts.brief import CASENESS, FINISHED, Brief
from yearbook.pages.drafts.draft import Part, part
from yearbook.pages.drafts.expressions import change, figure, standard
from yearbook.report import COMPARABLE_SINCE


def all_who_finished(brief: Brief) -> Part:
    """Recovery of all who finished, and who among them could not recover."""
    name, able = "recovered_of_finished", "eligible_of_finished"
    title = {
        "up": "Of all who finished, a larger share recovered",
        "down": "Of all who finished, a smaller share recovered",
        "flat": f"Of all who finished, the share that recovered {brief.verb(name, 'hardly changed')}",
    }.get(brief.way(name), f"{figure(name)} of all who finished recovered")
    outside = figure("not_at_caseness")
    told = [
        f"Of the {figure('finished_course_of_treatment')} courses finished in {{{{ year }}}}, {figure(name)} ended in "
        f"recovery{brief.tail(name)}.",
        brief.choose(
            f"Not everyone who finishes can recover by the official measure: {outside} scored below the threshold from the "
            "start, and so had no line to cross.",
            f"For {outside} of them recovery was closed from the start, because they began below the threshold.",
            f"The base takes in {outside} who were under the threshold to begin with and could not recover by definition.",
        ),
        f"That leaves {figure(able)} of them all to be counted{brief.tail(able) or brief.changed(able)}.",
    ]
    return part("all-who-finished", title, [told])


def at_caseness(brief: Brief) -> Part:
    """The published recovery rate: its parts, its change, and how it stands to the standard and to earlier years."""
    name = "recovery_rate"
    begins = (
        f"Of {figure('eligible_for_recovery')} referrals that finished and were at caseness at the start, "
        f"{figure('recovery')} recovered and {figure('not_recovered')} did not."
    )
    told = [begins, f"The published recovery rate is therefore {figure(name)} of them{_held_to(brief)}."]
    if brief.crossed(name) == "begins":
        told.append("Earlier years had none to be held to.")
    return part("at-caseness", _rate_title(brief), [[*told, *_history(brief)]])


def _rate_title(brief: Brief) -> str:
    name = "recovery_rate"
    if brief.crossed(name) == "first":
        return f"{figure(name)}: over the line {brief.said('for the first time', name)}"
    crossed = {
        "again": f"Back over the line: {figure(name)}",
        "missed": f"Under the line: {figure(name)}",
    }.get(brief.crossed(name))
    if crossed:
        return crossed
    if brief.record(name):
        return f"{figure(name)}: {brief.recorded(name)}"
    if brief.year == COMPARABLE_SINCE:
        return f"The first comparable rate is {figure(name)}"
    if brief.way(name):
        return f"Recovery {brief.moved_to(name)}"
    return f"{figure(name)} of those at caseness at the start recovered"


def _held_to(brief: Brief) -> str:
    return (
        f", where the standard is {standard('recovery_rate')}"
        if brief.report.standard("recovery_rate", brief.year)
        else ""
    )


def _history(brief: Brief) -> list[str]:
    """How the rate stands to the year before, to a run it may have ended, and to the start of the series."""
    name = "recovery_rate"
    way = brief.way(name)
    if not way:
        if brief.year < COMPARABLE_SINCE:
            return ["Every later year counts on another basis, and the rate is not to be set beside theirs."]
        return ["Later years can be set beside it; the year before, counted on another basis, cannot."]
    then = figure(name, brief.last)
    told = {
        "up": [f"On the same base it had been {then} in {{{{ last_year }}}}, so it is {change(name)}."],
        "down": [f"In {{{{ last_year }}}} it had been {then} on the same base; it is {change(name)}."],
        "flat": [
            f"In {{{{ last_year }}}} it was {then} on the same base, and a step of that size counts here as none."
        ],
    }[way]
    if since := brief.turned(name):
        words = f"{'risen' if way == 'down' else 'fallen'} every year"
        told.append(f"Until then it had {brief.said(words, name, brief.last, since)} from {since} on.")
    if brief.before_marked:
        told.append(f"Nor does that hang on the year chosen: since {brief.before_marked} the rate is {change(name, brief.before_marked)}."
                    if _same_way(brief) else f"Since {brief.before_marked} it is {change(name, brief.before_marked)}.")  # fmt: skip
    elif (first := brief.first_known(name, 3)) is not None:
        told.append(f"Where the comparable series begins, in {first}, the rate on this base was {figure(name, first)}.")
    return told


def _same_way(brief: Brief) -> bool:
    then = brief.before_marked
    change_since = brief.report.change("recovery_rate", brief.year, then).difference if then else None
    return change_since is not None and brief.way("recovery_rate") == ("up" if change_since > 0 else "down")


def outcomes(brief: Brief) -> Part:
    """Reliable improvement, deterioration and recovery, and what is not on record."""
    better, worse, none, recovered = (
        "reliable_improvement_rate", "reliable_deterioration_rate", "no_reliable_change_rate", "reliable_recovery_rate",
    )  # fmt: skip
    first = [
        brief.choose(
            "Reliable change asks for a movement larger than the questionnaires’ own error.",
            "A change is called reliable when it is larger than the error of the questionnaires.",
            "Whoever crosses no line may still have got better, or worse, by more than the questionnaires’ error.",
        ),
        f"{FINISHED[:1].upper()}{FINISHED[1:]}, {figure(better)} reliably improved{brief.tail(better)}.",
        f"Reliable deterioration on that base {brief.moved_to(worse)}, and {figure(none)} showed no reliable change.",
    ]
    second = [
        f"Reliable recovery, which asks for a real gain and an end below the threshold, {brief.moved_to(recovered)} "
        f"{CASENESS}{_if_record(brief, recovered)}.",
        f"No outcome is on record for {figure('unscored')} finished courses, {figure('unscored_rate')} of them all."
        if brief.report.figure("unscored", brief.year).exact
        else "Every finished course has an outcome on record.",
    ]
    return part("outcomes", _outcomes_title(brief), [first, second])


def _if_record(brief: Brief, name: str) -> str:
    return f", {brief.recorded(name)}" if brief.record(name) else ""


_OUTCOMES = {
    ("up", "down"): "A larger share got reliably better, and a smaller share worse",
    ("up", "up"): "A larger share got reliably better, and a larger share worse",
    ("up", "flat"): "A larger share got reliably better",
    ("down", "up"): "A smaller share got reliably better, and a larger share worse",
    ("down", "down"): "A smaller share got reliably better, and a smaller share worse",
    ("down", "flat"): "A smaller share got reliably better",
    ("flat", "up"): "Improvement held, and deterioration grew",
    ("flat", "down"): "Improvement held, and deterioration shrank",
    ("flat", "flat"): "Improvement and deterioration both held still",
}


def _outcomes_title(brief: Brief) -> str:
    ways = brief.way("reliable_improvement_rate"), brief.way("reliable_deterioration_rate")
    return _OUTCOMES.get(ways, f"{figure('reliable_improvement_rate')} of those who finished reliably improved")
