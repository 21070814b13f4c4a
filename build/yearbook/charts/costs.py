"""The cost of a recovery under each year's rate: arithmetic with a study's old cost of a treatment, drawn from nought.

The scale begins at 0 on purpose: the study's cost is rough, and a scale that begins elsewhere would make much of
little.
"""

from yearbook.charts.chart import Chart, MissingChart, source_words
from yearbook.charts.pictures import LINE, Picture, text
from yearbook.charts.sentences import break_notes
from yearbook.charts.theme import LABEL, WIDTHS, wrap
from yearbook.charts.ticks import ticks_of
from yearbook.charts.timelines import add_breaks, add_point, add_series, add_value, begin_timeline
from yearbook.formatting import format_pounds, join_words, round_half_up
from yearbook.report import Report
from yearbook.tables import COURSE_SHARE, cost_per_recovery_table, cost_years
from yearbook.years import FinancialYear


def build_cost_per_recovery(report: Report, year: FinancialYear | None) -> Chart | MissingChart:
    """The study's cost of a treatment ÷ the share recovered of those who finished, for every comparable year."""
    years = cost_years(report)
    if not report.archive.costs:
        return MissingChart("cost-per-recovery", year, "There is no study of costs in data/costs.yml.")
    if len(years) < 2:
        return MissingChart("cost-per-recovery", year, "The share recovered is known for fewer than two years.")
    study = report.archive.costs[0]
    costs = {one: study.cost_per_recovery(report.figure(COURSE_SHARE, one).exact) for one in years}
    first, last = years[0], years[-1]
    finding = (
        f"At {study.prices}, a recovery would cost {format_pounds(costs[last])} at the rate of {last} and "
        f"{format_pounds(costs[first])} at that of {first}: arithmetic"
    )
    table = cost_per_recovery_table(report)
    notes = (
        f"Arithmetic, at {study.prices}. The scale begins at £0.",
        *break_notes(report.breaks(COURSE_SHARE, years)),
    )
    run = join_words([f"{format_pounds(cost)} in {one}" for one, cost in costs.items()])
    alt = f"A line over the years. {format_pounds(study.per_treatment['all'])} divided by the share recovered: {run}."
    values = {one: float(round_half_up(cost, 4)) for one, cost in costs.items()}
    texts = {one: format_pounds(cost) for one, cost in costs.items()}
    return Chart(
        "cost-per-recovery",
        year,
        finding,
        "The study’s cost of an average treatment, divided by the share recovered of referrals that finished a course",
        " ".join((alt, *notes)),
        table,
        "; ".join((source_words(report, table), study.citation)),
        (*table.notes, *notes),
        {width: _picture(report, values, texts, study.prices, width) for width in WIDTHS},
    )


def _picture(
    report: Report, values: dict[FinancialYear, float], texts: dict[FinancialYear, str], prices: str, width: str
) -> Picture:
    years = sorted(values)
    ticks = ticks_of([0.0, *values.values()], "pounds")
    timeline = begin_timeline(width, years, ticks[0], ticks[-1], ticks, years[-1], 240, "pounds")
    add_breaks(timeline, report.breaks(COURSE_SHARE, years))
    add_series(timeline, "cost", list(values.items()), "main")
    for one, value in values.items():
        add_point(timeline, one, value, "main", f"{one}: {texts[one]}", one == years[-1])
    add_value(timeline, years[-1], values[years[-1]], texts[years[-1]], "accent", True, True)
    cheapest = min(years, key=lambda one: values[one])
    for one in dict.fromkeys((years[0], cheapest)):
        if one != years[-1]:
            add_value(timeline, one, values[one], texts[one], "quiet", False, one != cheapest)
    foot = timeline.y((ticks[0] + ticks[1]) / 2)  # under the line, where nothing else stands
    room = WIDTHS[width] - timeline.x.start if width == "wide" else 150
    for row, words in enumerate(wrap(f"Arithmetic, at {prices}", room, LABEL)):
        timeline.records["texts"].append(text(timeline.x.start - 12, foot + LINE * row, words, "main"))
    if width == "wide":  # on a phone there is no room for more without a doubt of whose value it is
        for one in years[1:-1]:
            if one != cheapest:
                add_value(timeline, one, values[one], texts[one], "quiet", False, False)
    return timeline.picture()
