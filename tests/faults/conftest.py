"""A project so small that it is built in a moment, and a way to have the command struck while it works."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

Tree = Mapping[str, str]

_PAGE = (
    '<!doctype html><html lang="en"><body data-layout="post"><title>{{ page.title }}</title>'
    "<article>{{ page.content }}</article></body></html>"
)
_SETTINGS = (
    "site_name: Small\ndocs_dir: staging\nplugins: []\ntheme: {name: null, custom_dir: theme}\n"
    "validation: {links: {not_found: warn}}\n"
)


@dataclass(frozen=True)
class Outcome:
    """What came of a command: its status, what it said and did to files, and all that lies in the project after it.

    `at` is the number of the event at which it was struck, 0 for none; `then` are the commands that followed it unhurt.
    """

    at: int
    status: int
    output: str
    events: tuple[str, ...]
    tree: Tree
    then: tuple["Outcome", ...] = ()

    def __str__(self) -> str:
        return f"struck at {self.at}: {self.events[self.at - 1] if 0 < self.at <= len(self.events) else ''}"

    def of(self, folder: str) -> Tree:
        """What lies in a folder of the project; nothing where there is none."""
        return {path: sha for path, sha in self.tree.items() if path == folder or path.startswith(f"{folder}/")}


Strike = Callable[..., list[Outcome]]


@pytest.fixture(scope="session")
def strike(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Strike]:
    """Runs a command on a fresh copy of a project for each of the strikes, then the commands `then` on what is left.

    A strike is a mapping; `strikes.py`, which carries it out, says what it may hold. An empty one does no harm.
    """
    command = [sys.executable, str(Path(__file__).with_name("strikes.py"))]
    env = {**os.environ, "PYTHONWARNINGS": "error"}
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=env) as process:
        assert process.stdin is not None
        assert process.stdout is not None

        def run(
            project: Path,
            words: Sequence[str],
            *strikes: Mapping[str, Any],
            then: Sequence[Sequence[str]] = (),
        ) -> list[Outcome]:
            plan = {
                "pristine": str(project),
                "work": str(tmp_path_factory.mktemp("struck") / "project"),
                "words": ["--project", "WORK", *words],
                "then": [["--project", "WORK", *each] for each in then],
                "strikes": strikes,
            }
            process.stdin.write(json.dumps(plan) + "\n")
            process.stdin.flush()
            return [_outcome(answer) for answer in json.loads(process.stdout.readline())]

        yield run
        process.stdin.close()
        process.wait(timeout=20)


def _outcome(answer: Mapping[str, Any]) -> Outcome:
    then = tuple(_outcome(each) for each in answer.get("then", ()))
    return Outcome(
        answer.get("at", 0), answer["status"], answer["output"], tuple(answer["events"]), answer["tree"], then
    )


@pytest.fixture(scope="session")
def edited(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of two pages, built, then edited: one page changed, one gone, one new. Nobody writes in it."""
    from faults.strikes import build_small

    project = tmp_path_factory.mktemp("small") / "project"
    for path, text in {
        "mkdocs.yml": _SETTINGS,
        "theme/main.html": _PAGE,
        "data/facts.csv": "a,b\n1,2\n",
        "content/index.md": "# Home\n\nThe old words.\n",
        "content/old/gone/page.md": "# A page\n\nThat goes.\n",
    }.items():
        (project / path).parent.mkdir(parents=True, exist_ok=True)
        (project / path).write_text(text, encoding="utf-8")
    build_small(project)
    (project / "content/index.md").write_text("# Home\n\nThe new words.\n", encoding="utf-8")
    shutil.rmtree(project / "content/old")
    (project / "content/new/made").mkdir(parents=True)
    (project / "content/new/made/page.md").write_text("# Another page\n\nThat comes.\n", encoding="utf-8")
    return project


@pytest.fixture(scope="session")
def before(edited: Path) -> Outcome:
    """The edited project before any build of it."""
    from faults.strikes import tree

    return Outcome(0, 0, "", (), tree(edited))


@pytest.fixture(scope="session")
def built(strike: Strike, edited: Path) -> Outcome:
    """An unhurt build of the edited project."""
    (outcome,) = strike(edited, ["build"], {})
    assert outcome.status == 0, outcome.output
    return outcome
