"""What a site was made from, published with it as `build.json`, and whether anything of that has changed since.

A recipe is all that decides the bytes of a site: versions, options, and the SHA-256 of every input. `build.json` is the
recipe with the SHA-256 of every file that came of it: whoever builds by the same recipe, wherever and whenever, can
compare. Beside the drawings a private note is kept of the site in place, so that a build with nothing to do ends at
once. What is not known for certain counts as changed.
"""

import hashlib
import json
import os
import platform
import re
import sys
import zlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from yearbook import __version__

FILE = "build.json"
SCHEMA = "data/schemas/build.json"
NOTE = "published.json"
"""What the private note is called in `.cache/`."""

FOLDERS = ("content", "data", "templates")
SETTINGS = "mkdocs.yml"
LIBRARIES = ("altair", "jinja2", "markdown", "mkdocs", "pagefind", "pandas", "vl-convert-python")
"""The libraries that decide bytes, by their names among the installed."""

_ELSEWHERE = re.compile(rb"!ENV\b|^INHERIT\s*:", re.MULTILINE)
"""What makes MkDocs read settings from the environment or from another file."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """What decides the bytes of a site. `inputs` are SHA-256 by path from the project's folder.

    `package` is one SHA-256 of the source of Yearbook itself. `url` is the site's address, empty where it has none.
    """

    libraries: Mapping[str, str]
    package: str
    inputs: Mapping[str, str]
    url: str = ""
    compressed: bool = False

    def to_dict(self) -> dict[str, Any]:
        """As `build.json` has it. There is no time, machine or place in it."""
        return {
            "schema": SCHEMA,
            "yearbook": __version__,
            "python": ".".join(platform.python_version_tuple()[:2]),
            "libraries": dict(sorted(self.libraries.items())),
            "package": self.package,
            "options": {"site_url": self.url or None, "compressed": self.compressed},
            "inputs": dict(sorted(self.inputs.items())),
        }


def read_recipe(project: Path, url: str = "", compressed: bool = False) -> Recipe:
    """The recipe of the project as it lies there now. Hidden files, which no page is made from, are left out."""
    inputs = {f"{folder}/{path}": digest for folder in FOLDERS for path, digest in checksums(project / folder).items()}
    inputs[SETTINGS] = _checksum(project / SETTINGS)
    package = Path(__file__).parent
    source = {path: digest for path, digest in checksums(package).items() if path.endswith(".py")}
    return Recipe({name: version(name) for name in LIBRARIES}, _digest(source), inputs, url, compressed)


def checksums(folder: Path, hidden: bool = False) -> dict[str, str]:
    """The SHA-256 of every file below the folder, by path; none for a folder that is not there."""
    return {path: _checksum(Path(entry.path)) for path, entry in _files(folder, hidden)}


def record(recipe: Recipe, outputs: Mapping[str, str]) -> bytes:
    """`build.json`: the recipe, and the SHA-256 of every file that came of it but this one."""
    listed = {path: outputs[path] for path in sorted(outputs) if path != FILE}
    return f"{json.dumps(recipe.to_dict() | {'outputs': listed}, ensure_ascii=False, indent=1)}\n".encode()


def write_record(site: Path, recipe: Recipe) -> None:
    """Write `build.json` into the finished site in the folder `site`."""
    (site / FILE).write_bytes(record(recipe, checksums(site, hidden=True)))


def note_site(project: Path, recipe: Recipe, pages: int) -> None:
    """Keep a note of the site in place, made by the recipe, and of its files as they lie there."""
    note = project / ".cache" / NOTE
    part = note.with_name(f"{NOTE}.{os.getpid()}.part")
    with suppress(OSError):  # no build fails for its cache: the next one is only longer
        note.parent.mkdir(exist_ok=True)
        try:
            part.write_text(json.dumps(_facts(project, recipe) | {"pages": pages}), encoding="utf-8")
            part.replace(note)
        except BaseException:
            part.unlink(missing_ok=True)
            raise


def unchanged_pages(project: Path, recipe: Recipe) -> int | None:
    """How many pages the site in place has, if a build by the recipe would make it again; None when in doubt."""
    if _ELSEWHERE.search((project / SETTINGS).read_bytes()):
        return None
    try:
        noted = json.loads((project / ".cache" / NOTE).read_text(encoding="utf-8"))
        pages = noted.pop("pages")
    except (OSError, ValueError, AttributeError, LookupError, TypeError):
        return None
    return pages if isinstance(pages, int) and noted == _facts(project, recipe) else None


def changed_inputs(before: Recipe, after: Recipe) -> list[str]:
    """The inputs that differ between two recipes, by path; the source of Yearbook counts as one more."""
    paths = before.inputs.keys() | after.inputs.keys()
    found = sorted(path for path in paths if before.inputs.get(path) != after.inputs.get(path))
    return found if before.package == after.package else [*found, "Yearbook itself"]


def _facts(project: Path, recipe: Recipe) -> dict[str, str]:
    """All by which a site is known again: its recipe, what is installed, and the size and time of each of its files."""
    files = {
        path: f"{found.st_size} {found.st_mtime_ns}"
        for path, entry in _files(project / "site", hidden=True)
        for found in (entry.stat(),)
    }
    return {
        "recipe": hashlib.sha256(json.dumps(recipe.to_dict()).encode()).hexdigest(),
        "installed": _installed(),
        "files": _digest(files),
    }


def _installed() -> str:
    """One digest of Python and of the names and versions of all that is installed, without loading any of it."""
    names = {
        name
        for folder in sys.path
        if os.path.isdir(folder)
        for name in os.listdir(folder)
        if name.endswith((".dist-info", ".egg-info"))
    }
    return _digest(dict.fromkeys(names, "") | {"Python": sys.version, "zlib": zlib.ZLIB_RUNTIME_VERSION})


def _files(folder: Path, hidden: bool = False) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Every file below the folder with its path from there. Links are followed, bytecode is left out."""
    ahead = [("", str(folder))] if folder.is_dir() else []
    while ahead:
        above, place = ahead.pop()
        with os.scandir(place) as entries:
            for entry in entries:
                name = entry.name
                if name == "__pycache__" or (name[0] == "." and not hidden):
                    continue
                if entry.is_dir():
                    ahead.append((f"{above}{name}/", entry.path))
                elif entry.is_file():
                    yield above + name, entry


def _checksum(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _digest(facts: Mapping[str, str]) -> str:
    """One SHA-256 of names and what is said of each, whatever their order."""
    lines = "".join(f"{name}\0{facts[name]}\n" for name in sorted(facts))
    return hashlib.sha256(lines.encode("utf-8", "surrogateescape")).hexdigest()
