"""Every chart that a page shows, as something to take away: its address, files and words, how to cite and embed it.

Each has a page of its own at `figures/<name>/`, which `pages.figures` makes, and beside it `figure.json`, which says
all of it to a machine. `data/schemas/figure.json` says what stands in that.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from html import escape
from typing import Any

from yearbook.archive import Archive
from yearbook.areas import Area
from yearbook.charts.chart import Chart
from yearbook.charts.rasters import WIDTH, raster_size
from yearbook.outputs.attribution import SCHEMAS, SITE_NAME, data_version, figure_citation
from yearbook.outputs.downloads import away_from_home, licence_of, table_path

FOLDER = "figures"
SCHEMA = f"{SCHEMAS}/figure.json"


@dataclass(frozen=True, slots=True)
class Image:
    """A picture of a figure: its width's name or `png`, its format, its path from the root, its size in pixels."""

    kind: str
    format: str
    path: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class ShownFigure:
    """A chart with the page it is at home on: that page's title, its address, and the chart's anchor there.

    `working` is the anchor on that page of what the chart's numbers rest on. `area` is whose chart it is, for one that
    stands on an area's page. `in_report` says that a yearly report shows it: such a chart has a PNG. `site` is the
    address of the site, empty where that is not known.
    """

    chart: Chart
    page: str
    address: str
    anchor: str
    working: str
    area: Area | None = None
    in_report: bool = False
    site: str = ""

    @property
    def folder(self) -> str:
        """The address of its own page from the root of the site."""
        return figure_address(self.chart.name)

    @property
    def place(self) -> str:
        """The address of its own page: whole where the site knows where it lives, else from the site's root."""
        return f"{self.site}{self.folder}"

    @property
    def title(self) -> str:
        """What it finds, and for an area's chart of which area: a sentence that can stand alone, without its stop."""
        return f"{self.area.name}: {self.chart.finding}" if self.area else self.chart.finding

    @property
    def files(self) -> str:
        """Where its numbers lie as CSV and JSON, without the endings: its table's files, or all its area's figures."""
        return f"{self.area.address}figures" if self.area else table_path(self.chart.table.name)

    @property
    def signature(self) -> str:
        """What its PNG ends with."""
        return f"{SITE_NAME}, {self.place}"

    @property
    def images(self) -> tuple[Image, ...]:
        """Its pictures: the SVGs that pages show, the widest first, then the PNG."""
        stem = f"assets/charts/{self.chart.name}"
        found = [
            Image(width, "svg", f"{stem}-{width}.svg", picture.width, picture.height)
            for width, picture in self.chart.pictures.items()
            if width != "spark"  # the small drawing of a card, which has no words
        ]
        if self.in_report:
            found.append(Image("png", "png", f"{stem}.png", *raster_size(self.chart, self.signature)))
        return tuple(found)


def figure_address(name: str) -> str:
    """The address of the page of the chart called `name`: `figures/journey-2019-20/`."""
    return f"{FOLDER}/{name}/"


def has_raster(chart: Chart, address: str) -> bool:
    """Whether the page at `address` is a yearly report, and so offers a PNG of the chart."""
    return address.startswith("reports/") and WIDTH in chart.pictures


def gather_figures(shown: Iterable[ShownFigure]) -> dict[str, ShownFigure]:
    """Each chart once, by name, with the page it is at home on: an area's page, else as for its table."""
    found: dict[str, ShownFigure] = {}
    for each in shown:
        known = found.get(each.chart.name, each)
        home = min(each, known, key=_away)  # of two alike the later
        found[each.chart.name] = replace(home, in_report=each.in_report or known.in_report)
    return found


def _away(figure: ShownFigure) -> tuple[bool, bool, bool]:
    return (
        figure.area is not None and figure.area.address != figure.address,
        *away_from_home(figure.chart.year, figure.address),
    )


def figure_files(figures: Mapping[str, ShownFigure], archive: Archive) -> list[tuple[str, bytes]]:
    """What is said of every figure, by path."""
    return [(f"{figure.folder}figure.json", _json(figure_facts(figure, archive))) for figure in figures.values()]


def _json(facts: Mapping[str, Any]) -> bytes:
    return f"{json.dumps(facts, ensure_ascii=False, indent=1)}\n".encode()


def figure_facts(figure: ShownFigure, archive: Archive) -> dict[str, Any]:
    """All that is known of a figure, as its schema says. Addresses are relative to `figures/<name>/`."""
    chart, area, licence = figure.chart, figure.area, licence_of(figure.chart.table)
    return {
        "$schema": f"../../{SCHEMA}",
        "id": chart.name,
        "title": figure.title,
        "base": chart.base,
        "alt": chart.alt,
        "notes": list(chart.notes),
        "source": chart.source,
        "year": str(chart.year) if chart.year else None,
        "area": {"name": area.name, "codes": list(area.codes), "page": f"../../{area.address}"} if area else None,
        "address": figure.place,
        "page": {"title": figure.page, "address": f"../../{figure.address}#{figure.anchor}"},
        "images": [
            {
                "kind": image.kind,
                "format": image.format,
                "address": f"../../{image.path}",
                "width": image.width,
                "height": image.height,
            }
            for image in figure.images
        ],
        "data": {"csv": f"../../{figure.files}.csv", "json": f"../../{figure.files}.json"},
        "version": data_version(archive),
        "licence": licence,
        "attribution": licence["attribution"],
        "citation": citation_of(figure, archive),
        "embed": embed_code(figure) if figure.site else None,
    }


def citation_of(figure: ShownFigure, archive: Archive) -> str:
    """The figure as a line of a list of references."""
    return figure_citation(archive, figure.title, figure.page, figure.chart.source, figure.place)


_ROOM = 310  # for the words about a picture, in pixels of an ordinary frame
_WIDEST, _NARROWEST = 1.2, 480 / 340  # how much larger than drawn the two pictures can be shown


def embed_code(figure: ShownFigure) -> str:
    """The HTML that shows the figure in another page, high enough for its picture at any width."""
    stretch = {"wide": _WIDEST, "narrow": _NARROWEST}
    picture = max(picture.height * stretch.get(width, 0) for width, picture in figure.chart.pictures.items())
    height = -(-int(picture + _ROOM) // 10) * 10
    return (
        f'<iframe src="{escape(figure.place)}" title="{escape(figure.title)}" width="100%" height="{height}" '
        'loading="lazy" style="border: 0"></iframe>'
    )
