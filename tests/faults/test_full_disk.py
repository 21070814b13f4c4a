"""A disk that takes no more: one line says so, the last site stays, and nothing half written is left over."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from faults.conftest import Outcome, Strike
from faults.test_killed import one_of_each_kind

from yearbook.cli import main


def moments(built: Outcome) -> list[int]:
    """The moments at which a build needs space on the disk: of each kind one, and when it indexes and finishes."""
    kinds = one_of_each_kind(built.events)
    needs = [(at, event) for at, event in enumerate(built.events, 1) if event.startswith(("write", "rename"))]
    return [at for at, event in needs if at in kinds or event.endswith(("search/words.json", "/_headers"))]


def is_of_the_cache(built: Outcome, at: int) -> bool:
    return "/.cache/" in built.events[at - 1]


def test_a_full_disk_is_told_in_one_line_that_names_what_was_written_and_the_last_site_stays(
    edited: Path, strike: Strike, before: Outcome, built: Outcome
) -> None:
    full = [at for at in moments(built) if not is_of_the_cache(built, at)]
    assert len(full) > 5
    for struck in strike(edited, ["build"], *({"at": at, "how": "ENOSPC"} for at in full), then=[["build"]]):
        assert struck.status == 1, f"{struck}\n{struck.output}"
        said = [line for line in struck.output.splitlines() if "MkDocs" not in line]
        assert len(said) == 1, struck.output
        assert "No space left on device. Free some space on the disk" in said[0]
        assert "/project" in said[0]
        assert "What was in site/ and data/ is untouched." in said[0]
        assert struck.of("site") == before.of("site"), str(struck)
        assert not [path for path in struck.tree if path.startswith(".site-") or ".part" in path], str(struck)
        assert (struck.then[0].status, struck.then[0].tree) == (0, built.tree), str(struck)


def test_a_file_that_the_system_really_cuts_short_is_left_nowhere(
    edited: Path, strike: Strike, before: Outcome, built: Outcome
) -> None:
    """The process may write five bytes into a file and no more, from the given moment on."""
    cut = [at for at in moments(built) if built.events[at - 1].startswith("write")]
    cut = [at for at in cut if not re.search(r"\.yearbook-lock$|/published\.json", built.events[at - 1])]
    strikes = [{"at": at, "how": "full for real"} for at in cut]
    for struck in strike(edited, ["build"], *strikes, then=[["build"]]):
        assert struck.status == 1, f"{struck}\n{struck.output}"
        assert "Traceback" not in struck.output
        assert re.search(r"project/\S+ cannot be .*: File too large|Pagefind could not index", struck.output)
        assert struck.of("site") == before.of("site"), str(struck)
        assert not [path for path in struck.tree if path.startswith(".site-") or ".part" in path], str(struck)
        assert (struck.then[0].status, struck.then[0].tree) == (0, built.tree), str(struck)


@pytest.mark.parametrize("how", ["ENOSPC", "EROFS", "EACCES"])
def test_a_cache_that_cannot_be_written_stops_no_build_and_is_told(
    how: str, edited: Path, strike: Strike, built: Outcome
) -> None:
    cached = [at for at in moments(built) if is_of_the_cache(built, at)]
    assert cached
    for struck in strike(edited, ["build"], *({"at": at, "how": how} for at in cached)):
        assert struck.status == 0, struck.output
        is_drawing = "/charts/" in built.events[struck.at - 1]
        assert ("Drawings cannot be kept in" in struck.output) == is_drawing, "the note of the site is not missed"
        assert struck.of("site") == built.of("site")
        assert not [path for path in struck.tree if ".part" in path]


def test_a_draft_that_cannot_be_written_is_not_there_to_be_mistaken_for_one(
    edited: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("yearbook.newyear.draft_year", lambda *_: "half a surrogate, which no file can hold: \ud800")
    out = tmp_path / "2019-20.md"
    told = CliRunner().invoke(main, ["--project", str(edited), "draft", "2019-20", "--out", str(out)])
    assert told.exit_code == 1
    assert not out.exists()
