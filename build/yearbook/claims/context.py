"""Holds the words around a live number to it: its base, its unit, its years, its cohort, its direction.

A live number is right by itself. The words beside it can still make it wrong: "51% of people" where the base is those
who finished and were at caseness at the start, a change dated to another year, two cohorts in one sentence.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from yearbook.claims.bases import BASES, base_named, base_of
from yearbook.claims.prose import LIVE, Piece, Sentence
from yearbook.formatting import format_figure
from yearbook.metrics import ENDED, FLOWS, METRICS_BY_NAME
from yearbook.report import Report
from yearbook.years import FinancialYear

_YEAR = re.compile(r"\b(?P<first>(?:19|20)\d\d) ?[-–/] ?(?P<last>\d\d)\b")
_AFTER = re.compile(r"^(?:,? by [^,]*,)? ?(?:of|among) (?P<base>[^,;:.()—]{3,110})")
_BEFORE = re.compile(
    r"(?:^|[;:(] ?|\. |, and |\band )(?:[Oo]f|[Aa]mong|[Oo]ut of) (?P<base>[^,;]{4,160}), [^,;:.]{0,90}$"
)
_VERB = re.compile(
    r"(?<!that)(?<!who)(?<!and)(?<!which) (?:had|has|have|was|were|is|are|did|counted|recovered|"
    r"reliably|against|then)\b"
)
_PRONOUN = re.compile(
    r"^(?:them|these|those|it|all|both|whom|which)(?! (?:who|that|which|referred|at|starting|"
    r"referrals|of|the|courses|finish))\b"
)
_UNIT = re.compile(r"^ ?(?:%|per ?cent\b|percentage points?\b|points?\b)")
_SUPPOSED = re.compile(
    r"\b(?:suppose|imagine|if|say|example|instance|would|could|might|such as|as in|take)\b", re.IGNORECASE
)
_CLAUSE = re.compile(r"[;:—]| while | whereas | although | but ")
_DIRECTIONS = (
    (1, r"(?:rose|risen|rises|rising|climbed|grew|grown|increased|went up|up|recovered|improved)"),
    (-1, r"(?:fell|fallen|falls|falling|dropped|declined|decreased|shrank|went down|down|slipped|slid)"),
)
_FROM_TO = tuple(
    (
        sign,
        re.compile(
            rf"\b{verb} (?:again |further |slightly |sharply |only |just |"
            rf"back )?from (?P<a>{LIVE}+)[^{LIVE}.;]{{0,40}}? to (?P<b>{LIVE}+)",
            re.IGNORECASE,
        ),
    )
    for sign, verb in _DIRECTIONS
)
_TO = tuple(
    (
        sign,
        re.compile(
            rf"\b{verb} (?:again |further |slightly |sharply |only |just |back )?to (?P<b>{LIVE}+)(?!,? from)",
            re.IGNORECASE,
        ),
    )
    for sign, verb in _DIRECTIONS
)
_THAN = tuple(
    (sign, re.compile(rf"(?P<b>{LIVE}+)[^{LIVE}.;:]{{0,25}}?\b{words} (?:the )?(?P<a>{LIVE}+)", re.IGNORECASE))
    for sign, words in (
        (1, r"(?:up from|above|higher than|more than|against only|a rise from|an increase on|an increase from)"),
        (-1, r"(?:down from|below|lower than|less than|fewer than|a fall from|a drop from|a decrease from)"),
    )
)


@dataclass(frozen=True, slots=True)
class Mismatch:
    """Words that do not go with a live number: where they stand, what is wrong, how to mend it."""

    at: int
    what: str
    fix: str


def find_mismatches(sentence: Sentence, report: Report) -> Iterator[Mismatch]:
    """Every mismatch of a sentence."""
    typed = sentence.typed
    yield from _no_years(typed)
    if not sentence.pieces:
        return
    yield from _examples(sentence, typed)
    yield from _bases(sentence, typed)
    yield from _units(sentence, typed)
    yield from _years(sentence, typed)
    yield from _cohorts(sentence, typed)
    yield from _directions(sentence, typed, report)


def _no_years(typed: str) -> Iterator[Mismatch]:
    for found in _YEAR.finditer(typed):
        first, last = int(found["first"]), int(found["last"])
        if (first + 1) % 100 != last and first % 100 < last:
            yield Mismatch(
                found.start(), f'"{found[0]}" is no financial year.', f"write it as {first}-{(first + 1) % 100:02d}"
            )


def _examples(sentence: Sentence, typed: str) -> Iterator[Mismatch]:
    for piece in sentence.pieces:
        if piece.live.kind == "example" and not _SUPPOSED.search(typed):
            what = f'"{piece.live.text}" is made up, and its sentence does not say so.'
            yield Mismatch(piece.start, what, 'tell it as an example, with "suppose", "if", "say" or "for example"')
            return


def _bases(sentence: Sentence, typed: str) -> Iterator[Mismatch]:
    for piece in sentence.pieces:
        if not piece.live.is_rate or not (own := base_of(piece.live.metric)):
            continue
        after = _AFTER.search(typed[piece.end :])
        words = after["base"] if after else ""
        at = piece.end + after.start("base") if after else piece.start
        if (
            not after
            and (before := _BEFORE.search(typed[: piece.start]))
            and LIVE not in typed[before.end("base") : piece.start]
        ):
            words, at = before["base"], before.start("base")
        words = _PRONOUN.split(_VERB.split(words)[0])[0]
        said = base_named(words.replace(LIVE, "0"))
        if said and said != own and not _nested(said, own, words):
            title, base = METRICS_BY_NAME[piece.live.metric].title, BASES[own].removeprefix("of ")
            what = (
                f"{piece.live.text} is the {_low(title)}, which is of {base}, "
                f'and the words beside it say "{_squeeze(words)}".'
            )
            if said == "people":
                what += " The figures count referrals: one person can be several, and no rate is of people."
            yield Mismatch(
                at, what, f'name the base it has, "of {_short(own)}", or use the metric that has the base you name'
            )


def _nested(said: str, own: str, words: str) -> bool:
    """Whether a base that is named shortly is the metric's own: "of those who finished" is never short for caseness."""
    return said == "people" and own == "received" and "referred" in words


def _units(sentence: Sentence, typed: str) -> Iterator[Mismatch]:
    for piece in sentence.pieces:
        if piece.live.kind in ("value", "change") and (found := _UNIT.match(typed[piece.end :])):
            what = f'"{piece.live.text}" already has its unit, and "{found[0].strip()}" follows it.'
            yield Mismatch(
                piece.end,
                what,
                "take the typed unit away: the difference of two percentages is printed in percentage points",
            )


def _years(sentence: Sentence, typed: str) -> Iterator[Mismatch]:
    about = [piece for piece in sentence.pieces if piece.live.metric and piece.live.years]
    for found in _YEAR.finditer(typed):
        try:
            year = FinancialYear.parse(f"{found['first']}-{found['last']}")
        except ValueError:
            continue
        near = _nearest(typed, found, about)
        if near and not any(year in piece.live.years for piece in near):
            piece = near[0]
            of = " and ".join(str(one) for one in piece.live.years)
            what = f'"{piece.live.text}" is of {of}, and the words beside it say {year}.'
            yield Mismatch(
                found.start(), what, f'write the year it is of, or ask for {year} in the expression: "{year}"'
            )


def _nearest(typed: str, year: re.Match[str], pieces: list[Piece]) -> list[Piece]:
    """The live numbers that a typed year is said of: just before it, or in what it opens."""
    before = [piece for piece in pieces if piece.end <= year.start()]
    after = [piece for piece in pieces if piece.start >= year.end()]
    near: list[Piece] = []
    if before:
        between = typed[before[-1].end : year.start()]
        said = re.fullmatch(
            r"[^.;:,()—]{0,40}\b(?P<word>in|for|of|since|from|during|against|to) (?:the year )?", between
        )
        if said and (said["word"] != "since" or before[-1].live.kind == "change"):
            near.append(before[-1])
    opens = re.search(
        r"(?:^|[.;:,(—] ?|\b(?:and|but|where|while|what) )(?:[Ii]n|[Ff]or|[Dd]uring|[Bb]y|[Oo]f) $",
        typed[: year.start()],
    )
    if after and (opens or near):
        between = typed[year.end() : after[0].start]
        if re.fullmatch(r"[^.;:()—]{0,70}", between) and not _YEAR.search(between) and (not near or opens):
            near.append(after[0])
    return near


def _cohorts(sentence: Sentence, typed: str) -> Iterator[Mismatch]:
    if re.search(r"in-year flow|separate count|two cohorts|another family|not the same referrals|near twins", typed):
        return
    clauses = [0, *(found.end() for found in _CLAUSE.finditer(typed)), len(typed)]
    for start, end in pairwise(clauses):
        rates = [piece for piece in sentence.pieces if start <= piece.start < end and piece.live.is_rate]
        by_cohort = {METRICS_BY_NAME[piece.live.metric].cohort: piece for piece in rates}
        if ENDED in by_cohort and FLOWS in by_cohort:
            ended, flow = by_cohort[ENDED], by_cohort[FLOWS]
            what = (
                f"{ended.live.text} is of referrals that ended in the year, and {flow.live.text} compares in-year "
                "flows: the sentence mixes two cohorts, which are not the same referrals."
            )
            fix = "give each a sentence of its own that names its cohort, or use two metrics of one cohort"
            yield Mismatch(max(ended.start, flow.start), what, fix)


def _directions(sentence: Sentence, typed: str, report: Report) -> Iterator[Mismatch]:
    at = {piece.start: piece for piece in sentence.pieces}
    for family in (_FROM_TO, _TO, _THAN):
        for sign, pattern in family:
            for found in pattern.finditer(typed):
                later = at.get(found.start("b"))
                earlier = at.get(found.start("a")) if "a" in pattern.groupindex else None
                said = _moved(later, earlier, report, family is _TO)
                if said is not None and said[0] * sign < 0:
                    word = "up" if said[0] > 0 else "down"
                    what = f'"{_squeeze(found[0])}": it went {word}, from {said[1]} to {said[2]}.'
                    what = what.replace(LIVE, "")
                    yield Mismatch(
                        found.start(),
                        what,
                        f"write that it went {word}, or {{{{ change(...) }}}} in place of the words",
                    )


def _moved(
    later: Piece | None, earlier: Piece | None, report: Report, on_the_year: bool
) -> tuple[int, str, str] | None:
    """Which way a live number went, and the two values as printed; None when the pair does not compare."""
    if later is None or later.live.kind != "value":
        return None
    live = later.live
    if earlier is not None:
        if earlier.live.kind != "value" or earlier.live.metric != live.metric:
            return None
        before = earlier.live
        first = report.figure(before.metric, before.years[0], before.area, before.group)
    elif on_the_year and live.years[0].previous in report.archive.releases:
        first = report.figure(live.metric, live.years[0].previous, live.area, live.group)
    else:
        return None
    last = report.figure(live.metric, live.years[0], live.area, live.group)
    if not (first.known and last.known) or first.exact == last.exact:
        return None
    return (1 if last.exact > first.exact else -1), format_figure(first), format_figure(last)


def _short(base: str) -> str:
    return {
        "received": "referrals received",
        "entered": "referrals that entered treatment",
        "ended": "referrals that ended",
        "treated": "referrals that ended after treatment",
        "finished": "those who finished",
        "caseness": "those who finished and were at caseness at the start",
    }[base]


def _low(title: str) -> str:
    return title[:1].lower() + title[1:]


def _squeeze(words: str) -> str:
    return " ".join(words.replace(LIVE, "").split())
