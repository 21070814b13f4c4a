"""The small pages in the theme's own frame, style sheets and policy, served from this machine."""

import json
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

import pytest
from browser.scripts.small_site import AREAS, FIGURES, METRICS, PAGES, THEME, Opened
from jinja2 import Environment, FileSystemLoader
from playwright.sync_api import Browser, BrowserContext


@pytest.fixture(scope="session")
def small_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Pages in the theme's own frame, with the files that the scripts fetch."""
    site = tmp_path_factory.mktemp("small-site")
    for folder in ("css", "js", "img"):
        shutil.copytree(THEME / folder, site / folder)
    environment = Environment(loader=FileSystemLoader(THEME), autoescape=False)  # noqa: S701, as MkDocs has it
    environment.filters["url"] = lambda address: f"/{address.removeprefix('.')}"
    config = SimpleNamespace(site_name="The Yearbook", site_description="", site_url="", copyright="", extra={})
    nav = SimpleNamespace(items=[], homepage=None)

    def write(path: str, layout: str, body: str) -> None:
        content = f'<header class="article-head"><h1>A page</h1></header>\n{body}'
        page = SimpleNamespace(meta={"layout": layout}, title="A page", url=path, is_homepage=False, content=content)
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        text = environment.get_template("main.html").render(page=page, nav=nav, config=config)
        (site / path).write_text(text, encoding="utf-8")

    for path, (layout, body) in PAGES.items():
        write(path, layout, body)
    for found in AREAS:
        write(f"{found['address']}index.html", "area", f"<p>{found['name']}</p>")
    write("areas/12/index.html", "area", "<p>Twelve</p>")
    (site / "finder.json").write_text(json.dumps(AREAS), encoding="utf-8")
    (site / "areas/metrics.json").write_text(json.dumps(METRICS), encoding="utf-8")
    for code, (short, years) in FIGURES.items():
        (site / f"areas/{code}").mkdir(exist_ok=True)
        (site / f"areas/{code}/figures.json").write_text(json.dumps({"short": short, "years": years}), encoding="utf-8")
    return site


class Handler(SimpleHTTPRequestHandler):
    """Serves files quietly."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def home(small_site: Path) -> Iterator[str]:
    """The address of the small site."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(small_site)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture
def visit(chromium: Browser, home: str) -> Iterator[Callable[..., Opened]]:
    """Opens an address of the small site; at the end no page may have said anything or asked another host."""
    contexts: list[BrowserContext] = []
    every: list[Opened] = []

    def open_page(address: str, width: int = 1280, scripts: bool = True, quiet: bool = True, **named: Any) -> Opened:
        context = chromium.new_context(
            viewport={"width": width, "height": 800},
            java_script_enabled=scripts,
            reduced_motion="reduce",
            locale="en-GB",
            **named,
        )
        contexts.append(context)
        found = Opened(context.new_page())
        found.page.on("console", lambda message: found.said.append(f"{message.type}: {message.text}"))
        found.page.on("pageerror", lambda error: found.said.append(f"error: {error}"))
        found.page.on("request", lambda request: found.asked.append(request.url))
        if quiet:
            every.append(found)
        found.page.goto(home + address)
        return found

    yield open_page
    said = [line for found in every for line in found.said]
    hosts = {urlsplit(url).netloc for found in every for url in found.asked}
    for context in contexts:
        context.close()
    assert said == []
    assert hosts <= {urlsplit(home).netloc}
