"""How an area stands, in words."""

from collections.abc import Callable, Sequence

import pytest

from yearbook.comparison import Verdict
from yearbook.lineage import Lineage
from yearbook.organisations import Organisation
from yearbook.peers import Comparisons, Peers
from yearbook.successions import Succession
from yearbook.wording import (
    SHORT_VERDICTS,
    against_england,
    opening_sentences,
    ordinal,
    place_words,
    rank_words,
    succession_sentences,
    verdict_words,
)
from yearbook.years import FinancialYear

YEAR, NEXT = FinancialYear(2018), FinancialYear(2019)
AREA = Organisation("ccg", "A", name="NHS Alpha CCG")
Make = Callable[..., Comparisons]
Row = Callable[..., dict[str, object]]


@pytest.fixture
def among(make_comparisons: Make) -> Callable[..., Peers]:
    """The CCGs of one year by recovery."""

    def make(*rows: dict[str, object], metric: str = "recovery_rate", **more: object) -> Peers:
        return make_comparisons({"2018-19": rows}, AREA, **more).peers(metric, YEAR, "ccg")

    return make


@pytest.fixture
def opening(make_comparisons: Make) -> Callable[..., list[str]]:
    """The opening of the area's page, from its row and those of others."""

    def make(*rows: dict[str, object], known: Sequence[Organisation] = (), **more: object) -> list[str]:
        comparisons = make_comparisons({"2018-19": rows}, AREA, *known, **more)
        area = comparisons.areas.of(AREA.key)
        assert area is not None
        return opening_sentences(comparisons, area, YEAR)

    return make


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (12, "12th"), (13, "13th"), (21, "21st"),
     (98, "98th"), (101, "101st"), (111, "111th"), (112, "112th"), (1003, "1,003rd")],
)  # fmt: skip
def test_ordinals(number: int, words: str) -> None:
    assert ordinal(number) == words


@pytest.mark.parametrize(
    ("org_type", "name", "words"),
    [
        ("region", "North West", "the North West"),
        ("region", "Midlands and East", "the Midlands and East"),
        ("region", "London", "London"),
        ("ccg", "North Somerset", "North Somerset"),
    ],
)
def test_regions_that_take_an_article_get_it(org_type: str, name: str, words: str) -> None:
    assert place_words(Organisation(org_type, "X", name=name)) == words


@pytest.mark.parametrize(("better", "rate", "words"), [
    ("reliable_deterioration", "4", "well below England"), ("reliable_deterioration", "9", "well above England"),
    ("reliable_deterioration", "6", "not clearly different from England"),
])  # fmt: skip
def test_fewer_who_deteriorate_is_told_as_below_though_it_is_better(
    better: str, rate: str, words: str, among: Callable[..., Peers], area_row: Row
) -> None:
    counts = {better: int(rate) * 20, f"{better}_percent": rate}
    peers = among(area_row("A", 50, 1900, **counts), metric="reliable_deterioration_rate")
    peer = peers.row(AREA)
    assert verdict_words(peer, "lower") == words
    assert peer.verdict is {"4": Verdict.BEST, "9": Verdict.WORST, "6": Verdict.SIMILAR}[rate]


def test_every_verdict_has_a_short_word() -> None:
    from yearbook.wording.areas import _VERDICTS

    assert set(_VERDICTS) == set(Verdict)
    assert set(SHORT_VERDICTS) == {*_VERDICTS.values(), ""}


@pytest.mark.parametrize("rate", [30, 46, 51, 54, 60])
def test_a_verdict_of_recovery_says_on_which_side_it_lies(
    rate: int, among: Callable[..., Peers], area_row: Row
) -> None:
    words = verdict_words(among(area_row("A", rate)).row(AREA), "higher")
    assert words == {
        30: "well below England", 46: "below England", 51: "not clearly different from England",
        54: "above England", 60: "well above England",
    }[rate]  # fmt: skip


def test_without_england_there_is_no_verdict_and_nothing_against_it(among: Callable[..., Peers], area_row: Row) -> None:
    peers = among(area_row("A", 50), england=None)
    assert verdict_words(peers.row(AREA), "higher") == ""
    assert against_england(peers, peers.row(AREA)) == ""


def rank_of(code: str, peers: Peers) -> str:
    return rank_words(peers, peers.row(Organisation("ccg", code)))


def test_ranks_in_words(among: Callable[..., Peers], area_row: Row) -> None:
    peers = among(
        area_row("A", 60),
        area_row("B", 55),
        area_row("C", 55),
        area_row("D", 50),
        area_row("E", 40),
        area_row("F", 90, 50),
    )
    assert [rank_of(code, peers) for code in "ABCDEF"] == [
        "the highest of 5 CCGs", "joint 2nd of 5 CCGs", "joint 2nd of 5 CCGs", "4th of 5 CCGs",
        "the lowest of 5 CCGs", "",
    ]  # fmt: skip


def test_the_ends_can_be_shared(among: Callable[..., Peers], area_row: Row) -> None:
    peers = among(area_row("A", 60), area_row("B", 60), area_row("C", 50), area_row("D", 40), area_row("E", 40))
    assert [rank_of(code, peers) for code in "ABCDE"] == [
        "the joint highest of 5 CCGs", "the joint highest of 5 CCGs", "3rd of 5 CCGs",
        "the joint lowest of 5 CCGs", "the joint lowest of 5 CCGs",
    ]  # fmt: skip


def test_small_and_doubtful_rows_are_never_called_highest_or_lowest(among: Callable[..., Peers], area_row: Row) -> None:
    peers = among(area_row("A", 60, 200), area_row("B", 50), area_row("C", 40, referrals_received=500))
    assert [rank_of(code, peers) for code in "ABC"] == ["1st of 3 CCGs", "2nd of 3 CCGs", "3rd of 3 CCGs"]


def test_one_alone_is_no_extreme(among: Callable[..., Peers], area_row: Row) -> None:
    assert rank_of("A", among(area_row("A", 60))) == "1st of 1 CCG"


@pytest.mark.parametrize(
    ("of", "recovered", "words"),
    [
        (1000, 600, "10 percentage points above England’s 50.0%"),
        (1000, 330, "17 percentage points below England’s 50.0%"),
        (1000, 510, "not clearly different from England’s 50.0%"),
        (100_000, 51_000, "1 percentage point above England’s 50.0%"),
        (1_000_000, 496_000, "less than a percentage point below England’s 50.0%"),
    ],
)
def test_how_far_from_england(of: int, recovered: int, words: str, among: Callable[..., Peers], area_row: Row) -> None:
    peers = among(area_row("A", 50, of, recovery=recovered))
    assert against_england(peers, peers.row(AREA)) == words


def test_the_opening_tells_the_rate_the_rank_and_the_flows(opening: Callable[..., list[str]], area_row: Row) -> None:
    said = opening(area_row("A", 40), *(area_row(code, 50) for code in "BCD"))
    assert said == [
        "The recovery rate of NHS Alpha CCG was 40% in 2018-19, 10 percentage points below England’s 50.0%, and the "
        "lowest of 4 CCGs.",
        "It received 3,000 referrals, and in the same twelve months 1,100 courses of treatment were finished, of which "
        "400 ended in recovery: 13 for every hundred received.",
    ]


def test_the_opening_of_a_small_area_makes_no_comparison(opening: Callable[..., list[str]], area_row: Row) -> None:
    said = opening(area_row("A", 40, 50), *(area_row(code, 50) for code in "BCD"))
    assert said[0] == (
        "The recovery rate of NHS Alpha CCG was 40% in 2018-19; fewer than 100 referrals stand behind it, too "
        "few to compare."
    )


def test_the_opening_without_counts_gives_the_rate_alone(opening: Callable[..., list[str]], area_row: Row) -> None:
    said = opening(area_row("A", 40, recovery="*"))
    assert said[0] == "The recovery rate of NHS Alpha CCG was 40% in 2018-19."
    assert said[1].endswith("how many ended in recovery is hidden because the number is small.")


NOT_TOLD = {"recovery": "*", "recovery_percent": "*"}
SMALL = "is hidden because the number is small."


@pytest.mark.parametrize(
    ("hidden", "ends"),
    [
        (NOT_TOLD, f"1,100 courses of treatment were finished; how many ended in recovery {SMALL}"),
        (
            {**NOT_TOLD, "finished_course_of_treatment": "*"},
            f"It received 3,000 referrals; how many courses of treatment were finished {SMALL}",
        ),
    ],
)
def test_what_is_hidden_is_said_to_be_hidden(
    hidden: dict[str, object], ends: str, opening: Callable[..., list[str]], area_row: Row
) -> None:
    said = opening(area_row("A", 40, **hidden))
    assert said[0] == "The recovery rate of NHS Alpha CCG in 2018-19 is hidden because the number is small."
    assert said[1].endswith(ends)


def test_an_area_that_received_nothing_known_says_nothing_of_it(
    opening: Callable[..., list[str]], area_row: Row
) -> None:
    assert len(opening(area_row("A", 40, referrals_received="x"))) == 1


def test_a_doubtful_row_says_so_and_claims_no_share(opening: Callable[..., list[str]], area_row: Row) -> None:
    said = opening(area_row("A", 40, referrals_received=900))
    assert said[1:] == [
        "But the row is in doubt, and so it is given no place here. It finished 1,100 courses of treatment and "
        "received 900 referrals, which can hardly both be right."
    ]
    assert "of 1 CCG" not in said[0]


@pytest.mark.parametrize(
    ("kind", "after", "before"),
    [
        ("merged", "In 2019-20 it became part of NHS Beta CCG.", "It was formed in 2019-20 from NHS Alpha CCG."),
        (
            "split",
            "In 2019-20 it was divided between NHS Beta CCG and NHS Gamma CCG.",
            "It was formed in 2019-20 out of NHS Alpha CCG.",
        ),
        (
            "redrawn",
            "In 2019-20 its boundary was redrawn, and it went on as NHS Beta CCG.",
            "Its boundary was redrawn in 2019-20; until then its ground, but for a part, was that of NHS Alpha CCG.",
        ),
        (
            "succeeded",
            "In 2019-20 its work passed to NHS Beta CCG.",
            "In 2019-20 it took over the work of NHS Alpha CCG.",
        ),
        (
            "transferred",
            "In 2019-20 a part of its ground passed to NHS Beta CCG.",
            "In 2019-20 it gained a part of NHS Alpha CCG.",
        ),
    ],
)
def test_a_succession_is_told_on_both_sides(
    kind: str, after: str, before: str, make_comparisons: Make, area_row: Row
) -> None:
    others = [Organisation("ccg", code, name=f"NHS {name} CCG") for code, name in (("C", "Gamma"), ("B", "Beta"))]
    known = {one.key: one for one in (AREA, *others)}
    to = others if kind == "split" else others[1:]
    lineage = Lineage(tuple(Succession(AREA.key, one.key, NEXT, kind) for one in to), known)
    years = {"2018-19": [area_row("A", 50)], "2019-20": [area_row("B", 50), area_row("C", 50)]}
    areas = make_comparisons(years, *known.values(), lineage=lineage).areas
    old, new = areas.of(AREA.key), areas.of(("ccg", "B"))
    assert old is not None
    assert new is not None
    assert succession_sentences(areas, old) == [after]
    assert succession_sentences(areas, new) == [before]


def test_an_area_that_was_always_as_it_is_has_no_history_to_tell(make_comparisons: Make, area_row: Row) -> None:
    areas = make_comparisons({"2018-19": [area_row("A", 50)]}, AREA).areas
    assert succession_sentences(areas, areas.all[0]) == []
