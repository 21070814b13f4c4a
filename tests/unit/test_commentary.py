"""What editors write: how it is read, rendered and refused."""

from collections.abc import Callable
from pathlib import Path

import pytest

from yearbook.errors import CommentaryError, Problem
from yearbook.pages.commentary import Commentary, Rendered, read_commentary, render_commentary
from yearbook.pages.editors import EditorsHelpers
from yearbook.report import Report
from yearbook.years import FinancialYear

FILE = "content/reports/2019-20.md"
HEAD = "title: A title\nstandfirst: A standfirst\n"

Read = Callable[..., Commentary]
Render = Callable[..., Rendered]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Reads a commentary of the given body and front matter."""

    def read(body: str = "", head: str = HEAD) -> Commentary:
        path = tmp_path / "2019-20.md"
        path.write_text(f"---\n{head}---\n{body}", encoding="utf-8")
        return read_commentary(path, FILE)

    return read


@pytest.fixture
def render(read: Read, report: Report) -> Render:
    """Renders a commentary of the given body and front matter, for the page of 2019-20."""

    def render(body: str = "", head: str = HEAD, sections: tuple[str, ...] | None = None) -> Rendered:
        helpers = EditorsHelpers(report, FinancialYear(2019), "reports/2019-20/", FILE, {}, {})
        return render_commentary(read(body, head), helpers, sections)

    return render


def problems_of(call: Callable[[], object]) -> list[Problem]:
    with pytest.raises(CommentaryError) as refused:
        call()
    assert {problem.file for problem in refused.value.problems} == {FILE}
    return list(refused.value.problems)


def places(problems: list[Problem]) -> list[tuple[int, str]]:
    return [(problem.line, problem.what) for problem in problems]


def test_a_commentary_has_its_fields_and_its_sections(render: Render) -> None:
    body = "Before.\n\n## First {#journey}\n\nOne.\n\n### Within\n\nTwo.\n\n## Second {#outcomes}\n\nThree.\n"
    found = render(body)
    assert (found.title, found.standfirst, found.lead) == ("A title", "A standfirst", "Before.")
    assert [(section.id, section.title) for section in found.sections] == [("journey", "First"), ("outcomes", "Second")]
    section = found.section("journey")
    assert section is not None
    assert section.text == "One.\n\n### Within\n\nTwo."
    assert found.section("waiting-times") is None


def test_live_numbers_stand_in_title_standfirst_heading_and_text(render: Render) -> None:
    number = '{{ figure("recovery_rate") }}'
    found = render(
        f"## At {number} {{#journey}}\nStill {number}.\n", f"title: 'T {number}'\nstandfirst: 'S {number}'\n"
    )
    assert all(
        "51.1%" in text for text in (found.title, found.standfirst, found.sections[0].title, found.sections[0].text)
    )
    assert found.sections[0].id == "journey"


def test_a_body_without_headings_is_all_lead(render: Render) -> None:
    assert (render("Words.\n").lead, render("Words.\n").sections) == ("Words.", ())
    assert (render("").lead, render("").sections) == ("", ())


def test_a_problem_of_the_body_has_the_line_an_editor_sees(render: Render) -> None:
    problems = problems_of(lambda: render('One.\n\n{{ figure("recovry_rate") }}\n'))
    assert [problem.line for problem in problems] == [7]
    assert "Did you mean recovery_rate" in problems[0].what


def test_a_problem_of_a_folded_standfirst_has_the_line_an_editor_sees(render: Render) -> None:
    head = 'title: A title\nstandfirst: >-\n  One\n  two {{ figure("nope") }}\n'
    assert [problem.line for problem in problems_of(lambda: render("", head))] == [5]


def test_all_problems_of_a_file_are_told_at_once(render: Render) -> None:
    body = '## A {#journey}\n{{ figure("nope") }}\n{{ figure("recovery_rate", "2040-41") }}\n## B {#jorney}\n'
    problems = problems_of(lambda: render(body, sections=("journey", "outcomes")))
    assert [problem.line for problem in problems] == [6, 7, 8]


def test_an_unknown_helper_is_told_with_near_names(render: Render) -> None:
    (problem,) = problems_of(lambda: render('{{ figur("recovery_rate") }}'))
    assert (problem.line, problem.fix) == (5, "Did you mean figure?")


@pytest.mark.parametrize(
    "expression",
    [
        "figure()",
        "figure",
        'figure("recovery_rate", 2019)',
        "year[40]",
        "year < 1",
    ],
)
def test_an_expression_that_fails_is_told_with_its_line(render: Render, expression: str) -> None:
    ((line, what),) = places(problems_of(lambda: render(f"\n{{{{ {expression} }}}}\n")))
    assert line == 6
    assert what.startswith("The expression fails: ")
    assert what.endswith(".")
    assert not what.endswith("..")


def test_a_heading_opens_a_section_that_the_page_has_and_opens_it_once(render: Render) -> None:
    body = "## A {#journey}\n## B\n## C {#jorney}\n## D {#journey}\n### E\n"
    problems = problems_of(lambda: render(body, sections=("journey", "outcomes")))
    assert places(problems) == [
        (6, "The heading does not say which section it opens."),
        (7, 'There is no section "jorney".'),
        (8, 'The section "journey" is opened twice.'),
    ]
    assert problems[1].fix == "Did you mean journey?"


def test_headings_are_free_where_the_page_has_no_fixed_sections(render: Render) -> None:
    assert [section.id for section in render("## A\n## B {#own}\n").sections] == ["", "own"]


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(f"---\n{HEAD}---\nWords.\n".encode("utf-8-sig"))
    assert read_commentary(path, FILE).fields["title"] == "A title"


@pytest.mark.parametrize(
    ("content", "line", "what"),
    [
        (b"Words.\n", 1, "The file does not begin with front matter."),
        (b"---\ntitle: T\n\nWords.\n", 1, "The front matter has no end."),
        (b"---\ntitle: caf\xe9\n---\n", 2, "The file is not UTF-8."),
        (b"---\n- a\n---\n", 1, "The front matter is not a list of fields."),
    ],
)
def test_a_file_that_is_no_commentary_is_refused(tmp_path: Path, content: bytes, line: int, what: str) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(content)
    assert (line, what) in places(problems_of(lambda: read_commentary(path, FILE)))


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert places(problems_of(lambda: read_commentary(tmp_path / "a.md", FILE))) == [(0, "The file is missing.")]


def test_front_matter_that_is_not_yaml_is_told_with_its_line(read: Read) -> None:
    (problem,) = problems_of(lambda: read(head="title: One: two\nstandfirst: S\n"))
    assert problem.line == 2
    assert "quotation marks" in problem.fix


def test_missing_and_unknown_fields_are_told_together(read: Read) -> None:
    problems = problems_of(lambda: read(head="titel: T\nstandfirst:\npublished: soon\n"))
    assert sorted((problem.line, problem.column) for problem in problems) == [
        (1, "title"),
        (2, "titel"),
        (3, "standfirst"),
        (4, "published"),
    ]


@pytest.mark.parametrize(
    ("head", "column"),
    [
        (f"{HEAD}authors: The Yearbook editors\n", "authors"),
        (f"{HEAD}series: [one, two]\n", "series"),
        ("title: [One, two]\nstandfirst: S\n", "title"),
    ],
)
def test_a_field_of_another_shape_is_told(read: Read, head: str, column: str) -> None:
    (problem,) = problems_of(lambda: read(head=head))
    assert problem.column == column


def test_a_day_that_does_not_exist_is_told_with_its_line(read: Read) -> None:
    (problem,) = problems_of(lambda: read(head=HEAD + "published: 2020-02-30\n"))
    assert (problem.line, problem.column) == (4, "published")
