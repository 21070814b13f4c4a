"""The board paper of an area on made archives: what it says, what it leaves out, and that its words are few enough."""

import re
from collections.abc import Callable

import pytest

from yearbook.archive import Archive
from yearbook.areas import Area, Areas
from yearbook.charts import build_area_charts
from yearbook.organisations import Organisation
from yearbook.pages.areas import render_area
from yearbook.pages.board import board_address, has_board_paper, render_board
from yearbook.pages.environment import PageEnvironment
from yearbook.pages.page import Page
from yearbook.peers import Comparisons
from yearbook.report import Report
from yearbook.wording import board_sentence, questions_for

Make = Callable[..., Comparisons]
Row = Callable[..., dict[str, object]]
HOSTILE = '<script>alert("x")</script> & {{ 7 * 7 }}'
MOST_WORDS = 950
"""Characters of the sentence and the questions of a paper that fit their sheet, tried in a browser."""


@pytest.fixture
def paper(environment: PageEnvironment) -> Callable[..., Page]:
    """The board paper of a CCG."""

    def make(comparisons: Comparisons, code: str) -> Page:
        area = area_of(comparisons, code)
        charts = {(chart.id, chart.year): chart for chart in build_area_charts(comparisons, area)}
        return render_board(comparisons, area, charts, environment)

    return make


def area_of(comparisons: Comparisons, code: str, org_type: str = "ccg") -> Area:
    area = comparisons.areas.of((org_type, code))
    assert area is not None
    return area


@pytest.fixture
def some(make_comparisons: Make, area_row: Row) -> Comparisons:
    """Two years of CCGs: one hostile, one small, one in doubt, one with a hidden count."""
    known = (Organisation("ccg", "A", name="NHS Alpha CCG"), Organisation("ccg", "X", name=HOSTILE))
    rows = [
        area_row("A", 60), area_row("X", 40), area_row("S", 80, 50), area_row("D", 20, referrals_received=900),
        area_row("H", 50, reliable_improvement="*", reliable_improvement_percent="*", referrals_received="*"),
    ]  # fmt: skip
    return make_comparisons({"2018-19": rows, "2019-20": [area_row("A", 55), *rows[1:]]}, *known)


def words_of(markup: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", markup).split())


def test_a_paper_tells_the_latest_year_in_one_sentence_with_its_interval(
    some: Comparisons, paper: Callable[..., Page]
) -> None:
    page = paper(some, "A")
    assert (page.address, page.layout, page.is_html) == ("areas/a-alpha/board-paper/", "board", True)
    assert page.title == "Board paper: NHS Alpha CCG, 2019-20"
    assert page.summary == (
        "Of referrals that finished a course of treatment and were at caseness at the start, 55% recovered in 2019-20 "
        "(95% interval 52 to 58%), which was 5 percentage points above England’s 50.0%, and the highest of 4 CCGs."
    )
    said = words_of(page.body)
    assert page.summary in said
    assert (
        "Recovery rate of referrals that finished a course of treatment and were at caseness at the start "
        "55% 52 to 58 50.0% Well above 1 of 4" in said
    )
    assert "Referrals received 3,000 Courses finished 1,100 37% 36.7% Recovered 550 18% 16.7%" in said
    assert "Recovery fell from 60% in 2018-19 to 55% in 2019-20" in said


def test_its_bars_are_as_long_as_its_shares(some: Comparisons, paper: Callable[..., Page]) -> None:
    assert re.findall(r'board__share" d="M2 1h([\d.]+)', paper(some, "A").body) == ["100.0", "36.7", "18.3"]


def test_its_numbers_lead_to_the_workings_of_the_page_of_the_area(
    some: Comparisons, paper: Callable[..., Page], environment: PageEnvironment
) -> None:
    page, area = paper(some, "A"), area_of(some, "A")
    whole = render_area(some, area, {}, environment).body
    anchors = re.findall(r'href="\.\./#([^"]+)"', page.body)
    assert len(anchors) > 5
    assert 'href="#' not in page.body
    assert [anchor for anchor in anchors if f'id="{anchor}"' not in whole] == []
    assert 'href="board-paper/">Board paper: one page to print</a>' in whole


def test_a_row_in_doubt_has_no_place_no_bars_and_a_reason(some: Comparisons, paper: Callable[..., Page]) -> None:
    page = paper(some, "D")
    assert "But the row is in doubt" in page.summary
    assert " of 4 CCGs" not in page.summary
    assert "board__share" not in page.body
    assert "The row is in doubt, for the reason above." in words_of(page.body)


def test_what_is_hidden_keeps_its_mark_and_no_sentence_speaks_of_it(
    some: Comparisons, paper: Callable[..., Page]
) -> None:
    said = words_of(paper(some, "H").body)
    assert "Referrals received [c]" in said
    assert "Reliable improvement rate of referrals that finished a course of treatment [c]" in said
    assert "For every hundred referrals received" not in said
    assert not re.search(r"\b(?:nan|None|inf)\b", said)


def test_an_area_too_small_to_rank_has_no_paper_and_no_link_to_one(
    some: Comparisons, environment: PageEnvironment
) -> None:
    area = area_of(some, "S")
    assert not has_board_paper(some, area)
    assert "board-paper" not in render_area(some, area, {}, environment).body
    assert has_board_paper(some, area_of(some, "D"))


def test_a_hostile_name_stays_text(some: Comparisons, paper: Callable[..., Page]) -> None:
    page = paper(some, "X")
    assert "<script" not in page.body
    assert "&lt;script&gt;alert(" in page.body
    assert board_address(area_of(some, "X")) == page.address


def test_the_words_of_every_real_paper_are_few_enough_for_its_sheet(archive: Archive) -> None:
    comparisons = Comparisons(Report(archive), Areas(archive))
    long = {}
    for area in comparisons.areas.all:
        if has_board_paper(comparisons, area):
            year = area.years[-1]
            asked = questions_for(comparisons, area, year).values()
            long[area.slug] = 2 * len(area.name) + len(board_sentence(comparisons, area, year)) + sum(map(len, asked))
    assert len(long) > 400
    assert {slug: size for slug, size in long.items() if size > MOST_WORDS} == {}
