"""Files and texts that have been made and wait to be written, on the disk: a large site would not fit in memory."""

import os
import tempfile
import weakref
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO


class Spool(Mapping[str, bytes]):
    """The content of files by path, in the order in which they were put. It lies in a file that no folder names.

    A copy of the process may read what was put before it was made.
    """

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
            self._places[path] = self._add(content)
        self._file.flush()

    def keep(self, text: str) -> "Kept":
        """Take a text, which is no file and has no path."""
        kept = Kept(self, *self._add(text.encode()))
        self._file.flush()
        return kept

    def read(self, start: int, size: int) -> bytes:
        """What lies at a place."""
        if hasattr(os, "pread"):  # copies of this process share where the file stands
            return b"".join(self._parts(start, size))
        self._file.seek(start)
        return self._file.read(size)

    def _parts(self, start: int, size: int) -> Iterator[bytes]:
        while size > 0 and (part := os.pread(self._file.fileno(), size, start)):
            yield part
            start, size = start + len(part), size - len(part)

    def _add(self, content: bytes) -> tuple[int, int]:
        place = self._end, len(content)
        self._file.seek(self._end)
        self._file.write(content)
        self._end += len(content)
        return place

    def __getitem__(self, path: str) -> bytes:
        return self.read(*self._places[path])

    def __contains__(self, path: object) -> bool:
        return path in self._places  # without reading it

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


@dataclass(frozen=True, slots=True)
class Named(Mapping[str, bytes]):
    """Some of a spool's files by other names: `paths` gives the path of each."""

    spool: Spool
    paths: Mapping[str, str]

    def __getitem__(self, name: str) -> bytes:
        return self.spool[self.paths[name]]

    def __iter__(self) -> Iterator[str]:
        return iter(self.paths)

    def __len__(self) -> int:
        return len(self.paths)


@dataclass(frozen=True, slots=True)
class Kept:
    """A text that lies in a spool: where it begins there and how many bytes it has."""

    spool: Spool
    start: int
    size: int

    def __str__(self) -> str:
        return self.spool.read(self.start, self.size).decode()


def _open(folder: Path | None) -> IO[bytes]:
    with suppress(OSError):
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
            return tempfile.TemporaryFile(dir=folder)
    return tempfile.TemporaryFile()
