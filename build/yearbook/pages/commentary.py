"""What editors write: Markdown files with front matter, and how they are read and rendered.

A file's Jinja expressions are rendered here and its Markdown is left to MkDocs. Line numbers in messages
are those of the file as an editor shows it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from jinja2 import TemplateRuntimeError

from yearbook.errors import CommentaryError, Problem, suggest
from yearbook.formatting import join_words
from yearbook.pages.editors import EditorsHelpers
from yearbook.pages.environment import commentary_environment, parse_commentary

FIELDS = ("title", "standfirst", "authors", "published", "updated", "series", "part", "hero", "tags")
"""What front matter may hold."""

_HEADING = re.compile(r"^##[ \t]+(?P<title>.+?)[ \t]*(?:\{#(?P<id>[\w-]+)\})?[ \t]*$", re.MULTILINE)
_WORDS_A_MINUTE = 220


@dataclass(frozen=True, slots=True)
class Commentary:
    """A file as the editor wrote it. `body` starts with as many empty lines as the front matter had."""

    file: str
    fields: Mapping[str, Any]
    lines: Mapping[str, int]
    body: str

    @property
    def minutes(self) -> int:
        """The reading time at 220 words a minute, at least one."""
        return max(1, round(len(re.findall(r"\w+", self.body)) / _WORDS_A_MINUTE))


@dataclass(frozen=True, slots=True)
class Section:
    """A rendered part of a page under one second-level heading: its id, title and Markdown."""

    id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """A commentary with its expressions carried out. `lead` is what stands before the first heading."""

    title: str
    standfirst: str
    lead: str
    sections: tuple[Section, ...]

    def section(self, id: str) -> Section | None:
        """The section of that id, if the editor wrote it."""
        return next((section for section in self.sections if section.id == id), None)


def read_commentary(path: Path, file: str) -> Commentary:
    """The commentary in `path`. Raises CommentaryError with every problem of its front matter."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        what = f"The file is not UTF-8 (byte {error.start})."
        raise CommentaryError(Problem(file, 0, "", what, "save it as UTF-8")) from error
    if not text.startswith("---\n"):
        what = "The file does not begin with front matter."
        raise CommentaryError(Problem(file, 1, "", what, "begin it with ---, the fields, and --- again"))
    head, mark, body = text[4:].partition("\n---\n")
    if not mark:
        raise CommentaryError(
            Problem(file, 1, "", "The front matter has no end.", "end it with a line of three hyphens")
        )
    fields, lines = _front_matter(head, file)
    return Commentary(file, fields, lines, "\n" * (head.count("\n") + 3) + body)


def _front_matter(head: str, file: str) -> tuple[dict[str, Any], dict[str, int]]:
    try:
        node = yaml.compose(head, Loader=yaml.SafeLoader)
        fields = yaml.safe_load(head) or {}
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        what = f"The front matter is not valid YAML: {getattr(error, 'problem', error)}."
        fix = "put quotation marks around text that holds a colon"
        raise CommentaryError(Problem(file, mark.line + 2 if mark else 1, "", what, fix)) from error
    if not isinstance(fields, dict) or not isinstance(node, yaml.MappingNode):
        raise CommentaryError(
            Problem(file, 1, "", "The front matter is not a list of fields.", "write each as name: value")
        )
    lines = {key.value: key.start_mark.line + 2 for key, _ in node.value}
    problems = [
        Problem(
            file,
            lines[name],
            name,
            "There is no such field.",
            suggest(str(name), FIELDS, f"The fields are {join_words(FIELDS)}."),
        )
        for name in lines
        if name not in FIELDS
    ]
    problems += [
        Problem(file, 1, name, f"The page has no {name}.", f"add {name}: to the front matter")
        for name in ("title", "standfirst")
        if not fields.get(name)
    ]
    for name in ("published", "updated"):
        if name in fields and not isinstance(fields[name], date):
            problems.append(
                Problem(file, lines[name], name, f'"{fields[name]}" is not a date.', "write it as 2024-01-31")
            )
    if problems:
        raise CommentaryError(problems)
    return fields, lines


def render_commentary(
    commentary: Commentary, helpers: EditorsHelpers, sections: tuple[str, ...] | None = None
) -> Rendered:
    """The commentary with its expressions carried out.

    `sections` are the ids a second-level heading may have; None allows any, or none. Raises
    CommentaryError with every problem of the file.
    """
    problems: list[Problem] = []
    title = _render_field(commentary, "title", helpers, problems)
    standfirst = _render_field(commentary, "standfirst", helpers, problems)
    body = _render(commentary.body, commentary.file, helpers, problems)
    if sections is not None:
        problems += _check_headings(commentary, sections)
    problems += helpers.problems
    if problems:
        raise CommentaryError(problems)
    found = list(_HEADING.finditer(body))
    ends = [*(match.start() for match in found[1:]), *([len(body)] if found else [])]
    return Rendered(
        title,
        standfirst,
        body[: found[0].start()].strip() if found else body.strip(),
        tuple(
            Section(match["id"] or "", match["title"], body[match.end() : end].strip())
            for match, end in zip(found, ends, strict=True)
        ),
    )


def _render_field(commentary: Commentary, field: str, helpers: EditorsHelpers, problems: list[Problem]) -> str:
    text = str(commentary.fields[field])
    return _render("\n" * (commentary.lines[field] - 1) + text, commentary.file, helpers, problems).strip()


def _render(text: str, file: str, helpers: EditorsHelpers, problems: list[Problem]) -> str:
    names = helpers.names()
    template, found = parse_commentary(commentary_environment(), text, file, names)
    problems += found
    if template is None:
        return ""
    try:
        return template.render(names)
    except (TemplateRuntimeError, TypeError, ValueError, AttributeError, ArithmeticError, LookupError) as error:
        line = _line_of(error, file)
        problems.append(
            Problem(
                file,
                line,
                "",
                f"The expression fails: {error}.",
                "compare it with the editors' guide in CONTRIBUTING.md",
            )
        )
        return ""


def _line_of(error: BaseException, file: str) -> int:
    trace, line = error.__traceback__, 0
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == file:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _check_headings(commentary: Commentary, sections: tuple[str, ...]) -> list[Problem]:
    problems, seen = [], set()
    for match in _HEADING.finditer(commentary.body):
        line, id = commentary.body.count("\n", 0, match.start()) + 1, match["id"]
        if id is None:
            what, fix = (
                "The heading does not say which section it opens.",
                f"end it with {{#id}}, one of {join_words(sections)}",
            )
        elif id not in sections:
            what, fix = (
                f'There is no section "{id}".',
                suggest(id, sections, f"The sections are {join_words(sections)}."),
            )
        elif id in seen:
            what, fix = f'The section "{id}" is opened twice.', "join the two into one"
        else:
            seen.add(id)
            continue
        problems.append(Problem(commentary.file, line, "", what, fix))
    return problems
