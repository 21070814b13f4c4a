"""Promise and reality as a table: the standards in force in a year, and what was delivered of them."""

from yearbook.formatting import sentence_case
from yearbook.report import Report
from yearbook.tables.table import Cell, Row, Table, with_notes
from yearbook.years import FinancialYear

_RESULTS = {True: "Met", False: "Missed", None: "Not known"}


def standards_table(report: Report, year: FinancialYear) -> Table:
    """What was delivered of each standard in force that year, and whether it was enough; no rows where none was."""
    rows = tuple(
        Row(
            sentence_case(standard.title),
            (
                Cell(standard.metric, year, report.working(standard.metric, year)),
                _RESULTS[report.meets_standard(standard.metric, year)],
            ),
        )
        for standard in report.archive.standards
        if standard.in_force(year)
    )
    caption = f"The standards in force in {year}, and what was delivered"
    return with_notes(Table("standards", caption, ("Standard", "Delivered", "Result"), rows, year=year))
