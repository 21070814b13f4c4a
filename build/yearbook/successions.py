"""Successions: the rows of `data/lineage.csv`, read and checked. What follows from them is for `lineage`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from yearbook.errors import DataError, Problem, as_sentence, suggest
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


def read_successions(path: Path, organisations: Mapping[Key, Organisation]) -> tuple[Succession, ...]:
    """The successions in `data/lineage.csv` between organisations with figures, none if there is no such file.

    A Sub-ICB location may be named before a release has its rows; its successions count once one does. Raises
    DataError with every row that cannot be: an unknown organisation, kind or year, a row that stands twice, a year
    that the figures contradict, a code with two continuations, a circle.
    """
    if not path.exists():
        return ()
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
    return tuple(sorted(known, key=lambda each: (each.year, each.old, each.new)))


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


def type_and_code(key: Key) -> tuple[int, str]:
    """The order of organisations: by type from the widest, then by code."""
    return list(ORGANISATION_TYPES).index(key[0]), key[1]
