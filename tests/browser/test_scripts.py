"""The theme's scripts in a real browser, on small pages of the theme's own frame, style sheets and policy.

The pages are written here and served from this machine; the numbers are the published ones of 2020-21.
"""

import gzip
import json
import math
import re
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from jinja2 import Environment, FileSystemLoader
from playwright.sync_api import Browser, BrowserContext, Page, expect

THEME = Path(__file__).resolve().parents[2] / "templates" / "theme"
MOST_BYTES = 10_000
"""What the scripts of a page may weigh, compressed."""


def area(
    name: str, *codes: str, kind: str = "CCG", years: str = "2017-18 to 2021-22", **more: object
) -> dict[str, Any]:
    address = f"areas/{codes[0].lower()}/"
    return {"name": name, "address": address, "type": kind, "codes": list(codes), "years": years, "now": "", **more}


BRIGHTON = "NHS Brighton and Hove CCG"
STOKE = "NHS Stoke on Trent CCG"
BRISTOL = "NHS Bristol, North Somerset and South Gloucestershire CCG"
SUSSEX = "NHS Sussex ICB"
SUSSEX_NOW = "now part of NHS Sussex ICB"
AREAS = [
    area(BRIGHTON, "09D", councils=["Brighton and Hove"], former=[], now=SUSSEX_NOW),
    area(STOKE, "05W", councils=["Stoke-on-Trent"]),
    area(
        "NHS East Sussex CCG",
        "97R",
        councils=["Eastbourne", "Hastings", "Lewes", "Rother", "Wealden"],
        former=["NHS Eastbourne, Hailsham and Seaford CCG", "NHS High Weald Lewes Havens CCG"],
        years="2020-21 to 2021-22",
        now=SUSSEX_NOW,
    ),
    area("NHS West Sussex CCG", "70F", councils=["Arun", "Crawley", "Horsham"], years="2020-21 to 2021-22"),
    area(SUSSEX, "QNX", kind="ICB", councils=["Lewes"], years="2022-23 to 2023-24"),
    area("Sussex and East Surrey STP", "E54000033", "QNX", kind="STP", years="2018-19 to 2021-22"),
    area(BRISTOL, "15C", councils=["Bristol, City of"]),
    area("NHS St Helens CCG", "01X", councils=["St. Helens"]),
    area("NHS Kernow CCG", "11N", councils=["Cornwall", "Isles of Scilly"]),
    area("NHS Wirral CCG", "12F", councils=["Wirral"]),
    area("NHS Small Place CCG", "99Z"),
    area("Sussex Partnership NHS Foundation Trust", "RX2", kind="Provider", years="2017-18 to 2023-24"),
    *(area(f"NHS Northern Place {letter} CCG", f"N0{letter}") for letter in "ABCDEFGHJKLM"),
]


def rate(text: str, numerator: int, denominator: int, low: float, high: float, **more: object) -> dict[str, object]:
    return {"text": text, "numerator": numerator, "denominator": denominator, "low": low, "high": high, **more}


def year(kind: str, code: str, **metrics: Mapping[str, object]) -> dict[str, object]:
    return {"type": kind, "code": code, "metrics": metrics}


COUNT = {"text": "8,360", "numerator": 8360}
HIDDEN = {"text": "[c]", "status": "suppressed", "why": "hidden because the number is small"}
WARNED = rate("70%", 700, 1000, 67, 73, flags=["More courses finished (775) than referrals received (500)."])
FIGURES = {
    "england": (
        "England",
        {"2020-21": year("england", "ENG", recovery_rate=rate("51.4%", 306990, 597382, 51.3, 51.5))},
    ),
    "09d": (
        "Brighton and Hove",
        {
            "2020-21": year(
                "ccg",
                "09D",
                recovery_rate=rate("34%", 930, 2735, 32.25, 35.8, rank=135, of=135, verdict="clearly worse"),
                referrals_received=COUNT,
                over_18_weeks=HIDDEN,
            ),
            "2021-22": year("ccg", "09D", recovery_rate=rate("46%", 1410, 3080, 44.0, 47.5)),
        },
    ),
    "05w": (
        "Stoke on Trent",
        {
            "2020-21": year(
                "ccg", "05W", recovery_rate=rate("64%", 1450, 2280, 61.6, 65.56, verdict="similar", not_ranked="so few")
            )
        },
    ),
    "12f": ("Wirral", {"2020-21": year("ccg", "12F", recovery_rate=rate("35%", 960, 2735, 33.3, 36.9))}),
    "97r": ("East Sussex", {"2020-21": year("ccg", "97R", recovery_rate=WARNED)}),
    "99z": ("Small Place", {"2020-21": year("ccg", "99Z", recovery_rate=rate("20%", 20, 100, 13, 29))}),
    "e54000033": (
        "Sussex and East Surrey",
        {"2020-21": year("stp", "QNX", recovery_rate=rate("50%", 5000, 10000, 49, 51))},
    ),
    "qnx": ("Sussex", {"2022-23": year("icb", "QNX", recovery_rate=rate("51%", 6000, 11765, 50, 52))}),
}
METRICS = [
    {
        "name": "recovery_rate",
        "title": "Recovery rate",
        "base": "of those at caseness",
        "unit": "percent",
        "better": "higher",
    },
    {"name": "referrals_received", "title": "Referrals received", "base": "", "unit": "count", "better": ""},
    {"name": "over_18_weeks", "title": "Waited over 18 weeks", "base": "of those who finished", "unit": "percent"},
    {"name": "never_published", "title": "Never published", "base": "", "unit": "count"},
]

FINDER = """
<form class="finder" data-index="/finder.json" data-root="/" role="search" hidden>
<label for="find">Find your area</label><div class="finder__field"><input type="search" id="find"></div></form>"""

ROWS = [
    ("Bath", "49%", "1,205", "−1.5", ""),
    ("Amber Valley", "[c]", "8,360", "2.0", ""),
    ("cheshire", "5%", "990", "−10.2", ""),
    ("Élysée", "100%", "12,000", "0", ""),
    ("Dover", "50%", "[x]", "+3", "50.4"),
    ("Eden", "50%", "2", "1", "49.6"),
]


def table() -> str:
    head = "".join(f'<th scope="col">{name}</th>' for name in ("Area", "Recovery rate", "Referrals", "Change"))
    rows = "\n".join(
        f'<tr><th scope="row">{name}</th><td{f" data-value={value}" if value else ""}>{percent}</td>'
        f"<td>{count}</td><td>{change}</td><td></td></tr>"
        for name, percent, count, change, value in ROWS
    )
    england = (
        '<tr class="base-row"><th scope="row">England</th><td>51.4%</td><td>1,456,446</td><td>0.3</td><td></td></tr>'
    )
    return (
        '<div class="table-scroll" tabindex="0" role="region" aria-label="Areas"><table class="data" data-sortable '
        f'data-filter="Keep the areas with"><caption>Areas</caption><thead><tr>{head}'
        f'<th scope="col" data-unsorted>Note</th></tr></thead><tbody>{rows}{england}</tbody></table></div>'
    )


COLUMNS, LINES, SIZE = 5, 4, 10


def hex_map() -> str:
    """Two maps of 4 rows of 5 hexagons, every other row half a hexagon to the right; names are row and column."""
    wide = SIZE * math.sqrt(3)
    corners = [
        (SIZE * math.sin(math.radians(60 * turn)), SIZE * math.cos(math.radians(60 * turn))) for turn in range(6)
    ]

    def hexagon(line: int, column: int, metric: str) -> str:
        x, y = wide * (column + 0.5 + line % 2 / 2), SIZE * (1 + 1.5 * line)
        points = " ".join(f"{x + right:.2f},{y + down:.2f}" for right, down in corners)
        band = (line * COLUMNS + column) % 6
        return (
            f'<a class="hex" href="/areas/{line}{column}/" data-band="{band}" '
            f'aria-label="{metric} {line}{column}, band {band}"><polygon points="{points}"/>'
            f'<text class="hex__label" x="{x:.2f}" y="{y:.2f}" font-size="6" aria-hidden="true">{line}{column}</text></a>'
        )

    legend = "".join(
        f'<li data-band="{band}">Band {band} <span class="hexmap__count">4</span></li>' for band in range(6)
    )
    box = f"0 0 {wide * (COLUMNS + 0.5):.0f} {SIZE * (1.5 * LINES + 0.5):.0f}"
    views = "".join(
        f'<div class="hexmap__view"><svg viewBox="{box}" role="group" aria-label="{metric}">'
        + "".join(hexagon(line, column, metric) for line in range(LINES) for column in range(COLUMNS))
        + f'</svg><ul class="hexmap__legend">{legend}</ul></div>'
        for metric in ("Recovery", "Waits")
    )
    switch = "".join(
        f'<input type="radio" name="shown" id="shown-{number}"{"" if number else " checked"}>'
        f'<label for="shown-{number}">{metric}</label>'
        for number, metric in enumerate(("Recovery", "Waits"))
    )
    return (
        f'<figure class="hexmap"><fieldset class="hexmap__switch"><legend>Show</legend>{switch}</fieldset>{views}'
        '<output class="hexmap__readout">Point at a hexagon.</output></figure>'
    )


PAGES = {
    "index.html": ("home", FINDER),
    "areas/index.html": ("areas", f"{FINDER}{hex_map()}"),
    "standings/index.html": ("standings", hex_map() + table()),
    "compare/index.html": (
        "compare",
        '<form class="compare" data-index="/finder.json" data-root="/" hidden></form>'
        '<h2>Pairs</h2><p><a href="/areas/">All areas</a></p>',
    ),
    "lost/index.html": ("compare", '<form class="compare" data-index="/nothing.json" data-root="/" hidden></form>'),
    "lost-finder/index.html": ("home", FINDER.replace("/finder.json", "/nothing.json")),
    "report/index.html": ("report", "<p>A report.</p>"),
    "plain/index.html": ("page", "<p>A page without parts to work.</p>"),
}


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


@dataclass
class Opened:
    """An open page, with what it said to the console and what it asked for."""

    page: Page
    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)


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


Open = Callable[..., Opened]


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the focus is there, as somebody without a mouse would."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"the Tab key does not reach {selector}")


def find(page: Page, text: str) -> list[list[str]]:
    """Type into the finder; gives the lines of each area found."""
    page.locator(".finder input").fill("")
    page.locator(".finder input").press_sequentially(text)
    expect(page.locator(".finder__popup")).to_be_visible()
    return [
        [part.strip() for part in one.split("\n") if part.strip()]
        for one in page.locator("[role=option]").all_inner_texts()
    ]


# The finder ----------------------------------------------------------------------------------------------------------


def test_an_area_is_found_by_its_council_with_the_keyboard_alone(visit: Open, home: str) -> None:
    page = visit("").page
    tab_to(page, "#find")
    page.keyboard.type("lewes")
    field_ = page.get_by_role("combobox", name="Find your area")
    expect(field_).to_have_attribute("aria-expanded", "true")
    options = page.get_by_role("listbox").get_by_role("option")
    expect(options).to_have_count(2)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    chosen = page.locator(f"#{field_.get_attribute('aria-activedescendant')}")
    expect(chosen).to_have_attribute("aria-selected", "true")
    expect(chosen).to_contain_text("NHS East Sussex CCG")
    expect(chosen).to_contain_text("CCG · 2020-21 to 2021-22 · now part of NHS Sussex ICB")
    expect(chosen).to_contain_text("Council area: Lewes")
    assert page.evaluate("document.activeElement.id") == "find", "the focus stays in the field"
    page.keyboard.press("Enter")
    page.wait_for_url(f"{home}areas/97r/")


@pytest.mark.parametrize(
    ("typed", "name", "why"),
    [
        ("brighton", BRIGHTON, ""),
        ("BRIGHTON AND HOVE", BRIGHTON, ""),
        ("brighton & hove", BRIGHTON, ""),
        ("Hove, Brighton", BRIGHTON, ""),
        ("nhs brighton ccg", BRIGHTON, ""),
        ("brighton an", BRIGHTON, ""),
        ("stoke-on-trent", STOKE, ""),
        ("stoke on trent", STOKE, ""),
        ("Stôke", STOKE, ""),
        ("stokeontrent", STOKE, ""),
        ("05w", STOKE, "Code 05W"),
        ("e54000033", "Sussex and East Surrey STP", "Code E54000033"),
        ("12F", "NHS Wirral CCG", "Code 12F"),
        ("bnssg", BRISTOL, ""),
        ("saint helens", "NHS St Helens CCG", ""),
        ("hailsham", "NHS East Sussex CCG", "Formerly NHS Eastbourne, Hailsham and Seaford CCG"),
        ("Cornwall", "NHS Kernow CCG", "Council area: Cornwall, in whole or in part"),
        ("Sussex Partnership Trust", "Sussex Partnership NHS Foundation Trust", ""),
    ],
)
def test_the_finder_forgives_how_people_type(typed: str, name: str, why: str, visit: Open) -> None:
    first = find(visit("").page, typed)[0]
    assert first[0] == name
    assert (first[2:] or [""])[0] == why


@pytest.mark.parametrize("typed", ["brihgton", "brigton", "brightton", "brichton", "brightom", "brihgton hove"])
def test_one_slip_in_a_long_word_is_forgiven_and_said(typed: str, visit: Open) -> None:
    page = visit("").page
    assert [lines[0] for lines in find(page, typed)] == [BRIGHTON]
    assert page.locator(".finder__said").inner_text() == f"Nothing is spelt “{typed}”; this is near it."
    expect(page.locator(".finder [role=status]")).to_have_text(f"1 area. Nothing is spelt “{typed}”; this is near it.")


def test_two_slips_or_a_slip_in_a_short_word_find_nothing(visit: Open) -> None:
    page = visit("").page
    assert find(page, "birhgtno") == []
    assert find(page, "hobe") == []


def test_names_come_before_councils_and_areas_of_today_before_those_of_the_past(visit: Open) -> None:
    names = [lines[0] for lines in find(visit("").page, "sussex")]
    assert names == [
        SUSSEX,  # of that name exactly
        "Sussex and East Surrey STP",  # beginning with it
        "Sussex Partnership NHS Foundation Trust",
        "NHS West Sussex CCG",  # holding it
        "NHS East Sussex CCG",  # holding it, and gone
    ]


def test_ten_areas_are_shown_and_the_rest_are_counted(visit: Open) -> None:
    page = visit("").page
    assert len(find(page, "northern place")) == 10
    assert page.locator(".finder__said").inner_text() == "2 more: type on"
    expect(page.locator(".finder [role=status]")).to_have_text("12 areas. 2 more: type on")


def test_a_search_without_an_answer_says_what_to_try(visit: Open) -> None:
    page = visit("").page
    assert find(page, "atlantis") == []
    words = "No area is called “atlantis”. Try a council, how a name begins, or a code such as 09D."
    assert page.locator(".finder__said").inner_text() == words
    expect(page.locator(".finder [role=status]")).to_have_text(words)
    expect(page.get_by_role("combobox")).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("Enter")
    assert page.locator(".finder__said").is_visible()


def test_what_is_typed_is_never_markup(visit: Open) -> None:
    page = visit("").page
    find(page, "<b>zzzzz</b>")
    assert "<b>zzzzz</b>" in page.locator(".finder__said").inner_text()
    assert page.locator(".finder__popup b").count() == 0


def test_enter_takes_the_first_and_escape_clears(visit: Open, home: str) -> None:
    page = visit("").page
    find(page, "kernow")
    page.keyboard.press("Escape")
    expect(page.locator(".finder__popup")).to_be_hidden()
    assert page.locator("#find").input_value() == ""
    page.keyboard.type("kernow")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{home}areas/11n/")


def test_the_arrow_keys_go_round_by_way_of_the_field(visit: Open) -> None:
    page = visit("").page
    find(page, "lewes")
    marked = []
    for key in ("ArrowUp", "ArrowUp", "ArrowUp", "ArrowDown", "ArrowDown", "ArrowDown"):
        page.keyboard.press(key)
        marked.append(
            page.evaluate("[...document.querySelectorAll('[role=option]')].findIndex(o => o.ariaSelected === 'true')")
        )
    assert marked == [1, 0, -1, 0, 1, -1]
    assert page.locator("#find").get_attribute("aria-activedescendant") is None


def test_an_area_can_be_clicked(visit: Open, home: str) -> None:
    page = visit("", 390).page
    find(page, "wirral")
    page.get_by_role("option").first.click()
    page.wait_for_url(f"{home}areas/12f/")


def test_the_list_is_fetched_when_it_is_needed_and_once(visit: Open) -> None:
    found = visit("")
    assert not any(url.endswith(".json") for url in found.asked)
    find(found.page, "hove")
    find(found.page, "stoke")
    assert sum(url.endswith("finder.json") for url in found.asked) == 1


def test_a_list_that_cannot_be_fetched_is_told_in_words(visit: Open) -> None:
    page = visit("lost-finder/", quiet=False).page
    assert find(page, "hove") == []
    assert page.locator(".finder__said").inner_text() == "The list of areas could not be fetched. Try again later."


# Tables --------------------------------------------------------------------------------------------------------------


def column(page: Page, number: int) -> list[str]:
    rows = page.locator("table[data-sortable] tbody tr:visible")
    return [row.locator("th, td").nth(number).inner_text() for row in rows.all()]


@pytest.mark.parametrize(
    ("heading", "number", "first", "second"),
    [
        (
            "Area",
            0,
            ["England", "Amber Valley", "Bath", "cheshire", "Dover", "Eden", "Élysée"],
            ["England", "Élysée", "Eden", "Dover", "cheshire", "Bath", "Amber Valley"],
        ),
        (
            "Referrals",
            2,
            ["1,456,446", "12,000", "8,360", "1,205", "990", "2", "[x]"],
            ["1,456,446", "2", "990", "1,205", "8,360", "12,000", "[x]"],
        ),
        (
            "Change",
            3,
            ["0.3", "+3", "2.0", "1", "0", "−1.5", "−10.2"],
            ["0.3", "−10.2", "−1.5", "0", "1", "2.0", "+3"],
        ),
        (
            "Recovery rate",  # Dover's and Eden's 50% stand for 50.4 and 49.6
            0,
            ["England", "Élysée", "Dover", "Eden", "Bath", "cheshire", "Amber Valley"],
            ["England", "cheshire", "Bath", "Eden", "Dover", "Élysée", "Amber Valley"],
        ),
    ],
)
def test_a_table_is_sorted_by_keyboard(
    heading: str, number: int, first: Sequence[str], second: Sequence[str], visit: Open
) -> None:
    page = visit("standings/").page
    button = page.get_by_role("columnheader", name=heading, exact=True).get_by_role("button")
    button.focus()
    page.keyboard.press("Enter")
    assert column(page, number) == first
    names = heading == "Area"
    header = page.get_by_role("columnheader", name=heading)
    assert header.get_attribute("aria-sort") == ("ascending" if names else "descending")
    words = f"Sorted by {heading}, {'from A to Z' if names else 'highest first'}"
    assert page.locator("main > article > p[role=status]").inner_text() == words
    page.keyboard.press("Space")
    assert column(page, number) == second
    assert header.get_attribute("aria-sort") == ("descending" if names else "ascending")
    page.get_by_role("button", name="Change" if heading != "Change" else "Area").click()
    assert page.locator("[aria-sort]").count() == 1, "one column is sorted at a time"


def test_a_heading_with_nothing_to_sort_is_left_alone_and_an_arrow_is_seen(visit: Open) -> None:
    page = visit("standings/").page
    assert page.get_by_role("columnheader", name="Note").get_by_role("button").count() == 0
    arrow = "getComputedStyle(document.querySelector('.sort'), '::after').content"
    assert "↕" in page.evaluate(arrow)
    page.get_by_role("button", name="Area").click()
    assert "↑" in page.evaluate(arrow)


def test_a_table_is_filtered_with_a_live_count(visit: Open) -> None:
    page = visit("standings/").page
    page.get_by_label("Keep the areas with").fill("elys")
    assert column(page, 0) == ["Élysée", "England"]
    count = page.locator(".table-filter output")
    assert count.inner_text() == "1 of 6 rows"
    page.get_by_label("Keep the areas with").fill("zz")
    assert count.inner_text() == "No row holds “zz”"
    page.keyboard.press("Escape")
    assert len(column(page, 0)) == 7
    assert count.inner_text() == "6 rows"


# Maps ----------------------------------------------------------------------------------------------------------------

FOCUSED = "document.activeElement.getAttribute('aria-label')"


def walk(page: Page, *keys: str) -> list[str]:
    """Press the keys; gives the hexagon after each."""
    found = []
    for key in keys:
        page.keyboard.press(key)
        found.append(page.evaluate(FOCUSED).split(",")[0].removeprefix("Recovery "))
    return found


@pytest.mark.parametrize("width", [1280, 390])
def test_the_arrow_keys_walk_from_neighbour_to_neighbour(width: int, visit: Open) -> None:
    page = visit("standings/", width).page
    tab_to(page, ".hex")
    assert walk(page, "ArrowRight", "ArrowRight", "ArrowLeft") == ["01", "02", "01"]
    assert walk(page, "ArrowUp") == ["01"], "there is nothing above the first row"
    down = walk(page, "ArrowDown", "ArrowDown", "ArrowDown")
    assert down[1] == "21", "every other row stands half a hexagon aside"
    assert walk(page, "ArrowUp", "ArrowUp", "ArrowUp") == [*reversed(down[:2]), "01"]
    assert walk(page, "End", "Home") == ["34", "00"]
    for column_ in range(1, COLUMNS):
        assert walk(page, "ArrowRight") == [f"0{column_}"]
        path = [f"0{column_}", *walk(page, "ArrowDown", "ArrowDown", "ArrowDown")]
        assert path[2] == f"2{column_}", "two rows down stands the hexagon straight below"
        assert [path[-1], *walk(page, "ArrowUp", "ArrowUp", "ArrowUp")] == path[::-1]
    walk(page, "Home")
    assert walk(page, "ArrowLeft") == ["00"]


def test_a_map_is_one_stop_and_a_hexagon_is_read_out_and_shown_in_the_legend(visit: Open) -> None:
    page = visit("standings/").page
    readout = page.locator(".hexmap__readout")
    assert readout.inner_text() == "Point at a hexagon."
    tab_to(page, ".hex")
    walk(page, "ArrowRight", "ArrowRight")
    assert readout.inner_text() == "Recovery 02, band 2"
    assert readout.get_attribute("aria-live") == "off", "the link is read out already"
    assert page.locator(".hexmap__legend [data-current]:visible").all_inner_texts()[0].startswith("Band 2")
    assert page.locator(".hexmap__ring").count() == 1
    page.keyboard.press("Tab")
    assert page.evaluate("!document.activeElement.matches('.hex')")
    assert readout.inner_text() == "Point at a hexagon."
    assert page.locator(".hexmap__ring, [data-current]").count() == 0
    page.keyboard.press("Shift+Tab")
    assert page.evaluate(FOCUSED) == "Recovery 02, band 2", "the map remembers where the reader was"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/areas/1[12]/$"))


def test_what_a_chart_takes_before_a_reader_turns_to_it_is_next_to_nothing() -> None:
    weight = len(gzip.compress((THEME / "js" / "charts.js").read_bytes(), 9, mtime=0))
    assert weight < 1_200


def test_pointing_at_a_hexagon_says_what_it_is(visit: Open) -> None:
    page = visit("standings/").page
    page.locator(".hex:visible").nth(7).hover()
    assert page.locator(".hexmap__readout").inner_text() == "Recovery 12, band 1"
    page.locator("h1").hover()
    assert page.locator(".hexmap__readout").inner_text() == "Point at a hexagon."


@pytest.mark.parametrize("scripts", [True, False])
def test_the_map_is_switched_by_keyboard_without_a_script(scripts: bool, visit: Open) -> None:
    page = visit("standings/", scripts=scripts).page
    assert [view.is_visible() for view in page.locator(".hexmap__view").all()] == [True, False]
    tab_to(page, "[name=shown]")
    page.keyboard.press("ArrowRight")
    assert [view.is_visible() for view in page.locator(".hexmap__view").all()] == [False, True]
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED) == "Waits 00, band 0"


# Comparing -----------------------------------------------------------------------------------------------------------


def compared(visit: Open, query: str, **named: Any) -> Page:
    page: Page = visit(f"compare/{query}", **named).page
    page.locator(".comparison > *").first.wait_for()
    return page


def faults(page: Page) -> list[str]:
    return page.locator(".compare__faults li").all_inner_texts()


def test_two_areas_are_compared_in_a_sentence_and_a_table(visit: Open) -> None:
    page = compared(visit, "?a=09D&b=05w&year=2020-21")
    section = page.get_by_role("region", name="Comparison", exact=True)
    assert section.locator("h2").inner_text() == (
        "Stoke on Trent’s recovery rate is almost double Brighton and Hove’s: ratio 1.87 (95% interval 1.76 to 1.99)."
    )
    assert section.locator("> p").all_inner_texts() == [
        "Recovery rate: of those at caseness",
        "The difference is 29.6 percentage points (95% interval 26.9 to 32.2).",
    ]
    head = section.locator("thead th").all_inner_texts()
    assert [" ".join(text.split()) for text in head] == [
        "Metric",
        "Brighton and Hove CCG 09D",
        "Stoke on Trent CCG 05W",
        "England",
    ]
    rows = [
        [" ".join(cell.split()) for cell in row.locator("th, td").all_inner_texts()]
        for row in section.locator("tbody tr").all()
    ]
    assert rows == [
        [
            "Recovery rate of those at caseness",
            "34% 32.3 to 35.8% clearly worse than England rank 135 of 135",
            "64% 61.6 to 65.6% not clearly different from England not ranked",
            "51.4% 51.3 to 51.5%",
        ],
        ["Referrals received", "8,360", "[x]", "[x]"],
        ["Waited over 18 weeks of those who finished", "[c]", "[x]", "[x]"],
    ]
    notes = section.locator(".comparison__notes li").all_inner_texts()
    assert "[c] hidden because the number is small" in notes
    assert "[x] not in the figures of the year" in notes
    assert faults(page) == []


def test_the_rates_compared_are_drawn_with_their_intervals(visit: Open) -> None:
    page = compared(visit, "?a=09D&b=05W&year=2020-21")
    drawn = page.locator(".beside svg")
    assert drawn.get_attribute("aria-label") == (
        "Recovery rate: Brighton and Hove 34%, interval 32.3 to 35.8%; Stoke on Trent 64%, interval 61.6 to 65.6%; "
        "England 51.4%."
    )
    place = "node => node.getBoundingClientRect().x + node.getBoundingClientRect().width / 2"
    brighton, stoke = (dot.evaluate(place) for dot in drawn.locator(".beside__dot").all())
    england = drawn.locator(".beside__england").evaluate(place)
    shares = [100 * 930 / 2735, 100 * 306990 / 597382, 100 * 1450 / 2280]
    assert (england - brighton) / (stoke - brighton) == pytest.approx(
        (shares[1] - shares[0]) / (shares[2] - shares[0]), abs=0.01
    )
    page.locator("#compare-rate").focus()
    assert page.locator("#compare-rate option").all_inner_texts() == ["Recovery rate"]
    page.set_viewport_size({"width": 320, "height": 700})
    page.wait_for_function("document.querySelector('.beside svg').getAttribute('width') < 320")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_of_three_areas_the_highest_and_lowest_are_named_fairly(visit: Open) -> None:
    page = compared(visit, "?a=09D&b=05W&c=12F&d=97R&e=99Z&year=2020-21")
    assert page.locator(".comparison h2").inner_text() == (
        "Of the areas shown, Stoke on Trent has the highest recovery rate (64%) and Brighton and Hove the lowest "
        "(34%): 29.6 percentage points apart (95% interval 26.9 to 32.2, which excludes 0)."
    )
    said = page.locator(".comparison > p").all_inner_texts()
    assert said[-1] == (
        "Not named highest or lowest: East Sussex (its figures carry a warning) and "
        "Small Place (fewer than 500 referrals)."
    )
    notes = page.locator(".comparison__notes li").all_inner_texts()
    assert "East Sussex: More courses finished (775) than referrals received (500)." in notes


def test_areas_that_cannot_be_told_apart_are_not_called_alike(visit: Open) -> None:
    page = compared(visit, "?a=09D&b=12F&year=2020-21")
    assert page.locator(".comparison h2").inner_text() == (
        "These figures alone do not show whether Wirral’s recovery rate or Brighton and Hove’s is the higher: "
        "ratio 1.03 (95% interval 0.96 to 1.11)."
    )
    assert "no difference" not in page.inner_text("main").lower()


def test_areas_of_two_kinds_are_shown_with_a_warning(visit: Open) -> None:
    page = compared(visit, "?a=09D&b=QNX&year=2020-21")  # in 2020-21 the code is the STP's
    assert page.locator(".comparison > p").all_inner_texts()[-1] == (
        "These are not areas of one kind: Brighton and Hove (CCG) and Sussex and East Surrey (STP). Larger areas average "
        "out differences, so the spread of one kind says nothing of another’s."
    )
    assert page.locator(".comparison thead th").count() == 4


def test_an_area_without_the_year_says_which_it_has_and_what_it_became(visit: Open) -> None:
    page = compared(visit, "?a=09D&b=QNX&year=2022-23")
    assert faults(page) == [
        f"{BRIGHTON} has no figures for 2022-23: it has those of 2020-21 and 2021-22. It is {SUSSEX_NOW}."
    ]
    assert page.locator(".comparison h2").count() == 0


def test_codes_and_years_that_are_none_and_figures_that_are_not_there_are_told_in_words(visit: Open) -> None:
    page = compared(visit, "?a=ZZZ&b=09D&c=%3Cb%3E&d=15C&year=1999", quiet=False)
    assert faults(page) == [
        "No area has the code “ZZZ”.",
        "No area has the code “<B>”.",
        "There are no figures for “1999”: those of 2021-22 are shown.",
        f"The figures of {BRISTOL} could not be fetched. Try again later.",
    ]
    assert page.locator(".comparison thead a").all_inner_texts() == ["Brighton and Hove"]


def test_a_list_that_cannot_be_fetched_stops_the_comparison_in_words(visit: Open) -> None:
    page = visit("lost/?a=09D", quiet=False).page
    expect(page.locator(".compare__faults")).to_have_text("The list of areas could not be fetched. Try again later.")


def test_an_address_without_areas_asks_for_some(visit: Open) -> None:
    page = compared(visit, "")
    assert page.locator(".comparison").inner_text() == "Add two to six areas to compare them."
    assert faults(page) == []


def test_areas_are_added_and_removed_by_keyboard_and_the_address_keeps_them(visit: Open, home: str) -> None:
    page = compared(visit, "?a=09D&year=2020-21")
    tab_to(page, "#compare-add")
    page.keyboard.type("stoke")
    page.keyboard.press("Enter")
    heading = page.locator(".comparison h2")
    expect(heading).to_contain_text("almost double")
    assert page.url == f"{home}compare/?a=09D&b=05W&year=2020-21"
    expect(page.locator(".compare__said")).to_have_text(f"{STOKE} added.")
    page.keyboard.type("stoke")
    page.keyboard.press("Enter")
    expect(page.locator(".compare__said")).to_have_text(f"{STOKE} is there already.")

    page.reload()
    expect(heading).to_contain_text("almost double")
    page.get_by_role("link", name="All areas").click()
    page.wait_for_url(f"{home}areas/")
    page.go_back()
    expect(heading).to_contain_text("almost double")
    assert page.locator(".compare__areas span").all_inner_texts() == [BRIGHTON, STOKE]

    tab_to(page, "[aria-label='Remove NHS Brighton and Hove CCG']")
    page.keyboard.press("Enter")
    expect(page.locator(".compare__areas span")).to_have_text([STOKE])
    assert page.evaluate(FOCUSED) == f"Remove {STOKE}", "the focus goes to what took its place"
    page.keyboard.press("Enter")
    expect(page.locator(".compare__areas span")).to_have_count(0)
    assert page.evaluate("document.activeElement.id") == "compare-add"
    expect(page).to_have_url(f"{home}compare/?year=2020-21")


def test_an_older_and_a_newer_area_of_one_code_both_come_back(visit: Open, home: str) -> None:
    page = compared(visit, "?year=2020-21")
    for typed in ("sussex surrey", "hove"):
        page.locator("#compare-add").fill(typed)
        page.keyboard.press("Enter")
    expect(page).to_have_url(f"{home}compare/?a=E54000033&b=09D&year=2020-21")
    page.reload()
    expect(page.locator(".compare__areas span")).to_have_text(["Sussex and East Surrey STP", BRIGHTON])


def test_a_seventh_area_is_refused(visit: Open) -> None:
    page = compared(visit, "?a=09D&b=05W&c=12F&d=97R&e=99Z&f=QNX&year=2020-21")
    page.locator("#compare-add").fill("kernow")
    page.keyboard.press("Enter")
    expect(page.locator(".compare__said")).to_have_text("Six areas at most: remove one first.")
    assert page.locator(".compare__areas li").count() == 6


def test_the_year_is_chosen_and_kept_in_the_address(visit: Open, home: str) -> None:
    page = compared(visit, "?a=09D")
    year_ = page.get_by_label("Year")
    assert year_.input_value() == "2021-22", "the latest that the areas have"
    year_.select_option("2020-21")
    expect(page).to_have_url(f"{home}compare/?a=09D&year=2020-21")
    expect(page.locator(".comparison tbody td").first).to_contain_text("34%")


def test_the_address_is_copied(visit: Open, home: str) -> None:
    page = compared(visit, "?a=09D&b=05W&year=2020-21", permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy the address").click()
    expect(page.locator(".compare__said")).to_have_text("The address of this comparison is copied.")
    assert page.evaluate("navigator.clipboard.readText()") == f"{home}compare/?a=09D&b=05W&year=2020-21"


# Statistics and words ------------------------------------------------------------------------------------------------


def test_the_intervals_are_those_of_the_methods_page(visit: Open) -> None:
    page = visit("compare/").page
    katz, newcombe, wilson = page.evaluate(
        """async () => {
          const {katz, newcombe, wilson} = await import("/js/statistics.js");
          const counts = [1450, 2280, 930, 2735];
          return [katz(...counts), newcombe(...counts), [[930, 2735], [0, 30], [30, 30]].map(pair => wilson(...pair))];
        }"""
    )
    assert katz == pytest.approx({"ratio": 1.8703, "low": 1.7600, "high": 1.9874}, abs=5e-5)
    assert newcombe == pytest.approx({"difference": 29.593, "low": 26.907, "high": 32.215}, abs=5e-4)
    assert wilson[0] == pytest.approx([0.3225181271, 0.3580037237], abs=1e-10)
    assert wilson[1] == pytest.approx([0, 0.113513], abs=1e-6)
    assert wilson[2] == pytest.approx([0.886487, 1], abs=1e-6)


@pytest.mark.parametrize(
    ("ratio", "words"),
    [
        (1.2, "1.20 times"),
        (1.749, "1.75 times"),
        (1.75, "almost double"),
        (1.9, "almost double"),
        (2, "roughly double"),
        (2.1, "roughly double"),
        (2.11, "2.11 times"),
    ],
)
def test_a_word_for_a_ratio_follows_the_rule(ratio: float, words: str, visit: Open) -> None:
    page = visit("compare/").page
    assert page.evaluate("ratio => import('/js/verdict.js').then(({times}) => times(ratio))", ratio) == words


@pytest.mark.parametrize(
    ("sides", "first"),
    [
        ([], None),
        ([(930, 2735)], None),
        ([(5, 25), (10, 40)], "Too little is published to compare the two recovery rates."),
        ([(None, None), (10, 40)], "Too little is published to compare the two recovery rates."),
        ([(300, 400), (10, 40), (5, 20)], "Too few of these areas can be named highest or lowest."),
        (
            [(900, 1000), (300, 1000)],
            "Area 1’s recovery rate is 3.00 times Area 2’s (95% interval 2.72 to 3.31).",
        ),
    ],
)
def test_a_verdict_is_given_only_where_the_figures_allow_one(
    sides: Sequence[tuple[int, int]], first: str | None, visit: Open
) -> None:
    page = visit("compare/").page
    given = [
        {"name": f"Area {place}", "text": "", "numerator": x, "denominator": n, "flags": []}
        for place, (x, n) in enumerate(sides, 1)
    ]
    said = page.evaluate("sides => import('/js/verdict.js').then(({verdict}) => verdict(sides))", given)
    assert (said or [None])[0] == first


# Everywhere ----------------------------------------------------------------------------------------------------------

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
