"""Successions as read, and what a series across them means."""

from collections.abc import Callable
from pathlib import Path

import pytest

from yearbook.errors import DataError
from yearbook.lineage import Joining, Key, Lineage, Succession, read_lineage
from yearbook.organisations import Organisation
from yearbook.successions import COLUMNS, KINDS
from yearbook.years import FinancialYear

SPANS = {
    ("region", "Y1"): ("2017-18", "2018-19"),
    ("region", "Y2"): ("2019-20", "2022-23"),
    ("region", "Y3"): ("2019-20", "2022-23"),
    ("stp", "E1"): ("2017-18", "2019-20"),
    ("stp", "E2"): ("2017-18", "2017-18"),
    ("stp", "E3"): ("2017-18", "2017-18"),
    ("stp", "E4"): ("2018-19", "2019-20"),
    ("stp", "Q1"): ("2020-21", "2021-22"),
    ("stp", "Q4"): ("2020-21", "2021-22"),
    ("icb", "Q1"): ("2022-23", "2023-24"),
    ("icb", "Q4"): ("2022-23", "2023-24"),
    ("ccg", "01A"): ("2017-18", "2019-20"),
    ("ccg", "01B"): ("2017-18", "2019-20"),
    ("ccg", "02A"): ("2020-21", "2021-22"),
    ("ccg", "03A"): ("2017-18", "2021-22"),
}
NAMES = {("region", "Y1"): "North", ("region", "Y2"): "West", ("region", "Y3"): "East", ("stp", "E2"): "Here, There"}
ORGANISATIONS = {
    key: Organisation(*key, "area", NAMES.get(key, f"The {key[1]} {key[0].upper()}"), (), *span)
    for key, span in SPANS.items()
}
ROWS = (
    "region,Y1,region,Y2,2019-20,split,told",
    "region,Y1,region,Y3,2019-20,split,told",
    "region,Y2,region,Y3,2022-23,transferred,told",
    "stp,E1,stp,Q1,2020-21,recoded,lookup",
    "stp,E2,stp,E4,2018-19,merged,told",
    "stp,E3,stp,E4,2018-19,merged,told",
    "stp,E4,stp,Q4,2020-21,redrawn,told",
    "stp,E4,stp,Q1,2020-21,transferred,told",
    "stp,Q1,icb,Q1,2022-23,recoded,lookup",
    "stp,Q4,icb,Q4,2022-23,recoded,lookup",
    "ccg,01A,ccg,02A,2020-21,merged,lookup",
    "ccg,01B,ccg,02A,2020-21,merged,lookup",
    "ccg,02A,icb,Q1,2022-23,succeeded,lookup",
    "ccg,03A,icb,Q1,2022-23,succeeded,lookup",
    "ccg,03A,sub_icb,03A,2022-23,recoded,lookup",
)


def write(folder: Path, *rows: str) -> Path:
    path = folder / "lineage.csv"
    path.write_text("\n".join([",".join(COLUMNS), *rows, ""]), encoding="utf-8")
    return path


@pytest.fixture
def lineage(tmp_path: Path) -> Lineage:
    return read_lineage(write(tmp_path, *ROWS), ORGANISATIONS)


@pytest.fixture
def problems(tmp_path: Path) -> Callable[..., list[tuple[int, str, str]]]:
    def of(*rows: str) -> list[tuple[int, str, str]]:
        with pytest.raises(DataError) as refused:
            read_lineage(write(tmp_path, *rows), ORGANISATIONS)
        assert {problem.file for problem in refused.value.problems} == {f"{tmp_path.name}/lineage.csv"}
        assert all(problem.fix for problem in refused.value.problems)
        return [(problem.line, problem.column, problem.what) for problem in refused.value.problems]

    return of


def year(text: str) -> FinancialYear:
    return FinancialYear.parse(text)


def join(lineage: Lineage, key: Key, first: str, last: str) -> Joining:
    return lineage.join(key, year(first), year(last))


def test_no_file_is_no_lineage(tmp_path: Path) -> None:
    lineage = read_lineage(tmp_path / "lineage.csv", ORGANISATIONS)
    assert lineage.successions == ()
    assert lineage.today(("ccg", "01A")) == lineage.ground(("ccg", "01A")) == (("ccg", "01A"),)


def test_successors_and_predecessors_are_found_from_both_ends(lineage: Lineage) -> None:
    (merger,) = lineage.successors(("ccg", "01A"))
    assert merger == Succession(("ccg", "01A"), ("ccg", "02A"), year("2020-21"), "merged", "lookup")
    assert [each.old for each in lineage.predecessors(("ccg", "02A"))] == [("ccg", "01A"), ("ccg", "01B")]


def test_the_same_ground_has_all_its_codes_earliest_first(lineage: Lineage) -> None:
    ground = (("stp", "E1"), ("stp", "Q1"), ("icb", "Q1"))
    assert {lineage.ground(key) for key in ground} == {ground}


def test_a_merger_and_a_new_boundary_are_not_the_same_ground(lineage: Lineage) -> None:
    assert lineage.ground(("ccg", "02A")) == (("ccg", "02A"),)
    assert lineage.ground(("stp", "E4")) == (("stp", "E4"),)


def test_today_follows_every_succession_but_a_part_that_passed_to_a_neighbour(lineage: Lineage) -> None:
    assert lineage.today(("ccg", "01A")) == (("icb", "Q1"),)
    assert lineage.today(("region", "Y1")) == (("region", "Y2"), ("region", "Y3"))
    assert lineage.today(("stp", "E4")) == (("icb", "Q4"),)
    assert lineage.today(("region", "Y2")) == (("region", "Y2"),)


def test_origins_are_what_stood_at_the_beginning(lineage: Lineage) -> None:
    assert lineage.origins(("icb", "Q4")) == (("stp", "E2"), ("stp", "E3"))
    assert lineage.origins(("icb", "Q1")) == (("stp", "E1"), ("ccg", "01A"), ("ccg", "01B"), ("ccg", "03A"))
    assert lineage.origins(("ccg", "03A")) == (("ccg", "03A"),)


def test_a_type_that_no_release_has_yet_is_left_out(lineage: Lineage) -> None:
    assert [each.new for each in lineage.successors(("ccg", "03A"))] == [("icb", "Q1")]


def test_that_type_counts_once_a_release_has_it(tmp_path: Path) -> None:
    known = ORGANISATIONS | {
        ("sub_icb", "03A"): Organisation("sub_icb", "03A", "area", "Three", (), "2022-23", "2022-23")
    }
    lineage = read_lineage(write(tmp_path, *ROWS), known)
    assert lineage.ground(("ccg", "03A")) == (("ccg", "03A"), ("sub_icb", "03A"))
    assert join(lineage, ("ccg", "03A"), "2020-21", "2022-23").kind == "recoded"


def test_years_under_one_code_join_without_a_word(lineage: Lineage) -> None:
    key = ("ccg", "03A")
    assert join(lineage, key, "2017-18", "2021-22") == Joining("same", (key,), "", (key,))
    assert join(lineage, key, "2021-22", "2017-18") == Joining("same", (key,), "", (key,))


def test_years_under_two_codes_of_one_ground_join_with_the_codes_told(lineage: Lineage) -> None:
    joining = join(lineage, ("icb", "Q1"), "2021-22", "2022-23")
    assert (joining.kind, joining.codes, joining.later) == ("recoded", (("stp", "Q1"),), (("icb", "Q1"),))
    assert joining.why == (
        "The same ground goes by STP E1 (2017-18 to 2019-20), STP Q1 (2020-21 to 2021-22) and ICB Q1 "
        "(2022-23 to 2023-24)."
    )


def test_predecessors_that_merged_whole_can_be_added(lineage: Lineage) -> None:
    joining = join(lineage, ("ccg", "02A"), "2019-20", "2020-21")
    assert (joining.kind, joining.codes) == ("summed", (("ccg", "01A"), ("ccg", "01B")))
    assert joining.why == "The 02A CCG was formed in 2020-21 from The 01A CCG and The 01B CCG."
    before = join(lineage, ("ccg", "02A"), "2017-18", "2019-20")
    assert (before.kind, before.codes, before.later) == ("summed", joining.codes, joining.codes)


def test_an_area_that_became_part_of_a_larger_one_has_no_series_across(lineage: Lineage) -> None:
    joining = join(lineage, ("ccg", "01A"), "2019-20", "2020-21")
    assert joining == Joining("broken", (), "The 01A CCG became part of The 02A CCG in 2020-21.")
    later = join(lineage, ("ccg", "03A"), "2021-22", "2022-23")
    assert later == Joining("broken", (), "The Q1 ICB took over from The 03A CCG in 2022-23.")


def test_a_split_has_no_series_across_from_either_end(lineage: Lineage) -> None:
    assert join(lineage, ("region", "Y1"), "2018-19", "2019-20").why == "North was split into West and East in 2019-20."
    assert join(lineage, ("region", "Y2"), "2018-19", "2019-20") == Joining(
        "broken", (), "West was formed from part of North in 2019-20."
    )


def test_ground_that_passed_to_a_neighbour_is_told_of_both(lineage: Lineage) -> None:
    for code in ("Y2", "Y3"):
        joining = join(lineage, ("region", code), "2021-22", "2022-23")
        assert (joining.kind, joining.codes) == ("redrawn", (("region", code),))
        assert joining.why == "Part of West passed to East in 2022-23."
        assert join(lineage, ("region", code), "2019-20", "2021-22").kind == "same"


def test_a_neighbour_that_gained_ground_is_redrawn_though_its_code_was_only_changed(lineage: Lineage) -> None:
    joining = join(lineage, ("icb", "Q1"), "2017-18", "2023-24")
    assert (joining.kind, joining.why) == ("redrawn", "Part of The E4 STP passed to The Q1 STP in 2020-21.")


def test_a_new_boundary_counts_for_no_years_but_those_across_it(lineage: Lineage) -> None:
    key = ("icb", "Q4")
    assert join(lineage, key, "2019-20", "2020-21").kind == "redrawn"
    assert join(lineage, key, "2018-19", "2019-20").kind == "same"
    summed = join(lineage, key, "2017-18", "2018-19")
    assert (summed.kind, summed.codes, summed.later) == ("summed", (("stp", "E2"), ("stp", "E3")), (("stp", "E4"),))
    across = join(lineage, key, "2017-18", "2022-23")
    assert (across.kind, across.codes) == ("redrawn", (("stp", "E2"), ("stp", "E3")))


def test_names_with_commas_are_told_apart(lineage: Lineage) -> None:
    why = join(lineage, ("stp", "E4"), "2017-18", "2018-19").why
    assert why == "The E4 STP was formed in 2018-19 from Here, There; The E3 STP."


def test_years_before_and_after_all_figures_are_broken(lineage: Lineage) -> None:
    assert join(lineage, ("ccg", "03A"), "2012-13", "2019-20").why == "The 03A CCG has no figures before 2017-18."
    assert join(lineage, ("icb", "Q1"), "2022-23", "2030-31").why == "The Q1 ICB has no figures after 2023-24."


@pytest.mark.parametrize(
    ("row", "column", "what"),
    [
        ("ccg,09Z,ccg,02A,2020-21,merged,", "old_code", "No ccg has the code 09Z."),
        ("ccg,01A,ccg,9,2020-21,merged,", "new_code", "No ccg has the code 9."),
        ("cgg,01A,ccg,02A,2020-21,merged,", "old_type", '"cgg" is not a type of organisation.'),
        ("ccg,01A,ccg,02A,2020-21,joined,", "kind", '"joined" is not a kind of succession.'),
        ("ccg,01A,ccg,02A,2020,merged,", "year", '"2020" is not a financial year; write it as 2019-20.'),
        ("ccg,01A,ccg,02A,2021-22,merged,", "year", "02A has figures from 2020-21, not from 2021-22."),
        (
            "ccg,03A,ccg,02A,2020-21,merged,",
            "year",
            "03A has figures to 2021-22, so that nothing can have followed it in 2020-21.",
        ),
    ],
)
def test_a_row_that_cannot_be_is_told_with_its_place(
    problems: Callable[..., list[tuple[int, str, str]]], row: str, column: str, what: str
) -> None:
    assert (2, column, what) in problems(row)


def test_rows_that_contradict_each_other_are_told_together(
    problems: Callable[..., list[tuple[int, str, str]]],
) -> None:
    found = problems(
        "stp,E1,stp,Q1,2020-21,recoded,",
        "stp,E1,stp,Q1,2020-21,recoded,",
        "stp,E1,stp,Q4,2020-21,recoded,",
        "ccg,01A,ccg,01A,2020-21,merged,",
    )
    assert (3, "new_code", "This succession is there already, on line 2.") in found
    assert (4, "kind", "E1 is recoded to another stp already, on line 2.") in found
    assert (5, "new_code", "The organisation succeeds itself.") in found


def test_a_circle_is_told(tmp_path: Path) -> None:
    spanless = {key: Organisation(*key, "area", key[1]) for key in (("ccg", "1"), ("ccg", "2"), ("ccg", "3"))}
    rows = ("ccg,1,ccg,2,2019-20,merged,", "ccg,2,ccg,3,2020-21,merged,", "ccg,3,ccg,1,2021-22,merged,")
    with pytest.raises(DataError) as refused:
        read_lineage(write(tmp_path, *rows), spanless)
    assert [problem.line for problem in refused.value.problems] == [2, 3, 4]
    assert refused.value.problems[0].what == "1 comes out of 2 itself, by way of other rows."


def test_every_kind_says_what_it_means_of_the_ground() -> None:
    assert all(KINDS.values())
