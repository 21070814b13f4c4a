"""Better, similar and worse, as Fingertips has it."""

import pytest

from yearbook.comparison import Interval, Verdict, verdict

# Fingertips, test of SingleOverlappingCIsForTwoCILevelsComparer: a value of 2.6.
WITHIN_95, WITHIN_998 = Interval(2.5, 2.7), Interval(2.3, 2.9)
TIERS = ((3.0, Verdict.WORST), (2.8, Verdict.WORSE), (2.6, Verdict.SIMILAR), (2.4, Verdict.BETTER), (2.2, Verdict.BEST))
MIRROR = {
    Verdict.BEST: Verdict.WORST,
    Verdict.BETTER: Verdict.WORSE,
    Verdict.SIMILAR: Verdict.SIMILAR,
    Verdict.WORSE: Verdict.BETTER,
    Verdict.WORST: Verdict.BEST,
}
UNDIRECTED = {
    Verdict.BEST: Verdict.CLEARLY_HIGHER,
    Verdict.BETTER: Verdict.HIGHER,
    Verdict.SIMILAR: Verdict.SIMILAR,
    Verdict.WORSE: Verdict.LOWER,
    Verdict.WORST: Verdict.CLEARLY_LOWER,
}


@pytest.mark.parametrize(("benchmark", "expected"), TIERS)
def test_verdicts_are_those_of_fingertips_where_high_is_good(benchmark: float, expected: Verdict) -> None:
    assert verdict(benchmark, WITHIN_95, WITHIN_998, "higher") is expected


@pytest.mark.parametrize(("benchmark", "expected"), TIERS)
def test_verdicts_turn_round_where_low_is_good(benchmark: float, expected: Verdict) -> None:
    assert verdict(benchmark, WITHIN_95, WITHIN_998, "lower") is MIRROR[expected]


@pytest.mark.parametrize(("benchmark", "expected"), TIERS)
def test_without_a_direction_an_area_is_only_higher_or_lower(benchmark: float, expected: Verdict) -> None:
    assert verdict(benchmark, WITHIN_95, WITHIN_998, "") is UNDIRECTED[expected]


@pytest.mark.parametrize(
    ("benchmark", "expected"),
    [(2.5, Verdict.SIMILAR), (2.7, Verdict.SIMILAR), (2.3, Verdict.BETTER), (2.9, Verdict.WORSE)],
)
def test_a_benchmark_on_an_end_is_inside(benchmark: float, expected: Verdict) -> None:
    assert verdict(benchmark, WITHIN_95, WITHIN_998, "higher") is expected


def test_only_the_outer_tier_makes_a_headline_and_is_called_clear() -> None:
    clear = {each for each in Verdict if each.is_clear}
    assert clear == {Verdict.BEST, Verdict.WORST, Verdict.CLEARLY_HIGHER, Verdict.CLEARLY_LOWER}
    assert {each for each in Verdict if "clearly" in each.words} == clear
    assert [Verdict.BEST.words, Verdict.BETTER.words, Verdict.LOWER.words] == ["clearly better", "better", "lower"]


def test_an_unknown_direction_is_refused() -> None:
    with pytest.raises(ValueError, match="no direction"):
        verdict(2.6, WITHIN_95, WITHIN_998, "up")


def test_intervals_the_wrong_way_round_are_refused() -> None:
    with pytest.raises(ValueError, match="must hold"):
        verdict(2.6, WITHIN_998, WITHIN_95, "higher")
