"""Ratios in words: `almost double`, `roughly double`, `three times as many`, `half as many`, `almost as many`, `doubled`, `halved`.

A ratio is the value over what it is compared with, unrounded. Double is said as published: almost from 1.75, roughly from 1.9 to 2.1. Other
multiples have allowances in proportion to the multiple or, where that is less, to how far it lies over one; a part
of one is judged as the multiple that it is the other way round, so that this is roughly half of that exactly when that is
roughly double this.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from yearbook.formatting import format_number, round_half_up
from yearbook.wording.facts import Facts
from yearbook.wording.numbers import amount_in_words, read_amount, read_fraction
from yearbook.wording.qualifiers import QUALIFIERS, Allowance, Qualifier, Span, span_of, split_qualifier
from yearbook.wording.shares import fraction_in_words

DOUBLE = Allowance(Fraction(1, 4), Fraction(1, 5), Fraction(1, 10), Fraction(1, 2))
"""Around twice: almost double from 1.75, just over double up to 2.2, roughly double within 0.1, well over double from 2.5."""

EQUAL = Allowance(Fraction(1, 10), Fraction(1, 10), Fraction(1, 20), Fraction(1, 4))
"""Around once: almost as many from 0.9, about as many within 0.05."""

_AS = r"(?: as (?:many|much|high|large|big|great|likely|often|common|long)(?: as)?| the (?:rate|number|size|share|level|figure|proportion)(?: of| in)?| that(?: of| in)?)"
_MULTIPLES = {"double": 2, "twice": 2, "treble": 3, "triple": 3, "thrice": 3, "quadruple": 4}
_GROWN = {
    "doubled": 2,
    "trebled": 3,
    "tripled": 3,
    "quadrupled": 4,
    "doubling": 2,
    "trebling": 3,
    "a doubling": 2,
    "a trebling": 3,
}
_SHRUNK = ("halved", "halving", "a halving")


@dataclass(frozen=True, slots=True)
class Ratio:
    """A ratio as an editor says it. `at` is the ratio named; `over_time` says that the words tell of a change."""

    at: Fraction
    qualifier: Qualifier | None
    span: Span
    over_time: bool = False
    family = "ratio"

    def judge(self, facts: Facts) -> tuple[bool, str]:
        """Whether it holds of the facts' two values."""
        if facts.before is None or facts.after is None:
            return False, f"{facts.compared_with or 'what it is compared with'} has no value to compare"
        if facts.before <= 0 or facts.after < 0:
            return False, "a ratio to nought cannot be said"
        if self.over_time and facts.against_another:
            return False, "the words tell of a change, and the two values are of one time"
        ratio = facts.after / facts.before
        sum_ = f"{facts.said(facts.after)} over {facts.said(facts.before)} is {_told(ratio, self.span)}"
        return ratio in self.span, f"it holds {_span_words(self.span)}, and {sum_}"


def _told(ratio: Fraction, span: Span) -> str:
    ends = [end for end in (span.low, span.high) if end is not None]
    for places in range(2, 6):
        if ratio in ends or all(Fraction(round_half_up(ratio, places)) != end for end in ends):
            break
    return format_number(ratio, places)


def _span_words(span: Span) -> str:
    low, high = (
        None if end is None else format_number(end, 3 if 100 % end.denominator else 2) for end in (span.low, span.high)
    )
    if high is None:
        return f"{'from' if span.low_in else 'above'} {low}"
    if low is None:
        return f"{'up to' if span.high_in else 'below'} {high}"
    return f"{'from' if span.low_in else 'above'} {low} {'up to' if span.high_in else 'to less than'} {high}"


def ratio_span(qualifier: Qualifier | None, at: Fraction) -> Span:
    """The ratios of which a qualified multiple, or part, holds."""
    if at < 1:
        span = ratio_span(qualifier.mirrored if qualifier else None, 1 / at)
        return _inverse(span)
    if at == 1:
        return span_of(qualifier, at, EQUAL)
    return span_of(qualifier, at, DOUBLE.scaled(min(at / 2, at - 1)))


def _inverse(span: Span) -> Span:
    low = None if span.high is None else 1 / span.high
    high = None if span.low is None else 1 / span.low
    return Span(low, high, span.high_in, span.low_in)


def read_ratio(words: str, against_another: bool = False) -> Ratio | None:
    """The ratio that plain words say, None where they say none.

    A bare fraction is a share; it is a ratio where the value is compared with another (`against_another`).
    """
    found = split_qualifier(words)
    rest = found.rest
    if rest in _SHRUNK:
        # Almost halved is almost a halving: what is left is still a little over a half.
        qualifier = found.qualifier.mirrored if found.qualifier else None
        return Ratio(Fraction(1, 2), found.qualifier, ratio_span(qualifier, Fraction(1, 2)), True)
    if rest in _GROWN:
        at = Fraction(_GROWN[rest])
        return Ratio(at, found.qualifier, ratio_span(found.qualifier, at), True)
    named = _read_multiple(rest, against_another)
    if named is None or (named == 1 and found.qualifier not in _OF_AS_MANY):
        return None
    return Ratio(named, found.qualifier, ratio_span(found.qualifier, named))


_OF_AS_MANY = (None, Qualifier.NEARLY, Qualifier.ABOUT, Qualifier.AT_LEAST)


def _read_multiple(words: str, against_another: bool) -> Fraction | None:
    again = re.fullmatch(r"(?P<part>.+) as (?:many|much|high|large) again", words)
    if again:
        part = read_fraction(again["part"])
        return 1 + part.number if part else None
    core = re.sub(rf"{_AS}$", "", words)
    if core in _MULTIPLES:
        return Fraction(_MULTIPLES[core])
    if re.fullmatch(r"as (?:many|much|high|large|big|great|likely|often|common|long)(?: as)?|equal", words):
        return Fraction(1)
    times = re.fullmatch(r"(?P<number>.+?)(?: times| ?fold)", core)
    if times:
        amount = read_amount(times["number"])
        return amount.number if amount and 1 < amount.number <= 20 else None
    part = read_fraction(core) if core != words or against_another else None
    return part.number if part else None


_OFFERED = (Qualifier.NEARLY, Qualifier.JUST_OVER, Qualifier.ABOUT, Qualifier.MORE, Qualifier.LESS)
_EVERYDAY = tuple(
    sorted([Fraction(3, 2), *(Fraction(whole) for whole in range(2, 11)), Fraction(1, 2), Fraction(1, 3), Fraction(2, 3), Fraction(1, 4), Fraction(3, 4)])
)  # fmt: skip


def ratio_words(qualifier: Qualifier | None, at: Fraction, unit: str = "count", over_time: bool = False) -> str:
    """A ratio as it is usually said: `almost double`, `three times as many`, `half as high`, `more than halved`.

    `unit` decides between many and high. Raises KeyError for a change that has no word.
    """
    tail = "as many" if unit == "count" else "as high"
    if over_time:
        words = {Fraction(2): "doubled", Fraction(3): "trebled", Fraction(1, 2): "halved"}[at]
    elif at == 1:
        words = tail
    elif at < 1:
        words = f"{fraction_in_words(at)} {tail}"
    else:
        words = "double" if at == 2 else f"{amount_in_words(at)} times {tail}"
    if qualifier is None:
        return words
    said = {Qualifier.NEARLY: "almost", Qualifier.ABOUT: "roughly"}.get(qualifier, QUALIFIERS[qualifier][0])
    return f"{said} {words}"


def ratios_that_hold(facts: Facts) -> tuple[str, ...]:
    """The everyday ratios that hold of the two values, those that say how much first, then the nearest above and below."""
    if facts.before is None or facts.after is None or facts.before <= 0 or facts.after <= 0:
        return ()
    ratio = facts.after / facts.before
    near: list[tuple[Fraction, str]] = []
    sides: dict[Qualifier, tuple[Fraction, str]] = {}
    for at in (*_EVERYDAY, Fraction(1)):
        for qualifier in _OFFERED:
            if at == 1 and qualifier in (Qualifier.JUST_OVER, Qualifier.MORE, Qualifier.LESS):
                continue
            span = ratio_span(qualifier, at)
            if ratio not in span:
                continue
            far = abs(at - ratio) / at
            told = (far, ratio_words(qualifier, at, facts.unit))
            if span.bounded:
                near.append(told)
            elif (at > 1) == (qualifier is Qualifier.MORE) and told < sides.get(qualifier, (far + 1, "")):
                sides[qualifier] = told
    grown = () if facts.against_another else _changes_that_hold(ratio)
    return tuple(
        dict.fromkeys([*grown, *(words for _, words in sorted(near)), *(words for _, words in sorted(sides.values()))])
    )


def _changes_that_hold(ratio: Fraction) -> list[str]:
    found = []
    for at in (Fraction(2), Fraction(3), Fraction(1, 2)):
        for qualifier in (Qualifier.NEARLY, Qualifier.ABOUT, Qualifier.JUST_OVER, Qualifier.MORE):
            words = ratio_words(qualifier, at, over_time=True)
            claim = read_ratio(words)
            if claim is not None and ratio in claim.span:
                found.append(words)
    return found


def ratio_samples() -> Iterator[str]:
    """A large sample of the ratios that can be said."""
    cores = (
        "double", "twice", "twice as many", "twice as high", "twice the rate", "double the number", "treble", "three times as many",
        "three times", "four times as likely", "five times as many", "ten times as many", "one and a half times as many", "half as many", "half as many again",
        "a third as many", "two-thirds as many", "three-quarters as high", "half the rate", "doubled", "trebled", "halved", "tripled",
    )  # fmt: skip
    for core in cores:
        yield core
        for qualifier in Qualifier:
            yield from (f"{said} {core}" for said in QUALIFIERS[qualifier])
    for core in ("as many", "as many as", "as high as", "as likely"):
        for qualifier in (Qualifier.NEARLY, Qualifier.ABOUT):
            yield from (
                f"{said} {core}"
                for said in QUALIFIERS[qualifier]
                if said in ("nearly", "almost", "about", "roughly", "not quite", "just")
            )
