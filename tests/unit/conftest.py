"""A small project of two years, built, to be changed, broken and built again."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from filelock import FileLock
from jinja2 import Environment

from yearbook.archive import Archive
from yearbook.areas import Areas
from yearbook.geography import Geography
from yearbook.lineage import Lineage
from yearbook.organisations import Organisation
from yearbook.pages.environment import page_environment
from yearbook.peers import Comparisons
from yearbook.pipeline import build_site
from yearbook.releases import Release
from yearbook.report import Report
from yearbook.staging import publish, write_staging

REPOSITORY = Path(__file__).resolve().parents[2]

ENGLAND_ROW: Mapping[str, object] = {
    "referrals_received": 300_000,
    "finished_course_of_treatment": 110_000,
    "not_at_caseness": 10_000,
    "recovery": 50_000,
    "recovery_percent": "50.0",
    "reliable_deterioration": 6600,
    "reliable_deterioration_percent": "6.0",
}

Run = Callable[..., subprocess.CompletedProcess[str]]


def lay_out_two_years(project: Path) -> Path:
    """The project of tests/sites/two-years with the repository's templates, settings and hook."""
    shutil.copytree(REPOSITORY / "tests" / "sites" / "two-years" / "project", project)
    shutil.copytree(REPOSITORY / "templates", project / "templates")
    shutil.copy(REPOSITORY / "mkdocs.yml", project)
    (project / "build").mkdir()
    shutil.copy(REPOSITORY / "build" / "mkdocs_hook.py", project / "build")
    return project


@pytest.fixture(scope="session")
def built_once(shared: Path) -> Path:
    """The two years, staged and published. Not to be changed: ask for `two_years`.

    Tests that run side by side share it, as they do the real project.
    """
    project = shared / "built" / "two-years"
    with FileLock(shared / "two-years.lock"):
        if not (project / "site").exists():
            shutil.rmtree(project, ignore_errors=True)
            lay_out_two_years(project)
            write_staging(build_site(project).files, project / "staging")
            publish(project)
    return project


@pytest.fixture
def two_years(built_once: Path, tmp_path: Path) -> Path:
    """A copy of the two years as built, drawings included, times of change kept."""
    return shutil.copytree(built_once, tmp_path / "project")


@pytest.fixture
def fresh_two_years() -> Callable[[Path], Path]:
    """Lays out the two years in a folder that does not exist yet, never built."""
    return lay_out_two_years


@pytest.fixture(scope="session")
def snapshot() -> Callable[[Path], dict[str, bytes]]:
    """Every file below a folder by its path."""

    def take(folder: Path) -> dict[str, bytes]:
        files = (path for path in sorted(folder.rglob("*")) if path.is_file())
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}

    return take


@pytest.fixture(scope="session")
def run() -> Run:
    """Runs `python -m MODULE ...` as a person would: a process of its own, its output as text."""

    def start(module: str, *words: str, cwd: Path | None = None, **env: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", module, *words],
            cwd=cwd,
            env={**os.environ, **env},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    return start


@pytest.fixture(scope="session")
def area_row() -> Callable[..., dict[str, object]]:
    """Makes the row of an area: `rate` per cent of the `of` referrals counted recovered, out of `of` + 100 finished."""

    def make(code: str, rate: int, of: int = 1000, org_type: str = "ccg", **more: object) -> dict[str, object]:
        recovered = 5 * ((2 * of * rate + 500) // 1000)  # to the nearest 5
        return {
            "org_type": org_type,
            "org_code": code,
            "referrals_received": 3 * of,
            "finished_course_of_treatment": of + 100,
            "not_at_caseness": 100,
            "recovery": recovered,
            "recovery_percent": rate,
            **more,
        }

    return make


@pytest.fixture(scope="session")
def make_comparisons(
    make_release: Callable[..., Release], make_archive: Callable[..., Archive]
) -> Callable[..., Comparisons]:
    """Makes the comparisons of an archive from the rows of each year, England's among them where it has any.

    `known` names organisations; one that is not named is called by its code. England recovers at 50% unless told.
    """

    def make(
        years: Mapping[str, Sequence[Mapping[str, object]]],
        *known: Organisation,
        england: Mapping[str, object] | None = ENGLAND_ROW,
        lineage: Lineage | None = None,
        geography: Geography | None = None,
        **more: object,
    ) -> Comparisons:
        first = [england] if england else []
        archive = make_archive(*(make_release(year, *first, *rows) for year, rows in years.items()), **more)
        organisations = {**archive.organisations, **{one.key: one for one in known}}
        places = {"lineage": lineage or Lineage(), "geography": geography or Geography()}
        whole = replace(archive, organisations=organisations, **places)
        return Comparisons(Report(whole), Areas(whole))

    return make


@pytest.fixture(scope="session")
def environment() -> Environment:
    """The environment of the repository's page templates."""
    return page_environment(REPOSITORY / "templates")
