"""The words that the pages are written in, for a reader who mistypes one."""

import json
import re
from collections import Counter
from collections.abc import Iterable

from yearbook.search.editions import Edition

SHORTEST = 3
"""A slip in a shorter word makes it another word."""

_WORD = re.compile(rf"[a-z]{{{SHORTEST},}}")


def count_words(editions: Iterable[Edition]) -> dict[str, int]:
    """Each word, in lower case and in order, with the number of pages it is on.

    Of an area only the name, the summary and the headings count: the rest of its page is alike for all, and would drown
    the other pages.
    """
    counts: Counter[str] = Counter()
    for edition in editions:
        text = " ".join((edition.title, edition.summary, *edition.headings))
        counts.update(_words(text if edition.kind == "area" else f"{text} {edition.text}"))
    return dict(sorted(counts.items()))


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.lower().replace("’", "").replace("'", "")))


def words_file(editions: Iterable[Edition]) -> bytes:
    """The words as JSON, without a space."""
    return json.dumps(count_words(editions), separators=(",", ":")).encode()
