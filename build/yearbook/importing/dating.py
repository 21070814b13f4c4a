"""Whether a main release is of the year it is added as: its rows carry no year, so its name and totals must tell."""

import re
from collections.abc import Mapping
from pathlib import Path

from yearbook.errors import Problem
from yearbook.importing.comparing import parse_canonical
from yearbook.importing.crosswalks import PUBLISHED_KEYS, Crosswalks, fold
from yearbook.importing.problems import ProblemLog
from yearbook.importing.reading import PublishedTable
from yearbook.importing.tidying import Sheet
from yearbook.organisations import ENGLAND
from yearbook.releases import TOTAL
from yearbook.years import FinancialYear

_YEAR_IN_NAME = re.compile(r"(?<!\d)(20\d\d)[-_](\d\d)(?!\d)")
_LEAST_SHARED = 3
"""How many of England's totals two releases must share before one is taken for the other."""


def check_name(table: PublishedTable, wanted: FinancialYear, log: ProblemLog) -> None:
    """Note it when the name of the file, or of its zip, says another year."""
    named = []
    for start, end in _YEAR_IN_NAME.findall(table.file):
        if int(end) == (int(start) + 1) % 100:
            named.append(FinancialYear(int(start)))
    if named and wanted not in named:
        what = f"The file's name says {named[-1]}, not {wanted}."
        log.add("year", Problem(table.file, 0, "", what, f"add it as {named[-1]}, or give the file its right name"))


def check_not_another_year(
    sheet: Sheet, releases: Mapping[FinancialYear, Path], crosswalks: Crosswalks, log: ProblemLog
) -> None:
    """The rows of a main release carry no year: England's totals must not be those of another year."""
    totals = _england_totals(sheet, crosswalks)
    for year in releases:
        if year == sheet.year:
            continue
        other = _first_row(releases[year])
        shared = [name for name in totals if other.get(name, "").isdigit() and totals[name].isdigit()]
        if len(shared) >= _LEAST_SHARED and all(totals[name] == other[name] for name in shared):
            first = f"{shared[0]} {totals[shared[0]]}"
            what = f"This looks like {year}'s file: England's totals are the same, {first} and all others."
            log.add(
                "year", Problem(sheet.file, 0, "", what, f"add the file of {sheet.year}, or add this one as {year}")
            )


def _england_totals(sheet: Sheet, crosswalks: Crosswalks) -> dict[str, str]:
    columns = sheet.columns
    measures = [name for name in columns if name not in PUBLISHED_KEYS]
    for position, (kind, breakdown) in enumerate(zip(columns["org_type"], columns["variable_type"], strict=True)):
        org_type = crosswalks.organisation_types.get(fold(kind))
        if org_type == ENGLAND.org_type and crosswalks.breakdowns.get(fold(breakdown)) == TOTAL.breakdown:
            return {name: columns[name][position].strip() for name in measures}
    return {}


def _first_row(path: Path) -> dict[str, str]:
    """The measures of the first row of a canonical file, which is England's total."""
    with path.open("rb") as file:
        start = file.readline() + file.readline()
    earlier = parse_canonical(start, f"data/releases/{path.name}")
    row = earlier.rows.get((*ENGLAND.key, *TOTAL))
    return dict(zip(earlier.measures, row, strict=True)) if row else {}
