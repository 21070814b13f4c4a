"""Everything in `data/`, read once: the facts all else is computed from.

Reading checks shape and gathers every problem before it gives up; whether the facts make sense is for
`checks`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from yearbook.errors import DataError, Problem
from yearbook.organisations import Organisation, read_organisations
from yearbook.registers import Event, SeriesBreak, Standard, read_breaks, read_events, read_standards
from yearbook.releases import RegisterEntry, Release, Supplement, read_register, read_release, read_supplement
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

    @property
    def years(self) -> tuple[FinancialYear, ...]:
        """The years that have a release, earliest first."""
        return tuple(sorted(self.releases))


def read_archive(data: Path) -> Archive:
    """The archive in the folder `data`. Raises DataError with the problems of all its files at once."""
    problems: list[Problem] = []

    def attempt(read: Callable[[], _T], otherwise: _T) -> _T:
        try:
            return read()
        except DataError as error:
            problems.extend(error.problems)
        except FileNotFoundError as error:
            name = f"data/{Path(str(error.filename)).relative_to(data).as_posix()}"
            problems.append(Problem(name, 0, "", "The file is missing.", "import a release with: yearbook add YEAR FILE"))
        return otherwise

    releases: dict[FinancialYear, Release] = {}
    for path in sorted((data / "releases").glob("*.csv")):
        name = f"data/releases/{path.name}"
        try:
            year = FinancialYear.parse(path.stem)
        except ValueError as error:
            problems.append(Problem(name, 0, "", f"{error}.", "name the file for its year, or take it out of the folder"))
            continue
        release = attempt(lambda path=path, year=year, name=name: read_release(path, year, name), None)  # type: ignore[misc]
        if release is not None:
            releases[year] = release
    archive = Archive(
        releases,
        attempt(lambda: read_supplement(data / "supplement.csv", "data/supplement.csv"), ()),
        attempt(lambda: read_register(data / "releases.yml"), {}),
        attempt(lambda: read_organisations(data / "organisations.csv"), {}),
        attempt(lambda: read_standards(data / "standards.yml"), ()),
        attempt(lambda: read_breaks(data / "breaks.yml"), ()),
        attempt(lambda: read_events(data / "events.yml"), ()),
    )
    if problems:
        raise DataError(problems)
    return archive
