"""Outcomes beside those expected from the deciles of deprivation."""

import pytest

from yearbook.comparison import Group, denominator_of, standardised_ratio
from yearbook.values import Figure, Status

HIDDEN = Figure.missing(Status.SUPPRESSED)


def test_observed_outcomes_are_divided_by_those_expected_at_englands_rates() -> None:
    found = standardised_ratio([Group(60, 100, 0.4), Group(120, 200, 0.6)])
    assert found is not None
    assert (found.observed, found.expected, found.denominator, found.hidden_share) == (180, 160, 300, 0)
    assert found.ratio == 1.125
    assert found.expected_rate == pytest.approx(160 / 300)


def test_an_area_that_does_as_england_in_each_group_has_a_ratio_of_1() -> None:
    found = standardised_ratio([Group(40, 100, 0.4), Group(120, 200, 0.6)])
    assert found is not None
    assert found.ratio == 1


def test_a_group_with_a_hidden_count_is_left_out_on_both_sides() -> None:
    whole = [Group(60, 100, 0.4), Group(120, 200, 0.6)]
    found = standardised_ratio([*whole, Group(None, 5, 0.5), Group(None, None, 0.5)])
    assert found is not None
    assert (found.observed, found.expected) == (180, 160)
    assert found.hidden_share == pytest.approx(9 / 309)


def test_too_much_hidden_leaves_no_ratio() -> None:
    whole = [Group(60, 100, 0.4), Group(45, 90, 0.6)]
    assert standardised_ratio([*whole, Group(None, 10, 0.5)]) is not None  # exactly 5%
    assert standardised_ratio([*whole, Group(None, 11, 0.5)]) is None
    assert standardised_ratio([Group(10, 20, 0.5), Group(None, None, 0.5)]) is None


def test_nothing_expected_leaves_no_ratio() -> None:
    assert standardised_ratio([]) is None
    assert standardised_ratio([Group(None, None, 0.5)]) is None
    assert standardised_ratio([Group(0, 100, 0.0)]) is None


def test_a_rate_in_per_cent_is_refused() -> None:
    with pytest.raises(ValueError, match="proportion from 0 to 1"):
        standardised_ratio([Group(60, 100, 40.0)])


@pytest.mark.parametrize(
    ("finished", "taken_away", "expected"),
    [
        (Figure(240), Figure(10), 230),
        (Figure(240), HIDDEN, 238),
        (Figure(5), Figure(10), 0),
        (HIDDEN, Figure(10), None),
        (Figure(240), Figure.missing(Status.NOT_COLLECTED), None),
    ],
)
def test_a_hidden_count_taken_away_goes_in_at_the_middle(
    finished: Figure, taken_away: Figure, expected: int | None
) -> None:
    assert denominator_of(finished, taken_away) == expected
