"""The numbers of promises and of research that editors write live: each is quoted, or is arithmetic that says so.

Here they are looked up in the registers, refused with a reason where they cannot be had, and entered in the page's
list of what it quotes.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from html import escape

from yearbook.errors import UsageError, suggest
from yearbook.formatting import format_number, format_pounds, join_words
from yearbook.metrics import METRICS_BY_NAME
from yearbook.pages.markup import linked, live_number
from yearbook.pages.quoted import quoted_html
from yearbook.pages.workings import WorkingsList
from yearbook.report import Report
from yearbook.studies import COST_KINDS, COSTS, CostStudy
from yearbook.tables import COST_SHARES
from yearbook.years import FinancialYear

IMPLIED = ("share", "sessions")
"""What two costs of the study imply together."""


@dataclass(frozen=True, slots=True)
class StudyNumbers:
    """Makes the quoted numbers of one page, and enters each in its workings.

    Each method returns HTML, and raises UsageError, with the reason, for what cannot be said.
    """

    report: Report
    workings: WorkingsList

    def promise(self, name: str) -> str:
        """The size of a promise in the words it was told in, with its source."""
        promises = {promise.name: promise for promise in self.report.archive.promises}
        if name not in promises:
            raise UsageError(f'There is no promise "{name}". {suggest(name, promises, _names("promises", promises))}')
        found = promises[name]
        told = ", which tells of it" if found.secondary else ""
        return quoted_html(found.said, f"{found.source}{told}", self.workings.quoted)

    def cost(self, of: str, kind: str) -> str:
        """A cost of the study, linked to where and when it is of."""
        study = self._study
        if of not in COSTS:
            raise UsageError(f'There is no cost of "{of}". {suggest(of, COSTS, _names("costs", COSTS))}')
        costs = study.costs(of)
        self._kind(kind, costs, f"a {of}")
        text = format_pounds(costs[kind])
        words = f"as quoted; {study.place}, at {study.prices}"
        label = f"Cost of {COSTS[of]}, {COST_KINDS[kind]}"
        return self._entered(f"c-cost-{of}-{kind.replace('_', '-')}", label, text, escape(words), study)

    def implied(self, what: str, kind: str) -> str:
        """What two costs of the study imply together, linked to the division."""
        study = self._study
        if what not in IMPLIED:
            raise UsageError(f'"{what}" is not implied by the costs. The costs imply {join_words(IMPLIED)}.')
        under = "recovery" if what == "share" else "session"
        self._kind(kind, study.costs(under), f"a {under}")
        treatment, per = study.per_treatment[kind], study.costs(under)[kind]
        sum = f"{format_pounds(treatment)} ÷ {format_pounds(per)}"
        if what == "share":
            share = study.implied_share(kind)
            text, label = f"{format_number(share, 1)}%", f"Share recovered, {COST_KINDS[kind]}"
            sum += f" × 100 = {format_number(share, 5)}%"
        else:
            sessions = study.implied_sessions(kind)
            text, label = format_number(sessions, 1), f"Sessions in a treatment, {COST_KINDS[kind]}"
            sum += f" = {format_number(sessions, 5)}"
        words = f"{sum}; our arithmetic, which the costs imply and the quotation does not state"
        return self._entered(f"c-implied-{what}-{kind.replace('_', '-')}", label, text, escape(words), study)

    def cost_per_recovery(self, year: FinancialYear, of: str) -> str:
        """The study's cost of a treatment ÷ the year's share recovered, linked to the division."""
        study = self._study
        if of not in COST_SHARES:
            titles = join_words(COST_SHARES, "or")
            raise UsageError(
                f'A cost of a course is not divided by "{of}": use {titles}, which are of referrals that finished one.'
            )
        working = self.report.working(of, year)
        if not working.figure.known:
            raise UsageError(f"{METRICS_BY_NAME[of].title} of {year} is not known.")
        rate = live_number(of, year, working, self.workings)
        cost = study.cost_per_recovery(working.figure.exact)
        sum = (
            f"{format_pounds(study.per_treatment['all'])} ÷ {rate} = £{format_number(cost, 2)}, the rate unrounded; "
            f"arithmetic, at {study.prices}, {escape(METRICS_BY_NAME[of].base)}"
        )
        anchor = f"c-cost-per-recovery-{year}" + ("" if of == COST_SHARES[0] else f"-of-{of.replace('_', '-')}")
        return self._entered(anchor, f"Cost per recovery, {year}", format_pounds(cost), sum, study)

    def untreated(self, months: int) -> str:
        """The share that research found recovered without treatment after so many months, with its source."""
        found = [one for one in self.report.archive.untreated if months in one.shares]
        if not found:
            known = sorted({each for one in self.report.archive.untreated for each in one.shares})
            raise UsageError(f"Nothing is known after {months!r} months: {_names('months', map(str, known))}")
        one = found[0]
        text = str(one.shares[months])
        label = f"Recovery without treatment, {months} months"
        words = f"as quoted; {one.population}, {one.outcome}"
        anchor = self.workings.quoted.add(f"c-untreated-{months}", label, text, escape(words), one.source)
        return linked(text, anchor)

    @property
    def _study(self) -> CostStudy:
        if not self.report.archive.costs:
            raise UsageError("There are no costs in data/costs.yml.")
        return self.report.archive.costs[0]

    def _kind(self, kind: str, known: Mapping[str, Fraction], what: str) -> None:
        if kind not in COST_KINDS:
            raise UsageError(f'There is no kind "{kind}". {suggest(kind, COST_KINDS, _names("kinds", COST_KINDS))}')
        if kind not in known:
            raise UsageError(f"The study has no cost of {what}, {COST_KINDS[kind]}.")

    def _entered(self, anchor: str, label: str, value: str, sum: str, study: CostStudy) -> str:
        return linked(value, self.workings.quoted.add(anchor, label, value, sum, study.citation))


def _names(what: str, known: Iterable[str]) -> str:
    names = join_words(list(known))
    return f"The {what} are {names}." if names else f"There are no {what}."
