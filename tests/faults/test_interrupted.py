"""Ctrl-C, and the death of the command while its workers draw: nobody goes on, and one line says what is left."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from faults.conftest import Outcome, Strike
from faults.strikes import tree
from faults.test_killed import one_of_each_kind

STOPPED = "Stopped. Nothing is half done: site/ and data/ are whole. Run the command again to finish."

DRAWING = """
import signal, sys, threading, time
from functools import partial
import yearbook.pipeline
from yearbook.charts.workers import draw_all
from yearbook.cli import main

def build_site(project, *_, **__):
    begins, each = float(sys.argv[1]), float(sys.argv[2])
    if begins:
        threading.Timer(begins / 2, print, ["drawing"], {"flush": True}).start()
    for done, _ in enumerate(draw_all(time.sleep, [0.02] * 4000, workers=2, prepare=partial(time.sleep, begins))):
        if not done and not begins:
            print("drawing", flush=True)
        time.sleep(each)

if __name__ == "__main__":
    yearbook.pipeline.build_site = build_site
    signal.signal(signal.SIGINT, signal.default_int_handler)  # which tests in the background would ignore
    main(["--project", sys.argv[3], "build"])
"""
"""A build that draws for forty seconds in two workers. These take a time, as told, to begin, and it spends a time on
each image that they drew. It says when it is drawing, or half begun."""


@pytest.fixture(params=[("0", "0"), ("0", "0.015"), ("2", "0")], ids=["waiting", "busy", "beginning"])
def drawing(request: pytest.FixtureRequest, edited: Path) -> Iterator["subprocess.Popen[str]"]:
    """A build with its workers at work, in a group of processes of its own, as a terminal starts it."""
    process = subprocess.Popen(
        [sys.executable, "-c", DRAWING, *request.param, str(edited)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "drawing\n"
        yield process
    finally:
        if is_alive(process.pid):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def is_alive(group: int) -> bool:
    """Whether any process of the group is left."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def has_ended(group: int, within: float) -> bool:
    until = time.monotonic() + within
    while is_alive(group) and time.monotonic() < until:
        time.sleep(0.05)
    return not is_alive(group)


def test_ctrl_c_while_workers_draw_ends_all_of_them_at_once_with_one_line(
    drawing: "subprocess.Popen[str]", edited: Path, before: Outcome
) -> None:
    os.killpg(drawing.pid, signal.SIGINT)
    _, said = drawing.communicate(timeout=20)
    assert (drawing.returncode, said.splitlines()) == (130, [STOPPED])
    assert has_ended(drawing.pid, within=5)
    assert tree(edited) == before.tree


def test_workers_end_when_the_command_is_killed(drawing: "subprocess.Popen[str]") -> None:
    drawing.kill()
    drawing.wait()
    assert has_ended(drawing.pid, within=15)


def test_ctrl_c_at_any_moment_of_a_build_leaves_a_whole_site_and_nothing_else(
    edited: Path, strike: Strike, before: Outcome, built: Outcome
) -> None:
    moments = [at for at in one_of_each_kind(built.events) if not built.events[at - 1].endswith(".yearbook-lock")]
    for struck in strike(edited, ["build"], *({"at": at, "how": "interrupt"} for at in moments)):
        assert (struck.status, struck.output.splitlines()[-1]) == (130, STOPPED), f"{struck}\n{struck.output}"
        assert struck.of("site") in (before.of("site"), built.of("site")), str(struck)
        assert not [path for path in struck.tree if path.startswith(".site-") or ".part" in path], str(struck)
