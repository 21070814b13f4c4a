"""The blocks of commentary: opinion, interpretation, definition, counterpoint, and tables, and how each says what it is.

What kind a block is stands in it as text, whatever title the editor gave it, and the block is a note of that name to
assistive technology. The style sheet only adds to that.
"""

import re
from collections.abc import Iterator
from html import escape

from yearbook.errors import Problem, suggest
from yearbook.formatting import join_words
from yearbook.pages.text import plain_text

BLOCKS = ("opinion", "interpretation", "definition", "counterpoint")
"""The kinds of block commentary may hold."""

_OPENING = re.compile(r"^(?P<indent>[ \t]*)!!![ \t]*(?P<kind>[\w-]+)(?P<rest>[^\n]*)$", re.MULTILINE)
_TITLE = re.compile(r"[ \t]+\"(?P<title>.*)\"[ \t]*|[ \t]*")
_INSIDE = re.compile(r"(?: {4}|\t)[ \t]*\S|[ \t]*$")


def check_blocks(text: str, file: str) -> Iterator[Problem]:
    """A problem for every block that would be published unmarked, an opinion among them. Line 1 of `text` is the file's."""
    for found in _OPENING.finditer(text):
        kind, line = found["kind"], text.count("\n", 0, found.start()) + 1
        if kind not in BLOCKS:
            what = f'There is no block "{kind}".'
            yield Problem(file, line, "", what, suggest(kind, BLOCKS, f"The blocks are {join_words(BLOCKS)}."))
        elif not _TITLE.fullmatch(found["rest"]):
            what = f"The title of the {kind} is not in quotation marks."
            yield Problem(file, line, "", what, f'write !!! {kind} "The title", or !!! {kind} alone')
        elif not found["indent"] and not re.match(r"\s*\n(?: {4}|\t)", text[found.end() :]):
            what = f"The {kind} is empty."
            yield Problem(file, line, "", what, "indent its text by four spaces, line by line")


def label_blocks(markdown: str) -> str:
    """The Markdown with the kind of each block in its title, and the blocks marked as notes.

    A block within a list or within another block has its kind in words and no mark of its own.
    """
    lines, made = markdown.split("\n"), []
    position = 0
    while position < len(lines):
        found = _OPENING.fullmatch(lines[position])
        position += 1
        if found is None or found["kind"] not in BLOCKS:
            made.append(lines[position - 1])
            continue
        opening = f'{found["indent"]}!!! {found["kind"]} "{_labelled(found["kind"], found["rest"])}"'
        if found["indent"]:
            made.append(opening)
            continue
        end = position
        while end < len(lines) and _INSIDE.match(lines[end]):
            end += 1
        inside = label_blocks("\n".join(lines[position:end])).rstrip()
        name = found["kind"].capitalize()
        made += [
            f'<div class="block" role="note" aria-label="{name}" markdown="1">',
            "",
            opening,
            inside,
            "",
            "</div>",
            "",
        ]
        position = end
    return "\n".join(made)


_TABLE = re.compile(r"^[ ]{0,3}\|?.*\|.*\n[ ]{0,3}\|?[ \t]*:?-+:?[ \t]*\|[-|: \t]*\n(?:.*\|.*(?:\n|\Z))*", re.MULTILINE)
_HEADING = re.compile(r"^#{1,6}[ \t]+(?P<title>.+?)[ \t]*(?:\{[^}]*\})?[ \t]*$", re.MULTILINE)


def label_tables(markdown: str) -> str:
    """The Markdown with each table in a box that scrolls by itself, and that has the name of the heading above it.

    A table that an editor writes has no caption, and would be one of many without a name.
    """
    headings = [(found.end(), plain_text(found["title"])) for found in _HEADING.finditer(markdown)]

    def framed(found: re.Match[str]) -> str:
        above = [title for end, title in headings if end <= found.start()]
        name = escape(above[-1] if above else "Table")
        box = f'<div class="table-scroll" tabindex="0" role="group" aria-label="{name}" markdown="1">'
        return f"{box}\n\n{found[0].rstrip()}\n\n</div>\n"

    return _TABLE.sub(framed, markdown)


def _labelled(kind: str, rest: str) -> str:
    """The kind, then the editor's title where there is one; a colon between them for those who hear it."""
    found = _TITLE.fullmatch(rest)
    title = (found["title"] or "").strip() if found else ""
    name = kind.capitalize()
    if not title or title.casefold() == kind:
        return f'<span class="block__kind">{name}</span>'
    return f'<span class="block__kind">{name}<span class="visually-hidden">:</span></span> {title}'
