"""`yearbook geography FOLDER`: public lookups and outlines to our own small files in `data/`.

The lookups themselves stay outside the repository; `data/geography.yml` registers them, with their checksums. The
same lookups and organisations give the same files.
"""

import csv
import io
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from yearbook.errors import DataError
from yearbook.geography import COUNCILS, HEXAGONS, MEMBERSHIPS, NEIGHBOURS, TOWNS, Hexagon
from yearbook.importing.grounds import Grounds, read_told
from yearbook.importing.hexagons import lay_out, put_beside
from yearbook.importing.lineages import check_successions, compute_successions
from yearbook.importing.lookups import (
    ATTRIBUTIONS,
    LICENCE,
    LOOKUPS,
    OUTLINES_2015,
    OUTLINES_2021,
    Lookup,
    read_lookups,
    sha256_of,
)
from yearbook.importing.outlines import Cover, Rings, cover, read_outlines
from yearbook.importing.places import (
    compute_councils,
    compute_memberships,
    compute_neighbours,
    compute_towns,
    joined_into,
)
from yearbook.journal import write_set
from yearbook.organisations import read_organisations
from yearbook.successions import COLUMNS as LINEAGE
from yearbook.successions import Key, Succession
from yearbook.years import FinancialYear

FINE, COARSE = 250.0, 1000.0
"""Sides of the squares, in metres, that neighbours and hex maps are computed from."""

MARGIN = 150_000.0
"""Sea around the land of a hex map, in metres, for the land to spread into."""

_HEADING = """\
# Where the geography comes from: public lookups and outlines, read by `yearbook geography FOLDER`, which writes
# this file. What they do not tell is told by hand in data/crosswalks/, under the source `crosswalks`.
"""

_NOTES = {
    OUTLINES_2015.id: [
        "Neighbours of areas closed before 2021-22: squares of 250 m that touch along 500 m or more, so that areas on "
        "both banks of a narrow river count as neighbours.",
        "Hex maps, with the outlines of 2021 laid over those of CCGs that kept their code. Nothing else is kept.",
    ],
    OUTLINES_2021.id: ["Neighbours of areas of 2021-22 and later, in the same way. Nothing else is kept."],
}


@dataclass(frozen=True)
class GeographyFiles:
    """The files of `data/` by name, and what is in them in words."""

    files: Mapping[str, bytes]
    report: str


def import_geography(project: Path, folder: Path, say: Callable[[str], None] = lambda _: None) -> str:
    """Write the geography files of a project from the lookups in `folder`; a report of what is in them.

    Raises DataError with every problem of the lookups and crosswalks, and OSError when a file cannot be written; then
    nothing is changed.
    """
    made = compute_geography(project / "data", folder, say)
    write_set(project / "data", {project / "data" / name: content for name, content in made.files.items()})
    return made.report


def compute_geography(
    data: Path, folder: Path, say: Callable[[str], None] = lambda _: None, layouts: Collection[str] | None = None
) -> GeographyFiles:
    """The geography files for the organisations in the folder `data`, from the lookups in `folder`.

    Only the hex maps in `layouts` are made, if it is given; without any, no file of them.
    """
    grounds = Grounds(
        read_lookups(folder), read_told(data / "crosswalks"), read_organisations(data / "organisations.csv")
    )
    successions = compute_successions(grounds)
    problems = tuple(check_successions(grounds, successions))
    if problems:
        raise DataError(problems)
    older, newer = (
        {grounds.lookups.ods.get(gss, ""): rings for gss, rings in read_outlines(folder / of.file, code).items()}
        for of, code in ((OUTLINES_2015, "AREACD"), (OUTLINES_2021, "ccg21_code"))
    )
    layers = layers_of(older, newer)
    say("Finding neighbours")
    neighbours = sorted(compute_neighbours(grounds, cover(layers, FINE), cover([newer], FINE)))
    rows: dict[str, tuple[Sequence[str], list[tuple[str, ...]]]] = {
        "lineage.csv": (LINEAGE, [_succession_row(each) for each in successions]),
        "memberships.csv": (MEMBERSHIPS, sorted(compute_memberships(grounds))),
        "councils.csv": (COUNCILS, sorted(compute_councils(grounds))),
        "towns.csv": (TOWNS, sorted(compute_towns(grounds))),
        "neighbours.csv": (NEIGHBOURS, list(neighbours)),
    }
    if layouts is None or layouts:
        land = cover(layers, COARSE, MARGIN)
        rows["hexagons.csv"] = (HEXAGONS, compute_hexagons(grounds, land, successions, say, layouts))
    files = {name: _csv(columns, found) for name, (columns, found) in rows.items()}
    files["geography.yml"] = _register(folder)
    counts = "\n".join(f"  data/{name}: {len(found):,} rows" for name, (_, found) in rows.items())
    kinds = Counter(each.kind for each in successions)
    told = ", ".join(f"{kinds[kind]} {kind}" for kind in sorted(kinds))
    return GeographyFiles(files, f"Geography: {folder}\n\n{counts}\n\nSuccessions: {told}.")


def layers_of(older: Mapping[str, Rings], newer: Mapping[str, Rings]) -> list[Mapping[str, Rings]]:
    """The outlines of 2015, and over them those of 2021 of CCGs that kept their code.

    Cumbria was divided anew between two CCGs that kept theirs, in 2017.
    """
    return [older, {code: rings for code, rings in newer.items() if code in older}]


def layouts_of(grounds: Grounds) -> list[tuple[str, FinancialYear]]:
    """Each type of area and each year from which its areas were others than in the year before."""
    found = []
    for org_type in ("stp", "icb", "ccg"):
        before: list[str] = []
        for year in grounds.years:
            areas = grounds.areas(org_type, year)
            if areas and areas != before:
                found.append((org_type, year))
            before = areas
    return found


def compute_hexagons(
    grounds: Grounds,
    land: Cover,
    successions: Iterable[Succession],
    say: Callable[[str], None] = lambda _: None,
    layouts: Collection[str] | None = None,
) -> list[tuple[str, ...]]:
    """Layout, type, code, column and row of each area, in order.

    STPs that went on one to one, as STPs or ICBs, have the same cells in the maps of all years, so that readers find
    them again; those that merged into one lie around its cell.
    """
    every = [each for each in successions if each.old[0] == "stp"]
    after = {each.old: each.new for each in every if each.kind in ("recoded", "redrawn")}
    merged = {each.old: each.new for each in every if each.kind == "merged"}
    made: dict[tuple[str, FinancialYear], Mapping[str, Hexagon]] = {}
    cells: dict[Key, Hexagon] = {}
    wanted = [one for one in layouts_of(grounds) if layouts is None or f"{one[0]}-{one[1]}" in layouts]
    for org_type, year in sorted(wanted, key=lambda one: (-one[1].start, one[0])):
        keys = [(org_type, code) for code in grounds.areas(org_type, year)]
        later = {key: key if key in cells else after.get(key, key) for key in keys if org_type == "stp"}
        placed = {key[1]: cells[then] for key, then in later.items() if then in cells}
        into = {merged.get(key, key) for key in keys if key[1] not in placed}
        if len(placed) == len(keys):
            made[org_type, year] = placed
        else:
            then = land.joined(joined_into(grounds, land.codes, org_type, year))
            if placed and len(into) == 1 and into <= cells.keys():
                made[org_type, year] = put_beside(then, placed, cells[min(into)])
            else:
                say(f"Laying out {len(keys)} areas: {org_type} {year}")
                made[org_type, year] = lay_out(then)
        cells |= {(org_type, code): cell for code, cell in made[org_type, year].items()}
    return [
        (f"{org_type}-{year}", org_type, code, str(cell.column), str(cell.row))
        for (org_type, year), layout in sorted(made.items())
        for code, cell in sorted(layout.items())
    ]


def _succession_row(each: Succession) -> tuple[str, ...]:
    return (*each.old, *each.new, str(each.year), each.kind, each.source)


def _csv(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue().encode("utf-8")


def _register(folder: Path) -> bytes:
    """`data/geography.yml`."""
    entries = [_entry(lookup, sha256_of(folder / lookup.file)) for lookup in LOOKUPS]
    text = yaml.safe_dump(entries, sort_keys=False, allow_unicode=True, width=110)
    return (_HEADING + text).encode("utf-8")


def _entry(lookup: Lookup, sha256: str) -> dict[str, object]:
    entry: dict[str, object] = {
        "id": lookup.id,
        "title": lookup.title,
        "publisher": lookup.publisher,
        "licence": LICENCE,
        "file": lookup.file,
        "sha256": sha256,
        "attribution": ATTRIBUTIONS[lookup.publisher],
    }
    notes = _NOTES.get(lookup.id)
    return entry | {"notes": notes} if notes else entry
