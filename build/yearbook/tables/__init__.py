"""The tables of the site, as values: what a page prints and what a chart plots are the same records.

`table` holds what a table is; the families are `journeys`, `waits`, `trends`,
`groups` and, for what others have promised or found, `studies`.
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
from yearbook.tables.studies import (
    COST_SHARES,
    COURSE_SHARE,
    cost_per_recovery_table,
    cost_years,
    costs_table,
    promises_table,
    study_tables,
    untreated_table,
)
from yearbook.tables.table import Cell, Row, Table, series_table, with_notes
from yearbook.tables.trends import bases_table, metrics_without_figures, trend_metrics, trend_table, trend_tables
from yearbook.tables.waits import BANDS, FIRST_WAIT, SECOND_WAIT, WAITS, spread_table, standards_table, waits_table

__all__ = [
    "BANDS",
    "CHAPTERS",
    "COST_SHARES",
    "COURSE_SHARE",
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
    "cost_per_recovery_table",
    "cost_years",
    "costs_table",
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
    "promises_table",
    "ratio_text",
    "series_table",
    "spread_table",
    "spreads_table",
    "standards_table",
    "study_tables",
    "three_years",
    "trend_metrics",
    "trend_table",
    "trend_tables",
    "untreated_table",
    "waits_table",
    "with_notes",
]
