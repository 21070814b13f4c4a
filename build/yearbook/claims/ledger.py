"""The claim ledger of a page: every quantity in its words is live, or it is a problem.

The ledger reads the rendered text, so what a helper printed is known for what it is, and everything else was typed. A
typed quantity must be put into `claim`, `say` or `cited`; what a helper printed must still read as it was printed, and
the words around it must go with it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from yearbook.claims.context import find_mismatches
from yearbook.claims.live import Live
from yearbook.claims.marks import MarkedText
from yearbook.claims.prose import LONGEST_SENTENCE, Sentence, read_prose
from yearbook.claims.quantities import Quantity, find_quantities
from yearbook.claims.suggestions import suggest_figures
from yearbook.errors import Problem
from yearbook.organisations import ENGLAND, Organisation
from yearbook.report import Report
from yearbook.years import FinancialYear

_PRINTED = re.compile(r"^\d\d\.\d%$|\d,\d{3}|\b\d+\.\d percentage points$|^[1-9]\d?\.\d%$")


@dataclass(frozen=True, slots=True)
class Ledger:
    """What the claims of a page are held to. `lives` is its list of live text, by number."""

    report: Report
    year: FinancialYear | None
    area: Organisation = ENGLAND
    lives: list[Live] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Fault:
    """A claim that fails: its sentence, where in it, and the problem as it is told."""

    sentence: Sentence
    at: int
    problem: Problem


def find_faults(text: MarkedText, file: str, ledger: Ledger) -> Iterator[Fault]:
    """Every claim of a rendered text that fails."""
    for sentence in read_prose(text, ledger.lives):
        if len(sentence.text) > LONGEST_SENTENCE:
            what = f"A sentence has {len(sentence.text):,} characters, and its claims cannot be read."
            yield Fault(sentence, 0, Problem(file, sentence.line(0), "", what, "end it, and begin another"))
            continue
        for quantity in find_quantities(sentence.typed):
            if _is_claim(quantity, sentence):
                yield _loose(quantity, sentence, file, ledger)
        for found in find_mismatches(sentence, ledger.report):
            yield Fault(sentence, found.at, Problem(file, sentence.line(found.at), "", found.what, found.fix))


def _is_claim(quantity: Quantity, sentence: Sentence) -> bool:
    """Whether a quantity must be held: among the rules of words, only what looks like a figure as it is printed."""
    if sentence.of_rules:
        return _PRINTED.search(quantity.text) is not None
    return not (quantity.kind == "movement" and any(piece.live.metric for piece in sentence.pieces))


def _loose(quantity: Quantity, sentence: Sentence, file: str, ledger: Ledger) -> Fault:
    words = " ".join(sentence.text[quantity.start : quantity.end].split())
    what = f'"{words}" is typed and nothing holds it to the data.'
    likely = suggest_figures(quantity, sentence, ledger.report, ledger.year, ledger.area)
    fix = "hold it with claim or say, quote it with cited, or take it away"
    if likely:
        fix = f"{likely}. If it is none of that, {fix}"
    return Fault(sentence, quantity.start, Problem(file, sentence.line(quantity.start), "", what, fix))
