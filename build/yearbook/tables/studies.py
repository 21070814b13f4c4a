"""What was promised and what research has found, as tables: context, beside the site's own figures.

Money stands in cells of words, for no figure of the site is made of it. Each table says whom it quotes.
"""

from fractions import Fraction

from yearbook.formatting import format_number, format_pounds, sentence_case
from yearbook.metrics import METRICS_BY_NAME
from yearbook.registers import Promise
from yearbook.report import BASIS_WORDS, COMPARABLE_SINCE, Report
from yearbook.studies import COST_KINDS, CostStudy
from yearbook.tables.table import Cell, Row, Table, with_notes
from yearbook.values import Status
from yearbook.years import FinancialYear

COURSE_SHARE = "recovered_of_finished"
"""The share a cost per recovery is worked out with: every finished course has its cost, whatever it began with."""

COST_SHARES = (COURSE_SHARE, "recovery_rate")
"""The shares that a cost of a course may be divided by. Both are of referrals that finished one.

A share of all that ended after treatment is not among them: more than four in ten of those had one appointment, and
the study has no cost of that.
"""


def study_tables(report: Report) -> dict[str, Table]:
    """Every table of promises and of research, by id; without those whose register is empty."""
    made = (promises_table(report), costs_table(report), cost_per_recovery_table(report), untreated_table(report))
    return {table.id: table for table in made if table.rows}


def costs_table(report: Report) -> Table:
    """The costs of the study by kind of treatment, and the share recovered that they imply."""
    study = _study(report)
    if study is None:
        return Table("costs", "Costs", (), ())
    rows = tuple(
        Row(
            sentence_case(words),
            (
                _pounds(study.per_session.get(kind)),
                format_pounds(study.per_treatment[kind]),
                format_pounds(study.per_recovery[kind]),
                f"{format_number(study.implied_share(kind), 1)}%",
            ),
        )
        for kind, words in COST_KINDS.items()
        if kind in study.per_treatment
    )
    caption = f"What treatment cost: {study.place}, {study.prices}"
    columns = ("Treatment", "A session", "A treatment", "A recovered patient", "Recovered, by these costs")
    notes = [_old(study), study.caveat, "The last column is our division of the two before it."]
    if any(Status.NOT_COLLECTED.value in row.cells for row in rows):
        notes.append(f"{Status.NOT_COLLECTED.value} not in the quotation.")
    notes.append(f"{_cited(study)}.")
    return Table("costs", caption, columns, rows, tuple(notes), quoted_from=(study.citation,))


def cost_per_recovery_table(report: Report) -> Table:
    """The study's cost of a treatment ÷ each year's share recovered, over both bases that finished a course."""
    study = _study(report)
    if study is None:
        return Table("cost-per-recovery", "Cost per recovery", (), ())
    treatment = format_pounds(study.per_treatment["all"])
    own = f"{format_number(study.implied_share('all'), 1)}%", format_pounds(study.per_recovery["all"])
    rows = [Row(f"The study, {study.prices}", (*own, *own), is_base=True)]
    for year in cost_years(report):
        cells: list[Cell | str] = []
        for metric in COST_SHARES:
            working = report.working(metric, year)
            cells += [Cell(metric, year, working), format_pounds(study.cost_per_recovery(working.figure.exact))]
        rows.append(Row(str(year), tuple(cells)))
    columns = ["Year"]
    for metric in COST_SHARES:
        columns += [METRICS_BY_NAME[metric].title, f"{treatment} ÷ {_SHORT[metric]}"]
    caption = f"Cost per recovery under each year’s rates: arithmetic, at {study.prices}"
    notes = (
        f"Arithmetic and no estimate: {treatment}, the cost of an average treatment in the study, divided by the "
        "share of each year. It takes for granted that a course costs what it did then, and puts no price on those "
        "who did not finish one.",
        _old(study),
        f"{_cited(study)}.",
    )
    table = Table("cost-per-recovery", caption, tuple(columns), tuple(rows), notes, quoted_from=(study.citation,))
    return with_notes(table)


_SHORT = {COURSE_SHARE: "share of finished", "recovery_rate": "recovery rate"}


def cost_years(report: Report) -> tuple[FinancialYear, ...]:
    """The years of the comparable series for which both shares are known."""
    return tuple(
        year
        for year in report.years
        if year >= COMPARABLE_SINCE and all(report.figure(metric, year).known for metric in COST_SHARES)
    )


def untreated_table(report: Report) -> Table:
    """Recovery without treatment after so many months. It stands by itself and is taken from nothing."""
    rows, notes, sources = [], [], []
    for found in report.archive.untreated:
        rows += [Row(f"After {months} months", (str(share),)) for months, share in found.shares.items()]
        notes += [f"{sentence_case(found.population)}; {found.outcome}.", found.caveat, f"Source: {found.source}."]
        sources.append(found.source)
    notes.append("To subtract these shares from a recovery rate would measure nothing.")
    caption = "Recovery without treatment, from research"
    columns = ("Time", "Recovered")
    return Table("untreated-recovery", caption, columns, tuple(rows), tuple(notes), quoted_from=tuple(sources))


def promises_table(report: Report) -> Table:
    """Every promise with a number that something can be put beside, the targets, and the standards now in force.

    The figure is of the year the promise was made for, or of the latest where it was for all. No row is a verdict.
    """
    archive = report.archive
    rows, sources = [], []
    for promise in (one for one in archive.promises if one.metric):
        rows.append(_promise_row(report, promise))
        sources.append(promise.source)
    for target in archive.targets:
        rows.append(_row(report, target.title, format_number(target.level), target.metric, target.year))
        sources.append(target.source)
    for standard in archive.standards:
        if standard.in_force(report.latest):
            size = f"{format_number(standard.level, 0 if standard.level.denominator == 1 else 1)}%"
            rows.append(_row(report, standard.title, size, standard.metric, None))
            sources.append(standard.source)
    estimates = {
        f"{METRICS_BY_NAME[cell.metric].title}, {cell.year}: {BASIS_WORDS[cell.working.basis]}."
        for row in rows
        for cell in row.cells
        if isinstance(cell, Cell) and cell.working.basis not in ("", "annual")
    }
    notes = [
        "No row is a verdict: a promise may count something else than the figure beside it.",
        "A promise told by others is one that we know at second hand. Where one was for every year, the figure is "
        "of the latest.",
        *sorted(estimates),
    ]
    caption = "What was promised, and the figure that may be put beside it"
    columns = ("Promise, and what stands beside it", "Size", "Figure")
    quoted = tuple(dict.fromkeys(sources))
    return Table("promises-made", caption, columns, tuple(rows), tuple(notes), quoted_from=quoted)


def _promise_row(report: Report, promise: Promise) -> Row:
    title = f"{promise.title} (told by others)" if promise.secondary else promise.title
    return _row(report, title, promise.said, promise.metric, promise.year)


def _row(report: Report, title: str, size: str, metric: str, year: FinancialYear | None) -> Row:
    shown = year or report.latest
    figure: Cell | str = Status.NOT_COLLECTED.value
    if shown in report.archive.releases:
        figure = Cell(metric, shown, report.working(metric, shown))
    elif shown > report.latest:
        figure = "not yet"
    beside = METRICS_BY_NAME[metric].title
    label = f"{sentence_case(title)}. Beside it: {beside[:1].lower() + beside[1:]}, {shown}"
    return Row(label, (size, figure))


def _study(report: Report) -> CostStudy | None:
    return report.archive.costs[0] if report.archive.costs else None


def _pounds(cost: Fraction | None) -> str:
    return Status.NOT_COLLECTED.value if cost is None else format_pounds(cost)


def _old(study: CostStudy) -> str:
    about = "approximately " if study.price_year_approximate else ""
    old = " They are old, and nobody should take them for today’s." if study.old_prices else ""
    return f"Prices are those of {about}{study.price_year}.{old}"


def _cited(study: CostStudy) -> str:
    return f"Source: {study.citation}"
