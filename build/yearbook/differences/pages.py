"""Pages whose words changed and drawings that changed, told from those whose bytes alone did."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from yearbook.differences.sites import Site

_MAIN = re.compile(r"<main\b.*</main>", re.DOTALL)
_UNREAD = re.compile(r"<(script|style|svg)\b.*?</\1>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_NUMBER = re.compile(r"[−-]?\d[\d,]*(?:\.\d+)?")

_CHART = re.compile(r"assets/charts/(.+?)(?:-(?:wide|narrow|spark))?\.(?:svg|png)")
_SVG_IDS = re.compile(r'aria-labelledby="title-([0-9a-f]+) ')


@dataclass(frozen=True, slots=True)
class PageChanges:
    """Addresses of pages: new, gone, and those that both sites have and whose text changed.

    `words` changed in words and in no number, `both` in words and numbers, `numbers` in numbers alone. `looks` changed
    in their markup and not in what they say.
    """

    new: tuple[str, ...]
    gone: tuple[str, ...]
    words: tuple[str, ...]
    both: tuple[str, ...]
    numbers: tuple[str, ...]
    looks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DrawingChanges:
    """Names of charts: new, gone, and those that are drawn otherwise."""

    new: tuple[str, ...]
    gone: tuple[str, ...]
    changed: tuple[str, ...]


def compare_pages(old: Site, new: Site) -> PageChanges:
    """What became of every page."""
    found: dict[str, list[str]] = {"words": [], "both": [], "numbers": [], "looks": []}
    for address in sorted(old.pages & new.pages):
        path = f"{address}index.html"
        if old.files[path] != new.files[path]:
            found[_kind(page_text(old.text(path)), page_text(new.text(path)))].append(address)
    gone, added = sorted(old.pages - new.pages), sorted(new.pages - old.pages)
    return PageChanges(tuple(added), tuple(gone), **{kind: tuple(those) for kind, those in found.items()})


def _kind(before: str, after: str) -> str:
    if before == after:
        return "looks"
    if _NUMBER.sub("0", before) == _NUMBER.sub("0", after):
        return "numbers"
    return "words" if _NUMBER.findall(before) == _NUMBER.findall(after) else "both"


def page_text(document: str) -> str:
    """What the main part of a page says, with one space between words; scripts, styles and drawings are left out."""
    main = _MAIN.search(document)
    return " ".join(_TAG.sub(" ", _UNREAD.sub(" ", main[0] if main else document)).split())


def compare_drawings(old: Site, new: Site) -> DrawingChanges:
    """What became of every chart: it is drawn otherwise if any of its images is, its ids aside."""
    before, after = dict(_images(old)), dict(_images(new))
    charts = [set(images.values()) for images in (before, after)]
    changed = {
        chart
        for path, chart in after.items()
        if chart in charts[0] and old.files.get(path) != new.files[path] and _image(old, path) != _image(new, path)
    }
    return DrawingChanges(
        tuple(sorted(charts[1] - charts[0])), tuple(sorted(charts[0] - charts[1])), tuple(sorted(changed))
    )


def _images(site: Site) -> Iterator[tuple[str, str]]:
    """The path of every image of a chart, with the chart's name."""
    for path in site.files:
        if match := _CHART.fullmatch(path):
            yield path, match[1]


def _image(site: Site, path: str) -> str:
    """What an image shows: of an SVG its text without the ids, which change with whatever draws it."""
    if path not in site.files or not path.endswith(".svg"):
        return site.files.get(path, "")
    text = site.text(path)
    own = _SVG_IDS.search(text)
    return text.replace(own[1], "") if own else text
