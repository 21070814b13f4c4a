"""The five-point rule, against the published test values of Fingertips, DHSC and R."""

import math

import pytest

from yearbook.comparison import Direction, logit_slope, recent_trend, trend_chi2
from yearbook.years import FinancialYear

ENGLAND = {
    2017: (263295, 517942),
    2018: (284810, 546850),
    2019: (291371, 570138),
    2020: (306990, 597382),
    2021: (313919, 625919),
    2022: (316251, 634388),
    2023: (318013, 634484),
    2024: (321061, 635185),
}
DHSC = ((318, 314, 318, 291, 292), (67.9, 66.4, 63.5, 60.6, 58.5))  # counts and percentages


def years(first: int, number: int = 5) -> list[FinancialYear]:
    return [FinancialYear(start) for start in range(first, first + number)]


def england(first: int, number: int = 5) -> tuple[list[FinancialYear], list[int], list[int]]:
    pairs = [ENGLAND[first + place] for place in range(number)]
    return years(first, number), [over for over, _ in pairs], [under for _, under in pairs]


def test_dhscs_test_file_decreases() -> None:
    denominators = [100 * count / value for count, value in zip(*DHSC, strict=True)]
    found = recent_trend(years(2015), DHSC[0], denominators)
    assert found.chi2 == pytest.approx(12.5688, abs=5e-5)
    assert found.slope == pytest.approx(-0.1062, abs=5e-5)
    assert found.direction is Direction.DECREASING


def test_rs_smokers_have_rs_statistic() -> None:
    chi2 = trend_chi2([83, 90, 129, 70], [86, 93, 136, 82])
    assert chi2 == pytest.approx(8.2249, abs=5e-5)
    assert math.erfc(math.sqrt(chi2 / 2)) == pytest.approx(0.004132, abs=5e-7)  # the p value R prints


def test_fingertips_test_set_increases() -> None:
    found = recent_trend(years(2015), [994, 1023, 1199, 1332, 1367], [40299, 41527, 42811, 44064, 44701])
    assert found.chi2 == pytest.approx(47.8967, abs=5e-5)
    assert found.direction is Direction.INCREASING


@pytest.mark.parametrize(
    ("first", "chi2", "direction"),
    [
        (2017, 113.886, Direction.OUTLIER),
        (2018, 694.801, Direction.DECREASING),
        (2019, 295.833, Direction.DECREASING),
        (2020, 67.087, Direction.OUTLIER),
    ],
)
def test_englands_recovery_rate_goes_as_in_the_methods(first: int, chi2: float, direction: Direction) -> None:
    found = recent_trend(*england(first))
    assert found.chi2 == pytest.approx(chi2, abs=5e-4)
    assert found.direction is direction


def test_the_year_that_makes_a_trend_is_named() -> None:
    assert recent_trend(*england(2017)).reason == "The direction depends on one year: without 2021-22 it turns."
    assert recent_trend(*england(2020)).reason == "The direction depends on one year: without 2020-21 it turns."


def test_only_the_five_most_recent_years_count() -> None:
    found = recent_trend(*england(2017, 7))
    assert found == recent_trend(*england(2019))
    assert found.years == tuple(years(2019))


def test_directions_read_as_fingertips_writes_them() -> None:
    assert [str(each) for each in Direction] == [
        "increasing",
        "decreasing",
        "no significant change",
        "no significant change (outlier)",
        "cannot be calculated",
    ]


def test_years_that_differ_by_chance_show_no_change() -> None:
    found = recent_trend(years(2019), [50, 52, 49, 51, 53], [100] * 5)
    assert (found.direction, found.reason) == (Direction.NONE, "The years differ no more than by chance.")
    assert found.chi2 is not None
    assert found.chi2 < 1


def test_fewer_than_five_years_give_no_trend() -> None:
    found = recent_trend(*england(2018, 4))
    assert (found.chi2, found.slope, found.direction) == (None, None, Direction.UNKNOWN)
    assert found.reason == "A trend needs 5 years; there are figures for 4."
    assert recent_trend([], [], []).direction is Direction.UNKNOWN


def test_years_with_a_gap_give_no_trend() -> None:
    asked, over, under = england(2017, 6)
    found = recent_trend([*asked[:3], *asked[4:]], [*over[:3], *over[4:]], [*under[:3], *under[4:]])
    assert found.direction is Direction.UNKNOWN
    assert found.reason == "A trend needs 5 years in a row; 2019-20 is followed by 2021-22."


def test_a_gap_before_the_last_five_years_does_not_matter() -> None:
    asked, over, under = england(2019)
    found = recent_trend([FinancialYear(2012), *asked], [5, *over], [10, *under])
    assert found == recent_trend(asked, over, under)


@pytest.mark.parametrize("count", [0, 100])
def test_a_rate_of_none_or_all_gives_no_trend(count: int) -> None:
    found = recent_trend(years(2019), [50, 40, count, 30, 20], [100] * 5)
    assert (found.direction, found.reason) == (
        Direction.UNKNOWN,
        "A trend cannot be taken from a rate of 0% or 100%.",
    )


@pytest.mark.parametrize("order", [(0, 1, 1, 2, 3), (4, 3, 2, 1, 0)])
def test_years_that_overlap_or_go_backwards_are_refused(order: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="early to late"):
        recent_trend([FinancialYear(2019 + place) for place in order], [5] * 5, [10] * 5)


def test_what_is_no_series_of_proportions_is_refused() -> None:
    with pytest.raises(ValueError, match="5 years, 4 counts and 5 denominators"):
        recent_trend(years(2019), [5] * 4, [10] * 5)
    with pytest.raises(ValueError, match="11 of 10 is not a proportion"):
        recent_trend(years(2019), [5, 5, 11, 5, 5], [10] * 5)
    for counts, denominators in (([5], [10]), ([0, 0], [10, 10]), ([10, 10], [10, 10])):
        with pytest.raises(ValueError, match="no trend to test"):
            trend_chi2(counts, denominators)
    with pytest.raises(ValueError, match="no log odds"):
        logit_slope([0, 5], [10, 10])
    with pytest.raises(ValueError, match="two points"):
        logit_slope([5, 5], [10, 10], left_out=0)


def test_the_statistic_does_not_suffer_from_large_numbers() -> None:
    # One proportion throughout: exactly no trend, which floats would miss.
    assert trend_chi2([10**9, 2 * 10**9, 3 * 10**9], [3 * 10**9, 6 * 10**9, 9 * 10**9]) == 0.0
