"""The bulletin: what appears when, and how to hear of it, by feed and by e-mail."""

from collections.abc import Sequence

from yearbook.outputs.feed import FeedEntry, newest_first
from yearbook.pages.environment import PageEnvironment, render_page
from yearbook.pages.page import Page, relative_link

ADDRESS = "bulletin/"
LATEST = 5
"""How many of the latest reports and posts the page lists."""


def render_bulletin(entries: Sequence[FeedEntry], environment: PageEnvironment) -> Page:
    """The page of the bulletin, with the latest entries of the feed."""
    settings = environment.site
    body = render_page(
        environment,
        "pages/bulletin.md",
        latest=newest_first(entries)[:LATEST],
        mail=settings.bulletin,
        site=settings.url,
        link=lambda target: relative_link(target, ADDRESS),
    )
    summary = "What appears in the Yearbook, when, and how to hear of it: by feed or by e-mail."
    return Page("bulletin.md", "Bulletin", "bulletin", body, summary)
