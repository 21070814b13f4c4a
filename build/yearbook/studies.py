"""What research has found of costs, and of recovery without treatment: context, with its source and its year.

None of it enters a metric. The one use that is computed is a cost per recovery under a year's own rate, which is
arithmetic at the study's prices and is called that wherever it stands. Shares of recovery without treatment are
not computed with at all: see `ContextShare`.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import NoReturn

from yearbook.entries import ANSWER, NUMBERS, ORDINAL, TEXT, YEAR, Entry, read_entries
from yearbook.errors import Problem, suggest
from yearbook.formatting import format_number, join_words
from yearbook.years import FinancialYear

COST_KINDS: Mapping[str, str] = {
    "low": "low intensity",
    "high": "high intensity",
    "stepped_down": "stepped down",
    "stepped_up": "stepped up",
    "all": "all",
}
"""The kinds of treatment that costs are given for, by the names that data and editors use."""

COSTS: Mapping[str, str] = {
    "session": "a session",
    "treatment": "a treatment",
    "recovery": "a recovered patient",
}
"""What a cost is of."""


@dataclass(frozen=True, slots=True)
class CostStudy:
    """A study of what treatment costs. Costs are in pounds of `price_year`, by the kinds in `COST_KINDS`.

    `old_prices` says that they are too old to stand for today's; `quoted_by` is where we have them from, and what of
    the study we have not seen.
    """

    title: str
    authors: str
    published: int
    place: str
    price_year: FinancialYear
    per_session: Mapping[str, Fraction]
    per_treatment: Mapping[str, Fraction]
    per_recovery: Mapping[str, Fraction]
    caveat: str
    source: str
    quoted_by: str
    price_year_approximate: bool = False
    old_prices: bool = False

    @property
    def prices(self) -> str:
        """The prices in words, by the year that the price year ends in: `prices of about 2010`."""
        return f"prices of {'about ' if self.price_year_approximate else ''}{self.price_year.start + 1}"

    @property
    def citation(self) -> str:
        """The study, and from whose quotation of it the costs are."""
        return f"{self.source}, as quoted by {self.quoted_by}"

    def costs(self, of: str) -> Mapping[str, Fraction]:
        """The costs of one of `COSTS`, in pounds by kind."""
        return {"session": self.per_session, "treatment": self.per_treatment, "recovery": self.per_recovery}[of]

    def implied_share(self, kind: str) -> Fraction:
        """The share of treatments that recovered, in per cent, that its two costs imply: one ÷ the other."""
        return 100 * self.per_treatment[kind] / self.per_recovery[kind]

    def implied_sessions(self, kind: str) -> Fraction:
        """The sessions in an average treatment that its two costs imply: one ÷ the other."""
        return self.per_treatment[kind] / self.per_session[kind]

    def cost_per_recovery(self, share: int | Fraction) -> Fraction:
        """The cost of an average treatment ÷ the share, in per cent, that recovered, in pounds of the study."""
        return 100 * self.per_treatment["all"] / share


_NEVER = (
    "recovery without treatment is never computed with: it is of other people, by another yardstick and over another "
    "time, so what is left after subtracting it measures nothing"
)


@dataclass(frozen=True, slots=True)
class ContextShare:
    """A percentage to be shown beside the site's figures and never computed with: it is words, such as `23%`.

    Arithmetic with it raises TypeError with the reason (METHODS 10, trap 12).
    """

    text: str

    def __str__(self) -> str:
        return self.text

    def _refuse(self, _: object) -> NoReturn:
        raise TypeError(_NEVER)

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = _refuse


@dataclass(frozen=True, slots=True)
class UntreatedRecovery:
    """What a study found of recovery without treatment: the share with `outcome` after so many months."""

    population: str
    outcome: str
    shares: Mapping[int, ContextShare]
    caveat: str
    source: str


@dataclass(frozen=True, slots=True)
class Quotation:
    """A passage that commentary quotes, word for word, and where it stands."""

    text: str
    source: str


def read_quotations(path: Path) -> tuple[Quotation, ...]:
    """The passages of `data/quotations.yml`."""
    return read_entries(path, lambda entry: Quotation(**entry.values), {"text": TEXT, "source": TEXT})


def read_costs(path: Path) -> tuple[CostStudy, ...]:
    """The studies of `data/costs.yml`. The first is the one that the site quotes."""
    needed = {
        "title": TEXT, "authors": TEXT, "published": ORDINAL, "place": TEXT, "price_year": YEAR, "per_session": NUMBERS,
        "per_treatment": NUMBERS, "per_recovery": NUMBERS, "caveat": TEXT, "source": TEXT, "quoted_by": TEXT,
    }  # fmt: skip
    optional = {"price_year_approximate": ANSWER, "old_prices": ANSWER}
    return read_entries(path, lambda entry: CostStudy(**entry.values), needed, optional, _check_costs)


def _check_costs(entry: Entry) -> Iterator[Problem]:
    """Costs of kinds that exist, above nought, a recovery never cheaper than the treatment that led to it."""
    fields = {f"per_{of}": entry.values[f"per_{of}"] for of in COSTS if f"per_{of}" in entry.values}
    for field, costs in fields.items():
        for kind, cost in costs.items():
            if kind not in COST_KINDS:
                fix = suggest(kind, COST_KINDS, f"The kinds are {join_words(list(COST_KINDS))}.")
                yield entry.problem(field, f'There is no kind of treatment "{kind}".', fix)
            if cost <= 0:
                yield entry.problem(field, f"The cost of {kind} is not above 0.", "write pounds, as 877")
    if not {"per_treatment", "per_recovery"} <= fields.keys():
        return
    treatment, recovery = fields["per_treatment"], fields["per_recovery"]
    if treatment.keys() != recovery.keys() or "all" not in treatment:
        what = "Treatments and recoveries are not of the same kinds, all among them."
        yield entry.problem("per_recovery", what, "give both for the same kinds and for all")
    for kind in treatment.keys() & recovery.keys():
        if recovery[kind] < treatment[kind]:
            what = f"A recovery, {kind}, costs less than a treatment, which would be more recoveries than treatments."
            yield entry.problem("per_recovery", what, "compare both with the source")


def read_untreated_recovery(path: Path) -> tuple[UntreatedRecovery, ...]:
    """What is known of recovery without treatment, from `data/untreated_recovery.yml`."""

    def found(entry: Entry) -> UntreatedRecovery:
        values = dict(entry.values)
        shares = {int(months): _words_of(share) for months, share in values.pop("shares").items()}
        return UntreatedRecovery(shares=dict(sorted(shares.items())), **values)

    needed = {"population": TEXT, "outcome": TEXT, "shares": NUMBERS, "caveat": TEXT, "source": TEXT}
    return read_entries(path, found, needed, check=_check_shares)


def _words_of(share: Fraction) -> ContextShare:
    return ContextShare(f"{format_number(share, 0 if share.denominator == 1 else 1)}%")


def _check_shares(entry: Entry) -> Iterable[Problem]:
    for months, share in entry.values.get("shares", {}).items():
        if not (months.isascii() and months.isdigit() and int(months)):
            yield entry.problem("shares", f'"{months}" is not a number of months.', "write it as {3: 23, 6: 32}")
        if not 0 <= share <= 100:
            yield entry.problem("shares", f"The share after {months} months is not a percentage.", "write it as 23")
