"""A page with everything about it, as the printer prints it: readers' words do no harm, and blocks say what they are.

The page is the expected one of the case `readers`, whose second reply is meant badly.
"""

import re
from html import unescape
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from markdown import markdown

CASES = Path(__file__).parent


@pytest.fixture(scope="module")
def page(project: Path) -> str:
    """The body of the page, printed with the extensions of our own mkdocs.yml."""
    settings = yaml.safe_load((project / "mkdocs.yml").read_text(encoding="utf-8"))
    names = [next(iter(one)) if isinstance(one, dict) else one for one in settings["markdown_extensions"]]
    staged = (CASES / "readers" / "expected" / "posts" / "the-second-wait.md").read_text(encoding="utf-8")
    return markdown(staged.split("---\n", 2)[2], extensions=names)


@pytest.fixture(scope="module")
def replies(page: str) -> str:
    found = re.search(r'<section class="replies".*?</section>', page, re.DOTALL)
    assert found
    return found[0]


def text(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def test_no_tag_of_a_readers_passes(replies: str) -> None:
    allowed = {"section", "h2", "p", "ol", "li", "b", "span", "time", "a", "blockquote", "em"}
    assert set(re.findall(r"<(\w+)", replies)) == allowed
    assert "<script>alert(" in text(replies)
    assert "Di <b>Bold</b> & Daughters" in text(replies)


def test_no_expression_of_a_readers_is_carried_out(replies: str) -> None:
    assert "{{ figure(“recovery_rate”) }} stays as it is, and so does {% raw %}." in text(replies)
    assert 'class="n"' not in replies


def test_every_link_of_a_readers_leads_to_the_page_itself_or_is_marked(replies: str) -> None:
    links = re.findall(r"<a (.*?)>", replies)
    own = [link for link in links if re.fullmatch(r'href="#reply-\d+"', link)]
    assert [link for link in links if link not in own] == ['href="https://example.org/cy" rel="nofollow ugc"']


class Nesting(HTMLParser):
    """Which reply each reply stands in; None for those that stand in none."""

    def __init__(self) -> None:
        super().__init__()
        self.inside: dict[str, str | None] = {}
        self._items: list[str | None] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "li":
            id = dict(attrs).get("id")
            if id:
                self.inside[id] = next((one for one in reversed(self._items) if one), None)
            self._items.append(id)

    def handle_endtag(self, tag: str) -> None:
        if tag == "li":
            self._items.pop()


def test_every_reply_has_its_permanent_place_and_stands_in_what_it_answers(replies: str) -> None:
    nesting = Nesting()
    nesting.feed(replies)
    assert nesting.inside == {"reply-1": None, "reply-2": "reply-1", "reply-3": "reply-2", "reply-5": None}


def test_the_readers_words_are_said_to_be_unchecked_before_the_first_of_them(replies: str) -> None:
    assert replies.index("These are readers’ words, not checked") < replies.index("Cy Invented")


def test_each_block_is_a_note_and_says_its_kind_in_words(page: str) -> None:
    blocks = re.findall(
        r'<div aria-label="(\w+)" class="block" role="note">\s*<div class="admonition (\w+)">(.*?)</div>',
        page,
        re.DOTALL,
    )
    assert [(name, kind, text(words).split(" An ")[0].split(" The ")[0]) for name, kind, words in blocks] == [
        ("Opinion", "opinion", "Opinion : Nobody likes to wait"),
        ("Interpretation", "interpretation", "Interpretation"),
        ("Definition", "definition", "Definition : Wait"),
        ("Counterpoint", "counterpoint", "Counterpoint : Some like to wait"),
    ]


def test_no_heading_is_out_of_order_and_no_id_stands_twice(page: str) -> None:
    levels = [int(level) for level in re.findall(r"<h([1-6])", page)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    anchors = set(re.findall(r'href="#([^"]+)"', page))
    assert anchors <= set(ids)


def test_the_style_sheet_does_not_hold_the_kind_of_a_block(project: Path) -> None:
    css = (project / "templates" / "theme" / "css" / "yearbook.css").read_text(encoding="utf-8")
    assert not re.search(r'content:\s*"(?:Opinion|Interpretation|Definition|Counterpoint)', css, re.IGNORECASE)
    for kind in ("opinion", "interpretation", "definition", "counterpoint"):
        assert f".{kind} {{" in css, f"{kind} looks like the others"
