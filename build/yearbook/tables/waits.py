"""Waits and standards as tables: the waits over the years, how they are spread in each, what was promised."""

from collections.abc import Sequence

from yearbook.formatting import sentence_case
from yearbook.releases import Breakdown
from yearbook.report import Report
from yearbook.tables.table import Cell, Row, Table, with_notes
from yearbook.years import FinancialYear

WAITS = (
    ("First treatment within 6 weeks of referral", "first_treatment_within_6_weeks"),
    ("First treatment within 18 weeks of referral", "first_treatment_within_18_weeks"),
    ("Second treatment within 6 weeks of the first", "second_treatment_within_6_weeks"),
)


def waits_table(report: Report, years: Sequence[FinancialYear]) -> Table:
    """The waits of those who finished, over `years`, with the standard in force in the last of them."""
    rows = []
    for label, name in WAITS:
        standard = report.standard(name, years[-1])
        words = f"at least {standard.level}%" if standard else "none"
        rows.append(Row(label, (*(Cell(name, year, report.working(name, year)) for year in years), words)))
    columns = ("Wait", *(str(year) for year in years), f"Standard in {years[-1]}")
    span = f"{years[0]} to {years[-1]}" if len(years) > 1 else str(years[0])
    caption = f"Waits of referrals that finished a course of treatment, as a share of all that finished, {span}"
    return with_notes(Table("waits", caption, columns, tuple(rows), year=years[-1]))


BANDS = ("28 days or fewer", "29 to 56 days", "57 to 90 days", "more than 90 days")
FIRST_WAIT, SECOND_WAIT = "first treatment", "first to second treatment"


def spread_table(report: Report, years: Sequence[FinancialYear]) -> Table:
    """How the two waits of those who finished are spread over four bands, a row for each wait and year."""
    rows = []
    for wait, words in ((FIRST_WAIT, "To the first treatment"), (SECOND_WAIT, "From the first to the second")):
        for year in years:
            groups = [Breakdown("waiting_time", wait, band) for band in BANDS]
            cells = (
                Cell("share_of_finished", year, report.working("share_of_finished", year, breakdown=group), None, group)
                for group in groups
            )
            rows.append(Row(f"{words}, {year}", tuple(cells)))
    caption = "The two waits of referrals that finished a course of treatment, as shares of all that finished"
    columns = ("Wait", *(band[:1].upper() + band[1:] for band in BANDS))
    return with_notes(Table("hidden-wait", caption, columns, tuple(rows), year=years[-1]))


def standards_table(report: Report, year: FinancialYear) -> Table:
    """The standards in force in a year, what was delivered, and whether it was enough."""
    rows = [
        Row(
            sentence_case(standard.title),
            (
                Cell(standard.metric, year, report.working(standard.metric, year)),
                {True: "Met", False: "Missed", None: "Not known"}[report.meets_standard(standard.metric, year)],
            ),
        )
        for standard in report.archive.standards
        if standard.in_force(year)
    ]
    caption = f"The standards in force in {year}, and what was delivered"
    return with_notes(Table("standards", caption, ("Standard", "Delivered", "Result"), tuple(rows), year=year))
