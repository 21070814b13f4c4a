"""The tables of an area's page: each a year or every year, beside England.

A rate of the page's year leads to its sum; the heading of a column leads to how its numbers are made.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from markupsafe import Markup

from yearbook.areas import Area
from yearbook.formatting import format_number, sentence_case
from yearbook.groups import GROUPINGS, group_label
from yearbook.metrics import METRICS_BY_NAME
from yearbook.organisations import ENGLAND, Organisation
from yearbook.pages.chart_workings import row_anchor
from yearbook.pages.markup import linked, live_number
from yearbook.pages.page import relative_link
from yearbook.pages.workings import WorkingsList
from yearbook.peers import FLOW_RATIOS, HEADLINE, RATES, Comparisons, Peer, Peers
from yearbook.report import Report
from yearbook.tables import percent_range, percent_text
from yearbook.values import Status
from yearbook.wording import (
    SHORT_VERDICTS,
    rank_words,
    verdict_words,
)
from yearbook.years import FinancialYear

FLOWS = ("referrals_received", "entered_treatment", "ended_referrals", "finished_course_of_treatment", "recovery")
OUTCOMES = (
    "reliable_recovery_rate",
    "reliable_improvement_rate",
    "no_reliable_change_rate",
    "reliable_deterioration_rate",
)
WAITS = (
    "first_treatment_within_6_weeks",
    "first_treatment_within_18_weeks",
    "second_treatment_within_6_weeks",
    "second_treatment_after_90_days",
)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table: its heading, its cells as text or markup, whether it is set apart, and its anchor if it has one."""

    label: str | Markup
    cells: tuple[str | Markup, ...]
    note: str = ""
    apart: bool = False
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class AreaTable:
    """A table of an area's page. `id` is its anchor; `notes` stand beneath it, and `files`, the links to them as markup."""

    id: str
    caption: str
    columns: tuple[str | Markup, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    files: str = ""


def measures_table(
    comparisons: Comparisons,
    organisation: Organisation,
    year: FinancialYear,
    workings: WorkingsList,
    names: Sequence[str] = RATES,
) -> AreaTable:
    """Rates of the year, by default all, beside England's and among the peers, both with their sums in `workings`."""
    rows = []
    for name in names:
        peers = comparisons.peers(name, year, organisation.org_type)
        peer = peers.of(organisation)
        if peer is None or peer.working.figure.status is Status.NOT_COLLECTED:
            continue
        metric, here = METRICS_BY_NAME[name], live(name, year, peer, workings)
        anchor = workings.add(name, year, peer.working, organisation)
        rows.append(
            Row(
                Markup('<a class="row-link" href="#{}">{}</a>').format(anchor, metric.title),
                (
                    here,
                    percent_range(peer.interval),
                    Markup(live_number(name, year, comparisons.report.working(name, year), workings)),  # noqa: S704 - escaped there
                    SHORT_VERDICTS[verdict_words(peer, metric.better)],
                    f"{peer.rank} of {len(peers.ranked)}" if peer.rank else "not ranked",
                    range_strip(peers, peer),
                ),
                metric.base,
            )
        )
    columns = ("Measure", "Here", "95% interval", "England", "Against England", "Rank", "Range of all")
    notes = (
        "Ranks count from the highest figure, whether high is good or not.",
        "A verdict goes by the interval before its ends are rounded.",
        "The strip runs from the lowest to the highest that is ranked; its thick part holds the middle eight tenths, "
        "the stroke is England, the dot is here.",
    )
    return AreaTable("measures", f"Every measure, {year}", columns, tuple(rows), notes)


def live(metric: str, year: FinancialYear, peer: Peer, workings: WorkingsList) -> Markup:
    """A rate of an organisation, linked to its sum: the published percentage beside what its rounded counts give."""
    parts = ""
    if peer.counts and peer.interval:
        low, high = (
            format_number(Fraction(100 * end).limit_denominator(10**9), 2)
            for end in (peer.interval.low, peer.interval.high)
        )
        parts = f"{peer.counts.division}; Wilson’s 95% interval of that, {low}% to {high}%"
    anchor = workings.add(metric, year, peer.working, peer.organisation, parts=parts)
    return Markup(linked(peer.working.text(0), anchor))  # noqa: S704 - escaped there


def heading(
    metric: str,
    report: Report,
    year: FinancialYear,
    organisation: Organisation,
    workings: WorkingsList,
    title: str = "",
) -> Markup:
    """The heading of a column, leading to how the metric's numbers are made, with the organisation's of `year` for one."""
    found = METRICS_BY_NAME[metric]
    workings.add(metric, year, report.working(metric, year, organisation), organisation)
    return Markup('<a href="#workings-{}">{}</a>').format(found.slug, title or found.title)


def year_anchor(year: FinancialYear) -> str:
    """The anchor of a year's row in the table of an area's recovery."""
    return f"w-row-years-{year}"


def range_strip(peers: Peers, peer: Peer) -> Markup:
    """A small drawing of the peers' range, England and the peer. In words it is the range alone: the rest is in the row."""
    if peers.spread is None or peer.base == 0:
        return Markup("")
    spread, wide = peers.spread, 150.0
    ends = [spread.lowest, spread.highest, peer.rate, *([peers.england] if peers.england is not None else [])]
    low, high = min(ends), max(ends)
    room = (high - low) or 1.0

    def place(value: float) -> str:
        return f"{5 + (value - low) / room * (wide - 10):.1f}"

    england = f'<path class="strip__england" d="M{place(peers.england)} 2v16"/>' if peers.england is not None else ""
    return Markup(  # noqa: S704 - numbers only
        f'<svg class="strip" viewBox="0 0 150 20" width="150" height="20" aria-hidden="true" focusable="false">'
        f'<path class="strip__all" d="M{place(spread.lowest)} 10H{place(spread.highest)}"/>'
        f'<path class="strip__middle" d="M{place(spread.p10)} 10H{place(spread.p90)}"/>'
        f'{england}<circle class="strip__own" cx="{place(peer.rate)}" cy="10" r="4.5"/></svg>'
        f'<span class="visually-hidden">{percent_text(spread.lowest)} to {percent_text(spread.highest)}</span>'
    )


def each_year(comparisons: Comparisons, area: Area, name: str) -> dict[FinancialYear, tuple[Peers, Peer]]:
    """The area by a rate in each of its years, with the peers of that year."""
    found = {}
    for year, organisation in area.in_years.items():
        peers = comparisons.peers(name, year, organisation.org_type)
        peer = peers.of(organisation)
        if peer is not None:
            found[year] = (peers, peer)
    return found


def years_table(comparisons: Comparisons, area: Area, workings: WorkingsList) -> AreaTable:
    """The recovery rate of every year with what it is made of, England's, and the rank."""
    report, rows, notes = comparisons.report, [], []
    for year, (peers, peer) in each_year(comparisons, area, HEADLINE).items():
        organisation = area.in_years[year]
        rows.append(
            Row(
                str(year),
                (
                    report.working("recovery", year, organisation).text(),
                    report.working("eligible_for_recovery", year, organisation).text(),
                    peer.working.text(0),
                    percent_range(peer.interval),
                    report.working(HEADLINE, year).text(),
                    SHORT_VERDICTS[verdict_words(peer, "higher")],
                    sentence_case(rank_words(peers, peer) or peer.left_out or "not ranked"),
                ),
                anchor=year_anchor(year),
            )
        )
    types = dict.fromkeys(organisation.org_type for organisation in area.in_years.values())
    if len(types) > 1:
        notes.append("Ranks before and after the area changed its type are among different kinds of area.")
    for before, after in pairwise(area.years):
        joined = report.archive.lineage.join(area.in_years[after].key, before, after)
        if joined.kind == "redrawn":
            notes.append(f"Compare across {after} with care. {joined.why}")
    for found in report.breaks(HEADLINE, area.years) if len(area.years) > 1 else ():
        notes.append(f"{found.title}, {found.year}: {found.why}")
    rate = heading(HEADLINE, report, area.years[-1], area.in_years[area.years[-1]], workings, "Rate")
    notes.append("Each row holds its own sum: recovered ÷ counted. A year is the address of its row.")
    columns = (
        "Year",
        "Recovered",
        "Counted",
        rate,
        "95% interval",
        "England",
        "Against England",
        "Among its peers",
    )
    return AreaTable("years", "Recovery year by year", columns, tuple(rows), tuple(notes))


def outcomes_table(comparisons: Comparisons, area: Area, workings: WorkingsList) -> AreaTable:
    """The outcomes of those who finished, every year, with England's of the last."""
    return rates_over_years(comparisons, area, workings, OUTCOMES, "outcomes", "Outcomes of those who finished")


def waits_of_area(comparisons: Comparisons, area: Area, workings: WorkingsList) -> AreaTable:
    """The waits of those who finished, every year, with England's of the last."""
    return rates_over_years(comparisons, area, workings, WAITS, "waits", "Waits of those who finished")


def rates_over_years(
    comparisons: Comparisons,
    area: Area,
    workings: WorkingsList,
    names: Sequence[str],
    id: str,
    caption: str,
    beside: Sequence[str] | None = None,
) -> AreaTable:
    """Metrics of an area in every year, those that some year has, with England's of the last.

    `beside` are those that England's is given for, by default all: its counts say nothing beside an area's.
    """
    report = comparisons.report
    shown = [
        name
        for name in names
        if any(
            report.figure(name, year, organisation).status is not Status.NOT_COLLECTED
            for year, organisation in area.in_years.items()
        )
    ]
    rows = [
        Row(str(year), tuple(report.working(name, year, organisation).text(0) for name in shown))
        for year, organisation in area.in_years.items()
    ]
    last = area.years[-1]
    compared = [name for name in shown if beside is None or name in beside]
    if compared:
        cells = tuple(report.working(name, last).text() if name in compared else "" for name in shown)
        rows.append(Row(f"England, {last}", cells, apart=True))
    columns = ("Year", *(_latest_heading(name, report, area, workings) for name in shown))
    return AreaTable(id, caption, columns, tuple(rows) if shown else ())


def _latest_heading(metric: str, report: Report, area: Area, workings: WorkingsList) -> Markup:
    """The heading of a column over an area's years, with the latest that has a value for an example."""
    known = [year for year in area.years if report.figure(metric, year, area.in_years[year]).known]
    year = known[-1] if known else area.years[-1]
    return heading(metric, report, year, area.in_years[year], workings)


def flows_table(comparisons: Comparisons, area: Area, workings: WorkingsList) -> AreaTable:
    """What was received, finished and recovered, every year, as flows, with England's ratios of the last."""
    caption = "Received, finished, recovered"
    return rates_over_years(comparisons, area, workings, (*FLOWS, *FLOW_RATIOS), "flows", caption, FLOW_RATIOS)


def group_tables(
    comparisons: Comparisons, organisation: Organisation, year: FinancialYear, workings: WorkingsList, address: str
) -> list[AreaTable]:
    """Who is served, by every grouping the release has for the organisation: counts, rate, and England's rate.

    England's leads from the page at `address` to the row of the year's report that holds its sum.
    """
    report = comparisons.report
    release = report.archive.releases[year]
    tables = []
    for grouping in GROUPINGS:
        if grouping.id == "waiting-time":
            continue
        groups = [group for name in grouping.breakdowns for group in release.breakdowns(organisation.key, name)]
        rows = []
        for group in groups:
            counts = [
                report.working(name, year, organisation, group)
                for name in ("referrals_received", "finished_course_of_treatment", "recovery")
            ]
            rate = report.working(HEADLINE, year, organisation, group)
            if all(working.figure.status is Status.NOT_COLLECTED for working in (*counts, rate)):
                continue
            england = report.working(HEADLINE, year, ENGLAND, group)
            label = sentence_case(group_label(group))
            national: str | Markup = england.text()
            if england.figure.known:
                link = f"reports/{year}/#{row_anchor(f'groups-{grouping.id}-{year}', label)}"
                national = Markup('<a class="row-link" href="{}">{}</a>').format(relative_link(link, address), national)
            rows.append(Row(label, (*(one.text() for one in counts), rate.text(0), national)))
        if rows:
            made = [
                heading(name, report, year, organisation, workings, title)
                for name, title in (
                    ("referrals_received", "Received"), ("finished_course_of_treatment", "Finished"),
                    ("recovery", "Recovered"), (HEADLINE, ""),
                )
            ]  # fmt: skip
            columns = ("Group", *made, "England")
            tables.append(AreaTable(f"by-{grouping.id}", grouping.title, columns, tuple(rows)))
    return tables
