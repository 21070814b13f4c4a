"""The Jinja environments: what editors' text may and may not do."""

from pathlib import Path

import pytest

from yearbook.claims import unmark
from yearbook.errors import CommentaryError
from yearbook.pages.environment import commentary_environment, page_environment, parse_commentary, render_page

KNOWN = frozenset(("figure", "year"))


def rendered(text: str) -> str:
    template, problems = parse_commentary(commentary_environment(), text, "c.md", KNOWN)
    assert problems == ()
    assert template is not None
    return unmark(template.render(figure=lambda name: f"<{name}>", year="2019-20")).text


def problems_of(text: str) -> list[tuple[int, str, str]]:
    template, problems = parse_commentary(commentary_environment(), text, "c.md", KNOWN)
    assert template is None
    assert {problem.file for problem in problems} == {"c.md"}
    return [(problem.line, problem.what, problem.fix) for problem in problems]


def test_expressions_are_carried_out_and_the_rest_is_left_alone() -> None:
    assert (
        rendered('## Title {#journey}\n{{ figure("a") }} & <b>{{ year }}</b>\n')
        == "## Title {#journey}\n<a> & <b>2019-20</b>\n"
    )


def test_a_comment_for_editors_is_not_published() -> None:
    assert rendered("before {## not for readers ##}after") == "before after"


def test_an_editor_may_set_a_name_and_repeat() -> None:
    assert rendered("{% set n = 2 %}{% for i in [1, n] %}{{ i }}{% endfor %}") == "12"


def test_every_unknown_name_is_told_with_its_line_and_the_near_ones() -> None:
    assert problems_of("{{ figre }}\n\n{{ zzz }} {{ year }}") == [
        (1, '"figre" is not one of the editors\' helpers.', "Did you mean figure?"),
        (3, '"zzz" is not one of the editors\' helpers.', "The helpers are figure and year."),
    ]


@pytest.mark.parametrize("name", ["range", "lipsum", "dict", "cycler", "joiner", "namespace", "self"])
def test_what_jinja_brings_along_is_not_there(name: str) -> None:
    assert name in problems_of(f"{{{{ {name} }}}}")[0][1]


@pytest.mark.parametrize("text", ["\n{{ figure( }}", "\n{% if %}", "\n{% nonsense %}", '\n{{ figure("a" }}'])
def test_an_expression_that_cannot_be_read_is_told_with_its_line(text: str) -> None:
    ((line, what, _),) = problems_of(text)
    assert line == 2
    assert what.startswith("The expression cannot be read: ")


@pytest.mark.parametrize(
    "text",
    [
        "{{ year|upper }}",
        "{{ year|shout }}",
        "{{ year is old }}",
        "{{ 1 / 0 }}",
        '{{ "%d" % "x" }}',
        '{{ "".__class__ }}',
        '{{ "a"[3] }}',
        "{{ figure.__globals__ }}",
        "{{ year.foo }}",
        "{{ year is string }}",
        "{{ year * 1000000000 }}",
        "{{ 10 ** 10 ** 10 }}",
        "{{ year ~ year }}",
        "{{ year.center(1000000000) }}",
        "{{ '{:1000000000}'.format(1) }}",
        "{{ figure.__self__ }}",
        "{{ figure(*year) }}",
        "{{ (figure if year else figure)(year) }}",
        "{% set a = [year, year] %}",
        "{% for letter in year %}{% endfor %}",
        "{% for a in [1, 2] %}{% for b in [1, 2] %}{% endfor %}{% endfor %}",
        "{% for a in [[1], 2] %}{% endfor %}",
        "{% macro f() %}{% endmacro %}",
        "{% set a %}{{ year }}{% endset %}",
        "{% include 'mkdocs.yml' %}",
        "{% if year %}" * 60 + "{% endif %}" * 60,
        '{{ "\\u202e" }}',
        '{{ "\\ud800" }}',
        '{{ "\\ue000" }}',
    ],
)
def test_what_could_grow_without_end_or_reach_behind_a_helper_is_refused_with_its_line(text: str) -> None:
    assert {(line, what) for line, what, _ in problems_of(f"\n\n{text}")} == {
        (3, "The expression is more than editors' text may hold.")
    }


@pytest.mark.parametrize("text", ["{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}", "{{ " + "not " * 5000 + "1 }}"])
def test_what_lies_too_deep_to_be_read_is_told(text: str) -> None:
    ((_, what, _),) = problems_of(text)
    assert what == "An expression of the page lies too deep in others to be read."


def test_a_helper_that_is_not_called_does_not_print_itself() -> None:
    template, _ = parse_commentary(commentary_environment(), "{{ figure }}", "c.md", KNOWN)
    assert template is not None
    with pytest.raises(TypeError, match="write its brackets too"):
        template.render(figure=lambda name: name, year="2019-20")


def page_problem(folder: Path, text: str) -> tuple[str, int, str]:
    (folder / "templates" / "pages").mkdir(parents=True)
    (folder / "templates" / "pages" / "home.md").write_text(text, encoding="utf-8")
    with pytest.raises(CommentaryError) as caught:
        render_page(page_environment(folder / "templates"), "pages/home.md", title="t", names=["a"])
    (problem,) = caught.value.problems
    return problem.file, problem.line, problem.what


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("{{ nothing }}", "The template fails: 'nothing' is undefined."),
        ("{{ title.size }}", "The template fails: 'str object' has no attribute 'size'."),
        ("{{ title / 2 }}", "The template fails: unsupported operand type(s) for /: 'str' and 'int'."),
        ("{{ title|join_words(1, 2) }}", "takes from 1 to 2 positional arguments but 3 were given."),
        ("{{ 5|join_words }}", "The template fails: object of type 'int' has no len()."),
        ("{{ title|shout }}", "The template cannot be read: No filter named 'shout'."),
        ("{% if title %}", "The template cannot be read: Unexpected end of template."),
        ("{% nonsense %}", "The template cannot be read: Encountered unknown tag 'nonsense'."),
    ],
)
def test_a_page_template_that_fails_is_told_with_its_file_and_line(tmp_path: Path, text: str, what: str) -> None:
    file, line, told = page_problem(tmp_path, f"{{{{ title }}}}\n\n{text}")
    assert (file, line) == ("templates/pages/home.md", 3)
    assert what in told


def test_what_an_included_template_gets_wrong_is_told_of_that_template(tmp_path: Path) -> None:
    (tmp_path / "templates" / "macros").mkdir(parents=True)
    (tmp_path / "templates" / "macros" / "m.md").write_text("\n{{ nothing }}", encoding="utf-8")
    assert page_problem(tmp_path, '{% include "macros/m.md" %}')[:2] == ("templates/macros/m.md", 2)


def test_a_page_template_that_is_missing_is_told_of(tmp_path: Path) -> None:
    assert page_problem(tmp_path, '{% include "macros/m.md" %}') == (
        "templates/macros/m.md",
        0,
        "The template is missing.",
    )


def test_a_page_template_has_our_words(tmp_path: Path) -> None:
    text = "{{ names|join_words }} {{ 2|number_word }} {{ plural(2, 'year') }} {{ 'of'|sentence_case }}\n"
    (tmp_path / "page.md").write_text(text, encoding="utf-8")
    assert render_page(page_environment(tmp_path), "page.md", names=["a", "b"]) == "a and b two years Of\n"
