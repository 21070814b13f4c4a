"""The Workings section of a page: how each of its live numbers came about.

A page's collector gives every number its anchor the first time it is shown and prints them all at the
end. The anchor is the figure's id for good, so it is made of what the figure is and of nothing else:

    w-recovery-rate-2019-20                   a metric of England in a year
    w-recovery-rate-2020-21-09d               of an organisation, by its code
    w-recovery-rate-2019-20-gender-female     of a group
    w-recovery-2019-20-monthly-sum            on another basis than the report's own
    w-recovery-rate-2019-20-from-2018-19      a change
    w-recovery-rate-2020-21-09d-rank          a number made of several
    w-chart-journey                           what the title of a chart on the page rests on
    w-row-groups-gender-2019-20-female        a row of a table that holds its own sum
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from html import escape
from itertools import groupby

from yearbook.formatting import format_figure, format_number, round_half_up, sentence_case
from yearbook.formulas import Operand, Working, formula_words, term_words
from yearbook.groups import group_key, group_label
from yearbook.metrics import METRICS_BY_NAME, Metric, count_of
from yearbook.organisations import ENGLAND, Organisation
from yearbook.pages.chart_workings import ChartWorking, charts_group, row_anchor
from yearbook.pages.citing import NOWHERE, Citing, self_link
from yearbook.pages.page import relative_link
from yearbook.pages.quoted import QuotedList
from yearbook.pages.text import slug, source_link
from yearbook.releases import TOTAL, Breakdown
from yearbook.report import BASIS_WORDS, Change, Report
from yearbook.tables import Table
from yearbook.values import Status
from yearbook.years import FinancialYear


@dataclass(frozen=True, slots=True)
class _Entry:
    """A line of the section: what it is of, the value as printed, and how it came about.

    `label` is the year and the part or the place the number is of; `named` says that a place is in it, which is not England's.
    `before` is what a change is from.
    """

    anchor: str
    metric: Metric
    year: FinancialYear
    label: str
    value: str
    sum: str
    working: Working
    named: bool = False
    before: Working | None = None

    @property
    def sources(self) -> tuple[str, ...]:
        """The sources of the number; of both values where it is a change."""
        before = self.before.sources if self.before else ()
        return tuple(dict.fromkeys((*before, *self.working.sources)))


class WorkingsList:
    """Collects the workings of one page, in the order in which its numbers appear, and the tables they stand in.

    `tables` holds every table the page shows, by its name: what is shown can be downloaded. `drawn` holds the anchor of
    the first figure on the page that shows a table, by the table's name. `quoted` is what the page quotes, which
    closes the section.
    """

    def __init__(self, report: Report) -> None:
        self._report = report
        self._entries: dict[str, _Entry] = {}
        self._charts: dict[str, ChartWorking] = {}
        self._rows: set[str] = set()
        self.drawn: dict[str, str] = {}
        self.tables: dict[str, Table] = {}
        self.quoted = QuotedList()

    def add(
        self,
        metric: str,
        year: FinancialYear,
        working: Working,
        organisation: Organisation = ENGLAND,
        breakdown: Breakdown = TOTAL,
        parts: str = "",
    ) -> str:
        """The anchor of a number's working, noting the working if it is new.

        `parts` is the computation from the rounded counts that stands beside a percentage published below England, where
        more is to be said of it than the division.
        """
        anchor, found = f"w-{metric.replace('_', '-')}-{year}", METRICS_BY_NAME[metric]
        label, below = str(year), organisation.key != ENGLAND.key
        if below:
            anchor, label = f"{anchor}-{organisation.code.lower()}", f"{year}, {organisation.name}"
        if breakdown != TOTAL:
            anchor, label = f"{anchor}-{slug(group_key(breakdown))}", f"{label}, {group_label(breakdown)}"
        elif not below and working.basis and working.basis != self._report.working(metric, year).basis:
            anchor += f"-{working.basis.replace('_', '-')}"
        if anchor in self._entries:
            return anchor
        basis = (
            f"; {BASIS_WORDS[working.basis]}" if working.figure.known and working.basis not in ("", "annual") else ""
        )
        words = None
        if below and not working.over and working.figure.known:
            parts = parts or self._rounded_counts(found, year, organisation, breakdown)
            words = "as published; below England counts are rounded" + (f": {parts}" if parts else "")
        entry = _Entry(
            anchor,
            found,
            year,
            label,
            working.text(),
            f"{words or working_sum(found, working)}{basis}",
            working,
            below,
        )
        self._entries[anchor] = entry
        return anchor

    def _rounded_counts(
        self, metric: Metric, year: FinancialYear, organisation: Organisation, breakdown: Breakdown
    ) -> str:
        """`1,250 ÷ 2,480 × 100 = 50.40323%`, from the rounded counts of an organisation; empty where one is not known."""
        counts = [count_of(terms) for terms in (metric.formula.over, metric.formula.under)]
        figures = [self._report.figure(count.name, year, organisation, breakdown) for count in counts if count]
        if len(figures) < 2 or not all(figure.known for figure in figures) or not figures[1].exact:
            return ""
        over, under = (Fraction(figure.exact) for figure in figures)
        division = f"{format_number(over)} ÷ {format_number(under)}"
        if metric.is_rate:
            return f"{division} × 100 = {format_number(over / under * 100, 5)}%"
        return f"{division} = {format_number(over / under, 5)}"

    def add_change(
        self,
        metric: str,
        since: FinancialYear,
        year: FinancialYear,
        change: Change,
        organisation: Organisation = ENGLAND,
        breakdown: Breakdown = TOTAL,
    ) -> str:
        """The anchor of a change's working, noting it and the two values it is between."""
        anchors = [
            self.add(metric, of, value, organisation, breakdown)
            for of, value in ((since, change.before), (year, change.after))
        ]
        below = organisation.key != ENGLAND.key
        label = f"{since} to {year}" + (f", {organisation.name}" if below else "")
        label += f", {group_label(breakdown)}" if breakdown != TOTAL else ""
        return self._add_difference(f"{anchors[1]}-from-{since}", METRICS_BY_NAME[metric], year, label, change, below)

    def add_gap(self, metric: str, year: FinancialYear, upper: Breakdown, lower: Breakdown, gap: Change) -> str:
        """The anchor of a gap's working, noting it and the values of the two groups."""
        anchors = [
            self.add(metric, year, value, breakdown=group) for group, value in ((lower, gap.before), (upper, gap.after))
        ]
        label = f"{year}, {group_label(upper)} over {group_label(lower)}"
        anchor = f"{anchors[1]}-over-{slug(group_key(lower))}"
        return self._add_difference(anchor, METRICS_BY_NAME[metric], year, label, gap)

    def add_stated(
        self,
        metric: str,
        year: FinancialYear,
        ending: str,
        label: str,
        value: str,
        words: str,
        working: Working,
    ) -> str:
        """The anchor of a number that is made of several, such as a rank or a ratio, noting how it is made.

        `ending` tells it from the metric's other numbers of the year; `label` says whose it is; `words` say what it is
        made of, and `working` is one of the values in it, whose sources are named.
        """
        anchor = f"w-{metric.replace('_', '-')}-{year}-{ending}"
        entry = _Entry(anchor, METRICS_BY_NAME[metric], year, label, value, words, working, named=True)
        self._entries.setdefault(anchor, entry)
        return anchor

    def _add_difference(
        self, anchor: str, metric: Metric, year: FinancialYear, label: str, change: Change, named: bool = False
    ) -> str:
        value, words = format_difference(metric, change), change_sum(metric, change)
        entry = _Entry(anchor, metric, year, label, value, words, change.after, named, change.before)
        self._entries.setdefault(anchor, entry)
        return anchor

    def add_chart(self, chart: ChartWorking) -> str:
        """The anchor of what a chart's title rests on."""
        self._charts.setdefault(chart.anchor, chart)
        return chart.anchor

    def add_row(self, table: Table, label: str) -> str:
        """The anchor of a row that holds its own sum; empty where the page has given it already, so as to stay unique."""
        anchor = row_anchor(table.name, label)
        if anchor in self._rows:
            return ""
        self._rows.add(anchor)
        return anchor

    def __len__(self) -> int:
        return len(self._entries)

    def to_html(self, citing: Citing = NOWHERE) -> str:
        """The Workings section: a group for each metric, a line for each year. Empty without a live or a quoted number.

        `citing` says how a figure of the page is cited and an error in it reported.
        """
        if not self._entries and not self._charts:
            return self.quoted.to_section()
        if citing.address.startswith("areas/"):  # beside an area's numbers England's have a name too
            england = {
                anchor: replace(
                    entry, label=entry.label.replace(str(entry.year), f"{entry.year}, England", 1), named=True
                )
                for anchor, entry in self._entries.items()
                if not entry.named and entry.label == str(entry.year)
            }
            self._entries |= england
        ordered = sorted(self._entries.values(), key=lambda entry: (_position(entry.metric), entry.year, entry.anchor))
        sources = list(dict.fromkeys(source for entry in ordered for source in entry.sources))
        groups = [
            _group(metric, list(entries), sources, citing)
            for metric, entries in groupby(ordered, lambda entry: entry.metric)
        ]
        groups += charts_group(self._charts.values(), citing)
        cited = "\n".join(
            f'<li id="source-{number}">{source_link(source)}</li>' for number, source in enumerate(sources, start=1)
        )
        return "\n".join(
            (
                '<section class="workings" id="workings">',
                "<h2>Workings</h2>",
                "<p>Every live number on this page, with its sum. Numbers are computed unrounded and rounded half up, "
                "once, when they are printed. The small numbers name the sources below. "
                '<span class="on-screen">The sign # at the end of a line is its own address: it opens the line’s '
                "citation, and the way to report an error in it.</span></p>",
                '<div class="working-notes">',
                *groups,
                *(
                    [f'<h3>Sources of these numbers</h3>\n<ol class="working-sources">\n{cited}\n</ol>']
                    if sources
                    else []
                ),
                *self.quoted.parts(),
                "</div>",
                "</section>",
            )
        )


def _position(metric: Metric) -> int:
    return list(METRICS_BY_NAME).index(metric.name)


def _group(metric: Metric, entries: Sequence[_Entry], sources: Sequence[str], citing: Citing) -> str:
    words = f"{metric.base}; {metric.cohort}" if metric.base else metric.cohort
    formula = next((sum_in_words(metric, entry.working) for entry in entries if entry.working.over), "")
    method = relative_link(f"methods/metrics/{metric.slug}/", citing.address)
    items = "\n".join(_item(entry, sources, citing) for entry in entries)
    return (
        f'<div class="working-group" id="workings-{metric.slug}"><h3>{escape(metric.title)}</h3>\n'
        f'<p class="working__base">{escape(sentence_case(words))}.{f" {escape(sentence_case(formula))}." if formula else ""} '
        f'<a href="{method}" aria-label="How it is computed: {escape(metric.title)}">How it is computed</a></p>\n'
        f"<ol>\n{items}\n</ol></div>"
    )


def _item(entry: _Entry, sources: Sequence[str], citing: Citing) -> str:
    marks = " ".join(
        f'<a href="#source-{number}" aria-label="source {number}">{number}</a>'
        for number in (sources.index(source) + 1 for source in entry.sources)
    )
    return (
        f'<li id="{entry.anchor}"><span class="working__year">{escape(entry.label)}</span> '
        f'<span class="working__value">{escape(entry.value)}</span> '
        f'<span class="working__sum">{escape(entry.sum)}</span> '
        f'<span class="working__source">{marks} {self_link(entry.anchor, f"{entry.label}: {entry.value}")}</span>'
        f"{_cited(entry, citing)}</li>"
    )


def _cited(entry: _Entry, citing: Citing) -> str:
    """The citation of a figure, its base in words, and the way to report an error in it."""
    metric = entry.metric
    base = f", {metric.base}" if metric.base else ""
    place = "" if entry.named else ", England"
    figure = f"{metric.title}, {entry.label}{place}: {entry.value}{base}"
    return citing.lines(figure, entry.sources, entry.anchor)


def working_sum(metric: Metric, working: Working) -> str:
    """The computation in numbers: `291,371 ÷ (606,192 − 36,054) × 100 = 51.10535%`.

    Of a value taken as it stands, or of one that is missing, it says that.
    """
    figure = working.figure
    if not figure.known:
        return _why_not(working)
    if not working.over:
        return "as published; its parts are not available on one basis"
    over = in_numbers(working.over)
    if not working.under:
        return "as it stands in the source" if len(working.over) == 1 else f"{over} = {format_figure(figure)}"
    over = f"({over})" if len(working.over) > 1 else over
    under = f"({in_numbers(working.under)})" if len(working.under) > 1 else in_numbers(working.under)
    result = format_number(figure.exact, 5)
    return f"{over} ÷ {under} = {result}" if metric.unit == "ratio" else f"{over} ÷ {under} × 100 = {result}%"


def sum_in_words(metric: Metric, working: Working) -> str:
    """The computation in words: `recovery ÷ (finished a course of treatment less not at caseness at the start)`.

    Empty for a single published number.
    """
    over, under = ([operand.term for operand in operands] for operands in (working.over, working.under))
    return formula_words(over, under, metric.unit)


def _why_not(working: Working) -> str:
    missing = [operand for operand in (*working.over, *working.under) if not operand.figure.known]
    if not missing:
        return working.figure.status.words
    names = ", ".join(dict.fromkeys(term_words(operand.term) for operand in missing))
    if missing[0].figure.status is Status.NOT_COLLECTED:
        return f"{names}: not available in the sources on one basis"
    return f"{names}: {missing[0].figure.status.words}"


def in_numbers(operands: Iterable[Operand]) -> str:
    """The terms with their numbers: `606,192 − 36,054`."""
    text = ""
    for operand in operands:
        text += f"{' − ' if operand.term.sign < 0 else ' + ' if text else ''}{_number(operand)}"
    return text


def _number(operand: Operand) -> str:
    figure = operand.figure
    places = 0 if figure.unit == "count" else 2
    return format_number(figure.exact, places) if figure.known else figure.status.value


def format_difference(metric: Metric, change: Change) -> str:
    """The change as a signed number: `+0.3 points`, `−21,233`; its mark when a year has no value."""
    if change.difference is None:
        return Status.NOT_COLLECTED.value
    places = {"count": 0, "ratio": 2}.get(metric.unit, 1)
    size = format_number(Fraction(change.difference), places)
    signed = size if change.difference < 0 or not change.difference else f"+{size}"
    return f"{signed} points" if metric.is_rate else signed


def change_sum(metric: Metric, change: Change) -> str:
    """The subtraction, unrounded; and a note where the printed values seem to differ by another amount."""
    if change.difference is None:
        return "the two years do not compare on one basis, or one of them has no value"
    places = 0 if metric.unit == "count" else 5
    before, after = (format_number(working.figure.exact, places) for working in (change.before, change.after))
    sign = "%" if metric.is_rate else ""
    words = f"{after}{sign} − {before}{sign} = {format_number(Fraction(change.difference), places)}"
    if change.relative is not None and not metric.is_rate:
        words += f", or {format_number(change.relative, 5)}% of {before}"
    if metric.is_rate:
        printed_gap = round_half_up(change.after.figure.exact, 1) - round_half_up(change.before.figure.exact, 1)
        if printed_gap != round_half_up(change.difference, 1):
            words += (
                f"; the printed rates differ by {format_number(Fraction(abs(printed_gap)), 1)}, because each is rounded"
            )
    return words
