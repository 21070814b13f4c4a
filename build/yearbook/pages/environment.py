"""The Jinja environments: one for our page templates, one for the text that editors write.

Editors' text runs in Jinja's sandbox with the helpers of `editors` and nothing else. An unknown name is
found before anything is rendered, so that every one in a file is reported, with its line.
"""

import re
from collections.abc import Iterable
from functools import cache, lru_cache, partial
from pathlib import Path

from jinja2 import (
    Environment,
    FileSystemLoader,
    StrictUndefined,
    Template,
    TemplateNotFound,
    TemplateRuntimeError,
    TemplateSyntaxError,
    nodes,
)
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from yearbook.claims.marks import MARKS, mark_lines
from yearbook.documents import NOT_TEXT
from yearbook.errors import CommentaryError, Problem, as_sentence, suggest
from yearbook.formatting import join_words, number_word, plural, sentence_case
from yearbook.outputs.sharing import share_links
from yearbook.pages.citing import Citing
from yearbook.pages.text import day_in_words, literal, mark_label, page_link, source_link
from yearbook.settings import Settings

RENDERING_ERRORS = (TemplateRuntimeError, TypeError, ValueError, AttributeError, ArithmeticError, LookupError)
"""What an expression can raise while it is carried out, when whoever wrote it is to mend it."""


class PageEnvironment(Environment):
    """The environment of our page templates, which also knows the site that the pages are of."""

    site: Settings

    def citing(self, address: str) -> Citing:
        """How the figures of the page at `address` are cited."""
        return Citing(self.site, address)


def page_environment(templates: Path, site: Settings | None = None) -> PageEnvironment:
    """The environment of `templates/pages` and `templates/macros`: Markdown, or HTML that escapes what it is given."""
    environment = PageEnvironment(
        loader=FileSystemLoader(templates, encoding="utf-8"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=_is_html,
    )
    environment.filters |= {
        "cell_class": cell_class,
        "mark_label": lambda cell: Markup(mark_label(str(cell))),  # noqa: S704 - words of our own
        "join_words": join_words,
        "sentence_case": sentence_case,
        "number_word": number_word,
        "day": day_in_words,
        "literal": literal,
        "page_link": page_link,
        "source_link": source_link,
    }
    environment.globals["plural"] = plural
    environment.globals["share_links"] = partial(share_links, (site or Settings("")).url)
    environment.site = site or Settings("")
    return environment


def _is_html(name: str | None) -> bool:
    return name is not None and name.endswith(".html")


def cell_class(cell: str | Markup) -> str:
    """How a cell of a table is set: `num` for a number, `mark` for `[c]` and its like, `words` for the rest."""
    cell = cell.striptags() if isinstance(cell, Markup) else cell
    if _NUMBER.fullmatch(cell):
        return "num"
    return "mark" if _MARK.fullmatch(cell) else "words"


_NUMBER = re.compile(r"[−–]|−?[\d,]+(?:\.\d+)?%?(?: (?:to|of) [\d,]+(?:\.\d+)?)?")
_MARK = re.compile(r"\[[cxz]\]")


def render_page(environment: Environment, template: str, **values: object) -> str:
    """The Markdown of a page: `template` of the `page_environment` with its values.

    Raises CommentaryError, with the file and the line, for whatever in the template cannot be carried out.
    """
    folder = Path(environment.loader.searchpath[0]) if isinstance(environment.loader, FileSystemLoader) else Path()
    file = f"{folder.name}/{template}"
    try:
        return environment.get_template(template).render(values)
    except TemplateNotFound as error:
        name = f"{folder.name}/{error.name}"
        problem = Problem(name, 0, "", "The template is missing.", "put it back; it comes with the project")
        raise CommentaryError(problem) from error
    except TemplateSyntaxError as error:
        what, fix = (
            f"The template cannot be read: {error.message}",
            "close what is open, and look for a misspelt filter",
        )
        problem = Problem(f"{folder.name}/{error.name or template}", error.lineno, "", as_sentence(what), fix)
        raise CommentaryError(problem) from error
    except RENDERING_ERRORS as error:
        inner, line = place_of(error, folder)
        fix = "use a name that the page is given, as it is written in the lines around it"
        what = as_sentence(f"The template fails: {error}")
        raise CommentaryError(Problem(f"{folder.name}/{inner}" if inner else file, line, "", what, fix)) from error


def place_of(error: BaseException, folder: Path) -> tuple[str, int]:
    """The innermost template of `folder`, and its line, that was being rendered; "" and 0 when none was."""
    trace, found = error.__traceback__, ("", 0)
    while trace is not None:
        path = Path(trace.tb_frame.f_code.co_filename)
        if path.is_relative_to(folder):
            found = path.relative_to(folder).as_posix(), trace.tb_lineno
        trace = trace.tb_next
    return found


@cache
def commentary_environment() -> SandboxedEnvironment:
    """The environment of editors' text. There is one, so that what was parsed in it can be used again."""
    return SandboxedEnvironment(
        finalize=_printed,
        undefined=StrictUndefined,
        autoescape=False,
        keep_trailing_newline=True,
        comment_start_string="{##",  # {# opens the id of a heading in Markdown
        comment_end_string="##}",
    )


def _printed(value: object) -> object:
    """What an expression prints. Raises TypeError for a helper that was not called: it would print itself."""
    if callable(value):
        raise TypeError("a helper is named and not called: write its brackets too")
    return value


_PLAIN = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Const, nodes.Name, nodes.Keyword, nodes.Assign, nodes.If,
    nodes.CondExpr, nodes.And, nodes.Or, nodes.Not, nodes.Compare, nodes.Operand, nodes.Neg,
)  # fmt: skip
"""What may stand anywhere in editors' text. None of it repeats or grows: a page takes as long as it has expressions."""

DEEPEST = 40
"""How many expressions may lie in each other."""


def _is_plain(node: nodes.Node) -> bool:
    """Whether editors may write this: calls of helpers by their names, conditions, and loops over what is written out."""
    if isinstance(node, nodes.Const) and isinstance(node.value, str):  # "\u202e" is an escape to Jinja too
        return not (NOT_TEXT.search(node.value) or MARKS.search(node.value))
    if isinstance(node, nodes.Call):
        return isinstance(node.node, nodes.Name) and node.dyn_args is None and node.dyn_kwargs is None
    if isinstance(node, nodes.Assign):
        return isinstance(node.target, nodes.Name) and not isinstance(node.node, nodes.List)
    if isinstance(node, nodes.Getitem):
        return isinstance(node.node, nodes.Name) and isinstance(node.arg, nodes.Const)
    if isinstance(node, nodes.List):
        return all(isinstance(item, (nodes.Const, nodes.Name)) for item in node.items)
    if isinstance(node, nodes.For):
        return isinstance(node.iter, nodes.List) and next(node.find_all(nodes.For), None) is None
    return isinstance(node, _PLAIN)


def _not_plain(tree: nodes.Node, name: str) -> Iterable[Problem]:
    """A problem for each expression that editors' text may not hold, and for what lies too deep in it."""
    left: list[tuple[nodes.Node, int]] = [(tree, 0)]
    while left:
        node, level = left.pop()
        if level > DEEPEST or not _is_plain(node):
            what = "The expression is more than editors' text may hold."
            fix = "call helpers by their names, choose with if, set a name, or repeat for each of a list written out"
            yield Problem(name, node.lineno, "", what, fix)
        else:
            left += [(child, level + 1) for child in node.iter_child_nodes()]


@lru_cache(maxsize=1024)
def parse_commentary(
    environment: Environment, text: str, name: str, known: frozenset[str]
) -> tuple[Template | None, tuple[Problem, ...]]:
    """The template in an editor's `text`, or every problem that keeps it from being one.

    Line 1 of `text` is line 1 of the file `name`. What the template renders carries the marks of `claims.marks`. A
    preview parses all titles at every save of one.
    """
    try:
        return _parse(environment, text, name, known)
    except RecursionError:
        what = "An expression of the page lies too deep in others to be read."
        return None, (Problem(name, 0, "", what, "take brackets and signs that repeat out of it"),)


def _parse(
    environment: Environment, text: str, name: str, known: frozenset[str]
) -> tuple[Template | None, tuple[Problem, ...]]:
    try:
        tree = environment.parse(text, name, name)
    except TemplateSyntaxError as error:
        what = f"The expression cannot be read: {error.message}."
        return None, (Problem(name, error.lineno, "", what, 'write it as {{ figure("recovery_rate") }}'),)
    for typed in tree.find_all(nodes.TemplateData):
        typed.data = mark_lines(typed.data, typed.lineno)
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
    problems = problems or tuple(_not_plain(tree, name))
    if problems:
        return None, problems
    try:
        code = environment.compile(tree, name, name)
    except TemplateSyntaxError as error:  # a filter or a test that does not exist is found only now
        what = f"The expression cannot be read: {error.message}"
        return None, (Problem(name, error.lineno, "", what, "take it out"),)
    return Template.from_code(environment, code, environment.make_globals(None)), ()
