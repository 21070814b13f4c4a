"""What the title of a chart rests on: the figures behind it, each with the way to its working.

A chart's title is a sentence made from the same records as its table, so the figures it tells are cells of that table, of
the years it names. A table whose rows hold their own sums leads to those rows instead.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from html import escape

from yearbook.charts.chart import Chart
from yearbook.groups import group_label
from yearbook.metrics import METRICS_BY_NAME
from yearbook.pages.citing import Citing, self_link
from yearbook.pages.text import slug
from yearbook.releases import TOTAL
from yearbook.tables import Cell, Row, Table

MOST = 12
"""More figures than this are not listed one by one: the table has them all."""


@dataclass(frozen=True, slots=True)
class ChartWorking:
    """A chart on a page: its anchors, its title, who is counted, where its figures come from.

    `figures` are links to what its title rests on, each as HTML.
    """

    anchor: str
    figure: str
    finding: str
    base: str
    source: str
    figures: tuple[str, ...]


def row_anchor(table: str, label: str) -> str:
    """The anchor of a row of the table of that name: `w-row-groups-gender-2019-20-female`."""
    return f"w-row-{table}-{slug(label)}"


def told_cells(chart: Chart) -> list[Cell]:
    """The cells that the chart's title rests on: those of the years that it names, or else all.

    Where they are many, those of them whose number it prints, or else whose group it names: what it says of a change, it
    says of two years of a group.
    """
    known = [cell for cell in chart.table.cells if cell.working.figure.known]
    cells = [cell for cell in known if str(cell.year) in chart.finding] or known
    if len(cells) <= MOST:
        return cells
    said = _words(chart.finding)
    printed = [cell for cell in cells if is_told(cell.text, chart.finding)]
    named = [cell for cell in cells if cell.breakdown != TOTAL and _words(group_label(cell.breakdown)) in said]
    return printed or named[:MOST]


def told_rows(table: Table, finding: str) -> list[Row]:
    """The rows that a title names; or else those with a number that it prints; or else the one that the shares are of."""
    named = [row for row in table.rows if _words(row.label) in _words(finding)]
    if named:
        return named
    printed = [row for row in table.rows if any(is_told(_text(cell), finding) for cell in row.cells)]
    return printed[:MOST] or [row for row in table.rows if row.is_base]


def is_told(number: str, finding: str) -> bool:
    """Whether a title prints a number as a whole: `7%` is not in `57%`."""
    return any(word.strip(",.;:()") == number for word in finding.split())


def _words(finding: str) -> str:
    """A title in small letters, with a space round each word and no marks."""
    return f" {' '.join(word.strip(',.;:()') for word in finding.casefold().split())} "


def _text(cell: Cell | str) -> str:
    return cell if isinstance(cell, str) else cell.text


def cell_words(cell: Cell) -> str:
    """`recovery rate, 2019-20, female`: what a cell is of."""
    part = f", {group_label(cell.breakdown)}" if cell.breakdown != TOTAL else ""
    return f"{metric_words(cell)}, {cell.year}{part}"


def metric_words(cell: Cell) -> str:
    """`recovery rate`: what a cell is a number of, as within a sentence."""
    title = METRICS_BY_NAME[cell.metric].title
    return f"{title[:1].lower()}{title[1:]}"


def charts_group(charts: Collection[ChartWorking], citing: Citing) -> Iterable[str]:
    """The part of the Workings that is about the page's charts, as HTML; nothing without a chart."""
    if not charts:
        return
    items = "\n".join(_item(chart, citing) for chart in charts)
    yield (
        '<div class="working-group" id="workings-charts"><h3>Charts</h3>\n'
        '<p class="working__base">What the title of each chart rests on. All that it draws is in the table under it.</p>\n'
        f"<ol>\n{items}\n</ol></div>"
    )


def _item(chart: ChartWorking, citing: Citing) -> str:
    told = "; ".join(chart.figures)
    told = told or f'<a href="#{chart.figure}">every figure in its table</a>'
    cited = citing.lines(f"“{chart.finding}” ({chart.base})", (chart.source,), chart.anchor)
    return (
        f'<li id="{chart.anchor}"><a class="working__chart" href="#{chart.figure}">{escape(chart.finding)}</a> '
        f'<span class="working__behind">{told}</span> '
        f"{self_link(chart.anchor, f'the working of the chart: {chart.finding}')}{cited}</li>"
    )
