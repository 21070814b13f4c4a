"""Builds of the whole site, held to the floor they stand on.

A cold build (nothing drawn yet) and a warm one (every drawing kept, all else made again) are measured by turns with a
bare `mkdocs build` of the same staged pages, and with vl-convert's own time for the same drawings spread over all
cores. Bare is MkDocs as it comes: without our hook, and without our Markdown extension, which takes finished HTML past
Markdown; what MkDocs takes with that is a row of its own.
"""

import os
import shutil
from pathlib import Path

from bench.drawings import convert_all, rasterise, sheets, specifications
from bench.projects import BARE, QUICK_HTML, lay_out_project
from bench.table import Table, ratio, say, seconds
from bench.timing import measured_yearbook, python, timed

RUNS = 3


def measure(folder: Path, quick: bool) -> list[Table]:
    """Medians of three rounds, or of one where it must be quick."""
    project = lay_out_project(folder / "built", with_drawings=True)
    given, memory = specifications(project), dict[str, list[float]]()
    took: dict[str, list[float]] = {}

    def build(name: str, *words: str) -> None:
        spent, held = measured_yearbook(project, "build", "--quiet", *words)
        took.setdefault(name, []).append(spent)
        memory.setdefault(name, []).append(held)

    def keep(name: str, spent: float) -> None:
        took.setdefault(name, []).append(spent)

    def printed_by(settings: str) -> float:
        words = ("mkdocs", "build", "--quiet", "--config-file", settings, "--site-dir", "bare-site")
        return timed(python(*words, cwd=project))

    build("first")  # stages the pages, and lets the disk and the bytecode settle
    pictures, fonts = sheets(project)
    runs = 1 if quick else RUNS
    for run in range(runs):
        say(f"builds, {run + 1} of {runs}")
        keep("bare", printed_by(BARE))
        keep("quick", printed_by(QUICK_HTML))
        keep("svg", convert_all(given))
        keep("png", convert_all(pictures, rasterise, fonts))
        shutil.rmtree(project / ".cache")
        build("cold")
        build("warm", "--force")
        build("nothing")
    pages = sum(1 for _ in (project / "staging").rglob("*.md"))
    whole = sum(1 for _ in (project / "staging").rglob("index.html"))
    cores = os.cpu_count()
    floor = [sum(parts) for parts in zip(took["bare"], took["svg"], took["png"], strict=True)]
    found = {name: f"{max(held):,.0f}" for name, held in memory.items()}
    rows = [
        (f"bare mkdocs build, {pages:,} pages and {whole:,} of HTML", seconds(took["bare"]), "", "", ""),
        ("the same with our Markdown extension", seconds(took["quick"]), ratio(took["quick"], took["bare"]), "", ""),
        (f"vl-convert, {len(given):,} specifications to SVG on {cores} cores", seconds(took["svg"]), "", "", ""),
        (f"vl-convert, {len(pictures):,} sheets to PNG on {cores} cores", seconds(took["png"]), "", "", ""),
        ("cold build, to bare and both", seconds(took["cold"]), ratio(took["cold"], floor), found["cold"], "1.3"),
        ("warm build, to bare", seconds(took["warm"]), ratio(took["warm"], took["bare"]), found["warm"], "2"),
        ("a build when nothing changed", seconds(took["nothing"]), "", found["nothing"], "0.5 s"),
    ]  # fmt: skip
    spread = "; ".join(f"{name} {min(each):.2f} to {max(each):.2f}" for name, each in took.items() if name != "first")
    title = f"Builds (medians of {runs}; a ratio is that of one round)"
    return [Table(title, ("", "seconds", "ratio", "MiB", "at most"), rows, (f"Spread: {spread}.",))]
