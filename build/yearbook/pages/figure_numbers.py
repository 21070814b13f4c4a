"""The numbers that editors write live: figures, changes, gaps and records, and typed ones that are held to them.

Each is entered in the page's workings. Which year, area and group are meant has been settled (see `asked`).
"""

from dataclasses import dataclass

from yearbook.claims import why_change_not_held, why_not_held
from yearbook.errors import UsageError
from yearbook.findings import gap_record_words
from yearbook.groups import group_key
from yearbook.metrics import METRICS_BY_NAME
from yearbook.organisations import Organisation
from yearbook.pages.markup import linked, live_change, live_number
from yearbook.pages.workings import WorkingsList
from yearbook.releases import Breakdown
from yearbook.report import Change, Report
from yearbook.wording import gap_words, standing_words
from yearbook.years import FinancialYear

MOST_PLACES = 10
"""How many decimals a figure may be asked for: far more than any count can tell apart."""


@dataclass(frozen=True, slots=True)
class FigureNumbers:
    """Makes the live numbers of metrics for one page. Each method returns HTML, and raises UsageError with the reason."""

    report: Report
    workings: WorkingsList

    def figure(self, metric: str, year: FinancialYear, places: int | None, of: Organisation, part: Breakdown) -> str:
        """The value of a metric, with its own decimals unless `places` says how many."""
        self.report.metric(metric)
        if places is not None and (not isinstance(places, int) or not 0 <= places <= MOST_PLACES):
            asked = f"leave places out, or give 0, 1 or more, up to {MOST_PLACES}"
            raise UsageError(f"{places!r} is not a number of decimals: {asked}.")
        working = self.report.working(metric, year, of, part)
        return live_number(metric, year, working, self.workings, places, of, part)

    def change(
        self, metric: str, year: FinancialYear, since: FinancialYear, kind: str, of: Organisation, part: Breakdown
    ) -> str:
        """The change between two years in words."""
        change = self._compared(metric, year, since, kind, of, part)
        return live_change(metric, since, year, change, self.workings, kind, of, part)

    def claim(self, text: str, metric: str, year: FinancialYear, of: Organisation, part: Breakdown, base: str) -> str:
        """A number as it was typed, held to the value of the metric and to its base."""
        self.report.metric(metric)
        working = self.report.working(metric, year, of, part)
        if why := why_not_held(text, metric, working.figure, base):
            raise UsageError(f'"{text}" is not the figure of {year}. {why}')
        return linked(text, self.workings.add(metric, year, working, of, part))

    def claim_change(
        self,
        text: str,
        metric: str,
        year: FinancialYear,
        since: FinancialYear,
        kind: str,
        of: Organisation,
        part: Breakdown,
    ) -> str:
        """A change as it was typed, held to that of the metric between two years."""
        change = self._compared(metric, year, since, kind, of, part)
        if why := why_change_not_held(text, metric, change, kind):
            raise UsageError(f'"{text}" is not the figure from {since} to {year}. {why}')
        return linked(text, self.workings.add_change(metric, since, year, change, of, part))

    def _compared(
        self, metric: str, year: FinancialYear, since: FinancialYear, kind: str, of: Organisation, part: Breakdown
    ) -> Change:
        if since >= year:
            raise UsageError(f"{since} is not before {year}.")
        if kind not in ("", "count"):
            raise UsageError(f'"{kind}" is not a kind of change: leave kind out, or write kind="count".')
        self.report.metric(metric)
        for name in ("total", part.breakdown):
            for found in self.report.breaks(metric, (since, year), name):
                if found.kind == "definition":
                    raise UsageError(f"{since} does not compare with {year}: {found.why}")
        return self.report.change(metric, year, since, of, part)

    def gap(self, metric: str, year: FinancialYear, upper: Breakdown, lower: Breakdown) -> str:
        """How far the rate of the group `upper` lies over that of `lower`."""
        gap = self._gap_of(metric, year, upper, lower)
        return linked(gap_words(gap), self.workings.add_gap(metric, year, upper, lower, gap))

    def gap_record(self, metric: str, year: FinancialYear, upper: Breakdown, lower: Breakdown) -> str:
        """Of which years the gap is the widest or the narrowest."""
        gap = self._gap_of(metric, year, upper, lower)
        words = gap_record_words(self.report, metric, year, upper, lower)
        if not words:
            raise UsageError(
                f"The gap of {group_key(upper)} over {group_key(lower)} in {year} is no record over three years or more."
            )
        return linked(words, self.workings.add_gap(metric, year, upper, lower, gap))

    def _gap_of(self, metric: str, year: FinancialYear, upper: Breakdown, lower: Breakdown) -> Change:
        if not self.report.metric(metric).is_rate:
            raise UsageError(f"{METRICS_BY_NAME[metric].title} is no rate, so it has no gap in percentage points.")
        gap = self.report.gap(metric, year, upper, lower)
        if gap.difference is not None and gap.difference <= 0:
            raise UsageError(
                f"{group_key(upper)} is not above {group_key(lower)} in {year}: put the higher of the two first."
            )
        return gap

    def record(self, metric: str, year: FinancialYear) -> str:
        """Of which years the value is the highest or the lowest."""
        self.report.metric(metric)
        words = standing_words(self.report.standing(metric, year))
        if not words:
            raise UsageError(f"{METRICS_BY_NAME[metric].title} of {year} is no record over three years or more.")
        return linked(words, self.workings.add(metric, year, self.report.working(metric, year)))
