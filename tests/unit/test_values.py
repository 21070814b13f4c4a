"""Figures and their statuses: what is hidden stays hidden."""

from fractions import Fraction

import pytest

from yearbook.values import Figure, Status, percentage, quotient, weakest

HIDDEN = Figure.missing(Status.SUPPRESSED)
LACKING = Figure.missing(Status.NOT_COLLECTED)
BESIDE = Figure.missing(Status.NOT_APPLICABLE)


def test_a_figure_without_a_number_needs_a_reason() -> None:
    with pytest.raises(ValueError, match="either a number or a reason"):
        Figure(None)


@pytest.mark.parametrize("status", [Status.SUPPRESSED, Status.NOT_COLLECTED, Status.NOT_APPLICABLE])
def test_a_figure_with_a_reason_has_no_number(status: Status) -> None:
    with pytest.raises(ValueError, match="either a number or a reason"):
        Figure(0, status)


def test_a_float_is_refused_because_it_is_not_exact() -> None:
    with pytest.raises(TypeError, match="not a float"):
        Figure(51.1)  # type: ignore[arg-type]


def test_asking_for_a_number_that_is_not_there_says_why() -> None:
    with pytest.raises(ValueError, match="hidden because"):
        _ = HIDDEN.exact
    assert not HIDDEN.known


def test_zero_is_a_number() -> None:
    assert Figure(0).known
    assert Figure(0).exact == 0


def test_sums_and_differences_are_exact() -> None:
    assert Figure(606_192) - Figure(36_054) == Figure(570_138)
    assert Figure(Fraction(1, 3), unit="percent") + Figure(Fraction(2, 3), unit="percent") == Figure(
        Fraction(1), unit="percent"
    )


def test_figures_of_different_units_are_not_added() -> None:
    with pytest.raises(ValueError, match="cannot add count and percent"):
        _ = Figure(1) + Figure(1, unit="percent")


@pytest.mark.parametrize("other", [Figure(5), LACKING, BESIDE, HIDDEN])
def test_a_suppressed_term_makes_sum_difference_and_rate_suppressed(other: Figure) -> None:
    for computed in (HIDDEN + other, other - HIDDEN, percentage(HIDDEN, other), percentage(other, HIDDEN)):
        assert computed.status is Status.SUPPRESSED


def test_a_term_not_collected_outweighs_one_that_does_not_apply() -> None:
    assert weakest(BESIDE, LACKING, Figure(1)) is Status.NOT_COLLECTED
    assert weakest(BESIDE, Figure(1)) is Status.NOT_APPLICABLE
    assert weakest(Figure(1), Figure(2)) is Status.PUBLISHED


def test_a_rate_is_unrounded() -> None:
    assert percentage(Figure(291_371), Figure(570_138)) == Figure(Fraction(29_137_100, 570_138), unit="percent")


def test_a_rate_of_nothing_does_not_apply() -> None:
    assert percentage(Figure(0), Figure(0)) == Figure.missing(Status.NOT_APPLICABLE, "percent")


def test_a_quotient_is_a_ratio() -> None:
    assert quotient(Figure(7), Figure(2)) == Figure(Fraction(7, 2), unit="ratio")
    assert quotient(Figure(7), HIDDEN) == Figure.missing(Status.SUPPRESSED, "ratio")
    assert quotient(Figure(7), Figure(0)) == Figure.missing(Status.NOT_APPLICABLE, "ratio")


def test_each_status_is_printed_as_its_own_mark_and_words() -> None:
    assert [status.value for status in Status] == ["", "[c]", "[x]", "[z]"]
    assert len({status.words for status in Status}) == len(Status)
