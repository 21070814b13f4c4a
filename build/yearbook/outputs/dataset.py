"""The data as schema.org's Dataset: what a search engine for data sets asks, as a value.

Addresses are whole where the site knows where it lives; otherwise they are from the data page, which is where such
facts stand.
"""

from typing import Any

from yearbook.outputs.attribution import ATTRIBUTION, FIGURES_LICENCE, SITE_NAME, citation, data_version
from yearbook.outputs.package import KEYWORDS, DataPackage, sources_of
from yearbook.outputs.resources import Resource
from yearbook.settings import Settings

FOLDER = "data/"
_TYPES = {"csv": "text/csv", "json": "application/json"}


def dataset_facts(package: DataPackage, settings: Settings) -> dict[str, Any]:
    """The facts of the whole data set, to be written as JSON-LD into the head of the data page."""
    archive = package.archive
    first, last = archive.years[0], archive.years[-1]
    base = f"{settings.url}{FOLDER}" if settings.url else ""
    name = settings.name or SITE_NAME
    publisher = {"@type": "Organization", "name": name, **({"url": settings.url} if settings.url else {})}
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": f"NHS Talking Therapies (IAPT) in England, annual statistics {first} to {last}",
        "description": (
            f"What the annual publication on NHS Talking Therapies (IAPT) counts, {first} to {last}, in one form: "
            "England as published, metrics computed from it with the sum behind each, the rates of England's groups, "
            f"and the releases for every organisation. {ATTRIBUTION}"
        ),
        "url": base or "./",
        "version": data_version(archive),
        "license": FIGURES_LICENCE[2],
        "creditText": ATTRIBUTION,
        "citation": citation(archive),
        "isAccessibleForFree": True,
        "inLanguage": "en-GB",
        "keywords": list(KEYWORDS),
        "temporalCoverage": f"{first.start}-04-01/{last.next.start}-03-31",
        "spatialCoverage": {"@type": "Place", "name": "England"},
        "creator": publisher,
        "publisher": publisher,
        "isBasedOn": [
            {"@type": "CreativeWork", "name": source["title"], **({"url": source["path"]} if "path" in source else {})}
            for source in sources_of(archive)
        ],
        "distribution": [
            _download("Data package", f"{base}datapackage.json", "application/json"),
            *(download for resource in package.resources for download in _downloads(resource, base)),
        ],
    }


def _downloads(resource: Resource, base: str) -> list[dict[str, Any]]:
    """The files of a tidy table."""
    stem = resource.path.removesuffix(".csv")
    files = {"csv": resource.csv, "json": resource.json}
    return [
        _download(resource.title, f"{base}{stem}.{kind}", _TYPES[kind]) | {"contentSize": f"{len(content)} B"}
        for kind, content in files.items()
        if content is not None
    ]


def _download(name: str, address: str, kind: str) -> dict[str, Any]:
    return {"@type": "DataDownload", "name": name, "contentUrl": address, "encodingFormat": kind}
