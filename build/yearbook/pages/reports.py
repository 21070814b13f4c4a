"""The yearly reports: how a report page comes together from its sections (see `sections`).

What the editor leaves out is said in the standard words of `templates/pages/report-defaults.md`, with live numbers too.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from yearbook.charts.chart import Chart, MissingChart
from yearbook.groups import LEAST_DEPRIVED, MOST_DEPRIVED, group_key
from yearbook.metrics import METRICS_BY_NAME
from yearbook.outputs.downloads import table_path
from yearbook.pages.bylines import article_of
from yearbook.pages.cards import report_card
from yearbook.pages.commentary import Commentary, Rendered, render_commentary, without_sections
from yearbook.pages.companions import ALONE, Companions
from yearbook.pages.editors import EditorsHelpers
from yearbook.pages.environment import PageEnvironment, render_page
from yearbook.pages.markup import file_links, linked, live_change, live_number
from yearbook.pages.page import Page, relative_link
from yearbook.pages.reading import reading_minutes
from yearbook.pages.sections import SECTION_IDS, SECTIONS, fill_section, report_address, report_tables
from yearbook.pages.text import plain_text
from yearbook.peers import Comparisons
from yearbook.releases import Breakdown
from yearbook.report import BASIS_WORDS, MONTHLY, Report
from yearbook.tables import Table
from yearbook.wording import spread_words, standing_words
from yearbook.years import FinancialYear

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


@dataclass(frozen=True, slots=True)
class ReportPage:
    """A report page with what other pages say of it."""

    page: Page
    year: FinancialYear
    title: str
    standfirst: str
    minutes: int
    hero: str


def render_report(
    comparisons: Comparisons,
    year: FinancialYear,
    commentary: Commentary,
    defaults: Commentary,
    charts: Mapping[str, Chart | MissingChart],
    environment: PageEnvironment,
    companions: Companions = ALONE,
    picture: Chart | MissingChart | None = None,
) -> ReportPage:
    """The year's report, with its `companions` about it and the `picture` of its series for its social card.

    Raises CommentaryError with every problem of the editor's file.
    """
    report, address = comparisons.report, report_address(year)
    tables = report_tables(report, year)
    helpers = report_helpers(comparisons, year, commentary, charts, tables)
    rendered = render_commentary(commentary, helpers, SECTION_IDS)
    written = {section.id for section in rendered.sections}
    standard = _render_defaults(comparisons, year, without_sections(defaults, written), helpers)
    sections = [
        fill_section(found, rendered, standard, comparisons, year, charts, tables, helpers) for found in SECTIONS
    ]
    minutes = _minutes(rendered, standard, [section.id for section in sections if section])
    body = render_page(
        environment,
        "pages/report.md",
        year=year,
        title=rendered.title,
        standfirst=rendered.standfirst,
        lead=rendered.lead,
        plain_title=plain_text(rendered.title),
        address=address,
        commentary=commentary,
        companions=companions,
        minutes=minutes,
        series=commentary.fields.get("series") or "The yearly reports",
        headlines=[_headline(report, name, year, helpers) for name in HEADLINES],
        sections=[section for section in sections if section],
        definitions=[METRICS_BY_NAME[name] for name in DEFINED if report.figure(name, year).known],
        release=report.archive.register.get(year),
        other_sources=_other_sources(report, year),
        breaks=[found for found in report.archive.breaks if found.year == year],
        events=[found for found in report.archive.events if found.year == year],
        downloads=[
            (table.caption, file_links(table_path(name), address, of=table.caption))
            for name, table in helpers.workings.tables.items()
        ],
        workings=helpers.workings.to_html(environment.citing(address)),
        previous=year.previous if year.previous in report.archive.releases else None,
        next=year.next if year.next in report.archive.releases else None,
        link=lambda target: relative_link(target, address),
    )
    summary = plain_text(rendered.standfirst)
    title = plain_text(rendered.title)
    page = Page(
        f"reports/{year}.md",
        title,
        "report",
        body,
        summary,
        helpers.workings.tables,
        card=report_card(report, year, title, summary, commentary.hero, picture),
        article=article_of(commentary, report, year),
    )
    return ReportPage(page, year, title, summary, minutes, commentary.hero)


def _minutes(rendered: Rendered, standard: Rendered, shown: Sequence[str]) -> int:
    """The reading time of the words of the page: the editor's, and the standard ones of the sections that lack them."""
    found = [rendered.section(id) or standard.section(id) for id in shown]
    words = [text for section in found if section for text in (section.title, section.text)]
    return reading_minutes(rendered.title, rendered.standfirst, rendered.lead, *words)


def report_helpers(
    comparisons: Comparisons,
    year: FinancialYear,
    commentary: Commentary,
    charts: Mapping[str, Chart | MissingChart],
    tables: Mapping[str, Table],
) -> EditorsHelpers:
    """What the editor of a year's report may call. `charts` are the year's, by id."""
    drawn = {name: chart for name, chart in charts.items() if isinstance(chart, Chart)}
    address = report_address(year)
    return EditorsHelpers(comparisons.report, year, address, commentary.file, drawn, tables, comparisons=comparisons)


def _render_defaults(
    comparisons: Comparisons, year: FinancialYear, defaults: Commentary, helpers: EditorsHelpers
) -> Rendered:
    report, own = comparisons.report, helpers.with_extra({})
    extra = {
        "areas": [own.generated(words) for words in spread_words(comparisons, year) or ()],
        "known": lambda metric: report.figure(metric, year).known,
        "known_of": lambda metric, group: report.figure(metric, year, breakdown=Breakdown(*group.split("/"))).known,
        "most": group_key(MOST_DEPRIVED),
        "least": group_key(LEAST_DEPRIVED),
        "ended": report.has_ended_cohort(year),
        "met": lambda metric: report.meets_standard(metric, year),
        "level": lambda metric: getattr(report.standard(metric, year), "level", None),
    }
    own.extra.update(extra)
    return render_commentary(defaults, own, SECTION_IDS)


def _headline(report: Report, name: str, year: FinancialYear, helpers: EditorsHelpers) -> dict[str, Any]:
    metric, working = METRICS_BY_NAME[name], report.working(name, year)
    change = report.change(name, year)
    words = ""
    if change.difference is not None and not any(
        found.kind == "definition" for found in report.breaks(name, (year.previous, year))
    ):
        words = f"{live_change(name, year.previous, year, change, helpers.workings)} on {year.previous}"
    standing = standing_words(report.standing(name, year)) if metric.is_rate else ""
    if standing:
        standing = linked(standing, helpers.workings.add(name, year, working))
    rule = relative_link(f"trends/{metric.slug}/#definition", report_address(year))
    met, standard = report.meets_standard(name, year), report.standard(name, year)
    return {
        "label": metric.title,
        "value": live_number(name, year, working, helpers.workings),
        "change": "; ".join(part for part in (words, standing) if part),
        "standard": f'{"met" if met else "missed"}: the standard is <a href="{rule}">{standard.level}%</a>'
        if standard and met is not None
        else "",
        "met": {True: "yes", False: "no", None: ""}[met],
        "base": metric.base,
        "basis": BASIS_WORDS[working.basis] if working.basis in ("press", MONTHLY) else "",
    }


def _other_sources(report: Report, year: FinancialYear) -> list[str]:
    """The sources of the year's figures other than its release, each once."""
    return sorted({row.source for row in report.archive.supplement if row.year == year})
