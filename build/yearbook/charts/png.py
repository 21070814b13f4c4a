"""A PNG made small: few colours are kept as a palette, which takes a sixth of the room, without a change to a pixel.

vl-convert writes every pixel as four bytes and compresses them in haste. A social card has some two hundred colours.
"""

import struct
import zlib
from collections.abc import Iterator

import numpy as np

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_UNFILTERED, _SUB = 0, 1


def compact(png: bytes) -> bytes:
    """The same image with a palette; as it is when it is no opaque image of 8-bit RGBA and 256 colours at most.

    It is also left alone when a row is filtered otherwise than by the pixel before, as vl-convert filters all of them.
    """
    parts = list(_parts(png))
    width, height, depth, kind, _, _, interlaced = struct.unpack(">IIBBBBB", parts[0][1])
    if (depth, kind, interlaced) != (8, 6, 0):
        return png
    packed = b"".join(content for name, content in parts if name == b"IDAT")
    rows = np.frombuffer(zlib.decompress(packed), np.uint8).reshape(height, 1 + 4 * width)
    filters, pixels = rows[:, 0], rows[:, 1:].reshape(height, width, 4).copy()
    if not set(filters.tolist()) <= {_UNFILTERED, _SUB}:
        return png
    pixels[filters == _SUB] = np.cumsum(pixels[filters == _SUB], axis=1, dtype=np.uint8)
    if (pixels[:, :, 3] != 255).any():
        return png
    # A card is mostly runs of one colour: to sort the first pixels of the runs is far quicker than all of them.
    flat = pixels.reshape(-1, 4).view(np.uint32).ravel()
    starts = np.concatenate(([0], np.flatnonzero(flat[1:] != flat[:-1]) + 1))
    colours, places = np.unique(flat[starts], return_inverse=True)
    if len(colours) > 256:
        return png
    palette = colours.view(np.uint8).reshape(-1, 4)[:, :3].tobytes()
    body = np.zeros((height, 1 + width), np.uint8)
    body[:, 1:] = np.repeat(places, np.diff(starts, append=len(flat))).reshape(height, width)
    head = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    made = ((b"IHDR", head), (b"PLTE", palette), (b"IDAT", zlib.compress(body.tobytes(), 8)), (b"IEND", b""))
    return _SIGNATURE + b"".join(_part(name, content) for name, content in made)


def _parts(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Each part of the file, by its name. Raises ValueError when it is no PNG."""
    if not png.startswith(_SIGNATURE):
        raise ValueError("not a PNG")
    place = len(_SIGNATURE)
    while place < len(png):
        size, name = struct.unpack(">I4s", png[place : place + 8])
        yield name, png[place + 8 : place + 8 + size]
        place += 12 + size


def _part(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
