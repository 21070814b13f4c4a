"""What more areas cost: a cold build of everything with every area repeated under new codes."""

import shutil
from pathlib import Path

from bench.projects import lay_out_project, multiply_areas
from bench.table import Table, say
from bench.timing import measured_yearbook

TIMES = (1, 2, 4, 8)


def measure(folder: Path, quick: bool) -> list[Table]:
    """Cold builds of one, two, four and eight times the areas, once each; of one and two where it must be quick."""
    found = []
    for times in TIMES[:2] if quick else TIMES:
        say(f"{times} times the areas")
        project = lay_out_project(folder / f"grown-{times}")
        count = multiply_areas(project, times)
        found.append((times, count, *measured_yearbook(project, "build", "--quiet")))
        shutil.rmtree(project)
    first = found[0][2]
    rows = [
        (
            f"{times} × the areas: {count:,} organisations",
            f"{took:.1f}",
            f"{took / first:.2f}",
            f"{memory:,.0f}",
            f"{2.1 * times / 2:g}, 2,048 MiB" if times > 1 else "",
        )
        for times, count, took, memory in found
    ]
    return [Table("Growth: a cold build of everything", ("", "seconds", "ratio", "MiB", "at most"), rows)]
