"""All that is written of the data alone: the sheet of each area, and the pages of trends, groups and comparisons."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from yearbook.areas import Area
from yearbook.charts import Chart, MissingChart
from yearbook.groups import GROUPINGS
from yearbook.outputs.areas import Facts, files_of_area
from yearbook.outputs.standings import standings
from yearbook.pages.areas import ChartKey, render_area
from yearbook.pages.board import has_board_paper, render_board
from yearbook.pages.compare import render_compare
from yearbook.pages.environment import PageEnvironment
from yearbook.pages.finder import render_areas_index
from yearbook.pages.groups import render_group, render_groups_index
from yearbook.pages.page import Page
from yearbook.pages.standings import render_standings
from yearbook.pages.trends import render_trend, render_trends_index
from yearbook.parallel import share_out
from yearbook.peers import Comparisons
from yearbook.tables import trend_metrics


@dataclass(frozen=True)
class AreaSheet:
    """What is written of one area: its page, its board paper where it has one, and its files by path."""

    page: Page
    board: Page | None
    files: tuple[tuple[str, bytes], ...]


Sheet = AreaSheet | Page


def write_sheets(
    comparisons: Comparisons,
    charts: Mapping[ChartKey, Chart | MissingChart],
    environment: PageEnvironment,
    england: Facts,
    workers: int | None = None,
) -> tuple[int, Iterator[Sheet]]:
    """How many sheets there are, and the sheets as they come: trends and groups, every area, how areas compare.

    Raises CommentaryError for a template that fails.
    """
    report = comparisons.report

    def area_sheet(area: Area) -> AreaSheet:
        has_board = has_board_paper(comparisons, area)
        return AreaSheet(
            render_area(comparisons, area, charts, environment),
            render_board(comparisons, area, charts, environment) if has_board else None,
            tuple(files_of_area(comparisons, area, england)),
        )

    grouped = [one for one in GROUPINGS if any(one.of(report, year) for year in report.years)]
    sheets: list[Callable[[], Sheet]] = [
        partial(render_trends_index, report, charts, environment),
        *(partial(render_trend, report, metric, charts, environment) for metric in trend_metrics(report)),
        partial(render_groups_index, report, charts, environment),
        *(partial(render_group, report, grouping, charts, environment) for grouping in grouped),
        *(partial(area_sheet, area) for area in comparisons.areas.all),
        *(partial(render_standings, comparisons, *one, charts, environment) for one in standings(comparisons)),
        partial(render_areas_index, comparisons, charts, environment),
        partial(render_compare, comparisons, environment),
    ]
    return len(sheets), share_out(lambda write: write(), sheets, workers)
