"""The groups of referrals that the publication tells apart: the catalogue of ways to divide, and their names.

A *grouping* is one way to divide referrals, by age or by deprivation; a *group* is one part. The names of
groups are data; what a grouping is, and what to beware of in it, is written here once. The tables and the
charts of groups are made elsewhere.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from yearbook.releases import Breakdown
from yearbook.report import Report
from yearbook.values import Status
from yearbook.years import FinancialYear

SMALLEST_DRAWN, SMALLEST_SOLID, SMALLEST_NAMED = 30, 100, 500
"""A group's rate is drawn from this many referrals in its base, drawn solid from the next, and the group may be
named highest or lowest from the last."""

LARGE = "groups of five hundred or more"
"""What a finding says it speaks of where a smaller group would have been the highest or the lowest."""

NOT_GROUPS = (
    "not stated, not known or invalid",
    "not known",
    "invalid",
    "no code recorded",
    "asked but declined to say",
    "asked but does not know or is not sure",
    "all with an anxiety disorder specific measure",
)
"""Categories that are no group of people: what was not recorded, and a subset that cuts across the others. They
are shown last and never named highest or lowest."""

WATCHED = "mixed anxiety and depressive disorder"
"""The label kept in sight among the problems: the one that says least about what treatment should follow."""

_WHOLE = "all"
_VAGUE = ("other", "not otherwise specified")


@dataclass(frozen=True, slots=True)
class Grouping:
    """One way in which the releases divide referrals.

    `breakdowns` are its names in the data, the second in use after the first. `by` completes "recovery by …".
    `note` says in sentences what it is and what to beware of; `spoken` puts a group's name into a sentence.
    """

    id: str
    title: str
    breakdowns: tuple[str, ...]
    by: str
    note: str
    spoken: str = "{}"

    def say(self, group: Breakdown) -> str:
        """A group of it in a sentence: `ages 18 to 25`, `White Irish referrals`, `all referrals`."""
        name = spoken_label(group)
        return "all referrals" if name == _WHOLE else self.spoken.format(name)

    def of(self, report: Report, year: FinancialYear) -> tuple[Breakdown, ...]:
        """England's groups of a year, what is no group last; none where the release does not divide so."""
        release = report.archive.releases[year]
        found = [group for name in self.breakdowns for group in release.breakdowns(breakdown=name)]
        return tuple(sorted(found, key=is_aside))


GROUPINGS: tuple[Grouping, ...] = (
    Grouping("deprivation", "Deprivation", ("deprivation",), "deprivation",
             "Neighbourhoods are ranked by the Index of Multiple Deprivation and cut into ten equal parts; decile 1 is the most deprived tenth of them. "
             "It says where somebody lives, not how they live. The release numbers the tenths the other way round; here they follow the index."),
    Grouping("age", "Age", ("age",), "age",
             "In the publisher’s own bands. They changed in 2021-22, so those before and after are not compared.",
             "ages {}"),
    Grouping("ethnic-group", "Ethnic group", ("ethnic_group",), "ethnic group",
             "As recorded by the service, in the sixteen groups of the 2001 census and, where the release has them, the five broad groups that hold them. "
             "A group for records missing or declined, where there is one, holds a larger share of referrals received than of courses finished.",
             "{} referrals"),
    Grouping("broad-ethnic-group", "White British and all other groups", ("bme_group",), "broad ethnic group",
             "The publisher’s own summary since 2020-21. Its category Black and minority ethnic holds everybody recorded in any group but White British, White minorities too.",
             "{} referrals"),
    Grouping("gender", "Gender", ("gender",), "gender",
             "As recorded by the service. Indeterminate, which the publisher explains as unable to be classified as male or female, is a category from 2020-21.",
             "{} referrals"),
    Grouping("sexual-orientation", "Sexual orientation", ("sexual_orientation",), "sexual orientation",
             "As recorded by the service. The years from 2017-18 to 2019-20 are not in our copy of the releases.",
             "{} referrals"),
    Grouping("religion", "Religion", ("religion",), "religion",
             "As recorded by the service. In most years it is not recorded for a quarter of courses finished or more, and what is true of those with a record may not be true of the rest.",
             "{} referrals"),
    Grouping("disability", "Disability", ("disability",), "disability",
             "One referral can carry several disabilities and is counted under each, so the groups add up to more than all. "
             "The years from 2017-18 to 2019-20 are not in our copy of the releases."),
    Grouping("long-term-condition", "Long-term condition", ("long_term_condition",), "long-term physical condition",
             "Whether a long-term physical health condition is on record. From 2020-21 it is not stated for most referrals received, and the three categories add up to more than all.",
             "those with {}"),
    Grouping("problem", "What treatment was for", ("problem_descriptor", "presenting_complaint"), "problem",
             "The provisional diagnosis: called problem descriptor until 2019-20 and presenting complaint since, from a new version of the data set, so the two are not compared. "
             "Mixed anxiety and depressive disorder is the one to watch: recorded for want of a closer look, it leads to the wrong treatment, as NHS England’s own managers have warned."),
    Grouping("stepped-care", "Low and high intensity", ("stepped_care",), "intensity of treatment",
             "Which intensities of treatment a finished course held. The release gives the number of courses and not, in our copy, their outcomes.",
             "courses of {}"),
    Grouping("consultation-medium", "How appointments were held", ("consultation_medium",), "consultation medium",
             "The release counts treatment appointments by how they were held, in a column that our copy does not carry. What the categories were is shown all the same, because they changed twice."),
    Grouping("care-cluster", "Mental health care cluster", ("care_cluster",), "care cluster",
             "A scheme by which mental health services group people by need. From 2020-21 no cluster is recorded for more than half of courses finished."),
    Grouping("waiting-time", "Waiting time", ("waiting_time",), "waiting time",
             "How long courses finished in the year had waited, for the first treatment and from the first to the second. The bands of 6 and 18 weeks overlap the others.",
             "waits {}"),
)  # fmt: skip
"""Every grouping, in reading order."""

GROUPINGS_BY_ID: dict[str, Grouping] = {grouping.id: grouping for grouping in GROUPINGS}
MOST_DEPRIVED = Breakdown("deprivation", "decile 1 (most deprived)")
LEAST_DEPRIVED = Breakdown("deprivation", "decile 10 (least deprived)")


def group_key(group: Breakdown) -> str:
    """What editors call a group: `deprivation/decile 2`, `ethnic_group/White/Irish`."""
    return "/".join(part for part in group if part)


def group_label(group: Breakdown) -> str:
    """A group's name in a table or a sentence: `decile 2`, `Irish`, `White, all`, `first treatment, within 6 weeks`."""
    if group.breakdown == "waiting_time":
        return ", ".join(filter(None, group[1:]))
    if group.subcategory == _WHOLE:
        return group.category if group.category in NOT_GROUPS else f"{group.category}, all"
    if group.subcategory in _VAGUE:
        return f"{group.category}, {group.subcategory}"
    if group == ("religion", "none", ""):
        return "no religion"
    return (group.subcategory or group.category).replace("'", "’")


def spoken_label(group: Breakdown) -> str:
    """A group's name in a sentence: without its explanation in brackets, and British and Irish as White.

    What tells one care cluster from the next stands in the brackets, so it is kept, after a comma.
    """
    name = group_label(group).removeprefix("received ")
    if group.breakdown == "waiting_time":
        return _spoken_wait(group)
    if group.breakdown == "care_cluster":
        name = name.replace(" (", ", ").removesuffix(")")
    elif group.breakdown != "deprivation":
        name = name.partition(" (")[0]
    if name == "long-term condition":
        return f"a {name}"
    return f"White {name}" if group.category == "White" and name in ("British", "Irish") else name


def _spoken_wait(group: Breakdown) -> str:
    """`of more than 90 days from first to second treatment`, `within 6 weeks to first treatment`."""
    length = group.subcategory if group.subcategory.startswith("within") else f"of {group.subcategory}"
    return f"{length} {'from' if group.category.startswith('first to') else 'to'} {group.category}"


def is_aside(group: Breakdown) -> bool:
    """Whether it is no group of people: not recorded, or a subset that cuts across the others."""
    return group.category in NOT_GROUPS


def is_unrecorded(group: Breakdown) -> bool:
    """Whether it holds those of whom the record does not say, as opposed to a subset that cuts across the groups."""
    return is_aside(group) and group.category != NOT_GROUPS[-1]


def is_vague(group: Breakdown) -> bool:
    """Whether it is whatever is left over, which is no group to be named either."""
    return group_label(group).startswith("other")


def is_whole(group: Breakdown) -> bool:
    """Whether it holds other groups of its grouping, as the five broad ethnic groups do."""
    return group.subcategory == _WHOLE and not is_aside(group)


def is_part(group: Breakdown) -> bool:
    """Whether it is one of the groups that a broader one holds."""
    return bool(group.subcategory) and group.subcategory != _WHOLE


def base_of(report: Report, group: Breakdown, year: FinancialYear) -> int:
    """How many referrals the group's recovery rate counts, 0 where that is not known."""
    figure = report.figure("eligible_for_recovery", year, breakdown=group)
    return int(figure.exact) if figure.known else 0


def nameable(report: Report, grouping: Grouping, year: FinancialYear) -> Iterator[Breakdown]:
    """The groups that may be named highest or lowest: true groups, of the finest kind, that are large enough."""
    for group in grouping.of(report, year):
        if is_aside(group) or is_vague(group) or is_whole(group) or base_of(report, group, year) < SMALLEST_NAMED:
            continue
        if report.figure("recovery_rate", year, breakdown=group).status is Status.PUBLISHED:
            yield group
