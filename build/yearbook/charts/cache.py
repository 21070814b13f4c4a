"""Drawings that are kept: each under the hash of all that decides its bytes, so that none is ever stale."""

import hashlib
import os
import tempfile
from pathlib import Path


def read_cached(folder: Path, name: str) -> bytes | None:
    """The image kept under `name`; None when there is none or the file is not whole."""
    try:
        digest, _, image = (folder / name).read_bytes().partition(b"\n")
    except FileNotFoundError:
        return None
    return image if digest == hashlib.sha256(image).hexdigest().encode() else None


def write_cached(folder: Path, name: str, image: bytes) -> None:
    """Keep an image: its own hash on the first line, then its bytes. The file appears whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    handle, part = tempfile.mkstemp(dir=folder, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(hashlib.sha256(image).hexdigest().encode() + b"\n" + image)
        Path(part).replace(folder / name)
    except BaseException:
        Path(part).unlink(missing_ok=True)
        raise
