"""What an editor's names mean on a page: years, areas, groups and kinds of area, or the reason why one means nothing."""

from dataclasses import dataclass

from yearbook.areas import COMPARED
from yearbook.errors import UsageError, as_sentence, suggest
from yearbook.formatting import join_words
from yearbook.groups import group_key
from yearbook.organisations import ENGLAND, Organisation
from yearbook.pages.area_numbers import find_organisation
from yearbook.peers import Comparisons
from yearbook.releases import TOTAL, Breakdown
from yearbook.report import Report
from yearbook.years import FinancialYear


@dataclass(frozen=True, slots=True)
class Asked:
    """Reads the names that a page's expressions give. `own_year` and `own_area` are meant where they give none.

    Every method raises UsageError, with the nearest names, for what there is not.
    """

    report: Report
    comparisons: Comparisons
    own_year: FinancialYear | None
    own_area: Organisation = ENGLAND

    def year(self, written: str | None) -> FinancialYear:
        """The year that is written, in any usual form; the page's own when none is."""
        if written is None:
            if self.own_year is None:
                raise UsageError(
                    'This page has no year of its own: name one, as in figure("recovery_rate", "2019-20").'
                )
            return self.own_year
        try:
            asked = FinancialYear.parse(written)
        except ValueError as error:
            raise UsageError(as_sentence(error)) from error
        if asked not in self.report.archive.releases:
            first, last = self.report.years[0], self.report.years[-1]
            raise UsageError(f"There is no report for {asked}: the years run from {first} to {last}.")
        return asked

    def organisation(self, code: str | None, year: FinancialYear) -> Organisation:
        """The organisation that a code means in a year."""
        return self.own_area if code is None else find_organisation(self.report, code, year, self.comparisons)

    def group(self, name: str, year: FinancialYear, of: Organisation) -> Breakdown:
        """The part of the whole that a name means in a year: all of it when there is no name."""
        if not name:
            return TOTAL
        known = {group_key(found): found for found in self.report.archive.releases[year].breakdowns(of.key)}
        if name not in known:
            hint = suggest(name, known, "The groups are on the pages about groups, and in data/releases/.")
            raise UsageError(f'There is no group "{name}" in {year}. {hint}')
        return known[name]

    def kind(self, written: str, year: FinancialYear) -> str:
        """The kind of area that is meant: the one of the year's report unless named."""
        if written and written not in COMPARED:
            raise UsageError(
                f'"{written}" is no kind of area. {suggest(written, COMPARED, f"The kinds are {join_words(COMPARED)}.")}'
            )
        found = written or self.comparisons.main_type(year)
        if not found:
            raise UsageError(f"There are no areas in {year}.")
        return found
