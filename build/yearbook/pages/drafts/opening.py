"""The beginning of a draft: its title and standfirst, made of the greatest news, and the highlights."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from yearbook.formatting import sentence_case
from yearbook.groups import LEAST_DEPRIVED, MOST_DEPRIVED, group_key
from yearbook.pages.drafts.brief import CASENESS, ENDED, FINISHED, TREATED, Brief
from yearbook.pages.drafts.draft import Part, part
from yearbook.pages.drafts.expressions import change, figure, gap, limit, record, say, standard
from yearbook.report import COMPARABLE_SINCE

GOOD, BAD, NEITHER = 1, -1, 0


@dataclass(frozen=True, slots=True)
class Clause:
    """Half a title: its words, whether they are good news, how much news there is, and what kind of thing it is about."""

    words: str
    tone: int
    news: float
    family: str


def _of_recovery(brief: Brief) -> Clause | None:
    name = "recovery_rate"
    crossed, way, held = brief.crossed(name), brief.way(name), brief.record(name)
    told = {
        "first": ("the recovery standard is met for the first time", GOOD),
        "again": ("the recovery rate is back above its standard", GOOD),
        "missed": ("the recovery rate drops below its standard", BAD),
    }.get(crossed)
    if told is None and held:
        told = (f"the recovery rate is {record(name)}", GOOD if held == "high" else BAD)
    if told is None and way:
        told = {
            "up": ("the recovery rate rises", GOOD),
            "down": ("the recovery rate falls", BAD),
            "flat": ("the recovery rate stands still", NEITHER),
        }[way]
    return Clause(*told, brief.news(name), "recovery") if told else None


def _of_demand(brief: Brief) -> Clause | None:
    name = "referrals_received"
    way, held = brief.way(name), brief.record(name)
    words = {
        "up": "referrals reach a new high"
        if held == "high"
        else "referrals rise again"
        if brief.turned(name)
        else "referrals rise",
        "down": "referrals fall",
        "flat": "referrals hold steady",
    }.get(way)
    return Clause(words, NEITHER, brief.news(name, "entered_treatment"), "demand") if words else None


def _of_completion(brief: Brief) -> Clause | None:
    rate, flows = "completion_rate", "finished_of_entered"
    if brief.way(rate) in ("up", "down"):
        up = brief.way(rate) == "up"
        words = f"a {'larger' if up else 'smaller'} share of those treated finishes a course"
        return Clause(words, GOOD if up else BAD, brief.news(rate), "completion")
    if brief.way(flows) in ("up", "down"):
        up = brief.way(flows) == "up"
        apart = {brief.way("entered_treatment"), brief.way("finished_course_of_treatment")} == {"up", "down"}
        if apart:
            words = "entries fall while finished courses rise" if up else "entries rise while finished courses fall"
        else:
            words = "finished courses gain on entries" if up else "finished courses fall behind entries"
        return Clause(words, GOOD if up else BAD, brief.news(flows), "completion")
    return None


def _of_second_wait(brief: Brief) -> Clause | None:
    name = "second_treatment_within_6_weeks"
    words = {"up": "the second appointment comes sooner", "down": "the second appointment comes later"}.get(
        brief.way(name)
    )
    return Clause(words, GOOD if brief.way(name) == "up" else BAD, brief.news(name), "waits") if words else None


def _of_first_wait(brief: Brief) -> Clause | None:
    name = "first_treatment_within_6_weeks"
    words = {"up": "treatment begins sooner", "down": "treatment begins later"}.get(brief.way(name))
    return Clause(words, GOOD if brief.way(name) == "up" else BAD, brief.news(name), "waits") if words else None


def _of_deprivation(brief: Brief) -> Clause | None:
    found = next((one for one in brief.gaps() if one.facts["grouping"] == "deprivation"), None)
    if found is None or found.change is None or abs(found.change) < 0.5:
        return None
    wider = found.change > 0
    words = f"the gap by deprivation {'widens' if wider else 'narrows'}"
    return Clause(words, BAD if wider else GOOD, found.news.value, "groups")


def _of_improvement(brief: Brief) -> Clause | None:
    name = "reliable_improvement_rate"
    words = {"up": "reliable improvement rises", "down": "reliable improvement falls"}.get(brief.way(name))
    return Clause(words, GOOD if brief.way(name) == "up" else BAD, brief.news(name), "recovery") if words else None


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
        told.append("It is the first year that the later ones can be set beside.")
    return " ".join(told)


def _recovery_sentence(brief: Brief) -> str:
    name = "recovery_rate"
    crossed, way = brief.crossed(name), brief.way(name)
    if crossed == "first":
        return f"At {figure(name)} {CASENESS}, the recovery rate has reached the standard of {standard(name)} for the first time."
    if crossed == "again":
        return f"At {figure(name)} {CASENESS}, the recovery rate has come back to the right side of its standard of {standard(name)}."
    if crossed == "missed":
        return f"At {figure(name)} {CASENESS}, the recovery rate has slipped under its standard of {standard(name)}."
    if brief.record(name):
        return f"The recovery rate was {figure(name)} {CASENESS}, {record(name)}."
    if way in ("up", "down"):
        return f"The recovery rate {brief.moved_to(name)} {CASENESS}, {change(name)} on {{{{ last_year }}}}."
    if way == "flat":
        then = figure(name, brief.last)
        return f"Recovery hardly moved: it was {figure(name)} {CASENESS}, against {then} in {{{{ last_year }}}}."
    return f"In {{{{ year }}}} the recovery rate was {figure(name)} {CASENESS}."


def _volume_sentence(brief: Brief) -> str:
    received, finished = "referrals_received", "finished_course_of_treatment"
    done = f"{figure(finished)} courses of treatment were finished{brief.changed(finished)}"
    if brief.way(received) == "down":
        return f"Fewer referrals were received, {figure(received)}{brief.changed(received)}, while {done}."
    if brief.record(received) == "high":
        return f"More referrals were received than in any year of the series before it, {figure(received)}, and {done}."
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
    done = say("met" if brief.report.meets_standard(name, brief.year) else "missed", name)
    ends = {
        "first": f"The standard of {standard(name)} was {done}, as it had not been before.",
        "again": f"The standard of {standard(name)}, missed the year before, was {done}.",
        "missed": f"The standard of {standard(name)}, met the year before, was {done}.",
        "never": f"The standard of {standard(name)} was {done}, as in every year since it was set.",
        "begins": f"It is the first year with a standard to be held to, {standard(name)}, and that was {done}.",
    }.get(brief.crossed(name), "")
    return " ".join(filter(None, (f"The recovery rate was **{figure(name)}** {CASENESS}{brief.tail(name)}.", ends)))


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
            f"{ENDED[:1].upper()}{ENDED[1:]}, **{figure('not_seen_of_ended')}** had never been seen and "
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
    told = f"Recovery {CASENESS} was **{own}** higher in the least deprived tenth of neighbourhoods than in the most deprived"
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
