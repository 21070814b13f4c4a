"""The sections of a yearly report: which there are, what stands in each, and how one is filled for a year.

The editor's words come first, or the standard ones, then what the year lacks in words, then charts and tables.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from yearbook.charts.chart import Chart, MissingChart
from yearbook.formatting import join_words, sentence_case
from yearbook.groups import GROUPINGS
from yearbook.metrics import ENDED, METRICS_BY_NAME
from yearbook.organisations import ENGLAND
from yearbook.pages.area_section import AREA_CHARTS, area_parts
from yearbook.pages.bases import report_bases
from yearbook.pages.commentary import Rendered
from yearbook.pages.editors import EditorsHelpers
from yearbook.pages.markup import figure_html, folded_html, live_number, table_html
from yearbook.pages.page import relative_link
from yearbook.pages.text import literal
from yearbook.peers import Comparisons
from yearbook.registers import Target
from yearbook.report import MONTHLY, Report
from yearbook.tables import (
    CHAPTERS,
    Table,
    chapter_table,
    denominators_table,
    group_table,
    journey_table,
    spread_table,
    standards_table,
    three_years,
    waits_table,
)
from yearbook.years import FinancialYear


@dataclass(frozen=True, slots=True)
class ReportSection:
    """A section of a report: its id, its short name, and the charts and tables that stand in it.

    `folded` are tables that open when asked for.
    """

    id: str
    name: str
    charts: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    folded: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FilledSection:
    """A section ready for the template: its short name, its finding as a title, its Markdown."""

    id: str
    name: str
    title: str
    text: str


WHO_IS_SERVED = tuple(
    f"groups-{grouping.id}"
    for grouping in GROUPINGS
    if grouping.id not in ("stepped-care", "consultation-medium", "waiting-time")
)
"""The charts of groups that stand together in a report."""

SECTIONS: tuple[ReportSection, ...] = (
    ReportSection("highlights", "Key highlights"),
    ReportSection("journey", "The journey", ("journey",)),
    ReportSection("from-referral", "From referral", ("three-year-journey",), ("from-referral",)),
    ReportSection("from-entering", "From entering treatment", ("completion-trend",), ("from-entering",)),
    ReportSection("all-who-finished", "All who finished", ("five-denominators",), ("all-who-finished",)),
    ReportSection("at-caseness", "At caseness at the start", ("recovery-trend",), ("at-caseness",)),
    ReportSection("outcomes", "Outcomes", ("outcomes",)),
    ReportSection("waiting-times", "Waiting times", ("waits", "hidden-wait"), ("waits",), ("groups-waiting-time",)),
    ReportSection(
        "how-much-treatment",
        "How much treatment",
        ("appointments-trend", "groups-stepped-care"),
        (),
        ("groups-consultation-medium",),
    ),
    ReportSection("areas", "Not all services perform equally", AREA_CHARTS),
    ReportSection("who-is-served", "Who is served less well", ("deprivation-gap", *WHO_IS_SERVED)),
    ReportSection("promise-and-reality", "Promise and reality", ("promises",), ("standards",)),
    ReportSection("good-news-bad-news", "Good news, bad news"),
    ReportSection("what-next", "What next"),
)
SECTION_IDS = tuple(section.id for section in SECTIONS)


def report_tables(report: Report, year: FinancialYear) -> dict[str, Table]:
    """Every table a year's report has, by name."""
    years = three_years(report, year)
    tables = [journey_table(report, year), denominators_table(report, year), waits_table(report, years)]
    tables += [chapter_table(report, chapter, years) for chapter in CHAPTERS]
    tables += [spread_table(report, years), standards_table(report, year)]
    tables += [group_table(report, grouping, year) for grouping in GROUPINGS if grouping.of(report, year)]
    return {table.id: table for table in tables}


def report_address(year: FinancialYear) -> str:
    """Where a year's report is published."""
    return f"reports/{year}/"


def fill_section(
    found: ReportSection,
    rendered: Rendered,
    standard: Rendered,
    comparisons: Comparisons,
    year: FinancialYear,
    charts: Mapping[str, Chart | MissingChart],
    tables: Mapping[str, Table],
    helpers: EditorsHelpers,
) -> FilledSection | None:
    """The section as Markdown: the editor's words or the standard ones, then what is generated."""
    report = comparisons.report
    own, spare = rendered.section(found.id), standard.section(found.id)
    words = own or spare
    drawn = [
        chart
        for name in found.charts
        if isinstance(chart := charts.get(name), Chart) and name not in helpers.placed_charts
    ]
    missing = _missing_charts(charts, found.charts, tables, year)
    shown = [name for name in found.tables if has_figures(tables[name]) and name not in helpers.placed_tables]
    sentences = dict.fromkeys((*missing_words(report, found.id, year), *missing))
    if words is None or not (own or words.text or sentences or drawn or shown):
        return None
    contents = _contents(drawn) if found.id == "who-is-served" else ""
    parts = [words.text, contents, *(f'<p class="missing">{sentence}</p>' for sentence in sentences)]
    parts += [
        figure_html(chart, report_address(year), helpers.workings, eager=chart.id == "journey") for chart in drawn
    ]
    if found.id == "all-who-finished":
        parts.append(report_bases(report, year, report_address(year), helpers.workings))
    parts += [table_html(tables[name], report_address(year), helpers.workings) for name in shown]
    undrawn = [name for name in found.charts if isinstance(charts.get(name), MissingChart)]
    folded = [name for name in (*undrawn, *found.folded) if name in tables and _worth_folding(tables[name])]
    parts += [folded_html(tables[name], report_address(year), helpers.workings) for name in folded if name not in shown]
    if found.id == "areas":
        parts += area_parts(comparisons, year, helpers)
    if found.id == "promise-and-reality":
        parts += [_target_words(report, target, helpers) for target in report.archive.targets if target.year == year]
    if found.id == "who-is-served" and drawn:
        link = relative_link("groups/", report_address(year))
        parts.append(f'<p class="more"><a href="{link}">The groups over all the years</a></p>')
    return FilledSection(found.id, found.name, words.title, "\n\n".join(part for part in parts if part))


def _target_words(report: Report, target: Target, helpers: EditorsHelpers) -> str:
    """What was promised for the year beside what was counted; no verdict, because the two may count different things."""
    working = report.working(target.metric, target.year)
    count = live_number(target.metric, target.year, working, helpers.workings)
    title = METRICS_BY_NAME[target.metric].title.lower()
    return (
        f'<p class="note">Promised for {target.year}: {literal(target.title)} ({literal(target.source)}). '
        f"{sentence_case(title)}, as published: {count} referrals. {literal(target.caveat)}</p>"
    )


def _contents(charts: Sequence[Chart]) -> str:
    """Links to the charts of groups that stand below, by the name of the grouping."""
    titles = {f"groups-{grouping.id}": grouping.title for grouping in GROUPINGS}
    links = "".join(
        f'<li><a href="#chart-{chart.id}">{titles[chart.id]}</a></li>' for chart in charts if chart.id in titles
    )
    return f'<ul class="downloads" aria-label="The groups below">{links}</ul>' if links else ""


def _missing_charts(
    charts: Mapping[str, Chart | MissingChart], names: Sequence[str], tables: Mapping[str, Table], year: FinancialYear
) -> list[str]:
    """Why charts are missing, a sentence each; one sentence for all the ways in which the year is not divided."""
    missing = [chart for name in names if isinstance(chart := charts.get(name), MissingChart)]
    ways = {f"groups-{grouping.id}": grouping.by for grouping in GROUPINGS}
    of_people = [ways[chart.id] for chart in missing if chart.id in tables and _counts_people(tables[chart.id])]
    undivided = [ways[chart.id] for chart in missing if chart.id in ways and ways[chart.id] not in of_people]
    reasons = [chart.reason for chart in missing if chart.id not in ways]
    if of_people:
        reasons.append(f"By {join_words(of_people)} the sources for {year} count people, and not referrals.")
    if undivided:
        reasons.append(f"The sources for {year} do not divide referrals by {join_words(undivided, 'or')}.")
    return reasons


def _counts_people(table: Table) -> bool:
    return any(cell.metric == "people_referred" for cell in table.cells)


def has_figures(table: Table) -> bool:
    """Whether any cell of the table has a number."""
    return any(cell.working.figure.known for cell in table.cells)


def _worth_folding(table: Table) -> bool:
    """Whether a table without its chart says anything: it has figures, or names groups that the sources tell apart."""
    return has_figures(table) or bool(table.rows and table.id.startswith("groups-"))


def missing_words(report: Report, section: str, year: FinancialYear) -> tuple[str, ...]:
    """What the section would hold and the year lacks, in words; nothing when it lacks nothing."""
    if section == "journey" and not report.has_ended_cohort(year):
        known = report.figure("ended_referrals", year).known
        what = "how many ended unseen or after one appointment" if known else "the referrals that ended in the year"
        return (
            f"The sources for {year} do not give {what}, so the journey is drawn from in-year flows: what was received, "
            "entered and finished in the same twelve months. These are not all the same referrals.",
        )
    if section == "journey" and any(working.basis == MONTHLY for working in report.stages(ENDED, year)):
        return (
            f"The sources for {year} give the referrals that ended in the year only as sums of twelve monthly releases. "
            "They lie within about 1% of the annual figures, so a stage here can differ slightly from the same count elsewhere on this page.",
        )
    if section == "areas" and set(report.archive.releases[year].rows["org_type"]) <= {ENGLAND.org_type}:
        return (f"The sources here for {year} hold England’s figures alone, so how its areas differed cannot be said.",)
    if section == "waiting-times":
        waits = ["first_treatment_within_6_weeks", "first_treatment_within_18_weeks"]
        if has_figures(spread_table(report, (year,))):  # otherwise the missing chart of the second wait says so
            waits.append("second_treatment_within_6_weeks")
        gone = [METRICS_BY_NAME[name].title for name in waits if not report.figure(name, year).known]
        if 0 < len(gone) < len(waits):
            return (
                f"The sources for {year} do not give {join_words([title[:1].lower() + title[1:] for title in gone])}.",
            )
    return ()
