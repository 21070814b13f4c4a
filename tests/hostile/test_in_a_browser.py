"""No word of a stranger's runs in a browser, not even where no policy would stop it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from serving import Server

COUNT = "window.ran = 0; window.alert = () => { window.ran += 1 }"
ATTACK = "<img src=x onerror=alert(1)><script>alert(1)</script>"
INDEXES = ("", "areas/", "compare/", "data/", "search/", "reports/", "posts/", "bulletin/", "methods/sources/")


@pytest.fixture(scope="module")
def unguarded(chromium: Browser, sites: tuple[Path, Path]) -> Iterator[tuple[Page, str]]:
    """A page of the hostile site in a browser that heeds no policy, and the address of the site."""
    server = Server(sites[0], "/")
    context = chromium.new_context(bypass_csp=True)
    context.add_init_script(COUNT)
    yield context.new_page(), server.home
    context.close()
    server.close()


def addresses(site: Path) -> list[str]:
    """The indexes, and of every other kind of page those with the most words."""
    kinds: dict[str, list[Path]] = {}
    for path in site.rglob("index.html"):
        address = path.relative_to(site).parent.as_posix()
        kinds.setdefault(address.split("/")[0] + str(address.count("/")), []).append(path)
    most = [path for kind in kinds.values() for path in sorted(kind, key=lambda one: one.stat().st_size)[-2:]]
    return sorted({*INDEXES, *(f"{path.relative_to(site).parent.as_posix()}/" for path in most)} - {"./"})


def test_no_word_of_a_stranger_runs(unguarded: tuple[Page, str], sites: tuple[Path, Path]) -> None:
    page, home = unguarded
    ran = {}
    for address in addresses(sites[0]):
        answer = page.goto(home + address)
        assert answer is not None
        assert answer.status == 200, address
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
        page.keyboard.press("Tab")
        ran[address] = page.evaluate("window.ran")
    assert len(ran) > 20
    assert {address for address, times in ran.items() if times} == set()


def test_the_same_browser_runs_what_is_put_in(unguarded: tuple[Page, str]) -> None:
    page, home = unguarded
    page.goto(home)
    page.evaluate(f"document.body.append(document.createRange().createContextualFragment({ATTACK!r}))")
    page.wait_for_function("window.ran === 2", timeout=5000)
