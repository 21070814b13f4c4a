"""How soon treatment began, against the standards, and the wait behind it that has none."""

from yearbook.charts.chart import Chart, MissingChart, source_words
from yearbook.charts.pictures import Picture, plotted, text
from yearbook.charts.sentences import level_text
from yearbook.charts.theme import LABEL, WIDTHS
from yearbook.charts.timelines import (
    add_breaks,
    add_point,
    add_series,
    add_standard,
    add_value,
    begin_timeline,
    choose_labelled,
)
from yearbook.formatting import join_words
from yearbook.report import Report
from yearbook.tables import WAITS, Cell, Table, waits_table
from yearbook.years import FinancialYear

_SIX, _EIGHTEEN, _SECOND = (name for _, name in WAITS)
_NAMES = {
    _SIX: "first treatment within 6 weeks of referral",
    _EIGHTEEN: "first treatment within 18 weeks",
    _SECOND: "second treatment within 6 weeks of the first",
}
_TONES = {_SIX: "main", _EIGHTEEN: "main", _SECOND: "accent"}


def build_waits(report: Report, year: FinancialYear | None) -> Chart | MissingChart:
    """The three waits over the years known, with the standards in force; `year`, or the latest, marked."""
    years = [found for found in report.years if any(report.figure(name, found).known for _, name in WAITS)]
    marked = year or max(years, default=None)
    if marked is None or marked not in years:
        return MissingChart("waits", year, f"The sources here do not say how long those who finished in {year or 'any year'} had waited.")
    table = waits_table(report, years)
    series = {name: _known(table, name) for _, name in WAITS}
    finding = _finding(report, series, marked)
    alt = ["Lines over the years."]
    for label, name in WAITS:
        if series[name]:
            values = join_words([f"{cell.text} in {found}" for found, cell in sorted(series[name].items())])
            standard = report.standard(name, years[-1])
            judged = f" The standard from {standard.first} is {level_text(standard)}." if standard else " It has no standard."
            alt.append(f"{label}: {values}.{judged}")
    low = _limit(series)
    notes = [f"The scale begins at {low}%, not at 0.", "The waits are of those who finished a course; they say nothing of those who never began one."]
    notes += [f"{found.title}, {found.year}: {found.why}" for found in report.breaks(_SIX, years)]
    base = "Of referrals that finished a course of treatment in the year"
    pictures = {width: _picture(report, series, years, marked, width) for width in WIDTHS}
    return Chart(
        "waits", year, finding, base, " ".join((*alt, *notes)), table, source_words(report, years), (*table.notes, *notes), pictures
    )  # fmt: skip


def _known(table: Table, metric: str) -> dict[FinancialYear, Cell]:
    return {cell.year: cell for cell in table.cells if cell.metric == metric and cell.working.figure.known}


def _finding(report: Report, series: dict[str, dict[FinancialYear, Cell]], year: FinancialYear) -> str:
    met = {name: report.meets_standard(name, year) for name in (_SIX, _EIGHTEEN)}
    firsts = [(weeks, series[name].get(year)) for weeks, name in ((6, _SIX), (18, _EIGHTEEN))]
    second = series[_SECOND].get(year)
    if all(met.values()):
        begins = f"Both waiting standards were met in {year}"
    elif any(value is False for value in met.values()):
        words = [f"the {weeks}-week standard was {'met' if met[name] else 'missed'}" for weeks, name in ((6, _SIX), (18, _EIGHTEEN)) if met[name] is not None]
        begins = f"In {year} {join_words(words)}"
    else:
        shares = [f"{cell.text} began treatment within {weeks} weeks" for weeks, cell in firsts if cell]
        begins = f"Of those who finished in {year}, {join_words(shares)}"
    return f"{begins}, but {second.text} had their second appointment within 6 weeks of the first" if second else begins


def _limit(series: dict[str, dict[FinancialYear, Cell]]) -> int:
    lowest = min(plotted(cell.working.figure) for cells in series.values() for cell in cells.values())
    return int((lowest - 3) // 10) * 10


def _picture(
    report: Report, series: dict[str, dict[FinancialYear, Cell]], years: list[FinancialYear], marked: FinancialYear, width: str
) -> Picture:
    low = _limit(series)
    timeline = begin_timeline(width, years, low, 100, range(low, 101, 10), marked, 320 if width == "wide" else 330)
    add_breaks(timeline, report.breaks(_SIX, years))
    for _, name in WAITS:
        if not series[name]:
            continue
        tone = _TONES[name]
        values = {year: plotted(cell.working.figure) for year, cell in sorted(series[name].items())}
        add_series(timeline, name, tuple(values.items()), tone)
        for year, value in values.items():
            add_point(timeline, year, value, tone, f"{_NAMES[name]}, {year}: {series[name][year].text}", year == marked)
        for year in choose_labelled(timeline, [year for year in (marked, max(values), min(values)) if year in values]):
            add_value(timeline, year, values[year], series[name][year].text, tone if year == marked else "quiet", year == marked, name != _SIX)
        for standard in report.archive.standards:
            if standard.metric == name:
                add_standard(timeline, standard, "under")
        begins = min(values)
        timeline.records["texts"].append(text(timeline.x(begins.start), timeline.y(values[begins]) + 30, _NAMES[name], tone, size=LABEL))
    return timeline.picture()
