"""The preview as an editor has it: from the moment a file is saved until the browser shows the new words."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

from bench.projects import lay_out_project
from bench.table import Table, say, seconds
from browsing import FLAGS, MISSING, find_chromium
from playwright.sync_api import sync_playwright

RUNS = 5
PATIENCE = 600
"""Seconds that a page may take to appear."""
EDITED, SHOWN = "content/reports/2019-20.md", "reports/2019-20/"


def measure(folder: Path, quick: bool) -> list[Table]:
    """The median of five edits of a report, or of two where it must be quick, and the time until the first page."""
    path = find_chromium()
    if path is None:
        return [Table("Preview", ("", "seconds"), [], (f"Not measured: {MISSING}.",))]
    project = lay_out_project(folder / "previewed", with_drawings=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}/{SHOWN}"
    command = [sys.executable, "-m", "yearbook.cli", "serve", "--address", f"127.0.0.1:{port}"]
    begun, took = time.perf_counter(), []
    with (folder / "said").open("w") as said:
        serving = subprocess.Popen(command, cwd=project, env=dict(os.environ), stdout=said, stderr=said)
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=path, headless=True, args=FLAGS)
            page = browser.new_page()
            _wait(port, serving, folder / "said")
            page.goto(address)
            first = time.perf_counter() - begun
            for run in range(2 if quick else RUNS):
                say(f"edit {run + 1}")
                with (project / EDITED).open("a", encoding="utf-8") as file:
                    file.write(f"\nEdit {'again ' * (run + 1)}by an editor.\n")
                saved = time.perf_counter()
                page.get_by_text(f"Edit {'again ' * (run + 1)}by an editor.").wait_for(timeout=1000 * PATIENCE)
                took.append(time.perf_counter() - saved)
            browser.close()
    finally:
        serving.terminate()
        serving.wait(30)
    rows = [
        ("from the command to the first page", f"{first:.1f}", ""),
        (f"from a save to the words in the browser (median of {len(took)})", seconds(took), "1"),
    ]
    return [Table("Preview", ("", "seconds", "at most"), rows)]


def _wait(port: int, serving: subprocess.Popen[bytes], said: Path) -> None:
    """Wait until the preview answers. Raises RuntimeError with what it said when it ends, or does not in time."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and serving.poll() is None:
        with socket.socket() as knock:
            if knock.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError(f"the preview does not answer: {said.read_text(encoding='utf-8')[-2000:]}")
