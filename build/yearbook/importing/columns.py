"""Which published column holds which measure: matching a header by name, whatever its order and case."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from yearbook.errors import Problem
from yearbook.importing.crosswalks import Column, Crosswalks
from yearbook.importing.problems import ProblemLog
from yearbook.importing.reading import plain
from yearbook.years import FinancialYear

_NEAR = 0.8
"""How alike two column names are before one is suggested for the other (1 is the same)."""

_CROSSWALK = "data/crosswalks/columns.csv"


@dataclass(frozen=True, slots=True)
class ColumnDrift:
    """What is unlike the crosswalk in a header.

    `gone`: our name and the header looked for. `new`: a published header that nothing takes, and the missing
    measure it may be ("" when none). `renamed`: our name, the header found and the one expected.
    """

    known_year: bool
    gone: tuple[tuple[str, str], ...] = ()
    new: tuple[tuple[str, str], ...] = ()
    renamed: tuple[tuple[str, str, str], ...] = ()


def match_columns(
    file: str, header: Sequence[str], year: FinancialYear, crosswalks: Crosswalks, log: ProblemLog
) -> tuple[Mapping[str, int], ColumnDrift]:
    """The position of each of our columns in `header`, and how the header differs from the crosswalk.

    A missing essential column, and two headers for one measure in a year the crosswalk does not know, are
    noted in `log`.
    """
    places = {plain(name): place for place, name in enumerate(header)}
    known_year = year in crosswalks.years
    last_year = max(crosswalks.years, default=year)
    found: dict[str, int] = {}
    renamed: list[tuple[str, str, str]] = []
    absent: list[tuple[Column, str]] = []
    for column in crosswalks.columns:
        expected = column.by_year.get(year if known_year else last_year, "")
        candidates = [name for name in column.headers if plain(name) in places]
        distinct = list(dict.fromkeys(places[plain(name)] for name in candidates))
        if expected and plain(expected) in places:
            found[column.name] = places[plain(expected)]
        elif len(distinct) == 1:
            found[column.name] = distinct[0]
            renamed.append((column.name, header[distinct[0]], expected))
        elif distinct:
            names = " and ".join(header[place] for place in distinct)
            what = f"{names} both hold {column.name}."
            log.add("ambiguous", Problem(file, 1, header[distinct[0]], what, f"add a column {year} to {_CROSSWALK}"))
        elif expected or column.essential:
            absent.append((column, expected or column.headers[0]))
    unused = [name for place, name in enumerate(header) if place not in set(found.values())]
    likely = _likely_names(unused, absent)
    for column, expected in absent:
        if column.essential:
            near = [name for name, ours in likely.items() if ours == column.name]
            row = f"the row {column.name} of {_CROSSWALK}"
            fix = f"look whether this is the main CSV; if the column has a new name, add it to {row}"
            if near:
                fix = f'"{near[0]}" looks like it: if it is, add it to {row}'
            what = f"The column that holds {column.name} is missing."
            log.add("essential column", Problem(file, 1, expected, what, fix))
    drift = ColumnDrift(
        known_year,
        tuple((column.name, expected) for column, expected in absent),
        tuple((name, likely.get(name, "")) for name in unused),
        tuple(renamed),
    )
    return found, drift


def _likely_names(unused: Sequence[str], absent: Sequence[tuple[Column, str]]) -> dict[str, str]:
    """For each published header nothing takes, the missing measure whose header is most like it."""
    known = {plain(header): column.name for column, _ in absent for header in column.headers}
    likely = {}
    for name in unused:
        near = get_close_matches(plain(name), list(known), n=1, cutoff=_NEAR)
        if near:
            likely[name] = known[near[0]]
    return likely
