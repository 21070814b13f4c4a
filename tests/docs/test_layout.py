"""The traps of a source folder called build/, and what no file of ours may hold."""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
import zipfile
from fnmatch import fnmatch
from pathlib import Path

import pytest

import yearbook


def git(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    if not (project / ".git").exists() or shutil.which("git") is None:
        pytest.skip("this is not a checkout")
    return subprocess.run(["git", *arguments], cwd=project, capture_output=True, text=True, check=False)


def is_ignored(project: Path, path: str) -> bool:
    answer = git(project, "check-ignore", "--quiet", "--no-index", path)
    assert answer.returncode in (0, 1), answer.stderr
    return answer.returncode == 0


@pytest.mark.parametrize(
    "path", ["build/yearbook/metrics.py", "build/yearbook/a_new_module.py", "build/a_new_hook.py", "staging/.gitkeep"]
)
def test_git_sees_our_source(project: Path, path: str) -> None:
    assert not is_ignored(project, path)


@pytest.mark.parametrize(
    "path", ["staging/index.md", "site/index.html", ".cache/charts/a.svg", ".venv/bin/python", ".site-next/a.html"]
)
def test_git_does_not_see_what_is_made(project: Path, path: str) -> None:
    assert is_ignored(project, path)


def tracked(project: Path, *folders: str) -> list[str]:
    """The files that git keeps, in those folders or anywhere."""
    listed = git(project, "ls-files", "-z", *folders)
    assert listed.returncode == 0, listed.stderr
    return [name for name in listed.stdout.split("\0") if name]


def test_nothing_made_is_kept_in_git(project: Path) -> None:
    assert tracked(project, "staging", "site", ".cache") == ["staging/.gitkeep"]


def test_the_package_is_the_one_in_build(project: Path) -> None:
    assert Path(yearbook.__file__) == project / "build" / "yearbook" / "__init__.py"
    assert not (project / "build" / "__init__.py").exists()


def test_importing_the_package_loads_neither_pandas_nor_altair_nor_mkdocs() -> None:
    # The command answers --help at once, and nothing happens on import.
    code = "import sys, yearbook.cli; print(sorted({'pandas', 'altair', 'mkdocs', 'vl_convert'} & set(sys.modules)))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_the_package_is_packed_whole_and_without_its_folder(project: Path, tmp_path: Path) -> None:
    code = "import sys, uv_build; print(uv_build.build_wheel(sys.argv[1]))"
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))  # where uv_build finds its program
    environment = {**os.environ, "PATH": path}
    subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], cwd=project, env=environment, capture_output=True, check=True
    )
    (wheel,) = tmp_path.glob("*.whl")
    packed = {name for name in zipfile.ZipFile(wheel).namelist() if name.endswith(".py")}
    source = {path.relative_to(project / "build").as_posix() for path in (project / "build" / "yearbook").rglob("*.py")}
    assert packed == source


def test_pytest_skips_none_of_our_folders(project: Path, pytestconfig: pytest.Config) -> None:
    skipped = pytestconfig.getini("norecursedirs")
    ours = ["build", "tests", *(path.name for path in (project / "tests").iterdir() if path.is_dir())]
    found = [name for name in ours if not name.startswith((".", "__")) and any(fnmatch(name, each) for each in skipped)]
    assert found == []


def test_cleaning_takes_what_was_made_and_nothing_else(project: Path, tmp_path: Path) -> None:
    if shutil.which("make") is None:
        pytest.skip("there is no make")
    shutil.copy(project / "Makefile", tmp_path)
    made = ("site/index.html", "staging/index.md", "staging/reports/a.md", ".cache/charts/a.svg", ".venv/bin/python")
    ours = (
        "build/yearbook/cli.py",
        "data/releases.yml",
        "content/a.md",
        "templates/a.md",
        "tests/a.py",
        "staging/.gitkeep",
    )
    for name in (*made, *ours):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x", encoding="utf-8")
    subprocess.run(["make", "clean"], cwd=tmp_path, capture_output=True, check=True)
    left = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    assert left == {"Makefile", *ours}


def texts(project: Path) -> dict[str, str]:
    """Every tracked text file by its path."""
    found = {name: (project / name).read_bytes() for name in tracked(project) if (project / name).is_file()}
    assert {"README.md", "build/yearbook/cli.py", "tests/docs/test_layout.py", "templates/theme/main.html"} <= set(
        found
    )
    return {name: content.decode("utf-8", "replace") for name, content in found.items() if b"\0" not in content}


# Written so that this file is not found by its own search.
REGISTRIES = re.compile(
    r"(?:py(?:pi|thonhosted)|registry\.(?:npm|yarn)\w*|conda(?:-forge)?|unpkg|jsdelivr|cdnjs)\.(?:org|com|net|io)",
    re.IGNORECASE,
)
MACHINES = re.compile(
    r"""(?<![\w.:/~)\]}>-])/(?:home|Users|root|work|workspace|mnt|tmp)/[\w.-]|\b[A-Z]:\\Users|file:///[a-z]"""
)


@pytest.mark.parametrize("pattern", [REGISTRIES, MACHINES], ids=["a package registry", "a folder of a machine"])
def test_no_file_names(project: Path, pattern: re.Pattern[str]) -> None:
    found = [
        f"{name}, line {text.count(chr(10), 0, match.start()) + 1}: {match[0]}"
        for name, text in texts(project).items()
        for match in pattern.finditer(text)
    ]
    assert found == []


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (REGISTRIES, "--index-url https://" + "pypi" + ".org/simple"),
        (REGISTRIES, "https://files.python" + "hosted.org/a.whl"),
        (MACHINES, "open('" + "/ho" + "me/ann/a.csv')"),
        (MACHINES, "cd " + "/wo" + "rk/main"),
        (MACHINES, "C:" + "\\Users"),
    ],
)
def test_the_search_finds_what_it_is_for(pattern: re.Pattern[str], text: str) -> None:
    assert pattern.search(text)


def test_the_locks_carry_hashes_and_no_addresses(project: Path) -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (project / name).read_text(encoding="utf-8")
        assert "://" not in text, name
        pinned = re.findall(r"^[\w.\[\]-]+==\S+", text, re.MULTILINE)
        assert len(pinned) > 10, name
        assert text.count("--hash=sha256:") >= len(pinned), name


def test_the_package_can_be_found_by_name() -> None:
    assert importlib.util.find_spec("yearbook.pages.editors") is not None
