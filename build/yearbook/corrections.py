"""Corrections to what was published, declared in `data/corrections.yml` with a reason and a guard.

A correction names published rows, says what it expects to find there, and drops them or sets their cells.
When the publisher mends the error the expectation fails and the import says so: a correction never
outlives its cause, and never changes anything but what it was written for.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from yearbook.errors import DataError, Problem, suggest
from yearbook.measures import MEASURES_BY_NAME
from yearbook.years import FinancialYear

ROW_COLUMNS = ("org_type", "org_code", "org_name", "variable_type", "variable_a", "variable_b")
"""What a correction may name rows by: the publisher's texts, under our names of the columns."""

_FIELDS = ("year", "reason", "rows", "expect", "same_values_as", "drop", "set")
_NAME = "data/corrections.yml"


@dataclass(frozen=True, slots=True)
class Correction:
    """One correction. `rows` are the published texts that pick its rows; `line` is where it is declared.

    It either drops the rows (`drop`), where rows that have `same_values_as` in place of their own texts must
    hold the same values, or sets cells (`replacements`), where `expect` gives each cell as published.
    """

    year: FinancialYear
    reason: str
    rows: Mapping[str, str]
    line: int = 0
    drop: bool = False
    same_values_as: Mapping[str, str] = field(default_factory=dict)
    expect: Mapping[str, str] = field(default_factory=dict)
    replacements: Mapping[str, str] = field(default_factory=dict)


def read_corrections(path: Path) -> tuple[Correction, ...]:
    """The corrections in `path`, none if there is no such file. Raises DataError with every problem of it."""
    if not path.exists():
        return ()
    try:
        document = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
        entries = yaml.safe_load(path.read_text(encoding="utf-8")) or []
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        what = f"The file is not YAML: {getattr(error, 'problem', None) or error}."
        raise DataError(
            Problem(_NAME, mark.line + 1 if mark else 0, "", what, "mend the indentation or quotes")
        ) from error
    if not isinstance(entries, list):
        raise DataError(Problem(_NAME, 1, "", "The file is not a list.", "begin each correction with a hyphen"))
    lines = [node.start_mark.line + 1 for node in document.value] if document else []
    problems: list[Problem] = []
    corrections = [_correction(entry, line, problems) for entry, line in zip(entries, lines, strict=True)]
    if problems:
        raise DataError(problems)
    return tuple(correction for correction in corrections if correction)


def _correction(entry: Any, line: int, problems: list[Problem]) -> Correction | None:
    before = len(problems)

    def fault(column: str, what: str, fix: str) -> None:
        problems.append(Problem(_NAME, line, column, what, fix))

    if not isinstance(entry, dict):
        fault("", "The correction is not a mapping of fields.", f"give the fields {', '.join(_FIELDS)}")
        return None
    for name in entry:
        if name not in _FIELDS:
            fault(str(name), "There is no such field.", suggest(str(name), _FIELDS, f"use {', '.join(_FIELDS)}"))
    rows, same, expect, replacements = (
        _texts(entry.get(name), name, known, fault)
        for name, known in (
            ("rows", ROW_COLUMNS),
            ("same_values_as", ROW_COLUMNS),
            ("expect", tuple(MEASURES_BY_NAME)),
            ("set", tuple(MEASURES_BY_NAME)),
        )
    )
    if not str(entry.get("reason", "")).strip():
        fault("reason", "The correction has no reason.", "say what is wrong with the published figures")
    if not rows:
        fault("rows", "The correction names no rows.", f"give at least one of {', '.join(ROW_COLUMNS)}")
    drop = entry.get("drop") is True
    if drop == bool(replacements):
        fault("", "A correction either drops rows or sets cells.", "give drop: true, or set with the new cells")
    if drop and not same:
        fault("same_values_as", "A drop needs a guard.", "name the rows that hold the same values")
    if set(expect) != set(replacements):
        fault("expect", "Each cell that is set needs its published text.", "give the same measures in expect and set")
    try:
        year = FinancialYear.parse(str(entry.get("year", "")))
    except ValueError as error:
        fault(
            "year", str(error) if str(error).endswith("?") else f"{error}.", "write the year of the release as 2019-20"
        )
        return None
    if len(problems) > before:
        return None
    return Correction(year, str(entry["reason"]).strip(), rows, line, drop, same, expect, replacements)


def _texts(value: Any, name: str, known: Sequence[str], fault: Any) -> dict[str, str]:
    if value is None:
        return {}
    if not isinstance(value, dict):
        fault(name, "The field is not a mapping.", "give columns and their texts")
        return {}
    for column in value:
        if column not in known:
            fault(
                f"{name}.{column}", "There is no such column.", suggest(str(column), known, f"use one of {known[0]}…")
            )
    return {str(column): str(text) for column, text in value.items()}


def apply_corrections(
    corrections: Iterable[Correction], columns: Mapping[str, list[str]], year: FinancialYear
) -> frozenset[int]:
    """Apply the corrections of `year` to published columns, in place; the positions of the rows to drop.

    `columns` has the columns of ROW_COLUMNS and a column for each measure, as published. Raises DataError
    with every correction whose expectation fails; then nothing has been changed.
    """
    problems: list[Problem] = []
    dropped: set[int] = set()
    settings: list[tuple[str, int, str]] = []
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
        else:
            problems.extend(_check_cells(columns, correction, found))
            settings.extend(
                (measure, position, text) for measure, text in correction.replacements.items() for position in found
            )
    if problems:
        raise DataError(problems)
    for measure, position, text in settings:
        columns[measure][position] = text
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


def _words(texts: Mapping[str, str]) -> str:
    return ", ".join(f'{name} "{text}"' for name, text in texts.items())
