"""The real data against the publisher's own percentages, every year, level and breakdown."""

from collections.abc import Mapping
from fractions import Fraction

import pytest

from yearbook.archive import Archive
from yearbook.formatting import round_half_up
from yearbook.organisations import ENGLAND
from yearbook.reconcile import PUBLISHED_RATES, Level, reconcile_release
from yearbook.report import Report
from yearbook.years import FinancialYear

# England's percentages that each release holds: five a row, where a row has outcomes. None may be lost.
ENGLAND_PERCENTAGES = {
    "2012-13": 0,
    "2013-14": 5,
    "2014-15": 265,
    "2015-16": 330,
    "2016-17": 335,
    "2017-18": 365,
    "2018-19": 415,
    "2019-20": 415,
    "2020-21": 535,
    "2021-22": 540,
    "2022-23": 555,
    "2023-24": 555,
}
YEARS = tuple(ENGLAND_PERCENTAGES)


@pytest.fixture(scope="module")
def levels(archive: Archive) -> Mapping[tuple[str, str], Level]:
    """Every level of the real data by year and kind of organisation."""
    found = (level for year in archive.years for level in reconcile_release(archive.releases[year]))
    return {(str(level.year), level.org_type): level for level in found}


@pytest.mark.parametrize("year", YEARS)
def test_every_percentage_of_england_is_reproduced_to_the_digit(
    levels: Mapping[tuple[str, str], Level], year: str
) -> None:
    level = levels[year, "england"]
    assert level.misses == ()
    assert level.percentages == level.checked == level.agree == level.same == ENGLAND_PERCENTAGES[year]


def test_every_percentage_of_an_area_or_provider_lies_within_its_bounds(
    levels: Mapping[tuple[str, str], Level],
) -> None:
    for (year, org_type), level in levels.items():
        if org_type != "england":
            assert level.misses == (), (year, org_type)
            assert level.percentages == level.checked == level.agree > 1_000, (year, org_type)


def test_no_percentage_of_any_year_is_missed_or_left_out(levels: Mapping[tuple[str, str], Level]) -> None:
    # Years that are added after this table was written too.
    for key, level in levels.items():
        assert level.misses == (), key
        assert level.percentages == level.checked == level.agree, key


def test_the_levels_of_a_year_are_those_the_publisher_reports(levels: Mapping[tuple[str, str], Level]) -> None:
    below = {year: {org_type for found, org_type in levels if found == year} - {"england"} for year in YEARS}
    ccg_years = {"region", "stp", "ccg", "provider"}
    for year in YEARS:
        if year < "2017-18":
            assert below[year] == set(), year
        elif year < "2022-23":
            assert below[year] == ccg_years, year
        else:
            assert below[year] == {"region", "icb", "provider"}, year


def test_the_counts_alone_would_not_print_an_areas_percentage(levels: Mapping[tuple[str, str], Level]) -> None:
    # Why bounds and not equality: the publisher computes from counts that we see rounded.
    level = levels["2020-21", "ccg"]
    assert level.same < level.agree


def test_the_report_prints_englands_five_rates_as_published(report: Report, archive: Archive) -> None:
    for year in archive.years:
        release = archive.releases[year]
        for metric in PUBLISHED_RATES:
            published = release.figure(metric.published)
            if published.known:
                ours = report.figure(metric.name, year)
                assert Fraction(round_half_up(ours.exact, 1)) == published.exact, (year, metric.name)


def test_the_year_before_the_series_is_all_counts(archive: Archive) -> None:
    release = archive.releases[FinancialYear(2012)]
    assert not any(metric.published in release.measures for metric in PUBLISHED_RATES)


def test_rounding_half_to_even_would_get_published_recovery_rates_wrong(archive: Archive) -> None:
    # The reason round() is not used: Python's rule gives another digit for at least one published rate.
    wrong = 0
    for year in archive.years:
        release = archive.releases[year]
        for breakdown in release.breakdowns(ENGLAND.key):
            published = release.figure("recovery_percent", ENGLAND.key, breakdown)
            counts = [
                release.figure(name, ENGLAND.key, breakdown)
                for name in ("recovery", "finished_course_of_treatment", "not_at_caseness")
            ]
            if published.known and all(count.known for count in counts):
                recovery, finished, not_at_caseness = (count.exact for count in counts)
                if finished != not_at_caseness:
                    wrong += round(Fraction(100 * recovery, finished - not_at_caseness), 1) != published.exact
    assert wrong >= 1
