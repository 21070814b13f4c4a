"""The claim ledger: what is read, what is found in it, and what the words around a live number must say."""

from collections.abc import Callable

import pytest

from yearbook.claims import (
    Live,
    MarkedText,
    find_faults,
    find_quantities,
    mark_lines,
    mark_live,
    read_prose,
    unmark,
    value_of,
)
from yearbook.errors import CommentaryError, Problem
from yearbook.pages.commentary import Commentary, mark_commentary, render_commentary
from yearbook.pages.editors import EditorsHelpers
from yearbook.report import Report
from yearbook.years import FinancialYear

YEAR = FinancialYear(2021)
FILE = "content/reports/2021-22.md"

Check = Callable[..., list[Problem]]


@pytest.fixture
def check(report: Report) -> Check:
    """The problems of a body of commentary on the real data, on the page of 2021-22 unless another year is given."""

    def problems(body: str, year: FinancialYear | None = YEAR) -> list[Problem]:
        helpers = EditorsHelpers(report, year, "reports/2021-22/", FILE, {}, {})
        marked = mark_commentary(Commentary(FILE, {}, "", "", body), helpers)
        found = [fault.problem for text in marked.texts for fault in find_faults(text, FILE, helpers.ledger)]
        return [*marked.problems, *found]

    return problems


def words_of(problems: list[Problem]) -> str:
    return " | ".join(f"{problem.what} {problem.fix}" for problem in problems)


def kinds(text: str) -> list[str]:
    return [found.text for found in find_quantities(text)]


# Marks


def test_marks_say_what_was_typed_where_and_what_a_helper_made() -> None:
    marked = mark_lines("one ", 3) + mark_live("<b>two</b>", 0) + mark_lines(" three\nfour", 3)
    read = unmark(marked)
    assert read.text == "one <b>two</b> three\nfour"
    assert [(read.text[span.start : span.end], span.number) for span in read.spans] == [("<b>two</b>", 0)]
    assert [read.line(read.text.index(word)) for word in ("one", "three", "four")] == [3, 3, 4]


def test_text_without_marks_is_nobodys() -> None:
    assert unmark("plain") == MarkedText("plain", (), (), ())
    assert unmark("plain").line(2) == 0


# Prose


@pytest.mark.parametrize(
    ("markdown", "sentences"),
    [
        ("One. Two!", ["One.", "Two!"]),
        ("## A heading {#id}\n\nText.", ["A heading", "Text."]),
        ("- first\n- **second** one", ["first", "second one"]),
        ("1. not a number of a claim", ["not a number of a claim"]),
        ("Of [the report](../2019-20.md) and <em>more</em>.", ["Of the report and more."]),
        ("`figure(9)` is code", ["is code"]),
        ("```\n51.1%\n```\nText.", ["Text."]),
        ("> quoted 51%\n\nText.", ["Text."]),
        ("He said “it has doubled in a year” and left.", ["He said and left."]),
        ("Marks round “51%” alone quote nobody.", ["Marks round “51%” alone quote nobody."]),
        ("| a | b |\n|---|---|\n| c | d |", ["a", "b", "c", "d"]),
        ('!!! opinion "A view"\n    Text here.', ['"A view"', "Text here."]),
        ("See e.g. The report. Next.", ["See e.g. The report.", "Next."]),
    ],
)
def test_markdown_is_read_as_its_readers_will(markdown: str, sentences: list[str]) -> None:
    read = read_prose(unmark(mark_lines(markdown, 1)), [])
    assert [" ".join(sentence.text.split()) for sentence in read] == sentences


def test_live_text_stands_in_its_sentence() -> None:
    marked = unmark(mark_lines("Of all, ", 1) + mark_live('<a href="#w">51.1%</a>', 0) + mark_lines(" did.", 1))
    (sentence,) = read_prose(marked, [Live("figure", "51.1%")])
    assert sentence.text == "Of all, 51.1% did."
    assert [sentence.text[piece.start : piece.end] for piece in sentence.pieces] == ["51.1%"]
    assert find_quantities(sentence.typed) == ()
    assert marked.text[: sentence.end].endswith("did.")


# Quantities


@pytest.mark.parametrize(
    "text",
    [
        "51.1%", "1,095,739 referrals", "four in ten", "it doubled", "a quarter of them", "the highest ever", "17 points",
        "51 per cent", "half of those", "almost double", "nine out of ten", "two-thirds", "£1,766", "85 of 135", "51:49",
        "the lowest for five years", "rose steadily", "for the first time", "one and a half percentage points",
        "a record low", "fewer than one in five", "flatlined", "more than in any year before", "hardly changed",
        "thirty referrals", "1.25 times", "a point better", "the standard was met", "The recovery rate fell",
        "twice as many", "1.2 million", "threefold", "The completion rate has improved",
    ],
)  # fmt: skip
def test_a_quantity_is_found(text: str) -> None:
    assert kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "on 30 July 2020", "in 2019-20", "in 2019", "PHQ-9 and GAD-7", "section 3", "page 12", "Table 2", "version 2.1",
        "aged 18 to 25", "within 6 weeks", "the 18-week standard", "two or more treatment appointments", "one of them",
        "the first appointment", "code 09D", "three questions follow", "at least once", "95% interval", "step 4",
        "one or two", "the most deprived tenth", "half an hour", "six months later", "a score of 10 or more",
        "65 and over", "the second half of 2020", "a third question", "10 on the PHQ-9", "NHS 111", "the other half",
    ],
)  # fmt: skip
def test_what_claims_nothing_is_left_alone(text: str) -> None:
    assert kinds(text) == []


def test_a_value_is_read_only_where_there_is_one() -> None:
    assert value_of("51.1%") is not None
    assert str(value_of("1,095,739")) == "(Fraction(1095739, 1), 0)"
    assert value_of("four in ten") is None
    assert value_of("51 or 52%") is None


# The ledger


def test_a_typed_number_fails_with_what_to_paste(check: Check) -> None:
    (problem,) = check("\n\nThe recovery rate was 50.2% of those who finished and were at caseness at the start.")
    assert (problem.file, problem.line) == (FILE, 3)
    assert problem.what == '"50.2%" is typed and nothing holds it to the data.'
    assert '{{ figure("recovery_rate") }}' in problem.fix


def test_a_match_is_never_enough(check: Check) -> None:
    assert check("In all 313,919 recovered.")
    assert check("Of those who finished, 50.2% are on the page of 2021-22.")


def test_what_is_held_or_live_passes(check: Check) -> None:
    assert (
        check(
            'The rate was {{ figure("recovery_rate") }}, {{ change("recovery_rate") }}: {{ record("recovery_rate") }}.'
        )
        == []
    )
    assert check('It was {{ claim("51.1%", "recovery_rate", "2019-20", base="caseness") }} in 2019-20.') == []
    assert check('{{ claim("1,095,739", "ended_after_treatment", "2019-20") }} of them.') == []
    assert check('It fell {{ claim("1.2 points", "recovery_rate", since="2020-21") }}.') == []
    assert check('Up {{ claim("10%", "ended_referrals", "2019-20", since="2018-19") }}.') == []


@pytest.mark.parametrize(
    ("expression", "teaches"),
    [
        ('claim("51.2%", "recovery_rate", "2019-20")', "51.1%"),
        ('claim("51.11%", "recovery_rate", "2019-20")', ""),
        ('claim("1.2%", "recovery_rate", since="2020-21")', "percentage points"),
        ('claim("1.5 points", "recovery_rate", since="2020-21")', "down 1.2 percentage points"),
        ('claim("up 1.2 points", "recovery_rate", since="2020-21")', "not the other way"),
        ('claim("51.1%", "recovery_rate", "2019-20", base="finished")', "at caseness at the start"),
        ('claim("51.1", "recovery_rate", "2019-20")', "a percentage"),
        ('claim("291,371%", "recovery", "2019-20")', "no percentage"),
        ('claim("four in ten", "recovery_rate")', "use say"),
        ('claim("51% or 52%", "recovery_rate")', "one number"),
        ('claim("10 points", "ended_referrals", "2019-20", since="2018-19")', "not in points"),
    ],
)
def test_what_is_not_so_is_not_held(check: Check, expression: str, teaches: str) -> None:
    problems = check(f"It was {{{{ {expression} }}}} then.")
    assert bool(problems) == bool(teaches)
    assert teaches in words_of(problems)


@pytest.mark.parametrize(
    ("sentence", "teaches"),
    [
        ('{{ figure("recovery_rate") }} of people recovered.', "count referrals"),
        ('{{ figure("recovery_rate") }} of all who finished recovered.', "at caseness at the start"),
        ('Of referrals received, {{ figure("recovery_rate") }} recovered.', "at caseness at the start"),
        ('Of those who finished and were at caseness at the start, {{ figure("recovered_of_finished") }} recovered.', "those who finished"),
        ('{{ figure("completion_rate") }} of referrals that ended had finished.', "referrals that ended after treatment"),
        ('In 2019-20 it was {{ figure("recovery_rate") }}.', "2021-22"),
        ('It was {{ figure("recovery_rate") }} in 2020-21.', "2021-22"),
        ('It was {{ change("recovery_rate") }} in 2018-19.', "2020-21"),
        ('{{ figure("recovered_of_ended") }} recovered and {{ figure("entered_of_received") }} entered.', "two cohorts"),
        ('The rate rose to {{ figure("recovery_rate") }}.', "went down"),
        ('It fell from {{ figure("recovery_rate", "2022-23") }} to {{ figure("recovery_rate", "2021-22") }}.', "went up"),
        ('It was {{ figure("recovery_rate") }}, up from {{ figure("recovery_rate", "2020-21") }}.', "went down"),
        ('It was {{ change("recovery_rate") }} per cent.', "already has its unit"),
        ('It was {{ figure("recovery_rate") }}% then.', "already has its unit"),
        ("It was so in 2021-25.", "no financial year"),
        ('It was {{ example("52%") }} there.', "made up"),
    ],
)  # fmt: skip
def test_words_that_do_not_go_with_a_live_number_fail(check: Check, sentence: str, teaches: str) -> None:
    problems = check(sentence)
    assert len(problems) == 1, words_of(problems)
    assert teaches in words_of(problems)


@pytest.mark.parametrize(
    "sentence",
    [
        '{{ figure("recovery_rate") }} of those who finished and were at caseness at the start recovered.',
        'Of all who finished, {{ figure("reliable_improvement_rate") }} reliably improved.',
        'Of referrals that ended, {{ figure("not_seen_of_ended") }} were never seen and {{ figure("recovered_of_ended") }} recovered.',
        'It was {{ figure("recovery_rate") }}, against {{ figure("recovery_rate", "2019-20") }} in 2019-20.',
        'In 2019-20 it was {{ figure("recovery_rate", "2019-20") }}, and {{ figure("recovery_rate") }} in 2021-22.',
        'It is {{ change("recovery_rate", since="2019-20") }} since 2019-20.',
        'The rate fell to {{ figure("recovery_rate") }}.',
        'It fell from {{ figure("recovery_rate", "2021-22") }} in 2021-22 to {{ figure("recovery_rate", "2023-24") }}.',
        'Suppose it had been {{ example("52%") }}.',
        "{{ year }} was the second year of the pandemic.",
    ],
)  # fmt: skip
def test_words_that_go_with_a_live_number_pass(check: Check, sentence: str) -> None:
    assert check(sentence) == []


def test_live_text_cannot_be_forged(check: Check) -> None:
    assert "private use" in words_of(check("\ue0000\ue00151%\ue002 recovered."))
    assert "private use" in words_of(check("\ue005 and \ue006 recovered."))  # what fillers are made of
    assert check('{{ "51%" }} recovered.')
    assert check('{% set rate = "51%" %}{{ rate }} recovered.')


def test_every_problem_of_a_page_is_told_at_once_in_a_preview_beside_its_sentence(report: Report) -> None:
    body = "Lead with 51%.\n\n## Title {#journey}\n\nThen 52% did. And this is fine.\n"
    helpers = EditorsHelpers(report, YEAR, "reports/2021-22/", FILE, {}, {})
    with pytest.raises(CommentaryError) as caught:
        render_commentary(Commentary(FILE, {}, "T", "S", body), helpers)
    assert [problem.line for problem in caught.value.problems] == [1, 5]
    shown: list[Problem] = []
    helpers = EditorsHelpers(report, YEAR, "reports/2021-22/", FILE, {}, {})
    rendered = render_commentary(Commentary(FILE, {}, "T", "S with 53%", body, shown=shown), helpers)
    assert sorted(problem.line for problem in shown) == [1, 1, 5]
    assert rendered.lead.startswith('<p class="faults"><span class="fault" role="note">')
    text = rendered.sections[0].text
    assert text.index("Then 52% did.") < text.index('class="fault"') < text.index("And this is fine.")
