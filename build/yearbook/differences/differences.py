"""All that differs between two built sites, gathered."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from yearbook.differences.figures import FigureChanges, compare_figures
from yearbook.differences.pages import DrawingChanges, PageChanges, compare_drawings, compare_pages
from yearbook.differences.sites import Site, read_site
from yearbook.provenance import FILE

_FOR_PROGRAMS = ("areas/", "data/", "figures/", "reports/")
_INDEX = ("pagefind/", "search/")


@dataclass(frozen=True, slots=True)
class FileChanges:
    """Paths of files for programs: new, gone and changed. `others` is how many files of other kinds differ."""

    new: tuple[str, ...]
    gone: tuple[str, ...]
    changed: tuple[str, ...]
    others: int


@dataclass(frozen=True, slots=True)
class MakingChanges:
    """What the sites were made from: inputs by path, and what changed of versions and options, in words.

    `known` says that both sites have a build.json; without it nothing else is known.
    """

    known: bool
    new: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    versions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Differences:
    """What changed from the site `old` to the site `new`."""

    old: Site
    new: Site
    figures: FigureChanges
    pages: PageChanges
    drawings: DrawingChanges
    files: FileChanges
    making: MakingChanges

    @property
    def any(self) -> bool:
        """Whether any file differs, build.json and its copies aside."""
        return bool(_changed_paths(self.old, self.new))

    @property
    def altered(self) -> tuple[list[str], list[str]]:
        """The files of each site that are not as its own build.json says."""
        return self.old.altered, self.new.altered


def compare_sites(old: Path, new: Path) -> Differences:
    """What changed from the site in the folder `old` to that in `new`. Raises UsageError when one is none of ours."""
    before, after = read_site(old), read_site(new)
    return Differences(
        before,
        after,
        compare_figures(before, after),
        compare_pages(before, after),
        compare_drawings(before, after),
        _compare_files(before, after),
        _compare_making(before.record, after.record),
    )


def _changed_paths(old: Site, new: Site) -> list[str]:
    """The paths of all files that are not the same in both, compressed copies and build.json aside."""
    paths = sorted(old.files.keys() | new.files.keys())
    return [path for path in paths if old.files.get(path) != new.files.get(path) and path not in (FILE, f"{FILE}.gz")]


def _compare_files(old: Site, new: Site) -> FileChanges:
    differ = [path for path in _changed_paths(old, new) if not path.endswith((".gz", ".html", ".svg"))]
    programs = [path for path in differ if path.startswith(_FOR_PROGRAMS) and path.endswith((".csv", ".json"))]
    others = [path for path in differ if path not in set(programs) and not path.startswith(("assets/charts/", *_INDEX))]
    return FileChanges(
        tuple(path for path in programs if path not in old.files),
        tuple(path for path in programs if path not in new.files),
        tuple(path for path in programs if path in old.files and path in new.files),
        len(others),
    )


def _compare_making(old: Mapping[str, Any], new: Mapping[str, Any]) -> MakingChanges:
    if not (old and new):
        return MakingChanges(known=False)
    before, after = old.get("inputs", {}), new.get("inputs", {})
    return MakingChanges(
        True,
        tuple(sorted(after.keys() - before.keys())),
        tuple(sorted(before.keys() - after.keys())),
        tuple(sorted(path for path in before.keys() & after.keys() if before[path] != after[path])),
        tuple(_versions(old, new)),
    )


def _versions(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    """The versions and options that changed: `pandas 3.1.0 to 3.1.1`."""
    flat = [
        {
            "Yearbook": site.get("yearbook"),
            "Python": site.get("python"),
            **site.get("libraries", {}),
            "the site's address": (site.get("options") or {}).get("site_url") or "none",
            "compressed copies": "written" if (site.get("options") or {}).get("compressed") else "not written",
        }
        for site in (old, new)
    ]
    for name in flat[1] | flat[0]:
        if flat[0].get(name) != flat[1].get(name):
            yield f"{name}: {flat[1].get(name, 'none')}, was {flat[0].get(name, 'none')}"
    if old.get("package") != new.get("package") and old.get("yearbook") == new.get("yearbook"):
        yield "the source of Yearbook, under the same version"
