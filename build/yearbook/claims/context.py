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
from yearbook.releases import Breakdown
from yearbook.report import Report
from yearbook.years import FinancialYear

_YEAR = re.compile(r"\b(?P<first>(?:19|20)\d\d) ?[-–/] ?(?P<last>\d\d)\b")
_AFTER = re.compile(
    r"^(?:,? by [^,]*,)? ?(?:of|among) (?P<base>(?:[^,;:.()—]|,(?= and (?:were|was|are|had started|started) )){3,130})"
)
_PEOPLE = re.compile(r"^ (?P<who>people|patients|clients|persons|men and women|adults|individuals)\b")
_BEFORE = re.compile(
    r"(?:^|[;:(,] ?|\. |, and |\band )(?:[Oo]f|[Aa]mong|[Oo]ut of) (?P<base>[^,;]{4,160})(?:, [^,;:.]{0,90}| )$"
)
_VERB = re.compile(
    r"(?<!that)(?<!who)(?<!and)(?<!which) (?:had|has|have|was|were|is|are|did|counted|recovered|"
    r"reliably|against|then)\b"
)
_PRONOUN = re.compile(
    r"^(?:them|these|those|it|all|both|whom|which)(?! (?:who|that|which|referred|at|starting|"
    r"referrals|of|the|courses))\b"
)
_UNIT = re.compile(r"^ ?(?:%|per ?cent\b|percentage points?\b|points?\b)")
_SAID_OF = re.compile(
    r"[^.;:,()—]{0,40}?\b(?P<than>than |as )?(?P<word>in|for|of|since|from|during|against|to) (?:the year )?"
)
_OPENS = re.compile(r"(?:^|[.;:,(—] ?|\b(?:and|but|where|while|what) )(?:[Ii]n|[Ff]or|[Dd]uring|[Bb]y|[Oo]f) $")
_WITHIN = re.compile(
    r"\b(?:finished|ended|received|referred|recovered|treatment|start|course|appointment|England) in $"
)
_TOLD_TWICE = re.compile(
    r"\b(?:(?:up|down|rose|fell|risen|fallen|increased|decreased|grew) by|up|down|an? (?:rise|fall|increase|drop) of) $"
)
_MEASURE = re.compile(r"^ (?:days?|weeks?|appointments?|sessions?|referrals)\b")
_WITHIN_WEEKS = re.compile(r"\bwithin (?P<weeks>6|six|18|eighteen)(?: weeks)?\b")
_WEEKS = {"6": "6", "six": "6", "18": "18", "eighteen": "18"}
_SUPPOSED = re.compile(
    r"\b(?:suppose|imagine|if|say|example|instance|would|could|might|such as|as in|take)\b", re.IGNORECASE
)
_TOLD_APART = ("gender", "deprivation", "age", "ethnic_group", "religion", "sexual_orientation")
_ALSO_CALLED = {"female": ("women", "woman"), "male": ("men", "man")}
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
    yield from _bases(sentence, typed, report)
    yield from _people(sentence, typed)
    yield from _groups(sentence, typed, report)
    yield from _units(sentence, typed)
    yield from _waits(sentence, typed)
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


def _bases(sentence: Sentence, typed: str, report: Report) -> Iterator[Mismatch]:
    for piece in sentence.pieces:
        if not piece.live.is_rate or not (own := base_of(piece.live.metric)):
            continue
        after = _AFTER.search(typed[piece.end :])
        words, at = (_cut(after["base"]), piece.end + after.start("base")) if after else ("", piece.start)
        before = _BEFORE.search(typed[: piece.start])
        if not base_named(words) and before and LIVE not in typed[before.end("base") : piece.start]:
            words, at = _cut(before["base"]), before.start("base")
        said = base_named(words.replace(LIVE, "0"))
        if said and said != own and not _nested(said, own, words):
            title, base = METRICS_BY_NAME[piece.live.metric].title, BASES[own].removeprefix("of ")
            what = (
                f"{piece.live.text} is the {_low(title)}, which is of {base}, "
                f'and the words beside it say "{_squeeze(words)}".'
            )
            if said == "people":
                what += " The figures count referrals: one person can be several, and no rate is of people."
            fix = f'name the base it has, "of {_short(own)}", or {_of_base(piece, said, report)}'
            yield Mismatch(at, what, fix)


def _cut(words: str) -> str:
    """The words that can name a base: up to a verb, and nothing after a mere pronoun."""
    return _PRONOUN.split(_VERB.split(words)[0])[0]


def _of_base(piece: Piece, base: str, report: Report) -> str:
    """What to use instead: the metric that counts the same over the base that is named."""
    live = piece.live
    over = METRICS_BY_NAME[live.metric].formula.over
    for metric in METRICS_BY_NAME.values():
        if metric.formula.over == over and base_of(metric.name) == base and not metric.of_groups:
            figure = report.figure(metric.name, live.years[0], live.area, live.group)
            return f'use {{{{ figure("{metric.name}") }}}}, which is {format_figure(figure)} in {live.years[0]}'
    return "use the metric that has the base you name"


def _nested(said: str, own: str, words: str) -> bool:
    """Whether the words name the metric's own base, though they speak of people: those who were referred."""
    return said == "people" and own == "received" and "referred" in words


def _people(sentence: Sentence, typed: str) -> Iterator[Mismatch]:
    for piece in sentence.pieces:
        live, found = piece.live, _PEOPLE.match(typed[piece.end :])
        if found and live.kind == "value" and live.metric not in ("", "people_referred", "referrals_per_person"):
            what = f"{live.text} counts referrals, and the words beside it say {found['who']}."
            what += " One person can be several referrals."
            yield Mismatch(piece.end, what, 'write "referrals", or "courses" where they finished')


def _groups(sentence: Sentence, typed: str, report: Report) -> Iterator[Mismatch]:
    """A sentence that names another group of the same kind, and never the one its live number is of."""
    words = typed.lower()
    for piece in sentence.pieces:
        live = piece.live
        if live.group.breakdown not in _TOLD_APART or not live.years or live.kind != "value":
            continue
        release = report.archive.releases[live.years[0]]
        alike = {one for one in release.breakdowns(live.area.key) if one.breakdown == live.group.breakdown}
        own = _names(live.group)
        others = {name for one in alike - {live.group} for name in _names(one)} - own
        said = next((name for name in sorted(others) if _holds_words(words, name)), "")
        alone = sum(one.live.group.breakdown == live.group.breakdown for one in sentence.pieces) == 1
        if said and alone and not any(_holds_words(words, name) for name in own):
            asked = "/".join(filter(None, live.group))
            what = f'{live.text} is of the group "{asked}", and the sentence speaks of "{said}".'
            fix = "name the group that the expression asks for, or ask for the one you name"
            yield Mismatch(piece.start, what, fix)


def _names(group: Breakdown) -> set[str]:
    """What a group may be called in a sentence."""
    name = (group.subcategory if group.subcategory not in ("", "all") else group.category).lower()
    inner = re.search(r"\((.*)\)", name)
    return {inner[1] if inner else name, *_ALSO_CALLED.get(name, ())}


def _holds_words(text: str, words: str) -> bool:
    return re.search(rf"(?<![\w-]){re.escape(words)}(?!\w)", text) is not None


def _units(sentence: Sentence, typed: str) -> Iterator[Mismatch]:
    for piece in sentence.pieces:
        says_which = piece.live.kind == "change" and piece.live.text.startswith(("up ", "down ", "unchanged"))
        if says_which and (said := _TOLD_TWICE.search(typed[: piece.start])):
            what = f'"{piece.live.text}" says its own direction, and "{said[0].strip()}" stands before it.'
            yield Mismatch(said.start(), what, "take the typed direction away, or print the size with claim")
        if piece.live.text.startswith("[") and (found := _MEASURE.match(typed[piece.end :])):
            what = f'"{piece.live.text}{found[0]}" is no sentence: there is no figure for {piece.live.years[0]}.'
            yield Mismatch(piece.end, what, "say in words that it is not known, or ask for a year that has the figure")
        if piece.live.kind in ("value", "change") and (found := _UNIT.match(typed[piece.end :])):
            what = f'"{piece.live.text}" already has its unit, and "{found[0].strip()}" follows it.'
            yield Mismatch(
                piece.end,
                what,
                "take the typed unit away: the difference of two percentages is printed in percentage points",
            )


def _waits(sentence: Sentence, typed: str) -> Iterator[Mismatch]:
    """A share that waited so long, told as the share that waited another time: the limit next to it must be its own."""
    for piece in sentence.pieces:
        limit = re.search(r"_within_(\d+)_weeks$", piece.live.metric)
        if limit is None or piece.live.kind != "value":
            continue
        after = typed[piece.end : piece.end + 60].partition(LIVE)[0]
        before = typed[max(0, piece.start - 40) : piece.start].rpartition(LIVE)[2]
        said = _WITHIN_WEEKS.search(after) or next(reversed(list(_WITHIN_WEEKS.finditer(before))), None)
        if said and _WEEKS[said["weeks"]] != limit[1]:
            what = f'{piece.live.text} is of those who waited at most {limit[1]} weeks, and the words beside it say "{said[0]}".'
            other = piece.live.metric.replace(f"_{limit[1]}_", f"_{_WEEKS[said['weeks']]}_")
            yield Mismatch(piece.end, what, f'write its own limit, or ask for {{{{ figure("{other}") }}}}')


def _years(sentence: Sentence, typed: str) -> Iterator[Mismatch]:
    about = [piece for piece in sentence.pieces if piece.live.metric and piece.live.years]
    for found in _YEAR.finditer(typed):
        try:
            year = FinancialYear.parse(f"{found['first']}-{found['last']}")
        except ValueError:
            continue
        near = _nearest(typed, found, about)
        if near and not any(year in years for _, years in near):
            piece = near[0][0]
            of = " and ".join(str(one) for one in piece.live.years)
            what = f'"{piece.live.text}" is of {of}, and the words beside it say {year}.'
            fix = f'write the year it is of, or ask for {year} in the expression: "{year}"'
            yield Mismatch(found.start(), what, fix)


def _nearest(typed: str, year: re.Match[str], pieces: list[Piece]) -> list[tuple[Piece, tuple[FinancialYear, ...]]]:
    """The live numbers that a typed year is said of, just before it or in what it opens, each with the years it may be.

    A change is said to have happened *in* its later year, and *since* its earlier one.
    """
    before = [piece for piece in pieces if piece.end <= year.start()]
    after = [piece for piece in pieces if piece.start >= year.end()]
    near: list[tuple[Piece, tuple[FinancialYear, ...]]] = []
    if before:
        said = _SAID_OF.fullmatch(typed[before[-1].end : year.start()])
        if said and (said["word"] != "since" or before[-1].live.kind == "change"):
            years = before[-1].live.years
            near.append(
                (before[-1], years[:1] if said["word"] in ("in", "for", "during") and not said["than"] else years)
            )
    opens = _OPENS.search(typed[: year.start()])
    within = _WITHIN.search(typed[: year.start()]) if not near else None
    if after and (opens or near or within):
        between = typed[year.end() : after[0].start]
        if re.fullmatch(r"[^.;:()—]{0,80}", between) and not _YEAR.search(between) and (not near or opens):
            years = after[0].live.years
            near.append((after[0], years[:1] if opens or within else years))
    return near


def _cohorts(sentence: Sentence, typed: str) -> Iterator[Mismatch]:
    if re.search(r"in-year flow|separate count|two cohorts|another family|not the same referrals|near twins", typed):
        return
    clauses = [0, *(found.end() for found in _CLAUSE.finditer(typed)), len(typed)]
    for start, end in pairwise(clauses):
        within = [piece for piece in sentence.pieces if start <= piece.start < end and piece.live.kind == "value"]
        # Counts of both may stand side by side; a share "of them" is of the one that was counted.
        joined = re.search(r"\bof (?:them|these|those)\b(?! who| that| which)", typed[start:end])
        told = [piece for piece in within if piece.live.is_rate or joined]
        by_cohort = {METRICS_BY_NAME[piece.live.metric].cohort: piece for piece in told}
        if ENDED in by_cohort and FLOWS in by_cohort:
            ended, flow = by_cohort[ENDED], by_cohort[FLOWS]
            what = (
                f"{ended.live.text} is of referrals that ended in the year, and {flow.live.text} is of in-year flows: "
                "the sentence mixes two cohorts, which are not the same referrals."
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
