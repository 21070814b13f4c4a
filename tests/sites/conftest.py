"""Projects to build: those of the cases here, and the real one, built once."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
CASES = Path(__file__).resolve().parent


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--golden` writes expected files anew, those of tests/releases too; YEARBOOK_GOLDEN=write says the same."""
    parser.addoption("--golden", action="store_true", help="write the expected files of sites and releases anew")


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--golden", default=False):
        os.environ["YEARBOOK_GOLDEN"] = "write"


@pytest.fixture(scope="session")
def golden() -> bool:
    """Whether expected files are to be written."""
    return os.environ.get("YEARBOOK_GOLDEN") == "write"


@pytest.fixture
def make_project(tmp_path: Path) -> Callable[..., Path]:
    """Lays the named folders over each other, with the repository's templates and its mkdocs.yml."""

    def make(*layers: str) -> Path:
        project = tmp_path / "project"
        shutil.copytree(REPOSITORY / "templates", project / "templates")
        shutil.copy(REPOSITORY / "mkdocs.yml", project)
        for layer in layers:
            shutil.copytree(CASES / layer, project, dirs_exist_ok=True)
        return project

    return make


@pytest.fixture(scope="session")
def drawings(shared: Path) -> Path:
    """A cache of drawings that the cases share: kept by content, so no case can see another's."""
    folder = shared / "drawings"
    folder.mkdir(exist_ok=True)
    return folder
