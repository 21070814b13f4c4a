"""Public lookups of health geography, read by the names of their files and columns.

The lookups are joined on the codes of the Organisation Data Service (ODS), such as 09D. The codes of the Office
for National Statistics (GSS), such as E38000021, change whenever a boundary does: that is what they are used
for here. Names and longitudes are not used at all.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from yearbook.errors import DataError, Problem, as_sentence
from yearbook.tabular import read_rows
from yearbook.years import FinancialYear

ONS, ODS = "Office for National Statistics", "NHS England, Organisation Data Service"
LICENCE = "Open Government Licence v3.0"
ATTRIBUTIONS = {
    ONS: "Source: Office for National Statistics licensed under the Open Government Licence v3.0. "
    "Contains OS data © Crown copyright and database right.",
    ODS: "Contains information from NHS England, licensed under the Open Government Licence v3.0.",
}


@dataclass(frozen=True, slots=True)
class Lookup:
    """One public file: its name, who publishes it, and the columns read of it (none for outlines)."""

    id: str
    file: str
    title: str
    publisher: str
    columns: tuple[str, ...] = ()


SUCCESSORS = Lookup(
    "ccg-successors", "ccg_ods_successors_2013_2021.csv", "Successors of CCGs, 2013 to 2021", ODS,
    ("old_code", "new_code", "date"),
)  # fmt: skip
CODES_2013 = Lookup("ccg13", "ccg13_ods_gss.csv", "Codes of CCGs, April 2013", ONS, ("ods", "gss"))
CODES = Lookup(
    "ccg-codes", "ccg_sicbl_gss_ods_by_snapshot.csv", "Codes of CCGs and Sub-ICB locations, 2019 to 2023",
    ONS, ("snapshot", "gss", "ods"),
)  # fmt: skip
STPS_2021 = Lookup(
    "ccg21-stp21", "ccg21_stp21.csv", "CCGs and STPs, April 2021", ONS, ("ccg21_code", "stp21_code")
)  # fmt: skip
ICBS_2022 = Lookup(
    "sicbl22-icb22", "sicbl22_icb22.csv", "Sub-ICB locations and ICBs, July 2022", ONS,
    ("sicbl22_code", "sicbl22_code_h", "icb22_code", "icb22_code_h"),
)  # fmt: skip
ICBS_2024 = Lookup(
    "sicbl24-icb24", "sicbl24_icb24.csv", "Sub-ICB locations and ICBs, April 2024", ONS,
    ("sicbl24_code", "sicbl24_code_nhs", "icb24_code", "icb24_code_nhs"),
)  # fmt: skip
COUNCILS_2021 = Lookup(
    "ccg21-councils", "ccg_2021_local_authorities.csv", "CCGs and local authorities, April 2021", ONS,
    ("CCG21CDH", "LAD21CD", "LAD21NM"),
)  # fmt: skip
PROVIDERS = Lookup(
    "providers", "providers.csv", "Providers: town, ICB and region", ODS,
    ("org_code", "town", "icb_code", "region_code"),
)  # fmt: skip
OUTLINES_2015 = Lookup("ccg15-outlines", "boundaries_ccg_2015.topojson", "Outlines of CCGs, 2015, generalised", ONS)
OUTLINES_2021 = Lookup("ccg21-outlines", "boundaries_ccg_2021.geojson", "Outlines of CCGs, 2021, generalised", ONS)

LOOKUPS = (
    SUCCESSORS, CODES_2013, CODES, STPS_2021, ICBS_2022, ICBS_2024, COUNCILS_2021, PROVIDERS, OUTLINES_2015,
    OUTLINES_2021,
)  # fmt: skip
"""Every file that `yearbook geography` reads."""


@dataclass(frozen=True)
class Lookups:
    """What the lookups say, by ODS code unless said otherwise.

    ccg_successors   old CCG → the new ones, with the first financial year of each
    ods              ODS code of a CCG or Sub-ICB location by GSS code
    ccg_gss          GSS code of each CCG of 2021
    stp_gss          GSS code of the STP each CCG of 2021 was in
    icb              ICB that each Sub-ICB location was in, in 2022
    gss_2022         GSS code of each Sub-ICB location and ICB in 2022
    gss_2024         the same in 2024
    councils         code and name of each council on the ground of a CCG of 2021
    providers        town, ICB and region of each provider, as far as they are given; its ICB may be a later one
    """

    ccg_successors: Mapping[str, tuple[tuple[str, FinancialYear], ...]]
    ods: Mapping[str, str]
    ccg_gss: Mapping[str, str]
    stp_gss: Mapping[str, str]
    icb: Mapping[str, str]
    gss_2022: Mapping[str, str]
    gss_2024: Mapping[str, str]
    councils: Mapping[str, tuple[tuple[str, str], ...]]
    providers: Mapping[str, tuple[str, str, str]]


def read_lookups(folder: Path) -> Lookups:
    """The lookups in a folder. Raises DataError with every file and column that is missing and every row that no
    other file knows.
    """
    problems = [
        Problem(lookup.file, 0, "", "The file is missing.", f"put it into {folder}: {lookup.title}, {lookup.publisher}")
        for lookup in LOOKUPS
        if not (folder / lookup.file).exists()
    ]
    tables: dict[str, list[tuple[int, dict[str, str]]]] = {}
    for lookup in LOOKUPS:
        if lookup.columns and (folder / lookup.file).exists():
            try:
                rows = read_rows(folder / lookup.file, lookup.file, lookup.columns, problems)
                tables[lookup.id] = [(line, {name: text.strip() for name, text in row.items()}) for line, row in rows]
            except DataError as error:
                problems += error.problems
            except UnicodeDecodeError as error:
                what = f"The file is not UTF-8 (byte {error.start})."
                problems.append(Problem(lookup.file, 0, "", what, "save it as UTF-8"))
    if problems:
        raise DataError(problems)
    found = _join(tables, problems)
    if problems:
        raise DataError(problems)
    return found


def _join(tables: Mapping[str, list[tuple[int, dict[str, str]]]], problems: list[Problem]) -> Lookups:
    successors: dict[str, list[tuple[str, FinancialYear]]] = {}
    for line, row in tables[SUCCESSORS.id]:
        try:
            year = _year_of(row["date"])
        except ValueError as error:
            fix = "write the day as 2021-04-01"
            problems.append(Problem(SUCCESSORS.file, line, "date", as_sentence(error), fix))
            continue
        successors.setdefault(row["old_code"], []).append((row["new_code"], year))
    ods = {row["gss"]: row["ods"] for table in (CODES_2013, CODES) for _, row in tables[table.id]}
    ccg_gss, stp_gss = dict[str, str](), dict[str, str]()
    for line, row in tables[STPS_2021.id]:
        code = ods.get(row["ccg21_code"])
        if code is None:
            what = f"No lookup of codes has {row['ccg21_code']}."
            problems.append(Problem(STPS_2021.file, line, "ccg21_code", what, f"add it to {CODES.file}"))
            continue
        ccg_gss[code], stp_gss[code] = row["ccg21_code"], row["stp21_code"]
    councils: dict[str, set[tuple[str, str]]] = {}
    for _, row in tables[COUNCILS_2021.id]:
        councils.setdefault(row["CCG21CDH"], set()).add((row["LAD21CD"], row["LAD21NM"]))
    in_2022, in_2024 = (
        [row for _, row in tables[table.id]] for table in (ICBS_2022, ICBS_2024)
    )  # fmt: skip
    return Lookups(
        {old: tuple(sorted(news)) for old, news in successors.items()},
        ods,
        ccg_gss,
        stp_gss,
        {row["sicbl22_code_h"]: row["icb22_code_h"] for row in in_2022},
        {row["sicbl22_code_h"]: row["sicbl22_code"] for row in in_2022}
        | {row["icb22_code_h"]: row["icb22_code"] for row in in_2022},
        {row["sicbl24_code_nhs"]: row["sicbl24_code"] for row in in_2024}
        | {row["icb24_code_nhs"]: row["icb24_code"] for row in in_2024},
        {code: tuple(sorted(found)) for code, found in councils.items()},
        {row["org_code"]: (row["town"], row["icb_code"], row["region_code"]) for _, row in tables[PROVIDERS.id]},
    )


def _year_of(day: str) -> FinancialYear:
    """The financial year a day such as 2021-04-01 lies in. Raises ValueError for anything that is no day."""
    found = date.fromisoformat(day)
    return FinancialYear(found.year if found.month >= 4 else found.year - 1)


def sha256_of(path: Path) -> str:
    """The checksum of a file, as registers have it."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
