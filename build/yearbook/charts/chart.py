"""A chart as a value: what it finds, who it counts, its words, its table and how it looks.

Nothing here draws. What a chart says in its title and its alt text, what its marks show and what its
table holds are made from the same records.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from yearbook.charts.pictures import Picture
from yearbook.formatting import join_words, plural
from yearbook.report import Report
from yearbook.tables import Table
from yearbook.years import FinancialYear


@dataclass(frozen=True)
class Chart:
    """A chart of the catalogue, for a year or (`year` None) for the whole series.

    `finding` is the chart's title: one sentence, without a full stop. `base` names who is counted. `alt`
    says in whole sentences what the picture shows. `notes` are what a reader must know to read it
    rightly. `pictures` holds the picture of each width in `theme.WIDTHS`.
    """

    id: str
    year: FinancialYear | None
    finding: str
    base: str
    alt: str
    table: Table
    source: str
    notes: tuple[str, ...]
    pictures: Mapping[str, Picture]

    @property
    def name(self) -> str:
        """What its files are called: `recovery-trend`, `journey-2019-20`."""
        return chart_name(self.id, self.year)

    @property
    def specifications(self) -> dict[str, dict[str, Any]]:
        """The Vega-Lite specification of each picture. Asking for it loads Altair."""
        return {width: picture.specification() for width, picture in self.pictures.items()}


@dataclass(frozen=True, slots=True)
class MissingChart:
    """A chart that cannot be made for a year, and why, as a sentence a page can print."""

    id: str
    year: FinancialYear | None
    reason: str

    @property
    def name(self) -> str:
        """What its files would be called."""
        return chart_name(self.id, self.year)


@dataclass(frozen=True, slots=True)
class DrawnChart:
    """A chart with the bytes of its images, as SVG, by width."""

    chart: Chart
    svg: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class ChartType:
    """A kind of chart. `build` takes a year; None, for the whole series, only if `overall`."""

    id: str
    title: str
    per_year: bool
    build: Callable[[Report, FinancialYear | None], Chart | MissingChart]
    overall: bool = False


def chart_name(id: str, year: FinancialYear | None) -> str:
    """`journey-2019-20`, or the id alone for a chart of the whole series."""
    return f"{id}-{year}" if year else id


def source_words(report: Report, table: Table) -> str:
    """Where the numbers of `table` come from: the releases, a run of years as one, then the other sources."""
    cited = dict.fromkeys(
        source for cell in table.cells if cell.working.figure.known for source in cell.working.sources
    )
    years_of: dict[str, list[FinancialYear]] = {}
    for year in report.years:
        entry = report.archive.register.get(year)
        if entry is not None and cited.pop(report.citation(year), "") is None:
            years_of.setdefault(entry.publisher, []).append(year)
    releases = [
        f"{publisher}, annual {plural(len(years), 'report')} {_run_of_years(years)}"
        for publisher, years in years_of.items()
    ]
    others = dict.fromkeys(source.partition(", http")[0] for source in cited)
    return "; ".join((*releases, *others))


def _run_of_years(years: Sequence[FinancialYear]) -> str:
    return join_words([str(year) for year in years]) if len(years) < 3 else f"{years[0]} to {years[-1]}"
