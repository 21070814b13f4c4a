"""The tables of the site, as values: what a page prints and what a chart plots are the same records.

`table` holds what a table is; the families are `journeys`, `waits`, `trends` and
`groups`.
"""

from yearbook.tables.groups import gap_table, group_series_table, group_table
from yearbook.tables.journeys import (
    CHAPTERS,
    FIVE_BASES,
    Chapter,
    chapter_cohort,
    chapter_table,
    denominators_table,
    journey_gap,
    journey_table,
    three_years,
)
from yearbook.tables.spreads import (
    WITHOUT_ENDS,
    count_words,
    ends_of,
    extremes_table,
    next_year_of,
    peers_table,
    percent_range,
    percent_text,
    ratio_text,
    spreads_table,
)
from yearbook.tables.table import Cell, Row, Table, series_table, with_notes
from yearbook.tables.trends import bases_table, metrics_without_figures, trend_metrics, trend_table, trend_tables
from yearbook.tables.waits import BANDS, FIRST_WAIT, SECOND_WAIT, WAITS, spread_table, standards_table, waits_table

__all__ = [
    "BANDS",
    "CHAPTERS",
    "FIRST_WAIT",
    "FIVE_BASES",
    "SECOND_WAIT",
    "WAITS",
    "WITHOUT_ENDS",
    "Cell",
    "Chapter",
    "Row",
    "Table",
    "bases_table",
    "chapter_cohort",
    "chapter_table",
    "count_words",
    "denominators_table",
    "ends_of",
    "extremes_table",
    "gap_table",
    "group_series_table",
    "group_table",
    "journey_gap",
    "journey_table",
    "metrics_without_figures",
    "next_year_of",
    "peers_table",
    "percent_range",
    "percent_text",
    "ratio_text",
    "series_table",
    "spread_table",
    "spreads_table",
    "standards_table",
    "three_years",
    "trend_metrics",
    "trend_table",
    "trend_tables",
    "waits_table",
    "with_notes",
]
