"""Dated facts that are not figures: the standards in force, breaks in series, events.

Each lies in a YAML file in `data/`, with its source. A year is judged by the rule in force in that year
and by no other.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeVar

import yaml

from yearbook.errors import DataError, Problem, as_sentence, suggest
from yearbook.years import FinancialYear

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Standard:
    """A level a metric is held to, at least `level` per cent, from `first` to `last` (None: still)."""

    metric: str
    level: Fraction
    first: FinancialYear
    last: FinancialYear | None
    title: str
    source: str

    def in_force(self, year: FinancialYear) -> bool:
        """Whether the standard applied in `year`."""
        return self.first <= year and (self.last is None or year <= self.last)


@dataclass(frozen=True, slots=True)
class SeriesBreak:
    """A change that divides a series: the years before `year` do not compare with it and later ones.

    `kind` is `definition` (a gap is drawn: do not compare across), `data set` (a line is drawn: compare
    with care) or `area` (the areas themselves change). `metrics` and `breakdowns` are what it touches;
    neither given means every metric.
    """

    year: FinancialYear
    kind: str
    title: str
    why: str
    source: str
    metrics: tuple[str, ...] = ()
    breakdowns: tuple[str, ...] = ()

    def touches(self, metric: str, breakdown: str = "total") -> bool:
        """Whether a series of `metric` in `breakdown` is divided by it."""
        if self.breakdowns:
            return breakdown in self.breakdowns
        return not self.metrics or metric in self.metrics


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to the service or its records, with the year it falls in."""

    year: FinancialYear
    title: str
    text: str
    source: str


def read_standards(path: Path) -> tuple[Standard, ...]:
    """The standards of `data/standards.yml`."""

    def standard(row: Mapping[str, Any]) -> Standard:
        first, last = parse_year(row["from"]), parse_year(row["to"]) if "to" in row else None
        try:
            level = Fraction(str(row["level"]))
        except ValueError:
            raise ValueError(f'the level "{row["level"]}" is not a number') from None
        return Standard(row["metric"], level, first, last, row["title"], row["source"])

    return read_entries(path, standard, ("metric", "level", "from", "title", "source"), ("to",))


def read_breaks(path: Path) -> tuple[SeriesBreak, ...]:
    """The breaks of `data/breaks.yml`, earliest first."""

    def series_break(row: Mapping[str, Any]) -> SeriesBreak:
        metrics, breakdowns = (parse_list(row, field) for field in ("metrics", "breakdowns"))
        year = parse_year(row["year"])
        return SeriesBreak(year, row["kind"], row["title"], row["why"], row["source"], metrics, breakdowns)

    found = read_entries(path, series_break, ("year", "kind", "title", "why", "source"), ("metrics", "breakdowns"))
    return tuple(sorted(found, key=lambda each: each.year))


def read_events(path: Path) -> tuple[Event, ...]:
    """The events of `data/events.yml`, earliest first."""

    def event(row: Mapping[str, Any]) -> Event:
        return Event(parse_year(row["year"]), row["title"], row["text"], row["source"])

    return tuple(sorted(read_entries(path, event, ("year", "title", "text", "source")), key=lambda each: each.year))


def parse_year(value: object) -> FinancialYear:
    """The year of a register's field. Raises ValueError when it is none, a bare number too."""
    return FinancialYear.parse(str(value))


def parse_list(row: Mapping[str, Any], field: str) -> tuple[str, ...]:
    """The names in a register's field, none when it is left out. Raises ValueError when it is no list."""
    value = row.get(field, [])
    if not isinstance(value, list):
        raise ValueError(f"{field} is not a list: write it as [{value}]")
    return tuple(str(name) for name in value)


def read_entries(
    path: Path, make: Callable[[Mapping[str, Any]], _T], needed: Sequence[str], optional: Sequence[str] = ()
) -> tuple[_T, ...]:
    """What `make` makes of each entry of the YAML register in `path`.

    A field without a value counts as left out; `make` raises ValueError for a value it cannot use. Raises
    DataError with the problems of every entry.
    """
    name = f"{path.parent.name}/{path.name}"
    node, rows = _load(path, name)
    made, problems = [], []
    for part, row in zip(node.value if node else (), rows, strict=True):
        line = part.start_mark.line + 1
        wrong = list(_check_fields(name, line, row, needed, optional))
        if not wrong:
            try:
                made.append(make({field: value for field, value in row.items() if value is not None}))
            except ValueError as error:
                what = as_sentence(f"The entry cannot be used: {error}")
                wrong = [Problem(name, line, "", what, "correct the field")]
        problems += wrong
    if problems:
        raise DataError(problems)
    return tuple(made)


def _load(path: Path, name: str) -> tuple[yaml.Node | None, list[Any]]:
    text = path.read_text(encoding="utf-8")
    try:
        node, rows = yaml.compose(text, Loader=yaml.SafeLoader), yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        what = f"The register is not valid YAML: {getattr(error, 'problem', error)}."
        fix = "compare the indentation and the quotes with the entries around it"
        raise DataError(Problem(name, mark.line + 1 if mark else 0, "", what, fix)) from error
    if rows is None:
        return None, []
    if not isinstance(rows, list):
        raise DataError(
            Problem(name, 1, "", "The register is not a list of entries.", "begin each entry with a hyphen")
        )
    return node, rows


def _check_fields(
    name: str, line: int, row: object, needed: Sequence[str], optional: Sequence[str]
) -> Iterator[Problem]:
    if not isinstance(row, dict):
        yield Problem(name, line, "", f'"{row}" is not an entry.', f"give every entry its {', '.join(needed)}")
        return
    for field in needed:
        if row.get(field) is None:
            yield Problem(name, line, field, f"The entry has no {field}.", f"give every entry its {', '.join(needed)}")
    known = (*needed, *optional)
    for field in row:
        if field not in known:
            fix = suggest(str(field), known, f"The fields are {', '.join(known)}.")
            yield Problem(name, line, str(field), "There is no such field.", fix)
