"""Every question a page or a chart may ask of the figures.

A `Report` answers for any metric, year, organisation and breakdown, always with the working. It decides
which basis a value stands on and which cohort a run of years is shown in; it draws nothing and words
nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from yearbook.archive import Archive
from yearbook.errors import UsageError, suggest
from yearbook.formatting import round_half_up
from yearbook.formulas import Source, Term, Working, resolve, row_of
from yearbook.metrics import ENDED, FLOWS, METRICS_BY_NAME, Metric
from yearbook.organisations import ENGLAND, Organisation
from yearbook.registers import SeriesBreak, Standard
from yearbook.releases import TOTAL, Breakdown
from yearbook.values import Figure, Status
from yearbook.years import FinancialYear

SMALLEST_BASE = 30
"""A rate of ours below England is not shown when fewer referrals than this are in its base."""

COMPARABLE_SINCE = FinancialYear(2013)
"""The first year of the comparable series: 2012-13 is shown before a break."""

# The bases a value can stand on, best first, and the supplement's bases whose numbers each may use. A
# post quotes the annual publication to the digit, so its counts go with the annual ones; press figures
# are rounded and monthly sums differ by up to about 1%, so neither mixes with anything.
BASES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("annual", ("annual",)),
    ("post", ("annual", "post")),
    ("press", ("press",)),
    ("monthly_sum", ("monthly_sum",)),
)
MONTHLY = "monthly_sum"
BASIS_WORDS = {
    "annual": "as published in the annual release",
    "post": "from the annual publication, as quoted in a blog post",
    "press": "as reported in the press, which may have rounded it",
    "monthly_sum": "the sum of twelve monthly releases, within about 1% of the annual figure",
}

STAGES: dict[str, tuple[str, ...]] = {
    ENDED: (
        "ended_referrals",
        "ended_after_treatment",
        "finished_course_of_treatment",
        "eligible_for_recovery",
        "recovery",
    ),
    FLOWS: (
        "referrals_received",
        "entered_treatment",
        "finished_course_of_treatment",
        "eligible_for_recovery",
        "recovery",
    ),
}
"""The stages of the journey in each cohort, from referral to recovery."""


@dataclass(frozen=True, slots=True)
class Change:
    """The change of a metric between two years, or its gap between two groups of one year.

    `difference` is in the metric's unit (percentage points for a rate), `relative` in per cent of the
    earlier value; both unrounded, None when either year has no number.
    """

    before: Working
    after: Working
    difference: int | Fraction | None
    relative: Fraction | None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a value stands in the run of years up to its own.

    The run is of consecutive comparable years up to its own that have a value of like basis; `since` is
    the first of them. `highest_for` and `lowest_for` count the years, this one included, of which it is
    the strict extreme. `whole` says that no comparable year before `since` has a value.
    """

    highest_for: int
    lowest_for: int
    years_known: int
    since: FinancialYear
    whole: bool


class Report:
    """The figures of an archive, by metric, year, organisation and breakdown."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self._workings: dict[tuple[str, FinancialYear, tuple[str, str], Breakdown], Working] = {}

    @property
    def years(self) -> tuple[FinancialYear, ...]:
        """Every year reported, earliest first."""
        return self.archive.years

    @property
    def latest(self) -> FinancialYear:
        """The last year reported."""
        return self.years[-1]

    def metric(self, name: str) -> Metric:
        """The metric called `name`. Raises UsageError with the nearest names."""
        if name not in METRICS_BY_NAME:
            hint = suggest(name, METRICS_BY_NAME, "The metrics are listed in build/yearbook/metrics.py.")
            raise UsageError(f'There is no metric "{name}". {hint}')
        return METRICS_BY_NAME[name]

    def working(
        self,
        metric: str,
        year: FinancialYear,
        organisation: Organisation = ENGLAND,
        breakdown: Breakdown = TOTAL,
    ) -> Working:
        """How the metric's value came about; its `figure` says why when there is none."""
        key = (metric, year, organisation.key, breakdown)
        if key not in self._workings:
            found = self.metric(metric)
            working = resolve(metric, found.formula, self._sources(year, organisation, breakdown, found))
            self._workings[key] = _hide_small_base(working) if organisation.key != ENGLAND.key else working
        return self._workings[key]

    def figure(
        self, metric: str, year: FinancialYear, organisation: Organisation = ENGLAND, breakdown: Breakdown = TOTAL
    ) -> Figure:
        """The metric's unrounded value, with its status."""
        return self.working(metric, year, organisation, breakdown).figure

    def change(
        self,
        metric: str,
        year: FinancialYear,
        since: FinancialYear | None = None,
        organisation: Organisation = ENGLAND,
        breakdown: Breakdown = TOTAL,
    ) -> Change:
        """The change from `since` (by default the year before) to `year`, from unrounded values.

        A sum of monthly releases is compared only with another: where just one of the years stands on one,
        so does the other if it can, and if it cannot there is no change to give.
        """
        since = since or year.previous
        before = self.working(metric, since, organisation, breakdown)
        after = self.working(metric, year, organisation, breakdown)
        if before.figure.known and after.figure.known and (before.basis == MONTHLY) != (after.basis == MONTHLY):
            before, after = self._on_monthly_sums(metric, since), self._on_monthly_sums(metric, year)
        return difference_of(before, after)

    def gap(
        self, metric: str, year: FinancialYear, upper: Breakdown, lower: Breakdown, organisation: Organisation = ENGLAND
    ) -> Change:
        """How far the metric of the group `upper` lies over that of the group `lower` in a year, unrounded."""
        return difference_of(*(self.working(metric, year, organisation, group) for group in (lower, upper)))

    def _on_monthly_sums(self, metric: str, year: FinancialYear) -> Working:
        """England's value from the sums of monthly releases alone."""
        sources = [source for source in self._sources(year, ENGLAND, TOTAL) if source.basis == MONTHLY]
        return resolve(metric, self.metric(metric).formula, sources)

    def series(
        self, metric: str, years: Sequence[FinancialYear] | None = None, organisation: Organisation = ENGLAND
    ) -> tuple[tuple[FinancialYear, Working], ...]:
        """The metric in each of `years`, by default all of them."""
        return tuple((year, self.working(metric, year, organisation)) for year in years or self.years)

    def standard(self, metric: str, year: FinancialYear) -> Standard | None:
        """The standard the metric was held to in `year`, if any was in force."""
        return next((held for held in self.archive.standards if held.metric == metric and held.in_force(year)), None)

    def meets_standard(self, metric: str, year: FinancialYear) -> bool | None:
        """Whether the value, rounded to one decimal as published, reached the standard; None without either."""
        standard = self.standard(metric, year)
        return None if standard is None else self.reaches(metric, year, standard.level)

    def reaches(self, metric: str, year: FinancialYear, level: Fraction) -> bool | None:
        """Whether the value, rounded to one decimal as published, is at least `level`; None without a value."""
        figure = self.figure(metric, year)
        return Fraction(round_half_up(figure.exact, 1)) >= level if figure.known else None

    def standing(self, metric: str, year: FinancialYear) -> Standing | None:
        """The value's place among the consecutive comparable years up to its own; None without a value.

        A sum of monthly releases is compared only with others.
        """
        own = self.working(metric, year)
        figure = own.figure
        if not figure.known or year < COMPARABLE_SINCE:
            return None
        earlier: list[int | Fraction] = []
        before = year.previous
        while before >= COMPARABLE_SINCE and before in self.archive.releases:
            working = self.working(metric, before)
            if not working.figure.known or (working.basis == MONTHLY) != (own.basis == MONTHLY):
                break
            earlier.append(working.figure.exact)
            before = before.previous
        whole = not any(self.figure(metric, found).known for found in self.years if COMPARABLE_SINCE <= found <= before)
        highest = next((run for run, value in enumerate(earlier, start=1) if value >= figure.exact), len(earlier) + 1)
        lowest = next((run for run, value in enumerate(earlier, start=1) if value <= figure.exact), len(earlier) + 1)
        return Standing(highest, lowest, len(earlier) + 1, before.next, whole)

    def breaks(self, metric: str, years: Sequence[FinancialYear], breakdown: str = "total") -> tuple[SeriesBreak, ...]:
        """The breaks that fall within `years` in England's series of the metric, earliest first.

        A change of the areas divides no series of England's.
        """
        first, last = min(years), max(years)
        return tuple(
            found
            for found in self.archive.breaks
            if found.kind != "area" and found.touches(metric, breakdown) and first < found.year <= last
        )

    def has_ended_cohort(self, year: FinancialYear) -> bool:
        """Whether every stage of the ended cohort is known for the year, on one basis."""
        return bool(self._from_one_source(STAGES[ENDED], year))

    def cohort(self, years: Sequence[FinancialYear]) -> str:
        """The cohort a chart or table of `years` is shown in: ended where every year has it, else in-year flows."""
        return ENDED if all(self.has_ended_cohort(year) for year in years) else FLOWS

    def stages(self, cohort: str, year: FinancialYear) -> tuple[Working, ...]:
        """The counts of the journey's stages, all on one basis: the first basis that has every stage.

        Where no basis has them all, each stage on the best basis it has.
        """
        return self.on_one_basis(STAGES[cohort], year)

    def on_one_basis(self, metrics: Sequence[str], year: FinancialYear) -> tuple[Working, ...]:
        """England's workings of several metrics from one source, so that they can be added and divided.

        Where no source has them all, each from the best source that has it.
        """
        return self._from_one_source(metrics, year) or tuple(self.working(name, year) for name in metrics)

    def _from_one_source(self, metrics: Sequence[str], year: FinancialYear) -> tuple[Working, ...]:
        """The workings from the first source that has all of them, none where no source has."""
        for source in self._sources(year, ENGLAND, TOTAL):
            workings = tuple(resolve(name, self.metric(name).formula, [source]) for name in metrics)
            if all(working.figure.known for working in workings):
                return workings
        return ()

    def _sources(
        self, year: FinancialYear, organisation: Organisation, breakdown: Breakdown, metric: Metric | None = None
    ) -> tuple[Source, ...]:
        """The sources of a row, best first; below England with the published rate of `metric` alone."""
        if organisation.key == ENGLAND.key and breakdown == TOTAL:
            if year not in self._england:
                self._england[year] = tuple(self._england_source(year, name, bases) for name, bases in BASES)
            return self._england[year]
        return (self._release_source(year, organisation, breakdown, metric),)

    @cached_property
    def _england(self) -> dict[FinancialYear, tuple[Source, ...]]:
        return {}

    def _release_source(
        self, year: FinancialYear, organisation: Organisation, breakdown: Breakdown, metric: Metric | None
    ) -> Source:
        release = self.archive.releases.get(year)
        citation = self.citation(year)

        def look_up(term: Term) -> tuple[Figure, str, str]:
            # A term with a row of its own is a part of the total: no file crosses it with another breakdown.
            if release is None or (term.breakdown not in (None, TOTAL) and breakdown != TOTAL):
                return Figure.missing(Status.NOT_COLLECTED), "", ""
            return release.figure(term.measure, organisation.key, row_of(term, breakdown)), citation, "annual"

        rounded = organisation.key != ENGLAND.key
        rates = {}
        if rounded and release is not None and metric is not None and metric.published:
            published = release.figure(metric.published, organisation.key, breakdown)
            if published.status in (Status.PUBLISHED, Status.SUPPRESSED):
                rates[metric.name] = (published, citation, 0)
        return Source("annual", look_up, rates, rates_first=rounded)

    def _england_source(self, year: FinancialYear, basis: str, bases: tuple[str, ...]) -> Source:
        release = self.archive.releases.get(year) if "annual" in bases else None
        rows = {
            row.measure: row for row in reversed(self.archive.supplement) if row.year == year and row.basis in bases
        }
        citation = self.citation(year)

        def look_up(term: Term) -> tuple[Figure, str, str]:
            row = row_of(term)
            if release is not None:
                figure = release.figure(term.measure, ENGLAND.key, row)
                if figure.status is not Status.NOT_COLLECTED:
                    return figure, citation, "annual"
            if row == TOTAL and term.measure in rows:
                found = rows[term.measure]
                return found.figure, found.source, found.basis
            return Figure.missing(Status.NOT_COLLECTED), "", ""

        own = {measure: row for measure, row in rows.items() if row.basis == basis and measure.endswith("_percent")}
        rates = {measure.removesuffix("_percent"): (row.figure, row.source, row.places) for measure, row in own.items()}
        return Source(basis, look_up, rates)

    def citation(self, year: FinancialYear) -> str:
        """How the year's release is cited under a figure."""
        entry = self.archive.register.get(year)
        return f"{entry.publisher}, {entry.title}" if entry else ""


def difference_of(before: Working, after: Working) -> Change:
    """The difference of two values of one metric; without a number when either has none."""
    if not (before.figure.known and after.figure.known):
        return Change(before, after, None, None)
    difference = after.figure.exact - before.figure.exact
    relative = Fraction(100) * difference / before.figure.exact if before.figure.exact else None
    return Change(before, after, difference, relative)


def _hide_small_base(working: Working) -> Working:
    """A rate of ours on a base too small to say anything is suppressed."""
    base = working.denominator
    if not working.figure.known or base is None or base.exact >= SMALLEST_BASE:
        return working
    return Working(Figure.missing(Status.SUPPRESSED, working.figure.unit), working.basis, working.over, working.under)
