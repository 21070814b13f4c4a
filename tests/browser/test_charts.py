"""Charts that respond: exact values by pointer, touch and keyboard, the base of a count picked, words large enough."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET  # the drawings are our own

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Locator, expect

from yearbook.charts.theme import DARK, LIGHT, SMALL

Open = Callable[..., Any]  # gives a Visit: see conftest

TREND = "trends/recovery-rate/"
REPORT = "reports/2019-20/"
SVG = "{http://www.w3.org/2000/svg}"
MODULES = ["charts", "element", "share"]


def figure(page: Any, id: str) -> Locator:
    found: Locator = page.locator(f"#{id}")
    found.locator("picture").scroll_into_view_if_needed()
    return found


def wake(found: Locator) -> Locator:
    """Turn to a chart with the pointer and wait until it responds; gives its options."""
    found.locator("picture").hover(position={"x": 2, "y": 2})
    options = found.locator("[role=option]")
    expect(options.first).to_be_attached()
    return options


def centre(mark: Locator) -> tuple[float, float]:
    box = mark.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def data_table(found: Locator) -> list[str]:
    """The rows of the figure's own table, `2019-20: 51.1%`, whose first column is a figure of the chart."""
    return [
        f"{row.locator('th').text_content()}: {row.locator('td').first.text_content()}"
        for row in found.locator("details tbody tr").all()
    ]


def test_nothing_is_asked_for_before_a_reader_turns_to_a_chart(visit: Open) -> None:
    found = visit(REPORT)
    found.see_every_image()
    modules = [url.rpartition("/")[2].partition(".")[0] for url in found.asked if "/js/" in url]
    assert sorted(modules) == MODULES
    figures = found.page.locator("figure.chart")
    assert found.page.locator(".chart__marks[aria-busy=true]").count() == figures.count() > 20
    assert found.page.locator("figure.chart svg").count() == 0


def test_the_drawing_comes_from_what_the_browser_has_already(visit: Open) -> None:
    found = visit(TREND)
    found.see_every_image()
    network = found.page.context.new_cdp_session(found.page)
    answers: list[dict[str, Any]] = []
    served: list[str] = []
    network.send("Network.enable")
    network.on("Network.responseReceived", lambda event: answers.append(event))
    network.on("Network.requestServedFromCache", lambda event: served.append(event["requestId"]))
    wake(figure(found.page, "chart-trend-recovery-rate"))
    drawn = [one for one in answers if one["response"]["url"].endswith(".svg")]
    assert len(drawn) == 1
    assert drawn[0]["requestId"] in served or drawn[0]["response"]["fromDiskCache"]
    assert found.said == []


@pytest.mark.parametrize("width", [1280, 390])
def test_the_keys_read_every_value_of_the_table(width: int, visit: Open) -> None:
    found = visit(TREND, width)
    page, chart = found.page, figure(found.page, "chart-trend-recovery-rate")
    page.locator("h1").click()
    while not page.evaluate("document.activeElement.matches('.chart__marks')"):
        page.keyboard.press("Tab")
    expect(chart.locator(".chart__keys")).to_be_visible()
    tip, listing = chart.locator(".chart__tip"), chart.get_by_role("listbox")
    expect(tip).to_be_visible()
    read = []
    page.keyboard.press("Home")
    for _ in range(chart.locator("[role=option]").count()):
        read.append(tip.inner_text())
        active = chart.locator(f"#{listing.get_attribute('aria-activedescendant')}")
        assert active.get_attribute("aria-label") == read[-1], "what is seen is what is said"
        assert active.get_attribute("aria-selected") == "true"
        page.keyboard.press("ArrowRight")
    assert sorted(read) == read == data_table(chart)
    page.keyboard.press("Home")
    assert tip.inner_text() == read[0]
    page.keyboard.press("End")
    assert tip.inner_text() == read[-1]
    page.keyboard.press("Escape")
    expect(tip).not_to_be_attached()
    page.keyboard.press("ArrowLeft")
    assert tip.inner_text() == read[-2], "the walk goes on from where it was"
    page.keyboard.press("Tab")
    assert page.evaluate("!document.activeElement.closest('picture')"), "a chart is one stop"
    expect(tip).not_to_be_attached()
    assert (found.said, found.refused) == ([], [])


def test_up_and_down_lead_to_the_same_year_of_another_series_and_dim_the_rest(visit: Open) -> None:
    page = visit(REPORT).page
    chart = figure(page, "chart-waits")
    chart.get_by_role("listbox").focus()
    wake(chart)
    page.keyboard.press("Home")
    tip = chart.locator(".chart__tip")
    for _ in range(9):
        page.keyboard.press("ArrowRight")
        if "2018-19" in tip.inner_text():
            break
    said = [tip.inner_text()]
    for key in ("ArrowUp", "ArrowDown", "ArrowDown"):
        page.keyboard.press(key)
        said.append(tip.inner_text())
    assert all("2018-19" in words for words in said)
    assert said[0] == said[2] != said[1]
    assert len({words.partition(", 2018")[0] for words in said}) == 3
    groups = "nodes => [...new Set(nodes.map(node => node.dataset.group))]"
    off, every = (chart.locator(which).evaluate_all(groups) for which in ("[data-off]", "[data-group]"))
    assert (len(off), len(every)) == (2, 3)
    assert chart.locator("[aria-selected=true]").get_attribute("data-group") not in off


def test_a_row_of_bars_is_told_from_the_others(visit: Open) -> None:
    page = visit(REPORT).page
    chart = figure(page, "chart-groups-deprivation")
    wake(chart)
    bar = chart.locator("[role=option][aria-label^='Decile 4, recovery rate']")
    page.mouse.move(*centre(bar))
    assert chart.locator(".chart__tip").inner_text() == bar.get_attribute("aria-label")
    lit = chart.locator("[role=option]:not([data-off])").evaluate_all("all => all.map(one => one.ariaLabel)")
    assert len(lit) == 3
    assert all(words.startswith("Decile 4, ") for words in lit)


def test_pointing_shows_a_value_beside_its_mark_until_it_is_left_or_dismissed(visit: Open) -> None:
    found = visit(TREND)
    page, chart = found.page, figure(found.page, "chart-trend-recovery-rate")
    before = chart.bounding_box()
    mark = wake(chart).nth(4)
    assert chart.bounding_box() == before, "nothing moves when a chart begins to respond"
    tip, x, y = chart.locator(".chart__tip"), *centre(mark)
    page.mouse.move(x + 12, y + 12)
    assert tip.inner_text() == mark.get_attribute("aria-label")
    words, own = tip.bounding_box(), mark.evaluate("node => node.getBoundingClientRect().toJSON()")
    assert words is not None
    assert words["y"] + words["height"] < own["top"] or words["y"] > own["bottom"], "it never hides the mark"
    page.mouse.move(words["x"] + words["width"] / 2, words["y"] + words["height"] / 2)
    expect(tip).to_have_text(mark.get_attribute("aria-label") or "")
    page.keyboard.press("Escape")
    expect(tip).not_to_be_attached()
    page.mouse.move(x + 11, y + 11)
    expect(tip).to_be_visible()
    page.mouse.move(1, 1)
    expect(tip).not_to_be_attached()


def test_a_tap_chooses_a_value_and_a_tap_elsewhere_lets_it_go(visit: Open) -> None:
    found = visit(TREND, 320, touch=True)
    page, chart = found.page, figure(found.page, "chart-trend-recovery-rate")
    box = chart.locator("picture").bounding_box()
    assert box is not None
    page.touchscreen.tap(box["x"] + 2, box["y"] + 2)
    marks, tip = chart.locator("[role=option]"), chart.locator(".chart__tip")
    for number in (0, 5, 11):
        page.touchscreen.tap(*centre(marks.nth(number)))
        expect(tip).to_have_text(marks.nth(number).get_attribute("aria-label") or "")
        shown = tip.bounding_box()
        assert shown is not None
        assert shown["x"] >= box["x"] - 1
        assert shown["x"] + shown["width"] <= box["x"] + box["width"] + 1, "it stays within the figure"
    page.touchscreen.tap(160, 4)
    expect(tip).not_to_be_attached()
    assert found.said == []


def test_the_tree_holds_the_picture_in_words_and_each_value_once(visit: Open) -> None:
    page = visit(TREND).page
    chart = figure(page, "chart-trend-recovery-rate")
    chart.get_by_role("listbox").focus()
    wake(chart)
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    told = [(one["role"]["value"], one["name"]["value"]) for one in tree if not one["ignored"] and one.get("name")]
    alt = chart.locator("picture > img").get_attribute("alt")
    assert ("image", alt) in told
    finding = chart.locator(".chart__finding").text_content()
    assert ("listbox", f"The values of the chart: {finding}") in told
    assert [name for role, name in told if role == "option"] == data_table(chart)
    assert sum(name == "2019-20: 51.1%" for _, name in told) == 1, "its tip is not read out again"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_responding_chart_has_the_colours_of_its_image_and_prints_as_it(scheme: str, visit: Open) -> None:
    found = visit(TREND, scheme=scheme)
    page, chart = found.page, figure(found.page, "chart-trend-recovery-rate")
    mark = wake(chart).first
    channels = [int((DARK if scheme == "dark" else LIGHT)["main"][at : at + 2], 16) for at in (1, 3, 5)]
    assert mark.evaluate("node => getComputedStyle(node).stroke") == f"rgb({', '.join(map(str, channels))})"
    page.emulate_media(media="print")
    assert not chart.locator(".chart__marks").is_visible()
    assert chart.locator("picture > img").evaluate("image => getComputedStyle(image).opacity") == "1"
    assert found.said == []


def test_axe_finds_nothing_in_a_responding_chart(visit: Open) -> None:
    page = visit(TREND, 390, bypass_csp=True).page
    chart = figure(page, "chart-trend-recovery-rate")
    wake(chart)
    chart.get_by_role("listbox").focus()
    page.keyboard.press("End")
    expect(chart.locator(".chart__tip")).to_be_visible()
    for scheme, rules in (("light", None), ("dark", ["color-contrast"])):
        page.emulate_media(color_scheme=scheme)
        options = {"resultTypes": ["violations"]} | ({"runOnly": rules} if rules else {})
        faults = Axe().run(page, context="figure.chart", options=options).response["violations"]
        assert [(fault["id"], [node["html"][:150] for node in fault["nodes"]]) for fault in faults] == []


def test_where_the_drawing_cannot_be_had_the_image_stays(visit: Open) -> None:
    found = visit(TREND)
    found.see_every_image()
    found.page.route("**/*.svg", lambda route: route.fulfill(status=200, body="not a drawing"))
    chart = figure(found.page, "chart-trend-recovery-rate")
    chart.locator("picture").hover()
    expect(chart.locator(".chart__marks")).to_have_count(0)
    assert chart.locator("picture > img").evaluate("image => getComputedStyle(image).opacity") == "1"
    assert found.page.locator("figure.chart svg").count() == 0


def test_a_turned_phone_gets_the_other_drawing_with_the_same_value_chosen(visit: Open) -> None:
    page = visit(TREND, 390).page
    chart = figure(page, "chart-trend-recovery-rate")
    chart.get_by_role("listbox").focus()
    wake(chart)
    page.keyboard.press("End")
    said = chart.locator(".chart__tip").inner_text()
    page.set_viewport_size({"width": 900, "height": 500})
    expect(chart.locator("svg")).to_have_attribute("viewBox", re.compile("^0 0 720 "))
    assert chart.locator(".chart__tip").inner_text() == said


def test_a_base_is_picked_by_keyboard_without_scripts(visit: Open) -> None:
    page = visit(REPORT, 390, scripts=False).page
    switch = page.locator("fieldset.bases")
    views = switch.locator(".bases__view")
    shown = [view.is_visible() for view in views.all()]
    assert shown.count(True) == 1
    table = page.locator("#chart-five-denominators details tbody tr")
    rows = [(row.locator("th").text_content(), row.locator("td").first.text_content()) for row in table.all()]
    assert len(rows) == len(shown) == 5
    assert switch.locator(".bases__value:visible").inner_text() == rows[-1][1], "the published base is shown first"
    switch.locator("input:checked").focus()
    for number in (0, 1, 2, 3):
        page.keyboard.press("ArrowDown")
        assert switch.locator(".bases__value:visible").inner_text() == rows[number][1]
        base = switch.locator(".base:visible").inner_text()
        assert base == f"{switch.locator('label:has(:checked)').inner_text().strip()}, in 2019-20"
        assert base.startswith("Of referrals ")
    assert switch.locator("img:visible").get_attribute("alt")
    page.emulate_media(media="print")
    assert all(view.is_visible() for view in views.all()), "on paper every base is there"


def test_a_base_without_a_figure_says_why(visit: Open) -> None:
    switch = visit("reports/2014-15/").page.locator("fieldset.bases")
    marks = switch.locator(".bases__view", has=switch.page.get_by_text("[x]", exact=True))
    assert marks.count() > 0
    for view in marks.all():
        assert "Not available in the sources for 2014-15." in (view.text_content() or "")


def test_the_trend_of_a_rate_shows_all_its_bases_its_own_first(visit: Open) -> None:
    page = visit("trends/recovered-of-received/").page
    switch = page.locator("fieldset.bases")
    assert switch.locator("label").count() == 7
    assert switch.locator("label:has(:checked)").inner_text().strip() == "Of referrals received in the year"
    switch.locator("label").last.click()
    assert switch.locator(".bases__view:visible").count() == 1
    assert switch.locator("label:has(:checked)").inner_text().strip() in switch.locator(".base:visible").inner_text()


def test_a_first_tap_on_a_map_reads_and_a_second_follows(visit: Open) -> None:
    found = visit("areas/", 390, touch=True)
    page = found.page
    address, hexagon = page.url, page.locator(".hex:visible").nth(40)
    hexagon.scroll_into_view_if_needed()
    page.touchscreen.tap(*centre(hexagon))
    readout = page.locator(".hexmap__readout")
    expect(readout).to_contain_text(hexagon.get_attribute("aria-label") or "")
    assert page.url == address
    assert readout.get_by_role("link").get_attribute("href") == hexagon.get_attribute("href")
    page.touchscreen.tap(*centre(hexagon))
    page.wait_for_url(lambda url: url != address)
    page.go_back()
    assert found.said == []


def test_no_words_in_a_drawing_are_small(real_site: Path) -> None:
    drawings = [path for path in (real_site / "assets" / "charts").glob("*.svg") if not path.stem.endswith("spark")]
    sizes = [
        float((text.get("font-size") or "").removesuffix("px"))
        for path in drawings
        for text in ET.parse(path).iter(f"{SVG}text")  # noqa: S314
    ]
    assert len(drawings) > 100
    assert min(sizes) >= SMALL


@pytest.mark.parametrize("address", ["", REPORT, TREND, "groups/deprivation/", "areas/09d-brighton-and-hove/"])
def test_no_drawing_is_shown_smaller_than_it_was_drawn(address: str, visit: Open) -> None:
    """The words of a drawing are then no smaller than they were drawn, which the test above knows to be enough."""
    page = visit(address, 320).page
    scales = """all => all.map((image) => {
      const source = image.parentNode.querySelector("source");
      const drawn = source && matchMedia(source.media).matches ? source : image;
      return image.clientWidth / Number(drawn.getAttribute("width"));
    })"""
    for width in (320, 360, 390, 767, 768, 799, 800, 1023, 1024, 1071, 1072, 1183, 1184, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert min(page.locator("figure.chart picture > img").evaluate_all(scales)) > 0.999, width
