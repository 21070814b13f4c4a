"""The drawings by themselves: what vl-convert alone takes for the specifications of the site."""

import json
import os
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

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


def sheets(project: Path) -> tuple[list[tuple[str, int]], str]:
    """The SVG that each PNG of the site is made from, with its scale, and the folder of the fonts they need.

    The project has to have been built: the drawings are taken from its cache.
    """
    from yearbook.areas import Areas
    from yearbook.charts import Chart, draw_charts
    from yearbook.charts.card_drawing import _lay_out_fonts
    from yearbook.charts.cards import card_svg
    from yearbook.charts.rasters import SCALE, WIDTH, compose
    from yearbook.peers import Comparisons
    from yearbook.pipeline import charts_by_key, read_project, reconcile, write_up
    from yearbook.report import Report
    from yearbook.settings import read_settings

    archive, words = read_project(project)
    comparisons = Comparisons(Report(archive), Areas(archive))
    charts = charts_by_key(comparisons, words)
    written = write_up(comparisons, words, reconcile(archive), charts, project)
    wanted = [chart for chart in charts.values() if isinstance(chart, Chart)]
    figures = written.package.charts
    drawn = [
        (compose(one.chart, one.svg[WIDTH], figure.signature), SCALE)
        for one in draw_charts(wanted, project / ".cache" / "charts").charts
        if (figure := figures.get(one.chart.name)) and figure.in_report
    ]
    site, cards = read_settings(project).name, [page.social_card for page in written.pages if not page.is_part]
    return drawn + [(card_svg(card, site), 1) for card in cards], _lay_out_fonts(project / ".cache" / "fonts")


def convert(specification: str) -> int:
    """Draw one; the letters of the SVG."""
    import vl_convert

    return len(vl_convert.vegalite_to_svg(specification, vl_version="6.4"))


def rasterise(sheet: tuple[str, int]) -> int:
    """Make a PNG; its bytes."""
    import vl_convert

    return len(vl_convert.svg_to_png(sheet[0], scale=sheet[1]))


def take_fonts(folder: str) -> None:
    """Tell vl-convert where the fonts of social cards lie."""
    import vl_convert

    vl_convert.register_font_directory(folder)


def ready(_: int) -> None:
    """A worker has started and loaded vl-convert; its first conversion is still to come."""
    import vl_convert  # noqa: F401

    time.sleep(0.2)  # so that every worker takes one


def convert_all(given: Sequence[Any], draw: Callable[[Any], int] = convert, fonts: str = "") -> float:
    """Seconds that vl-convert takes for all, on all cores; the starting of the workers is not counted."""
    cores = os.cpu_count() or 1
    begin = {"initializer": take_fonts, "initargs": (fonts,)} if fonts else {}
    with ProcessPoolExecutor(cores, mp_context=get_context("spawn"), **begin) as pool:
        list(pool.map(ready, range(cores)))
        return timed(lambda: list(pool.map(draw, given, chunksize=4)))


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
