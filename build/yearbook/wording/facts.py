"""What checked words are judged on, and what is found of them.

Everything is exact: a phrase is judged on unrounded values, never on what is printed, but for the standard, which the
publisher judges on the printed decimal.
"""

from dataclasses import dataclass
from fractions import Fraction

from yearbook.errors import UsageError
from yearbook.formatting import format_number, sentence_case
from yearbook.groups import group_label
from yearbook.metrics import Metric
from yearbook.organisations import ENGLAND, Organisation
from yearbook.releases import TOTAL, Breakdown
from yearbook.report import COMPARABLE_SINCE, MONTHLY, Change, Report
from yearbook.years import FinancialYear

Series = tuple[tuple[FinancialYear, Fraction], ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """One value, what it is compared with, its run of years and the level it is held to.

    `value` is unrounded, in `unit` (`percent`, `count`, `days`, `appointments` or `ratio`), and is printed with `places`
    decimals; None where there is none. `name` says what it is of: `the completion rate of 2015-16`. `better` is `higher`,
    `lower` or empty, as the metric's is.

    `before` and `after` are the two values of a change or a ratio: `after` is the value itself, but for a year that
    can be compared only on sums of monthly releases. `compared_with` says what `before` is of, `compared_year` is its
    year where the two are years of one metric, and `since` that year where an editor named it.

    `series` holds the consecutive comparable years with a value of like basis, `year` among them, as far as they go to both sides. `whole`:
    no comparable year before the first of them has a value. `all_held`: no comparable year at all outside them has one.

    `level` is the standard in force, or the target of the year, in `unit`; `level_caveat` says why reaching it would prove nothing,
    where what is counted is more than what the level is of.
    """

    value: Fraction | None = None
    unit: str = "percent"
    name: str = "the value"
    places: int = 1
    better: str = ""
    year: FinancialYear | None = None
    before: Fraction | None = None
    after: Fraction | None = None
    compared_with: str = ""
    compared_year: FinancialYear | None = None
    since: FinancialYear | None = None
    series: Series = ()
    whole: bool = False
    all_held: bool = False
    level: Fraction | None = None
    level_words: str = ""
    level_caveat: str = ""

    @property
    def is_rate(self) -> bool:
        """Whether it is a percentage of a base, so that its changes are percentage points."""
        return self.unit == "percent"

    @property
    def against_another(self) -> bool:
        """Whether it is compared with another group, area or metric, and not with another year."""
        return self.before is not None and self.compared_year is None

    @property
    def up_to_now(self) -> Series:
        """The series up to the year itself."""
        return tuple(point for point in self.series if self.year is None or point[0] <= self.year)

    def said(self, value: Fraction | None) -> str:
        """A value in the unit as it is printed: `62.5%`, `1,694,790`."""
        if value is None:
            return "not known"
        return f"{format_number(value, self.places)}{'%' if self.is_rate else ''}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a phrase holds, why, and the phrases of its kind that do, nearest first.

    `holds` is None where the words are no phrase that the rules know.
    """

    holds: bool | None
    why: str = ""
    alternatives: tuple[str, ...] = ()


def facts_about(
    report: Report,
    metric: str,
    year: FinancialYear,
    organisation: Organisation = ENGLAND,
    group: Breakdown = TOTAL,
    since: FinancialYear | None = None,
) -> Facts:
    """The facts of a metric in a year, compared with `since` or else the year before.

    Raises UsageError where a change of definition divides the year from the `since` that was asked for.
    """
    found = report.metric(metric)
    figure = report.figure(metric, year, organisation, group)
    before = since or year.previous
    pair: tuple[Fraction | None, Fraction | None] = (None, None)
    why = _divided(report, metric, group, before, year)
    if since is not None and why:
        raise UsageError(f"{since} does not compare with {year}: {why}")
    if not why:
        change = report.change(metric, year, before, organisation, group)
        if change.difference is not None:
            pair = Fraction(change.before.figure.exact), Fraction(change.after.figure.exact)
    series, whole, all_held = comparable_series(report, metric, year, organisation, group)
    level, words, caveat = (None, "", "")
    if organisation.key == ENGLAND.key and group == TOTAL:
        level, words, caveat = _level(report, metric, year)
    value = Fraction(figure.exact) if figure.known else None
    return Facts(
        value, found.unit, named(found, str(year), organisation, group), places_of(found, organisation), found.better,
        year, pair[0], pair[1], str(before), before, since, series, whole, all_held, level, words, caveat,
    )  # fmt: skip


def facts_against(change: Change, metric: Metric, name: str, compared_with: str, places: int) -> Facts:
    """The facts of a value against that of another group, area or metric: the `after` of the change against its `before`."""
    before, after = (
        Fraction(working.figure.exact) if working.figure.known else None for working in (change.before, change.after)
    )
    return Facts(
        after, metric.unit, name, places, metric.better, before=before, after=after, compared_with=compared_with
    )


def named(metric: Metric, year: str, organisation: Organisation = ENGLAND, group: Breakdown = TOTAL) -> str:
    """What a value is of: `the completion rate of 2015-16`, `“Finished, of entered” in 2019-20`, `recovery of NHS Hull CCG in 2020-21`."""
    title = f"{metric.title[:1].lower()}{metric.title[1:]}"
    is_rate = title.endswith("rate")
    words = f"“{metric.title}”" if "," in title else f"{'the ' if is_rate else ''}{title}"
    if group != TOTAL:
        words += f" of the group “{group_label(group)}”"
    if organisation.key != ENGLAND.key:
        words += f" of {organisation.name}"
    return f"{words} {'of' if words.endswith(' rate') else 'in'} {year}"


def places_of(metric: Metric, organisation: Organisation = ENGLAND) -> int:
    """The decimals that a value of the metric is printed with: a rate one for England, none below it."""
    if metric.is_rate and organisation.key != ENGLAND.key:
        return 0
    return {"count": 0, "ratio": 2}.get(metric.unit, 1)


def comparable_series(
    report: Report, metric: str, year: FinancialYear, organisation: Organisation = ENGLAND, group: Breakdown = TOTAL
) -> tuple[Series, bool, bool]:
    """The run of comparable years around one, whether none before it has a value, and whether none outside it has.

    A run ends at a year without a value, at one of another basis (a sum of monthly releases against another), and at a
    change of definition; the comparable series begins in 2013-14.
    """
    known = {
        one: working
        for one in report.years
        if one >= COMPARABLE_SINCE
        and (working := report.working(metric, one, organisation, group)).figure.known
        and not _divided(report, metric, group, min(one, year), max(one, year))
    }
    if year not in known:
        return (), False, False

    def follows(one: FinancialYear) -> bool:
        return one in known and (known[one].basis == MONTHLY) == (known[year].basis == MONTHLY)

    first = last = year
    while follows(first.previous):
        first = first.previous
    while follows(last.next):
        last = last.next
    run = tuple((one, Fraction(working.figure.exact)) for one, working in known.items() if first <= one <= last)
    return run, not any(one < first for one in known), len(run) == len(known)


def _divided(report: Report, metric: str, group: Breakdown, before: FinancialYear, year: FinancialYear) -> str:
    """Why two years do not compare: the change of definition between them, empty where there is none."""
    if before == year:
        return ""
    breakdowns = dict.fromkeys(("total", group.breakdown))
    breaks = (found for name in breakdowns for found in report.breaks(metric, (before, year), name))
    return next((found.why for found in breaks if found.kind == "definition"), "")


def _level(report: Report, metric: str, year: FinancialYear) -> tuple[Fraction | None, str, str]:
    """The level a metric is held to in a year, what it is called, and why reaching it would prove nothing."""
    standard = report.standard(metric, year)
    if standard is not None:
        return standard.level, f"the standard of {format_number(standard.level)}%", ""
    target = next((one for one in report.archive.targets if (one.metric, one.year) == (metric, year)), None)
    if target is None:
        return None, "", ""
    return target.level, f"the target of {format_number(target.level)}", sentence_case(target.caveat)
