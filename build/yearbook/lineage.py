"""Which organisation became which: the codes of areas joined across the years.

A succession of kind `recoded` keeps the ground and changes the code or the type; every other kind says how the
ground changed, and so what a series that crosses it can still mean. Where an area lies, and beside what, is for
`geography`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from yearbook.formatting import join_words
from yearbook.organisations import ORGANISATION_TYPES, Organisation
from yearbook.successions import Key, Succession, read_successions, type_and_code
from yearbook.years import FinancialYear

__all__ = ["Joining", "Key", "Lineage", "Succession", "read_lineage"]

_WORST_LAST = ("same", "recoded", "summed", "redrawn", "broken")

_GOING_ON = ("recoded", "redrawn", "merged")
"""The kinds by which an area goes on as another that has all or nearly all of its ground."""


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
        if before.codes != after.codes and key not in after.codes and len(after.codes) == 1:
            return self.join(after.codes[0], first, last)  # what matters is how these two years' holders are related
        if before.codes == after.codes:
            kind = "summed" if len(after.codes) > 1 else "same"
            whys = [f"These are the sums of {self._names(after.codes)}."] if kind == "summed" else []
        else:
            kind = _worse(before.kind, after.kind)
            whys = [holders.why for holders in (before, after) if holders.kind == kind and holders.why]
        passed = self._transfers_between(before.codes, after.codes, first, last)
        if passed:
            kind, whys = _worse(kind, "redrawn"), [self._transfer(each) for each in passed]
        return Joining(kind, before.codes, " ".join(dict.fromkeys(whys)), after.codes)

    def _transfers_between(
        self, before: tuple[Key, ...], after: tuple[Key, ...], first: FinancialYear, last: FinancialYear
    ) -> list[Succession]:
        """The transfers to or from a ground on its way from its holders in one year to those in another."""
        way, waiting = {*before, *after}, list(before)
        while waiting:
            onward = [each.new for each in self.successors(waiting.pop()) if each.kind in _GOING_ON]
            waiting += [one for one in onward if one not in way]
            way.update(onward)
        return [
            each
            for each in self.successions
            if each.kind == "transferred" and first < each.year <= last and (each.old in way) != (each.new in way)
        ]

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
        return f"The boundary of {self._name(each.new)} was redrawn in {each.year}."

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
        names = [self._name(key) for key in keys]
        return "; ".join(names) if any(", " in name for name in names) else join_words(names)


@dataclass(frozen=True, slots=True)
class _Holders:
    """The organisations that hold an area's ground in a year, and how they relate to it (a kind of joining)."""

    kind: str
    codes: tuple[Key, ...]
    why: str = ""


def read_lineage(path: Path, organisations: Mapping[Key, Organisation]) -> Lineage:
    """The lineage in `data/lineage.csv`, empty if there is no such file.

    Raises DataError as `read_successions` does.
    """
    return Lineage(read_successions(path, organisations), organisations)


def _grouped(pairs: Iterable[tuple[Key, Succession]]) -> Mapping[Key, tuple[Succession, ...]]:
    grouped: dict[Key, list[Succession]] = {}
    for key, each in pairs:
        grouped.setdefault(key, []).append(each)
    return {key: tuple(sorted(each, key=lambda one: (one.year, one.old, one.new))) for key, each in grouped.items()}


def _worse(*kinds: str) -> str:
    return max(kinds, key=_WORST_LAST.index)
