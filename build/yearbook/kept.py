"""What was made of the data alone, kept until something that it is made from changes.

Most of a site depends on no editor's words, so that a build after an edit of words finds it made. It is kept in files
in `.cache/`, under the hash of the data, the templates, the settings and the code; like Python's own bytecode, what
lies there is trusted as the code is.
"""

import gc
import hashlib
import json
import os
import pickle
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO, TypeVar, cast

from yearbook.provenance import read_recipe

FOLDER = Path(".cache") / "made"
"""Where it is kept, below the project's folder."""

_DIGEST = 32
"""The bytes of a SHA-256, with which a file ends."""

_T = TypeVar("_T")


def key_of(project: Path, url: str) -> str:
    """The hash of all that can decide what is kept, for a site of that address."""
    recipe = read_recipe(project, url)
    inputs = {path: digest for path, digest in recipe.inputs.items() if not path.startswith("content/")}
    facts = recipe.to_dict() | {"inputs": inputs}
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()


def kept_or_made(project: Path, key: str, name: str, make: Callable[[], _T]) -> _T:
    """What is kept by that name under the key, or else made and kept; made where the key is empty."""
    found = list(read_kept(project, key, name) or ()) if key else []
    if found:
        return cast("_T", found[0])
    made = make()
    if key:
        list(keep(project, key, name, 1, [made]))
    return made


def read_kept(project: Path, key: str, name: str) -> Iterator[Any] | None:
    """What is kept by that name under the key, read as it is asked for; None where there is nothing, or not all."""
    try:
        file = (project / FOLDER / f"{key}.{name}").open("rb")
        whole = file.seek(-_DIGEST, os.SEEK_END)
        digest = file.read()
        file.seek(0)
        if _digest(file, whole) == digest:
            file.seek(0)
            return _items_in(file)
    except OSError:
        return None
    file.close()
    return None


def _items_in(file: BinaryIO) -> Iterator[Any]:
    with file:
        for _ in range(pickle.load(file)):  # noqa: S301 - see above
            with _nothing_collected():
                item = pickle.load(file)  # noqa: S301
            yield item


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """Let Python not look for garbage meanwhile: among what is read there is none, and to look takes thrice as long."""
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()


def keep(project: Path, key: str, name: str, count: int, items: Iterable[_T]) -> Iterator[_T]:
    """The items, `count` of them, each kept under the key as it passes.

    They take the place of those of another key once all have passed: how many, one after the other, and their hash.
    """
    folder = project / FOLDER
    beside = folder / f"{key}.{name}.part"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = beside.open("wb", buffering=0)
    except OSError:  # no build stops for its cache
        yield from items
        return
    with file:
        digest = hashlib.sha256()

        def put(item: object) -> None:
            part = pickle.dumps(item, pickle.HIGHEST_PROTOCOL)
            digest.update(part)
            with suppress(OSError):  # the hash will tell that the file is not whole
                file.write(part)

        put(count)
        for item in items:
            put(item)
            yield item
        with suppress(OSError):
            file.write(digest.digest())
            beside.replace(folder / f"{key}.{name}")
            for path in folder.iterdir():
                if not path.name.startswith(key):
                    path.unlink()


def _digest(file: BinaryIO, size: int) -> bytes:
    """The SHA-256 of as many bytes of the file from where it stands; it then stands behind them."""
    digest = hashlib.sha256()
    while size:
        part = file.read(min(size, 2**20))
        if not part:
            break
        digest.update(part)
        size -= len(part)
    return digest.digest()
