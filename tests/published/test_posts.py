"""What the five blog posts say that the data can bear out, in our own words.

Each figure is asked of the report as an editor would ask for it, so these are also the figures of the
reports on 2017-18, 2019-20, 2020-21 and 2021-22. Left out: what rests on figures that no source here
holds (single appointments in 2020-21, costs, research on natural recovery), and opinion.
"""

from fractions import Fraction

import pytest

from yearbook.archive import Archive
from yearbook.formatting import round_half_up
from yearbook.organisations import Organisation
from yearbook.report import Report
from yearbook.wording import change_words, standing_words
from yearbook.years import FinancialYear

# What is claimed, the year, the metric, the decimals the post gives, and the figure.
FIGURES = (
    # The post on 2019-20.
    ("new referrals received", "2019-20", "referrals_received", None, "1,694,790"),
    ("referrals that ended", "2019-20", "ended_referrals", None, "1,647,716"),
    ("ended without being seen", "2019-20", "ended_not_seen", None, "521,312"),
    ("the same, of those that ended", "2019-20", "not_seen_of_ended", None, "31.6%"),
    ("the same, as the post rounds it", "2019-20", "not_seen_of_ended", 0, "32%"),
    ("were seen", "2019-20", "ended_seen", None, "1,126,404"),
    ("seen but not treated", "2019-20", "ended_seen_not_treated", None, "30,665"),
    ("one treatment appointment only", "2019-20", "ended_after_one_treatment", None, "489,547"),
    ("finished a course", "2019-20", "finished_course_of_treatment", None, "606,192"),
    ("entered treatment, counted when they leave", "2019-20", "ended_after_treatment", None, "1,095,739"),
    ("completion", "2019-20", "completion_rate", None, "55.3%"),
    ("one appointment only, of those treated", "2019-20", "one_treatment_rate", None, "44.7%"),
    ("counted for recovery", "2019-20", "eligible_for_recovery", None, "570,138"),
    ("the same, of those who finished", "2019-20", "eligible_of_finished", None, "94.1%"),
    ("the same, as the post rounds it", "2019-20", "eligible_of_finished", 0, "94%"),
    ("moved to recovery", "2019-20", "recovery", None, "291,371"),
    ("recovery rate", "2019-20", "recovery_rate", None, "51.1%"),
    ("recovered, of those who entered treatment", "2019-20", "recovered_of_treated", None, "26.6%"),
    ("recovery rate four years before", "2015-16", "recovery_rate", None, "46.3%"),
    ("recovery rate at its height", "2018-19", "recovery_rate", None, "52.1%"),
    ("completion four years before", "2015-16", "completion_rate", None, "62.5%"),
    # The post on 2017-18, which counts in-year flows.
    ("referrals received", "2017-18", "referrals_received", None, "1,439,957"),
    ("referrals received the year before", "2016-17", "referrals_received", None, "1,385,664"),
    ("people referred the year before", "2016-17", "people_referred", None, "1,198,952"),
    ("recovery rate", "2017-18", "recovery_rate", None, "50.8%"),
    ("recovery rate, rounded", "2017-18", "recovery_rate", 0, "51%"),
    ("no recovery, of those at caseness", "2017-18", "not_recovered_rate", 0, "49%"),
    ("recovery rate the year before", "2016-17", "recovery_rate", None, "49.3%"),
    ("first treatment within six weeks", "2017-18", "first_treatment_within_6_weeks", None, "89.1%"),
    ("first treatment within 18 weeks", "2017-18", "first_treatment_within_18_weeks", None, "98.8%"),
    ("entered, of received", "2017-18", "entered_of_received", 0, "70%"),
    ("never entered, of received", "2017-18", "not_entered_of_received", 0, "30%"),
    ("finished, of received", "2017-18", "finished_of_received", 0, "39%"),
    ("finished, of received, the year before", "2016-17", "finished_of_received", 0, "41%"),
    ("recovered, of received", "2017-18", "recovered_of_received", 0, "18%"),
    ("finished, of entered", "2017-18", "finished_of_entered", 0, "55%"),
    ("did not finish, of entered", "2017-18", "not_finished_of_entered", 0, "45%"),
    ("recovered, of entered", "2017-18", "recovered_of_entered", 0, "26%"),
    ("counted for recovery, of finished", "2017-18", "eligible_of_finished", 0, "93%"),
    ("the same the year before", "2016-17", "eligible_of_finished", 0, "93%"),
    ("recovered, of finished", "2017-18", "recovered_of_finished", 0, "47%"),
    ("without recovery, of finished", "2017-18", "not_recovered_of_finished", 0, "53%"),
    # The posts on 2020-21 and 2021-22.
    ("recovery rate", "2020-21", "recovery_rate", None, "51.4%"),
    ("recovered, of ended", "2020-21", "recovered_of_ended", None, "21%"),
    ("recovered, of those who started treatment", "2020-21", "recovered_of_treated", None, "29.9%"),
    ("recovery rate as published", "2021-22", "recovery_rate", None, "50.2%"),
    ("recovery by the count at caseness, the post's own sum", "2021-22", "recovered_of_at_caseness", None, "50.3%"),
    ("completion as published", "2021-22", "completion_rate", None, "57.7%"),
    # The first comparable year.
    ("recovery rate", "2013-14", "recovery_rate", None, "45.0%"),
)

# What changed: the year, the metric, the kind, and the words.
CHANGES = (
    ("2019-20", "ended_referrals", "", "up 10.2%"),
    ("2019-20", "recovery_rate", "", "down 1.0 percentage points"),
    ("2017-18", "referrals_received", "count", "up 54,293"),
    ("2017-18", "recovery_rate", "", "up 1.5 percentage points"),
    ("2020-21", "referrals_received", "", "down 14.1%"),
    ("2020-21", "finished_course_of_treatment", "", "up 4.7%"),
    ("2021-22", "recovery_rate", "", "down 1.2 percentage points"),
)

# Where a post's figure is not what the data give, and what they give.
NOT_BORNE_OUT = (
    ("finishing, of entered, fell by 4%", "2017-18", "finished_of_entered", "down 3.8 percentage points"),
    ("recovery, of finished, rose by 1%", "2017-18", "recovered_of_finished", "up 1.8 percentage points"),
    ("recovery rose by 1.5% in 2016-17", "2016-17", "recovery_rate", "up 3.1 percentage points"),
)


def year_of(text: str) -> FinancialYear:
    return FinancialYear.parse(text)


@pytest.mark.parametrize(("claim", "year", "metric", "places", "figure"), FIGURES)
def test_a_figure_of_a_post_is_the_one_the_report_prints(
    report: Report, claim: str, year: str, metric: str, places: int | None, figure: str
) -> None:
    working = report.working(metric, year_of(year))
    assert working.text(places) == figure, claim


@pytest.mark.parametrize(("year", "metric", "kind", "words"), CHANGES)
def test_a_change_of_a_post_is_the_one_the_report_says(
    report: Report, year: str, metric: str, kind: str, words: str
) -> None:
    assert change_words(metric, report.change(metric, year_of(year)), kind) == words


@pytest.mark.parametrize(("claim", "year", "metric", "words"), NOT_BORNE_OUT)
def test_a_change_that_a_post_misstates_is_said_as_it_was(
    report: Report, claim: str, year: str, metric: str, words: str
) -> None:
    assert change_words(metric, report.change(metric, year_of(year))) == words, claim


def test_2017_18_was_the_first_year_at_or_above_half(report: Report) -> None:
    standard = Fraction(50)
    reached = [year for year, working in report.series("recovery_rate") if working.figure.exact >= standard]
    assert reached[0] == year_of("2017-18")
    assert report.meets_standard("recovery_rate", year_of("2016-17")) is False
    assert report.meets_standard("recovery_rate", year_of("2017-18")) is True
    assert standing_words(report.standing("recovery_rate", year_of("2017-18"))) == (
        "the highest since the comparable series began in 2013-14"
    )


def test_2017_18_met_both_waiting_standards_and_had_the_shortest_waits_known(report: Report) -> None:
    year = year_of("2017-18")
    for metric, level in (("first_treatment_within_6_weeks", 75), ("first_treatment_within_18_weeks", 95)):
        standard = report.standard(metric, year)
        assert standard is not None
        assert standard.level == level
        assert report.meets_standard(metric, year) is True
        earlier = [
            working.figure.exact for found, working in report.series(metric) if found < year and working.figure.known
        ]
        assert report.figure(metric, year).exact > max(earlier)


def test_the_recovery_rate_rose_every_year_from_2015_16_to_2018_19(report: Report) -> None:
    years = [FinancialYear(start) for start in range(2015, 2019)]
    values = [report.figure("recovery_rate", year).exact for year in years]
    assert values == sorted(set(values))


def test_entering_of_received_stayed_much_the_same_for_three_years(report: Report) -> None:
    values = [report.figure("entered_of_received", FinancialYear(start)).exact for start in (2015, 2016, 2017)]
    assert max(values) - min(values) < 2


def test_2021_22_was_the_lowest_recovery_rate_for_five_years(report: Report) -> None:
    assert standing_words(report.standing("recovery_rate", year_of("2021-22"))) == "the lowest for five years"


def test_why_50_2_and_50_3_are_both_right(report: Report) -> None:
    year = year_of("2021-22")
    numbers = {name: report.figure(name, year).exact for name in ("recovery", "eligible_for_recovery", "at_caseness")}
    assert numbers == {"recovery": 313_919, "eligible_for_recovery": 625_919, "at_caseness": 624_193}
    assert str(round_half_up(Fraction(31_391_900, 625_919), 1)) == "50.2"
    assert str(round_half_up(Fraction(31_391_900, 624_193), 1)) == "50.3"


def test_recovery_of_those_treated_fell_by_more_than_two_and_a_half_points_in_2021_22(report: Report) -> None:
    change = report.change("recovered_of_treated", year_of("2021-22"))
    assert change.after.figure.exact - report.figure("recovered_of_treated", year_of("2020-21")).exact < Fraction(-5, 2)
    # One is quoted from the annual publication and the other a monthly sum, so the site gives no change.
    assert change.difference is None


BRIGHTON, STOKE = Organisation("ccg", "09D"), Organisation("ccg", "05W")


def rates_of_ccgs(report: Report, archive: Archive, year: FinancialYear) -> dict[str, Fraction]:
    named = [found for found in archive.organisations.values() if found.org_type == "ccg" and found.kind == "area"]
    figures = {found.code: report.figure("recovery_rate", year, found) for found in named}
    return {code: Fraction(figure.exact) for code, figure in figures.items() if figure.known}


def test_in_2020_21_brighton_had_the_lowest_recovery_rate_and_stoke_the_highest(
    report: Report, archive: Archive
) -> None:
    year = year_of("2020-21")
    assert archive.organisations[BRIGHTON.key].name == "NHS Brighton and Hove CCG"
    assert archive.organisations[STOKE.key].name == "NHS Stoke on Trent CCG"
    rates = rates_of_ccgs(report, archive, year)
    assert len(rates) == 135
    assert [code for code, rate in rates.items() if rate == min(rates.values())] == [BRIGHTON.code]
    assert [code for code, rate in rates.items() if rate == max(rates.values())] == [STOKE.code]
    assert (rates[BRIGHTON.code], rates[STOKE.code]) == (34, 64)


def test_their_distance_is_thirty_points_and_nearly_a_factor_of_two(report: Report, archive: Archive) -> None:
    year = year_of("2020-21")
    rates = rates_of_ccgs(report, archive, year)
    england = report.figure("recovery_rate", year).exact
    assert rates[STOKE.code] - rates[BRIGHTON.code] == 30
    assert round_half_up(england - rates[BRIGHTON.code]) == 17
    assert Fraction(175, 100) < rates[STOKE.code] / rates[BRIGHTON.code] < 2


def test_about_one_in_ten_referrals_to_brighton_recovered(report: Report) -> None:
    # The post says of ended; the sources hold areas' referrals received, not ended.
    working = report.working("recovered_of_received", year_of("2020-21"), BRIGHTON)
    assert working.text(0) == "11%"


def test_in_2017_18_the_best_area_had_about_double_the_rate_of_the_poorest(report: Report, archive: Archive) -> None:
    rates = rates_of_ccgs(report, archive, year_of("2017-18"))
    assert Fraction(19, 10) <= max(rates.values()) / min(rates.values()) <= Fraction(21, 10)
