"""What a helper printed: the text, and the figure that it speaks of."""

from dataclasses import dataclass

from yearbook.metrics import METRICS_BY_NAME
from yearbook.organisations import ENGLAND, Organisation
from yearbook.releases import TOTAL, Breakdown
from yearbook.years import FinancialYear


@dataclass(frozen=True, slots=True)
class Live:
    """A piece of live text.

    `helper` is what made it and `text` what it printed, without tags. `metric` is empty for what speaks of no figure,
    such as a chart; `years` are those it speaks of, the latest first: one, or two for a change. `kind` is `value`,
    `change`, `words` (a phrase that was judged), `quoted`, `example` (made up to explain) or `other`.
    """

    helper: str
    text: str
    metric: str = ""
    years: tuple[FinancialYear, ...] = ()
    area: Organisation = ENGLAND
    group: Breakdown = TOTAL
    kind: str = "other"

    @property
    def is_rate(self) -> bool:
        """Whether it is the value of a rate, so that words may name its base."""
        return self.kind == "value" and bool(self.metric) and METRICS_BY_NAME[self.metric].is_rate
