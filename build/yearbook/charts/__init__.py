"""The charts: the catalogue, and the two things done with it: build every chart, draw every chart.

A chart is a value (`chart`) that one function builds from a `Report`; the families are `journeys`,
`trends`, `completion`, `denominators`, `outcomes` and `waits`. `pictures` knows Vega-Lite, `drawing` knows how to
make SVG, `rasters` how to make PNG of that, `theme` how it all looks. `cards` says what a social card shows,
`card_drawing` makes its image. Altair and vl-convert are loaded only when something is drawn.
"""

from yearbook.charts.areas import build_area_charts
from yearbook.charts.card_drawing import DrawnCards, draw_cards
from yearbook.charts.chart import Chart, ChartType, DrawnChart, MissingChart
from yearbook.charts.completion import build_completion_trend
from yearbook.charts.costs import build_cost_per_recovery
from yearbook.charts.denominators import build_five_denominators
from yearbook.charts.drawing import Drawings, draw_charts
from yearbook.charts.gaps import build_deprivation_gap
from yearbook.charts.group_series import GROUP_SERIES
from yearbook.charts.groups import GROUP_CHARTS
from yearbook.charts.hidden import build_hidden_wait
from yearbook.charts.journeys import build_journey, build_three_year_journey
from yearbook.charts.outcomes import build_outcomes
from yearbook.charts.promises import build_promises
from yearbook.charts.rasters import Rasters, draw_rasters
from yearbook.charts.spreads import build_spread_charts
from yearbook.charts.trends import build_appointments_trend, build_card, build_recovery_trend, build_trends
from yearbook.charts.waits import build_waits
from yearbook.report import Report

__all__ = [
    "CHARTS",
    "GROUP_SERIES",
    "Chart",
    "ChartType",
    "Drawings",
    "DrawnCards",
    "DrawnChart",
    "MissingChart",
    "Rasters",
    "build_area_charts",
    "build_card",
    "build_charts",
    "build_spread_charts",
    "draw_cards",
    "draw_charts",
    "draw_rasters",
]

CHARTS: tuple[ChartType, ...] = (
    ChartType("journey", "From referral to recovery", True, build_journey),
    ChartType("three-year-journey", "Three years side by side", True, build_three_year_journey),
    ChartType("recovery-trend", "Recovery rate over the years", True, build_recovery_trend),
    ChartType("completion-trend", "Finishing treatment over the years", True, build_completion_trend, overall=True),
    ChartType("five-denominators", "One outcome, five denominators", True, build_five_denominators),
    ChartType("outcomes", "Outcomes of those who finished", True, build_outcomes),
    ChartType("waits", "Waits against the standards", True, build_waits, overall=True),
    ChartType("hidden-wait", "The hidden wait", True, build_hidden_wait),
    ChartType("appointments-trend", "Appointments in a course", True, build_appointments_trend),
    ChartType("deprivation-gap", "The gap of deprivation", True, build_deprivation_gap, overall=True),
    *GROUP_CHARTS,
    ChartType("promises", "Promise and reality", True, build_promises),
    *GROUP_SERIES,
    ChartType("cost-per-recovery", "Cost per recovery", False, build_cost_per_recovery, overall=True),
)
"""Every chart, in the order a report shows them."""


def build_charts(report: Report) -> tuple[Chart | MissingChart, ...]:
    """Every chart of every year, those of the whole series, and the trend of every metric."""
    yearly = [kind.build(report, year) for year in report.years for kind in CHARTS if kind.per_year]
    return (*yearly, *(kind.build(report, None) for kind in CHARTS if kind.overall), *build_trends(report))
