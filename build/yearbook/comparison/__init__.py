"""Comparing areas fairly: intervals, rounding bounds, verdicts, funnels, ranks and sizes.

Pure functions of numbers: nothing here reads a file or knows a release, so that each can be held to the
published test values of those who defined it. Proportions go from 0 to 1 and are floats; a rate is exact where it is
computed (`formulas`) and rounded where it is printed (`formatting`).
"""

from yearbook.comparison.excess import people_to_match
from yearbook.comparison.funnels import (
    FunnelClass,
    Overdispersion,
    classify,
    funnel_limits,
    overdispersed_limits,
    overdispersion,
    pooled_rate,
)
from yearbook.comparison.intervals import Z95, Z998, Interval, difference_interval, ratio_interval, wilson
from yearbook.comparison.ranks import Spread, mid_percentile, quantile, rank, spread
from yearbook.comparison.rounding import (
    CountRange,
    count_range,
    midpoint,
    rate_bounds,
    rounded_wilson,
    shows_decimal,
    signed_sum,
)
from yearbook.comparison.sizes import NAMED_FROM, RANKED_FROM, SMALLEST_SHOWN
from yearbook.comparison.verdicts import Verdict, verdict

__all__ = [
    "NAMED_FROM",
    "RANKED_FROM",
    "SMALLEST_SHOWN",
    "Z95",
    "Z998",
    "CountRange",
    "FunnelClass",
    "Interval",
    "Overdispersion",
    "Spread",
    "Verdict",
    "classify",
    "count_range",
    "difference_interval",
    "funnel_limits",
    "mid_percentile",
    "midpoint",
    "overdispersed_limits",
    "overdispersion",
    "people_to_match",
    "pooled_rate",
    "quantile",
    "rank",
    "rate_bounds",
    "ratio_interval",
    "rounded_wilson",
    "shows_decimal",
    "signed_sum",
    "spread",
    "verdict",
    "wilson",
]
