"""The words that go before a quantity, and the ranges that they open around it.

METHODS of the wording: nearly X is up to 2.5 below it, just over X up to 2 above, about X within 1.5, more and less than X any
distance. Ratios and changes have allowances of their own in the same proportion of room to either side.
"""

from dataclasses import dataclass
from enum import Enum
from fractions import Fraction


class Qualifier(Enum):
    """What a qualifier claims. The value is the word that messages use for it."""

    NEARLY = "nearly"
    JUST_OVER = "just over"
    ABOUT = "about"
    MORE = "more than"
    LESS = "less than"
    AT_LEAST = "at least"
    AT_MOST = "at most"
    WELL_OVER = "well over"
    WELL_UNDER = "well under"

    @property
    def mirrored(self) -> "Qualifier":
        """What it claims of the ratio the other way round: less than half as many is more than double."""
        return _MIRRORED.get(self, self)


_MIRRORED = {
    one: other
    for pair in (
        (Qualifier.NEARLY, Qualifier.JUST_OVER),
        (Qualifier.MORE, Qualifier.LESS),
        (Qualifier.AT_LEAST, Qualifier.AT_MOST),
        (Qualifier.WELL_OVER, Qualifier.WELL_UNDER),
    )
    for one, other in (pair, pair[::-1])
}

QUALIFIERS: dict[Qualifier, tuple[str, ...]] = {
    Qualifier.NEARLY: (
        "nearly", "almost", "just under", "close to", "just below", "just less than", "just fewer than", "just short of",
        "slightly less than", "slightly fewer than", "slightly under", "slightly below", "slightly worse than", "a little under",
        "a little less than", "a little fewer than", "a little below", "not quite", "approaching", "little short of",
    ),
    Qualifier.JUST_OVER: (
        "just over", "slightly more than", "a little over", "just above", "just more than", "slightly over", "slightly above",
        "slightly better than", "a little more than", "a little above", "little more than",
    ),
    Qualifier.ABOUT: ("about", "around", "roughly", "some", "approximately", "more or less", "in the region of"),
    Qualifier.MORE: ("more than", "over", "above", "better than", "upwards of", "in excess of", "greater than"),
    Qualifier.LESS: ("less than", "fewer than", "under", "below", "worse than", "short of"),
    Qualifier.AT_LEAST: ("at least", "no less than", "no fewer than", "not less than", "not fewer than"),
    Qualifier.AT_MOST: ("at most", "no more than", "not more than", "up to"),
    Qualifier.WELL_OVER: ("well over", "well above", "far more than", "much more than", "far above"),
    Qualifier.WELL_UNDER: (
        "well under", "well below", "far less than", "far fewer than", "much less than", "much fewer than", "far below",
    ),
}  # fmt: skip
"""The words for each claim, the plainest first."""

_BY_WORDS = sorted(((said, one) for one, words in QUALIFIERS.items() for said in words), key=lambda pair: -len(pair[0]))

_NOT_MEASURED = ("only ", "just ", "a mere ", "as few as ", "a full ")
"""Emphasis that claims no quantity of its own; it may stand first, and is passed over."""


@dataclass(frozen=True, slots=True)
class Qualified:
    """A qualifier as said, what it claims (None when nothing was said), and the words after it."""

    said: str
    qualifier: Qualifier | None
    rest: str


def split_qualifier(words: str) -> Qualified:
    """Plain words taken apart into their qualifier and the rest; `or so` after the rest is `about`."""
    for said, qualifier in _BY_WORDS:
        if words == said or words.startswith(f"{said} "):
            return Qualified(said, qualifier, words[len(said) :].strip())
    for emphasis in _NOT_MEASURED:
        if words.startswith(emphasis):
            return split_qualifier(words.removeprefix(emphasis))
    if words.endswith(" or so"):
        return Qualified("or so", Qualifier.ABOUT, words.removesuffix(" or so"))
    return Qualified("", None, words)


@dataclass(frozen=True, slots=True)
class Allowance:
    """How far a value may lie from the quantity named: below it for nearly, above for just over, either way for about.

    `well` is how far it must lie from it, at least, for well over and well under.
    """

    nearly: Fraction
    over: Fraction
    about: Fraction
    well: Fraction

    def scaled(self, by: Fraction) -> "Allowance":
        """The same in another size."""
        return Allowance(self.nearly * by, self.over * by, self.about * by, self.well * by)


@dataclass(frozen=True, slots=True)
class Span:
    """The values of which a phrase holds: from `low` to `high`, None where there is no end, each end in it or not."""

    low: Fraction | None
    high: Fraction | None
    low_in: bool = True
    high_in: bool = True

    def __contains__(self, value: Fraction) -> bool:
        above = self.low is None or value > self.low or (self.low_in and value == self.low)
        below = self.high is None or value < self.high or (self.high_in and value == self.high)
        return above and below

    def within(self, other: "Span") -> bool:
        """Whether every value in it is in the other."""
        low = other.low is None or (
            self.low is not None
            and (self.low > other.low or (self.low == other.low and (other.low_in or not self.low_in)))
        )
        high = other.high is None or (
            self.high is not None
            and (self.high < other.high or (self.high == other.high and (other.high_in or not self.high_in)))
        )
        return low and high

    @property
    def bounded(self) -> bool:
        """Whether it has an end on both sides, so that it says how much and not only which side."""
        return self.low is not None and self.high is not None


def span_of(qualifier: Qualifier | None, at: Fraction, allowance: Allowance) -> Span:
    """The values of which the qualifier holds around `at`; what is said without one is said as `about`."""
    match qualifier:
        case Qualifier.NEARLY:
            return Span(at - allowance.nearly, at, True, False)
        case Qualifier.JUST_OVER:
            return Span(at, at + allowance.over, False, True)
        case Qualifier.MORE:
            return Span(at, None, False)
        case Qualifier.LESS:
            return Span(None, at, high_in=False)
        case Qualifier.AT_LEAST:
            return Span(at, None)
        case Qualifier.AT_MOST:
            return Span(None, at)
        case Qualifier.WELL_OVER:
            return Span(at + allowance.well, None)
        case Qualifier.WELL_UNDER:
            return Span(None, at - allowance.well)
        case _:
            return Span(at - allowance.about, at + allowance.about)
