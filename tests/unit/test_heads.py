"""What the head of a page tells machines, read by the tools that others read it with."""

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import extruct
import pytest
from lxml import html

from yearbook.outputs.linked_data import Article, Dataset, Described, Person, page_facts, to_json_ld
from yearbook.pages.frame import read_frame
from yearbook.pages.heads import with_linked_data
from yearbook.pages.page import Page
from yearbook.settings import Settings
from yearbook.years import FinancialYear

THEME = Path(__file__).resolve().parents[2] / "templates" / "theme"
SITE = "https://example.org/yearbook/"
YEAR = FinancialYear(2019)
HOSTILE = "</script><!-- <script>alert(1)</script> & \u2028 ]]>"
ARTICLE = Article(
    (Person("Ann Example", "https://example.org/ann"), Person("The Yearbook editors")), "2020-07-30", "2020-08-02",
    "2020-08-02", ("waiting",), YEAR,
)  # fmt: skip
DATASET = Dataset(
    "NHS Talking Therapies: NHS A CCG", "The recovery rate of NHS A CCG was 55% in 2019-20, and so on, and so forth.",
    (("text/csv", "areas/a/figures.csv"),), FinancialYear(2017), YEAR, "NHS A CCG", ("Recovery rate",),
)  # fmt: skip
PAGES = (
    Page("index.md", "The Yearbook", "home", "", "About it.", is_html=True),
    Page("reports/index.md", "The yearly reports", "reports", "", "All of them.", is_html=True),
    Page("reports/2019-20.md", "A report", "report", "", 'It says "so".', is_html=True, article=ARTICLE),
    Page("areas/a/index.md", "NHS A CCG", "area", "", "An area.", is_html=True, dataset=DATASET),
    Page("methods/index.md", HOSTILE, "methods", "", HOSTILE, is_html=True),
)

REQUIRED: Mapping[str, set[str]] = {
    "WebSite": {"name", "url", "potentialAction"},
    # Google requires nothing of an article and recommends these; the dates only where the page says them.
    "Article": {"headline", "image", "author", "datePublished", "dateModified", "publisher", "isPartOf", "about"},
    "Dataset": {
        "name",
        "description",
        "url",
        "license",
        "creator",
        "distribution",
        "temporalCoverage",
        "spatialCoverage",
    },
    "BreadcrumbList": {"itemListElement"},
}
"""What schema.org's users, Google above all, ask of each type."""


@pytest.fixture
def read() -> Callable[..., dict[str, Any]]:
    """All that extruct finds in a page of those above, printed for a site at that address."""

    def of(address: str, site: str = SITE) -> dict[str, Any]:
        settings = Settings("The Yearbook", "About it.", site)
        page = next(page for page in with_linked_data(PAGES, settings) if page.address == address)
        document = read_frame(THEME, settings).render(page).decode()
        found = extruct.extract(document, base_url=f"{SITE}{address}", syntaxes=["json-ld", "opengraph"])
        return {"document": document, "head": html.fromstring(document).head, **found}

    return of


def graph(found: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    (document,) = found["json-ld"]
    assert document["@context"] == "https://schema.org"
    return {facts["@type"]: facts for facts in document["@graph"]}


def properties(found: Mapping[str, Any]) -> dict[str, str]:
    (graph,) = found["opengraph"]
    return dict(graph["properties"])


@pytest.mark.parametrize(
    ("address", "types"),
    [
        ("", {"WebSite"}),
        ("reports/", {"BreadcrumbList"}),
        ("reports/2019-20/", {"Article", "BreadcrumbList"}),
        ("areas/a/", {"Dataset", "BreadcrumbList"}),
    ],
)
@pytest.mark.parametrize("site", ["", SITE])
def test_a_page_says_what_it_is_with_all_that_is_asked_of_its_type(
    address: str, types: set[str], site: str, read: Callable[..., dict[str, Any]]
) -> None:
    facts = graph(read(address, site))
    assert facts.keys() == types
    for kind in types:
        assert facts[kind].keys() >= REQUIRED[kind]
        assert all(value not in ("", [], None) for value in facts[kind].values())


def test_an_article_is_told_by_its_byline(read: Callable[..., dict[str, Any]]) -> None:
    facts = graph(read("reports/2019-20/"))["Article"]
    assert facts["headline"] == "A report"
    assert facts["description"] == 'It says "so".'
    assert facts["author"] == [
        {"@type": "Person", "name": "Ann Example", "url": "https://example.org/ann"},
        {"@type": "Organization", "name": "The Yearbook editors"},
    ]
    assert (facts["datePublished"], facts["dateModified"]) == ("2020-07-30", "2020-08-02")
    assert facts["image"] == [f"{SITE}cards/reports/2019-20.png"]
    assert facts["mainEntityOfPage"] == f"{SITE}reports/2019-20/"
    assert facts["temporalCoverage"] == "2019-04-01/2020-03-31"
    assert facts["keywords"] == ["waiting"]


def test_a_day_that_a_page_does_not_say_is_not_made_up() -> None:
    silent = Article((), "", "", "2024-03-31")
    facts = page_facts(Described("posts/a/", "A", "B", "c.png"), [], Settings("S"), lambda target: target, silent)[0]
    assert not {"datePublished", "dateModified", "keywords", "temporalCoverage"} & facts.keys()
    assert facts["author"] == [{"@type": "Organization", "name": "S", "url": ""}]


def test_a_dataset_names_its_files_its_licence_its_place_and_its_years(read: Callable[..., dict[str, Any]]) -> None:
    facts = graph(read("areas/a/"))["Dataset"]
    assert 50 <= len(facts["description"]) <= 5000
    assert facts["license"] == "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
    assert facts["temporalCoverage"] == "2017-04-01/2020-03-31"
    assert facts["spatialCoverage"] == {"@type": "Place", "name": "NHS A CCG"}
    assert facts["distribution"] == [
        {"@type": "DataDownload", "encodingFormat": "text/csv", "contentUrl": f"{SITE}areas/a/figures.csv"}
    ]
    assert facts["includedInDataCatalog"]["url"] == f"{SITE}data/"
    assert facts["variableMeasured"] == ["Recovery rate"]


def test_the_trail_names_the_pages_above_in_order(read: Callable[..., dict[str, Any]]) -> None:
    trail = graph(read("reports/2019-20/"))["BreadcrumbList"]["itemListElement"]
    assert [(step["position"], step["name"], step["item"]) for step in trail] == [
        (1, "Home", SITE),
        (2, "The yearly reports", f"{SITE}reports/"),
        (3, "A report", f"{SITE}reports/2019-20/"),
    ]


def test_the_site_says_where_it_is_searched(read: Callable[..., dict[str, Any]]) -> None:
    action = graph(read(""))["WebSite"]["potentialAction"]
    assert action["target"]["urlTemplate"] == f"{SITE}search/?q={{search_term_string}}"
    assert action["query-input"] == "required name=search_term_string"


def test_without_an_address_of_the_site_addresses_are_relative_to_the_page(read: Callable[..., dict[str, Any]]) -> None:
    found = read("reports/2019-20/", "")
    facts = graph(found)["Article"]
    assert (facts["url"], facts["image"], facts["isPartOf"]["url"]) == (
        "./",
        ["../../cards/reports/2019-20.png"],
        "../../",
    )
    assert "example.org" not in found["document"].replace("https://example.org/ann", "")
    assert not {"og:url", "og:image"} & properties(found).keys()
    assert not found["head"].xpath("//link[@rel='canonical'] | //meta[@name='twitter:card']")


def test_a_shared_link_shows_the_card_and_says_what_is_on_it(read: Callable[..., dict[str, Any]]) -> None:
    found = read("reports/2019-20/")
    told = properties(found)
    assert told["og:title"] == "A report"
    assert told["og:type"] == "article"
    assert told["og:url"] == f"{SITE}reports/2019-20/"
    assert told["og:description"] == 'It says "so".'
    assert told["og:image"] == f"{SITE}cards/reports/2019-20.png"
    assert (told["og:image:width"], told["og:image:height"]) == ("1200", "630")
    assert told["og:image:alt"] == 'A report. It says "so".'
    assert told["article:published_time"] == "2020-07-30"
    assert told["article:modified_time"] == "2020-08-02"
    assert found["head"].xpath("//meta[@property='article:author']/@content") == ["Ann Example", "The Yearbook editors"]
    assert found["head"].xpath("//meta[@name='twitter:card']/@content") == ["summary_large_image"]
    assert properties(read("areas/a/"))["og:type"] == "website"


def test_nothing_in_a_name_ends_the_element_or_opens_a_comment(read: Callable[..., dict[str, Any]]) -> None:
    found = read("methods/")
    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', found["document"], re.DOTALL)
    assert not re.search(r"[<>&\u2028\u2029]", block)
    trail = json.loads(block)["@graph"][0]["itemListElement"]
    assert trail[-1]["name"] == HOSTILE
    assert json.loads(to_json_ld([{"name": HOSTILE}]))["@graph"] == [{"name": HOSTILE}]


def test_pages_that_mkdocs_prints_say_the_same(built_once: Path) -> None:
    for page in (built_once / "site").rglob("index.html"):
        document = page.read_text(encoding="utf-8")
        address = page.parent.relative_to(built_once / "site").as_posix()
        whose = address.removesuffix("/board-paper")
        card = built_once / "site" / "cards" / f"{'home' if address == '.' else whose}.png"
        assert card.exists() != address.startswith("figures/"), address
        if address.startswith("figures/") or whose != address:
            assert "application/ld+json" not in document, address
            continue
        found = extruct.extract(document, base_url=SITE, syntaxes=["json-ld"])
        kinds = graph(found).keys()
        assert ("WebSite" in kinds) == (address == "."), address
        assert ("Article" in kinds) == bool(
            re.match(r"(reports|posts|methods)/[^/]+$", address)
        ) or "methods/" in address
        assert ("Dataset" in kinds) == (address == "data"), address
