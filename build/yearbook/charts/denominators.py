"""One outcome over five bases: the same recoveries are half or a sixth, depending on who is counted."""

from yearbook.charts.chart import Chart, MissingChart, source_words
from yearbook.charts.pictures import LINE, Picture, Record, Scale, bar, height_of, outline, plotted, text
from yearbook.charts.theme import LABEL, SMALL, WIDTHS, wrap
from yearbook.formatting import join_words, plural
from yearbook.report import Report
from yearbook.tables import Cell, Row, Table, denominators_table
from yearbook.years import FinancialYear

PUBLISHED = "recovery_rate"
"""The one of the five that the publisher prints and the standard is set on."""


def build_five_denominators(report: Report, year: FinancialYear | None) -> Chart | MissingChart:
    """Recovery in one year as a share of each of five bases, the widest first."""
    assert year is not None
    table = denominators_table(report, year)
    known = [row for row in table.rows if _cell(row).working.figure.known]
    if len(known) < 2:
        return MissingChart("five-denominators", year, f"Recovery in {year} is known for fewer than two bases.")
    widest, narrowest = known[0], known[-1]
    finding = f"Recovery in {year} was {_cell(widest).text} {_of(widest)}, but {_cell(narrowest).text} {_of(narrowest)}"
    shares = [f"{_cell(row).text} {_of(row)}" for row in table.rows if _cell(row).working.figure.known]
    missing = [_of(row) for row in table.rows if not _cell(row).working.figure.known]
    alt = f"A bar for each base. Recoveries in {year} were {join_words(shares)}."
    notes = table.notes
    if missing:
        gap = f"Not known for {year}: {plural(len(missing), 'the share', 'the shares')} {join_words(missing)}."
        alt, notes = f"{alt} {gap}", (*notes, gap)
    base = f"Recoveries in {year}, over the bases known; each outlined bar is all of the base named"
    pictures = {width: _picture(table, width) for width in WIDTHS}
    return Chart("five-denominators", year, finding, base, alt, table, source_words(report, table), notes, pictures)


def _cell(row: Row) -> Cell:
    cell = row.cells[0]
    assert isinstance(cell, Cell)
    return cell


def _of(row: Row) -> str:
    return row.label[:1].lower() + row.label[1:]


def _picture(table: Table, width: str) -> Picture:
    wide, across = width == "wide", WIDTHS[width]
    left, right = (332, across - 64) if wide else (1, across - 62)
    outlines: list[Record] = []
    bars: list[Record] = []
    texts: list[Record] = []
    top = 4.0
    for row in table.rows:
        cell = _cell(row)
        published = cell.metric == PUBLISHED
        tone, strong = ("accent", "bold") if published else ("ink", "normal")
        thick = 26 if wide else 18
        lines = wrap(row.label, left if wide else across, LABEL)
        texts += [
            text(0, top + (thick / 2 if wide else 6) + LINE * number, line, tone, weight=strong)
            for number, line in enumerate(lines)
        ]
        bar_top = top if wide else top + 1 + LINE * len(lines)
        middle = bar_top + thick / 2
        words = f"{row.label}: {cell.text}"
        outlines.append(outline(0, 100, bar_top, thick, "pale" if cell.working.figure.known else "hair", words))
        if cell.working.figure.known:
            bars.append(bar(0, plotted(cell.working.figure), bar_top, thick, "accent" if published else "main", words))
        else:
            texts.append(text(left + 8, middle, cell.working.figure.status.words, "quiet", size=SMALL))
        texts.append(text(across, middle, cell.text, tone, "right", "bold"))
        if published:
            note = "the published recovery rate"
            texts.append(text(0 if wide else left, bar_top + thick + 12, note, "quiet", size=SMALL))
        top = bar_top + thick + 14
    records = {"outlines": outlines, "bars": bars, "texts": texts}
    return Picture("bars", across, height_of(outlines, bars, texts), Scale(0, 100, left, right), None, records)
