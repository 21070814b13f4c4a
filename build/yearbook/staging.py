"""Everything that writes the site: the staged files, and the site that MkDocs prints from them.

Staged files that have not changed are left alone. The site is printed into a fresh folder and takes the
old one's place only when it is whole, so a failed or killed build leaves the last good site as it was.
Only staged files that a former build of ours wrote are ever removed, and only a site of ours is replaced.
"""

import hashlib
import json
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from yearbook.errors import UsageError
from yearbook.finishing import finish_site
from yearbook.printing import print_pages
from yearbook.provenance import Recipe, read_recipe, write_record
from yearbook.search.index import write_index
from yearbook.swapping import NEXT, SITE, clear, put_in_place, restore_site

MANIFEST = "manifest.json"
"""What was staged, by path and checksum. It is published too: it marks a folder as ours, whoever printed it."""

PART = ".part"
"""What the file that is being written into a folder of ours is called, until it is whole."""


@dataclass(frozen=True, slots=True)
class Staged:
    """What staging did: how many files it wrote, removed and left as they were."""

    written: int
    removed: int
    kept: int


def write_staging(files: Mapping[str, bytes], folder: Path) -> Staged:
    """Make `folder` hold exactly `files` (and its manifest), touching only what differs.

    Raises UsageError for a path that would leave the folder.
    """
    root = folder.resolve()
    for path in files:
        if not (root / path).resolve().is_relative_to(root) or Path(path).is_absolute():
            raise UsageError(f'"{path}" would be written outside {folder.name}/.')
    (folder / PART).unlink(missing_ok=True)
    former = read_manifest(folder)
    checksums = {path: hashlib.sha256(content).hexdigest() for path, content in files.items()}
    changed = [path for path, content in files.items() if not _holds(folder / path, content)]
    gone = [path for path in former if path not in files and (folder / path).resolve().is_relative_to(root)]
    if changed or gone:
        # If we are killed from here on, the next build still knows every file that may be ours.
        _write_manifest(folder, {**former, **checksums})
    for path in gone:
        (folder / path).unlink(missing_ok=True)
        _remove_empty(folder / path, folder)
    for path in changed:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        write_file(folder / path, files[path], folder / PART)
    _write_manifest(folder, checksums)
    return Staged(len(changed), len(gone), len(files) - len(changed))


def keep_a_page(folder: Path) -> None:
    """See to it that a preview has a page to show its problems on, where no build has succeeded yet."""
    if not (folder / "index.md").exists():
        body = "# Nothing to show yet\n\nThe problems above keep the site from being made. Mend them, and it appears."
        write_staging({"index.md": f"---\ntitle: Nothing to show yet\n---\n\n{body}\n".encode()}, folder)


def _holds(target: Path, content: bytes) -> bool:
    """Whether the file holds just that. It is read: a killed build leaves files that no manifest describes."""
    return target.is_file() and target.stat().st_size == len(content) and target.read_bytes() == content


def _write_manifest(folder: Path, checksums: Mapping[str, str]) -> None:
    content = json.dumps(checksums, indent=0, sort_keys=True).encode()
    if not _holds(folder / MANIFEST, content):
        folder.mkdir(parents=True, exist_ok=True)
        write_file(folder / MANIFEST, content, folder / PART)


def read_manifest(folder: Path) -> dict[str, str]:
    """The checksums of what a former build wrote into `folder`; empty if none did or it cannot be read."""
    try:
        found = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(path): str(checksum) for path, checksum in found.items()} if isinstance(found, dict) else {}


def write_file(target: Path, content: bytes, part: Path | None = None) -> None:
    """Write `target` whole or not at all; until it is whole it is called `part`. Raises OSError that names `target`."""
    beside = part or target.with_name(f".{target.name}.{os.getpid()}")
    try:
        beside.write_bytes(content)
        beside.replace(target)
    except OSError as error:
        error.filename, error.filename2 = str(target), None
        raise
    finally:
        beside.unlink(missing_ok=True)


def _remove_empty(path: Path, below: Path) -> None:
    for parent in path.parents:
        if parent == below or (parent.exists() and (not parent.is_dir() or any(parent.iterdir()))):
            return
        if parent.exists():  # a build that was killed here has removed it already, and not those above it
            parent.rmdir()


def publish(project: Path, site_url: str = "", *, compressed: bool = False, recipe: Recipe | None = None) -> int:
    """Print the staged pages with MkDocs, index and finish them, and put the site in place; the number of its files.

    `site_url`, where it is given, is the site's address, whatever mkdocs.yml says. `compressed` asks for compressed
    copies, for a host that does not compress by itself. `recipe` is what the staged pages were made from, to be
    published with the site; by default it is that of the project as it lies there.

    Raises YearbookError when MkDocs finds anything to warn of, a broken link above all, or when the site cannot be
    indexed, and OSError when a file cannot be written; the site in place is then untouched.
    """
    site, fresh = project / SITE, project / NEXT
    restore_site(project)
    if site.exists() and not (site.is_dir() and ((site / MANIFEST).exists() or not any(site.iterdir()))):
        raise UsageError(f"{site} holds files that Yearbook did not make. Move them away, then build again.")
    clear(fresh)
    try:
        address = print_pages(project, fresh, html_pages(project / "staging"), site_url)
        write_index(fresh)
        finish_site(fresh, address, compressed)
        write_record(fresh, recipe or read_recipe(project, address, compressed))
        put_in_place(project)
    except BaseException as error:
        with suppress(OSError):
            clear(fresh)
        if isinstance(error, OSError) and error.filename is None:  # a disk that is full does not say for what
            error.filename = str(fresh)
        raise
    return sum(1 for path in site.rglob("*") if path.is_file())


def html_pages(staging: Path) -> list[str]:
    """The addresses of the staged pages that are HTML already."""
    return sorted(path.removesuffix("index.html") for path in read_manifest(staging) if path.endswith("/index.html"))
