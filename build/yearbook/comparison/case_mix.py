"""What an area's rate would be expected to be, given how deprived the people referred to it are.

Indirect standardisation by decile of deprivation, and by nothing else: it is to be told as "adjusted for deprivation
only". How severe problems are at the start, which they are and how completely scores are recorded stay in it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from yearbook.comparison.rounding import HIDDEN_UP_TO
from yearbook.values import Figure, Status

LARGEST_HIDDEN_SHARE = 0.05
"""No ratio is given when more than this share of the area's base may lie in groups with a hidden count."""


@dataclass(frozen=True, slots=True)
class Group:
    """One group of an area's referrals, such as a decile of deprivation.

    `count` and `denominator` are the area's own published counts, None where hidden; `rate` is England's in that
    group, a proportion from 0 to 1.
    """

    count: int | None
    denominator: int | None
    rate: float


@dataclass(frozen=True, slots=True)
class StandardisedRatio:
    """An area's outcomes beside those expected at England's rates.

    `observed` and `expected` are counts of referrals, both of the groups used, as is `denominator`; `hidden_share`
    is the greatest share of the area's base that the groups left out can hold.
    """

    observed: int
    expected: float
    denominator: int
    hidden_share: float

    @property
    def ratio(self) -> float:
        """Observed ÷ expected, without unit: 1 where the area does as England does in each group."""
        return self.observed / self.expected

    @property
    def expected_rate(self) -> float:
        """The rate England would have with the area's groups, a proportion from 0 to 1."""
        return self.expected / self.denominator


def denominator_of(finished: Figure, taken_away: Figure) -> int | None:
    """Finished less what is taken away (not at caseness), published counts of one group; None without `finished`.

    A hidden count taken away stands for 0 to 4 and goes in as 2; the denominator is never below 0. None too when
    either count is missing for another reason.
    """
    if not finished.known or not (taken_away.known or taken_away.status is Status.SUPPRESSED):
        return None
    less = int(taken_away.exact) if taken_away.known else HIDDEN_UP_TO // 2
    return max(0, int(finished.exact) - less)


def standardised_ratio(groups: Iterable[Group]) -> StandardisedRatio | None:
    """Observed outcomes and those expected at England's rates: `Σ count` and `Σ denominator × rate`.

    Indirect standardisation, as in OHID's technical guidance. A group with a hidden count is left out on both sides,
    so that a hidden count is never taken for 0. None when those groups can hold more than 5% of the base (a
    hidden denominator counts as 4), or when nothing is expected. Raises ValueError for a rate that is no proportion.
    """
    observed, denominator, hidden, expected = 0, 0, 0, 0.0
    for group in groups:
        if not 0 <= group.rate <= 1:
            raise ValueError(f"a rate is a proportion from 0 to 1, not {group.rate}")
        if group.denominator is None:
            hidden += HIDDEN_UP_TO
        elif group.count is None:
            hidden += group.denominator
        else:
            observed += group.count
            denominator += group.denominator
            expected += group.denominator * group.rate
    if expected == 0 or hidden > LARGEST_HIDDEN_SHARE * (denominator + hidden):
        return None
    return StandardisedRatio(observed, expected, denominator, hidden / (denominator + hidden))
