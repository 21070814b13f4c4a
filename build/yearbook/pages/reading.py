"""How long a page takes to read: the words a reader reads, at a steady pace.

Counted are the words as rendered, an editor's and the standard ones. Charts, tables and what is folded away are
looked at and not read through, so they are left out, with everything else that is not words on the page: the
addresses of links, markup, attributes.
"""

import re
from html import unescape

WORDS_A_MINUTE = 220
"""The pace: a little under that of 238 words a minute which Brysbaert (2019, doi 10.1016/j.jml.2019.104047) found for
adults who read non-fiction in silence, because these pages are full of figures."""

_LOOKED_AT = re.compile(r"<(figure|table|details|svg)\b.*?</\1>", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_INLINE = re.compile(r"</?(?:a|abbr|b|code|em|i|small|span|strong|sub|sup)\b[^<>]*>")
_TAG = re.compile(r"<[^<>]+>")
_ATTRIBUTES = re.compile(r"\{:?[ ]*[#.][^}\n]*\}")
_LINK_TARGET = re.compile(r"(?<=\])\([^)\s]*(?:[ ]+\"[^\"]*\")?\)")
_FOOTNOTE = re.compile(r"\[\^[^\]\s]+\]")
_BLOCK = re.compile(r"^[ \t]*!!![ \t]*[\w-]+", re.MULTILINE)
_WORD = re.compile(r"\S*\w\S*")


def count_words(text: str) -> int:
    """The words a reader reads in rendered Markdown with HTML in it; a number is one word, whatever marks it has."""
    for unread in (_LOOKED_AT, _COMMENT, _BLOCK, _ATTRIBUTES, _FOOTNOTE, _LINK_TARGET):
        text = unread.sub(" ", text)
    return len(_WORD.findall(unescape(_TAG.sub(" ", _INLINE.sub("", text)))))


def reading_minutes(*texts: str) -> int:
    """The minutes it takes to read the texts, to the nearest, at least one."""
    words = sum(count_words(text) for text in texts)
    return max(1, (2 * words + WORDS_A_MINUTE) // (2 * WORDS_A_MINUTE))
