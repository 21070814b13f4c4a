"""The words of the five blog posts, in our own spelling, judged by our rules on the real data, by the claim's number.

`yes` and `no` are the verdicts of the list of claims. Left out are the words that rest on figures no source here holds,
opinion, and what is said of areas by rank, which `rank` says.
"""

import csv
from pathlib import Path

import pytest

from yearbook.pages.editors import EditorsHelpers
from yearbook.report import Report

# The claim, the words, the metric and the year, what else the words are judged by, and whether they hold.
CLAIMS: tuple[tuple[str, str, str, str, dict[str, str], str], ...] = (
    ("000-01", "thirteen per cent higher", "recovery_rate", "2020-21", {"area": "05W", "against": "England"}, "no"),
    ("000-02", "seventeen per cent lower", "recovery_rate", "2020-21", {"area": "09D", "against": "England"}, "no"),
    ("000-03", "almost double", "recovery_rate", "2020-21", {"area": "05W", "against": "09D"}, "yes"),
    ("000-08", "seventeen points lower", "recovery_rate", "2020-21", {"area": "09D", "against": "England"}, "yes"),
    ("000-14", "thirteen per cent above", "recovery_rate", "2020-21", {"area": "05W", "against": "England"}, "no"),
    ("000-15", "thirty percentage points above", "recovery_rate", "2020-21", {"area": "05W", "against": "09D"}, "yes"),
    ("000-16", "nearly double", "recovery_rate", "2020-21", {"area": "05W", "against": "09D"}, "yes"),
    ("000-18", "roughly double", "recovery_rate", "2017-18", {"area": "05W", "against": "06W"}, "yes"),
    ("000-21", "one in five", "recovered_of_ended", "2020-21", {}, "yes"),
    ("000-23", "around one in ten", "recovered_of_received", "2020-21", {"area": "09D"}, "yes"),
    ("001-02", "nearly two-thirds", "completion_rate", "2015-16", {}, "no"),
    ("001-02", "slightly more than half", "completion_rate", "2019-20", {}, "no"),
    ("001-06", "up ten per cent", "ended_referrals", "2019-20", {}, "yes"),
    ("001-28", "rose steadily", "recovery_rate", "2018-19", {"since": "2015-16"}, "yes"),
    ("001-29", "a slight drop", "recovery_rate", "2019-20", {}, "yes"),
    ("001-33", "little more than an even chance", "recovery_rate", "2019-20", {}, "yes"),
    ("001-38", "declining", "completion_rate", "2019-20", {"since": "2015-16"}, "yes"),
    ("002-03", "approximately one in two", "recovery_rate", "2017-18", {}, "yes"),
    ("002-04", "two in three", "reliable_improvement_rate", "2017-18", {}, "yes"),
    ("003-01", "their lowest for five years", "recovery_rate", "2021-22", {}, "yes"),
    ("003-08", "its lowest rate for five years", "recovery_rate", "2021-22", {}, "yes"),
    ("003-10", "more than four in ten", "one_treatment_rate", "2021-22", {}, "yes"),
    ("003-16", "its lowest level for five years", "recovery_rate", "2021-22", {}, "yes"),
    ("004-02", "their highest ever level", "recovery_rate", "2017-18", {}, "yes"),
    ("004-03", "less than one in five", "recovered_of_received", "2017-18", {}, "yes"),
    ("004-04", "less than one in four", "recovered_of_entered", "2017-18", {}, "no"),
    ("004-10", "roughly double", "recovery_rate", "2017-18", {"area": "05W", "against": "06W"}, "yes"),
    ("004-14", "up one and a half percentage points", "recovery_rate", "2017-18", {}, "yes"),
    ("004-15", "for the first time exceeding the target", "recovery_rate", "2017-18", {}, "yes"),
    ("004-18", "exceeding the target", "first_treatment_within_6_weeks", "2017-18", {}, "yes"),
    ("004-19", "above its target", "first_treatment_within_18_weeks", "2017-18", {}, "yes"),
    ("004-31", "broadly the same", "entered_of_received", "2017-18", {"since": "2015-16"}, "yes"),
    ("004-31", "broadly the same", "entered_of_received", "2017-18", {}, "yes"),
    ("004-35", "less than one in five", "recovered_of_received", "2017-18", {}, "yes"),
    ("004-36", "only seven in ten", "entered_of_received", "2017-18", {}, "yes"),
    ("004-37", "nearly nine in ten", "first_treatment_within_6_weeks", "2017-18", {}, "yes"),
    ("004-39", "down four per cent", "finished_of_entered", "2017-18", {}, "no"),
    ("004-40", "more than four in ten", "not_finished_of_entered", "2017-18", {}, "yes"),
    ("004-42", "just over a one in four chance", "recovered_of_entered", "2017-18", {}, "yes"),
    ("004-48", "an increase of 1%", "recovered_of_finished", "2017-18", {}, "no"),
    ("004-52", "1.5% higher", "recovery_rate", "2016-17", {}, "no"),
    ("004-52", "one and a half percentage points higher", "recovery_rate", "2016-17", {}, "no"),
    ("004-53", "for the first time", "recovery_rate", "2017-18", {}, "yes"),
    ("004-54", "almost as many", "not_recovered", "2017-18", {"against": "recovery"}, "yes"),
    ("004-56", "more than one in two for the first time", "recovered_of_finished", "2017-18", {}, "no"),
    ("004-57", "the highest ever", "first_treatment_within_6_weeks", "2017-18", {}, "yes"),
    ("004-62", "improved", "recovery_rate", "2017-18", {}, "yes"),
    ("004-62", "improved", "first_treatment_within_6_weeks", "2017-18", {}, "yes"),
)  # fmt: skip


@pytest.mark.parametrize(("claim", "words", "metric", "year", "by", "verdict"), CLAIMS)
def test_the_words_of_the_posts_are_judged_as_the_list_of_claims_has_it(
    report: Report, claim: str, words: str, metric: str, year: str, by: dict[str, str], verdict: str
) -> None:
    helpers = EditorsHelpers(report, None, "posts/a/", "content/posts/a.md", {}, {})
    printed = helpers.say(words, metric, year, **by)
    told = [problem.what for problem in helpers.problems]
    assert bool(printed) == (verdict == "yes"), f"{claim}: {told}"
    if not printed:
        assert told[0].startswith(f'"{words}" does not hold of ')


def test_the_verdicts_here_are_those_of_the_list_of_claims(project: Path) -> None:
    path = project.parent / "shared" / "reference" / "post_claims.csv"
    if not path.exists():
        pytest.skip("the list of claims is not among the published files beside the repository")
    with path.open(encoding="utf-8", newline="") as file:
        listed = {row["id"]: row for row in csv.DictReader(file)}
    for claim, words, _, _, _, verdict in CLAIMS:
        assert listed[claim]["agrees"] in {"yes": ("yes", "rounding"), "no": ("no",)}[verdict], (claim, words)
