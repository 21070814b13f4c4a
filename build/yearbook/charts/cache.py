"""Drawings that are kept: each under the hash of all that decides its bytes, so that none is ever stale.

No build stops because they cannot be: where the cache cannot be read or written they are drawn every time, and a
warning says so once.
"""

import hashlib
import logging
import os
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path

from yearbook.spool import Spool

log = logging.getLogger(__name__)


def read_cached(folder: Path, name: str) -> bytes | None:
    """The image kept under `name`; None when there is none, or it is not whole or cannot be read."""
    try:
        digest, _, image = (folder / name).read_bytes().partition(b"\n")
    except OSError:
        return None
    return image if digest == hashlib.sha256(image).hexdigest().encode() else None


def read_all_cached(folder: Path, keys: Iterable[str], ending: str) -> Spool:
    """The images that are kept under the keys, by key."""
    found = Spool(folder)
    for key in dict.fromkeys(keys):
        image = read_cached(folder, f"{key}{ending}")
        if image is not None:
            found.put([(key, image)])
    return found


def write_cached(folder: Path, name: str, image: bytes) -> None:
    """Keep an image, if it can be: its own hash on the first line, then its bytes, a whole file or none."""
    try:
        _write(folder, name, image)
    except OSError as error:
        _warn(str(folder), error.strerror or str(error))


def _write(folder: Path, name: str, image: bytes) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    handle, part = tempfile.mkstemp(dir=folder, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(hashlib.sha256(image).hexdigest().encode() + b"\n" + image)
        Path(part).replace(folder / name)
    except BaseException:
        with suppress(OSError):
            Path(part).unlink()
        raise


@cache
def _warn(folder: str, reason: str) -> None:
    """Say once that images are not kept. Python shows warnings of a log that nobody listens to on the terminal."""
    log.warning("Drawings cannot be kept in %s: %s. Every build draws them anew until they can.", folder, reason)
