"""The Workings section of a page: how each of its live numbers came about.

A page's collector gives every number its anchor the first time it is shown and prints them all at the
end. The anchor is made of the metric and the year, so it stays the same from build to build.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby

from yearbook.formatting import format_figure, format_number, sentence_case
from yearbook.formulas import Operand, Working
from yearbook.measures import MEASURES_BY_NAME
from yearbook.metrics import METRICS_BY_NAME, Metric
from yearbook.pages.text import source_link
from yearbook.report import BASIS_WORDS, Report
from yearbook.years import FinancialYear


@dataclass(frozen=True, slots=True)
class _Entry:
    anchor: str
    metric: Metric
    year: FinancialYear
    working: Working


class WorkingsList:
    """Collects the workings of one page, in the order in which its numbers appear."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._entries: dict[str, _Entry] = {}

    def add(self, metric: str, year: FinancialYear, working: Working) -> str:
        """The anchor of a number's working, noting the working if it is new."""
        anchor = f"w-{metric.replace('_', '-')}-{year}"
        if working.basis != self._report.working(metric, year).basis:
            anchor += f"-{working.basis.replace('_', '-')}"
        self._entries.setdefault(anchor, _Entry(anchor, METRICS_BY_NAME[metric], year, working))
        return anchor

    def __len__(self) -> int:
        return len(self._entries)

    def to_html(self) -> str:
        """The Workings section: a group for each metric, a line for each year. Empty without a live number."""
        if not self._entries:
            return ""
        ordered = sorted(self._entries.values(), key=lambda entry: (_position(entry.metric), entry.year, entry.anchor))
        sources = list(dict.fromkeys(source for entry in ordered for source in entry.working.sources))
        groups = [
            _group(metric, list(entries), sources) for metric, entries in groupby(ordered, lambda entry: entry.metric)
        ]
        cited = "\n".join(
            f'<li id="source-{number}">{source_link(source)}</li>' for number, source in enumerate(sources, start=1)
        )
        return "\n".join(
            (
                '<section class="workings" id="workings">',
                "<h2>Workings</h2>",
                "<p>Every live number on this page, with its sum. Numbers are computed unrounded and rounded half up, "
                "once, when they are printed. The small numbers name the sources below.</p>",
                *groups,
                f'<h3>Sources of these numbers</h3>\n<ol class="working-sources">\n{cited}\n</ol>',
                "</section>",
            )
        )


def _position(metric: Metric) -> int:
    return list(METRICS_BY_NAME).index(metric.name)


def _group(metric: Metric, entries: Sequence[_Entry], sources: Sequence[str]) -> str:
    words = f"{metric.base}; {metric.cohort}" if metric.base else metric.cohort
    formula = next((sum_in_words(metric, entry.working) for entry in entries if entry.working.over), "")
    items = "\n".join(_item(entry, sources) for entry in entries)
    return (
        f'<div class="working-group"><h3>{escape(metric.title)}</h3>\n'
        f'<p class="working__base">{escape(sentence_case(words))}.{f" {escape(sentence_case(formula))}." if formula else ""}</p>\n'
        f"<ol>\n{items}\n</ol></div>"
    )


def _item(entry: _Entry, sources: Sequence[str]) -> str:
    working = entry.working
    basis = f"; {BASIS_WORDS[working.basis]}" if working.figure.known and working.basis not in ("", "annual") else ""
    marks = " ".join(
        f'<a href="#source-{sources.index(source) + 1}" aria-label="source {sources.index(source) + 1}">{sources.index(source) + 1}</a>'
        for source in working.sources
    )
    return (
        f'<li id="{entry.anchor}"><span class="working__year">{entry.year}</span> '
        f'<span class="working__value">{escape(printed(entry.metric, working))}</span> '
        f'<span class="working__sum">{escape(working_sum(entry.metric, working))}{escape(basis)}</span> '
        f'<span class="working__source">{marks}</span></li>'
    )


def printed(metric: Metric, working: Working, places: int | None = None) -> str:
    """The value as the site prints it, with no more decimals than the source gave a published rate."""
    if working.places is not None and metric.is_rate:
        places = working.places if places is None else min(places, working.places)
    return format_figure(working.figure, places)


def working_sum(metric: Metric, working: Working) -> str:
    """The computation in numbers: `291,371 ÷ (606,192 − 36,054) × 100 = 51.10535%`.

    Of a value taken as it stands, or of one that is missing, it says that.
    """
    figure = working.figure
    if not figure.known:
        return _why_not(working)
    if not working.over:
        return "as published; its parts are not available on one basis"
    over = _terms(working.over)
    if not working.under:
        return "as it stands in the source" if len(working.over) == 1 else f"{over} = {format_figure(figure)}"
    over = f"({over})" if len(working.over) > 1 else over
    under = f"({_terms(working.under)})" if len(working.under) > 1 else _terms(working.under)
    result = format_number(figure.exact, 5)
    return f"{over} ÷ {under} = {result}" if metric.unit == "ratio" else f"{over} ÷ {under} × 100 = {result}%"


def sum_in_words(metric: Metric, working: Working) -> str:
    """The computation in words: `recovery ÷ (finished a course of treatment less not at caseness at the start)`.

    Empty for a single published number.
    """
    over = _names(working.over)
    if not working.under:
        return over if len(working.over) > 1 else ""
    over = f"({over})" if len(working.over) > 1 else over
    under = f"({_names(working.under)})" if len(working.under) > 1 else _names(working.under)
    return f"{over} ÷ {under}" if metric.unit == "ratio" else f"{over} ÷ {under} × 100"


def _why_not(working: Working) -> str:
    missing = [operand for operand in (*working.over, *working.under) if not operand.figure.known]
    if not missing:
        return working.figure.status.words
    names = ", ".join(dict.fromkeys(_name(operand) for operand in missing))
    return f"{names}: {missing[0].figure.status.words}"


def _terms(operands: Iterable[Operand]) -> str:
    text = ""
    for operand in operands:
        sign = " − " if operand.term.sign < 0 else " + " if text else ""
        text += f"{sign}{_number(operand)}"
    return text


def _names(operands: Iterable[Operand]) -> str:
    text = ""
    for operand in operands:
        sign = " less " if operand.term.sign < 0 else " plus " if text else ""
        text += f"{sign}{_name(operand)}"
    return text


def _name(operand: Operand) -> str:
    title = MEASURES_BY_NAME[operand.term.measure].title
    title = title if title.isupper() else title[:1].lower() + title[1:]
    row = operand.term.breakdown
    return f"{title}, {row.category} {row.subcategory}" if row else title


def _number(operand: Operand) -> str:
    figure = operand.figure
    places = 0 if figure.unit in ("count", "days") else 2
    return format_number(figure.exact, places) if figure.known else figure.status.value
