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
    """Each word, in lower case and in order, with the number of pages and terms it is on, those of areas not counted.

    A word of areas alone is there with 0: it tells areas apart, and the more the fewer other pages have it.
    """
    counts: Counter[str] = Counter()
    for edition in editions:
        found = _words(f"{edition.summary} {edition.text}")
        counts.update(dict.fromkeys(found, 0 if edition.kind == "area" else 1))
    return dict(sorted(counts.items()))


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.lower().replace("’", "").replace("'", "")))


def words_file(editions: Iterable[Edition]) -> bytes:
    """The words as JSON, without a space."""
    return json.dumps(count_words(editions), separators=(",", ":")).encode()
