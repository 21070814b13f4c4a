"""The index of the printed site, which Pagefind makes, and two small lists that the search page needs beside it."""

import gzip
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from yearbook.errors import YearbookError
from yearbook.search.editions import Edition, editions_of
from yearbook.search.words import words_file

FOLDER = "pagefind"
WORDS, PAGES = "search/words.json", "search/pages.json"

_EDITIONS = ".editions"
_KEPT = ("pagefind.js", "pagefind-worker.js", "pagefind-entry.json", "wasm.en.pagefind")
"""The files at the top of Pagefind's folder that a search loads, besides the one it names by its content."""

_SIGNATURE = b"pagefind_dcd"


def write_index(site: Path) -> None:
    """Index the printed site in the folder `site`, in which the index goes. Raises YearbookError if that fails.

    Pagefind's filters are not used: it writes them in an order that changes from run to run, and the same site is to
    give the same bytes. `search/pages.json` says of each page in the index what kind it is.
    """
    editions = read_editions(site)
    if not editions:
        return
    source, index = site / _EDITIONS, site / FOLDER
    try:
        for edition in editions:
            target = source / edition.address / "index.html"
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(edition.to_html(), encoding="utf-8")
        _run_pagefind(source, index)
    finally:
        shutil.rmtree(source, ignore_errors=True)
    for path in index.iterdir():
        if path.is_file() and path.name not in _KEPT and path.suffix != ".pf_meta":
            path.unlink()
    (site / WORDS).parent.mkdir(exist_ok=True)
    (site / WORDS).write_bytes(words_file(editions))
    (site / PAGES).write_bytes(_pages_file(editions, index))


def read_editions(site: Path) -> Sequence[Edition]:
    """All that is to be found on the printed site, in the order of the addresses."""
    found: list[Edition] = []
    for page in sorted(site.rglob("index.html")):
        folder = page.parent.relative_to(site).as_posix()
        found += editions_of(page.read_text(encoding="utf-8"), "" if folder == "." else f"{folder}/")
    return found


def _run_pagefind(source: Path, index: Path) -> None:
    # It skips folders with a dot in front anywhere in a path it is given, so it is given none: it runs where they lie.
    command = [sys.executable, "-P", "-m", "pagefind", "--site", ".", "--output-path", os.path.relpath(index, source)]
    command += ["--force-language", "en", "--silent"]
    # Its settings come from us alone: not from the environment, nor from a file where the build is run.
    settings = {name: value for name, value in os.environ.items() if not name.startswith("PAGEFIND_")}
    done = subprocess.run(  # noqa: S603 - the installed Pagefind, with words of our own
        command, cwd=source, env=settings, capture_output=True, text=True, check=False
    )
    if done.returncode or not (index / "pagefind-entry.json").is_file():
        lines = dict.fromkeys((done.stderr or done.stdout).strip().splitlines())  # it may say a thing twice
        said = list(lines)[-4:] or [f"It ended with status {done.returncode} and said nothing."]
        raise YearbookError("\n  ".join(["Pagefind could not index the site, so the last one stays:", *said]))


def _pages_file(editions: Sequence[Edition], index: Path) -> bytes:
    """The kind of each page, its title and a report's year by Pagefind's name for the page, as JSON.

    An entry is `"en_7f22e84": ["report", "The wait moves indoors", "2022-23"]`, or `["term", "Caseness"]`. Areas are
    left out: all the other pages are areas, and they are found by their names in another way.
    """
    by_address = {f"/{edition.address}": edition for edition in editions}
    pages = {}
    for path in sorted((index / "fragment").iterdir()):
        address = json.loads(gzip.decompress(path.read_bytes()).removeprefix(_SIGNATURE))["url"]
        edition = by_address[address]
        if edition.kind != "area":
            pages[path.stem] = [edition.kind, edition.title, *([edition.year] if edition.year else [])]
    return json.dumps(pages, separators=(",", ":"), ensure_ascii=False).encode()
