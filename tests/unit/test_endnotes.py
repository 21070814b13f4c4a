"""The numbers of notes on paper: on each live number that is printed, and on the line of the workings it leads to."""

import re
from pathlib import Path

import pytest

from yearbook.pages.endnotes import number_notes
from yearbook.pages.frame import read_frame
from yearbook.pages.page import Page
from yearbook.settings import Settings

THEME = Path(__file__).resolve().parents[2] / "templates" / "theme"

BODY = """<p><a class="n" href="#w-b">2</a> of <a class="n" href="#w-a">1</a>, or <a class="n" href="#w-b">2</a>
<a class="behind" href="#w-chart-x" aria-label="Workings of this chart">Workings</a>
<a class="n" href="#elsewhere">9</a></p>
<details class="chart__data"><summary>Figures</summary><a class="n" href="#w-folded">3</a></details>
<p><a href="#w-a">a link that is no number</a></p>
<section class="workings" id="workings">
<div class="working-group"><h3>Rates &amp; counts</h3>
<ol>
<li id="w-a"><span>1</span></li>
<li id="w-b"><span>2</span></li>
<li id="w-folded"><span>3</span></li>
<li id="w-told"><span>4</span></li>
</ol></div>
<div class="working-group"><h3>Charts</h3>
<ol>
<li id="w-chart-x"><a class="n" href="#w-told">4</a>, <a class="n" href="#w-a">1</a></li>
</ol></div>
</section>"""


@pytest.fixture
def numbered() -> str:
    return number_notes(BODY)


def lines(body: str) -> dict[str, tuple[int, str]]:
    """The number of each line that has one, and what it says it is of."""
    found = re.findall(r'<li id="([^"]+)" data-note="(\d+)" data-of="([^"]*)"', body)
    return {anchor: (int(number), of) for anchor, number, of in found}


def test_notes_are_numbered_in_the_order_in_which_they_are_called_for(numbered: str) -> None:
    assert lines(numbered) == {
        "w-b": (1, "Rates &amp; counts"),
        "w-a": (2, "Rates &amp; counts"),
        "w-chart-x": (3, "Charts"),
        "w-told": (4, "Rates &amp; counts"),
    }


def test_a_number_that_is_shown_again_keeps_its_note(numbered: str) -> None:
    assert numbered.count('href="#w-b" data-note="1"') == 2
    assert numbered.count('href="#w-a" data-note="2"') == 2


def test_what_is_folded_away_calls_for_no_note(numbered: str) -> None:
    assert '<a class="n" href="#w-folded">3</a>' in numbered
    assert '<li id="w-folded"><span>' in numbered


def test_a_link_that_leads_to_no_line_and_one_that_is_no_number_have_no_note(numbered: str) -> None:
    assert '<a class="n" href="#elsewhere">9</a>' in numbered
    assert '<a href="#w-a">a link' in numbered


def test_nothing_but_the_numbers_is_added(numbered: str) -> None:
    assert re.sub(r' data-(?:note|of)="[^"]*"', "", numbered) == BODY
    assert number_notes("<p>No workings.</p>") == "<p>No workings.</p>"


@pytest.mark.parametrize("is_html", [True, False])
def test_a_page_is_printed_with_its_notes(is_html: bool, numbered: str) -> None:
    page = Page("posts/one.md", "One", "post", BODY, is_html=is_html)
    printed = read_frame(THEME, Settings("A")).render(page) if is_html else page.to_markdown()
    assert numbered in printed.decode()
