"""The letters of the social cards: two families that come with MkDocs, so that a card is the same on every machine.

A card is an image, and vl-convert sets its words in the fonts of the machine: without a serif it leaves them out, and
with another release of one it gives other bytes. MkDocs, which prints the site, carries Roboto Slab and Lato in its
second theme. They are unpacked here and given names of our own, which no font of the machine can have.
"""

import hashlib
import struct
import zlib
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

SERIF, SANS = "Yearbook Slab", "Yearbook Sans"
"""What a card calls its two families."""

_FACES: Mapping[str, tuple[str, str]] = {
    "Roboto-Slab-Regular.woff": (SERIF, "Regular"),
    "Roboto-Slab-Bold.woff": (SERIF, "Bold"),
    "lato-normal.woff": (SANS, "Regular"),
    "lato-bold.woff": (SANS, "Bold"),
    "lato-normal-italic.woff": (SANS, "Italic"),
}
_STYLES = {(SERIF, "normal"): "Roboto-Slab-Regular", (SERIF, "bold"): "Roboto-Slab-Bold"}
_STYLES |= {(SANS, "normal"): "lato-normal", (SANS, "bold"): "lato-bold", (SANS, "italic"): "lato-normal-italic"}
_FOLDER = "mkdocs/themes/readthedocs/css/fonts"


@cache
def read_fonts() -> Mapping[str, bytes]:
    """The faces as TrueType files, by file name. Raises FileNotFoundError when MkDocs does not have them any more."""
    try:
        installed = distribution("mkdocs")  # not the module: ProperDocs puts its own in the place of that
    except PackageNotFoundError:
        raise FileNotFoundError("MkDocs is not installed, whose fonts the social cards are set in") from None
    folder = Path(str(installed.locate_file(_FOLDER)))
    return {
        name.replace(".woff", ".ttf"): unpack((folder / name).read_bytes(), *names) for name, names in _FACES.items()
    }


def fonts_digest() -> str:
    """The hash of all the faces."""
    return hashlib.sha256(b"".join(read_fonts().values())).hexdigest()


def words_width(words: str, size: float, family: str = SANS, style: str = "normal") -> float:
    """The pixels that `words` take, kerning left out: it only draws letters together.

    A letter that the face lacks, which vl-convert takes from another, counts as the widest there is.
    """
    return _ems(words, f"{_STYLES[family, style]}.ttf") * size


@lru_cache(maxsize=65_536)
def _ems(words: str, face: str) -> float:
    """How wide words are in a face, as a share of its size. The same are measured again for every size and line."""
    widths, widest = _letter_widths(face)
    return sum(widths.get(ord(letter), widest) for letter in words)


@cache
def _letter_widths(name: str) -> tuple[Mapping[int, float], float]:
    """How wide each letter of a face is, by its code, and the widest, as shares of the size."""
    tables = _tables(read_fonts()[name])
    units = struct.unpack(">H", tables[b"head"][18:20])[0]
    count = struct.unpack(">H", tables[b"hhea"][34:36])[0]
    advances = [struct.unpack(">H", tables[b"hmtx"][4 * glyph : 4 * glyph + 2])[0] / units for glyph in range(count)]
    glyphs = _glyphs(tables[b"cmap"])
    return {letter: advances[min(glyph, count - 1)] for letter, glyph in glyphs.items()}, max(advances)


def _tables(font: bytes) -> Mapping[bytes, bytes]:
    found = [struct.unpack(">4sIII", font[at : at + 16]) for at in range(12, 12 + 16 * font[5], 16)]
    return {tag: font[start : start + size] for tag, _, start, size in found}


def _glyphs(cmap: bytes) -> Mapping[int, int]:
    """The glyph of each letter, by its code, from the table of format 4, which covers what is not an emoji."""
    starts = [struct.unpack(">HHI", cmap[at : at + 8])[2] for at in range(4, 4 + 8 * cmap[3], 8)]
    table = next(cmap[start:] for start in starts if cmap[start : start + 2] == b"\x00\x04")
    half = struct.unpack(">H", table[6:8])[0]

    def column(number: int, kind: str) -> tuple[int, ...]:
        start = 14 + number * half + (2 if number else 0)
        return struct.unpack(f">{half // 2}{kind}", table[start : start + half])

    found = {}
    for place, (last, first, delta, offset) in enumerate(
        zip(column(0, "H"), column(1, "H"), column(2, "h"), column(3, "H"), strict=True)
    ):
        for letter in range(first, min(last, 0xFFFE) + 1):
            if not offset:
                found[letter] = (letter + delta) & 0xFFFF
                continue
            at = 16 + 3 * half + 2 * place + offset + 2 * (letter - first)
            glyph = struct.unpack(">H", table[at : at + 2])[0]
            found[letter] = (glyph + delta) & 0xFFFF if glyph else 0
    return {letter: glyph for letter, glyph in found.items() if glyph}


def unpack(woff: bytes, family: str, style: str) -> bytes:
    """The TrueType font in a WOFF file, under another name.

    See the W3C's WOFF File Format 1.0: a directory of tables, each compressed by itself where that makes it smaller.
    Raises ValueError when it is no such file.
    """
    if woff[:4] != b"wOFF":
        raise ValueError("not a WOFF file")
    flavour, _, count = struct.unpack(">4sIH", woff[4:14])
    tables = {}
    for place in range(44, 44 + 20 * count, 20):
        tag, start, packed, size, _ = struct.unpack(">4sIIII", woff[place : place + 20])
        content = woff[start : start + packed]
        tables[tag] = zlib.decompress(content) if packed < size else content
    tables[b"name"] = _names(family, style)
    power = 1 << (count.bit_length() - 1)
    head = struct.pack(">4sHHHH", flavour, count, power * 16, count.bit_length() - 1, (count - power) * 16)
    directory, body, start = b"", b"", 12 + 16 * count
    for tag, content in sorted(tables.items()):
        directory += struct.pack(">4sIII", tag, zlib.adler32(content), start + len(body), len(content))
        body += content + b"\0" * (-len(content) % 4)
    return head + directory + body


def _names(family: str, style: str) -> bytes:
    """A `name` table that holds the family, the style, the whole name and the PostScript name, in English."""
    texts = {1: family, 2: style, 4: f"{family} {style}", 6: f"{family} {style}".replace(" ", "-")}
    records, words = b"", b""
    for number, text in texts.items():
        encoded = text.encode("utf-16-be")
        records += struct.pack(">HHHHHH", 3, 1, 0x409, number, len(encoded), len(words))
        words += encoded
    return struct.pack(">HHH", 0, len(texts), 6 + len(records)) + records + words
