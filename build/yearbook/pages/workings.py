"""The Workings section of a page: how each of its live numbers came about.

A page's collector gives every number its anchor the first time it is shown and prints them all at the
end. The anchor is made of the metric and the year, so it stays the same from build to build.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from yearbook.formatting import format_figure, format_number, sentence_case
from yearbook.formulas import Operand, Working
from yearbook.measures import MEASURES_BY_NAME
from yearbook.metrics import METRICS_BY_NAME, Metric
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
        """The workings as an ordered list, empty when the page has no live number."""
        if not self._entries:
            return ""
        ordered = sorted(self._entries.values(), key=lambda entry: (_position(entry.metric), entry.year, entry.anchor))
        intro = "Every live number on this page, with its sum. Numbers are rounded half up, once, when they are printed."
        items = "\n".join(map(_item, ordered))
        return (
            f'<section class="workings" id="workings">\n<h2>Workings</h2>\n<p>{intro}</p>\n<ol>\n{items}\n</ol>\n</section>'
        )


def _position(metric: Metric) -> int:
    return list(METRICS_BY_NAME).index(metric.name)


def _item(entry: _Entry) -> str:
    working, metric = entry.working, entry.metric
    parts = [
        f'<span class="working__value">{escape(metric.title)}, {entry.year}: {escape(printed(metric, working))}</span>',
        f'<span class="working__sum">{escape(working_sum(metric, working))}</span>',
    ]
    words = [f"{sentence_case(metric.base)}." if metric.base else "", f"Cohort: {metric.cohort}."]
    if working.figure.known and working.basis:
        words.append(f"Basis: {BASIS_WORDS[working.basis]}.")
    words += [f"Source: {source}." for source in working.sources]
    parts.append(f'<span class="working__source">{escape(" ".join(word for word in words if word))}</span>')
    return f'<li id="{entry.anchor}">{" ".join(parts)}</li>'


def printed(metric: Metric, working: Working, places: int | None = None) -> str:
    """The value as the site prints it, with no more decimals than the source gave a published rate."""
    if working.places is not None and metric.is_rate:
        places = working.places if places is None else min(places, working.places)
    if places is None and metric.unit == "ratio":
        places = 2
    return format_figure(working.figure, places)


def working_sum(metric: Metric, working: Working) -> str:
    """The computation in one line: `291,371 ÷ (606,192 − 36,054) × 100 = 51.1053…%, printed as 51.1%`."""
    figure = working.figure
    if not figure.known:
        return _why_not(working)
    if not working.over:
        return f"Published as {printed(metric, working)}; its parts are not available on one basis."
    over = _terms(working.over)
    if not working.under:
        if len(working.over) == 1:
            return f"{_name(working.over[0])}: {_number(working.over[0])}, as it stands in the source."
        return f"{over} = {format_figure(figure)} ({_names(working.over)})."
    names = f"({_names(working.over)} ÷ {_names(working.under)})"
    over = f"({over})" if len(working.over) > 1 else over
    under = f"({_terms(working.under)})" if len(working.under) > 1 else _terms(working.under)
    unrounded = format_number(figure.exact, 5)
    if metric.unit == "ratio":
        return f"{over} ÷ {under} = {unrounded} {names}; printed as {printed(metric, working)}."
    return f"{over} ÷ {under} × 100 = {unrounded}% {names}; rounded half up to {printed(metric, working)}."


def _why_not(working: Working) -> str:
    missing = [operand for operand in (*working.over, *working.under) if not operand.figure.known]
    if not missing:
        return f"No value: {working.figure.status.words}."
    names = ", ".join(dict.fromkeys(_name(operand) for operand in missing))
    return f"No value: {names}: {missing[0].figure.status.words}."


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
