"""What of a printed page is worth finding: its words, without tables, workings, contents and colophon.

Pagefind could be told so by attributes on every page. Most of a page is tables and workings, though: readers would
load the attributes, and Pagefind would parse in vain. Cutting them here makes the index in less than half the time, and
gives each term of the glossary a place of its own in it.
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

_ASIDES = (
    ('<section class="workings"', "</section>"),
    ("<table", "</table>"),
    ("<svg", "</svg>"),
    ('<details class="chart__data"', "</details>"),
    ("<nav", "</nav>"),
    ("<form", "</form>"),
    ('<ul class="downloads"', "</ul>"),
    ('<p class="series"', "</p>"),
    ('<p class="folio"', "</p>"),
    ('<p class="chart__source"', "</p>"),
    ('<p class="table-files"', "</p>"),
    ('<a class="behind"', "</a>"),
)
"""What is left out, from how it begins to how it ends, the longest first. None holds another of its own kind."""

_LAYOUT = re.compile(r'<body data-layout="([a-z]+)"')
_SUMMARY = re.compile(r'<meta name="description" content="([^"]*)"')
_OF_AN_AREA = re.compile(r'<h1.*?</h1>|<p class="succession">.*?</p>|<dl class="facts">.*?</dl>', re.DOTALL)
_HEADING = re.compile(r"<(h[1-4])\b[^>]*>(.*?)</\1>", re.DOTALL)
_TERM = re.compile(r'<dt id="([^"]+)">(.*?)</dt>\s*<dd>(.*?)</dd>', re.DOTALL)
_TAG = re.compile(r"<[^>]+>")
_REPORT = re.compile(r"reports/(\d{4}-\d{2})/")


@dataclass(frozen=True, slots=True)
class Edition:
    """A page, or a term of the glossary, as the search knows it.

    `address` is where the index has it, from the site's root: `glossary/caseness/` for what is at `glossary/#caseness`.
    `title`, `summary` and `headings` are plain text, `article` is HTML; `year` is that of a report.
    """

    address: str
    kind: str
    title: str
    summary: str
    headings: tuple[str, ...]
    article: str

    @property
    def year(self) -> str:
        """The year of a report, empty for anything else."""
        found = _REPORT.fullmatch(self.address)
        return found[1] if found else ""

    @property
    def text(self) -> str:
        """All its words, as plain text."""
        return plain(self.article)

    def to_html(self) -> str:
        """The document that Pagefind reads. It searches what it is told of a page too, so that is words and no more."""
        told = {"summary": self.summary, "year": self.year}
        head = "".join(
            f'<meta data-pagefind-meta="{name}[content]" content="{escape(words)}">'
            for name, words in told.items()
            if words
        )
        return (
            f'<!doctype html><html lang="en"><head>{head}</head>'
            f"<body><article data-pagefind-body>{self.article}</article></body></html>"
        )


def editions_of(page: str, address: str) -> Iterator[Edition]:
    """What is to be found on the printed page at `address`: nothing, the page, or each term of the glossary."""
    layout = _LAYOUT.search(page)
    kind = KINDS.get(layout[1]) if layout else None
    if layout is None or kind is None or address in LISTS:
        return
    article = page[page.index("<article>") + len("<article>") : page.rindex("</article>")]
    for begins, ends in _ASIDES:
        article = _without(article, begins, ends)
    article = article.replace("><", "> <")  # or a label and what it labels would be one word
    if kind == "term":
        for anchor, term, meaning in _TERM.findall(article):
            words = f"<h1>{term}</h1> <p>{meaning}</p>"
            yield Edition(f"{address}{anchor}/", kind, plain(term), plain(meaning), (), words)
        return
    summary = _SUMMARY.search(page)
    said = unescape(summary[1]) if summary else ""
    if layout[1] == "area":
        # The rest is alike on hundreds of pages: "recovery" would find them all.
        article, said = " ".join(_OF_AN_AREA.findall(article)), ""
    headings = [(level, plain(words)) for level, words in _HEADING.findall(article)]
    title = next((words for level, words in headings if level == "h1"), "")
    yield Edition(address, kind, title, said, tuple(words for level, words in headings if level != "h1"), article)


def _without(html: str, begins: str, ends: str) -> str:
    """The HTML less every part from `begins` to the next `ends`. It is quicker than one expression for all of them."""
    kept, at = [], 0
    while (start := html.find(begins, at)) >= 0 and (end := html.find(ends, start)) >= 0:
        kept.append(html[at:start])
        at = end + len(ends)
    return "".join([*kept, html[at:]])


def plain(html: str) -> str:
    """The words of HTML, in one line. Between two tags there has to be a space, where they part words."""
    return " ".join(unescape(_TAG.sub("", html)).split())
