"""What a board paper asks: each rule where it holds and where it does not, their order, and how they are worded."""

from collections.abc import Callable
from fractions import Fraction

import pytest

from yearbook.archive import Archive
from yearbook.areas import Area, Areas
from yearbook.peers import Comparisons
from yearbook.registers import Standard
from yearbook.report import Report
from yearbook.wording import QUESTIONS, questions_for
from yearbook.wording.questions import FEWER_FINISHED, MOST, Asked
from yearbook.years import FinancialYear

Make = Callable[..., Comparisons]
Row = Callable[..., dict[str, object]]
YEARS = ("2014-15", "2015-16", "2016-17", "2017-18", "2018-19")
WAIT = "first_treatment_within_6_weeks"


@pytest.fixture
def ask(make_comparisons: Make, area_row: Row) -> Callable[..., str]:
    """What the rule of a name asks of area A, with a rate and England's figures, in the last of some years."""

    def put(
        name: str, rate: int = 50, england: dict[str, object] | None = None, rates: tuple[int, ...] = (), **more: object
    ) -> str:
        rows = {year: [area_row("A", each)] for year, each in zip(YEARS, rates, strict=False)}
        rows[YEARS[len(rates)]] = [area_row("A", rate, **more)]
        comparisons = make_comparisons(rows, england=(ENGLAND_FIGURES | (england or {})))
        area = one(comparisons)
        question = next(found for found in QUESTIONS if found.name == name)
        return question.ask(Asked(comparisons, area, area.years[-1]))

    return put


ENGLAND_FIGURES: dict[str, object] = {
    "referrals_received": 300_000, "finished_course_of_treatment": 110_000, "not_at_caseness": 10_000,
    "recovery": 50_000, "recovery_percent": "50.0",
    "reliable_deterioration": 6600, "reliable_deterioration_percent": "6.0",
}  # fmt: skip


def one(comparisons: Comparisons) -> Area:
    area = comparisons.areas.of(("ccg", "A"))
    assert area is not None
    return area


def test_recovery_is_asked_about_by_its_verdict_and_never_by_a_bare_difference(ask: Callable[..., str]) -> None:
    assert "Recovery is below England’s." in ask("recovery below", 44)
    assert ask("recovery below", 48) == ask("recovery above", 52) == ""
    assert "Recovery is not clearly different" in ask("recovery similar", 48)
    assert "what would show that it is not who is referred" in ask("recovery above", 56)
    assert ask("recovery similar", 44) == ask("recovery above", 44) == ""


def test_a_fall_is_asked_about_by_the_rule_of_five_points(ask: Callable[..., str]) -> None:
    assert ask("recovery falling", 40, rates=(60, 55, 50, 45)) == (
        "By the rule of five points recovery was decreasing from 2014-15 to 2018-19. When did that begin, and what "
        "changed in the service then?"
    )
    assert ask("recovery falling", 60, rates=(40, 45, 50, 55)) == ""
    assert ask("recovery falling", 40, rates=(60, 50)) == ""


def test_a_row_in_doubt_is_asked_about_first_and_its_flows_are_not(ask: Callable[..., str]) -> None:
    assert "The row is in doubt" in ask("doubt", 50, referrals_received=900)
    assert ask("doubt") == ""
    assert ask("leaving", 50, referrals_received=900) == ""


def test_fewer_courses_than_in_england_are_asked_about_from_the_published_difference(ask: Callable[..., str]) -> None:
    england = {
        "referrals_received": 100_000,
        "finished_course_of_treatment": 40_000,
        "not_at_caseness": 0,
        "recovery": 20_000,
    }
    at = 40 - FEWER_FINISHED  # 350 of 1,000
    asked = ask("leaving", 50, england, of=250, referrals_received=1000)
    assert asked.startswith(f"For every hundred referrals received, {at} courses were finished; in England 40.")
    assert ask("leaving", 50, england, of=260, referrals_received=1000) == ""


def test_the_gap_by_deprivation_is_asked_about_only_beyond_chance_and_among_enough(
    make_comparisons: Make, area_row: Row
) -> None:
    def asked(most: int, least: int, of: int) -> str:
        tenth = {"breakdown": "deprivation"}
        comparisons = make_comparisons(
            {
                "2018-19": [
                    area_row("A", 50),
                    area_row("A", most, of, **tenth, category="decile 1 (most deprived)"),
                    area_row("A", least, of, **tenth, category="decile 10 (least deprived)"),
                ]
            }
        )
        question = next(found for found in QUESTIONS if found.name == "deprivation")
        return question.ask(Asked(comparisons, one(comparisons), FinancialYear(2018)))

    assert asked(40, 60, 200).startswith(
        "In the most deprived tenth of neighbourhoods 40% recovered, in the least deprived 60%."
    )
    assert asked(60, 40, 200) == asked(48, 52, 200) == asked(30, 70, 80) == ""


def test_waits_are_asked_about_where_they_are_worse_than_in_england_or_than_the_standard(
    make_comparisons: Make, area_row: Row, ask: Callable[..., str]
) -> None:
    def asked(name: str, first: int, second: int, standard: int = 0) -> str:
        """Of 1,100 that finished, so many began within six weeks, and so many waited long for a second treatment."""
        rows = [area_row("A", 50), *waits("ccg", "A", first, second), *waits("england", "ENG", 99_000, 11_000)]
        held = (Standard(WAIT, Fraction(standard), FinancialYear(2015), None, "at least so many", "A test"),)
        comparisons = make_comparisons({"2018-19": rows}, england=ENGLAND_FIGURES, standards=held if standard else ())
        question = next(found for found in QUESTIONS if found.name == name)
        return question.ask(Asked(comparisons, one(comparisons), FinancialYear(2018)))

    assert "80% had begun within six weeks; in England it was 90.0%." in asked("first wait", 880, 55)
    assert "80% had begun within six weeks; the standard is 85%." in asked("first wait", 880, 55, 85)
    assert "95% had begun" not in asked("first wait", 1045, 55, 85)
    assert "20% waited more than 90 days between their first two treatments; in England 10.0%." in asked(
        "second wait", 1045, 220
    )
    assert (
        asked("first wait", 1045, 55) == asked("second wait", 1045, 55) == ask("first wait") == ask("second wait") == ""
    )


def waits(org_type: str, code: str, first: int, second: int) -> list[dict[str, object]]:
    """The rows of two waits of an organisation."""
    return [
        {
            "org_type": org_type, "org_code": code, "breakdown": "waiting_time", "category": category,
            "subcategory": subcategory, "finished_course_of_treatment": count,
        }
        for category, subcategory, count in (
            ("first treatment", "within 6 weeks", first), ("first to second treatment", "more than 90 days", second),
        )
    ]  # fmt: skip


def test_deterioration_is_asked_about_where_it_is_above_england(ask: Callable[..., str]) -> None:
    worse = {"reliable_deterioration": 110, "reliable_deterioration_percent": 10}
    assert "10% got reliably worse; in England 6.0%." in ask("deterioration", 50, **worse)
    better = {"reliable_deterioration": 30, "reliable_deterioration_percent": 3}
    assert ask("deterioration", 50, **better) == ask("deterioration") == ""


def test_the_first_three_rules_that_hold_are_asked(make_comparisons: Make, area_row: Row) -> None:
    comparisons = make_comparisons({"2018-19": [area_row("A", 44, referrals_received=900)]})
    asked = questions_for(comparisons, one(comparisons), FinancialYear(2018))
    assert list(asked) == ["doubt", "recovery below", "unseen"]
    comparisons = make_comparisons({"2018-19": [area_row("A", 0, recovery="*", recovery_percent="*")]})
    assert list(questions_for(comparisons, one(comparisons), FinancialYear(2018))) == ["unseen", "voices", "scores"]


def test_there_are_always_as_many_as_are_asked_for() -> None:
    always = [question for question in QUESTIONS if question.when.startswith("always")]
    assert len(always) == MOST
    assert list(QUESTIONS[-MOST:]) == always
    assert len({question.name for question in QUESTIONS}) == len(QUESTIONS)


def test_every_question_asks_and_none_accuses(real_questions: list[str]) -> None:
    assert len(set(real_questions)) > 20
    for said in real_questions:
        assert said.count("?") == 1, said
        assert len(said) < 230, said
        assert not {"fail", "failed", "failing", "poor", "blame", "fault", "why not", "bad"} & set(
            said.lower().split()
        ), said


@pytest.fixture(scope="module")
def real_questions(archive: Archive) -> list[str]:
    """What is asked of the first areas of the real data."""
    comparisons = Comparisons(Report(archive), Areas(archive))
    return [
        said
        for area in comparisons.areas.all[:160]
        for said in questions_for(comparisons, area, area.years[-1]).values()
    ]
