"""The Jinja environments: one for our page templates, one for the text that editors write.

Editors' text runs in Jinja's sandbox with the helpers of `editors` and nothing else. An unknown name is
found before anything is rendered, so that every one in a file is reported, with its line.
"""

from collections.abc import Iterable
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, TemplateSyntaxError, nodes
from jinja2.sandbox import SandboxedEnvironment

from yearbook.errors import Problem, suggest
from yearbook.formatting import join_words, number_word, plural, sentence_case
from yearbook.pages.text import day_in_words, literal, page_link, source_link


def page_environment(templates: Path) -> Environment:
    """The environment of `templates/pages` and `templates/macros`, whose output is Markdown."""
    environment = Environment(
        loader=FileSystemLoader(templates, encoding="utf-8"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701 - Markdown, not HTML: markup.py escapes every name and label
    )
    environment.filters |= {
        "join_words": join_words,
        "sentence_case": sentence_case,
        "number_word": number_word,
        "day": day_in_words,
        "literal": literal,
        "page_link": page_link,
        "source_link": source_link,
    }
    environment.globals["plural"] = plural
    return environment


def commentary_environment() -> SandboxedEnvironment:
    """The environment of editors' text."""
    return SandboxedEnvironment(
        undefined=StrictUndefined,
        autoescape=False,
        keep_trailing_newline=True,
        comment_start_string="{##",  # {# opens the id of a heading in Markdown
        comment_end_string="##}",
    )


def parse_commentary(
    environment: Environment, text: str, name: str, known: Iterable[str]
) -> tuple[Template | None, tuple[Problem, ...]]:
    """The template in an editor's `text`, or every problem that keeps it from being one.

    Line 1 of `text` is line 1 of the file `name`.
    """
    try:
        tree = environment.parse(text, name, name)
    except TemplateSyntaxError as error:
        what = f"The expression cannot be read: {error.message}."
        return None, (Problem(name, error.lineno, "", what, 'write it as {{ figure("recovery_rate") }}'),)
    known = set(known)
    assigned = {node.name for node in tree.find_all(nodes.Name) if node.ctx in ("store", "param")}
    problems = tuple(
        Problem(
            name,
            node.lineno,
            "",
            f'"{node.name}" is not one of the editors\' helpers.',
            suggest(node.name, known, f"The helpers are {join_words(sorted(known))}."),
        )
        for node in tree.find_all(nodes.Name)
        if node.ctx == "load" and node.name not in known | assigned
    )
    if problems:
        return None, problems
    try:
        code = environment.compile(tree, name, name)
    except TemplateSyntaxError as error:  # a filter or a test that does not exist is found only now
        what = f"The expression cannot be read: {error.message}"
        return None, (Problem(name, error.lineno, "", what, "take it out"),)
    return Template.from_code(environment, code, environment.make_globals(None)), ()
