"""The checked words, of every kind: what a phrase claims, whether it holds, and what would.

An editor's phrase is read by the first kind that knows it. The kinds are in the order in which they are tried: the longer
windows first, so that `more than half for the first time` is a first time and not a share.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from yearbook.wording.facts import Facts, Verdict
from yearbook.wording.firsts import first_samples, firsts_that_hold, read_first
from yearbook.wording.levels import level_samples, levels_that_hold, read_level
from yearbook.wording.movements import movement_samples, movements_that_hold, read_movement
from yearbook.wording.numbers import plain
from yearbook.wording.ratios import ratio_samples, ratios_that_hold, read_ratio
from yearbook.wording.records import read_record, record_samples, records_that_hold
from yearbook.wording.shares import read_share, share_samples, shares_that_hold
from yearbook.wording.trends import read_trend, trend_samples, trends_that_hold

_AUXILIARIES = (
    "has ",
    "have ",
    "had ",
    "was ",
    "were ",
    "is ",
    "are ",
    "been ",
    "remained ",
    "stayed ",
    "being ",
    "held ",
)
_MOST_OFFERED = 4


class Phrase(Protocol):
    """What a phrase of any kind can do."""

    @property
    def family(self) -> str:
        """The kind's name."""

    def judge(self, facts: Facts) -> tuple[bool, str]:
        """Whether it holds of the facts, and why or why not, as the end of a sentence."""


@dataclass(frozen=True, slots=True)
class Family:
    """A kind of phrase: how it is read from plain words, what of it holds of given facts, and a sample of it."""

    name: str
    read: Callable[[str], Phrase | None]
    that_hold: Callable[[Facts], tuple[str, ...]]
    samples: Callable[[], Iterator[str]]


FAMILIES: tuple[Family, ...] = (
    Family("first time", read_first, firsts_that_hold, first_samples),
    Family("record", read_record, records_that_hold, record_samples),
    Family("trend", read_trend, trends_that_hold, trend_samples),
    Family("ratio", read_ratio, ratios_that_hold, ratio_samples),
    Family("change", read_movement, movements_that_hold, movement_samples),
    Family("standard", read_level, levels_that_hold, level_samples),
    Family("share", read_share, shares_that_hold, share_samples),
)
"""Every kind of phrase, in the order in which they are tried."""


@lru_cache(maxsize=20_000)
def read_phrase(words: str, against_another: bool = False) -> Phrase | None:
    """The phrase that an editor's words say, None where no kind knows them.

    Where the value is compared with another (`against_another`), a bare fraction is a ratio: half of the other.
    """
    core = plain(words)
    for family in FAMILIES:
        for said in _without_auxiliaries(core):
            found = read_ratio(said, against_another) if family.name == "ratio" else family.read(said)
            if found is not None:
                return found
    return None


def _without_auxiliaries(words: str) -> Iterator[str]:
    """The words, then the words without `has`, `was been` and their like before them."""
    yield words
    shorter = words
    while shorter.startswith(_AUXILIARIES):
        shorter = shorter.partition(" ")[2]
        yield shorter


def judge_phrase(words: str, facts: Facts) -> Verdict:
    """Whether an editor's words hold of the facts, why or why not, and if not, the nearest words of that kind that do."""
    phrase = read_phrase(words, facts.against_another)
    if phrase is None:
        return Verdict(None, "these are no words that the rules know")
    holds, why = phrase.judge(facts)
    return Verdict(holds, why, () if holds else that_hold(facts, phrase.family)[:_MOST_OFFERED])


def that_hold(facts: Facts, family: str = "") -> tuple[str, ...]:
    """The usual phrases that hold of the facts, nearest first: of one kind, or of all kinds in turn.

    Of a value compared with another figure only its ratio and its difference are told.
    """
    kinds = [one for one in FAMILIES if family in ("", one.name)]
    if facts.against_another:
        kinds = [one for one in kinds if one.name in ("ratio", "change")]
    found = (words for one in kinds for words in one.that_hold(facts))
    return tuple(dict.fromkeys(found))


def all_phrases() -> tuple[str, ...]:
    """A large sample of the words that the rules know: each kind with each of its qualifiers."""
    return tuple(dict.fromkeys(words for family in FAMILIES for words in family.samples()))
