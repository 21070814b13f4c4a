"""From social cards to their images, as PNG: drawn by vl-convert in worker processes, cached by content.

vl-convert takes fonts from folders alone, so they are unpacked into one. When every card is in the cache nothing is
loaded.
"""

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache, partial
from importlib.metadata import version
from pathlib import Path

from yearbook.charts.cache import read_all_cached, write_cached
from yearbook.charts.cards import Card, card_svg
from yearbook.charts.fonts import fonts_digest, read_fonts
from yearbook.charts.palette import pack_png
from yearbook.charts.workers import draw_all
from yearbook.spool import Named


@dataclass(frozen=True)
class DrawnCards:
    """The images of cards by path, and how many were drawn now and how many came from the cache."""

    images: Mapping[str, bytes]
    drawn: int
    cached: int


def draw_cards(
    cards: Mapping[str, Card],
    site: str,
    cache_folder: Path,
    fonts_folder: Path,
    workers: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> DrawnCards:
    """The PNG of each card by its path, for the site of that name. The same cards give the same bytes anywhere.

    The fonts are unpacked below `fonts_folder` when there is anything to draw, and it can be written.
    """
    made_by = f"{version('vl-convert-python')} {fonts_digest()} palette "
    svgs = {path: card_svg(card, site) for path, card in cards.items()}
    keys = {path: hashlib.sha256((made_by + svg).encode()).hexdigest() for path, svg in svgs.items()}
    images = read_all_cached(cache_folder, keys.values(), ".png")
    missing = {keys[path]: svg for path, svg in svgs.items() if keys[path] not in images}
    cached = len(images)
    with _fonts(fonts_folder, bool(missing)) as fonts:
        drawn = draw_all(_rasterise, list(missing.values()), workers, partial(_register, fonts))
        for done, (key, (_, png)) in enumerate(zip(missing, drawn, strict=True), start=1):
            write_cached(cache_folder, f"{key}.png", png)
            images.put([(key, png)])
            if progress is not None:
                progress(done, len(missing))
    return DrawnCards(Named(images, keys), len(missing), cached)


@contextmanager
def _fonts(folder: Path, needed: bool) -> Iterator[str]:
    """A folder of the faces, if they are needed: below `folder`, or for this once where that cannot be written."""
    if not needed:
        yield ""
        return
    with ExitStack() as stack:
        try:
            found = _lay_out_fonts(folder)
        except OSError:
            found = _lay_out_fonts(Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="yearbook-fonts-"))))
        yield found


def _lay_out_fonts(folder: Path) -> str:
    """The folder, below `folder`, that holds these faces and no other."""
    own = folder / fonts_digest()[:16]
    for name, content in read_fonts().items():
        if not (own / name).exists():
            _write_font(own, name, content)
    return str(own)


def _write_font(folder: Path, name: str, content: bytes) -> None:
    """Write a face whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    beside = folder / f".{name}.{os.getpid()}"
    beside.write_bytes(content)
    beside.replace(folder / name)


@cache
def _register(folder: str) -> None:
    import vl_convert

    vl_convert.register_font_directory(folder)


def _rasterise(svg: str) -> bytes:
    import vl_convert

    return pack_png(vl_convert.svg_to_png(svg))
