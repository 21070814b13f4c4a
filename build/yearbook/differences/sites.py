"""A built site as it lies in a folder: its files with their checksums, and what it says of its own making."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from yearbook.errors import UsageError
from yearbook.provenance import FILE, checksums

MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class Site:
    """A built site. `files` are the SHA-256 of all its files by path, `record` its build.json, empty if it has none."""

    folder: Path
    files: Mapping[str, str]
    record: Mapping[str, Any] = field(default_factory=dict)

    @property
    def pages(self) -> frozenset[str]:
        """The addresses of its pages, from its top."""
        return frozenset(path.removesuffix("index.html") for path in self.files if f"/{path}".endswith("/index.html"))

    @property
    def altered(self) -> list[str]:
        """The files that are not as its build.json says, those that it does not name and those that are lost."""
        listed = self.record.get("outputs")
        if not isinstance(listed, dict):
            return []
        paths = (listed.keys() | self.files.keys()) - {FILE}
        return sorted(path for path in paths if listed.get(path) != self.files.get(path))

    def text(self, path: str) -> str:
        """A file of it, as text."""
        return (self.folder / path).read_text(encoding="utf-8", errors="replace")

    def json(self, path: str) -> dict[str, Any]:
        """A JSON file of it; empty where there is none. Raises UsageError when it is no JSON object."""
        if path not in self.files:
            return {}
        try:
            found = json.loads(self.text(path))
        except ValueError as error:
            raise UsageError(f"{self.folder / path} cannot be read as JSON: {error}. Build that site again.") from error
        if not isinstance(found, dict):
            raise UsageError(f"{self.folder / path} holds no JSON object. Build that site again.")
        return found


def read_site(folder: Path) -> Site:
    """The site in the folder. Raises UsageError when Yearbook built none there, or its build.json cannot be read."""
    if not (folder / FILE).is_file() and not (folder / MANIFEST).is_file():
        remedy = "Name the folder of a built site, or build it first: yearbook build."
        for inner in ("site", "public"):
            if (folder / inner / MANIFEST).is_file():
                remedy = f"There is one in {folder / inner}: name that."
        raise UsageError(f"{folder} is no site of Yearbook's: it holds neither {FILE} nor {MANIFEST}. {remedy}")
    site = Site(folder, checksums(folder, hidden=True))
    return Site(folder, site.files, site.json(FILE))
