"""What rounded and hidden counts can stand for, and the bounds of a rate made of them."""

from fractions import Fraction

import pytest

from yearbook.comparison import (
    Z95,
    CountRange,
    Interval,
    count_range,
    midpoint,
    rate_bounds,
    rounded_wilson,
    shows_decimal,
    signed_sum,
    wilson,
)
from yearbook.values import Figure, Status


def rounded(count: int) -> CountRange:
    found = count_range(Figure(count), rounded=True)
    assert found is not None
    return found


@pytest.mark.parametrize(("count", "low", "high"), [(5, 5, 7), (10, 8, 12), (930, 928, 932), (0, 0, 2)])
def test_a_rounded_count_stands_for_two_less_to_two_more_and_a_5_for_5_to_7(count: int, low: int, high: int) -> None:
    assert rounded(count) == CountRange(low, high)


@pytest.mark.parametrize("count", [0, 3, 5, 606_192])
def test_an_exact_count_stands_for_itself(count: int) -> None:
    assert count_range(Figure(count), rounded=False) == CountRange(count, count)


def test_a_hidden_count_stands_for_0_to_4() -> None:
    assert count_range(Figure.missing(Status.SUPPRESSED), rounded=True) == CountRange(0, 4)


@pytest.mark.parametrize("status", [Status.NOT_COLLECTED, Status.NOT_APPLICABLE])
def test_a_count_that_is_missing_stands_for_nothing(status: Status) -> None:
    assert count_range(Figure.missing(status), rounded=True) is None


def test_every_true_count_lies_in_the_range_of_what_is_published_of_it() -> None:
    for true in range(1000):
        published = Figure.missing(Status.SUPPRESSED) if true < 5 else Figure((true + 2) // 5 * 5)
        found = count_range(published, rounded=True)
        assert found is not None
        assert found.low <= true <= found.high


@pytest.mark.parametrize("figure", [Figure(50, unit="percent"), Figure.missing(Status.SUPPRESSED, "percent")])
def test_only_counts_are_rounded_to_5(figure: Figure) -> None:
    with pytest.raises(ValueError, match="only a count"):
        count_range(figure, rounded=True)


def test_half_a_referral_is_no_count() -> None:
    with pytest.raises(ValueError, match="not a count"):
        count_range(Figure(Fraction(1, 2)), rounded=True)


def test_a_range_does_not_run_backwards() -> None:
    with pytest.raises(ValueError, match="low to high"):
        CountRange(2, 1)


def test_ranges_add_and_subtract_end_by_end() -> None:
    assert rounded(10) + rounded(5) == CountRange(13, 19)
    assert rounded(10) - rounded(5) == CountRange(1, 7)
    assert signed_sum([(1, rounded(2815)), (-1, rounded(80))]) == CountRange(2731, 2739)
    assert signed_sum([]) == CountRange(0, 0)


@pytest.mark.parametrize(
    ("recovery", "finished", "not_at_caseness", "low", "high"),
    [
        (930, 2815, 80, 33.881, 34.127),  # Brighton and Hove, 2020-21
        (1450, 2530, 250, 63.398, 63.796),  # Stoke on Trent, 2020-21
    ],
)
def test_bounds_of_a_recovery_rate_are_those_of_the_worked_example(
    recovery: int, finished: int, not_at_caseness: int, low: float, high: float
) -> None:
    bounds = rate_bounds(rounded(recovery), rounded(finished) - rounded(not_at_caseness))
    assert (round(100 * bounds.low, 3), round(100 * bounds.high, 3)) == (low, high)


@pytest.mark.parametrize(
    ("over", "under", "printed", "low", "high"),
    [(470, 680, 0.694, 68.6, 69.6), (70, 340, 0.209, 19.9, 21.3)],  # HSCIC 2015: Cannock Chase, East Staffordshire
)
def test_a_percentage_the_publisher_printed_lies_in_the_bounds_though_not_on_the_rounded_counts(
    over: int, under: int, printed: float, low: float, high: float
) -> None:
    bounds = rate_bounds(rounded(over), rounded(under))
    assert (round(100 * bounds.low, 1), round(100 * bounds.high, 1)) == (low, high)
    assert bounds.contains(printed)
    assert round(over / under, 3) != printed


def test_exact_counts_leave_no_room() -> None:
    finished, not_at_caseness = CountRange(606_192, 606_192), CountRange(36_054, 36_054)
    bounds = rate_bounds(CountRange(291_371, 291_371), finished - not_at_caseness)
    assert bounds == Interval(291_371 / 570_138, 291_371 / 570_138)


def test_bounds_stay_within_0_and_1() -> None:
    assert rate_bounds(CountRange(0, 4), CountRange(-1, 7)) == Interval(0.0, 1.0)
    assert rate_bounds(CountRange(8, 12), CountRange(8, 12)) == Interval(8 / 12, 1.0)
    assert rate_bounds(CountRange(-3, 1), CountRange(10, 10)) == Interval(0.0, 0.1)
    assert rate_bounds(CountRange(13, 17), CountRange(8, 12)) == Interval(1.0, 1.0)


def test_a_rate_without_a_denominator_has_no_bounds() -> None:
    with pytest.raises(ValueError, match="above 0"):
        rate_bounds(CountRange(0, 4), CountRange(-4, 0))


def test_a_decimal_is_shown_only_within_a_quarter_of_a_point() -> None:
    brighton = rate_bounds(rounded(930), rounded(2815) - rounded(80))
    assert shows_decimal(brighton)  # half-width 0.123
    assert shows_decimal(rate_bounds(rounded(1450), rounded(2530) - rounded(250)))  # 0.199
    assert not shows_decimal(rate_bounds(rounded(390), rounded(800) - rounded(45)))
    assert not shows_decimal(Interval(0.5, 0.505))  # exactly a quarter of a point either way
    assert midpoint(brighton) == pytest.approx(0.34004, abs=5e-6)


def test_a_large_area_has_wilsons_own_interval() -> None:
    denominator = rounded(2815) - rounded(80)
    assert rounded_wilson(930, 2735, rounded(930), denominator) == wilson(930, 2735)
    assert rounded_wilson(250, 500, rounded(250), rounded(500)) == wilson(250, 500)


def test_a_small_area_has_the_union_of_wilsons_intervals_at_the_bounds() -> None:
    found = rounded_wilson(250, 495, rounded(250), rounded(495))
    assert found == Interval(wilson(248, 497).low, wilson(252, 493).high)


@pytest.mark.parametrize(("over", "under"), [(5, 10), (10, 10), (5, 5), (25, 30), (45, 495)])
def test_the_interval_of_a_small_area_holds_that_of_every_true_count(over: int, under: int) -> None:
    found = rounded_wilson(over, under, rounded(over), rounded(under), Z95)
    inside = [
        wilson(numerator, denominator)
        for numerator in range(rounded(over).low, rounded(over).high + 1)
        for denominator in range(rounded(under).low, rounded(under).high + 1)
        if numerator <= denominator
    ]
    assert (min(each.low for each in inside), max(each.high for each in inside)) == pytest.approx(
        (found.low, found.high), abs=1e-12
    )


def test_counts_that_cannot_be_a_proportion_have_no_interval() -> None:
    with pytest.raises(ValueError, match="no true counts"):
        rounded_wilson(50, 10, rounded(50), rounded(10))
    with pytest.raises(ValueError, match="no true counts"):
        rounded_wilson(5, 0, rounded(5), CountRange(-4, 0))
