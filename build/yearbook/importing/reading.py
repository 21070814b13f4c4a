"""A published file as rows of text, each with its line number as an editor shows it.

Reading settles the encoding and the shape of the file and nothing else: what columns and cells mean is for
`tidying` and `national`.
"""

import csv
import hashlib
import io
import re
import sys
from dataclasses import dataclass
from pathlib import Path

from yearbook.errors import DataError, Problem
from yearbook.importing.problems import ProblemLog
from yearbook.importing.unpacking import printable, unpack

KINDS: dict[str, tuple[str, ...]] = {
    "tidy": ("reportingperiod", "measurename", "measurestatistic", "value"),
    "main": ("orgtype", "orgcode", "variabletype", "variablea"),
    "supplement": ("year", "measure", "value", "basis"),
}
"""The kinds of file that can be added, each with the columns it is recognised by (see `plain`), the first that fits."""

LONGEST_LINE = 65_536
"""The longest line that is read, in bytes: the published ones have some hundreds."""

MOST_RAGGED = 1_000
"""How many rows of the wrong length end the reading: the file is another one then."""

_BYTE_ORDER_MARKS = ((b"\xff\xfe", "UTF-16"), (b"\xfe\xff", "UTF-16"))
_SAVE_AS_UTF8 = "save it as CSV UTF-8 (comma delimited), or download it again"


@dataclass(frozen=True)
class PublishedTable:
    """A CSV as published. `lines[i]` is the line on which row `i` begins; `sha256` is of the file given."""

    file: str
    kind: str
    header: tuple[str, ...]
    rows: list[list[str]]
    lines: list[int]
    sha256: str


def plain(name: str) -> str:
    """A column's name without what may vary: `Count_Recovery`, `COUNTRECOVERY` and `count recovery` are one."""
    return re.sub(r"[\s_\-]+", "", name).casefold()


def kind_of_header(start: bytes) -> str:
    """Which of `KINDS` a file that begins with these bytes is, "" when none."""
    first_line = re.split(rb"[\r\n]", start.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n"), maxsplit=1)[0]
    try:
        header = next(csv.reader([first_line.decode("utf-8")]), [])
    except (UnicodeDecodeError, csv.Error):
        return ""
    return _kind(header)


def _kind(header: list[str]) -> str:
    present = {plain(name) for name in header}
    return next((kind for kind, needed in KINDS.items() if present.issuperset(needed)), "")


def read_published(path: Path) -> PublishedTable:
    """The table in `path`, a CSV or a zip with one. Raises DataError with every problem of its shape."""
    unpacked = unpack(path, kind_of_header)
    text = _decode(unpacked.name, unpacked.content)
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    log = ProblemLog()
    header, rows, lines = _split(unpacked.name, text, log)
    kind = _kind(header)
    if not kind:
        raise DataError(_not_a_release(unpacked.name, header))
    _check_header(unpacked.name, header, log)
    log.raise_if_any()
    if not rows:
        what = "The file has a header and no rows."
        raise DataError(Problem(unpacked.name, 0, "", what, "download it again: it is not complete"))
    return PublishedTable(unpacked.name, kind, tuple(name.strip() for name in header), rows, lines, sha256)


def _decode(name: str, content: bytes) -> str:
    """The text of a UTF-8 file, with or without its byte order mark."""
    if not content.strip(b"\xef\xbb\xbf \t\r\n"):
        raise DataError(Problem(name, 0, "", "The file is empty.", "download it again"))
    for mark, encoding in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            raise DataError(Problem(name, 0, "", f"The file is in {encoding}, not in UTF-8.", _SAVE_AS_UTF8))
    if b"\0" in content:
        position = content.index(b"\0")
        what = f"Byte {position + 1:,} is NUL, which no text file holds."
        raise DataError(Problem(name, _line_of(content, position), "", what, _SAVE_AS_UTF8))
    if long := next((line for line in _LINE.finditer(content) if line.end() - line.start() > LONGEST_LINE), None):
        what = f"The line has more than {LONGEST_LINE:,} bytes, and no line of a release is nearly so long."
        fix = "look whether it is the file that was meant, and download it again"
        raise DataError(Problem(name, _line_of(content, long.start()), "", what, fix))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        start = error.start + (3 if content.startswith(b"\xef\xbb\xbf") else 0)
        what = f"Byte {start + 1:,} (0x{content[start]:02x}) is not UTF-8."
        raise DataError(Problem(name, _line_of(content, start), "", what, _SAVE_AS_UTF8)) from error


_LINE = re.compile(rb"[^\r\n]+")


def _line_of(content: bytes, position: int) -> int:
    """The number of the line that byte `position` is on, whatever ends the lines."""
    return 1 + len(re.findall(rb"\r\n|\r|\n", content[:position]))


def _split(name: str, text: str, log: ProblemLog) -> tuple[list[str], list[list[str]], list[int]]:
    """Header, rows and the line each row begins on. Lines without any text are passed over."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    header: list[str] = []
    rows: list[list[str]] = []
    lines: list[int] = []
    ragged = 0
    share = sys.intern  # a release has few different cells: keeping each once takes a tenth of the memory
    begins = 1
    try:
        for row in reader:
            if any(row):
                if not header:
                    header = row
                elif len(row) == len(header):
                    rows.append(list(map(share, row)))
                    lines.append(begins)
                else:
                    what = f"The row has {len(row)} cells; the header has {len(header)}."
                    fix = "download the file again, or look for a missing or extra comma or quotation mark"
                    log.add("ragged row", Problem(name, begins, "", what, fix))
                    ragged += 1
                    if ragged == MOST_RAGGED:
                        break
            begins = reader.line_num + 1
    except csv.Error as error:
        what, fix = _csv_fault(str(error))
        log.add("not csv", Problem(name, begins, "", what, fix))
    return header, rows, lines


def _csv_fault(error: str) -> tuple[str, str]:
    """What is wrong and how to mend it, for what the csv module says."""
    if "expected after" in error:
        return "A cell goes on after its closing quotation mark.", "write a quotation mark inside a cell twice"
    if "end of data" in error:
        return "A quotation mark that opens in this row is never closed.", "close it, or download the file again"
    if "field larger" in error:
        return "A cell is longer than any published one.", "look for a quotation mark that is not closed"
    return f"The row cannot be read as CSV: {error}.", "download the file again"


def _not_a_release(name: str, header: list[str]) -> Problem:
    joined = printable(",".join(header))
    shown = joined if len(joined) <= 120 else f"{joined[:117]}..."
    what = f"This is not the header of a main release, a tidy England file or a national supplement: {shown}"
    fix = "add the main CSV of the annual release: its header begins OrgType, OrgCode, OrgName, VariableType"
    for mark, word in ((";", "semicolons"), ("\t", "tabs")):
        if len(header) == 1 and header[0].count(mark) >= 3:
            fix = f"save the file with commas between its cells; it has {word}"
    return Problem(name, 1, "", what, fix)


def _check_header(name: str, header: list[str], log: ProblemLog) -> None:
    seen: dict[str, int] = {}
    for position, column in enumerate(header, start=1):
        if not column.strip():
            what = f"Column {position} has no name."
            log.add("unnamed column", Problem(name, 1, str(position), what, "name it, or take the column out"))
        elif not column.isprintable():
            what = f"The name of column {position} holds a character that is not text: {printable(column)}."
            log.add("odd column", Problem(name, 1, str(position), what, "download the file again"))
        elif plain(column) in seen:
            what = f"The column is there twice: columns {seen[plain(column)]} and {position}."
            log.add("column twice", Problem(name, 1, column.strip(), what, "take one of them out"))
        else:
            seen[plain(column)] = position
