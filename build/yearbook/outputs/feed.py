"""The Atom feed, `feed.xml`: every report and post in full, the newest first. See RFC 4287.

Addresses are whole where the site has one of its own, and otherwise relative to the feed, at the site's root.
An entry's id comes from its page's path alone, and so stays the same whatever else changes, even the address of the
site.
"""

import re
import xml.etree.ElementTree as ET  # it writes here, and reads nothing
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid5

from yearbook.outputs.attribution import ATTRIBUTION
from yearbook.outputs.linked_data import Article
from yearbook.settings import Settings

PATH = "feed.xml"
ATOM = "http://www.w3.org/2005/Atom"

_IDS = UUID("5f0c1d1e-6b0e-5c53-9d0f-3a5d7f5f2c11")
"""The namespace of all ids. To change it would show every reader every item again."""

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """A page as the feed has it: its address from the site's root, its words, and its whole content as HTML."""

    address: str
    title: str
    summary: str
    content: str
    article: Article
    kind: str


def entry_id(address: str) -> str:
    """The id of the page at `address`, for ever."""
    return uuid5(_IDS, address).urn


def moment(day: str) -> str:
    """A day as the feed writes it: its first second, in Greenwich."""
    return f"{day}T00:00:00Z"


def newest_first(entries: Sequence[FeedEntry]) -> list[FeedEntry]:
    """The entries by their days, the latest first; on one day those of reports before those of posts, then by title."""
    by_title = sorted(entries, key=lambda entry: (entry.article.year is None, entry.title))
    return sorted(by_title, key=lambda entry: entry.article.changed, reverse=True)


def feed_xml(entries: Sequence[FeedEntry], settings: Settings) -> bytes:
    """The feed of the entries, of which there is one at least."""
    ET.register_namespace("", ATOM)
    feed = ET.Element(f"{{{ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": "en-GB"})
    ordered = newest_first(entries)
    _add(feed, "id", entry_id(PATH))
    _add(feed, "title", settings.name)
    if settings.description:
        _add(feed, "subtitle", settings.description)
    _add(feed, "updated", moment(ordered[0].article.changed))
    _link(feed, "self", f"{settings.url}{PATH}", "application/atom+xml")
    _link(feed, "alternate", settings.url or "./", "text/html")
    _author(feed, settings.name, settings.url)
    _add(feed, "rights", ATTRIBUTION)
    for entry in ordered:
        _entry(feed, entry, settings)
    ET.indent(feed, " ")
    document: bytes = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return document + b"\n"


def _entry(feed: ET.Element, entry: FeedEntry, settings: Settings) -> None:
    made, article = ET.SubElement(feed, f"{{{ATOM}}}entry"), entry.article
    _add(made, "id", entry_id(entry.address))
    _add(made, "title", entry.title)
    _add(made, "updated", moment(article.changed))
    if article.published:
        _add(made, "published", moment(article.published))
    _link(made, "alternate", f"{settings.url}{entry.address}", "text/html")
    for person in article.authors:
        _author(made, person.name, person.link)
    for term in dict.fromkeys((entry.kind, *article.tags)):
        ET.SubElement(made, f"{{{ATOM}}}category", {"term": _clean(term)})
    _add(made, "summary", entry.summary)
    _add(made, "content", entry.content).set("type", "html")


def _add(parent: ET.Element, name: str, text: str) -> ET.Element:
    made = ET.SubElement(parent, f"{{{ATOM}}}{name}")
    made.text = _clean(text)
    return made


def _link(parent: ET.Element, relation: str, address: str, media: str) -> None:
    ET.SubElement(parent, f"{{{ATOM}}}link", {"rel": relation, "type": media, "href": address})


def _author(parent: ET.Element, name: str, address: str) -> None:
    author = ET.SubElement(parent, f"{{{ATOM}}}author")
    _add(author, "name", name)
    if address:
        _add(author, "uri", address)


def _clean(text: str) -> str:
    """The text without the few characters that XML cannot hold."""
    return _NOT_XML.sub("", text)
