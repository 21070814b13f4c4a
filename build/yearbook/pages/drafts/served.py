"""The section of a draft on who is served less well: the gaps between groups, the greatest news among them."""

from fractions import Fraction

from yearbook.findings import Finding, gap_record_words
from yearbook.groups import GROUPINGS, group_key
from yearbook.pages.drafts.brief import CASENESS, Brief
from yearbook.pages.drafts.draft import Part, part
from yearbook.pages.drafts.expressions import change, figure, gap, gap_record, group_name

RATE = "recovery_rate"
MOST = 2
"""How many gaps are told beside that of deprivation."""

_WHY = (
    "A difference between groups does not say why: they start treatment with different problems and different severity, and "
    "the figures adjust for neither.",
    "Why groups differ the figures cannot say, for they adjust neither for the problem nor for how severe it was.",
)


def who_is_served(brief: Brief) -> Part:
    """The gap by deprivation first, then the greatest news among the others, one of each grouping."""
    found = brief.gaps()
    deprived = next((one for one in found if one.facts["grouping"] == "deprivation"), None)
    others: list[Finding] = []
    for one in found:
        taken = {other.facts["grouping"] for other in others} | {"deprivation"}
        if one.facts["grouping"] not in taken and len(others) < MOST:
            others.append(one)
    if not found:
        words = "Outcomes by group are in none of our sources for {{ year }}."
        if any(grouping.of(brief.report, brief.year) for grouping in GROUPINGS):
            words = "Who recovered, group by group, is in none of our sources for {{ year }}: they tell only who came."
        return part("who-is-served", "Who was served, as far as the sources say", [words])
    told = [
        _deprivation(brief, deprived) if deprived else [],
        *(_other(brief, one, place, deprived is not None) for place, one in enumerate(others)),
    ]
    return part("who-is-served", _title(brief, [deprived, *others]), [*told, brief.choose(*_WHY)])


def _title(brief: Brief, gaps: list[Finding | None]) -> str:
    known = [one for one in gaps if one is not None]
    top = max(known, key=lambda one: one.news.value)
    deprivation = top.facts["grouping"] == "deprivation"
    who = "by deprivation" if deprivation else f"between {_name(top, 0)} and {_name(top, 1)}"
    upper, lower = (group_key(group) for group in top.groups)
    if top.change is None:
        return f"A gap in recovery {who}, of {gap(upper, lower)}"
    if abs(top.change) < Fraction(1, 2):
        return f"The gap in recovery {who} stood at {gap(upper, lower)}, after {gap(upper, lower, brief.last)}"
    return f"The gap in recovery {who} {'widened' if top.change > 0 else 'narrowed'} to {gap(upper, lower)}"


def _name(found: Finding, place: int) -> str:
    return group_name(group_key(found.groups[place]))


def _deprivation(brief: Brief, found: Finding) -> list[str]:
    upper, lower = (group_key(group) for group in found.groups)
    told = [
        f"{CASENESS[:1].upper()}{CASENESS[1:]}, {figure(RATE, group=upper)} recovered in the least deprived tenth of "
        f"neighbourhoods and {figure(RATE, group=lower)} in the most deprived: a gap of {gap(upper, lower)}."
    ]
    return [*told, *_movement(brief, found), _ends_moved(brief, found)]


def _movement(brief: Brief, found: Finding) -> list[str]:
    """How the gap stands to the year before and to every year that it can be compared with."""
    if found.change is None:
        return []
    upper, lower = (group_key(group) for group in found.groups)
    then = gap(upper, lower, brief.last)
    if gap_record_words(brief.report, RATE, brief.year, *found.groups):
        return [f"It is {gap_record(upper, lower)}, after {then} in {{{{ last_year }}}}."]
    if abs(found.change) < Fraction(1, 2):
        return [f"It was {then} in {{{{ last_year }}}}."]
    return [f"In {{{{ last_year }}}} it had been {then}."]


def _ends_moved(brief: Brief, found: Finding) -> str:
    """Which end moved: a gap can close in a way worth cheering or in a way that is not."""
    if found.change is None or not all(brief.known_of(RATE, group, brief.last) for group in found.groups):
        return ""
    upper, lower = (group_key(group) for group in found.groups)
    return f"On the year the upper end was {change(RATE, group=upper)} and the lower {change(RATE, group=lower)}."


def _other(brief: Brief, found: Finding, place: int, based: bool) -> list[str]:
    """A gap in a sentence or two. `based` says that the base has been named just before."""
    upper, lower = (group_key(group) for group in found.groups)
    high, low, apart = figure(RATE, group=upper), figure(RATE, group=lower), gap(upper, lower)
    first, second = _name(found, 0), _name(found, 1)
    by = next(one.by for one in GROUPINGS if one.id == found.facts["grouping"])
    if place == 0:
        base = "on the same base" if based else CASENESS
        told = f"Divided by {by}, recovery {base} was {high} for {first} and {low} for {second}, {apart} apart."
    else:
        told = f"For {first}, on that base again, it was {high}, and for {second} {low}; between them lie {apart}."
    return [told, *_movement(brief, found)]
