"""Which wider areas each CCG lay in, year by year: lookups where they say it, crosswalks where they do not.

The lookups tell how things stood in 2021 and 2022. What was otherwise before, and which parts of areas moved, is
told by hand in `data/crosswalks/`, and held to the lookups: wherever a boundary has changed there must be an
explanation, and no explanation may stand without a change.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from yearbook.errors import DataError, Problem, as_sentence
from yearbook.importing.lookups import Lookups
from yearbook.organisations import Organisation
from yearbook.successions import Key
from yearbook.tabular import read_rows
from yearbook.years import FinancialYear


@dataclass(frozen=True, slots=True)
class Move:
    """That the part of a CCG or Sub-ICB location that lies in a council's ground passed to another."""

    code: str
    to: str
    year: FinancialYear
    council: str


@dataclass(frozen=True)
class Told:
    """What is told by hand, by code.

    icb_regions    the region an ICB's ground lies in, from each year on
    stps           the ICB whose code an STP of before 2020-21 went on under, where its boundary changed
    ccg_stps       the STPs a CCG was in before the one of 2021, the later first
    moves          parts that moved
    provider_icbs  the ICB a provider's address lies in, where the lookup has none or a later one
    """

    icb_regions: Mapping[str, Mapping[FinancialYear, str]]
    stps: Mapping[str, str]
    ccg_stps: Mapping[str, tuple[str, ...]]
    moves: tuple[Move, ...]
    provider_icbs: Mapping[str, str]


FILES: dict[str, tuple[str, ...]] = {
    "icb_regions.csv": ("icb_code",),
    "stps.csv": ("stp_code", "icb_code", "note"),
    "ccg_stps.csv": ("ccg_code", "stp_code", "note"),
    "ground_moves.csv": ("ccg_code", "to_code", "year", "council_code", "note"),
    "provider_icbs.csv": ("provider_code", "icb_code", "postcode"),
}
"""The crosswalks and the columns each needs; icb_regions.csv has a column for each year that regions changed, too."""


def read_told(folder: Path) -> Told:
    """What the crosswalks in `folder` tell. Raises DataError with the problems of all of them."""
    problems: list[Problem] = []
    tables: dict[str, list[tuple[int, dict[str, str]]]] = {}
    for file, columns in FILES.items():
        name = f"data/crosswalks/{file}"
        try:
            tables[file] = read_rows(folder / file, name, columns, problems)
        except DataError as error:
            problems += error.problems
        except FileNotFoundError:
            problems.append(Problem(name, 0, "", "The crosswalk is missing.", "bring it back from the repository"))
    if problems:
        raise DataError(problems)

    def year(file: str, line: int, column: str, text: str) -> FinancialYear:
        try:
            return FinancialYear.parse(text)
        except ValueError as error:
            fix = "write the year as 2019-20"
            problems.append(Problem(f"data/crosswalks/{file}", line, column, as_sentence(error), fix))
            return FinancialYear(2000)

    ccg_stps: dict[str, list[str]] = {}
    for _, row in tables["ccg_stps.csv"]:
        ccg_stps.setdefault(row["ccg_code"], []).append(row["stp_code"])
    headings = [name for name in next((row for _, row in tables["icb_regions.csv"]), {}) if name != "icb_code"]
    years = {name: year("icb_regions.csv", 1, name, name) for name in headings}
    told = Told(
        {row["icb_code"]: {years[name]: row[name] for name in headings} for _, row in tables["icb_regions.csv"]},
        {row["stp_code"]: row["icb_code"] for _, row in tables["stps.csv"]},
        {ccg: tuple(stps) for ccg, stps in ccg_stps.items()},
        tuple(
            Move(
                row["ccg_code"],
                row["to_code"],
                year("ground_moves.csv", line, "year", row["year"]),
                row["council_code"],
            )
            for line, row in tables["ground_moves.csv"]
        ),
        {row["provider_code"]: row["icb_code"] for _, row in tables["provider_icbs.csv"]},
    )
    if problems:
        raise DataError(problems)
    return told


@dataclass(frozen=True)
class Grounds:
    """Where each CCG lay in each year. Codes are those of ODS, or as the publication has them."""

    lookups: Lookups
    told: Told
    organisations: Mapping[Key, Organisation]

    def exists(self, key: Key, year: FinancialYear | None = None) -> bool:
        """Whether an area has figures, in `year` if it is given."""
        organisation = self.organisations.get(key)
        if organisation is None or organisation.kind != "area":
            return False
        return year is None or organisation.first_year <= str(year) <= organisation.last_year

    def areas(self, org_type: str, year: FinancialYear | None = None) -> list[str]:
        """The codes of the areas of a type, in order: of all years, or of one."""
        return [
            code for kind, code in sorted(self.organisations) if kind == org_type and self.exists((kind, code), year)
        ]

    @cached_property
    def years(self) -> tuple[FinancialYear, ...]:
        """The years with figures of areas, earliest first."""
        spans = [one for one in self.organisations.values() if one.kind == "area" and one.org_type != "england"]
        if not spans:
            return ()
        first = FinancialYear.parse(min(one.first_year for one in spans))
        last = FinancialYear.parse(max(one.last_year for one in spans))
        return tuple(FinancialYear(start) for start in range(first.start, last.start + 1))

    def ccg_in(self, code: str, year: FinancialYear | None = None) -> str:
        """The CCG that holds the ground of `code` in `year`, itself or a successor; in 2021 if no year is given.

        Empty when there is none.
        """
        seen: set[str] = set()
        while code and code not in seen:
            if (self.exists(("ccg", code), year)) if year else (code in self.lookups.stp_gss):
                return code
            seen.add(code)
            code = next((new for new, _ in self.lookups.ccg_successors.get(code, ())), "")
        return ""

    def icb_of(self, code: str) -> str:
        """The ICB that took over from a CCG or from its successors; empty when there is none."""
        return self.lookups.icb.get(self.ccg_in(code), "")

    @cached_property
    def icb_by_stp_gss(self) -> Mapping[str, str]:
        """The ICB whose code the STP of 2021 with a GSS code goes by: the one most of its CCGs went to."""
        votes: dict[str, list[str]] = {}
        for ccg, gss in self.lookups.stp_gss.items():
            votes.setdefault(gss, []).append(self.lookups.icb.get(ccg, ""))
        return {gss: max(sorted(set(icbs)), key=icbs.count) for gss, icbs in votes.items()}

    @cached_property
    def stp_gss(self) -> Mapping[str, str]:
        """The GSS code of the STP of 2021 by the ICB's code, which the publication gives it from 2020-21."""
        return {icb: gss for gss, icb in self.icb_by_stp_gss.items()}

    def stp_of(self, code: str, year: FinancialYear) -> str:
        """The STP that a CCG lay in, as the publication of `year` has its code; empty when there is none."""
        for stp in self.told.ccg_stps.get(code, ()):
            if self.exists(("stp", stp), year):
                return stp
        gss = self.lookups.stp_gss.get(self.ccg_in(code), "")
        icb = self.icb_by_stp_gss.get(gss, "")
        names = [icb, gss, *(stp for stp, goes_on in self.told.stps.items() if goes_on == icb)]
        return next((stp for stp in names if self.exists(("stp", stp), year)), "")

    def region_of_icb(self, icb: str, year: FinancialYear) -> str:
        """The region that the ground of an ICB lay in; empty when it is not told."""
        begun = {first: region for first, region in self.told.icb_regions.get(icb, {}).items() if first <= year}
        return begun[max(begun)] if begun else ""

    def region_of(self, code: str, year: FinancialYear) -> str:
        """The region that a CCG lay in, through the STP that its ground was in in 2021."""
        gss = self.lookups.stp_gss.get(self.ccg_in(code), "")
        return self.region_of_icb(self.icb_by_stp_gss.get(gss, ""), year)
