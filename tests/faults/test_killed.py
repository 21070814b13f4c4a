"""A build that is killed, at any moment: the site is the old one or the new one, and the next build mends all else."""

import sys
import threading
from collections.abc import Iterable
from pathlib import Path

import pytest
from faults.conftest import Outcome, Strike

from yearbook.swapping import LAST, NEXT, SITE, put_in_place
from yearbook.upkeep import RESTORED

KILLED = -9


def one_of_each_kind(events: Iterable[str]) -> list[int]:
    """The number of the first event of each kind: what is done, and in which folder; in staging/, where things have an
    order, to what sort of file too, and each removal is of its own kind. The cache has drawings and a note.
    """
    kinds: dict[tuple[str, ...], int] = {}
    for number, event in enumerate(events, start=1):
        what, _, path = event.partition(" ")
        inner = path.rpartition("/project/")[2]
        top = inner.partition("/")[0] if "/" in inner else ""
        staged = "" if top != "staging" else inner if what in ("remove", "rmdir") else Path(inner).name
        if top == ".cache":  # a drawing, or the note of the site in place
            staged = Path(inner).parent.name
        kinds.setdefault((what, top, staged), number)
    return list(kinds.values())


def check_whole(struck: Outcome, before: Outcome, built: Outcome) -> None:
    """The site is the old one or the new one, and the build after it left the project as one that nothing struck."""
    assert struck.of("site") in (before.of("site"), built.of("site")), str(struck)
    assert struck.of("data") == before.of("data"), str(struck)
    (after,) = struck.then
    assert after.status == 0, f"{struck}\n{after.output}"
    assert after.tree == built.tree, str(struck)


def test_a_build_killed_at_any_moment_leaves_a_whole_site_and_the_next_one_leaves_no_trace_of_it(
    edited: Path, strike: Strike, before: Outcome, built: Outcome
) -> None:
    moments = one_of_each_kind(built.events)
    assert len(moments) > 15
    for struck in strike(edited, ["build"], *({"at": at, "how": "kill"} for at in moments), then=[["build"]]):
        assert struck.status == KILLED, str(struck)
        check_whole(struck, before, built)


def test_a_build_killed_half_way_through_a_file_leaves_a_whole_site(
    edited: Path, strike: Strike, before: Outcome, built: Outcome
) -> None:
    writes = [at for at in one_of_each_kind(built.events) if built.events[at - 1].startswith("write")]
    writes = [at for at in writes if not built.events[at - 1].endswith(".yearbook-lock")]
    for struck in strike(edited, ["build"], *({"at": at, "how": "die writing"} for at in writes), then=[["build"]]):
        assert struck.status not in (0, 1, 2), f"{struck}\n{struck.output}"
        check_whole(struck, before, built)


def test_where_folders_cannot_be_exchanged_a_build_killed_between_its_renames_is_mended_by_any_command(
    edited: Path, strike: Strike, before: Outcome, built: Outcome
) -> None:
    (clean,) = strike(edited, ["build"], {"two_renames": True})
    assert clean.tree == built.tree
    renames = [at for at, event in enumerate(clean.events, 1) if event.startswith("rename") and "/.site-" in event]
    first = next(
        at for at, event in enumerate(clean.events, 1) if event.startswith("rename") and event.endswith("/site")
    )
    moments = [{"at": at, "how": "kill", "two_renames": True} for at in (first, *renames, renames[-1] + 1)]
    reading = ["check", "--explain", "content/index.md:1"]
    gone = 0
    for struck in strike(edited, ["build"], *moments, then=[reading, ["build"]]):
        assert struck.status == KILLED
        read, after = struck.then
        if not struck.of(SITE):
            gone += 1
            assert struck.of(LAST)
            assert RESTORED in read.output
            assert read.of(SITE) == before.of(SITE)
        assert read.of(SITE) in (before.of(SITE), built.of(SITE))
        assert (after.status, after.tree) == (0, built.tree)
    assert gone == 1


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is a moment without a site, between two renames")
def test_whoever_opens_a_page_while_sites_are_replaced_always_finds_one_of_them(tmp_path: Path) -> None:
    page = tmp_path / SITE / "index.html"
    found: set[str] = set()
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            try:
                found.add(page.read_text())
            except OSError as error:
                found.add(str(error))

    def make(folder: str, words: str) -> None:
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "index.html").write_text(words)

    make(SITE, "old")
    reader = threading.Thread(target=read)
    reader.start()
    for _ in range(300):
        make(NEXT, "new")
        put_in_place(tmp_path)
    done.set()
    reader.join()
    assert found <= {"old", "new"}
    assert "new" in found
