"""An import of a release of full size, generated: likely figures, and nobody's."""

import csv
import random
import shutil
import statistics
from pathlib import Path

from bench.projects import REPOSITORY
from bench.table import Table, say
from bench.timing import measured_yearbook

SMALL_RELEASE = REPOSITORY / "tests/releases/good/2019-20/psych-ther-ann-rep-csv-2019-20-main-csv.csv"
RUNS = 5
ROWS = 50_000


def generate_release(path: Path) -> None:
    """A release with the published header of 2019-20 and as many rows as a real one: likely, and nobody's figures."""
    chance = random.Random(2019)  # noqa: S311 - the same file every time
    header, *rows = list(csv.reader(SMALL_RELEASE.open(encoding="utf-8", newline="")))
    pattern = next(row for row in rows if row[0] == "CCG" and row[3] == "Total")
    with (REPOSITORY / "data/crosswalks/breakdowns.csv").open(encoding="utf-8", newline="") as file:
        types = {row["breakdown"]: row["published"] for row in reversed(list(csv.DictReader(file)))}
    with (REPOSITORY / "data/crosswalks/categories.csv").open(encoding="utf-8", newline="") as file:
        slices = {
            (row["breakdown"], row["category"], row["subcategory"]): (
                types[row["breakdown"]],
                row["published_a"] or "NULL",
                row["published_b"] or "NULL",
            )
            for row in csv.DictReader(file)
            if not row["only_in"] and row["breakdown"] in types
        }
    published = list(dict.fromkeys(slices.values()))[:106]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        england = [row for row in rows if row[0] == "England"]
        writer.writerows(england)
        written = len(england)
        for number in range(1_000):
            kind, code = ("CCG", f"{number:02}Z") if number < 100 else ("Provider", f"Q{number:04}")
            for names in published:
                if written == ROWS:
                    return
                share = chance.random()
                numbers = [
                    str(5 * int(int(cell) * share / 5)) if title.startswith("Count") and cell.isdigit() else cell
                    for title, cell in zip(header[6:], pattern[6:], strict=True)
                ]
                numbers = [
                    "*" if title.startswith("Count") and cell == "0" else cell
                    for title, cell in zip(header[6:], numbers, strict=True)
                ]
                writer.writerow([kind, code, f"AREA NUMBER {number}", *names, *numbers])
                written += 1


def measure(folder: Path, quick: bool) -> list[Table]:
    """The median of five imports into a library without a release, or one import where it must be quick."""
    release = folder / "psych-ther-ann-rep-csv-2019-20-main.csv"
    generate_release(release)
    with release.open(encoding="utf-8") as file:
        columns, rows = len(next(file).split(",")), sum(1 for _ in file)
    found = []
    for run in range(1 if quick else RUNS):
        say(f"imports, {run + 1}")
        project = folder / f"library-{run}"
        shutil.copytree(REPOSITORY / "data/crosswalks", project / "data/crosswalks")
        shutil.copy(REPOSITORY / "mkdocs.yml", project)
        found.append(measured_yearbook(project, "add", "2019-20", str(release)))
    took, memory = (statistics.median(column) for column in zip(*found, strict=True))
    size = f"{rows:,} rows × {columns} columns, {release.stat().st_size / 2**20:.0f} MiB"
    row = (size, f"{took:.2f}", f"{memory:,.0f}", "5 s, 500 MiB")
    return [Table("An import (median)", ("", "seconds", "MiB", "at most"), [row])]
