"""Words for changes and records."""

from fractions import Fraction

import pytest

from yearbook.formulas import Working
from yearbook.report import COMPARABLE_SINCE, Change, Standing
from yearbook.values import Figure, Status
from yearbook.wording import change_words, is_flat, standing_words
from yearbook.years import FinancialYear

LATER = FinancialYear(2017)


def change(before: int | Fraction, after: int | Fraction, unit: str = "count") -> Change:
    difference = Fraction(after) - before
    workings = [Working(Figure(number, unit=unit), "annual") for number in (before, after)]
    return Change(*workings, difference, 100 * difference / Fraction(before) if before else None)


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (Fraction(521, 10), Fraction(511, 10), "down 1.0 percentage points"),
        (Fraction(493, 10), Fraction(508, 10), "up 1.5 percentage points"),
        (Fraction(50), Fraction(5005, 100), "up 0.1 percentage points"),
        (Fraction(50), Fraction(5004, 100), "unchanged"),
        (Fraction(50), Fraction(4996, 100), "unchanged"),
    ],
)
def test_a_rate_changes_in_percentage_points(before: Fraction, after: Fraction, words: str) -> None:
    assert change_words("recovery_rate", change(before, after, "percent")) == words


def test_a_count_changes_in_per_cent_or_in_number() -> None:
    assert change_words("ended_referrals", change(1_495_680, 1_647_716)) == "up 10.2%"
    assert change_words("referrals_received", change(1_385_664, 1_439_957), kind="count") == "up 54,293"
    assert change_words("referrals_received", change(1_694_790, 1_456_446)) == "down 14.1%"


def test_a_mean_changes_in_its_own_unit() -> None:
    assert (
        change_words("mean_treatment_appointments", change(Fraction(69, 10), Fraction(75, 10), "appointments"))
        == "up 0.6"
    )


def test_a_change_of_a_count_too_small_for_a_decimal_still_has_its_direction() -> None:
    assert change_words("referrals_received", change(1_000_000, 1_000_001)) == "up less than 0.1%"
    assert change_words("referrals_received", change(1_000_001, 1_000_000)) == "down less than 0.1%"
    assert change_words("referrals_received", change(1_000_000, 1_000_000)) == "unchanged"
    assert change_words("referrals_received", change(1_000_000, 1_000_001), kind="count") == "up 1"


def test_a_change_of_a_ratio_has_as_many_decimals_as_the_ratio() -> None:
    assert change_words("referrals_per_person", change(Fraction(119, 100), Fraction(116, 100))) == "down 0.03"


def test_a_change_from_nothing_has_a_mark() -> None:
    assert change_words("recovery", change(0, 5)) == "[z]"


@pytest.mark.parametrize("missing", [0, 1])
def test_a_change_with_a_missing_year_is_its_mark(missing: int) -> None:
    workings = [Working(Figure(50, unit="percent"), "annual")] * 2
    workings[missing] = Working(Figure.missing(Status.SUPPRESSED, "percent"), "annual")
    assert change_words("recovery_rate", Change(*workings, None, None)) == "[c]"


@pytest.mark.parametrize(
    ("standing", "words"),
    [
        (None, ""),
        (Standing(2, 1, 2, LATER, True), ""),
        (Standing(1, 5, 8, LATER, True), "the lowest for five years"),
        (Standing(3, 1, 9, LATER, True), "the highest for three years"),
        (Standing(2, 2, 9, LATER, True), ""),
        (Standing(6, 1, 6, COMPARABLE_SINCE, True), "the highest since the comparable series began in 2013-14"),
        (Standing(1, 4, 4, LATER, True), "the lowest since figures begin in 2017-18"),
        (Standing(1, 4, 4, LATER, False), "the lowest for four years"),
    ],
)
def test_a_record_says_how_far_it_reaches(standing: Standing | None, words: str) -> None:
    assert standing_words(standing) == words


@pytest.mark.parametrize(
    ("points", "flat"), [(Fraction(49, 100), True), (Fraction(-49, 100), True), (Fraction(1, 2), False)]
)
def test_a_rate_is_flat_below_half_a_point(points: Fraction, flat: bool) -> None:
    assert is_flat(change(Fraction(50), 50 + points, "percent")) is flat


def test_a_change_between_values_that_do_not_compare_is_not_available() -> None:
    known = Working(Figure(50, unit="percent"), "annual")
    assert change_words("recovery_rate", Change(known, known, None, None)) == "[x]"


def test_a_change_that_is_not_known_is_not_called_flat() -> None:
    missing = Working(Figure.missing(Status.NOT_COLLECTED, "percent"), "annual")
    assert not is_flat(Change(missing, missing, None, None))
