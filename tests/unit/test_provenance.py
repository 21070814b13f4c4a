"""What a site was made from, and that a build with nothing to do ends at once, and only then."""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from yearbook.provenance import (
    Recipe,
    changed_inputs,
    note_site,
    read_recipe,
    record,
    unchanged_pages,
    write_record,
)

FILES = {
    "mkdocs.yml": "site_name: A site\n",
    "content/reports/2019-20.md": "Words of 2019-20.",
    "data/releases/2019-20.csv": "a,b\n1,2\n",
    "data/releases.yml": "- year: 2019-20\n",
    "templates/pages/home.md": "# Home",
    "site/index.html": "<h1>Home</h1>",
    "site/reports/2019-20/index.html": "<h1>Report</h1>",
    "site/.htaccess": "# for hosts",
}

Change = Callable[[Path], object]


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """A project of a few files with its site in place, noted as built."""
    project = tmp_path / "project"
    for path, text in FILES.items():
        (project / path).parent.mkdir(parents=True, exist_ok=True)
        (project / path).write_text(text, encoding="utf-8")
    recipe = read_recipe(project)
    write_record(project / "site", recipe)
    note_site(project, recipe, 2)
    return project


def write(path: str, text: str) -> Change:
    """Writes a file and sets back the time of its change, as an archive or a careless tool would."""

    def change(project: Path) -> None:
        target = project / path
        before = target.stat().st_mtime_ns if target.exists() else 10**18
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
        if not path.startswith("site/"):
            os.utime(target, ns=(before, before))

    return change


def test_nothing_changed_is_known(built: Path) -> None:
    assert unchanged_pages(built, read_recipe(built)) == 2
    for path in FILES:
        if not path.startswith("site/"):
            os.utime(built / path)  # a fresh checkout has new times and the same files
    (built / "content" / ".2019-20.md.swp").write_text("an editor's own", encoding="utf-8")
    assert unchanged_pages(built, read_recipe(built)) == 2


@pytest.mark.parametrize(
    "change",
    [
        write("content/reports/2019-20.md", "Words of 2020-21."),
        write("data/releases/2018-19.csv", "a,b\n"),
        write("mkdocs.yml", "site_name: A rite\n"),
        lambda project: (project / "templates/pages/home.md").unlink(),
        lambda project: (project / "data/releases.yml").rename(project / "data/release.yml"),
        lambda project: (project / "site/reports/2019-20/index.html").unlink(),
        write("site/index.html", "<h1>HOME</h1>"),
        write("site/extra.html", ""),
        lambda project: (project / "site").rename(project / "elsewhere"),
        lambda project: (project / ".cache/published.json").unlink(),
        write(".cache/published.json", "[1]"),
        write(".cache/published.json", '{"pages": '),
    ],
    ids=lambda change: None,
)
def test_any_change_of_an_input_or_of_the_site_is_noticed(change: Change, built: Path) -> None:
    change(built)
    assert unchanged_pages(built, read_recipe(built)) is None


@pytest.mark.parametrize(
    "other",
    [
        {"url": "https://example.org/"},
        {"compressed": True},
        {"package": "0" * 64},
        {"libraries": {"pandas": "0.1"}},
    ],
)
def test_another_recipe_is_another_site(other: dict[str, object], built: Path) -> None:
    assert unchanged_pages(built, replace(read_recipe(built), **other)) is None


def test_another_package_installed_is_noticed(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "packages" / "numpy-0.1.dist-info").mkdir(parents=True)
    monkeypatch.syspath_prepend(tmp_path / "packages")
    assert unchanged_pages(built, read_recipe(built)) is None


@pytest.mark.parametrize("text", ["site_name: !ENV NAME\n", "INHERIT: ../base.yml\n"])
def test_settings_from_elsewhere_always_leave_a_doubt(text: str, built: Path) -> None:
    (built / "mkdocs.yml").write_text(text, encoding="utf-8")
    note_site(built, recipe := read_recipe(built), 2)
    assert unchanged_pages(built, recipe) is None


def test_a_build_with_nothing_to_do_says_so_and_loads_nothing_that_makes_a_site(built: Path) -> None:
    heavy = ["altair", "jinja2", "markdown", "mkdocs", "numpy", "pandas", "vl_convert", "yearbook.pipeline"]
    code = (
        "import sys; from yearbook.cli import main; main(sys.argv[1:], standalone_mode=False); "
        f"print(sorted(set(sys.modules).intersection({heavy})))"
    )
    command = [sys.executable, "-c", code, "--project", str(built), "build"]
    told = subprocess.run(command, capture_output=True, text=True, check=True)
    first, loaded = told.stdout.splitlines()
    assert first.endswith(" s  Nothing has changed since site/ was built: 2 pages.")
    assert loaded == "[]"
    quiet = subprocess.run([*command, "--quiet"], capture_output=True, text=True, check=True)
    assert quiet.stdout == "[]\n"


def test_the_record_lists_every_input_and_every_file_but_itself(built: Path) -> None:
    found = json.loads((built / "site/build.json").read_text(encoding="utf-8"))
    inputs = {path: text for path, text in FILES.items() if not path.startswith("site/")}
    outputs = {path.removeprefix("site/"): text for path, text in FILES.items() if path.startswith("site/")}
    for kind, files in (("inputs", inputs), ("outputs", outputs)):
        assert found[kind] == {path: hashlib.sha256(text.encode()).hexdigest() for path, text in sorted(files.items())}
        assert list(found[kind]) == sorted(found[kind])
    assert found["options"] == {"site_url": None, "compressed": False}
    assert found["python"] == f"{sys.version_info.major}.{sys.version_info.minor}"
    assert set(found["libraries"]) == {
        *("altair", "jinja2", "markdown", "mkdocs", "pagefind", "pandas", "vl-convert-python")
    }


def test_the_record_does_not_depend_on_the_order_in_which_files_are_found_nor_on_a_former_one() -> None:
    one = Recipe({"b": "1", "a": "2"}, "x", {"n": "1", "m": "2"})
    other = Recipe({"a": "2", "b": "1"}, "x", {"m": "2", "n": "1"})
    found = record(one, {"q": "1", "p": "2", "build.json": "3"})
    assert found == record(other, {"p": "2", "q": "1"})


def test_an_input_that_changed_during_a_build_is_named() -> None:
    before = Recipe({}, "x", {"a": "1", "b": "2", "c": "3"})
    assert changed_inputs(before, replace(before, inputs={"a": "1", "b": "9", "d": "4"})) == ["b", "c", "d"]
    assert changed_inputs(before, replace(before, package="y")) == ["Yearbook itself"]
    assert changed_inputs(before, before) == []
