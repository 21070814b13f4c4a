"""Files that have been made and wait to be written, on the disk: all of a large site would not fit in memory."""

import tempfile
import weakref
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO


class Spool(Mapping[str, bytes]):
    """The content of files by path, in the order in which they were put. It lies in a file that no folder names."""

    def __init__(self, folder: Path | None = None) -> None:
        """`folder` is where the disk is to be used; where that cannot be, the system's own for such files."""
        self._file = _open(folder)
        self._places: dict[str, tuple[int, int]] = {}
        self._end = 0
        weakref.finalize(self, self._file.close)

    def put(self, files: Iterable[tuple[str, bytes]]) -> None:
        """Add files. Raises AssertionError when there is one of that path already."""
        for path, content in files:
            if path in self._places:
                raise AssertionError(f"two parts of the site want to be {path}")
            self._file.seek(self._end)
            self._file.write(content)
            self._places[path] = (self._end, len(content))
            self._end += len(content)

    def __getitem__(self, path: str) -> bytes:
        start, size = self._places[path]
        self._file.seek(start)
        return self._file.read(size)

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


def _open(folder: Path | None) -> IO[bytes]:
    with suppress(OSError):
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
            return tempfile.TemporaryFile(dir=folder)
    return tempfile.TemporaryFile()
