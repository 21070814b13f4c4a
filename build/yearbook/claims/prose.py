"""Reads rendered commentary as its readers will: sentences of plain text, each character traced to its line.

Markup is taken away: tags, addresses of links, code, ids, the numbers of lists, tables' rules. What is quoted is taken
away too: a block of quotation, `<q>`, or at least two words between double quotation marks that are not just a number.
Between the comments `rules` and `end of rules` a page about methods tells the rules of the words; a test holds it to them.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from yearbook.claims.live import Live
from yearbook.claims.marks import MarkedText

LIVE = "\ue005"
"""Stands for a piece of live text while the text around it is read."""

_GONE = tuple(
    re.compile(pattern, re.MULTILINE | re.DOTALL)
    for pattern in (
        r"`[^`\n]*`",
        r"<[/a-zA-Z][^<>]*>",
        r"(?<=\])\([^()\n]*\)",
        r"\{[#:][^}\n]*\}",
        r"\[\^[^\]]*\]:?",
        r"^[ \t]*>[^\n]*$",
        r"^[ \t]*(?:!!!|\?\?\?\+?)[ \t]+[\w-]+",
        r"^[ \t]*#{1,6}[ \t]",
        r"^[ \t]*(?:\d+[.)]|[-*+])[ \t]+",
        r"^[ \t]*\|?[ \t:|-]*-{3,}[ \t:|-]*$",
        r"[*\[\]]|(?<!\w)_+|_+(?!\w)",
    )
)
_ENCLOSED = tuple(
    (re.compile(opens, re.MULTILINE), re.compile(closes, re.MULTILINE))
    for opens, closes in (
        (r"^```", r"^```[ \t]*$"),
        (r"^~~~", r"^~~~[ \t]*$"),
        ("<!--", "-->"),
        *((rf"<{name}\b", f"</{name}>") for name in ("q", "blockquote", "code", "pre")),
    )
)
"""What opens and what closes a stretch that is gone. Looked for one after the other: of a thousand that open and never
close, each would look through all the rest."""

LONGEST_SENTENCE = 3000
"""How many characters a sentence may have: the patterns that read it may look at each of them from each other."""

_QUOTED = re.compile(r'“[^“”]*”|"[^"\n]*(?:\n[^"\n]+)?"')
_RULES = re.compile(r"<!-- rules -->.*?<!-- end of rules -->", re.DOTALL)
_BLOCK_ENDS = re.compile(r"\n[ \t]*\n|\n(?=[ \t]*(?:#{1,6} |\||[-*+] |\d+[.)] |!!! |> ))|\||(?<=\")\n(?=    )")
_SENTENCE_ENDS = re.compile(
    r"(?<!\be\.g\.)(?<!\bi\.e\.)(?<!\bv\.)(?<!\bNo\.)(?<!\bvs\.)(?<=[.!?])[”\"’')]*\s+(?=[A-Z“\"‘(" + LIVE + r"\d])"
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of live text in a sentence, from `start` up to `end`."""

    start: int
    end: int
    live: Live


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence in plain text, or a heading or a cell of a table.

    `pieces` are the live text in it, `lines` the line of the editor's file of each of its characters. `opens_block`
    says that it is the first of its paragraph; `end` is where it ends in the rendered text. `of_rules` says that it stands
    among the rules of words, where phrases are spoken of and not said.
    """

    text: str
    pieces: tuple[Piece, ...]
    lines: tuple[int, ...]
    end: int
    opens_block: bool
    of_rules: bool = False

    @property
    def typed(self) -> str:
        """The sentence with a filler for each character that is live: what the editor typed, where it stands."""
        letters = list(self.text)
        for piece in self.pieces:
            letters[piece.start : piece.end] = LIVE * (piece.end - piece.start)
        return "".join(letters)

    def line(self, at: int) -> int:
        """The line of the character at that place, or of the nearest before it that has one."""
        return next((line for line in reversed(self.lines[: at + 1]) if line), next(filter(None, self.lines), 0))


def read_prose(marked: MarkedText, lives: Sequence[Live]) -> tuple[Sentence, ...]:
    """The sentences of rendered text. `lives` is the page's list of live text, by number."""
    flat, places, pieces = _fold(marked, lives)
    kept = bytearray(b"\x01") * len(flat)
    for pattern in _GONE:
        for found in pattern.finditer(flat):
            kept[found.start() : found.end()] = bytes(found.end() - found.start())
    for pair in _ENCLOSED:
        for start, end in _enclosed(*pair, flat):
            kept[start:end] = bytes(end - start)
    for found in _QUOTED.finditer(flat):
        if _is_quotation(found[0]):
            kept[found.start() : found.end()] = bytes(found.end() - found.start())
    rules = [range(*found.span()) for found in _RULES.finditer(flat)]
    sentences: list[Sentence] = []
    for start, end in _between(_BLOCK_ENDS, flat, 0, len(flat)):
        opens = True
        for begins, ends in _between(_SENTENCE_ENDS, flat, start, end):
            sentence = _sentence(flat, kept, places, pieces, marked, range(begins, ends), opens)
            if sentence.text.strip():
                sentences.append(replace(sentence, of_rules=any(begins in among for among in rules)))
                opens = False
    return tuple(sentences)


def _fold(marked: MarkedText, lives: Sequence[Live]) -> tuple[str, list[int], Mapping[int, tuple[Live, int]]]:
    """The text with a filler for each piece of live text, where each character stood, and each piece and its end."""
    letters: list[str] = []
    places: list[int] = []
    pieces: dict[int, tuple[Live, int]] = {}
    end = 0
    for span in marked.spans:
        letters += marked.text[end : span.start]
        places += range(end, span.start)
        live = lives[span.number]
        if live.metric or live.text:
            pieces[len(letters)] = live, span.end
            letters.append(LIVE)
            places.append(span.start)
        else:  # a chart or a table: nothing that a sentence could run through
            letters += "\n\n"
            places += [span.start, span.start]
        end = span.end
    letters += marked.text[end:]
    places += range(end, len(marked.text))
    return "".join(letters), places, pieces


def _enclosed(opens: re.Pattern[str], closes: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    at = 0
    while (first := opens.search(text, at)) and (last := closes.search(text, first.end())):
        at = last.end()
        yield first.start(), at


def _between(pattern: re.Pattern[str], text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for found in pattern.finditer(text, start, end):
        yield start, found.start()
        start = found.end()
    yield start, end


def _sentence(
    flat: str,
    kept: bytearray,
    places: Sequence[int],
    pieces: Mapping[int, tuple[Live, int]],
    marked: MarkedText,
    among: range,
    opens: bool,
) -> Sentence:
    text: list[str] = []
    lines: list[int] = []
    found: list[Piece] = []
    end = places[among.start] if among.start < len(places) else len(marked.text)
    for at in among:
        if not kept[at]:
            continue
        letter, line = flat[at], marked.line(places[at])
        if letter == LIVE:
            live, end = pieces[at]
            found.append(Piece(len(text), len(text) + len(live.text), live))
            text += live.text
            lines += [line] * len(live.text)
            continue
        if letter.isspace():
            if not text or text[-1] == " ":
                continue
            letter = " "
        else:
            end = places[at] + 1
        text.append(letter)
        lines.append(line)
    return Sentence("".join(text), tuple(found), tuple(lines), end, opens)


def _is_quotation(words: str) -> bool:
    """Whether what stands between quotation marks is somebody's words, and not a number in them."""
    inner = re.sub(r"[^\w\s-]", " ", words)
    return len([word for word in inner.split() if not re.search(r"\d", word) and len(word) > 1]) >= 2
