"""Our rates against the publisher's, on made rows; the real ones are in tests/published."""

from collections.abc import Callable

import numpy as np
import pytest

from yearbook.reconcile import PUBLISHED_RATES, Level, reconcile_release, rounding_range
from yearbook.releases import Release

AREA = {"org_type": "ccg", "org_code": "00Q"}
COUNTS = {"finished_course_of_treatment": 606_192, "not_at_caseness": 36_054, "recovery": 291_371}
ROUNDED = {"finished_course_of_treatment": 750, "not_at_caseness": 70, "recovery": 470}

MakeRelease = Callable[..., Release]


def level(release: Release, org_type: str = "england") -> Level:
    return next(found for found in reconcile_release(release) if found.org_type == org_type)


def test_the_five_published_percentages_are_reconciled() -> None:
    assert [metric.name for metric in PUBLISHED_RATES] == [
        "reliable_improvement_rate",
        "no_reliable_change_rate",
        "reliable_deterioration_rate",
        "recovery_rate",
        "reliable_recovery_rate",
    ]


def test_englands_percentage_is_reproduced_to_the_digit(make_release: MakeRelease) -> None:
    found = level(make_release("2019-20", {**COUNTS, "recovery_percent": "51.1"}))
    assert (found.percentages, found.checked, found.agree, found.same, found.misses) == (1, 1, 1, 1, ())


@pytest.mark.parametrize("published", ["51.0", "51.2"])
def test_a_percentage_of_england_a_tenth_away_is_a_miss_with_its_line(
    make_release: MakeRelease, published: str
) -> None:
    part = {**COUNTS, "recovery_percent": published, "breakdown": "age", "category": "18 to 25"}
    found = level(make_release("2019-20", {**COUNTS, "recovery_percent": "51.1"}, part))
    assert (found.checked, found.agree) == (2, 1)
    (miss,) = found.misses
    place, what, says = miss.split(": ")
    assert place == "data/releases/2019-20.csv, line 3"
    assert what == "Recovery rate of england, ENG, age, 18 to 25"
    assert says == f"published {float(published):g}%, from the counts 51.1%"


def test_a_half_is_rounded_up_as_the_publisher_does(make_release: MakeRelease) -> None:
    half = {"finished_course_of_treatment": 2000, "not_at_caseness": 0, "recovery": 1001}  # 50.05
    assert level(make_release("2019-20", {**half, "recovery_percent": "50.1"})).agree == 1
    assert level(make_release("2019-20", {**half, "recovery_percent": "50.0"})).agree == 0


@pytest.mark.parametrize(("published", "agrees"), [("67", 0), ("68", 1), ("69", 1), ("70", 1), ("71", 0)])
def test_an_areas_percentage_lies_within_the_bounds_that_rounding_leaves(
    make_release: MakeRelease, published: str, agrees: int
) -> None:
    # 468 to 472 of 676 to 684: 68.4 to 69.8.
    found = level(make_release("2019-20", {**AREA, **ROUNDED, "recovery_percent": published}), "ccg")
    assert (found.checked, found.agree) == (1, agrees)


def test_a_hidden_count_taken_away_stands_for_nought_to_four(make_release: MakeRelease) -> None:
    row = {**AREA, "finished_course_of_treatment": 40, "not_at_caseness": "*", "recovery": 20}
    # 18 to 22 of 34 to 42: 43% to 65%.
    agreed = [
        level(make_release("2019-20", {**row, "recovery_percent": percent}), "ccg").agree
        for percent in (42, 43, 65, 66)
    ]
    assert agreed == [0, 1, 1, 0]


def test_a_percentage_without_its_counts_is_counted_but_not_checked(make_release: MakeRelease) -> None:
    found = level(make_release("2019-20", {**AREA, **ROUNDED, "recovery": "*", "recovery_percent": "4"}), "ccg")
    assert (found.percentages, found.checked, found.agree) == (1, 0, 0)


@pytest.mark.parametrize("marker", ["*", "NULL", "x"])
def test_a_hidden_percentage_is_not_counted(make_release: MakeRelease, marker: str) -> None:
    assert level(make_release("2019-20", {**COUNTS, "recovery_percent": marker})).percentages == 0


def test_levels_come_from_england_down(make_release: MakeRelease) -> None:
    rows = [{**COUNTS, "org_type": kind, "org_code": "A"} for kind in ("provider", "region", "england")]
    assert [found.org_type for found in reconcile_release(make_release("2019-20", *rows))] == [
        "england",
        "region",
        "provider",
    ]
    assert level(make_release("2019-20", *rows), "region").title == "Commissioning region"


def test_a_rounded_count_stands_for_two_less_to_two_more_and_a_five_for_no_less() -> None:
    least, most = rounding_range(np.array([5.0, 10.0, 470.0]), exact=False)
    assert (least.tolist(), most.tolist()) == ([5, 8, 468], [7, 12, 472])
    least, most = rounding_range(np.array([3.0]), exact=True)
    assert (least.tolist(), most.tolist()) == ([3], [3])


def test_the_publishers_own_example_lies_within_its_bounds(make_release: MakeRelease) -> None:
    # Cannock Chase, November 2015: 470 of 680 was printed as 69.4, from counts we do not see.
    row = {**AREA, "finished_course_of_treatment": 680, "not_at_caseness": 0, "recovery": 470, "recovery_percent": "69"}
    assert level(make_release("2015-16", row), "ccg").agree == 1
