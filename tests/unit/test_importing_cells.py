"""A published cell is a plain number, a marker or a fault; nothing is guessed."""

import pytest

from yearbook.importing.cells import BadCell, canonical_cell

MARKERS = {"*": "*", "null": "NULL", "n/a": "NULL", "-": "x", "": "x"}


@pytest.mark.parametrize(
    ("text", "unit", "cell"),
    [
        ("1205", "count", "1205"),
        (" 1205 ", "count", "1205"),
        ("1205.0", "count", "1205"),
        ("007", "count", "7"),
        ("0", "count", "0"),
        ("51.1", "percent", "51.1"),
        ("45.0", "percent", "45.0"),
        (".5", "percent", "0.5"),
        ("100", "percent", "100"),
        ("23.10", "days", "23.10"),
        ("*", "count", "*"),
        ("NULL", "count", "NULL"),
        ("null", "percent", "NULL"),
        ("N/A", "days", "NULL"),
        ("-", "count", "x"),
        ("", "count", "x"),
        ("  ", "count", "x"),
    ],
)
def test_published_cell_has_one_canonical_form(text: str, unit: str, cell: str) -> None:
    assert canonical_cell(text, unit, MARKERS) == cell


@pytest.mark.parametrize(
    ("text", "unit", "kind"),
    [
        ("1,205", "count", "grouped"),
        ("-5", "count", "negative"),
        ("-0.5", "percent", "negative"),
        ("5.5", "count", "fraction"),
        ("100.1", "percent", "over 100"),
        ("51%", "percent", "per cent sign"),
        ("9999999999999", "count", "too large"),
        ("1e5", "count", "unknown marker"),
        ("nan", "percent", "unknown marker"),
        ("Infinity", "days", "unknown marker"),
        ("١٢", "count", "unknown marker"),
        ("²", "count", "unknown marker"),
        (".", "count", "unknown marker"),
        ("5.", "count", "unknown marker"),
        ("=1+1", "count", "unknown marker"),
        ("#REF!", "count", "unknown marker"),
    ],
)
def test_anything_else_is_a_fault_with_a_remedy(text: str, unit: str, kind: str) -> None:
    fault = canonical_cell(text, unit, MARKERS)
    assert isinstance(fault, BadCell)
    assert fault.kind == kind
    assert fault.what
    assert fault.fix
