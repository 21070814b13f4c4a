"""The cache of drawings: each image in a file named for the hash of all that decides its bytes."""

import hashlib
import os
import tempfile
from pathlib import Path


def read_cached(folder: Path, name: str) -> bytes | None:
    """The image kept as `name`; None when there is none or the file is not whole."""
    try:
        digest, _, content = (folder / name).read_bytes().partition(b"\n")
    except FileNotFoundError:
        return None
    return content if digest == hashlib.sha256(content).hexdigest().encode() else None


def write_cached(folder: Path, name: str, content: bytes) -> None:
    """Keep an image: its own hash on the first line, then its bytes. The file appears whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    handle, beside = tempfile.mkstemp(dir=folder, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(hashlib.sha256(content).hexdigest().encode() + b"\n" + content)
        Path(beside).replace(folder / name)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
