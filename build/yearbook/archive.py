"""Everything in `data/`, read once: the facts all else is computed from.

Reading checks shape and gathers every problem before it gives up; whether the facts make sense is for
`checks`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TypeVar

from yearbook.corrections import Correction, read_corrections
from yearbook.errors import DataError, Problem, as_sentence
from yearbook.geography import Geography, read_geography
from yearbook.lineage import Lineage, read_lineage
from yearbook.organisations import Organisation, read_organisations
from yearbook.registers import (
    Event,
    Promise,
    SeriesBreak,
    Standard,
    Target,
    read_breaks,
    read_events,
    read_promises,
    read_standards,
    read_targets,
)
from yearbook.releases import RegisterEntry, Release, Supplement, read_register, read_release, read_supplement
from yearbook.studies import (
    CostStudy,
    Quotation,
    UntreatedRecovery,
    read_costs,
    read_quotations,
    read_untreated_recovery,
)
from yearbook.years import FinancialYear

_T = TypeVar("_T")


@dataclass(frozen=True)
class Archive:
    """The whole of `data/`."""

    releases: Mapping[FinancialYear, Release]
    supplement: tuple[Supplement, ...]
    register: Mapping[FinancialYear, RegisterEntry]
    organisations: Mapping[tuple[str, str], Organisation]
    standards: tuple[Standard, ...]
    breaks: tuple[SeriesBreak, ...]
    events: tuple[Event, ...]
    targets: tuple[Target, ...] = ()
    corrections: tuple[Correction, ...] = ()
    lineage: Lineage = field(default_factory=Lineage)
    geography: Geography = field(default_factory=Geography)
    promises: tuple[Promise, ...] = ()
    costs: tuple[CostStudy, ...] = ()
    untreated: tuple[UntreatedRecovery, ...] = ()
    quotations: tuple[Quotation, ...] = ()

    @property
    def years(self) -> tuple[FinancialYear, ...]:
        """The years that have a release, earliest first."""
        return tuple(sorted(self.releases))


def read_archive(data: Path) -> Archive:
    """The archive in the folder `data`. Raises DataError with the problems of all its files at once."""
    problems: list[Problem] = []

    def attempt(name: str, read: Callable[[Path], _T], otherwise: _T, fix: str) -> _T:
        shown = f"data/{name}"
        try:
            return read(data / name)
        except DataError as error:
            problems.extend(error.problems)
        except FileNotFoundError:
            problems.append(Problem(shown, 0, "", "The file is missing.", fix))
        except UnicodeDecodeError as error:
            problems.append(Problem(shown, 0, "", f"The file is not UTF-8 (byte {error.start}).", "save it as UTF-8"))
        return otherwise

    releases: dict[FinancialYear, Release] = {}
    for path in sorted((data / "releases").glob("*.csv")):
        name = f"releases/{path.name}"
        try:
            year = FinancialYear.parse(path.stem)
        except ValueError as error:
            fix = "name the file for its year, or take it out of the folder"
            problems.append(Problem(f"data/{name}", 0, "", as_sentence(error), fix))
            continue
        read = partial(read_release, year=year, name=f"data/{name}")
        release: Release | None = attempt(name, read, None, "")
        if release is not None:
            releases[year] = release
    add, restore = "import a release with: yearbook add YEAR FILE", "put the file back; it comes with the project"
    organisations: Mapping[tuple[str, str], Organisation] = attempt("organisations.csv", read_organisations, {}, add)
    unnamed = not organisations and bool(problems)  # then every code would be unknown, which says nothing new
    lineage = partial(read_lineage, organisations=organisations)
    geography = partial(read_geography, organisations=organisations)
    archive = Archive(
        releases,
        attempt("supplement.csv", lambda path: read_supplement(path, "data/supplement.csv"), (), restore),
        attempt("releases.yml", read_register, {}, add),
        organisations,
        attempt("standards.yml", read_standards, (), restore),
        attempt("breaks.yml", read_breaks, (), restore),
        attempt("events.yml", read_events, (), restore),
        attempt("targets.yml", read_targets, (), restore),
        attempt("corrections.yml", read_corrections, (), restore),
        Lineage() if unnamed else attempt("lineage.csv", lineage, Lineage(), ""),
        Geography() if unnamed else attempt("", geography, Geography(), ""),
        attempt("promises.yml", read_promises, (), restore),
        attempt("costs.yml", read_costs, (), restore),
        attempt("untreated_recovery.yml", read_untreated_recovery, (), restore),
        attempt("quotations.yml", read_quotations, (), restore),
    )
    if problems:
        raise DataError(problems)
    return archive
