"""What the heads of all pages say of them to machines, put in once every page is there: a trail names other pages."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from yearbook.outputs.linked_data import Described, page_facts, to_json_ld
from yearbook.pages.page import Page, relative_link
from yearbook.settings import Settings


def with_linked_data(
    pages: Sequence[Page],
    settings: Settings,
    more: Mapping[str, Mapping[str, Any]] | None = None,
    titles: Mapping[str, str] | None = None,
) -> list[Page]:
    """The pages with the facts of each. `more` are facts that the page at an address has besides those of every page.

    `titles` are those of other pages, by address. One that is a part of another says nothing of its own.
    """
    titles, own = {**(titles or {}), **{page.address: page.title for page in pages}}, more or {}
    return [
        page if page.is_part else replace(page, linked_data=_linked_data(page, titles, settings, own.get(page.address)))
        for page in pages
    ]


def _linked_data(page: Page, titles: Mapping[str, str], settings: Settings, own: Mapping[str, Any] | None) -> str:
    def link(target: str) -> str:
        return f"{settings.url}{target}" if settings.url else relative_link(target, page.address)

    trail = [("Home", "")]
    parts = page.address.split("/")[:-2]
    for count in range(1, len(parts) + 1):
        above = "".join(f"{part}/" for part in parts[:count])
        if above in titles:
            trail.append((titles[above], above))
    described = Described(page.address, page.title, page.summary, page.card_path)
    facts = page_facts(described, trail, settings, link, page.article, page.dataset)
    return to_json_ld([*facts, own] if own else facts)
