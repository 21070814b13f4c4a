"""What editors quote: promises, costs, recovery without treatment, and the words of others, each with its source."""

import re
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import pytest

from yearbook.archive import Archive
from yearbook.charts import CHARTS, Chart, MissingChart
from yearbook.claims import unmark
from yearbook.formatting import format_pounds, round_half_up
from yearbook.outputs.downloads import LICENCE, ShownTable, table_csv, table_json
from yearbook.outputs.registers import register_resources
from yearbook.outputs.resources import Resource
from yearbook.pages.editors import EditorsHelpers
from yearbook.report import Report
from yearbook.studies import Quotation
from yearbook.tables import cost_per_recovery_table, costs_table, promises_table, study_tables, untreated_table
from yearbook.years import FinancialYear

FILE = "content/posts/a-post.md"
MakeHelpers = Callable[..., EditorsHelpers]


@pytest.fixture
def make_helpers(report: Report) -> MakeHelpers:
    """Makes the helpers of a post on the real data, of 2019-20 unless told."""

    def make(*quotations: Quotation, year: str | None = "2019-20", of: Report = report) -> EditorsHelpers:
        known = FinancialYear.parse(year) if year else None
        if quotations:
            of = Report(replace(of.archive, quotations=quotations))
        return EditorsHelpers(of, known, "posts/a-post/", FILE, {}, {})

    return make


def html_of(marked: str) -> str:
    return unmark(marked).text


def text_of(marked: str) -> str:
    return re.sub(r"<sup>.*?</sup>|<[^>]+>", "", html_of(marked))


def told(helpers: EditorsHelpers) -> str:
    (problem,) = helpers.problems
    return problem.what


@pytest.mark.parametrize(
    ("of", "kind", "printed"),
    [
        ("session", "low", "£99"),
        ("session", "high", "£177"),
        ("treatment", "low", "£493"),
        ("treatment", "high", "£1,416"),
        ("treatment", "stepped_down", "£699"),
        ("treatment", "stepped_up", "£1,514"),
        ("treatment", "all", "£877"),
        ("recovery", "low", "£1,043"),
        ("recovery", "high", "£2,895"),
        ("recovery", "stepped_down", "£1,653"),
        ("recovery", "stepped_up", "£2,914"),
        ("recovery", "all", "£1,766"),
    ],
)
def test_every_cost_of_the_study_is_printed_as_it_was_quoted(
    make_helpers: MakeHelpers, of: str, kind: str, printed: str
) -> None:
    assert text_of(make_helpers().cost(of, kind)) == printed


def test_a_cost_links_to_where_and_when_it_is_of_and_to_whose_it_is(make_helpers: MakeHelpers) -> None:
    helpers = make_helpers()
    assert html_of(helpers.cost("recovery")) == '<a class="n" href="#c-cost-recovery-all">£1,766</a>'
    html = helpers.workings.to_html()
    assert 'id="c-cost-recovery-all"' in html
    assert "five primary care trusts in the East of England, at prices of about 2010" in html
    assert 'href="#quoted-a"' in html
    assert 'id="quoted-a"' in html
    assert "we have not read the paper" in html


@pytest.mark.parametrize(
    ("what", "kind", "printed", "sum"),
    [
        ("share", "low", "47.3%", "£493 ÷ £1,043 × 100 = 47.26750%"),
        ("share", "high", "48.9%", "£1,416 ÷ £2,895 × 100 = 48.91192%"),
        ("share", "stepped_down", "42.3%", "£699 ÷ £1,653 × 100 = 42.28675%"),
        ("share", "stepped_up", "52.0%", "£1,514 ÷ £2,914 × 100 = 51.95607%"),
        ("share", "all", "49.7%", "£877 ÷ £1,766 × 100 = 49.66025%"),
        ("sessions", "low", "5.0", "£493 ÷ £99 = 4.97980"),
        ("sessions", "high", "8.0", "£1,416 ÷ £177 = 8.00000"),
    ],
)
def test_what_two_costs_imply_shows_its_division(
    make_helpers: MakeHelpers, what: str, kind: str, printed: str, sum: str
) -> None:
    helpers = make_helpers()
    assert text_of(helpers.implied(what, kind)) == printed
    assert sum in helpers.workings.to_html()


@pytest.mark.parametrize(
    ("year", "of", "printed"),
    [
        ("2013-14", "recovered_of_finished", "£2,222"),
        ("2018-19", "recovered_of_finished", "£1,794"),
        ("2019-20", "recovered_of_finished", "£1,825"),
        ("2023-24", "recovered_of_finished", "£1,852"),
        ("2019-20", "recovery_rate", "£1,716"),
        ("2023-24", "recovery_rate", "£1,750"),
    ],
)
def test_a_cost_per_recovery_is_the_cost_of_a_treatment_over_the_share_of_the_year(
    make_helpers: MakeHelpers, report: Report, year: str, of: str, printed: str
) -> None:
    assert text_of(make_helpers().cost_per_recovery(year, of)) == printed
    counts = {
        name: report.figure(name, FinancialYear.parse(year)).exact
        for name in ("recovery", "finished_course_of_treatment", "eligible_for_recovery")
    }
    base = counts["eligible_for_recovery" if of == "recovery_rate" else "finished_course_of_treatment"]
    assert format_pounds(Fraction(877) * base / counts["recovery"]) == printed


def test_a_cost_per_recovery_says_that_it_is_arithmetic_at_old_prices_and_links_to_its_rate(
    make_helpers: MakeHelpers,
) -> None:
    helpers = make_helpers()
    assert 'href="#c-cost-per-recovery-2019-20"' in helpers.cost_per_recovery()
    html = helpers.workings.to_html()
    line = next(line for line in html.splitlines() if 'id="c-cost-per-recovery-2019-20"' in line)
    assert "arithmetic, at prices of about 2010" in line
    assert '£877 ÷ <a class="n" href="#w-recovered-of-finished-2019-20">48.1%</a> = £1,824.58' in line
    assert 'id="w-recovered-of-finished-2019-20"' in html


def test_recovery_without_treatment_is_printed_with_what_it_is_of(make_helpers: MakeHelpers) -> None:
    helpers = make_helpers()
    assert [text_of(helpers.untreated(months)) for months in (3, 6, 12)] == ["23%", "32%", "53%"]
    assert "untreated major depression" in helpers.workings.to_html()


def test_a_promise_is_printed_in_its_own_words_with_who_tells_of_it(make_helpers: MakeHelpers) -> None:
    helpers = make_helpers()
    assert text_of(helpers.promise("premise-finish")) == "two-thirds"
    assert "“When ideology meets reality”, on the figures of 2021-22, which tells of it" in helpers.workings.to_html()
    assert text_of(helpers.promise("access-15")) == "15%"


def test_what_is_cited_leads_to_its_source_which_stands_once(make_helpers: MakeHelpers) -> None:
    helpers = make_helpers(
        Quotation("five times", "A journal, https://example.org/one"),
        Quotation("*six* <b>times</b>", "Another"),
        Quotation("five times again", "A journal, https://example.org/one"),
    )
    first, second, third = (
        html_of(helpers.cited("five times", source="A journal, https://example.org/one")),
        html_of(helpers.cited("*six* <b>times</b>", source="Another")),
        html_of(helpers.cited("five times again", source=" A journal,\nhttps://example.org/one")),
    )
    assert first.startswith('<span class="cited">five times<sup><a href="#quoted-a"')
    assert "&#42;six&#42; &lt;b&gt;times&lt;/b&gt;" in second
    assert 'href="#quoted-b"' in second
    assert 'href="#quoted-a"' in third
    html = helpers.workings.to_html()
    assert html.count("<li ") == 2
    assert '<a href="https://example.org/one">' in html
    assert "Quoted from" in html
    assert html.startswith('<section class="workings" id="workings">')


def test_a_page_that_quotes_nothing_has_no_list_of_it(make_helpers: MakeHelpers) -> None:
    helpers = make_helpers()
    assert helpers.workings.to_html() == ""
    helpers.figure("recovery_rate")
    assert "Quoted from" not in helpers.workings.to_html()


def test_works_after_the_twenty_sixth_have_two_letters(make_helpers: MakeHelpers) -> None:
    helpers = make_helpers(*(Quotation("x", f"Work {number}") for number in range(28)))
    for number in range(28):
        html = helpers.cited("x", source=f"Work {number}")
    assert 'href="#quoted-bb"' in html


@pytest.mark.parametrize(
    ("helper", "arguments", "what"),
    [
        ("promise", {"name": "premise-finsh"}, 'There is no promise "premise-finsh". Did you mean premise-finish'),
        ("cost", {"of": "recovry"}, 'There is no cost of "recovry". Did you mean recovery?'),
        ("cost", {"of": "session", "kind": "slow"}, 'There is no kind "slow".'),
        ("cost", {"of": "session", "kind": "all"}, "The study has no cost of a session, all."),
        ("implied", {"what": "length"}, '"length" is not implied by the costs. The costs imply share and sessions.'),
        ("implied", {"what": "sessions"}, "The study has no cost of a session, all."),
        ("cost_per_recovery", {"of": "recovered_of_treated"}, 'A cost of a course is not divided by "recovered_of_tre'),
        ("cost_per_recovery", {"year": "2040-41"}, "There is no report for 2040-41"),
        ("untreated", {"months": 4}, "Nothing is known after 4 months: The months are 3, 6 and 12."),
        ("cited", {"text": " ", "source": "A journal"}, "There is nothing quoted"),
        ("cited", {"text": "five times", "source": " "}, "“five times” names no source"),
    ],
)
def test_what_cannot_be_quoted_is_a_problem_and_prints_nothing(
    make_helpers: MakeHelpers, helper: str, arguments: dict[str, object], what: str
) -> None:
    helpers = make_helpers()
    assert getattr(helpers, helper)(**arguments) == ""
    assert told(helpers).startswith(what)


def test_without_the_registers_nothing_can_be_quoted(make_helpers: MakeHelpers, archive: Archive) -> None:
    bare = Report(replace(archive, promises=(), costs=(), untreated=()))
    for helper, argument, what in (
        ("promise", "premise-finish", "There are no promises."),
        ("cost", "recovery", "There are no costs in data/costs.yml."),
        ("untreated", 3, "There are no months."),
    ):
        helpers = make_helpers(of=bare)
        assert getattr(helpers, helper)(argument) == ""
        assert what in told(helpers)
    assert set(study_tables(bare)) == {"promises-made"}  # of targets and standards
    kind = next(kind for kind in CHARTS if kind.id == "cost-per-recovery")
    missing = kind.build(bare, None)
    assert isinstance(missing, MissingChart)
    assert missing.reason == "There is no study of costs in data/costs.yml."


def test_the_table_of_costs_is_the_one_that_was_quoted(report: Report) -> None:
    table = costs_table(report)
    assert [(row.label, row.cells) for row in table.rows] == [
        ("Low intensity", ("£99", "£493", "£1,043", "47.3%")),
        ("High intensity", ("£177", "£1,416", "£2,895", "48.9%")),
        ("Stepped down", ("[x]", "£699", "£1,653", "42.3%")),
        ("Stepped up", ("[x]", "£1,514", "£2,914", "52.0%")),
        ("All", ("[x]", "£877", "£1,766", "49.7%")),
    ]
    assert "[x] not in the quotation." in table.notes
    assert any("old" in note for note in table.notes)


def test_the_table_of_costs_per_recovery_begins_with_the_study_and_leaves_2012_13_out(report: Report) -> None:
    table = cost_per_recovery_table(report)
    assert [row.label for row in table.rows][:2] == ["The study, prices of about 2010", "2013-14"]
    assert len(table.rows) == len(report.years)
    assert "arithmetic, at prices of about 2010" in table.caption


def test_the_chart_of_costs_begins_at_nought_and_calls_itself_arithmetic(report: Report) -> None:
    kind = next(kind for kind in CHARTS if kind.id == "cost-per-recovery")
    chart = kind.build(report, None)
    assert isinstance(chart, Chart)
    assert chart.finding == (
        "At prices of about 2010, a recovery would cost £1,852 at the rate of 2023-24 and £2,222 at that of 2013-14: "
        "arithmetic"
    )
    for picture in chart.pictures.values():
        assert picture.y is not None
        assert picture.y.first == 0
        words = " ".join(str(record["text"]) for record in picture.records["texts"])
        assert "Arithmetic, at prices of about 2010" in words.replace("  ", " ")
        assert {"£2,222", "£1,794", "£1,852"} <= {record["text"] for record in picture.records["texts"]}


def test_the_table_of_promises_judges_nothing_and_says_what_is_told_by_others(report: Report, archive: Archive) -> None:
    table = promises_table(report)
    labels = [row.label for row in table.rows]
    assert labels[0] == (
        "Two-thirds of those given a course of treatment will complete it (told by others). "
        "Beside it: completion rate, 2023-24"
    )
    assert sum("(told by others)" in label for label in labels) == sum(
        promise.secondary and bool(promise.metric) for promise in archive.promises
    )
    later = next(row for row in table.rows if row.label.startswith("915,000 courses"))
    assert later.cells == ("915,000 courses", "not yet")
    assert not any(word in " ".join(labels) for word in ("met", "missed"))


def test_the_table_of_untreated_recovery_says_that_it_is_taken_from_nothing(report: Report) -> None:
    table = untreated_table(report)
    assert [row.cells for row in table.rows] == [("23%",), ("32%",), ("53%",)]
    assert table.notes[-1] == "To subtract these shares from a recovery rate would measure nothing."
    assert table.cells == ()


def test_files_of_what_is_quoted_claim_no_licence_and_name_the_work(report: Report, archive: Archive) -> None:
    table = costs_table(report)
    written = table_csv(table).decode()
    assert LICENCE not in written
    assert written.count("that is not ours to license") == len(table.rows)
    assert written.count("Radhakrishnan and colleagues") == len(table.rows)
    facts = table_json(ShownTable(table, "A post", "posts/a-post/"), archive).decode()
    assert '"title": "Quoted figures"' in facts
    assert "Radhakrishnan" in facts


def resource(archive: Archive, name: str) -> Resource:
    return next(one for one in register_resources(archive, ()) if one.name == name)


def test_the_data_package_says_whose_the_quoted_figures_are(archive: Archive) -> None:
    for name in ("promises", "costs", "untreated-recovery"):
        described = resource(archive, name).descriptor()
        assert described["licenses"][0]["name"] == "notspecified"
        assert described["sources"]
    assert "licenses" not in resource(archive, "targets").descriptor()


def test_the_costs_in_the_data_package_are_those_of_the_register(archive: Archive) -> None:
    lines = resource(archive, "costs").csv.decode().splitlines()
    assert len(lines) == 6
    assert ',2009-10,yes,yes,low,99,493,1043,"' in lines[1]
    assert ",yes,yes,all,NA,877,1766," in lines[5]
    shares = resource(archive, "untreated-recovery").csv.decode().splitlines()
    assert [line[:6].rstrip(",") for line in shares[1:]] == ["3,23%", "6,32%", "12,53%"]


def test_two_thirds_keeps_its_decimals_in_the_data_package(archive: Archive) -> None:
    first = resource(archive, "promises").csv.decode().splitlines()[1]
    assert f",two-thirds,{round_half_up(Fraction(200, 3), 10)},percent," in first
