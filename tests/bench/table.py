"""Tables of what was measured, as Markdown, and what is said while it is."""

import os
import platform
import statistics
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.metadata import version

PACKAGES = ("mkdocs", "pandas", "altair", "vl-convert-python", "jinja2", "markdown", "pagefind")


@dataclass(frozen=True)
class Table:
    """What a section found: its rows are of as many cells as `columns`; `notes` stand under it, a paragraph each."""

    title: str
    columns: tuple[str, ...]
    rows: list[tuple[str, ...]] = field(default_factory=list)
    notes: tuple[str, ...] = ()

    def markdown(self) -> str:
        """The table as a page of Markdown has it: the first column to the left, the others to the right."""
        lines = [self.columns, ("---", *("---:" for _ in self.columns[1:])), *self.rows]
        table = "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
        return "\n\n".join((f"### {self.title}", table, *self.notes)) + "\n"


def say(words: str) -> None:
    """Say how far the work is, apart from the tables."""
    sys.stderr.write(f"  {words}\n")
    sys.stderr.flush()


def show(table: Table) -> None:
    """Print a table as soon as it is known."""
    sys.stdout.write(f"{table.markdown()}\n")
    sys.stdout.flush()


def machine() -> str:
    """What the numbers depend on: cores, architecture, Python and the versions of the parts."""
    parts = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}; {parts}."


def seconds(found: Sequence[float]) -> str:
    """The median, in seconds, with as many decimals as mean anything."""
    median = statistics.median(found)
    return f"{median:.2f}" if median < 10 else f"{median:.1f}"


def ratio(found: Sequence[float], against: Sequence[float]) -> str:
    """The median of the ratios of what was measured in the same rounds, empty where nothing was."""
    ratios = [one / other for one, other in zip(found, against, strict=False)]
    return f"{statistics.median(ratios):.2f}" if ratios else ""
