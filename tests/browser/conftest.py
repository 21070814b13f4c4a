"""A real Chromium, a server of our own, and the real site between them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request
from serving import Server

REPOSITORY = Path(__file__).resolve().parents[2]
UNLOADED = """[...document.images].filter(image => image.getClientRects().length)
  .filter(image => !(image.complete && image.naturalWidth > 0)).map(image => image.src)"""
"""The images that are to be seen and are not there; one in a view that is not shown waits until it is."""

REPORT = """addEventListener("securitypolicyviolation", (event) =>
  tellOfViolation(`${event.effectiveDirective} refused ${event.blockedURI}, line ${event.lineNumber}`))"""
"""Tells of all that a page does and its policy refuses; not all of it is said to the console."""


@pytest.fixture(scope="session")
def real_site(real_project: Path) -> Path:
    """The published site of a copy of the repository's data and words."""
    return real_project / "site"


@pytest.fixture(scope="session")
def serve(real_site: Path) -> Iterator[Callable[[str], str]]:
    """Serves the site below a prefix, `/` or `/yearbook/`, on a free port; gives the address of its home page."""
    servers: dict[str, Server] = {}

    def start(prefix: str) -> str:
        if prefix not in servers:
            servers[prefix] = Server(real_site, prefix)
        return servers[prefix].home

    yield start
    for server in servers.values():
        server.close()


@dataclass
class Visit:
    """An open page, with what it said to the console and what it asked for."""

    page: Page
    home: str
    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def faults(self) -> list[str]:
        """What the page said to the console, what it asked for in vain and what it asked another host for."""
        foreign = [url for url in self.asked if not url.startswith((self.home, f"blob:{self.home}"))]
        return [*self.said, *(f"refused: {url}" for url in self.refused), *(f"foreign: {url}" for url in foreign)]

    def see_every_image(self) -> list[str]:
        """Let every image come, however far down; gives those that are not there five seconds later."""
        self.page.evaluate("[...document.images].forEach(image => { image.loading = 'eager'; })")
        for _ in range(100):
            if not (missing := self.page.evaluate(UNLOADED)):
                break
            self.page.wait_for_timeout(50)
        return list(missing)


def _left(request: Request) -> bool:
    """Whether the page was left, or loaded anew, before the answer came: nobody refused it."""
    return request.failure == "net::ERR_ABORTED"


@pytest.fixture
def visit(chromium: Browser, serve: Callable[[str], str]) -> Iterator[Callable[..., Visit]]:
    """Opens an address of the site in a fresh context of the width and scheme asked for.

    `scripts` is whether the browser runs any, `served` whether it is given those of the site: axe, a script itself,
    looks at a page without scripts so.
    """
    contexts: list[BrowserContext] = []

    def open_page(
        address: str,
        width: int = 1280,
        scheme: str = "light",
        prefix: str = "/",
        scripts: bool = True,
        bypass_csp: bool = False,
        touch: bool = False,
        served: bool = True,
    ) -> Visit:
        home = serve(prefix)
        context = chromium.new_context(
            viewport={"width": width, "height": 800},
            color_scheme="dark" if scheme == "dark" else "light",
            java_script_enabled=scripts,
            bypass_csp=bypass_csp,
            has_touch=touch,
            reduced_motion="reduce",
            locale="en-GB",
        )
        contexts.append(context)
        if scripts:
            context.expose_binding("tellOfViolation", lambda _, what: found.said.append(f"policy: {what}"))
            context.add_init_script(REPORT)
        if not served:
            context.route("**/*.js", lambda route: route.abort())
        found = Visit(context.new_page(), home)
        found.page.on("console", lambda message: found.said.append(f"{message.type}: {message.text}"))
        found.page.on("pageerror", lambda error: found.said.append(f"error: {error}"))
        found.page.on("request", lambda request: found.asked.append(request.url))
        found.page.on("requestfailed", lambda request: None if _left(request) else found.refused.append(request.url))
        found.page.on("response", lambda answer: found.refused.append(answer.url) if answer.status >= 400 else None)
        found.page.goto(home + address)
        return found

    yield open_page
    for context in contexts:
        context.close()
