"""What a page weighs on its way to a telephone, for one page of each type: the heaviest of its layout.

Held to the budgets of the design, and to what each type weighed when `weights.json` was last written (`make weights`),
so that a page that grows is noticed while it is still within its budget. What was found is printed at the end of the
run and written to .cache/weights.json.
"""

import json
import os
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from browser.addresses import KINDS, VARIANTS, heaviest_by_layout, layout_of
from playwright.sync_api import Browser, Page, Response
from serving import Server

RECORDED = Path(__file__).with_name("weights.json")
REPOSITORY = Path(__file__).resolve().parents[2]
GROWTH = 1.15
"""How much more than recorded a page may weigh."""

MOST_SCRIPTS = 10_000
MOST_AT_FIRST = {"report": 100_000, "area": 45_000}
MOST_IN_ALL = {"report": 350_000}
"""Bytes, compressed; a report's at first without the images below the first screen, which load when they come near."""

WORKS = {
    "charts": '<figure class="chart',
    "compare": '<form class="compare"',
    "finder": '<form class="finder"',
    "map": '<figure class="hexmap',
    "share": '<section class="share"',
    "site-search": '<form class="search"',
    "sort": "<table [^>]*data-sortable",
}
"""What each script of a page works, as it is marked up."""

TYPES = {"document": "html", "stylesheet": "css", "script": "js", "image": "images"}
FIRST_SCREEN = """[...document.images].filter(image => image.getBoundingClientRect().top < innerHeight)
    .map(image => image.currentSrc)"""
LAZY = "[...document.images].forEach(image => { image.loading = 'eager'; })"


@dataclass(frozen=True)
class Weight:
    """Bytes of the bodies as sent, by kind; `images` those of the first screen, `images_below` those further down."""

    html: int = 0
    css: int = 0
    js: int = 0
    other: int = 0
    images: int = 0
    images_below: int = 0
    requests: int = 0

    @property
    def at_first(self) -> int:
        """What it needs to show its first screen and to work."""
        return self.html + self.css + self.js + self.other + self.images

    @property
    def in_all(self) -> int:
        """That, with the images further down."""
        return self.at_first + self.images_below


def weigh(page: Page, address: str) -> tuple[Weight, list[str]]:
    """What the page weighs, and all that it asked for."""
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(address)
    page.wait_for_load_state("networkidle")
    first_screen = set(page.evaluate(FIRST_SCREEN))
    page.evaluate(LAZY)
    for _ in range(200):
        if page.evaluate("[...document.images].every(image => image.complete)"):
            break
        page.wait_for_timeout(50)
    else:
        pytest.fail(f"the images of {address} did not come within ten seconds")
    sums = dict.fromkeys((field.name for field in fields(Weight)), 0)
    for answer in answers:
        kind = TYPES.get(answer.request.resource_type, "other")
        if kind == "images" and answer.url not in first_screen:
            kind = "images_below"
        sums[kind] += answer.request.sizes()["responseBodySize"]
        sums["requests"] += 1
    return Weight(**sums), [answer.url for answer in answers]


@pytest.fixture(scope="module")
def weights(chromium: Browser, real_site: Path) -> Iterator[dict[str, tuple[str, Weight, list[str]]]]:
    """By layout: the address, the weight and the requests of its heaviest page."""
    server, found = Server(real_site), {}
    for layout, address in heaviest_by_layout(real_site).items():
        context = chromium.new_context(viewport={"width": 390, "height": 800}, device_scale_factor=2, is_mobile=True)
        found[layout] = (address, *weigh(context.new_page(), f"{server.home}{address}{'/' if address else ''}"))
        context.close()
    server.close()
    written = {layout: {"address": address, **asdict(weight)} for layout, (address, weight, _) in found.items()}
    text = json.dumps(written, indent=1) + "\n"
    (REPOSITORY / ".cache").mkdir(exist_ok=True)
    (REPOSITORY / ".cache" / "weights.json").write_text(text, encoding="utf-8")
    if os.environ.get("YEARBOOK_GOLDEN") == "write":
        RECORDED.write_text(text, encoding="utf-8")
    yield found
    heads = ("kilobytes", "first", "in all", *(field.name for field in fields(Weight)))
    print("\n" + "".join(f"{head:>13}" for head in heads))  # noqa: T201 - what a run with -s is for
    for layout, (_, weight, _) in found.items():
        sums = (weight.at_first, weight.in_all, *(getattr(weight, head) for head in heads[3:-1]))
        print(f"{layout:>13}" + "".join(f"{one / 1000:13.1f}" for one in sums) + f"{weight.requests:13}")  # noqa: T201


@pytest.fixture(scope="module")
def recorded() -> dict[str, Weight]:
    """What each type weighed when that was last written down."""
    kept = json.loads(RECORDED.read_text(encoding="utf-8"))
    return {
        layout: Weight(**{key: value for key, value in one.items() if key != "address"}) for layout, one in kept.items()
    }


Weights = dict[str, tuple[str, Weight, list[str]]]


def test_every_page_is_within_its_budget(weights: Weights) -> None:
    over = [
        f"{layout}: {weight.js} bytes of scripts"
        for layout, (_, weight, _) in weights.items()
        if weight.js > MOST_SCRIPTS
    ]
    for layout, most in MOST_AT_FIRST.items():
        over += [f"{layout}: {weight} at first" for weight in [weights[layout][1].at_first] if weight > most]
    for layout, most in MOST_IN_ALL.items():
        over += [f"{layout}: {weight} in all" for weight in [weights[layout][1].in_all] if weight > most]
    assert over == []


def test_no_page_has_grown_much_since_its_weight_was_written_down(
    weights: Weights, recorded: dict[str, Weight]
) -> None:
    remedy = "If it is worth its weight, write the new one down: make weights"
    unknown = sorted(weights.keys() - recorded.keys())
    assert not unknown, f"The weight of these types is not written down yet: {unknown}. Do so: make weights"
    for layout, (address, weight, _) in weights.items():
        for what in ("at_first", "in_all"):
            now, then = getattr(weight, what), getattr(recorded[layout], what)
            grown = (
                f"/{address} ({layout}) weighs {now:,} bytes {what.replace('_', ' ')}, and weighed {then:,}. {remedy}"
            )
            assert now <= then * GROWTH, grown


def test_no_layout_loads_a_script_that_works_nothing_in_its_pages(real_site: Path) -> None:
    loaded, worked = set(), set()
    for address in (KINDS | VARIANTS).values():
        page = real_site / address / ("" if address.endswith(".html") else "index.html")
        layout, text = layout_of(page), page.read_text(encoding="utf-8")
        scripts = re.findall(r'<script type="module" src="[^"]*/?js/([\w-]+)\.\w+\.js"', text)
        loaded |= {(layout, script) for script in scripts}
        worked |= {(layout, script) for script in scripts if re.search(WORKS[script], text)}
    assert len(loaded) > 10
    assert loaded == worked


def test_no_page_asks_another_host(weights: Weights) -> None:
    for address, _, asked in weights.values():
        assert {urlsplit(url).hostname for url in asked} == {"127.0.0.1"}, address


def test_every_page_is_compressed_and_has_a_style(weights: Weights) -> None:
    assert {"home", "report", "area", "areas", "standings", "trend", "post", "methods", "data", "glossary"} <= set(
        weights
    )
    for address, weight, _ in weights.values():
        assert 1_000 < weight.css < 20_000, address
        assert weight.html > 1_000, address
