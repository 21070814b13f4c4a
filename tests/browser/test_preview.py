"""A save shows in the open page of a preview, which is not loaded anew for it."""

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from unit.conftest import built_once  # noqa: F401 - a fixture

REPORT = "content/reports/2018-19.md"


@dataclass
class Open:
    """An open page of the preview of a project."""

    page: Page
    project: Path

    def edit(self, path: str, change: Callable[[str], str]) -> None:
        target = self.project / path
        target.write_text(change(target.read_text()))

    def wait_for(self, condition: str) -> None:
        self.page.wait_for_function(condition, timeout=30_000)


@pytest.fixture
def opened(chromium: Browser, built_once: Path, tmp_path: Path) -> Iterator[Open]:  # noqa: F811
    project = tmp_path / "project"
    shutil.copytree(built_once, project, ignore=shutil.ignore_patterns("site", "staging"))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    command = [sys.executable, "-m", "yearbook.cli", "--project", str(project), "serve", "--address", address]
    with (tmp_path / "said").open("w") as said, subprocess.Popen(command, stdout=said, stderr=said) as serving:
        try:
            until = time.monotonic() + 180
            while "Serving at" not in (tmp_path / "said").read_text():
                assert serving.poll() is None, (tmp_path / "said").read_text()
                assert time.monotonic() < until
                time.sleep(0.1)
            page = chromium.new_page()
            with page.expect_request("**/livereload/**"):  # it listens
                page.goto(f"http://{address}/reports/2018-19/")
            page.evaluate("window.kept = true")
            yield Open(page, project)
            page.close()
        finally:
            serving.terminate()


def test_a_save_shows_in_the_open_page_which_is_loaded_anew_only_where_it_must_be(opened: Open) -> None:
    opened.edit(REPORT, lambda words: f"{words.rstrip()}\n\nA zebra crossed.\n")
    opened.wait_for("document.body.textContent.includes('A zebra crossed.')")
    opened.edit(REPORT, lambda words: words.replace("A zebra crossed.", "Two zebras crossed."))
    opened.wait_for("document.body.textContent.includes('Two zebras crossed.')")
    assert "A zebra crossed." not in opened.page.content()
    assert opened.page.evaluate("window.kept") is True

    opened.edit(REPORT, lambda words: words.replace("Two zebras", '{{ figure("zebras") }}'))
    opened.wait_for("document.querySelector('.faults')?.textContent.includes('zebras')")
    opened.edit(REPORT, lambda words: words.replace('{{ figure("zebras") }}', "Three zebras"))
    opened.wait_for("!document.querySelector('.faults') && document.body.textContent.includes('Three zebras')")
    assert opened.page.evaluate("window.kept") is True

    opened.edit("templates/theme/css/print.css", lambda rules: f"{rules}\n:root {{ --zebra: 3; }}\n")
    opened.wait_for("window.kept === undefined")
