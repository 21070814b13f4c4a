"""Which organisation became which: the codes of areas joined across the years.

`data/lineage.csv` has a row for each succession. A succession of kind `recoded` keeps the ground and changes
the code or the type; every other kind says how the ground changed, and so what a series that crosses it can
still mean. Where an area lies, and beside what, is for `geography`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from yearbook.errors import DataError, Problem, as_sentence, suggest
from yearbook.formatting import join_words
from yearbook.organisations import ORGANISATION_TYPES, Organisation
from yearbook.tabular import read_rows
from yearbook.years import FinancialYear

Key = tuple[str, str]
"""What a release identifies an organisation by: type and code."""

COLUMNS = ("old_type", "old_code", "new_type", "new_code", "year", "kind", "source")

KINDS: dict[str, str] = {
    "recoded": "the same ground under another code or type",
    "merged": "one of several areas that became one, each of them whole",
    "split": "one of several areas that one became",
    "redrawn": "goes on under another code or type, with part of its ground lost or gained",
    "transferred": "part of the ground of one passed to the other; both go on",
    "succeeded": "another kind of organisation, with more ground, took over the duties",
}
"""The kinds of succession and what each says about the ground of the old and the new."""

_WORST_LAST = ("same", "recoded", "summed", "redrawn", "broken")

_UNPUBLISHED_TYPE = "sub_icb"
"""The only type whose rows may be known here before any release has them: the public copies lack them."""


@dataclass(frozen=True, slots=True)
class Succession:
    """That `old` became, or became part of, `new`; `year` is the first with figures of the new."""

    old: Key
    new: Key
    year: FinancialYear
    kind: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Joining:
    """Whether two years of an area can be joined in one series.

    kind         what the series is                                          drawn
    `same`       one code, one ground                                        a line
    `recoded`    the same ground under another code or type                  a line
    `summed`     predecessors, each of them whole, that can be added         a line with a break
    `redrawn`    what went before, but not quite the same ground             a line with a break
    `broken`     no series: split, made part of another, or not there        nothing

    `codes` are the organisations that hold the ground in the earlier year, whose counts are to be added if
    there are several; `later` the same in the later year. Both are empty when it is broken. `why` is a
    sentence to print, empty when the kind is `same`.
    """

    kind: str
    codes: tuple[Key, ...]
    why: str
    later: tuple[Key, ...] = ()


@dataclass(frozen=True)
class Lineage:
    """All successions between organisations that have figures, and the questions pages ask of them."""

    successions: tuple[Succession, ...] = ()
    organisations: Mapping[Key, Organisation] = field(default_factory=dict)

    @cached_property
    def _after(self) -> Mapping[Key, tuple[Succession, ...]]:
        return _grouped((each.old, each) for each in self.successions)

    @cached_property
    def _before(self) -> Mapping[Key, tuple[Succession, ...]]:
        return _grouped((each.new, each) for each in self.successions)

    def successors(self, key: Key) -> tuple[Succession, ...]:
        """What it became or gave ground to, earliest first."""
        return self._after.get(key, ())

    def predecessors(self, key: Key) -> tuple[Succession, ...]:
        """What became it, or part of it, earliest first."""
        return self._before.get(key, ())

    def ground(self, key: Key) -> tuple[Key, ...]:
        """The same ground under all its codes and types, earliest first; the key itself at least."""
        found, waiting = {key}, [key]
        while waiting:
            at = waiting.pop()
            beside = [each.new for each in self.successors(at) if each.kind == "recoded"]
            beside += [each.old for each in self.predecessors(at) if each.kind == "recoded"]
            waiting += [one for one in beside if one not in found]
            found.update(beside)
        return tuple(sorted(found, key=lambda one: (self._span(one)[0], *type_and_code(one))))

    def today(self, key: Key) -> tuple[Key, ...]:
        """What it is now: the end of every succession from it, or the key itself if none follows.

        A part that passed to a neighbour is not followed; see `successors` for those.
        """
        return self._ends(key, lambda one: [each.new for each in self.successors(one) if each.kind != "transferred"])

    def origins(self, key: Key) -> tuple[Key, ...]:
        """What it was made of at the beginning, of every type, or the key itself if nothing went before."""
        return self._ends(key, lambda one: [each.old for each in self.predecessors(one) if each.kind != "transferred"])

    def join(self, key: Key, first: FinancialYear, last: FinancialYear) -> Joining:
        """Whether the figures of an area in two years can be joined in one series, and from which codes.

        The area is that of `key`, whichever code it goes by in the two years. Percentages never add up: only
        counts of predecessors may be summed, and rates computed from the sums.
        """
        first, last = min(first, last), max(first, last)
        before, after = self._holders(key, first), self._holders(key, last)
        for holders, year in ((before, first), (after, last)):
            if holders.kind == "broken":
                return Joining("broken", (), holders.why or f"{self._name(key)} has no figures for {year}.")
        if before.codes == after.codes:
            return self._joined_under_one_code(before.codes, first, last)
        worst = max((before, after), key=lambda holders: _WORST_LAST.index(holders.kind))
        kind = "recoded" if worst.kind == "same" else worst.kind
        whys = dict.fromkeys(holders.why for holders in (before, after) if holders.kind == worst.kind and holders.why)
        return Joining(kind, before.codes, " ".join(whys), after.codes)

    def _joined_under_one_code(self, codes: tuple[Key, ...], first: FinancialYear, last: FinancialYear) -> Joining:
        """How two years with the same holders join: parts may have passed to or from them in between."""
        between = [
            each
            for code in codes
            for each in (*self.predecessors(code), *self.successors(code))
            if each.kind == "transferred" and first < each.year <= last and not {each.old, each.new} <= set(codes)
        ]
        if between:
            whys = dict.fromkeys(self._transfer(each) for each in between)
            return Joining("redrawn", codes, " ".join(whys), codes)
        if len(codes) > 1:
            return Joining("summed", codes, f"These are the sums of {self._names(codes)}.", codes)
        return Joining("same", codes, "", codes)

    def _holders(self, key: Key, year: FinancialYear) -> "_Holders":
        """The organisations that hold the ground of `key` in `year`."""
        ground = self.ground(key)
        present = [one for one in ground if self._has(one, year)]
        if key in present:
            return _Holders("same", (key,))
        if present:
            chosen = min(present, key=lambda one: (one[0] != key[0], *type_and_code(one)))
            return _Holders("recoded", (chosen,), self._recoding(ground))
        if str(year) < min(self._span(one)[0] for one in ground):
            return self._holders_before(key, ground, year)
        if str(year) > max(self._span(one)[1] for one in ground):
            return self._holders_after(key, ground, year)
        return _Holders("broken", ())

    def _holders_before(self, key: Key, ground: tuple[Key, ...], year: FinancialYear) -> "_Holders":
        made_of = [each for one in ground for each in self.predecessors(one) if each.old not in ground]
        redrawn = [each for each in made_of if each.kind == "redrawn"]
        merged = [each for each in made_of if each.kind == "merged"]
        if redrawn:
            earlier = self._holders(redrawn[0].old, year)
            return _Holders(_worse("redrawn", earlier.kind), earlier.codes, self._redrawing(redrawn[0]))
        if merged:
            parts = [self._holders(each.old, year) for each in merged]
            codes = tuple(sorted({code for part in parts for code in part.codes}, key=type_and_code))
            kind = max(["summed", *(part.kind for part in parts)], key=_WORST_LAST.index)
            whole = self._names(each.old for each in merged)
            why = f"{self._name(merged[0].new)} was formed in {merged[0].year} from {whole}."
            return _Holders(kind, codes if kind != "broken" else (), why)
        for each in made_of:
            if each.kind in ("split", "succeeded"):
                what = "was formed from part of" if each.kind == "split" else "took over from"
                olds = self._names(one.old for one in made_of if one.kind == each.kind)
                return _Holders("broken", (), f"{self._name(key)} {what} {olds} in {each.year}.")
        return _Holders("broken", (), f"{self._name(key)} has no figures before {self._span(ground[0])[0]}.")

    def _holders_after(self, key: Key, ground: tuple[Key, ...], year: FinancialYear) -> "_Holders":
        became = [each for one in ground for each in self.successors(one) if each.new not in ground]
        for each in became:
            if each.kind == "redrawn":
                later = self._holders(each.new, year)
                return _Holders(_worse("redrawn", later.kind), later.codes, self._redrawing(each))
        name = self._name(key)
        for each in became:
            if each.kind == "merged":
                return _Holders("broken", (), f"{name} became part of {self._name(each.new)} in {each.year}.")
            if each.kind == "succeeded":
                return _Holders("broken", (), f"{self._name(each.new)} took over from {name} in {each.year}.")
            if each.kind == "split":
                news = self._names(one.new for one in became if one.kind == "split")
                return _Holders("broken", (), f"{name} was split into {news} in {each.year}.")
        return _Holders("broken", (), f"{name} has no figures after {max(self._span(one)[1] for one in ground)}.")

    def _recoding(self, ground: tuple[Key, ...]) -> str:
        parts = []
        for one in ground:
            (first, last), (org_type, code) = self._span(one), one
            years = first if first == last else f"{first} to {last}"
            parts.append(f"{ORGANISATION_TYPES[org_type]} {code} ({years})")
        return f"The same ground goes by {join_words(parts)}."

    def _redrawing(self, each: Succession) -> str:
        transfers = [
            other
            for other in self.successions
            if other.kind == "transferred" and other.year == each.year and {other.old, other.new} & {each.old, each.new}
        ]
        told = " ".join(dict.fromkeys(self._transfer(other) for other in transfers))
        return told or f"The boundary of {self._name(each.new)} was redrawn in {each.year}."

    def _transfer(self, each: Succession) -> str:
        return f"Part of {self._name(each.old)} passed to {self._name(each.new)} in {each.year}."

    def _ends(self, key: Key, beside: Callable[[Key], list[Key]]) -> tuple[Key, ...]:
        ends, seen, waiting = set(), {key}, [key]
        while waiting:
            at = waiting.pop()
            further = beside(at)
            if not further:
                ends.add(at)
            waiting += [one for one in further if one not in seen]
            seen.update(further)
        return tuple(sorted(ends, key=type_and_code))

    def _span(self, key: Key) -> tuple[str, str]:
        """The first and last year with figures, as written; years as written sort as they follow each other."""
        organisation = self.organisations.get(key)
        return (organisation.first_year, organisation.last_year) if organisation else ("", "")

    def _has(self, key: Key, year: FinancialYear) -> bool:
        first, last = self._span(key)
        return first <= str(year) <= last

    def _name(self, key: Key) -> str:
        organisation = self.organisations.get(key)
        return (organisation.name if organisation else "") or f"{ORGANISATION_TYPES.get(key[0], key[0])} {key[1]}"

    def _names(self, keys: Iterable[Key]) -> str:
        return join_words([self._name(key) for key in keys])


@dataclass(frozen=True, slots=True)
class _Holders:
    """The organisations that hold an area's ground in a year, and how they relate to it (a kind of joining)."""

    kind: str
    codes: tuple[Key, ...]
    why: str = ""


def read_lineage(path: Path, organisations: Mapping[Key, Organisation]) -> Lineage:
    """The lineage in `data/lineage.csv`, empty if there is no such file.

    A Sub-ICB location may be named before a release has its rows; its successions count once one does. Raises
    DataError with every row that cannot be: an unknown organisation, kind or year, a row that stands twice, a year
    that the figures contradict, a code with two continuations, a circle.
    """
    if not path.exists():
        return Lineage(organisations=organisations)
    name, problems = f"{path.parent.name}/{path.name}", list[Problem]()
    found: dict[tuple[Key, Key], tuple[int, Succession]] = {}
    for line, row in read_rows(path, name, COLUMNS, problems):
        old, new = (row["old_type"], row["old_code"]), (row["new_type"], row["new_code"])
        faults = list(_check_row(row, organisations))
        if (old, new) in found:
            what = f"This succession is there already, on line {found[old, new][0]}."
            faults.append(("new_code", what, "take one of the rows out"))
        problems += [Problem(name, line, column, as_sentence(what), fix) for column, what, fix in faults]
        if not faults:
            found[old, new] = (line, Succession(old, new, FinancialYear.parse(row["year"]), row["kind"], row["source"]))
    problems += _check_together(found, name)
    if problems:
        raise DataError(problems)
    known = [each for _, each in found.values() if each.old in organisations and each.new in organisations]
    return Lineage(tuple(sorted(known, key=lambda each: (each.year, each.old, each.new))), organisations)


def _check_row(row: Mapping[str, str], organisations: Mapping[Key, Organisation]) -> Iterator[tuple[str, str, str]]:
    """The column of each fault of a row, what is wrong and how to mend it."""
    for side in ("old", "new"):
        yield from check_organisation(row, side, organisations)
    if row["kind"] not in KINDS:
        yield "kind", f'"{row["kind"]}" is not a kind of succession', f"use one of {', '.join(KINDS)}"
    if row["old_type"] == row["new_type"] and row["old_code"] == row["new_code"]:
        yield "new_code", "The organisation succeeds itself", "take the row out"
    try:
        year = str(FinancialYear.parse(row["year"]))
    except ValueError as error:
        yield "year", str(error), "write the year as 2019-20"
        return
    old = organisations.get((row["old_type"], row["old_code"]))
    new = organisations.get((row["new_type"], row["new_code"]))
    if row["kind"] == "transferred":
        return
    if old and old.last_year and old.last_year >= year:
        what = f"{old.code} has figures to {old.last_year}, so that nothing can have followed it in {year}"
        yield "year", what, "give the first year under the new code"
    if new and new.first_year and new.first_year != year:
        yield "year", f"{new.code} has figures from {new.first_year}, not from {year}", "give that year"


def check_organisation(
    row: Mapping[str, str], prefix: str, organisations: Mapping[Key, Organisation]
) -> Iterator[tuple[str, str, str]]:
    """A fault unless the columns `prefix`_type and `prefix`_code name an organisation there can be."""
    org_type, code = row[f"{prefix}_type"], row[f"{prefix}_code"]
    if org_type not in ORGANISATION_TYPES:
        fix = suggest(org_type, ORGANISATION_TYPES, f"use one of {', '.join(ORGANISATION_TYPES)}")
        yield f"{prefix}_type", f'"{org_type}" is not a type of organisation', fix
    elif (org_type, code) not in organisations and org_type != _UNPUBLISHED_TYPE:
        near = suggest(code, (known for kind, known in organisations if kind == org_type))
        yield f"{prefix}_code", f"No {org_type} has the code {code}", near or "use a code of data/organisations.csv"


def _check_together(found: Mapping[tuple[Key, Key], tuple[int, Succession]], name: str) -> Iterator[Problem]:
    """What no row shows alone: a ground that goes on under two codes of one type, and circles."""
    continued: dict[tuple[Key, str], int] = {}
    after: dict[Key, list[Key]] = {}
    for line, each in found.values():
        if each.kind == "transferred":  # ground may pass to and fro between two that go on
            continue
        after.setdefault(each.old, []).append(each.new)
        if each.kind == "recoded":
            first = continued.setdefault((each.old, each.new[0]), line)
            if first != line:
                what = f"{each.old[1]} is recoded to another {each.new[0]} already, on line {first}."
                yield Problem(name, line, "kind", what, "the same ground has one code of a type: use split or merged")
    for line, each in found.values():
        if each.kind != "transferred" and _reaches(after, each.new, each.old):
            what = f"{each.old[1]} comes out of {each.new[1]} itself, by way of other rows."
            yield Problem(name, line, "new_code", what, "break the circle")


def _reaches(after: Mapping[Key, list[Key]], start: Key, end: Key) -> bool:
    seen, waiting = {start}, [start]
    while waiting:
        for one in after.get(waiting.pop(), ()):
            if one == end:
                return True
            if one not in seen:
                seen.add(one)
                waiting.append(one)
    return False


def _grouped(pairs: Iterable[tuple[Key, Succession]]) -> Mapping[Key, tuple[Succession, ...]]:
    grouped: dict[Key, list[Succession]] = {}
    for key, each in pairs:
        grouped.setdefault(key, []).append(each)
    return {key: tuple(sorted(each, key=lambda one: (one.year, one.old, one.new))) for key, each in grouped.items()}


def type_and_code(key: Key) -> tuple[int, str]:
    """The order of organisations: by type from the widest, then by code."""
    return list(ORGANISATION_TYPES).index(key[0]), key[1]


def _worse(*kinds: str) -> str:
    return max(kinds, key=_WORST_LAST.index)
