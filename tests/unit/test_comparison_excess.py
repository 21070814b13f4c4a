"""How many more recoveries a better rate would have meant, and the sizes from which areas are compared."""

import pytest

from yearbook import report
from yearbook.comparison import NAMED_FROM, RANKED_FROM, SMALLEST_SHOWN, people_to_match


def test_what_a_better_rate_would_have_added_is_rounded_to_5() -> None:
    assert people_to_match(930, 2735, 0.5) == 440  # 437.5 lies half way and goes up
    assert people_to_match(930, 2735, 0.4999) == 435  # 437.2
    assert people_to_match(0, 100, 1.0) == 100


def test_an_area_at_or_above_the_target_adds_none() -> None:
    assert people_to_match(1450, 2280, 0.56) == 0
    assert people_to_match(50, 100, 0.5) == 0


@pytest.mark.parametrize(("over", "under", "target"), [(5, 10, 1.2), (5, 10, -0.1), (-5, 10, 0.5), (5, -10, 0.5)])
def test_what_is_no_rate_is_refused(over: int, under: int, target: float) -> None:
    with pytest.raises(ValueError, match=r"proportion|no counts"):
        people_to_match(over, under, target)


def test_sizes_are_those_of_the_methods() -> None:
    assert (SMALLEST_SHOWN, RANKED_FROM, NAMED_FROM) == (30, 100, 500)
    assert report.SMALLEST_BASE == SMALLEST_SHOWN
