"""The page of a figure in a frame of another site's page, as its embed code puts it there, and as a page of its own."""

import posixpath
import re
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Frame
from serving import Server

Open = Callable[..., Any]  # gives a Visit: see conftest

FIGURES = {
    "of a report": "journey-2019-20",
    "of an area": "area-trend-09d-brighton-and-hove",
    "with a long table": "spread-ccg-2020-21",
}
every_figure = pytest.mark.parametrize("name", FIGURES.values(), ids=FIGURES.keys())
BLOG = '<!doctype html><html lang="en"><title>A blog</title><link rel="icon" href="data:,">'
SIDEWAYS = "document.documentElement.scrollWidth - window.innerWidth"


@pytest.fixture
def framed(
    chromium: Browser, serve: Callable[[str], str], real_site: Path, tmp_path: Path
) -> Iterator[Callable[..., Any]]:
    """Puts a figure into a page of another origin, by its own embed code; gives its frame, what was said and asked."""
    contexts = []
    blog = Server(tmp_path)

    def frame(
        name: str, width: int, scheme: str = "light", bypass_csp: bool = False
    ) -> tuple[Frame, list[str], list[str]]:
        home = serve("/")
        source = (real_site / "figures" / name / "index.html").read_text(encoding="utf-8")
        code = re.search(r'<pre class="to-copy"[^>]*>(.*?)</pre>', source, re.DOTALL)
        assert code
        embedded = unescape(code[1]).replace('src="figures/', f'src="{home}figures/')
        (tmp_path / "index.html").write_text(f'{BLOG}<body style="margin: 0">{embedded}</body></html>', "utf-8")
        context = chromium.new_context(
            viewport={"width": width, "height": 800},
            color_scheme="dark" if scheme == "dark" else "light",
            bypass_csp=bypass_csp,
        )
        contexts.append(context)
        page, said, asked = context.new_page(), list[str](), list[str]()
        page.on("console", lambda message: said.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: said.append(f"error: {error}"))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(blog.home)
        page.wait_for_load_state("networkidle")
        (inner,) = [one for one in page.frames if one is not page.main_frame]
        assert inner.url == f"{home}figures/{name}/", "the figure was not let into the frame"
        return inner, said, [url for url in asked if not url.startswith(("data:", blog.home))]

    yield frame
    for context in contexts:
        context.close()
    blog.close()


@every_figure
@pytest.mark.parametrize("width", [300, 320, 800])
def test_a_figure_in_a_frame_fits_says_nothing_and_asks_only_its_own_site(
    name: str, width: int, framed: Callable[..., Any]
) -> None:
    frame, said, asked = framed(name, width)
    assert frame.evaluate(SIDEWAYS) <= 0
    assert said == []
    home = urlsplit(frame.url).netloc
    assert {urlsplit(url).netloc for url in asked} == {home}
    assert not [url for url in asked if posixpath.splitext(urlsplit(url).path)[1] == ".js"]
    picture = frame.locator("figure img")
    assert picture.evaluate("image => image.complete && image.naturalWidth > 0")
    box, source = picture.bounding_box(), frame.locator(".chart__source").bounding_box()
    assert box is not None
    assert source is not None
    assert box["width"] >= 270
    height = frame.evaluate("window.innerHeight")
    assert source["y"] + source["height"] <= height, "the frame of the embed code cuts the figure off"


@every_figure
def test_axe_finds_nothing_in_the_frame_in_light_or_dark(name: str, framed: Callable[..., Any]) -> None:
    for scheme in ("light", "dark"):
        frame, _, _ = framed(name, 320, scheme, bypass_csp=True)
        frame.evaluate("document.querySelector('details').open = true")
        results = Axe().run(frame, options={"resultTypes": ["violations"]}).response
        assert "color-contrast" in {rule["id"] for rule in results["passes"]}
        assert [
            (fault["id"], [node["html"][:120] for node in fault["nodes"][:3]]) for fault in results["violations"]
        ] == []


def test_a_link_in_a_frame_opens_the_whole_page(framed: Callable[..., Any]) -> None:
    frame, _, _ = framed("journey-2019-20", 800)
    page = frame.page
    with page.expect_navigation():
        frame.locator("figure .behind").click()
    assert page.url.endswith("/reports/2019-20/#w-chart-journey")
    assert len(page.frames) == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_way_from_a_page_leads_to_what_can_be_done_with_the_figure_and_back(visit: Open, scheme: str) -> None:
    found = visit("reports/2019-20/", scheme=scheme)
    found.page.locator("#chart-journey").get_by_role("link", name="Link, embed and cite").click()
    assert found.page.url == f"{found.home}figures/journey-2019-20/#use"
    citation = found.page.locator(".cite")
    assert citation.evaluate("element => getComputedStyle(element).userSelect") == "all"
    assert "Data version" in citation.inner_text()
    assert "<iframe " in found.page.locator("pre.to-copy").inner_text()
    with found.page.expect_download() as download:
        found.page.get_by_role("link", name="PNG").click()
    assert Path(download.value.path()).read_bytes().startswith(b"\x89PNG")
    found.page.get_by_role("link", name="The Talking Therapies Yearbook").click()
    assert found.page.url == f"{found.home}reports/2019-20/#chart-journey"
    assert found.said == []


def test_a_figure_prints_on_one_sheet_without_what_paper_cannot_do(visit: Open, tmp_path: Path) -> None:
    found = visit("figures/journey-2019-20/")
    printed = found.page.pdf(path=tmp_path / "figure.pdf", format="A4")
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1
    found.page.emulate_media(media="print")
    assert not found.page.locator("pre.to-copy").is_visible()
    assert found.page.locator(".cite").is_visible()
