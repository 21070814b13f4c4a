"""Checked words: which hold of which facts, and what is said when they do not."""

from fractions import Fraction

import pytest

from yearbook.wording.facts import Facts
from yearbook.wording.phrases import all_phrases, judge_phrase, read_phrase, that_hold
from yearbook.years import FinancialYear


def exact(number: float | str) -> Fraction:
    return Fraction(str(number))


def share(value: float) -> Facts:
    return Facts(exact(value), name="the rate")


def moved(before: float, after: float, unit: str = "percent", **more: object) -> Facts:
    """A change between two years, or with `compared_year=None` between two figures of one year."""
    told = {"compared_with": "2016-17", "compared_year": FinancialYear(2016), "year": FinancialYear(2017), **more}
    places = 1 if unit == "percent" else 0
    return Facts(exact(after), unit, "it", places, before=exact(before), after=exact(after), **told)  # type: ignore[arg-type]


def run(
    *values: float, first: int = 2013, at: int = -1, whole: bool = True, all_held: bool = True, **more: object
) -> Facts:
    """A series from `first` on, seen from its year numbered `at`."""
    series = tuple((FinancialYear(first + number), exact(value)) for number, value in enumerate(values))
    year, value = series[at]
    return Facts(value, year=year, series=series, whole=whole, all_held=all_held, **more)  # type: ignore[arg-type]


RECOVERY = (45.0, 44.8, 46.3, 49.3, 50.8, 52.1, 51.1, 51.4, 50.2, 49.9, 50.1)
"""England's recovery rates from 2013-14, to one decimal."""


# What METHODS classifies, each post phrase with its value, and the ends of each range.
SHARES = [
    ("nearly nine in ten", 89.1, True),
    ("nearly four in ten", 38.3, True),
    ("just over one in four", 26, True),
    ("less than one in five", 18.3, True),
    ("around one in ten", 11, True),
    ("nearly two-thirds", 62.5, False),
    ("slightly more than half", 55.3, False),
    ("nearly half", 47.5, True),
    ("nearly half", 47.4999, False),
    ("nearly half", 50, False),
    ("just over half", 50, False),
    ("just over half", 50.0001, True),
    ("just over half", 52, True),
    ("just over half", 52.0001, False),
    ("about half", 48.5, True),
    ("about half", 51.5, True),
    ("about half", 51.5001, False),
    ("half", 51.5, True),
    ("half", 51.6, False),
    ("more than half", 50, False),
    ("more than half", 99, True),
    ("less than half", 50, False),
    ("less than half", 1, True),
    ("at least half", 50, True),
    ("at most half", 50, True),
    ("no more than half", 50.1, False),
    ("well over half", 55, True),
    ("well over half", 54.9, False),
    ("well under half", 45, True),
    ("Nearly Two-Thirds", 65, True),
    ("a two in three chance", 66.4, True),
    ("an even chance", 51, True),
    ("slightly better than an even chance", 51.1, True),
    ("only seven in ten", 70.1, True),
    ("just one in five", 21.3, True),
    ("one in ten or so", 11, True),
    ("nearly all", 95, True),
    ("nearly all", 94.9, False),
    ("nearly all", 100, False),
    ("hardly any", 5, True),
    ("most", 50, False),
    ("most", 50.1, True),
    ("a minority", 49.9, True),
    ("between a third and a half", 50, True),
    ("between a third and a half", 50.1, False),
    ("eighteen in a hundred", 18.28, True),
    ("eighteen in a hundred", 18.5, False),
    ("seventeen of every hundred", 16.5, True),
    # Near nothing and near everything the distances shrink.
    ("about one in twenty", 5.75, True),
    ("about one in twenty", 5.76, False),
    ("nearly nineteen in twenty", 93.75, True),
    ("nearly nineteen in twenty", 93.7, False),
]


@pytest.mark.parametrize(("words", "value", "holds"), SHARES)
def test_a_share_holds_within_its_bounds(words: str, value: float, holds: bool) -> None:
    assert judge_phrase(words, share(value)).holds is holds


@pytest.mark.parametrize(
    "spellings",
    [
        (
            "half",
            "a half",
            "one half",
            "one-half",
            "one in two",
            "1 in 2",
            "five in ten",
            "5 out of 10",
            "one in every two",
        ),
        ("two-thirds", "two thirds", "two in three", "2 in 3", "Two–Thirds", "six in nine", "two out of every three"),
        ("a quarter", "one quarter", "one in four", "a one in four chance", "one out of four"),
    ],
)
@pytest.mark.parametrize("value", [20, 24, 25, 27, 49, 51, 60, 66, 68])
def test_how_a_fraction_is_spelt_makes_no_difference(spellings: tuple[str, ...], value: float) -> None:
    told = {
        judge_phrase(f"{said} {spelt}".strip(), share(value)).holds for said in ("", "about") for spelt in spellings
    }
    assert len(told) == 1


RATIOS = [
    ("almost double", 34, 64, True),
    ("nearly double", 34, 64, True),
    ("roughly double", 34, 64, False),
    ("roughly double", 32, 66, True),
    ("almost double", 100, 175, True),
    ("almost double", 100, 174.9, False),
    ("almost double", 100, 200, False),
    ("roughly double", 100, 190, True),
    ("roughly double", 100, 210, True),
    ("roughly double", 100, 210.1, False),
    ("double", 100, 189.9, False),
    ("twice", 100, 190, True),
    ("twice as many as", 100, 205, True),
    ("more than double", 100, 200, False),
    ("more than twice", 100, 201, True),
    ("three times as many", 100, 300, True),
    ("almost treble", 100, 262.5, True),
    ("almost treble", 100, 262.4, False),
    ("five times as likely", 100, 510, True),
    ("one and a half times as many", 100, 156, False),
    ("half as many again", 100, 152, True),
    ("half as many", 100, 50, True),
    ("half as many", 100, 47, False),
    ("just over half as many", 100, 56, True),
    ("almost half as many", 100, 46, True),
    ("two-thirds the rate", 100, 67, True),
    ("almost as many", 50.8, 49.2, True),
    ("almost as many as", 100, 100, False),
    ("as many as", 100, 104, True),
    ("doubled", 100, 195, True),
    ("almost doubled", 100, 180, True),
    ("more than doubled", 100, 199, False),
    ("has halved", 100, 51, True),
    ("almost halved", 100, 55, True),
    ("almost halved", 100, 49, False),
    ("more than halved", 100, 49, True),
]


@pytest.mark.parametrize(("words", "before", "after", "holds"), RATIOS)
def test_a_ratio_holds_within_its_bounds(words: str, before: float, after: float, holds: bool) -> None:
    assert judge_phrase(words, moved(before, after, "count")).holds is holds


def test_half_of_another_figure_is_a_ratio_and_half_of_all_a_share() -> None:
    against = moved(80, 40, compared_year=None, compared_with="the whole")
    assert judge_phrase("half", against).holds
    assert not judge_phrase("half", moved(80, 40)).holds


def test_a_change_is_not_said_of_two_figures_of_one_time() -> None:
    verdict = judge_phrase("doubled", moved(20, 40, compared_year=None))
    assert (verdict.holds, verdict.why) == (False, "the words tell of a change, and the two values are of one time")
    assert "double" in " ".join(verdict.alternatives)


CHANGES = [
    ("up one and a half percentage points", 49.3, 50.8, True),
    ("up one and a half percentage points", 46.3, 49.3, False),
    ("up one and a half percentage points", 50, 51.25, True),
    ("up one and a half percentage points", 50, 51.75, False),
    ("down one and a half percentage points", 49.3, 50.8, False),
    ("two points higher", 50, 51.5, True),
    ("two points higher", 50, 52.5, False),
    ("half a percentage point lower", 50, 49.6, True),
    ("up 1.5 percentage points", 50, 51.54, True),
    ("up 1.5 percentage points", 50, 51.55, False),
    ("more than two and a half percentage points lower", 29.9, 27.25, True),
    ("more than two and a half percentage points lower", 29.9, 27.4, False),
    ("nearly two points higher", 50, 51.5, True),
    ("nearly two points higher", 50, 51.4, False),
    ("fell by almost ten points", 60, 52.5, True),
    ("a rise of just over two points", 50, 52.4, True),
    ("up by about four percentage points", 50, 54.6, True),
    ("up by about four percentage points", 50, 54.61, False),
    ("rose", 50, 50.05, True),
    ("rose", 50, 50.04, False),
    ("fell", 50, 49.9, True),
    ("was up", 50, 49.9, False),
    ("a slight drop", 52.1, 51.1, True),
    ("a slight drop", 52, 51.5, True),
    ("a slight drop", 52, 51.51, False),
    ("a slight drop", 52, 50.5, False),
    ("rose slightly", 52, 50.5, False),
    ("slipped", 52, 51.9, True),
    ("rose sharply", 50, 53, True),
    ("rose sharply", 50, 52.9, False),
    ("plunged", 50, 46, True),
    ("little changed", 50, 50.49, True),
    ("little changed", 50, 50.5, False),
    ("flat", 50, 49.6, True),
    ("unchanged", 50, 50.04, True),
    ("unchanged", 50, 50.05, False),
    ("broadly the same", 68.2, 70.1, True),
    ("broadly the same", 68.2, 70.3, False),
    ("no higher", 50, 50.04, True),
    ("no higher", 50, 50.1, False),
    ("up 1.5 points since 2016-17", 49.3, 50.8, True),
    ("up 1.5 points since 2015-16", 49.3, 50.8, False),
    ("up 1.5 points on the previous year", 49.3, 50.8, True),
    ("up 1.5%", 49.3, 50.8, False),
    ("up three per cent", 49.3, 50.8, False),
]


@pytest.mark.parametrize(("words", "before", "after", "holds"), CHANGES)
def test_a_change_of_a_rate_is_judged_in_points(words: str, before: float, after: float, holds: bool) -> None:
    assert judge_phrase(words, moved(before, after)).holds is holds


@pytest.mark.parametrize(
    ("words", "before", "after", "holds"),
    [
        ("up ten per cent", 1_495_680, 1_647_716, True),
        ("up by a tenth", 1_495_680, 1_647_716, True),
        ("up ten points", 1_495_680, 1_647_716, False),
        ("fell sharply", 1_694_790, 1_456_446, True),
        ("down fourteen per cent", 1_694_790, 1_456_446, True),
        ("up by more than a quarter", 100, 126, True),
        ("a third lower", 150, 100, True),
        ("little changed", 1000, 1004, True),
        ("unchanged", 1000, 1000, True),
        ("unchanged", 100_000, 100_001, False),
        ("rose", 1_000_000, 1_000_100, False),
        ("rose slightly", 1000, 1029, True),
        ("rose slightly", 1000, 1030, False),
    ],
)
def test_a_change_of_a_count_is_judged_in_per_cent(words: str, before: float, after: float, holds: bool) -> None:
    assert judge_phrase(words, moved(before, after, "count")).holds is holds


def test_a_rate_said_to_change_in_per_cent_is_taught_points() -> None:
    verdict = judge_phrase("up 1.5%", moved(49.3, 50.8))
    assert (
        verdict.why == "a rate changes in percentage points and not in per cent, and it is up 1.5 points since 2016-17"
    )
    assert verdict.alternatives[0] == "up one and a half percentage points"


def test_better_and_worse_take_the_metrics_own_direction() -> None:
    assert judge_phrase("improved", moved(50, 51, better="higher")).holds
    assert judge_phrase("improved", moved(6, 5, better="lower")).holds
    assert judge_phrase("worsened", moved(6, 5, better="lower")).holds is False
    assert judge_phrase("improved", moved(50, 51)).why == "no direction of it is agreed to be better"


@pytest.mark.parametrize(
    ("words", "since", "at", "holds"),
    [
        ("rose steadily", 2015, 5, True),
        ("has steadily increased", 2014, 5, True),
        ("rose steadily", 2013, 5, False),  # 2014-15 fell
        ("rose steadily", 2015, 6, False),
        ("fell steadily", 2015, 5, False),
        ("fell every year", 2020, 9, True),
        ("rose steadily", 2017, 5, False),  # one step is no trend
        ("rose steadily", 2012, 5, False),
        ("rose steadily since 2015-16", 2015, 5, True),
        ("rose steadily since 2014-15", 2015, 5, False),
    ],
)
def test_steadily_needs_the_sign_in_every_step(words: str, since: int, at: int, holds: bool) -> None:
    assert judge_phrase(words, run(*RECOVERY, at=at, since=FinancialYear(since))).holds is holds


def test_steadily_needs_a_year_to_start_from() -> None:
    assert judge_phrase("rose steadily", run(*RECOVERY)).why == 'say from which year on, as in since="2013-14"'


RECORDS = [
    ("the lowest for five years", 8, True),
    ("the lowest for four years", 8, True),
    ("the lowest for six years", 8, False),
    ("its lowest level for five years", 8, True),
    ("the lowest since 2016-17", 8, True),
    ("the lowest since 2017-18", 8, False),
    ("the lowest since 2015-16", 8, False),
    ("the highest for five years", 8, False),
    ("the highest ever", 4, True),
    ("its highest ever level", 4, True),
    ("higher than ever", 4, True),
    ("a record high", 4, True),
    ("the highest since the comparable series began in 2013-14", 5, True),
    ("the highest since the comparable series began", 5, True),
    ("the highest since the comparable series began in 2014-15", 5, False),
    ("the highest since figures begin in 2013-14", 5, True),
    ("the highest ever", 6, False),
    ("the second highest ever", 7, True),
    ("the second highest ever", 6, True),
    ("the second highest ever", 8, False),
    ("the highest of all years", 5, True),
    ("the highest of the eleven years", 5, True),
    ("the highest of the ten years", 5, False),
    ("the highest of all years", 4, False),
    ("the lowest of all years", 1, True),
    ("the highest since 2018-19", 7, True),
    ("the highest since 2017-18", 7, False),
    ("the lowest for twelve years", 9, False),
    ("the lowest for two years", 9, False),
    ("the highest", 5, False),
    ("the best ever", 5, True),
    ("the worst for six years", 9, True),
]


@pytest.mark.parametrize(("words", "at", "holds"), RECORDS)
def test_a_record_holds_for_its_true_window(words: str, at: int, holds: bool) -> None:
    assert judge_phrase(words, run(*RECOVERY, at=at, better="higher")).holds is holds


def test_a_tie_is_no_record() -> None:
    verdict = judge_phrase("the highest for three years", run(50, 49, 50))
    assert (verdict.holds, verdict.why) == (False, "2013-14 had the same")


def test_ever_is_said_only_of_a_series_without_gaps() -> None:
    assert judge_phrase("the highest ever", run(1, 2, 3)).holds
    assert judge_phrase("the highest ever", run(1, 2, 3, whole=False)).holds is False
    assert judge_phrase("the highest for three years", run(1, 2, 3, whole=False)).holds
    assert judge_phrase("the highest of all years", run(1, 2, 3, all_held=False)).holds is False


def test_the_comparable_series_began_in_2013_and_no_later() -> None:
    waits = run(1, 2, 3, first=2015)
    assert judge_phrase("the highest since the comparable series began", waits).holds is False
    assert judge_phrase("the highest since figures begin in 2015-16", waits).holds
    assert that_hold(waits, "record")[0] == "the highest since figures begin in 2015-16"


def test_the_highest_of_all_years_goes_stale_when_a_later_year_beats_it() -> None:
    assert judge_phrase("the highest of all years", run(1, 3, 2, at=1)).holds
    assert judge_phrase("the highest of all years", run(1, 3, 2, 4, at=1)).holds is False


HALF = Fraction(50)


@pytest.mark.parametrize(
    ("words", "at", "holds"),
    [
        ("for the first time", 4, True),
        ("for the first time above the standard", 4, True),
        ("exceeding the target for the first time", 4, True),
        ("for the first time", 5, False),
        ("for the first time", 3, False),
        ("below the standard for the first time", 9, False),
        ("below the standard for the first time since 2016-17", 9, True),
        ("below the standard for the first time since 2015-16", 9, False),
        ("above the standard for the first time since 2021-22", 10, True),
        ("more than half for the first time", 4, True),
        ("more than half for the first time", 6, False),
        ("fewer than one in five for the first time", 4, False),
    ],
)
def test_a_first_time_has_no_earlier_one(words: str, at: int, holds: bool) -> None:
    assert judge_phrase(words, run(*RECOVERY, at=at, level=HALF, level_words="the standard of 50%")).holds is holds


def test_a_first_time_needs_every_earlier_year() -> None:
    assert judge_phrase("for the first time", run(49, 51, whole=False, level=HALF)).holds is False
    assert judge_phrase("for the first time", run(51, level=HALF)).why == "there is no earlier year to compare"


def level(value: float, **more: object) -> Facts:
    return Facts(exact(value), level=HALF, level_words="the standard of 50%", **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("words", "value", "holds"),
    [
        ("met", 49.95, True),  # prints as 50.0
        ("met", 49.94, False),
        ("missed", 49.94, True),
        ("missed", 49.95, False),
        ("met its standard", 50, True),
        ("above the standard", 50.04, False),
        ("above the standard", 50.05, True),
        ("just above the standard", 52.04, True),
        ("just above the standard", 52.05, False),
        ("just below the standard", 47.5, True),
        ("narrowly missed", 49.9, True),
        ("narrowly missed", 47.4, False),
        ("only just met", 50, True),
        ("comfortably met", 55, True),
        ("comfortably met", 54.9, False),
        ("well below the target", 45, True),
        ("exceeded the target", 50, False),
    ],
)
def test_a_standard_is_judged_on_the_printed_decimal(words: str, value: float, holds: bool) -> None:
    assert judge_phrase(words, level(value)).holds is holds


def test_a_year_without_a_standard_is_not_judged() -> None:
    assert judge_phrase("met", share(60)).why == "no standard and no target was in force"


def test_a_target_that_counts_less_than_we_do_is_never_said_to_be_met() -> None:
    facts = Facts(
        Fraction(160), "count", level=Fraction(150), level_words="the target of 150", level_caveat="It counts people."
    )
    verdict = judge_phrase("met", facts)
    assert (verdict.holds, verdict.why) == (False, "reaching the target of 150 would prove nothing: It counts people.")
    assert judge_phrase(
        "missed", Facts(Fraction(140), "count", level=Fraction(150), level_caveat="It counts people.")
    ).holds


@pytest.mark.parametrize(
    "words",
    ["", "nearly", "recovery", "nearly a service", "1.5", "62.5%", "two of the areas", "over the moon", "a record"],
)
def test_words_without_a_quantity_are_no_phrase(words: str) -> None:
    assert judge_phrase(words, share(50)).holds is None


def test_a_refusal_says_by_how_much_and_what_would_hold() -> None:
    verdict = judge_phrase("nearly two-thirds", share(62.5))
    assert verdict.why == "nearly is up to 2.5 points below, and it is 4.2 below"
    assert verdict.alternatives == ("between six in ten and two-thirds", "more than six in ten", "less than two-thirds")


def test_a_distance_is_told_to_as_many_decimals_as_tell_it_from_the_bound() -> None:
    assert judge_phrase("nearly half", share(47.499)).why.endswith("and it is 2.501 below")


@pytest.mark.parametrize(
    ("facts", "family", "first"),
    [
        (share(26.1), "share", "just over a quarter"),
        (share(89.1), "share", "nearly nine in ten"),
        (share(50), "share", "about half"),
        (moved(34, 64, "count"), "ratio", "almost doubled"),
        (moved(34, 64, "count", compared_year=None), "ratio", "almost double"),
        (moved(49.3, 50.8), "change", "up one and a half percentage points"),
        (moved(50, 50.1), "change", "little changed"),
        (moved(100, 114, "count"), "change", "up fourteen per cent"),
        (run(*RECOVERY, at=8), "record", "the lowest since 2016-17"),
        (run(*RECOVERY, at=5), "record", "the highest since the comparable series began in 2013-14"),
        (level(51), "standard", "just above the standard"),
    ],
)
def test_the_nearest_words_come_first(facts: Facts, family: str, first: str) -> None:
    assert that_hold(facts, family)[0] == first


def test_every_phrase_of_the_sample_is_known_and_the_sample_has_every_kind() -> None:
    read = {words: read_phrase(words) for words in all_phrases()}
    assert [words for words, phrase in read.items() if phrase is None] == []
    families = {phrase.family for phrase in read.values() if phrase}
    assert families == {"share", "ratio", "change", "trend", "record", "first time", "standard"}
    assert len(read) > 3000
