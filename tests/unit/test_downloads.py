"""The tables of the pages as files."""

import csv
import io
import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from yearbook.archive import Archive
from yearbook.formulas import Working
from yearbook.outputs.downloads import (
    CELL_FACTS,
    LICENCE,
    ShownTable,
    gather_tables,
    table_csv,
    table_json,
)
from yearbook.outputs.package import build_package, package_files, printed_table
from yearbook.releases import Breakdown, Release
from yearbook.report import Report
from yearbook.tables import Cell, Row, Table
from yearbook.values import Figure, Status
from yearbook.years import FinancialYear

YEAR = FinancialYear(2019)
BASIS = "as published in the annual release"


def cell(metric: str, figure: Figure, basis: str = "annual", source: str = "A report") -> Cell:
    return Cell(metric, YEAR, Working(figure, basis, source=source), None)


def lines(*rows: Row, columns: Sequence[str] = ("Stage", "2019-20")) -> list[list[str]]:
    return list(csv.reader(io.StringIO(table_csv(Table("t", "c", tuple(columns), rows)).decode("utf-8"))))


def test_the_values_are_those_printed_without_thousands_marks() -> None:
    rows = (
        Row("Referrals ended", (cell("ended_referrals", Figure(1_647_716)),)),
        Row("Recovery rate", (cell("recovery_rate", Figure(Fraction(511, 10), unit="percent")),)),
    )
    assert lines(*rows) == [
        ["Stage", "2019-20", "Basis", "Sources", "Licence"],
        ["Referrals ended", "1647716", BASIS, "A report", LICENCE],
        ["Recovery rate", "51.1%", BASIS, "A report", LICENCE],
    ]


@pytest.mark.parametrize(
    ("printed", "written"),
    [("2,005", "2005"), ("1,234,567", "1234567"), ("−1,200.5", "−1200.5"), ("5", "5"), ("44 to 47", "44 to 47"),
     ("Part of NHS Bath, Swindon CCG", "Part of NHS Bath, Swindon CCG"), ("1,2", "1,2"), ("", "")],
)  # fmt: skip
def test_a_number_among_words_loses_its_thousands_marks_and_words_keep_their_commas(printed: str, written: str) -> None:
    assert lines(Row("A", (printed,)))[1][1] == written


def test_what_is_hidden_keeps_its_mark() -> None:
    row = Row("Recovered", (cell("recovery", Figure.missing(Status.SUPPRESSED)), "100%"))
    assert lines(row, columns=("Stage", "a", "b"))[1] == ["Recovered", "[c]", "100%", "", "", LICENCE]


def test_a_label_is_never_taken_for_a_formula() -> None:
    labels = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "65 and over", "<6 weeks"]
    written = [line[0] for line in lines(*(Row(label, ("",)) for label in labels))[1:]]
    assert written == ["'=1+1", "'+1", "'-1", "'@SUM(A1)", "'\tx", "65 and over", "<6 weeks"]


def test_labels_with_commas_quotes_and_accents_come_back_whole() -> None:
    label = 'Seen, "not" treated — é'
    assert lines(Row(label, ("",)))[1][0] == label


def test_the_same_table_gives_the_same_bytes_with_plain_line_ends() -> None:
    table = Table("t", "c", ("Stage",), (Row("a", ()),))
    assert table_csv(table) == table_csv(table) == f'Stage,Basis,Sources,Licence\na,,,"{LICENCE}"\n'.encode()


def test_each_row_names_its_basis_and_its_sources() -> None:
    row = Row(
        "Recovered",
        (
            cell("recovery", Figure(5), source="One"),
            Cell("recovery", YEAR.next, Working(Figure(6), "monthly_sum", source="Two")),
        ),
    )
    assert lines(row, columns=("Stage", "a", "b"))[1][3:5] == [
        "2019-20: as published in the annual release; "
        "2020-21: the sum of twelve monthly releases, within about 1% of the annual figure",
        "One; Two",
    ]


@pytest.fixture
def small(make_archive: Callable[..., Archive], make_release: Callable[..., Release]) -> Archive:
    """An archive of one year."""
    return make_archive(make_release("2019-20", {"recovery": 5}))


def facts(small: Archive, table: Table) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(table_json(ShownTable(table, "A report", "reports/2019-20/"), small))
    return found


def test_the_json_says_what_stands_in_each_cell_and_how_it_came_about(small: Archive) -> None:
    women = Breakdown("gender", "female")
    rate = Working(Figure(Fraction(100, 3), unit="percent"), "annual", source="A report")
    hidden = Working(Figure.missing(Status.SUPPRESSED, "percent"), "annual", source="A report")
    row = Row(
        "Women", (Cell("recovery_rate", YEAR, rate, None, women), Cell("recovery_rate", YEAR, hidden), "100%"), True
    )
    table = Table("rates", "Rates", ("Group", "a", "b", "c"), (row,), ("A note.",), year=YEAR)
    found = facts(small, table)
    assert (found["id"], found["title"], found["year"]) == ("rates-2019-20", "Rates", "2019-20")
    assert (found["csv"], found["page"]) == ("rates-2019-20.csv", "../../reports/2019-20/")
    assert (found["notes"], found["sources"]) == (["A note."], ["A report"])
    assert found["rows"][0]["label"] == "Women"
    assert found["rows"][0]["is_base"] is True
    assert [tuple(cell.values()) for cell in found["rows"][0]["cells"]] == [
        ("33.3%", "33.3333333333", "published", "annual", "recovery_rate", "2019-20", "gender/female"),
        ("[c]", None, "suppressed", None, "recovery_rate", "2019-20", "total"),
        ("100%", None, None, None, None, None, None),
    ]
    assert all(tuple(cell) == CELL_FACTS for cell in found["rows"][0]["cells"])


def test_a_column_names_the_metric_the_base_and_the_unit_that_its_cells_share(small: Archive) -> None:
    percent = Figure(Fraction(1, 2), unit="percent")
    rows = (
        Row("a", (cell("recovery_rate", percent), cell("finished_of_ended", percent), cell("recovery", Figure(5)))),
        Row("b", (cell("recovery_rate", percent), cell("recovered_of_ended", percent), cell("ended_seen", Figure(5)))),
    )
    columns = facts(small, Table("t", "c", ("Stage", "one", "two", "three"), rows))["columns"]
    caseness = "of referrals that finished a course of treatment and were at caseness at the start"
    assert [tuple(column.values()) for column in columns] == [
        ("Stage", None, None, None),
        ("one", "recovery_rate", caseness, "percent"),
        ("two", None, "of referrals that ended in the year", "percent"),
        ("three", None, None, "count"),
    ]


def test_every_gathered_table_becomes_two_files_named_for_it(small: Archive) -> None:
    table = Table("waits", "Waits", ("Wait",), (Row("a", ()),), year=YEAR)
    tables = gather_tables([ShownTable(table, "A report", "reports/2019-20/")])
    package = build_package(Report(small), (), {YEAR: b""}, tables, {"reports/years.json": b"{}"})
    files = dict(package_files(package))
    assert [path for path in files if path.startswith("data/tables/")] == [
        "data/tables/datapackage.json",
        "data/tables/waits-2019-20.csv",
        "data/tables/waits-2019-20.json",
    ]
    shown = tables["waits-2019-20"]
    assert files["data/tables/waits-2019-20.csv"] == table_csv(table)
    assert files["data/tables/waits-2019-20.json"] == table_json(shown, small)
    assert files["reports/years.json"] == b"{}"


def test_the_files_of_a_table_of_organisations_have_their_codes_and_those_of_others_no_such_column(
    small: Archive,
) -> None:
    rows = (Row("Here", ("1",), code="09D"), Row("There", ("2",)))
    assert [row[:3] for row in lines(*rows)] == [["Stage", "2019-20", "Code"], ["Here", "1", "09D"], ["There", "2", ""]]
    assert lines(Row("a", ("1",)))[0] == ["Stage", "2019-20", "Basis", "Sources", "Licence"]
    table = Table("t", "c", ("a", "b"), rows)
    assert [row.get("code") for row in facts(small, table)["rows"]] == ["09D", None]
    fields = printed_table(ShownTable(table, "A", "a/"), small).fields
    assert [each.name for each in fields] == ["a", "b", "Code", "Basis", "Sources", "Licence"]


def test_a_table_on_several_pages_is_at_home_where_it_belongs() -> None:
    yearly, series = Table("t", "c", ("a",), (), year=YEAR), Table("s", "c", ("a",), ())
    pages = [("Home", ""), ("Report", "reports/2019-20/"), ("Trend", "trends/s/")]
    found = gather_tables(ShownTable(table, *page) for page in pages for table in (yearly, series))
    assert {name: shown.page for name, shown in found.items()} == {"t-2019-20": "Report", "s": "Trend"}
    assert gather_tables([ShownTable(series, *pages[0])])["s"].page == "Home"
    both = [ShownTable(series, year, f"reports/{year}/") for year in ("2018-19", "2019-20")]
    assert gather_tables(both)["s"].page == "2019-20"


def test_two_different_tables_cannot_share_a_name() -> None:
    table = Table("waits", "Waits", ("Wait",), (Row("a", ()),))
    other = replace(table, rows=(Row("b", ()),))
    with pytest.raises(AssertionError, match="data/tables/waits"):
        gather_tables([ShownTable(table, "A", "a/"), ShownTable(other, "B", "b/")])
