"""Small conversions between the texts of a page."""

import re
from datetime import date
from html import escape, unescape

from yearbook.values import Status

_TAG = re.compile(r"<sup\b.*?</sup>|<[^>]+>", re.DOTALL)  # a raised letter leads to a source, which plain text cannot
_LINK = re.compile(r"\[([^\]]+)\]\([^)]*\)")
_MARK = re.compile(r"(?<!\w)[*_]{1,2}(\S(?:.*?\S)?)[*_]{1,2}(?!\w)")
_APOSTROPHE = re.compile(r"(?<=\w)'")
_QUOTED = re.compile(r'"([^"]*)"')
_YEAR = re.compile(r"(?<![-/#])\b\d{4}-\d{2}\b(?![-/])")  # not that of an address, of an id or of a day
_NOT_TEXT = re.compile(
    r"""(<(?:pre|code|textarea|option|script|style|title|text)\b[^>]*>.*?</(?:pre|code|textarea|option|script|style|title|text)>
    |<span\ class="(?:cite|(?:[\w-]+\ )?year)"[^>]*>[^<]*</span>|<!--.*?-->|<[^>]*>|``.*?``|`[^`\n]*`|\]\([^)\n]*\)|\{:?[^}\n]*\}|^\[[^\]\n]+\]:.*?$)""",
    re.VERBOSE | re.DOTALL | re.MULTILINE,
)
_LONGEST_LABEL = 80
_ADDRESS = re.compile(r"https?://[^\s,;)]+")
_MARKDOWN = str.maketrans({mark: f"&#{ord(mark)};" for mark in "\\`*_{}[]!|^~"})


def plain_text(markdown: str) -> str:
    """One line of plain text from inline Markdown with HTML in it: for titles, summaries and cards."""
    text = _LINK.sub(r"\1", _TAG.sub("", markdown))
    text = " ".join(unescape(_MARK.sub(r"\1", text)).split())
    return _QUOTED.sub(r"“\1”", _APOSTROPHE.sub("’", text))


def literal(words: object) -> str:
    """What a data file says, as one line of a page: none of it is HTML or Markdown, whatever it looks like."""
    return " ".join(_inert(str(words)).split())


def _inert(words: str) -> str:
    return escape(words, quote=False).translate(_MARKDOWN).replace("\n", " ")


def keep_years_whole(page: str) -> str:
    """A page's HTML, or Markdown with HTML in it, with each year of its text kept from breaking at its hyphen.

    What is not running text is left as it is: tags and their attributes, code, fields, drawings, the targets of links,
    citations, which are there to be copied, and years that already are whole.
    """
    parts = _NOT_TEXT.split(page)
    for number in range(0, len(parts), 2):
        if "-" in parts[number]:
            parts[number] = _YEAR.sub(r'<span class="year">\g<0></span>', parts[number])
    return "".join(parts)


def page_link(words: str, address: str) -> str:
    """`words` as a link to a page on the web; the words alone when the address is none."""
    if not _ADDRESS.fullmatch(address):
        return literal(words)
    return f'<a href="{escape(address)}">{literal(words)}</a>'


def source_link(source: str) -> str:
    """A citation as HTML: an address in it becomes a link that shows its host and last part."""
    parts, end = [], 0
    for found in _ADDRESS.finditer(source):
        address = found[0]
        host, _, path = address.partition("://")[2].partition("/")
        last = re.sub(r"(?<!\d)[-+]|[-+](?!\d)", " ", path.rstrip("/").rpartition("/")[2].partition("?")[0])
        label = f"{host.removeprefix('www.')}{f': {last}' if last and len(last) <= _LONGEST_LABEL else ''}"
        parts += [_inert(source[end : found.start()]), f'<a href="{escape(address)}">{literal(label)}</a>']
        end = found.end()
    return "".join([*parts, _inert(source[end:])])


def mark_label(text: str) -> str:
    """What a mark such as `[x]` means, as an attribute for those who hear the page; empty for any other text."""
    status = _MARKS.get(text)
    return f' aria-label="{text} {status.words}"' if status else ""


_MARKS = {status.value: status for status in Status if status.value}


def day_in_words(day: str | date) -> str:
    """`30 July 2020`, for a date or one written as 2020-07-30."""
    found = date.fromisoformat(day) if isinstance(day, str) else day
    return f"{found.day} {found.strftime('%B %Y')}"


def slug(words: str) -> str:
    """The words as an address or an anchor: lower case, with hyphens for whatever is not a letter or a digit."""
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")
