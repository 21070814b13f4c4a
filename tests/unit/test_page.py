"""Pages before they are printed, and the links between them."""

import pytest
import yaml

from yearbook.pages.page import Page, address_of, relative_link


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("index.md", ""),
        ("reports/index.md", "reports/"),
        ("reports/2019-20.md", "reports/2019-20/"),
        ("glossary.md", "glossary/"),
    ],
)
def test_a_file_has_the_address_mkdocs_gives_it(path: str, address: str) -> None:
    assert address_of(path) == address
    assert Page(path, "t", "page", "").address == address


@pytest.mark.parametrize(
    ("target", "page", "link"),
    [
        ("reports/2019-20/", "", "reports/2019-20/"),
        ("reports/2019-20/", "reports/2018-19/", "../2019-20/"),
        ("reports/", "reports/2018-19/", "../"),
        ("", "reports/2018-19/", "../../"),
        ("", "", "./"),
        ("reports/", "reports/", "./"),
        ("assets/charts/journey.svg", "reports/2018-19/", "../../assets/charts/journey.svg"),
        ("assets/charts/journey.svg", "", "assets/charts/journey.svg"),
        ("reports/2019-20/#journey", "reports/2019-20/", "#journey"),
        ("reports/2019-20/#journey", "reports/", "2019-20/#journey"),
        ("#top", "", "#top"),
        ("#top", "reports/", "../#top"),
    ],
)
def test_a_link_is_relative_to_its_page(target: str, page: str, link: str) -> None:
    assert relative_link(target, page) == link


def front_matter(page: Page) -> tuple[dict[str, str], str]:
    _, head, body = page.to_markdown().decode("utf-8").split("---\n", 2)
    return yaml.safe_load(head), body


def test_a_page_is_front_matter_and_a_body() -> None:
    page = Page("index.md", "Title: with a colon – and é", "home", "\n\nWords.\n\n", "Summary 'quoted'")
    fields, body = front_matter(page)
    assert fields == {
        "title": "Title: with a colon – and é",
        "layout": "home",
        "description": "Summary 'quoted'",
        "card": "cards/home.png",
        "card_alt": "Title: with a colon – and é. Summary 'quoted'.",
    }
    assert body == "\nWords.\n"


def test_a_page_without_a_summary_has_no_description() -> None:
    assert front_matter(Page("index.md", "Title", "home", "x"))[0] == {
        "title": "Title",
        "layout": "home",
        "card": "cards/home.png",
        "card_alt": "Title.",
    }


def test_a_long_title_stays_on_one_line() -> None:
    title = "word " * 60
    assert f"title: {title.strip()}\n" in Page("index.md", title.strip(), "home", "x").to_markdown().decode("utf-8")
