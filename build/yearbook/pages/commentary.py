"""What editors write: Markdown files with front matter, and how they are read and rendered.

A file's Jinja expressions are rendered here and its Markdown is left to MkDocs. Line numbers in messages
are those of the file as an editor shows it.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from yearbook.claims import MARKS, MarkedText, find_faults, unmark
from yearbook.errors import CommentaryError, Problem, as_sentence, suggest
from yearbook.formatting import join_words
from yearbook.metrics import METRICS_BY_NAME
from yearbook.pages.desk import with_faults
from yearbook.pages.editors import EditorsHelpers
from yearbook.pages.environment import RENDERING_ERRORS, commentary_environment, parse_commentary
from yearbook.years import FinancialYear

FIELDS = ("title", "standfirst", "authors", "published", "updated", "series", "year", "hero")
"""What front matter may hold."""

DEFAULT_HERO = "recovery_rate"

_FRONT = re.compile(r"---\n(?P<head>.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_HEADING = re.compile(r"^##[ \t]+(?P<title>.+?)[ \t]*(?:\{#(?P<id>[\w-]+)\})?[ \t]*$", re.MULTILINE)
_WORDS_A_MINUTE = 220


@dataclass(frozen=True, slots=True)
class Commentary:
    """A file as the editor wrote it.

    `title`, `standfirst` and `body` each start with as many empty lines as stand before them in the file,
    so that a line counted in them is a line of the file. `shown` is None for a page that is to be published; in a
    preview it is the list that takes the problems which the page shows where they are.
    """

    file: str
    fields: Mapping[str, Any]
    title: str
    standfirst: str
    body: str
    shown: list[Problem] | None = None

    @property
    def year(self) -> FinancialYear | None:
        """The year whose figures its expressions mean unless they name another; None when it names none."""
        written = self.fields.get("year")
        return FinancialYear.parse(str(written)) if written is not None else None

    @property
    def hero(self) -> str:
        """The metric whose series, with the page's year marked, is the page's picture elsewhere."""
        return str(self.fields.get("hero") or DEFAULT_HERO)

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
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise CommentaryError(Problem(file, line, "", "The file is not UTF-8.", "save it as UTF-8")) from error
    except FileNotFoundError as error:
        fix = "write it with at least a title and a standfirst in its front matter"
        raise CommentaryError(Problem(file, 0, "", "The file is missing.", fix)) from error
    if not text.startswith("---\n"):
        what = "The file does not begin with front matter."
        raise CommentaryError(Problem(file, 1, "", what, "begin it with ---, the fields, and --- again"))
    found = _FRONT.match(text)
    if found is None:
        what = "The front matter has no end."
        raise CommentaryError(Problem(file, 1, "", what, "end it with a line of three hyphens"))
    head = found["head"]
    fields, written = _front_matter(head, file)
    body = "\n" * (head.count("\n") + 2) + text[found.end() :]
    return Commentary(file, fields, written["title"], written["standfirst"], body)


def _front_matter(head: str, file: str) -> tuple[dict[str, Any], dict[str, str]]:
    """The fields, and the text of each as it stands in the file, after as many empty lines."""
    try:
        node = yaml.compose(head, Loader=yaml.SafeLoader)
        fields = yaml.safe_load(head) or {}
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        what = f"The front matter is not valid YAML: {getattr(error, 'problem', error)}."
        fix = "put quotation marks around text that holds a colon"
        raise CommentaryError(Problem(file, mark.line + 2 if mark else 1, "", what, fix)) from error
    except ValueError as error:  # YAML takes 2020-02-30 for a date, and Python knows better
        line, name = _field_that_fails(head, node)
        what = f"The date does not exist: {error}."
        raise CommentaryError(Problem(file, line, name, what, "write a day of the calendar, as 2024-01-31")) from error
    if not isinstance(fields, dict) or (node is not None and not isinstance(node, yaml.MappingNode)):
        what = "The front matter is not a list of fields."
        raise CommentaryError(Problem(file, 1, "", what, "write each as name: value"))
    nodes = {str(key.value): (key.start_mark.line + 2, value) for key, value in node.value} if node else {}
    problems = _check_fields(fields, {name: line for name, (line, _) in nodes.items()}, file)
    if problems:
        raise CommentaryError(problems)
    return fields, {name: _as_written(head, value) for name, (_, value) in nodes.items()}


def _check_fields(fields: Mapping[str, Any], lines: Mapping[str, int], file: str) -> list[Problem]:
    problems = [
        Problem(
            file,
            lines[name],
            name,
            "There is no such field.",
            suggest(name, FIELDS, f"The fields are {join_words(FIELDS)}."),
        )
        for name in lines
        if name not in FIELDS
    ]
    for name in ("title", "standfirst"):
        if fields.get(name) in (None, ""):
            problems.append(
                Problem(file, lines.get(name, 1), name, f"The page has no {name}.", f"add {name}: to the front matter")
            )
    for name in ("title", "standfirst", "series"):
        if isinstance(fields.get(name), (list, dict)):
            what = f"The {name} is not text."
            problems.append(Problem(file, lines[name], name, what, "put quotation marks around it"))
    if not isinstance(fields.get("authors", []), list):
        what = f'"{fields["authors"]}" is not a list.'
        problems.append(Problem(file, lines["authors"], "authors", what, "write each on its own line, after a hyphen"))
    if fields.get("year") is not None:
        try:
            FinancialYear.parse(str(fields["year"]))
        except ValueError as error:
            problems.append(Problem(file, lines["year"], "year", as_sentence(error), 'write it as "2019-20"'))
    if str(fields.get("hero") or DEFAULT_HERO) not in METRICS_BY_NAME:
        what = f'"{fields["hero"]}" is not a metric.'
        fix = suggest(str(fields["hero"]), METRICS_BY_NAME, "use a name listed in build/yearbook/metrics.py")
        problems.append(Problem(file, lines["hero"], "hero", what, fix))
    for name in ("published", "updated"):
        if name in fields and not isinstance(fields[name], date):
            what = f'"{fields[name]}" is not a date.'
            problems.append(Problem(file, lines[name], name, what, "write it as 2024-01-31"))
    return problems


def _field_that_fails(head: str, node: yaml.Node | None) -> tuple[int, str]:
    """The line and the name of the first field whose value Python cannot take; line 1 when none stands out."""
    for key, value in node.value if isinstance(node, yaml.MappingNode) else ():
        try:
            yaml.safe_load(head[value.start_mark.index : value.end_mark.index])
        except ValueError:
            return key.start_mark.line + 2, str(key.value)
    return 1, ""


def _as_written(head: str, node: yaml.Node) -> str:
    """A field's text with its own line breaks where YAML would fold them, after as many empty lines as in the file."""
    text = head[node.start_mark.index : node.end_mark.index]
    if not isinstance(node, yaml.ScalarNode) or node.style in ("'", '"'):
        text = str(node.value)
    elif node.style in (">", "|"):
        text = "\n" + text.partition("\n")[2]
    return "\n" * (node.start_mark.line + 1) + text


def render_commentary(
    commentary: Commentary, helpers: EditorsHelpers, sections: tuple[str, ...] | None = None
) -> Rendered:
    """The commentary with its expressions carried out.

    `sections` are the ids a second-level heading may have; None allows any, or none. Raises
    CommentaryError with every problem of the file.
    """
    marked = mark_commentary(commentary, helpers)
    problems = list(marked.problems)
    if sections is not None:
        problems += _check_headings(commentary, sections)
    problems += _check_blocks(commentary)
    faults = [] if problems else [list(find_faults(text, commentary.file, helpers.ledger)) for text in marked.texts]
    told = [fault.problem for found in faults for fault in found]
    if commentary.shown is not None:
        commentary.shown.extend(told)
    else:
        problems += told
    if problems:
        raise CommentaryError(problems)
    title, standfirst = (" ".join(text.text.split()) for text in (marked.title, marked.standfirst))
    text = marked.body.text
    if commentary.shown is not None:
        text = with_faults(text, faults[2], [*faults[0], *faults[1]])
    found = list(_HEADING.finditer(text))
    ends = [*(match.start() for match in found[1:]), *([len(text)] if found else [])]
    return Rendered(
        title,
        standfirst,
        text[: found[0].start()].strip() if found else text.strip(),
        tuple(
            Section(match["id"] or "", match["title"], text[match.end() : end].strip())
            for match, end in zip(found, ends, strict=True)
        ),
    )


@dataclass(frozen=True, slots=True)
class MarkedCommentary:
    """A commentary with its expressions carried out and its marks read, and the problems of its expressions."""

    title: MarkedText
    standfirst: MarkedText
    body: MarkedText
    problems: tuple[Problem, ...]

    @property
    def texts(self) -> tuple[MarkedText, MarkedText, MarkedText]:
        """All that readers will read of it, in their order."""
        return self.title, self.standfirst, self.body


def mark_commentary(commentary: Commentary, helpers: EditorsHelpers) -> MarkedCommentary:
    """The commentary rendered, with what the ledger of claims needs to know of each piece of it."""
    problems = _check_marks(commentary)
    if problems:
        return MarkedCommentary(unmark(""), unmark(""), unmark(""), tuple(problems))
    title, standfirst, body = (
        unmark(_render(text, commentary.file, helpers, problems))
        for text in (commentary.title, commentary.standfirst, commentary.body)
    )
    return MarkedCommentary(title, standfirst, body, (*problems, *helpers.problems))


def _check_marks(commentary: Commentary) -> list[Problem]:
    """A character that the ledger marks live text with cannot be an editor's."""
    lines = (f"{commentary.title}\n{commentary.standfirst}", commentary.body)
    return [
        Problem(commentary.file, number, "", "The line holds a character of the private use area.", "take it out")
        for text in lines
        for number, line in enumerate(text.split("\n"), 1)
        if MARKS.search(line)
    ]


def without_sections(commentary: Commentary, ids: Collection[str]) -> Commentary:
    """The commentary less the sections of those ids, each line of it where it was.

    What is not rendered leaves no working on the page.
    """
    body = commentary.body
    end = len(body)
    for heading in reversed(list(_HEADING.finditer(body))):
        if heading["id"] in ids:
            body = body[: heading.start()] + "\n" * body.count("\n", heading.start(), end) + body[end:]
        end = heading.start()
    return replace(commentary, body=body)


def _render(text: str, file: str, helpers: EditorsHelpers, problems: list[Problem]) -> str:
    names = helpers.names()
    template, found = parse_commentary(commentary_environment(), text, file, names)
    problems += found
    if template is None:
        return ""
    try:
        return template.render(names)
    except RENDERING_ERRORS as error:
        line = _line_of(error, file)
        what = as_sentence(f"The expression fails: {str(error).removeprefix('EditorsHelpers.')}")
        problems.append(Problem(file, line, "", what, "compare it with the editors' guide in CONTRIBUTING.md"))
        return ""


def _line_of(error: BaseException, file: str) -> int:
    trace, line = error.__traceback__, 0
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == file:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


BLOCKS = ("opinion", "interpretation", "definition", "counterpoint")
"""The kinds of block commentary may hold."""

_BLOCK = re.compile(r"^!!![ \t]+(?P<kind>[\w-]+)", re.MULTILINE)


def _check_blocks(commentary: Commentary) -> list[Problem]:
    """A block of a misspelt kind would be published unmarked, an opinion among them."""
    return [
        Problem(
            commentary.file,
            commentary.body.count("\n", 0, match.start()) + 1,
            "",
            f'There is no block "{match["kind"]}".',
            suggest(match["kind"], BLOCKS, f"The blocks are {join_words(BLOCKS)}."),
        )
        for match in _BLOCK.finditer(commentary.body)
        if match["kind"] not in BLOCKS
    ]


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
