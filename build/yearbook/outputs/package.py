"""The data packages: everything below `/data/`, described so that a machine can read and check it.

There are two: one of the tidy tables and the releases, `data/datapackage.json`, and one of the tables as the
pages show them, `data/tables/datapackage.json`. Both follow the Frictionless specification, version 1. The files that
programs read, of years and the schemas, are kept with them.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from yearbook.archive import Archive
from yearbook.formatting import sentence_case
from yearbook.metrics import METRICS_BY_NAME
from yearbook.outputs.attribution import ATTRIBUTION, FIGURES_LICENCE, SITE_NAME, WORDS_LICENCE, citation, data_version
from yearbook.outputs.canonical import release_resources
from yearbook.outputs.catalogues import catalogue_resources
from yearbook.outputs.downloads import (
    CODE_COLUMN,
    FOLDER,
    ShownTable,
    added_columns,
    column_facts,
    table_csv,
    table_json,
    table_path,
)
from yearbook.outputs.figures import ShownFigure
from yearbook.outputs.registers import register_resources
from yearbook.outputs.resources import Field, Resource
from yearbook.outputs.tidy import figure_resources
from yearbook.reconcile import Level
from yearbook.report import Report
from yearbook.years import FinancialYear

KEYWORDS = (
    "NHS Talking Therapies",
    "IAPT",
    "psychological therapies",
    "mental health",
    "England",
    "recovery rate",
    "waiting times",
)
_PRINTED = "As printed, without thousands marks."
_CLOSING = {
    CODE_COLUMN: "The publisher's code: see organisations.csv among the tidy tables.",
    "Basis": "What kind of source the row's numbers have.",
    "Sources": "Where they come from, parted by semicolons.",
    "Licence": "Whose they are.",
}


@dataclass(frozen=True, slots=True)
class DataPackage:
    """What there is to take away: the tidy tables by family, the tables of the pages and their charts by name.

    `printed` are the files of the tables of the pages, by the same names; `api` are the files of years and the schemas,
    by path.
    """

    figures: tuple[Resource, ...]
    catalogues: tuple[Resource, ...]
    releases: tuple[Resource, ...]
    tables: Mapping[str, ShownTable]
    archive: Archive
    printed: Mapping[str, Resource] = field(default_factory=dict)
    api: Mapping[str, bytes] = field(default_factory=dict)
    charts: Mapping[str, ShownFigure] = field(default_factory=dict)

    @property
    def resources(self) -> tuple[Resource, ...]:
        """Every tidy table, in reading order."""
        return *self.figures, *self.catalogues, *self.releases


def build_package(
    report: Report,
    levels: Sequence[Level],
    release_files: Mapping[FinancialYear, bytes],
    tables: Mapping[str, ShownTable],
    api: Mapping[str, bytes],
    charts: Mapping[str, ShownFigure] | None = None,
    figures: tuple[Resource, ...] = (),
) -> DataPackage:
    """The package of an archive: its releases, the tables and charts that the pages show, and the API's files.

    `figures` are the `figure_resources` of the report, made anew where none are given.
    """
    return DataPackage(
        figures or figure_resources(report),
        (*catalogue_resources(report.archive), *register_resources(report.archive, levels)),
        release_resources(report.archive.releases, release_files),
        tables,
        report.archive,
        {name: printed_table(shown, report.archive) for name, shown in tables.items()},
        api,
        charts or {},
    )


def package_files(package: DataPackage) -> list[tuple[str, bytes]]:
    """Every file of the package, by path, with both descriptions."""
    files = [
        ("data/datapackage.json", tidy_descriptor(package)),
        (f"{FOLDER}/datapackage.json", tables_descriptor(package)),
        *package.api.items(),
    ]
    for folder, resources in (("data", package.resources), (FOLDER, package.printed.values())):
        for resource in resources:
            files.append((f"{folder}/{resource.path}", resource.csv))
            if resource.json is not None:
                files.append((f"{folder}/{resource.path.removesuffix('.csv')}.json", resource.json))
    return files


def tidy_descriptor(package: DataPackage) -> bytes:
    """The description of the tidy tables."""
    archive = package.archive
    description = (
        "What the annual publication on NHS Talking Therapies (IAPT) counts, "
        f"{archive.years[0]} to {archive.years[-1]}, in one form: England as published, metrics computed from it, "
        f"and the releases for every organisation. {ATTRIBUTION}"
    )
    resources = [resource.descriptor() for resource in package.resources]
    return _descriptor("talking-therapies-yearbook", SITE_NAME, description, archive, resources)


def tables_descriptor(package: DataPackage) -> bytes:
    """The description of the tables as the pages show them: printed values, so every column is of words."""
    resources = [printed.descriptor() for printed in package.printed.values()]
    description = f"The tables of the pages as they are printed there, marks and rounding included. {ATTRIBUTION}"
    title = f"{SITE_NAME}: the tables of its pages"
    return _descriptor("talking-therapies-yearbook-tables", title, description, package.archive, resources)


def printed_table(shown: ShownTable, archive: Archive) -> Resource:
    """The two files of a table as the pages show it."""
    table = shown.table
    columns = [column_facts(table, position) for position in range(len(table.columns))]
    fields = [Field(facts["name"], _column_words(facts)) for facts in columns]
    fields += [Field(name, _CLOSING[name]) for name in added_columns(table)]
    path = table_path(table.name).removeprefix(f"{FOLDER}/")
    words = " ".join((f"On the page “{shown.page}”.", *table.notes))
    return Resource(
        table.name, f"{path}.csv", table.caption, words, tuple(fields), table_csv(table), len(table.rows),
        table_json(shown, archive), missing=(), quoted_from=table.quoted_from,
    )  # fmt: skip


def _column_words(facts: Mapping[str, Any]) -> str:
    title = METRICS_BY_NAME[facts["metric"]].title if facts["metric"] else ""
    words = ", ".join(part for part in (title, facts["base"]) if part)
    return f"{sentence_case(words)}. {_PRINTED}" if words else _PRINTED


def _descriptor(
    name: str, title: str, description: str, archive: Archive, resources: Sequence[Mapping[str, Any]]
) -> bytes:
    facts = {
        "profile": "tabular-data-package",
        "name": name,
        "title": title,
        "description": description,
        "version": data_version(archive),
        "keywords": list(KEYWORDS),
        "licenses": [
            {"name": licence, "title": f"{title} ({of})", "path": path}
            for (title, licence, path), of in ((FIGURES_LICENCE, "figures"), (WORDS_LICENCE, "words"))
        ],
        "sources": sources_of(archive),
        "contributors": [{"title": f"The editors of {SITE_NAME}", "role": "publisher"}],
        "citation": citation(archive),
        "resources": resources,
    }
    return (json.dumps(facts, ensure_ascii=False, indent=1) + "\n").encode()


def sources_of(archive: Archive) -> list[dict[str, str]]:
    """The releases, then the sources of the supplement, each once."""
    entries = [archive.register[year] for year in archive.years if year in archive.register]
    sources = [{"title": f"{entry.publisher}: {entry.title}", **_address(entry.page)} for entry in entries]
    for source in dict.fromkeys(row.source for row in archive.supplement):
        title, _, address = source.partition(", http")
        sources.append({"title": title, **_address(f"http{address}" if address else "")})
    return sources


def _address(page: str) -> dict[str, str]:
    return {"path": page} if page.startswith(("http://", "https://")) and " " not in page else {}
