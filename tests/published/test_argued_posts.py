"""The posts that argue: what their words say of the figures without printing one must be true of the data.

Live figures cannot go stale; the words between them can. Each test holds sentences of a post in content/posts/.
"""

import re
from fractions import Fraction
from pathlib import Path

import pytest

from yearbook.archive import Archive
from yearbook.areas import Areas
from yearbook.charts import build_charts
from yearbook.groups import LEAST_DEPRIVED, MOST_DEPRIVED
from yearbook.pages.articles import POST, Article, render_article
from yearbook.pages.commentary import read_commentary
from yearbook.pages.environment import page_environment
from yearbook.peers import Comparisons
from yearbook.report import Report
from yearbook.years import FinancialYear

POSTS = (
    "the-promise-and-the-reality",
    "what-does-a-recovery-cost",
    "using-your-own-data-to-improve",
    "in-the-programmes-defence",
)
YEAR = FinancialYear(2023)


def value(report: Report, metric: str, start: int) -> Fraction:
    return Fraction(report.figure(metric, FinancialYear(start)).exact)


def known(report: Report, metric: str) -> dict[int, Fraction]:
    return {year.start: Fraction(w.figure.exact) for year, w in report.series(metric) if w.figure.known}


@pytest.fixture(scope="module")
def articles(report: Report, project: Path) -> dict[str, Article]:
    comparisons = Comparisons(report, Areas(report.archive))
    charts = {(chart.id, chart.year): chart for chart in build_charts(report)}
    environment = page_environment(project / "templates")
    found = {}
    for slug in POSTS:
        commentary = read_commentary(project / "content" / "posts" / f"{slug}.md", f"content/posts/{slug}.md")
        found[slug] = render_article(comparisons, POST, slug, commentary, charts, environment)
    return found


@pytest.mark.parametrize("slug", POSTS)
def test_a_post_renders_with_every_number_known_and_every_link_to_a_working(
    articles: dict[str, Article], slug: str
) -> None:
    text, _, workings = articles[slug].page.body.partition('<section class="workings"')
    assert set(re.findall(r'href="#([cw]-[\w-]+|quoted-\w+)"', text)) <= set(re.findall(r'id="([\w-]+)"', workings))
    prose = re.sub(r"<figure.*?</figure>|<div class=\"table-scroll.*?</div>", "", text, flags=re.DOTALL)
    assert not re.search(r">\[[cxz]\]</a>", prose)
    assert "{{" not in text


@pytest.mark.parametrize("slug", POSTS)
def test_a_post_is_of_seven_to_twelve_hundred_words(project: Path, slug: str) -> None:
    source = (project / "content" / "posts" / f"{slug}.md").read_text(encoding="utf-8").split("---\n", 2)[2]
    prose = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "1", source, flags=re.DOTALL)
    prose = re.sub(r"^\|.*$|<[^>]+>|\{#[\w-]+\}", "", prose, flags=re.MULTILINE)
    assert 700 <= len(re.findall(r"[\w’'-]+", prose)) <= 1210


@pytest.mark.parametrize("slug", POSTS)
def test_no_share_and_no_sum_of_money_is_typed(project: Path, slug: str) -> None:
    source = (project / "content" / "posts" / f"{slug}.md").read_text(encoding="utf-8")
    assert re.findall(r"£|\d%", re.sub(r"\{\{.*?\}\}", "", source, flags=re.DOTALL)) == []


def test_both_links_of_the_chain_fell_short_in_every_year_and_the_first_by_more(
    report: Report, archive: Archive
) -> None:
    promises = {promise.name: Fraction(promise.level) for promise in archive.promises if promise.level is not None}
    completion, recovered = known(report, "completion_rate"), known(report, "recovered_of_finished")
    assert max(completion.values()) < promises["premise-finish"]
    assert max(recovered.values()) < promises["premise-recover"]
    assert max(known(report, "recovered_of_treated").values()) < promises["premise-recover-of-started"]
    latest = YEAR.start
    assert promises["premise-finish"] - completion[latest] > promises["premise-recover"] - recovered[latest]
    assert completion[latest] / promises["premise-finish"] < recovered[latest] / promises["premise-recover"]


def test_completion_was_never_again_as_high_as_in_2015_16_and_was_higher_in_2021_22_than_in_2019_20(
    report: Report,
) -> None:
    completion = known(report, "completion_rate")
    assert min(completion) == 2015
    assert all(rate < completion[2015] for start, rate in completion.items() if start > 2015)
    assert completion[2021] > completion[2019]
    assert 2020 not in completion


def test_the_recovery_standard_was_met_from_2017_18_on_except_in_2022_23(report: Report) -> None:
    met = {start: report.meets_standard("recovery_rate", FinancialYear(start)) for start in range(2017, 2024)}
    assert [start for start, is_met in met.items() if not is_met] == [2022]


def test_recovery_of_all_who_finished_was_highest_in_2018_19_and_of_those_treated_in_the_pandemic_year(
    report: Report,
) -> None:
    finished, treated = known(report, "recovered_of_finished"), known(report, "recovered_of_treated")
    assert max(finished, key=lambda start: finished[start]) == 2018
    assert max(treated, key=lambda start: treated[start]) == 2020


def test_2022_23_was_lower_still_than_the_lowest_for_five_years(report: Report) -> None:
    assert value(report, "recovery_rate", 2022) < value(report, "recovery_rate", 2021)


def test_both_targets_of_people_were_missed_even_by_the_count_of_referrals(report: Report, archive: Archive) -> None:
    assert [target.year.start for target in archive.targets] == [2020, 2023]
    for target in archive.targets:
        assert value(report, target.metric, target.year.start) < target.level * Fraction(3, 4)


def test_the_waiting_standards_were_met_whenever_they_were_in_force(report: Report) -> None:
    for metric in ("first_treatment_within_6_weeks", "first_treatment_within_18_weeks"):
        verdicts = [report.meets_standard(metric, year) for year in report.years if report.standard(metric, year)]
        assert len(verdicts) == 8
        assert all(verdicts)


def test_the_recovery_standard_was_met_in_2019_20_and_in_both_years_after_it(report: Report) -> None:
    assert all(report.meets_standard("recovery_rate", FinancialYear(start)) for start in (2019, 2020, 2021))


def test_the_choice_of_a_base_moves_a_cost_further_than_recovery_did_after_2018_19(
    report: Report, archive: Archive
) -> None:
    study = archive.costs[0]
    costs = {
        (metric, start): study.cost_per_recovery(value(report, metric, start))
        for metric in ("recovered_of_finished", "recovery_rate")
        for start in (2018, 2023)
    }
    by_base = costs["recovered_of_finished", 2023] - costs["recovery_rate", 2023]
    since = costs["recovered_of_finished", 2023] - costs["recovered_of_finished", 2018]
    assert by_base > abs(since)
    assert abs(since) / costs["recovered_of_finished", 2018] < Fraction(4, 100)  # “little has happened since”


def test_the_share_that_the_study_implies_is_near_both_of_todays_and_above_both_of_2013_14(
    report: Report, archive: Archive
) -> None:
    share = archive.costs[0].implied_share("all")
    for metric in ("recovered_of_finished", "recovery_rate"):
        assert abs(share - value(report, metric, 2023)) < 3
        assert share > value(report, metric, 2013) + 4


def test_courses_grew_longer(report: Report) -> None:
    assert value(report, "mean_treatment_appointments", 2023) > value(report, "mean_treatment_appointments", 2017)


def test_2019_20_is_the_year_with_every_stage_from_the_annual_publication(report: Report) -> None:
    for metric in ("ended_after_one_treatment", "one_treatment_rate", "ended_not_seen"):
        assert report.working(metric, FinancialYear(2019)).basis in ("annual", "post")


def test_what_the_defence_says_of_ten_years_is_so(report: Report) -> None:
    for metric in (
        "entered_treatment",
        "finished_course_of_treatment",
        "recovery",
        "recovered_of_finished",
        "reliable_improvement_rate",
        "reliable_recovery_rate",
    ):
        assert value(report, metric, 2023) > value(report, metric, 2013), metric
    assert value(report, "first_treatment_within_6_weeks", 2023) > value(report, "first_treatment_within_6_weeks", 2015)


def test_the_gap_narrowed_with_both_ends_higher_and_has_stopped_narrowing(report: Report) -> None:
    gaps = {start: report.gap("recovery_rate", FinancialYear(start), LEAST_DEPRIVED, MOST_DEPRIVED).difference or 0
            for start in range(2015, 2024)}  # fmt: skip
    assert gaps[2023] < gaps[2015]
    assert gaps[2023] > gaps[2021]
    for group in (LEAST_DEPRIVED, MOST_DEPRIVED):
        change = report.change("recovery_rate", YEAR, FinancialYear(2015), breakdown=group)
        assert change.difference is not None
        assert change.difference > 0


def test_what_a_defender_concedes_is_so(report: Report) -> None:
    courses = report.change("finished_course_of_treatment", YEAR)
    assert courses.relative is not None
    assert abs(courses.relative) < 1  # “stalled”
    assert value(report, "recovery_rate", 2023) < value(report, "recovery_rate", 2018)
    assert report.meets_standard("recovery_rate", YEAR)
    assert value(report, "second_treatment_within_6_weeks", 2023) < value(
        report, "second_treatment_within_6_weeks", 2017
    )
