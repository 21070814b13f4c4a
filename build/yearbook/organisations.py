"""Who the figures are about: England, regions, STPs, ICBs, CCGs, Sub-ICB locations and providers.

Names live once, in `data/organisations.csv`; releases hold codes. Which areas became which is for
lineage, not here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from yearbook.errors import DataError, Problem
from yearbook.tabular import read_rows

ORGANISATION_TYPES: dict[str, str] = {
    "england": "England",
    "region": "Commissioning region",
    "stp": "STP",
    "icb": "ICB",
    "ccg": "CCG",
    "sub_icb": "Sub-ICB location",
    "provider": "Provider",
}
"""Our name of each type and how it is written, from the widest to the narrowest."""

KINDS = ("area", "provider", "commissioning hub", "unknown")
"""What a row stands for. The last two are pseudo-areas: kept in totals, out of every ranking."""

COLUMNS = ("org_type", "org_code", "kind", "name", "published_names", "first_year", "last_year")


@dataclass(frozen=True, slots=True, order=True)
class Organisation:
    """One organisation of one type. `name` is for display; `published_names` are as the files have them."""

    org_type: str
    code: str
    kind: str = "area"
    name: str = ""
    published_names: tuple[str, ...] = ()
    first_year: str = ""
    last_year: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What a release identifies it by: type and code. Codes are not unique across types."""
        return self.org_type, self.code


ENGLAND = Organisation("england", "ENG", "area", "England")


def read_organisations(path: Path) -> Mapping[tuple[str, str], Organisation]:
    """The organisations of `data/organisations.csv` by type and code, in the file's order.

    Raises DataError when the file lacks a column or a line has too many or too few fields.
    """
    problems: list[Problem] = []
    rows = read_rows(path, f"{path.parent.name}/{path.name}", COLUMNS, problems)
    if problems:
        raise DataError(problems)
    return {
        (row["org_type"], row["org_code"]): Organisation(
            row["org_type"],
            row["org_code"],
            row["kind"],
            row["name"],
            tuple(name for name in row["published_names"].split("|") if name),
            row["first_year"],
            row["last_year"],
        )
        for _, row in rows
    }
