"""Tables as CSV files."""

import csv
import io
from collections.abc import Sequence
from fractions import Fraction

from yearbook.formulas import Working
from yearbook.outputs.downloads import LICENCE, table_csv
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
