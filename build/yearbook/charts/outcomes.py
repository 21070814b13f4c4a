"""What became of all who finished: better, no different, worse, and those without the scores to tell."""

from collections.abc import Sequence

from yearbook.charts.chart import Chart, MissingChart, source_words
from yearbook.charts.pictures import (
    LINE,
    Picture,
    Record,
    Scale,
    bar,
    height_of,
    outline,
    paragraph,
    plotted,
    rule,
    text,
)
from yearbook.charts.sentences import care_notes, values_by_year
from yearbook.charts.theme import LABEL, SMALL, WIDTHS, text_width
from yearbook.report import COMPARABLE_SINCE, Report
from yearbook.tables import Cell, Table, chapter_table, three_years
from yearbook.years import FinancialYear

_TONES = {
    "reliable_improvement_rate": "main",
    "no_reliable_change_rate": "pale",
    "reliable_deterioration_rate": "accent",
}
"""The tone of each outcome. The unscored have none: they are an empty box."""


def build_outcomes(report: Report, year: FinancialYear | None) -> Chart | MissingChart:
    """The outcomes of all who finished in the year and the two before, as parts of a whole."""
    assert year is not None
    years = three_years(report, year)
    table = chapter_table(report, "outcomes", years)
    shares = {cell.metric: cell for cell in _of_year(table, year)}
    if not all(cell.working.figure.known for cell in shares.values()):
        return MissingChart("outcomes", year, f"The outcomes of those who finished in {year} are not all known.")
    better, worse, unscored = (
        shares[name] for name in ("reliable_improvement_rate", "reliable_deterioration_rate", "unscored_rate")
    )
    finished = next(cell for cell in table.rows[0].cells if isinstance(cell, Cell) and cell.year == year)
    finding = (
        f"Of {finished.text} courses finished in {year}, {better.text} ended in reliable improvement "
        f"and {worse.text} in reliable deterioration"
    )
    base = f"All referrals that finished a course of treatment in the year: {_bases(table)}"
    parts = [
        f"{row.label}: {values_by_year([cell for cell in row.cells[1::2] if isinstance(cell, Cell)])}."
        for row in table.rows[1:]
    ]
    if unscored.working.figure.known and unscored.working.figure.exact == 0:
        unscored_note = (
            f"In {year} the three published outcomes add up to every finished course, so none is left unscored."
        )
    else:
        unscored_note = (
            f"Unscored ({unscored.text} in {year}): finished, but with none of the three outcomes published."
        )
    notes = care_notes(report.breaks("unscored_rate", years))
    if years[0] < COMPARABLE_SINCE:
        notes.append(f"{years[0]} was counted on another basis and is not to be compared with later years.")
    alt = " ".join(("One bar a year, each the whole of the courses finished.", *parts, unscored_note, *notes))
    pictures = {width: _picture(table, years, year, width, notes) for width in WIDTHS}
    return Chart(
        "outcomes",
        year,
        finding,
        base,
        alt,
        table,
        source_words(report, table),
        (*table.notes, unscored_note, *notes),
        pictures,
    )


def _bases(table: Table) -> str:
    return ", ".join(f"{cell.text} in {cell.year}" for cell in table.rows[0].cells if isinstance(cell, Cell))


def _of_year(table: Table, year: FinancialYear) -> list[Cell]:
    """The shares of one year, in the order of the rows."""
    return [cell for row in table.rows[1:] for cell in row.cells[1::2] if isinstance(cell, Cell) and cell.year == year]


def _picture(
    table: Table, years: Sequence[FinancialYear], year: FinancialYear, width: str, notes: Sequence[str]
) -> Picture:
    wide, across = width == "wide", WIDTHS[width]
    left, right = (78, across - 58) if wide else (1, across - 58)
    scale, thick = Scale(0, 100, left, right), 26 if wide else 22
    records: dict[str, list[Record]] = {"outlines": [], "rules": [], "bars": [], "texts": []}
    names = [row.label for row in table.rows[1:]]
    # The names stand over the first bar, those of the small parts higher up and tied to them by a line.
    rows = (46, 46, 28, 10) if wide else (64, 46, 28, 10)
    top = rows[0] + 16.0
    first = [plotted(cell.working.figure) for cell in _of_year(table, years[0]) if cell.working.figure.known]
    if len(first) == len(names):
        number_top = top - 5 if wide else top + 12
        last_top = top + (6 if wide else 24) + 14 + thick / 2 - 12
        for position, (name, row_at, tone) in enumerate(
            zip(names, rows, ("ink", "quiet", "accent", "quiet"), strict=True)
        ):
            start, end = (scale(sum(first[:edge])) for edge in (position, position + 1))
            if row_at == rows[0]:
                records["texts"].append(text(start, row_at, name, tone))
                continue
            tie = (start + 17, (start + end) / 2, right + 22)[position - 1]
            down_to = last_top if position == 3 else number_top
            records["rules"].append(rule(tie, row_at + 9, tie, down_to, tone))
            records["texts"].append(text(min(tie + 18, across), row_at, name, tone, "right"))
    for found in years:
        cells = _of_year(table, found)
        strong = "bold" if found == year else "normal"
        label_at = (0, top + LINE + 3 + thick / 2) if wide else (0, top + 6)
        records["texts"].append(text(*label_at, str(found), weight=strong))
        numbers_at = top + 6 if wide else top + 24
        bar_top = numbers_at + 14
        if not all(cell.working.figure.known for cell in cells):
            records["texts"].append(text(left, numbers_at, "not known", "quiet", size=SMALL))
        else:
            _outcome_bar(records, cells, scale, numbers_at, bar_top, thick, strong)
        top = bar_top + thick + 16
    for note in notes:
        lines = paragraph(0, top + 4, note, across)
        records["texts"] += lines
        top += LINE * len(lines) + 4
    height = height_of(records["outlines"], records["bars"], records["texts"])
    return Picture("bars", across, height, scale, None, records)


def _outcome_bar(
    records: dict[str, list[Record]],
    cells: Sequence[Cell],
    scale: Scale,
    numbers_at: float,
    bar_top: float,
    thick: float,
    strong: str,
) -> None:
    """Adds one year's bar: each part with its number over it."""
    start, number_end = 0.0, 0.0
    for cell in cells:
        size = plotted(cell.working.figure)
        end = round(start + size, 4)
        words = f"{cell.year}, {cell.metric.removesuffix('_rate').replace('_', ' ')}: {cell.text}"
        if cell.metric in _TONES:
            records["bars"].append(bar(round(start, 4), end, bar_top, thick, _TONES[cell.metric], words))
        else:
            records["outlines"].append(outline(round(start, 4), end, bar_top, thick, "quiet", words))
        if cell.metric == "unscored_rate":
            place, align = scale(100) + 6, "left"
            at = bar_top + thick / 2
        elif cell.metric == "reliable_deterioration_rate":
            reach = text_width(cell.text, LABEL, strong) / 2
            place, align, at = max((scale(start) + scale(end)) / 2, number_end + 6 + reach), "center", numbers_at
        else:
            place, align, at = scale(start), "left", numbers_at
        tone = "accent" if cell.metric == "reliable_deterioration_rate" else "ink" if strong == "bold" else "quiet"
        records["texts"].append(text(place, at, cell.text, tone, align, strong, LABEL))
        number_end = place + text_width(cell.text, LABEL, strong)
        start = end
