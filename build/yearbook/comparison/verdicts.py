"""How an area stands to its benchmark: better, similar, worse, or only higher and lower.

The rule is OHID's, as Fingertips applies it (`SingleOverlappingCIsForTwoCILevelsComparer`): the benchmark
is taken as exact and compared with the area's own intervals.
"""

from enum import Enum

from yearbook.comparison.intervals import Interval

DIRECTIONS = ("higher", "lower", "")
"""Which way a metric is good: higher, lower, or neither."""


class Verdict(Enum):
    """Where an area stands. The value is a short name for marks and files; `words` is for readers."""

    BEST = "best"
    BETTER = "better"
    SIMILAR = "similar"
    WORSE = "worse"
    WORST = "worst"
    CLEARLY_HIGHER = "clearly higher"
    HIGHER = "higher"
    LOWER = "lower"
    CLEARLY_LOWER = "clearly lower"

    @property
    def words(self) -> str:
        """What a reader is told before "than" or "to" the benchmark: `better`, `clearly worse`, `similar`.

        The outer tier is not called best or worst there: many areas can be in it, and rank is another thing.
        """
        return {Verdict.BEST: "clearly better", Verdict.WORST: "clearly worse"}.get(self, self.value)

    @property
    def is_clear(self) -> bool:
        """Whether the benchmark lies outside the 99.8% interval. Headlines use this tier only."""
        return self in (Verdict.BEST, Verdict.WORST, Verdict.CLEARLY_HIGHER, Verdict.CLEARLY_LOWER)


# By the area's side of the benchmark (above it or not), the direction that is good, and whether beyond 99.8%.
_VERDICTS = {
    (True, "higher"): (Verdict.BETTER, Verdict.BEST),
    (False, "higher"): (Verdict.WORSE, Verdict.WORST),
    (True, "lower"): (Verdict.WORSE, Verdict.WORST),
    (False, "lower"): (Verdict.BETTER, Verdict.BEST),
    (True, ""): (Verdict.HIGHER, Verdict.CLEARLY_HIGHER),
    (False, ""): (Verdict.LOWER, Verdict.CLEARLY_LOWER),
}


def verdict(benchmark: float, interval95: Interval, interval998: Interval, better: str) -> Verdict:
    """How the area with these intervals stands to `benchmark`, all in one unit.

    Similar when the benchmark lies within the 95% interval, ends included; otherwise better or worse, and best or
    worst when it lies outside the 99.8% interval too. `better` is `higher`, `lower` or empty: without an
    agreed direction the area is only higher or lower. Raises ValueError for any other direction, and
    when the 99.8% interval does not hold the 95% one, as when the two are given the wrong way round.
    """
    if better not in DIRECTIONS:
        raise ValueError(f'"{better}" is no direction: give higher, lower or nothing')
    if interval998.hull(interval95) != interval998:
        raise ValueError(f"the 99.8% interval must hold the 95% one: {interval998}, {interval95}")
    if interval95.contains(benchmark):
        return Verdict.SIMILAR
    near, far = _VERDICTS[benchmark < interval95.low, better]
    return near if interval998.contains(benchmark) else far
