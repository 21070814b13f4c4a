"""A save shows in the preview, and costs what it touched."""

import os
import shutil
from collections.abc import Callable, Iterator
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
        self.forget_times()
        self.preview.update()
        printed = {path for path in self.site.rglob("*.html") if path.stat().st_mtime_ns}
        return {path.relative_to(self.site).parent.as_posix() for path in printed}

    def forget_times(self) -> None:
        for path in self.site.rglob("*.html"):
            os.utime(path, ns=(0, 0))

    def page(self, address: str) -> str:
        return (self.site / address / "index.html").read_text()


@pytest.fixture(scope="module")
def made(built_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Told:
    """A preview that has made the whole site, and a copy of its project beside it. Ask for `told`."""
    found = Told(shutil.copytree(built_once, tmp_path_factory.mktemp("preview") / "project"))
    assert "reports/2018-19" in found.update()
    found.forget_times()
    shutil.copytree(found.project, found.project.with_name("kept"))
    return found


@pytest.fixture
def told(made: Told) -> Iterator[Told]:
    """The preview, which after each test stands as it stood before: its files, and what it knows of them."""
    preview, press, extra = made.preview, made.preview.press, made.preview.press._config.extra
    own = vars(preview) | {"_made": dict(preview._made), "_waiting": [], "_held_up": []}
    known = ((vars(preview), own), (vars(press), dict(vars(press))), (extra, dict(extra)))
    made.said.clear()
    made.asked = 0
    yield made
    put_back(made.project.with_name("kept"), made.project)
    for facts, before in known:
        facts.update(before)


def put_back(kept: Path, project: Path) -> None:
    """See to it that the project holds the files that were kept, with their times, and no other."""
    were, are = (
        {path.relative_to(top): (path.stat().st_mtime_ns, path.stat().st_size) for path in top.rglob("*.*")}
        for top in (kept, project)
    )
    for path in [path for path in are if path not in were and (project / path).is_file()]:
        (project / path).unlink()
    for path, facts in were.items():
        if are.get(path) != facts and (kept / path).is_file():
            (project / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(kept / path, project / path)


def test_an_edit_of_a_paragraph_prints_its_page_alone(told: Told) -> None:
    told.edit(REPORT, lambda words: f"{words.rstrip()}\n\nA zebra crossed.\n")
    assert told.update() == {"reports/2018-19"}
    assert "A zebra crossed." in told.page("reports/2018-19")
    assert told.asked == 0


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


def test_a_save_beside_a_file_that_cannot_be_read_is_shown_once_that_is_mended(told: Told) -> None:
    other = "content/reports/2019-20.md"
    told.edit(other, lambda words: words.replace("title: ", "title: [", 1))
    told.update()
    told.edit(REPORT, lambda words: f"{words.rstrip()}\n\nA zebra crossed.\n")
    told.update()
    assert "A zebra crossed." not in told.page("reports/2018-19")
    told.edit(other, lambda words: words.replace("title: [", "title: ", 1))
    assert {"reports/2018-19", "reports/2019-20"} <= told.update()
    assert "A zebra crossed." in told.page("reports/2018-19")


def test_a_style_sheet_is_copied_and_no_page_printed(told: Told) -> None:
    told.edit("templates/theme/css/print.css", lambda rules: f"{rules}\n/* zebra */\n")
    assert told.update() == set()
    assert "zebra" in (told.site / "css/print.css").read_text()


@pytest.mark.parametrize("path", ["templates/pages/report.md", "data/standards.yml", "mkdocs.yml"])
def test_any_other_edit_makes_the_whole_site_again(told: Told, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    made = list[str]()
    monkeypatch.setattr(told.preview, "_make_all", lambda: made.append(path))
    told.edit(path, lambda text: f"{text}\n")
    told.update()
    assert made == [path]


def test_a_new_file_and_one_taken_away_make_the_whole_site_again_with_the_pages_that_were_printed_alone(
    told: Told,
) -> None:
    told.edit(REPORT, lambda words: words.replace("title: ", "title: Once more, ", 1))
    told.update()
    told.update()
    alone = {address: told.page(address) for address in ("", "reports", "reports/2018-19")}
    post = told.project / "content/posts/a-zebra.md"
    post.parent.mkdir(exist_ok=True)
    post.write_text("---\ntitle: A zebra\nstandfirst: It crossed.\n---\n\nIt did.\n")
    assert {".", "posts/a-zebra", "reports/2018-19"} <= told.update()
    post.unlink()
    assert {".", "reports/2018-19"} <= told.update()
    assert not (told.site / "posts/a-zebra").exists()
    assert {address: told.page(address) for address in alone} == alone


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
