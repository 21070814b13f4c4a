"""The feed: by RFC 4287 to the letter, whole, and readable where nothing of our pages is."""

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import feedparser
import pytest
from lxml import etree, html

from yearbook.outputs.feed import ATOM, FeedEntry, entry_id, feed_xml, newest_first
from yearbook.outputs.feed_content import feed_html
from yearbook.outputs.linked_data import Article, Person
from yearbook.pages.feed import to_html
from yearbook.pages.page import Page
from yearbook.settings import Settings, read_settings
from yearbook.years import FinancialYear

A = f"{{{ATOM}}}"
SITE = "https://example.org/yearbook/"
HOSTILE = '<script>alert("x")</script> & \x00\x0b ]]>'


def article(changed: str = "2024-07-02", published: str = "", year: int = 0, tags: tuple[str, ...] = ()) -> Article:
    of = FinancialYear(year) if year else None
    return Article((Person("Ann Example", "https://example.org/ann"),), published, "", changed, tags, of)


def entry(address: str = "posts/a/", title: str = "A title", **named: object) -> FeedEntry:
    return FeedEntry(address, title, "A summary.", "<p>Words &amp; more.</p>", article(**named), "Post")  # type: ignore[arg-type]


def strictly(document: bytes) -> etree._Element:
    """The feed, having met every demand of RFC 4287 on what it uses."""
    feed = etree.fromstring(document, etree.XMLParser(resolve_entities=False))
    assert feed.tag == f"{A}feed"
    entries = feed.findall(f"{A}entry")
    for element in (feed, *entries):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{A}{name}")) == 1, name
        for name in ("published", "summary", "content", "rights", "subtitle"):
            assert len(element.findall(f"{A}{name}")) <= 1, name
        for found in (*element.findall(f"{A}updated"), *element.findall(f"{A}published")):
            assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", found.text or "")
            date.fromisoformat((found.text or "")[:10])
        assert re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", element.findtext(f"{A}id") or "")
        for author in element.findall(f"{A}author"):
            assert len(author.findall(f"{A}name")) == 1
            assert author.findtext(f"{A}name")
        links = [
            (link.get("rel", "alternate"), link.get("type"), link.get("hreflang"))
            for link in element.findall(f"{A}link")
        ]
        alternates = [link for link in links if link[0] == "alternate"]
        assert len(alternates) == len(set(alternates)) == 1
        assert all(link.get("href") for link in element.findall(f"{A}link"))
        assert all(category.get("term") for category in element.findall(f"{A}category"))
    assert [link.get("href") for link in feed.findall(f"{A}link") if link.get("rel") == "self"]
    assert feed.find(f"{A}author") is not None or all(found.find(f"{A}author") is not None for found in entries)
    ids = [element.findtext(f"{A}id") for element in (feed, *entries)]
    assert len(ids) == len(set(ids))
    allowed = {"id", "title", "subtitle", "updated", "published", "link", "author", "rights", "category", "summary"}
    assert {etree.QName(child).localname for each in (feed, *entries) for child in each} <= allowed | {
        "entry",
        "content",
    }
    assert all(content.get("type") == "html" and not len(content) for content in feed.iter(f"{A}content"))
    days = [found.findtext(f"{A}updated") or "" for found in entries]
    assert days == sorted(days, reverse=True)
    assert feed.findtext(f"{A}updated") == max(days)
    return feed


@pytest.mark.parametrize("site", ["", SITE])
def test_a_feed_is_valid_and_says_what_its_entries_say(site: str) -> None:
    settings = Settings("The Yearbook", "About it.", site)
    document = feed_xml(
        [
            entry("posts/a/", HOSTILE, tags=("waiting", HOSTILE)),
            entry("reports/2019-20/", "A report", changed="2020-07-30", published="2020-07-29", year=2019),
        ],
        settings,
    )
    strictly(document)
    parsed = feedparser.parse(document)
    assert not parsed.bozo
    assert parsed.version == "atom10"
    assert [found.link for found in parsed.entries] == [f"{site}posts/a/", f"{site}reports/2019-20/"]
    post, report = parsed.entries
    assert post.author_detail == {"name": "Ann Example", "href": "https://example.org/ann"}
    assert [tag.term for tag in post.tags][:2] == ["Post", "waiting"]
    assert report.published == "2020-07-29T00:00:00Z"
    assert "published" not in post
    assert report.summary == "A summary."
    assert report.content[0].value == "<p>Words &amp; more.</p>"


def test_an_id_comes_from_the_path_alone_and_never_changes() -> None:
    assert entry_id("reports/2019-20/") == "urn:uuid:19984f66-e435-5c4c-9f5d-714f3ea9efa0"
    here, there = (
        etree.fromstring(feed_xml([entry(title=title, changed=day)], Settings("A", "", site)))
        for title, day, site in (("Old", "2020-01-01", ""), ("New", "2024-01-01", SITE))
    )
    assert here.findtext(f"{A}entry/{A}id") == there.findtext(f"{A}entry/{A}id")
    assert here.findtext(f"{A}id") == there.findtext(f"{A}id")


def test_the_newest_is_first_and_a_report_before_a_post_of_its_day() -> None:
    given = [
        entry("posts/b/", "B"), entry("posts/a/", "A"), entry("reports/2023-24/", "Z", year=2023),
        entry("reports/2019-20/", "A", changed="2020-07-30", year=2019), entry("posts/c/", "C", changed="2025-01-01"),
    ]  # fmt: skip
    order = ["posts/c/", "reports/2023-24/", "posts/a/", "posts/b/", "reports/2019-20/"]
    assert [found.address for found in newest_first(given)] == order
    assert [found.address for found in newest_first(given[::-1])] == order


@pytest.mark.parametrize("site", ["", SITE])
@pytest.mark.parametrize(
    ("target", "leads_to"),
    [
        ("#w-recovery", "reports/2019-20/#w-recovery"),
        ("../2018-19/", "reports/2018-19/"),
        ("../../assets/a.svg", "assets/a.svg"),
        ("../../", ""),
    ],
)
def test_an_address_within_the_site_is_whole_or_relative_to_the_feed(target: str, leads_to: str, site: str) -> None:
    made = html.fragment_fromstring(feed_html(f'<a href="{target}">x</a>', "reports/2019-20/", site))
    assert urljoin(f"{site or SITE}feed.xml", made.get("href") or "./") == f"{SITE}{leads_to}"


def test_what_a_reader_cannot_use_is_left_out_and_the_words_are_kept() -> None:
    page = (
        '<header class="article-head"><p class="folio">2019–20</p><h1>T</h1><p class="standfirst">S &lt; &amp;</p></header>'
        '<nav class="contents"><a href="#x">x</a></nav><script>bad()</script><style>p{}</style>'
        '<form><input type="search"><label>bad</label></form>'
        '<figure class="chart" onclick="bad()"><picture><source srcset="w.svg"><img src="n.svg" alt="A &quot;b&quot;" loading="lazy">'
        "</picture><details><summary>Figures</summary><table><tr><th scope=row>a</th><td>1</td></tr></table></details></figure>"
        '<p>One<br>two <a href="javascript:bad()">three</a> <a href="mailto:a@b.org">four</a></p>'
        '<section class="workings"><p>bad</p></section><section class="share"><p>bad</p></section>'
    )
    assert feed_html(page, "reports/2019-20/", SITE) == (
        '<p>S &lt; &amp;</p><figure><img src="https://example.org/yearbook/reports/2019-20/n.svg" alt="A &quot;b&quot;">'
        '<details><summary>Figures</summary><table><tr><th scope="row">a</th><td>1</td></tr></table></details></figure>'
        '<p>One<br>two <a>three</a> <a href="mailto:a@b.org">four</a></p>'
    )


def test_markdown_is_printed_with_the_extensions_of_the_project_and_its_links_lead_to_pages(project: Path) -> None:
    body = '# T\n\nIt\'s [a word](../glossary.md#x "t"), [here](index.md).\n\n!!! opinion "Mine"\n    Words.\n\n| a |\n|---|\n| 1 |\n'
    printed = to_html(Page("reports/2019-20.md", "T", "report", body), read_settings(project))
    assert "It&rsquo;s" in printed
    assert '<a href="../../glossary/#x" title="t">a word</a>' in printed
    assert '<a href="../">here</a>' in printed
    assert '<div class="admonition opinion">' in printed
    assert "<td>1</td>" in printed


def whole_feed(document: bytes, site: str, files: Mapping[str, bytes] | set[str]) -> None:
    """Checks the real thing: each link and picture of each entry leads to something that is there."""
    for found in strictly(document).iter(f"{A}content"):
        content = html.fragment_fromstring(found.text or "", create_parent="div")
        assert not content.xpath("//script|//form|//style|//input|//iframe|//nav")
        assert not [name for node in content.iter() for name in node.attrib if name.startswith("on")]
        for node, _, target, _ in content.iterlinks():
            address = urljoin(f"{site or SITE}feed.xml", target)
            if not address.startswith(SITE):
                assert urlsplit(address).scheme in ("http", "https", "mailto"), target
                continue
            assert not target.startswith("#")
            path = urlsplit(address).path.removeprefix("/yearbook/")
            assert (f"{path}index.html" if path.endswith("/") or not path else path) in files, (node.tag, target)


def test_every_link_and_picture_of_a_built_feed_is_there(built_once: Path) -> None:
    site = built_once / "site"
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    document = (site / "feed.xml").read_bytes()
    whole_feed(document, "", files)
    parsed = feedparser.parse(document)
    assert not parsed.bozo
    assert [found.link for found in parsed.entries] == ["reports/2019-20/", "reports/2018-19/"]
    assert len(parsed.entries[0].content[0].value) > 10_000
    for page in site.rglob("index.html"):
        link = re.search(r'<link rel="alternate" type="application/atom\+xml"[^>]*href="([^"]+)"', page.read_text())
        assert link
        assert (page.parent / link[1]).resolve() == site / "feed.xml"
