"""The feed's entries: each report and post with its whole content, printed from the Markdown that MkDocs prints too."""

import re
from collections.abc import Sequence
from dataclasses import replace

from markdown import Markdown

from yearbook.outputs.feed import FeedEntry
from yearbook.outputs.feed_content import feed_html
from yearbook.pages.blocks import label_blocks
from yearbook.pages.page import Page, address_of, relative_link
from yearbook.parallel import share_out
from yearbook.settings import Settings

KINDS = {"report": "Report", "post": "Post"}
"""The layouts whose pages the feed holds, and what it calls each."""

WORKINGS = '<section class="workings"'
"""What a page's workings begin with. Nothing follows them but links to other pages."""

_ALWAYS = ("toc", "tables", "fenced_code")
"""The extensions that MkDocs adds to those of mkdocs.yml."""

_TO_PAGE = re.compile(r'(?<=href=")(?![a-z]+:|/|#)(?P<file>[^"#?]+\.md)')


def listed_entries(pages: Sequence[Page]) -> list[FeedEntry]:
    """An entry without its content for each page of the kinds that the feed holds."""
    return [
        FeedEntry(page.address, page.title, page.summary, "", page.article, KINDS[page.layout])
        for page in pages
        if page.layout in KINDS and page.article is not None
    ]


def feed_entries(pages: Sequence[Page], settings: Settings, workers: int | None = None) -> list[FeedEntry]:
    """The same with the content of each, made by as many processes as there are `workers`, by default one a core."""
    by_address, entries = {page.address: page for page in pages}, listed_entries(pages)
    contents = share_out(lambda entry: _content(by_address[entry.address], settings), entries, workers, few=4)
    return [replace(entry, content=content) for entry, content in zip(entries, contents, strict=True)]


def _content(page: Page, settings: Settings) -> str:
    """What the feed shows of a page. It leaves the workings out, so they are not printed at all: they are half a page."""
    shown = replace(page, text=page.body.partition(WORKINGS)[0])
    return feed_html(to_html(shown, settings), page.address, settings.url)


def to_html(page: Page, settings: Settings) -> str:
    """The body of a page as MkDocs would print it, its links to Markdown files made links to pages."""
    told = {name: dict(options) for name, options in settings.extensions}
    names = list(dict.fromkeys((*_ALWAYS, *told)))
    printed = Markdown(extensions=names, extension_configs=told).convert(label_blocks(page.body.strip()))
    return _TO_PAGE.sub(lambda found: _page_link(found["file"], page), printed)


def _page_link(file: str, page: Page) -> str:
    """The link from the page to the page of a Markdown file, which it names from the folder of its own file."""
    parts = page.path.split("/")[:-1]
    for part in file.split("/"):
        if part == "..":
            parts = parts[:-1]
        elif part != ".":
            parts.append(part)
    return relative_link(address_of("/".join(parts)), page.address)
