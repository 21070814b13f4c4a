"""The Workings section: every live number with its sum, its base and its sources."""

import re
from collections.abc import Callable
from fractions import Fraction

import pytest

from yearbook.archive import Archive
from yearbook.formulas import Working
from yearbook.metrics import METRICS_BY_NAME
from yearbook.pages.workings import WorkingsList, sum_in_words, working_sum
from yearbook.releases import Release, Supplement
from yearbook.report import Report
from yearbook.values import Figure, Status
from yearbook.years import FinancialYear

YEAR = FinancialYear(2019)
COUNTS = {
    "referrals_received": 1_694_790,
    "finished_course_of_treatment": 606_192,
    "not_at_caseness": 36_054,
    "recovery": 291_371,
    "reliable_recovery": "*",
}

MakeRelease = Callable[..., Release]
MakeArchive = Callable[..., Archive]


@pytest.fixture
def made(make_release: MakeRelease, make_archive: MakeArchive) -> Report:
    """A year with a few counts, a rate a post quotes and a mean."""
    supplement = [
        Supplement(YEAR, "people_referred", Figure(1_200_000), "annual", "https://example.org/?a=1&b=<2>"),
        Supplement(YEAR, "ended_referrals", Figure(1_647_716), "post", "A post"),
        Supplement(
            YEAR, "completion_rate_percent", Figure(Fraction(553, 10), unit="percent"), "post", "A post", places=1
        ),
        Supplement(
            YEAR, "mean_treatment_appointments", Figure(Fraction(69, 10), unit="appointments"), "press", "A paper"
        ),
        Supplement(YEAR, "recovery", Figure(291_000), "monthly_sum", "Twelve months"),
    ]
    return Report(make_archive(make_release("2019-20", COUNTS), supplement=supplement))


def sum_of(report: Report, metric: str) -> str:
    return working_sum(METRICS_BY_NAME[metric], report.working(metric, YEAR))


def words_of(report: Report, metric: str) -> str:
    return sum_in_words(METRICS_BY_NAME[metric], report.working(metric, YEAR))


def test_a_rate_shows_its_sum_unrounded(made: Report) -> None:
    assert sum_of(made, "recovery_rate") == "291,371 ÷ (606,192 − 36,054) × 100 = 51.10535%"
    assert words_of(made, "recovery_rate") == (
        "recovery ÷ (finished a course of treatment less not at caseness at the start) × 100"
    )


def test_a_sum_of_counts_shows_its_terms(made: Report) -> None:
    assert sum_of(made, "eligible_for_recovery") == "606,192 − 36,054 = 570,138"
    assert words_of(made, "eligible_for_recovery") == "finished a course of treatment less not at caseness at the start"


def test_several_terms_over_the_line_stand_in_brackets(made: Report) -> None:
    assert sum_of(made, "not_recovered_of_finished") == "(606,192 − 291,371) ÷ 606,192 × 100 = 51.93421%"


def test_a_ratio_is_not_multiplied_by_a_hundred(made: Report) -> None:
    assert sum_of(made, "referrals_per_person") == "1,694,790 ÷ 1,200,000 = 1.41233"
    assert words_of(made, "referrals_per_person") == "referrals received ÷ people referred"


def test_a_published_number_stands_as_it_is(made: Report) -> None:
    assert (sum_of(made, "recovery"), words_of(made, "recovery")) == ("as it stands in the source", "")
    assert sum_of(made, "completion_rate") == "as published; its parts are not available on one basis"


def test_a_missing_number_says_which_part_is_missing_and_why(made: Report) -> None:
    assert sum_of(made, "reliable_recovery_rate") == ("reliable recovery: hidden because the number is small")
    assert sum_of(made, "entered_of_received") == "entered treatment: not available in the sources on one basis"


def test_a_hidden_published_rate_says_why() -> None:
    hidden = Working(Figure.missing(Status.SUPPRESSED, "percent"), "annual", places=0)
    assert working_sum(METRICS_BY_NAME["recovery_rate"], hidden) == "hidden because the number is small"


@pytest.mark.parametrize(
    ("places", "asked", "text"), [(0, None, "21%"), (0, 1, "21%"), (1, 0, "21%"), (None, None, "21.0%")]
)
def test_a_number_has_no_more_decimals_than_its_source(places: int | None, asked: int | None, text: str) -> None:
    working = Working(Figure(Fraction(21), unit="percent"), "post", places=places)
    assert working.text(asked) == text


def test_a_page_without_live_numbers_has_no_workings(made: Report) -> None:
    workings = WorkingsList(made)
    assert (len(workings), workings.to_html()) == (0, "")


def test_an_anchor_is_made_of_the_metric_and_the_year(made: Report) -> None:
    workings = WorkingsList(made)
    anchors = {workings.add("recovery_rate", YEAR, made.working("recovery_rate", YEAR)) for _ in range(2)}
    assert anchors == {"w-recovery-rate-2019-20"}
    assert len(workings) == 1


def test_the_same_metric_on_another_basis_has_an_anchor_of_its_own(made: Report) -> None:
    workings = WorkingsList(made)
    monthly = Working(Figure(291_000), "monthly_sum")
    assert workings.add("recovery", YEAR, made.working("recovery", YEAR)) == "w-recovery-2019-20"
    assert workings.add("recovery", YEAR, monthly) == "w-recovery-2019-20-monthly-sum"
    assert len(workings) == 2


def listed(report: Report, *metrics: str) -> str:
    workings = WorkingsList(report)
    for metric in metrics:
        workings.add(metric, YEAR, report.working(metric, YEAR))
    return workings.to_html()


def test_every_anchor_is_an_id_once(made: Report) -> None:
    html = listed(made, "recovery_rate", "recovery", "ended_referrals", "recovery_rate")
    ids = re.findall(r'id="(w-[^"]+)"', html)
    assert sorted(ids) == ["w-ended-referrals-2019-20", "w-recovery-2019-20", "w-recovery-rate-2019-20"]


def test_a_working_names_base_cohort_value_and_basis(made: Report) -> None:
    html = listed(made, "recovery_rate", "ended_referrals")
    assert (
        "Of referrals that finished a course of treatment and were at caseness at the start; finished in the year."
        in html
    )
    assert '<span class="working__value">51.1%</span>' in html
    assert "as it stands in the source; from the annual publication, as quoted in a blog post" in html


def test_workings_stand_in_the_order_of_the_catalogue(made: Report) -> None:
    html = listed(made, "recovery_rate", "recovery", "referrals_received")
    assert re.findall(r"<h3>([^<]+)</h3>", html)[:3] == ["Referrals received", "Recovery", "Recovery rate"]


def test_each_source_is_cited_once_and_escaped(made: Report) -> None:
    html = listed(made, "referrals_per_person", "referrals_received", "people_referred")
    cited = re.findall(r'<li id="source-(\d)">', html)
    assert cited == ["1", "2"]
    assert "<2>" not in html


def test_every_metric_of_every_real_year_has_a_sum_and_words(report: Report) -> None:
    for year in report.years:
        for name, metric in METRICS_BY_NAME.items():
            working = report.working(name, year)
            text = working_sum(metric, working)
            assert text, (name, year)
            assert ("=" in text) == (working.figure.known and bool(working.under or len(working.over) > 1)), (
                name,
                year,
            )
