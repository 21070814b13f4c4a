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
from yearbook.outputs.attribution import SITE_NAME, data_version, figure_citation
from yearbook.outputs.downloads import away_from_home, licence_of, table_path

FOLDER = "figures"
SCHEMA = "data/schemas/figure.json"


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
    """What is said of every figure, by path, and the schema of it."""
    files = [(f"{figure.folder}figure.json", _json(figure_facts(figure, archive))) for figure in figures.values()]
    return [*files, (SCHEMA, _json(FIGURE_SCHEMA))]


def _json(facts: Mapping[str, Any]) -> bytes:
    return f"{json.dumps(facts, ensure_ascii=False, indent=1)}\n".encode()


def figure_facts(figure: ShownFigure, archive: Archive) -> dict[str, Any]:
    """All that is known of a figure, as `FIGURE_SCHEMA` says. Addresses are relative to `figures/<name>/`."""
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


def _words(description: str) -> dict[str, Any]:
    return {"type": "string", "minLength": 1, "description": description}


def _address(description: str) -> dict[str, Any]:
    return {"type": "string", "format": "uri-reference", "minLength": 1, "description": description}


def _object(description: str, properties: Mapping[str, Any], optional: Iterable[str] = ()) -> dict[str, Any]:
    return {
        "type": "object",
        "description": description,
        "properties": dict(properties),
        "required": [name for name in properties if name not in set(optional)],
        "additionalProperties": False,
    }


FIGURE_SCHEMA: Mapping[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "A figure of the Yearbook",
    **_object(
        "A chart, its words, its files and how to cite it. Addresses are relative to the file, but for `address`.",
        {
            "$schema": _address("Where this schema lies."),
            "id": {"type": "string", "pattern": "^[a-z0-9-]+$", "description": "The last part of its address."},
            "title": _words("What it finds."),
            "base": _words("Who is counted."),
            "alt": _words("What the picture shows, in sentences."),
            "notes": {"type": "array", "items": {"type": "string"}, "description": "What to know to read it rightly."},
            "source": _words("Where its numbers come from."),
            "year": {
                "type": ["string", "null"],
                "pattern": "^[0-9]{4}-[0-9]{2}$",
                "description": "The financial year it is of; null for one of several years, and for an area's.",
            },
            "area": {
                "anyOf": [
                    {"type": "null"},
                    _object(
                        "The area or provider it is of.",
                        {
                            "name": _words("Its name."),
                            "codes": {"type": "array", "items": {"type": "string"}, "minItems": 1},
                            "page": _address("Its page."),
                        },
                    ),
                ]
            },
            "address": _address("Its own page, whole where the site knows where it lives, else from the site's root."),
            "page": _object(
                "The page it is at home on.", {"title": _words("Its title."), "address": _address("The figure on it.")}
            ),
            "images": {
                "type": "array",
                "minItems": 1,
                "items": _object(
                    "A picture of it.",
                    {
                        "kind": {"enum": ["wide", "narrow", "png"]},
                        "format": {"enum": ["svg", "png"]},
                        "address": _address("The file."),
                        "width": {"type": "integer", "minimum": 1, "description": "In pixels."},
                        "height": {"type": "integer", "minimum": 1, "description": "In pixels."},
                    },
                ),
            },
            "data": _object(
                "The files that hold its numbers: its table's, or all figures of its area.",
                {"csv": _address("As CSV."), "json": _address("As JSON.")},
            ),
            "version": _words("The version of the data."),
            "licence": _object(
                "Under what the numbers may be used.",
                {
                    "title": _words("Its name."),
                    "address": _address("Its text."),
                    "attribution": _words("What to print with them."),
                },
                optional=["address"],
            ),
            "attribution": _words("What to print with the figure."),
            "citation": _words("The figure as a line of a list of references."),
            "embed": {
                "type": ["string", "null"],
                "description": "HTML that shows it in another page; null where the site does not know where it lives.",
            },
        },
    ),
}
"""What stands in a `figure.json`. Keys are only ever added."""
