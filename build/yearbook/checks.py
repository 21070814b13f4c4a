"""What must hold of the facts before anything is computed from them.

Each `check_` returns every problem it finds; none raises and none stops at the first.
"""

from collections.abc import Iterator

import pandas as pd

from yearbook.archive import Archive
from yearbook.errors import Problem, as_sentence, suggest
from yearbook.measures import MEASURES_BY_NAME
from yearbook.metrics import METRICS_BY_NAME
from yearbook.organisations import ENGLAND
from yearbook.releases import KEY_COLUMNS, TOTAL, Release, parse_cell

_AGAIN = "import the file again; if it was published so, declare it in data/corrections.yml"


def check_archive(archive: Archive) -> tuple[Problem, ...]:
    """Every problem in the facts, in the order of the files."""
    problems: list[Problem] = []
    if not archive.releases:
        problems.append(
            Problem("data/releases", 0, "", "There is no release to report.", "import one with: yearbook add YEAR FILE")
        )
    for year in archive.register:
        if year not in archive.releases:
            what = f"{year} is registered, but data/releases/{year}.csv is missing."
            problems.append(Problem("data/releases.yml", 0, "", what, f"import it again: yearbook add {year} FILE"))
    for year in archive.years:
        release = archive.releases[year]
        problems += [*_check_cells(release), *_check_keys(release), *_check_organisations(release, archive)]
        problems += _check_england(release)
        if year not in archive.register:
            problems.append(
                Problem(
                    "data/releases.yml",
                    0,
                    "",
                    f"There is no entry for {year}.",
                    f"import it again: yearbook add {year} FILE",
                )
            )
    return (*problems, *_check_supplement(archive), *_check_registers(archive))


def _check_cells(release: Release) -> Iterator[Problem]:
    for measure in release.measures:
        faults = _faults(release.rows[measure], MEASURES_BY_NAME[measure].unit)
        if faults:
            for position, cell in release.rows[measure].items():
                if cell in faults:
                    yield Problem(release.path, int(str(position)) + 2, measure, faults[str(cell)], _AGAIN)


def _faults(cells: pd.Series, unit: str) -> dict[str, str]:
    """What is wrong with each text that no canonical cell can be. A text is tried once, however often it stands."""
    faults = {}
    for cell in set(cells.tolist()):
        try:
            parse_cell(cell, unit)
        except ValueError as error:
            faults[cell] = as_sentence(error)
    return faults


def _check_keys(release: Release) -> Iterator[Problem]:
    keys = release.rows[list(KEY_COLUMNS)]
    for position in keys.index[keys.duplicated()]:
        words = ", ".join(value for value in keys.loc[position] if value)
        what = f"The row {words} stands twice."
        yield Problem(release.path, int(position) + 2, "", what, _AGAIN)


def _check_organisations(release: Release, archive: Archive) -> Iterator[Problem]:
    keys = release.rows[["org_type", "org_code"]].drop_duplicates()
    for position, org_type, code in keys.itertuples(name=None):
        if (org_type, code) not in archive.organisations:
            what = f"The organisation {org_type} {code} has no name."
            yield Problem(release.path, int(position) + 2, "org_code", what, "add it to data/organisations.csv")


def _check_england(release: Release) -> Iterator[Problem]:
    needed = ("referrals_received", "finished_course_of_treatment", "not_at_caseness", "recovery")
    for measure in needed:
        try:
            known = release.figure(measure, ENGLAND.key, TOTAL).known
        except ValueError:  # a cell that _check_cells has told of
            continue
        if not known:
            what = f"England's total has no {MEASURES_BY_NAME[measure].title.lower()}."
            yield Problem(release.path, 0, measure, what, "import the release again and read its drift report")


def _check_supplement(archive: Archive) -> Iterator[Problem]:
    for row in archive.supplement:
        if row.measure not in MEASURES_BY_NAME and row.measure.removesuffix("_percent") not in METRICS_BY_NAME:
            what = f'"{row.measure}" of {row.year} is neither a measure nor a metric\'s percentage.'
            fix = suggest(row.measure, MEASURES_BY_NAME, "use a name listed in build/yearbook/measures.py")
            yield Problem("data/supplement.csv", 0, "measure", what, fix)


def _check_registers(archive: Archive) -> Iterator[Problem]:
    for standard in archive.standards:
        if standard.metric not in METRICS_BY_NAME:
            what = f'"{standard.metric}" is not a metric.'
            yield Problem("data/standards.yml", 0, "metric", what, "use a name listed in build/yearbook/metrics.py")
    for target in archive.targets:
        if target.metric not in METRICS_BY_NAME:
            what = f'"{target.metric}" is not a metric.'
            yield Problem("data/targets.yml", 0, "metric", what, "use a name listed in build/yearbook/metrics.py")
    for number, promise in enumerate(archive.promises):
        if promise.metric and promise.metric not in METRICS_BY_NAME:
            what = f'"{promise.metric}" is not a metric.'
            yield Problem("data/promises.yml", 0, "metric", what, "use a name listed in build/yearbook/metrics.py")
        if promise.name in (other.name for other in archive.promises[:number]):
            what = f'Two promises are called "{promise.name}".'
            yield Problem("data/promises.yml", 0, "name", what, "give each a name of its own")
    for found in archive.breaks:
        for metric in found.metrics:
            if metric not in METRICS_BY_NAME:
                what = f'"{metric}" is not a metric.'
                yield Problem("data/breaks.yml", 0, "metrics", what, "use a name listed in build/yearbook/metrics.py")
        if found.kind not in ("definition", "data set", "area"):
            what = f'"{found.kind}" is not a kind of break.'
            yield Problem("data/breaks.yml", 0, "kind", what, "use definition, data set or area")
