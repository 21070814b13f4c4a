"""The data page: everything there is to take away, whose it is and how to cite it."""

from collections.abc import Iterable
from html import escape
from typing import Any

from jinja2 import Environment

from yearbook.formatting import format_number, plural
from yearbook.outputs.attribution import (
    ATTRIBUTION,
    FIGURES_LICENCE,
    SCHEMAS,
    WORDS_LICENCE,
    bibtex,
    citation,
    data_version,
)
from yearbook.outputs.downloads import ShownTable, table_path
from yearbook.outputs.package import DataPackage
from yearbook.outputs.resources import Resource
from yearbook.pages.environment import render_page
from yearbook.pages.markup import file_links
from yearbook.pages.page import Page, relative_link
from yearbook.pages.text import slug
from yearbook.years import FinancialYear

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
        figures_licence=FIGURES_LICENCE,
        words_licence=WORDS_LICENCE,
        attribution=ATTRIBUTION,
        citation=citation(archive),
        bibtex=escape(bibtex(archive)).replace("\n", "&#10;"),
        figures=resource_list(package.figures),
        catalogues=resource_list(package.catalogues),
        releases=release_table(package.releases),
        groups=table_groups(package),
        counts=counts_of(package),
        years=[(year, year_file(package, year)) for year in archive.years],
        schemas=[(path.rpartition("/")[2], path, size_words(len(package.api[path]))) for path in schema_paths(package)],
        link=lambda target: relative_link(target, ADDRESS),
    )
    summary = (
        "Every table of the Yearbook as CSV and JSON, at addresses that stay, with its licence and how to cite it."
    )
    return Page("data.md", "Data", "data", body, summary)


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
        f'<div class="table-scroll" tabindex="0" role="group" aria-label="{caption}"><table class="data">'
        f"<caption>{caption}</caption>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody></table></div>"
    )


def _links(resource: Resource) -> str:
    path = f"{ADDRESS}{resource.path.removesuffix('.csv')}"
    return file_links(path, ADDRESS, ("csv",) if resource.json is None else ("csv", "json"), resource.name)


def size_of(resource: Resource) -> str:
    """How large a tidy table is: `744 rows × 12 columns, 165 kB`."""
    rows, columns = resource.rows, len(resource.fields)
    return f"{format_number(rows)} {plural(rows, 'row')} × {columns} {plural(columns, 'column')}, {size_words(len(resource.csv))}"


def size_words(size: int) -> str:
    """The size of a file: `812 bytes`, `24 kB`, `2.7 MB`, in steps of a thousand."""
    if size < 1_000:
        return f"{size} bytes"
    return f"{format_number(size // 1_000)} kB" if size < 1_000_000 else f"{size / 1_000_000:.1f} MB"


def counts_of(package: DataPackage) -> dict[str, str]:
    """How many tables each family has."""
    families = {
        "figures": package.figures, "about": package.catalogues, "releases": package.releases, "pages": package.tables,
    }  # fmt: skip
    return {name: format_number(len(found)) for name, found in families.items()}


def year_file(package: DataPackage, year: FinancialYear) -> str:
    """The size of the file of a year's figures."""
    return size_words(len(package.api[f"reports/{year}/figures.json"]))


def schema_paths(package: DataPackage) -> list[str]:
    """Where the schemas lie."""
    return [path for path in package.api if path.startswith(f"{SCHEMAS}/")]


def table_groups(package: DataPackage) -> list[dict[str, Any]]:
    """The tables of the pages under the pages they stand on: the reports, the latest first, then the others.

    A table that several reports share stands by itself.
    """
    groups: dict[tuple[int, str], list[ShownTable]] = {}
    for shown in package.tables.values():
        if shown.address.startswith("reports/") and shown.table.year:
            key = -shown.table.year.start, f"The report of {shown.table.year}"
        elif shown.address.startswith("reports/"):
            key = 1, "In several reports"
        else:
            section = shown.address.partition("/")[0]
            key = 0, section.replace("-", " ").capitalize() or "Home"
        groups.setdefault(key, []).append(shown)
    return [_group(package, title, found) for (_, title), found in sorted(groups.items(), key=lambda item: item[0])]


def _group(package: DataPackage, title: str, tables: list[ShownTable]) -> dict[str, Any]:
    """A group of tables: the page that they share, if they do, and an item for each; a table's years stand together."""
    addresses = {shown.address for shown in tables}
    first: dict[str, int] = {}
    for shown in tables:
        first.setdefault(shown.table.id, len(first))
    ordered = sorted(tables, key=lambda shown: first[shown.table.id])
    return {
        "title": title,
        "id": f"tables-{slug(title)}",
        "count": len(tables),
        "page": _page_link(tables[0]) if len(addresses) == 1 else "",
        "items": [_table_item(shown, package.printed[shown.table.name], len(addresses) > 1) for shown in ordered],
    }


def _page_link(shown: ShownTable) -> str:
    return f'<a href="{relative_link(shown.address, ADDRESS)}">{escape(shown.page)}</a>'


def _table_item(shown: ShownTable, printed: Resource, with_page: bool) -> str:
    page = f", on {_page_link(shown)}" if with_page else ""
    rows = f"{format_number(printed.rows)} {plural(printed.rows, 'row')}"
    files = f"{rows}, {size_words(len(printed.csv))}: {file_links(table_path(shown.table.name), ADDRESS, of=shown.table.caption)}"
    return f'<span>{escape(shown.table.caption)}{page}</span> <span class="file-size">{files}</span>'
