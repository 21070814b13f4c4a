"""A Markdown extension that takes finished HTML out of a page before Markdown reads it, and puts it back after.

A report's figures, tables and workings are HTML from the start, and nine tenths of the page. Markdown would parse every
tag of them twice and change nothing. A block is taken out when it begins a line, is closed, and holds no Markdown. What
it has for anchors is left for MkDocs to find, which checks every link within the site.
"""

import re
from collections.abc import Iterator
from typing import Any

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

_OPENING = re.compile(r"^<(?P<name>figure|section|div|table|dl|nav|details)\b[^<>]*>", re.MULTILINE)
_ANCHOR = re.compile(r'\sid="([^"<>&]+)"')
_LEFT = re.compile("\x02anchors\x03.*?\x02/anchors\x03", re.DOTALL)


class RawBlocks(Extension):
    """Registers the two steps about the one in which MkDocs looks for anchors."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Take part in the reading of a page: after code has been set apart, before HTML is parsed."""
        md.preprocessors.register(_TakeOut(md), "yearbook_take_out", 24)
        md.preprocessors.register(_Forget(md), "yearbook_forget", 20.5)  # between MkDocs and HTML


class _TakeOut(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        text, parts, end = "\n".join(lines), list[str](), 0
        for start, stop in raw_blocks(text):
            block = text[start:stop]
            kept = self.md.htmlStash.store(block)
            anchors = "".join(f'<i id="{anchor}"></i>' for anchor in dict.fromkeys(_ANCHOR.findall(block)))
            parts += [text[end:start], f"\n\n{kept}\n\n\x02anchors\x03{anchors}\x02/anchors\x03"]
            end = stop
        return "".join([*parts, text[end:]]).split("\n")


class _Forget(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        return _LEFT.sub("", "\n".join(lines)).split("\n")


def raw_blocks(text: str) -> Iterator[tuple[int, int]]:
    """Where in a page of Markdown the blocks of finished HTML stand: from and to."""
    end = 0
    for opening in _OPENING.finditer(text):
        if opening.start() < end:
            continue
        stop = _closed_at(text, opening)
        if stop and 'markdown="' not in text[opening.start() : stop] and text[stop : stop + 1] in ("", "\n"):
            yield opening.start(), stop
            end = stop


def _closed_at(text: str, opening: re.Match[str]) -> int:
    """Where the element that begins there ends; 0 when it does not."""
    depth = 0
    for tag in re.compile(rf"<(/?){opening['name']}\b[^<>]*>").finditer(text, opening.start()):
        depth += -1 if tag[1] else 1
        if depth == 0:
            return tag.end()
    return 0


def makeExtension(**options: Any) -> RawBlocks:
    """What Markdown calls to have the extension."""
    return RawBlocks(**options)
