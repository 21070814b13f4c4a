"""A save shows in the preview, and costs what it touched."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from yearbook.preview import FOLDER, Preview

REPORT = "content/reports/2018-19.md"


class Told:
    """A preview of a project, what it said, and how often it asked to go on."""

    def __init__(self, project: Path) -> None:
        self.said: list[str] = []
        self.asked = 0
        self.preview = Preview(project, "http://127.0.0.1:8000/", self.said.append)
        self.preview.again = self.ask
        self.site = project / FOLDER / "site"
        self.project = project

    def ask(self) -> None:
        self.asked += 1

    def edit(self, path: str, change: Callable[[str], str]) -> None:
        target = self.project / path
        before = target.read_text()
        after = change(before)
        assert after != before
        target.write_text(after)

    def update(self) -> set[str]:
        """The addresses of the pages that one update printed."""
        for path in self.site.rglob("*.html"):
            os.utime(path, ns=(0, 0))
        self.preview.update()
        printed = {path for path in self.site.rglob("*.html") if path.stat().st_mtime_ns}
        return {path.relative_to(self.site).parent.as_posix() for path in printed}

    def page(self, address: str) -> str:
        return (self.site / address / "index.html").read_text()


@pytest.fixture
def told(two_years: Path) -> Told:
    """A preview that has made the whole site."""
    found = Told(two_years)
    assert "reports/2018-19" in found.update()
    return found


def test_an_edit_of_a_paragraph_prints_its_page_alone(told: Told) -> None:
    told.edit(REPORT, lambda words: f"{words.rstrip()}\n\nA zebra crossed.\n")
    assert told.update() == {"reports/2018-19"}
    assert "A zebra crossed." in told.page("reports/2018-19")
    assert told.asked == 0


def test_the_page_is_the_one_that_a_whole_build_would_print(told: Told) -> None:
    told.edit(REPORT, lambda words: words.replace("title: ", "title: Once more, ", 1))
    told.update()
    told.update()
    quick = {address: told.page(address) for address in ("", "reports", "reports/2018-19")}
    again = Told(told.project)
    again.update()
    assert {address: again.page(address) for address in quick} == quick


def test_an_edit_of_a_title_prints_its_page_first_and_then_the_pages_that_tell_of_it(told: Told) -> None:
    told.edit(REPORT, lambda words: words.replace("title: ", "title: Once more, ", 1))
    assert told.update() == {"reports/2018-19"}
    assert told.asked == 1
    assert {".", "reports"} <= told.update()
    assert "Once more, " in told.page("reports")
    assert told.update() == set()


def test_a_failing_expression_is_shown_at_the_top_of_its_page_until_it_is_mended(told: Told) -> None:
    told.edit(REPORT, lambda words: f'{words.rstrip()}\n\n{{{{ figure("recovry_rate") }}}}\n')
    assert told.update() == {"reports/2018-19"}
    assert "recovry_rate" in told.page("reports/2018-19")
    assert any(REPORT in words and "recovry_rate" in words for words in told.said)
    told.edit(REPORT, lambda words: words.replace("recovry_rate", "recovery_rate"))
    assert told.update() == {"reports/2018-19"}
    assert "recovry_rate" not in told.page("reports/2018-19")


def test_front_matter_that_cannot_be_read_is_told_and_shown(told: Told) -> None:
    told.edit(REPORT, lambda words: words.replace("title: ", "title: [", 1))
    assert told.update() == {"reports/2018-19"}
    assert any(f"{REPORT}, line" in words for words in told.said)
    assert REPORT in told.page("reports/2018-19")


def test_a_style_sheet_is_copied_and_no_page_printed(told: Told) -> None:
    told.edit("templates/theme/css/print.css", lambda rules: f"{rules}\n/* zebra */\n")
    assert told.update() == set()
    assert "zebra" in (told.site / "css/print.css").read_text()


@pytest.mark.parametrize("path", ["templates/pages/report.md", "data/standards.yml", "mkdocs.yml"])
def test_any_other_edit_makes_the_whole_site_again(told: Told, path: str) -> None:
    told.edit(path, lambda text: f"{text}\n")
    assert {".", "reports", "reports/2018-19", "glossary"} <= told.update()


def test_a_new_file_and_one_taken_away_make_the_whole_site_again(told: Told) -> None:
    post = told.project / "content/posts/a-zebra.md"
    post.parent.mkdir(exist_ok=True)
    post.write_text("---\ntitle: A zebra\nstandfirst: It crossed.\n---\n\nIt did.\n")
    assert {".", "posts/a-zebra", "reports/2018-19"} <= told.update()
    post.unlink()
    assert {".", "reports/2018-19"} <= told.update()
    assert not (told.site / "posts/a-zebra").exists()


def test_a_problem_of_the_data_is_at_the_top_of_every_page_that_stands(told: Told) -> None:
    told.edit("data/standards.yml", lambda text: text.replace("metric: recovery_rate", "metric: recovry_rate"))
    told.update()
    assert "recovry_rate" in told.page("reports/2018-19")
    assert "recovry_rate" in told.page("glossary")


def test_a_preview_leaves_what_a_build_made_alone(told: Told) -> None:
    before = {path: path.stat().st_mtime_ns for top in ("site", "staging") for path in (told.project / top).rglob("*")}
    told.edit(REPORT, lambda words: f"{words.rstrip()}\n\nA zebra crossed.\n")
    told.update()
    after = {path: path.stat().st_mtime_ns for top in ("site", "staging") for path in (told.project / top).rglob("*")}
    assert after == before
