"""Comparing areas fairly: intervals, rounding bounds, verdicts, funnels, ranks, trends, flags and sizes.

Pure functions of numbers: nothing here reads a file or knows a release, so that each can be held to the
published test values of those who defined it. Proportions go from 0 to 1 and are floats; a rate is exact where it is
computed (`formulas`) and rounded where it is printed (`formatting`).
"""

from yearbook.comparison.case_mix import Group, StandardisedRatio, denominator_of, standardised_ratio
from yearbook.comparison.comparability import Break, IncomparableError, SpreadChange, SpreadOf, compare_spreads
from yearbook.comparison.excess import people_to_match
from yearbook.comparison.flags import (
    FINISHED_ABOVE_RECEIVED,
    Flag,
    absent_years,
    finished_above_received,
    part_above_whole,
    rate_changed,
    received_changed,
)
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
from yearbook.comparison.trends import Direction, RecentTrend, logit_slope, recent_trend, trend_chi2
from yearbook.comparison.verdicts import Verdict, verdict

__all__ = [
    "FINISHED_ABOVE_RECEIVED",
    "NAMED_FROM",
    "RANKED_FROM",
    "SMALLEST_SHOWN",
    "Z95",
    "Z998",
    "Break",
    "CountRange",
    "Direction",
    "Flag",
    "FunnelClass",
    "Group",
    "IncomparableError",
    "Interval",
    "Overdispersion",
    "RecentTrend",
    "Spread",
    "SpreadChange",
    "SpreadOf",
    "StandardisedRatio",
    "Verdict",
    "absent_years",
    "classify",
    "compare_spreads",
    "count_range",
    "denominator_of",
    "difference_interval",
    "finished_above_received",
    "funnel_limits",
    "logit_slope",
    "mid_percentile",
    "midpoint",
    "overdispersed_limits",
    "overdispersion",
    "part_above_whole",
    "people_to_match",
    "pooled_rate",
    "quantile",
    "rank",
    "rate_bounds",
    "rate_changed",
    "ratio_interval",
    "received_changed",
    "recent_trend",
    "rounded_wilson",
    "shows_decimal",
    "signed_sum",
    "spread",
    "standardised_ratio",
    "trend_chi2",
    "verdict",
    "wilson",
]
