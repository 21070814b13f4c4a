"""How long things take, as ratios of what they are made of (`make bench`).

A cold build (nothing drawn yet) and a warm one (every drawing kept) are held to the floor they stand on: a bare
`mkdocs build` of the same staged pages, hooks off, and vl-convert's own time for the same specifications spread over
all cores. Growth is a cold build of everything with every area repeated under new codes. All are measured by turns in
the same run, so that a busy machine slows them alike. An import is measured on a generated release of full size.
Seconds differ from machine to machine; judge the ratios.
"""

import csv
import json
import os
import platform
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]
SMALL_RELEASE = REPOSITORY / "tests/releases/good/2019-20/psych-ther-ann-rep-csv-2019-20-main-csv.csv"
RUNS = 5
ROWS = 50_000
GROWTH = (1, 2, 4)


def say(words: str = "") -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def python(*words: str, cwd: Path) -> Callable[[], object]:
    """Runs a module in a process of its own, as the command line would."""
    return lambda: subprocess.run([sys.executable, "-m", *words], cwd=cwd, check=True, stdout=subprocess.DEVNULL)


def lay_out_project(root: Path) -> Path:
    """A copy of the repository's data and words, with settings for a bare MkDocs beside its own."""
    for folder in ("data", "content", "templates"):
        shutil.copytree(REPOSITORY / folder, root / folder)
    settings = (REPOSITORY / "mkdocs.yml").read_text(encoding="utf-8")
    (root / "mkdocs.yml").write_text(settings, encoding="utf-8")
    (root / "bare.yml").write_text(re.sub(r"(?m)^hooks:.*\n", "", settings), encoding="utf-8")
    return root


def specifications(project: Path) -> list[str]:
    """The Vega-Lite of every image of the site."""
    from yearbook.areas import Areas
    from yearbook.charts import Chart
    from yearbook.peers import Comparisons
    from yearbook.pipeline import charts_by_key, read_project
    from yearbook.report import Report

    archive, words = read_project(project)
    made = charts_by_key(Comparisons(Report(archive), Areas(archive)), words)
    charts = [chart for chart in made.values() if isinstance(chart, Chart)]
    return [json.dumps(picture.specification()) for chart in charts for picture in chart.pictures.values()]


def convert(specification: str) -> int:
    import vl_convert

    return len(vl_convert.vegalite_to_svg(specification, vl_version="6.4"))


def ready(_: int) -> None:
    """A worker has started and loaded vl-convert; its first conversion is still to come."""
    import vl_convert  # noqa: F401

    time.sleep(0.2)  # so that every worker takes one


def convert_all(given: Sequence[str]) -> float:
    """Seconds that vl-convert takes for all, on all cores; the starting of the workers is not counted."""
    cores = os.cpu_count() or 1
    with ProcessPoolExecutor(cores, mp_context=get_context("spawn")) as pool:
        list(pool.map(ready, range(cores)))
        return timed(lambda: list(pool.map(convert, given, chunksize=4)))


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


def run_measured(project: Path, *words: str) -> tuple[float, float]:
    """Seconds and the most MiB that `yearbook` with these words takes."""
    begun = time.perf_counter()
    command = [sys.executable, "-m", "yearbook.cli", "--project", str(project), *words]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"yearbook {' '.join(words)} failed")
    return time.perf_counter() - begun, used.ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)


def multiply_areas(project: Path, times: int) -> int:
    """Repeat every organisation below England under new codes until there are `times` as many; how many there are."""
    for path in (project / "data/organisations.csv", *(project / "data/releases").glob("*.csv")):
        head, *rows = list(csv.reader(path.open(encoding="utf-8", newline="")))
        copied = [row for row in rows if row[0] != "england" and row[1] != "UNKNOWN"]
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(head)
            writer.writerows(rows)
            for number in range(2, times + 1):
                writer.writerows([row[0], f"{row[1]}-{number}", *row[2:]] for row in copied)
    with (project / "data/organisations.csv").open(encoding="utf-8", newline="") as file:
        return sum(1 for _ in file) - 1


def measure_growth(root: Path) -> None:
    """A cold build of one, two and four times the areas, once each: seconds, ratio and memory."""
    found = []
    for times in GROWTH:
        say(f"  growth, {times} times the areas")
        project = lay_out_project(root / f"grown-{times}")
        count = multiply_areas(project, times)
        found.append((times, count, *run_measured(project, "build", "--quiet")))
        shutil.rmtree(project)
    say()
    say(f"{'growth: a cold build of everything (once each)':<58}{'seconds':>8}{'ratio':>8}{'MiB':>8}  budget")
    for times, count, seconds, memory in found:
        what = f"{times} × the areas: {count:,} organisations"
        ratio, budget = seconds / found[0][2], f"at most {2.1 * times / 2:g}, 2,048 MiB" if times > 1 else ""
        say(f"{what:<58}{seconds:>8.1f}{ratio:>8.2f}{memory:>8.0f}  {budget}".rstrip())


def measure_builds(root: Path) -> None:
    project = lay_out_project(root / "project")
    given = specifications(project)
    build = python("yearbook.cli", "--project", str(project), "build", "--quiet", cwd=root)
    again = python("yearbook.cli", "--project", str(project), "build", "--quiet", "--force", cwd=root)
    bare = python("mkdocs", "build", "--quiet", "--config-file", "bare.yml", "--site-dir", "bare-site", cwd=project)
    build()  # stages the pages, and lets the disk and the bytecode settle
    took: dict[str, list[float]] = {"bare": [], "drawing": [], "cold": [], "warm": [], "nothing": []}
    for run in range(RUNS):
        say(f"  builds, {run + 1} of {RUNS}")
        took["bare"].append(timed(bare))
        took["drawing"].append(convert_all(given))
        shutil.rmtree(project / ".cache")
        took["cold"].append(timed(again))
        took["warm"].append(timed(again))
        took["nothing"].append(timed(build))
    pages = len(list((project / "staging").rglob("*.md")))
    floor = [bare + drawing for bare, drawing in zip(took["bare"], took["drawing"], strict=True)]
    say()
    say(f"{'builds (medians; a ratio is that of one round)':<58}{'seconds':>8}{'ratio':>8}  budget")
    say(line(f"bare mkdocs build, {pages} pages", took["bare"]))
    say(line(f"vl-convert, {len(given)} specifications on {os.cpu_count()} cores", took["drawing"]))
    say(line("cold build, to the sum of the two", took["cold"], floor, "at most 1.3"))
    say(line("warm build, to the bare mkdocs build", took["warm"], took["bare"], "at most 2"))
    say(line("a build when nothing changed", took["nothing"], budget="at most 0.5 s"))
    say("spread: " + "; ".join(f"{name} {min(found):.2f} to {max(found):.2f}" for name, found in took.items()))


def line(what: str, seconds: Sequence[float], against: Sequence[float] = (), budget: str = "") -> str:
    """A line of the table: the median of the seconds, and of their ratios to what was measured in the same round."""
    ratios = [one / other for one, other in zip(seconds, against, strict=False)]
    ratio = f"{statistics.median(ratios):>8.2f}" if ratios else " " * 8
    return f"{what:<58}{statistics.median(seconds):>8.2f}{ratio}  {budget}".rstrip()


def measure_imports(root: Path) -> None:
    release = root / "psych-ther-ann-rep-csv-2019-20-main.csv"
    generate_release(release)
    with release.open(encoding="utf-8") as file:
        columns, rows = len(next(file).split(",")), sum(1 for _ in file)
    found = []
    for run in range(RUNS):
        say(f"  imports, {run + 1} of {RUNS}")
        project = root / f"library-{run}"
        shutil.copytree(REPOSITORY / "data/crosswalks", project / "data/crosswalks")
        shutil.copy(REPOSITORY / "mkdocs.yml", project)
        found.append(run_measured(project, "add", "2019-20", str(release)))
    seconds, memory = (statistics.median(column) for column in zip(*found, strict=True))
    say()
    say(f"{'import (median)':<58}{'seconds':>8}{'MiB':>8}  budget")
    size = f"{rows:,} rows × {columns} columns, {release.stat().st_size / 2**20:.0f} MiB"
    say(f"{size:<58}{seconds:>8.2f}{memory:>8.0f}  under 5 s and 500 MiB")


def measure_words() -> None:
    """Try every mutant of the published words, and list those that the check does not notice."""
    sys.path.insert(0, str(REPOSITORY / "tests"))
    from claims.editing import Editing, survivors_of

    from yearbook.archive import read_archive

    begun = time.perf_counter()
    survived, tried = survivors_of(Editing(REPOSITORY, read_archive(REPOSITORY / "data")), 1.0)
    say(f"mutants of the words: {tried} tried in {time.perf_counter() - begun:.0f} s, {len(survived)} not noticed")
    for file, mutant in survived:
        say(f"  {file}:{mutant.line} {mutant.kind}: {mutant.before!r} to {mutant.after!r}")


def main() -> None:
    names = ("mkdocs", "pandas", "altair", "vl-convert-python", "jinja2", "markdown")
    say(f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}")
    say(", ".join(f"{name} {version(name)}" for name in names))
    if hasattr(os, "getloadavg"):
        say(f"load average before: {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory(prefix="yearbook-bench-") as folder:
        measure_builds(Path(folder))
        measure_growth(Path(folder))
        measure_imports(Path(folder))
    measure_words()


if __name__ == "__main__":
    main()
