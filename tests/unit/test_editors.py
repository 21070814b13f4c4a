"""The editors' helpers, on the real data."""

from collections.abc import Callable
from pathlib import Path

import pytest

from yearbook.areas import Areas
from yearbook.claims import unmark
from yearbook.pages.area_numbers import SPREAD_PARTS
from yearbook.pages.editors import HELPERS, EditorsHelpers
from yearbook.pages.text import keep_years_whole
from yearbook.peers import Comparisons
from yearbook.report import Report
from yearbook.tables import extremes_table, journey_table, next_year_of
from yearbook.years import FinancialYear

YEAR = FinancialYear(2019)
FILE = "content/reports/2019-20.md"

MakeHelpers = Callable[..., EditorsHelpers]


@pytest.fixture
def make_helpers(report: Report) -> MakeHelpers:
    """Makes the helpers of a page on the real data, for 2019-20 unless another year is given."""

    def make(year: FinancialYear | None = YEAR) -> EditorsHelpers:
        tables = {"journey": journey_table(report, YEAR)}
        return EditorsHelpers(report, year, "reports/2019-20/", FILE, {}, tables)

    return make


def html_of(marked: str) -> str:
    """What a helper printed, without the marks that the ledger of claims reads."""
    return unmark(marked).text


def text_of(marked: str) -> str:
    html = html_of(marked)
    return html.partition(">")[2].removesuffix("</a>")


def told(helpers: EditorsHelpers) -> list[str]:
    return [problem.what for problem in helpers.problems]


def test_a_figure_links_to_its_working(make_helpers: MakeHelpers) -> None:
    helpers = make_helpers()
    assert html_of(helpers.figure("recovery_rate")) == '<a class="n" href="#w-recovery-rate-2019-20">51.1%</a>'
    assert 'id="w-recovery-rate-2019-20"' in helpers.workings.to_html()


def test_a_figure_may_be_of_another_year_and_have_other_decimals(make_helpers: MakeHelpers) -> None:
    helpers = make_helpers()
    assert text_of(helpers.figure("recovery", "2018-19")) == "284,810"
    assert text_of(helpers.figure("recovery", "2018/19")) == "284,810"
    assert text_of(helpers.figure("recovered_of_received", places=0)) == "17%"
    assert text_of(helpers.figure("recovery_rate", places=2)) == "51.11%"


def test_a_figure_the_year_lacks_is_marked(make_helpers: MakeHelpers) -> None:
    assert text_of(make_helpers().figure("second_treatment")) == "[x]"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"metric": "recovery_rate"}, "down 1.0 percentage points"),
        ({"metric": "ended_referrals"}, "up 10.2%"),
        ({"metric": "recovery_rate", "year": "2020-21"}, "up 0.3 percentage points"),
        ({"metric": "referrals_received", "year": "2017-18", "kind": "count"}, "up 54,293"),
        ({"metric": "completion_rate", "since": "2015-16"}, "down 7.2 percentage points"),
        ({"metric": "second_treatment"}, "[x]"),
    ],
)
def test_a_change_is_said_in_words(make_helpers: MakeHelpers, arguments: dict[str, str], words: str) -> None:
    assert text_of(make_helpers().change(**arguments)) == words


def test_a_change_links_to_its_subtraction_and_leaves_the_workings_of_both_years(make_helpers: MakeHelpers) -> None:
    helpers = make_helpers()
    assert 'href="#w-recovery-rate-2019-20-from-2018-19"' in helpers.change("recovery_rate")
    assert len(helpers.workings) == 3
    assert "51.10535% − 52.08192% = −0.97658" in helpers.workings.to_html()


def test_printed_rates_that_seem_to_differ_by_another_amount_are_explained(make_helpers: MakeHelpers) -> None:
    helpers = make_helpers()
    assert text_of(helpers.change("recovery_rate", "2023-24")) == "up 0.3 percentage points"
    assert "the printed rates differ by 0.2, because each is rounded" in helpers.workings.to_html()


def test_an_area_is_named_by_its_code_in_any_case(make_helpers: MakeHelpers) -> None:
    helpers = make_helpers()
    assert text_of(helpers.figure("recovery_rate", "2020-21", area="09D")) == "34%"
    assert html_of(helpers.figure("recovery_rate", "2020-21", area="09d")) == html_of(
        helpers.figure("recovery_rate", "2020-21", area="09D")
    )
    assert text_of(helpers.figure("recovery_rate", "2020-21", area="eng")) == "51.4%"
    assert "NHS Brighton and Hove CCG" in helpers.workings.to_html()
    assert helpers.figure("recovery_rate", "2020-21", area="09DD") == ""
    assert "is the code of no organisation. Did you mean" in helpers.problems[0].what
    helpers.figure("recovery_rate", "2020-21", area="UNKNOWN")
    assert told(helpers)[1] == '"UNKNOWN" is the code of more than one organisation in 2020-21.'


@pytest.mark.parametrize(
    ("year", "code", "kind"), [("2018-19", "E54000038", "STP"), ("2021-22", "QSL", "STP"), ("2022-23", "QSL", "ICB")]
)
def test_a_code_means_what_it_was_in_the_year(make_helpers: MakeHelpers, year: str, code: str, kind: str) -> None:
    helpers = make_helpers()
    assert text_of(helpers.rank("recovery_rate", year, area="QSL")).endswith(f"of 42 {kind}s")
    assert f'id="w-recovery-rate-{year}-{code.lower()}-rank"' in helpers.workings.to_html()


def test_what_the_editor_has_placed_is_known(make_helpers: MakeHelpers) -> None:
    helpers = make_helpers()
    helpers.table("journey")
    assert helpers.placed_tables == {"journey"}


def test_a_record_says_its_window(make_helpers: MakeHelpers) -> None:
    assert text_of(make_helpers().record("recovery_rate", "2021-22")) == "the lowest for five years"


def test_a_table_is_put_on_the_page(make_helpers: MakeHelpers) -> None:
    html = make_helpers().table("journey")
    assert "From referral to recovery, England, 2019-20" in html
    assert "\n\n" not in html.strip()


RATE = {"metric": "recovery_rate"}


@pytest.mark.parametrize(
    ("helper", "arguments", "what"),
    [
        ("figure", {"metric": "recovry_rate"}, 'There is no metric "recovry_rate". Did you mean recovery_rate'),
        ("figure", {**RATE, "year": "2019-21"}, '"2019-21" is not a financial year; did you mean 2019-20?'),
        ("figure", {**RATE, "year": "2040-41"}, "There is no report for 2040-41: the years run from 2012-13 to "),
        ("figure", {**RATE, "places": -1}, "-1 is not a number of decimals"),
        ("figure", {**RATE, "places": "two"}, "'two' is not a number of decimals"),
        ("change", {**RATE, "since": "2020-21"}, "2020-21 is not before 2019-20."),
        ("change", {**RATE, "since": "2019-20"}, "2019-20 is not before 2019-20."),
        ("change", {**RATE, "kind": "counts"}, '"counts" is not a kind of change'),
        ("change", {**RATE, "year": "2013-14"}, "2012-13 does not compare with 2013-14: "),
        ("change", {"metric": "recovry_rate"}, 'There is no metric "recovry_rate".'),
        ("record", {**RATE, "year": "2020-21"}, "Recovery rate of 2020-21 is no record over "),
        ("chart", {"name": "journy"}, 'There is no chart "journy" on this page. This page has no chart.'),
        ("table", {"name": "journy"}, 'There is no table "journy" on this page. Did you mean journey?'),
    ],
)
def test_what_cannot_be_had_is_a_problem_and_prints_nothing(
    make_helpers: MakeHelpers, helper: str, arguments: dict[str, object], what: str
) -> None:
    helpers = make_helpers()
    assert getattr(helpers, helper)(**arguments) == ""
    (problem,) = helpers.problems
    assert problem.what.startswith(what)
    assert problem.file == FILE


def test_a_page_without_a_year_asks_for_one(make_helpers: MakeHelpers) -> None:
    helpers = make_helpers(None)
    assert helpers.figure("recovery_rate") == ""
    assert told(helpers)[0].startswith("This page has no year of its own: name one")
    assert text_of(helpers.figure("recovery_rate", "2019-20")) == "51.1%"


def test_commentary_sees_the_helpers_and_the_years_and_nothing_else(make_helpers: MakeHelpers) -> None:
    assert set(make_helpers().names()) == {*HELPERS, "year", "last_year", "next_year"}
    assert set(make_helpers(None).names()) == set(HELPERS)
    names = make_helpers().names()
    assert (names["year"], names["last_year"], names["next_year"]) == ("2019-20", "2018-19", "2020-21")


def test_more_names_for_standard_words_do_not_reach_the_editors(make_helpers: MakeHelpers) -> None:
    helpers = make_helpers()
    ours = helpers.with_extra({"cohort": "ended"})
    ours.figure("recovry_rate")
    assert ours.names()["cohort"] == "ended"
    assert "cohort" not in helpers.names()
    assert helpers.problems == []
    assert ours.workings is helpers.workings


def test_an_error_of_ours_is_not_swallowed(make_helpers: MakeHelpers) -> None:
    with pytest.raises(TypeError):
        make_helpers().figure("recovery_rate", 2019)  # type: ignore[arg-type]


MOST, LEAST = "deprivation/decile 1 (most deprived)", "deprivation/decile 10 (least deprived)"


def test_a_figure_may_be_of_a_group_and_has_a_working_of_its_own(make_helpers: MakeHelpers) -> None:
    helpers = make_helpers(FinancialYear(2023))
    live = helpers.figure("recovery_rate", group=MOST)
    assert text_of(live) == "42.3%"
    anchor = "w-recovery-rate-2023-24-deprivation-decile-1-most-deprived"
    assert f'href="#{anchor}"' in live
    html = helpers.workings.to_html()
    assert f'id="{anchor}"' in html
    assert '<span class="year">2023-24</span>, decile 1 (most deprived)' in keep_years_whole(html)
    assert "29,457 ÷ (71,847 − 2,241) × 100 = 42.31963%" in html


def test_a_share_of_the_whole_is_divided_by_the_whole(make_helpers: MakeHelpers) -> None:
    helpers = make_helpers()
    group = "problem_descriptor/anxiety and stress related disorders/mixed anxiety and depressive disorder"
    assert text_of(helpers.figure("share_of_finished", group=group)) == "5.8%"
    html = helpers.workings.to_html()
    assert "35,064 ÷ 606,192 × 100 = 5.78431%" in html
    assert "finished a course of treatment ÷ finished a course of treatment in all × 100" in html.lower()


def test_a_change_may_be_of_a_group_within_one_classification(make_helpers: MakeHelpers) -> None:
    helpers = make_helpers(FinancialYear(2023))
    assert text_of(helpers.change("recovery_rate", since="2015-16", group=MOST)) == "up 7.3 percentage points"
    assert helpers.problems == []
    helpers.change("recovery_rate", "2021-22", since="2020-21", group="gender/female")
    assert helpers.problems == []
    helpers.change("recovery_rate", "2018-19", since="2016-17", group="long_term_condition/long-term condition")
    assert told(helpers) == [
        "2016-17 does not compare with 2018-19: Declined, not known and invalid, apart before, are one category from "
        "2017-18."
    ]


def test_a_gap_is_how_far_the_first_group_lies_over_the_second(make_helpers: MakeHelpers) -> None:
    helpers = make_helpers(FinancialYear(2023))
    assert text_of(helpers.gap("recovery_rate", LEAST, MOST)) == "13.7 percentage points"
    html = helpers.workings.to_html()
    assert "56.06673% − 42.31963% = 13.74711" in html
    assert "the printed rates differ by 13.8, because each is rounded" in html
    helpers.gap("recovery_rate", MOST, LEAST)
    helpers.gap("recovery", LEAST, MOST)
    assert told(helpers) == [
        f"{MOST} is not above {LEAST} in 2023-24: put the higher of the two first.",
        "Recovery is no rate, so it has no gap in percentage points.",
    ]


def test_the_record_of_a_gap_says_how_far_it_reaches(make_helpers: MakeHelpers) -> None:
    british, pakistani = "ethnic_group/White/British", "ethnic_group/Asian or Asian British/Pakistani"
    straight, bisexual = "sexual_orientation/heterosexual", "sexual_orientation/bisexual"
    helpers = make_helpers(FinancialYear(2023))
    assert text_of(helpers.gap_record("recovery_rate", LEAST, MOST)) == "the widest for three years"
    assert text_of(helpers.gap_record("recovery_rate", LEAST, MOST, "2021-22")) == (
        "the narrowest since figures begin in 2015-16"
    )
    assert text_of(helpers.gap_record("recovery_rate", british, pakistani)) == "the widest for eight years"
    assert text_of(helpers.gap_record("recovery_rate", straight, bisexual)) == "the narrowest for four years", (
        "the years before 2020-21 that have it are cut off by years that lack it"
    )
    assert "13.74711" in helpers.workings.to_html(), "it leads to the working of the gap"
    assert told(helpers) == []


def test_a_gap_that_is_no_record_is_told(make_helpers: MakeHelpers) -> None:
    helpers = make_helpers(FinancialYear(2022))
    assert helpers.gap_record("recovery_rate", LEAST, MOST) == ""
    helpers.gap_record("recovery_rate", MOST, LEAST)
    helpers.gap_record("recovery", LEAST, MOST)
    assert told(helpers) == [
        f"The gap of {LEAST} over {MOST} in 2022-23 is no record over three years or more.",
        f"{MOST} is not above {LEAST} in 2022-23: put the higher of the two first.",
        "Recovery is no rate, so it has no gap in percentage points.",
    ]


def test_a_group_that_the_year_does_not_have_is_told_with_the_nearest_names(make_helpers: MakeHelpers) -> None:
    helpers = make_helpers()
    helpers.figure("recovery_rate", group="gender/femal")
    helpers.figure("recovery_rate", group="age/18 to 25")
    first, second = told(helpers)
    assert first.startswith('There is no group "gender/femal" in 2019-20. Did you mean gender/female')
    assert second.startswith('There is no group "age/18 to 25" in 2019-20.')


def test_a_place_leads_to_its_page(make_helpers: MakeHelpers) -> None:
    helpers = make_helpers()
    assert html_of(helpers.place("09d")) == '<a href="../../areas/09d-brighton-and-hove/">Brighton and Hove</a>'
    assert (
        html_of(helpers.place("05W", "the highest & last"))
        == '<a href="../../areas/05w-stoke-on-trent/">the highest &amp; last</a>'
    )
    assert html_of(make_helpers(None).place("QSL")).startswith('<a href="../../areas/qsl-somerset/">')
    assert html_of(helpers.place("14R", year="2020-21")) == ""
    assert html_of(helpers.place("ENG")) == ""
    assert told(helpers) == [
        "East of England - H&J commissioning hub has no page of its own.",
        "England has no page of its own.",
    ]


AREA = {"metric": "recovery_rate", "year": "2020-21", "area": "09D"}
PAIR = {"high": "05W", "low": "09D", "year": "2020-21"}


@pytest.mark.parametrize(
    ("helper", "arguments", "words"),
    [
        ("rank", AREA, "the lowest of 135 CCGs"),
        ("rank", {**AREA, "area": "05W"}, "the highest of 135 CCGs"),
        ("rank", {**AREA, "area": "05H"}, "3rd of 135 CCGs"),
        ("against_england", AREA, "17 percentage points below England’s 51.4%"),
        ("against_england", {**AREA, "area": "05W"}, "12 percentage points above England’s 51.4%"),
        ("interval", AREA, "32% to 36%"),
        ("interval", {**AREA, "level": "99.8"}, "31% to 37%"),
        ("expected", {"year": "2020-21", "area": "09D"}, "50%"),
        ("expected", {"year": "2020-21", "area": "05W"}, "49%"),
        ("ratio", PAIR, "1.87 (95% interval 1.76 to 1.99)"),
        ("difference", PAIR, "30 percentage points (95% interval 27 to 32)"),
    ],
)
def test_how_an_area_stands_is_said_in_words(
    make_helpers: MakeHelpers, helper: str, arguments: dict[str, str], words: str
) -> None:
    assert text_of(getattr(make_helpers(), helper)(**arguments)) == words


# Computed once from the release by the published recipes, apart from this code.
SPREAD_2020 = {
    "p90_to_p10": "1.25", "highest_to_lowest": "1.87", "number": "135", "lowest": "34%", "p10": "45%", "median": "51%",
    "p90": "57%", "highest": "64%", "outside": "85", "expected": "seven", "phi": "17.4", "tau2": "0.00095",
    "beyond95": "20", "beyond998": "seven",
}  # fmt: skip


def test_every_part_of_a_spread_can_be_printed(make_helpers: MakeHelpers) -> None:
    helpers = make_helpers()
    assert {part: text_of(helpers.spread(part, "2020-21")) for part in SPREAD_PARTS} == SPREAD_2020
    assert text_of(helpers.spread("number", "2022-23")) == "42"
    assert text_of(helpers.spread("p90_to_p10", "2020-21", kind="stp")) == "1.14"


def test_every_part_of_a_spread_is_in_the_editors_guide(project: Path) -> None:
    guide = (project / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert [part for part in SPREAD_PARTS if f"`{part}`" not in guide] == []


def test_the_numbers_of_areas_leave_workings(make_helpers: MakeHelpers) -> None:
    helpers = make_helpers()
    assert 'href="#w-recovery-rate-2020-21-05w-to-09d"' in helpers.ratio(**PAIR)
    helpers.difference(**PAIR)
    helpers.rank(**AREA)
    helpers.against_england(**AREA)
    helpers.interval(**AREA)
    helpers.expected("2020-21", area="09D")
    helpers.spread("highest_to_lowest", "2020-21")
    html = helpers.workings.to_html()
    assert "(1,450 ÷ 2,280) ÷ (930 ÷ 2,735); the interval is Katz’s" in html
    assert "1,450 ÷ 2,280 = 63.60%, less 930 ÷ 2,735 = 34.00%; the interval is Newcombe’s" in html
    assert "by the published percentage, 34%, among the 135 CCGs with at least 100 referrals under it" in html
    assert "930 ÷ 2,735 = 34.00% less England’s 51.39%" in html
    assert "Wilson’s, of 930 ÷ 2,735 = 34.00%: 32.25% to 35.80%" in html
    assert "Stoke on Trent, 1,450 ÷ 2,280 = 63.60%, over Brighton and Hove, 930 ÷ 2,735 = 34.00%" in html
    assert "1,375.7 recoveries expected at England’s rate in each tenth of deprivation" in html
    assert len(helpers.workings) == 7
    assert helpers.problems == []


def test_a_change_of_spread_is_told_with_the_care_it_needs(make_helpers: MakeHelpers) -> None:
    helpers = make_helpers()
    said, _, link = html_of(helpers.spread_change("2021-22")).partition(" <a ")
    assert 'href="#w-recovery-rate-2021-22-ccg-spread-from-2020-21"' in link
    assert "2020-21, the 90th percentile over the 10th: " in helpers.workings.to_html()
    assert said == (
        "The 90th percentile was 1.21 times the 10th, down from 1.25 in 2020-21. There were 135 CCGs in 2020-21 and "
        "106 in 2021-22, and fewer, bigger areas lie closer together whatever happens."
    )
    earlier = html_of(make_helpers().spread_change("2019-20", since="2017-18")).partition(" <a ")[0]
    assert earlier.endswith("1.21 times the 10th, down from 1.26 in 2017-18.")


def test_what_became_of_the_ends_is_told_once_the_next_year_is_out(make_helpers: MakeHelpers) -> None:
    helpers = make_helpers()
    said, _, link = html_of(helpers.afterwards("2017-18")).partition(" <a ")
    assert 'href="#w-recovery-rate-2017-18-ccg-afterwards"' in link
    assert "Stoke on Trent, 66% and then 66%" in helpers.workings.to_html()
    assert said == (
        "Of the five highest that can be followed, all had a lower rate in 2018-19. Of the five lowest that can be "
        "followed, four had a higher rate in 2018-19."
    )
    helpers = make_helpers()
    assert html_of(helpers.afterwards("2023-24")) == ""
    assert told(helpers) == ["What became of the ICBs of 2023-24 the year after is not known."]


@pytest.mark.parametrize(
    ("helper", "arguments", "what"),
    [
        ("spread_change", {"year": "2022-23"}, "A spread of 106 CCGs cannot be compared with one of 42 ICBs: "),
        ("spread_change", {"year": "2023-24", "since": "2020-21"}, "A spread of 135 CCGs cannot be compared with one "),
        ("spread_change", {"year": "2020-21", "since": "2021-22"}, "2021-22 is not before 2020-21."),
        ("spread", {"part": "p99", "year": "2020-21"}, 'There is no part "p99" of a spread. Did you mean p90'),
        ("spread", {"part": "p10", "year": "2015-16"}, "There are no areas in 2015-16."),
        ("spread", {"part": "p10", "year": "2020-21", "kind": "icb"}, "There is no spread of ICBs in 2020-21."),
        ("spread", {"part": "p10", "year": "2020-21", "kind": "ccgs"}, '"ccgs" is no kind of area. Did you mean ccg?'),
        ("spread", {"part": "p10", "year": "2020-21", "metric": "recovery"}, "Recovery is no rate that areas "),
        ("rank", {**AREA, "metric": "recovered_of_received"}, "Recovered, of received is no rate "),
        ("rank", {**AREA, "metric": "recovry_rate"}, 'There is no metric "recovry_rate".'),
        ("rank", {**AREA, "area": None}, "England has no peers: name an area by its code"),
        ("rank", {**AREA, "area": "14R"}, "East of England - H&J commissioning hub has no rank in 2020-21: it "),
        ("rank", {**AREA, "year": "2022-23"}, "NHS Brighton and Hove CCG is not in the release of 2022-23."),
        ("expected", {"year": "2020-21", "area": "14R"}, "What deprivation would lead to expect of East of England"),
        ("interval", {**AREA, "level": "99"}, 'There is no interval of "99": give 95 or 99.8.'),
        ("ratio", {**PAIR, "high": "09D", "low": "05W"}, "NHS Brighton and Hove CCG is not above NHS Stoke "),
        ("ratio", {**PAIR, "low": "QSL"}, "NHS Stoke on Trent CCG (CCG) and Somerset STP (STP) are not of one kind."),
        ("difference", {**PAIR, "low": "ENG"}, "NHS Stoke on Trent CCG (CCG) and England ("),
    ],
)  # fmt: skip
def test_what_cannot_be_said_of_areas_is_a_problem_with_the_reason(
    make_helpers: MakeHelpers, helper: str, arguments: dict[str, str], what: str
) -> None:
    helpers = make_helpers()
    assert getattr(helpers, helper)(**arguments) == ""
    assert [problem.what[: len(what)] for problem in helpers.problems] == [what]
    assert helpers.problems[0].file == FILE


def test_an_area_that_was_redrawn_is_not_called_part_of_its_neighbour(report: Report) -> None:
    comparisons = Comparisons(report, Areas(report.archive))
    peers = comparisons.peers("recovery_rate", FinancialYear(2021), "stp")
    (manchester,) = (row for row in peers.rows if row.organisation.code == "QOP")
    assert next_year_of(comparisons, manchester, peers.year) == (
        None,
        "NHS Greater Manchester ICB, with its borders redrawn",
    )
    ccgs = comparisons.peers("recovery_rate", FinancialYear(2021), "ccg")
    became = {row.organisation.code: next_year_of(comparisons, row, ccgs.year)[1] for row in ccgs.rows}
    assert became["11X"] == "NHS Somerset ICB"
    assert became["12F"] == "part of NHS Cheshire and Merseyside ICB"
    notes = extremes_table(comparisons, ccgs).notes
    assert "NHS Somerset CCG became NHS Somerset ICB in 2022-23." in notes
    assert "NHS Wirral CCG became part of NHS Cheshire and Merseyside ICB in 2022-23." in notes


def test_a_group_is_named_as_a_sentence_has_it(make_helpers: MakeHelpers) -> None:
    helpers = make_helpers(FinancialYear(2023))
    assert html_of(helpers.group_name("age/18 to 25")) == "ages 18 to 25"
    assert html_of(helpers.group_name("bme_group/White British")) == "White British referrals"
    assert (
        html_of(helpers.group_name("ethnic_group/Black or Black British/all")) == "all Black or Black British referrals"
    )
    assert html_of(helpers.group_name("age/18 to 35", "2019-20")) == "ages 18 to 35"
    assert told(helpers) == []
    assert html_of(helpers.group_name("age/18 to 35")) == ""
    assert told(helpers)[0].startswith('There is no group "age/18 to 35" in 2023-24.')


def test_a_limit_is_that_of_a_wait_alone(make_helpers: MakeHelpers) -> None:
    helpers = make_helpers()
    assert html_of(helpers.limit("first_treatment_within_6_weeks")) == "within 6 weeks"
    assert html_of(helpers.limit("second_treatment_after_90_days")) == "more than 90 days"
    assert html_of(helpers.limit("recovery_rate")) == ""
    assert told(helpers) == ["Recovery rate is no share that waited so long."]
