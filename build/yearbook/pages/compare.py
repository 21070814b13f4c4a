"""The page on which areas are set side by side: by choice where scripts run, and each year's ends prebuilt for all."""

from dataclasses import dataclass

from jinja2 import Environment

from yearbook.areas import FOLDER, TYPE_WORDS
from yearbook.metrics import METRICS_BY_NAME
from yearbook.outputs.standings import standings, standings_address
from yearbook.pages.area_tables import AreaTable, Row
from yearbook.pages.environment import render_page
from yearbook.pages.page import Page, relative_link
from yearbook.peers import FLOW_RATIOS, HEADLINE, RATES, Comparisons, Peer, Peers
from yearbook.tables import percent_range
from yearbook.values import Status
from yearbook.wording import compare_sentence, difference_sentence, place_words
from yearbook.years import FinancialYear

ADDRESS = "compare/"
PAIRED = ("icb", "ccg")
"""The types whose highest and lowest are set side by side for every year."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A year's highest and lowest that may be named, in full."""

    year: FinancialYear
    title: str
    sentences: tuple[str, ...]
    table: AreaTable
    standings: str
    query: str


def render_compare(comparisons: Comparisons, environment: Environment) -> Page:
    """The page to compare on, with the pair of every year."""
    body = render_page(
        environment,
        "pages/compare.html",
        pairs=[pair for org_type, year in standings(comparisons) if org_type in PAIRED and (pair := _pair(comparisons, org_type, year))],
        years=list(reversed(comparisons.report.years)),
        index=relative_link(f"{FOLDER}/finder.json", ADDRESS),
        root=relative_link("", ADDRESS),
        link=lambda target: relative_link(target, ADDRESS),
    )  # fmt: skip
    summary = "Two to six areas or providers side by side, in any year, with intervals and a sentence that is true."
    return Page(f"{ADDRESS}index.md", "Compare areas", "compare", body, summary, is_html=True)


def _pair(comparisons: Comparisons, org_type: str, year: FinancialYear) -> Pair | None:
    peers = comparisons.peers(HEADLINE, year, org_type)
    high, low = peers.highest, peers.lowest
    if high is None or low is None or high is low:
        return None
    title = f"{year}: {high.organisation.name} and {low.organisation.name}"
    sentences = (
        f"Among the {TYPE_WORDS[org_type][1]} of {year} that may be named, recovery was highest in "
        f"{place_words(high.organisation)} ({high.working.text(0)}) and lowest in {place_words(low.organisation)} "
        f"({low.working.text(0)}).",
        compare_sentence(high, low),
        difference_sentence(high, low),
    )
    return Pair(
        year, title, sentences, _table(comparisons, peers, high, low), standings_address(org_type, year),
        f"{ADDRESS}?a={high.organisation.code}&b={low.organisation.code}&year={year}",
    )  # fmt: skip


def _table(comparisons: Comparisons, peers: Peers, high: Peer, low: Peer) -> AreaTable:
    """Every measure of the two, with England's."""
    report, year, rows = comparisons.report, peers.year, []
    pair = (high.organisation, low.organisation)
    for name in ("referrals_received", *FLOW_RATIOS, *RATES):
        workings = [report.working(name, year, organisation) for organisation in pair]
        if all(working.figure.status is Status.NOT_COLLECTED for working in workings):
            continue
        cells: list[str] = []
        for organisation, working in zip(pair, workings, strict=True):
            peer = comparisons.peers(name, year, peers.org_type).of(organisation) if name in RATES else None
            cells += [working.text(0), percent_range(peer.interval) if peer else ""]
        rows.append(
            Row(METRICS_BY_NAME[name].title, (*cells, report.working(name, year).text()), METRICS_BY_NAME[name].base)
        )
    columns = ("Measure", high.organisation.name, "95% interval", low.organisation.name, "95% interval", "England")
    caption = f"{high.organisation.name} and {low.organisation.name}, {year}"
    return AreaTable(f"pair-{peers.org_type}-{year}", caption, columns, tuple(rows))
