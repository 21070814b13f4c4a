"""The releases in canonical form, for every organisation, as they lie in `data/releases/`."""

import csv
import io
from collections.abc import Mapping

from yearbook.measures import MEASURES_BY_NAME
from yearbook.organisations import ORGANISATION_TYPES
from yearbook.outputs.cells import FORMULA_STARTS, guarded
from yearbook.outputs.resources import Field, Reference, Resource
from yearbook.releases import KEY_COLUMNS, MARKERS, Release
from yearbook.years import FinancialYear

_KEYS = {
    "org_type": "The kind of organisation.",
    "org_code": "The publisher's code: see organisations.csv for names.",
    "breakdown": "How the referrals are divided; total for all of them.",
    "category": "The part, empty for the total.",
    "subcategory": "The part of the part, where there is one.",
}
_MARKS = "; ".join(f"{marker} {status.words}" for marker, status in MARKERS.items())


def release_resources(
    releases: Mapping[FinancialYear, Release], files: Mapping[FinancialYear, bytes]
) -> tuple[Resource, ...]:
    """A resource for each release, its bytes those of its file unless a cell has to be guarded."""
    return tuple(release_resource(releases[year], files[year]) for year in sorted(releases))


def release_resource(release: Release, content: bytes) -> Resource:
    """The release as a file of the package. England's counts are exact; below England they are rounded to 5."""
    return Resource(
        f"release-{release.year}",
        f"releases/{release.year}.csv",
        f"The release of {release.year}",
        f"Every organisation and breakdown of {release.year}, a column for each measure the release carries. England's "
        "counts are exact; below England counts are rounded to the nearest 5, those under 5 are hidden and percentages "
        f"are whole numbers. In place of a number: {_MARKS}.",
        tuple(_field(column) for column in release.rows.columns),
        guarded_csv(content) if _has_formula(release) else content,
        len(release.rows),
        key=KEY_COLUMNS,
        references=(Reference(KEY_COLUMNS[:2], "organisations", KEY_COLUMNS[:2]),),
        missing=tuple(MARKERS),
    )


def _has_formula(release: Release) -> bool:
    """Whether a spreadsheet would take a cell for a formula. Only keys can be: the others are numbers and markers."""
    return any(cell.startswith(FORMULA_STARTS) for column in KEY_COLUMNS for cell in set(release.rows[column].tolist()))


def _field(column: str) -> Field:
    if column == "org_type":
        return Field(column, _KEYS[column], constraints={"required": True, "enum": list(ORGANISATION_TYPES)})
    if column in _KEYS:
        required = {"required": True} if column in ("org_code", "breakdown") else {}
        return Field(column, _KEYS[column], constraints=required)
    measure = MEASURES_BY_NAME[column]
    bounds = {"minimum": 0, "maximum": 100} if measure.unit == "percent" else {"minimum": 0}
    kind = "integer" if measure.unit == "count" else "number"
    return Field(column, f"{measure.title}. {measure.definition} In place of a number: {_MARKS}.", kind, bounds)


def guarded_csv(content: bytes) -> bytes:
    """The CSV file written anew, with every cell guarded that would be taken for a formula."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    for row in csv.reader(io.StringIO(content.decode())):
        writer.writerow([guarded(cell) for cell in row])
    return text.getvalue().encode()
