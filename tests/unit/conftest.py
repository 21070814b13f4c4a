"""A small project of two years, built, to be changed, broken and built again."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from yearbook.pipeline import build_site
from yearbook.staging import publish, write_staging

REPOSITORY = Path(__file__).resolve().parents[2]

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
def built_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The two years, staged and published. Not to be changed: ask for `two_years`."""
    project = lay_out_two_years(tmp_path_factory.mktemp("built") / "two-years")
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
