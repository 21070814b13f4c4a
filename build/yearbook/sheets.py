"""All that is written of each area, kept until something that it is made from changes.

Areas are most of the work of a site and depend on no editor's words, so that a build after an edit of words finds them
made. They are kept as one file in `.cache/`, under the hash of the data, the templates, the settings and the code;
like Python's own bytecode, what lies there is trusted as the code is.
"""

import hashlib
import json
import os
import pickle
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from yearbook.areas import Area
from yearbook.charts import Chart, MissingChart
from yearbook.outputs.areas import Facts, files_of_area
from yearbook.pages.areas import ChartKey, render_area
from yearbook.pages.board import has_board_paper, render_board
from yearbook.pages.environment import PageEnvironment
from yearbook.pages.page import Page
from yearbook.parallel import share_out
from yearbook.peers import Comparisons
from yearbook.provenance import read_recipe

FOLDER = Path(".cache") / "areas"
"""Where they are kept, below the project's folder."""

_DIGEST = 32
"""The bytes of a SHA-256, with which the file ends."""


@dataclass(frozen=True)
class AreaSheet:
    """What is written of one area: its page, its board paper where it has one, and its files by path."""

    page: Page
    board: Page | None
    files: tuple[tuple[str, bytes], ...]


def key_of(project: Path, url: str) -> str:
    """The hash of all that the sheets of a project are made from, for a site of that address."""
    recipe = read_recipe(project, url)
    inputs = {path: digest for path, digest in recipe.inputs.items() if not path.startswith("content/")}
    facts = recipe.to_dict() | {"inputs": inputs}
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()


def write_sheets(
    comparisons: Comparisons,
    charts: Mapping[ChartKey, Chart | MissingChart],
    environment: PageEnvironment,
    england: Facts,
    workers: int | None = None,
) -> Iterator[AreaSheet]:
    """The sheet of every area, in their order, as they come. Raises CommentaryError for a template that fails."""

    def sheet(area: Area) -> AreaSheet:
        has_board = has_board_paper(comparisons, area)
        return AreaSheet(
            render_area(comparisons, area, charts, environment),
            render_board(comparisons, area, charts, environment) if has_board else None,
            tuple(files_of_area(comparisons, area, england)),
        )

    return share_out(sheet, comparisons.areas.all, workers)


def read_sheets(project: Path, key: str) -> Iterator[AreaSheet] | None:
    """The sheets that are kept under the key, read as they are asked for; None where there are none, or not all."""
    try:
        file = (project / FOLDER / key).open("rb")
        whole = file.seek(-_DIGEST, os.SEEK_END)
        digest = file.read()
        file.seek(0)
        if _digest(file, whole) == digest:
            file.seek(0)
            return _sheets_in(file)
    except OSError:
        return None
    file.close()
    return None


def _sheets_in(file: BinaryIO) -> Iterator[AreaSheet]:
    with file:
        for _ in range(pickle.load(file)):  # noqa: S301 - see above
            yield pickle.load(file)  # noqa: S301


def keep_sheets(project: Path, key: str, count: int, sheets: Iterable[AreaSheet]) -> Iterator[AreaSheet]:
    """The sheets, `count` of them, each kept under the key as it passes.

    They take the place of those of before once all have passed: how many, one after the other, and their hash.
    """
    folder = project / FOLDER
    beside = folder / f"{key}.part"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = beside.open("wb", buffering=0)
    except OSError:  # no build stops for its cache
        yield from sheets
        return
    with file:
        digest = hashlib.sha256()
        for each in chain((count,), sheets):
            part = pickle.dumps(each, pickle.HIGHEST_PROTOCOL)
            digest.update(part)
            with suppress(OSError):  # the hash will tell that the file is not whole
                file.write(part)
            if isinstance(each, AreaSheet):
                yield each
        with suppress(OSError):
            file.write(digest.digest())
            beside.replace(folder / key)
            for path in folder.iterdir():
                if path.name != key:
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
