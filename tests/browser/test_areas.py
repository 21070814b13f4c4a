"""The real areas in a real browser: found, read off the map, sorted and compared, by keyboard and without scripts."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

Open = Callable[..., Any]  # gives a Visit: see conftest

BRIGHTON, STOKE, SUSSEX = "areas/09d-brighton-and-hove/", "areas/05w-stoke-on-trent/", "areas/qnx-sussex/"
ICBS = "areas/icb-2023-24/"
DATA = Path(__file__).resolve().parents[2] / "data"
needs_councils = pytest.mark.skipif(
    not (DATA / "councils.csv").exists(), reason="data/councils.csv is not there, so no area is known by its councils"
)
needs_hexagons = pytest.mark.skipif(
    not (DATA / "hexagons.csv").exists(), reason="data/hexagons.csv is not there, so there are no maps"
)
LABEL = "document.activeElement.getAttribute('aria-label')"
SIDEWAYS = "document.documentElement.scrollWidth - window.innerWidth"


def tab_to(page: Page, selector: str, within: int = 60) -> None:
    """Press Tab until the focus is there, as somebody without a mouse would."""
    for _ in range(within):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"the Tab key does not reach {selector}")


def column(page: Page, number: int) -> list[str]:
    """The cells of a column of the table of all, as they stand."""
    return page.locator(f"#table-all tbody tr > :nth-child({number + 1})").all_inner_texts()


@needs_councils
def test_an_area_is_found_by_its_council_with_the_keyboard_alone(visit: Open) -> None:
    found = visit("areas/")
    page = found.page
    tab_to(page, "#find")
    page.keyboard.type("lewes")
    options = page.get_by_role("listbox").get_by_role("option")
    expect(options.first).to_be_visible()
    expect(options.filter(has_text="Council area: Lewes").first).to_be_visible()
    names = options.all_inner_texts()
    sussex = next(at for at, words in enumerate(names) if "NHS Sussex ICB" in words)
    for _ in range(sussex + 1):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{found.home}{SUSSEX}")
    assert page.locator("h1").inner_text() == "NHS Sussex ICB"
    assert found.said == []


@pytest.mark.parametrize(
    ("typed", "address"), [("09d", BRIGHTON), ("brighton and hove", BRIGHTON), ("stoke on trent", STOKE)]
)
def test_an_area_is_found_by_code_and_by_name(typed: str, address: str, visit: Open) -> None:
    found = visit("areas/")
    page = found.page
    page.locator("#find").press_sequentially(typed)
    options = page.get_by_role("listbox").get_by_role("option")
    expect(options.first).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url(f"{found.home}{address}")


@needs_hexagons
@pytest.mark.parametrize("width", [1280, 390])
def test_the_map_is_read_with_the_keyboard(width: int, visit: Open) -> None:
    page = visit(ICBS, width).page
    readout = page.locator(".hexmap__readout")
    tab_to(page, ".hex")
    read = [page.evaluate(LABEL)]
    for key in ("ArrowDown", "ArrowDown", "ArrowDown"):
        page.keyboard.press(key)
        read.append(page.evaluate(LABEL))
        assert readout.inner_text() == read[-1]
    assert len(set(read)) >= 3, "the arrow keys go from area to area"
    for words in read:
        assert re.fullmatch(r"NHS .+: \d+%, 95% interval \d+ to \d+, rank \d+ of 42", words), words
    name = read[-1].partition(":")[0]
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(name)


@needs_hexagons
def test_the_map_shows_another_rate_when_it_is_asked(visit: Open) -> None:
    page = visit(ICBS).page
    views = page.locator(".hexmap__view")
    assert [view.is_visible() for view in views.all()] == [True, False, False]
    tab_to(page, ".hexmap__switch input")
    page.keyboard.press("ArrowRight")
    assert [view.is_visible() for view in views.all()] == [False, True, False]
    assert views.nth(1).locator(".hex").count() == 42


def test_the_table_is_sorted_with_the_keyboard_and_england_stays(visit: Open) -> None:
    page = visit(ICBS).page
    headings = page.locator("#table-all thead th").all_inner_texts()
    number = next(at for at, words in enumerate(headings) if words.startswith("Recovery rate"))
    button = page.locator("#table-all thead th").nth(number).get_by_role("button")
    button.focus()
    page.keyboard.press("Enter")
    cells = column(page, number)
    assert column(page, 0)[0] == "England"
    rates = [int(cell.rstrip("%")) for cell in cells[1:] if cell.endswith("%")]
    assert len(rates) >= 42
    assert rates == sorted(rates, reverse=True)
    page.keyboard.press("Enter")
    again = [int(cell.rstrip("%")) for cell in column(page, number)[1:] if cell.endswith("%")]
    assert again == sorted(rates)
    assert page.locator("#table-all thead th").nth(number).get_attribute("aria-sort") == "ascending"


def test_three_areas_are_compared_and_the_address_brings_them_back(visit: Open) -> None:
    found = visit("compare/?year=2020-21")
    page = found.page
    chosen = page.locator(".compare__areas span")
    for at, (typed, name) in enumerate(
        [("09d", "NHS Brighton and Hove CCG"), ("05w", "NHS Stoke on Trent CCG"), ("12f", "NHS Wirral CCG")]
    ):
        page.locator("#compare-add").focus()
        page.keyboard.type(typed)
        expect(page.get_by_role("option").first).to_be_visible()
        page.keyboard.press("Enter")
        expect(chosen).to_have_count(at + 1)
        expect(chosen.nth(at)).to_have_text(name)
    heading = page.locator(".comparison h2")
    expect(heading).to_contain_text("Stoke on Trent")
    said, address = heading.inner_text(), page.url
    assert address == f"{found.home}compare/?a=09D&b=05W&c=12F&year=2020-21"
    table = page.locator(".comparison table").first.inner_text()
    assert "64%" in table
    assert "34%" in table
    page.reload()
    expect(chosen).to_have_count(3)
    expect(heading).to_have_text(said)
    assert page.locator(".comparison table").first.inner_text() == table
    assert found.said == []
    assert found.refused == []


def test_without_scripts_an_area_is_found_in_the_list(visit: Open) -> None:
    page = visit("areas/", scripts=False).page
    assert not page.locator("form.finder").is_visible()
    page.get_by_role("link", name="A to Z").click()
    page.locator("#a-to-z").get_by_role("link", name="NHS Brighton and Hove CCG", exact=True).click()
    assert page.locator("h1").inner_text() == "NHS Brighton and Hove CCG"


@needs_councils
def test_without_scripts_an_area_is_found_by_its_council(visit: Open) -> None:
    page = visit("areas/", scripts=False).page
    council = page.locator("#by-council li").filter(has=page.get_by_text("Lewes", exact=True))
    council.get_by_role("link", name="NHS Sussex ICB").click()
    assert page.locator("h1").inner_text() == "NHS Sussex ICB"


@needs_hexagons
def test_without_scripts_every_hexagon_is_a_stop_that_leads_somewhere(visit: Open) -> None:
    page = visit(ICBS, scripts=False).page
    tab_to(page, ".hexmap__switch input")
    page.keyboard.press("ArrowRight")
    assert [view.is_visible() for view in page.locator(".hexmap__view").all()] == [False, True, False]
    page.keyboard.press("Tab")
    first = page.evaluate(LABEL)
    page.keyboard.press("Tab")
    second = page.evaluate(LABEL)
    assert first != second
    page.keyboard.press("Enter")
    page.wait_for_load_state()
    assert page.locator("h1").inner_text() == second.partition(":")[0]


def test_without_scripts_the_table_and_the_prebuilt_pairs_are_there(visit: Open) -> None:
    page = visit(ICBS, scripts=False).page
    assert len(column(page, 0)) >= 43
    assert page.locator("#table-all button").count() == 0
    page = visit("compare/", scripts=False).page
    assert not page.locator("form.compare").is_visible()
    pair = page.locator("#pair-ccg-2020-21")
    assert "almost double" in pair.inner_text()
    pair.locator("summary").focus()
    page.keyboard.press("Enter")
    rows = pair.locator("tbody tr").all_inner_texts()
    assert any("64%" in row and "34%" in row for row in rows)


@pytest.mark.parametrize("address", [BRIGHTON, ICBS])
def test_a_page_of_areas_prints_on_paper(address: str, visit: Open) -> None:
    page = visit(address).page
    page.emulate_media(media="print")
    assert page.locator("h1").is_visible()
    assert not page.locator(".site-nav").is_visible()
    assert page.evaluate(SIDEWAYS) <= 0
