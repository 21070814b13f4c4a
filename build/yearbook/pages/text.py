"""Small conversions between the texts of a page."""

import re
from html import unescape

_TAG = re.compile(r"<[^>]+>")
_LINK = re.compile(r"\[([^\]]+)\]\([^)]*\)")
_MARK = re.compile(r"(?<!\w)[*_]{1,2}(\S(?:.*?\S)?)[*_]{1,2}(?!\w)")


def plain_text(markdown: str) -> str:
    """One line of plain text from inline Markdown with HTML in it: for titles, summaries and cards."""
    text = _LINK.sub(r"\1", _TAG.sub("", markdown))
    return " ".join(unescape(_MARK.sub(r"\1", text)).split())
