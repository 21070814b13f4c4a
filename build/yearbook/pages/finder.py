"""The areas index: the finder, the latest map, a page for each year's comparison, and lists for when no script runs."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from jinja2 import Environment

from yearbook.areas import FOLDER, TYPE_WORDS, Area, short_name
from yearbook.charts.chart import Chart, MissingChart
from yearbook.formatting import ascii_letters, sentence_case
from yearbook.outputs.standings import standings, standings_address
from yearbook.pages.environment import render_page
from yearbook.pages.page import Page, relative_link
from yearbook.pages.standings import hex_maps
from yearbook.peers import HEADLINE, Comparisons
from yearbook.tables import count_words
from yearbook.wording import spread_finding
from yearbook.years import FinancialYear

ADDRESS = f"{FOLDER}/"
ChartKey = tuple[str, FinancialYear | None]


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a list: a name, where it leads, and what is said of it."""

    name: str
    address: str
    note: str = ""


@dataclass(slots=True)
class Group:
    """The entries under one letter, or one council."""

    name: str
    entries: list[Entry] = field(default_factory=list)


def render_areas_index(
    comparisons: Comparisons, charts: Mapping[ChartKey, Chart | MissingChart], environment: Environment
) -> Page:
    """The page at which an area is found."""
    areas = comparisons.areas
    latest = next(iter(standings(comparisons)), None)
    maps = hex_maps(comparisons, *latest, ADDRESS) if latest else []
    years: dict[FinancialYear, list[Entry]] = {}
    for org_type, year in standings(comparisons):
        name = sentence_case(TYPE_WORDS[org_type][1])
        years.setdefault(year, []).append(Entry(name, standings_address(org_type, year)))
    body = render_page(
        environment,
        "pages/areas.md",
        count=len(areas.all),
        first=min((area.years[0] for area in areas.all), default=""),
        maps=maps,
        year=latest[1] if latest else "",
        many=TYPE_WORDS[latest[0]][1] if latest else "",
        finding=spread_finding(comparisons.peers(HEADLINE, latest[1], latest[0])) if latest else "",
        how_many=count_words(comparisons.peers(HEADLINE, latest[1], latest[0])) if latest else "",
        latest=standings_address(*latest) if latest else "",
        years=years,
        letters=_letters(comparisons),
        councils=_councils(comparisons),
        link=lambda target: relative_link(target, ADDRESS),
    )
    summary = "Find your area or provider: its recovery rate, its waits and its place among the rest, fairly compared."
    return Page("areas/index.md", "Areas", "areas", body, summary)


def _note(comparisons: Comparisons, area: Area) -> str:
    """The type, the years, and what it became."""
    first, last = area.years[0], area.years[-1]
    span = str(first) if first == last else f"{first} to {last}"
    kind = TYPE_WORDS[area.current.org_type][0]
    return span if area.name.endswith(f" {kind}") else f"{sentence_case(kind)}, {span}"


def _letters(comparisons: Comparisons) -> list[Group]:
    """Every area by the first letter of its name, former names leading to the same page."""
    found: list[tuple[str, Entry]] = []
    for area in comparisons.areas.all:
        note = _note(comparisons, area)
        found.append((area.short, Entry(area.name, area.address, note)))
        shorts = {area.short.casefold()}
        for organisation in reversed(area.organisations):
            short = short_name(organisation)
            if short.casefold() not in shorts:
                shorts.add(short.casefold())
                found.append((short, Entry(organisation.name, area.address, f"now {area.name}")))
    groups: dict[str, Group] = {}
    for short, entry in sorted(found, key=lambda one: (ascii_letters(one[0]).casefold(), one[1].address)):
        letter = ascii_letters(short)[:1].upper()
        letter = letter if letter.isalpha() else "0–9"
        groups.setdefault(letter, Group(letter)).entries.append(entry)
    return list(groups.values())


def _councils(comparisons: Comparisons) -> list[Group]:
    """Every council with the areas on its ground: the latest of each type."""
    geography = comparisons.report.archive.geography
    groups: dict[str, Group] = {}
    for area in comparisons.areas.all:
        last = area.current
        successors = comparisons.report.archive.lineage.successors(last.key)
        if last.org_type == "ccg" and any(one.new[0] == "ccg" for one in successors):
            continue  # its successor has the council too
        if last.org_type not in ("ccg", "icb"):
            continue
        for council in geography.councils(last.key):
            groups.setdefault(council, Group(council)).entries.append(Entry(area.name, area.address))
    return [groups[name] for name in sorted(groups, key=lambda name: ascii_letters(name).casefold())]
