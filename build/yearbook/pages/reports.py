"""The yearly reports: what each section holds, and how a report page comes together.

The editor's words come first in a section, the generated chart and table after them. What the editor
leaves out is said in the standard words of `templates/pages/report-defaults.md`, with live numbers too.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jinja2 import Environment

from yearbook.charts.chart import Chart, MissingChart
from yearbook.formatting import join_words
from yearbook.groups import GROUPINGS, LEAST_DEPRIVED, MOST_DEPRIVED, group_key
from yearbook.metrics import ENDED, METRICS_BY_NAME
from yearbook.outputs.downloads import table_path
from yearbook.pages.commentary import Commentary, Rendered, render_commentary, without_sections
from yearbook.pages.editors import EditorsHelpers
from yearbook.pages.environment import render_page
from yearbook.pages.markup import figure_html, file_links, folded_html, live_change, live_number, table_html
from yearbook.pages.page import Page, relative_link
from yearbook.pages.text import plain_text
from yearbook.releases import Breakdown
from yearbook.report import BASIS_WORDS, MONTHLY, Report
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
from yearbook.wording import standing_words
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
        "how-much-treatment", "How much treatment", ("groups-stepped-care",), (), ("groups-consultation-medium",)
    ),
    ReportSection("who-is-served", "Who is served less well", ("deprivation-gap", *WHO_IS_SERVED)),
    ReportSection("promise-and-reality", "Promise and reality", ("promises",), ("standards",)),
    ReportSection("good-news-bad-news", "Good news, bad news"),
    ReportSection("what-next", "What next"),
)
SECTION_IDS = tuple(section.id for section in SECTIONS)

HEADLINES = (
    "referrals_received",
    "entered_treatment",
    "finished_course_of_treatment",
    "recovery_rate",
    "first_treatment_within_6_weeks",
    "first_treatment_within_18_weeks",
)

DEFINED = (*HEADLINES, "completion_rate", "reliable_improvement_rate")
"""The metrics a report defines at its foot, where the year has them."""


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


@dataclass(frozen=True, slots=True)
class ReportPage:
    """A report page with what other pages say of it."""

    page: Page
    year: FinancialYear
    title: str
    standfirst: str
    minutes: int


def render_report(
    report: Report,
    year: FinancialYear,
    commentary: Commentary,
    defaults: Commentary,
    charts: Mapping[str, Chart | MissingChart],
    environment: Environment,
) -> ReportPage:
    """The year's report. Raises CommentaryError with every problem of the editor's file."""
    address = report_address(year)
    tables = report_tables(report, year)
    drawn = {name: chart for name, chart in charts.items() if isinstance(chart, Chart)}
    helpers = EditorsHelpers(report, year, address, commentary.file, drawn, tables)
    rendered = render_commentary(commentary, helpers, SECTION_IDS)
    written = {section.id for section in rendered.sections}
    standard = _render_defaults(report, year, without_sections(defaults, written), helpers)
    sections = [_section(found, rendered, standard, report, year, charts, tables, helpers) for found in SECTIONS]
    body = render_page(
        environment,
        "pages/report.md",
        year=year,
        title=rendered.title,
        standfirst=rendered.standfirst,
        lead=rendered.lead,
        authors=join_words(commentary.fields.get("authors") or []),
        published=commentary.fields.get("published"),
        updated=commentary.fields.get("updated"),
        minutes=commentary.minutes,
        series=commentary.fields.get("series") or "The yearly reports",
        headlines=[_headline(report, name, year, helpers) for name in HEADLINES],
        sections=[section for section in sections if section],
        definitions=[METRICS_BY_NAME[name] for name in DEFINED if report.figure(name, year).known],
        release=report.archive.register.get(year),
        other_sources=_other_sources(report, year),
        breaks=[found for found in report.archive.breaks if found.year == year],
        events=[found for found in report.archive.events if found.year == year],
        downloads=[
            (table.caption, file_links(table_path(name), address)) for name, table in helpers.workings.tables.items()
        ],
        workings=helpers.workings.to_html(),
        previous=year.previous if year.previous in report.archive.releases else None,
        next=year.next if year.next in report.archive.releases else None,
        link=lambda target: relative_link(target, address),
    )
    summary = plain_text(rendered.standfirst)
    page = Page(f"reports/{year}.md", plain_text(rendered.title), "report", body, summary, helpers.workings.tables)
    return ReportPage(page, year, plain_text(rendered.title), summary, commentary.minutes)


def _render_defaults(report: Report, year: FinancialYear, defaults: Commentary, helpers: EditorsHelpers) -> Rendered:
    extra = {
        "known": lambda metric: report.figure(metric, year).known,
        "known_of": lambda metric, group: report.figure(metric, year, breakdown=Breakdown(*group.split("/"))).known,
        "most": group_key(MOST_DEPRIVED),
        "least": group_key(LEAST_DEPRIVED),
        "ended": report.has_ended_cohort(year),
        "met": lambda metric: report.meets_standard(metric, year),
        "level": lambda metric: getattr(report.standard(metric, year), "level", None),
    }
    return render_commentary(defaults, helpers.with_extra(extra), SECTION_IDS)


def _section(
    found: ReportSection,
    rendered: Rendered,
    standard: Rendered,
    report: Report,
    year: FinancialYear,
    charts: Mapping[str, Chart | MissingChart],
    tables: Mapping[str, Table],
    helpers: EditorsHelpers,
) -> FilledSection | None:
    """The section as Markdown: the editor's words or the standard ones, then what is generated."""
    own, spare = rendered.section(found.id), standard.section(found.id)
    words = own or spare
    drawn = [
        chart for name in found.charts if isinstance(chart := charts[name], Chart) and name not in helpers.placed_charts
    ]
    missing = _missing_charts(charts, found.charts, tables, year)
    shown = [name for name in found.tables if _has_figures(tables[name]) and name not in helpers.placed_tables]
    sentences = dict.fromkeys((*missing_words(report, found.id, year), *missing))
    if words is None or not (own or words.text or sentences or drawn or shown):
        return None
    contents = _contents(drawn) if found.id == "who-is-served" else ""
    parts = [words.text, contents, *(f'<p class="missing">{sentence}</p>' for sentence in sentences)]
    parts += [
        figure_html(chart, report_address(year), helpers.workings, eager=chart.id == "journey") for chart in drawn
    ]
    parts += [table_html(tables[name], report_address(year), helpers.workings) for name in shown]
    undrawn = [name for name in found.charts if isinstance(charts[name], MissingChart)]
    folded = [name for name in (*undrawn, *found.folded) if name in tables and tables[name].rows]
    parts += [folded_html(tables[name], report_address(year), helpers.workings) for name in folded if name not in shown]
    if found.id == "who-is-served" and drawn:
        link = relative_link("groups/", report_address(year))
        parts.append(f'<p class="more"><a href="{link}">The groups over all the years</a></p>')
    return FilledSection(found.id, found.name, words.title, "\n\n".join(part for part in parts if part))


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
    missing = [chart for name in names if isinstance(chart := charts[name], MissingChart)]
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


def _has_figures(table: Table) -> bool:
    return any(cell.working.figure.known for cell in table.cells)


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
    if section == "waiting-times":
        waits = ("first_treatment_within_6_weeks", "first_treatment_within_18_weeks", "second_treatment_within_6_weeks")
        gone = [METRICS_BY_NAME[name].title for name in waits if not report.figure(name, year).known]
        if 0 < len(gone) < len(waits):
            return (
                f"The sources for {year} do not give {join_words([title[:1].lower() + title[1:] for title in gone])}.",
            )
    return ()


def _headline(report: Report, name: str, year: FinancialYear, helpers: EditorsHelpers) -> dict[str, Any]:
    metric, working = METRICS_BY_NAME[name], report.working(name, year)
    change = report.change(name, year)
    words = ""
    if change.difference is not None and not any(
        found.kind == "definition" for found in report.breaks(name, (year.previous, year))
    ):
        words = f"{live_change(name, year.previous, year, change, helpers.workings)} on {year.previous}"
    standing = standing_words(report.standing(name, year)) if metric.is_rate else ""
    met, standard = report.meets_standard(name, year), report.standard(name, year)
    return {
        "label": metric.title,
        "value": live_number(name, year, working, helpers.workings),
        "change": "; ".join(part for part in (words, standing) if part),
        "standard": f"{'met' if met else 'missed'}: the standard is {standard.level}%"
        if standard and met is not None
        else "",
        "met": {True: "yes", False: "no", None: ""}[met],
        "base": metric.base,
        "basis": BASIS_WORDS[working.basis] if working.basis in ("press", MONTHLY) else "",
    }


def _other_sources(report: Report, year: FinancialYear) -> list[str]:
    """The sources of the year's figures other than its release, each once."""
    return sorted({row.source for row in report.archive.supplement if row.year == year})
