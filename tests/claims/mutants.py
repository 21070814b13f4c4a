"""Commentary made false in small ways, to see whether the check notices: one change each, on a known line.

The kinds: a digit changed in a number that is held (`claim`) or quoted (`cited`); a phrase of `say` made stronger; a
live expression replaced by its text with one digit changed; a base, or a year, swapped in the words beside it.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

EXPRESSION = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_TYPED = re.compile(r'\b(?P<helper>claim|cited)\(\s*"(?P<text>[^"]*\d[^"]*)"')
_SAID = re.compile(r'\bsay\(\s*"(?P<text>[^"]+)"')
_YEAR = re.compile(r"(?P<word>\b(?:in|In|for|For|of|Of|since|from|to)\s+)(?P<year>20\d\d-\d\d)\b")
_SENTENCE = re.compile(r"(?<=[.!?:;])[”)*]*\s+(?=[A-Z“*{\d])|\n\s*\n|\n(?=[#|-])")

BASES = (
    r"those\s+who\s+finished\s+and\s+were\s+at\s+caseness\s+at\s+the\s+start",
    r"(?:all|those)\s+who\s+finished(?!\s+and|\s+a\s+course\s+and)",
    r"referrals\s+that\s+ended\s+after\s+treatment",
    r"(?:the\s+)?referrals\s+that\s+ended(?!\s+after)",
    r"referrals\s+received(?!\s+in)",
    r"referrals\s+that\s+entered\s+treatment",
)
"""The words for the bases, and what each is swapped for."""

SWAPS = (
    "all who finished",
    "those who finished and were at caseness at the start",
    "referrals that ended",
    "referrals that ended after treatment",
    "referrals that ended",
    "referrals that ended",
)

STRONGER = (
    (r"^(?:nearly|almost|just under|not quite|close to) ", "more than "),
    (r"^(?:just over|slightly more than|a little over|more than|over) ", "nearly "),
    (r"^(?:fewer|less) than ", "more than "),
    (r"^(?:about|around|roughly) ", "more than twice "),
    (r"\bhighest\b", "lowest"),
    (r"\blowest\b", "highest"),
    (r"\brose\b", "fell"),
    (r"\bfell\b", "rose"),
    (r"\bup\b", "down"),
    (r"\bdown\b", "up"),
    (r"\bmet\b", "missed"),
    (r"\bmissed\b", "met"),
    (r"\babove\b", "below"),
    (r"\bbelow\b", "above"),
    (r"\b(?:flat|unchanged|little changed|hardly moved|much the same|broadly the same)\b", "doubled"),
    (r"\bdoubled?\b", "trebled"),
    (r"\bhalf\b", "three-quarters"),
    (r"\b(?:a|one) third\b", "half"),
    (r"\btwo-thirds\b", "three-quarters"),
    (r"\b(?:a|one) quarter\b", "a third"),
    (r"\b(?:a|one) (?:fifth|tenth|sixth)\b", "a quarter"),
    (r"\bone in (\w+)\b", "two in three"),
    (r"\b(two|three|four|five|six|seven|eight|nine) in ten\b", "one in ten"),
)


@dataclass(frozen=True, slots=True)
class Mutant:
    """A file with one change: its kind, the line it is on, the words before and after, and the whole text."""

    kind: str
    line: int
    before: str
    after: str
    text: str


def mutants(text: str, printed: Callable[[str, int], str]) -> Iterator[Mutant]:
    """Every mutant of an editor's file. `printed` gives what an expression on a line prints, as plain text."""
    expressions = list(EXPRESSION.finditer(text))
    for found in expressions:
        for typed in _TYPED.finditer(found[0]):
            at = found.start() + typed.start("text")
            yield _swap(text, f"digit in {typed['helper']}", at, at + len(typed["text"]), _next_digit(typed["text"]))
        for said in _SAID.finditer(found[0]):
            at = found.start() + said.start("text")
            if (stronger := _made_stronger(said["text"])) != said["text"]:
                yield _swap(text, "phrase", at, at + len(said["text"]), stronger)
        shown = printed(found[0], _line(text, found.start()))
        if re.search(r"\d", shown) and len(shown) < 80:
            yield _swap(text, "typed over", found.start(), found.end(), _next_digit(shown))
    for start, end in _sentences(text):
        if not any(start <= found.start() < end and "figure(" in found[0] for found in expressions):
            continue
        inside = [(found.start(), found.end()) for found in expressions if start <= found.start() < end]
        for pattern, other in zip(BASES, SWAPS, strict=True):
            for base in re.compile(pattern).finditer(text, start, end):
                if not any(a <= base.start() < b for a, b in inside):
                    yield _swap(text, "base", base.start(), base.end(), other)
        for year in _YEAR.finditer(text, start, end):
            if not any(a <= year.start() < b for a, b in inside):
                yield _swap(text, "year", year.start("year"), year.end("year"), _next_year(year["year"]))


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for found in _SENTENCE.finditer(text):
        yield start, found.end()
        start = found.end()
    yield start, len(text)


def _swap(text: str, kind: str, start: int, end: int, other: str) -> Mutant:
    return Mutant(kind, _line(text, start), text[start:end], other, text[:start] + other + text[end:])


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1


def _next_digit(words: str) -> str:
    """The words with their last digit made another."""
    at = max(place for place, letter in enumerate(words) if letter.isdigit())
    return f"{words[:at]}{(int(words[at]) + 3) % 10}{words[at + 1 :]}"


def _next_year(year: str) -> str:
    first = int(year[:4]) + 1
    return f"{first}-{(first + 1) % 100:02d}"


def _made_stronger(phrase: str) -> str:
    for pattern, stronger in STRONGER:
        if re.search(pattern, phrase, re.IGNORECASE):
            return re.sub(pattern, stronger, phrase, count=1, flags=re.IGNORECASE)
    return phrase
