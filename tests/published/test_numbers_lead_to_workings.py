"""Every number a reader is told leads to its working: in highlights, headlines, tables and the titles of charts."""

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

VOID = {"meta", "link", "img", "input", "source", "br", "hr", "wbr", "path", "circle", "rect"}
NUMBER = re.compile(r"\d")
YEARS = re.compile(r"\b(?:19|20)\d\d(?:[-–]\d\d)?\b")
GRAMMAR = re.compile(
    r"w-(?:chart-[a-z0-9-]+"
    r"|row-(?:years-\d{4}-\d\d|[a-z0-9-]+)"
    r"|[a-z0-9]+(?:-[a-z0-9]+)*-\d{4}-\d\d(?:-[a-z0-9]+)*(?:-from-\d{4}-\d\d)?)"
)
NO_FIGURES = {
    "a length of time in the name of a measure": r"within (?:6|18) weeks|and within 18\b|[Mm]ore than 90 days",
    "a standard": r"(?:below|above|side of|its) (?:the )?50%|the standard is 75%|at least (?:75|95)%",
    "how far the sums of monthly releases may lie off": r"within about 1%",
    "the whole that the shares of a table are of": r"^100%$",
    "a mark": r"\[[cxz]\]",
}
"""What has a digit in it and is no figure of the data, by what it is."""

WITHOUT = {"methods/reconciliation": "its rows count the comparisons that stand on the page"}
"""Pages with workings whose tables are of something else, and why."""

QUOTED = ("What was promised", "What treatment cost", "Cost per recovery under", "Recovery without treatment")
"""How the captions begin of tables that are quoted from works named under them, and not computed from the releases."""


@dataclass
class Node:
    """An element, with the path to it and what it holds in order."""

    tag: str
    attributes: Mapping[str, str]
    parent: "Node | None" = None
    parts: list["Node | str"] = field(default_factory=list)

    def __iter__(self) -> Iterator["Node"]:
        yield self
        for part in self.parts:
            if isinstance(part, Node):
                yield from part

    @property
    def classes(self) -> list[str]:
        return self.attributes.get("class", "").split()

    @property
    def text(self) -> str:
        return "".join(part if isinstance(part, str) else part.text for part in self.parts)

    @property
    def links(self) -> list[str]:
        return [node.attributes["href"] for node in self if node.tag == "a" and "href" in node.attributes]

    def loose(self) -> str:
        """The text that stands in no link."""
        return "".join(
            part if isinstance(part, str) else " " if part.tag == "a" else part.loose() for part in self.parts
        )


class Tree(HTMLParser):
    """Reads a page into nodes."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = self.open = Node("", {})

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs}, self.open)
        self.open.parts.append(node)
        if tag not in VOID:
            self.open = node

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.parts.append(Node(tag, {name: value or "" for name, value in attrs}, self.open))

    def handle_data(self, data: str) -> None:
        self.open.parts.append(data)

    def handle_endtag(self, tag: str) -> None:
        at: Node | None = self.open
        while at is not None and at.tag != tag:
            at = at.parent
        if at is not None and at.parent is not None:
            self.open = at.parent


@pytest.fixture(scope="module")
def pages(real_project: Path) -> Mapping[str, Node]:
    """Every page by its address."""
    site, found = real_project / "site", {}
    for path in sorted(site.rglob("index.html")):
        tree = Tree()
        tree.feed(path.read_text(encoding="utf-8"))
        tree.close()
        found[path.parent.relative_to(site).as_posix().removeprefix(".")] = tree.root
    return found


@pytest.fixture(scope="module")
def ids(pages: Mapping[str, Node]) -> Mapping[str, set[str]]:
    """The ids of every page."""
    return {
        address: {node.attributes["id"] for node in root if "id" in node.attributes} for address, root in pages.items()
    }


def leads(link: str, address: str, ids: Mapping[str, set[str]]) -> bool:
    """Whether a link leads to a working: a line or a group of them, a row, a table whose rows have sums."""
    parts = urlsplit(link)
    if parts.scheme or not re.match(r"w-|c-|workings|table-", parts.fragment):
        return False
    target = posixpath.normpath(posixpath.join(address, unquote(parts.path))) if parts.path else address
    return parts.fragment in ids.get("" if target == "." else target, set())


def figures_in(text: str) -> str:
    """What of a text is a number told: without years and what else is no figure."""
    text = YEARS.sub(" ", text)
    for pattern in NO_FIGURES.values():
        text = re.sub(pattern, " ", " ".join(text.split()))
    return " ".join(text.split()) if NUMBER.search(text) else ""


def having(root: Node, name: str) -> list[Node]:
    return [node for node in root if name in node.classes]


def test_every_live_number_and_every_way_to_workings_leads_to_one(
    pages: Mapping[str, Node], ids: Mapping[str, set[str]]
) -> None:
    lost, count = [], 0
    for address, root in pages.items():
        for node in root:
            if node.tag == "a" and {"n", "behind", "row-link", "working__self"} & set(node.classes):
                count += 1
                if not leads(node.attributes["href"], address, ids):
                    lost.append(f"{address}: {node.attributes['href']}")
    assert lost == []
    assert count > 20_000


def test_every_number_in_highlights_and_the_headline_panel_is_a_link_to_its_working(
    pages: Mapping[str, Node], ids: Mapping[str, set[str]]
) -> None:
    loose, count = [], 0
    for address, root in pages.items():
        for block in (*having(root, "highlights"), *having(root, "headlines")):
            for node in block:
                if node.tag in ("li", "dd"):
                    count += 1
                    left = figures_in(node.loose())
                    if left:
                        loose.append(f"{address}: {left}")
                    for part in node:
                        if part.tag == "a" and figures_in(part.text):
                            link = part.attributes["href"]
                            rule = link.startswith("../../trends/") and link.endswith("/#definition")
                            assert rule or leads(link, address, ids), f"{address}: {part.text} leads to {link}"
    assert loose == []
    assert count > 200


def test_the_title_of_every_chart_stands_beside_the_way_to_what_it_rests_on(
    pages: Mapping[str, Node], ids: Mapping[str, set[str]]
) -> None:
    count = 0
    for address, root in pages.items():
        for figure in having(root, "chart"):
            if figure.tag != "figure":
                continue
            count += 1
            (caption,) = [node for node in figure if node.tag == "figcaption"]
            assert any(leads(link, address, ids) for link in caption.links), f"{address}: {caption.text}"
    assert count > 1000


def test_what_a_title_rests_on_is_told_wherever_the_title_prints_a_number(pages: Mapping[str, Node]) -> None:
    count, bare = 0, []
    for address, root in pages.items():
        for item in root:
            if item.tag == "li" and item.attributes.get("id", "").startswith("w-chart-"):
                count += 1
                if not having(item, "working__behind"):
                    bare.append(f"{address}: {item.attributes['id']}")
    assert count > 300
    assert bare == []


def is_led(cell: Node, columns: list[Node], heading: Node | None, address: str, ids: Mapping[str, set[str]]) -> bool:
    """Whether a number in a table is in a link to its working, or in a row or a column whose heading is one."""
    around = [cell, *([heading] if heading else [])]
    at = [part for part in (cell.parent.parts if cell.parent else []) if isinstance(part, Node)].index(cell)
    around += columns[at : at + 1]
    return any(leads(link, address, ids) or (node is heading and link) for node in around for link in node.links)


def test_every_number_in_a_table_of_a_page_with_workings_leads_to_its_sum(
    pages: Mapping[str, Node], ids: Mapping[str, set[str]]
) -> None:
    loose, count = {}, 0
    for address, root in pages.items():
        if "workings" not in ids[address] or address in WITHOUT:
            continue
        for table in (node for node in root if node.tag == "table"):
            caption = next((node.text for node in table if node.tag == "caption"), "")
            if caption.startswith(QUOTED):
                continue
            columns = [node for node in table if node.tag == "th" and node.attributes.get("scope") == "col"]
            for row in (node for node in table if node.tag == "tr"):
                heading = next(
                    (node for node in row if node.tag == "th" and node.attributes.get("scope") == "row"), None
                )
                for cell in (
                    node for node in row if node.tag == "td" and "num" in node.classes and figures_in(node.text)
                ):
                    count += 1
                    if not is_led(cell, columns, heading, address, ids):
                        loose.setdefault(f"{address}: {caption}", []).append(
                            f"{heading.text if heading else ''}: {cell.text}"
                        )
    assert {place: cells[:3] for place, cells in loose.items()} == {}
    assert count > 30_000


def test_every_anchor_of_a_working_is_of_the_grammar_and_stands_once(pages: Mapping[str, Node]) -> None:
    for address, root in pages.items():
        anchors = [node.attributes["id"] for node in root if node.attributes.get("id", "").startswith("w-")]
        assert len(anchors) == len(set(anchors)), address
        assert [anchor for anchor in anchors if not GRAMMAR.fullmatch(anchor)] == [], address
