"""A published cell to a canonical one: a plain number or one of our three markers, or why it is neither."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from yearbook.importing.crosswalks import fold
from yearbook.importing.unpacking import printable
from yearbook.releases import parse_cell

_NUMBER = re.compile(r"(?P<sign>-?)(?P<whole>\d*)(?:\.(?P<decimals>\d+))?", re.ASCII)
_GROUPED = re.compile(r"\d{1,3}(,\d{3})+(\.\d+)?", re.ASCII)
_MOST_DIGITS = 12

_AS_PUBLISHED = "if the publisher has it so, declare it in data/corrections.yml"


@dataclass(frozen=True, slots=True)
class BadCell:
    """Why a cell cannot be used: the kind of fault, what is wrong, how to mend it."""

    kind: str
    what: str
    fix: str


def canonical_cell(text: str, unit: str, markers: Mapping[str, str]) -> str | BadCell:
    """The canonical form of a published cell of a measure in `unit`; `markers` are folded.

    What is canonical `parse_cell` says. Counts are whole numbers (`1205`, and `1205.0` as spreadsheets write
    it); anything else keeps its decimals as published. Nothing is guessed: `1,205`, `51%` and `-5` are faults.
    """
    text = text.strip()
    marker = markers.get(fold(text))
    if marker is not None:
        return marker
    found = _NUMBER.fullmatch(text)
    if found is None or not (found["whole"] or found["decimals"]):
        return _not_a_number(text, unit, markers)
    if found["sign"]:
        return BadCell("negative", f'"{text}" is negative; no published value is.', _AS_PUBLISHED)
    whole, decimals = (found["whole"] or "0").lstrip("0") or "0", found["decimals"] or ""
    if len(whole) > _MOST_DIGITS:
        return BadCell("too large", f'"{shown(text)}" is larger than anything that is counted.', _AS_PUBLISHED)
    if unit == "count" and not decimals.strip("0"):
        decimals = ""
    cell = f"{whole}.{decimals}" if decimals else whole
    try:
        parse_cell(cell, unit)
    except ValueError:
        return _out_of_range(text, unit)
    return cell


def shown(text: str) -> str:
    """A cell as a message quotes it: on one line, cut when it is long."""
    plain_text = printable(text)
    return plain_text if len(plain_text) <= 60 else f"{plain_text[:57]}..."


def _out_of_range(text: str, unit: str) -> BadCell:
    kind, what = "over 100", f'"{text}" is more than 100 per cent.'
    if unit == "count":
        kind, what = "fraction", f'"{text}" is not a whole number; this column counts referrals.'
    return BadCell(kind, what, f"look whether the columns are shifted; {_AS_PUBLISHED}")


def _not_a_number(text: str, unit: str, markers: Mapping[str, str]) -> str | BadCell:
    if _GROUPED.fullmatch(text):
        what = f'"{text}" has a comma between its digits.'
        return BadCell("grouped", what, f"write {text.replace(',', '')}; {_AS_PUBLISHED}")
    if text.endswith("%") and _NUMBER.fullmatch(text[:-1].strip()):
        return BadCell("per cent sign", f'"{text}" has a per cent sign.', f"write {text[:-1].strip()}; {_AS_PUBLISHED}")
    known = " ".join(marker.upper() for marker in markers if marker) + " or an empty cell"
    kind = "a whole number" if unit == "count" else "a number"
    what = f'"{shown(text)}" is neither {kind} nor a known marker ({known}).'
    return BadCell(
        "unknown marker", what, "if it is a new marker, add it with its meaning to data/crosswalks/markers.csv"
    )
