"""The canonical data: one CSV a year in `data/releases/`, and the registers beside it.

A row is an organisation and a breakdown; after the five key columns there is one column for each
measure the release carries, in our names. Cells are whole numbers, decimals or the publisher's markers:
`*` for a suppressed value, `NULL` where the measure does not apply, `x` where the release has the
measure but not for this row. A measure without a column was not in the release. Nothing here writes
(see `importing`) or computes (see `metrics`).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache, cached_property
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from yearbook.entries import DAY, NAMES, ORDINAL, TEXT, YEAR, Entry, read_entries
from yearbook.errors import DataError, Problem, as_sentence
from yearbook.measures import MEASURES_BY_NAME
from yearbook.organisations import ENGLAND
from yearbook.tabular import read_rows
from yearbook.values import Figure, Status
from yearbook.years import FinancialYear

KEY_COLUMNS = ("org_type", "org_code", "breakdown", "category", "subcategory")
SUPPRESSED = "*"
NOT_APPLICABLE = "NULL"
NOT_COLLECTED = "x"
MARKERS: Mapping[str, Status] = {
    SUPPRESSED: Status.SUPPRESSED,
    NOT_APPLICABLE: Status.NOT_APPLICABLE,
    NOT_COLLECTED: Status.NOT_COLLECTED,
}
"""The cells that stand for a value that is not there, and why it is not."""

_NUMBER = re.compile(r"\d+(?:\.\d+)?", re.ASCII)
_CELLS = {"count": "a whole number", "percent": "a percentage from 0 to 100"}
"""What a cell of each unit holds; any other unit takes a number."""


class Breakdown(NamedTuple):
    """A slice of an organisation's referrals: `("total", "", "")`, `("age", "18 to 25", "")`."""

    breakdown: str
    category: str = ""
    subcategory: str = ""


TOTAL = Breakdown("total")


@dataclass(frozen=True)
class Release:
    """A year's canonical rows.

    `rows` has the key columns and then a text column for each measure; row `i` is line `i + 2` of
    `path`, which is the file's name for messages.
    """

    year: FinancialYear
    rows: pd.DataFrame
    path: str = ""

    @property
    def measures(self) -> tuple[str, ...]:
        """The measures the release carries, in the order of its columns."""
        return tuple(self.rows.columns[len(KEY_COLUMNS) :])

    @cached_property
    def _positions(self) -> dict[tuple[str, ...], int]:
        keys = zip(*(self.rows[column].tolist() for column in KEY_COLUMNS), strict=True)
        return {key: position for position, key in enumerate(keys)}

    @cached_property
    def _cells(self) -> dict[str, list[str]]:
        return {measure: self.rows[measure].tolist() for measure in self.measures}

    @cached_property
    def _breakdowns(self) -> dict[tuple[str, str], list[Breakdown]]:
        found: dict[tuple[str, str], list[Breakdown]] = {}
        for org_type, org_code, *row in self._positions:
            found.setdefault((org_type, org_code), []).append(Breakdown(*row))
        return found

    def figure(self, measure: str, org: tuple[str, str] = ENGLAND.key, breakdown: Breakdown = TOTAL) -> Figure:
        """The published value of `measure` for an organisation and breakdown, with its status.

        Not collected when the release has no such row or no such column.
        """
        unit = MEASURES_BY_NAME[measure].unit
        position = self._positions.get((*org, *breakdown))
        if position is None or measure not in self._cells:
            return Figure.missing(Status.NOT_COLLECTED, unit)
        return parse_cell(self._cells[measure][position], unit)

    def breakdowns(self, org: tuple[str, str] = ENGLAND.key, breakdown: str | None = None) -> tuple[Breakdown, ...]:
        """The breakdown rows an organisation has, in the file's order; only those of `breakdown` if given."""
        return tuple(row for row in self._breakdowns.get(org, ()) if breakdown in (None, row.breakdown))


@cache
def parse_cell(cell: str, unit: str) -> Figure:
    """The figure a canonical cell stands for. Raises ValueError for anything a canonical file cannot hold.

    The same few thousand cells are read again and again, so each is parsed once.
    """
    if cell in MARKERS:
        return Figure.missing(MARKERS[cell], unit)
    if unit == "count":
        if cell.isascii() and cell.isdigit():
            return Figure(int(cell), unit=unit)
    elif _NUMBER.fullmatch(cell):
        number = Fraction(cell)
        if unit != "percent" or number <= 100:
            return Figure(number, unit=unit)
    raise ValueError(f'"{cell}" is neither {_CELLS.get(unit, "a number")} nor a known marker ({" ".join(MARKERS)})')


def read_release(path: Path, year: FinancialYear, name: str = "") -> Release:
    """The canonical release in `path`. Raises DataError with every problem of its shape."""
    name = name or path.as_posix()
    try:
        rows = pd.read_csv(path, dtype=str, encoding="utf-8", na_filter=False, skip_blank_lines=False)
    except (UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        what = f"The file cannot be read as canonical CSV: {str(error).strip()}."
        raise DataError(Problem(name, 0, "", what, f"import the release again: yearbook add {year} FILE")) from error
    problems = []
    if not isinstance(rows.index, pd.RangeIndex):  # pandas takes the first cells of rows too long for row names
        what = "The rows have more cells than the header has columns."
        problems.append(Problem(name, 2, "", what, f"import the release again: yearbook add {year} FILE"))
    if tuple(rows.columns[: len(KEY_COLUMNS)]) != KEY_COLUMNS:
        what = f"The file does not begin with the columns {', '.join(KEY_COLUMNS)}."
        problems.append(Problem(name, 1, "", what, f"import the release again: yearbook add {year} FILE"))
    for column in rows.columns[len(KEY_COLUMNS) :]:
        if column not in MEASURES_BY_NAME:
            what = f'"{column}" is not a measure.'
            problems.append(Problem(name, 1, column, what, "use a name listed in build/yearbook/measures.py"))
    if problems:
        raise DataError(problems)
    return Release(year, rows, name)


SUPPLEMENT_COLUMNS = ("year", "measure", "value", "basis", "source", "note")
SUPPLEMENT_BASES = ("annual", "post", "press", "monthly_sum")
"""How a figure of the supplement came about, the best first; `report` says which may be used together."""


@dataclass(frozen=True, slots=True)
class Supplement:
    """An England figure that a release here lacks. `measure` may be a published ratio (`..._percent`)."""

    year: FinancialYear
    measure: str
    figure: Figure
    basis: str
    source: str
    note: str = ""
    places: int = 0


def read_supplement(path: Path, name: str = "") -> tuple[Supplement, ...]:
    """The rows of `data/supplement.csv`: England figures with their basis and source.

    Raises DataError with every row that cannot be read.
    """
    name = name or path.as_posix()
    rows: list[Supplement] = []
    problems: list[Problem] = []
    first: dict[tuple[str, ...], int] = {}
    for line, row in read_rows(path, name, SUPPLEMENT_COLUMNS, problems):
        faults = list(_check_supplement(row))
        key = tuple(row[column].strip() for column in ("year", "measure", "basis"))
        if first.setdefault(key, line) != line:
            what = f"The figure {', '.join(key)} is there already, on line {first[key]}."
            faults.append(("measure", what, "take one of the rows out"))
        problems += [Problem(name, line, column, as_sentence(what), fix) for column, what, fix in faults]
        if not faults:
            rows.append(_parse_supplement(row))
    if problems:
        raise DataError(problems)
    return tuple(rows)


def _check_supplement(row: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """The column of each fault of a row, what is wrong and how to mend it."""
    try:
        FinancialYear.parse(row["year"])
    except ValueError as error:
        yield "year", str(error), "write the year as 2019-20"
    try:
        if not parse_cell(row["value"], supplement_unit(row["measure"])).known:
            yield "value", f'"{row["value"]}" is not a figure', "give the figure as published, or take the row out"
    except ValueError as error:
        yield "value", str(error), "give the figure as published, without commas or signs"
    if row["basis"] not in SUPPLEMENT_BASES:
        yield "basis", f'"{row["basis"]}" is not a basis', f"use one of {', '.join(SUPPLEMENT_BASES)}"


def _parse_supplement(row: Mapping[str, str]) -> Supplement:
    year, places = FinancialYear.parse(row["year"]), len(row["value"].partition(".")[2])
    figure = parse_cell(row["value"], supplement_unit(row["measure"]))
    return Supplement(year, row["measure"], figure, row["basis"], row["source"], row["note"], places)


def supplement_unit(measure: str) -> str:
    """The unit of a supplement measure: a measure's own, or per cent for a published ratio."""
    return MEASURES_BY_NAME[measure].unit if measure in MEASURES_BY_NAME else "percent"


@dataclass(frozen=True)
class RegisterEntry:
    """Where a year's figures come from: one entry of `data/releases.yml`."""

    year: FinancialYear
    title: str
    publisher: str
    page: str
    file: str
    sha256: str
    licence: str
    provenance: str = ""
    published: str = ""
    revision: int = 1
    notes: tuple[str, ...] = field(default_factory=tuple)


def read_register(path: Path) -> Mapping[FinancialYear, RegisterEntry]:
    """The register of releases by year; empty when there is none. Raises DataError with every problem."""
    first: dict[FinancialYear, int] = {}

    def check(entry: Entry) -> Iterator[Problem]:
        year = entry.values.get("year")
        if year is not None and first.setdefault(year, entry.line) != entry.line:
            what = f"{year} has an entry already, on line {first[year]}."
            yield entry.problem("year", what, "join the two into one")

    if not path.exists():
        return {}
    needed = {"year": YEAR, **dict.fromkeys(("title", "publisher", "page", "file", "sha256", "licence"), TEXT)}
    optional = {"provenance": TEXT, "published": DAY, "revision": ORDINAL, "notes": NAMES}
    entries = read_entries(path, lambda entry: RegisterEntry(**entry.values), needed, optional, check)
    return {found.year: found for found in entries}
