"""A published table to canonical rows: our names, our markers, our order, only the rows that are kept.

Pure: nothing is read or written here. Every fault of every row is noted before anything is given up.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from yearbook.corrections import Correction, apply_corrections
from yearbook.errors import DataError, Problem, suggest
from yearbook.importing.cells import BadCell, canonical_cell, shown
from yearbook.importing.columns import ColumnDrift, match_columns
from yearbook.importing.crosswalks import PUBLISHED_KEYS, Crosswalks, canonical_order, fold
from yearbook.importing.problems import ProblemLog
from yearbook.importing.reading import PublishedTable
from yearbook.measures import MEASURES, MEASURES_BY_NAME
from yearbook.organisations import ENGLAND
from yearbook.releases import KEY_COLUMNS, NOT_APPLICABLE, NOT_COLLECTED, SUPPRESSED, TOTAL
from yearbook.years import FinancialYear

LEAST_BELOW_ENGLAND = 5
"""The smallest count that is published below England."""

DERIVED = "ended_after_one_treatment"
_DERIVED_FROM = ("ended_referrals", "ended_before_treatment", "finished_course_of_treatment")

_CODE = re.compile(r"[A-Z0-9]{1,12}", re.ASCII)
LONGEST_NAME = 200
"""How many characters the name of an organisation or of a category may have. The longest published has about 100."""

_NO_CATEGORY = ("", "null")

Key = tuple[str, str, str, str, str]
"""Organisation type, code, breakdown, category, subcategory."""


@dataclass(frozen=True)
class Sheet:
    """Published rows by our column names: the six PUBLISHED_KEYS, then measures, cells as published.

    `lines[i]` is the line of row `i`; `headers` has the published name of each column, for messages.
    """

    file: str
    year: FinancialYear
    layout: str
    lines: Sequence[int]
    columns: Mapping[str, list[str]]
    headers: Mapping[str, str]
    drift: ColumnDrift


@dataclass
class Canonical:
    """A year's canonical rows, and what an import report says of them."""

    year: FinancialYear
    file: str
    drift: ColumnDrift
    measures: tuple[str, ...] = ()
    rows: dict[Key, list[str]] = field(default_factory=dict)
    names: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    rows_read: int = 0
    left_out: Counter[tuple[str, str]] = field(default_factory=Counter)
    dropped: int = 0
    corrections: tuple[Correction, ...] = ()
    strange_breakdowns: Counter[str] = field(default_factory=Counter)
    strange_categories: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    derived: bool = False

    def to_csv(self) -> bytes:
        """The canonical file."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow([*KEY_COLUMNS, *self.measures])
        writer.writerows([*key, *cells] for key, cells in self.rows.items())
        return text.getvalue().encode("utf-8")


def to_sheet(table: PublishedTable, year: FinancialYear, crosswalks: Crosswalks, log: ProblemLog) -> Sheet:
    """The rows of a main release by our column names. Missing essential columns are noted in `log`."""
    places, drift = match_columns(table.file, table.header, year, crosswalks, log)
    names = [name for name in (*PUBLISHED_KEYS, *MEASURES_BY_NAME) if name in places]
    columns = {name: [row[places[name]] for row in table.rows] for name in names}
    headers = {name: table.header[places[name]] for name in names}
    return Sheet(table.file, year, "main", table.lines, columns, headers, drift)


def _with_columns_for(corrections: Iterable[Correction], sheet: Sheet) -> Sheet:
    """The sheet with a column for each measure that corrections move cells to, as yet without a value."""
    columns, headers = dict(sheet.columns), dict(sheet.headers)
    for old, new in (move for correction in corrections for move in correction.moves.items()):
        columns.setdefault(new, [NOT_COLLECTED] * len(sheet.lines))
        headers.setdefault(new, headers.get(old, old))
    return replace(sheet, columns=columns, headers=headers)


def tidy(sheet: Sheet, crosswalks: Crosswalks, corrections: Iterable[Correction], log: ProblemLog) -> Canonical:
    """The canonical rows of a sheet. Every fault of its rows is noted in `log`."""
    canonical = Canonical(sheet.year, sheet.file, sheet.drift, rows_read=len(sheet.lines))
    mine = tuple(correction for correction in corrections if correction.year == sheet.year)
    canonical.corrections = mine
    sheet = _with_columns_for(mine, sheet)
    try:
        dropped = apply_corrections(mine, sheet.columns, sheet.year)
    except DataError as error:
        for problem in error.problems:
            log.add("correction", problem)
        dropped = frozenset()
    canonical.dropped = len(dropped)
    keys = _tidy_keys(sheet, crosswalks, canonical, dropped, log)
    measures = [measure.name for measure in MEASURES if measure.name in sheet.columns]
    cells = {name: _tidy_cells(sheet, name, crosswalks, log) for name in measures}
    _derive(cells, keys)
    canonical.derived = DERIVED in cells and DERIVED not in sheet.columns
    canonical.measures = tuple(measure.name for measure in MEASURES if measure.name in cells)
    seen: dict[Key, int] = {}
    wanted = [cells[name] for name in canonical.measures]
    rows: dict[Key, list[str]] = {}
    for position, key in enumerate(keys):
        if key is None or position in dropped:
            continue
        if key in seen:
            _note_duplicate(sheet, seen[key], position, log)
            continue
        seen[key] = position
        if crosswalks.is_kept(key[0], key[2]):
            rows[key] = [column[position] for column in wanted]
        else:
            canonical.left_out[key[0], key[2]] += 1
    england = (*ENGLAND.key, *TOTAL)
    if england not in seen and not any(key is None for key in keys):
        what = "There is no row of totals for England."
        fix = "look whether the file is complete: a main release begins with England, All, Total"
        log.add("no england", Problem(sheet.file, 0, "", what, fix))
    canonical.rows = {key: rows[key] for key in sorted(rows, key=lambda key: canonical_order(crosswalks, key))}
    return canonical


def _tidy_keys(
    sheet: Sheet, crosswalks: Crosswalks, canonical: Canonical, dropped: frozenset[int], log: ProblemLog
) -> list[Key | None]:
    """The canonical key of each row, None where it has a fault. Names and unknown categories are collected."""
    organisations: dict[tuple[str, str, str], tuple[str, str] | None] = {}
    breakdowns: dict[tuple[str, str, str], tuple[str, str, str] | None] = {}
    keys: list[Key | None] = []
    for position, published in enumerate(zip(*(sheet.columns[name] for name in PUBLISHED_KEYS), strict=True)):
        who, what = published[:3], published[3:]
        if who not in organisations or organisations[who] is None:
            organisations[who] = _tidy_organisation(sheet, position, who, crosswalks, log)
        if what not in breakdowns or breakdowns[what] is None:
            breakdowns[what] = _tidy_breakdown(sheet, position, what, crosswalks, log)
        organisation, breakdown = organisations[who], breakdowns[what]
        keys.append((*organisation, *breakdown) if organisation and breakdown else None)
        if breakdown and position not in dropped:
            _note_strange(canonical, crosswalks, what, breakdown)
    for rows_kept in (True, False):  # the name of a row that is kept comes first: it is the one displayed
        for position, key in enumerate(keys):
            if key is not None and key[0] and (position not in dropped) is rows_kept:
                names = canonical.names.setdefault((key[0], key[1]), [])
                name = " ".join(sheet.columns["org_name"][position].split())
                if name not in names:
                    names.append(name)
    return keys


def _tidy_organisation(
    sheet: Sheet, position: int, published: tuple[str, str, str], crosswalks: Crosswalks, log: ProblemLog
) -> tuple[str, str] | None:
    """Our type and code of an organisation, None when the row has a fault."""
    kind, code, name = (text.strip() for text in published)
    line, headers = sheet.lines[position], sheet.headers
    sound = True
    org_type = crosswalks.organisation_types.get(fold(kind))
    if org_type is None:
        sound = False
        known = list(crosswalks.organisation_types)
        what = f'"{shown(kind)}" is not a known type of organisation.'
        fix = "if it is a new type, add it to data/crosswalks/organisation_types.csv (with no org_type: left out)"
        near = suggest(fold(kind), known)
        log.add("type", Problem(sheet.file, line, headers["org_type"], what, f"{fix}. {near}".removesuffix(". ")))
    if org_type == ENGLAND.org_type:
        code = ENGLAND.code
    elif not _CODE.fullmatch(code.upper()):
        sound = False
        what = f'"{shown(code)}" is not an organisation code: 1 to 12 letters and digits.'
        log.add("code", Problem(sheet.file, line, headers["org_code"], what, "look whether the columns are shifted"))
    if len(name) > LONGEST_NAME:
        sound = False
        what = f'"{shown(name)}" is not a name: it has {len(name):,} characters.'
        log.add("long", Problem(sheet.file, line, headers["org_name"], what, "look for a missing quotation mark"))
    if not name or "|" in name or not name.replace("\u00a0", " ").isprintable():
        sound = False
        what = f'"{shown(name)}" is not a name: it is empty, or holds a | or a character that is not text.'
        log.add("name", Problem(sheet.file, line, headers["org_name"], what, "write the name as plain text"))
    return (org_type or "", code.upper()) if sound else None


def _tidy_breakdown(
    sheet: Sheet, position: int, published: tuple[str, str, str], crosswalks: Crosswalks, log: ProblemLog
) -> tuple[str, str, str] | None:
    """Our breakdown, category and subcategory, None when the row has a fault.

    What the crosswalks do not know passes through as published.
    """
    variable, a, b = (" ".join(text.split()) for text in published)
    line = sheet.lines[position]
    sound = True
    for name, text in (("variable_type", variable), ("variable_a", a), ("variable_b", b)):
        if not text.isprintable() or (name == "variable_type" and fold(text) in _NO_CATEGORY):
            sound = False
            what = f'"{shown(text)}" is not the name of a category: it is empty, or holds a character that is not text.'
            fix = "look whether the row is complete; write the name as plain text"
            log.add("category", Problem(sheet.file, line, sheet.headers[name], what, fix))
        elif len(text) > LONGEST_NAME:
            sound = False
            what = f'"{shown(text)}" is not the name of a category: it has {len(text):,} characters.'
            fix = "look for a missing quotation mark"
            log.add("long", Problem(sheet.file, line, sheet.headers[name], what, fix))
    if not sound:
        return None
    a, b = ("" if fold(text) in _NO_CATEGORY else text for text in (a, b))
    breakdown = crosswalks.breakdowns.get(fold(variable)) or re.sub(r"\W+", "_", fold(variable)).strip("_")
    categories = crosswalks.tidy_categories if sheet.layout == "tidy" else crosswalks.categories
    category, subcategory = categories.get((breakdown, fold(a), fold(b)), (a, b))
    return breakdown, category, subcategory


def _note_strange(
    canonical: Canonical, crosswalks: Crosswalks, published: tuple[str, str, str], ours: tuple[str, str, str]
) -> None:
    if ours[0] not in crosswalks.breakdown_order:
        canonical.strange_breakdowns[" ".join(published[0].split())] += 1
    elif ours not in crosswalks.category_order:
        canonical.strange_categories[ours] += 1


def _tidy_cells(sheet: Sheet, measure: str, crosswalks: Crosswalks, log: ProblemLog) -> list[str]:
    """The canonical cells of a measure; a faulty cell is noted and left as published."""
    published = sheet.columns[measure]
    unit = MEASURES_BY_NAME[measure].unit
    tidied = {text: canonical_cell(text, unit, crosswalks.markers) for text in set(published)}
    faults = {text: cell for text, cell in tidied.items() if isinstance(cell, BadCell)}
    if faults:
        for position, text in enumerate(published):
            if fault := faults.get(text):
                where = Problem(sheet.file, sheet.lines[position], sheet.headers[measure], fault.what, fault.fix)
                log.add(f"cell {fault.kind}", where)
    cells = {text: text if isinstance(cell, BadCell) else cell for text, cell in tidied.items()}
    return [cells[text] for text in published]


def _derive(cells: dict[str, list[str]], keys: Sequence[Key | None]) -> None:
    """Add the referrals that ended after one treatment appointment where the year has no such column.

    A referral that ended had no treatment, one appointment of it, or a finished course: so these are
    ended − ended before treatment − finished. A cell hides whatever a term of it hides, and below England it
    is never less than what the publisher prints there.
    """
    if DERIVED in cells or any(name not in cells for name in _DERIVED_FROM):
        return
    terms = zip(*(cells[name] for name in _DERIVED_FROM), strict=True)
    cells[DERIVED] = [
        derive_one_treatment(row, exact=key is not None and key[0] == ENGLAND.org_type)
        for row, key in zip(terms, keys, strict=True)
    ]


def derive_one_treatment(terms: tuple[str, ...], exact: bool) -> str:
    """The canonical cell of ended − ended before treatment − finished, from their canonical cells.

    `exact` for England, whose counts are not rounded. A difference that cannot be a count is not one:
    suppressed below England, where rounding may cause it, and not collected for England.
    """
    for marker in (SUPPRESSED, NOT_COLLECTED, NOT_APPLICABLE):
        if marker in terms:
            return marker
    if not all(term.isdigit() for term in terms):
        return NOT_COLLECTED  # a faulty cell: it is noted, and nothing will be written
    ended, before, finished = map(int, terms)
    count = ended - before - finished
    if exact:
        return str(count) if count >= 0 else NOT_COLLECTED
    return str(count) if count >= LEAST_BELOW_ENGLAND else SUPPRESSED


def _note_duplicate(sheet: Sheet, first: int, second: int, log: ProblemLog) -> None:
    def words(position: int) -> str:
        texts = (sheet.columns[name][position].strip() for name in PUBLISHED_KEYS)
        return ", ".join(shown(text) for text in texts if fold(text) not in _NO_CATEGORY)

    what = f"The row repeats line {sheet.lines[first]}: {words(second)}."
    if words(first) != words(second):
        what = f"The row says the same as line {sheet.lines[first]}, in other words: {words(second)}; {words(first)}."
    fix = "if it was published so, declare in data/corrections.yml which of them to drop"
    column = sheet.headers["org_code"]
    log.add("duplicate", Problem(sheet.file, sheet.lines[second], column, what, fix))
