"""Mutation testing of the published words: what is wrong by one digit, word or year must fail the check.

A sample here; `tests/bench.py` tries every mutant. What survives is listed in `survivors.md`, with the reason.
"""

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from claims.mutants import Mutant, mutants

from yearbook.archive import Archive
from yearbook.areas import Areas
from yearbook.claims import find_faults
from yearbook.organisations import ENGLAND
from yearbook.pages.commentary import Commentary, mark_commentary, read_commentary
from yearbook.pages.editors import EditorsHelpers
from yearbook.pages.text import plain_text
from yearbook.peers import Comparisons
from yearbook.releases import TOTAL
from yearbook.report import Report
from yearbook.tables import study_tables
from yearbook.years import FinancialYear

SAMPLE = 0.08
"""The share of all mutants that the test tries: some hundreds, the same each time."""

NEAR = 2
"""A sentence is told of where its quantity stands, which can be a line or two from the words that were changed."""


class Editing:
    """The words of the project, and what is wrong with any of them."""

    def __init__(self, project: Path, archive: Archive) -> None:
        self._report = Report(archive)
        self._comparisons = Comparisons(self._report, Areas(archive))
        folder = project / "content"
        files = sorted([*folder.glob("reports/*.md"), *folder.glob("posts/*.md"), *folder.glob("methods/*.md")])
        self.pages = [read_commentary(path, path.relative_to(project).as_posix()) for path in files]

    def helpers(self, page: Commentary) -> EditorsHelpers:
        """The helpers of a page, for which a chart or a table is an empty line."""
        found = re.fullmatch(r"content/reports/(\d{4}-\d\d)\.md", page.file)
        year = FinancialYear.parse(found[1]) if found else page.year
        helpers = EditorsHelpers(
            self._report, year, "x/", page.file, {}, study_tables(self._report), comparisons=self._comparisons
        )
        helpers.chart = lambda name: "\n\n"  # type: ignore[method-assign]
        helpers.table = lambda name: "\n\n"  # type: ignore[method-assign]
        return helpers

    def problems(self, page: Commentary) -> Counter[tuple[int, str]]:
        """What is wrong with the page: the line and the words of each problem."""
        helpers = self.helpers(page)
        marked = mark_commentary(page, helpers)
        faults = (fault.problem for text in marked.texts for fault in find_faults(text, page.file, helpers.ledger))
        return Counter((problem.line, problem.what) for problem in (*marked.problems, *faults))

    def printed(self, page: Commentary) -> Callable[[str, int], str]:
        """What an expression of the page prints."""

        def text_of(expression: str, line: int) -> str:
            helpers = self.helpers(page)
            alone = mark_commentary(replace(page, title="", standfirst="", body=expression), helpers)
            return plain_text(alone.body.text)

        return text_of


@pytest.fixture(scope="module")
def editing(project: Path, archive: Archive) -> Editing:
    """The words of the repository."""
    return Editing(project, archive)


def survivors_of(editing: Editing, share: float) -> tuple[list[tuple[str, Mutant]], int]:
    """The mutants, each with its file, that the check does not notice, and how many were tried."""
    chosen, tried, survived = random.Random(2019), 0, []  # noqa: S311 - the same sample each time
    for page in editing.pages:
        before = editing.problems(page)
        for mutant in mutants(page.body, editing.printed(page)):
            if chosen.random() >= share:
                continue
            tried += 1
            new = editing.problems(replace(page, body=mutant.text)) - before
            if not any(abs(line - mutant.line) <= NEAR for line, _ in new):
                survived.append((page.file, mutant))
    return survived, tried


def test_what_is_published_has_no_problem(editing: Editing) -> None:
    assert {page.file: editing.problems(page) for page in editing.pages if editing.problems(page)} == {}


def test_a_small_falsehood_fails_the_check_on_its_line(editing: Editing) -> None:
    survived, tried = survivors_of(editing, SAMPLE)
    told = "\n".join(f"{file}:{one.line} {one.kind}: {one.before!r} -> {one.after!r}" for file, one in survived)
    assert tried > 100
    assert len(survived) <= 0.05 * tried, f"{len(survived)} of {tried} mutants survive:\n{told}"


def _kinds() -> Iterator[str]:
    yield from ("digit in claim", "digit in cited", "phrase", "typed over", "base", "year")


@pytest.mark.parametrize("kind", list(_kinds()))
def test_each_kind_of_falsehood_is_made(editing: Editing, kind: str) -> None:
    made = (mutant for page in editing.pages for mutant in mutants(page.body, lambda expression, line: "1"))
    expected = any(mutant.kind == kind for mutant in made)
    held = any("claim(" in page.body for page in editing.pages)
    assert expected or (kind == "digit in claim" and not held)


def _with_figure(archive: Archive, year: str, measure: str, value: str) -> Archive:
    """The archive with one figure of England's changed."""
    asked = FinancialYear.parse(year)
    release = archive.releases[asked]
    rows = release.rows.copy()
    england = (rows["org_type"] == ENGLAND.org_type) & (rows["breakdown"] == TOTAL.breakdown)
    assert england.sum() == 1
    rows.loc[england, measure] = value
    return replace(archive, releases={**archive.releases, asked: replace(release, rows=rows)})


def test_a_changed_figure_fails_the_sentences_it_falsifies_and_no_other(project: Path, archive: Archive) -> None:
    # 10,000 more recoveries in 2021-22: a rate of 51.8% where it was 50.2%.
    changed = Editing(project, _with_figure(archive, "2021-22", "recovery", "323919"))
    problems = [(page.file, what) for page in changed.pages for _, what in changed.problems(page)]
    failing = {(file.rpartition("/")[2], what.split(chr(34))[1]) for file, what in problems}
    assert failing == {
        ("2020-21.md", "fell to"),  # what was to come: the rate rose in the next year
        ("2021-22.md", "fell to"),
        ("2021-22.md", "fell"),
        ("2022-23.md", "more than ever"),  # recoveries, fewer now than the year before
        ("2022-23.md", "flat"),
        ("2022-23.md", "the highest of the series"),
        ("words-that-hold.md", "the lowest for five years"),
    }


def test_a_figure_that_no_sentence_rests_on_fails_none(project: Path, archive: Archive) -> None:
    release = archive.releases[FinancialYear(2021)]
    was = release.figure("reliable_deterioration", ENGLAND.key, TOTAL).exact
    changed = Editing(project, _with_figure(archive, "2021-22", "reliable_deterioration", str(int(was) + 1)))
    assert {page.file: changed.problems(page) for page in changed.pages if changed.problems(page)} == {}
