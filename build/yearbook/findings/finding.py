"""What a finding is, and the changes that findings are made from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from yearbook.findings.news import NewsValue
from yearbook.metrics import METRICS_BY_NAME
from yearbook.organisations import ENGLAND, Organisation
from yearbook.releases import Breakdown
from yearbook.report import COMPARABLE_SINCE, Change, Report
from yearbook.years import FinancialYear

KINDS = ("standard", "record", "reversal", "change", "gap", "spread", "highest", "lowest", "mover", "break", "lack")
"""The kinds of finding, the weightiest thing about one first."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a year's figures say.

    `kind` is one of `KINDS`. `change` is its change on the year before, in points of a rate or per cent of a count.
    `groups` are the upper and the lower group of a gap; `area` is the organisation of a finding about one.
    `words` says it on one line, for a list. `facts` are what else a sentence on it may need, by name.
    """

    kind: str
    metrics: tuple[str, ...]
    year: FinancialYear
    news: NewsValue
    words: str
    groups: tuple[Breakdown, ...] = ()
    area: Organisation = ENGLAND
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def metric(self) -> str:
        """The first of its metrics, empty where it is about none."""
        return self.metrics[0] if self.metrics else ""

    @property
    def change(self) -> Fraction | None:
        """The change on the year before, None where there is none to give."""
        return self.news.change


def yearly_change(report: Report, metric: str, year: FinancialYear) -> Fraction | None:
    """England's change on the year before: points of a rate, per cent of a count, else in the metric's unit.

    None where one of the years has no value, the two stand on bases that do not compare, a change of definition or one
    that names the metric lies between, or the year before is not of the comparable series.
    """
    before = year.previous
    if before not in report.archive.releases or before < COMPARABLE_SINCE:
        return None
    if any(found.kind == "definition" or metric in found.metrics for found in report.breaks(metric, (before, year))):
        return None
    change = report.change(metric, year)
    return size_of(change, METRICS_BY_NAME[metric].unit) if _on_one_basis(change) else None


def size_of(change: Change, unit: str) -> Fraction | None:
    """The change in points of a rate or per cent of a count; in the unit itself for anything else."""
    found = change.relative if unit == "count" else change.difference
    return None if found is None else Fraction(found)


def _on_one_basis(change: Change) -> bool:
    """Whether both years stand on annual figures, also as posts quote them, or both on press or on monthly ones.

    A rate that was published as a whole number compares with none: the rounding is as large as a year's change.
    """
    if 0 in (change.before.places, change.after.places):
        return False
    bases = {"annual" if basis == "post" else basis for basis in (change.before.basis, change.after.basis)}
    return len(bases) == 1
