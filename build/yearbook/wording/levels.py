"""The standard in words: `met`, `missed`, `above the standard`, `just below the standard`, `comfortably met`.

A standard is judged on the printed decimal, as the publisher judges it: 49.96% prints as 50.0% and meets 50%. A target that is a
number is judged on the number, and the distance to it in per cent of it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from yearbook.formatting import format_number, round_half_up
from yearbook.wording.facts import Facts
from yearbook.wording.qualifiers import QUALIFIERS, Qualifier, Span, span_of, split_qualifier
from yearbook.wording.shares import ALLOWANCE, points, told_from

_NOUGHT = Fraction(0)
_MET = Span(_NOUGHT, None)
_MISSED = Span(None, _NOUGHT, high_in=False)
_WORDS = {
    "met": _MET, "meets": _MET, "meeting": _MET, "reached": _MET, "reaches": _MET, "reaching": _MET, "kept": _MET,
    "missed": _MISSED, "misses": _MISSED, "missing": _MISSED, "not met": _MISSED, "did not meet": _MISSED, "failed to meet": _MISSED,
    "fell short of": _MISSED, "falls short of": _MISSED, "short of": _MISSED,
    "exceeded": Span(_NOUGHT, None, False), "exceeds": Span(_NOUGHT, None, False), "exceeding": Span(_NOUGHT, None, False), "beat": Span(_NOUGHT, None, False), "passed": Span(_NOUGHT, None, False),
}  # fmt: skip
_NARROWLY = ("just", "only just", "narrowly", "barely")
_EASILY = ("comfortably", "easily", "well")
_SIDES = ("above", "below", "over", "under")
_TAIL = re.compile(
    r"(?:^| )(?:the|its|their|this|that|a)(?: national| recovery| waiting)? (?:standard|target)s?(?: of)?$|(?:^| )(?:standard|target)$"
)


@dataclass(frozen=True, slots=True)
class Level:
    """Where a value is said to lie to the level it is held to: the span of its distance over it, in points."""

    span: Span
    said: str
    family = "standard"

    def judge(self, facts: Facts) -> tuple[bool, str]:
        """Whether it holds of the value and the standard or target of its year."""
        gap = distance(facts)
        if facts.level is None:
            return False, "no standard and no target was in force"
        if gap is None:
            return False, "it has no value"
        holds = gap in self.span
        if holds and gap >= 0 and facts.level_caveat:
            return False, f"reaching {facts.level_words} would prove nothing: {facts.level_caveat}"
        ends = [abs(end) for end in (self.span.low, self.span.high) if end]
        far = f"{told_from(abs(gap), max(ends, default=_NOUGHT))}{'' if facts.is_rate else '%'}"
        where = f"{far} {'above' if gap > 0 else 'below'}" if gap else "level with"
        return holds, f"{self.said} is {_rule(self.span, facts.is_rate)}, and it is {where} {facts.level_words}"


def _rule(span: Span, is_rate: bool) -> str:
    if span in (_MET, Span(_NOUGHT, None, False)):
        return "at the level or above it" if span.low_in else "above the level"
    if span == _MISSED:
        return "below the level"
    reach = max(abs(end) for end in (span.low, span.high) if end is not None)
    size = points(reach) if is_rate else f"{points(reach).partition(' ')[0]}%"
    if span.low is not None and span.high is not None:
        side = "of it" if span.low < 0 < span.high else "above" if span.high > 0 else "below"
        return f"{'within' if side == 'of it' else 'up to'} {size} {side}"
    return f"at least {size} {'above' if span.low is not None else 'below'}"


def distance(facts: Facts) -> Fraction | None:
    """How far the value lies over its level: of a rate in points, as printed; of a count in per cent of the level."""
    if facts.value is None or facts.level is None:
        return None
    if facts.is_rate:
        return Fraction(round_half_up(facts.value, 1)) - facts.level
    return 100 * (facts.value - facts.level) / facts.level


def read_level(words: str) -> Level | None:
    """The standing to a standard or target that plain words say, None where they say none."""
    tail = _TAIL.search(words)
    core = words[: tail.start()] if tail else words
    if core in _WORDS:
        return Level(_WORDS[core], core)
    manner = re.fullmatch(
        r"(?P<manner>only just|just|narrowly|barely|comfortably|easily|well) (?P<core>.+)|(?P<before>.+) (?P<after>easily|comfortably|narrowly)",
        core,
    )
    if manner:
        how, verb = manner["manner"] or manner["after"], manner["core"] or manner["before"]
        span = _WORDS.get(verb)
        if span is not None:
            return Level(_nearer(span) if how in _NARROWLY else _farther(span), core)
    found = split_qualifier(core)
    named = any(found.said.endswith(side) for side in _SIDES)
    if found.rest or found.qualifier is None or not (named or tail):
        return None
    return Level(span_of(found.qualifier, _NOUGHT, ALLOWANCE), found.said)


def _nearer(span: Span) -> Span:
    return (
        Span(-ALLOWANCE.nearly, _NOUGHT, True, False) if span == _MISSED else Span(_NOUGHT, ALLOWANCE.over, span.low_in)
    )


def _farther(span: Span) -> Span:
    return Span(None, -ALLOWANCE.well) if span == _MISSED else Span(ALLOWANCE.well, None)


def levels_that_hold(facts: Facts) -> tuple[str, ...]:
    """The usual words for where the value lies to its level, the nearest first."""
    offered = (
        "just above the standard",
        "just below the standard",
        "well above the standard",
        "well below the standard",
        "above the standard",
        "below the standard",
        "met",
        "missed",
    )
    words = [one.replace("standard", "target") for one in offered] if not facts.is_rate else offered
    return tuple(one for one in words if (level := read_level(one)) and level.judge(facts)[0])


def level_samples() -> Iterator[str]:
    """A large sample of what can be said of a standard."""
    for word in _WORDS:
        yield from (word, f"{word} the standard", f"{word} its target")
    for word in ("met", "missed"):
        yield from (f"{how} {word}" for how in ("only just", "narrowly", "comfortably", "easily"))
    for words in QUALIFIERS.values():
        for said in words:
            if said.endswith(_SIDES):
                yield from (said, f"{said} the standard")
    yield from (f"{QUALIFIERS[Qualifier.NEARLY][3]} the standard", "about the standard")


def level_in_words(level: Fraction, is_rate: bool) -> str:
    """A standard or a target as it is printed: `50%`, `1,900,000`."""
    return f"{format_number(level, 0 if level.denominator == 1 else 1)}{'%' if is_rate else ''}"
