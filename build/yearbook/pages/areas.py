"""The page of an area or a provider, as HTML: everything the releases say of it, beside England and its peers.

Each rate of its year leads to its sum, and each other number to its row's or to how its column is made. `outputs.areas`
publishes the same figures as files.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from yearbook.areas import Area, Areas
from yearbook.charts.areas import area_chart_id
from yearbook.charts.chart import Chart, MissingChart
from yearbook.comparison import Direction
from yearbook.formatting import join_words, plural, sentence_case
from yearbook.metrics import METRICS_BY_NAME
from yearbook.outputs.linked_data import Dataset
from yearbook.pages.area_headlines import area_headlines
from yearbook.pages.area_standing import area_chart, best_tenth
from yearbook.pages.area_tables import (
    flows_table,
    group_tables,
    measures_table,
    outcomes_table,
    waits_of_area,
    years_table,
)
from yearbook.pages.board import board_address, has_board_paper
from yearbook.pages.cards import area_card, trend_of
from yearbook.pages.environment import PageEnvironment, render_page
from yearbook.pages.markup import behind, figure_links
from yearbook.pages.page import Page, relative_link
from yearbook.pages.workings import WorkingsList
from yearbook.peers import HEADLINE, RATES, Comparisons
from yearbook.wording import (
    after_of,
    area_trend,
    before_of,
    opening_sentences,
    succession_sentences,
)
from yearbook.years import FinancialYear

ChartKey = tuple[str, FinancialYear | None]


@dataclass(frozen=True, slots=True)
class AreaLink:
    """A link to another area, with what is said of it."""

    name: str
    address: str
    words: str = ""


def render_area(
    comparisons: Comparisons, area: Area, charts: Mapping[ChartKey, Chart | MissingChart], environment: PageEnvironment
) -> Page:
    """The page of one area, for its latest year and over all its years."""
    year = area.years[-1]
    organisation = area.in_years[year]
    peers = comparisons.peers(HEADLINE, year, organisation.org_type)
    peer = peers.row(organisation)
    opening = opening_sentences(comparisons, area, year)
    workings = WorkingsList(comparisons.report)
    measures = measures_table(comparisons, organisation, year, workings)
    figures = [
        found for kind in ("place", "trend") if (found := charts.get((area_chart_id(area, kind), None))) is not None
    ]
    body = render_page(
        environment,
        "pages/area.html",
        area=area,
        type=sentence_case(area.type_word),
        year=year,
        opening=opening,
        succession=succession_sentences(comparisons.areas, area),
        facts=_facts(comparisons.areas, area),
        headlines=area_headlines(comparisons, organisation, year, workings),
        charts=[
            area_chart(found, area.address)
            | {"links": Markup(figure_links(found, f"{area.address}figures", area.address))}  # noqa: S704 - our own addresses
            for found in figures
            if isinstance(found, Chart)
        ],
        missing=[found.reason for found in figures if isinstance(found, MissingChart)],
        measures=measures,
        years=years_table(comparisons, area, workings),
        trend=_trend_sentence(comparisons, area),
        outcomes=outcomes_table(comparisons, area, workings),
        flows=flows_table(comparisons, area, workings),
        waits=waits_of_area(comparisons, area, workings),
        groups=group_tables(comparisons, organisation, year, workings, area.address),
        best_tenth=best_tenth(peers, peer, year, workings),
        doubts=_doubts(comparisons, area),
        behind=lambda link, what: Markup(behind(link, what)),  # noqa: S704 - escaped there
        workings=Markup(workings.to_html(environment.citing(area.address))),  # noqa: S704 - escaped there
        related=_related(comparisons, area, year),
        heirs=_heirs(comparisons, area),
        board=board_address(area) if has_board_paper(comparisons, area) else "",
        standings=f"areas/{organisation.org_type.replace('_', '-')}-{year}/",
        files=area.address,
        citation=f"{area.name}, {year}. The Talking Therapies Yearbook, from figures of NHS England.",
        link=lambda target: relative_link(target, area.address),
    )
    summary = opening[0] if opening else f"The figures of {area.name}."
    title = comparisons.areas.title(area)
    card = area_card(comparisons, area, title, summary, charts.get(trend_of(area)))
    return Page(
        f"{area.address}index.md",
        title,
        "area",
        body,
        summary,
        is_html=True,
        card=card,
        dataset=_dataset(area, title, summary),
    )


def _dataset(area: Area, title: str, summary: str) -> Dataset:
    """The figures of the area as they are taken away from its page."""
    first, last = area.years[0], area.years[-1]
    files = (("text/csv", f"{area.address}figures.csv"), ("application/json", f"{area.address}figures.json"))
    description = (
        f"{summary} Its rates and counts in the annual publication on NHS Talking Therapies, {first} to {last}."
    )
    place = "England" if area.current.org_type == "provider" else title
    rates = tuple(METRICS_BY_NAME[name].title for name in RATES)
    return Dataset(f"NHS Talking Therapies: {title}", description, files, first, last, place, rates)


def _facts(areas: Areas, area: Area) -> list[tuple[str, str]]:
    """What the area is: its codes, councils, parents, town and years."""
    geography = areas.archive.geography
    key = area.current.key
    facts = [] if len(area.codes) == 1 else [("Codes", ", ".join(area.codes))]  # the one code stands over the page
    if town := geography.town(key):
        facts.append(("Town", town))
    if councils := geography.councils(key):
        facts.append((plural(len(councils), "Council"), join_words(list(councils))))
    parents = dict.fromkeys(
        parent for key in geography.parents(area.current.key) if (parent := areas.of(key)) is not None
    )
    for label, types in (("Within", ("icb", "stp")), ("Region", ("region",))):
        found = [parent for parent in parents if parent.current.org_type in types]
        held = [parent for parent in found if parent.in_year(area.years[-1])] or found
        if held:
            facts.append((label, join_words([parent.name for parent in held])))
    facts.append(("Figures", _span(area.years)))
    if area.former_names:
        shown = [name for name in area.former_names if name != name.upper()] or list(area.former_names)
        facts.append(("Also called", "; ".join(shown[:3])))
    return facts


def _span(years: Sequence[FinancialYear]) -> str:
    if len(years) == 1:
        return f"{years[0]} only"
    missing = [year for year in _run(years[0], years[-1]) if year not in years]
    return f"{years[0]} to {years[-1]}" + (
        f", without {join_words([str(year) for year in missing])}" if missing else ""
    )


def _run(first: FinancialYear, last: FinancialYear) -> list[FinancialYear]:
    found = [first]
    while found[-1] < last:
        found.append(found[-1].next)
    return found


_TRENDS = {
    Direction.INCREASING: "recovery was increasing",
    Direction.DECREASING: "recovery was decreasing",
    Direction.NONE: "recovery showed no significant change",
    Direction.OUTLIER: "recovery showed no significant change",
}


def _trend_sentence(comparisons: Comparisons, area: Area) -> str:
    """What the five-point rule says of the last years, as a sentence; empty where it cannot say anything."""
    found = area_trend(comparisons, area)
    if found is None or found.direction is Direction.UNKNOWN:
        return ""
    why = found.reason[:1].lower() + found.reason[1:].rstrip(".")
    return f"By the rule of five points, from {found.years[0]} to {found.years[-1]} {_TRENDS[found.direction]}: {why}."


def _doubts(comparisons: Comparisons, area: Area) -> list[tuple[FinancialYear, str]]:
    """Each reason to doubt a row of the area, with its year."""
    return [
        (year, flag.words)
        for year, organisation in area.in_years.items()
        for flag in comparisons.flags(organisation, year)
    ]


def _related(comparisons: Comparisons, area: Area, year: FinancialYear) -> list[tuple[str, list[AreaLink]]]:
    """Links to what it was and became, what it lies in, its neighbours, and the areas or providers of the same ICB."""
    areas = comparisons.areas
    geography, last = areas.archive.geography, area.current.key
    found: list[tuple[str, list[AreaLink]]] = []

    def links(keys: Sequence[tuple[str, str]], latest: bool = False) -> list[AreaLink]:
        known = dict.fromkeys(other for key in keys if (other := areas.of(key)) is not None and other is not area)
        return [_area_link(comparisons, other, other.years[-1] if latest else year) for other in known]

    found.append(("What came after", links([one.new for one in after_of(areas, area)], latest=True)))
    found.append(("What came before", links([one.old for one in before_of(areas, area)])))
    found.append(("It lies within", links(geography.parents(last), latest=True)))
    found.append(("Its neighbours", links(geography.neighbours(last))))
    within = [_area_link(comparisons, other, year) for other in areas.within(area) if other.in_year(year)]
    found.append(("Within it", within))
    return [(title, some) for title, some in found if some]


def _heirs(comparisons: Comparisons, area: Area) -> list[AreaLink]:
    """Those that took its place and have later figures, as they were in their own last year."""
    found = dict.fromkeys(comparisons.areas.of(one.new) for one in after_of(comparisons.areas, area))
    heirs = [heir for heir in found if heir is not None and heir is not area and heir.years[-1] > area.years[-1]]
    return [_area_link(comparisons, heir, heir.years[-1]) for heir in heirs]


def _area_link(comparisons: Comparisons, area: Area, year: FinancialYear) -> AreaLink:
    """Another area as it was in `year` or, failing that, in its last: its name then, and its rate."""
    of = year if area.in_year(year) else area.years[-1]
    organisation = area.in_years[of]
    rate = comparisons.report.working(HEADLINE, of, organisation)
    return AreaLink(organisation.name, area.address, f"{rate.text(0)} in {of}")
