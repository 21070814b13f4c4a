"""What the tests share: the real data, read once, and small archives made in memory."""

import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import pandas as pd
import pytest
from browsing import FLAGS, MISSING, find_chromium
from filelock import FileLock
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

from yearbook.archive import Archive, read_archive
from yearbook.organisations import ENGLAND, Organisation
from yearbook.pipeline import build_site
from yearbook.provenance import FILE, checksums, read_recipe
from yearbook.registers import Event, SeriesBreak, Standard, Target
from yearbook.releases import KEY_COLUMNS, RegisterEntry, Release, Supplement
from yearbook.report import Report
from yearbook.settings import read_settings
from yearbook.staging import publish, write_staging
from yearbook.years import FinancialYear

# The same examples every time and no stop-watch: a failure is the change's, not the machine's.
settings.register_profile("yearbook", deadline=None, derandomize=True)
settings.load_profile("yearbook")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if find_chromium() is None:
        terminalreporter.write_line(f"BROWSER TESTS NOT RUN: {MISSING}", yellow=True, bold=True)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser, started once in a process: a second beside it would not start.

    Where there is none the tests that want it are skipped and the summary says so; with `YEARBOOK_BROWSER=required`
    they fail.
    """
    path = find_chromium()
    if path is None and os.environ.get("YEARBOOK_BROWSER") == "required":
        pytest.fail(MISSING)
    if path is None:
        pytest.skip(MISSING)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, headless=True, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def project() -> Path:
    """The repository."""
    return Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all tests of a run share, those that run side by side too."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


@pytest.fixture(scope="session")
def real_project(project: Path, shared: Path) -> Path:
    """A copy of the repository's data and words, staged and published once for all who read its pages.

    Tests that run side by side share it: the first to ask makes it, the others wait. Nobody writes in it.
    """
    copy = shared / "real-project"
    with FileLock(f"{copy}.lock"):
        if not (copy / "site").exists():
            _publish_copy(project, copy)
    return copy


def _publish_copy(project: Path, copy: Path) -> None:
    for folder in ("data", "content", "templates"):
        shutil.copytree(project / folder, copy / folder, dirs_exist_ok=True)
    shutil.copy(project / "mkdocs.yml", copy)
    if (project / ".cache").exists():
        shutil.copytree(project / ".cache", copy / ".cache", dirs_exist_ok=True)
    if _is_built(project):  # a build would make just what was made already
        shutil.copytree(project / "staging", copy / "staging")
        shutil.copytree(project / "site", copy / "site")
        return
    write_staging(build_site(copy).files, copy / "staging")
    publish(copy)


def _is_built(project: Path) -> bool:
    """Whether the repository's own site is whole and was made of what lies there now."""
    try:
        said = json.loads((project / "site" / FILE).read_text(encoding="utf-8"))
    except OSError:
        return False
    outputs = said.pop("outputs")
    files = {path: digest for path, digest in checksums(project / "site", hidden=True).items() if path != FILE}
    return bool(said == read_recipe(project, read_settings(project).url).to_dict() and files == outputs)


@pytest.fixture(scope="session")
def archive(project: Path) -> Archive:
    """The real data."""
    return read_archive(project / "data")


@pytest.fixture(scope="session")
def report(archive: Archive) -> Report:
    """The report of the real data."""
    return Report(archive)


@pytest.fixture(scope="session")
def make_release() -> Callable[..., Release]:
    """Makes a release of a year from its rows.

    A row is a mapping; a key column it leaves out is England's total's, a measure it leaves out is `x`.
    """

    def make(year: str, *rows: Mapping[str, object]) -> Release:
        defaults = dict(zip(KEY_COLUMNS, (*ENGLAND.key, "total", "", ""), strict=True))
        measures = dict.fromkeys(name for row in rows for name in row if name not in KEY_COLUMNS)
        filled = [{**defaults, **dict.fromkeys(measures, "x"), **row} for row in rows]
        frame = pd.DataFrame(filled, columns=[*KEY_COLUMNS, *measures], dtype=object).map(str)
        return Release(FinancialYear.parse(year), frame, f"data/releases/{year}.csv")

    return make


@pytest.fixture(scope="session")
def make_archive() -> Callable[..., Archive]:
    """Makes an archive of releases, each with an entry in the register and its organisations named."""

    def make(
        *releases: Release,
        supplement: Sequence[Supplement] = (),
        standards: Sequence[Standard] = (),
        breaks: Sequence[SeriesBreak] = (),
        events: Sequence[Event] = (),
        targets: Sequence[Target] = (),
    ) -> Archive:
        organisations = {ENGLAND.key: ENGLAND}
        for release in releases:
            for key in zip(release.rows["org_type"], release.rows["org_code"], strict=True):
                organisations.setdefault(key, Organisation(*key, name=key[1].title()))
        register = {
            release.year: RegisterEntry(
                release.year, f"Report of {release.year}", "The publisher", "", f"{release.year}.csv", "", "OGL"
            )
            for release in releases
        }
        by_year = {release.year: release for release in releases}
        rules = tuple(standards), tuple(breaks), tuple(events), tuple(targets)
        return Archive(by_year, tuple(supplement), register, organisations, *rules)

    return make
