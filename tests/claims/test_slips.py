"""The checks of commentary, against the slips that they must catch and the paragraphs that they must let pass."""

from collections.abc import Callable

import pytest
from claims.fixtures import Paragraph, Slip, mended, read_slips, read_sound
from claims.labelled import labelled_claims, measure, read_ordinary

from yearbook.areas import Areas
from yearbook.claims import find_faults, find_quantities
from yearbook.errors import Problem
from yearbook.pages.commentary import Commentary, mark_commentary
from yearbook.pages.editors import EditorsHelpers
from yearbook.peers import Comparisons
from yearbook.report import Report
from yearbook.years import FinancialYear

FILE = "content/posts/paragraph.md"
SLIPS = read_slips()
SOUND = [*read_sound(), *map(mended, SLIPS)]

Check = Callable[[str, str], list[Problem]]


@pytest.fixture(scope="module")
def check(report: Report) -> Check:
    """The problems of a paragraph on the page of a year."""
    comparisons = Comparisons(report, Areas(report.archive))

    def problems(text: str, year: str) -> list[Problem]:
        asked = FinancialYear.parse(year)
        helpers = EditorsHelpers(report, asked, "posts/paragraph/", FILE, {}, {}, comparisons=comparisons)
        marked = mark_commentary(Commentary(FILE, {}, "", "", text), helpers)
        found = [fault.problem for part in marked.texts for fault in find_faults(part, FILE, helpers.ledger)]
        return [*marked.problems, *found]

    return problems


@pytest.mark.parametrize("slip", SLIPS, ids=[slip.id for slip in SLIPS])
def test_a_slip_is_caught_where_it_is_with_a_message_that_teaches(check: Check, slip: Slip) -> None:
    problems = check(slip.text, slip.year)
    told = " ".join(f"{problem.what} {problem.fix}" for problem in problems)
    assert {problem.line for problem in problems} == set(slip.lines), told
    assert [words for words in slip.expect if words not in told] == [], told


@pytest.mark.parametrize("paragraph", SOUND, ids=[paragraph.id for paragraph in SOUND])
def test_a_sound_paragraph_passes(check: Check, paragraph: Paragraph) -> None:
    assert check(paragraph.text, paragraph.year) == []


def test_the_detector_finds_the_claims_of_the_posts_and_leaves_ordinary_prose_alone() -> None:
    found = measure(
        lambda text: [(one.start, one.end) for one in find_quantities(text)], labelled_claims(), read_ordinary()
    )
    assert found.recall >= 0.95, str(found)
    assert found.false_alarm_rate < 0.05, str(found)
