"""What was promised and what was delivered: each standard in force in a year, and how the year came out."""

from yearbook.charts.chart import Chart, MissingChart, source_words
from yearbook.charts.pictures import LINE, Picture, Record, Scale, bar, height_of, outline, plotted, rule, text
from yearbook.charts.sentences import level_text
from yearbook.charts.theme import SMALL, WIDTHS, text_width
from yearbook.formatting import number_word, plural, sentence_case
from yearbook.report import Report
from yearbook.tables import Cell, standards_table
from yearbook.values import Status
from yearbook.years import FinancialYear

_NAMES = {
    "recovery_rate": "Recovered",
    "first_treatment_within_6_weeks": "First treatment within 6 weeks",
    "first_treatment_within_18_weeks": "First treatment within 18 weeks",
}


def build_promises(report: Report, year: FinancialYear | None) -> Chart | MissingChart:
    """Each standard in force as a tick on a scale of 0 to 100%, with a bar for what was delivered."""
    assert year is not None
    table = standards_table(report, year)
    cells = [cell for cell in table.cells if cell.working.figure.known]
    if not cells:
        held = bool(table.rows)
        first = min((standard.first for standard in report.archive.standards), default=year)
        what = (
            f"What was delivered in {year} against the standards is not in the sources."
            if held
            else f"The sources date no national standard before {first}, so {year} is not judged by one."
        )
        return MissingChart("promises", year, what)
    met = [cell for cell in cells if report.meets_standard(cell.metric, year)]
    finding = _finding(report, year, cells, met)
    parts = [
        f"{_name(report, cell)}: {cell.text}, standard {_level(report, cell)}, {'met' if cell in met else 'missed'}."
        for cell in cells
    ]
    notes = ["Every one of these standards is judged on those who finished a course, and on nobody else."]
    alt = " ".join(("A bar for each standard, with a line where the standard lies.", *parts, *notes))
    base = "Recovery of those who finished and were at caseness at the start; waits of all who finished"
    pictures = {width: _picture(report, cells, year, width) for width in WIDTHS}
    sources = source_words(report, table)
    return Chart("promises", year, finding, base, alt, table, sources, (*table.notes, *notes), pictures)


def _finding(report: Report, year: FinancialYear, cells: list[Cell], met: list[Cell]) -> str:
    number = len(cells)
    recovery = next((cell for cell in cells if cell.metric == "recovery_rate"), None)
    if len(met) == number:
        words = {1: f"The national standard of {year} was met", 2: f"Both national standards of {year} were met"}.get(
            number, f"All {number_word(number)} national standards of {year} were met"
        )
    elif not met:
        words = f"No national standard of {year} was met"
    else:
        verb = plural(len(met), "was", "were")
        words = f"Of {number_word(number)} national standards in {year}, {number_word(len(met))} {verb} met"
    if recovery is None:
        return words
    printed, level = recovery.text, _level(report, recovery)
    return f"{words}; recovery, at {printed}, {'reached' if recovery in met else 'fell short of'} its {level}"


def _level(report: Report, cell: Cell) -> str:
    standard = report.standard(cell.metric, cell.year)
    return level_text(standard) if standard else Status.NOT_APPLICABLE.value


def _name(report: Report, cell: Cell) -> str:
    return _NAMES.get(cell.metric, sentence_case(report.metric(cell.metric).title))


def _picture(report: Report, cells: list[Cell], year: FinancialYear, width: str) -> Picture:
    wide, across = width == "wide", WIDTHS[width]
    left, right = (254, across - 60) if wide else (1, across - 56)
    scale, thick = Scale(0, 100, left, right), 24 if wide else 18
    records: dict[str, list[Record]] = {"outlines": [], "rules": [], "bars": [], "texts": []}
    top = 4.0
    for cell in cells:
        met = report.meets_standard(cell.metric, year)
        tone = "main" if met else "accent"
        name = _name(report, cell)
        records["texts"].append(text(0, top + thick / 2, name, weight="bold"))
        bar_top = top if wide else top + LINE + 6
        size = plotted(cell.working.figure)
        standard = report.standard(cell.metric, year)
        spoken = f"{name}: {cell.text}"
        records["outlines"].append(outline(0, 100, bar_top, thick, "hair", spoken))
        records["bars"].append(bar(0, size, bar_top, thick, tone, spoken))
        records["texts"].append(text(across, bar_top + thick / 2, cell.text, "ink", "right", "bold"))
        if standard is not None:
            at = scale(float(standard.level))
            records["rules"].append(rule(at, bar_top - 4, at, bar_top + thick + 8, "ink"))
            words = f"{level_text(standard)} standard: {'met' if met else 'missed'}"
            end = max(at, text_width(words, SMALL) - 1)
            records["texts"].append(text(end, bar_top + thick + 16, words, "quiet", "right", size=SMALL))
        top = bar_top + thick + 36
    height = height_of(records["outlines"], records["bars"], records["texts"])
    return Picture("bars", across, height, scale, None, records)
