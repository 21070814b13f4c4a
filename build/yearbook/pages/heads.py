"""What the heads of all pages say of them to machines, put in once every page is there: a trail names other pages."""

from collections.abc import Sequence
from dataclasses import replace

from yearbook.outputs.linked_data import Described, page_facts, to_json_ld
from yearbook.pages.page import Page, relative_link
from yearbook.settings import Settings


def with_linked_data(pages: Sequence[Page], settings: Settings) -> list[Page]:
    """The pages with the facts of each."""
    titles = {page.address: page.title for page in pages}
    return [replace(page, linked_data=_linked_data(page, titles, settings)) for page in pages]


def _linked_data(page: Page, titles: dict[str, str], settings: Settings) -> str:
    def link(target: str) -> str:
        return f"{settings.url}{target}" if settings.url else relative_link(target, page.address)

    trail = [("Home", "")]
    parts = page.address.split("/")[:-2]
    for count in range(1, len(parts) + 1):
        above = "".join(f"{part}/" for part in parts[:count])
        if above in titles:
            trail.append((titles[above], above))
    described = Described(page.address, page.title, page.summary, page.card_path)
    return to_json_ld(page_facts(described, trail, settings, link, page.article, page.dataset))
