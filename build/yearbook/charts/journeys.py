"""From referral to recovery: one year stage by stage, and three years side by side."""

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
    text,
)
from yearbook.charts.sentences import care_notes, course_of, values_by_year
from yearbook.charts.theme import LABEL, SMALL, WIDTHS
from yearbook.formatting import join_words
from yearbook.metrics import ENDED
from yearbook.report import COMPARABLE_SINCE, MONTHLY, Report
from yearbook.tables import Cell, Row, Table, chapter_table, journey_gap, journey_table, three_years
from yearbook.years import FinancialYear

_LOSSES = ("ended_before_treatment", "ended_not_seen", "ended_seen_not_treated", "ended_after_one_treatment")
_STAGE_WORDS = {
    "ended_before_treatment": "ended before treatment",
    "ended_not_seen": "were not seen",
    "ended_seen_not_treated": "were seen but not treated",
    "ended_after_treatment": "ended after treatment",
    "ended_after_one_treatment": "had one treatment appointment only",
    "entered_treatment": "entered treatment",
    "finished_course_of_treatment": "finished a course",
    "recovery": "recovered",
}


def build_journey(report: Report, year: FinancialYear | None) -> Chart | MissingChart:
    """The stages of one year: of the referrals that ended in it or, where not known, its flows."""
    assert year is not None
    table = journey_table(report, year)
    ended = report.has_ended_cohort(year)
    base, recovered = _count(table.rows[0]), _share(table.rows[-1])
    if base is None or recovered is None or not (base.working.figure.known and recovered.working.figure.known):
        return MissingChart("journey", year, f"How many referrals were received and recovered in {year} is not known.")
    stages = join_words([_stage_sentence(row) for row in table.rows[1:]])
    if ended:
        finding = f"Of {base.text} referrals that ended in {year}, {recovered.text} recovered"
        words = f"Referrals that ended in {year}, whenever they were received; each stage is part of the one before it"
        begins = f"Of {base.text} referrals that ended in {year}, {stages}."
        missing = ""
    else:
        finding = f"Recoveries in {year} came to {recovered.text} of the {base.text} referrals received"
        words = (
            f"Referrals received, entered, finished and recovered in {year}: the year’s flows, not one group followed"
        )
        begins = (
            f"In {year}, {base.text} referrals were received. Against that number, {stages}. "
            "These are not the same referrals."
        )
        missing = journey_gap(year)
    alt = " ".join(filter(None, ("A bar for each stage.", begins, missing)))
    pictures = {width: _journey_picture(table, width, missing) for width in WIDTHS}
    return Chart("journey", year, finding, words, alt, table, source_words(report, table), table.notes, pictures)


def _count(row: Row) -> Cell | None:
    return row.cells[0] if isinstance(row.cells[0], Cell) else None


def _share(row: Row) -> Cell | None:
    return row.cells[1] if isinstance(row.cells[1], Cell) else None


def _stage_sentence(row: Row) -> str:
    count, share = _count(row), _share(row)
    assert count is not None
    assert share is not None
    words = _STAGE_WORDS[count.metric]
    if not count.working.figure.known:
        return f"an unknown number {words}"
    if not share.working.figure.known:
        return f"{count.text} {words} (no percentage: the count is from another source)"
    return f"{count.text} ({share.text}) {words}"


def _spans(table: Table) -> list[tuple[float, float] | None]:
    """Where each row's bar begins and ends, in per cent of the base; None where the share is not known.

    A stage's bar begins at nought. What is lost hangs at the end of what the stage before it left.
    """
    spans: list[tuple[float, float] | None] = []
    left = 100.0
    for row in table.rows:
        count, share = _count(row), _share(row)
        if share is None:
            spans.append((0.0, 100.0))
        elif not share.working.figure.known:
            spans.append(None)
        elif count is not None and count.metric in _LOSSES:
            end, left = left, round(left - plotted(share.working.figure), 4)
            spans.append((left, end))
        else:
            left = plotted(share.working.figure)
            spans.append((0.0, left))
    return spans


def _journey_picture(table: Table, width: str, missing: str) -> Picture:
    wide, across = width == "wide", WIDTHS[width]
    left, right = (196, across - 186) if wide else (1, across - 1)
    columns = (across - (86 if wide else 75), across)
    base = table.columns[2].removeprefix("% ")
    heads = ("referrals", f"of {base.rsplit(' ', 1)[-1]}")
    texts = [text(at, 10, head, "quiet", "right", size=SMALL) for at, head in zip(columns, heads, strict=True)]
    outlines: list[Record] = []
    bars: list[Record] = []
    top = 28.0
    for row, span in zip(table.rows, _spans(table), strict=True):
        count, share = _count(row), _share(row)
        assert count is not None
        loss, last = count.metric in _LOSSES, row is table.rows[-1]
        thick = (14 if loss else 28) if wide else (10 if loss else 18)
        middle, bar_top = (top + thick / 2, top) if wide else (top, top + 12)
        tone = "quiet" if loss else "accent" if last else "ink"
        weight = "bold" if row.is_base or last else "normal"
        numbers = (count.text, share.text if share else "100%")
        label, indent = (f"− {row.label}", 14 if wide else 8) if loss else (row.label, 0)
        texts.append(text(indent, middle, label, tone, weight=weight, size=LABEL if wide or not loss else SMALL))
        texts += [text(at, middle, number, tone, "right", weight) for at, number in zip(columns, numbers, strict=True)]
        if not loss:
            whole = f"All {base.removeprefix('of ')}: {numbers[0] + ', ' if row.is_base else ''}100%"
            outlines.append(outline(0, 100, bar_top, thick, "quiet" if row.is_base else "hair", whole))
        if span is None:
            known = count.working.figure.known
            reason = "not shown: the count is from another source" if known else count.working.figure.status.words
            texts.append(text(left + 8, bar_top + thick / 2, reason, "quiet", size=SMALL))
        elif not row.is_base:
            words = f"{row.label}: {numbers[0]}, {numbers[1]} {base}"
            bars.append(bar(*span, bar_top, thick, "pale" if loss else "accent" if last else "main", words))
        top = bar_top + thick + ((8 if loss else 12) if wide else 20)
    if missing:
        texts += paragraph(0, top + (10 if wide else 2), missing, across)
    records = {"outlines": outlines, "bars": bars, "texts": texts}
    return Picture("bars", across, height_of(outlines, bars, texts), Scale(0, 100, left, right), None, records)


def build_three_year_journey(report: Report, year: FinancialYear | None) -> Chart | MissingChart:
    """The stages of the year and the two before it, as shares of each year's base row, in one cohort."""
    assert year is not None
    years = three_years(report, year)
    if len(years) < 2:
        return MissingChart("three-year-journey", year, f"There are no figures before {year} to set beside it.")
    table = chapter_table(report, "from-referral", years)
    ended = report.cohort(years) == ENDED
    known = [cell for cell in _shares(table.rows[-1]) if cell.working.figure.known and cell.year >= COMPARABLE_SINCE]
    recovered = [cell for cell in known if (cell.working.basis == MONTHLY) == (known[-1].working.basis == MONTHLY)]
    subject = "The share of ended referrals that recovered" if ended else "Recoveries as a share of referrals received"
    if not recovered:
        return MissingChart("three-year-journey", year, f"What share of referrals recovered in {year} is not known.")
    if len(recovered) == 1:
        finding = f"{subject} came to {recovered[0].text} in {recovered[0].year}"
    else:
        finding = f"{subject} {course_of(recovered)}"
    counts = join_words([f"{cell.text} in {cell.year}" for cell in table.rows[0].cells if isinstance(cell, Cell)])
    if ended:
        base = f"100% is all referrals that ended in the year: {counts}"
    else:
        flows = "the later stages are the year’s flows, not the same referrals"
        base = f"100% is all referrals received in the year: {counts}; {flows}"
    stages = " ".join(f"{row.label}: {values_by_year(_shares(row))}." for row in table.rows[1:])
    notes = _three_year_notes(report, years)
    alt = " ".join(("Bars for each stage, one a year.", f"{base}.", stages, *notes))
    pictures = {width: _three_year_picture(table, width, year, notes) for width in WIDTHS}
    return Chart(
        "three-year-journey",
        year,
        finding,
        base,
        alt,
        table,
        source_words(report, table),
        (*table.notes, *notes),
        pictures,
    )


def _shares(row: Row) -> list[Cell]:
    return [cell for cell in row.cells[1::2] if isinstance(cell, Cell)]


def _three_year_notes(report: Report, years: Sequence[FinancialYear]) -> tuple[str, ...]:
    if years[0] < COMPARABLE_SINCE:
        return (f"{years[0]} was counted on another basis: hollow bars, not to be compared.",)
    return tuple(care_notes(report.breaks("recovery", years)))


def _three_year_picture(table: Table, width: str, year: FinancialYear, notes: Sequence[str]) -> Picture:
    wide, across = width == "wide", WIDTHS[width]
    year_at = 188 if wide else 0
    left, right = (year_at + 72, across - 50) if wide else (70, across - 50)
    outlines: list[Record] = []
    bars: list[Record] = []
    texts: list[Record] = []
    top = 4.0
    for row in table.rows[1:]:
        last = row is table.rows[-1]
        texts.append(text(0, top + 8, row.label, "accent" if last else "ink", weight="bold"))
        if not wide:
            top += LINE + 4
        for cell in _shares(row):
            now = cell.year == year
            strong, tone = ("bold", "accent" if last else "ink") if now else ("normal", "quiet")
            words = f"{row.label}, {cell.year}: {cell.text}"
            texts.append(text(year_at, top + 8, str(cell.year), tone, weight=strong, size=LABEL if now else SMALL))
            if not cell.working.figure.known:
                texts.append(text(left, top + 8, "not known", "quiet", size=SMALL))
            else:
                size = plotted(cell.working.figure)
                if cell.year < COMPARABLE_SINCE:
                    outlines.append(outline(0, size, top, 15, "pale", words))
                else:
                    bars.append(bar(0, size, top, 15, ("accent" if last else "main") if now else "pale", words))
                texts.append(text(Scale(0, 100, left, right)(size) + 6, top + 8, cell.text, tone, weight=strong))
            top += 20
        top += 14
    for note in notes:
        lines = paragraph(0, top + 6, note, across)
        texts += lines
        top += LINE * len(lines) + 4
    records = {"outlines": outlines, "bars": bars, "texts": texts}
    return Picture("bars", across, height_of(outlines, bars, texts), Scale(0, 100, left, right), None, records)
