"""Words that a new year may date: `latest`, `so far`, `the last year for which`. A person has to read them again."""

import re

from yearbook.pages.stale.sentences import Sentence
from yearbook.years import FinancialYear

EVERYWHERE = re.compile(
    r"\b(?:(?:the )?last (?:year )?for which|(?:the|our) (?:latest|most recent) year|this is the (?:last|latest) year(?! of)|"
    r"not much has changed|the only year|(?:in|than in|for) any other year|no (?:other|later) year|no year since|"
    r"to date|up to now|at the time of writing|the next (?:annual )?release|still holds? the record)\b",
    re.IGNORECASE,
)
"""On any page: what claims to know the last year there is, or every year."""

UNDATED = re.compile(
    r"\b(?:latest|most recent|so far|this year[’']s|these days|nowadays|recently|today|currently|at present)\b|"
    r"in every year since|since \d{4}-\d{2}[^.;]{0,40} in every year|in (?:every|any) year of the series|"
    r"(?<!and )(?<!more )(?<![,;] )\b(?:still|now|yet)\b",
    re.IGNORECASE,
)
"""On a page about no one year: what is true of the day it was written."""

_LOOSE = ("still", "now", "yet", "today")
_AS_LINK = re.compile(r"^\W*(?:still|now|yet)\b|\bnow (?:take|see|look|add|divide)\b", re.IGNORECASE)
_BOUND = re.compile(r"\bup to (\d{4}-\d{2})\b")
"""How far a sentence says that it reaches. One that takes the new year in has seen it."""
_FACT = re.compile(r"\ue000|\d{4}-\d{2}|\d%")


def dated_words(sentence: Sentence, undated: bool, year: FinancialYear) -> str:
    """The first words of a sentence that `year` may date; empty where none do.

    `undated` says that the page is about no one year. There `still`, `now`, `yet` and `today` count in a sentence with a
    figure or a year in it, unless they merely link it to the one before.
    """
    bounds = [found[1] for found in _BOUND.finditer(sentence.words)]
    if any(bound >= str(year) for bound in bounds):
        return ""
    if found := EVERYWHERE.search(sentence.words):
        return _plain(found[0])
    if str(year.previous) in bounds:
        return f"up to {year.previous}"
    for found in UNDATED.finditer(sentence.words) if undated else ():
        word = found[0].lower()
        if word in _LOOSE and (_AS_LINK.search(sentence.words) or not _FACT.search(sentence.words)):
            continue
        return _plain(found[0])
    return ""


def _plain(words: str) -> str:
    return " ".join(words.replace("\ue000", "…").split())
