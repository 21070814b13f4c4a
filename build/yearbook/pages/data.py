"""The data page: everything there is to take away, whose it is and how to cite it."""

from collections.abc import Iterable
from html import escape
from typing import Any

from jinja2 import Environment

from yearbook.formatting import format_number
from yearbook.outputs.attribution import ATTRIBUTION, FIGURES_LICENCE, WORDS_LICENCE, bibtex, citation, data_version
from yearbook.outputs.downloads import ShownTable, table_path
from yearbook.outputs.package import DataPackage
from yearbook.outputs.resources import Resource
from yearbook.pages.environment import render_page
from yearbook.pages.markup import file_links
from yearbook.pages.page import Page, relative_link

ADDRESS = "data/"


def render_data(package: DataPackage, environment: Environment) -> Page:
    """The page that lists every file of the package, with its licence and its citation."""
    archive = package.archive
    families = (("The figures of England", package.figures), ("About the figures", package.catalogues),
                ("The releases, for every organisation", package.releases))  # fmt: skip
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
        families=[(title, resources_html(title, resources)) for title, resources in families],
        groups=table_groups(package.tables.values()),
        link=lambda target: relative_link(target, ADDRESS),
    )
    summary = (
        "Every table of the Yearbook as CSV and JSON, at addresses that stay, with its licence and how to cite it."
    )
    return Page("data.md", "Data", "data", body, summary)


def resources_html(caption: str, resources: Iterable[Resource]) -> str:
    """A table of tidy tables: what each holds, how large it is, and its files."""
    rows = "\n".join(_resource_row(resource) for resource in resources)
    head = "".join(
        f'<th scope="col"{kind}>{words}</th>'
        for words, kind in (
            ("Table", ""),
            ("What it holds", ' class="text"'),
            ("Rows × columns", ""),
            ("Size", ""),
            ("Files", ' class="text"'),
        )
    )
    return (
        f'<div class="table-scroll" tabindex="0" role="region" aria-label="{escape(caption)}"><table class="data wordy files">'
        f"<caption>{escape(caption)}</caption>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody></table></div>"
    )


def _resource_row(resource: Resource) -> str:
    path = f"data/{resource.path}"
    links = f'<a href="{relative_link(path, ADDRESS)}" download>CSV</a>'
    if resource.json is not None:
        links = file_links(path.removesuffix(".csv"), ADDRESS)
    return (
        f'<tr id="{escape(resource.name)}"><th scope="row"><code>{escape(resource.path)}</code></th><td>{escape(resource.description)}</td>'
        f'<td class="num">{format_number(resource.rows)} × {len(resource.fields)}</td>'
        f'<td class="num">{size_words(len(resource.csv))}</td><td class="text">{links}</td></tr>'
    )


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
            key = 1, "In every report"
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
