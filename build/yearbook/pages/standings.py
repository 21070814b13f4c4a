"""How the organisations of a type compared in a year: the page of a map, a funnel, a table, and who is left out.

It is HTML from the start, as an area's page is: a table of providers has thousands of cells.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from jinja2 import Environment
from markupsafe import Markup

from yearbook.areas import TYPE_WORDS, short_name
from yearbook.charts.area_pictures import spread_chart_id
from yearbook.charts.chart import Chart, MissingChart
from yearbook.charts.maps import MAPPED_TYPES, map_cells, mapped_metrics
from yearbook.formatting import sentence_case
from yearbook.metrics import METRICS_BY_NAME
from yearbook.organisations import Organisation
from yearbook.outputs.downloads import table_path
from yearbook.outputs.standings import standings_address, standings_table
from yearbook.pages.area_tables import AreaTable, Row
from yearbook.pages.environment import render_page
from yearbook.pages.markup import figure_links, file_links
from yearbook.pages.page import Page, relative_link
from yearbook.peers import HEADLINE, Comparisons, Peer, Peers
from yearbook.tables import Row as TableRow
from yearbook.tables import Table, count_words, extremes_table, percent_range, spreads_table
from yearbook.wording import (
    after_sentences,
    bands_of,
    chance_sentence,
    compare_sentence,
    difference_sentence,
    left_out_sentences,
    middle_sentence,
    spread_finding,
    without_sentence,
)
from yearbook.years import FinancialYear

ChartKey = tuple[str, FinancialYear | None]


@dataclass(frozen=True, slots=True)
class Hexagon:
    """A hexagon of the map: its centre, where it leads, what it says, and its band."""

    x: float
    y: float
    address: str
    words: str
    label: str
    band: int


@dataclass(frozen=True, slots=True)
class HexMap:
    """One map of the switch: a rate, its hexagons, and the legend with a count for each band."""

    metric: str
    title: str
    hexagons: tuple[Hexagon, ...]
    legend: tuple[tuple[int, str, int], ...]

    @property
    def width(self) -> int:
        """The width of the drawing, with a little room round it."""
        return int(max((hexagon.x for hexagon in self.hexagons), default=0) + 12)

    @property
    def height(self) -> int:
        """Its height."""
        return int(max((hexagon.y for hexagon in self.hexagons), default=0) + 14)


def render_standings(
    comparisons: Comparisons,
    org_type: str,
    year: FinancialYear,
    charts: Mapping[ChartKey, Chart | MissingChart],
    environment: Environment,
) -> Page:
    """The page of one type in one year."""
    address = standings_address(org_type, year)
    peers = comparisons.peers(HEADLINE, year, org_type)
    high, low = peers.highest, peers.lowest
    apart = high is not None and low is not None and high is not low
    found = [charts.get((spread_chart_id(kind, org_type), year)) for kind in ("spread", "funnel")]
    drawn = [chart for chart in found if isinstance(chart, Chart)]
    title = f"{sentence_case(count_words(peers))}, {year}"
    years = [other for other in comparisons.report.years if comparisons.peers(HEADLINE, other, org_type).ranked]
    everyone = standings_table(comparisons, org_type, year)
    extremes, spreads = extremes_table(comparisons, peers), spreads_table(comparisons, org_type)
    body = render_page(
        environment,
        "pages/standings.html",
        title=title,
        year=year,
        standfirst=spread_finding(peers) + ".",
        sentences=[
            compare_sentence(high, low) if apart and high and low else "",
            difference_sentence(high, low) if apart and high and low else "",
            middle_sentence(peers),
        ],
        chance=chance_sentence(peers),
        charts=[_chart(chart, address) for chart in drawn],
        maps=hex_maps(comparisons, org_type, year, address),
        everyone=_as_area_table(everyone, "all", address),
        left_out=left_out_sentences(peers),
        barred=[(peer.organisation.name, peer.working.text(0), [*(flag.words for flag in peer.flags), without_sentence(peers, peer)]) for peer in peers.rows if peer.flags],
        extremes=_as_area_table(extremes, "extremes", address),
        after=after_sentences(comparisons, peers),
        spreads=_as_area_table(spreads, "spreads", address, str(year)),
        others=[(other, standings_address(org_type, other)) for other in years if other != year],
        alike=[(sentence_case(TYPE_WORDS[other][1]), standings_address(other, year))
               for other in comparisons.areas.types_in(year)
               if other != org_type and comparisons.peers(HEADLINE, year, other).ranked],
        sources=comparisons.report.citation(year),
        link=lambda target: relative_link(target, address),
    )  # fmt: skip
    own = (
        (everyone, extremes, spreads) if year == years[-1] else (everyone, extremes)
    )  # the latest hands over the series
    tables = {table.name: table for table in own if table.rows} | {chart.table.name: chart.table for chart in drawn}
    return Page(f"{address}index.md", title, "standings", body, spread_finding(peers) + ".", tables, is_html=True)


def _chart(chart: Chart, address: str) -> dict[str, object]:
    return {
        "id": chart.id,
        "finding": chart.finding,
        "base": chart.base,
        "alt": chart.alt,
        "notes": chart.notes,
        "source": chart.source,
        "links": Markup(figure_links(chart, table_path(chart.table.name), address)),  # noqa: S704 - our own addresses
        "images": {
            width: relative_link(f"assets/charts/{chart.name}-{width}.svg", address) for width in chart.pictures
        },
        "sizes": {width: (picture.width, picture.height) for width, picture in chart.pictures.items()},
    }


def hex_maps(comparisons: Comparisons, org_type: str, year: FinancialYear, address: str) -> list[HexMap]:
    """The maps of the rates that can be switched between; none for a type without a layout."""
    if org_type not in MAPPED_TYPES:
        return []
    maps = []
    for name, peers in mapped_metrics(comparisons, org_type, year).items():
        cells, bands = map_cells(comparisons, peers), bands_of(peers)
        if not cells:
            return []
        left, top = min(cell.x for cell in cells), min(cell.y for cell in cells)
        hexagons = []
        for cell in cells:
            area = comparisons.areas.of(cell.peer.organisation.key)
            hexagons.append(
                Hexagon(
                    round((cell.x - left + 0.5) * 20, 1),
                    round((cell.y - top + 0.6) * 20, 1),
                    relative_link(area.address, address) if area else "",
                    _hex_words(peers, cell.peer),
                    _abbreviation(cell.peer.organisation),
                    bands.band(cell.peer),
                )
            )
        counts = [sum(one.band == number for one in hexagons) for number in range(6)]
        legend = [(number, label, counts[number]) for number, label in enumerate(bands.labels, start=1)]
        if counts[0]:
            legend.append((0, "not ranked", counts[0]))
        maps.append(HexMap(name.replace("_", "-"), METRICS_BY_NAME[name].title, tuple(hexagons), tuple(legend)))
    return maps


def _hex_words(peers: Peers, peer: Peer) -> str:
    """`NHS Brighton and Hove CCG: 34%, 95% interval 32 to 36, 135 of 135`."""
    words = f"{peer.organisation.name}: {peer.working.text(0)}"
    if peer.interval is not None:
        words += f", 95% interval {percent_range(peer.interval)}"
    return words + (f", rank {peer.rank} of {len(peers.ranked)}" if peer.rank else f", not ranked: {peer.left_out}")


def _abbreviation(organisation: Organisation) -> str:
    """Up to four letters for inside a hexagon: the initials of the words, or the beginning of a single one."""
    words = [
        word for word in short_name(organisation).replace("-", " ").replace(",", " ").split() if word[:1].isupper()
    ]
    if len(words) == 1:
        return words[0][:4]
    return "".join(word[0] for word in words)[:4]


def _as_area_table(table: Table, id: str, address: str, marked: str = "") -> AreaTable:
    """A table of the catalogue as this page prints one: names lead to pages, a row can be marked, the files are linked."""

    def label(row: TableRow) -> str | Markup:
        if not row.address:
            return row.label
        return Markup('<a href="{}">{}</a>').format(relative_link(row.address, address), row.label)

    rows = tuple(
        Row(
            label(row),
            tuple(cell if isinstance(cell, str) else cell.text for cell in row.cells),
            apart=row.is_base or row.label == marked,
        )
        for row in table.rows
    )
    files = Markup(file_links(table_path(table.name), address, of=table.caption))  # noqa: S704 - made of the table's own name
    return AreaTable(id, table.caption, table.columns, rows, table.notes, files)
