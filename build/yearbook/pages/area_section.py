"""The section of a report on how its areas differ: what stands under its charts."""

from collections.abc import Sequence
from html import escape

from yearbook.areas import TYPE_WORDS
from yearbook.outputs.standings import standings_address
from yearbook.pages.area_tables import year_anchor
from yearbook.pages.editors import EditorsHelpers
from yearbook.pages.markup import behind, folded_html, table_html
from yearbook.pages.page import relative_link
from yearbook.peers import Comparisons, Peer
from yearbook.tables import extremes_table, spreads_table
from yearbook.wording import after_sentences, left_out_sentences, spread_change_sentence
from yearbook.years import FinancialYear

AREA_CHARTS = tuple(f"{kind}-{org_type}" for org_type in ("ccg", "icb") for kind in ("spread", "map", "funnel"))
"""The charts of areas: those of the kind of area that a year has."""


def area_parts(comparisons: Comparisons, year: FinancialYear, helpers: EditorsHelpers) -> list[str]:
    """What stands under the charts of areas: the ends and the year after, who is left out, the spread of other years."""
    org_type, address = comparisons.main_type(year), f"reports/{year}/"
    if not org_type:
        return []
    peers = comparisons.peers("recovery_rate", year, org_type)
    parts = []
    ends = extremes_table(comparisons, peers)
    if ends.rows:
        parts += [
            table_html(ends, address, helpers.workings),
            *_with_workings(after_sentences(comparisons, peers), f"#table-{ends.id}", "of what happened next"),
        ]
    if out := left_out_sentences(peers):
        link = f"{relative_link(standings_address(org_type, year), address)}#table-all"
        parts.append(
            f'<p class="note">Not ranked. {escape(" ".join(out))} {behind(link, "of those that are not ranked")}</p>'
        )
    for peer in peers.barred:
        words = " ".join(flag.words for flag in peer.flags) or f"Only {peer.base:,} referrals are counted in its rate."
        parts.append(
            f'<p class="note">Ranked, but not named: {_place(comparisons, peer, year, address)}, {peer.working.text(0)}. {escape(words)}</p>'
        )
    spreads = spreads_table(comparisons, org_type)
    if len(spreads.rows) > 1:
        parts += [
            *_with_workings(
                [spread_change_sentence(comparisons, org_type, year)], f"#table-{spreads.id}", "of the spread"
            ),
            folded_html(spreads, address, helpers.workings),
        ]
    link = relative_link(standings_address(org_type, year), address)
    many = TYPE_WORDS[org_type][1]
    parts.append(
        f'<p class="more"><a href="{link}">All the {many} of {year}, with a map to switch and a table to sort</a></p>'
    )
    return parts


def _with_workings(sentences: Sequence[str], link: str, what: str) -> list[str]:
    """The sentences as paragraphs, the first with a link to what its numbers come from; none where there are none."""
    said = [escape(sentence) for sentence in sentences if sentence]
    return [f"<p>{words} {behind(link, what)}</p>" if words is said[0] else f"<p>{words}</p>" for words in said]


def _place(comparisons: Comparisons, peer: Peer, year: FinancialYear, address: str) -> str:
    """The name of an area, leading to the counts behind its rate on its own page."""
    area, name = comparisons.areas.of(peer.organisation.key), escape(peer.organisation.name)
    return f'<a href="{relative_link(f"{area.address}#{year_anchor(year)}", address)}">{name}</a>' if area else name
