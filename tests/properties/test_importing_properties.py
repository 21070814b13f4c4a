"""Laws of the importer, on generated cells and releases."""

import csv
import io
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yearbook.errors import DataError
from yearbook.importing.cells import BadCell, canonical_cell
from yearbook.importing.crosswalks import read_crosswalks
from yearbook.importing.problems import ProblemLog
from yearbook.importing.reading import PublishedTable
from yearbook.importing.tidying import derive_one_treatment, tidy, to_sheet
from yearbook.releases import parse_cell
from yearbook.values import Status
from yearbook.years import FinancialYear

CROSSWALKS = read_crosswalks(Path(__file__).resolve().parents[2] / "data" / "crosswalks")
YEAR = FinancialYear(2019)
UNITS = st.sampled_from(["count", "percent", "days", "minutes", "appointments"])
MARKERS = {"*": Status.SUPPRESSED, "NULL": Status.NOT_APPLICABLE, "x": Status.NOT_COLLECTED}
CELLS = st.one_of(st.integers(1, 400).map(lambda count: str(5 * count)), st.sampled_from(["*", "NULL", "-", "N/A", ""]))
MEASURES = (
    "ReferralsReceived",
    "FinishedCourseTreatment",
    "AtCaseness",
    "NotAtCaseness",
    "Improvement",
    "NoReliableChange",
    "Deterioration",
    "Recovery",
    "ReliableRecovery",
    "EndedReferrals",
    "EndedBeforeTreatment",
)
HEADER = (
    "OrgType",
    "OrgCode",
    "OrgName",
    "VariableType",
    "VariableA",
    "VariableB",
    *(f"Count{name}" for name in MEASURES),
)
AGES = ("Under 16", "16 to 17", "18 to 35", "36 to 64", "65 and over", "as never published")


@st.composite
def releases(draw: st.DrawFn) -> list[list[str]]:
    """The rows of a release: England's total, and CCGs by age."""
    codes = draw(st.lists(st.from_regex(r"\A[0-9]{2}[A-Z]\Z"), unique=True, max_size=4))
    rows = [["England", "All", "All", "Total", "NULL", "NULL", *("100" for _ in MEASURES)]]
    for code in codes:
        for age in draw(st.lists(st.sampled_from(AGES), unique=True, max_size=3)):
            cells = draw(st.lists(CELLS, min_size=len(MEASURES), max_size=len(MEASURES)))
            rows.append(["CCG", code, f"NHS {code} CCG", "Age Group", age, "NULL", *cells])
    return rows


def canonical(rows: list[list[str]], header: tuple[str, ...] = HEADER) -> str:
    """The canonical file of the rows. Raises DataError for a fault."""
    log = ProblemLog()
    table = PublishedTable("main.csv", "main", header, rows, list(range(2, len(rows) + 2)), "")
    made = tidy(to_sheet(table, YEAR, CROSSWALKS, log), CROSSWALKS, (), log)
    log.raise_if_any()
    return made.to_csv().decode("utf-8")


@given(st.text(max_size=12), UNITS)
def test_a_cell_is_canonical_or_a_fault_and_canonical_cells_can_be_read(text: str, unit: str) -> None:
    cell = canonical_cell(text, unit, CROSSWALKS.markers)
    if not isinstance(cell, BadCell):
        assert canonical_cell(cell, unit, CROSSWALKS.markers) == cell
        parse_cell(cell, unit)


@given(st.sampled_from(sorted(MARKERS)), UNITS)
def test_a_marker_in_is_its_status_out(marker: str, unit: str) -> None:
    cell = canonical_cell(marker, unit, CROSSWALKS.markers)
    assert isinstance(cell, str)
    assert parse_cell(cell, unit).status is MARKERS[marker]


@settings(deadline=None)
@given(releases(), st.randoms(use_true_random=False))
def test_the_order_of_rows_and_columns_changes_nothing(rows: list[list[str]], chance: Random) -> None:
    order = list(range(len(HEADER)))
    chance.shuffle(order)
    shuffled = [[row[place] for place in order] for row in rows]
    chance.shuffle(shuffled)
    assert canonical(shuffled, tuple(HEADER[place] for place in order)) == canonical(rows)


@settings(deadline=None)
@given(releases())
def test_suppressed_in_is_suppressed_out_and_nothing_else_is_lost(rows: list[list[str]]) -> None:
    made = {(row["org_code"], row["category"]): row for row in csv.DictReader(io.StringIO(canonical(rows)))}
    assert len(made) == len(rows)
    for row in rows[1:]:
        age = row[4][0].lower() + row[4][1:]
        ours = made[row[1], age]
        pairs = {
            "CountRecovery": "recovery",
            "CountReferralsReceived": "referrals_received",
            "CountEndedReferrals": "ended_referrals",
        }
        for header, measure in pairs.items():
            cell = row[HEADER.index(header)]
            assert ours[measure] == {"-": "x", "": "x", "N/A": "NULL"}.get(cell, cell)


@given(st.tuples(CELLS, CELLS, CELLS))
def test_a_derived_count_never_shows_what_a_term_hides(terms: tuple[str, str, str]) -> None:
    cells = tuple(str(canonical_cell(term, "count", CROSSWALKS.markers)) for term in terms)
    for exact in (True, False):
        derived = derive_one_treatment(cells, exact)
        assert derived == "*" if "*" in cells else derived in MARKERS or not any(cell in MARKERS for cell in cells)
        if derived.isdigit() and not exact:
            assert int(derived) >= 5


@settings(deadline=None, max_examples=30)
@given(releases(), st.data())
def test_a_repeated_row_is_always_found(rows: list[list[str]], data: st.DataObject) -> None:
    again = data.draw(st.sampled_from(rows))
    with pytest.raises(DataError) as refused:
        canonical([*rows, again])
    assert [problem.line for problem in refused.value.problems] == [len(rows) + 2]
