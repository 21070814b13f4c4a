"""Every kind of page in a real browser: wide and narrow, light and dark, with and without scripts, and on paper."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from browser.addresses import KINDS, VARIANTS, heaviest_by_layout, layout_of

Open = Callable[..., Any]  # gives a Visit: see conftest

# A figure is made for frames and has no masthead; the page of the search begins in its field.
MASTHEADS = {kind: address for kind, address in KINDS.items() if kind not in ("figure", "search")}
with_masthead = pytest.mark.parametrize("address", MASTHEADS.values(), ids=MASTHEADS.keys())
every_page = pytest.mark.parametrize("address", (KINDS | VARIANTS).values(), ids=(KINDS | VARIANTS).keys())

SIDEWAYS = "document.documentElement.scrollWidth - window.innerWidth"
SEEN = "getComputedStyle(document.activeElement)"
FOR_SCRIPTS_ALONE = (
    "form[data-root], .comparison, .share, noscript, .chart__marks, .chart__keys, "
    ".table-filter, table + [role=status], .table-scroll + [role=status]"
)
"""What is of use with scripts alone; without them it is hidden, or not there."""


def test_every_layout_of_the_site_is_opened(real_site: Path) -> None:
    pages = (real_site / address / "index.html" for address in KINDS.values() if not address.endswith(".html"))
    assert {layout_of(page) for page in pages} == set(heaviest_by_layout(real_site))


@every_page
def test_a_page_opens_cleanly_and_asks_no_other_host(address: str, visit: Open) -> None:
    for width in (1280, 390):
        found = visit(address, width)
        for scheme in ("light", "dark"):
            found.page.emulate_media(color_scheme=scheme)
            assert found.see_every_image() == [], (width, scheme)
            assert found.page.evaluate(SIDEWAYS) <= 0, (width, scheme)
        assert found.faults() == [], width
        assert any(re.search(r"/css/yearbook\.\w+\.css$", url) for url in found.asked)


@every_page
def test_a_page_reads_the_same_without_scripts(address: str, visit: Open) -> None:
    with_scripts, without = visit(address), visit(address, scripts=False)
    # What only a script can work stays hidden until one runs; all else is there either way.
    for page in (with_scripts.page, without.page):
        page.evaluate("which => document.querySelectorAll(which).forEach((one) => one.remove())", FOR_SCRIPTS_ALONE)
    assert without.page.inner_text("main") == with_scripts.page.inner_text("main")
    assert len(without.page.inner_text("main")) > 100
    for width, scheme in ((1280, "dark"), (390, "light"), (320, "light")):
        without.page.emulate_media(color_scheme=scheme)
        without.page.set_viewport_size({"width": width, "height": 800})
        assert without.see_every_image() == [], width
        assert without.page.evaluate(SIDEWAYS) <= 0, width
    assert without.faults() == []
    assert not any(url.endswith((".js", ".json")) for url in without.asked)


def test_dark_and_light_are_not_the_same(visit: Open) -> None:
    ground = "getComputedStyle(document.body).backgroundColor"
    light, dark = (visit("", scheme=scheme).page.evaluate(ground) for scheme in ("light", "dark"))
    assert light != dark
    assert sum(map(int, re.findall(r"\d+", dark)[:3])) < 200 < 600 < sum(map(int, re.findall(r"\d+", light)[:3]))


@with_masthead
def test_the_first_key_reaches_a_link_past_the_masthead(address: str, visit: Open) -> None:
    page = visit(address).page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    box = page.locator(".skip").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["y"] >= 0, "the skip link must show itself when it has the focus"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    assert page.evaluate("!document.activeElement.closest('.masthead, .skip')"), "the masthead was to be skipped"
    assert page.evaluate("document.activeElement.matches('main *, main ~ * *')")


@pytest.mark.parametrize("address", ["", "reports/", "reports/2019-20/", "reports/2014-15/", "trends/recovery-rate/"])
def test_a_live_number_leads_to_its_working_by_keyboard_and_back(address: str, visit: Open) -> None:
    page = visit(address, 390).page
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('a.n')"):
            break
    assert page.evaluate("document.activeElement.matches('a.n')")
    number = page.evaluate("document.activeElement.textContent")
    assert page.evaluate(f"{SEEN}.outlineStyle") != "none", "the focus must be seen"
    page.keyboard.press("Enter")
    page.wait_for_function("location.hash.startsWith('#w-')")
    working = page.locator(":target")
    assert working.is_visible()
    box = working.bounding_box()
    assert box is not None
    assert 0 <= box["y"] < 800
    assert working.evaluate("item => item.closest('section').id") == "workings"
    if re.fullmatch(r"[\d,.]+%?", number):
        assert number in working.inner_text()
    page.go_back()
    assert page.evaluate("location.hash") == ""


def test_folded_workings_open_by_themselves_for_a_number_without_scripts(visit: Open) -> None:
    page = visit("", 390, scripts=False).page
    assert not page.locator(".folded-workings section").is_visible()
    page.locator("main a.n").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/#w-*")
    working = page.locator(":target")
    assert working.is_visible()
    box = working.bounding_box()
    assert box is not None
    assert 0 <= box["y"] < 800


def test_the_figures_in_a_chart_open_by_keyboard(visit: Open) -> None:
    page = visit("reports/2019-20/", 390).page
    details = page.locator("details.chart__data").first
    assert not details.locator("table").is_visible()
    details.locator("summary").focus()
    page.keyboard.press("Enter")
    assert details.locator("table").is_visible()


def test_a_wide_screen_gets_the_wide_drawing_and_a_phone_the_narrow_one(visit: Open) -> None:
    shown = "document.querySelector('figure.chart img').currentSrc"
    assert visit("reports/2019-20/", 1280).page.evaluate(shown).endswith("/journey-2019-20-wide.svg")
    assert visit("reports/2019-20/", 390).page.evaluate(shown).endswith("/journey-2019-20-narrow.svg")


def test_the_site_works_below_a_prefix(visit: Open) -> None:
    found = visit("", prefix="/yearbook/")
    page = found.page
    for link in ("Read the", "Reports", "Trends", "Methods", "Glossary", "Data", "Home"):
        page.get_by_role("link", name=re.compile(f"^{link}")).first.click()
        page.wait_for_load_state()
        assert page.evaluate("document.querySelectorAll('h1').length") == 1
        assert found.see_every_image() == []
    assert page.url == found.home
    assert (found.said, found.refused) == ([], [])
    assert all(url.startswith(found.home) for url in found.asked)


def test_a_lost_address_gets_the_error_page_with_a_way_home(visit: Open) -> None:
    found = visit("reports/1999-00/deep/")
    assert found.page.title().startswith("Page not found")
    assert any(re.search(r"/css/yearbook\.\w+\.css$", url) for url in found.asked)
    found.page.get_by_role("main").get_by_role("link", name="Reports").click()
    assert found.page.url == f"{found.home}reports/"


@pytest.mark.parametrize("address", ["", "reports/2019-20/", "reports/2014-15/", "trends/recovery-rate/"])
def test_a_page_prints_on_paper(address: str, visit: Open, tmp_path: Path) -> None:
    found = visit(address)
    found.see_every_image()
    printed = found.page.pdf(path=tmp_path / "page.pdf", format="A4")
    assert printed.startswith(b"%PDF")
    sheets = len(re.findall(rb"/Type\s*/Page\b", printed))
    assert sheets > 1
    assert found.said == []
    found.page.emulate_media(media="print")
    assert not found.page.locator(".site-nav").is_visible()
    assert found.page.locator("h1").is_visible()
    assert found.page.evaluate(SIDEWAYS) <= 0
