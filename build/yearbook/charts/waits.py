"""How soon treatment began, against the standards, and the wait behind it that has none."""

from dataclasses import replace

from yearbook.charts.chart import Chart, MissingChart, source_words
from yearbook.charts.pictures import Picture, plotted
from yearbook.charts.sentences import break_notes, level_text
from yearbook.charts.theme import WIDTHS
from yearbook.charts.timelines import (
    add_breaks,
    add_name,
    add_point,
    add_series,
    add_standard,
    add_value,
    begin_timeline,
)
from yearbook.formatting import join_words
from yearbook.report import Report
from yearbook.tables import WAITS, Cell, waits_table
from yearbook.years import FinancialYear

_SIX, _EIGHTEEN, _SECOND = (name for _, name in WAITS)
_NAMES = {
    _SIX: "first treatment within 6 weeks of referral",
    _EIGHTEEN: "first treatment within 18 weeks",
    _SECOND: "second treatment within 6 weeks of the first",
}
_SHORT = {_SIX: "within 6 weeks", _EIGHTEEN: "within 18 weeks", _SECOND: "second within 6 weeks"}
_TONES = {_SIX: "main", _EIGHTEEN: "main", _SECOND: "accent"}


def build_waits(report: Report, year: FinancialYear | None) -> Chart | MissingChart:
    """The three waits over the years known, with the standards in force; `year`, or the latest, marked."""
    years = [found for found in report.years if any(report.figure(name, found).known for _, name in WAITS)]
    marked = year or max(years, default=None)
    if marked is None or marked not in years:
        return MissingChart(
            "waits",
            year,
            f"The sources here do not say how long those who finished in {year or 'any year'} had waited.",
        )
    table = replace(waits_table(report, years), id="waits-trend", year=None)  # the same whichever year is marked
    series = {name: table.known(name) for _, name in WAITS}
    finding = _finding(report, series, marked)
    alt = ["Lines over the years."]
    for label, name in WAITS:
        if series[name]:
            values = join_words([f"{cell.text} in {found}" for found, cell in sorted(series[name].items())])
            standard = report.standard(name, years[-1])
            judged = (
                f" The standard from {standard.first} is {level_text(standard)}."
                if standard
                else " It has no standard."
            )
            alt.append(f"{label}: {values}.{judged}")
    low = _limit(series)
    notes = [
        f"The scale begins at {low}%, not at 0.",
        "The waits are of those who finished a course; they say nothing of those who never began one.",
    ]
    notes += break_notes(report.breaks(_SIX, years))
    base = (
        "Of referrals that finished a course of treatment in the year: first treatment within 6 and 18 weeks of "
        "referral, second treatment within 6 weeks of the first"
    )
    pictures = {width: _picture(report, series, years, marked, width) for width in WIDTHS}
    return Chart(
        "waits",
        year,
        finding,
        base,
        " ".join((*alt, *notes)),
        table,
        source_words(report, table),
        (*table.notes, *notes),
        pictures,
    )


def _finding(report: Report, series: dict[str, dict[FinancialYear, Cell]], year: FinancialYear) -> str:
    six, eighteen, second = (series[name].get(year) for name in (_SIX, _EIGHTEEN, _SECOND))
    met = {weeks: report.meets_standard(name, year) for weeks, name in ((6, _SIX), (18, _EIGHTEEN))}
    began = [
        f"{cell.text} {words}"
        for cell, words in ((six, "began within 6 weeks of referral"), (eighteen, "within 18"))
        if cell
    ]
    if met == {6: True, 18: True}:
        begins = f"Both waiting standards were met in {year}"
    elif met == {6: False, 18: False}:
        begins = f"Both waiting standards were missed in {year}"
    elif met == {6: None, 18: None}:
        return f"Of courses finished in {year}, {join_words(began)}"
    else:
        judged = [
            f"the {weeks}-week standard was {'met' if value else 'missed'}"
            for weeks, value in met.items()
            if value is not None
        ]
        begins = f"In {year} {join_words(judged)}"
    if second is None:
        return f"{begins}: of courses finished, {join_words(began)}"
    link = "but only" if six and second.working.figure.exact < six.working.figure.exact and any(met.values()) else "and"
    return (
        f"{begins}, {link} {second.text} of courses finished had their second appointment within 6 weeks of the first"
    )


def _limit(series: dict[str, dict[FinancialYear, Cell]]) -> int:
    lowest = min(plotted(cell.working.figure) for cells in series.values() for cell in cells.values())
    return int((lowest - 3) // 10) * 10


def _picture(
    report: Report,
    series: dict[str, dict[FinancialYear, Cell]],
    years: list[FinancialYear],
    marked: FinancialYear,
    width: str,
) -> Picture:
    low = _limit(series)
    timeline = begin_timeline(width, years, low, 100, range(low, 101, 10), marked, 320 if width == "wide" else 330)
    add_breaks(timeline, report.breaks(_SIX, years))
    for standard in report.archive.standards:
        if standard.metric in series:
            met = report.meets_standard(standard.metric, marked)
            verdict = "" if met is None else "met" if met else "missed"
            add_standard(
                timeline, standard, f"{verdict} in {marked}" if verdict and width == "wide" else verdict, under=True
            )
    values = {
        name: {year: plotted(cell.working.figure) for year, cell in sorted(cells.items())}
        for name, cells in series.items()
        if cells
    }
    for name, points in values.items():
        add_series(timeline, name, tuple(points.items()), _TONES[name])
        for year, value in points.items():
            add_point(
                timeline,
                year,
                value,
                _TONES[name],
                f"{_NAMES[name]}, {year}: {series[name][year].text}",
                year == marked,
                of=name,
            )
    for name, points in values.items():
        if marked in points:
            add_value(timeline, marked, points[marked], series[name][marked].text, _TONES[name], True, name != _SIX)
    for name, points in values.items():
        words = _NAMES[name] if width == "wide" else _SHORT[name]
        add_name(timeline, points, words, _TONES[name], above=name != _SIX)
    for name, points in values.items():
        for year in (max(points), min(points)):
            if year != marked:
                add_value(timeline, year, points[year], series[name][year].text, "quiet", False, name != _SIX)
    return timeline.picture()
