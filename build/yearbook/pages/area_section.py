"""The section of a report on how its areas differ: what stands under its charts."""

from html import escape

from yearbook.areas import TYPE_WORDS
from yearbook.pages.editors import EditorsHelpers
from yearbook.pages.markup import folded_html, table_html
from yearbook.pages.page import relative_link
from yearbook.pages.standings import standings_address
from yearbook.peers import Comparisons
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
            *(f"<p>{escape(said)}</p>" for said in after_sentences(comparisons, peers)),
        ]
    if out := left_out_sentences(peers):
        parts.append(f'<p class="note">Not ranked. {escape(" ".join(out))}</p>')
    for peer in peers.barred:
        words = " ".join(flag.words for flag in peer.flags) or f"Only {peer.base:,} referrals are counted in its rate."
        parts.append(
            f'<p class="note">Ranked, but not named: {escape(peer.organisation.name)}, {peer.working.text(0)}. {escape(words)}</p>'
        )
    spreads = spreads_table(comparisons, org_type)
    if len(spreads.rows) > 1:
        parts += [
            f"<p>{escape(spread_change_sentence(comparisons, org_type, year))}</p>",
            folded_html(spreads, address, helpers.workings),
        ]
    link = relative_link(standings_address(org_type, year), address)
    many = TYPE_WORDS[org_type][1]
    parts.append(
        f'<p class="more"><a href="{link}">All the {many} of {year}, with a map to switch and a table to sort</a></p>'
    )
    return [part for part in parts if part != "<p></p>"]
