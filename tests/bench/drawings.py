"""The drawings by themselves: what vl-convert alone takes for the specifications of the site."""

import json
import os
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from bench.projects import lay_out_project
from bench.table import Table, say
from bench.timing import timed

QUICK = 10
"""Every how many of the specifications are drawn where it must be quick."""


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
    """Draw one; the letters of the SVG."""
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


def measure(folder: Path, quick: bool) -> list[Table]:
    """How many images vl-convert draws in a second, on all cores, and how long the charts take to be specified."""
    project = lay_out_project(folder / "drawn")
    say("specifications")
    given: list[str] = []
    specified = timed(lambda: given.extend(specifications(project)))
    sample = given[:: QUICK if quick else 1]
    say(f"drawing {len(sample):,} of {len(given):,}")
    took = convert_all(sample)
    cores = os.cpu_count()
    rows = [
        (f"specifications of {len(given):,} images, data read and all", f"{specified:.1f}", ""),
        (f"vl-convert, {len(sample):,} of them on {cores} cores", f"{took:.1f}", f"{len(sample) / took:.1f}"),
    ]
    return [Table("Drawings", ("", "seconds", "images a second"), rows)]
