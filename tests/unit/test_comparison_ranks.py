"""Ranks with ties, mid percentiles and spreads."""

import pytest

from yearbook.comparison import mid_percentile, quantile, rank, spread


def test_the_highest_is_first_and_equals_share_the_better_rank() -> None:
    assert rank([50, 64, 34, 50, 47]) == (2, 1, 5, 2, 4)


def test_ties_of_the_published_percentage_go_by_the_midpoint() -> None:
    assert rank([(50, 0.4990), (50, 0.5031), (51, 0.5052), (50, 0.4990)]) == (3, 2, 1, 3)


def test_nobody_has_no_ranks() -> None:
    assert rank([]) == ()


def test_a_percentile_counts_half_of_the_equal() -> None:
    assert mid_percentile([1, 2, 3, 4], 1) == 12.5
    assert mid_percentile([1, 2, 2, 4], 2) == 50
    assert mid_percentile([7], 7) == 50


def test_the_ends_of_135_areas_have_the_percentiles_of_the_reference() -> None:
    values = list(range(135))
    assert round(mid_percentile(values, 0), 2) == 0.37
    assert round(mid_percentile(values, 1), 2) == 1.11
    assert round(mid_percentile(values, 134), 2) == 99.63


@pytest.mark.parametrize(("share", "value"), [(0, 1), (0.1, 1.3), (0.25, 1.75), (0.5, 2.5), (0.9, 3.7), (1, 4)])
def test_quantiles_are_of_type_7(share: float, value: float) -> None:
    assert quantile([4, 1, 3, 2], share) == pytest.approx(value)


def test_a_spread_has_its_ends_its_tenths_and_two_ratios() -> None:
    found = spread([30, 40, 50, 60, 66])
    assert (found.number, found.lowest, found.median, found.highest) == (5, 30, 50, 66)
    assert (found.p10, found.p90) == pytest.approx((34, 63.6))
    assert found.best_to_worst == pytest.approx(2.2)
    assert found.p90_to_p10 == pytest.approx(63.6 / 34)


def test_a_spread_of_one_is_that_one() -> None:
    found = spread([0.5])
    assert (found.lowest, found.p10, found.p90, found.best_to_worst, found.p90_to_p10) == (0.5, 0.5, 0.5, 1, 1)


def test_there_is_no_ratio_over_0() -> None:
    found = spread([0, 0, 0, 1])
    assert (found.best_to_worst, found.p90_to_p10) == (None, None)


def test_nothing_has_neither_spread_nor_percentile() -> None:
    for asked in (lambda: spread([]), lambda: mid_percentile([], 1), lambda: quantile([1], 1.5)):
        with pytest.raises(ValueError, match=r"no values|no quantile"):
            asked()
