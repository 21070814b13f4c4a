"""Writing a set of files so that either all of them change or none does.

Everything is first written in full beside its place and flushed to the disk; only then are the files
renamed, the register last. If a rename fails, those done before it are undone. A machine that stops between
two renames leaves whole files, of which some are new: adding the release again completes the set.
"""

import os
from collections.abc import Mapping
from pathlib import Path

_NEW, _OLD = ".new", ".old"


def write_set(files: Mapping[Path, bytes]) -> None:
    """Replace the files by the given contents, in the order given. Raises OSError, with nothing changed."""
    staged = {path: path.with_name(f".{path.name}{_NEW}") for path in files}
    kept = {path: path.with_name(f".{path.name}{_OLD}") for path in files}
    replaced: list[Path] = []
    try:
        for path, content in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            _write(staged[path], content)
            if path.exists():
                _write(kept[path], path.read_bytes())
        for path in files:
            os.replace(staged[path], path)
            replaced.append(path)
        for folder in {path.parent for path in files}:
            _flush(folder)
    except BaseException:
        for path in reversed(replaced):
            if kept[path].exists():
                os.replace(kept[path], path)
            else:
                path.unlink(missing_ok=True)
        raise
    finally:
        for leftover in (*staged.values(), *kept.values()):
            leftover.unlink(missing_ok=True)


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _flush(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
