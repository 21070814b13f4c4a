"""The register of releases, `data/releases.yml`: where each year's figures come from."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import yaml

from yearbook.importing.crosswalks import Publication
from yearbook.releases import RegisterEntry
from yearbook.years import FinancialYear

_HEADING = """\
# Where each year's figures come from. Written by `yearbook add`, which keeps what is changed by hand here,
# but not comments: put remarks under notes.
"""

_FIELDS = ("title", "publisher", "page", "file", "sha256", "published", "licence", "provenance", "revision", "notes")


def new_entry(
    before: RegisterEntry | None,
    year: FinancialYear,
    publication: Publication,
    given: Mapping[str, str],
    notes: tuple[str, ...],
    file: str,
    sha256: str,
    revised: bool,
) -> RegisterEntry:
    """The entry of a year after an import: what was `given`, else as before, else the publication's.

    `revised` says that the figures differ from an earlier import of another file: then the revision goes up,
    and the day of publication and the provenance of the file before are not kept.
    """
    entry = before or RegisterEntry(
        year,
        publication.title.replace("{year}", str(year)),
        publication.publisher,
        publication.page,
        file,
        sha256,
        publication.licence,
    )
    changes: dict[str, Any] = {"published": "", "provenance": ""} if revised else {}
    changes |= {name: text for name, text in given.items() if text}
    return replace(
        entry,
        file=file,
        sha256=sha256,
        revision=entry.revision + (1 if revised else 0),
        notes=notes or entry.notes,
        **changes,
    )


def register_yaml(entries: Mapping[FinancialYear, RegisterEntry]) -> bytes:
    """`data/releases.yml`, by year; fields without a value are left out."""
    rows = []
    for year, entry in sorted(entries.items()):
        values = {name: getattr(entry, name) for name in _FIELDS}
        values["notes"] = list(entry.notes)
        rows.append({"year": str(year)} | {name: value for name, value in values.items() if value})
    text = yaml.safe_dump(rows, sort_keys=False, allow_unicode=True, width=110) if rows else "[]\n"
    return (_HEADING + text).encode("utf-8")
