"""What a command that writes clears away before it begins, and what it leaves alone."""

from pathlib import Path

import pytest

from yearbook.staging import write_staging
from yearbook.swapping import LAST, NEXT, SITE
from yearbook.upkeep import RESTORED, at_work, put_right


def make(project: Path, *paths: str) -> None:
    for path in paths:
        (project / path).parent.mkdir(parents=True, exist_ok=True)
        (project / path).write_text("words")


def left(project: Path) -> set[str]:
    return {path.relative_to(project).as_posix() for path in project.rglob("*") if path.is_file()}


@pytest.mark.parametrize("left_over", [NEXT, LAST])
def test_what_a_killed_build_left_is_cleared_away_and_no_drawing_with_it(tmp_path: Path, left_over: str) -> None:
    kept = {f"{SITE}/index.html", ".cache/charts/a.svg", ".cache/fonts/b/c.ttf", "data/a.csv"}
    make(tmp_path, *kept, f"{left_over}/index.html", ".cache/charts/x.part", ".cache/fonts/b/.c.ttf.9")
    with at_work(tmp_path, "build"):
        assert left(tmp_path) == kept | {".yearbook-lock"}
    assert left(tmp_path) == kept


def test_a_link_that_leads_to_the_old_site_is_cleared_and_what_it_leads_to_stays(tmp_path: Path) -> None:
    make(tmp_path, "elsewhere/index.html")
    (tmp_path / NEXT).symlink_to(tmp_path / "elsewhere")
    with at_work(tmp_path, "build"):
        pass
    assert left(tmp_path) == {"elsewhere/index.html"}


def test_a_command_that_reads_puts_the_site_back_and_where_all_is_well_does_not_even_look_for_the_lock(
    tmp_path: Path,
) -> None:
    said: list[str] = []
    make(tmp_path, f"{LAST}/index.html")
    put_right(tmp_path, said.append)
    assert (left(tmp_path), said) == ({f"{SITE}/index.html"}, [RESTORED])
    with at_work(tmp_path, "build"):
        put_right(tmp_path, said.append)
    assert said == [RESTORED]


def test_a_half_written_staged_file_is_cleared_away_though_nothing_is_to_be_written(tmp_path: Path) -> None:
    write_staging({"index.md": b"# Home"}, tmp_path)
    (tmp_path / ".part").write_bytes(b"# Ho")
    write_staging({"index.md": b"# Home"}, tmp_path)
    assert left(tmp_path) == {"index.md", "manifest.json"}
