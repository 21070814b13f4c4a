"""What is written, what is left alone, and what a failed or killed build leaves behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from yearbook.errors import UsageError, YearbookError
from yearbook.pipeline import build_site
from yearbook.staging import publish, write_staging

Snapshot = Callable[[Path], dict[str, bytes]]


def stamps(folder: Path) -> dict[str, tuple[int, int]]:
    """When each file was written, and which file it is."""
    found = {path.relative_to(folder).as_posix(): path.stat() for path in folder.rglob("*") if path.is_file()}
    return {path: (stat.st_mtime_ns, stat.st_ino) for path, stat in found.items()}


def test_staging_the_same_files_again_touches_none(two_years: Path) -> None:
    before = stamps(two_years / "staging")
    staged = write_staging(build_site(two_years).files, two_years / "staging")
    assert (staged.written, staged.removed) == (0, 0)
    assert stamps(two_years / "staging") == before


def test_only_the_file_that_differs_is_written(tmp_path: Path) -> None:
    write_staging({"a.md": b"one", "b/c.md": b"two"}, tmp_path)
    before = stamps(tmp_path)
    staged = write_staging({"a.md": b"one", "b/c.md": b"TWO"}, tmp_path)
    assert (staged.written, staged.removed, staged.kept) == (1, 0, 1)
    changed = {path for path, stamp in stamps(tmp_path).items() if before[path] != stamp}
    assert changed == {"b/c.md", "manifest.json"}


def test_a_file_no_longer_made_is_removed_and_a_stranger_is_left(tmp_path: Path, snapshot: Snapshot) -> None:
    write_staging({"a.md": b"one", "gone/deep/b.md": b"two"}, tmp_path)
    (tmp_path / ".gitkeep").write_text("")
    staged = write_staging({"a.md": b"one"}, tmp_path)
    assert (staged.written, staged.removed, staged.kept) == (0, 1, 1)
    assert set(snapshot(tmp_path)) == {"a.md", ".gitkeep", "manifest.json"}
    assert not (tmp_path / "gone").exists()


@pytest.mark.parametrize("path", ["../outside.md", "/outside.md", "a/../../outside.md", "link/outside.md"])
def test_a_path_out_of_the_folder_is_refused_before_anything_is_written(
    path: str, tmp_path: Path, snapshot: Snapshot
) -> None:
    (tmp_path / "staging").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "staging" / "link").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(UsageError, match="would be written outside staging/"):
        write_staging({"a.md": b"one", path: b"two"}, tmp_path / "staging")
    assert snapshot(tmp_path) == {}


def test_a_file_altered_behind_our_back_is_made_again(tmp_path: Path) -> None:
    write_staging({"a.md": b"51.1%"}, tmp_path)
    (tmp_path / "a.md").write_bytes(b"99.9%")  # as long as before, so its size tells nothing
    write_staging({"a.md": b"51.1%"}, tmp_path)
    assert (tmp_path / "a.md").read_bytes() == b"51.1%"


def test_what_a_killed_build_staged_is_not_published_by_the_next(
    tmp_path: Path, snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        """Stands for the end of the process."""

    written: list[Path] = []
    replace = Path.replace

    def replace_once_then_die(self: Path, target: Path) -> Path:
        if len(written) == 2:
            raise Killed
        written.append(Path(target))
        return replace(self, target)

    write_staging({"a.md": b"one"}, tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", replace_once_then_die)
        with pytest.raises(Killed):
            write_staging({"new.md": b"new", "a.md": b"ONE"}, tmp_path)
    assert (tmp_path / "new.md").exists()
    write_staging({"a.md": b"one"}, tmp_path)
    assert set(snapshot(tmp_path)) == {"a.md", "manifest.json"}
    assert (tmp_path / "a.md").read_bytes() == b"one"


def test_publishing_touches_nothing_but_the_site(two_years: Path, snapshot: Snapshot) -> None:
    (two_years / "notes.txt").write_text("mine")
    before = snapshot(two_years.parent)
    files = publish(two_years)
    assert snapshot(two_years.parent) == before
    assert files == len([path for path in (two_years / "site").rglob("*") if path.is_file()])


def test_a_site_that_is_not_ours_is_refused_and_left(two_years: Path, snapshot: Snapshot) -> None:
    (two_years / "site").rename(two_years / "old")
    (two_years / "site").mkdir()
    (two_years / "site" / "thesis.txt").write_text("ten years of work")
    with pytest.raises(UsageError, match="holds files that Yearbook did not make"):
        publish(two_years)
    assert snapshot(two_years / "site") == {"thesis.txt": b"ten years of work"}


def test_a_file_called_site_is_refused_and_left(two_years: Path) -> None:
    (two_years / "site").rename(two_years / "old")
    (two_years / "site").write_text("not a folder")
    with pytest.raises(UsageError, match="holds files that Yearbook did not make"):
        publish(two_years)
    assert (two_years / "site").read_text() == "not a folder"


def test_a_broken_link_is_told_and_the_last_site_stays(two_years: Path, snapshot: Snapshot) -> None:
    before = snapshot(two_years / "site")
    words = two_years / "content" / "reports" / "2019-20.md"
    words.write_text(words.read_text().replace("../glossary.md", "../methods/glosary.md"))
    write_staging(build_site(two_years).files, two_years / "staging")
    with pytest.raises(YearbookError, match=r"reports/2019-20\.md.*\.\./methods/glosary\.md"):
        publish(two_years)
    assert snapshot(two_years / "site") == before
    assert not list(two_years.glob(".site-*"))


def test_a_broken_anchor_is_told_too(two_years: Path) -> None:
    words = two_years / "content" / "reports" / "2019-20.md"
    words.write_text(words.read_text().replace("../glossary.md", "../methods/metrics.md#no-such-metric"))
    write_staging(build_site(two_years).files, two_years / "staging")
    with pytest.raises(YearbookError, match="#no-such-metric"):
        publish(two_years)


def test_a_build_killed_between_the_renames_is_mended_by_the_next_even_if_that_fails(
    two_years: Path, snapshot: Snapshot
) -> None:
    before = snapshot(two_years / "site")
    (two_years / "site").rename(two_years / ".site-last")
    (two_years / ".site-next").mkdir()
    (two_years / "staging" / "index.md").write_text("[broken](nowhere.md)")
    with pytest.raises(YearbookError, match=r"nowhere\.md"):
        publish(two_years)
    assert snapshot(two_years / "site") == before
    assert not list(two_years.glob(".site-*"))


def pages_of(files: Mapping[str, bytes]) -> set[str]:
    """The paths of a site, without those of its search, which are named for the words they hold."""
    return {path for path in files if not path.startswith("pagefind/")}


@pytest.mark.parametrize("moment", ["Drawing", "Printing"])
def test_a_killed_build_leaves_a_whole_site_and_the_next_one_succeeds(
    moment: str, two_years: Path, snapshot: Snapshot
) -> None:
    before = snapshot(two_years / "site")
    words = two_years / "content" / "reports" / "2018-19.md"
    words.write_text(words.read_text().replace("The year before", "Another title"))
    command = [sys.executable, "-u", "-m", "yearbook.cli", "--project", str(two_years), "build"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ}) as build:
        assert build.stdout is not None
        for line in build.stdout:
            if moment in line:
                time.sleep(0.1)
                break
        build.send_signal(signal.SIGKILL)
    held = snapshot(two_years / "site") or snapshot(two_years / ".site-last")
    if held != before:  # it was quicker than we were: then it must have finished
        assert "Another title" in held["reports/2018-19/index.html"].decode()
        assert pages_of(held) == pages_of(before)
    write_staging(build_site(two_years).files, two_years / "staging")
    publish(two_years)
    after = snapshot(two_years / "site")
    assert pages_of(after) == pages_of(before)
    assert "Another title" in after["reports/2018-19/index.html"].decode()
    assert not list(two_years.glob(".site-*"))
