"""What a page quotes: the list of works its numbers are quoted from, and the sums that are made with such numbers.

It closes the page's workings. Works are marked by letters, because the sources of live numbers have numbers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from yearbook.errors import UsageError, suggest
from yearbook.pages.text import literal, source_link
from yearbook.studies import Quotation


@dataclass(frozen=True, slots=True)
class _Quoted:
    """A quoted number or a sum made with one: what it is, its value as printed, how it came about as HTML, its works."""

    label: str
    value: str
    sum: str
    letters: tuple[str, ...]


class QuotedList:
    """Collects what one page quotes, each work once, in the order in which it appears."""

    def __init__(self) -> None:
        self._works: list[str] = []
        self._entries: dict[str, _Quoted] = {}

    def __len__(self) -> int:
        return len(self._works)

    def mark(self, source: str) -> str:
        """The letter of a work, as a small link to the list, noting the work if it is new."""
        letter = self._letter(source)
        return f'<sup><a href="#quoted-{letter}" aria-label="quoted from {letter}">{letter}</a></sup>'

    def add(self, anchor: str, label: str, value: str, sum: str, source: str) -> str:
        """The anchor of a number made with quoted ones, noting how it is made. `sum` is HTML."""
        self._entries.setdefault(anchor, _Quoted(label, value, sum, (self._letter(source),)))
        return anchor

    def _letter(self, source: str) -> str:
        if source not in self._works:
            self._works.append(source)
        number = self._works.index(source)
        letter = chr(ord("a") + number % 26)
        return letter * (number // 26 + 1)

    def parts(self) -> tuple[str, ...]:
        """What it adds to the workings: the sums, then the works. Nothing when nothing is quoted."""
        if not self._works:
            return ()
        items = "\n".join(_item(anchor, entry) for anchor, entry in self._entries.items())
        sums = (
            '<div class="working-group working-group--quoted"><h3>Quoted, and made with what is quoted</h3>\n'
            '<p class="working__base">From published work of others. Context: no figure of the service is made of it.</p>\n'
            f"<ol>\n{items}\n</ol></div>"
        )
        works = "\n".join(
            f'<li id="quoted-{self._letter(source)}">{source_link(source)}</li>' for source in self._works
        )
        listed = f'<h3>Quoted from</h3>\n<ol class="working-sources" type="a">\n{works}\n</ol>'
        return (sums, listed) if items else (listed,)

    def to_section(self) -> str:
        """A Workings section of these alone, for a page without a live number; empty when nothing is quoted."""
        if not self._works:
            return ""
        return "\n".join(('<section class="workings" id="workings">', "<h2>Workings</h2>", *self.parts(), "</section>"))


def cited_html(text: str, source: str, passages: Sequence[Quotation], quoted: QuotedList) -> str:
    """`text` as quoted from `source`, with the work's letter. Raises UsageError unless the passage stands in the register."""
    if not text.strip():
        raise UsageError('There is nothing quoted: write the words first, as in cited("five times", source="...").')
    if not source.strip():
        raise UsageError(f"“{text}” names no source: say whose words they are, and where they stand.")
    asked = " ".join(text.split()), " ".join(source.split())
    known = [(" ".join(one.text.split()), " ".join(one.source.split())) for one in passages]
    if asked not in known:
        near = suggest(asked[0], [words for words, _ in known])
        raise UsageError(
            f"“{asked[0]}” does not stand in data/quotations.yml as quoted from that source: enter it there, word for "
            f"word as its source has it, or quote what is there. {near}".strip()
        )
    return quoted_html(text, asked[1], quoted)


def quoted_html(text: str, source: str, quoted: QuotedList) -> str:
    """`text` with the letter of the work that it is quoted from."""
    return f'<span class="cited">{literal(text)}{quoted.mark(source)}</span>'


def _item(anchor: str, entry: _Quoted) -> str:
    marks = " ".join(
        f'<a href="#quoted-{letter}" aria-label="quoted from {letter}">{letter}</a>' for letter in entry.letters
    )
    return (
        f'<li id="{anchor}"><span class="working__year">{escape(entry.label)}</span> '
        f'<span class="working__value">{escape(entry.value)}</span> '
        f'<span class="working__sum">{entry.sum}</span> '
        f'<span class="working__source">{marks}</span></li>'
    )
