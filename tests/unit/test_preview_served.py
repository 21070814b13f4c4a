"""The preview as an editor has it: the command is started once, and its pages are asked for over HTTP."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

PATIENCE = 120
"""Seconds that a page may take to say what it should: a preview makes the whole site anew."""

REPORT = "content/reports/2019-20.md"


@pytest.fixture
def preview(two_years: Path) -> Iterator[tuple[Path, str]]:
    """A project under preview, with the repository's own settings, which are strict, and the address of its report."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "yearbook.cli", "serve", "--address", f"127.0.0.1:{port}"]
    running = subprocess.Popen(
        command, cwd=two_years, env=dict(os.environ), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield two_years, f"http://127.0.0.1:{port}/reports/2019-20/"
    finally:
        running.terminate()
        running.wait(timeout=20)


def page_when(address: str, holds: Callable[[str], bool]) -> str:
    """The page, once it says what it should."""
    until, text = time.monotonic() + PATIENCE, ""
    while time.monotonic() < until:
        try:
            with urlopen(address, timeout=10) as answer:  # noqa: S310 - our own server
                text = answer.read().decode()
        except (URLError, OSError):
            text = ""
        if holds(text):
            return text
        time.sleep(0.5)
    raise AssertionError(f"the preview does not say so in {PATIENCE} s:\n{text[:3000]}")


def test_a_failing_claim_stands_beside_its_sentence_until_it_is_mended_and_nothing_is_started_again(
    preview: tuple[Path, str],
) -> None:
    project, address = preview
    page_when(address, lambda text: "<h1" in text and 'class="fault"' not in text)
    file, good = project / REPORT, (project / REPORT).read_text(encoding="utf-8")

    file.write_text(good.replace("Words before", "Recovery was 51.1%. Words before"), encoding="utf-8")
    shown = page_when(address, lambda text: 'class="fault"' in text)
    assert re.search(r"Recovery was 51\.1%\.<span class=\"fault\"", shown)
    assert '<code>{{ figure("recovery_rate") }}</code>' in unescape(shown)

    file.write_text(good.replace("title:", "titel:", 1), encoding="utf-8")
    stopped = page_when(address, lambda text: 'aria-label="Problems"' in text)
    assert "Did you mean title?" in stopped
    assert "<h1" in stopped  # the last good page is still there

    file.write_text(good, encoding="utf-8")
    page_when(address, lambda text: "<h1" in text and "fault" not in text)
