"""A page of the site before it is printed: Markdown with a few fields for the theme."""

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import yaml

from yearbook.outputs.downloads import FOLDER
from yearbook.pages.blocks import label_blocks, label_tables
from yearbook.pages.endnotes import number_notes
from yearbook.pages.text import keep_years_whole
from yearbook.tables import Table

_TABLE_FILE = re.compile(rf'href="(?:[^"]*/)?{FOLDER.rpartition("/")[2]}/([^"/]+)\.csv"')


@dataclass(frozen=True, slots=True)
class Page:
    """One page. `path` is its Markdown file below the staged folder, `layout` what the theme calls it.

    `summary` is plain text for search engines and cards. `tables` are those it shows, by name: each becomes files
    to download (see `outputs.downloads`). `is_html` says that the body is HTML already, for `frame` to put into the
    theme, and not for MkDocs to print.
    """

    path: str
    title: str
    layout: str
    body: str
    summary: str = ""
    tables: Mapping[str, Table] = field(default_factory=dict)
    is_html: bool = False

    @property
    def address(self) -> str:
        """Its address on the site: `reports/2019-20/`, empty for the home page."""
        return address_of(self.path)

    def to_markdown(self) -> bytes:
        """The staged file: front matter, then the body, in which each block says what it is and each number has its note."""
        fields = {"title": self.title, "layout": self.layout, "description": self.summary}
        head = yaml.safe_dump({key: value for key, value in fields.items() if value}, allow_unicode=True, width=10_000)
        return f"---\n{head}---\n\n{keep_years_whole(number_notes(label_tables(label_blocks(self.body.strip()))))}\n".encode()


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

    Links are relative so that the site works at a domain's root, under a prefix and from any host.
    """
    path, mark, anchor = target.partition("#")
    if mark and path == address:
        return f"#{anchor}"
    link = posixpath.relpath(path or ".", address or ".")
    if path.endswith("/") or not path:
        link = "./" if link == "." else f"{link}/"
    return f"{link}{mark}{anchor}"
