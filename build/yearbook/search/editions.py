"""What of a printed page is worth finding: its article, without tables, workings, contents and colophon.

Pagefind could be told so by attributes on every page. Most of a page is tables and workings, though, which readers would
then load the attributes for and Pagefind would parse in vain: cutting them here makes the index in a third of the time,
and gives each term of the glossary a place in it of its own.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape, unescape

KINDS = {
    "report": "report",
    "post": "post",
    "trend": "trend",
    "group": "group",
    "area": "area",
    "standings": "area",
    "methods": "method",
    "glossary": "term",
}
"""The kind of thing a reader finds, by the layout of its page. Pages of other layouts are lists of these, or tools."""

LISTS = ("methods/", "methods/metrics/")
"""Pages of those layouts that only lead to others."""

_LAYOUT = re.compile(r'<body data-layout="([a-z]+)"')
_SUMMARY = re.compile(r'<meta name="description" content="([^"]*)"')
_ASIDES = (
    ('<section class="workings"', "</section>"),
    ("<table", "</table>"),
    ("<svg", "</svg>"),
    ("<details class=\"chart__data\"", "</details>"),
    ("<nav", "</nav>"),
    ("<form", "</form>"),
    ('<ul class="downloads"', "</ul>"),
    ('<p class="chart__source"', "</p>"),
    ('<a class="behind"', "</a>"),
)
"""What is left out, from how it begins to how it ends, the longest first. None holds another of its own kind."""

_HEADING = re.compile(r"<(h[1-4])\b[^>]*>(.*?)</\1>", re.DOTALL)
_TERM = re.compile(r'<dt id="([^"]+)">(.*?)</dt>\s*<dd>(.*?)</dd>', re.DOTALL)
_TAG = re.compile(r"<[^>]+>")
_YEAR = re.compile(r"^reports/(\d{4}-\d{2})/$")


@dataclass(frozen=True, slots=True)
class Edition:
    """A page, or a term of the glossary, as the search knows it.

    `address` is where it is found, from the site's root and with an anchor for a term. `title`, `summary` and
    `headings` are plain text, `article` is HTML.
    """

    address: str
    kind: str
    title: str
    summary: str
    headings: tuple[str, ...]
    article: str

    @property
    def file(self) -> str:
        """A file name of its own: Pagefind orders pages by it."""
        return f"{self.address.replace('/#', '/').rstrip('/')}/index.html"

    @property
    def text(self) -> str:
        """All its words, as plain text."""
        return plain(self.article)

    def to_html(self) -> str:
        """The document that Pagefind reads."""
        meta = {"kind": self.kind, "address": self.address, "summary": self.summary}
        year = _YEAR.match(self.address)
        if year:
            meta["year"] = year[1]
        head = "".join(
            f'<meta data-pagefind-meta="{name}[content]" content="{escape(value)}">' for name, value in meta.items()
        )
        weight = ' data-pagefind-weight="0.3"' if self.kind == "area" else ""
        return (
            f'<!doctype html><html lang="en"><head>{head}</head>'
            f"<body><article data-pagefind-body{weight}>{self.article}</article></body></html>"
        )


def editions_of(page: str, address: str) -> Iterator[Edition]:
    """What is to be found on the printed page at `address`: nothing, the page, or each term of the glossary."""
    layout = _LAYOUT.search(page)
    kind = KINDS.get(layout[1]) if layout else None
    if kind is None or address in LISTS:
        return
    article = page[page.index("<article>") + len("<article>") : page.rindex("</article>")]
    for begins, ends in _ASIDES:
        article = _without(article, begins, ends)
    if kind == "term":
        for anchor, term, meaning in _TERM.findall(article):
            body = f"<h1>{term}</h1><p>{meaning}</p>"
            yield Edition(f"{address}#{anchor}", kind, plain(term), plain(meaning), (), body)
        return
    headings = [(level, plain(words)) for level, words in _HEADING.findall(article)]
    title = next((words for level, words in headings if level == "h1"), "")
    summary = _SUMMARY.search(page)
    others = tuple(words for level, words in headings if level != "h1")
    yield Edition(address, kind, title, unescape(summary[1]) if summary else "", others, article)


def _without(html: str, begins: str, ends: str) -> str:
    """The HTML less every part from `begins` to the next `ends`. A search for each is quicker than an expression for all."""
    kept, at = [], 0
    while (start := html.find(begins, at)) >= 0:
        end = html.find(ends, start)
        if end < 0:
            break
        kept.append(html[at:start])
        at = end + len(ends)
    return "".join([*kept, html[at:]])


def plain(html: str) -> str:
    """The words of HTML, in one line."""
    return " ".join(unescape(_TAG.sub(" ", html)).split())
