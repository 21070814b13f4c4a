"""Passing a page on, in a real browser: by keyboard, under the page's own policy, with and without an address of the site.

The pages are made here, in the theme's own frame, because the repository's site has no address yet.
"""

import gzip
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from yearbook.outputs.linked_data import Article, Person
from yearbook.pages import page as pages
from yearbook.pages.environment import page_environment, render_page
from yearbook.pages.frame import read_frame
from yearbook.pages.heads import with_linked_data
from yearbook.settings import Settings

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
SITE = "https://example.org/yearbook/"
TITLE = "A report & more"
ADDRESS = "reports/2019-20/"
MOST_BYTES = 614
"""What the script may weigh, compressed: 0.6 kB."""

Open = Callable[..., tuple[Page, list[str], list[str]]]


class Handler(SimpleHTTPRequestHandler):
    """Serves files quietly."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The address of a site of one page, by whether the site knows its own."""
    servers, found = [], {}
    for name, url in (("named", SITE), ("nameless", "")):
        folder, settings = tmp_path_factory.mktemp(name), Settings("The Yearbook", "About it.", url)
        for part in ("css", "js", "img"):
            shutil.copytree(TEMPLATES / "theme" / part, folder / part)
        environment = page_environment(TEMPLATES, settings)
        environment.loader.searchpath.append(str(folder))  # type: ignore[union-attr]
        source = '{% from "macros/share.html" import share_block %}<h1>{{ title }}</h1>{{ share_block(title, address, link) }}'
        (folder / "body.html").write_text(source)
        body = render_page(
            environment, "body.html", title=TITLE, address=ADDRESS, link=lambda target: f"../../{target}"
        )
        article = Article((Person("</script><script>alert(1)</script>"),), "2020-07-30", "", "2020-07-30")
        page = pages.Page("reports/2019-20.md", TITLE, "report", body, "Words.", is_html=True, article=article)
        (folder / ADDRESS).mkdir(parents=True)
        (printed,) = with_linked_data([page], settings)
        (folder / ADDRESS / "index.html").write_bytes(read_frame(TEMPLATES / "theme", settings).render(printed))
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(folder)))
        Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        found[name] = f"http://127.0.0.1:{server.server_port}/"
    yield found
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture
def visit(chromium: Browser, homes: dict[str, str]) -> Iterator[Open]:
    """Opens the page of a site; gives it with what it said to the console and what it asked for."""
    contexts: list[BrowserContext] = []

    def open_page(name: str, before: str = "", **named: Any) -> tuple[Page, list[str], list[str]]:
        context = chromium.new_context(locale="en-GB", permissions=["clipboard-read", "clipboard-write"], **named)
        contexts.append(context)
        page, said, asked = context.new_page(), [], []
        page.on("console", lambda message: said.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: said.append(f"error: {error}"))
        page.on("request", lambda request: asked.append(request.url))
        if before:
            page.add_init_script(before)
        page.goto(homes[name] + ADDRESS)
        page.wait_for_load_state("networkidle")
        return page, said, asked

    yield open_page
    for context in contexts:
        context.close()


def reach(page: Page, name: str) -> None:
    """Press Tab until the part of that name has the focus."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == name:
            return
    raise AssertionError(f"Tab does not reach {name}")


@pytest.mark.parametrize("name", ["named", "nameless"])
def test_what_is_told_to_machines_is_not_run_and_the_policy_does_not_mind(name: str, visit: Open) -> None:
    page, said, asked = visit(name)
    assert page.locator("script[type='application/ld+json']").count() == 1
    assert said == []
    assert {urlsplit(url).netloc for url in asked} == {urlsplit(page.url).netloc}


@pytest.mark.parametrize("name", ["named", "nameless"])
def test_the_address_is_copied_by_keyboard_and_said_aloud(name: str, visit: Open) -> None:
    page, said, _ = visit(name)
    reach(page, "Copy link")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == (f"{SITE}{ADDRESS}" if name == "named" else page.url)
    assert said == []


def test_where_copying_is_not_allowed_the_address_is_shown_and_selected(visit: Open) -> None:
    page, said, _ = visit("named", "Object.defineProperty(Navigator.prototype, 'clipboard', { value: undefined })")
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_role("status")).to_have_text(f"{SITE}{ADDRESS}")
    assert page.evaluate("String(getSelection())").strip() == f"{SITE}{ADDRESS}"
    assert said == []


def test_the_browser_s_own_sharing_is_offered_where_it_has_any(visit: Open) -> None:
    page, _, _ = visit(
        "named", "Navigator.prototype.share = function (what) { window.shared = what; return Promise.reject(); }"
    )
    page.get_by_role("button", name="Share…").click()
    assert page.evaluate("window.shared") == {"title": TITLE, "url": f"{SITE}{ADDRESS}"}


def test_without_scripts_the_links_are_there_and_nothing_that_does_not_work(visit: Open) -> None:
    page, _, _ = visit("named", java_script_enabled=False)
    assert page.locator(".share li").all_inner_texts() == ["E-mail", "Bluesky", "LinkedIn", "WhatsApp"]
    assert page.locator(".share button").count() == 0
    page, _, _ = visit("nameless", java_script_enabled=False)
    assert not page.locator(".share").is_visible()


def test_a_site_without_an_address_makes_its_links_where_it_lies(visit: Open) -> None:
    page, _, _ = visit("nameless")
    mail = page.get_by_role("link", name="E-mail").get_attribute("href") or ""
    assert mail.startswith("mailto:?subject=A%20report%20%26%20more&body=http%3A%2F%2F127.0.0.1")
    assert page.get_by_role("heading", name="Share this page").is_visible()


@pytest.mark.parametrize("width", [1280, 320])
def test_every_way_is_large_enough_to_touch_and_nothing_runs_past_the_screen(width: int, visit: Open) -> None:
    page, _, _ = visit("named", viewport={"width": width, "height": 800})
    page.get_by_role("button", name="Copy link").click()
    for part in page.locator(".share :is(a, button)").all():
        box = part.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 24
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_the_script_is_light() -> None:
    assert len(gzip.compress((TEMPLATES / "theme/js/share.js").read_bytes(), 9, mtime=0)) < MOST_BYTES
