"""Funnel limits and over-dispersion, against PHEindicatormethods, Fingertips and FunnelPlotR."""

import pytest

from yearbook.comparison import (
    Z95,
    Z998,
    FunnelClass,
    Interval,
    classify,
    funnel_limits,
    overdispersed_limits,
    overdispersion,
    pooled_rate,
)

PHE_TARGET = 10325813.8504 / 12804440  # PHEindicatormethods, testdata_funnel_prop_inputs.csv


@pytest.mark.parametrize(
    ("denominator", "limits"),
    [
        (10, (56.154344, 100, 42.03259, 100)),
        (234, (75.580155, 85.704740, 72.660842, 88.624054)),
        (110000, (80.408963, 80.875933, 80.274317, 81.010578)),
    ],
)
def test_limits_are_those_of_phe_indicator_methods(denominator: int, limits: tuple[float, ...]) -> None:
    inner, outer = funnel_limits(PHE_TARGET, denominator, Z95), funnel_limits(PHE_TARGET, denominator, Z998)
    found = [100 * end for end in (inner.low, inner.high, outer.low, outer.high)]
    assert found == pytest.approx(limits, abs=1e-6)


def test_limits_are_those_of_ph_stats_methods() -> None:
    assert 100 * funnel_limits(0.9, 100_000, Z95).low == pytest.approx(89.81406149030842, abs=1e-9)
    assert 1000 * funnel_limits(0.85, 300_000, Z998).high == pytest.approx(852.0145849882799, abs=1e-9)


def test_limits_of_brightons_size_are_those_of_the_reference() -> None:
    england = 306990 / 597382
    inner, outer = funnel_limits(england, 2735, Z95), funnel_limits(england, 2735, Z998)
    assert (inner.low, inner.high, outer.low, outer.high) == pytest.approx(
        (0.495161, 0.532624, 0.484359, 0.543426), abs=5e-7
    )


@pytest.mark.parametrize(
    ("comparator", "value", "number", "expected"),
    [
        (8.9611086876, 7.70657673, 5930, FunnelClass.LOW_998),  # fingertips-open, SpcForProportionsComparerTest
        (8.9611086876, 9.89881214, 2273, FunnelClass.WITHIN),
        (8.9611086876, 12.47464503, 1972, FunnelClass.HIGH_998),
        (12.83795469, 10.97834205, 1339, FunnelClass.LOW_95),
        (12.83795469, 15.90656285, 899, FunnelClass.HIGH_95),
    ],
)
def test_areas_are_classified_as_in_fingertips(
    comparator: float, value: float, number: int, expected: FunnelClass
) -> None:
    target = comparator / 100
    assert classify(value / 100, funnel_limits(target, number, Z95), funnel_limits(target, number, Z998)) is expected


def test_a_rate_on_a_limit_is_within_it() -> None:
    inner, outer = Interval(0.4, 0.6), Interval(0.3, 0.7)
    rates = (0.29, 0.3, 0.4, 0.6, 0.7, 0.71)
    low, within, high = FunnelClass.LOW_95, FunnelClass.WITHIN, FunnelClass.HIGH_95
    expected = [FunnelClass.LOW_998, low, within, within, high, FunnelClass.HIGH_998]
    assert [classify(rate, inner, outer) for rate in rates] == expected
    assert [classify(rate, inner, outer).words for rate in (0.2, 0.5)] == [
        "below the 99.8% limit",
        "within the limits",
    ]


def test_limits_the_wrong_way_round_are_refused() -> None:
    with pytest.raises(ValueError, match="must hold"):
        classify(0.5, Interval(0.3, 0.7), Interval(0.4, 0.6))


@pytest.mark.parametrize(("target", "number"), [(1.1, 10), (-0.1, 10), (0.5, 0), (51.4, 100)])
def test_a_target_or_size_that_is_none_has_no_limits(target: float, number: int) -> None:
    with pytest.raises(ValueError, match=r"target rate|no limits"):
        funnel_limits(target, number, Z95)
    with pytest.raises(ValueError, match=r"target rate|no limits"):
        overdispersed_limits(target, number, 0.001, Z95)


def test_areas_that_agree_show_no_overdispersion_and_limits_near_the_plain_ones() -> None:
    found = overdispersion([50, 100, 150, 200], [100, 200, 300, 400])
    assert (found.phi, found.tau2) == (0.0, 0.0)
    plain, none = funnel_limits(0.5, 1000, Z95), overdispersed_limits(0.5, 1000, found.tau2, Z95)
    assert (none.low, none.high) == pytest.approx((plain.low, plain.high), abs=1e-4)


def test_a_target_of_ones_own_counts_as_the_middle() -> None:
    # Four alike areas of 100 at 50%, held to a target a hundredth of a turn of the arcsine away.
    found = overdispersion([50] * 4, [100] * 4, target=0.4)
    deviation = (0.7853981633974483 - 0.6847192030022829) * 20
    assert found.phi == pytest.approx(deviation**2)
    assert found.tau2 == pytest.approx((4 * deviation**2 - 3) / (1600 - 400))


def test_more_difference_between_areas_widens_the_limits() -> None:
    widths = [overdispersed_limits(0.5, 2735, tau2, Z95).half_width for tau2 in (0.0, 0.0005, 0.001, 0.1)]
    assert widths == sorted(widths)
    assert overdispersed_limits(0.5, 10, 1.0, Z998) == Interval(0.0, 1.0)


def test_a_negative_variance_is_refused() -> None:
    with pytest.raises(ValueError, match="not negative"):
        overdispersed_limits(0.5, 100, -0.001, Z95)


@pytest.mark.parametrize(
    ("over", "under", "message"),
    [
        ([5, 6], [10, 10], "at least 3 areas, not 2"),
        ([5, 6, 7], [10, 10], "3 numerators do not go with 2 denominators"),
        ([5, 6, 11], [10, 10, 10], "11 of 10 is not a proportion"),
        ([0, 0, 0], [10, 10, 0], "0 of 0 is not a proportion"),
    ],
)
def test_overdispersion_of_too_little_is_refused(over: list[int], under: list[int], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        overdispersion(over, under)


def test_areas_are_pooled_by_sums_as_funnelplotr_does() -> None:
    # FunnelPlotR, test-aggregate_fun.R: sums by group before dividing.
    over, under = (100, 150, 180, 89, 120, 225), (102, 135, 165, 95, 100, 220)
    groups = (slice(0, 3), slice(3, 5), slice(5, 6))
    found = [pooled_rate(over[group], under[group]) for group in groups]
    assert found == pytest.approx([1.069652, 1.071795, 1.022727], abs=5e-7)
