"""The bytes of the CSV in a file offered for import, whether it lies there as it is or in a zip.

Nothing is ever unpacked to disk, and no size that a zip declares is believed: bytes are counted as they
come out, and reading stops at a limit.
"""

import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from yearbook.errors import DataError, Problem, suggest

MOST_BYTES = 128 * 1024 * 1024
"""The largest CSV that is read. The largest published one is about 15 MB."""

MOST_GROWTH = 200
"""How many times the size of its zip a CSV may be. The published ones are 8 to 12 times."""

MOST_ENTRIES = 1000
"""How many files a zip may hold. The published ones hold fewer than twenty."""

_ENCRYPTED = 0x1

_ZIP_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
)
"""What the standard library raises for one damaged zip or another."""

_CHUNK = 1 << 20
_HEADER_BYTES = 1 << 16

_SIGNATURES: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF", "a PDF", "download the CSV files of the release"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook", "download the CSV files of the release"),
    (b"Rar!", "a rar archive", "extract it with an archive program and add the main CSV in it"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", "extract it with an archive program and add the main CSV in it"),
    (b"\x1f\x8b", "a gzip file", "extract it with an archive program and add the CSV in it"),
    (b"PAR1", "a Parquet file", "download the CSV files of the release"),
    (b"<!DOCTYPE", "a web page", "download the file itself: the link leads to a page about it"),
    (b"<!doctype", "a web page", "download the file itself: the link leads to a page about it"),
    (b"<html", "a web page", "download the file itself: the link leads to a page about it"),
    (b"<?xml", "an XML file", "download the CSV files of the release"),
)


@dataclass(frozen=True, slots=True)
class Unpacked:
    """The bytes of a CSV and the name it has in messages: `main.csv`, or `release.zip: main.csv`."""

    name: str
    content: bytes


def unpack(path: Path, kind_of_header: Callable[[bytes], str]) -> Unpacked:
    """The CSV in `path`, a CSV or a zip that holds one which is of a known kind.

    `kind_of_header` says which kind of file the first bytes of a CSV begin, "" for none: a published zip
    may hold other CSVs beside the main one. Raises DataError when there is no such CSV, or more than one.
    """
    try:
        with path.open("rb") as file:
            start = file.read(_HEADER_BYTES)
            size = path.stat().st_size
            if start[:4] == b"PK\x03\x04" or start[:4] == b"PK\x05\x06":
                return _unpack_zip(path, kind_of_header)
            _refuse_other_formats(path.name, start)
            if size > MOST_BYTES:
                raise DataError(_too_large(path.name))
            return Unpacked(path.name, start + file.read(MOST_BYTES))
    except FileNotFoundError as error:
        near = suggest(path.name, sorted(entry.name for entry in path.parent.glob("*")) if path.parent.is_dir() else ())
        fix = f"check the path. {near}" if near else "check the path"
        raise DataError(Problem(path.name, 0, "", "There is no such file.", fix)) from error
    except IsADirectoryError as error:
        what = "This is a folder."
        raise DataError(Problem(path.name, 0, "", what, "give the zip or the main CSV in it")) from error
    except PermissionError as error:
        what = "The file may not be read."
        raise DataError(Problem(path.name, 0, "", what, "allow reading it, or copy it elsewhere")) from error


def _refuse_other_formats(name: str, start: bytes) -> None:
    for signature, what, fix in _SIGNATURES:
        if start.lstrip().startswith(signature):
            raise DataError(Problem(name, 0, "", f"This is {what}, not a CSV or a zip.", fix))


def _unpack_zip(path: Path, kind_of_header: Callable[[bytes], str]) -> Unpacked:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            if len(entries) > MOST_ENTRIES:
                what = f"The zip holds {len(entries):,} files, and {MOST_ENTRIES:,} are looked at at most."
                raise DataError(Problem(path.name, 0, "", what, "extract it and add the main CSV in it"))
            _refuse_unsafe_entries(path.name, entries)
            if any(entry.flag_bits & _ENCRYPTED for entry in entries):
                what = "The zip is protected by a password."
                raise DataError(Problem(path.name, 0, "", what, "extract it and add the main CSV in it"))
            if any(entry.filename == "xl/workbook.xml" for entry in entries):
                what = "This is an Excel workbook, not a CSV or a zip."
                raise DataError(Problem(path.name, 0, "", what, "download the CSV files of the release"))
            chosen = _choose(
                path.name, entries, lambda entry: kind_of_header(_read(path, archive, entry, _HEADER_BYTES))
            )
            return Unpacked(f"{path.name}: {chosen.filename}", _read(path, archive, chosen))
    except _ZIP_FAULTS as error:
        reason = str(error).rstrip(".")
        what = f"The zip cannot be read: {reason}."
        fix = "download it again; if it is packed in an uncommon way, extract it and add the main CSV in it"
        raise DataError(Problem(path.name, 0, "", what, fix)) from error


def _refuse_unsafe_entries(name: str, entries: list[zipfile.ZipInfo]) -> None:
    problems = [
        Problem(
            name,
            0,
            "",
            f"The zip holds an entry whose name is a path out of it: {printable(entry.orig_filename)[:200]}.",
            "do not trust this file; download it again from the publisher's page",
        )
        for entry in entries
        if _is_unsafe(entry.orig_filename)
    ]
    if problems:
        raise DataError(problems)


def _is_unsafe(name: str) -> bool:
    parts = re.split(r"[/\\]", name)
    return ".." in parts or parts[0] == "" or ":" in parts[0] or "\0" in name


def printable(text: str) -> str:
    """`text` with everything a terminal would not show plainly written as an escape."""
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode("ascii") for char in text)


def _choose(name: str, entries: list[zipfile.ZipInfo], kind_of: Callable[[zipfile.ZipInfo], str]) -> zipfile.ZipInfo:
    sheets = [
        entry
        for entry in entries
        if entry.filename.lower().endswith(".csv") and not entry.filename.startswith("__MACOSX/")
    ]
    known = [entry for entry in sheets if kind_of(entry)]
    if len(known) == 1:
        return known[0]
    if known:
        names = ", ".join(sorted(printable(entry.filename)[:100] for entry in known)[:10])
        what = f"The zip holds {len(known)} CSVs that look like a main release: {names}."
        raise DataError(Problem(name, 0, "", what, "extract the zip and add the one you mean"))
    held = ", ".join(sorted(printable(entry.filename)[:100] for entry in entries)[:10]) or "nothing"
    what = f"The zip holds no CSV with the header of a main release. It holds: {held}."
    fix = "download the zip called CSV files; a zip or workbook inside a zip has to be extracted first"
    raise DataError(Problem(name, 0, "", what, fix))


def _read(path: Path, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, at_most: int = 0) -> bytes:
    """The entry's bytes, or the first `at_most` of them."""
    allowed = min(MOST_BYTES, max(path.stat().st_size, _CHUNK) * MOST_GROWTH)
    chunks: list[bytes] = []
    count = 0
    with archive.open(entry) as file:
        if at_most:
            return file.read(at_most)
        while chunk := file.read(_CHUNK):
            count += len(chunk)
            if count > allowed:
                raise DataError(_too_large(f"{path.name}: {printable(entry.filename)}"))
            chunks.append(chunk)
    return b"".join(chunks)


def _too_large(name: str) -> Problem:
    what = (
        f"The CSV is larger than {MOST_BYTES // 1024 // 1024} MB, or more than {MOST_GROWTH} times its zip. "
        "No release is; reading was stopped."
    )
    return Problem(name, 0, "", what, "do not trust this file; download it again from the publisher's page")
