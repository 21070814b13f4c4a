"""What holds of every page with a script."""

import gzip
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from browser.scripts.small_site import FOCUSED, MOST_BYTES, ROWS, Open, column, find, tab_to
from playwright.sync_api import Page

SHOWN = {
    "finder": "",
    "areas": "areas/",
    "standings": "standings/",
    "two compared": "compare/?a=09D&b=05W&year=2020-21",
    "many compared": "compare/?a=09D&b=QNX&c=97R&d=99Z&e=ZZZ&year=2020-21",
}
every_page = pytest.mark.parametrize("address", SHOWN.values(), ids=SHOWN.keys())


def at_work(visit: Open, address: str, **named: Any) -> Page:
    """The page with its parts in use: a list open, a table sorted, a hexagon in focus."""
    page: Page = visit(address, **named).page
    if address.startswith("compare"):
        page.locator(".comparison table").wait_for()
        page.locator("#compare-add").press_sequentially("sussex")
        page.get_by_role("option").first.wait_for()
    if page.locator("[data-sortable]").count():
        page.get_by_role("button", name="Area", exact=True).click()
        page.get_by_label("Keep the areas with").fill("e")
    if page.locator(".hex").count():
        page.locator(".hex:visible").nth(3).focus()
    if page.locator(".finder").count():
        find(page, "sussex")
        page.keyboard.press("ArrowDown")
    return page


@every_page
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_in_light_or_dark(address: str, width: int, visit: Open) -> None:
    page = at_work(visit, address, width=width, bypass_csp=True)  # axe is a script, which the page's policy forbids
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        results = Axe().run(page, options={"resultTypes": ["violations"]}).response
        assert "color-contrast" in {rule["id"] for rule in results["passes"]}
        assert [(fault["id"], [node["html"][:120] for node in fault["nodes"]]) for fault in results["violations"]] == []


@every_page
@pytest.mark.parametrize("width", [1280, 390, 320])
def test_nothing_runs_past_the_screen(address: str, width: int, visit: Open) -> None:
    page = at_work(visit, address, width=width)
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0


@every_page
def test_every_part_is_large_enough_to_touch_and_shows_the_focus(address: str, visit: Open) -> None:
    page = at_work(visit, address, width=390)
    small = page.evaluate(
        """[...document.querySelectorAll("main :is(button, input:not([type=radio]), select, label[for^=shown], .hex)"),
            ...document.querySelectorAll("[role=option]")]
          .filter(item => item.getClientRects().length)
          .filter(item => Math.min(item.getBoundingClientRect().width, item.getBoundingClientRect().height) < 24)
          .map(item => item.outerHTML.slice(0, 80))"""
    )
    assert small == []
    for item in page.locator("main :is(button, input:not([type=radio]), select):visible").all():
        item.focus()
        page.keyboard.press("Shift")  # so that the focus counts as the keyboard's
        assert item.evaluate("item => getComputedStyle(item).outlineStyle") == "solid"


@pytest.mark.parametrize("address", ["", "areas/", "standings/", "compare/", "report/"])
def test_a_page_is_whole_without_scripts(address: str, visit: Open) -> None:
    page = visit(address, scripts=False).page
    assert page.locator("form:visible, main button:visible, main input:not([type=radio]):visible").count() == 0
    if address == "standings/":
        assert len(column(page, 0)) == len(ROWS) + 1
    if address in ("areas/", "standings/"):
        assert page.locator(".hexmap__legend:visible").count() == 1
        tab_to(page, ".hex")
        page.keyboard.press("Tab")
        assert page.evaluate(FOCUSED) == "Recovery 01, band 1", "without the script each hexagon is a stop"


@pytest.mark.parametrize(
    ("address", "scripts"),
    [
        ("", {"finder", "charts"}),
        ("areas/", {"finder", "map"}),
        ("areas/12/", {"charts", "share"}),
        ("standings/", {"map", "sort", "charts"}),
        ("compare/", {"compare"}),
        ("report/", {"charts", "share"}),
        ("plain/", set()),
    ],
)
def test_a_page_loads_the_scripts_it_needs_and_may_run_no_others(
    address: str, scripts: set[str], visit: Open, small_site: Path
) -> None:
    found = visit(address)
    found.page.wait_for_load_state("networkidle")
    assert {Path(src).stem for src in found.page.evaluate("[...document.scripts].map(script => script.src)")} == scripts
    loaded = [urlsplit(url).path for url in found.asked if url.endswith(".js")]
    weight = sum(len(gzip.compress((small_site / path.lstrip("/")).read_bytes(), 9, mtime=0)) for path in set(loaded))
    assert weight < MOST_BYTES
    assert any(url.endswith("/css/areas.css") for url in found.asked) == (address not in ("report/", "plain/"))
    policy = found.page.locator("meta[http-equiv=Content-Security-Policy]").get_attribute("content") or ""
    assert ("script-src 'self'; connect-src 'self'" in policy) == bool(scripts)
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_on_paper_the_fields_are_left_out_and_the_map_stays(visit: Open) -> None:
    finder = visit("areas/").page
    finder.emulate_media(media="print")
    assert not finder.locator(".finder").is_visible()
    page = visit("standings/").page
    page.emulate_media(media="print")
    for gone in (".table-filter", ".hexmap__switch", ".hexmap__readout"):
        assert not page.locator(gone).is_visible()
    assert page.locator(".hexmap__view").first.is_visible()
    assert page.locator("table[data-sortable]").is_visible()
    fills = (
        page.locator(".hexmap__view")
        .first.locator("polygon")
        .evaluate_all("all => new Set(all.map(one => getComputedStyle(one).fill)).size")
    )
    assert fills == 6


def test_the_bands_of_a_map_are_told_apart_in_every_scheme(visit: Open) -> None:
    page = visit("areas/").page
    fills = "() => [...new Set([...document.querySelectorAll('.hex polygon')].map(one => getComputedStyle(one).fill))]"
    light = page.evaluate(fills)
    page.emulate_media(color_scheme="dark")
    dark = page.evaluate(fills)
    page.emulate_media(forced_colors="active")
    assert len(light) == len(dark) == len(page.evaluate(fills)) == 6
    assert not set(light) & set(dark)
