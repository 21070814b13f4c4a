"""A page's HTML as a feed reader can show it: its words, tables and pictures, and nothing that needs the page about it.

Scripts, forms, navigation, the page's own head and what the page folds away at its foot are left out. Every address is
made whole, or relative to the feed; one within the page leads to the page.
"""

from collections.abc import Callable
from html import escape
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

_DROPPED = frozenset(
    {"script", "style", "form", "nav", "template", "noscript", "iframe", "object", "source", "h1", "input"}
)
_DROPPED_CLASSES = frozenset(
    {
        "folio",
        "series",
        "bases",
        "chart__links",
        "on-paper",
        "byline",
        "behind",
        "workings",
        "replies",
        "share",
        "more",
        "table-files",
        "visually-hidden",
    }
)
_UNWRAPPED = frozenset({"picture", "header", "section", "article", "main"})
_VOID = frozenset({"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
_KEPT = frozenset({"href", "src", "alt", "title", "width", "height", "colspan", "rowspan", "scope", "datetime", "lang"})
_ADDRESSES = frozenset({"href", "src"})


def feed_html(page: str, address: str, site: str) -> str:
    """The HTML of the page at `address`, made fit for the feed of the `site`, whose address is empty if it has none."""
    reader = _Reader(lambda target: _resolved(target, address, site))
    reader.feed(page)
    reader.close()
    return "".join(reader.parts).strip()


_ROOT = "https://site.invalid/"


def _resolved(target: str, address: str, site: str) -> str:
    """The address of what the page at `address` calls `target`; empty for what a reader should not follow."""
    scheme = urlsplit(target).scheme
    if scheme in ("http", "https", "mailto"):
        return target
    if scheme:
        return ""
    whole = urljoin(f"{_ROOT}{address}", target)
    return f"{site}{whole.removeprefix(_ROOT)}" if whole.startswith(_ROOT) else ""


class _Reader(HTMLParser):
    """Writes what it reads, less what is dropped, into `parts`."""

    def __init__(self, resolve: Callable[[str], str]) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.resolve = resolve
        self.open: list[tuple[str, bool]] = []
        self.dropping = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        dropped = tag in _DROPPED or not _DROPPED_CLASSES.isdisjoint((given.get("class") or "").split())
        if tag not in _VOID:
            self.open.append((tag, dropped))
            self.dropping += dropped
        if dropped or self.dropping or tag in _UNWRAPPED:
            return
        kept = {name: value or "" for name, value in attrs if name in _KEPT}
        for name in _ADDRESSES & kept.keys():
            kept[name] = self.resolve(kept[name])
        kept = {name: value for name, value in kept.items() if value or name not in _ADDRESSES}
        said = "".join(f' {name}="{escape(value)}"' for name, value in kept.items())
        self.parts.append(f"<{tag}{said}>")

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID or tag not in (name for name, _ in self.open):
            return
        while self.open:
            name, dropped = self.open.pop()
            if not (self.dropping or name in _UNWRAPPED):
                self.parts.append(f"</{name}>")
            self.dropping -= dropped
            if name == tag:
                return

    def handle_data(self, data: str) -> None:
        if not self.dropping:
            self.parts.append(escape(data, quote=False))
