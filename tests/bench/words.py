"""Mutants of the published words: how many a check notices, and how long it takes to try them all."""

import time
from pathlib import Path

from bench.projects import REPOSITORY
from bench.table import Table
from claims.editing import Editing, survivors_of

from yearbook.archive import read_archive


def measure(folder: Path, quick: bool) -> list[Table]:
    """Every mutant, or one in twenty where it must be quick; those that were not noticed are named."""
    begun = time.perf_counter()
    survived, tried = survivors_of(Editing(REPOSITORY, read_archive(REPOSITORY / "data")), 0.05 if quick else 1.0)
    row = ("mutants of the words", f"{time.perf_counter() - begun:.0f}", f"{tried:,}", f"{len(survived):,}")
    notes = [
        f"Not noticed: `{file}:{mutant.line}` {mutant.kind}: {mutant.before!r} to {mutant.after!r}."
        for file, mutant in survived
    ]
    return [Table("Words", ("", "seconds", "tried", "not noticed"), [row], tuple(notes))]
