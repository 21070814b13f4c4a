"""What a page is, for machines: schema.org facts as JSON-LD, for the head of the page.

The facts are those that the page itself shows. Addresses are whole where the site has one of its own and relative to
the page where it has not, as JSON-LD allows.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from yearbook.outputs.attribution import FIGURES_LICENCE, WORDS_LICENCE
from yearbook.settings import Settings
from yearbook.years import FinancialYear

Facts = dict[str, Any]
Link = Callable[[str], str]
"""Makes the address of what lies at a path from the site's root, as the page is to write it."""

LONGEST_DESCRIPTION = 5000
"""As many characters Google takes in the description of a dataset."""


@dataclass(frozen=True, slots=True)
class Person:
    """An author: the name as in the byline, and a page on the web where there is one."""

    name: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """What is known of a page that somebody wrote. Days are as 2024-01-31, empty where the page does not say.

    `changed` is the day of its last change as far as anything tells: see `pages.bylines`. `year` is a report's.
    """

    authors: tuple[Person, ...]
    published: str
    updated: str
    changed: str
    tags: tuple[str, ...] = ()
    year: FinancialYear | None = None


@dataclass(frozen=True, slots=True)
class Dataset:
    """The figures of a page as files to take away. `files` are paths from the site's root by kind of media."""

    name: str
    description: str
    files: tuple[tuple[str, str], ...]
    first: FinancialYear
    last: FinancialYear
    place: str = "England"
    measured: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Described:
    """A page as machines are told of it: its address from the site's root, empty for the home page, and its words."""

    address: str
    title: str
    summary: str
    image: str


def page_facts(
    page: Described,
    trail: Sequence[tuple[str, str]],
    settings: Settings,
    link: Link,
    article: Article | None = None,
    dataset: Dataset | None = None,
) -> list[Facts]:
    """All that is said of a page. `trail` are the pages above it, from the home page, as title and address."""
    found = [] if page.address else [website_facts(settings, link)]
    if article is not None:
        found.append(article_facts(page, article, settings, link))
    if dataset is not None:
        found.append(dataset_facts(page, dataset, settings, link))
    if page.address:
        found.append(breadcrumb_facts([*trail, (page.title, page.address)], link))
    return found


def website_facts(settings: Settings, link: Link) -> Facts:
    """The site as a whole, with the address at which it is searched."""
    return {
        "@type": "WebSite",
        "name": settings.name,
        "description": settings.description,
        "url": link(""),
        "inLanguage": "en-GB",
        "publisher": _publisher(settings, link),
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": f"{link('search/')}?q={{search_term_string}}"},
            "query-input": "required name=search_term_string",
        },
    }


def article_facts(page: Described, article: Article, settings: Settings, link: Link) -> Facts:
    """A report or a post. A day that the page does not say is not made up."""
    facts: Facts = {
        "@type": "Article",
        "headline": page.title,
        "description": page.summary,
        "url": link(page.address),
        "mainEntityOfPage": link(page.address),
        "image": [link(page.image)],
        "inLanguage": "en-GB",
        "author": [_author(person) for person in article.authors] or [_publisher(settings, link)],
        "publisher": _publisher(settings, link),
        "isPartOf": {"@type": "WebSite", "name": settings.name, "url": link("")},
        "about": {"@type": "Thing", "name": "NHS Talking Therapies"},
        "license": WORDS_LICENCE[2],
        "isAccessibleForFree": True,
    }
    if article.published:
        facts["datePublished"] = article.published
    if article.updated or article.published:
        facts["dateModified"] = article.updated or article.published
    if article.tags:
        facts["keywords"] = list(article.tags)
    if article.year:
        facts["temporalCoverage"] = _span(article.year, article.year)
    return facts


def dataset_facts(page: Described, dataset: Dataset, settings: Settings, link: Link) -> Facts:
    """The figures of a page, with their files and their licence."""
    facts: Facts = {
        "@type": "Dataset",
        "name": dataset.name,
        "description": dataset.description[:LONGEST_DESCRIPTION],
        "url": link(page.address),
        "inLanguage": "en-GB",
        "license": FIGURES_LICENCE[2],
        "isAccessibleForFree": True,
        "creator": {"@type": "Organization", "name": "NHS England"},
        "publisher": _publisher(settings, link),
        "temporalCoverage": _span(dataset.first, dataset.last),
        "spatialCoverage": {"@type": "Place", "name": dataset.place},
        "distribution": [
            {"@type": "DataDownload", "encodingFormat": media, "contentUrl": link(path)}
            for media, path in dataset.files
        ],
    }
    if page.address != "data/":
        facts["includedInDataCatalog"] = {"@type": "DataCatalog", "name": settings.name, "url": link("data/")}
    if dataset.measured:
        facts["variableMeasured"] = list(dataset.measured)
    return facts


def breadcrumb_facts(trail: Sequence[tuple[str, str]], link: Link) -> Facts:
    """The way from the home page to a page, itself last."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": title, "item": link(address)}
            for position, (title, address) in enumerate(trail, start=1)
        ],
    }


def _publisher(settings: Settings, link: Link) -> Facts:
    return {"@type": "Organization", "name": settings.name, "url": link("")}


def _author(person: Person) -> Facts:
    """A person; a body, such as "The Yearbook editors", where the name says so."""
    facts: Facts = {"@type": "Organization" if person.name.startswith("The ") else "Person", "name": person.name}
    return facts | ({"url": person.link} if person.link else {})


def _span(first: FinancialYear, last: FinancialYear) -> str:
    """From the first day of one year to the last day of another, as ISO 8601 has it."""
    return f"{first.start}-04-01/{last.start + 1}-03-31"


def to_json_ld(found: Sequence[Mapping[str, Any]]) -> str:
    """The facts as the content of a script element that is data. Nothing in them can end it or open a comment."""
    document: Mapping[str, Any] = {"@context": "https://schema.org", "@graph": list(found)}
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    for mark in "<>&\u2028\u2029":
        text = text.replace(mark, f"\\u{ord(mark):04x}")
    return text
