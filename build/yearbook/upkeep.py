"""What every command does before its work: whatever a killed one left half done is put right.

Commands that write hold the lock of the project meanwhile (`locks`); those that read take it only where there is
something to put right.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from yearbook import journal
from yearbook.locks import hold
from yearbook.swapping import LAST, NEXT, SITE, clear, restore_site

RESTORED = "A build was killed while it replaced the site, so the last one has been put back."


@contextmanager
def at_work(
    project: Path, doing: str, say: Callable[[str], None] = lambda _: None, patience: float | None = None
) -> Iterator[None]:
    """Hold the project's lock for a command that writes, and clear up after one that was killed.

    `doing` is the command's name; `say` is told of waiting and of what was put right. Raises as `hold` does.
    """
    with hold(project, doing, say, patience):
        _put_right(project, say)
        clear(project / NEXT)
        with suppress(OSError):  # no build stops for its cache
            cache = project / ".cache"
            for part in (*cache.glob("*.part"), *cache.glob("*/*.part"), *cache.glob("fonts/*/.*")):
                part.unlink(missing_ok=True)
        yield


def put_right(project: Path, say: Callable[[str], None] = lambda _: None) -> None:
    """See to it that the data and the site are whole, for a command that reads them. Raises as `hold` does."""
    without_site = (project / LAST).exists() and not (project / SITE).exists()
    if without_site or (project / "data" / journal.FOLDER).exists():
        with hold(project, "putting right what a killed command left", say):
            _put_right(project, say)


def _put_right(project: Path, say: Callable[[str], None]) -> None:
    if journal.undo_interrupted(project / "data"):
        say(journal.UNDONE)
    if restore_site(project):
        say(RESTORED)
