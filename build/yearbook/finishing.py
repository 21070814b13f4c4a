"""What is done to a printed site before it is put in place.

Its style sheets and scripts are named by their content, what hosts are to be told is written beside its pages, and
copies are compressed where they are asked for.
"""

import gzip
import os
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

from yearbook.outputs.assets import FOLDERS, link_assets, name_assets
from yearbook.outputs.hosts import TYPES, host_files, host_rules
from yearbook.provenance import FILE as BUILD

SMALLEST = 1024
"""Files of fewer bytes are not worth a compressed copy: an answer that small goes out in one packet as it is."""

_POLICY = re.compile(rb'<meta http-equiv="Content-Security-Policy" content="([^"]*)"')


def finish_site(site: Path, address: str = "", compressed: bool = False) -> None:
    """Finish the printed site in the folder `site`, whose address will be `address` if that is known.

    Raises CommentaryError when a page or a file of the theme asks for a style sheet or script that is not there.
    """
    path = urlsplit(address).path
    root = path if path.endswith("/") else f"{path}/"
    policies = _name_assets(site, root)
    tops = {BUILD, *(f"{entry.name}/" if entry.is_dir() else entry.name for entry in site.iterdir())}
    for name, content in host_files(host_rules(tops, policies), root).items():
        (site / name).parent.mkdir(exist_ok=True)
        (site / name).write_bytes(content)
    if compressed:
        _compress(site)


def _name_assets(site: Path, root: str) -> list[str]:
    """Publish style sheets and scripts under names of their content; the security policies of all pages, each once."""
    plain = [path for folder in FOLDERS for path in (site / folder).rglob("*") if path.is_file()]
    assets = name_assets({path.relative_to(site).as_posix(): path.read_bytes() for path in plain})
    policies: dict[str, None] = {}
    for page in sorted(site.rglob("*.html")):
        document = page.read_bytes()
        if policy := _POLICY.search(document):
            policies[policy[1].decode()] = None
        linked = link_assets(document, page.relative_to(site).as_posix(), assets, root)
        if linked != document:
            page.unlink()  # it may be the staged file under another name
            page.write_bytes(linked)
    for path in plain:
        path.unlink()
    for name, content in assets.files.items():
        (site / name).write_bytes(content)
    return list(policies)


def _compress(site: Path) -> None:
    """Write a `.gz` beside each text, where it is smaller. zlib lets the other cores work, so threads are enough."""

    def copy(path: Path) -> None:
        content = path.read_bytes()
        small = gzip.compress(content, 9, mtime=0)
        if len(small) < len(content):
            path.with_name(f"{path.name}.gz").write_bytes(small)

    texts = [
        path
        for path in site.rglob("*")
        if path.suffix[1:] in TYPES and path.is_file() and path.stat().st_size >= SMALLEST
    ]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(copy, texts))
