"""The pages on paper: PDFs printed by a real Chromium from the real site, read again with pypdf."""

import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import pytest
from pypdf import PdfReader

from yearbook.archive import Archive
from yearbook.areas import Areas
from yearbook.pages.board import board_address, has_board_paper
from yearbook.peers import Comparisons
from yearbook.report import Report
from yearbook.wording import board_sentence, questions_for

A4 = (595, 842)
"""Points."""

REPORT, AREA = "reports/2019-20/", "areas/09d-brighton-and-hove/"
PAPER = "areas/09d-brighton-and-hove/board-paper/"
SHEETS = {
    "": 8,
    REPORT: 30,
    AREA: 9,
    "posts/the-postcode-lottery-five-years-on/": 8,
    "trends/recovery-rate/": 8,
    "methods/": 3,
}
"""Pages of each kind, with the most sheets that it may take."""

Open = Callable[..., "Visit"]  # noqa: F821 - of conftest


@dataclass(frozen=True)
class Printed:
    """A document: the size of each sheet in points, its words, and the places within it that links lead to."""

    sizes: tuple[tuple[int, int], ...]
    sheets: tuple[str, ...]
    places: frozenset[str]

    @property
    def words(self) -> str:
        return " ".join(self.sheets)


Print = Callable[[str], Printed]


@pytest.fixture(scope="module")
def printed(chromium, serve) -> Print:  # type: ignore[no-untyped-def]
    """The PDF of a page, printed once."""

    @cache
    def pdf(address: str) -> Printed:
        page = chromium.new_page()
        page.goto(serve("/") + address)
        made = page.pdf(prefer_css_page_size=True)
        page.close()
        reader = PdfReader(io.BytesIO(made))
        sizes = tuple((round(float(sheet.mediabox[2])), round(float(sheet.mediabox[3]))) for sheet in reader.pages)
        sheets = tuple(" ".join(sheet.extract_text().split()) for sheet in reader.pages)
        return Printed(sizes, sheets, frozenset(name.removeprefix("/") for name in reader.named_destinations))

    return pdf


@pytest.mark.parametrize("address", SHEETS)
def test_a_page_prints_on_a_few_sheets_of_a4_and_none_is_blank(address: str, printed: Print) -> None:
    found = printed(address)
    assert len(found.sheets) <= SHEETS[address]
    assert set(found.sizes) == {A4}
    for number, sheet in enumerate(found.sheets, start=1):
        words = sheet.split()
        assert len(words) > 40, f"sheet {number} has {words}"
        assert str(number) in words


@pytest.mark.parametrize(
    ("address", "title"), [(REPORT, "More referrals, and more of them gone early"), (AREA, "NHS Brighton and Hove CCG")]
)
def test_every_sheet_after_the_first_is_headed_by_the_site_and_the_page(
    address: str, title: str, printed: Print
) -> None:
    first, *others = printed(address).sheets
    assert others
    for words in others:
        assert "The Talking Therapies Yearbook" in words
        assert title in words
    assert first.count("The Talking Therapies Yearbook") == 1


def test_what_works_only_on_a_screen_is_not_printed(printed: Print) -> None:
    words = printed("compare/").words + printed(REPORT).words
    for gone in (
        "Skip to the content",
        "Show only names with",
        "Copy the address",
        "Link to this chart",
        "In this report",
    ):
        assert gone not in words
    assert "CSV" not in printed(REPORT).words


def test_a_number_in_a_report_leads_by_its_note_to_its_working(printed: Print) -> None:
    words = printed(REPORT).words
    (note,) = set(re.findall(r"recovery rate was 51\.1% ?(\d+)", words))
    assert re.search(
        rf"\b{note} ?Recovery rate, 2019-20: 51\.1% 291,371 ÷ \(606,192 − 36,054\) × 100 = 51\.10535%", words
    )
    numbers = [
        int(found)
        for found in re.findall(
            r"(?:^| )(\d{1,3}) (?:[A-Z][a-z]+[^.:]{0,60}), 20\d\d-\d\d", words.partition(" Workings ")[2]
        )
    ]
    assert numbers == sorted(numbers)
    assert len(numbers) > 100
    assert "w-recovery-rate-2019-20" in printed(REPORT).places


def test_a_note_is_shown_on_paper_alone(visit: Open) -> None:
    page = visit(REPORT).page
    shown = "getComputedStyle(document.querySelector('a.n[data-note]'), '::after').content"
    assert page.evaluate(shown) == "none"
    page.emulate_media(media="print")
    assert page.evaluate(shown) == '"1"'
    assert not page.locator(".workings .working__self").first.is_visible()


def test_the_table_of_a_chart_is_printed_if_the_reader_opened_it(visit: Open) -> None:
    page = visit(REPORT).page
    page.emulate_media(media="print")
    first, second = page.locator("details.chart__data").all()[:2]
    assert not first.is_visible()
    page.emulate_media(media="screen")
    first.locator("summary").click()
    page.emulate_media(media="print")
    assert first.locator("table").is_visible()
    assert not second.is_visible()


def test_a_dark_screen_prints_on_white(visit: Open) -> None:
    page = visit(REPORT, scheme="dark").page
    page.emulate_media(media="print", color_scheme="dark")
    colours = page.evaluate("(style => [style.backgroundColor, style.color])(getComputedStyle(document.body))")
    assert colours == ["rgb(255, 255, 255)", "rgb(0, 0, 0)"]


def test_the_fullest_board_papers_take_one_sheet_each(archive: Archive, printed: Print) -> None:
    comparisons = Comparisons(Report(archive), Areas(archive))

    def words(area) -> int:  # type: ignore[no-untyped-def]
        year = area.years[-1]
        asked = questions_for(comparisons, area, year).values()
        return 2 * len(area.name) + len(board_sentence(comparisons, area, year)) + sum(map(len, asked))

    papers = sorted((area for area in comparisons.areas.all if has_board_paper(comparisons, area)), key=words)
    for area in [*papers[-6:], papers[0]]:
        found = printed(board_address(area))
        assert len(found.sheets) == 1, area.slug
        said = found.words
        assert "What to ask" in said, area.slug
        assert "Open Government Licence" in said, area.slug
    assert "46% recovered in 2021-22 (95% interval 44 to 47%)" in printed(PAPER).words
