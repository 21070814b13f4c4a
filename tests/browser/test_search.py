"""Searching the real site: what is found first, by whom, by which keys, and what is fetched for it."""

import gzip
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Page, expect

Open = Callable[..., Any]  # gives a Visit: see conftest

ANSWERED = "[role=status]:not(:empty)"
SIDEWAYS = "document.documentElement.scrollWidth - window.innerWidth"
MOST_SCRIPT = 10_000
"""Bytes, compressed, of the scripts that the page loads before it is used."""

MOST_FETCHED = 260_000
"""Bytes, compressed, that the first question may fetch, Pagefind's program among them."""


@pytest.fixture
def asks(visit: Open) -> Callable[..., Any]:
    """Opens the search page with a question in its address, answered; gives the Visit."""

    def open_page(text: str, **how: Any) -> Any:
        found = visit(f"search/?q={quote(text)}", **how)
        found.page.locator(ANSWERED).wait_for(state="attached")
        return found

    return open_page


def pages(page: Page) -> list[tuple[str, str]]:
    """The pages found, as kind and address below the site."""
    items = page.locator(".search__pages .found").all()
    return [
        (
            item.locator(".found__about").inner_text(),
            (item.locator(".found__title").get_attribute("href") or "").removeprefix("../"),
        )
        for item in items
    ]


def import_of(site: Path, script: str) -> str:
    """The expression that imports a script of the site, whatever its published name."""
    (file,) = (site / "js").glob(f"{script}.*.js")
    return f"import(new URL('../js/{file.name}', document.baseURI))"


def areas(page: Page) -> list[str]:
    return page.locator(".search__areas .found__title").all_inner_texts()


@pytest.mark.parametrize(
    ("text", "area", "first"),
    [
        ("brighton", "NHS Brighton and Hove CCG", ("Post", "posts/find-and-benchmark-your-area/")),
        ("waiting", None, ("Group", "groups/waiting-time/")),
        ("caseness", None, ("Glossary", "glossary/#caseness")),
        ("09D", "NHS Brighton and Hove CCG", None),
        ("E54000033", "Sussex and East Surrey STP", None),
        ("recovery rate", None, ("Trend", "trends/recovery-rate/")),
        ("deprivation", None, ("Group", "groups/deprivation/")),
        ("2019-20", None, ("Report · 2019-20", "reports/2019-20/")),
        ("brighton waiting", "NHS Brighton and Hove CCG", ("Report · 2020-21", "reports/2020-21/")),
        ("BNSSG", "NHS Bristol, North Somerset and South Gloucestershire ICB", None),
    ],
)
def test_the_first_answer_is_the_one_meant(
    text: str, area: str | None, first: tuple[str, str] | None, asks: Callable[..., Any]
) -> None:
    found = asks(text)
    assert areas(found.page)[:1] == ([area] if area else [])
    assert pages(found.page)[:1] == ([first] if first else [])
    assert found.said == []
    assert found.refused == []
    assert {urlsplit(url).netloc for url in found.asked if not url.startswith("blob:")} == {urlsplit(found.home).netloc}


@pytest.mark.parametrize(
    ("typed", "meant", "area", "first"),
    [
        ("casness", "caseness", None, ("Glossary", "glossary/#caseness")),
        ("recovrey", "recovery", None, ("Trend", "trends/recovery/")),
        ("waitng", "waiting", None, ("Group", "groups/waiting-time/")),
        ("brihgton", "brighton", "NHS Brighton and Hove CCG", ("Post", "posts/find-and-benchmark-your-area/")),
        ("dropout", "drop out", None, ("Glossary", "glossary/#finished-course-of-treatment")),
    ],
)
def test_a_mistyped_word_is_answered_as_the_nearest_and_the_page_says_so(
    typed: str, meant: str, area: str | None, first: tuple[str, str], asks: Callable[..., Any]
) -> None:
    page = asks(typed).page
    assert page.locator(".search__note").inner_text() == f"Nothing is spelt “{typed}”. These are the pages for {meant}."
    assert areas(page)[:1] == ([area] if area else [])
    assert pages(page)[0] == first
    page.get_by_role("link", name=meant, exact=True).click()
    expect(page.locator(".search__note")).to_have_count(0)
    assert page.get_by_role("searchbox").input_value() == meant
    assert pages(page)[0] == first


def test_nothing_of_the_search_is_fetched_before_it_is_used(visit: Open) -> None:
    found = visit("search/")
    field = found.page.get_by_role("searchbox")
    expect(field).to_be_focused()
    assert [url for url in found.asked if "pagefind" in url or url.endswith(".json")] == []
    sizes: dict[str, int] = {}
    scripts = [found.page.request.get(url).body() for url in found.asked if url.endswith(".js")]
    assert len(scripts) > 3
    assert sum(len(gzip.compress(script, 9)) for script in scripts) < MOST_SCRIPT
    found.page.on("response", lambda answer: sizes.update({answer.url: len(gzip.compress(answer.body()))}))
    field.press_sequentially("caseness")
    found.page.locator(ANSWERED).wait_for(state="attached")
    found.page.wait_for_load_state("networkidle")
    assert any(url.endswith("pagefind/pagefind.js") for url in sizes)
    assert sum(sizes.values()) < MOST_FETCHED, sizes
    assert found.said == []
    home = visit("")
    assert not [url for url in home.asked if "/search/" in url or "site-search" in url or "pagefind" in url]


def test_the_policy_allows_no_code_but_our_own(visit: Open) -> None:
    policy = visit("search/").page.locator("meta[http-equiv=Content-Security-Policy]").get_attribute("content")
    assert "script-src 'self'; connect-src 'self';" in policy
    assert "eval" not in policy
    assert "unsafe" not in policy


def test_the_keyboard_alone_is_enough(visit: Open) -> None:
    page = visit("search/").page
    focused = "document.activeElement.textContent"
    page.keyboard.type("sussex")
    page.locator(ANSWERED).wait_for(state="attached")
    titles = page.locator(".found__title").all_inner_texts()
    page.keyboard.press("ArrowDown")
    assert page.evaluate(focused) == titles[0] == areas(page)[0]
    page.keyboard.press("End")
    assert page.evaluate(focused) == titles[-1]
    page.keyboard.press("ArrowUp")
    assert page.evaluate(focused) == titles[-2]
    page.keyboard.press("Home")
    assert page.evaluate(focused) == titles[0]
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    assert page.get_by_role("searchbox").input_value() == "sussex"
    page.keyboard.press("Escape")
    assert page.get_by_role("searchbox").input_value() == ""
    expect(page.locator(".found")).to_have_count(0)
    assert urlsplit(page.url).query == ""
    page.keyboard.type("09D")
    page.locator(".found").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/areas/09d-brighton-and-hove/")


def test_a_kind_is_chosen_and_the_address_keeps_it(asks: Callable[..., Any], visit: Open) -> None:
    page = asks("caseness", prefix="/yearbook/").page
    buttons = page.get_by_role("group", name="Kinds of page").get_by_role("button")
    numbers = {text.rpartition(" ")[0]: int(text.rpartition(" ")[2]) for text in buttons.all_inner_texts()}
    assert numbers["All"] == sum(number for name, number in numbers.items() if name != "All")
    buttons.filter(has_text="Posts").press("Enter")
    expect(buttons.filter(has_text="Posts")).to_be_focused()
    expect(page.locator(".search__pages .found")).to_have_count(numbers["Posts"])
    assert {kind for kind, _ in pages(page)} == {"Post"}
    assert urlsplit(page.url).query == "q=caseness&kind=post"
    page.go_back()
    expect(buttons.filter(has_text="All")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="10 more of").press("Enter")
    expect(page.locator(".search__pages .found")).to_have_count(20)
    expect(page.locator(".search__pages .found__title").nth(10)).to_be_focused()
    page.locator(".search__pages .found__title").first.click()
    page.wait_for_url("**/yearbook/glossary/#caseness")
    assert page.locator(":target").inner_text() == "Caseness"


def test_what_was_typed_and_what_was_indexed_stay_text(asks: Callable[..., Any], real_site: Path) -> None:
    page = asks("<img src=x onerror=alert(1)> caseness").page
    assert page.locator(".search__answer img").count() == 0
    page = asks("<b>zzzz</b>").page
    assert page.locator(".search__answer h2").inner_text() == "Nothing here answers “<b>zzzz</b>”."
    assert page.locator(".search__ways").is_visible()
    html = "module => module.marked('&lt;b&gt; <mark>waits;</mark> <i>x</i>').map((node) => node.textContent ?? node)"
    parts = page.evaluate(f"{import_of(real_site, 'found')}.then({html})")
    assert parts == ["<b> ", "waits;", " <i>x</i>"]


def test_one_slip_more_is_one_slip_more(visit: Open, real_site: Path) -> None:
    page = visit("search/").page
    count = f"([a, b]) => {import_of(real_site, 'spelling')}.then(({{ slips }}) => slips(a, b, 2))"
    pairs = {
        ("caseness", "caseness"): 0, ("casness", "caseness"): 1, ("casseness", "caseness"): 1,
        ("kaseness", "caseness"): 1,
        ("recovrey", "recovery"): 1, ("recvry", "recovery"): 2, ("rcvr", "recovery"): 3, ("", "abc"): 3,
    }  # fmt: skip
    assert {pair: page.evaluate(count, list(pair)) for pair in pairs} == pairs


@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_and_nothing_runs_over(width: int, asks: Callable[..., Any]) -> None:
    page = asks("brihgton", width=width, bypass_csp=True).page  # axe is a script that the page's policy forbids
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        assert [fault["id"] for fault in Axe().run(page).response["violations"]] == []
    assert page.evaluate(SIDEWAYS) <= 0
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate(SIDEWAYS) <= 0
    small = "(links) => links.map((link) => link.getBoundingClientRect()).filter(({ height }) => height < 24).length"
    assert page.locator("main :is(a, button):visible").evaluate_all(small) == 0


def test_without_scripts_the_page_says_what_it_needs_and_where_to_go(visit: Open) -> None:
    page = visit("search/?q=caseness", scripts=False).page
    assert not page.get_by_role("searchbox").is_visible()
    assert "needs its scripts, which are off" in page.inner_text("main")
    for address in ("areas/#a-to-z", "reports/", "glossary/", "groups/"):
        assert page.locator(f'main a[href="../{address}"]').is_visible()


def test_every_page_leads_to_the_search(visit: Open) -> None:
    for address in ("", "areas/09d-brighton-and-hove/", "reports/2019-20/"):
        page = visit(address, 390, scripts=False).page
        page.get_by_role("navigation", name="Main").get_by_role("link", name="Search").click()
        assert urlsplit(page.url).path == "/search/"


def test_a_site_that_was_not_indexed_says_so(visit: Open) -> None:
    found = visit("search/")
    found.page.route("**/pagefind/*", lambda route: route.fulfill(status=404))
    found.page.keyboard.type("caseness")
    expect(found.page.locator(".missing")).to_contain_text("It is made when the site is published")
    assert found.page.locator(".search__ways").is_visible()
