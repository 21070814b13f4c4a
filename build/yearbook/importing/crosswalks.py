"""The crosswalks of `data/crosswalks/`: published names to ours, as data a maintainer can read and extend.

The order of their rows is the canonical order: of columns, breakdowns and categories.
"""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from yearbook.errors import Problem, as_sentence, suggest
from yearbook.importing.problems import ProblemLog
from yearbook.importing.reading import plain
from yearbook.measures import MEASURES_BY_NAME
from yearbook.organisations import ORGANISATION_TYPES
from yearbook.releases import NOT_APPLICABLE, NOT_COLLECTED, SUPPRESSED
from yearbook.years import FinancialYear

PUBLISHED_KEYS = ("org_type", "org_code", "org_name", "variable_type", "variable_a", "variable_b")
"""Our names of the columns that say what a published row is about."""

ANY_OTHER_BREAKDOWN = "any other"

_HEADERS: dict[str, tuple[str, ...]] = {
    "columns.csv": ("name", "essential", "tidy", "also"),
    "organisation_types.csv": ("published", "org_type"),
    "breakdowns.csv": ("published", "breakdown"),
    "categories.csv": ("breakdown", "published_a", "published_b", "category", "subcategory", "only_in"),
    "kept.csv": ("breakdown", *ORGANISATION_TYPES),
    "markers.csv": ("published", "meaning", "cell"),
    "names.csv": ("scope", "published", "name"),
    "supplement.csv": ("published", "measure"),
    "publications.csv": ("first_year", "publisher", "title", "page", "licence"),
}


def fold(text: str) -> str:
    """`text` for comparing: case and the width of its spaces left out."""
    return " ".join(text.split()).casefold()


@dataclass(frozen=True, slots=True)
class Column:
    """One of our columns and what the publisher has called it."""

    name: str
    essential: bool
    tidy: str
    by_year: Mapping[FinancialYear, str]
    also: tuple[str, ...]

    @property
    def headers(self) -> tuple[str, ...]:
        """Every header the column is known by, the latest year's first."""
        return tuple(dict.fromkeys([*reversed([h for h in self.by_year.values() if h]), *self.also]))


@dataclass(frozen=True, slots=True)
class Publication:
    """Who publishes from `first_year` on, and under which title and licence."""

    first_year: FinancialYear
    publisher: str
    title: str
    page: str
    licence: str


@dataclass(frozen=True)
class Crosswalks:
    """All crosswalks. Published texts are held folded (see `fold`)."""

    columns: tuple[Column, ...]
    organisation_types: Mapping[str, str]
    breakdowns: Mapping[str, str]
    categories: Mapping[tuple[str, str, str], tuple[str, str]]
    tidy_categories: Mapping[tuple[str, str, str], tuple[str, str]]
    kept: Mapping[str, frozenset[str]]
    markers: Mapping[str, str]
    words: Mapping[str, str]
    names: Mapping[str, str]
    supplement: Mapping[str, str]
    publications: tuple[Publication, ...]

    @cached_property
    def years(self) -> frozenset[FinancialYear]:
        """The years that columns.csv has a column for."""
        return frozenset(self.columns[0].by_year) if self.columns else frozenset()

    @cached_property
    def category_order(self) -> Mapping[tuple[str, str, str], int]:
        """The place of each of our categories in the canonical order."""
        order: dict[tuple[str, str, str], int] = {}
        for (breakdown, _, _), (category, subcategory) in self.categories.items():
            order.setdefault((breakdown, category, subcategory), len(order))
        return order

    @cached_property
    def breakdown_order(self) -> Mapping[str, int]:
        """The place of each of our breakdowns in the canonical order."""
        return {breakdown: place for place, breakdown in enumerate(dict.fromkeys(self.breakdowns.values()))}

    def is_kept(self, org_type: str, breakdown: str) -> bool:
        """Whether the rows of a breakdown are kept for organisations of a type."""
        kept = self.kept.get(breakdown, self.kept.get(ANY_OTHER_BREAKDOWN, frozenset()))
        return org_type in kept

    def publication(self, year: FinancialYear) -> Publication:
        """The publication that a year's release belongs to."""
        begun = [publication for publication in self.publications if publication.first_year <= year]
        return max(begun, key=lambda publication: publication.first_year, default=self.publications[0])


def read_crosswalks(folder: Path) -> Crosswalks:
    """The crosswalks in `folder`. Raises DataError with the problems of all its files at once."""
    log = ProblemLog()
    tables = {name: _read(folder / name, needed, log) for name, needed in _HEADERS.items()}
    log.raise_if_any()
    columns = tuple(_column(line, row, log) for line, row in tables["columns.csv"])
    _require("columns.csv", "name", tables, {*PUBLISHED_KEYS, *MEASURES_BY_NAME}, log)
    _require("organisation_types.csv", "org_type", tables, {*ORGANISATION_TYPES, ""}, log)
    _require("markers.csv", "cell", tables, {SUPPRESSED, NOT_APPLICABLE, NOT_COLLECTED}, log)
    _require("names.csv", "scope", tables, {"word", "name"}, log)
    breakdowns = {row["breakdown"] for _, row in tables["breakdowns.csv"]}
    _require("categories.csv", "breakdown", tables, breakdowns, log)
    _require("categories.csv", "only_in", tables, {"", "tidy"}, log)
    _require("kept.csv", "breakdown", tables, {*breakdowns, ANY_OTHER_BREAKDOWN}, log)
    publications = [_publication(line, row, log) for line, row in tables["publications.csv"]]
    log.raise_if_any()
    categories = {_category_key(row): _category(row) for _, row in tables["categories.csv"] if not row["only_in"]}
    return Crosswalks(
        columns=columns,
        organisation_types=_pairs(tables["organisation_types.csv"], "published", "org_type"),
        breakdowns=_pairs(tables["breakdowns.csv"], "published", "breakdown"),
        categories=categories,
        tidy_categories=categories | {_category_key(row): _category(row) for _, row in tables["categories.csv"]},
        kept={
            row["breakdown"]: frozenset(org_type for org_type in ORGANISATION_TYPES if row[org_type])
            for _, row in tables["kept.csv"]
        },
        markers=_pairs(tables["markers.csv"], "published", "cell"),
        words=_pairs((entry for entry in tables["names.csv"] if entry[1]["scope"] == "word"), "published", "name"),
        names=_pairs((entry for entry in tables["names.csv"] if entry[1]["scope"] == "name"), "published", "name"),
        supplement={row["published"]: row["measure"] for _, row in tables["supplement.csv"]},
        publications=tuple(publication for publication in publications if publication),
    )


_Row = tuple[int, dict[str, str]]


def _read(path: Path, needed: tuple[str, ...], log: ProblemLog) -> list[_Row]:
    """The rows of a crosswalk, each with its line."""
    name = f"data/crosswalks/{path.name}"
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, restval="", restkey="")
            missing = [column for column in needed if column not in (reader.fieldnames or ())]
            if missing:
                what = f"The crosswalk has no column {', '.join(missing)}."
                log.add("crosswalk", Problem(name, 1, missing[0], what, "put the column back"))
                return []
            return [(reader.line_num, {key: value.strip() for key, value in row.items() if key}) for row in reader]
    except FileNotFoundError:
        log.add("crosswalk", Problem(name, 0, "", "The crosswalk is missing.", "bring it back from the repository"))
    except UnicodeDecodeError as error:
        what = f"Byte {error.start + 1:,} is not UTF-8."
        log.add("crosswalk", Problem(name, 0, "", what, "save the file as UTF-8"))
    return []


def _pairs(table: Iterable[_Row], published: str, ours: str) -> dict[str, str]:
    return {fold(row[published]): row[ours] for _, row in table}


def _category_key(row: Mapping[str, str]) -> tuple[str, str, str]:
    return row["breakdown"], fold(row["published_a"]), fold(row["published_b"])


def _category(row: Mapping[str, str]) -> tuple[str, str]:
    return row["category"], row["subcategory"]


def _column(line: int, row: Mapping[str, str], log: ProblemLog) -> Column:
    by_year: dict[FinancialYear, str] = {}
    for heading, header in row.items():
        if heading in _HEADERS["columns.csv"]:
            continue
        try:
            by_year[FinancialYear.parse(heading)] = header
        except ValueError as error:
            log.add(
                "year",
                Problem("data/crosswalks/columns.csv", 1, heading, as_sentence(error), "head the column with a year"),
            )
    also = tuple(header.strip() for header in row["also"].split("|") if header.strip())
    column = Column(row["name"], bool(row["essential"]), row["tidy"], by_year, also)
    if len({plain(header) for header in also}) < len(also):
        what = "A header is given twice."
        log.add("also", Problem("data/crosswalks/columns.csv", line, "also", what, "take one of them out"))
    return column


def _publication(line: int, row: Mapping[str, str], log: ProblemLog) -> Publication | None:
    try:
        year = FinancialYear.parse(row["first_year"])
    except ValueError as error:
        log.add(
            "year", Problem("data/crosswalks/publications.csv", line, "first_year", as_sentence(error), "give a year")
        )
        return None
    return Publication(year, row["publisher"], row["title"], row["page"], row["licence"])


def _require(file: str, column: str, tables: Mapping[str, list[_Row]], known: set[str], log: ProblemLog) -> None:
    for line, row in tables[file]:
        if row[column] not in known:
            what = f'"{row[column]}" is not known here.'
            fix = suggest(row[column], known, f"use one of: {', '.join(sorted(word for word in known if word)[:12])}")
            log.add("crosswalk", Problem(f"data/crosswalks/{file}", line, column, what, fix))


def canonical_order(crosswalks: Crosswalks, key: tuple[str, ...]) -> tuple[object, ...]:
    """Where a canonical row stands: by type, code, breakdown and category, what is unknown last and by name."""
    org_type, code, breakdown, category, subcategory = key
    types = list(ORGANISATION_TYPES)
    last = len(crosswalks.category_order)
    return (
        types.index(org_type),
        code,
        crosswalks.breakdown_order.get(breakdown, last),
        breakdown,
        crosswalks.category_order.get((breakdown, category, subcategory), last),
        category,
        subcategory,
    )
