"""When a row of an area's figures is flagged, and the sentence that says so."""

from yearbook.comparison import (
    absent_years,
    finished_above_received,
    part_above_whole,
    rate_changed,
    received_changed,
)
from yearbook.years import FinancialYear

YEARS = [FinancialYear(start) for start in range(2017, 2022)]


def test_finishing_more_than_was_received_is_flagged() -> None:
    flag = finished_above_received(775, 500)  # Warwickshire North, 2020-21
    assert flag is not None
    assert flag.words == (
        "It finished 775 courses of treatment and received 500 referrals, which can hardly both be right."
    )
    assert finished_above_received(500, 500) is None


def test_a_change_of_more_than_half_in_referrals_received_is_flagged() -> None:
    rise, fall = received_changed(1510, 1000, YEARS[0]), received_changed(490, 1000, YEARS[0])
    assert rise is not None
    assert fall is not None
    assert rise.words == "The referrals it received rose by 51% from 2017-18, from 1,000 to 1,510."
    assert fall.words == "The referrals it received fell by 51% from 2017-18, from 1,000 to 490."
    assert received_changed(1500, 1000, YEARS[0]) is None
    assert received_changed(500, 1000, YEARS[0]) is None


def test_a_beginning_is_no_change() -> None:
    assert received_changed(500, 0, YEARS[0]) is None


def test_a_rate_that_moves_by_twenty_points_is_flagged() -> None:
    flag = rate_changed("recovery rate", 16, 50, FinancialYear(2020))  # BSW, 2021-22
    assert flag is not None
    assert flag.words == ("Its recovery rate fell from 50% in 2020-21 to 16%, further than services change in a year.")
    assert rate_changed("recovery rate", 50, 64, FinancialYear(2020)) is None  # Stoke on Trent, 2021-22
    assert rate_changed("recovery rate", 51, 70, FinancialYear(2020)) is None
    rise = rate_changed("recovery rate", 70, 50, FinancialYear(2020))
    assert rise is not None
    assert "rose from 50%" in rise.words


def test_a_part_above_its_whole_is_flagged_beyond_what_rounding_adds() -> None:
    flag = part_above_whole(310, "recovered", 300, "finished", slack=4)
    assert flag is not None
    assert flag.words == "Of its referrals 310 recovered but only 300 finished, which cannot both be right."
    assert part_above_whole(300, "recovered", 300, "finished") is None
    assert part_above_whole(304, "recovered", 300, "finished", slack=4) is None


def test_years_absent_between_two_present_are_flagged() -> None:
    flag = absent_years([YEARS[0], YEARS[2], YEARS[4]], YEARS)
    assert flag is not None
    assert flag.words == "It has no figures for 2018-19 and 2020-21."


def test_an_area_that_begins_or_ends_is_not_absent() -> None:
    assert absent_years(YEARS[1:4], YEARS) is None
    assert absent_years([], YEARS) is None


def test_each_flag_has_a_kind_of_its_own() -> None:
    flags = [
        finished_above_received(775, 500),
        received_changed(1510, 1000, YEARS[0]),
        rate_changed("recovery rate", 16, 50, YEARS[0]),
        part_above_whole(2, "recovered", 1, "finished"),
        absent_years([YEARS[0], YEARS[2]], YEARS),
    ]
    assert len({flag.kind for flag in flags if flag is not None}) == len(flags)
