"""What a loose quantity may be: the metrics that it could speak of, with their values, and what to paste.

A suggestion is for the editor to judge. Nothing is ever accepted because it matches.
"""

import re
from collections.abc import Iterator
from fractions import Fraction

from yearbook.claims.prose import Sentence
from yearbook.claims.quantities import Quantity, value_of
from yearbook.formatting import format_figure, round_half_up
from yearbook.metrics import METRICS, Metric
from yearbook.organisations import ENGLAND, Organisation
from yearbook.report import Report
from yearbook.wording import change_words, facts_about, judge_phrase, read_phrase
from yearbook.years import FinancialYear

_YEAR = re.compile(r"\b((?:19|20)\d\d)[-–](\d\d)\b")
_TRIED = 6  # of the metrics most like the sentence, so that what is suggested is about what it says
_COMMON = {"the", "and", "that", "year", "referrals", "after", "were", "not", "rate", "their", "whatever"}
_SUPPOSES = re.compile(r"\b(?:if|suppose|imagine|say|for example)\b", re.IGNORECASE)
_COMPARES = re.compile(
    r"\b(?:higher|lower|over|under|above|below|more|less|up|down|rose|rise|fell|fall|increase|decrease|drop|gap|apart)\b",
    re.IGNORECASE,
)


def suggest_figures(
    quantity: Quantity, sentence: Sentence, report: Report, year: FinancialYear | None, area: Organisation
) -> str:
    """The likely metric, with its value and the expression to paste; empty when nothing likely is known."""
    asked = _year_said(sentence, report) or year or report.latest
    explicit = asked != year
    number = value_of(quantity.text)
    if number is not None and "%" in quantity.text:
        for metric in METRICS:
            standard = report.standard(metric.name, asked)
            if standard is not None and standard.level == number[0]:
                named = f', "{asked}"' if explicit else ""
                return f'the standard of {asked} is {standard.title}: {{{{ standard("{metric.name}"{named}) }}}}'
    percent = quantity.kind == "percent"
    live = {piece.live.metric for piece in sentence.pieces}
    clause = _clause(sentence, quantity)
    if number is not None and _SUPPOSES.search(sentence.typed[: quantity.start]):
        return f'a number made up to explain something is {{{{ example("{quantity.text.strip()}") }}}}'
    ranked = sorted(
        METRICS,
        key=lambda metric: -2 * _likeness(metric, clause) - _likeness(metric, sentence.text) - (metric.name in live),
    )
    if number is not None and quantity.kind in ("percent", "count", "decimal"):
        ranked = [metric for metric in ranked if metric.is_rate == percent]
        same = [metric for metric in ranked if _prints(report, metric, asked, area, *number)]
        if same and not (percent and live):
            return _told(report, same[:2], asked, area, explicit, "figure", quantity)
    likely = [metric for metric in ranked if report.figure(metric.name, asked, area).known]
    if percent and likely and _COMPARES.search(clause):
        return _told_of_points(report, likely[0], asked, explicit)
    phrase = read_phrase(quantity.text)
    if phrase is None:
        told = _told(report, likely[:1], asked, area, explicit, "figure", quantity)
        return f"{told} (which is not what you typed)" if told and number is not None else told
    nearest = [metric for metric in likely if metric.is_rate or phrase.family != "share"][:_TRIED]
    held = [metric for metric in nearest if _holds(report, quantity.text, metric, asked, area)]
    if held:
        return _told(report, held[:1], asked, area, explicit, "say", quantity)
    return _told_of_words(report, nearest[0], quantity.text, asked, area, explicit) if nearest else ""


def _told_of_points(report: Report, metric: Metric, year: FinancialYear, explicit: bool) -> str:
    """What to write for a typed difference of two percentages."""
    named = f', "{year}"' if explicit else ""
    change = report.change(metric.name, year)
    words = f", which was {change_words(metric.name, change)} in {year}" if change.difference is not None else ""
    return (
        "the difference of two percentages is in percentage points, and per cent would be a proportion of the lower one. "
        f'The change on the year before is {{{{ change("{metric.name}"{named}) }}}}{words}; the distance of an area from '
        f'England is {{{{ against_england("{metric.name}", area="…") }}}}'
    )


def _told_of_words(
    report: Report, metric: Metric, words: str, year: FinancialYear, area: Organisation, explicit: bool
) -> str:
    """What a phrase may be of, where it does not hold of it: the value, and the words of its kind that do hold."""
    verdict = judge_phrase(words, facts_about(report, metric.name, year, area))
    value = format_figure(report.figure(metric.name, year, area))
    told = (
        f"{metric.title}{f', {metric.base},' if metric.base else ''} was {value} in {year}, of which it does not hold"
    )
    if not verdict.alternatives:
        return told
    named = f', "{year}"' if explicit else ""
    return f'{told}; this does: {{{{ say("{verdict.alternatives[0]}", "{metric.name}"{named}) }}}}'


def _clause(sentence: Sentence, quantity: Quantity) -> str:
    """The words about a quantity, as far as the next comma or stop on either side."""
    before = re.split(r"[,;:]| and ", sentence.text[: quantity.start])[-1]
    after = re.split(r"[,;:]| and ", sentence.text[quantity.end :])[0]
    return f"{before} {sentence.text[quantity.start : quantity.end]} {after}"


def _holds(report: Report, words: str, metric: Metric, year: FinancialYear, area: Organisation) -> bool:
    return judge_phrase(words, facts_about(report, metric.name, year, area)).holds is True


def _told(
    report: Report,
    metrics: list[Metric],
    year: FinancialYear,
    area: Organisation,
    explicit: bool,
    helper: str,
    quantity: Quantity,
) -> str:
    where = "" if area == ENGLAND else f', area="{area.code}"'
    parts = []
    for metric in metrics:
        named = f', "{year}"' if explicit else ""
        value = format_figure(report.figure(metric.name, year, area))
        asked = f'"{quantity.text}", ' if helper == "say" else ""
        parts.append(
            f"{metric.title}{f', {metric.base},' if metric.base else ''} was {value} in {year}: "
            f'{{{{ {helper}({asked}"{metric.name}"{named}{where}) }}}}'
        )
    return "; or ".join(parts)


def _prints(
    report: Report, metric: Metric, year: FinancialYear, area: Organisation, number: Fraction, places: int
) -> bool:
    figure = report.figure(metric.name, year, area)
    return figure.known and round_half_up(figure.exact, places) == number


def _year_said(sentence: Sentence, report: Report) -> FinancialYear | None:
    for first, last in _YEAR.findall(sentence.text):
        try:
            found = FinancialYear.parse(f"{first}-{last}")
        except ValueError:
            continue
        if found in report.archive.releases:
            return found
    return None


def _likeness(metric: Metric, text: str) -> float:
    """How many of the metric's words the sentence has, the title's counting double."""
    said = set(_stems(text))
    named = metric.title.partition(",")[0].lower() in text.lower()
    score = sum(2.0 for word in _stems(metric.title) if word in said)
    score += sum(1.0 for word in _stems(metric.base) if word in said)
    return score / (2 + len(set(_stems(f"{metric.title} {metric.base}")))) + (0.5 if named else 0)


def _stems(text: str) -> Iterator[str]:
    for word in re.findall(r"[a-z]{3,}|\d+ (?:weeks|days)", text.lower().replace("six weeks", "6 weeks")):
        if word not in _COMMON:
            yield word[:7]
