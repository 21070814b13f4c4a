"""Builds after a small change: none at all, an edited sentence, and a new year."""

import shutil
from dataclasses import replace
from pathlib import Path

from bench.projects import BARE, lay_out_project
from bench.table import Table, ratio, say, seconds
from bench.timing import python, timed, yearbook

RUNS = 5
EDITED = "content/reports/2019-20.md"
"""The file in which a paragraph more is written before each build."""


def forget_the_last_year(project: Path) -> int:
    """Remove from the cache each drawing that would look otherwise without the last year; how many there are.

    A build then draws what it would have to when that year is new.
    """
    from yearbook.areas import Areas
    from yearbook.charts import Chart
    from yearbook.charts.drawing import _task
    from yearbook.peers import Comparisons
    from yearbook.pipeline import charts_by_key, read_project
    from yearbook.report import Report

    archive, words = read_project(project)
    last = archive.years[-1]
    releases = {year: release for year, release in archive.releases.items() if year != last}
    before = replace(archive, releases=releases)
    reports = {year: report for year, report in words.reports.items() if year != last}
    keys = []
    for known, told in ((archive, words), (before, replace(words, reports=reports))):
        charts = charts_by_key(Comparisons(Report(known), Areas(known)), told).values()
        drawable = [chart for chart in charts if isinstance(chart, Chart)]
        keys.append({_task(chart, width).key for chart in drawable for width in chart.pictures})
    new = keys[0] - keys[1]
    for key in new:
        (project / ".cache" / "charts" / f"{key}.svg").unlink(missing_ok=True)
    return len(new)


def measure(folder: Path, quick: bool) -> list[Table]:
    """Medians of five rounds, or of one where it must be quick, by turns with a bare build of the same pages."""
    project = lay_out_project(folder / "edited", with_drawings=True)
    build, again = yearbook(project, "build", "--quiet"), yearbook(project, "build", "--quiet", "--force")
    bare = python("mkdocs", "build", "--quiet", "--config-file", BARE, "--site-dir", "bare-site", cwd=project)
    say("the first build")
    build()
    took: dict[str, list[float]] = {"bare": [], "nothing": [], "edit": [], "year": []}
    forgotten, runs = 0, 1 if quick else RUNS
    for run in range(runs):
        say(f"edits, {run + 1} of {runs}")
        took["bare"].append(timed(bare))
        shutil.rmtree(project / "bare-site")
        took["nothing"].append(timed(build))
        with (project / EDITED).open("a", encoding="utf-8") as file:
            file.write("\nThis was added by an editor.\n")
        took["edit"].append(timed(build))
        forgotten = forget_the_last_year(project)
        took["year"].append(timed(again))
    rows = [
        (what, seconds(took[name]), ratio(took[name], took["bare"]) if name != "bare" else "", most)
        for what, name, most in (
            ("bare mkdocs build of the same pages", "bare", ""),
            ("nothing changed", "nothing", "0.5 s"),
            ("a paragraph of a report changed", "edit", ""),
            (f"a new year: {forgotten:,} drawings that show it are not there yet", "year", ""),
        )
    ]
    return [Table(f"Builds after a change (medians of {runs})", ("", "seconds", "ratio", "at most"), rows)]
