"""Writing several files of `data/` so that either all of them change or none does, whenever the process dies.

The new files, and copies of the old ones, are first written in full into the hidden folder `data/.adding` and flushed
to the disk, then a journal that lists them. Only then are the new ones renamed to their places. Taking the journal
away is the end of it. While it is there the old files can be put back, by renames alone, which need no space: this is
done at once when a write fails, and by the next command when the process was killed.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import astuple, dataclass
from pathlib import Path

from yearbook.errors import UsageError

FOLDER = ".adding"

UNDONE = "Adding to data/ was interrupted, so it has been undone: data/ is as it was before. Run that command again."

_JOURNAL = "journal.json"


@dataclass(frozen=True, slots=True)
class _Entry:
    """A file that is replaced: its path below `data/`, whether it existed, and the SHA-256 of its new content."""

    path: str
    existed: bool
    sha256: str


def write_set(data: Path, files: Mapping[Path, bytes]) -> None:
    """Replace the files, all below the folder `data`, by the given contents. Raises OSError, with nothing changed.

    Raises UsageError when an interrupted set is still to be undone.
    """
    folder = data / FOLDER
    if (folder / _JOURNAL).exists():
        raise UsageError(f"An interrupted change of {data} is not undone yet. Run yearbook check, which does so.")
    shutil.rmtree(folder, ignore_errors=True)
    entries = [
        _Entry(path.relative_to(data).as_posix(), path.exists(), hashlib.sha256(content).hexdigest())
        for path, content in files.items()
    ]
    try:
        folder.mkdir()
        for number, (path, content) in enumerate(files.items()):
            _write(folder / f"{number}.new", content, path)
            if entries[number].existed:
                _write(folder / f"{number}.old", path.read_bytes(), path)
        _write(folder / f"{_JOURNAL}.part", json.dumps([astuple(entry) for entry in entries]).encode(), folder)
        _flush(folder)
        os.replace(folder / f"{_JOURNAL}.part", folder / _JOURNAL)
        _flush(folder)
        for number, path in enumerate(files):
            path.parent.mkdir(parents=True, exist_ok=True)
            _rename(folder / f"{number}.new", path)
        for parent in {path.parent for path in files}:
            _flush(parent)
        (folder / _JOURNAL).unlink()
        _flush(folder)
    except BaseException:
        undo_interrupted(data)
        raise
    shutil.rmtree(folder, ignore_errors=True)


def undo_interrupted(data: Path) -> bool:
    """Put back the files of an interrupted set; whether any may have changed. It may be interrupted itself.

    Raises UsageError, with nothing changed, when a file was changed by somebody else since, and OSError.
    """
    folder = data / FOLDER
    if not folder.exists():
        return False
    begun = (folder / _JOURNAL).exists()
    if begun:
        entries = [_Entry(*entry) for entry in json.loads((folder / _JOURNAL).read_bytes())]
        _refuse_if_changed_since(data, entries)
        for number, entry in enumerate(entries):
            path, old = data / entry.path, folder / f"{number}.old"
            if old.exists():
                _rename(old, path)
            elif not entry.existed and not (folder / f"{number}.new").exists():
                path.unlink(missing_ok=True)
                with suppress(OSError):  # a folder that was made for it goes with it; one that holds more stays
                    path.parent.rmdir()
        for parent in {(data / entry.path).parent for entry in entries}:
            if parent.exists():
                _flush(parent)
        (folder / _JOURNAL).unlink()
    shutil.rmtree(folder, ignore_errors=True)
    return begun


def _refuse_if_changed_since(data: Path, entries: Sequence[_Entry]) -> None:
    """Whoever changed a new file by hand, before any command could undo it, is not to lose what they wrote."""
    for number, entry in enumerate(entries):
        path, old, new = data / entry.path, data / FOLDER / f"{number}.old", data / FOLDER / f"{number}.new"
        replaced = not new.exists() and path.exists() and (old.exists() or not entry.existed)
        if replaced and hashlib.sha256(path.read_bytes()).hexdigest() != entry.sha256:
            before = f"What it was before lies in {old}" if old.exists() else "It was not there before"
            remedy = f"Make all of data/ as it should be, then take {data / FOLDER} away."
            raise UsageError(f"A change of data/ was interrupted, and {path} was edited since. {before}. {remedy}")


def _write(path: Path, content: bytes, of: Path) -> None:
    """Write and flush `path`, which is to become `of`: an error names that."""
    try:
        with path.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        error.filename = str(of)
        raise


def _rename(path: Path, to: Path) -> None:
    """Rename `path` to `to`: an error names that."""
    try:
        os.replace(path, to)
    except OSError as error:
        error.filename, error.filename2 = str(to), None
        raise


def _flush(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
