"""The methods page on when a word holds, against the code: the bounds of both, and what becomes of its examples."""

import re
from fractions import Fraction
from pathlib import Path

import pytest

from yearbook.pages.commentary import read_commentary, render_commentary
from yearbook.pages.editors import EditorsHelpers
from yearbook.report import Report
from yearbook.wording.levels import read_level
from yearbook.wording.phrases import read_phrase
from yearbook.wording.qualifiers import QUALIFIERS, Qualifier
from yearbook.wording.ratios import DOUBLE, EQUAL, ratio_span
from yearbook.wording.records import SHORTEST
from yearbook.wording.shares import ALLOWANCE, NEARLY_ALL
from yearbook.wording.sizes import PER_CENT, POINTS
from yearbook.years import FinancialYear

FILE = "content/methods/words-that-hold.md"
CALL = re.compile(r"\{\{ (?P<helper>\w+)\((?P<arguments>[^}]*)\) \}\}")


def page(project: Path) -> str:
    return (project / FILE).read_text(encoding="utf-8")


def rows(project: Path) -> list[list[str]]:
    """The cells of every row of every table of the page, the headings left out."""
    found = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in page(project).splitlines()
        if line.startswith("|")
    ]
    return [cells for cells in found if cells[0] != "Words" and not set(cells[0]) <= {"-"}]


def examples(project: Path) -> list[list[str]]:
    return [cells for cells in rows(project) if cells[-1].startswith(("Yes", "No"))]


def helpers_of(report: Report) -> EditorsHelpers:
    return EditorsHelpers(report, None, "methods/words-that-hold/", FILE, {}, {})


def arguments_of(call: str) -> tuple[list[str], dict[str, str]]:
    """The arguments of a call as written: strings, by place and by name."""
    named = dict(re.findall(r'(\w+)="([^"]*)"', call))
    return re.findall(r'"([^"]*)"', re.sub(r'\w+="[^"]*"', "", call)), named


def test_the_page_renders_so_that_every_phrase_said_on_it_holds(project: Path, report: Report) -> None:
    helpers = helpers_of(report)
    rendered = render_commentary(read_commentary(project / FILE, FILE), helpers)
    assert [section.id for section in rendered.sections] == [
        "shares",
        "ratios",
        "changes",
        "trends",
        "records",
        "standards",
        "areas",
    ]
    assert len(helpers.workings) > 20


def test_every_example_comes_out_as_the_page_says(project: Path, report: Report) -> None:
    found = examples(project)
    assert len(found) >= 30
    wrong = []
    for words, figure, verdict in found:
        said = CALL.search(words)
        if verdict.startswith("Yes"):
            assert said is not None, words
            assert said["helper"] == "say"
            (phrase, *places), named = arguments_of(said["arguments"])
        else:
            phrase = words.strip("“”")
            about = CALL.search(figure)
            assert about is not None, figure
            places, named = arguments_of(about["arguments"])
            if about["helper"] == "ratio":
                places, named = ["recovery_rate"], {"year": named["year"], "area": places[0], "against": places[1]}
        helpers = helpers_of(report)
        printed = helpers.say(phrase, *places, **named)
        if bool(printed) != verdict.startswith("Yes"):
            wrong.append((phrase, places, [problem.what for problem in helpers.problems]))
        elif not printed:
            assert "does not hold of" in helpers.problems[0].what
    assert wrong == []


def test_each_example_that_holds_is_said_of_the_figure_beside_it(project: Path) -> None:
    for words, figure, verdict in examples(project):
        said, shown = CALL.search(words), CALL.search(figure)
        if not verdict.startswith("Yes") or said is None or shown is None or shown["helper"] == "ratio":
            continue
        (_, *places), named = arguments_of(said["arguments"])
        shown_places, shown_named = arguments_of(shown["arguments"])
        assert places == shown_places, words
        assert named.get("since") == shown_named.get("since"), words


@pytest.mark.parametrize(
    ("qualifier", "bounds"),
    [
        (Qualifier.NEARLY, [ALLOWANCE.nearly]),
        (Qualifier.JUST_OVER, [ALLOWANCE.over]),
        (Qualifier.ABOUT, [ALLOWANCE.about]),
        (Qualifier.MORE, []),
        (Qualifier.LESS, []),
        (Qualifier.AT_LEAST, []),
        (Qualifier.AT_MOST, []),
        (Qualifier.WELL_OVER, [ALLOWANCE.well]),
        (Qualifier.WELL_UNDER, [ALLOWANCE.well]),
    ],
)
def test_the_rule_of_each_qualifier_has_the_bounds_of_the_code(
    project: Path, qualifier: Qualifier, bounds: list[Fraction]
) -> None:
    words, rule = next(cells for cells in rows(project) if cells[0].startswith(qualifier.value))
    listed = words.split(", ")
    assert set(listed) <= set(QUALIFIERS[qualifier])
    assert len(listed) >= 3
    assert [Fraction(number) for number in re.findall(r"\d+(?:\.\d+)?", rule)] == bounds


def numbers(text: str) -> list[Fraction]:
    return [Fraction(number) for number in re.findall(r"\d+\.\d+|\d+(?!-)", text)]


def test_the_rules_of_ratios_have_the_bounds_of_the_code(project: Path) -> None:
    told = {cells[0]: numbers(cells[1]) for cells in rows(project) if len(cells) == 2}
    assert told["almost double, nearly twice"] == [2 - DOUBLE.nearly, 2]
    assert told["double, twice, roughly double"] == [2 - DOUBLE.about, 2 + DOUBLE.about]
    assert told["just over double"] == [2, 2 + DOUBLE.over]
    assert told["well over double"] == [2 + DOUBLE.well]
    assert told["three times and more"] == [ratio_span(Qualifier.NEARLY, Fraction(3)).low]
    half_again = ratio_span(None, Fraction(3, 2))
    assert told["one and a half times"] == [half_again.low, half_again.high]
    assert told["as many, as high"] == [1 - EQUAL.about, 1 + EQUAL.about]
    assert told["almost as many"] == [1 - EQUAL.nearly, 1]


def test_the_rules_of_changes_have_the_bounds_of_the_code(project: Path) -> None:
    told = {
        cells[0].partition(",")[0]: (numbers(cells[1]), numbers(cells[2])) for cells in rows(project) if len(cells) == 3
    }
    assert told["little changed"] == ([POINTS.flat], [PER_CENT.flat])
    assert told["rose slightly"] == ([POINTS.flat, POINTS.slight], [PER_CENT.flat, PER_CENT.slight])
    assert told["edged up"] == ([POINTS.slight], [PER_CENT.slight])
    assert told["rose sharply"] == ([POINTS.sharp], [PER_CENT.sharp])
    assert told["broadly the same"] == ([POINTS.broad], [PER_CENT.broad])


def test_the_words_of_the_rules_are_words_that_the_code_knows(project: Path) -> None:
    unknown = []
    for cells in rows(project):
        if cells[-1].startswith(("Yes", "No")) or cells[0].startswith(tuple(one.value for one in Qualifier)):
            continue
        unknown += [words for words in cells[0].split(", ") if read_phrase(words.removesuffix(" and more")) is None]
    assert unknown == []


def test_the_other_bounds_of_the_page_are_the_codes(project: Path) -> None:
    text = " ".join(page(project).split())
    assert f"*nearly all* is {NEARLY_ALL}% or more" in text
    assert f"*hardly any* is {100 - NEARLY_ALL}% or less" in text
    assert SHORTEST == 3
    assert "fewer than three years" in text
    above, narrowly, well = (
        read_level(words) for words in ("just above the standard", "narrowly missed", "comfortably met")
    )
    assert above is not None
    assert narrowly is not None
    assert well is not None
    assert (above.span.high, narrowly.span.low, well.span.low) == (2, Fraction(-5, 2), 5)
    assert "*just above* by at most 2 points, *just below* and *narrowly missed* by at most 2.5, " in text
    assert "*comfortably met* and *well above* by 5 or more" in text


def test_every_say_of_the_editors_guide_holds(project: Path, report: Report) -> None:
    guide = (project / "CONTRIBUTING.md").read_text(encoding="utf-8")
    calls = [call for call in CALL.finditer(guide) if call["helper"] == "say"]
    assert len(calls) >= 10
    helpers = EditorsHelpers(report, FinancialYear(2019), "reports/2019-20/", "CONTRIBUTING.md", {}, {})
    for call in calls:
        places, named = arguments_of(call["arguments"])
        assert helpers.say(*places, **named), [problem.what for problem in helpers.problems]
