"""Groups as tables: one year with all that is published of each group, and one metric over the years.

The rows of the first are their own working: beside each rate stand the counts it is made of.
"""

from collections.abc import Sequence
from fractions import Fraction

from yearbook.formatting import format_number, join_words, sentence_case
from yearbook.groups import Grouping, group_label
from yearbook.metrics import METRICS_BY_NAME
from yearbook.releases import TOTAL, Breakdown
from yearbook.report import Report
from yearbook.tables.table import Cell, Row, Table, with_notes
from yearbook.values import Status
from yearbook.years import FinancialYear

COLUMNS: tuple[tuple[str, str], ...] = (
    ("people_referred", "People referred"),
    ("referrals_received", "Received"),
    ("share_of_received", "Share of received"),
    ("entered_treatment", "Entered treatment"),
    ("finished_course_of_treatment", "Finished"),
    ("share_of_finished", "Share of finished"),
    ("finished_of_received", "Finished, of received"),
    ("completion_rate", "Completion rate"),
    ("not_at_caseness", "Not at caseness"),
    ("recovery", "Recovered"),
    ("recovery_rate", "Recovery rate"),
    ("reliable_improvement", "Reliably improved"),
    ("reliable_improvement_rate", "Reliable improvement rate"),
    ("treatment_appointments", "Treatment appointments"),
    ("mean_treatment_appointments", "Mean appointments"),
    ("mean_wait_finished", "Mean wait"),
)
"""What a year's table may hold of each group; a column that no group has is left out."""

_TOLD = ("referrals_received", "finished_course_of_treatment", "recovery_rate")
_WORKINGS = {
    "share_of_received": "Share of received: received ÷ all received × 100.",
    "share_of_finished": "Share of finished: finished ÷ all finished × 100.",
    "finished_of_received": "Finished, of received: finished ÷ received × 100, two flows of one year.",
    "recovery_rate": "Recovery rate: recovered ÷ (finished − not at caseness) × 100.",
    "reliable_improvement_rate": "Reliable improvement rate: reliably improved ÷ finished × 100.",
}
NO_SUCH_GROUP = "An empty cell: the year has no such group."


def group_table(report: Report, grouping: Grouping, year: FinancialYear) -> Table:
    """All that the sources give of each group in a year, England first; without rows where they give none."""
    groups = grouping.of(report, year)
    published = [column for column in COLUMNS if _any_published(report, column[0], groups, year)]
    columns = published or [column for column in COLUMNS if column[0] == "treatment_appointments"]
    rows = [
        Row(
            "England" if group == TOTAL else sentence_case(group_label(group)),
            tuple(Cell(name, year, report.working(name, year, breakdown=group), None, group) for name, _ in columns),
            is_base=group == TOTAL,
        )
        for group in ((TOTAL, *groups) if groups else ())
    ]
    shown = [name for name, _ in columns]
    notes = [words for name, words in _WORKINGS.items() if name in shown]
    told = [name for name in _TOLD if name not in shown] if published else shown
    lacking = [METRICS_BY_NAME[name].title for name in told]
    if groups and lacking:
        titles = join_words([title[:1].lower() + title[1:] for title in lacking], "or")
        notes.append(f"The sources for {year} do not give {titles} by {grouping.by}.")
    caption = f"{grouping.title}: England, {year}"
    headings = ("Group", *(heading for _, heading in columns))
    return with_notes(
        Table(f"groups-{grouping.id}", caption, headings, tuple(rows), tuple(notes), year=year, own_working=True)
    )


def _any_published(report: Report, metric: str, groups: Sequence[Breakdown], year: FinancialYear) -> bool:
    """Whether any group has a value, be it a hidden one."""
    published = (Status.PUBLISHED, Status.SUPPRESSED)
    return any(report.figure(metric, year, breakdown=group).status in published for group in groups)


def group_series_table(report: Report, grouping: Grouping, metric: str) -> Table:
    """One metric of every group in every year that is divided so, a row for each name that a group ever had."""
    years = [year for year in report.years if grouping.of(report, year)]
    by_label: dict[str, dict[FinancialYear, Breakdown]] = {}
    for year in reversed(years):  # in the order of the latest year; what it no longer has comes after
        for group in grouping.of(report, year):
            by_label.setdefault(group_label(group), {})[year] = group
    rows = []
    if not METRICS_BY_NAME[metric].of_groups:
        rows.append(Row("England", tuple(Cell(metric, year, report.working(metric, year)) for year in years), True))
    for label, groups in by_label.items():
        cells = tuple(
            Cell(metric, year, report.working(metric, year, breakdown=groups[year]), None, groups[year])
            if year in groups
            else ""
            for year in years
        )
        rows.append(Row(sentence_case(label), cells))
    empty = (NO_SUCH_GROUP,) if any("" in row.cells for row in rows) else ()
    caption = f"{METRICS_BY_NAME[metric].title} by {grouping.by}, England"
    headings = ("Group", *(str(year) for year in years))
    return with_notes(Table(f"{grouping.id}-{metric.replace('_', '-')}", caption, headings, tuple(rows), empty))


def gap_table(report: Report, metric: str, upper: Breakdown, lower: Breakdown, years: Sequence[FinancialYear]) -> Table:
    """A rate of two groups, and how far the one lies over the other, a line for each year."""
    rows = []
    for year in years:
        cells = [
            Cell(metric, year, report.working(metric, year, breakdown=group), None, group) for group in (lower, upper)
        ]
        gap = report.gap(metric, year, upper, lower).difference
        rows.append(Row(str(year), (*cells, format_number(Fraction(gap), 1) if gap is not None else "[x]")))
    caption = f"{METRICS_BY_NAME[metric].title}, {group_label(lower)} and {group_label(upper)}, England"
    names = (sentence_case(group_label(group)) for group in (lower, upper))
    columns = ("Year", *names, "Gap, percentage points")
    return with_notes(Table("deprivation-gap", caption, columns, tuple(rows), (_UNROUNDED,)))


_UNROUNDED = "The gap is worked out before rounding, so it may differ in the last digit from the printed rates."
