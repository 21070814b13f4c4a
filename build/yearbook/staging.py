"""Everything that writes the site: the staged files, and the site that MkDocs prints from them.

Staged files that have not changed are left alone. The site is printed into a fresh folder and takes the
old one's place only when it is whole, so a failed or killed build leaves the last good site as it was.
Only staged files that a former build of ours wrote are ever removed, and only a site of ours is replaced.
"""

import hashlib
import json
import logging
import os
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from yearbook.errors import UsageError, YearbookError
from yearbook.finishing import finish_site
from yearbook.provenance import Recipe, read_recipe, write_record
from yearbook.search.index import write_index

MANIFEST = "manifest.json"
"""What was staged, by path and checksum. It is published too: it marks a folder as ours, whoever printed it."""

NEXT, LAST = ".site-next", ".site-last"


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
        write_file(folder / path, files[path])
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
        write_file(folder / MANIFEST, content)


def read_manifest(folder: Path) -> dict[str, str]:
    """The checksums of what a former build wrote into `folder`; empty if none did or it cannot be read."""
    try:
        found = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(path): str(checksum) for path, checksum in found.items()} if isinstance(found, dict) else {}


def write_file(target: Path, content: bytes) -> None:
    """Write `target` whole or not at all."""
    beside = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        beside.write_bytes(content)
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)


def _remove_empty(path: Path, below: Path) -> None:
    for parent in path.parents:
        if parent == below or not parent.is_dir() or any(parent.iterdir()):
            return
        parent.rmdir()


def publish(project: Path, site_url: str = "", *, compressed: bool = False, recipe: Recipe | None = None) -> int:
    """Print the staged pages with MkDocs, index and finish them, and put the site in place; the number of its files.

    `site_url`, where it is given, is the site's address, whatever mkdocs.yml says. `compressed` asks for compressed
    copies, for a host that does not compress by itself. `recipe` is what the staged pages were made from, to be
    published with the site; by default it is that of the project as it lies there.

    Raises YearbookError when MkDocs finds anything to warn of, a broken link above all, or when the site cannot be
    indexed; the site in place is then untouched.
    """
    site, fresh, last = project / "site", project / NEXT, project / LAST
    if last.exists() and not site.exists():  # a build was killed between the two renames
        last.rename(site)
    if site.exists() and not (site.is_dir() and ((site / MANIFEST).exists() or not any(site.iterdir()))):
        raise UsageError(f"{site} holds files that Yearbook did not make. Move them away, then build again.")
    for leftover in (fresh, last):
        shutil.rmtree(leftover, ignore_errors=True)
    try:
        address = _print_pages(project, fresh, site_url)
        write_index(fresh)
        finish_site(fresh, address, compressed)
        write_record(fresh, recipe or read_recipe(project, address, compressed))
        if site.exists():
            site.rename(last)
        fresh.rename(site)
    finally:
        if not site.exists() and last.exists():
            last.rename(site)
        for leftover in (fresh, last):
            shutil.rmtree(leftover, ignore_errors=True)
    return sum(1 for path in site.rglob("*") if path.is_file())


def html_pages(staging: Path) -> list[str]:
    """The addresses of the staged pages that are HTML already, for the sitemap: MkDocs knows them as files only."""
    return sorted(path.removesuffix("index.html") for path in read_manifest(staging) if path.endswith("/index.html"))


class _Warnings(logging.Handler):
    """Keeps what MkDocs warns of, to be told as one message."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


def _print_pages(project: Path, into: Path, site_url: str) -> str:
    """Print the staged pages; the address that the site is to have, empty where none is known."""
    from mkdocs.commands.build import build
    from mkdocs.config import load_config
    from mkdocs.exceptions import MkDocsException

    # MkDocs dates its compressed sitemap by the clock unless it is given a time; ours has none, wherever it is built.
    os.environ["SOURCE_DATE_EPOCH"] = "0"
    log, warnings = logging.getLogger("mkdocs"), _Warnings()
    log.addHandler(warnings)
    propagate, log.propagate = log.propagate, False
    try:
        given = {"site_url": site_url} if site_url else {}
        config = load_config(str(project / "mkdocs.yml"), site_dir=str(into), hooks=[], strict=False, **given)
        config.extra["html_pages"] = html_pages(project / "staging")
        build(config)
    except MkDocsException as error:
        warnings.messages.append(str(error))
    finally:
        log.removeHandler(warnings)
        log.propagate = propagate
    if warnings.messages:
        raise YearbookError("MkDocs could not print the site:\n  " + "\n  ".join(warnings.messages))
    return str(config.site_url or "")


def serve(project: Path, address: str, open_browser: bool) -> None:
    """Serve a preview at `address` until interrupted, rebuilding on every save. MkDocs runs it, with our hook."""
    from mkdocs.commands.serve import serve as serve_mkdocs
    from mkdocs.exceptions import MkDocsException

    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(message)s")
    try:
        # Not strict: a link that leads nowhere yet must not stop the preview, which would then answer nobody.
        serve_mkdocs(str(project / "mkdocs.yml"), dev_addr=address, open_in_browser=open_browser, strict=False)
    except MkDocsException as error:
        raise YearbookError(str(error)) from error
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or error
        raise UsageError(
            f"{address} cannot be served: {reason}. Name another with --address, as 127.0.0.1:8001."
        ) from error
