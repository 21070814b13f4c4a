"""Organisations of a type compared by a rate: who is ranked, who may be named, who is left out and why."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

from yearbook.comparison import FunnelClass, IncomparableError, Verdict
from yearbook.comparison.flags import ABSENT, FINISHED_ABOVE_RECEIVED, RATE_CHANGED, RECEIVED_CHANGED
from yearbook.formatting import round_half_up
from yearbook.lineage import Lineage
from yearbook.metrics import METRICS_BY_NAME
from yearbook.organisations import Organisation
from yearbook.peers import FLOW_RATIOS, MAPPED, RATES, Comparisons, Peers
from yearbook.registers import SeriesBreak
from yearbook.releases import Breakdown
from yearbook.successions import Succession
from yearbook.years import FinancialYear

YEAR, NEXT = FinancialYear(2018), FinancialYear(2019)
Make = Callable[..., Comparisons]
Row = Callable[..., dict[str, object]]


@pytest.fixture
def peers_of(make_comparisons: Make) -> Callable[..., Peers]:
    """The CCGs of one year by recovery, from their rows."""

    def make(*rows: dict[str, object], known: tuple[Organisation, ...] = (), **more: object) -> Peers:
        return make_comparisons({"2018-19": rows}, *known, **more).peers("recovery_rate", YEAR, "ccg")

    return make


def codes(rows: Any) -> list[str]:
    return [row.organisation.code for row in rows]


def test_every_rate_compared_is_a_share_of_a_group_and_every_flow_ratio_is_not() -> None:
    assert all(METRICS_BY_NAME[name].is_rate and METRICS_BY_NAME[name].base for name in RATES)
    assert set(MAPPED) <= set(RATES)
    assert not set(FLOW_RATIOS) & set(RATES)


@pytest.mark.parametrize("metric", [*FLOW_RATIOS, "recovery"])
def test_neither_flows_nor_counts_are_ranked(metric: str, make_comparisons: Make, area_row: Row) -> None:
    with pytest.raises(ValueError, match="areas are not ranked by it"):
        make_comparisons({"2018-19": [area_row("A", 50)]}).peers(metric, YEAR, "ccg")


def test_ranks_go_by_the_published_percentage_and_then_by_the_middle_of_the_bounds(
    peers_of: Callable[..., Peers], area_row: Row
) -> None:
    peers = peers_of(
        area_row("A", 50, recovery=500),
        area_row("B", 50, recovery=505),  # published alike, a little higher by its counts
        area_row("C", 51, recovery=495),  # published higher, though lower by its counts
        area_row("D", 40),
    )
    assert codes(peers.ranked) == ["C", "B", "A", "D"]
    assert [row.rank for row in peers.ranked] == [1, 2, 3, 4]


def test_equal_rates_share_the_better_rank(peers_of: Callable[..., Peers], area_row: Row) -> None:
    peers = peers_of(area_row("A", 60), area_row("B", 50), area_row("C", 50), area_row("D", 40))
    assert {row.organisation.code: row.rank for row in peers.rows} == {"A": 1, "B": 2, "C": 2, "D": 4}
    assert {row.organisation.code: row.percentile for row in peers.rows} == {"A": 87.5, "B": 50, "C": 50, "D": 12.5}


@pytest.mark.parametrize(("of", "ranked", "named"), [(95, 0, 0), (100, 1, 0), (495, 1, 0), (500, 1, 1)])
def test_an_area_is_ranked_from_100_and_named_from_500(
    of: int, ranked: int, named: int, peers_of: Callable[..., Peers], area_row: Row
) -> None:
    peers = peers_of(area_row("A", 60, of), *(area_row(code, 50) for code in "BCD"))
    row = peers.row(Organisation("ccg", "A"))
    assert (row.base, row.rank is not None, row.may_be_named) == (of, bool(ranked), bool(named))
    assert row.left_out == ("" if ranked else "fewer than 100 referrals stand under its rate")
    assert (row in peers.ranked, row in peers.left_out, row in peers.named) == (bool(ranked), not ranked, bool(named))
    assert row.interval is not None, "it is shown with its interval all the same"


def test_the_highest_is_the_highest_that_may_be_named_and_the_barred_stand_beyond_it(
    peers_of: Callable[..., Peers], area_row: Row
) -> None:
    peers = peers_of(
        area_row("A", 70, 200), area_row("B", 60), area_row("C", 50), area_row("D", 40), area_row("E", 30, 200)
    )
    assert peers.highest is not None
    assert peers.lowest is not None
    assert (peers.highest.organisation.code, peers.lowest.organisation.code) == ("B", "D")
    assert codes(peers.barred) == [], "small ones are not barred for a reason to doubt them"
    assert peers.ranked[0].organisation.code == "A"


def test_a_doubtful_row_is_ranked_and_never_named(peers_of: Callable[..., Peers], area_row: Row) -> None:
    doubtful = area_row("A", 70, referrals_received=900)  # 1,100 finished
    peers = peers_of(doubtful, area_row("B", 60), area_row("C", 50), area_row("D", 40))
    row = peers.row(Organisation("ccg", "A"))
    assert [flag.kind for flag in row.flags] == [FINISHED_ABOVE_RECEIVED]
    assert (row.rank, row.may_be_named) == (1, False)
    assert codes(peers.named) == ["B", "C", "D"]
    assert codes(peers.barred) == ["A"]


def test_with_nobody_to_name_there_is_neither_highest_nor_lowest(peers_of: Callable[..., Peers], area_row: Row) -> None:
    peers = peers_of(*(area_row(code, 50, 200) for code in "ABC"))
    assert (peers.highest, peers.lowest, peers.barred) == (None, None, ())


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("commissioning hub", "it is a commissioning hub and not an area"),
        ("unknown", "these are referrals whose area is not known"),
    ],
)
def test_pseudo_areas_are_left_out_with_the_reason(
    kind: str, reason: str, peers_of: Callable[..., Peers], area_row: Row
) -> None:
    hub = Organisation("ccg", "14R", kind, "A hub")
    peers = peers_of(area_row("14R", 10), *(area_row(code, 50) for code in "ABC"), known=(hub,))
    row = peers.row(hub)
    assert (row.left_out, row.rank, row.flags) == (reason, None, ())
    assert codes(peers.left_out) == ["14R"]
    assert peers.spread is not None
    assert (peers.spread.number, peers.spread.lowest) == (3, 0.5)


@pytest.mark.parametrize(
    ("marker", "reason"),
    [
        ("*", "its rate is hidden because the number is small"),
        ("x", "its rate is not available in the sources"),
    ],
)
def test_a_rate_that_is_not_there_is_left_out_with_the_reason(
    marker: str, reason: str, peers_of: Callable[..., Peers], area_row: Row
) -> None:
    peers = peers_of(
        area_row("A", 50, recovery=marker, recovery_percent=marker), *(area_row(code, 50) for code in "BCD")
    )
    row = peers.row(Organisation("ccg", "A"))
    assert (row.left_out, row.counts, row.interval, row.verdict, row.base) == (reason, None, None, None, 0)
    with pytest.raises(ValueError, match="A has no counts"):
        _ = row.rate


def test_a_published_rate_without_its_counts_is_shown_and_not_ranked(
    peers_of: Callable[..., Peers], area_row: Row
) -> None:
    row = peers_of(area_row("A", 50, recovery="*")).row(Organisation("ccg", "A"))
    assert (row.working.text(0), row.left_out) == ("50%", "the counts behind its rate are not published")


def test_a_hidden_count_that_is_taken_away_counts_as_0_to_4(peers_of: Callable[..., Peers], area_row: Row) -> None:
    counts = peers_of(area_row("A", 50, not_at_caseness="*")).row(Organisation("ccg", "A")).counts
    assert counts is not None
    assert counts.denominator == 1100 - 2
    assert (counts.denominator_range.low, counts.denominator_range.high) == (1098 - 4, 1102 - 0)
    assert (counts.numerator_range.low, counts.numerator_range.high) == (498, 502)
    assert counts.bounds.contains(counts.rate)


def test_counts_that_make_no_proportion_are_none(make_comparisons: Make, area_row: Row) -> None:
    comparisons = make_comparisons(
        {"2018-19": [area_row("A", 50, recovery=2000), area_row("B", 50, finished_course_of_treatment=100)]}
    )
    metric = METRICS_BY_NAME["recovery_rate"]
    for code in "AB":
        assert comparisons.counts(metric, YEAR, Organisation("ccg", code)) is None
    assert comparisons.counts(metric, NEXT, Organisation("ccg", "A")) is None


def test_counts_of_a_group_come_from_its_row(make_comparisons: Make, area_row: Row) -> None:
    row = area_row("A", 20, 100, breakdown="gender", category="female")
    comparisons = make_comparisons({"2018-19": [area_row("A", 50), row]})
    counts = comparisons.counts(
        METRICS_BY_NAME["recovery_rate"], YEAR, Organisation("ccg", "A"), Breakdown("gender", "female")
    )
    assert counts is not None
    assert (counts.numerator, counts.denominator) == (20, 100)


@pytest.mark.parametrize(
    ("rate", "verdict"),
    [(60, Verdict.BEST), (54, Verdict.BETTER), (51, Verdict.SIMILAR), (46, Verdict.WORSE), (40, Verdict.WORST)],
)
def test_the_verdict_is_against_englands_rate(
    rate: int, verdict: Verdict, peers_of: Callable[..., Peers], area_row: Row
) -> None:
    assert peers_of(area_row("A", rate)).row(Organisation("ccg", "A")).verdict is verdict


def test_without_england_there_is_no_verdict_and_still_a_rank(peers_of: Callable[..., Peers], area_row: Row) -> None:
    peers = peers_of(*(area_row(code, 50) for code in "ABC"), england=None)
    assert peers.england is None
    assert {row.verdict for row in peers.rows} == {None}
    assert len(peers.ranked) == 3


@pytest.mark.parametrize(("number", "enough"), [(0, 0), (2, 0), (3, 1)])
def test_fewer_than_three_have_neither_spread_nor_funnel(
    number: int, enough: int, peers_of: Callable[..., Peers], area_row: Row
) -> None:
    peers = peers_of(*(area_row(code, 50) for code in "ABC"[:number]))
    assert (peers.spread is not None, peers.overdispersion is not None) == (bool(enough), bool(enough))
    if not enough:
        with pytest.raises(ValueError, match=f"{number} organisations have no funnel"):
            peers.limits(500, 1.96)
        assert [peers.funnel_class(row) for row in peers.rows] == [None] * number


def test_the_funnel_is_round_the_rate_of_all_ranked_together(peers_of: Callable[..., Peers], area_row: Row) -> None:
    rows = [area_row(f"A{number}", 50 + number % 3) for number in range(20)]
    peers = peers_of(*rows, area_row("LOW", 10), area_row("TINY", 90, 50))
    assert peers.pooled == sum(row.counts.numerator for row in peers.ranked if row.counts) / (21 * 1000)
    found = {row.organisation.code: peers.funnel_class(row) for row in peers.rows}
    assert found["LOW"] is FunnelClass.LOW_998
    assert found["TINY"] is None
    assert found["A1"] is FunnelClass.WITHIN


def test_flags_tell_what_changed_too_much_since_the_year_before(make_comparisons: Make, area_row: Row) -> None:
    comparisons = make_comparisons(
        {
            "2018-19": [area_row("A", 50, referrals_received=2000), area_row("B", 50), area_row("C", 50)],
            "2019-20": [area_row("A", 50, referrals_received=3005), area_row("B", 70), area_row("C", 69)],
        }
    )
    kinds = {code: [flag.kind for flag in comparisons.flags(Organisation("ccg", code), NEXT)] for code in "ABC"}
    assert kinds == {"A": [RECEIVED_CHANGED], "B": [RATE_CHANGED], "C": []}


def test_a_gap_is_told_in_the_year_after_it(make_comparisons: Make, area_row: Row) -> None:
    comparisons = make_comparisons(
        {"2018-19": [area_row("A", 50)], "2019-20": [area_row("B", 50)], "2020-21": [area_row("A", 50)]}
    )
    area = Organisation("ccg", "A")
    assert [flag.kind for flag in comparisons.flags(area, FinancialYear(2020))] == [ABSENT]
    assert comparisons.flags(area, YEAR) == ()


def test_a_recoded_area_is_held_to_its_former_code(make_comparisons: Make, area_row: Row) -> None:
    old, new = Organisation("stp", "E1", name="Old"), Organisation("icb", "Q1", name="New")
    lineage = Lineage((Succession(old.key, new.key, NEXT, "recoded"),), {old.key: old, new.key: new})
    years = {"2018-19": [area_row("E1", 40, org_type="stp")], "2019-20": [area_row("Q1", 65, org_type="icb")]}
    flags = make_comparisons(years, old, new, lineage=lineage).flags(new, NEXT)
    assert [flag.kind for flag in flags] == [RATE_CHANGED]
    assert "fell" not in flags[0].words


@pytest.mark.parametrize(("types", "main"), [(("ccg", "stp"), "ccg"), (("icb", "stp"), "icb"), (("provider",), "")])
def test_a_report_compares_ccgs_while_there_were(
    types: tuple[str, ...], main: str, make_comparisons: Make, area_row: Row
) -> None:
    rows = [area_row(f"A{number}", 50, org_type=each) for number, each in enumerate(types)]
    assert make_comparisons({"2018-19": rows}).main_type(YEAR) == main


def three(area_row: Row, org_type: str, *rates: int) -> list[dict[str, object]]:
    return [area_row(f"{org_type}{number}", rate, org_type=org_type) for number, rate in enumerate(rates)]


def test_spreads_of_one_type_are_compared_whichever_year_comes_first(make_comparisons: Make, area_row: Row) -> None:
    comparisons = make_comparisons(
        {"2018-19": three(area_row, "ccg", 40, 50, 60), "2019-20": three(area_row, "ccg", 45, 50, 55)}
    )
    change = comparisons.spread_change("ccg", NEXT, YEAR)
    assert change == comparisons.spread_change("ccg", YEAR, NEXT)
    assert (change.earlier.year, change.later.year) == (YEAR, NEXT)
    assert change.best_to_worst == pytest.approx(55 / 45 - 60 / 40)


@pytest.mark.parametrize("asked", ["ccg", "icb"])
def test_spreads_of_two_types_are_not_compared(asked: str, make_comparisons: Make, area_row: Row) -> None:
    comparisons = make_comparisons(
        {"2018-19": three(area_row, "ccg", 40, 50, 60), "2019-20": three(area_row, "icb", 45, 50, 55)}
    )
    with pytest.raises(IncomparableError, match="bigger areas average out"):
        comparisons.spread_change(asked, NEXT, YEAR)


def test_a_year_without_any_spread_is_not_compared(make_comparisons: Make, area_row: Row) -> None:
    comparisons = make_comparisons({"2018-19": three(area_row, "ccg", 40, 50, 60), "2019-20": [area_row("ccg0", 50)]})
    with pytest.raises(IncomparableError, match="There is no spread of CCGs in 2019-20"):
        comparisons.spread_change("ccg", NEXT, YEAR)


def test_a_break_between_forbids_the_comparison(make_comparisons: Make, area_row: Row) -> None:
    found = SeriesBreak(NEXT, "definition", "Another definition", "Why.", "a source", ("recovery_rate",))
    years = {"2018-19": three(area_row, "ccg", 40, 50, 60), "2019-20": three(area_row, "ccg", 45, 50, 55)}
    with pytest.raises(IncomparableError, match="the series breaks in 2019-20"):
        make_comparisons(years, breaks=[found]).spread_change("ccg", NEXT, YEAR)


def test_a_peer_prints_the_published_percentage(peers_of: Callable[..., Peers], area_row: Row) -> None:
    row = peers_of(area_row("A", 51, recovery=500)).row(Organisation("ccg", "A"))
    assert row.working.text(0) == "51%"
    assert round_half_up(Fraction(row.rate) * 100) == 50
