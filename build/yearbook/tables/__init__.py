"""The tables of the site, as values: what a page prints and what a chart plots are the same records.

`table` holds what a table is; the families are `journeys`, `waits`, `standards` and `groups`.
"""

from yearbook.tables.groups import group_series_table, group_table
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
from yearbook.tables.standards import standards_table
from yearbook.tables.table import Cell, Row, Table, series_table
from yearbook.tables.waits import WAITS, spread_table, waits_table

__all__ = [
    "CHAPTERS",
    "FIVE_BASES",
    "WAITS",
    "Cell",
    "Chapter",
    "Row",
    "Table",
    "chapter_cohort",
    "chapter_table",
    "denominators_table",
    "group_series_table",
    "group_table",
    "journey_gap",
    "journey_table",
    "series_table",
    "spread_table",
    "standards_table",
    "three_years",
    "waits_table",
]
