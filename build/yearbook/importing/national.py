"""England figures from elsewhere: the tidy England file of several years, and the national supplement."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from yearbook.errors import DataError, Problem, as_sentence, suggest
from yearbook.importing.cells import BadCell, canonical_cell, shown
from yearbook.importing.columns import ColumnDrift
from yearbook.importing.crosswalks import PUBLISHED_KEYS, Crosswalks
from yearbook.importing.problems import ProblemLog
from yearbook.importing.reading import PublishedTable, plain
from yearbook.importing.tidying import Sheet
from yearbook.measures import MEASURES, MEASURES_BY_NAME
from yearbook.releases import NOT_COLLECTED, SUPPLEMENT_BASES, SUPPLEMENT_COLUMNS, supplement_unit
from yearbook.years import FinancialYear

_TIDY_COLUMNS = ("reporting_period", *PUBLISHED_KEYS, "measure_name", "measure_statistic", "value")


def read_years(table: PublishedTable, column: str, log: ProblemLog) -> list[FinancialYear | None]:
    """The year of each row; one that cannot be read is noted in `log` and None here."""
    place = [plain(name) for name in table.header].index(plain(column))
    known: dict[str, FinancialYear | None] = {}
    years: list[FinancialYear | None] = []
    for row, line in zip(table.rows, table.lines, strict=True):
        text = row[place]
        if known.get(text) is None:
            try:
                known[text] = FinancialYear.parse(text)
            except ValueError as error:
                known[text] = None
                log.add(
                    "year",
                    Problem(table.file, line, table.header[place], as_sentence(error), "write the year as 2019-20"),
                )
        years.append(known[text])
    return years


def to_sheets(table: PublishedTable, crosswalks: Crosswalks, log: ProblemLog) -> Mapping[FinancialYear, Sheet]:
    """The tidy file as one wide sheet a year. Cells it does not have are not collected.

    Faults of its long rows are noted in `log`, on the lines they stand on.
    """
    places = _places(table, _TIDY_COLUMNS, log)
    if places is None:
        return {}
    years = read_years(table, "reporting_period", log)
    measures = {
        column.tidy: column.name for column in crosswalks.columns if column.tidy and column.name in MEASURES_BY_NAME
    }
    keyed = [places[name] for name in PUBLISHED_KEYS]
    statistic, name, value = (places[column] for column in ("measure_statistic", "measure_name", "value"))
    wide: dict[FinancialYear, dict[tuple[str, ...], dict[str, str]]] = {}
    lines: dict[tuple[FinancialYear, tuple[str, ...]], int] = {}
    for row, line, year in zip(table.rows, table.lines, years, strict=True):
        published = f"{row[name].strip()} {row[statistic].strip()}"
        measure = measures.get(published)
        if measure is None:
            what = f'"{shown(published)}" is not a known measure.'
            fix = suggest(published, measures, "add it to the column tidy of data/crosswalks/columns.csv")
            log.add("tidy measure", Problem(table.file, line, table.header[name], what, fix))
        if measure is None or year is None:
            continue
        cell = canonical_cell(row[value], MEASURES_BY_NAME[measure].unit, crosswalks.markers)
        if isinstance(cell, BadCell):
            log.add(f"cell {cell.kind}", Problem(table.file, line, table.header[value], cell.what, cell.fix))
            continue
        key = tuple(row[place] for place in keyed)
        cells = wide.setdefault(year, {}).setdefault(key, {})
        if measure in cells:
            what = f"{measure} is there twice for {', '.join(text for text in (str(year), *key) if text)}."
            log.add("duplicate", Problem(table.file, line, table.header[value], what, "take one of the rows out"))
        cells[measure] = cell
        lines.setdefault((year, key), line)
    return {year: _sheet(table, year, rows, lines) for year, rows in sorted(wide.items())}


def _sheet(
    table: PublishedTable,
    year: FinancialYear,
    rows: Mapping[tuple[str, ...], Mapping[str, str]],
    lines: Mapping[tuple[FinancialYear, tuple[str, ...]], int],
) -> Sheet:
    present = [measure.name for measure in MEASURES if any(measure.name in cells for cells in rows.values())]
    columns = {name: [key[place] for key in rows] for place, name in enumerate(PUBLISHED_KEYS)}
    columns |= {name: [cells.get(name, NOT_COLLECTED) for cells in rows.values()] for name in present}
    headers = {name: name for name in columns}
    drift = ColumnDrift(known_year=True)
    return Sheet(table.file, year, "tidy", [lines[year, key] for key in rows], columns, headers, drift)


def _places(table: PublishedTable, needed: Sequence[str], log: ProblemLog) -> dict[str, int] | None:
    by_name = {plain(name): place for place, name in enumerate(table.header)}
    for name in needed:
        if plain(name) not in by_name:
            what = f"The column {name} is missing."
            fix = suggest(name, table.header, "bring the column back")
            log.add("essential column", Problem(table.file, 1, name, what, fix))
    return {name: by_name[plain(name)] for name in needed} if all(plain(name) in by_name for name in needed) else None


@dataclass(frozen=True, slots=True, order=True)
class SupplementRow:
    """A row of `data/supplement.csv`. Rows are ordered by year, then measure, then basis, the best first."""

    year: FinancialYear
    place: tuple[int, str, int]
    value: str
    source: str
    note: str

    @property
    def key(self) -> tuple[str, str, str]:
        """Year, measure and basis: what can be there once."""
        return str(self.year), self.place[1], SUPPLEMENT_BASES[self.place[2]]


def to_supplement(
    table: PublishedTable, crosswalks: Crosswalks, rename_source: Mapping[str, str], log: ProblemLog
) -> list[SupplementRow]:
    """The rows of a national supplement in our measure names, sources replaced as `rename_source` says.

    Faults are noted in `log`; so is a source to be replaced that no row has.
    """
    places = _places(table, SUPPLEMENT_COLUMNS, log)
    if places is None:
        return []
    years = read_years(table, "year", log)
    rows: dict[tuple[str, str, str], SupplementRow] = {}
    sources = set()
    for published, line, year in zip(table.rows, table.lines, years, strict=True):
        row = {name: published[place].strip() for name, place in places.items()}
        sources.add(row["source"])
        found = _supplement_row(table.file, line, row, year, crosswalks, rename_source, log)
        if found and found.key in rows:
            what = f"The figure is there twice: {', '.join(found.key)}."
            log.add("duplicate", Problem(table.file, line, "measure", what, "take one of the rows out"))
        elif found:
            rows[found.key] = found
    for source in rename_source:
        if source not in sources:
            what = f'No row has the source "{source}".'
            fix = suggest(source, sources, "write the source as it stands in the file")
            log.add("source", Problem(table.file, 0, "source", what, fix))
    return sorted(rows.values())


def _supplement_row(
    file: str,
    line: int,
    row: Mapping[str, str],
    year: FinancialYear | None,
    crosswalks: Crosswalks,
    rename_source: Mapping[str, str],
    log: ProblemLog,
) -> SupplementRow | None:
    faults: list[tuple[str, str, str]] = []
    measure = crosswalks.supplement.get(row["measure"], row["measure"])
    ratios = list(crosswalks.supplement.values())
    cell: str | BadCell = ""
    if measure not in MEASURES_BY_NAME and measure not in ratios:
        fix = suggest(row["measure"], [*MEASURES_BY_NAME, *crosswalks.supplement], "see build/yearbook/measures.py")
        faults.append(("measure", f'"{shown(row["measure"])}" is not a known measure.', fix))
    else:
        cell = canonical_cell(row["value"], supplement_unit(measure), crosswalks.markers)
        if isinstance(cell, BadCell):
            faults.append(("value", cell.what, cell.fix))
        elif not cell[0].isdigit():
            faults.append(("value", "The row has no figure.", "take the row out"))
    if row["basis"] not in SUPPLEMENT_BASES:
        faults.append(
            ("basis", f'"{shown(row["basis"])}" is not a basis.', f"use one of {', '.join(SUPPLEMENT_BASES)}")
        )
    if not row["source"]:
        faults.append(("source", "The row names no source.", "say where the figure was published"))
    for name in ("source", "note"):
        if not row[name].isprintable():
            faults.append((name, "The text holds a character that is not text.", "write it as plain text"))
    for column, what, fix in faults:
        log.add(f"supplement {column}", Problem(file, line, column, what, fix))
    if faults or year is None or isinstance(cell, BadCell):
        return None
    place = _measure_place(measure), measure, SUPPLEMENT_BASES.index(row["basis"])
    return SupplementRow(year, place, cell, rename_source.get(row["source"], row["source"]), row["note"])


def _measure_place(measure: str) -> int:
    names = list(MEASURES_BY_NAME)
    return names.index(measure) if measure in MEASURES_BY_NAME else len(names)


def supplement_csv(rows: Sequence[SupplementRow]) -> bytes:
    """`data/supplement.csv`."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(SUPPLEMENT_COLUMNS)
    writer.writerows([*row.key[:2], row.value, row.key[2], row.source, row.note] for row in rows)
    return text.getvalue().encode("utf-8")


def parse_supplement(content: bytes) -> list[SupplementRow]:
    """The rows of an existing `data/supplement.csv`. Raises DataError when it has been damaged."""
    try:
        return _parse_supplement(content)
    except (KeyError, ValueError, TypeError, csv.Error) as error:
        what = "This is not a supplement as yearbook add writes it."
        fix = "bring the file back from the repository, or delete it and add the whole supplement again"
        raise DataError(Problem("data/supplement.csv", 0, "", what, fix)) from error


def _parse_supplement(content: bytes) -> list[SupplementRow]:
    rows = []
    for row in csv.DictReader(io.StringIO(content.decode("utf-8"), newline="")):
        place = _measure_place(row["measure"]), row["measure"], SUPPLEMENT_BASES.index(row["basis"])
        rows.append(SupplementRow(FinancialYear.parse(row["year"]), place, row["value"], row["source"], row["note"]))
    return rows
