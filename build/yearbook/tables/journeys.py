"""The journey as tables: one year stage by stage, each leg over three years, one outcome over its bases."""

from collections.abc import Sequence
from dataclasses import dataclass

from yearbook.metrics import ENDED, FLOWS
from yearbook.report import Report
from yearbook.tables.table import Cell, Row, Table, with_notes
from yearbook.years import FinancialYear


@dataclass(frozen=True, slots=True)
class Chapter:
    """A leg of the journey: its base and, for each line, the count and its share of the base."""

    base: str
    base_words: str
    lines: tuple[tuple[str, str, str], ...]


# Each line: label, the metric that counts it, the metric that gives its share of the base.
CHAPTERS: dict[str, dict[str, Chapter]] = {
    "from-referral": {
        ENDED: Chapter(
            "ended_referrals",
            "Referrals ended",
            (
                ("Not seen", "ended_not_seen", "not_seen_of_ended"),
                ("Seen, not treated", "ended_seen_not_treated", "seen_not_treated_of_ended"),
                ("Ended after treatment", "ended_after_treatment", "treated_of_ended"),
                ("Finished a course", "finished_course_of_treatment", "finished_of_ended"),
                ("Recovered", "recovery", "recovered_of_ended"),
            ),
        ),
        FLOWS: Chapter(
            "referrals_received",
            "Referrals received",
            (
                ("Entered treatment", "entered_treatment", "entered_of_received"),
                ("Finished a course", "finished_course_of_treatment", "finished_of_received"),
                ("Recovered", "recovery", "recovered_of_received"),
            ),
        ),
    },
    "from-entering": {
        ENDED: Chapter(
            "ended_after_treatment",
            "Ended after treatment",
            (
                ("One appointment only", "ended_after_one_treatment", "one_treatment_rate"),
                ("Finished a course", "finished_course_of_treatment", "completion_rate"),
                ("Recovered", "recovery", "recovered_of_treated"),
            ),
        ),
        FLOWS: Chapter(
            "entered_treatment",
            "Entered treatment",
            (
                ("Finished a course", "finished_course_of_treatment", "finished_of_entered"),
                ("Recovered", "recovery", "recovered_of_entered"),
            ),
        ),
    },
    "all-who-finished": {
        "": Chapter(
            "finished_course_of_treatment",
            "Finished a course",
            (
                ("Counted for recovery", "eligible_for_recovery", "eligible_of_finished"),
                ("Recovered", "recovery", "recovered_of_finished"),
            ),
        )
    },
    "at-caseness": {
        "": Chapter(
            "eligible_for_recovery",
            "Counted for recovery",
            (
                ("Recovered", "recovery", "recovery_rate"),
                ("Not recovered", "not_recovered", "not_recovered_rate"),
                ("Reliably recovered", "reliable_recovery", "reliable_recovery_rate"),
            ),
        )
    },
    "outcomes": {
        "": Chapter(
            "finished_course_of_treatment",
            "Finished a course",
            (
                ("Reliable improvement", "reliable_improvement", "reliable_improvement_rate"),
                ("No reliable change", "no_reliable_change", "no_reliable_change_rate"),
                ("Reliable deterioration", "reliable_deterioration", "reliable_deterioration_rate"),
                ("Unscored", "unscored", "unscored_rate"),
            ),
        )
    },
}

_CHAPTER_CAPTIONS = {
    ("from-referral", ENDED): "From referral: referrals that ended in the year",
    ("from-referral", FLOWS): "From referral: what was received, entered and finished in each year",
    ("from-entering", ENDED): "From entering treatment: referrals that ended after at least one appointment",
    ("from-entering", FLOWS): "From entering treatment: what entered and finished in each year",
    ("all-who-finished", ""): "All referrals that finished a course of treatment",
    ("at-caseness", ""): "Referrals that finished a course and were at caseness at the start",
    ("outcomes", ""): "Outcomes of all referrals that finished a course of treatment",
}


def three_years(report: Report, year: FinancialYear) -> tuple[FinancialYear, ...]:
    """The year and the two before it, as far as there are reports for them."""
    return tuple(found for found in (year.previous.previous, year.previous, year) if found in report.archive.releases)


def chapter_cohort(report: Report, chapter: str, years: Sequence[FinancialYear]) -> str:
    """The cohort a chapter's table shows: empty where the chapter has but one."""
    return "" if "" in CHAPTERS[chapter] else report.cohort(years)


_BEFORE_TREATMENT = ("Ended before treatment", "ended_before_treatment", "before_treatment_of_ended")


def chapter_shape(report: Report, chapter: str, cohort: str, years: Sequence[FinancialYear]) -> Chapter:
    """The chapter's lines for `years`: one for all that ended before treatment where a year does not split them."""
    shape = CHAPTERS[chapter][cohort]
    split = ("ended_not_seen", "ended_seen_not_treated")
    if not any(count in split for _, count, _ in shape.lines):
        return shape
    if all(report.figure(name, year).known for name in split for year in years):
        return shape
    if not all(report.figure("ended_before_treatment", year).known for year in years):
        return shape
    others = tuple(line for line in shape.lines if line[1] not in split)
    return Chapter(shape.base, shape.base_words, (_BEFORE_TREATMENT, *others))


def chapter_table(report: Report, chapter: str, years: Sequence[FinancialYear]) -> Table:
    """A chapter's table over `years`: for each year the count and its share of the base row."""
    cohort = chapter_cohort(report, chapter, years)
    shape = chapter_shape(report, chapter, cohort, years)
    columns: list[tuple[tuple[Cell, Cell | str], ...]] = [_chapter_column(report, shape, year) for year in years]
    labels = [shape.base_words, *(label for label, _, _ in shape.lines)]
    rows = tuple(
        Row(label, tuple(cell for column in columns for cell in column[position]), is_base=position == 0)
        for position, label in enumerate(labels)
    )
    headings = tuple(f"{year}{part}" for year in years for part in ("", " %"))
    caption = _CHAPTER_CAPTIONS[chapter, cohort]
    return with_notes(Table(chapter, caption, ("Stage", *headings), rows, year=years[-1]))


def _chapter_column(report: Report, shape: Chapter, year: FinancialYear) -> tuple[tuple[Cell, Cell | str], ...]:
    names = [shape.base, *(name for _, count, share in shape.lines for name in (count, share))]
    workings = dict(zip(names, report.on_one_basis(names, year), strict=True))
    base = Cell(shape.base, year, workings[shape.base])
    lines = (
        (Cell(count, year, workings[count]), Cell(share, year, workings[share])) for _, count, share in shape.lines
    )
    return ((base, "100%" if base.working.figure.known else base.text), *lines)


def journey_table(report: Report, year: FinancialYear) -> Table:
    """The year's journey: each stage's count and its share of the two bases, in one cohort on one basis."""
    ended = report.has_ended_cohort(year)
    cohort = ENDED if ended else FLOWS
    first, second = (chapter_shape(report, chapter, cohort, (year,)) for chapter in ("from-referral", "from-entering"))
    names = list(
        dict.fromkeys(
            [first.base, second.base, *(name for shape in (first, second) for _, *pair in shape.lines for name in pair)]
        )
    )
    workings = dict(zip(names, report.on_one_basis(names, year), strict=True))
    of_first = {count: share for _, count, share in first.lines}
    of_second = {count: share for _, count, share in second.lines}
    labels = {count: label for shape in (first, second) for label, count, _ in shape.lines}
    counts = [count for _, count, _ in first.lines]
    if ended:
        counts.insert(counts.index("finished_course_of_treatment"), "ended_after_one_treatment")

    def cell(name: str) -> Cell:
        working = workings.get(name) or report.working(name, year)
        return Cell(name, year, working)

    rows = [Row(first.base_words, (cell(first.base), "100%", ""), is_base=True)]
    for count in counts:
        if count == second.base:
            second_share: Cell | str = "100%" if cell(count).working.figure.known else ""
        else:
            second_share = cell(of_second[count]) if count in of_second else ""
        share: Cell | str = cell(of_first[count]) if count in of_first else cell("one_treatment_of_ended")
        rows.append(Row(labels[count], (cell(count), share, second_share)))
    columns = ("Stage", "Referrals", f"% of {first.base_words.lower()}", f"% of {second.base_words.lower()}")
    caption = f"From referral to recovery, England, {year}"
    notes = () if ended else (journey_gap(year),)
    return with_notes(Table("journey", caption, columns, tuple(rows), notes, year=year))


def journey_gap(year: FinancialYear) -> str:
    """What a journey of in-year flows cannot show, in words."""
    return f"Not known for {year}: how many were not seen, seen but not treated, or had one appointment only."


FIVE_BASES = (
    ("referrals received in the year", "recovered_of_received"),
    ("referrals that ended in the year", "recovered_of_ended"),
    ("referrals that ended after treatment", "recovered_of_treated"),
    ("referrals that finished a course", "recovered_of_finished"),
    ("those at caseness at the start", "recovery_rate"),
)


def denominators_table(report: Report, year: FinancialYear) -> Table:
    """Recovery as a share of five bases; where the ended cohort is not known, of those that entered in the year."""
    rows = []
    for words, name in FIVE_BASES:
        working = report.working(name, year)
        if name == "recovered_of_treated" and not working.figure.known:
            words, name = "referrals that entered treatment in the year", "recovered_of_entered"
            working = report.working(name, year)
        base = Cell(name, year, working)
        rows.append(Row(f"Of {words}", (base,)))
    caption = f"Recovery over its bases: England, {year}"
    return with_notes(Table("five-denominators", caption, ("Recovered", "Share"), tuple(rows), year=year))
