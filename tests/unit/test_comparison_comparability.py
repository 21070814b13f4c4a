"""Which spreads compare, and what is said of those that do not."""

from dataclasses import dataclass

import pytest

from yearbook.comparison import IncomparableError, SpreadOf, compare_spreads, spread
from yearbook.errors import YearbookError
from yearbook.registers import SeriesBreak
from yearbook.years import FinancialYear

WIDE, NARROW = [30.0, 40, 50, 60], [40.0, 45, 50, 60]


@dataclass(frozen=True)
class Breach:
    year: FinancialYear
    kind: str
    title: str


def spread_of(org_type: str, areas: str, start: int, values: list[float], times: int = 1) -> SpreadOf:
    return SpreadOf(org_type, areas, FinancialYear(start), spread(values * times))


def ccgs(start: int, values: list[float] = WIDE, times: int = 1) -> SpreadOf:
    return spread_of("ccg", "CCGs", start, values, times)


def test_other_kinds_of_area_do_not_compare_and_the_message_says_why() -> None:
    first = spread_of("ccg", "CCGs", 2018, [50.0], times=195)
    with pytest.raises(IncomparableError) as caught:
        compare_spreads(first, spread_of("icb", "ICBs", 2022, [50.0], times=42))
    assert str(caught.value) == (
        "A spread of 195 CCGs cannot be compared with one of 42 ICBs: bigger areas average out differences, "
        "so their range is narrower whatever happens."
    )
    assert isinstance(caught.value, YearbookError)


@pytest.mark.parametrize("kind", ["definition", "area"])
def test_a_break_between_forbids_the_comparison(kind: str) -> None:
    breach = Breach(FinancialYear(2020), kind, "New areas")
    with pytest.raises(IncomparableError, match=r"the series breaks in 2020-21 \(New areas\)"):
        compare_spreads(ccgs(2019), ccgs(2021), [breach])
    with pytest.raises(IncomparableError, match="2020-21"):
        compare_spreads(ccgs(2021), ccgs(2019), [breach])
    with pytest.raises(IncomparableError, match="2020-21"):
        compare_spreads(ccgs(2019), ccgs(2020), [breach])


def test_a_break_outside_the_years_does_not_matter() -> None:
    breaches = [Breach(FinancialYear(start), "definition", "Other") for start in (2019, 2022)]
    assert compare_spreads(ccgs(2019), ccgs(2021), breaches).care == ()


def test_a_change_of_data_set_is_told() -> None:
    found = SeriesBreak(FinancialYear(2020), "data set", "Data set version 2.0", "why", "source")
    assert compare_spreads(ccgs(2019), ccgs(2020), [found]).care == (
        "The data set changed in 2020-21 (Data set version 2.0).",
    )


def test_a_change_goes_from_the_earlier_to_the_later_year() -> None:
    change = compare_spreads(ccgs(2020, NARROW), ccgs(2019, WIDE))
    assert (str(change.earlier.year), str(change.later.year)) == ("2019-20", "2020-21")
    assert change.best_to_worst == pytest.approx(1.5 - 2)
    assert change.p90_to_p10 == pytest.approx(57 / 41.5 - 57 / 33)


def test_merged_areas_are_told() -> None:
    change = compare_spreads(ccgs(2019, times=3), ccgs(2020, times=2))
    assert change.care == (
        "There were 12 CCGs in 2019-20 and 8 in 2020-21, and fewer, bigger areas lie closer together whatever happens.",
    )


def test_a_spread_without_a_ratio_has_no_change() -> None:
    change = compare_spreads(ccgs(2019, [0.0, 0, 0, 1]), ccgs(2020))
    assert (change.best_to_worst, change.p90_to_p10) == (None, None)
