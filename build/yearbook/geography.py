"""Where an organisation lies: its councils, its wider areas, its neighbours, its town and its hexagon.

All of it lies in small CSV files in `data/`, which `yearbook geography` writes from public lookups. Every file
may be absent: then nothing is known of what it would hold. Which organisation became which is for `lineage`.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from yearbook.entries import NAMES, TEXT, read_entries
from yearbook.errors import DataError, Problem, as_sentence
from yearbook.organisations import ORGANISATION_TYPES, Organisation
from yearbook.successions import Key, check_organisation, type_and_code
from yearbook.tabular import read_rows
from yearbook.years import FinancialYear

MEMBERSHIPS = ("org_type", "org_code", "parent_type", "parent_code", "source")
COUNCILS = ("org_type", "org_code", "council_code", "council", "via")
NEIGHBOURS = ("org_type", "org_code", "neighbour_code")
TOWNS = ("org_type", "org_code", "town", "source")
HEXAGONS = ("layout", "org_type", "org_code", "column", "row")
"""The columns of each file."""


class Hexagon(NamedTuple):
    """A cell of a hexagonal grid with a point at the top: `row` 0 is the northernmost.

    The cells of odd rows lie half a cell further east. With a cell one wide, its centre is at
    (column + row % 2 / 2, row × √3 / 2), counted east and south.
    """

    column: int
    row: int


class Council(NamedTuple):
    """A council on an organisation's ground. `via` is the code of the successor it was looked up for, if any."""

    code: str
    name: str
    via: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A public lookup or boundary file that the geography was made from."""

    id: str
    title: str
    publisher: str
    licence: str
    file: str
    sha256: str
    attribution: str
    provenance: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Geography:
    """The geography of every organisation that anything is known of."""

    memberships: Mapping[Key, tuple[Key, ...]] = field(default_factory=dict)
    council_list: Mapping[Key, tuple[Council, ...]] = field(default_factory=dict)
    adjoining: Mapping[Key, tuple[Key, ...]] = field(default_factory=dict)
    towns: Mapping[Key, str] = field(default_factory=dict)
    layouts: Mapping[str, Mapping[FinancialYear, Mapping[Key, Hexagon]]] = field(default_factory=dict)
    sources: tuple[Source, ...] = ()

    def parents(self, key: Key) -> tuple[Key, ...]:
        """The areas it lies in, from the widest: its region, its STP, its ICB."""
        return self.memberships.get(key, ())

    def councils(self, key: Key) -> tuple[str, ...]:
        """The names of the councils on its ground, in order."""
        return tuple(council.name for council in self.council_list.get(key, ()))

    def neighbours(self, key: Key) -> tuple[Key, ...]:
        """The areas of its type that adjoin it; some may have no figures in a given year."""
        return self.adjoining.get(key, ())

    def town(self, key: Key) -> str:
        """The town of a provider's address, empty when it is not known."""
        return self.towns.get(key, "")

    def hexagons(self, org_type: str, year: FinancialYear) -> Mapping[Key, Hexagon]:
        """The hex map of the areas of a type in a year: the latest layout made for that year or one before it.

        Empty when there is none. It may hold areas that the year has no figures for.
        """
        begun = [first for first in self.layouts.get(org_type, {}) if first <= year]
        return self.layouts[org_type][max(begun)] if begun else {}


_Fault = tuple[str, str, str]
_Rows = list[tuple[int, dict[str, str]]]


def read_geography(folder: Path, organisations: Mapping[Key, Organisation]) -> Geography:
    """The geography in the files of the folder `data`. Raises DataError with the problems of all of them at once."""
    problems: list[Problem] = []
    files = _Files(folder, organisations, problems)
    memberships: dict[Key, list[Key]] = {}
    for row in files.rows("memberships.csv", MEMBERSHIPS, ("parent_type", "parent_code"), _check_parent):
        memberships.setdefault(_key(row), []).append((row["parent_type"], row["parent_code"]))
    councils: dict[Key, list[Council]] = {}
    for row in files.rows("councils.csv", COUNCILS, ("council_code",)):
        councils.setdefault(_key(row), []).append(Council(row["council_code"], row["council"], row["via"]))
    adjoining: dict[Key, list[Key]] = {}
    for row in files.rows("neighbours.csv", NEIGHBOURS, ("neighbour_code",), _check_neighbour):
        adjoining.setdefault(_key(row), []).append((row["org_type"], row["neighbour_code"]))
    towns = {_key(row): row["town"] for row in files.rows("towns.csv", TOWNS, ())}
    layouts: dict[str, dict[FinancialYear, dict[Key, Hexagon]]] = {}
    for row in files.rows("hexagons.csv", HEXAGONS, ("layout",), _check_hexagon, ("layout", "column", "row")):
        org_type, year = _parse_layout(row["layout"])
        cells = layouts.setdefault(org_type, {}).setdefault(year, {})
        cells[_key(row)] = Hexagon(int(row["column"]), int(row["row"]))
    sources = files.sources()
    if problems:
        raise DataError(problems)
    return Geography(
        {key: tuple(sorted(parents, key=type_and_code)) for key, parents in memberships.items()},
        {key: tuple(sorted(found, key=lambda one: (one.name, one.code))) for key, found in councils.items()},
        {key: tuple(sorted(found)) for key, found in adjoining.items()},
        towns,
        layouts,
        sources,
    )


def _key(row: Mapping[str, str]) -> Key:
    return row["org_type"], row["org_code"]


@dataclass(frozen=True)
class _Files:
    """The files of `folder`, each read with its problems added to those of the others."""

    folder: Path
    organisations: Mapping[Key, Organisation]
    problems: list[Problem]

    def rows(
        self,
        file: str,
        columns: tuple[str, ...],
        unique: tuple[str, ...],
        check: Callable[[Mapping[str, str], Mapping[Key, Organisation]], Iterator[_Fault]] | None = None,
        apart: tuple[str, ...] = (),
    ) -> Iterator[dict[str, str]]:
        """The rows of a file that can be used.

        An organisation has one row for each text in the columns `unique`; no two rows hold the same in `apart`.
        """
        path, name = self.folder / file, f"{self.folder.name}/{file}"
        if not path.exists():
            return
        try:
            rows = read_rows(path, name, columns, self.problems)
        except DataError as error:
            self.problems.extend(error.problems)
            return
        except UnicodeDecodeError as error:
            what = f"The file is not UTF-8 (byte {error.start})."
            self.problems.append(Problem(name, 0, "", what, "save it as UTF-8"))
            return
        first: dict[tuple[str, ...], int] = {}
        for line, row in rows:
            faults = list(check_organisation(row, "org", self.organisations))
            faults += check(row, self.organisations) if check else ()
            for column, texts in (("org_code", ("org_type", "org_code", *unique)), (apart[0] if apart else "", apart)):
                held = (column, *(row[text] for text in texts))
                if texts and first.setdefault(held, line) != line:
                    what = f"{' '.join(held[1:])} is there already, on line {first[held]}."
                    faults.append((column, what, "take one of the rows out"))
            if faults:
                self.problems.extend(
                    Problem(name, line, column, as_sentence(what), fix) for column, what, fix in faults
                )
            else:
                yield row

    def sources(self) -> tuple[Source, ...]:
        """The register of sources, empty if there is none."""
        path = self.folder / "geography.yml"
        if not path.exists():
            return ()
        needed = dict.fromkeys(("id", "title", "publisher", "licence", "file", "sha256", "attribution"), TEXT)
        try:
            return read_entries(
                path, lambda entry: Source(**entry.values), needed, {"provenance": TEXT, "notes": NAMES}
            )
        except DataError as error:
            self.problems.extend(error.problems)
            return ()


def _check_parent(row: Mapping[str, str], organisations: Mapping[Key, Organisation]) -> Iterator[_Fault]:
    yield from check_organisation(row, "parent", organisations)
    types = list(ORGANISATION_TYPES)
    if {row["org_type"], row["parent_type"]} <= set(types) and not (
        types.index(row["parent_type"]) < types.index(row["org_type"])
    ):
        what = f'"{row["parent_type"]}" is no wider than "{row["org_type"]}"'
        yield "parent_type", what, "name an area it lies in"


def _check_neighbour(row: Mapping[str, str], organisations: Mapping[Key, Organisation]) -> Iterator[_Fault]:
    if row["neighbour_code"] == row["org_code"]:
        yield "neighbour_code", "The area adjoins itself", "take the row out"
    elif row["org_type"] in ORGANISATION_TYPES and (row["org_type"], row["neighbour_code"]) not in organisations:
        what = f"No {row['org_type']} has the code {row['neighbour_code']}"
        yield "neighbour_code", what, "use a code of data/organisations.csv"


def _check_hexagon(row: Mapping[str, str], organisations: Mapping[Key, Organisation]) -> Iterator[_Fault]:
    try:
        org_type, _ = _parse_layout(row["layout"])
        if org_type != row["org_type"]:
            yield "layout", f'"{row["org_type"]}" is not the type of the layout', "write the layout as ccg-2019-20"
    except ValueError as error:
        yield "layout", str(error), "write the layout as ccg-2019-20: the type and the first year it is for"
    for column in ("column", "row"):
        if not (row[column].isascii() and row[column].isdigit()):
            yield column, f'"{row[column]}" is not a whole number from 0', "write the place of the cell, as 12"


def _parse_layout(layout: str) -> tuple[str, FinancialYear]:
    """The type and first year of a layout, written `ccg-2019-20`. Raises ValueError for anything else."""
    org_type, _, year = layout.partition("-")
    return org_type, FinancialYear.parse(year)
