"""A page of every kind, for the tests that open them all: at least one for each layout of the theme."""

import re
from pathlib import Path

REPORT = "reports/2019-20/"
AREA = "areas/09d-brighton-and-hove/"
BOARD_PAPER = f"{AREA}board-paper/"
STANDINGS = "areas/icb-2023-24/"
FIGURE = "figures/journey-2019-20/"

KINDS = {
    "home": "",
    "reports": "reports/",
    "report": REPORT,
    "trends": "trends/",
    "trend": "trends/entered-treatment/",
    "groups": "groups/",
    "group": "groups/problem/",
    "areas": "areas/",
    "area": AREA,
    "board paper": BOARD_PAPER,
    "standings": STANDINGS,
    "compare": "compare/",
    "figure": FIGURE,
    "search": "search/",
    "posts": "posts/",
    "post": "posts/the-gap-nobody-talks-about/",
    "bulletin": "bulletin/",
    "methods": "methods/",
    "method": "methods/comparing-areas/",
    "metrics": "methods/metrics/",
    "metric": "methods/metrics/recovery-rate/",
    "reconciliation": "methods/reconciliation/",
    "sources": "methods/sources/",
    "access": "methods/access/",
    "glossary": "glossary/",
    "data": "data/",
    "data for programs": "data/api/",
    "error": "404.html",
}
"""Addresses below the site's own, by kind."""

VARIANTS = {
    "short report": "reports/2014-15/",
    "trend without targets": "trends/recovery-rate/",
    "trend with gaps": "trends/ended-referrals/",
    "group of few": "groups/deprivation/",
    "group without counts": "groups/consultation-medium/",
    "ICB": "areas/qnx-sussex/",
    "standings of CCGs": "areas/ccg-2017-18/",
    "standings of providers": "areas/provider-2023-24/",
}
"""More of some kinds, whose parts differ."""


def layout_of(page: Path) -> str:
    """The layout of a page of the built site, empty where it names none."""
    found = re.search(rb'<body[^>]* data-layout="([\w-]+)"', page.read_bytes())
    return found[1].decode() if found else ""


def heaviest_by_layout(site: Path) -> dict[str, str]:
    """For each layout of the site the address of the page that holds most bytes."""
    found: dict[str, Path] = {}
    for page in sorted(site.rglob("index.html")):
        name = layout_of(page) or page.relative_to(site).parts[0]
        if name not in found or page.stat().st_size > found[name].stat().st_size:
            found[name] = page
    return {name: found[name].parent.relative_to(site).as_posix().removeprefix(".") for name in sorted(found)}
