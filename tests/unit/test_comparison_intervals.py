"""Intervals of proportions, differences and ratios, against the published test values of their methods."""

import math

import pytest

from yearbook.comparison import Z95, Z998, Interval, difference_interval, ratio_interval, wilson

# numerator, denominator, 95% low and high, 99.8% low and high; to the digits published.
PHE_WILSON = (
    (65, 100, 0.552544, 0.736358, 0.495495, 0.778354),  # PHEindicatormethods, testdata_Byars_Wilson.xlsx
    (1045, 5000, 0.197955, 0.220491, 0.191794, 0.227316),
    (0.445, 1, 0.043817, 0.933462, 0.019347, 0.970226),
    (1, 100, 0.00176743, 0.05448620, 0.00087307, 0.10455445),  # PHEindicatormethods, testdata_Proportion.xlsx
    (5, 100, 0.0215437, 0.1117505, 0.0138653, 0.1645885),
    (20, 100, 0.1333669, 0.2888292, 0.1051916, 0.3471109),
    (9856, 12345, 0.7912102, 0.8053640, 0.7869924, 0.8093061),
    (222, 3215, 0.0607917, 0.0783396, 0.0564710, 0.0841842),
    (999, 3456, 0.2741895, 0.3044039, 0.2658400, 0.3134475),
    (930, 2735, 0.3225181271, 0.3580037237, 0.3126442645, 0.3685420327),  # Brighton and Hove, 2020-21
    (1450, 2280, 0.6160014285, 0.6554710057, 0.6043181275, 0.6664774986),  # Stoke on Trent, 2020-21
)
OTHER_WILSON = (
    (19, 38, 0.348499283643951, 0.651500716356049),  # statsmodels, test_proportion.py
    (100, 200, 0.4313609, 0.5686391),
    (18, 20, 0.698966, 0.972134),  # statsmodels, results_proportion.py
    (0, 30, 0.0, 0.113513),
    (30, 30, 0.886487, 1.0),
    (306990, 597382, 0.5126247671, 0.5151596209),  # England, 2020-21
)


@pytest.mark.parametrize(("over", "under", "low", "high", "outer_low", "outer_high"), PHE_WILSON)
def test_wilsons_interval_is_that_of_phe_indicator_methods(
    over: float, under: float, low: float, high: float, outer_low: float, outer_high: float
) -> None:
    inner, outer = wilson(over, under, Z95), wilson(over, under, Z998)
    assert (inner.low, inner.high) == pytest.approx((low, high), abs=6e-7)
    assert (outer.low, outer.high) == pytest.approx((outer_low, outer_high), abs=6e-7)


@pytest.mark.parametrize(("over", "under", "low", "high"), OTHER_WILSON)
def test_wilsons_interval_is_that_of_statsmodels(over: int, under: int, low: float, high: float) -> None:
    interval = wilson(over, under)
    assert (interval.low, interval.high) == pytest.approx((low, high), abs=6e-7)


@pytest.mark.parametrize("z", [Z95, Z998])
@pytest.mark.parametrize("number", [1, 7, 30, 38, 77, 4045, 670_000])
def test_none_and_all_end_exactly_at_0_and_at_1(number: int, z: float) -> None:
    assert wilson(0, number, z).low == 0.0
    assert wilson(number, number, z).high == 1.0


@pytest.mark.parametrize(("over", "under"), [(1, 0), (-1, 10), (11, 10), (0, -1), (math.nan, 10), (1, math.nan)])
def test_what_is_no_proportion_has_no_interval(over: float, under: float) -> None:
    with pytest.raises(ValueError, match="is not a proportion"):
        wilson(over, under)
    with pytest.raises(ValueError, match="is not a proportion"):
        difference_interval(over, under, 1, 2)
    with pytest.raises(ValueError, match="is not a proportion"):
        ratio_interval(1, 2, over, under)


@pytest.mark.parametrize(
    ("counts", "low", "high", "digits"),
    [
        ((7, 34, 1, 34), 0.019, 0.340, 3),  # statsmodels' tests, after Fagerland
        ((56, 70, 48, 80), 0.0524, 0.3339, 4),  # Newcombe 1998, method 10
        ((56, 70, 48, 80), 0.05243, 0.33387, 5),
        ((1450, 2280, 930, 2735), 0.26907, 0.32215, 5),  # Stoke on Trent less Brighton and Hove
        ((313919, 625919, 306990, 597382), -0.01413, -0.01059, 5),  # England, 2021-22 less 2020-21
    ],
)
def test_a_difference_has_newcombes_interval(
    counts: tuple[int, int, int, int], low: float, high: float, digits: int
) -> None:
    interval = difference_interval(*counts)
    assert (round(interval.low, digits), round(interval.high, digits)) == (low, high)


def test_the_difference_of_stoke_and_brighton_is_30_points() -> None:
    difference = 1450 / 2280 - 930 / 2735
    assert difference == pytest.approx(0.29593, abs=5e-6)
    assert difference_interval(1450, 2280, 930, 2735).contains(difference)


def test_the_ratio_of_stoke_and_brighton_has_katzs_interval() -> None:
    interval = ratio_interval(1450, 2280, 930, 2735)
    ratio = (1450 / 2280) / (930 / 2735)
    assert ratio == pytest.approx(1.8703, abs=5e-5)
    assert (interval.low, interval.high) == pytest.approx((1.7600, 1.9874), abs=5e-5)


def test_a_ratio_with_a_count_of_0_has_no_interval() -> None:
    with pytest.raises(ValueError, match="one of the counts is 0"):
        ratio_interval(0, 30, 5, 30)
    with pytest.raises(ValueError, match="one of the counts is 0"):
        ratio_interval(5, 30, 0, 30)


def test_two_proportions_of_1_are_in_the_ratio_of_1() -> None:
    assert ratio_interval(30, 30, 12, 12) == Interval(1.0, 1.0)


def test_an_interval_holds_its_ends_and_what_lies_between() -> None:
    interval = Interval(0.25, 0.75)
    assert [interval.contains(value) for value in (0.2499, 0.25, 0.5, 0.75, 0.7501)] == [
        False,
        True,
        True,
        True,
        False,
    ]
    assert interval.half_width == 0.25


def test_a_hull_reaches_from_the_lowest_to_the_highest() -> None:
    assert Interval(0.1, 0.3).hull(Interval(0.5, 0.6)) == Interval(0.1, 0.6)
    assert Interval(0.1, 0.9).hull(Interval(0.5, 0.6)) == Interval(0.1, 0.9)


@pytest.mark.parametrize(("low", "high"), [(0.6, 0.5), (math.nan, 1.0), (0.0, math.nan)])
def test_an_interval_that_is_none_cannot_be_made(low: float, high: float) -> None:
    with pytest.raises(ValueError, match="from low to high"):
        Interval(low, high)
