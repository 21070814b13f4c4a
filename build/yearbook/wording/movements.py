"""Changes in words: `rose`, `a slight drop`, `fell sharply`, `little changed`, `up one and a half percentage points`.

The change of a rate is in percentage points, that of anything else in per cent of the earlier value; both unrounded. A change has a
direction when it is other than nought as printed, to one decimal.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from yearbook.formatting import format_number, round_half_up
from yearbook.wording.directions import DIRECTIONS, way_of, ways_of
from yearbook.wording.facts import Facts
from yearbook.wording.numbers import Amount, amount_in_words, read_amount, read_fraction
from yearbook.wording.qualifiers import Allowance, Qualifier, Span, span_of, split_qualifier
from yearbook.wording.shares import allowance_at, fraction_in_words
from yearbook.wording.sizes import change_in_words, size_of_change, sizes_of

_SMALL = {
    "edged up": 1,
    "edged down": -1,
    "slipped": -1,
    "slipping": -1,
    "dipped": -1,
    "a dip": -1,
    "barely rose": 1,
    "barely fell": -1,
    "inched up": 1,
}
_LARGE = {
    "jumped": 1, "leapt": 1, "soared": 1, "surged": 1, "a jump": 1, "a leap": 1, "a surge": 1, "plunged": -1, "plummeted": -1, "slumped": -1,
    "tumbled": -1, "a plunge": -1, "a slump": -1,
}  # fmt: skip
_FLAT = {
    "flat", "little changed", "hardly changed", "barely changed", "scarcely changed", "changed little", "almost unchanged", "nearly unchanged",
    "virtually unchanged", "much the same", "about the same", "almost the same", "nearly the same", "roughly the same", "stable", "steady", "held steady",
    "little different", "flatlined", "hardly moved", "barely moved", "little change",
}  # fmt: skip
_BROAD = {"broadly the same", "broadly unchanged", "broadly stable", "broadly flat", "broadly similar", "similar"}
_SAME = {"unchanged", "the same", "no change", "did not change", "not changed"}
_NO = {
    "no higher": 1,
    "no lower": -1,
    "not higher": 1,
    "not lower": -1,
    "did not rise": 1,
    "did not fall": -1,
    "not risen": 1,
    "not fallen": -1,
    "no more": 1,
    "no fewer": -1,
}
_SLIGHTLY = ("slightly", "a little", "marginally", "slight", "small", "marginal", "modest", "modestly")
_SHARPLY = ("sharply", "steeply", "sharp", "steep", "much", "far", "a lot")
_TAIL = re.compile(
    r" (?:(?:on|than|from|over|since|compared with|compared to) (?:the )?(?:year before|year|previous year|last year)|(?:since|from|than in|on) (?P<year>\d{4}-\d{2}))(?: before)?$"
)

NOT_KNOWN = "there is no change to judge: one of the years has no value, or the two do not compare"


@dataclass(frozen=True, slots=True)
class Movement:
    """A change as an editor says it.

    `way` is 1 for up, -1 for down and 0 for words that claim no direction; `good` says that the way is that of better (1) or worse
    (-1). `size` is the span of its size, in points or per cent, `unit` what the words say it in: `points`, `per cent` or, where
    either may be meant, nothing. `kind` is `flat`, `broad`, `same`, `not`, `slight`, `small`, `sharp`, `sized` or, for a direction alone, nothing.
    """

    way: int = 0
    good: int = 0
    kind: str = ""
    size: Span | None = None
    unit: str = ""
    dated: str = ""
    family = "change"

    def judge(self, facts: Facts) -> tuple[bool, str]:
        """Whether it holds of the change between the facts' two values."""
        change = size_of_change(facts)
        if change is None:
            return False, NOT_KNOWN
        told = change_in_words(change, facts)
        if self.dated and self.dated != str(facts.compared_year):
            return (
                False,
                f'the change is that since {facts.compared_with}; name the other year, as in since="{self.dated}"',
            )
        if self.unit == "points" and not facts.is_rate:
            return False, f"it is no rate, so it changes in per cent and not in points, and it is {told}"
        if self.unit == "per cent" and facts.is_rate:
            return False, f"a rate changes in percentage points and not in per cent, and it is {told}"
        way = way_of(self.way, self.good, facts.better)
        if way is None:
            return False, "no direction of it is agreed to be better"
        return self._holds(change, way, facts), self._rule(facts, told)

    def _holds(self, change: Fraction, way: int, facts: Facts) -> bool:
        sizes, size = sizes_of(facts), abs(change)
        printed = round_half_up(change, 1)
        match self.kind:
            case "flat":
                return size < sizes.flat
            case "broad":
                return size <= sizes.broad
            case "same":
                return printed == 0 if facts.is_rate else change == 0
            case "not":
                return printed * way <= 0
        if printed * way <= 0:
            return False
        match self.kind:
            case "slight":
                return sizes.flat <= size < sizes.slight
            case "small":
                return size < sizes.slight
            case "sharp":
                return size >= sizes.sharp
        return self.size is None or size in self.size

    def _rule(self, facts: Facts, told: str) -> str:
        sizes, unit = sizes_of(facts), "points" if facts.is_rate else "per cent"
        rule = {
            "flat": f"it holds of a change of less than {_short(sizes.flat)} {unit}",
            "broad": f"it holds of a change of at most {_short(sizes.broad)} {unit}",
            "same": "it holds of a change that prints as nought",
            "slight": f"slight is at least {_short(sizes.flat)} and less than {_short(sizes.slight)} {unit}",
            "small": f"it holds of less than {_short(sizes.slight)} {unit}",
            "sharp": f"sharp is at least {_short(sizes.sharp)} {unit}",
            "sized": f"it holds of a change {_sized_words(self.size, unit)}",
            "not": "it holds where there is no such change",
        }.get(self.kind, "it holds of a change in that direction that prints as other than nought")
        return f"{rule}, and it is {told}"


def _short(size: Fraction) -> str:
    return format_number(size, 0 if size.denominator == 1 else 1)


def _sized_words(span: Span | None, unit: str) -> str:
    if span is None:
        return "of any size"
    low, high = (
        None if end is None else format_number(end, 0 if end.denominator == 1 else 2) for end in (span.low, span.high)
    )
    if high is None:
        return f"{'of at least' if span.low_in else 'of more than'} {low} {unit}"
    if low is None:
        return f"{'of at most' if span.high_in else 'of less than'} {high} {unit}"
    return f"{'from' if span.low_in else 'above'} {low} {'up to' if span.high_in else 'to less than'} {high} {unit}"


def sized_span(qualifier: Qualifier | None, amount: Amount) -> Span:
    """The sizes of which a change said in points or per cent holds.

    Said without more, it is rounded as it is said: two points to the nearest point, one and a half to the nearest half. Nearly
    two is up to a quarter of it below, and at most 2.5; just over up to a fifth above, and at most 2; about 15% either way, at
    most 1.5, and never less than what is said without more.
    """
    half = amount.step / 2
    bare = Span(max(amount.number - half, Fraction(0)), amount.number + half, True, False)
    if qualifier is None:
        return bare
    scale = min(Fraction(1), amount.number / 10)
    allowance = Allowance(Fraction(5, 2) * scale, 2 * scale, Fraction(3, 2) * scale, 5 * scale)
    found = span_of(qualifier, amount.number, allowance)
    return bare if qualifier is Qualifier.ABOUT and found.within(bare) else found


_DIRECTION = "|".join(sorted(DIRECTIONS, key=len, reverse=True))
_UNIT = r"(?P<unit>percentage points?|points?|per cent|percent|%)"
_SIZED = (
    re.compile(rf"(?:an? |the )?(?P<way>{_DIRECTION})(?: by| of)? (?P<amount>.+?) ?(?:of an? )?{_UNIT}"),
    re.compile(rf"(?P<amount>.+?) ?(?:of an? )?{_UNIT} (?P<way>{_DIRECTION}|above|below)"),
)
_PARTS = (
    re.compile(rf"(?:an? )?(?P<way>{_DIRECTION})(?: by| of) (?P<amount>.+)"),
    re.compile(r"(?P<amount>.+) (?P<way>higher|lower|more|fewer|less)"),
)


def read_movement(words: str) -> Movement | None:
    """The change that plain words say, None where they say none."""
    tail = _TAIL.search(words)
    dated = (tail["year"] or "") if tail else ""
    words = words[: tail.start()] if tail else words
    for kind, known in (("flat", _FLAT), ("broad", _BROAD), ("same", _SAME)):
        if words in known:
            return Movement(kind=kind, dated=dated)
    for kind, ways in (("small", _SMALL), ("sharp", _LARGE), ("not", _NO)):
        if words in ways:
            return Movement(ways[words], kind=kind, dated=dated)
    manner, core = _manner(words)
    core = re.sub(r"^(?:an?|the) ", "", core)
    if core in DIRECTIONS and (core not in ("more", "less", "fewer") or not manner or manner == "slight"):
        return Movement(*ways_of(core), kind=manner, dated=dated)
    return None if manner else _read_sized(words, dated)


def _manner(words: str) -> tuple[str, str]:
    """Slight or sharp where the words say so, and the words without it."""
    for kind, known in (("slight", _SLIGHTLY), ("sharp", _SHARPLY)):
        for said in known:
            if words.startswith(f"{said} "):
                return kind, words.removeprefix(f"{said} ")
            if words.startswith(f"a {said} "):
                return kind, words.removeprefix(f"a {said} ")
            if words.endswith(f" {said}"):
                return kind, words.removesuffix(f" {said}")
    return "", words


def _read_sized(words: str, dated: str) -> Movement | None:
    for pattern in _SIZED:
        found = pattern.fullmatch(words)
        if found is None:
            continue
        said = split_qualifier(found["amount"])
        amount = read_amount(re.sub(r"^(?:a|an|the) (?!half)(?=\w+ )", "", said.rest))
        if amount is not None:
            unit = "points" if "point" in found["unit"] else "per cent"
            way, good = ways_of(found["way"])
            return Movement(way, good, "sized", sized_span(said.qualifier, amount), unit, dated)
    for pattern in _PARTS:
        found = pattern.fullmatch(words)
        parted = split_qualifier(found["amount"]) if found else None
        part = read_fraction(parted.rest) if parted else None
        if found and parted and part:
            at = 100 * part.number
            way, good = ways_of(found["way"])
            return Movement(way, good, "sized", span_of(parted.qualifier, at, allowance_at(at)), "per cent", dated)
    return None


def movements_that_hold(facts: Facts) -> tuple[str, ...]:
    """The usual words that hold of the change, the size first: `up one and a half percentage points`, `rose slightly`, `little changed`."""
    change = size_of_change(facts)
    if change is None:
        return ()
    compared = facts.against_another
    up, down = ("higher", "lower") if compared else ("up", "down")
    way, rises = (up, change > 0) if change > 0 else (down, False)
    halves = Fraction(round_half_up(2 * abs(change))) / 2
    found = []
    unit = "percentage points" if facts.is_rate else "per cent"
    if halves and (facts.is_rate or halves.denominator == 1):
        unit = unit.removesuffix("s") if halves <= 1 and facts.is_rate else unit
        amount = amount_in_words(halves)
        found.append(f"{amount} {unit} {way}" if compared else f"{way} {amount} {unit}")
    verb = ("higher" if rises else "lower") if compared else ("rose" if rises else "fell")
    candidates = [
        "unchanged", "little changed", f"slightly {verb}" if compared else f"{verb} slightly",
        f"much {verb}" if compared else f"{verb} sharply", verb, "broadly the same",
    ]  # fmt: skip
    if compared:
        candidates = [words for words in candidates if "changed" not in words] + ["much the same"]
    if not facts.is_rate and not compared:
        candidates += [
            f"{verb} by {said}{fraction_in_words(part)}"
            for part in (Fraction(1, 4), Fraction(1, 3), Fraction(1, 2))
            for said in ("about ", "more than ")
        ]
    for words in candidates:
        claim = read_movement(words)
        if claim is not None and claim.judge(facts)[0]:
            found.append(words)
    return tuple(dict.fromkeys(found))


def movement_samples() -> Iterator[str]:
    """A large sample of the changes that can be said."""
    for words in (_FLAT, _BROAD, _SAME, _SMALL, _LARGE, _NO):
        yield from sorted(words)
    for verb in (
        "rose",
        "fell",
        "grew",
        "dropped",
        "declined",
        "increased",
        "decreased",
        "climbed",
        "improved",
        "worsened",
        "deteriorated",
    ):
        yield from (verb, f"has {verb}", f"{verb} slightly", f"{verb} sharply", f"{verb} a little")
    for noun in ("rise", "fall", "drop", "increase", "decrease", "decline", "improvement"):
        yield from (f"a slight {noun}", f"a small {noun}", f"a sharp {noun}", f"a steep {noun}")
    for word in ("higher", "lower", "up", "down"):
        yield from (word, f"slightly {word}", f"a little {word}")
    for number in ("half a", "one", "one and a half", "two", "two and a half", "three", "four", "ten", "seventeen"):
        unit = "percentage point" if number in ("half a", "one") else "percentage points"
        for said in ("", "nearly ", "almost ", "about ", "just over ", "more than ", "less than ", "at least "):
            yield from (
                f"up {said}{number} {unit}",
                f"down {said}{number} {unit}",
                f"{said}{number} {unit} higher",
                f"{said}{number} {unit} lower",
            )
            yield from (f"fell by {said}{number} {unit}", f"a rise of {said}{number} {unit}")
    yield from (
        "up ten per cent",
        "down fourteen per cent",
        "fell by a third",
        "up by more than a quarter",
        "a third higher",
        "up two percentage points since 2015-16",
    )
