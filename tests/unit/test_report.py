"""What a report answers: values, bases, changes, standards, records and cohorts."""

from collections.abc import Callable
from fractions import Fraction

import pytest

from yearbook.archive import Archive
from yearbook.errors import UsageError
from yearbook.metrics import ENDED, FLOWS
from yearbook.organisations import Organisation
from yearbook.registers import SeriesBreak, Standard
from yearbook.releases import Breakdown, Release, Supplement
from yearbook.report import Report
from yearbook.values import Figure, Status
from yearbook.years import FinancialYear

YEAR, NEXT = FinancialYear(2018), FinancialYear(2019)
AREA = Organisation("ccg", "00Q")
IN_AREA = {"org_type": "ccg", "org_code": "00Q"}
COUNTS = {"referrals_received": 200, "finished_course_of_treatment": 100, "not_at_caseness": 20, "recovery": 40}

MakeRelease = Callable[..., Release]
MakeArchive = Callable[..., Archive]
MakeReport = Callable[..., Report]


@pytest.fixture
def make_report(make_release: MakeRelease, make_archive: MakeArchive) -> MakeReport:
    """Makes a report of England's total counts by year, with what else an archive may hold."""

    def make(years: dict[str, dict[str, object]], **more: object) -> Report:
        return Report(make_archive(*(make_release(year, row) for year, row in years.items()), **more))

    return make


def known(measure: str, number: int, basis: str, year: FinancialYear = YEAR) -> Supplement:
    return Supplement(year, measure, Figure(number), basis, f"the {basis}")


def rate(measure: str, number: Fraction, basis: str, places: int = 1) -> Supplement:
    return Supplement(YEAR, f"{measure}_percent", Figure(number, unit="percent"), basis, f"the {basis}", places=places)


def test_a_value_comes_with_its_working(make_report: MakeReport) -> None:
    working = make_report({"2018-19": COUNTS}).working("recovery_rate", YEAR)
    assert working.figure == Figure(Fraction(50), unit="percent")
    assert [operand.figure.number for operand in (*working.over, *working.under)] == [40, 100, 20]
    assert working.sources == ("The publisher, Report of 2018-19",)


def test_an_unknown_metric_is_refused_with_the_near_ones(make_report: MakeReport) -> None:
    with pytest.raises(UsageError, match=r'There is no metric "recovry_rate"\. Did you mean recovery_rate'):
        make_report({"2018-19": COUNTS}).figure("recovry_rate", YEAR)


def test_a_year_without_a_release_has_no_figures(make_report: MakeReport) -> None:
    assert make_report({"2018-19": COUNTS}).figure("recovery_rate", NEXT).status is Status.NOT_COLLECTED


def test_the_release_goes_before_the_supplement(make_report: MakeReport) -> None:
    report = make_report(
        {"2018-19": COUNTS}, supplement=[known("recovery", 41, "annual"), known("recovery", 42, "monthly_sum")]
    )
    assert (report.figure("recovery", YEAR).exact, report.working("recovery", YEAR).basis) == (40, "annual")


def test_a_post_may_be_joined_with_the_annual_counts_it_quotes(make_report: MakeReport) -> None:
    working = make_report({"2018-19": COUNTS}, supplement=[known("ended_referrals", 160, "post")]).working(
        "recovered_of_ended", YEAR
    )
    assert (working.figure.exact, working.basis) == (25, "post")
    assert working.sources == ("The publisher, Report of 2018-19", "the post")


@pytest.mark.parametrize("basis", ["press", "monthly_sum"])
def test_press_figures_and_monthly_sums_are_joined_with_nothing(make_report: MakeReport, basis: str) -> None:
    report = make_report({"2018-19": COUNTS}, supplement=[known("ended_referrals", 160, basis)])
    assert report.figure("ended_referrals", YEAR).exact == 160
    assert report.figure("recovered_of_ended", YEAR).status is Status.NOT_COLLECTED


def test_a_rate_a_post_quotes_keeps_its_decimals(make_report: MakeReport) -> None:
    report = make_report({"2018-19": COUNTS}, supplement=[rate("recovered_of_ended", Fraction(21), "post", 0)])
    working = report.working("recovered_of_ended", YEAR)
    assert (working.figure.exact, working.places, working.over) == (21, 0, ())


def test_an_area_prints_the_published_rate_before_one_of_rounded_counts(
    make_report: MakeReport, make_release: MakeRelease, make_archive: MakeArchive
) -> None:
    area = {**COUNTS, **IN_AREA, "recovery_percent": "51"}
    report = Report(make_archive(make_release("2018-19", {**COUNTS, "recovery_percent": "50.0"}, area)))
    assert report.figure("recovery_rate", YEAR, AREA).exact == 51
    assert report.working("recovery_rate", YEAR, AREA).places == 0
    assert report.figure("recovered_of_finished", YEAR, AREA).exact == 40


def test_a_rate_of_an_area_that_the_publisher_hid_is_not_computed(
    make_release: MakeRelease, make_archive: MakeArchive
) -> None:
    area = {**COUNTS, **IN_AREA, "recovery_percent": "*"}
    report = Report(make_archive(make_release("2018-19", COUNTS, area)))
    assert report.figure("recovery_rate", YEAR, AREA).status is Status.SUPPRESSED


@pytest.mark.parametrize(("finished", "status"), [(25, Status.SUPPRESSED), (30, Status.PUBLISHED)])
def test_our_own_rate_of_an_area_needs_a_base_of_thirty(
    make_release: MakeRelease, make_archive: MakeArchive, finished: int, status: Status
) -> None:
    area = {**COUNTS, **IN_AREA, "finished_course_of_treatment": finished, "recovery": 10}
    report = Report(make_archive(make_release("2018-19", COUNTS, area)))
    assert report.figure("recovered_of_finished", YEAR, AREA).status is status


def test_what_is_not_collected_is_not_called_hidden_on_a_small_base(
    make_release: MakeRelease, make_archive: MakeArchive
) -> None:
    area = {**COUNTS, **IN_AREA, "referrals_received": 20, "recovery": "x"}
    report = Report(make_archive(make_release("2018-19", COUNTS, area)))
    assert report.figure("recovered_of_received", YEAR, AREA).status is Status.NOT_COLLECTED


def test_a_wait_is_a_share_of_the_total_and_of_no_other_breakdown(
    make_release: MakeRelease, make_archive: MakeArchive
) -> None:
    wait = {
        "breakdown": "waiting_time",
        "category": "first treatment",
        "subcategory": "within 6 weeks",
        "finished_course_of_treatment": 87,
    }
    age = {"breakdown": "age", "category": "18 to 25", "finished_course_of_treatment": 50}
    report = Report(make_archive(make_release("2018-19", COUNTS, wait, age)))
    assert report.figure("first_treatment_within_6_weeks", YEAR).exact == 87
    of_age = report.figure("first_treatment_within_6_weeks", YEAR, breakdown=Breakdown("age", "18 to 25"))
    assert of_age.status is Status.NOT_COLLECTED


def test_a_breakdown_of_england_is_computed_from_its_own_row(
    make_release: MakeRelease, make_archive: MakeArchive
) -> None:
    age = {
        "breakdown": "age",
        "category": "18 to 25",
        "finished_course_of_treatment": 50,
        "not_at_caseness": 10,
        "recovery": 10,
    }
    report = Report(make_archive(make_release("2018-19", COUNTS, age)))
    assert report.figure("recovery_rate", YEAR, breakdown=Breakdown("age", "18 to 25")).exact == 25


def test_a_change_is_of_unrounded_values_in_points_and_in_per_cent(make_report: MakeReport) -> None:
    change = make_report({"2018-19": COUNTS, "2019-20": {**COUNTS, "recovery": 41}}).change("recovery_rate", NEXT)
    assert (change.difference, change.relative) == (Fraction(5, 4), Fraction(5, 2))
    assert (change.before.figure.exact, change.after.figure.exact) == (50, Fraction(205, 4))


def test_a_change_may_be_since_an_earlier_year(make_report: MakeReport) -> None:
    years = {"2017-18": {**COUNTS, "recovery": 20}, "2018-19": COUNTS, "2019-20": COUNTS}
    assert make_report(years).change("recovery", NEXT, FinancialYear(2017)).relative == 100


def test_a_change_from_nothing_has_no_percentage(make_report: MakeReport) -> None:
    change = make_report({"2018-19": {**COUNTS, "recovery": 0}, "2019-20": COUNTS}).change("recovery", NEXT)
    assert (change.difference, change.relative) == (40, None)


def test_a_change_with_a_hidden_year_is_not_known(make_report: MakeReport) -> None:
    report = make_report({"2018-19": {**COUNTS, "recovery": "*"}, "2019-20": COUNTS})
    assert (report.change("recovery", NEXT).difference, report.change("recovery", NEXT).relative) == (None, None)


def test_a_year_is_judged_by_the_standard_in_force_in_it(make_report: MakeReport) -> None:
    standard = Standard("recovery_rate", Fraction(50), NEXT, None, "half", "s")
    report = make_report({"2018-19": COUNTS, "2019-20": COUNTS}, standards=[standard])
    assert report.meets_standard("recovery_rate", YEAR) is None
    assert report.meets_standard("recovery_rate", NEXT) is True
    assert report.standard("recovered_of_received", NEXT) is None


@pytest.mark.parametrize(("recovery", "met"), [(4_996, True), (4_995, True), (4_994, False)])
def test_a_standard_is_met_by_the_value_as_it_is_printed(make_report: MakeReport, recovery: int, met: bool) -> None:
    counts = {**COUNTS, "finished_course_of_treatment": 10_000, "not_at_caseness": 0, "recovery": recovery}
    standard = Standard("recovery_rate", Fraction(50), YEAR, None, "half", "s")
    assert make_report({"2018-19": counts}, standards=[standard]).meets_standard("recovery_rate", YEAR) is met


def series(make_report: MakeReport, first: int, *recovered: int) -> Report:
    years = (FinancialYear(first + offset) for offset in range(len(recovered)))
    return make_report(
        {str(year): {**COUNTS, "recovery": number} for year, number in zip(years, recovered, strict=True)}
    )


def test_a_record_counts_the_years_it_beats(make_report: MakeReport) -> None:
    standing = series(make_report, 2014, 30, 44, 42, 40, 41, 39).standing("recovery", NEXT)
    assert standing is not None
    assert (standing.lowest_for, standing.highest_for, standing.years_known, standing.since) == (
        5,
        1,
        6,
        FinancialYear(2014),
    )


def test_an_equal_value_ends_a_record(make_report: MakeReport) -> None:
    standing = series(make_report, 2016, 40, 50, 45, 40).standing("recovery", NEXT)
    assert standing is not None
    assert standing.lowest_for == 3
    standing = series(make_report, 2016, 50, 40, 45, 50).standing("recovery", NEXT)
    assert standing is not None
    assert standing.highest_for == 3


def test_a_record_does_not_reach_over_a_missing_year_or_before_the_comparable_series(make_report: MakeReport) -> None:
    gap = series(make_report, 2017, 10, 20, 30)
    gap.archive.releases[YEAR].rows["recovery"] = "x"  # type: ignore[index]
    standing = gap.standing("recovery", NEXT)
    assert standing is not None
    assert (standing.years_known, standing.since) == (1, NEXT)
    early = series(make_report, 2012, 90, 50, 60)
    assert early.standing("recovery", FinancialYear(2012)) is None
    later = early.standing("recovery", FinancialYear(2014))
    assert later is not None
    assert (later.highest_for, later.since) == (2, FinancialYear(2013))


def test_breaks_are_those_after_the_first_year_that_touch_the_metric(make_report: MakeReport) -> None:
    breaks = [
        SeriesBreak(FinancialYear(start), kind, title, "w", "s", metrics)
        for start, kind, title, metrics in (
            (2018, "data set", "at the first year", ()),
            (2019, "data set", "within", ()),
            (2019, "data set", "of another metric", ("unscored",)),
            (2019, "area", "of the areas", ()),
            (2020, "data set", "after", ()),
        )
    ]
    report = make_report({"2018-19": COUNTS, "2019-20": COUNTS}, breaks=breaks)
    assert [found.title for found in report.breaks("recovery_rate", (NEXT, YEAR))] == ["within"]


ENDED_COUNTS = {"ended_referrals": 180, "ended_after_one_treatment": 60}


def test_the_ended_cohort_needs_every_stage_from_one_source(make_report: MakeReport) -> None:
    whole = [known(name, number, "post") for name, number in ENDED_COUNTS.items()]
    assert make_report({"2018-19": COUNTS}, supplement=whole).has_ended_cohort(YEAR)
    assert not make_report({"2018-19": COUNTS}, supplement=whole[:1]).has_ended_cohort(YEAR)
    split = [known("ended_referrals", 180, "press"), known("ended_after_one_treatment", 60, "post")]
    assert not make_report({"2018-19": COUNTS}, supplement=split).has_ended_cohort(YEAR)


def test_years_are_shown_in_the_ended_cohort_only_where_all_have_it(make_report: MakeReport) -> None:
    report = make_report({"2018-19": COUNTS, "2019-20": {**COUNTS, **ENDED_COUNTS}})
    assert report.cohort((NEXT,)) == ENDED
    assert report.cohort((YEAR, NEXT)) == FLOWS


def test_the_stages_of_a_journey_stand_on_one_basis(make_report: MakeReport) -> None:
    monthly = {**ENDED_COUNTS, **COUNTS, "finished_course_of_treatment": 101, "recovery": 42}
    supplement = [known(name, number, "monthly_sum") for name, number in monthly.items()]
    report = make_report({"2018-19": COUNTS}, supplement=supplement)
    assert [working.figure.exact for working in report.stages(ENDED, YEAR)] == [180, 161, 101, 81, 42]
    assert {working.basis for working in report.stages(ENDED, YEAR)} == {"monthly_sum"}
    assert report.figure("recovery", YEAR).exact == 40


def test_a_release_is_cited_by_publisher_and_title(make_report: MakeReport) -> None:
    report = make_report({"2018-19": COUNTS})
    assert (report.citation(YEAR), report.citation(NEXT)) == ("The publisher, Report of 2018-19", "")


def test_a_series_covers_the_years_asked_or_all(make_report: MakeReport) -> None:
    report = make_report({"2018-19": COUNTS, "2019-20": COUNTS})
    assert [year for year, _ in report.series("recovery")] == [YEAR, NEXT]
    assert [year for year, _ in report.series("recovery", (NEXT,))] == [NEXT]
    assert (report.years, report.latest) == ((YEAR, NEXT), NEXT)


def test_a_change_to_a_sum_of_monthly_releases_is_from_another(report: Report) -> None:
    change = report.change("completion_rate", FinancialYear.parse("2022-23"))
    assert (change.before.basis, change.after.basis) == ("monthly_sum", "monthly_sum")
    assert report.working("completion_rate", FinancialYear.parse("2021-22")).basis == "post"


def test_there_is_no_change_where_only_one_year_has_a_sum_of_monthly_releases(report: Report) -> None:
    change = report.change("completion_rate", FinancialYear.parse("2023-24"), FinancialYear.parse("2019-20"))
    assert change.difference is None


def test_a_gap_never_begins_a_series(report: Report) -> None:
    for metric in ("completion_rate", "recovered_of_ended"):
        standing = report.standing(metric, FinancialYear.parse("2023-24"))
        assert standing is not None
        assert (standing.since, standing.whole) != (FinancialYear.parse("2013-14"), True)
        assert not standing.whole, "2015-16 is known, so no later gap is where figures begin"


def test_a_sum_of_monthly_releases_is_no_record_against_annual_figures(report: Report) -> None:
    standing = report.standing("completion_rate", FinancialYear.parse("2022-23"))
    assert standing is not None
    assert standing.years_known == 1
