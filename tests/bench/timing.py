"""How long work takes and how much memory, in processes of their own as the command line starts them."""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path


def timed(work: Callable[[], object]) -> float:
    """The seconds that the work takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def python(*words: str, cwd: Path) -> Callable[[], object]:
    """Runs a module in a process of its own, as the command line would."""
    return lambda: subprocess.run([sys.executable, "-m", *words], cwd=cwd, check=True, stdout=subprocess.DEVNULL)


def yearbook(project: Path, *words: str) -> Callable[[], object]:
    """Runs the command in the project."""
    return python("yearbook.cli", "--project", str(project), *words, cwd=project)


LAUNCH = """
import json, resource, subprocess, sys, time
begun = time.perf_counter()
status = subprocess.call(sys.argv[2:], stdout=open(sys.argv[1], "wb"), stderr=subprocess.STDOUT)
took = time.perf_counter() - begun
print(json.dumps([status, took, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss]))
"""
"""Starts a command from a small process: one that a large process starts counts that one's memory as its own."""


def measured(command: list[str], cwd: Path, env: Mapping[str, str] | None = None) -> tuple[float, float]:
    """The seconds that a command takes, and the most MiB that one of its processes held at a time.

    Raises RuntimeError with what it said when it fails.
    """
    said = cwd / ".said"
    launched = [sys.executable, "-I", "-S", "-c", LAUNCH, str(said), *command]
    done = subprocess.run(launched, cwd=cwd, env=env, check=True, capture_output=True, text=True)
    status, took, memory = json.loads(done.stdout)
    if status:
        words = said.read_text(encoding="utf-8", errors="replace")
        raise RuntimeError(f"{' '.join(command)} failed: {words[-2000:]}")
    return took, memory / (2**20 if sys.platform == "darwin" else 2**10)


def measured_yearbook(project: Path, *words: str) -> tuple[float, float]:
    """The seconds and MiB of `yearbook` with these words."""
    return measured([sys.executable, "-m", "yearbook.cli", "--project", str(project), *words], project)
