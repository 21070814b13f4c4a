"""Dated facts that are not figures: the standards in force, breaks in series, events.

Each lies in a YAML file in `data/`, with its source. A year is judged by the rule in force in that year
and by no other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import yaml

from yearbook.errors import DataError, Problem
from yearbook.years import FinancialYear


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
    return tuple(
        Standard(
            row["metric"],
            Fraction(str(row["level"])),
            FinancialYear.parse(row["from"]),
            FinancialYear.parse(row["to"]) if row.get("to") else None,
            row["title"],
            row["source"],
        )
        for row in _rows(path, ("metric", "level", "from", "title", "source"))
    )


def read_breaks(path: Path) -> tuple[SeriesBreak, ...]:
    """The breaks of `data/breaks.yml`, earliest first."""
    rows = _rows(path, ("year", "kind", "title", "why", "source"))
    breaks = (
        SeriesBreak(
            FinancialYear.parse(row["year"]),
            row["kind"],
            row["title"],
            row["why"],
            row["source"],
            tuple(row.get("metrics", ())),
            tuple(row.get("breakdowns", ())),
        )
        for row in rows
    )
    return tuple(sorted(breaks, key=lambda found: found.year))


def read_events(path: Path) -> tuple[Event, ...]:
    """The events of `data/events.yml`, earliest first."""
    rows = _rows(path, ("year", "title", "text", "source"))
    return tuple(
        sorted(
            (Event(FinancialYear.parse(row["year"]), row["title"], row["text"], row["source"]) for row in rows),
            key=lambda event: event.year,
        )
    )


def _rows(path: Path, needed: Sequence[str]) -> list[dict[str, Any]]:
    """The entries of a register. Raises DataError naming every entry that lacks a field."""
    name = f"{path.parent.name}/{path.name}"
    try:
        rows = yaml.safe_load(path.read_text(encoding="utf-8")) or []
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 0
        what = f"The register is not valid YAML: {getattr(error, 'problem', error)}."
        raise DataError(Problem(name, line, "", what, "compare the indentation and the quotes with the entries around it")) from error
    problems = [
        Problem(name, 0, field, f"Entry {number} has no {field}.", f"give every entry its {', '.join(needed)}")
        for number, row in enumerate(rows, start=1)
        for field in needed
        if field not in row
    ]
    if problems:
        raise DataError(problems)
    return rows
