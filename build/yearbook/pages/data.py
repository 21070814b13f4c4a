"""The data page: everything there is to take away, whose it is and how to cite it."""

from collections.abc import Iterable
from html import escape
from typing import Any

from jinja2 import Environment

from yearbook.formatting import format_number, plural
from yearbook.outputs.attribution import (
    ATTRIBUTION,
    FIGURES_LICENCE,
    SITE_NAME,
    WORDS_LICENCE,
    bibtex,
    citation,
    data_version,
)
from yearbook.outputs.downloads import ShownTable, table_path
from yearbook.outputs.linked_data import Dataset
from yearbook.outputs.package import DataPackage
from yearbook.outputs.resources import Resource
from yearbook.pages.environment import render_page
from yearbook.pages.markup import file_links
from yearbook.pages.page import Page, relative_link

ADDRESS = "data/"


def render_data(package: DataPackage, environment: Environment) -> Page:
    """The page that lists every file of the package, with its licence and its citation."""
    archive = package.archive
    body = render_page(
        environment,
        "pages/data.md",
        first=archive.years[0],
        last=archive.years[-1],
        version=data_version(archive),
        files=len(package.resources) + len(package.tables),
        figures_licence=FIGURES_LICENCE,
        words_licence=WORDS_LICENCE,
        attribution=ATTRIBUTION,
        citation=citation(archive),
        bibtex=escape(bibtex(archive)).replace("\n", "&#10;"),
        figures=resource_list(package.figures),
        catalogues=resource_list(package.catalogues),
        releases=release_table(package.releases),
        groups=table_groups(package.tables.values()),
        link=lambda target: relative_link(target, ADDRESS),
    )
    summary = (
        "Every table of the Yearbook as CSV and JSON, at addresses that stay, with its licence and how to cite it."
    )
    return Page("data.md", "Data", "data", body, summary, dataset=_dataset(package))


def _dataset(package: DataPackage) -> Dataset:
    """All there is to take away, as one set with the description of its files."""
    first, last = package.archive.years[0], package.archive.years[-1]
    files = tuple(("text/csv", f"{ADDRESS}{resource.path}") for resource in package.figures)
    description = (
        f"What the annual publication on NHS Talking Therapies (IAPT) counts, {first} to {last}, in one form: England "
        "as published, metrics computed from it, and the releases for every organisation."
    )
    return Dataset(
        f"{SITE_NAME}: figures of NHS Talking Therapies",
        description,
        (("application/json", f"{ADDRESS}datapackage.json"), *files),
        first,
        last,
    )


def resource_list(resources: Iterable[Resource]) -> str:
    """Tidy tables as a list: the name of each, what it holds, how large it is, and its files."""
    items = "\n".join(
        f'<dt id="{escape(resource.name)}"><code>{escape(resource.path)}</code></dt>\n'
        f"<dd>{_typeset(resource.description)}"
        f'<span class="table-files">{size_of(resource)}: {_links(resource)}</span></dd>'
        for resource in resources
    )
    return f'<dl class="glossary file-list">\n{items}\n</dl>'


def _typeset(words: str) -> str:
    return escape(words.replace("'", "’"))


def release_table(resources: Iterable[Resource]) -> str:
    """The releases as a table, a year a line."""
    caption = "The releases, for every organisation"
    rows = "\n".join(
        f'<tr id="{escape(resource.name)}"><th scope="row"><code>{escape(resource.path)}</code></th>'
        f'<td class="num">{format_number(resource.rows)}</td><td class="num">{len(resource.fields)}</td>'
        f'<td class="num">{size_words(len(resource.csv))}</td><td class="num">{_links(resource)}</td></tr>'
        for resource in resources
    )
    head = "".join(f'<th scope="col">{words}</th>' for words in ("File", "Rows", "Columns", "Size", "Download"))
    return (
        f'<div class="table-scroll" tabindex="0" role="region" aria-label="{caption}"><table class="data">'
        f"<caption>{caption}</caption>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody></table></div>"
    )


def _links(resource: Resource) -> str:
    path = f"{ADDRESS}{resource.path.removesuffix('.csv')}"
    return file_links(path, ADDRESS, ("csv",) if resource.json is None else ("csv", "json"))


def size_of(resource: Resource) -> str:
    """How large a tidy table is: `744 rows × 12 columns, 165 kB`."""
    rows, columns = resource.rows, len(resource.fields)
    return f"{format_number(rows)} {plural(rows, 'row')} × {columns} {plural(columns, 'column')}, {size_words(len(resource.csv))}"


def size_words(size: int) -> str:
    """The size of a file: `812 bytes`, `24 kB`, `2.7 MB`, in steps of a thousand."""
    if size < 1_000:
        return f"{size} bytes"
    return f"{format_number(size // 1_000)} kB" if size < 1_000_000 else f"{size / 1_000_000:.1f} MB"


def table_groups(tables: Iterable[ShownTable]) -> list[dict[str, Any]]:
    """The tables of the pages under the pages they stand on: the reports, the latest first, then the others.

    A table that several reports share stands by itself.
    """
    groups: dict[tuple[int, str], list[ShownTable]] = {}
    for shown in tables:
        if shown.address.startswith("reports/") and shown.table.year:
            key = -shown.table.year.start, f"The report of {shown.table.year}"
        elif shown.address.startswith("reports/"):
            key = 1, "In several reports"
        else:
            section = shown.address.partition("/")[0]
            key = 0, section.replace("-", " ").capitalize() or "Home"
        groups.setdefault(key, []).append(shown)
    return [
        {"title": title, "count": len(found), "items": [_table_item(shown) for shown in found]}
        for (_, title), found in sorted(groups.items(), key=lambda item: item[0])
    ]


def _table_item(shown: ShownTable) -> str:
    page = f'<a href="{relative_link(shown.address, ADDRESS)}">{escape(shown.page)}</a>'
    return f"{escape(shown.table.caption)}, on {page}: {file_links(table_path(shown.table.name), ADDRESS)}"
