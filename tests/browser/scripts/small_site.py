"""Small pages for the scripts of the theme, and the areas and figures that they fetch: the published ones of 2020-21."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

THEME = Path(__file__).resolve().parents[3] / "templates" / "theme"
MOST_BYTES = 10_000
"""What the scripts of a page may weigh, compressed."""


def area(
    name: str, *codes: str, kind: str = "CCG", years: str = "2017-18 to 2021-22", **more: object
) -> dict[str, Any]:
    address = f"areas/{codes[0].lower()}/"
    return {"name": name, "address": address, "type": kind, "codes": list(codes), "years": years, "now": "", **more}


FOCUSED = "document.activeElement.getAttribute('aria-label')"

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


@dataclass
class Opened:
    """An open page, with what it said to the console and what it asked for."""

    page: Page
    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)


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


def column(page: Page, number: int) -> list[str]:
    rows = page.locator("table[data-sortable] tbody tr:visible")
    return [row.locator("th, td").nth(number).inner_text() for row in rows.all()]
