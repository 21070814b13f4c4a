"""`say`, `standard` and `target` on a page, on the real data: what is printed, refused and entered in the workings."""

from collections.abc import Callable

import pytest

from yearbook.claims import unmark
from yearbook.pages.editors import EditorsHelpers
from yearbook.report import Report
from yearbook.years import FinancialYear

YEAR = FinancialYear(2019)
FILE = "content/reports/2019-20.md"


@pytest.fixture
def helpers(report: Report) -> EditorsHelpers:
    return EditorsHelpers(report, YEAR, "reports/2019-20/", FILE, {}, {})


@pytest.fixture
def refusal(helpers: EditorsHelpers) -> Callable[..., str]:
    """What an editor is told of words that may not be printed."""

    def ask(*words: str, **more: str) -> str:
        assert helpers.say(*words, **more) == ""
        return helpers.problems[-1].what

    return ask


def test_words_that_hold_are_printed_as_written_and_link_to_the_figure(helpers: EditorsHelpers) -> None:
    said = unmark(helpers.say("Just over one in four", "recovered_of_treated")).text
    assert said == '<a class="n" href="#w-recovered-of-treated-2019-20">Just over one in four</a>'
    assert 'id="w-recovered-of-treated-2019-20"' in helpers.workings.to_html()
    assert helpers.problems == []


def test_words_that_fail_are_refused_with_the_figure_the_rule_and_the_words_that_hold(
    refusal: Callable[..., str],
) -> None:
    assert refusal("nearly two-thirds", "completion_rate", "2015-16") == (
        '"nearly two-thirds" does not hold of the completion rate of 2015-16, 62.5%: nearly is up to 2.5 points below, '
        'and it is 4.2 below. These hold: "between six in ten and two-thirds", "more than six in ten" and '
        '"less than two-thirds".'
    )


@pytest.mark.parametrize(
    ("words", "metric", "more", "anchor", "working"),
    [
        (
            "a slight drop",
            "recovery_rate",
            {},
            "w-recovery-rate-2019-20-from-2018-19",
            "51.10535% − 52.08192% = −0.97658",
        ),
        (
            "up by about a sixth",
            "referrals_received",
            {"since": "2017-18"},
            "w-referrals-received-2019-20-from-2017-18",
            "1,694,790 − 1,439,957 = 254,833",
        ),
        (
            "almost double",
            "recovery_rate",
            {"year": "2020-21", "area": "05W", "against": "09D"},
            "w-recovery-rate-2020-21-05w-over-09d",
            "63.59649% ÷ 34.00366% = 1.87028",
        ),
        (
            "twelve points higher",
            "recovery_rate",
            {"year": "2020-21", "area": "05W", "against": "England"},
            "w-recovery-rate-2020-21-05w-less-england",
            "63.59649% − 51.38923% = 12.20726",
        ),
        (
            "almost as many",
            "not_recovered",
            {"against": "recovery"},
            "w-not-recovered-2019-20-over-recovery",
            "278,767 ÷ 291,371 = 0.95674",
        ),
        (
            "slightly higher",
            "recovery_rate",
            {"group": "gender/male", "against": "gender/female"},
            "w-recovery-rate-2019-20-gender-male-less-gender-female",
            "%",
        ),
        (
            "just over one and a half times as many",
            "finished_course_of_treatment",
            {"year": "2016-17", "since": "2013-14"},
            "w-finished-course-of-treatment-2016-17-over-2013-14",
            "567,106 ÷ 364,343 = 1.55652",
        ),
        (
            "rose steadily",
            "recovery_rate",
            {"year": "2018-19", "since": "2015-16"},
            "w-recovery-rate-2018-19-from-2015-16-steps",
            "2015-16 46.3%, 2016-17 49.3%, 2017-18 50.8%, 2018-19 52.1%",
        ),
        (
            "the lowest for five years",
            "recovery_rate",
            {"year": "2021-22"},
            "w-recovery-rate-2021-22-record",
            "2020-21 51.4%, 2021-22 50.2%, 2022-23 49.9%",
        ),
        (
            "for the first time",
            "recovery_rate",
            {"year": "2017-18"},
            "w-recovery-rate-2017-18-first-time",
            "2016-17 49.3%, 2017-18 50.8%; against the standard of 50%",
        ),
        ("met", "recovery_rate", {}, "w-recovery-rate-2019-20-to-its-level", "51.1%, against the standard of 50%"),
    ],
)
def test_each_kind_of_words_links_to_what_it_rests_on(
    helpers: EditorsHelpers, words: str, metric: str, more: dict[str, str], anchor: str, working: str
) -> None:
    said = unmark(helpers.say(words, metric, **more)).text
    assert [problem.what for problem in helpers.problems] == []
    assert said == f'<a class="n" href="#{anchor}">{words}</a>'
    line = helpers.workings.to_html().partition(f'id="{anchor}"')[2].partition("</li>")[0]
    assert working in line


def test_two_kinds_of_words_of_one_figure_have_a_line_each(helpers: EditorsHelpers) -> None:
    ratio = unmark(helpers.say("just over one and a half times as many", "recovery", "2016-17", since="2014-15")).text
    change = unmark(helpers.say("rose sharply", "recovery", "2016-17", since="2014-15")).text
    assert ratio == ""  # 1.37 times
    assert "w-recovery-2016-17-from-2014-15" in change


@pytest.mark.parametrize(
    ("words", "more", "told"),
    [
        (("nearly everything", "recovery_rate"), {}, '"nearly everything" is no phrase that can be checked.'),
        (("twice", "recovery_rate"), {}, '"twice" compares, but not with what: name it'),
        (("rose", "recovery_rate"), {"since": "2019-20"}, "2019-20 is not before 2019-20."),
        (("rose", "recovery_rate"), {"since": "2018-19", "against": "09D"}, "not both: leave one out"),
        (("rose", "recovery_rate", "2013-14"), {"since": "2012-13"}, "2012-13 does not compare with 2013-14"),
        (("rose", "recovery_rate", "2013-14"), {}, "one of the years has no value, or the two do not compare"),
        (("the highest ever", "recovery_rate"), {"against": "09D"}, "is judged on the figure alone: leave out against"),
        (("twice", "recovery_rate"), {"against": "recovery"}, "are not in one unit, so they do not compare"),
        (
            ("twice", "recovery_rate"),
            {"against": "first_treatment_within_6_weeks"},
            "they share neither their base nor what is counted",
        ),
        (("twice", "recovery_rate"), {"against": "recovery_rate"}, "It cannot be compared with itself."),
        (("twice", "recovery_rate"), {"against": "no_rate"}, '"no_rate" is the code of no organisation.'),
        (("twice", "recovery_rate"), {"against": "gender/none"}, 'There is no group "gender/none"'),
        (("half", "recovery_rats"), {}, 'There is no metric "recovery_rats".'),
        (("half", "second_treatment"), {}, "a share can be said of a rate alone"),
        (("met", "recovery_rate", "2014-15"), {}, "no standard and no target was in force"),
        (("met", "recovery_rate", "2020-21"), {"area": "09D"}, "are held against England’s figure alone"),
        (("half", "completion_rate", "2018-19"), {}, "the completion rate of 2018-19: it has no value"),
    ],
)
def test_what_cannot_be_said_is_refused_with_the_reason(
    refusal: Callable[..., str], words: tuple[str, ...], more: dict[str, str], told: str
) -> None:
    assert told in refusal(*words, **more)


def test_a_year_that_can_be_compared_only_on_monthly_sums_is_compared_on_those(helpers: EditorsHelpers) -> None:
    # The published rate of 2021-22 is 57.7%; beside a sum of monthly releases its own sum is taken.
    said = unmark(helpers.say("down two percentage points", "completion_rate", "2022-23")).text
    assert 'href="#w-completion-rate-2022-23-from-2021-22"' in said
    assert "55.71241% − 57.66188%" in helpers.workings.to_html()


def test_a_standard_is_printed_with_its_level_and_its_source(helpers: EditorsHelpers) -> None:
    assert (
        unmark(helpers.standard("recovery_rate")).text
        == '<a class="n" href="#w-recovery-rate-2019-20-standard">50%</a>'
    )
    workings = helpers.workings.to_html()
    assert "at least 50% of referrals that finish a course" in workings
    assert "NHS England, psychological therapies standards, July 2016" in workings


def test_a_target_is_printed_with_what_it_counts(helpers: EditorsHelpers) -> None:
    said = unmark(helpers.target("entered_treatment", "2023-24")).text
    assert said == '<a class="n" href="#w-entered-treatment-2023-24-target">1,900,000</a>'
    assert "The target is of people." in helpers.workings.to_html()


def test_a_level_that_does_not_exist_is_a_problem(helpers: EditorsHelpers) -> None:
    helpers.standard("recovery_rate", "2014-15")
    helpers.standard("completion_rate")
    helpers.target("entered_treatment")
    helpers.target("recovery_rate")
    assert [problem.what.partition(".")[0] for problem in helpers.problems] == [
        "Recovery rate had no standard in 2014-15",
        "Completion rate had no standard in 2019-20",
        "Entered treatment had no target in 2019-20",
        "Recovery rate had no target in 2019-20",
    ]
    assert "The years with one are 2020-21 and 2023-24." in helpers.problems[2].what
