"""A page of the site before it is printed: Markdown with a few fields for the theme."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import yaml

from yearbook.charts.cards import Card
from yearbook.outputs.downloads import FOLDER
from yearbook.outputs.linked_data import Article, Dataset
from yearbook.pages.blocks import label_blocks, label_tables
from yearbook.pages.endnotes import number_notes
from yearbook.pages.text import keep_years_whole
from yearbook.spool import Kept, Spool
from yearbook.tables import Table

_TABLE_FILE = re.compile(rf'href="(?:[^"]*/)?{FOLDER.rpartition("/")[2]}/([^"/]+)\.csv"')


@dataclass(frozen=True, slots=True)
class Page:
    """One page. `path` is its Markdown file below the staged folder, `layout` what the theme calls it.

    `text` is its body, Markdown or HTML, or where that waits on the disk; `body` gives it either way.
    `summary` is plain text for search engines and cards. `tables` are those it shows, by name: each becomes files
    to download (see `outputs.downloads`). `is_html` says that the body is HTML already, for `frame` to put into the
    theme, and not for MkDocs to print. `card` is its social card where it has a number of its own, `picture` the image
    of a figure's page, `article` what is known of a page that somebody wrote, `dataset` what can be taken away from one
    of figures, and `linked_data` the same for machines, as the JSON that its head carries.
    """

    path: str
    title: str
    layout: str
    text: str | Kept
    summary: str = ""
    tables: Mapping[str, Table] = field(default_factory=dict)
    is_html: bool = False
    card: Card | None = None
    picture: str = ""
    article: Article | None = None
    dataset: Dataset | None = None
    linked_data: str = ""

    @property
    def body(self) -> str:
        """What stands on it."""
        return str(self.text)

    def kept_in(self, spool: Spool) -> "Page":
        """The same page, its body on the disk."""
        return replace(self, text=spool.keep(self.body))

    @property
    def social_card(self) -> Card:
        """Its card; made of its title and summary where it has none of its own."""
        return self.card or Card(self.title, self.summary)

    @property
    def is_part(self) -> bool:
        """Whether it shows a part of another page, as a figure's page and a board paper do: it has no card of its own."""
        return self.layout in ("figure", "board")

    @property
    def card_path(self) -> str:
        """Where the image of its card is published: `cards/reports/2019-20.png`; empty for a page that has none."""
        if self.layout == "figure":
            return self.picture
        whose = self.address.rpartition("board-paper/")[0] if self.layout == "board" else self.address
        return f"cards/{whose.rstrip('/') or 'home'}.png"

    @property
    def meta(self) -> dict[str, object]:
        """What the theme is told of it, and prints in its head; a field that says nothing is left out."""
        article = self.article
        fields = {
            "title": self.title,
            "layout": self.layout,
            "description": self.summary,
            "card": self.card_path,
            "card_alt": self.social_card.alt,
            "authors": [author.name for author in article.authors] if article else [],
            "published": article.published if article else "",
            "updated": article.updated if article else "",
            "linked_data": self.linked_data,
        }
        return {name: value for name, value in fields.items() if value}

    @property
    def address(self) -> str:
        """Its address on the site: `reports/2019-20/`, empty for the home page."""
        return address_of(self.path)

    def to_markdown(self) -> bytes:
        """The staged file: front matter, then the body, in which each block says what it is and each number has its note."""
        head = yaml.safe_dump(self.meta, allow_unicode=True, width=10_000)
        body = keep_years_whole(number_notes(label_tables(label_blocks(self.body.strip()))))
        return f"---\n{head}---\n\n{body}\n".encode()


def address_of(path: str) -> str:
    """The address at which the Markdown file `path` is published."""
    stem = path.removesuffix(".md")
    stem = stem.removesuffix("index").rstrip("/")
    return f"{stem}/" if stem else ""


def links_to_tables(page: Page) -> set[str]:
    """The names of the tables to whose files the page links."""
    return set(_TABLE_FILE.findall(page.body))


def relative_link(target: str, address: str) -> str:
    """The link from the page at `address` to `target`, both from the site's root; `./` for itself.

    Both are as they stand in an address bar, without dots. Links are relative so that the site works at a domain's
    root, under a prefix and from any host.
    """
    path, mark, anchor = target.partition("#")
    if mark and path == address:
        return f"#{anchor}"
    to, here = path.split("/"), address.split("/")[:-1]
    shared = 0
    while shared < min(len(to) - 1, len(here)) and to[shared] == here[shared]:
        shared += 1
    link = "../" * (len(here) - shared) + "/".join(to[shared:])
    return f"{link or './'}{mark}{anchor}"
