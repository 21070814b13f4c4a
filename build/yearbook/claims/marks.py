"""How rendered commentary remembers what an editor typed, on which line, and what a helper made.

While a page is rendered, marks from Unicode's private use area stand in its text: one before each line of typed
text, with the line's number, and a pair around whatever a helper printed, with its number in the page's list of live
text. `unmark` takes them out and keeps what they said. An editor's file may hold none of these characters.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass

OPENS, NUMBERED, CLOSES, LINE, LINE_ENDS = "\ue000", "\ue001", "\ue002", "\ue003", "\ue004"
MARKS = re.compile("[\ue000-\uf8ff]")
"""What no editor's file may hold: the private use area, whose characters are marks here and fillers in the modules beside."""

_TOKEN = re.compile(f"{OPENS}(?P<live>\\d+){NUMBERED}|(?P<closes>{CLOSES})|{LINE}(?P<line>\\d+){LINE_ENDS}")


@dataclass(frozen=True, slots=True)
class Span:
    """Where a helper's text stands: from `start` up to `end`, and its `number` in the page's list."""

    start: int
    end: int
    number: int


@dataclass(frozen=True, slots=True)
class MarkedText:
    """Rendered text without its marks: the spans that helpers made, and where the lines of the file begin."""

    text: str
    spans: tuple[Span, ...]
    offsets: tuple[int, ...]
    lines: tuple[int, ...]

    def line(self, offset: int) -> int:
        """The line of the editor's file that the character at `offset` comes from; 0 when it comes from none."""
        found = bisect_right(self.offsets, offset) - 1
        return self.lines[found] if found >= 0 else 0


def mark_live(text: str, number: int) -> str:
    """`text` as the page's live text of that number."""
    return f"{OPENS}{number}{NUMBERED}{text}{CLOSES}"


def mark_lines(text: str, first: int) -> str:
    """Typed text whose first character stands on line `first` of its file, with each of its lines numbered."""
    numbered = (f"{LINE}{number}{LINE_ENDS}{line}" for number, line in enumerate(text.split("\n"), first))
    return "\n".join(numbered)


def unmark(marked: str) -> MarkedText:
    """The text without its marks, and what they said. A pair within another belongs to the outer one."""
    parts: list[str] = []
    spans: list[Span] = []
    offsets: list[int] = []
    lines: list[int] = []
    opened: list[tuple[int, int]] = []
    at = end = 0
    for token in _TOKEN.finditer(marked):
        parts.append(marked[end : token.start()])
        at, end = at + token.start() - end, token.end()
        if token["live"]:
            opened.append((at, int(token["live"])))
        elif token["closes"] and opened:
            start, number = opened.pop()
            if not opened:
                spans.append(Span(start, at, number))
        elif token["line"]:
            offsets.append(at)
            lines.append(int(token["line"]))
    parts.append(marked[end:])
    return MarkedText("".join(parts), tuple(spans), tuple(offsets), tuple(lines))
