"""The workflow that publishes: it runs the project's own commands, may do little, and compares what it built."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

FILE = ".github/workflows/site.yml"
OURS = ["make check", "make site", "make test"]
PUBLISHED_FROM = "github.ref == 'refs/heads/main' && github.event_name != 'pull_request'"


@pytest.fixture(scope="module")
def text(project: Path) -> str:
    return (project / FILE).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def workflow(text: str) -> dict[Any, Any]:
    """The workflow as YAML 1.1 reads it, in which its key `on` is a truth."""
    read: dict[Any, Any] = yaml.safe_load(text)
    return read


def runs(workflow: dict[Any, Any]) -> list[str]:
    """What every step of every job runs."""
    return [step["run"] for job in workflow["jobs"].values() for step in job["steps"] if "run" in step]


def test_it_runs_the_commands_that_people_are_told_of_and_ci_runs(workflow: dict[Any, Any], project: Path) -> None:
    made = [run for run in runs(workflow) if re.search(r"\bmake\b", run)]
    assert sorted(set(made)) == OURS
    targets = set(re.findall(r"(?m)^(\w+):", (project / "Makefile").read_text(encoding="utf-8")))
    told = "".join((project / name).read_text(encoding="utf-8") for name in ("README.md", "CONTRIBUTING.md"))
    in_ci = (project / ".ci" / "run").read_text(encoding="utf-8")
    for command in OURS:
        assert command.removeprefix("make ") in targets
        assert command in told
        assert command in in_ci


def test_what_is_published_passed_everything_and_was_not_merely_proposed(workflow: dict[Any, Any]) -> None:
    assert set(workflow[True]) == {"push", "pull_request", "schedule", "workflow_dispatch"}
    assert workflow[True]["push"] == {"branches": ["main"]}
    jobs = workflow["jobs"]
    assert set(jobs["publish"]["needs"]) == set(jobs) - {"publish"}
    assert jobs["publish"]["if"] == PUBLISHED_FROM
    (handed,) = [step for step in jobs["build"]["steps"] if "upload-pages-artifact" in step.get("uses", "")]
    assert handed["if"] == PUBLISHED_FROM


def test_only_the_job_that_publishes_may_write(workflow: dict[Any, Any]) -> None:
    assert workflow["permissions"] == {}
    writing = {name: job["permissions"] for name, job in workflow["jobs"].items() if "write" in str(job["permissions"])}
    assert writing == {"publish": {"pages": "write", "id-token": "write"}}


def test_every_action_is_one_commit_whose_version_is_named(text: str) -> None:
    used = re.findall(r"uses: (.+)", text)
    assert len(used) > 5
    assert [one for one in used if not re.fullmatch(r"actions/[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", one)] == []


def audit(workflow: Path) -> subprocess.CompletedProcess[str]:
    """What zizmor, which knows the format and its dangers, says of a workflow, with nothing asked of any host."""
    program = shutil.which("zizmor", path=os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"])))
    assert program, "zizmor is among the packages of the tests"
    words = ["--offline", "--no-config", "--no-progress", "--quiet", "--persona=pedantic", str(workflow)]
    return subprocess.run([program, *words], capture_output=True, text=True, timeout=60, check=False)


def test_an_auditor_of_workflows_finds_nothing(project: Path) -> None:
    found = audit(project / FILE)
    assert found.returncode == 0, found.stdout + found.stderr


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ("permissions: {}", "permissions: write-all", "excessive-permissions"),
        ("runs-on:", "run-on:", "does not match"),
        ("run: make check", 'run: make check "${{ github.head_ref }}"', "template-injection"),
        ("persist-credentials: false", "fetch-depth: 1", "artipacked"),
    ],
)
def test_the_auditor_finds_what_it_is_for(before: str, after: str, found: str, text: str, tmp_path: Path) -> None:
    folder = tmp_path / ".github" / "workflows"
    folder.mkdir(parents=True)
    (folder / "site.yml").write_text(text.replace(before, after), encoding="utf-8")
    said = audit(folder / "site.yml")
    assert said.returncode
    assert found in said.stdout + said.stderr


# The steps of the job that builds twice, with a site of one file in the place of ours ---------------------------------


@pytest.mark.parametrize(
    ("recipe", "status"),
    [
        ("mkdir -p site && echo words > site/index.html", 0),
        ("mkdir -p site && pwd > site/index.html", 1),
        ("mkdir -p site && echo $$TZ > site/index.html", 1),
        ("mkdir -p site && echo $$PYTHONHASHSEED > site/index.html", 1),
        ("mkdir -p site && touch site/`ls -d .cache`", 1),
        ("mkdir -p site && date +%N > site/index.html", 1),
        ("mkdir -p site && echo $$YEARBOOK_SITE_URL > site/index.html", 0),
    ],
    ids=["alike", "the folder", "the zone", "the hash seed", "the cache", "the time", "the address"],
)
def test_two_builds_that_differ_in_a_byte_stop_the_job(
    recipe: str, status: int, workflow: dict[Any, Any], tmp_path: Path
) -> None:
    checkout, temporary = tmp_path / "checkout", tmp_path / "temporary"
    checkout.mkdir()
    temporary.mkdir()
    (checkout / "Makefile").write_text(f"site:\n\t{recipe}\n", encoding="utf-8")
    git = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org"]
    for words in (["init", "-q"], ["add", "."], ["commit", "-qm", "A site"], ["checkout", "-q", "--detach"]):
        subprocess.run([*git, *words], cwd=checkout, check=True)
    (checkout / ".cache").mkdir()
    done = 0
    for step in workflow["jobs"]["build"]["steps"]:
        if "run" in step and done == 0:
            folder = step.get("working-directory", ".").replace("${{ runner.temp }}", str(temporary))
            given = {**os.environ, **step.get("env", {}), "RUNNER_TEMP": str(temporary)}
            command = ["bash", "-e", "-c", step["run"]]
            done = subprocess.run(
                command, cwd=checkout / folder, env=given, capture_output=True, check=False
            ).returncode
    assert bool(done) == bool(status)
