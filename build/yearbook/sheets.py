"""All that is written of each area, kept until something that it is made from changes.

Areas are most of the work of a site and depend on no editor's words, so that a build after an edit of words finds them
made. They are kept as one file in `.cache/`, under the hash of the data, the templates, the settings and the code;
like Python's own bytecode, what lies there is trusted as the code is.
"""

import hashlib
import json
import pickle
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from yearbook.areas import Area
from yearbook.charts import Chart, MissingChart
from yearbook.charts.cache import read_cached, write_cached
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
) -> list[AreaSheet]:
    """The sheet of every area, in their order. Raises CommentaryError for a template that fails."""

    def sheet(area: Area) -> AreaSheet:
        has_board = has_board_paper(comparisons, area)
        return AreaSheet(
            render_area(comparisons, area, charts, environment),
            render_board(comparisons, area, charts, environment) if has_board else None,
            tuple(files_of_area(comparisons, area, england)),
        )

    return share_out(sheet, comparisons.areas.all, workers)


def read_sheets(project: Path, key: str) -> list[AreaSheet] | None:
    """The sheets that are kept under the key; None where there are none, or not whole."""
    content = read_cached(project / FOLDER, key)
    return None if content is None else pickle.loads(content)  # noqa: S301 - see above


def keep_sheets(project: Path, key: str, sheets: list[AreaSheet]) -> None:
    """Keep the sheets under the key, in the place of those of before."""
    folder = project / FOLDER
    write_cached(folder, key, pickle.dumps(sheets, pickle.HIGHEST_PROTOCOL))
    with suppress(OSError):  # no build stops for its cache
        for path in folder.iterdir():
            if path.name != key:
                path.unlink()
