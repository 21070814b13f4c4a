"""Laws of comparing areas, for any counts: what intervals hold, what agrees with what, what order may not change."""

from math import inf, nextafter

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from yearbook.comparison import (
    Z95,
    Z998,
    CountRange,
    FunnelClass,
    Interval,
    Verdict,
    classify,
    count_range,
    difference_interval,
    funnel_limits,
    midpoint,
    overdispersed_limits,
    overdispersion,
    quantile,
    rank,
    rate_bounds,
    ratio_interval,
    rounded_wilson,
    trend_chi2,
    verdict,
    wilson,
)
from yearbook.values import Figure, Status

PROPORTIONS = st.integers(1, 700_000).flatmap(lambda under: st.tuples(st.integers(0, under), st.just(under)))
SMALL = st.integers(10, 600).flatmap(lambda under: st.tuples(st.integers(0, under), st.just(under)))
RATES = st.floats(0.001, 0.999)
LEVELS = st.sampled_from((Z95, Z998))
OPPOSITE = {Verdict.BEST: Verdict.WORST, Verdict.BETTER: Verdict.WORSE, Verdict.SIMILAR: Verdict.SIMILAR}
OPPOSITE |= {other: one for one, other in OPPOSITE.items()}
RISES = {Verdict.BEST: Verdict.CLEARLY_HIGHER, Verdict.BETTER: Verdict.HIGHER, Verdict.SIMILAR: Verdict.SIMILAR}
RISES |= {Verdict.WORSE: Verdict.LOWER, Verdict.WORST: Verdict.CLEARLY_LOWER}


def published(true: int) -> Figure:
    """A count as an area's row has it."""
    return Figure.missing(Status.SUPPRESSED) if true < 5 else Figure((true + 2) // 5 * 5)


def ranged(true: int) -> CountRange:
    found = count_range(published(true), rounded=True)
    assert found is not None
    return found


@given(PROPORTIONS, LEVELS)
def test_wilsons_interval_holds_the_proportion_and_stays_within_0_and_1(counts: tuple[int, int], z: float) -> None:
    interval = wilson(*counts, z)
    assert interval.contains(counts[0] / counts[1])
    assert interval.low >= 0
    assert interval.high <= 1


@given(PROPORTIONS)
def test_the_wider_level_holds_the_narrower(counts: tuple[int, int]) -> None:
    inner, outer = wilson(*counts, Z95), wilson(*counts, Z998)
    assert outer.hull(inner) == outer


@given(PROPORTIONS, LEVELS)
def test_wilsons_interval_of_the_rest_is_the_mirror_image(counts: tuple[int, int], z: float) -> None:
    interval, rest = wilson(*counts, z), wilson(counts[1] - counts[0], counts[1], z)
    assert (1 - rest.high, 1 - rest.low) == pytest.approx((interval.low, interval.high), abs=1e-12)


@given(PROPORTIONS, RATES, LEVELS)
def test_a_point_is_outside_the_funnel_exactly_when_the_target_is_outside_its_interval(
    counts: tuple[int, int], target: float, z: float
) -> None:
    limits, interval = funnel_limits(target, counts[1], z), wilson(*counts, z)
    rate = counts[0] / counts[1]
    # Floats cannot tell on which side of a limit a point lies that is on it.
    assume(min(abs(target - end) for end in (interval.low, interval.high)) > 1e-9)
    assert limits.contains(rate) == interval.contains(target)


@given(PROPORTIONS, RATES)
def test_verdict_and_funnel_never_disagree(counts: tuple[int, int], target: float) -> None:
    inner, outer = wilson(*counts, Z95), wilson(*counts, Z998)
    assume(min(abs(target - end) for end in (inner.low, inner.high, outer.low, outer.high)) > 1e-9)
    limits = funnel_limits(target, counts[1], Z95), funnel_limits(target, counts[1], Z998)
    same = {
        FunnelClass.LOW_998: Verdict.CLEARLY_LOWER,
        FunnelClass.LOW_95: Verdict.LOWER,
        FunnelClass.WITHIN: Verdict.SIMILAR,
        FunnelClass.HIGH_95: Verdict.HIGHER,
        FunnelClass.HIGH_998: Verdict.CLEARLY_HIGHER,
    }
    assert verdict(target, inner, outer, "") is same[classify(counts[0] / counts[1], *limits)]


@given(PROPORTIONS, RATES)
def test_a_verdict_turns_round_with_the_direction_that_is_good(counts: tuple[int, int], target: float) -> None:
    inner, outer = wilson(*counts, Z95), wilson(*counts, Z998)
    found = verdict(target, inner, outer, "higher")
    assert verdict(target, inner, outer, "lower") is OPPOSITE[found]
    assert verdict(target, inner, outer, "") is RISES[found]


@given(PROPORTIONS, PROPORTIONS, LEVELS)
def test_a_difference_the_other_way_round_has_the_mirrored_interval(
    one: tuple[int, int], two: tuple[int, int], z: float
) -> None:
    found, mirrored = difference_interval(*one, *two, z), difference_interval(*two, *one, z)
    assert found.contains(one[0] / one[1] - two[0] / two[1])
    assert (-mirrored.high, -mirrored.low) == pytest.approx((found.low, found.high), abs=1e-12)
    assert found.low >= -1 - 1e-12
    assert found.high <= 1 + 1e-12


@given(PROPORTIONS, PROPORTIONS, LEVELS)
def test_a_ratio_the_other_way_round_has_the_inverse_interval(
    one: tuple[int, int], two: tuple[int, int], z: float
) -> None:
    assume(one[0] and two[0])
    found, inverse = ratio_interval(*one, *two, z), ratio_interval(*two, *one, z)
    assert (1 / inverse.high, 1 / inverse.low) == pytest.approx((found.low, found.high), rel=1e-9)


@st.composite
def outcomes(draw: st.DrawFn, largest: int = 3000) -> tuple[int, int, int]:
    """True counts: recovered, finished, not at caseness."""
    finished = draw(st.one_of(st.integers(20, 120), st.integers(20, largest)))
    not_at_caseness = draw(st.integers(0, finished - 10))
    return draw(st.integers(0, finished - not_at_caseness)), finished, not_at_caseness


@given(outcomes())
def test_bounds_hold_the_true_rate_whatever_is_rounded_or_hidden(true: tuple[int, int, int]) -> None:
    recovered, finished, not_at_caseness = true
    bounds = rate_bounds(ranged(recovered), ranged(finished) - ranged(not_at_caseness))
    assert bounds.contains(recovered / (finished - not_at_caseness))
    assert bounds.contains(midpoint(bounds))


@given(st.integers(5, 500), st.integers(600, 3000), st.integers(5, 80))
def test_less_known_never_narrows_the_bounds(recovered: int, finished: int, not_at_caseness: int) -> None:
    exact = CountRange(finished, finished)
    sharp = rate_bounds(CountRange(recovered, recovered), exact - CountRange(not_at_caseness, not_at_caseness))
    rounded = rate_bounds(ranged(recovered), ranged(finished) - ranged(not_at_caseness))
    assert rounded.hull(sharp) == rounded
    hidden = rate_bounds(ranged(recovered), ranged(finished) - CountRange(0, 4))
    nought = rate_bounds(ranged(recovered), ranged(finished) - CountRange(0, 0))
    assert hidden.hull(nought) == hidden
    assert hidden.half_width > nought.half_width or hidden.high == 1


@given(outcomes(), LEVELS)
def test_the_interval_of_rounded_counts_holds_that_of_the_true_ones_where_areas_are_small(
    true: tuple[int, int, int], z: float
) -> None:
    recovered, finished, not_at_caseness = true
    numerator, denominator = ranged(recovered), ranged(finished) - ranged(not_at_caseness)
    assume(recovered >= 5 and finished - not_at_caseness < 490)
    middle = (recovered + 2) // 5 * 5, max(1, (finished + 2) // 5 * 5 - (not_at_caseness + 2) // 5 * 5)
    found = rounded_wilson(*middle, numerator, denominator, z)
    exact = wilson(recovered, finished - not_at_caseness, z)
    assert found.low <= exact.low + 1e-12
    assert found.high >= exact.high - 1e-12


@given(st.lists(st.tuples(st.integers(0, 100), st.floats(0, 1)), min_size=1, max_size=40), st.data())
def test_the_order_of_areas_does_not_change_their_ranks(values: list[tuple[int, float]], data: st.DataObject) -> None:
    order = data.draw(st.permutations(range(len(values))))
    ranks = rank(values)
    assert rank([values[place] for place in order]) == tuple(ranks[place] for place in order)
    assert all(ranks[place] == 1 + sum(other > value for other in values) for place, value in enumerate(values))


@given(st.lists(st.floats(0, 1), min_size=1, max_size=60), st.floats(0, 1))
def test_a_quantile_lies_among_the_values(values: list[float], share: float) -> None:
    tolerance = nextafter(max(values), inf) - max(values)
    assert min(values) - tolerance <= quantile(values, share) <= max(values) + tolerance
    assert (quantile(values, 0), quantile(values, 1)) == (min(values), max(values))


@given(st.lists(SMALL, min_size=3, max_size=30), st.data())
def test_overdispersion_does_not_hang_on_the_order_of_areas(areas: list[tuple[int, int]], data: st.DataObject) -> None:
    found = overdispersion([over for over, _ in areas], [under for _, under in areas])
    mixed = data.draw(st.permutations(areas))
    again = overdispersion([over for over, _ in mixed], [under for _, under in mixed])
    assert (again.phi, again.tau2) == pytest.approx((found.phi, found.tau2), abs=1e-9)
    assert found.tau2 >= 0


@given(RATES, st.integers(1, 100_000), st.floats(0, 0.05), LEVELS)
def test_overdispersed_limits_hold_the_target_and_those_of_chance_alone(
    target: float, number: int, tau2: float, z: float
) -> None:
    wide, narrow = overdispersed_limits(target, number, tau2, z), overdispersed_limits(target, number, 0.0, z)
    assert narrow.low - 1e-12 <= target <= narrow.high + 1e-12
    assert wide.low <= narrow.low
    assert wide.high >= narrow.high
    assert Interval(0.0, 1.0).hull(wide) == Interval(0.0, 1.0)


@given(st.lists(st.tuples(st.integers(1, 500), st.integers(501, 900)), min_size=2, max_size=8))
def test_a_trend_is_as_strong_read_backwards_or_of_the_rest(points: list[tuple[int, int]]) -> None:
    over, under = [point[0] for point in points], [point[1] for point in points]
    chi2 = trend_chi2(over, under)
    assert trend_chi2(over[::-1], under[::-1]) == chi2
    assert trend_chi2([whole - part for part, whole in points], under) == chi2
