"""What is news in a year: the parts of its value, and the findings of small archives."""

from collections.abc import Callable, Sequence
from fractions import Fraction

import pytest

from yearbook.archive import Archive
from yearbook.areas import Areas
from yearbook.findings import NewsValue, crossing, find_news, gap_change, moves, run_before, usual_change
from yearbook.findings.groups import Pair
from yearbook.findings.news import MISSED, RECORD, record_weight
from yearbook.groups import LEAST_DEPRIVED, MOST_DEPRIVED
from yearbook.peers import Comparisons
from yearbook.registers import SeriesBreak, Standard
from yearbook.report import Report
from yearbook.years import FinancialYear

DEPRIVATION = Pair("deprivation", LEAST_DEPRIVED, MOST_DEPRIVED, "the least and the most deprived tenths")
HALF = Standard("recovery_rate", Fraction(50), FinancialYear(2015), None, "at least 50%", "a page")


def row(rate: float, received: int = 300_000, **more: object) -> dict[str, object]:
    """England's row with that recovery rate of a hundred thousand counted."""
    counts = {"referrals_received": received, "finished_course_of_treatment": 110_000, "not_at_caseness": 10_000}
    return {**counts, "recovery": round(rate * 1000), **more}


@pytest.fixture
def make_series(make_archive: Callable[..., Archive], make_release: Callable[..., object]) -> Callable[..., Report]:
    """Makes the report of an archive with a recovery rate for each year from 2014-15 on."""

    def make(*rates: float, standards: Sequence[Standard] = (), breaks: Sequence[SeriesBreak] = ()) -> Report:
        releases = [make_release(str(FinancialYear(2014 + at)), row(rate)) for at, rate in enumerate(rates)]
        return Report(make_archive(*releases, standards=standards, breaks=breaks))

    return make


def test_a_size_is_the_change_in_usual_changes_and_counts_up_to_four() -> None:
    assert NewsValue(Fraction(3), Fraction(2)).value == 1.5
    assert NewsValue(Fraction(-3), Fraction(2)).value == 1.5
    assert NewsValue(Fraction(90), Fraction(1)).value == 4
    assert NewsValue().value == 0


def test_weights_are_added_and_named() -> None:
    news = NewsValue(Fraction(1), Fraction(2), (MISSED, RECORD))
    assert news.value == 5.5
    assert news.why() == (
        "5.5 = 0.5 (the change, in usual changes) + 3 (standard missed after it was met) "
        "+ 2 (record since the series began)"
    )


def test_the_usual_change_is_the_median_but_no_less_than_the_floor() -> None:
    assert usual_change([Fraction(1), Fraction(-3), Fraction(2)], "percent") == 2
    assert usual_change([Fraction(1, 10)] * 5, "percent") == Fraction(1, 2)
    assert usual_change([Fraction(9)] * 2, "percent") == 1, "two changes say nothing of what is usual"
    assert usual_change([], "count") == 6


def test_a_record_weighs_by_its_window() -> None:
    assert record_weight(2, True) == ()
    assert [record_weight(run, False)[0][1] for run in (3, 4, 5, 9)] == [Fraction(1, 2), Fraction(1, 2), 1, 1]
    assert record_weight(3, True)[0][1] == 2


@pytest.mark.parametrize(
    ("rates", "expected"),
    [
        ((49, 51), "begins"),
        ((49, 49, 51), "first"),
        ((49, 51, 49), "missed"),
        ((49, 51, 49, 51), "again"),
        ((49, 51, 52), ""),
        ((49, 48, 49), "never"),
    ],
)
def test_a_standard_is_crossed_only_between_years_that_it_judges(
    rates: tuple[float, ...], expected: str, make_series: Callable[..., Report]
) -> None:
    report = make_series(*rates, standards=[HALF])
    assert crossing(report, "recovery_rate", report.latest) == expected


def test_a_turn_counts_the_years_before_it(make_series: Callable[..., Report]) -> None:
    assert run_before(make_series(45, 46, 47, 45), "recovery_rate", FinancialYear(2017)) == 2
    assert run_before(make_series(45, 46, 47, 48), "recovery_rate", FinancialYear(2017)) == 0
    assert run_before(make_series(45, 46, 47, 46.8), "recovery_rate", FinancialYear(2017)) == 0, "hardly a turn"


def test_the_greatest_news_comes_first_and_says_why(make_comparisons: Callable[..., Comparisons]) -> None:
    years = {str(FinancialYear(2014 + at)): [row(rate)] for at, rate in enumerate((49, 49.2, 51))}
    found = find_news(make_comparisons(years, england=None, standards=[HALF]), FinancialYear(2016))
    assert found[0].metric == "recovery_rate"
    assert found[0].kind == "standard"
    assert "standard met for the first time" in found[0].news.why()
    assert "the highest since figures begin in 2014-15" in found[0].words
    assert [one.news.value for one in found] == sorted((one.news.value for one in found), reverse=True)


def test_nothing_is_compared_across_a_change_of_definition(make_series: Callable[..., Report]) -> None:
    broken = SeriesBreak(FinancialYear(2015), "definition", "new", "counted anew", "a page")
    report = make_series(45, 55, breaks=[broken])
    found = find_news(comparisons_of(report), FinancialYear(2015))
    assert [one.change for one in found if one.metric == "recovery_rate"] == [None]
    assert [one.words for one in found if one.kind == "break"] == ["new: counted anew"]


def comparisons_of(report: Report) -> Comparisons:
    return Comparisons(report, Areas(report.archive))


def tenths(least: float, most: float) -> list[dict[str, object]]:
    return [
        row(50),
        {**row(least), "breakdown": "deprivation", "category": LEAST_DEPRIVED.category},
        {**row(most), "breakdown": "deprivation", "category": MOST_DEPRIVED.category},
    ]


def test_a_gap_that_grows_is_news_and_weighs_more_than_one_that_shrinks(
    make_comparisons: Callable[..., Comparisons],
) -> None:
    wider = make_comparisons({"2015-16": tenths(55, 45), "2016-17": tenths(56, 44)}, england=None)
    closer = make_comparisons({"2015-16": tenths(55, 45), "2016-17": tenths(54, 46)}, england=None)
    year = FinancialYear(2016)
    assert gap_change(wider.report, DEPRIVATION, year) == 2
    assert gap_change(closer.report, DEPRIVATION, year) == -2
    gaps = [next(one for one in find_news(which, year) if one.kind == "gap") for which in (wider, closer)]
    assert [one.news.value for one in gaps] == [2 + 1.5, 2 + 0.5]
    assert "12.0 points, wider by 2.0" in gaps[0].words


def test_groups_that_change_places_have_no_wider_gap(make_comparisons: Callable[..., Comparisons]) -> None:
    turned = make_comparisons({"2015-16": tenths(55, 45), "2016-17": tenths(45, 56)}, england=None)
    assert gap_change(turned.report, DEPRIVATION, FinancialYear(2016)) is None
    gap = next(one for one in find_news(turned, FinancialYear(2016)) if one.kind == "gap")
    assert gap.groups == (MOST_DEPRIVED, LEAST_DEPRIVED), "the higher is named first"


def test_areas_are_followed_and_the_greatest_moves_told(
    make_comparisons: Callable[..., Comparisons], area_row: Callable[..., dict[str, object]]
) -> None:
    before = [area_row(f"0{letter}", 50) for letter in "ABCDEFGHIJKL"]
    after = [area_row(f"0{letter}", 50 + at - 5) for at, letter in enumerate("ABCDEFGHIJKL")]
    comparisons = make_comparisons({"2019-20": before, "2020-21": after})
    year = FinancialYear(2020)
    assert moves(comparisons, year)[0].after.organisation.code == "0L"
    found = {(one.kind, one.facts.get("way", "")): one for one in find_news(comparisons, year)}
    assert found["mover", "rise"].area.code == "0L"
    assert found["mover", "fall"].area.code == "0A"
    assert found["highest", ""].area.code == "0L"
    assert found["lowest", ""].area.code == "0A"


def test_what_the_year_before_had_and_this_one_lacks_is_told_last(make_comparisons: Callable[..., Comparisons]) -> None:
    years = {"2018-19": [row(50, mean_treatment_appointments="6.9")], "2019-20": [row(50)]}
    found = find_news(make_comparisons(years, england=None), FinancialYear(2019))
    assert found[-1].kind == "lack"
    assert found[-1].metric == "mean_treatment_appointments"
    assert found[-1].news.value == 0
