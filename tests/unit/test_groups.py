"""The catalogue of groupings, the names of groups, and their tables."""

from fractions import Fraction
from typing import Any

import pytest

from yearbook.groups import (
    GROUPINGS,
    GROUPINGS_BY_ID,
    LEAST_DEPRIVED,
    MOST_DEPRIVED,
    SMALLEST_NAMED,
    base_of,
    group_key,
    group_label,
    is_aside,
    is_unrecorded,
    is_vague,
    is_whole,
    nameable,
    spoken_label,
)
from yearbook.releases import TOTAL, Breakdown
from yearbook.report import Report
from yearbook.tables import Cell, gap_table, group_series_table, group_table, spread_table
from yearbook.values import Status
from yearbook.years import FinancialYear

YEAR = FinancialYear(2023)
PROBLEM = "anxiety and stress related disorders"


def test_every_way_in_which_a_release_divides_referrals_is_in_the_catalogue(report: Report) -> None:
    known = {name for grouping in GROUPINGS for name in grouping.breakdowns} | {TOTAL.breakdown}
    for release in report.archive.releases.values():
        assert set(release.rows["breakdown"]) <= known, release.year


def test_every_grouping_says_what_it_is() -> None:
    assert len({grouping.id for grouping in GROUPINGS}) == len(GROUPINGS)
    for grouping in GROUPINGS:
        assert grouping.note.endswith(".")
        assert grouping.title[0].isupper()
        assert "{}" in grouping.spoken


@pytest.mark.parametrize(
    ("group", "key", "label"),
    [
        (Breakdown("deprivation", "decile 2"), "deprivation/decile 2", "decile 2"),
        (Breakdown("ethnic_group", "White", "Irish"), "ethnic_group/White/Irish", "Irish"),
        (Breakdown("ethnic_group", "White", "all"), "ethnic_group/White/all", "White, all"),
        (
            Breakdown("ethnic_group", "not stated, not known or invalid", "all"),
            "ethnic_group/not stated, not known or invalid/all",
            "not stated, not known or invalid",
        ),
        (
            Breakdown("presenting_complaint", "other mental health problems", "other"),
            "presenting_complaint/other mental health problems/other",
            "other mental health problems, other",
        ),
        (
            Breakdown("waiting_time", "first treatment", "within 6 weeks"),
            "waiting_time/first treatment/within 6 weeks",
            "first treatment, within 6 weeks",
        ),
        (Breakdown("religion", "none"), "religion/none", "no religion"),
        (Breakdown("religion", "Baha'i"), "religion/Baha'i", "Baha’i"),
    ],
)
def test_a_group_has_a_key_for_editors_and_a_name_for_readers(group: Breakdown, key: str, label: str) -> None:
    assert (group_key(group), group_label(group)) == (key, label)


def test_no_two_groups_of_a_year_have_the_same_name(report: Report) -> None:
    for grouping in GROUPINGS:
        for year in report.years:
            names = [group_label(group) for group in grouping.of(report, year)]
            assert len(set(names)) == len(names), (grouping.id, year)


def test_in_a_sentence_a_group_has_no_explanation_in_brackets() -> None:
    gender = GROUPINGS_BY_ID["gender"]
    odd = Breakdown("gender", "indeterminate (unable to be classified as male or female)")
    assert gender.say(odd) == "indeterminate referrals"
    assert spoken_label(MOST_DEPRIVED) == "decile 1 (most deprived)"
    assert spoken_label(Breakdown("ethnic_group", "White", "British")) == "White British"
    assert spoken_label(Breakdown("care_cluster", "non-psychotic (severe)")) == "non-psychotic, severe"
    assert GROUPINGS_BY_ID["age"].say(Breakdown("age", "18 to 25")) == "ages 18 to 25"


def test_what_is_not_recorded_is_no_group_and_stands_last(report: Report) -> None:
    for grouping in GROUPINGS:
        asides = [is_aside(group) for group in grouping.of(report, YEAR)]
        assert asides == sorted(asides), grouping.id
    subset = Breakdown("presenting_complaint", "all with an anxiety disorder specific measure")
    assert is_aside(subset)
    assert not is_unrecorded(subset)
    assert is_vague(Breakdown("religion", "other"))


def test_only_a_true_group_that_is_large_enough_is_named(report: Report) -> None:
    for grouping in GROUPINGS:
        for year in report.years:
            for group in nameable(report, grouping, year):
                assert base_of(report, group, year) >= SMALLEST_NAMED
                assert not is_aside(group)
                assert not is_whole(group)
    religions = {group.category for group in nameable(report, GROUPINGS_BY_ID["religion"], YEAR)}
    assert "Jain" not in religions
    assert "Muslim" in religions


def test_a_table_of_groups_begins_with_england_and_holds_the_counts_of_each_rate(report: Report) -> None:
    table = group_table(report, GROUPINGS_BY_ID["deprivation"], YEAR)
    assert table.own_working
    assert table.rows[0].label == "England"
    assert [row.label for row in table.rows[1:3]] == ["Decile 1 (most deprived)", "Decile 2"]
    assert len(table.rows) == 12
    for row in table.rows:
        cells = {cell.metric: cell.working.figure.exact for cell in row.cells if isinstance(cell, Cell)}
        base = cells["finished_course_of_treatment"] - cells["not_at_caseness"]
        assert cells["recovery_rate"] == Fraction(100) * cells["recovery"] / base
        improved = Fraction(100) * cells["reliable_improvement"] / cells["finished_course_of_treatment"]
        assert cells["reliable_improvement_rate"] == improved


def test_a_column_that_the_year_lacks_is_left_out_and_said(report: Report) -> None:
    table = group_table(report, GROUPINGS_BY_ID["deprivation"], FinancialYear(2016))
    assert "Received" not in table.columns
    assert "The sources for 2016-17 do not give referrals received by deprivation." in table.notes


def test_the_first_years_count_people_by_group_and_no_referrals(report: Report) -> None:
    for year, people in ((2012, 761_848), (2013, 947_640)):
        table = group_table(report, GROUPINGS_BY_ID["ethnic-group"], FinancialYear(year))
        assert "People referred" in table.columns
        assert "Received" not in table.columns
        finest = [
            cell.working.figure.exact
            for cell in table.cells
            if cell.metric == "people_referred" and cell.breakdown != TOTAL and not is_whole(cell.breakdown)
        ]
        assert sum(finest) == people


def test_a_grouping_without_any_count_shows_its_categories_as_not_collected(report: Report) -> None:
    table = group_table(report, GROUPINGS_BY_ID["consultation-medium"], YEAR)
    assert len(table.rows) == 15
    assert {cell.working.figure.status for cell in table.cells} == {Status.NOT_COLLECTED}


def test_a_series_leaves_empty_what_a_year_has_no_such_group_for(report: Report) -> None:
    table = group_series_table(report, GROUPINGS_BY_ID["problem"], "share_of_finished")
    watched = next(row for row in table.rows if row.label == "Mixed anxiety and depressive disorder")
    texts = [cell.text if isinstance(cell, Cell) else cell for cell in watched.cells]
    assert texts == ["12.0%", "7.6%", "5.8%", "3.0%", "2.7%", "2.7%", "2.5%"]
    fatigue = next(row for row in table.rows if row.label == "Chronic fatigue syndrome")
    assert fatigue.cells[:5] == ("",) * 5


def test_the_gap_is_that_of_the_unrounded_rates(report: Report) -> None:
    table = gap_table(report, "recovery_rate", LEAST_DEPRIVED, MOST_DEPRIVED, (FinancialYear(2015), YEAR))
    assert [(row.label, row.cells[-1]) for row in table.rows] == [("2015-16", "20.0"), ("2023-24", "13.7")]
    assert [cell.text for cell in table.cells if cell.year == YEAR] == ["42.3%", "56.1%"]


def test_the_bands_of_a_wait_add_up_to_the_whole(report: Report) -> None:
    table = spread_table(report, (YEAR,))
    for row in table.rows:
        cells = [cell for cell in row.cells if isinstance(cell, Cell)]
        assert sum(cell.working.figure.exact for cell in cells) == pytest.approx(100, abs=0.01)


def test_a_hidden_group_stays_hidden_in_its_table(make_archive: Any, make_release: Any) -> None:
    group = {"breakdown": "gender", "category": "female"}
    counts = {"finished_course_of_treatment": 100, "not_at_caseness": 10, "recovery": 45, "referrals_received": 300}
    hidden = {**group, **counts, "recovery": "*"}
    table = group_table(Report(make_archive(make_release("2023-24", counts, hidden))), GROUPINGS_BY_ID["gender"], YEAR)
    cells = {cell.metric: cell.text for cell in table.cells if cell.breakdown.breakdown == "gender"}
    assert cells["recovery"] == "[c]"
    assert cells["recovery_rate"] == "[c]"
    assert "[c] hidden because the number is small." in table.notes


def test_no_two_groups_of_a_year_have_one_name_in_a_sentence(report: Report) -> None:
    for grouping in GROUPINGS:
        for year in report.years:
            named = [grouping.say(group) for group in nameable(report, grouping, year)]
            assert len(set(named)) == len(named), (grouping.id, str(year))
