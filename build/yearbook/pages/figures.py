"""The page of each figure: its permanent address, small enough to stand in a frame of another site's page.

It has no masthead and no scripts. What is asked of a page that shows a figure is only that the figure's own markup holds
the way here, its anchor and the way to what it rests on: so no page can show one that has no page of its own.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from jinja2 import Environment
from markupsafe import Markup

from yearbook.archive import Archive
from yearbook.areas import Area
from yearbook.charts.areas import area_chart_id
from yearbook.charts.chart import Chart
from yearbook.outputs.attribution import SITE_NAME
from yearbook.outputs.downloads import licence_of
from yearbook.outputs.figures import FOLDER, ShownFigure, citation_of, embed_code, gather_figures
from yearbook.pages.environment import render_page
from yearbook.pages.markup import file_links, plain_table_html
from yearbook.pages.page import Page, relative_link

_FIGURE = '<figure class="chart" id="'
_WAY = re.compile(rf'href="[^"]*{FOLDER}/([^"/]+)/#use"')
_BEHIND = re.compile(r'class="behind" href="#([^"]+)"')


@dataclass(frozen=True, slots=True)
class Placed:
    """A figure on a page: the name of its chart, its anchor, and the anchor of what it rests on."""

    name: str
    anchor: str
    working: str


def figures_on(page: Page) -> Iterator[Placed]:
    """The figures of a page, in order. Raises AssertionError for one without its ways."""
    for part in page.body.split(_FIGURE)[1:]:
        anchor, _, rest = part.partition('"')
        inside = rest.partition("</figure>")[0]
        way, behind = _WAY.search(inside), _BEHIND.search(inside)
        if way is None or behind is None:
            raise AssertionError(f"{page.path} shows {anchor} without the way to its page or to its workings")
        yield Placed(way[1], anchor, behind[1])


def shown_figures(
    pages: Iterable[Page], charts: Iterable[Chart], areas: Iterable[Area], site: str = ""
) -> dict[str, ShownFigure]:
    """Every chart that any of the pages shows, by name, with its home. `site` is the address of the whole site."""
    named = {chart.name: chart for chart in charts}
    area_of = {area_chart_id(area, kind): area for area in areas for kind in ("place", "trend")}
    return gather_figures(
        ShownFigure(
            named[placed.name],
            page.title,
            page.address,
            placed.anchor,
            placed.working,
            area_of.get(named[placed.name].id),
            page.layout == "report",
            site,
        )
        for page in pages
        for placed in figures_on(page)
    )


def render_figure(figure: ShownFigure, archive: Archive, environment: Environment) -> Page:
    """The page of one figure."""
    chart, address = figure.chart, figure.folder
    home = relative_link(figure.address, address)
    licence = licence_of(chart.table)
    images = {image.kind: image for image in figure.images}
    body = render_page(
        environment,
        "pages/figure.html",
        area=figure.area.name if figure.area else "",
        page=figure.page,
        site=SITE_NAME,
        home=f"{home}#{figure.anchor}",
        working=f"{home}#{figure.working}",
        finding=chart.finding,
        base=chart.base,
        alt=chart.alt,
        images={kind: (f"../../{image.path}", image.width, image.height) for kind, image in images.items()},
        notes=[note for note in chart.notes if note not in chart.table.notes],
        table=Markup(plain_table_html(chart.table)),  # noqa: S704 - escaped there
        source=chart.source,
        files=Markup(file_links(figure.files, address, of=chart.finding)),  # noqa: S704 - our own addresses
        citation=citation_of(figure, archive),
        embed=embed_code(figure),
        placed=bool(figure.site),
        folder=figure.folder,
        licence=licence,
    )
    # No two pages have one title: two charts may find the same, in two reports or of two areas.
    title = f"{figure.page}: {chart.finding}" if figure.area else f"{chart.finding} (figure in {figure.page})"
    summary = f"{figure.title}. {chart.base}. Source: {chart.source}."
    picture = images["png"].path if "png" in images else ""
    return Page(f"{address}index.md", title, "figure", body, summary, is_html=True, picture=picture)
