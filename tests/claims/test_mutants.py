"""Mutation testing of the published words: what is wrong by one digit, word or year must fail the check.

A sample here; `tests/bench.py` tries every mutant. What survives is listed in `survivors.md`, with the reason.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from claims.editing import Editing, survivors_of
from claims.mutants import mutants

from yearbook.archive import Archive
from yearbook.organisations import ENGLAND
from yearbook.releases import TOTAL
from yearbook.years import FinancialYear

SAMPLE = 0.08
"""The share of all mutants that the test tries: some hundreds, the same each time."""


@pytest.fixture(scope="module")
def editing(project: Path, archive: Archive) -> Editing:
    """The words of the repository."""
    return Editing(project, archive)


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
