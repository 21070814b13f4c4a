"""The hidden wait: how long after the first appointment the second came, beside the wait that has a standard."""

from yearbook.charts.chart import Chart, MissingChart, source_words
from yearbook.charts.pictures import LINE, Picture, Record, Scale, bar, height_of, plotted, text
from yearbook.charts.theme import SMALL, WIDTHS
from yearbook.formatting import join_words, sentence_case
from yearbook.report import Report
from yearbook.tables import BANDS, FIRST_WAIT, SECOND_WAIT, Cell, spread_table, three_years
from yearbook.years import FinancialYear

_NAMES = {FIRST_WAIT: "to the first", SECOND_WAIT: "first to second"}
_TONES = {FIRST_WAIT: "pale", SECOND_WAIT: "main"}
_LONGEST = BANDS[-1]


def build_hidden_wait(report: Report, year: FinancialYear | None) -> Chart | MissingChart:
    """The spread of the two waits of courses finished in a year, over four bands, side by side."""
    assert year is not None
    years = [found for found in three_years(report, year) if _known(report, found)]
    if year not in years:
        what = f"How long courses finished in {year} had waited for the second appointment is not in the sources."
        return MissingChart("hidden-wait", year, what)
    table = spread_table(report, years)
    cells = {(cell.breakdown.category, cell.breakdown.subcategory): cell for cell in table.cells if cell.year == year}
    first, second = cells[FIRST_WAIT, _LONGEST], cells[SECOND_WAIT, _LONGEST]
    finding = (
        f"For {second.text} of courses finished in {year} the second appointment came more than 90 days after the "
        f"first; the first itself had taken that long for {first.text}"
    )
    base = "How long referrals that finished a course of treatment in the year had waited, for each appointment"
    parts = [
        f"{words}: {join_words([f'{cells[wait, band].text} {band}' for band in BANDS])}."
        for wait, words in ((FIRST_WAIT, "To the first appointment"), (SECOND_WAIT, "From the first to the second"))
    ]
    notes = ["The wait between the appointments has no standard. Nobody who left after one is in these figures."]
    alt = " ".join(("Two bars for each length of wait.", *parts, *notes))
    pictures = {width: _picture(cells, width) for width in WIDTHS}
    sources = source_words(report, table)
    return Chart("hidden-wait", year, finding, base, alt, table, sources, (*table.notes, *notes), pictures)


def _known(report: Report, year: FinancialYear) -> bool:
    return all(cell.working.figure.known for cell in spread_table(report, (year,)).cells)


def _picture(cells: dict[tuple[str, str], Cell], width: str) -> Picture:
    wide, across = width == "wide", WIDTHS[width]
    left, right = (262, across - 60) if wide else (108, across - 56)
    scale, thick = Scale(0, 100, left, right), 18
    bars: list[Record] = []
    texts: list[Record] = []
    top = 4.0
    for band in BANDS:
        longest = band == _LONGEST
        texts.append(text(0, top + thick / 2, sentence_case(band), "accent" if longest else "ink", weight="bold"))
        if not wide:
            top += LINE + 6
        for wait in (FIRST_WAIT, SECOND_WAIT):
            cell = cells[wait, band]
            tone = "accent" if longest and wait == SECOND_WAIT else _TONES[wait]
            strong = "bold" if wait == SECOND_WAIT else "normal"
            spoken = f"{band}, {_NAMES[wait]}: {cell.text}"
            texts.append(text(left - 8, top + thick / 2, _NAMES[wait], "quiet", "right", size=SMALL))
            size = plotted(cell.working.figure)
            bars.append(bar(0, size, top, thick, tone, spoken))
            words = "accent" if tone == "accent" else "ink"
            texts.append(text(scale(size) + 6, top + thick / 2, cell.text, words, weight=strong))
            top += thick + 3
        top += 15
    records = {"bars": bars, "texts": texts}
    return Picture("bars", across, height_of(bars, texts), scale, None, records)
