"""Names, notes and sources that hold markup, script, templates and formulas are text in every file of the site."""

import csv
import json
import re
from collections import Counter
from pathlib import Path

from lxml import etree, html

NUMBER = re.compile(r"[-+]?\d[\d,.]*")


def paths(site: Path, *endings: str) -> list[str]:
    return sorted(
        path.relative_to(site).as_posix()
        for path in site.rglob("*")
        if path.is_file() and path.suffix in endings and "pagefind" not in path.parts
    )


def shape(page: Path) -> Counter[tuple[str, ...]]:
    """How often each element stands on a page with which attributes."""
    document = html.document_fromstring(page.read_bytes().decode("utf-8"))
    return Counter((each.tag, *sorted(each.attrib)) for each in document.iter() if isinstance(each.tag, str))


def test_pages_have_no_element_and_no_attribute_that_harmless_names_do_not_give(sites: tuple[Path, Path]) -> None:
    evil, good = sites
    found = paths(evil, ".html")
    assert len(found) > 100
    assert found == paths(good, ".html")
    differing = {path: shape(evil / path) - shape(good / path) for path in found}
    emphasis = {("strong",), ("code",), ("span",)}  # a reader may emphasise, and what is no address becomes plain
    differing["posts/first/index.html"] = Counter(set(differing["posts/first/index.html"]) - emphasis)
    assert {path: more for path, more in differing.items() if more} == {}


def test_no_address_and_no_handler_of_a_page_is_a_strangers(sites: tuple[Path, Path]) -> None:
    evil, _ = sites
    shown = 0
    for path in paths(evil, ".html"):
        document = html.document_fromstring((evil / path).read_bytes().decode("utf-8"))
        shown += "<script>alert(1)</script>" in document.text_content()
        for element in document.iter():
            for name, value in element.attrib.items() if isinstance(element.tag, str) else ():
                assert not name.startswith("on"), (path, name, value)
                assert not re.match(r"\s*(?:javascript|data|vbscript):", value, re.IGNORECASE), (path, name, value)
                assert not re.match(r"\s*(?:https?:)?//a\.example", value), (path, name, value)
            if element.tag == "script" and element.get("type") == "application/ld+json":
                json.loads(element.text)
    assert shown > 20, "the payload is to be seen as the text that it is"


def test_expressions_in_names_are_not_carried_out(sites: tuple[Path, Path]) -> None:
    evil, _ = sites
    texts = [
        html.document_fromstring((evil / path).read_bytes().decode()).text_content() for path in paths(evil, ".html")
    ]
    assert sum("{{ 7*7 }}{% raw %}" in text for text in texts) > 20
    assert not [text for text in texts if "onerror=alert(1)>49" in text]


def test_no_cell_of_a_csv_begins_a_formula(sites: tuple[Path, Path]) -> None:
    evil, _ = sites
    seen = 0
    for path in paths(evil, ".csv"):
        for row in csv.reader((evil / path).read_text("utf-8-sig").splitlines(keepends=True)):
            for cell in row:
                assert cell[:1] not in ("=", "+", "-", "@", "\t", "\r") or NUMBER.fullmatch(cell), (path, cell)
                seen += cell.startswith("'=")
    assert seen > 10


def test_every_file_for_programs_can_be_read_by_them(sites: tuple[Path, Path]) -> None:
    evil, good = sites
    for path in paths(evil, ".json", ".webmanifest"):
        json.loads((evil / path).read_text("utf-8"))
    for path in paths(evil, ".svg", ".xml"):
        found, plain = (
            {(str(each.tag), *sorted(each.attrib)) for each in etree.fromstring((site / path).read_bytes()).iter()}
            for site in (evil, good)
        )
        assert found <= plain, path
    assert len(paths(evil, ".svg")) > 8


def test_the_same_files_are_written_as_with_harmless_names_and_none_beside_them(sites: tuple[Path, Path]) -> None:
    evil, good = (set(paths(site, ".html", ".csv", ".json", ".svg", ".xml", ".txt", ".js", ".css")) for site in sites)
    assert {re.sub(r"\.[0-9a-f]{8}\.", ".", path) for path in evil ^ good} == set()
    root = sites[0].parents[1]
    assert sorted(path.name for path in root.iterdir()) == ["offer.csv", "project"]
    known = {"content", "data", "mkdocs.yml", "site", "staging", "templates", ".cache"}
    assert {path.name for path in sites[0].parent.iterdir()} <= known
    assert (sites[0] / "_headers").read_bytes() == (sites[1] / "_headers").read_bytes()
