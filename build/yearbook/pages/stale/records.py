"""Records in plain words that reach over every year, and whether a new year breaks them.

Only what can be told is judged: a record of the figure that a live expression beside it asks for. A record that
looks back from its own year ("more than in any year before", "the highest so far") stays true of that year.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from yearbook.errors import UsageError
from yearbook.metrics import METRICS_BY_NAME
from yearbook.organisations import ENGLAND
from yearbook.pages.area_numbers import find_organisation
from yearbook.pages.stale.sentences import Asked, Sentence
from yearbook.peers import Comparisons
from yearbook.releases import TOTAL, Breakdown
from yearbook.wording import gap_words
from yearbook.years import FinancialYear

_HIGH = (
    "highest", "most", "largest", "longest", "widest", "greatest", "more", "higher", "larger", "longer", "wider",
    "greater", "commoner", "above", "over", "exceeded", "matched", "reached",
)  # fmt: skip
_LOW = (
    "lowest", "fewest", "least", "smallest", "shortest", "narrowest", "fewer", "less", "lower", "smaller", "shorter",
    "narrower", "rarer", "below", "under",
)  # fmt: skip
_QUALITY = {"best": 1, "better": 1, "quickest": 1, "worst": -1, "worse": -1}
_WORD = rf"\b(?P<word>{'|'.join([*_HIGH, *_LOW, *_QUALITY])})\b"
_ALWAYS = (
    r"(?:ever\b(?! before)|of all\b(?! who| the referrals| those)|on record|of any year|than any other year|"
    r"(?:than )?(?:in|for) any (?:other )?year\b(?! before| of the series before)|in any of the years)"
)
RECORDS = (
    re.compile(rf"{_WORD}[^.;]{{0,80}}?\b{_ALWAYS}", re.IGNORECASE),
    re.compile(rf"\bnever (?:yet )?(?:been |stood |lain |come |gone )?(?:so |as )?{_WORD}", re.IGNORECASE),
    re.compile(r"\bno (?:other |later )?year(?: since)?\b[^.;]{0,60}?\b(?:has|have|is|was|shows?|had)\b[^.;]{0,30}?"
               r"\b(?:as |so )?(?P<word>high|low|wide|narrow|many|few|large|small|long|short|matched|reached|exceeded)\b",
               re.IGNORECASE),
)  # fmt: skip
"""What a record that reaches over every year looks like. `word` says which way it goes."""

_LOOKING_BACK = re.compile(r"\b(?:so far|before|until then|up to then|yet)\b", re.IGNORECASE)
_ENDS = re.compile(r"\bup to (?P<year>\d{4}-\d{2})", re.IGNORECASE)
_UPWARD = ("high", "wide", "many", "large", "long", "matched", "reached", "exceeded")


@dataclass(frozen=True, slots=True)
class Broken:
    """A record that a new year breaks: the words that make it, and the figures that break it, in a sentence."""

    words: str
    why: str


def broken_record(
    sentence: Sentence, comparisons: Comparisons, own: FinancialYear | None, year: FinancialYear
) -> Broken | None:
    """The record of a sentence that `year` breaks; None where it holds none, holds still or cannot be told.

    `own` is the year that the page's expressions mean. A record that looks back from it is its own year's; on a page
    without a year it looks back from now, and so is judged.
    """
    for pattern in RECORDS:
        found = pattern.search(sentence.words)
        if found is None or (own and _LOOKING_BACK.search(sentence.words, found.start())):
            continue
        last = _ENDS.search(sentence.words)
        if last is not None and last["year"] < str(year):
            continue
        asked = _nearest(sentence, found)
        if asked is None:
            continue
        then, value = _value(asked, comparisons, own, None), _value(asked, comparisons, own, year)
        way = _way(found["word"].lower(), asked.metric)
        if then is None or value is None or not way or asked.year == str(year):
            continue
        if (value[0] - then[0]) * way > 0:
            what = "The gap" if len(asked.groups) == 2 else METRICS_BY_NAME[asked.metric].title
            why = f"{what} was {value[1]} in {year}, where the sentence has {then[1]} of {asked.year or own}."
            return Broken(" ".join(found[0].replace("\ue000", "…").split()), why)
    return None


def _nearest(sentence: Sentence, found: re.Match[str]) -> Asked | None:
    """The figure whose expression stands nearest to the words, of the metrics that are known."""
    known = [asked for asked in sentence.asked if asked.metric in METRICS_BY_NAME and asked.helper != "change"]
    if re.search(r"\b(?:gap|difference|apart|between them)\b", sentence.words) and not any(
        len(asked.groups) == 2 for asked in known
    ):
        return _as_gap(known)
    return min(known, key=lambda asked: min(abs(asked.at - found.start()), abs(asked.at - found.end())), default=None)


def _as_gap(known: Sequence[Asked]) -> Asked | None:
    """The gap between the two groups whose figures a sentence gives; None where it gives no two of one metric and year."""
    if len(known) != 2 or known[0].metric != known[1].metric or known[0].year != known[1].year:
        return None
    groups = (*known[0].groups, *known[1].groups)
    return replace(known[0], groups=groups) if len(groups) == 2 else None


def _way(word: str, metric: str) -> int:
    """1 where the words say that nothing is higher, -1 that nothing is lower; 0 where it cannot be told."""
    if word in _QUALITY:
        better = {"higher": 1, "lower": -1}.get(METRICS_BY_NAME[metric].better, 0)
        return _QUALITY[word] * better
    return 1 if word in (*_HIGH, *_UPWARD) else -1


def _value(
    asked: Asked, comparisons: Comparisons, own: FinancialYear | None, year: FinancialYear | None
) -> tuple[Fraction, str] | None:
    """The figure asked for, in its own year or in `year`, with how it is printed; None where there is none."""
    report = comparisons.report
    try:
        meant = year or (FinancialYear.parse(asked.year) if asked.year else own)
        if meant is None or meant not in report.years:
            return None
        of = find_organisation(report, asked.area, meant, comparisons) if asked.area else ENGLAND
    except (UsageError, ValueError):
        return None
    groups = [Breakdown(*group.split("/")) for group in asked.groups]
    if len(groups) == 2:
        gap = report.gap(asked.metric, meant, groups[0], groups[1])
        if gap.difference is None:
            return None
        apart = abs(Fraction(gap.difference))
        return apart, gap_words(replace(gap, difference=apart))
    working = report.working(asked.metric, meant, of, groups[0] if groups else TOTAL)
    return (Fraction(working.figure.exact), working.text()) if working.figure.known else None
