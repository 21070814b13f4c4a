"""The HTML of the generated parts: live numbers, tables, figures.

Names and labels are data everywhere, so they are escaped here, once. Everything returned is one block
without a blank line, so that Markdown passes it through as it is.
"""

import re
from collections.abc import Sequence
from html import escape

from yearbook.charts.chart import Chart
from yearbook.formulas import Working
from yearbook.metrics import METRICS_BY_NAME
from yearbook.organisations import ENGLAND, Organisation
from yearbook.outputs.downloads import table_path
from yearbook.outputs.figures import figure_address, has_raster
from yearbook.pages.chart_workings import (
    ChartWorking,
    cell_words,
    is_told,
    metric_words,
    row_anchor,
    told_cells,
    told_rows,
)
from yearbook.pages.page import relative_link
from yearbook.pages.text import mark_label
from yearbook.pages.workings import WorkingsList, working_sum
from yearbook.releases import TOTAL, Breakdown
from yearbook.report import Change
from yearbook.tables import Cell, Row, Table
from yearbook.wording import change_words
from yearbook.years import FinancialYear


def live_number(
    metric: str,
    year: FinancialYear,
    working: Working,
    workings: WorkingsList,
    places: int | None = None,
    organisation: Organisation = ENGLAND,
    breakdown: Breakdown = TOTAL,
) -> str:
    """A number that links to its working; a mark such as `[x]` links to the reason."""
    text = working.text(places)
    return linked(text, workings.add(metric, year, working, organisation, breakdown))


def live_change(
    metric: str,
    since: FinancialYear,
    year: FinancialYear,
    change: Change,
    workings: WorkingsList,
    kind: str = "",
    organisation: Organisation = ENGLAND,
    breakdown: Breakdown = TOTAL,
) -> str:
    """A change in words that links to its subtraction."""
    anchor = workings.add_change(metric, since, year, change, organisation, breakdown)
    return linked(change_words(metric, change, kind), anchor)


def linked(text: str, anchor: str) -> str:
    """`text` as a live number with the anchor of its working."""
    return f'<a class="n" href="#{anchor}"{mark_label(text)}>{escape(text)}</a>'


def table_html(table: Table, address: str, workings: WorkingsList, in_figure: bool = False) -> str:
    """A table with its caption, row and column headings, live numbers and notes, and its files.

    In a figure it has no id, as it may repeat another on the page, and the figure links to its files.
    """
    workings.tables[table.name] = table
    notes = (*table.notes, *own_notes(table))
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in table.columns)
    body = "\n".join(_row(row, table, address, workings) for row in table.rows)
    anchor = "" if in_figure else f' id="table-{table.id}"'
    files = (
        ""
        if in_figure
        else f'\n<p class="table-files">This table: {file_links(table_path(table.name), address, of=table.caption)}</p>'
    )
    return (
        f'<div class="table-scroll" tabindex="0" role="group" aria-label="{escape(table.caption)}">'
        f'<table class="data"{anchor}>\n<caption>{escape(table.caption)}</caption>\n'
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody></table></div>\n{_notes(notes)}"
    ).rstrip() + files


def plain_table_html(table: Table) -> str:
    """A table whose numbers lead nowhere, for a page that has no workings; its notes with it."""
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in table.columns)
    body = "\n".join(
        f"<tr{_BASE_ROW if row.is_base else ''}>"
        f'<th scope="row">{escape(row.label)}</th>{"".join(_cell(cell, None) for cell in row.cells)}</tr>'
        for row in table.rows
    )
    return (
        f'<div class="table-scroll" tabindex="0" role="region" aria-label="{escape(table.caption)}">'
        f'<table class="data">\n<caption>{escape(table.caption)}</caption>\n'
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody></table></div>\n{_notes(table.notes)}"
    ).rstrip()


_BASE_ROW = ' class="base-row"'


def own_notes(table: Table) -> tuple[str, ...]:
    """Where the sums of a table are whose numbers do not each lead to one."""
    if not table.own_working or not table.rows:
        return ()
    if any(row.address for row in table.rows):
        return ("Each name leads to the counts that its row is made of.",)
    return ("Each row holds its own sum, and its name is its address.",)


def file_links(path: str, address: str, kinds: Sequence[str] = ("csv", "json"), of: str = "") -> str:
    """The links from the page at `address` to the files whose path without its ending is `path`, of each kind.

    `of` is what they are files of: those who hear a link by itself hear it too.
    """
    return " · ".join(
        f'<a href="{relative_link(f"{path}.{kind}", address)}"{_of(kind, of)} download>{kind.upper()}</a>'
        for kind in kinds
    )


def _of(kind: str, of: str) -> str:
    return f' aria-label="{kind.upper()}: {escape(of)}"' if of else ""


def _notes(notes: Sequence[str]) -> str:
    return f'<p class="note">{escape(" ".join(notes))}</p>' if notes else ""


def _row(row: Row, table: Table, address: str, workings: WorkingsList) -> str:
    """A line of a table: each of its numbers leads to its working, or its name leads to what they are made of."""
    link = row_link(table, row, address)
    cells = "".join(_cell(cell, None if table.own_working and link else workings) for cell in row.cells)
    kind = _BASE_ROW if row.is_base else ""
    given = workings.add_row(table, row.label) if link.startswith("#w-row-") else ""
    anchor = f' id="{given}"' if given else ""
    label = f'<a class="row-link" href="{link}">{escape(row.label)}</a>' if link else escape(row.label)
    return f'<tr{kind}{anchor}><th scope="row">{label}</th>{cells}</tr>'


def _cell(cell: Cell | str, workings: WorkingsList | None) -> str:
    if isinstance(cell, str):
        return f'<td class="num">{escape(cell)}</td>'
    kind = "num" if cell.working.figure.known else "mark"
    if workings is None:
        return f'<td class="{kind}"{mark_label(cell.text)}>{escape(cell.text)}</td>'
    link = linked(cell.text, workings.add(cell.metric, cell.year, cell.working, breakdown=cell.breakdown))
    return f'<td class="{kind}">{link}</td>'


def folded_html(table: Table, address: str, workings: WorkingsList) -> str:
    """A table that opens when asked for, under its caption."""
    return (
        f'<details class="chart__data"><summary>{escape(table.caption)}</summary>\n'
        f"{table_html(table, address, workings)}\n</details>"
    )


def raised(text: str) -> str:
    """The text with the findings of its figures a level higher: for figures that stand before any heading."""
    return re.sub(r'<h3 (class="chart__finding">.*?)</h3>', r"<h2 \1</h2>", text, flags=re.DOTALL)


def figure_html(
    chart: Chart, address: str, workings: WorkingsList, eager: bool = False, level: int = 3, anchor: str = ""
) -> str:
    """A chart as a figure: its finding, the base, the picture, its table, its source and downloads.

    `eager` loads the picture at once, for the first on a page; the others wait until they are near.
    `level` is that of the finding's heading, `anchor` what it is called on the page: by default the chart's id.
    """
    anchor = f"chart-{anchor or chart.id}"
    images = {width: relative_link(f"assets/charts/{chart.name}-{width}.svg", address) for width in chart.pictures}
    sizes = {width: (picture.width, picture.height) for width, picture in chart.pictures.items()}
    loading = "" if eager else ' loading="lazy"'
    links = figure_links(chart, table_path(chart.table.name), address)
    notes = _notes([note for note in chart.notes if note not in chart.table.notes])
    table = _chart_table(chart, anchor, address, workings)
    working = workings.add_chart(_chart_working(chart, anchor, address, workings))
    return (
        f'<figure class="chart" id="{anchor}">\n'
        f'<figcaption><h{level} class="chart__finding">{escape(chart.finding)}</h{level}>'
        f'<p class="chart__base">{escape(chart.base)} {behind(f"#{working}", "of this chart")}</p></figcaption>\n'
        f'<picture><source media="(min-width: 48em)" srcset="{images["wide"]}" '
        f'width="{sizes["wide"][0]}" height="{sizes["wide"][1]}">'
        f'<img src="{images["narrow"]}" width="{sizes["narrow"][0]}" height="{sizes["narrow"][1]}" '
        f'alt="{escape(chart.alt)}"{loading}></picture>\n'
        f"{notes}{table}\n"
        f'<p class="chart__source">Source: {escape(chart.source)}. <span class="chart__links">{links}</span></p>\n'
        f"</figure>"
    )


def figure_links(chart: Chart, files: str, address: str) -> str:
    """The links at the foot of a figure: its numbers, at `files` without their endings, its pictures, its own page."""
    image = relative_link(f"assets/charts/{chart.name}", address)
    width = "wide" if "wide" in chart.pictures else "narrow"
    links = [
        file_links(files, address, of=chart.table.caption),
        f'<a href="{image}-{width}.svg"{_of("svg", chart.finding)} download>SVG</a>',
    ]
    if has_raster(chart, address):
        links.append(f'<a href="{image}.png"{_of("png", chart.finding)} download>PNG</a>')
    links.append(f'<a href="{relative_link(figure_address(chart.name), address)}#use">Link, embed and cite</a>')
    return " · ".join(links)


def _chart_table(chart: Chart, anchor: str, address: str, workings: WorkingsList) -> str:
    """The table of a chart, which opens when asked for; a link to it where a chart before it on the page has the same."""
    first = workings.drawn.setdefault(chart.table.name, anchor)
    if first != anchor:
        return f'<p class="note">Its figures are those <a href="#{first}">of the chart above</a>.</p>'
    return (
        '<details class="chart__data"><summary>The figures in this chart</summary>\n'
        f"{table_html(chart.table, address, workings, in_figure=True)}\n</details>"
    )


def _chart_working(chart: Chart, anchor: str, address: str, workings: WorkingsList) -> ChartWorking:
    """What the chart's title rests on: cells with their workings, or rows that hold or lead to their own."""
    table = chart.table
    if table.own_working:
        figures = tuple(_told_row(table, row, chart.finding, address) for row in told_rows(table, chart.finding))
    else:
        figures = tuple(
            f"{linked(cell.text, workings.add(cell.metric, cell.year, cell.working, breakdown=cell.breakdown))} "
            f"{escape(cell_words(cell))}"
            for cell in told_cells(chart)
        )
    return ChartWorking(f"w-{anchor}", anchor, chart.finding, chart.base, chart.source, figures)


def _told_row(table: Table, row: Row, finding: str, address: str) -> str:
    """A row that a chart's title rests on: its name, leading to it, and the sums of the numbers that the title prints."""
    sums = [
        f"{metric_words(cell)}: {working_sum(METRICS_BY_NAME[cell.metric], cell.working)}"
        for cell in row.cells
        if isinstance(cell, Cell) and cell.working.under and is_told(cell.text, finding)
    ]
    link = row_link(table, row, address)
    name = f'<a href="{link}">{escape(row.label)}</a>' if link else escape(row.label)
    told = escape("; ".join(sums))
    return f"{name} ({told})" if told else name


def row_link(table: Table, row: Row, address: str) -> str:
    """Where the name of a row leads: to itself, or to the page where its counts stand; empty if its numbers lead there."""
    if row.address:
        return relative_link(row.address, address)
    if table.own_working:
        sums = not any(each.address for each in table.rows)
    else:
        sums = any(isinstance(cell, str) and _DIFFERENCE.fullmatch(cell) for cell in row.cells)
    return f"#{row_anchor(table.name, row.label)}" if sums else ""


_DIFFERENCE = re.compile(r"−?\d+(?:\.\d+)?")
"""A number made of those beside it, such as a gap: its row holds its sum."""


def behind(link: str, what: str) -> str:
    """A small link, beside words with numbers in them, to the workings of those numbers."""
    return f'<a class="behind" href="{link}" aria-label="Workings {escape(what)}">Workings</a>'
