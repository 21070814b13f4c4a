"""The YAML registers in `data/`, read with every fault of every entry told at once, each with its line.

A register is a list of entries and an entry is a mapping of fields. Each field has a `Kind`, which says
what it may hold. What the entries mean is for `registers`, `releases` and `corrections`.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeVar

import yaml

from yearbook.documents import PlainLoader
from yearbook.errors import DataError, Problem, as_sentence, suggest
from yearbook.years import FinancialYear

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Kind:
    """What a field may hold. `convert` raises ValueError for anything else; `fix` says what to write."""

    convert: Callable[[Any], Any]
    fix: str


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a register: the values of its fields, and the line of each that is written in it.

    A field without a value counts as left out.
    """

    file: str
    line: int
    lines: Mapping[str, int] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)

    def problem(self, field: str, what: str, fix: str) -> Problem:
        """A problem of a field (`rows`, or `rows.org_type` for a part of it), or of the entry as a whole."""
        return Problem(self.file, self.lines.get(field.partition(".")[0], self.line), field, what, fix)


def _nothing_more(_: Entry) -> Iterable[Problem]:
    return ()


def read_entries(
    path: Path,
    make: Callable[[Entry], _T],
    needed: Mapping[str, Kind],
    optional: Mapping[str, Kind] | None = None,
    check: Callable[[Entry], Iterable[Problem]] = _nothing_more,
) -> tuple[_T, ...]:
    """What `make` makes of each entry of the register in `path`.

    `check` gives the problems of an entry that no single field shows; it sees only the fields that could
    be read. Raises DataError with the problems of every entry.
    """
    file = f"{path.parent.name}/{path.name}"
    made: list[_T] = []
    problems: list[Problem] = []
    for node in _compose(path, file):
        wrong: list[Problem] = []
        entry = _read_entry(file, node, needed, optional or {}, wrong)
        if entry is not None:
            wrong += check(entry)
        if wrong:
            problems += wrong
        elif entry is not None:
            made.append(make(entry))
    if problems:
        raise DataError(problems)
    return tuple(made)


class _RegisterLoader(PlainLoader):
    """A list of entries: what an entry gives twice is told with its field, as all that is wrong with it."""

    unique_from = 3


def _compose(path: Path, file: str) -> list[yaml.Node]:
    """The entries of a register as YAML's nodes, which know their lines."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        what = f"The file is not UTF-8 (byte {error.start})."
        raise DataError(Problem(file, 0, "", what, "save it as UTF-8")) from error
    try:
        root = yaml.compose(text, Loader=_RegisterLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        what = as_sentence(f"The register is not valid YAML: {getattr(error, 'problem', None) or error}")
        fix = getattr(error, "fix", "compare the indentation and the quotes with the entries around it")
        raise DataError(Problem(file, mark.line + 1 if mark else 0, "", what, fix)) from error
    if root is None:
        return []
    if not isinstance(root, yaml.SequenceNode):
        what = "The register is not a list of entries."
        raise DataError(Problem(file, 1, "", what, "begin each entry with a hyphen"))
    return list(root.value)


def _read_entry(
    file: str, node: yaml.Node, needed: Mapping[str, Kind], optional: Mapping[str, Kind], problems: list[Problem]
) -> Entry | None:
    """The entry with the fields that can be read; the faults of the others are added to `problems`."""
    line, kinds = node.start_mark.line + 1, {**needed, **optional}
    complete = f"give every entry its {', '.join(needed)}"
    if not isinstance(node, yaml.MappingNode):
        what = f'"{node.value}" is not an entry.' if isinstance(node, yaml.ScalarNode) else "A list is not an entry."
        problems.append(Problem(file, line, "", what, complete))
        return None
    lines: dict[str, int] = {}
    values: dict[str, Any] = {}
    for key, value in node.value:
        name, at = str(key.value) if isinstance(key, yaml.ScalarNode) else "", key.start_mark.line + 1
        if name not in kinds:
            fix = suggest(name, kinds, f"The fields are {', '.join(kinds)}.")
            problems.append(Problem(file, at, name, "There is no such field.", fix))
            continue
        if name in lines:
            what = f"The entry has {name} twice, on line {lines[name]} too."
            problems.append(Problem(file, at, name, what, "take one of them out"))
            continue
        try:
            found = _RegisterLoader("").construct_object(value, deep=True)
            if found is not None:
                lines[name] = at
                values[name] = kinds[name].convert(found)
        except (yaml.YAMLError, ValueError, TypeError, AttributeError, LookupError) as error:
            # YAML's own converters raise any of these: of a day that does not exist, of a tag that does not fit
            what = as_sentence(getattr(error, "problem", None) or error)
            problems.append(Problem(file, at, name, what, kinds[name].fix))
            lines[name] = at
    missing = [name for name in needed if name not in lines]
    problems += [Problem(file, line, name, f"The entry has no {name}.", complete) for name in missing]
    return Entry(file, line, lines, values)


def _shown(value: object) -> str:
    """A value as a message begins with it."""
    if isinstance(value, list):
        return "A list"
    if isinstance(value, dict):
        return "A mapping of fields"
    return "An empty value" if value is None else f'"{str(value).lower() if isinstance(value, bool) else value}"'


def _to_text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError(f"{_shown(value)} is not text")
    return value


def _to_year(value: object) -> FinancialYear:
    if isinstance(value, (list, dict)):
        raise ValueError(f"{_shown(value)} is not a financial year")
    return FinancialYear.parse(str(value))


def _to_day(value: object) -> str:
    try:
        if not isinstance(value, (str, date)) or isinstance(value, datetime):
            raise ValueError
        return date.fromisoformat(str(value)).isoformat()
    except ValueError:
        raise ValueError(f"{_shown(value)} is not a day") from None


SHORT = re.compile(r"[^eE]{1,40}")
"""A number as it is written out: `1e999999999` is short to write and takes all memory to hold."""


def _to_number(value: object) -> Fraction:
    try:
        if isinstance(value, (int, float, str)) and not isinstance(value, bool) and SHORT.fullmatch(str(value)):
            return Fraction(Decimal(str(value)))
    except (InvalidOperation, ValueError, OverflowError):  # the last two are those of "nan" and "inf"
        pass
    raise ValueError(f"{_shown(value)} is not a number")


def _to_ordinal(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise ValueError(f"{_shown(value)} is not a whole number from 1")
    return value


def _to_answer(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError(f"{_shown(value)} is neither true nor false")
    return value


def _to_names(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise ValueError(f"{_shown(value)} is not a list")
    return tuple(_to_text(name) for name in value)


def _to_texts(value: object) -> dict[str, str]:
    if not isinstance(value, dict):
        raise ValueError(f"{_shown(value)} is not a mapping")
    return {str(name): _to_text(text) for name, text in value.items()}


def _to_numbers(value: object) -> dict[str, Fraction]:
    if not isinstance(value, dict):
        raise ValueError(f"{_shown(value)} is not a mapping")
    return {str(name): _to_number(number) for name, number in value.items()}


TEXT = Kind(_to_text, "write it as text, in quotation marks where YAML takes it for something else")
YEAR = Kind(_to_year, "write the year as 2019-20")
DAY = Kind(_to_day, "write the day as 2020-07-30")
NUMBER = Kind(_to_number, "write a number, as 50 or 67.1")
ORDINAL = Kind(_to_ordinal, "write a whole number, as 2")
ANSWER = Kind(_to_answer, "write true, or leave the field out")
NAMES = Kind(_to_names, "write a list of texts, as [one, another]")
TEXTS = Kind(_to_texts, 'write names and their texts, as {recovery: "1,205"}')
NUMBERS = Kind(_to_numbers, "write names and their numbers, as {low: 99, high: 177}")
