"""Funnel limits: how far chance alone would take an area of a given size from a target rate.

Two kinds. The plain limits are the exact dual of the Wilson interval (an area is outside them exactly when
the target is outside its interval), so a funnel and the verdicts never disagree. The over-dispersed limits allow
for areas that differ by more than chance in the first place. Everything is a proportion from 0 to 1.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from math import asin, pi, sin, sqrt

from yearbook.comparison.intervals import Interval
from yearbook.comparison.ranks import quantile

FEWEST_AREAS = 3
"""The fewest areas from which over-dispersion is estimated."""

WINSORISED = (0.1, 0.9)
"""The quantiles beyond which an area's deviation counts as the quantile's."""


@dataclass(frozen=True, slots=True)
class Overdispersion:
    """How much more areas differ than chance alone would have it.

    `phi` is the mean squared deviation in standard errors: 1 when chance explains it all. `tau2` is the
    variance between areas, in squared radians on the scale of `asin √p`; its root over the plain standard error
    is what widens a funnel. 0 when chance explains everything.
    """

    phi: float
    tau2: float


class FunnelClass(Enum):
    """Where an area lies on a funnel, from low to high; the value is a short name, `words` is for readers."""

    LOW_998 = "low 99.8"
    LOW_95 = "low 95"
    WITHIN = "within"
    HIGH_95 = "high 95"
    HIGH_998 = "high 99.8"

    @property
    def words(self) -> str:
        """`below the 99.8% limit`, `within the limits` and so on."""
        return _WORDS[self]


_WORDS = {
    FunnelClass.LOW_998: "below the 99.8% limit",
    FunnelClass.LOW_95: "below the 95% limit",
    FunnelClass.WITHIN: "within the limits",
    FunnelClass.HIGH_95: "above the 95% limit",
    FunnelClass.HIGH_998: "above the 99.8% limit",
}


def funnel_limits(target: float, denominator: float, z: float) -> Interval:
    """The plain limits round a target rate for an area of that denominator, cut off at 0 and 1.

    `p₀ ∓ z√(p₀(1 − p₀)/n)`, which is what PHEindicatormethods computes (`phe_funnels`, proportions). Raises
    ValueError unless the target is from 0 to 1 and the denominator above 0.
    """
    _check_target(target, denominator)
    reach = z * sqrt(target * (1 - target) / denominator)
    return Interval(max(0.0, target - reach), min(1.0, target + reach))


def pooled_rate(numerators: Sequence[float], denominators: Sequence[float]) -> float:
    """The rate of all areas together: the sum of the numerators ÷ that of the denominators."""
    return sum(numerators) / sum(denominators)


def overdispersion(
    numerators: Sequence[float], denominators: Sequence[float], target: float | None = None
) -> Overdispersion:
    """How far areas differ beyond chance, from their counts; the two sequences go area by area.

    FunnelPlotR's recipe for proportions (data type `PR`; `od_adjustment.R`), after Spiegelhalter (Quality and Safety
    in Health Care 14:347, 2005): deviations of `asin √p` from the target's, in standard errors of `1/(2√n)`,
    winsorised at their 10th and 90th percentiles; phi is the mean of their k squares and, with weights w of 4n,
    tau² is `(kφ − (k − 1)) ÷ (Σw − Σw²/Σw)`, or 0 where that is negative. `target` is the pooled rate of the
    areas unless given. Raises ValueError for fewer than three areas, for lists of different lengths, and for counts
    that are no proportion.
    """
    if len(numerators) != len(denominators):
        raise ValueError(f"{len(numerators)} numerators do not go with {len(denominators)} denominators")
    areas = len(numerators)
    if areas < FEWEST_AREAS:
        raise ValueError(f"over-dispersion needs at least {FEWEST_AREAS} areas, not {areas}")
    for over, under in zip(numerators, denominators, strict=True):
        if not (under > 0 and 0 <= over <= under):
            raise ValueError(f"{over} of {under} is not a proportion")
    aim = pooled_rate(numerators, denominators) if target is None else target
    _check_target(aim, 1)
    middle = asin(sqrt(aim))
    deviations = [
        (asin(sqrt(over / under)) - middle) * 2 * sqrt(under)
        for over, under in zip(numerators, denominators, strict=True)
    ]
    least, most = (quantile(deviations, share) for share in WINSORISED)
    phi = sum(min(most, max(least, deviation)) ** 2 for deviation in deviations) / areas
    weights = [4 * under for under in denominators]
    whole = sum(weights)
    spare = whole - sum(weight * weight for weight in weights) / whole
    return Overdispersion(phi, max(0.0, (areas * phi - (areas - 1)) / spare))


def overdispersed_limits(target: float, denominator: float, tau2: float, z: float) -> Interval:
    """The limits round a target rate when areas differ by `tau2` besides chance, within 0 and 1.

    `sin²(asin √p₀ ∓ z√(1/(4n) + τ²))`, as FunnelPlotR draws them; an angle beyond a right one is cut off
    there. Raises ValueError where `funnel_limits` does, or when `tau2` is negative.
    """
    _check_target(target, denominator)
    if tau2 < 0:
        raise ValueError(f"a variance is not negative: {tau2}")
    middle, reach = asin(sqrt(target)), z * sqrt(1 / (4 * denominator) + tau2)
    return Interval(sin(max(0.0, middle - reach)) ** 2, sin(min(pi / 2, middle + reach)) ** 2)


def classify(rate: float, limits95: Interval, limits998: Interval) -> FunnelClass:
    """Where a rate lies to the two pairs of limits, plain or over-dispersed, all in one unit.

    A rate on a limit is within it. Raises ValueError when the 99.8% limits do not hold the 95% ones.
    """
    if limits998.hull(limits95) != limits998:
        raise ValueError(f"the 99.8% limits must hold the 95% ones: {limits998}, {limits95}")
    if limits95.contains(rate):
        return FunnelClass.WITHIN
    if limits998.contains(rate):
        return FunnelClass.LOW_95 if rate < limits95.low else FunnelClass.HIGH_95
    return FunnelClass.LOW_998 if rate < limits998.low else FunnelClass.HIGH_998


def _check_target(target: float, denominator: float) -> None:
    if not 0 <= target <= 1:
        raise ValueError(f"a target rate is a proportion from 0 to 1, not {target}")
    if denominator <= 0:
        raise ValueError(f"a funnel has no limits for a denominator of {denominator}")
