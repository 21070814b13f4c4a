"""Two commands at once: the second waits a moment, then says who is at work. Who died blocks nobody."""

import importlib.util
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from faults.conftest import Outcome, Strike
from mkdocs.exceptions import PluginError

from yearbook import locks
from yearbook.errors import UsageError
from yearbook.locks import FILE, hold
from yearbook.pipeline import BuiltSite

REPOSITORY = Path(__file__).resolve().parents[2]

HOLD = """
import sys, time
from pathlib import Path
from yearbook.locks import hold
with hold(Path(sys.argv[1]), "build"):
    print("held", flush=True)
    time.sleep(float(sys.argv[2]))
"""

COUNT = """
import sys
from pathlib import Path
from yearbook.locks import hold
project = Path(sys.argv[1])
for _ in range(30):
    with hold(project, "count", patience=60):
        count = int((project / "count").read_text())
        (project / "count").write_text(str(count + 1))
"""


@pytest.fixture
def holder(tmp_path: Path) -> Iterator[Callable[[Path, float], "subprocess.Popen[str]"]]:
    """Starts a process that holds a project's lock for some seconds."""
    started: list[subprocess.Popen[str]] = []

    def start(project: Path, seconds: float) -> "subprocess.Popen[str]":
        command = [sys.executable, "-c", HOLD, str(project), str(seconds)]
        started.append(subprocess.Popen(command, stdout=subprocess.PIPE, text=True))
        assert started[-1].stdout is not None
        assert started[-1].stdout.readline() == "held\n"
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.wait()
        assert process.stdout is not None
        process.stdout.close()


def test_processes_that_all_want_the_lock_have_it_one_after_the_other(tmp_path: Path) -> None:
    (tmp_path / "count").write_text("0")
    command = [sys.executable, "-c", COUNT, str(tmp_path)]
    counting = [subprocess.Popen(command) for _ in range(3)]
    assert [process.wait(timeout=100) for process in counting] == [0, 0, 0]
    assert (tmp_path / "count").read_text() == "90"
    assert not (tmp_path / FILE).exists()


def test_who_waits_in_vain_is_told_who_is_at_work_since_when_and_what_to_do(
    tmp_path: Path, holder: Callable[[Path, float], "subprocess.Popen[str]"]
) -> None:
    process = holder(tmp_path, 60)
    said: list[str] = []
    with pytest.raises(UsageError) as raised, hold(tmp_path, "add", said.append, patience=0.3):
        pass
    who = rf"build, process {process.pid}, since \d{{4}}-\d\d-\d\d \d\d:\d\d:\d\d"
    assert re.fullmatch(f"Waiting for another command: {who}", said[0])
    assert len(said) == 1
    assert re.search(rf"at work in {tmp_path}: {who}\. Wait until it is done, or stop it", str(raised.value))


def test_who_waits_goes_on_as_soon_as_the_other_is_done(
    tmp_path: Path, holder: Callable[[Path, float], "subprocess.Popen[str]"]
) -> None:
    process = holder(tmp_path, 0.5)
    with hold(tmp_path, "add", patience=30):
        assert process.wait(timeout=20) == 0


def test_a_file_that_the_holder_took_away_while_another_opened_it_locks_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock, taken_away = locks._lock, list[bool]()

    def lock_late(handle: int) -> bool:
        if not taken_away:
            (tmp_path / FILE).unlink()
            taken_away.append(True)
        return lock(handle)

    monkeypatch.setattr(locks, "_lock", lock_late)
    with hold(tmp_path, "build"), pytest.raises(UsageError), hold(tmp_path, "add", patience=0):
        pass
    assert taken_away


def test_a_killed_holder_blocks_nobody(
    tmp_path: Path, holder: Callable[[Path, float], "subprocess.Popen[str]"]
) -> None:
    process = holder(tmp_path, 60)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert str(process.pid) in (tmp_path / FILE).read_text()
    with hold(tmp_path, "build", patience=0):
        assert str(os.getpid()) in (tmp_path / FILE).read_text()
    assert not (tmp_path / FILE).exists()


@pytest.mark.parametrize("words", [["build"], ["add", "2019-20", __file__]])
def test_a_command_that_writes_touches_nothing_while_another_is_at_work(
    words: list[str], edited: Path, strike: Strike, before: Outcome
) -> None:
    (struck,) = strike(edited, words, {"held": True})
    assert struck.status == 2, struck.output
    assert "Another command is at work in" in struck.output
    assert {path: what for path, what in struck.tree.items() if path != FILE} == before.tree


def test_a_command_that_reads_does_not_wait(edited: Path, strike: Strike) -> None:
    (struck,) = strike(edited, ["check"], {"held": True})
    assert "Another command" not in struck.output
    assert "data" in struck.output, "it went on to its work"


def test_a_preview_keeps_others_away_from_staging_until_its_pages_are_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec = importlib.util.spec_from_file_location("mkdocs_hook", REPOSITORY / "build" / "mkdocs_hook.py")
    assert spec is not None
    assert spec.loader is not None
    hook = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(hook)
    monkeypatch.setattr(hook, "build_site", lambda *_, **__: BuiltSite({"index.md": b"# Home\n"}, 1, 0, 0))
    config = SimpleNamespace(
        config_file_path=str(tmp_path / "mkdocs.yml"), docs_dir=str(tmp_path / "staging"), extra={}, site_url=""
    )
    for done in (lambda: hook.on_post_build(config), lambda: hook.on_build_error(error=ValueError())):
        hook.on_pre_build(config)
        with pytest.raises(UsageError, match=r"mkdocs build, process \d+"), hold(tmp_path, "build", patience=0):
            pass
        done()
        with hold(tmp_path, "build", patience=0):
            monkeypatch.setattr("yearbook.locks.PATIENCE", 0.0)
            with pytest.raises(PluginError, match="Another command is at work"):
                hook.on_pre_build(config)
