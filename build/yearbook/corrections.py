"""Corrections to what was published, declared in `data/corrections.yml` with a reason and a guard.

A correction names published rows, says what it expects to find there, and drops them, sets their cells or moves
them to the measure that they are of.
When the publisher mends the error the expectation fails and the import says so: a correction never
outlives its cause, and never changes anything but what it was written for.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from yearbook.entries import ANSWER, ORDINAL, TEXT, TEXTS, YEAR, Entry, read_entries
from yearbook.errors import DataError, Problem, suggest
from yearbook.measures import MEASURES_BY_NAME
from yearbook.releases import NOT_COLLECTED
from yearbook.years import FinancialYear

ROW_COLUMNS = ("org_type", "org_code", "org_name", "variable_type", "variable_a", "variable_b")
"""What a correction may name rows by: the publisher's texts, under our names of the columns."""

_NAME = "data/corrections.yml"


@dataclass(frozen=True, slots=True)
class Correction:
    """One correction. `rows` are the published texts that pick its rows; `line` is where it is declared.

    It drops the rows (`drop`), where rows that have `same_values_as` in place of their own texts must hold the
    same values; or it sets cells (`replacements`), where `expect` gives each cell as published; or it moves the
    cells of one measure to another (`moves`), where they must add up to `adds_up_to` as published.
    """

    year: FinancialYear
    reason: str
    rows: Mapping[str, str]
    line: int = 0
    drop: bool = False
    same_values_as: Mapping[str, str] = field(default_factory=dict)
    expect: Mapping[str, str] = field(default_factory=dict)
    replacements: Mapping[str, str] = field(default_factory=dict)
    moves: Mapping[str, str] = field(default_factory=dict)
    adds_up_to: int = 0

    @property
    def action(self) -> str:
        """What it does: `drop`, `set` or `move`."""
        return "drop" if self.drop else "move" if self.moves else "set"


def read_corrections(path: Path) -> tuple[Correction, ...]:
    """The corrections in `path`, none if there is no such file. Raises DataError with every problem of it."""
    if not path.exists():
        return ()
    needed = {"year": YEAR, "reason": TEXT, "rows": TEXTS}
    optional = {"expect": TEXTS, "same_values_as": TEXTS, "drop": ANSWER, "set": TEXTS}
    optional |= {"move": TEXTS, "adds_up_to": ORDINAL}
    return read_entries(path, _correction, needed, optional, _check_entry)


def _correction(entry: Entry) -> Correction:
    values = dict(entry.values)
    renamed = {"replacements": values.pop("set", {}), "moves": values.pop("move", {})}
    return Correction(line=entry.line, **renamed, **values)


def _check_entry(entry: Entry) -> Iterator[Problem]:
    """What the fields of a correction must hold together, and the names they may use."""
    for name, known in (
        ("rows", ROW_COLUMNS),
        ("same_values_as", ROW_COLUMNS),
        ("expect", tuple(MEASURES_BY_NAME)),
        ("set", tuple(MEASURES_BY_NAME)),
        ("move", tuple(MEASURES_BY_NAME)),
    ):
        for column in entry.values.get(name, ()):
            if column not in known:
                fix = suggest(column, known, f"use one of {known[0]}…")
                yield entry.problem(f"{name}.{column}", "There is no such column.", fix)
    if entry.values.get("reason", "x").strip() == "":
        yield entry.problem("reason", "The correction has no reason.", "say what is wrong with the published figures")
    if entry.values.get("rows") == {}:
        fix = f"give at least one of {', '.join(ROW_COLUMNS)}"
        yield entry.problem("rows", "The correction names no rows.", fix)
    unread = set(entry.lines) - set(entry.values)  # their own faults are told, and what they would mean is not known
    for measure in entry.values.get("move", {}).values():
        if measure not in MEASURES_BY_NAME:
            fix = suggest(measure, MEASURES_BY_NAME, "use a name listed in build/yearbook/measures.py")
            yield entry.problem("move", f'"{measure}" is not a measure.', fix)
    drops = entry.values.get("drop", False)
    if drops + ("set" in entry.lines) + ("move" in entry.lines) != 1 and "drop" not in unread:
        fix = "give drop: true, or set with the new cells, or move with the measure they are of"
        yield entry.problem("", "A correction drops rows, or sets cells, or moves them.", fix)
    if ("move" in entry.lines) != ("adds_up_to" in entry.lines):
        fix = "give move and adds_up_to, the sum of the cells as published"
        yield entry.problem("adds_up_to", "A move needs a guard.", fix)
    if drops and "same_values_as" not in entry.lines:
        yield entry.problem("same_values_as", "A drop needs a guard.", "name the rows that hold the same values")
    expected, cells = (set(entry.values.get(name, ())) for name in ("expect", "set"))
    if expected != cells and not unread & {"expect", "set"}:
        fix = "give the same measures in expect and set"
        yield entry.problem("expect", "Each cell that is set needs its published text.", fix)


def apply_corrections(
    corrections: Iterable[Correction], columns: Mapping[str, list[str]], year: FinancialYear
) -> frozenset[int]:
    """Apply the corrections of `year` to published columns, in place; the positions of the rows to drop.

    `columns` has the columns of ROW_COLUMNS and a column for each measure, as published, and one for each measure
    that cells are moved to. Raises DataError
    with every correction whose expectation fails; then nothing has been changed.
    """
    problems: list[Problem] = []
    dropped: set[int] = set()
    settings: list[tuple[str, int, str]] = []
    moving: list[tuple[str, str, int]] = []
    for correction in corrections:
        if correction.year != year:
            continue
        found = _positions(columns, correction.rows)
        if not found:
            what = f"No row of {year} has {_words(correction.rows)}."
            fix = "the publisher has mended it, or the texts differ: remove the correction, or write them as published"
            problems.append(Problem(_NAME, correction.line, "rows", what, fix))
        elif correction.drop:
            problems.extend(_check_same(columns, correction, found))
            dropped.update(found)
        elif correction.moves:
            problems.extend(_check_sum(columns, correction, found))
            moving.extend((old, new, position) for old, new in correction.moves.items() for position in found)
        else:
            problems.extend(_check_cells(columns, correction, found))
            settings.extend(
                (measure, position, text) for measure, text in correction.replacements.items() for position in found
            )
    if problems:
        raise DataError(problems)
    for measure, position, text in settings:
        columns[measure][position] = text
    for old, new, position in moving:
        columns[new][position], columns[old][position] = columns[old][position], NOT_COLLECTED
    return frozenset(dropped)


def _positions(columns: Mapping[str, list[str]], texts: Mapping[str, str]) -> list[int]:
    wanted = list(texts.items())
    first, text = wanted[0]
    return [
        position
        for position, cell in enumerate(columns[first])
        if cell == text and all(columns[name][position] == other for name, other in wanted[1:])
    ]


def _check_same(columns: Mapping[str, list[str]], correction: Correction, found: Sequence[int]) -> list[Problem]:
    """A problem unless the rows and those they repeat hold the same cells, breakdown by breakdown."""
    twins = _positions(columns, {**correction.rows, **correction.same_values_as})
    measures = [name for name in columns if name not in ROW_COLUMNS]

    def by_breakdown(positions: Sequence[int]) -> dict[tuple[str, ...], list[str]]:
        return {
            tuple(columns[name][position] for name in ROW_COLUMNS[3:]): [columns[name][position] for name in measures]
            for position in positions
        }

    if by_breakdown(found) == by_breakdown(twins):
        return []
    what = f"The rows with {_words(correction.rows)} no longer repeat those with {_words(correction.same_values_as)}."
    fix = "the publisher has changed them: look which rows are right, then change or remove the correction"
    return [Problem(_NAME, correction.line, "same_values_as", what, fix)]


def _check_cells(columns: Mapping[str, list[str]], correction: Correction, found: Sequence[int]) -> list[Problem]:
    problems = []
    for measure, text in correction.expect.items():
        if measure not in columns:
            what = f"The release of {correction.year} has no column of {measure}."
        elif other := next((columns[measure][place] for place in found if columns[measure][place] != text), None):
            what = f'{measure} is published as "{other}", not as "{text}".'
        else:
            continue
        fix = "the publisher has changed it: remove the correction, or write the cell as published"
        problems.append(Problem(_NAME, correction.line, f"expect.{measure}", what, fix))
    return problems


def _check_sum(columns: Mapping[str, list[str]], correction: Correction, found: Sequence[int]) -> list[Problem]:
    """A problem unless the cells to be moved add up to what was declared."""
    problems = []
    for measure in correction.moves:
        cells = [columns[measure][place] for place in found] if measure in columns else []
        total = sum(int(float(cell)) for cell in cells if cell.replace(".", "", 1).isdigit())
        if total != correction.adds_up_to:
            what = f"{measure} of the rows with {_words(correction.rows)} adds up to {total}."
            fix = "the publisher has changed it: remove the correction, or write the sum as published"
            problems.append(Problem(_NAME, correction.line, "adds_up_to", what, fix))
    return problems


def _words(texts: Mapping[str, str]) -> str:
    return ", ".join(f'{name} "{text}"' for name, text in texts.items())
