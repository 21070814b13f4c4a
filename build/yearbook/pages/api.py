"""The page for programs: what each JSON file holds, with examples cut from the files themselves."""

import json
from dataclasses import dataclass
from typing import Any

from jinja2 import Environment
from markupsafe import Markup, escape

from yearbook.areas import FOLDER as AREAS
from yearbook.areas import Area
from yearbook.organisations import ENGLAND
from yearbook.outputs.areas import area_json, areas_index, finder_json, metrics_json
from yearbook.outputs.attribution import ATTRIBUTION, citation, data_version
from yearbook.outputs.figures import figure_facts
from yearbook.outputs.package import DataPackage
from yearbook.outputs.schemas import SCHEMAS, Schema
from yearbook.outputs.schemas.fields import FieldRow, example_of, field_rows
from yearbook.outputs.schemas.schema import head
from yearbook.pages.environment import PageEnvironment, render_page
from yearbook.pages.page import Page, relative_link
from yearbook.peers import HEADLINE, Comparisons
from yearbook.values import Status

ADDRESS = "data/api/"
SITE = "https://example.org/"
"""What recipes write where the site does not know its own address."""


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file as the page tells it: its schema, its fields, and an example with where it is cut from.

    `example` is empty for a kind that is told of and not shown.
    """

    schema: Schema
    fields: tuple[FieldRow, ...]
    cut_from: str = ""
    example: str = ""


def render_api(comparisons: Comparisons, package: DataPackage, environment: Environment) -> Page:
    """The page that documents the files for programs."""
    report, archive = comparisons.report, package.archive
    area = example_area(comparisons)
    organisation = area.current if area else ENGLAND
    site = environment.site.url if isinstance(environment, PageEnvironment) else ""
    common = field_rows({"properties": head("year"), "required": list(head("year"))})
    body = render_page(
        environment,
        "pages/api.html",
        kinds=file_kinds(comparisons, package),
        common=common,
        marks=[status for status in Status if status.value],
        published=Status.PUBLISHED,
        version=data_version(archive),
        attribution=ATTRIBUTION,
        citation=citation(archive),
        site=site or SITE,
        site_is_known=bool(site),
        metric=HEADLINE,
        year=(area.years if area else report.years)[-1],
        organisation=organisation,
        prose=prose,
        link=lambda target: relative_link(target, ADDRESS),
    )
    summary = (
        "The figures of areas and years as JSON at addresses that stay: what each file holds, its schema, and recipes."
    )
    return Page(f"{ADDRESS}index.md", "Data for programs", "data", body, summary, is_html=True)


def prose(words: str) -> Markup:
    """A description as it is printed: what stands between backticks is code, apostrophes are curly."""
    parts = str(escape(words.replace("'", "’"))).split("`")
    return Markup("".join(f"<code>{part}</code>" if at % 2 else part for at, part in enumerate(parts)))  # noqa: S704 - escaped


def example_area(comparisons: Comparisons) -> Area | None:
    """The area that the examples are cut from: the first of the latest year; None where there is none."""
    areas, latest = comparisons.areas.all, comparisons.report.latest
    return next((area for area in areas if area.in_year(latest)), next(iter(areas), None))


def file_kinds(comparisons: Comparisons, package: DataPackage) -> list[FileKind]:
    """Every kind of JSON file, in the order of the schemas, with an example where there is a file to cut it from."""
    area, latest = example_area(comparisons), str(comparisons.report.latest)
    organisation = area.current if area else ENGLAND
    wanted = [latest, HEADLINE, organisation.org_type, organisation.code]
    files: dict[str, tuple[str, bytes]] = {
        "years": ("reports/years.json", package.api["reports/years.json"]),
        "year": (path := f"reports/{latest}/figures.json", package.api[path]),
        "areas": (f"{AREAS}/areas.json", areas_index(comparisons)),
        "area": (f"{area.address if area else f'{AREAS}/england/'}figures.json", area_json(comparisons, area)),
        "metrics": (f"{AREAS}/metrics.json", metrics_json()),
        "finder": (f"{AREAS}/finder.json", finder_json(comparisons)),
    }
    tidy = next((found for found in package.figures if found.name == "metrics"), None)
    if tidy is not None and tidy.json is not None:
        files["tidy"] = f"data/{tidy.name}.json", tidy.json
    shown = next((found for name, found in package.printed.items() if name == f"journey-{latest}"), None)
    if shown is not None and shown.json is not None:
        files["table"] = f"data/tables/{shown.name}.json", shown.json
    if figure := package.charts.get(f"journey-{latest}"):
        files["figure"] = f"{figure.folder}figure.json", json.dumps(figure_facts(figure, package.archive)).encode()
    kinds = []
    for schema in SCHEMAS:
        rows = field_rows(schema.body, tuple(head(schema.kind)) if schema.kind in _API else ())
        if schema.kind in files:
            path, content = files[schema.kind]
            cut = example_of(schema.body, json.loads(content), wanted)
            kinds.append(FileKind(schema, rows, path, _set_out(cut) if cut else ""))
        else:
            kinds.append(FileKind(schema, rows))
    return kinds


_API = ("years", "year", "areas", "area")
"""The kinds whose head is told once for all."""


def _set_out(found: Any) -> str:
    return json.dumps(found, ensure_ascii=False, indent=2)
