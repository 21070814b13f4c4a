"""Builds of the whole site, held to the floor they stand on.

A cold build (nothing drawn yet) and a warm one (every drawing kept) are measured by turns with a bare `mkdocs build` of
the same staged pages, hooks off, and with vl-convert's own time for the same specifications spread over all cores.
"""

import os
import shutil
from pathlib import Path

from bench.drawings import convert_all, specifications
from bench.projects import BARE, lay_out_project
from bench.table import Table, ratio, say, seconds
from bench.timing import python, timed, yearbook

RUNS = 5


def measure(folder: Path, quick: bool) -> list[Table]:
    """Medians of five rounds, or of one where it must be quick."""
    project = lay_out_project(folder / "built", with_drawings=quick)
    given = specifications(project)
    build = yearbook(project, "build", "--quiet")
    bare = python("mkdocs", "build", "--quiet", "--config-file", BARE, "--site-dir", "bare-site", cwd=project)
    build()  # stages the pages, and lets the disk and the bytecode settle
    took: dict[str, list[float]] = {"bare": [], "drawing": [], "cold": [], "warm": []}
    runs = 1 if quick else RUNS
    for run in range(runs):
        say(f"builds, {run + 1} of {runs}")
        took["bare"].append(timed(bare))
        took["drawing"].append(convert_all(given))
        shutil.rmtree(project / ".cache")
        took["cold"].append(timed(build))
        took["warm"].append(timed(build))
    pages = sum(1 for _ in (project / "staging").rglob("*.md"))
    whole = sum(1 for _ in (project / "staging").rglob("index.html"))
    floor = [one + other for one, other in zip(took["bare"], took["drawing"], strict=True)]
    rows = [
        (f"bare mkdocs build, {pages:,} pages and {whole:,} of HTML", seconds(took["bare"]), "", ""),
        (f"vl-convert, {len(given):,} specifications on {os.cpu_count()} cores", seconds(took["drawing"]), "", ""),
        ("cold build, to the sum of the two", seconds(took["cold"]), ratio(took["cold"], floor), "1.3"),
        ("warm build, to the bare mkdocs build", seconds(took["warm"]), ratio(took["warm"], took["bare"]), "2"),
    ]
    spread = "; ".join(f"{name} {min(found):.2f} to {max(found):.2f}" for name, found in took.items())
    title = f"Builds (medians of {runs}; a ratio is that of one round)"
    return [Table(title, ("", "seconds", "ratio", "at most"), rows, (f"Spread: {spread}.",))]
