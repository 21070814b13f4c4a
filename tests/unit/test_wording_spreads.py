"""How areas lie apart, in sentences."""

from collections.abc import Callable
from itertools import pairwise

import pytest

from yearbook.organisations import Organisation
from yearbook.peers import Comparisons, Peers
from yearbook.wording import (
    after_sentences,
    bands_of,
    chance_sentence,
    compare_sentence,
    difference_sentence,
    funnel_sentence,
    left_out_sentences,
    middle_sentence,
    ratio_words,
    spread_change_sentence,
    spread_finding,
    spread_words,
)
from yearbook.wording.spreads import REGRESSION, after_sentence
from yearbook.years import FinancialYear

YEAR, NEXT = FinancialYear(2018), FinancialYear(2019)
Make = Callable[..., Comparisons]
Row = Callable[..., dict[str, object]]


@pytest.fixture
def among(make_comparisons: Make, area_row: Row) -> Callable[..., Peers]:
    """The CCGs of one year by recovery: rows, or rates of CCGs A, B, C…"""

    def make(*rows: dict[str, object] | int, known: tuple[Organisation, ...] = ()) -> Peers:
        made = [area_row(chr(65 + at), row) if isinstance(row, int) else row for at, row in enumerate(rows)]
        return make_comparisons({"2018-19": made}, *known).peers("recovery_rate", YEAR, "ccg")

    return make


def ends(peers: Peers) -> tuple[object, object]:
    return peers.highest, peers.lowest


@pytest.mark.parametrize(
    ("ratio", "words"),
    [(1.44, ""), (1.45, "about one and a half times"), (1.55, "about one and a half times"), (1.56, ""), (1.74, ""),
     (1.75, "almost double"), (1.87, "almost double"), (1.999, "almost double"), (2.0, "roughly double"),
     (2.06, "roughly double"), (2.1, "roughly double"), (2.11, "")],
)  # fmt: skip
def test_a_ratio_is_put_into_words_only_where_a_phrase_holds(ratio: float, words: str) -> None:
    assert ratio_words(ratio) == words


def test_the_finding_names_the_ends_that_may_be_named(among: Callable[..., Peers]) -> None:
    assert spread_finding(among(60, 50, 40)) == "In 2018-19 recovery ran from 40% in C to 60% in A"


@pytest.mark.parametrize("rates", [(), (50,)])
def test_without_two_ends_the_finding_claims_nothing(rates: tuple[int, ...], among: Callable[..., Peers]) -> None:
    number = len(rates)
    assert spread_finding(among(*rates)) == f"Recovery in {number} {'CCG' if number == 1 else 'CCGs'}, 2018-19"


def test_the_ends_are_compared_as_a_ratio_and_as_a_difference(among: Callable[..., Peers]) -> None:
    high, low = ends(among(60, 50, 32))
    assert compare_sentence(high, low) == (
        "The rate of A is almost double that of C: the ratio is 1.88 (95% interval 1.69 to 2.08)."
    )
    assert difference_sentence(high, low) == "They lie 28 percentage points apart (95% interval 24 to 32)."


def test_a_ratio_without_a_phrase_stands_for_itself(among: Callable[..., Peers]) -> None:
    assert compare_sentence(*ends(among(60, 50, 45))).startswith("The rate of A is 1.33 times that of C (95% interval ")


def test_a_difference_that_chance_could_make_is_not_given_a_size(among: Callable[..., Peers]) -> None:
    assert difference_sentence(*ends(among(51, 50, 49))) == "The difference is no larger than chance could make it."


def test_rows_without_counts_are_not_compared(among: Callable[..., Peers], area_row: Row) -> None:
    peers = among(60, area_row("B", 50, recovery="*"))
    high, hidden = (peers.row(Organisation("ccg", code)) for code in "AB")
    assert (compare_sentence(high, hidden), difference_sentence(high, hidden)) == ("", "")


def test_the_middle_is_told_with_its_ratio(among: Callable[..., Peers]) -> None:
    assert middle_sentence(among(60, 50, 40)) == (
        "The middle eight tenths of 3 CCGs lay between 42% and 58%: the 90th percentile was 1.38 times the 10th."
    )
    assert middle_sentence(among(60, 50)) == ""


@pytest.mark.parametrize(
    ("outliers", "ending"),
    [
        ((), "none of 30 CCGs lay beyond the limits in 2018-19."),
        ((10,), "one of 31 CCGs lay beyond the 95% limits in 2018-19, and also beyond the 99.8% limits."),
        ((10, 90), "two of 32 CCGs lay beyond the 95% limits in 2018-19, all of them beyond the 99.8% limits."),
    ],
)
def test_the_funnel_counts_who_lies_beyond(outliers: tuple[int, ...], ending: str, among: Callable[..., Peers]) -> None:
    assert funnel_sentence(among(*(49 + number % 3 for number in range(30)), *outliers)).endswith(ending)


def test_chance_explains_one_in_twenty(among: Callable[..., Peers]) -> None:
    peers = among(*(50 for _ in range(39)), 10)
    assert chance_sentence(peers) == (
        "If they differed from England by chance alone, about two of 40 CCGs would have an interval that leaves "
        "England’s rate out; one has."
    )
    assert chance_sentence(among(*(50 for _ in range(38)), 10, 90)).endswith("; two have.")


def test_who_is_left_out_is_told_by_reason(among: Callable[..., Peers], area_row: Row) -> None:
    hubs = tuple(Organisation("ccg", code, "commissioning hub", f"Hub {code}") for code in ("14R", "14S"))
    hidden = {"recovery": "*", "recovery_percent": "*"}
    rows = (
        area_row("14R", 33),
        area_row("14S", 34),
        area_row("S", 60, 50),
        area_row("T", 61, 50),
        area_row("H", 0, **hidden),
        area_row("I", 0, **hidden),
    )
    assert set(left_out_sentences(among(50, *rows, known=hubs))) == {
        "Hub 14R (33%) and Hub 14S (34%): commissioning hubs, which are no areas.",
        "S (60%) and T (61%): fewer than 100 referrals stand under each rate.",
        "H and I: their rates are hidden because the number is small.",
    }  # fmt: skip


def test_one_that_is_left_out_is_told_in_the_singular(among: Callable[..., Peers], area_row: Row) -> None:
    hub = Organisation("ccg", "14R", "commissioning hub", "Hub")
    nobody = Organisation("ccg", "UNKNOWN", "unknown", "Unknown")
    said = left_out_sentences(
        among(50, area_row("14R", 33), area_row("UNKNOWN", 40), area_row("S", 60, 50), known=(hub, nobody))
    )
    assert set(said) == {
        "Hub (33%): a commissioning hub, which is no area.",
        "Unknown (40%): referrals whose area is not known.",
        "S (60%): fewer than 100 referrals stand under its rate.",
    }


def test_with_nobody_left_out_nothing_is_said(among: Callable[..., Peers]) -> None:
    assert left_out_sentences(among(60, 50, 40)) == []


RATES = [(60, 50, 40), (51, 50, 49), (50, 50, 50), tuple(range(20, 80)), (3, 50, 97), (1, 2, 3)]


@pytest.mark.parametrize("rates", RATES)
def test_every_ranked_peer_has_one_band_and_the_bands_are_in_order(
    rates: tuple[int, ...], among: Callable[..., Peers]
) -> None:
    peers = among(*rates)
    bands = bands_of(peers)
    found = [bands.band(peer) for peer in peers.ranked]
    assert set(found) <= {1, 2, 3, 4, 5}
    assert sum(found.count(number) for number in range(1, 6)) == len(peers.ranked)
    assert found == sorted(found, reverse=True), "the highest have the highest band"
    assert all(before < after for before, after in pairwise(bands.starts))
    assert len(set(bands.labels)) == len(bands.labels) == 5


def test_the_labels_of_bands_leave_no_gap(among: Callable[..., Peers]) -> None:
    assert bands_of(among(*range(40, 61))).labels == (
        "under 42%", "42% to 46%", "47% to 51%", "52% to 56%", "57% or more",
    )  # fmt: skip
    assert bands_of(among(50, 50, 50)).labels == ("under 48%", "48%", "49%", "50%", "51% or more")


def test_bands_go_by_what_is_printed(among: Callable[..., Peers], area_row: Row) -> None:
    peers = among(*range(40, 61), area_row("edge", 47, recovery=465))
    bands = bands_of(peers)
    assert bands.band(peers.row(Organisation("ccg", "edge"))) == bands.band(peers.row(Organisation("ccg", "H"))) == 3


def test_the_small_and_the_hidden_have_no_band(among: Callable[..., Peers], area_row: Row) -> None:
    peers = among(60, 50, 40, area_row("S", 60, 50), area_row("H", 0, recovery="*", recovery_percent="*"))
    bands = bands_of(peers)
    assert [bands.band(peers.row(Organisation("ccg", code))) for code in "SH"] == [0, 0]


@pytest.fixture
def two_years(make_comparisons: Make, area_row: Row) -> Callable[..., Comparisons]:
    """Two years of CCGs A, B, C… by their rates."""

    def make(first: tuple[int, ...], second: tuple[int, ...] | None) -> Comparisons:
        years = {"2018-19": first, "2019-20": second}
        return make_comparisons(
            {
                year: [area_row(chr(65 + at), rate) for at, rate in enumerate(rates)]
                for year, rates in years.items()
                if rates is not None
            }
        )

    return make


def said_after(comparisons: Comparisons) -> list[str]:
    return after_sentences(comparisons, comparisons.peers("recovery_rate", YEAR, "ccg"))


def test_what_became_of_the_ends_is_told_with_why_to_expect_it(two_years: Callable[..., Comparisons]) -> None:
    said = said_after(two_years((60, 58, 42, 40), (55, 59, 45, 41)))
    assert said == [
        "Of the two highest that can be followed, one had a lower rate in 2019-20. Of the two lowest that can be "
        "followed, both had a higher rate in 2019-20.",
        REGRESSION,
    ]


def test_staying_where_it_was_is_neither_lower_nor_higher(two_years: Callable[..., Comparisons]) -> None:
    (said, _) = said_after(two_years((60, 40), (60, 39)))
    assert said == (
        "The highest that can be followed was not lower in 2019-20. The lowest that can be followed was not higher in "
        "2019-20."
    )


@pytest.mark.parametrize("second", [None, ()])
def test_before_the_next_year_nothing_is_said_of_it(
    second: tuple[int, ...] | None, two_years: Callable[..., Comparisons]
) -> None:
    assert said_after(two_years((60, 58, 42, 40), second)) == []


def test_nobody_to_follow_makes_no_sentence() -> None:
    assert after_sentence([], "2019-20", True) == ""


def test_how_the_spread_changed(two_years: Callable[..., Comparisons]) -> None:
    wider = two_years((60, 50, 40), (70, 50, 30))
    assert spread_change_sentence(wider, "ccg", NEXT) == (
        "The 90th percentile was 1.94 times the 10th, up from 1.38 in 2018-19."
    )
    same = two_years((60, 50, 40), (60, 50, 40))
    assert spread_change_sentence(same, "ccg", NEXT) == "The 90th percentile was 1.38 times the 10th, as in 2018-19."
    assert spread_change_sentence(wider, "ccg", YEAR) == "", "there is no year before"


def test_a_report_without_areas_says_nothing_of_them(make_comparisons: Make) -> None:
    assert spread_words(make_comparisons({"2018-19": []}), YEAR) is None


def test_a_report_tells_the_ends_the_middle_chance_and_the_funnel(two_years: Callable[..., Comparisons]) -> None:
    found = spread_words(two_years((60, 50, 40), None), YEAR)
    assert found is not None
    title, words = found
    assert title == "In 2018-19 recovery ran from 40% in C to 60% in A"
    assert words.count(". ") >= 4
    for part in ("percentage points apart", "middle eight tenths", "by chance alone", "Allowing for how much"):
        assert part in words
