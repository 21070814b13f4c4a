"""The methods pages of the metrics: the sum step by step, and what the metric is not."""

import pytest

from yearbook.metrics import METRICS, METRICS_BY_NAME, full_title
from yearbook.pages.metrics import example_steps, example_sum, siblings


def test_a_rate_is_worked_out_step_by_step() -> None:
    assert example_steps(METRICS_BY_NAME["recovery_rate"]) == [
        "Put in, for England, 2019-20, as first published: recovery, 291,371; finished a course of treatment, 606,192; "
        "not at caseness at the start, 36,054.",
        "Under the line: 606,192 − 36,054 = 570,138.",
        "Divide: 291,371 ÷ 570,138 = 0.5110535, to seven decimals.",
        "Times 100: 51.10535%.",
        "Rounded half up, once, to one decimal, and printed: 51.1%.",
    ]


def test_a_ratio_is_not_multiplied() -> None:
    assert example_steps(METRICS_BY_NAME["referrals_per_person"])[1:] == [
        "Divide: 1,385,664 ÷ 1,198,952 = 1.15573, to five decimals.",
        "Rounded half up, once, to two decimals, and printed: 1.16.",
    ]


def test_a_sum_is_added_and_a_count_stands_as_it_is() -> None:
    assert example_steps(METRICS_BY_NAME["ended_seen"])[1] == "Take away: 1,647,716 − 521,312 = 1,126,404."
    assert example_steps(METRICS_BY_NAME["recovery"])[1] == "It stands in the source, so nothing is computed."


@pytest.mark.parametrize("metric", METRICS, ids=lambda metric: metric.name)
def test_the_last_step_prints_what_the_catalogue_says(metric: object) -> None:
    found = METRICS_BY_NAME[metric.name]  # type: ignore[attr-defined]
    steps = example_steps(found)
    assert steps[-1].endswith(f"rinted: {found.example.gives}.")
    assert all(step.endswith(".") and ".." not in step for step in steps)
    assert example_sum(found)


def test_what_a_metric_is_not_are_the_same_count_and_its_other_bases() -> None:
    assert [other.name for other in siblings(METRICS_BY_NAME["completion_rate"])] == [
        "finished_course_of_treatment",
        "finished_of_received",
        "finished_of_entered",
        "finished_of_ended",
    ]
    assert siblings(METRICS_BY_NAME["share_of_received"]) == ()
    assert siblings(METRICS_BY_NAME["mean_treatment_appointments"]) == ()


def test_no_two_pages_have_one_title() -> None:
    titles = [full_title(metric) for metric in METRICS]
    assert len(set(titles)) == len(titles)
    assert full_title(METRICS_BY_NAME["unscored_rate"]) == "Unscored, as a rate"
