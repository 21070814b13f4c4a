"""What a new year does to the words of other pages: sentences that it makes false, and sentences that it dates.

A dated report speaks of its own year, and what it says of that stays true; it goes stale where it speaks of every year or
of the last. A page about no one year goes stale in more ways.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from yearbook.errors import CommentaryError
from yearbook.organisations import ENGLAND
from yearbook.pages.commentary import Commentary, mark_commentary, read_commentary
from yearbook.pages.editors import EditorsHelpers
from yearbook.pages.stale.dated import dated_words
from yearbook.pages.stale.records import broken_record
from yearbook.pages.stale.sentences import read_sentences
from yearbook.peers import Comparisons
from yearbook.years import FinancialYear

__all__ = ["Stale", "find_stale", "list_stale"]

FALSE, DATED = "false", "dated"


@dataclass(frozen=True, slots=True)
class Stale:
    """A sentence that a new year makes `false` or has `dated`: where it stands, its words, and why."""

    file: str
    line: int
    words: str
    why: str
    verdict: str

    def __str__(self) -> str:
        told = [f"{self.file}, line {self.line}"]
        told += [f"  “{self.words}”"] if self.words else []
        return "\n".join([*told, f"  {self.why}"])


class _Tried(EditorsHelpers):
    """The helpers of a page that is only tried: its charts and tables are not made."""

    def chart(self, name: str) -> str:
        """Nothing."""
        return ""

    def table(self, name: str) -> str:
        """Nothing."""
        return ""


def find_stale(comparisons: Comparisons, content: Path, year: FinancialYear) -> list[Stale]:
    """What `year` makes false or dates on every page of `content` but its own, the false first, in the order of files.

    Files that cannot be read are left to `yearbook check`.
    """
    found: list[Stale] = []
    for path in sorted(content.glob("*/*.md")):
        file = f"{content.name}/{path.relative_to(content).as_posix()}"
        try:
            commentary = read_commentary(path, file)
        except CommentaryError:
            continue
        report_year = _year_of_report(path)
        own = report_year or commentary.year
        if own != year:
            found += _of_page(comparisons, path, commentary, own, report_year is None, year)
    return sorted(found, key=lambda one: (one.verdict == DATED, one.file, one.line))


def _year_of_report(path: Path) -> FinancialYear | None:
    if path.parent.name != "reports":
        return None
    try:
        return FinancialYear.parse(path.stem)
    except ValueError:
        return None


def _of_page(
    comparisons: Comparisons, path: Path, commentary: Commentary, own: FinancialYear | None, undated: bool,
    year: FinancialYear,
) -> Iterator[Stale]:  # fmt: skip
    file = commentary.file
    yield from _that_fail(comparisons, commentary, own)
    if undated and own is not None and own < year:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
        line = next((number for number, text in enumerate(lines, start=1) if text.startswith("year:")), 1)
        yield Stale(
            file, line, "", f"The page speaks of {own}; read it again, and move it on to {year} if it holds.", DATED
        )
    for sentence in read_sentences(path.read_text(encoding="utf-8-sig")):
        if broken := broken_record(sentence, comparisons, own, year):
            yield Stale(file, sentence.line, sentence.shown, f"“{broken.words}” is not so: {broken.why}", FALSE)
        elif words := dated_words(sentence, undated, year):
            yield Stale(file, sentence.line, sentence.shown, f"Read “{words}” again.", DATED)


def _that_fail(comparisons: Comparisons, commentary: Commentary, own: FinancialYear | None) -> Iterator[Stale]:
    """The expressions of a page that no longer hold."""
    if own is not None and own not in comparisons.report.years:
        return
    helpers = _Tried(comparisons.report, own, "stale/", commentary.file, {}, {}, ENGLAND, comparisons)
    for problem in mark_commentary(commentary, helpers).problems:
        yield Stale(problem.file, problem.line, "", problem.what, FALSE)


def list_stale(found: Iterable[Stale], year: FinancialYear) -> str:
    """The list as it is printed: what is false, what is dated, and how many of each."""
    false = [one for one in found if one.verdict == FALSE]
    dated = [one for one in found if one.verdict == DATED]
    told = []
    if false:
        told += [f"Made false by {year}:", *map(str, false)]
    if dated:
        told += [f"Dated by {year}, to be read again:", *map(str, dated)]
    if not told:
        return f"No sentence on another page is made false or dated by {year}."
    return "\n\n".join([*told, f"{len(false)} false, {len(dated)} dated."])
