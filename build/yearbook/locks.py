"""One command at a time: whoever writes in a project holds its lock, which the operating system frees at any death.

The lock is on an open file, `.yearbook-lock` in the project's folder, and not the file itself: one that a killed
command left behind blocks nobody. The file says who holds it, for the one who waits. Reading commands take no lock.
"""

import errno
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from yearbook.errors import UsageError

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

FILE = ".yearbook-lock"

PATIENCE = 10.0
"""Seconds that a command waits for another one: an import is over by then, a whole build is not."""

_STEP = 0.1


@contextmanager
def hold(
    project: Path, doing: str, say: Callable[[str], None] = lambda _: None, patience: float | None = None
) -> Iterator[None]:
    """Hold the lock of the project while `doing`, the name of a command.

    Where another process holds it, `say` is told so once. After `patience` seconds, by default PATIENCE, UsageError is
    raised, which says who holds it and what to do. Raises OSError, which names the project's folder, when nothing can
    be written there.
    """
    file = project / FILE
    until = time.monotonic() + (PATIENCE if patience is None else patience)
    handle, told = _try(file), False
    while handle is None:
        holder = _holder(file)
        if time.monotonic() >= until:
            remedy = "Wait until it is done, or stop it, and run this again."
            raise UsageError(f"Another command is at work in {project}: {holder}. {remedy}")
        if not told:
            say(f"Waiting for another command: {holder}")
            told = True
        time.sleep(_STEP)
        handle = _try(file)
    try:
        os.truncate(handle, 0)
        os.write(handle, f"{doing}, process {os.getpid()}, since {time.strftime('%Y-%m-%d %H:%M:%S')}".encode())
        yield
    finally:
        # It is taken away while it is still held: whoever waits sees that its file is gone, and opens the next.
        with suppress(OSError):
            file.unlink()
        os.close(handle)


def _try(file: Path) -> int | None:
    """The open, locked file; None where another process holds it."""
    while True:
        try:
            handle = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
        except OSError as error:
            error.filename = str(file.parent)
            raise
        if not _lock(handle):
            os.close(handle)
            return None
        with suppress(FileNotFoundError):
            if os.path.samestat(os.fstat(handle), file.stat()):
                return handle
        os.close(handle)  # the one who held it has taken the file away: it locks nothing any more


def _lock(handle: int) -> bool:
    """Whether nobody else holds it. On a disk that knows no locks nobody ever does."""
    try:
        if sys.platform == "win32":
            os.lseek(handle, 1 << 30, os.SEEK_SET)  # far behind the words, which others may read
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno not in (errno.EAGAIN, errno.EACCES)
    return True


def _holder(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8", errors="replace") or "one that has just begun"
    except OSError:
        return "one that has just ended"
