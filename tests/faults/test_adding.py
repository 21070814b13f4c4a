"""An import that is killed, stopped or refused by the disk: `data/` is wholly old or new, once any command has run."""

import shutil
from pathlib import Path

import pytest
from faults.conftest import Outcome, Strike
from faults.strikes import tree

from yearbook.errors import UsageError
from yearbook.importing import AddOptions, add_release
from yearbook.journal import FOLDER, UNDONE, undo_interrupted, write_set

REPOSITORY = Path(__file__).resolve().parents[2]


def release(year: str) -> str:
    """The small release of a year."""
    (found,) = (REPOSITORY / "tests" / "releases" / "good" / year).glob("psych*")
    return str(found)


ADD = ["add", "2019-20", release("2019-20")]


@pytest.fixture(scope="session")
def one_year(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with the release of 2018-19, to which that of 2019-20 is added. Nobody writes in it."""
    project = tmp_path_factory.mktemp("one-year") / "project"
    shutil.copytree(REPOSITORY / "data" / "crosswalks", project / "data" / "crosswalks")
    (project / "mkdocs.yml").write_text("site_name: Small\n", encoding="utf-8")
    add_release(project, "2018-19", Path(release("2018-19")), AddOptions())
    return project


@pytest.fixture(scope="session")
def old(one_year: Path) -> Outcome:
    """The project before the import."""
    return Outcome(0, 0, "", (), tree(one_year))


@pytest.fixture(scope="session")
def added(strike: Strike, one_year: Path) -> Outcome:
    """An unhurt import: three files are written, of which one is new."""
    (outcome,) = strike(one_year, ADD, {})
    assert outcome.status == 0, outcome.output
    return outcome


def test_an_import_killed_at_any_moment_is_whole_for_the_next_command_which_says_what_it_undid(
    one_year: Path, strike: Strike, old: Outcome, added: Outcome
) -> None:
    kills = [{"at": at, "how": "kill"} for at in range(1, len(added.events) + 1)]
    undone = 0
    for struck in strike(one_year, ADD, *kills, then=[["check"], ADD]):
        assert struck.status == -9
        read, again = struck.then
        data = {path: sha for path, sha in read.of("data").items() if not path.startswith(f"data/{FOLDER}")}
        assert data in (old.of("data"), added.of("data")), str(struck)
        was_half_done = data != {p: sha for p, sha in struck.of("data").items() if not p.startswith(f"data/{FOLDER}")}
        assert (UNDONE in read.output) >= was_half_done, str(struck)
        undone += was_half_done
        assert (again.status, again.tree) == (0, added.tree), f"{struck}\n{again.output}"
    assert undone >= 2


@pytest.mark.parametrize("how", ["die writing", "full for real"])
def test_an_import_that_writes_half_a_file_leaves_the_data_as_they_were(
    how: str, one_year: Path, strike: Strike, old: Outcome, added: Outcome
) -> None:
    writes = [at for at, event in enumerate(added.events, 1) if event.startswith("write") and f"/{FOLDER}/" in event]
    for struck in strike(one_year, ADD, *({"at": at, "how": how} for at in writes), then=[ADD]):
        assert struck.status == 1 if how == "full for real" else struck.status < 0, struck.output
        assert {p: sha for p, sha in struck.of("data").items() if not p.startswith(f"data/{FOLDER}")} == old.of("data")
        assert struck.then[0].tree == added.tree, str(struck)


@pytest.mark.parametrize(("how", "status"), [("ENOSPC", 1), ("EROFS", 2), ("interrupt", 130)])
def test_an_import_that_is_refused_or_stopped_leaves_all_or_nothing_and_says_so_in_a_line(
    how: str, status: int, one_year: Path, strike: Strike, old: Outcome, added: Outcome
) -> None:
    moments = [at for at, event in enumerate(added.events, 1) if event.startswith(("write", "rename"))]
    for struck in strike(one_year, ADD, *({"at": at, "how": how} for at in moments)):
        assert struck.status == status, f"{struck}\n{struck.output}"
        assert len(struck.output.splitlines()) == 1
        assert "site/ and data/" in struck.output
        assert struck.tree == old.tree, str(struck)


def test_data_that_may_not_be_written_are_named(one_year: Path, strike: Strike, old: Outcome) -> None:
    for folder in ("data", "data/releases"):
        (struck,) = strike(one_year, ADD, {"modes": {folder: 0o555}})
        assert struck.status == 2, struck.output
        assert f"project/{folder}" in struck.output
        assert "Permission denied. Change its permissions" in struck.output
        assert struck.tree == old.tree


class Killed(BaseException):
    """Stands for the end of the process."""


def test_a_file_that_was_edited_after_an_import_was_killed_is_not_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.csv").write_text("old")

    def die(data: Path) -> bool:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr("yearbook.journal.undo_interrupted", die)
        patch.setattr("yearbook.journal.Path.unlink", lambda path, **_: die(path))
        with pytest.raises(Killed):
            write_set(tmp_path, {tmp_path / "a.csv": b"new", tmp_path / "b.csv": b"b"})
    (tmp_path / "a.csv").write_text("mended by hand")
    with pytest.raises(UsageError, match=r"a\.csv was edited since\. What it was before lies in .*0\.old"):
        undo_interrupted(tmp_path)
    with pytest.raises(UsageError, match="is not undone yet"):
        write_set(tmp_path, {tmp_path / "a.csv": b"newer"})
    assert (tmp_path / "a.csv").read_text() == "mended by hand"
    (tmp_path / "a.csv").write_text("new")
    assert undo_interrupted(tmp_path)
    assert (tmp_path / "a.csv").read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.csv"]
