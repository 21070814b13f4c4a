"""The methods pages of the metrics: how each is computed, step by step, and the index of them all."""

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import groupby
from typing import Any

from yearbook.formatting import format_number, sentence_case
from yearbook.formulas import Operand, Source, Term, Working, evaluate, term_words, terms_words, total
from yearbook.metrics import (
    ENDED,
    FINISHED,
    FLOWS,
    METADATA,
    METRICS,
    Metric,
    count_of,
    full_title,
    rates_over_each_base,
)
from yearbook.pages.environment import PageEnvironment, render_page
from yearbook.pages.markup import file_links, live_number
from yearbook.pages.page import Page, relative_link
from yearbook.pages.workings import WorkingsList, in_numbers, sum_in_words, working_sum
from yearbook.report import BASIS_WORDS, Report
from yearbook.tables.trends import has_figures
from yearbook.values import Figure, Status
from yearbook.years import FinancialYear, runs_of_years

COHORTS: Mapping[str, str] = {
    FLOWS: "What was received, entered treatment and finished in the same twelve months: not the same referrals.",
    ENDED: "The referrals that ended in the year, each stage a part of the one before.",
    FINISHED: "The courses of treatment that finished in the year.",
}
"""The three cohorts in reading order, in a sentence each."""


def methods_address(metric: Metric) -> str:
    """Where the metric's methods page is published."""
    return f"methods/metrics/{metric.slug}/"


def example_working(metric: Metric) -> Working:
    """The working of a metric's worked example, from the numbers it gives."""
    numbers = dict(metric.example.given)

    def look_up(term: Term) -> tuple[Figure, str, str]:
        unit = metric.unit if not metric.formula.under else "count"
        return Figure(numbers[term.given_name], unit=unit), "", ""

    return evaluate(metric.formula, Source("", look_up, {}))


def example_sum(metric: Metric) -> str:
    """The worked example in one line: its sum in words, then in numbers."""
    working = example_working(metric)
    return ": ".join(words for words in (sum_in_words(metric, working), working_sum(metric, working)) if words)


def example_what(metric: Metric) -> str:
    """What the worked example's numbers are of, in the middle of a sentence."""
    what = metric.example.what
    return what[:1].lower() + what[1:] if what.startswith(("An ", "Women")) else what


def example_steps(metric: Metric) -> list[str]:
    """The worked example step by step, from the numbers put in to the value as printed."""
    working = example_working(metric)
    numbers = [f"{term_words(operand.term)}, {in_numbers([_added(operand)])}" for operand in _each_once(working)]
    steps = [f"Put in, for {example_what(metric)}: {'; '.join(numbers)}."]
    if not working.under:
        if len(working.over) > 1:
            verb = "Add up" if any(operand.term.sign > 0 for operand in working.over[1:]) else "Take away"
            steps.append(f"{verb}: {in_numbers(working.over)} = {metric.example.gives}.")
        else:
            steps.append("It stands in the source, so nothing is computed.")
        return [*steps, f"Printed: {metric.example.gives}."]
    for side, operands in (("Over", working.over), ("Under", working.under)):
        if len(operands) > 1:
            added = f"{in_numbers(operands)} = {format_number(total(operands).exact)}"
            steps.append(f"{side} the line: {added}.")
    over, under = (format_number(total(operands).exact) for operands in (working.over, working.under))
    value = working.figure.exact
    if metric.is_rate:
        steps.append(f"Divide: {over} ÷ {under} = {format_number(Fraction(value) / 100, 7)}, to seven decimals.")
        steps.append(f"Times 100: {format_number(value, 5)}%.")
    else:
        steps.append(f"Divide: {over} ÷ {under} = {format_number(value, 5)}, to five decimals.")
    places = "one decimal" if metric.is_rate else "two decimals"
    return [*steps, f"Rounded half up, once, to {places}, and printed: {metric.example.gives}."]


def _each_once(working: Working) -> list[Operand]:
    """The operands, those that stand both over and under the line once."""
    return list({operand.term.given_name: operand for operand in (*working.over, *working.under)}.values())


def _added(operand: Operand) -> Operand:
    """The operand on its own, whatever its sign in the formula."""
    term = Term(operand.term.measure, 1, operand.term.breakdown)
    return Operand(term, operand.figure, operand.source, operand.basis)


def _formula(metric: Metric) -> dict[str, Any]:
    """The formula in words and set out, by the titles of its measures; `alone` where one measure is all of it."""
    working = example_working(metric)
    words = sum_in_words(metric, working) or _words(working.over)
    return {
        "words": sentence_case(words),
        "alone": not working.under and len(working.over) == 1,
        "over": _words(working.over).replace(" less ", " − ").replace(" plus ", " + "),
        "under": _words(working.under).replace(" less ", " − ").replace(" plus ", " + "),
        "otherwise": _otherwise(metric),
    }


def _otherwise(metric: Metric) -> str:
    if not metric.formula.otherwise:
        return ""
    return terms_words(metric.formula.otherwise)


def _words(operands: Sequence[Operand]) -> str:
    return terms_words([operand.term for operand in operands])


def siblings(metric: Metric) -> tuple[Metric, ...]:
    """The same numerator as a count and over every base, the metric itself left out."""
    if metric.of_groups or metric.unit not in ("percent", "count"):
        return ()
    count = count_of(metric.formula.over)
    family = (*((count,) if count is not None else ()), *rates_over_each_base(metric))
    return tuple(other for other in family if other != metric)


def _availability(report: Report, metric: Metric) -> list[tuple[str, str]]:
    """For each basis that a year's value stands on, and for none, the years, as runs."""
    years_of: dict[str, list[FinancialYear]] = {}
    for year, working in report.series(metric.name):
        words = _basis_words(working) if working.figure.known else _missing_words(working.figure.status)
        years_of.setdefault(words, []).append(year)
    return [(words, runs_of_years(years)) for words, years in years_of.items()]


def _basis_words(working: Working) -> str:
    """The basis in words; a number that we compute is as published in its parts and not in itself."""
    if working.basis == "annual" and len(working.over) + len(working.under) > 1:
        return "computed from counts of the annual publication"
    return BASIS_WORDS[working.basis]


def _from_first_figure(report: Report, metric: Metric) -> list[FinancialYear]:
    first = min(year for year, working in report.series(metric.name) if working.figure.known)
    return [year for year in report.years if year >= first]


def _missing_words(status: Status) -> str:
    return f"{status.value} {status.words}"


def _terms_used(metric: Metric, terms: Mapping[str, str]) -> list[tuple[str, str]]:
    """The glossary's terms that the metric's words hold, the longest first where one lies within another."""
    text = f"{metric.title}. {metric.definition} {metric.base}. {metric.cohort}".lower()
    used: list[tuple[int, str, str]] = []
    for term, anchor in sorted(terms.items(), key=lambda pair: -len(pair[0])):
        found = re.search(rf"\b{re.escape(term.lower())}s?\b", text)
        if found:
            used.append((found.start(), term, anchor))
            text = re.sub(rf"\b{re.escape(term.lower())}s?\b", lambda hit: "·" * len(hit[0]), text)
    return [(term, anchor) for _, term, anchor in sorted(used)]


def render_metric(report: Report, metric: Metric, terms: Mapping[str, str], environment: PageEnvironment) -> Page:
    """How one metric is computed: its formula, its worked example, what it is not, and where it can be had."""
    address, workings, title = methods_address(metric), WorkingsList(report), full_title(metric)
    year = report.latest
    others = [
        {
            "title": full_title(other),
            "address": methods_address(other),
            "base": other.base or "the count itself",
            "is_rate": other.is_rate,
            "value": live_number(other.name, year, report.working(other.name, year), workings),
        }
        for other in siblings(metric)
    ]
    shown = not metric.of_groups and has_figures(report, metric)
    body = render_page(
        environment,
        "pages/metric.md",
        metric=metric,
        title=title,
        cohort=COHORTS[metric.cohort],
        formula=_formula(metric),
        steps=example_steps(metric),
        others=others,
        year=year,
        availability=[] if metric.of_groups else _availability(report, metric),
        breaks=report.breaks(metric.name, _from_first_figure(report, metric)) if shown else (),
        standards=[held for held in report.archive.standards if held.metric == metric.name],
        terms=_terms_used(metric, terms),
        trend=f"trends/{metric.slug}/" if shown else "",
        workings=workings.to_html(environment.citing(address)),
        link=lambda target: relative_link(target, address),
    )
    summary = (
        f"How the Yearbook computes {title[:1].lower() + title[1:]}: formula and worked example. {metric.definition}"
    )
    return Page(f"methods/metrics/{metric.slug}.md", f"{title}: how it is computed", "methods", body, summary)


def render_metrics(environment: PageEnvironment) -> Page:
    """The index of the metrics: a line each with its base, by cohort."""
    order = list(COHORTS)
    groups = [
        (cohort, COHORTS[cohort], [_line(metric) for metric in metrics])
        for cohort, metrics in groupby(
            sorted(METRICS, key=lambda metric: order.index(metric.cohort)), key=lambda metric: metric.cohort
        )
    ]
    body = render_page(
        environment,
        "pages/metrics.md",
        groups=groups,
        count=len(METRICS),
        source=METADATA,
        files=file_links("data/metric-catalogue", "methods/metrics/", of="the catalogue of metrics"),
        link=lambda target: relative_link(target, "methods/metrics/"),
    )
    return Page(
        "methods/metrics.md",
        "How each metric is computed",
        "methods",
        body,
        "Every metric of the Yearbook with its base; each has a page with its formula and a worked example.",
    )


def _line(metric: Metric) -> dict[str, Any]:
    base = metric.base or {"count": "a count", "days": "a mean", "appointments": "a mean"}.get(metric.unit, "a ratio")
    return {"title": full_title(metric), "slug": metric.slug, "address": methods_address(metric), "base": base}
