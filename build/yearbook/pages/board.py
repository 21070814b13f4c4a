"""The board paper of an area: its latest year on one sheet of A4, to print and to lay on a table.

It says what the area's page says, from the same records, and its numbers lead to the workings of that page. What to ask
is chosen by the rules of `wording.questions`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from yearbook.areas import Area
from yearbook.charts.areas import area_chart_id
from yearbook.charts.chart import Chart, MissingChart
from yearbook.formatting import sentence_case
from yearbook.pages.area_standing import area_chart, best_tenth
from yearbook.pages.area_tables import measures_table
from yearbook.pages.environment import PageEnvironment, render_page
from yearbook.pages.markup import behind
from yearbook.pages.page import Page, relative_link
from yearbook.pages.text import day_in_words
from yearbook.pages.workings import WorkingsList
from yearbook.peers import HEADLINE, Comparisons
from yearbook.wording import board_sentence, questions_for
from yearbook.years import FinancialYear

ChartKey = tuple[str, FinancialYear | None]

KEY_FIGURES = (
    "recovery_rate",
    "reliable_recovery_rate",
    "reliable_improvement_rate",
    "first_treatment_within_6_weeks",
    "first_treatment_within_18_weeks",
    "second_treatment_after_90_days",
)
"""What the paper's table shows, of what the release has."""

STAGES = (
    ("Referrals received", "referrals_received", ""),
    ("Courses finished", "finished_course_of_treatment", "finished_of_received"),
    ("Recovered", "recovery", "recovered_of_received"),
)
"""The stages of the journey: what each is called, its count, and its ratio to the referrals received."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of the journey: its count, its share of the referrals received here and in England as printed, and its bar."""

    label: str
    count: str
    here: str
    england: str
    bar: Markup


def board_address(area: Area) -> str:
    """The address of an area's board paper: `areas/09d-brighton-and-hove/board-paper/`."""
    return f"{area.address}board-paper/"


def has_board_paper(comparisons: Comparisons, area: Area) -> bool:
    """Whether there is enough to say: a recovery rate for its latest year that is large enough to be ranked."""
    year = area.years[-1]
    organisation = area.in_years[year]
    return comparisons.peers(HEADLINE, year, organisation.org_type).row(organisation).rank is not None


def render_board(
    comparisons: Comparisons, area: Area, charts: Mapping[ChartKey, Chart | MissingChart], environment: PageEnvironment
) -> Page:
    """The board paper of an area that has one."""
    address, year = board_address(area), area.years[-1]
    organisation, report = area.in_years[year], comparisons.report
    peers = comparisons.peers(HEADLINE, year, organisation.org_type)
    workings = WorkingsList(report)
    chart = charts.get((area_chart_id(area, "trend"), None))
    entry = report.archive.register.get(year)
    finding = board_sentence(comparisons, area, year)
    body = render_page(
        environment,
        "pages/board.html",
        area=area,
        type=sentence_case(area.type_word),
        year=year,
        finding=finding,
        measures=measures_table(comparisons, organisation, year, workings, KEY_FIGURES).rows,
        stages=_stages(comparisons, area, year),
        best_tenth=best_tenth(peers, peers.row(organisation), year, workings),
        chart=area_chart(chart, address) if isinstance(chart, Chart) else None,
        missing=chart.reason if isinstance(chart, MissingChart) else "",
        questions=list(questions_for(comparisons, area, year).values()),
        source=report.citation(year),
        published=day_in_words(entry.published) if entry and entry.published else "",
        place=f"{environment.site.url or '/'}{area.address}",
        behind=lambda link, what: Markup(behind(link, what)),  # noqa: S704 - escaped there
        link=lambda target: relative_link(target, address),
    )
    body = body.replace(
        'href="#', f'href="{relative_link(area.address, address)}#'
    )  # to the workings of the area's page
    return Page(
        f"{address}index.md",
        f"Board paper: {comparisons.areas.title(area)}, {year}",
        "board",
        body,
        finding,
        is_html=True,
    )


def _stages(comparisons: Comparisons, area: Area, year: FinancialYear) -> list[Stage]:
    """The journey as flows of the year. Without bars where more was finished than received: there is no whole then."""
    report, organisation = comparisons.report, area.in_years[year]
    shares = {ratio: report.working(ratio, year, organisation).figure for _, _, ratio in STAGES if ratio}
    whole = all(not figure.known or figure.exact <= 100 for figure in shares.values())
    stages = []
    for label, count, ratio in STAGES:
        known = shares[ratio] if ratio else None
        width = 100.0 if known is None else float(known.exact) if known.known else None
        here = report.working(ratio, year, organisation).text(0) if ratio else ""
        england = report.working(ratio, year).text() if ratio else ""
        bar = _bar(width) if whole and width is not None else Markup("")
        stages.append(Stage(label, report.working(count, year, organisation).text(), here, england, bar))
    return stages


def _bar(share: float) -> Markup:
    """A bar of so many hundredths of its outline. The same is in the row's words, so it is silent."""
    return Markup(  # noqa: S704 - numbers only
        '<svg class="board__bar" viewBox="0 0 104 10" width="104" height="10" aria-hidden="true" focusable="false">'
        f'<path class="board__whole" d="M2 1h100v8h-100z"/><path class="board__share" d="M2 1h{share:.1f}v8H2z"/></svg>'
    )
