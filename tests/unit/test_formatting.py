"""Rounding and printing."""

from fractions import Fraction

import pytest

from yearbook.formatting import (
    format_figure,
    format_number,
    join_words,
    number_word,
    plural,
    round_half_up,
    sentence_case,
)
from yearbook.values import Figure, Status


@pytest.mark.parametrize(
    ("number", "places", "printed"),
    [
        (Fraction(5025, 100), 1, "50.3"),
        (Fraction(-5025, 100), 1, "-50.3"),
        (Fraction(5015, 100), 1, "50.2"),
        (Fraction(50149, 1000), 1, "50.1"),
        (Fraction(5, 10), 0, "1"),
        (Fraction(-5, 10), 0, "-1"),
        (Fraction(-4, 100), 1, "0.0"),
        (Fraction(2, 3), 5, "0.66667"),
        (1_694_790, 0, "1694790"),
        (7, 1, "7.0"),
    ],
)
def test_halves_are_rounded_away_from_zero(number: int | Fraction, places: int, printed: str) -> None:
    assert str(round_half_up(number, places)) == printed


def test_rounding_is_not_that_of_python_or_of_a_float() -> None:
    # 0.15 as a float is just under it, and round() takes halves to the even digit.
    assert str(round_half_up(Fraction(15, 100), 1)) == "0.2"
    assert str(round_half_up(Fraction(25, 10))) == "3"


@pytest.mark.parametrize(
    ("number", "places", "printed"),
    [
        (1_694_790, 0, "1,694,790"),
        (-54_293, 0, "−54,293"),
        (Fraction(-1, 100), 1, "0.0"),
        (Fraction(12345, 10), 1, "1,234.5"),
    ],
)
def test_numbers_have_thousands_marked_and_a_true_minus_sign(number: int | Fraction, places: int, printed: str) -> None:
    assert format_number(number, places) == printed


@pytest.mark.parametrize(
    ("figure", "printed"),
    [
        (Figure(291_371), "291,371"),
        (Figure(Fraction(511, 10), unit="percent"), "51.1%"),
        (Figure(24, unit="days"), "24.0 days"),
        (Figure(Fraction(69, 10), unit="appointments"), "6.9"),
        (Figure(Fraction(1156, 1000), unit="ratio"), "1.16"),
        (Figure(0), "0"),
    ],
)
def test_a_figure_is_printed_in_its_unit(figure: Figure, printed: str) -> None:
    assert format_figure(figure) == printed


def test_an_editor_may_ask_for_fewer_decimals() -> None:
    assert format_figure(Figure(Fraction(1829, 100), unit="percent"), 0) == "18%"


@pytest.mark.parametrize(
    ("status", "mark"),
    [(Status.SUPPRESSED, "[c]"), (Status.NOT_COLLECTED, "[x]"), (Status.NOT_APPLICABLE, "[z]")],
)
def test_a_figure_without_a_number_is_printed_as_its_mark(status: Status, mark: str) -> None:
    assert format_figure(Figure.missing(status, "percent"), 1) == mark


def test_small_numbers_are_words() -> None:
    assert [number_word(number) for number in (0, 1, 12, 13, 1_000, -1)] == [
        "none",
        "one",
        "twelve",
        "13",
        "1,000",
        "-1",
    ]


def test_only_one_is_singular() -> None:
    assert [plural(number, "year") for number in (0, 1, -1, 2, Fraction(1, 2))] == [
        "years",
        "year",
        "year",
        "years",
        "years",
    ]
    assert plural(2, "referral has", "referrals have") == "referrals have"


def test_words_are_joined_as_in_a_sentence() -> None:
    assert [join_words(words) for words in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]
    assert join_words(["a", "b"], "or") == "a or b"


def test_sentence_case_touches_the_first_letter_only() -> None:
    assert [sentence_case(words) for words in ("of NHS England", "", "x")] == ["Of NHS England", "", "X"]
