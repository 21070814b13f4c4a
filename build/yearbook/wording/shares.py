"""Shares in words: `just over one in four`, `nearly nine in ten`, `more than half`, `between a third and a half`.

A share is judged on a rate, in per cent, unrounded. The allowances are those of the published rules: nearly up to 2.5 below, just
over up to 2 above, about within 1.5 either way, and a bare fraction is said as about. Well over and well under are 5
or more away. Nearer to nothing or to everything than ten in a hundred the allowances shrink in proportion, so that
`about one in twenty` is not said of six and a half in a hundred. So many in a hundred is said to the nearest whole one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from yearbook.formatting import format_number, round_half_up
from yearbook.wording.facts import Facts
from yearbook.wording.numbers import count_in_words, read_fraction
from yearbook.wording.qualifiers import QUALIFIERS, Allowance, Qualifier, Span, span_of, split_qualifier

ALLOWANCE = Allowance(Fraction(5, 2), Fraction(2), Fraction(3, 2), Fraction(5))
"""In percentage points, between one in ten and nine in ten."""

NEARLY_ALL = Fraction(95)
"""From here, and short of 100, a share is nearly all; as far from nought it is hardly any."""

_WHOLES = {
    "nearly all": Span(NEARLY_ALL, Fraction(100), True, False),
    "almost all": Span(NEARLY_ALL, Fraction(100), True, False),
    "hardly any": Span(Fraction(0), 100 - NEARLY_ALL),
    "almost none": Span(Fraction(0), 100 - NEARLY_ALL),
    "most": Span(Fraction(50), None, False),
    "a majority": Span(Fraction(50), None, False),
    "the majority": Span(Fraction(50), None, False),
    "a minority": Span(None, Fraction(50), high_in=False),
    "the minority": Span(None, Fraction(50), high_in=False),
}


@dataclass(frozen=True, slots=True)
class Share:
    """A share as an editor says it: a fraction with its qualifier, or a word such as most, as the span it holds in.

    `at` is the fraction in per cent, None where the words name none. `said` is the qualifier as written.
    """

    span: Span
    at: Fraction | None = None
    qualifier: Qualifier | None = None
    said: str = ""
    family = "share"

    def judge(self, facts: Facts) -> tuple[bool, str]:
        """Whether it holds of the facts' value, and by how much it does not."""
        if not facts.is_rate:
            return False, "a share can be said of a rate alone"
        if facts.value is None:
            return False, "it has no value"
        holds = facts.value in self.span
        return holds, self._rule(facts.value)

    def _rule(self, value: Fraction) -> str:
        if self.at is None or self.qualifier in (Qualifier.MORE, Qualifier.LESS, Qualifier.AT_LEAST, Qualifier.AT_MOST):
            return f"it holds {span_words(self.span)}"
        allowance = self.span
        below, above = (
            abs(self.at - end) if end is not None else Fraction(0) for end in (allowance.low, allowance.high)
        )
        reach = max(below, above)
        gap = value - self.at
        said = self.said.removesuffix(" than") or "a fraction said without more"
        match self.qualifier:
            case Qualifier.NEARLY:
                rule = f"{said} is up to {points(reach)} below"
            case Qualifier.JUST_OVER:
                rule = f"{said} is up to {points(reach)} above"
            case Qualifier.WELL_OVER | Qualifier.WELL_UNDER:
                side = "above" if self.qualifier is Qualifier.WELL_OVER else "below"
                rule = f"{said} is at least {points(reach)} {side}"
            case _:
                rule = f"{said} is within {points(reach)}"
        return f"{rule}, and it is {told_from(abs(gap), reach)} {'above' if gap >= 0 else 'below'}"


def points(size: Fraction) -> str:
    """`2.5 points`, `2 points`, `1 point`: a size without decimals that are not there."""
    return f"{_shortest(size)} {'point' if size == 1 else 'points'}"


def _shortest(size: Fraction) -> str:
    places = next((places for places in range(3) if Fraction(round_half_up(size, places)) == size), 2)
    return format_number(size, places)


def told_from(size: Fraction, bound: Fraction) -> str:
    """A size to one decimal, or to as many as tell it from the bound that it is on one side of."""
    for places in range(1, 5):
        text = format_number(size, places)
        if size == bound or Fraction(round_half_up(size, places)) != bound:
            break
    return text


def span_words(span: Span, unit: str = "%", places: int = 1) -> str:
    """`from 47.5% up to but not 50%`, `above 50%`, `up to 5%`."""
    low, high = (
        None if end is None else f"{format_number(end, 0 if end.denominator == 1 else places)}{unit}"
        for end in (span.low, span.high)
    )
    if high is None:
        return f"{'from' if span.low_in else 'above'} {low}"
    if low is None:
        return f"{'up to' if span.high_in else 'below'} {high}"
    return f"{'from' if span.low_in else 'above'} {low} {'up to' if span.high_in else 'to less than'} {high}"


def allowance_at(at: Fraction) -> Allowance:
    """The allowances around a share in per cent: smaller within ten of nothing or of everything."""
    return ALLOWANCE.scaled(min(Fraction(1), at / 10, (100 - at) / 10))


def share_span(qualifier: Qualifier | None, at: Fraction, of_hundred: bool = False) -> Span:
    """The per cents of which a share holds. So many in a hundred, said without more, is to the nearest whole one."""
    if of_hundred and qualifier is None:
        return Span(at - Fraction(1, 2), at + Fraction(1, 2), True, False)
    return span_of(qualifier, at, allowance_at(at))


def read_share(words: str) -> Share | None:
    """The share that plain words say, None where they say none."""
    words = re.sub(r" of$", "", words)
    if words in _WHOLES:
        return Share(_WHOLES[words])
    between = re.fullmatch(r"between (.+) and (.+)", words)
    if between:
        ends = [read_fraction(end) for end in between.groups()]
        if None in ends or ends[0].number >= ends[1].number:  # type: ignore[union-attr]
            return None
        low, high = (Fraction(100) * end.number for end in ends if end is not None)
        return Share(Span(low, high))
    found = split_qualifier(words)
    # A majority of one kind is no fraction: only a fraction can follow a qualifier.
    fraction = read_fraction(re.sub(r"^(?:a|an) (?=\w+ in |even)", "", found.rest))
    if fraction is None:
        return None
    at = 100 * fraction.number
    return Share(share_span(found.qualifier, at, fraction.of_hundred), at, found.qualifier, found.said)


_PLAIN = {
    Fraction(1, 2): "half", Fraction(1, 3): "a third", Fraction(2, 3): "two-thirds", Fraction(1, 4): "a quarter",
    Fraction(3, 4): "three-quarters", Fraction(1, 5): "one in five", Fraction(4, 5): "four in five",
}  # fmt: skip
_TENTHS = {Fraction(one, 10) for one in range(1, 10)}
_SMALL = {Fraction(1, under) for under in (6, 7, 8, 9, 12, 15, 20, 25, 30, 40, 50, 100)}
_BEYOND = {1 - Fraction(1, under) for under in (12, 15, 20, 25, 50, 100)}
EVERYDAY = tuple(sorted(set(_PLAIN) | _TENTHS | _SMALL | _BEYOND))
"""The fractions that people say, from one in a hundred to ninety-nine in a hundred."""

_OFFERED = (Qualifier.NEARLY, Qualifier.JUST_OVER, Qualifier.ABOUT, Qualifier.MORE, Qualifier.LESS)


def fraction_in_words(fraction: Fraction) -> str:
    """The fraction as it is usually said: `half`, `two-thirds`, `six in ten`, `one in twelve`."""
    if fraction in _PLAIN:
        return _PLAIN[fraction]
    over, under = (fraction.numerator, fraction.denominator) if fraction not in _TENTHS else (int(10 * fraction), 10)
    return f"{count_in_words(over)} in {count_in_words(under)}"


def share_words(qualifier: Qualifier | None, fraction: Fraction) -> str:
    """A share as it is usually said: `just over six in ten`, `fewer than one in five`, `less than half`."""
    words = fraction_in_words(fraction)
    if qualifier is None:
        return words
    said = QUALIFIERS[qualifier][0]
    if qualifier is Qualifier.LESS and " in " in words:
        said = "fewer than"
    return f"{said} {words}"


@cache
def _everyday_shares() -> tuple[tuple[str, Share], ...]:
    return tuple(
        (share_words(qualifier, fraction), Share(share_span(qualifier, 100 * fraction), 100 * fraction, qualifier))
        for fraction in EVERYDAY
        for qualifier in _OFFERED
    )


def shares_that_hold(facts: Facts) -> tuple[str, ...]:
    """The everyday shares that hold of the value, those that say how much first, and among them the nearest fraction first.

    Of more than and less than only the two fractions next to the value are given.
    """
    if facts.value is None or not facts.is_rate:
        return ()
    value = facts.value
    found = [(words, share) for words, share in _everyday_shares() if value in share.span and share.at is not None]
    near = sorted((pair for pair in found if pair[1].span.bounded), key=lambda pair: _distance(pair[1], value))
    sides = [
        min(
            (pair for pair in found if pair[1].qualifier is side),
            key=lambda pair: _distance(pair[1], value),
            default=None,
        )
        for side in (Qualifier.MORE, Qualifier.LESS)
    ]
    whole = [words for words in ("nearly all", "hardly any") if value in _WHOLES[words]]
    told = sorted(filter(None, sides), key=lambda pair: _distance(pair[1], value))
    between = []
    if not near and len(told) == 2:
        low, high = (
            fraction_in_words(share.at / 100) for _, share in sorted(told, key=lambda pair: pair[1].at or 0) if share.at
        )
        between.append(f"between {low} and {high}")
    return tuple(dict.fromkeys([*(words for words, _ in near), *between, *(words for words, _ in told), *whole]))


def _distance(share: Share, value: Fraction) -> tuple[Fraction, bool]:
    assert share.at is not None  # noqa: S101  only shares that name a fraction are offered
    rare = (share.at / 100) in _SMALL | _BEYOND and share.at > Fraction(10)
    return abs(share.at - value) + (2 if rare else 0), share.qualifier is Qualifier.ABOUT


def share_samples() -> Iterator[str]:
    """A large sample of the shares that can be said."""
    for qualifier in (None, *Qualifier):
        words = ("",) if qualifier is None else QUALIFIERS[qualifier]
        for said in words:
            for fraction in sorted({Fraction(over, under) for under in range(2, 11) for over in range(1, under)}):
                usual = fraction_in_words(fraction)
                for spelt in dict.fromkeys((usual, _as_parts(fraction), _as_in(fraction))):
                    yield f"{said} {spelt}".strip()
    yield from _WHOLES
    yield from (
        "between a third and a half",
        "between six in ten and two-thirds",
        "eighteen in a hundred",
        "1 in 5",
        "3 out of 10",
        "one in seventeen",
    )


_PART_NAMES = ("", "", "half", "third", "quarter", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


def _as_parts(fraction: Fraction) -> str:
    name = _PART_NAMES[fraction.denominator]
    if fraction.numerator == 1:
        return f"{'an' if name == 'eighth' else 'one' if name == 'half' else 'a'} {name}"
    return f"{count_in_words(fraction.numerator)} {name}s"


def _as_in(fraction: Fraction) -> str:
    return f"{count_in_words(fraction.numerator)} in {count_in_words(fraction.denominator)}"
