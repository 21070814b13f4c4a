"""Every kind of page for every reader: axe, what assistive technology is given, sizes, zoom and colours."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from browser.addresses import AREA, FIGURE, KINDS, REPORT, STANDINGS
from playwright.sync_api import Page

Open = Callable[..., Any]  # gives a Visit: see conftest

every_kind = pytest.mark.parametrize("address", KINDS.values(), ids=KINDS.keys())

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = ["color-contrast", "link-in-text-block"]
"""The rules whose outcome changes with the colours of a page."""
LAID_OUT = "* { content-visibility: visible !important; }"
"""What waits to be laid out until it comes into view has, until then, no sizes to measure."""
SIDEWAYS = "document.documentElement.scrollWidth - window.innerWidth"


def faults(page: Page, rules: Sequence[str], passed: str) -> list[str]:
    """What axe finds by those rules, having made sure that it looked."""
    page.add_style_tag(content=LAID_OUT)
    results = Axe().run(page, options={"resultTypes": ["violations"], "runOnly": list(rules)}).response
    assert passed in {rule["id"] for rule in results["passes"]}
    return [
        f"{fault['id']}: {fault['help']}: {[node['html'][:150] for node in fault['nodes'][:3]]}"
        for fault in results["violations"]
    ]


@every_kind
def test_axe_finds_nothing_in_light_or_on_a_phone_in_dark_without_scripts(address: str, visit: Open) -> None:
    page = visit(address, bypass_csp=True).page  # axe is a script, which the page's own policy forbids
    assert faults(page, RULES, "document-title") == []
    page = visit(address, 390, "dark", served=False, bypass_csp=True).page
    assert faults(page, RULES, "color-contrast") == []


@pytest.mark.parametrize("kind", ["home", "report", "trend", "area", "board paper", "standings", "figure", "post"])
def test_axe_finds_no_faint_words_on_paper_whatever_the_screen_was(kind: str, visit: Open) -> None:
    page = visit(KINDS[kind], 794, "dark", bypass_csp=True).page
    page.emulate_media(media="print")
    assert faults(page, COLOURS, "color-contrast") == []


@dataclass(frozen=True)
class Node:
    """What assistive technology is told of a part of the page, and of all that lies within."""

    role: str
    name: str
    level: int
    within: tuple["Node", ...]

    def walk(self) -> Iterator["Node"]:
        yield self
        for node in self.within:
            yield from node.walk()

    def all(self, *roles: str) -> list["Node"]:
        return [node for node in self.walk() if node.role in roles]


def read_tree(page: Page) -> Node:
    """The page as Chromium hands it to assistive technology, with all that is folded laid open."""
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    found = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    by_id = {node["nodeId"]: node for node in found}

    def read(node: dict[str, Any]) -> Node:
        told = {one["name"]: one["value"].get("value") for one in node.get("properties", ())}
        role = "" if node["ignored"] else node["role"]["value"]
        within = tuple(read(by_id[id]) for id in node.get("childIds", ()) if id in by_id)
        return Node(role, str(node.get("name", {}).get("value", "")), int(told.get("level") or 0), within)

    return read(found[0])


@every_kind
def test_a_page_reads_in_order(address: str, visit: Open) -> None:
    tree = read_tree(visit(address).page)
    # A figure is made for the frames of others, where a masthead would be one too many.
    for landmark in ("main",) if address == FIGURE else ("main", "banner", "contentinfo"):
        assert len(tree.all(landmark)) == 1, landmark
    for landmark in ("navigation", "region", "search", "complementary"):
        names = [node.name for node in tree.all(landmark)]
        assert all(names), f"each {landmark} says what it is"
        assert len(names) == len(set(names)), names

    levels = [node.level for node in tree.all("heading")]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert [(one, two) for one, two in pairwise(levels) if two > one + 1] == [], "no level is left out"
    assert [node.role for node in tree.all("heading", "link", "button", "image", "dialog") if not node.name] == []
    named = [table for group in tree.all("group") if group.name for table in group.all("table")]
    assert [table for table in tree.all("table") if not table.name and table not in named] == []

    alone = {"CSV", "JSON", "SVG", "PNG", "#", "here", "more"}
    assert alone.isdisjoint(node.name for node in tree.all("link")), "a link says where it leads, read by itself"


@pytest.mark.parametrize("address", ["", REPORT, "trends/entered-treatment/", "groups/problem/", AREA, STANDINGS])
def test_a_chart_reads_as_its_finding_its_picture_and_its_figures(address: str, visit: Open) -> None:
    charts = [figure for figure in read_tree(visit(address).page).all("figure") if figure.all("image")]
    assert charts
    for chart in charts:
        parts = chart.all("heading", "image", "table", "link")
        assert [part.role for part in parts if part.role in ("heading", "image")] == ["heading", "image"]
        picture = parts.index(chart.all("image")[0])
        assert len(parts[picture].name) > 40, "what the picture shows is told in a sentence"
        tables = chart.all("table")
        if tables:
            assert len(tables) == 1
            assert parts.index(tables[0]) > picture
        else:
            assert any("of this chart" in part.name or "chart above" in part.name for part in parts), chart.all(
                "heading"
            )


@every_kind
def test_a_page_is_whole_at_a_zoom_of_four_hundred_per_cent(address: str, visit: Open) -> None:
    page = visit(address, 320, bypass_csp=True).page  # the spacing below is a style of the reader's
    page.set_viewport_size({"width": 320, "height": 256})
    page.add_style_tag(content=LAID_OUT)
    assert page.evaluate(SIDEWAYS) <= 0
    small = page.evaluate(
        """[...document.querySelectorAll("a[href], button, summary, select, input:not([type=radio]), label[for^=map]")]
          .filter((one) => one.checkVisibility() && !one.closest("svg, .skip"))
          .filter((one) => getComputedStyle(one).display !== "inline")  // a line of text gives its height
          .filter((one) => { const box = one.getBoundingClientRect(); return Math.min(box.width, box.height) < 23.9; })
          .map((one) => `${one.outerHTML.slice(0, 90)} ${one.getBoundingClientRect().height}`)"""
    )
    assert small == []
    page.add_style_tag(
        content="* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }"
        "p { margin-block-end: 2em !important; }"
    )
    assert page.evaluate(SIDEWAYS) <= 0
    cut = page.evaluate(
        """[...document.querySelectorAll("body :not(svg, svg *, .visually-hidden, .visually-hidden *)")]
          .filter((one) => /hidden|clip/.test(getComputedStyle(one).overflow) && one.clientHeight > 1)
          .filter((one) => one.scrollHeight > one.clientHeight + 1 || one.scrollWidth > one.clientWidth + 1)
          .map((one) => one.outerHTML.slice(0, 90))"""
    )
    assert cut == []


def test_the_focus_is_never_under_the_name_of_a_row(visit: Open) -> None:
    page = visit(REPORT, 390).page
    table = page.locator(".table-scroll:visible").filter(has=page.locator("td a.n")).first
    table.scroll_into_view_if_needed()
    links = table.locator("tbody tr:nth-child(2) td a.n")
    assert links.count() > 2
    table.evaluate("box => { box.scrollLeft = box.scrollWidth; }")
    for link in reversed(links.all()):
        link.focus()
        page.wait_for_timeout(50)
        on_top = link.evaluate(
            """link => { const box = link.getBoundingClientRect();
              return [box.left + 1, box.right - 1].every((x) =>
                document.elementFromPoint(x, box.top + box.height / 2) === link); }"""
        )
        assert on_top, link.inner_text()


def test_a_word_of_the_glossary_opens_its_definition_by_keyboard_without_scripts(visit: Open) -> None:
    for scripts in (True, False):
        found = visit(REPORT, 390, scripts=scripts)
        page = found.page
        word = page.locator("button.term").nth(1)
        meaning = page.locator(f"#{word.get_attribute('popovertarget')}")
        assert not meaning.is_visible()
        word.focus()
        page.keyboard.press("Enter")
        assert meaning.is_visible()
        box, beside = meaning.bounding_box(), word.bounding_box()
        assert box is not None
        assert beside is not None
        assert 0 <= box["x"] <= box["x"] + box["width"] <= 390
        assert min(abs(box["y"] - beside["y"] - beside["height"]), abs(beside["y"] - box["y"] - box["height"])) < 20
        if scripts:
            assert page.evaluate("document.activeElement.className") == "meaning", "so that it is read out"
            assert [node.name for node in read_tree(page).all("dialog")] == [meaning.get_attribute("aria-label")]
        page.keyboard.press("Escape")
        assert not meaning.is_visible()
        page.keyboard.press("Enter")
        assert meaning.is_visible(), "the focus was to be back at the word"
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_url("**/glossary/#*")
        assert found.said == []
        assert page.locator(":target").is_visible()


def test_on_paper_a_word_of_the_glossary_is_a_word(visit: Open) -> None:
    page = visit(REPORT).page
    page.emulate_media(media="print")
    word = page.locator("button.term").first
    assert word.evaluate("word => getComputedStyle(word).textDecorationLine") == "none"
    assert page.locator(".meaning:visible").count() == 0


def test_what_is_told_by_colour_is_seen_in_the_reader_s_own(visit: Open) -> None:
    page = visit(AREA).page
    page.emulate_media(forced_colors="active")
    words = page.evaluate("getComputedStyle(document.body).color")
    for part in (".strip__all", ".strip__middle", ".strip__england"):
        assert page.locator(part).first.evaluate("part => getComputedStyle(part).stroke") == words, part
    own = page.locator(".strip__own").first.evaluate("part => getComputedStyle(part).fill")
    assert own not in (words, page.evaluate("getComputedStyle(document.body).backgroundColor"))
    page = visit(REPORT).page
    page.emulate_media(forced_colors="active")
    bars = page.locator(".chart__base").first.evaluate("base => getComputedStyle(base, '::before').borderTopColor")
    assert bars not in ("rgba(0, 0, 0, 0)", page.evaluate("getComputedStyle(document.body).backgroundColor"))
    assert (
        page.locator("button.term").first.evaluate("word => getComputedStyle(word).textDecorationLine") == "underline"
    )


def test_nothing_moves_for_those_who_ask_for_no_motion(visit: Open) -> None:
    moving = "[...document.querySelectorAll('*')].filter((one) => parseFloat(getComputedStyle(one).transitionDuration))"
    page = visit("areas/").page
    assert page.evaluate(f"{moving}.length") == 0
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    page.emulate_media(reduced_motion="no-preference")
    assert page.evaluate(f"{moving}.length") > 0


def test_more_contrast_is_given_where_it_is_asked_for(visit: Open) -> None:
    page = visit("").page
    colours = "[...document.querySelectorAll('.chart__base, body')].map((one) => getComputedStyle(one).color)"
    assert len(set(page.evaluate(colours))) == 2
    page.emulate_media(contrast="more")
    assert len(set(page.evaluate(colours))) == 1
