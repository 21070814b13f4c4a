"""Passing a page on, and the bulletin: plain links that carry a title, an address and nothing else."""

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from lxml import html

from yearbook.errors import UsageError
from yearbook.outputs.feed import FeedEntry
from yearbook.outputs.linked_data import Article
from yearbook.outputs.sharing import share_links
from yearbook.pages.bulletin import render_bulletin
from yearbook.pages.environment import page_environment
from yearbook.settings import Settings, parse_site_url, read_settings

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
SITE = "https://example.org/yearbook/"
TITLE = 'A & B: “50%”, <one> in "two"? #1'
PAGE = f"{SITE}reports/2019-20/"


@pytest.fixture
def block() -> Callable[[str], html.HtmlElement]:
    """The block of a page, for a site at that address."""

    def of(site: str) -> html.HtmlElement:
        environment = page_environment(TEMPLATES, Settings("S", url=site))
        source = '{% from "macros/share.html" import share_block %}{{ share_block(title, "reports/2019-20/", link) }}'
        made = environment.from_string(source).render(title=TITLE, link=lambda target: f"../../{target}")
        return html.fragment_fromstring(made, create_parent="div")

    return of


def test_every_way_carries_the_title_and_the_address_and_nothing_else() -> None:
    ways = {link.label: urlsplit(link.address) for link in share_links(SITE, TITLE, "reports/2019-20/")}
    assert list(ways) == ["E-mail", "Bluesky", "LinkedIn", "WhatsApp"]
    assert parse_qs(ways["E-mail"].query) == {"subject": [TITLE], "body": [PAGE]}
    assert (ways["E-mail"].scheme, ways["E-mail"].path) == ("mailto", "")
    assert parse_qs(ways["Bluesky"].query) == {"text": [f"{TITLE} {PAGE}"]}
    assert parse_qs(ways["LinkedIn"].query) == {"url": [PAGE]}
    assert parse_qs(ways["WhatsApp"].query) == {"text": [f"{TITLE} {PAGE}"]}
    assert all(way.scheme == "https" for label, way in ways.items() if label != "E-mail")


def test_the_links_are_in_the_page_and_tell_no_one_until_followed(block: Callable[[str], html.HtmlElement]) -> None:
    found = block(SITE)
    links = found.xpath(".//ul//a")
    assert [link.get("href") for link in links] == [
        link.address for link in share_links(SITE, TITLE, "reports/2019-20/")
    ]
    assert [link.get("rel") for link in links] == [None, *["noopener external"] * 3]
    assert not found.xpath(".//img | .//script | .//iframe | .//*[@target]")
    section = found.find("section")
    assert (section.get("hidden"), section.get("data-title")) == (None, TITLE)


def test_without_an_address_of_the_site_the_block_waits_for_its_script(
    block: Callable[[str], html.HtmlElement],
) -> None:
    found = block("")
    assert share_links("", TITLE, "reports/") == ()
    assert found.find("section").get("hidden") is not None
    assert not found.xpath(".//ul//a")
    assert found.xpath("./p/a/@href") == ["../../bulletin/"]


@pytest.mark.parametrize(
    ("given", "made"),
    [("", ""), ("https://a.org", "https://a.org/"), ("http://a.org:8000/x", "http://a.org:8000/x/"), (SITE, SITE)],
)
def test_the_address_of_a_site_ends_with_a_stroke(given: str, made: str) -> None:
    assert parse_site_url(given) == made


def test_an_address_given_goes_before_that_of_the_settings(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text("site_url: https://old.org/\n")
    assert read_settings(tmp_path).url == "https://old.org/"
    assert read_settings(tmp_path, "https://new.org").url == "https://new.org/"


def test_the_extensions_are_those_that_mkdocs_is_told_of(project: Path) -> None:
    told = dict(read_settings(project).extensions)
    assert told["toc"] == {"permalink": False}
    assert told["smarty"] == {}


def bulletin(settings: Settings, count: int = 7) -> str:
    entries = [
        FeedEntry(f"posts/{day}/", f"Post <{day}>", "Its & words.", "", Article((), "", "", f"2024-01-0{day}"), "Post")
        for day in range(1, count + 1)
    ]
    return render_bulletin(entries, page_environment(TEMPLATES, settings)).body


def test_the_bulletin_lists_the_latest_five_and_the_address_of_the_feed() -> None:
    body = bulletin(Settings("S", url=SITE))
    assert re.findall(r'<a href="\.\./posts/(\d)/">Post &lt;\1&gt;</a>', body) == ["7", "6", "5", "4", "3"]
    assert f'<a href="../feed.xml"><code>{SITE}feed.xml</code></a>' in body
    assert "<code>feed.xml</code>" in bulletin(Settings("S"))
    assert "Nothing has appeared yet." in bulletin(Settings("S"), 0)


def test_there_is_a_list_by_e_mail_only_where_the_settings_name_one() -> None:
    assert "There is no list to join." in bulletin(Settings("S"))
    assert "mailto:" not in bulletin(Settings("S"))
    with_list = bulletin(Settings("S", bulletin="bulletin@example.org"))
    assert '<a href="mailto:bulletin@example.org?subject=Bulletin">bulletin@example.org</a>' in with_list
    assert "There is no list" not in with_list


def test_an_address_for_the_bulletin_that_is_none_is_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text("site_name: S\nextra:\n  bulletin: ask us\n")
    with pytest.raises(
        UsageError,
        match=r"(?s)mkdocs\.yml, line 3, column bulletin.*one e-mail address: 'ask us'.*bulletin@example\.org",
    ):
        read_settings(tmp_path)
