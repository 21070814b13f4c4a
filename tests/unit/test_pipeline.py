"""The way of the data, from a project's folder to the bytes of its site."""

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

from yearbook.archive import Archive
from yearbook.errors import CommentaryError, DataError
from yearbook.outputs.package import DataPackage
from yearbook.pages.page import Page
from yearbook.pipeline import build_site, check_project, data_files
from yearbook.staging import publish, write_staging

Snapshot = Callable[[Path], dict[str, bytes]]


def test_same_inputs_give_the_same_bytes_in_another_place_zone_and_order(
    built_once: Path,
    tmp_path: Path,
    fresh_two_years: Callable[[Path], Path],
    run: Callable[..., subprocess.CompletedProcess[str]],
    snapshot: Snapshot,
) -> None:
    elsewhere = fresh_two_years(tmp_path / "a folder" / "with a länger name")
    lost, kept = take_over_drawings(built_once, elsewhere)
    command = ("yearbook.cli", "--project", str(elsewhere), "build")
    done = run(*command, cwd=tmp_path, PYTHONHASHSEED="4242", TZ="Pacific/Auckland", LC_ALL="C")
    # What a drawing is made of is the same here too, or it would not be found; of each kind some are drawn again.
    assert f"{lost} images drawn and {kept} from the cache" in done.stdout, done.stdout + done.stderr
    assert snapshot(elsewhere / "site") == snapshot(built_once / "site")
    assert snapshot(elsewhere / "staging") == snapshot(built_once / "staging")


def take_over_drawings(built: Path, project: Path) -> tuple[int, int]:
    """Gives a project the drawings of another, every tenth left out: how many it lacks, and how many it has.

    To draw all of them takes half a minute of a processor.
    """
    drawings = sorted((built / ".cache" / "charts").iterdir())
    lost = drawings[::10]
    assert {drawing.suffix for drawing in lost} == {drawing.suffix for drawing in drawings}
    (project / ".cache" / "charts").mkdir(parents=True)
    for drawing in drawings:
        if drawing not in lost:
            shutil.copy(drawing, project / ".cache" / "charts")
    return len(lost), len(drawings) - len(lost)


def test_building_writes_nothing_but_the_cache_of_drawings(
    built_once: Path, tmp_path: Path, fresh_two_years: Callable[[Path], Path], snapshot: Snapshot
) -> None:
    project = fresh_two_years(tmp_path / "beside" / "project")
    lost, kept = take_over_drawings(built_once, project)
    (tmp_path / "beside" / "neighbour.txt").write_text("not ours")
    before = snapshot(tmp_path)
    site = build_site(project)
    added = {path for path, content in snapshot(tmp_path).items() if before.get(path) != content}
    assert added
    kept_in = tuple(f"beside/project/.cache/{folder}/" for folder in ("charts", "fonts", "made"))
    assert all(path.startswith(kept_in) for path in added)
    assert (site.drawn, site.cached) == (lost, kept)


def test_a_second_build_draws_nothing(two_years: Path) -> None:
    site = build_site(two_years)
    assert (site.drawn, site.cached) == (0, len(list((two_years / ".cache" / "charts").iterdir())))


def test_a_build_does_not_read_its_own_output(two_years: Path) -> None:
    before = build_site(two_years).files
    for folder in ("staging", "site"):
        shutil.rmtree(two_years / folder)
    assert build_site(two_years).files == before


def test_progress_tells_each_step_in_order(two_years: Path) -> None:
    told: list[str] = []
    build_site(two_years, told.append)
    assert [words.split()[0] for words in told] == [
        "Reading",
        "Reconciling",
        "Comparing",
        "Writing",
        "Drawing",
        "Drawing",
    ]


def test_every_drawing_is_an_image_with_a_title_and_a_description(two_years: Path) -> None:
    drawings = {path: content for path, content in build_site(two_years).files.items() if path.endswith(".svg")}
    assert drawings
    for path, content in drawings.items():
        root = ElementTree.fromstring(content)  # noqa: S314 - our own drawing
        assert root.get("role") == "img", path
        title, description = (root.find(f"{{http://www.w3.org/2000/svg}}{tag}") for tag in ("title", "desc"))
        assert title is not None, path
        assert description is not None, path
        assert title.text, path
        assert description.text, path
        assert (root.get("aria-labelledby") or "").split() == [title.get("id"), description.get("id")], path


def test_each_page_is_staged_with_its_title_and_layout(two_years: Path) -> None:
    pages = {path: content.decode() for path, content in build_site(two_years).files.items() if path.endswith(".md")}
    assert len(pages) > 100
    layouts = "home|reports?|trends?|groups?|posts?|methods?|glossary|data|areas|bulletin"
    for path, text in pages.items():
        head = text.split("---\n")[1]
        assert re.search(r"^title: .+", head, re.MULTILINE), path
        assert re.search(rf"^layout: ({layouts})$", head, re.MULTILINE), path


def test_faults_in_data_and_in_words_are_told_together(two_years: Path) -> None:
    release, words = two_years / "data/releases/2019-20.csv", two_years / "content/reports/2018-19.md"
    release.write_text(release.read_text().replace("1694790", "many"))
    words.write_text("no front matter\n")
    with pytest.raises(DataError) as refused:
        check_project(two_years)
    assert [(problem.file, problem.line) for problem in refused.value.problems] == [
        ("content/reports/2018-19.md", 1),
        ("data/releases/2019-20.csv", 2),
    ]


def test_an_unreadable_file_does_not_hide_the_faults_within_the_others(two_years: Path) -> None:
    (two_years / "content/reports/2018-19.md").write_text("---\ntitle: Only\n---\n")
    (two_years / "content/glossary/terms.md").unlink()
    report = two_years / "content/reports/2019-20.md"
    report.write_text(report.read_text() + '\n{{ figure("no_such_metric") }}\n')
    lines = report.read_text().count("\n")
    with pytest.raises(CommentaryError) as refused:
        build_site(two_years)
    assert [(problem.file, problem.line) for problem in refused.value.problems] == [
        ("content/glossary/terms.md", 0),
        ("content/reports/2018-19.md", 1),
        ("content/reports/2019-20.md", lines),
    ]


def test_a_year_without_words_is_a_problem_not_an_empty_page(two_years: Path) -> None:
    (two_years / "content/reports/2018-19.md").unlink()
    with pytest.raises(CommentaryError, match=r"content/reports/2018-19\.md\n  The report for 2018-19 has no words\."):
        build_site(two_years)


def test_a_report_may_be_nothing_but_its_front_matter(two_years: Path) -> None:
    words = two_years / "content/reports/2018-19.md"
    words.write_bytes(b"\xef\xbb\xbf---\r\ntitle: From another editor\r\nstandfirst: With its line ends.\r\n---")
    page = build_site(two_years).files["reports/2018-19.md"].decode()
    assert "# From another editor\n\nWith its line ends.\n" in page
    assert "\r" not in page


def test_what_data_files_say_stays_text_in_the_published_page(two_years: Path) -> None:
    hostile = "<script>alert(1)</script> **bold** [link](javascript:alert(2)) {{ 7 * 7 }} <b onclick=x>"
    for name in ("events.yml", "breaks.yml", "standards.yml", "targets.yml", "releases.yml"):
        path = two_years / "data" / name
        path.write_text(
            re.sub(
                r"(?m)^(..(?:title|why|text|source|caveat|counts|mark|publisher|provenance): ).*",
                rf"\1'{hostile}'",
                path.read_text(),
            )
        )
    register = two_years / "data" / "releases.yml"
    register.write_text(re.sub(r"(?m)^  page: .*", "  page: javascript:alert(3)", register.read_text()))
    write_staging(build_site(two_years).files, two_years / "staging")
    publish(two_years)
    pages = [path.read_text() for path in sorted((two_years / "site").rglob("*.html"))]
    assert sum(page.count("{{ 7 * 7 }}") for page in pages) >= 8
    for page in pages:
        scripts = re.findall(r"<script[^>]*>", page)
        ours = r'<script type="module" src="(?:\.\./)*js/[\w-]+\.[0-9a-f]{8}\.js">|<script type="application/ld\+json">'
        assert all(re.fullmatch(ours, script) for script in scripts)
        unworded = re.sub(r' (?:alt|content|aria-label)="[^"]*"', "", page)  # words may say anything
        assert not re.search(r"<[^>]+(?:javascript:|onclick)", unworded)
        assert not re.search(r"<(?:strong|b)[^>]*>bold", page)


def test_the_time_and_the_zone_of_the_machine_are_not_in_the_site(built_once: Path) -> None:
    for path in sorted((built_once / "site").rglob("*")):
        if path.is_file():
            assert os.fsencode(built_once) not in path.read_bytes(), path


def test_a_page_that_keeps_a_table_it_links_to_for_itself_is_a_fault_of_ours(archive: Archive) -> None:
    page = Page("areas/a.md", "A", "area", '<a href="../../data/tables/lost.csv" download>CSV</a>')
    with pytest.raises(AssertionError, match=r"areas/a\.md shows \['lost'\]"):
        data_files(DataPackage((), (), (), {}, archive), [page])
