"""The words that editors have checked: shares, ratios, changes, trends, records and standards, each with its working.

The rules are those of `wording`. Here the facts are looked up, words that do not hold are refused with those that do, and
what was compared is entered in the page's workings.
"""

from dataclasses import dataclass
from fractions import Fraction

from yearbook.areas import short_name
from yearbook.errors import UsageError, suggest
from yearbook.formatting import format_number, join_words
from yearbook.formulas import Working
from yearbook.groups import group_key, group_label
from yearbook.metrics import METRICS_BY_NAME, Metric
from yearbook.organisations import ENGLAND, Organisation
from yearbook.pages.markup import linked
from yearbook.pages.text import slug
from yearbook.pages.workings import WorkingsList
from yearbook.peers import Comparisons
from yearbook.releases import TOTAL, Breakdown
from yearbook.report import Change, difference_of
from yearbook.values import Figure
from yearbook.wording import (
    Facts,
    all_phrases,
    facts_about,
    facts_against,
    judge_phrase,
    level_in_words,
    named,
    places_of,
    read_phrase,
)
from yearbook.years import FinancialYear

RULES = "the methods page “When a word holds”"


@dataclass(frozen=True, slots=True)
class Subject:
    """What words are said of: a metric in a year, of an area, of a group or of all."""

    metric: str
    year: FinancialYear
    organisation: Organisation = ENGLAND
    group: Breakdown = TOTAL

    @property
    def label(self) -> str:
        """How the workings name it: `2019-20, NHS Hull CCG, female`."""
        parts = [str(self.year)]
        parts += [self.organisation.name] if self.organisation.key != ENGLAND.key else []
        return ", ".join([*parts, group_label(self.group)] if self.group != TOTAL else parts)

    @property
    def ending(self) -> str:
        """What tells it in an anchor from England's whole."""
        area = self.organisation.code if self.organisation.key != ENGLAND.key else ""
        return slug(f"{area} {group_key(self.group) if self.group != TOTAL else ''}")


class CheckedWords:
    """The words of one page: each is judged, and entered in its workings."""

    def __init__(self, comparisons: Comparisons, workings: WorkingsList) -> None:
        self._comparisons = comparisons
        self._report = comparisons.report
        self._workings = workings

    def say(
        self, words: str, subject: Subject, since: FinancialYear | None = None, other: Subject | None = None
    ) -> str:
        """The editor's words, linked to the working they rest on.

        They are judged on the value, on its change since the year before or `since`, or on how it stands to `other`. Raises
        UsageError with the words that do hold.
        """
        metric = self._report.metric(subject.metric)
        if since is not None and since >= subject.year:
            raise UsageError(f"{since} is not before {subject.year}.")
        if since is not None and other is not None:
            raise UsageError(
                "Words can be judged against another year or against another figure, not both: leave one out."
            )
        change = self._between(metric, subject, other) if other else None
        facts = (
            self._facts_against(metric, subject, other, change)
            if change and other
            else facts_about(self._report, subject.metric, subject.year, subject.organisation, subject.group, since)
        )
        phrase = read_phrase(words, facts.against_another)
        if phrase is None:
            hint = suggest(words, all_phrases(), f"The words are on {RULES}.")
            raise UsageError(f'"{words}" is no phrase that can be checked. {hint}')
        if phrase.family == "ratio" and not (since or other or getattr(phrase, "over_time", False)):
            raise UsageError(
                f'"{words}" compares, but not with what: name it, as in against="not_recovered_rate", '
                'against="gender/male", against="09D" or since="2015-16".'
            )
        if other and phrase.family not in ("ratio", "change"):
            raise UsageError(f'"{words}" is judged on the figure alone: leave out against.')
        whole = subject.organisation.key == ENGLAND.key and subject.group == TOTAL
        if phrase.family == "standard" and not whole:
            raise UsageError("Standards and targets are held against England’s figure alone.")
        verdict = judge_phrase(words, facts)
        if not verdict.holds:
            raise UsageError(_refusal(words, facts, verdict.why, verdict.alternatives))
        if change and other:
            return linked(words, self._enter_pair(metric, subject, other, change, phrase.family))
        return linked(words, self._enter(metric, subject, facts, phrase.family))

    def standard(self, metric: str, year: FinancialYear) -> str:
        """The level of the standard in force, linked to what it says and its source."""
        title = self._report.metric(metric).title
        held = self._report.standard(metric, year)
        if held is None:
            known = dict.fromkeys(one.metric for one in self._report.archive.standards)
            raise UsageError(
                f"{title} had no standard in {year}. The metrics with one are {join_words(list(known))}, each from the year it was set."
            )
        return self._enter_level(metric, year, "standard", held.level, held.title, held.source)

    def target(self, metric: str, year: FinancialYear) -> str:
        """The target of the year, linked to what it says and its source."""
        title = self._report.metric(metric).title
        promised = {one.year: one for one in self._report.archive.targets if one.metric == metric}
        if year not in promised:
            known = f"The years with one are {join_words([str(one) for one in promised])}." if promised else ""
            raise UsageError(f"{title} had no target in {year}. {known}".strip())
        found = promised[year]
        return self._enter_level(metric, year, "target", found.level, f"{found.title}. {found.caveat}", found.source)

    def _enter_level(
        self, metric: str, year: FinancialYear, kind: str, level: Fraction, title: str, source: str
    ) -> str:
        found = METRICS_BY_NAME[metric]
        text = level_in_words(level, found.is_rate)
        working = Working(Figure(level, unit=found.unit), "", source=source)
        anchor = self._workings.add_stated(metric, year, kind, f"{year}, the {kind}", text, title, working)
        return linked(text, anchor)

    def _working(self, subject: Subject) -> Working:
        return self._report.working(subject.metric, subject.year, subject.organisation, subject.group)

    def _between(self, metric: Metric, subject: Subject, other: Subject) -> Change:
        """The difference of a subject from another of its year. Raises UsageError where they cannot be set side by side."""
        against = self._report.metric(other.metric)
        if against.unit != metric.unit:
            raise UsageError(f"{metric.title} and {against.title} are not in one unit, so they do not compare.")
        alike = metric.base == against.base or metric.formula.over == against.formula.over
        if metric.is_rate and not alike:
            raise UsageError(
                f"{metric.title} is {metric.base}, and {against.title} is {against.base}: they share neither their base nor what is counted."
            )
        if subject == other:
            raise UsageError("It cannot be compared with itself.")
        of_england = subject.organisation.key == other.organisation.key == ENGLAND.key
        if of_england and subject.group == other.group == TOTAL:
            after, before = self._report.on_one_basis([subject.metric, other.metric], subject.year)
            return difference_of(before, after)
        return difference_of(self._from_counts(other), self._from_counts(subject))

    def _from_counts(self, subject: Subject) -> Working:
        """The value as its counts give it: an area's published rate is a whole number, too coarse to set beside another.

        Raises UsageError where the counts behind a published rate are not known.
        """
        working = self._working(subject)
        if not working.figure.known or working.over or subject.organisation.key == ENGLAND.key:
            return working
        metric = METRICS_BY_NAME[subject.metric]
        counts = self._comparisons.counts(metric, subject.year, subject.organisation, subject.group)
        if counts is None:
            raise UsageError(
                f"The counts behind {named(metric, str(subject.year), subject.organisation, subject.group)} "
                "are not published, so it cannot be set beside another."
            )
        rate = Figure(Fraction(100 * counts.numerator, counts.denominator), unit=working.figure.unit)
        return Working(rate, working.basis, source=working.source)

    def _facts_against(self, metric: Metric, subject: Subject, other: Subject, change: Change) -> Facts:
        name = named(metric, str(subject.year), subject.organisation, subject.group)
        return facts_against(
            change, metric, name, _told_apart(subject, other), 1 if metric.is_rate else places_of(metric)
        )

    def _enter(self, metric: Metric, subject: Subject, facts: Facts, family: str) -> str:
        """The anchor of the working that words of a family rest on."""
        own = self._working(subject)
        place = (subject.organisation, subject.group)
        value = self._workings.add(subject.metric, subject.year, own, *place)
        if family == "share":
            return value
        if family in ("change", "ratio"):
            since = facts.since or subject.year.previous
            change = self._report.change(subject.metric, subject.year, since, *place)
            anchor = self._workings.add_change(subject.metric, since, subject.year, change, *place)
            if family == "change":
                return anchor
            return self._stated(
                subject, f"over {since}", f"{subject.label}, over {since}", *_division(change, metric), own
            )
        if family == "standard":
            words = f"{facts.said(facts.value)}, against {facts.level_words}"
            return self._stated(subject, "to its level", f"{subject.label}, to its level", own.text(), words, own)
        series, ending, label = {
            "trend": (
                [one for one in facts.up_to_now if not facts.since or one[0] >= facts.since],
                f"from {facts.since}",
                "step by step",
            ),
            "first time": (facts.up_to_now, "first time", "and the years before"),
        }.get(family, (facts.series, "record", "among the years that compare"))
        words = ", ".join(f"{year} {facts.said(point)}" for year, point in series)
        if family == "first time" and facts.level is not None:
            words = f"{words}; against {facts.level_words}"
        return self._stated(
            subject,
            f"{ending} steps" if family == "trend" else ending,
            f"{subject.label}, {label}",
            own.text(),
            words,
            own,
        )

    def _enter_pair(self, metric: Metric, subject: Subject, other: Subject, change: Change, family: str) -> str:
        for one in (other, subject):
            self._workings.add(one.metric, one.year, self._working(one), one.organisation, one.group)
        against = _told_apart(subject, other)
        told = _division(change, metric) if family != "change" else _subtraction(change, metric)
        kind = "less" if family == "change" else "over"
        apart = other.metric if other.metric != subject.metric else other.ending
        ending = f"{kind} {apart or 'england'}"
        return self._stated(subject, ending, f"{subject.label}, {kind} {against}", *told, change.after)

    def _stated(self, subject: Subject, ending: str, label: str, value: str, words: str, working: Working) -> str:
        return self._workings.add_stated(
            subject.metric, subject.year, slug(f"{subject.ending} {ending}"), label, value, words, working
        )


def _told_apart(subject: Subject, other: Subject) -> str:
    """What tells another figure from the subject's: its metric, its area or its group."""
    if other.metric != subject.metric:
        return named(METRICS_BY_NAME[other.metric], str(other.year), other.organisation, other.group)
    if other.organisation.key != subject.organisation.key:
        return "England" if other.organisation.key == ENGLAND.key else short_name(other.organisation)
    return f"the group “{group_label(other.group)}”" if other.group != TOTAL else "the whole"


def _values(change: Change, metric: Metric) -> tuple[str, str, str]:
    places = 0 if metric.unit == "count" else 5
    after, before = (format_number(working.figure.exact, places) for working in (change.after, change.before))
    return after, before, "%" if metric.is_rate else ""


def _division(change: Change, metric: Metric) -> tuple[str, str]:
    """The ratio of a change's two values, and its division."""
    after, before, sign = _values(change, metric)
    ratio = Fraction(change.after.figure.exact) / Fraction(change.before.figure.exact)
    return format_number(ratio, 2), f"{after}{sign} ÷ {before}{sign} = {format_number(ratio, 5)}"


def _subtraction(change: Change, metric: Metric) -> tuple[str, str]:
    """The gap between a change's two values, and its subtraction."""
    after, before, sign = _values(change, metric)
    gap = Fraction(change.after.figure.exact) - Fraction(change.before.figure.exact)
    places = 0 if metric.unit == "count" else 5
    text = (
        f"{format_number(gap, 1)} points" if metric.is_rate else format_number(gap, 0 if metric.unit == "count" else 1)
    )
    return text, f"{after}{sign} − {before}{sign} = {format_number(gap, places)}"


def _refusal(words: str, facts: Facts, why: str, alternatives: tuple[str, ...]) -> str:
    """Why words are refused and which would hold: `"a" does not hold of b, c: why. These hold: "d", "e".`"""
    value = f", {facts.said(facts.value)}" if facts.value is not None else ""
    against = f" against {facts.compared_with}, {facts.said(facts.before)}" if facts.against_another else ""
    known = join_words([f'"{one}"' for one in alternatives])
    hold = f" {'These hold' if len(alternatives) > 1 else 'This holds'}: {known}." if known else ""
    return f'"{words}" does not hold of {facts.name}{value}{against}: {why.rstrip(".")}.{hold}'
