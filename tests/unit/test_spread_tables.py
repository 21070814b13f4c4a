"""The tables of how areas lie apart: the ends with the year after, every year's spread, all that are ranked."""

from collections.abc import Callable

import pytest

from yearbook.comparison import Interval
from yearbook.lineage import Lineage
from yearbook.organisations import Organisation
from yearbook.peers import Comparisons
from yearbook.successions import Succession
from yearbook.tables import (
    Cell,
    Row,
    count_words,
    ends_of,
    extremes_table,
    next_year_of,
    peers_table,
    percent_range,
    percent_text,
    ratio_text,
    spreads_table,
)
from yearbook.years import FinancialYear

YEAR, NEXT = FinancialYear(2018), FinancialYear(2019)
Make = Callable[..., Comparisons]
MakeRow = Callable[..., dict[str, object]]


@pytest.fixture
def over_years(make_comparisons: Make, area_row: MakeRow) -> Callable[..., Comparisons]:
    """CCGs A, B, C… by their rates in 2018-19 and the years after it."""

    def make(*years: tuple[int, ...], **more: object) -> Comparisons:
        rows = {
            str(FinancialYear(2018 + at)): [area_row(chr(65 + number), rate) for number, rate in enumerate(rates)]
            for at, rates in enumerate(years)
        }
        return make_comparisons(rows, **more)

    return make


def texts(row: Row) -> list[str]:
    return [row.label, *(cell.text if isinstance(cell, Cell) else cell for cell in row.cells)]


@pytest.mark.parametrize(
    ("interval", "text"),
    [
        (Interval(0.3153, 0.3547), "32 to 35"),
        (Interval(0.0, 1.0), "0 to 100"),
        (Interval(0.285, 0.295), "29 to 30"),
        (None, ""),
    ],
)
def test_intervals_are_whole_percentages_halves_up(interval: Interval | None, text: str) -> None:
    assert percent_range(interval) == text


@pytest.mark.parametrize(("ratio", "text"), [(1.87, "1.87"), (2.0, "2.00"), (1.255, "1.26"), (None, "–")])
def test_ratios_have_two_decimals(ratio: float | None, text: str) -> None:
    assert ratio_text(ratio) == text


@pytest.mark.parametrize(("share", "text"), [(0.455, "46%"), (0.4549, "45%"), (1, "100%"), (0, "0%")])
def test_shares_are_whole_percentages(share: float, text: str) -> None:
    assert percent_text(share) == text


@pytest.mark.parametrize(("number", "each"), [(0, 0), (1, 0), (2, 1), (3, 1), (9, 4), (10, 5), (30, 5)])
def test_the_ends_do_not_overlap_and_are_five_at_most(
    number: int, each: int, over_years: Callable[..., Comparisons]
) -> None:
    peers = over_years(tuple(30 + at for at in range(number))).peers("recovery_rate", YEAR, "ccg")
    high, low = ends_of(peers)
    assert (len(high), len(low)) == (each, each)
    assert not set(high) & set(low)
    assert [peer.rank for peer in high] == list(range(1, each + 1))


def test_the_ends_are_followed_into_the_year_after(over_years: Callable[..., Comparisons]) -> None:
    comparisons = over_years((60, 50, 40), (55, 51, 47))
    table = extremes_table(comparisons, comparisons.peers("recovery_rate", YEAR, "ccg"))
    assert table.columns == ("CCG", "Recovery rate, 2018-19", "95% interval", "Counted", "2019-20", "Change, points")
    assert [texts(row) for row in table.rows] == [
        ["A", "60%", "57 to 63", "1,000", "55%", "−5"],
        ["C", "40%", "37 to 43", "1,000", "47%", "7"],
    ]
    assert (table.name, table.own_working) == ("extremes-ccg-2018-19", True)


def test_a_caption_of_one_each_is_in_the_singular(over_years: Callable[..., Comparisons]) -> None:
    comparisons = over_years((60, 50, 40))
    one = extremes_table(comparisons, comparisons.peers("recovery_rate", YEAR, "ccg"))
    assert one.caption == "The highest and the lowest CCG of 2018-19"
    comparisons = over_years((60, 58, 42, 40))
    two = extremes_table(comparisons, comparisons.peers("recovery_rate", YEAR, "ccg"))
    assert two.caption == "The two highest and the two lowest CCGs of 2018-19"


def test_before_the_next_year_the_ends_stand_alone(over_years: Callable[..., Comparisons]) -> None:
    comparisons = over_years((60, 50, 40))
    table = extremes_table(comparisons, comparisons.peers("recovery_rate", YEAR, "ccg"))
    assert table.columns[-1] == "Counted"
    assert "year after" not in table.caption


def test_an_end_that_is_gone_says_what_became_of_it(make_comparisons: Make, area_row: MakeRow) -> None:
    known = {
        one.key: one for one in (Organisation("ccg", "A", name="Alpha"), Organisation("ccg", "N", name="NHS New CCG"))
    }
    lineage = Lineage((Succession(("ccg", "A"), ("ccg", "N"), NEXT, "merged"),), known)
    years = {"2018-19": [area_row("A", 60), area_row("C", 40)], "2019-20": [area_row("N", 50)]}
    comparisons = make_comparisons(years, *known.values(), lineage=lineage)
    peers = comparisons.peers("recovery_rate", YEAR, "ccg")
    table = extremes_table(comparisons, peers)
    assert [texts(row)[-2:] for row in table.rows] == [["merged", ""], ["[x]", ""]]
    assert "Alpha became part of NHS New CCG in 2019-20." in table.notes
    assert next_year_of(comparisons, peers.ranked[0], YEAR) == (None, "part of NHS New CCG")


def test_an_end_whose_next_rate_is_hidden_has_no_change(make_comparisons: Make, area_row: MakeRow) -> None:
    hidden = area_row("A", 0, recovery="*", recovery_percent="*")
    comparisons = make_comparisons(
        {"2018-19": [area_row("A", 60), area_row("C", 40)], "2019-20": [hidden, area_row("C", 41)]}
    )
    table = extremes_table(comparisons, comparisons.peers("recovery_rate", YEAR, "ccg"))
    assert texts(table.rows[0])[-2:] == ["[c]", ""]


def test_every_year_of_a_type_has_its_spread(over_years: Callable[..., Comparisons]) -> None:
    table = spreads_table(over_years((60, 50, 40), (60, 50), (62, 52, 31)), "ccg")
    assert [texts(row) for row in table.rows] == [
        ["2018-19", "3", "40%", "42%", "50%", "58%", "60%", "1.50", "1.38"],
        ["2020-21", "3", "52%", "35%", "52%", "60%", "62%", "1.19", "1.70"],  # C, missing for a year, is not named
    ]
    assert spreads_table(over_years((60, 50, 40)), "icb").rows == ()


def test_a_spread_without_anybody_to_name_has_dashes(make_comparisons: Make, area_row: MakeRow) -> None:
    rows = [area_row(code, rate, 200) for code, rate in (("A", 60), ("B", 50), ("C", 40))]
    (row,) = spreads_table(make_comparisons({"2018-19": rows}), "ccg").rows
    assert [texts(row)[at] for at in (2, 6, 7)] == ["–", "–", "–"]


def test_all_that_are_ranked_stand_under_england(over_years: Callable[..., Comparisons]) -> None:
    comparisons = over_years((40, 60, 50))
    table = peers_table(comparisons, comparisons.peers("recovery_rate", YEAR, "ccg"))
    assert [texts(row) for row in table.rows] == [
        ["England", "50.0%", "", "", ""],
        ["B", "60%", "57 to 63", "1,000", "1"],
        ["C", "50%", "47 to 53", "1,000", "2"],
        ["A", "40%", "37 to 43", "1,000", "3"],
    ]
    assert [row.is_base for row in table.rows] == [True, False, False, False]


@pytest.mark.parametrize(("number", "words"), [(0, "0 CCGs"), (1, "1 CCG"), (2, "2 CCGs")])
def test_how_many_are_ranked(number: int, words: str, over_years: Callable[..., Comparisons]) -> None:
    peers = over_years(tuple(range(50, 50 + number))).peers("recovery_rate", YEAR, "ccg")
    assert count_words(peers) == words
