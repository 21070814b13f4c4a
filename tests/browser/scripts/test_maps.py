"""Reading a map, by keyboard and by pointing."""

import gzip
import re

import pytest
from browser.scripts.small_site import COLUMNS, FOCUSED, THEME, Open, tab_to
from playwright.sync_api import Page


def walk(page: Page, *keys: str) -> list[str]:
    """Press the keys; gives the hexagon after each."""
    found = []
    for key in keys:
        page.keyboard.press(key)
        found.append(page.evaluate(FOCUSED).split(",")[0].removeprefix("Recovery "))
    return found


@pytest.mark.parametrize("width", [1280, 390])
def test_the_arrow_keys_walk_from_neighbour_to_neighbour(width: int, visit: Open) -> None:
    page = visit("standings/", width).page
    tab_to(page, ".hex")
    assert walk(page, "ArrowRight", "ArrowRight", "ArrowLeft") == ["01", "02", "01"]
    assert walk(page, "ArrowUp") == ["01"], "there is nothing above the first row"
    down = walk(page, "ArrowDown", "ArrowDown", "ArrowDown")
    assert down[1] == "21", "every other row stands half a hexagon aside"
    assert walk(page, "ArrowUp", "ArrowUp", "ArrowUp") == [*reversed(down[:2]), "01"]
    assert walk(page, "End", "Home") == ["34", "00"]
    for column_ in range(1, COLUMNS):
        assert walk(page, "ArrowRight") == [f"0{column_}"]
        path = [f"0{column_}", *walk(page, "ArrowDown", "ArrowDown", "ArrowDown")]
        assert path[2] == f"2{column_}", "two rows down stands the hexagon straight below"
        assert [path[-1], *walk(page, "ArrowUp", "ArrowUp", "ArrowUp")] == path[::-1]
    walk(page, "Home")
    assert walk(page, "ArrowLeft") == ["00"]


def test_a_map_is_one_stop_and_a_hexagon_is_read_out_and_shown_in_the_legend(visit: Open) -> None:
    page = visit("standings/").page
    readout = page.locator(".hexmap__readout")
    assert readout.inner_text() == "Point at a hexagon."
    tab_to(page, ".hex")
    walk(page, "ArrowRight", "ArrowRight")
    assert readout.inner_text() == "Recovery 02, band 2"
    assert readout.get_attribute("aria-live") == "off", "the link is read out already"
    assert page.locator(".hexmap__legend [data-current]:visible").all_inner_texts()[0].startswith("Band 2")
    assert page.locator(".hexmap__ring").count() == 1
    page.keyboard.press("Tab")
    assert page.evaluate("!document.activeElement.matches('.hex')")
    assert readout.inner_text() == "Point at a hexagon."
    assert page.locator(".hexmap__ring, [data-current]").count() == 0
    page.keyboard.press("Shift+Tab")
    assert page.evaluate(FOCUSED) == "Recovery 02, band 2", "the map remembers where the reader was"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/areas/1[12]/$"))


def test_what_a_chart_takes_before_a_reader_turns_to_it_is_next_to_nothing() -> None:
    weight = len(gzip.compress((THEME / "js" / "charts.js").read_bytes(), 9, mtime=0))
    assert weight < 1_200


def test_pointing_at_a_hexagon_says_what_it_is(visit: Open) -> None:
    page = visit("standings/").page
    page.locator(".hex:visible").nth(7).hover()
    assert page.locator(".hexmap__readout").inner_text() == "Recovery 12, band 1"
    page.locator("h1").hover()
    assert page.locator(".hexmap__readout").inner_text() == "Point at a hexagon."


@pytest.mark.parametrize("scripts", [True, False])
def test_the_map_is_switched_by_keyboard_without_a_script(scripts: bool, visit: Open) -> None:
    page = visit("standings/", scripts=scripts).page
    assert [view.is_visible() for view in page.locator(".hexmap__view").all()] == [True, False]
    tab_to(page, "[name=shown]")
    page.keyboard.press("ArrowRight")
    assert [view.is_visible() for view in page.locator(".hexmap__view").all()] == [False, True]
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED) == "Waits 00, band 0"
