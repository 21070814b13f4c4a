"""A project to add releases to, and expected files that can be written anew."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """An empty project with the repository's crosswalks and no releases."""
    root = tmp_path / "project"
    shutil.copytree(REPOSITORY / "data" / "crosswalks", root / "data" / "crosswalks")
    return root


@pytest.fixture
def check_golden() -> Callable[[Path, str], None]:
    """Compares a text with an expected file; with YEARBOOK_GOLDEN=write it writes the file instead."""

    def check(path: Path, text: str) -> None:
        if os.environ.get("YEARBOOK_GOLDEN") == "write":
            path.write_bytes(text.encode("utf-8"))
        assert path.exists(), f"{path.parent.name} has no {path.name}"
        assert text == path.read_bytes().decode("utf-8")

    return check


@pytest.fixture
def snapshot() -> Callable[[Path], dict[str, bytes]]:
    """Every file below a folder by its path."""

    def take(folder: Path) -> dict[str, bytes]:
        files = (path for path in sorted(folder.rglob("*")) if path.is_file())
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}

    return take
