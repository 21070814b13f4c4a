"""Adding a release to a project: everything is checked and compared first, then written as one set."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from yearbook.corrections import read_corrections
from yearbook.errors import DataError, Problem, UsageError
from yearbook.files import check_tree
from yearbook.formatting import plural
from yearbook.importing.comparing import damaged, parse_canonical
from yearbook.importing.crosswalks import PUBLISHED_KEYS, Crosswalks, read_crosswalks
from yearbook.importing.dating import check_name, check_not_another_year
from yearbook.importing.drift import report_release
from yearbook.importing.naming import organisations_csv, update_organisations
from yearbook.importing.national import parse_supplement, supplement_csv, to_sheets, to_supplement
from yearbook.importing.problems import ProblemLog
from yearbook.importing.reading import PublishedTable, read_published
from yearbook.importing.registering import new_entry, register_yaml
from yearbook.importing.supplementing import report_supplement
from yearbook.importing.tidying import Canonical, Sheet, tidy, to_sheet
from yearbook.journal import write_set
from yearbook.organisations import ORGANISATION_TYPES, Organisation, read_organisations
from yearbook.releases import RegisterEntry, read_register
from yearbook.years import FinancialYear

ALL_YEARS = "all"


@dataclass(frozen=True, slots=True)
class AddOptions:
    """What the maintainer says about a release. An empty field keeps what the register has, or its default.

    `published` is a date, 2020-07-30. `rename_source` replaces the source of supplement rows by a citation.
    """

    title: str = ""
    page: str = ""
    published: str = ""
    provenance: str = ""
    notes: tuple[str, ...] = ()
    dry_run: bool = False
    rename_source: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Addition:
    """What adding a file did. `changed` is False when the data was so already; `written` are the files.

    `new_areas` is how many areas, providers left aside, no release of an earlier import had.
    """

    years: tuple[FinancialYear, ...]
    changed: bool
    written: tuple[Path, ...]
    sections: tuple[str, ...]
    dry_run: bool = False
    new_areas: int = 0

    def report(self) -> str:
        """The drift report, and what was written."""
        if not self.changed:
            years = f"{self.years[0]}" if len(self.years) == 1 else f"{self.years[0]} to {self.years[-1]}"
            last = f"The data of {years} is so already: nothing was written."
        elif self.dry_run:
            last = "A trial run: nothing was written. Mend what the report names, then run it again without --dry-run."
        else:
            last = "\n".join(["Written:", *(f"  {path.as_posix()}" for path in self.written)])
        return "\n\n".join([*self.sections, last, *self._next()])

    def _next(self) -> list[str]:
        """What to do with a year that has just come in."""
        if not self.changed or self.dry_run or len(self.years) != 1:
            return []
        year = self.years[0]
        areas = f"{self.new_areas:,} {plural(self.new_areas, 'area is', 'areas are')} new"
        commands = {"yearbook geography FOLDER": f"says which areas became which: {areas}"} if self.new_areas else {}
        commands |= {
            f"yearbook draft {year} --out content/reports/{year}.md": "drafts its report, unless it has one",
            f"yearbook stale {year}": "lists the sentences elsewhere that it makes false or dates",
        }
        width = max(map(len, commands))
        return ["\n".join(["Next:", *(f"  {command:{width}}  {what}" for command, what in commands.items())])]


@dataclass(frozen=True)
class _Project:
    """The data of a project as it is before the addition."""

    root: Path
    crosswalks: Crosswalks
    organisations: Mapping[tuple[str, str], Organisation]
    register: Mapping[FinancialYear, RegisterEntry]

    @property
    def data(self) -> Path:
        return self.root / "data"

    def release_path(self, year: FinancialYear) -> Path:
        return self.data / "releases" / f"{year}.csv"

    def release_years(self) -> list[FinancialYear]:
        """The years that have a canonical file, earliest first."""
        years = []
        for path in self.data.glob("releases/*.csv"):
            try:
                years.append(FinancialYear.parse(path.stem))
            except ValueError:
                continue  # not a release: `yearbook check` says so
        return sorted(years)


def add_release(project_root: Path, year: str, file: Path, options: AddOptions) -> Addition:
    """Import `file` for `year` (`2019-20`, or `all` for a file of several years) into the project's data.

    The kind of file is known by its header: a main release, the tidy England file, the national supplement.
    Raises DataError with every problem, UsageError for an impossible request, and OSError when a file cannot be
    written; then nothing is changed.
    """
    wanted = _parse_year(year)
    _check_options(options)
    project = _read_project(project_root)
    table = read_published(file)
    if table.kind == "supplement":
        return _add_supplement(project, table, wanted, options)
    if table.kind == "main" and wanted is None:
        raise UsageError("A main release holds one year: give it, as in: yearbook add 2019-20 FILE")
    log = ProblemLog()
    sheets = _sheets(project, table, wanted, log)
    corrections = read_corrections(project.data / "corrections.yml")
    canonical = {
        one: tidy(sheet, project.crosswalks, corrections, log)
        for one, sheet in sheets.items()
        if all(name in sheet.columns for name in PUBLISHED_KEYS)
    }
    log.raise_if_any()
    return _write_releases(project, table, canonical, options, file.name)


def _parse_year(year: str) -> FinancialYear | None:
    """The year, None for all."""
    if year.strip().casefold() == ALL_YEARS:
        return None
    try:
        return FinancialYear.parse(year)
    except ValueError as error:
        raise UsageError(f"{error}, or all for a file of several years") from error


def _check_options(options: AddOptions) -> None:
    if options.published:
        try:
            date.fromisoformat(options.published)
        except ValueError as error:
            raise UsageError(f'"{options.published}" is not a date; write it as 2020-07-30') from error
    if options.page and not re.match(r"https?://", options.page):
        raise UsageError(f'"{options.page}" is not the address of a page: it begins with https://')


def _read_project(root: Path) -> _Project:
    if not (root / "data").is_dir():
        raise UsageError(f"{root.as_posix()} is not a Yearbook project: it has no folder data.")
    strays = list(check_tree(root, ("data",)))
    if strays:
        raise DataError(strays)
    organisations = root / "data" / "organisations.csv"
    return _Project(
        root,
        read_crosswalks(root / "data" / "crosswalks"),
        read_organisations(organisations) if organisations.exists() else {},
        read_register(root / "data" / "releases.yml"),
    )


def _sheets(
    project: _Project, table: PublishedTable, wanted: FinancialYear | None, log: ProblemLog
) -> Mapping[FinancialYear, Sheet]:
    """The sheets to import, by year. A file of another year is noted in `log`."""
    if table.kind == "main" and wanted is not None:
        check_name(table, wanted, log)
        sheet = to_sheet(table, wanted, project.crosswalks, log)
        if not log:
            releases = {one: project.release_path(one) for one in project.release_years()}
            check_not_another_year(sheet, releases, project.crosswalks, log)
        return {wanted: sheet}
    sheets = to_sheets(table, project.crosswalks, log)
    if wanted is None:
        return sheets
    if wanted not in sheets and sheets:
        held = ", ".join(str(one) for one in sheets)
        what = f"The file has no rows of {wanted}; it has {held}."
        log.add("year", Problem(table.file, 0, "reporting_period", what, "give one of its years, or all"))
    return {one: sheet for one, sheet in sheets.items() if one == wanted}


def _write_releases(
    project: _Project,
    table: PublishedTable,
    canonical: Mapping[FinancialYear, Canonical],
    options: AddOptions,
    file_name: str,
) -> Addition:
    years = tuple(sorted(canonical))
    contents = {year: canonical[year].to_csv() for year in years}
    before = {year: project.release_path(year).read_bytes() for year in project.release_years()}
    present = _present({**before, **contents})
    published = {year: canonical[year].names for year in years}
    organisations = update_organisations(project.organisations, published, present, project.crosswalks)
    register = dict(project.register)
    for year in years:
        known = register.get(year)
        revised = known is not None and known.sha256 != table.sha256 and before.get(year) != contents[year]
        publication = project.crosswalks.publication(year)
        register[year] = new_entry(
            known, year, publication, _given(options), options.notes, file_name, table.sha256, revised
        )
    files = {project.release_path(year): contents[year] for year in years}
    files[project.data / "organisations.csv"] = organisations_csv(organisations)
    files[project.data / "releases.yml"] = register_yaml(register)
    reports = _reports(project, canonical, before, {**before, **contents}, organisations)
    return _finish(project, years, files, reports, options, _new_areas(project, organisations))


def _new_areas(project: _Project, organisations: Iterable[Organisation]) -> int:
    """How many areas the project did not know; none where it knew nobody, for then there is nothing to follow."""
    new = [one for one in organisations if one.kind == "area" and one.key not in project.organisations]
    return len(new) if project.organisations else 0


def _given(options: AddOptions) -> dict[str, str]:
    names = ("title", "page", "published", "provenance")
    return {name: getattr(options, name) for name in names}


def _file_name(year: FinancialYear) -> str:
    return f"data/releases/{year}.csv"


def _present(
    contents: Mapping[FinancialYear, bytes],
) -> dict[tuple[str, str], tuple[FinancialYear, FinancialYear]]:
    """The first and last year of each organisation, from the canonical files."""
    present: dict[tuple[str, str], tuple[FinancialYear, FinancialYear]] = {}
    for year in sorted(contents):
        # Types and codes are never quoted: the first two commas of a line end them.
        keys = {tuple(line.split(b",", 2)[:2]) for line in contents[year].splitlines()[1:]}
        for found in keys:
            key = tuple(part.decode("ascii", "replace") for part in found)
            if len(key) != 2 or not key[1] or key[0] not in ORGANISATION_TYPES:
                raise damaged(_file_name(year), 0)
            present[key] = (present[key][0] if key in present else year, year)
    return present


def _reports(
    project: _Project,
    canonical: Mapping[FinancialYear, Canonical],
    before: Mapping[FinancialYear, bytes],
    after: Mapping[FinancialYear, bytes],
    organisations: Iterable[Organisation],
) -> list[str]:
    """A drift report for each imported year. `before` and `after` are the canonical files by year."""
    shown = {one.key: one.name for one in organisations}
    names: dict[tuple[str, str], tuple[tuple[str, ...], str]] = {
        key: (project.organisations[key].published_names if key in project.organisations else (), shown.get(key, ""))
        for key in {*shown, *project.organisations}
    }
    reports = []
    for year in sorted(canonical):
        years_before = sorted(one for one in after if one < year)
        last = years_before[-1] if years_before else None
        reports.append(
            report_release(
                canonical[year],
                (last, parse_canonical(after[last], _file_name(last))) if last else None,
                parse_canonical(before[year], _file_name(year)) if year in before else None,
                _present({one: after[one] for one in years_before[:-1]}),
                names,
            )
        )
    return reports


def _add_supplement(
    project: _Project, table: PublishedTable, wanted: FinancialYear | None, options: AddOptions
) -> Addition:
    log = ProblemLog()
    rows = to_supplement(table, project.crosswalks, options.rename_source, log)
    if wanted is not None and not log and all(row.year != wanted for row in rows):
        held = ", ".join(dict.fromkeys(str(row.year) for row in rows))
        what = f"The file has no rows of {wanted}; it has {held}."
        log.add("year", Problem(table.file, 0, "year", what, "give one of its years, or all"))
    log.raise_if_any()
    path = project.data / "supplement.csv"
    before = parse_supplement(path.read_bytes()) if path.exists() else []
    if wanted is not None:
        rows = sorted([*(row for row in before if row.year != wanted), *(row for row in rows if row.year == wanted)])
    years = tuple(dict.fromkeys(row.year for row in rows)) if wanted is None else (wanted,)
    return _finish(project, years, {path: supplement_csv(rows)}, [report_supplement(table.file, before, rows)], options)


def _finish(
    project: _Project,
    years: tuple[FinancialYear, ...],
    files: Mapping[Path, bytes],
    reports: Iterable[str],
    options: AddOptions,
    new_areas: int = 0,
) -> Addition:
    """Write what differs, unless it is a trial run."""
    differing = {path: content for path, content in files.items() if not path.exists() or path.read_bytes() != content}
    if differing and not options.dry_run:
        write_set(project.data, differing)
    written = () if options.dry_run else tuple(path.relative_to(project.root) for path in differing)
    return Addition(years, bool(differing), written, tuple(reports), options.dry_run, new_areas)
