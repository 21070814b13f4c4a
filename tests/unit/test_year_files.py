"""The files of years: every metric with its sum, what it is judged by, and what it may be compared with."""

import json
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
from shapes.strict import faults

from yearbook.metrics import ENDED, METRICS
from yearbook.outputs.years import OF_THE_WHOLE, year_files
from yearbook.peers import Comparisons
from yearbook.registers import SeriesBreak, Standard, Target
from yearbook.releases import Supplement
from yearbook.values import Figure
from yearbook.years import FinancialYear

YEAR, NEXT = FinancialYear(2018), FinancialYear(2019)
BEFORE = {"referrals_received": 300, "finished_course_of_treatment": 110, "not_at_caseness": 20, "recovery": 30}
AFTER = {**BEFORE, "referrals_received": 330, "recovery": 50, "reliable_recovery": "*"}
Make = Callable[..., Comparisons]


@pytest.fixture
def make(make_comparisons: Make, area_row: Callable[..., dict[str, object]]) -> Callable[..., dict[str, Any]]:
    """Makes the files of two years of England, with an area in the first, by path."""

    def made(**more: object) -> dict[str, Any]:
        years = {"2018-19": [BEFORE, area_row("A", 50)], "2019-20": [AFTER]}
        files = dict(year_files(make_comparisons(years, england=None, **more)))
        assert [fault for path, content in files.items() for fault in faults(path, content)] == []
        assert all(content.endswith(b"\n") for content in files.values())
        return {path: json.loads(content) for path, content in files.items()}

    return made


def of(files: dict[str, Any], metric: str, year: str = "2019-20") -> dict[str, Any]:
    found: dict[str, Any] = files[f"reports/{year}/figures.json"]["metrics"][metric]
    return found


def test_a_year_has_every_metric_of_the_whole(make: Callable[..., dict[str, Any]]) -> None:
    metrics = make()["reports/2019-20/figures.json"]["metrics"]
    assert list(metrics) == [metric.name for metric in OF_THE_WHOLE]
    assert {metric.name for metric in METRICS} - set(metrics) == {"share_of_received", "share_of_finished"}


def test_a_value_is_told_unrounded_with_its_sum_its_measures_and_where_it_comes_from(
    make: Callable[..., dict[str, Any]],
) -> None:
    rate = of(make(), "recovery_rate")
    assert (rate["text"], rate["value"], rate["status"], rate["basis"]) == (
        "55.6%", "55.5555555556", "published", "annual",
    )  # fmt: skip
    assert rate["rounding"] == {"rule": "half up", "decimals": 1, "published_decimals": None}
    assert rate["numerator"]["value"] == "50"
    assert rate["denominator"]["value"] == "90"
    parts = [(each["measure"], each["sign"], each["value"]) for each in rate["denominator"]["measures"]]
    assert parts == [("finished_course_of_treatment", 1, "110"), ("not_at_caseness", -1, "20")]
    assert Fraction(rate["numerator"]["value"]) / Fraction(rate["denominator"]["value"]) == Fraction(5, 9)
    assert rate["base"].startswith("of referrals that finished")
    assert rate["sources"] == ["The publisher, Report of 2019-20"]
    assert rate["working"] == "trends/recovery-rate/#w-recovery-rate-2019-20"


def test_what_is_hidden_or_missing_has_a_mark_and_no_number(make: Callable[..., dict[str, Any]]) -> None:
    files = make()
    for metric, mark, status in (
        ("reliable_recovery_rate", "[c]", "suppressed"),
        ("ended_referrals", "[x]", "not_collected"),
    ):
        found = of(files, metric)
        assert (found["text"], found["value"], found["status"]) == (mark, None, status)
        empty = ("numerator", "denominator", "rounding", "basis", "change")
        assert [found[name] for name in empty] == [None] * len(empty)
        assert found["sources"] == []
    assert of(files, "ended_referrals")["working"] is None, "it has no page among the trends"
    assert of(files, "ended_referrals")["cohort"] == ENDED


def test_a_rate_changes_in_points_and_a_count_in_per_cent_too(make: Callable[..., dict[str, Any]]) -> None:
    files = make()
    assert of(files, "recovery_rate")["change"] == {
        "since": "2018-19", "text": "up 22.2 percentage points", "difference": "22.2222222222",
        "unit": "percentage points", "relative": None, "basis": "annual", "why_not": None,
    }  # fmt: skip
    count = of(files, "referrals_received")["change"]
    assert (count["text"], count["difference"], count["relative"]) == ("up 10.0%", "30", "10")
    assert of(files, "recovery_rate", "2018-19")["change"] is None, "there is no year before"


def test_years_on_two_sides_of_a_change_of_definition_are_not_compared(make: Callable[..., dict[str, Any]]) -> None:
    change = SeriesBreak(NEXT, "definition", "Recovery redefined", "Why.", "A source", ("recovery_rate",))
    files = make(breaks=[change])
    found = of(files, "recovery_rate")["change"]
    assert found.pop("why_not") == "Recovery redefined"
    assert found.pop("since") == "2018-19"
    assert set(found.values()) == {None}
    assert of(files, "referrals_received")["change"]["text"] == "up 10.0%"
    (told,) = [year["breaks"] for year in files["reports/years.json"]["years"] if year["year"] == "2019-20"]
    assert told == [{"kind": "definition", "title": "Recovery redefined", "why": "Why."}]


def test_a_rate_published_as_a_whole_number_has_no_change(make: Callable[..., dict[str, Any]]) -> None:
    rows = [
        Supplement(year, "completion_rate_percent", Figure(55, unit="percent"), "press", "A paper")
        for year in (YEAR, NEXT)
    ]
    found = of(make(supplement=rows), "completion_rate")
    assert found["value"] == "55"
    assert found["change"] is None
    assert found["rounding"]["published_decimals"] == found["rounding"]["decimals"] == 0
    assert (found["numerator"], found["denominator"]) == (None, None)


def test_a_year_is_judged_by_the_standard_then_in_force_and_by_no_target(make: Callable[..., dict[str, Any]]) -> None:
    standard = Standard("recovery_rate", Fraction(50), NEXT, None, "At least half", "A source")
    target = Target(
        "entered_treatment", NEXT, Fraction(1000), "people", "A thousand people", "It counts people.", "A plan"
    )
    files = make(standards=[standard], targets=[target])
    assert of(files, "recovery_rate")["standard"] == {
        "level": "50", "title": "At least half", "met": True, "source": "A source",
    }  # fmt: skip
    assert of(files, "recovery_rate", "2018-19")["standard"] is None
    assert of(files, "entered_treatment")["targets"] == [
        {
            "level": "1000",
            "counts": "people",
            "title": "A thousand people",
            "caveat": "It counts people.",
            "source": "A plan",
        }
    ]
    assert of(files, "entered_treatment", "2018-19")["targets"] == []


def test_the_index_leads_to_the_files_of_every_year_and_to_who_was_compared(
    make: Callable[..., dict[str, Any]],
) -> None:
    files = make()
    first, last = files["reports/years.json"]["years"]
    assert (first["year"], first["page"], first["figures"]) == (
        "2018-19", "reports/2018-19/", "reports/2018-19/figures.json",
    )  # fmt: skip
    assert first["figures"] in files
    assert first["release"]["title"] == "Report of 2018-19"
    assert first["comparisons"] == {
        "ccg": {
            "page": "areas/ccg-2018-19/",
            "csv": "data/tables/all-ccg-2018-19.csv",
            "json": "data/tables/all-ccg-2018-19.json",
        }
    }
    assert last["comparisons"] == {}
