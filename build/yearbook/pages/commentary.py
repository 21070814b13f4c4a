"""What editors write: Markdown files with front matter, and how they are read and rendered.

A file's Jinja expressions are rendered here and its Markdown is left to MkDocs. Line numbers in messages
are those of the file as an editor shows it.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from yearbook.claims import MARKS, MarkedText, find_faults, unmark
from yearbook.errors import CommentaryError, Problem, as_sentence, suggest
from yearbook.formatting import join_words
from yearbook.pages.blocks import check_blocks
from yearbook.pages.desk import with_faults
from yearbook.pages.editors import EditorsHelpers
from yearbook.pages.environment import RENDERING_ERRORS, commentary_environment, parse_commentary
from yearbook.pages.front_matter import (
    DEFAULT_HERO,
    Author,
    check_page_fields,
    day_of,
    parse_authors,
    read_front_matter,
)
from yearbook.pages.text import plain_text
from yearbook.years import FinancialYear

_HEADING = re.compile(r"^##[ \t]+(?P<title>.+?)[ \t]*(?:\{#(?P<id>[\w-]+)\})?[ \t]*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Commentary:
    """A file as the editor wrote it.

    `title`, `standfirst` and `body` each start with as many empty lines as stand before them in the file,
    so that a line counted in them is a line of the file. `lines` gives the line of each field. `shown` is None for a
    page that is to be published; in a preview it is the list that takes the problems which the page shows where they
    are.
    """

    file: str
    fields: Mapping[str, Any]
    title: str
    standfirst: str
    body: str
    lines: Mapping[str, int] = field(default_factory=dict)
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
    def authors(self) -> tuple[Author, ...]:
        """Who wrote it, in the order of the byline."""
        return parse_authors(self.fields.get("authors"))

    @property
    def published(self) -> date | None:
        """The day it was published; None where it does not say."""
        return day_of(self.fields.get("published"))

    @property
    def updated(self) -> date | None:
        """The day of its last change of substance; None where there was none."""
        return day_of(self.fields.get("updated"))

    @property
    def series(self) -> str:
        """The series it belongs to; empty where it names none."""
        return str(self.fields.get("series") or "")

    @property
    def part(self) -> int | None:
        """Its number in the series, from 1; None where the series has no parts."""
        return self.fields.get("part")

    @property
    def tags(self) -> tuple[str, ...]:
        """The words that tell which other pages it goes with."""
        return tuple(tag.strip() for tag in self.fields.get("tags") or ())


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
    front = read_front_matter(path, file)
    problems = check_page_fields(front, file)
    if problems:
        raise CommentaryError(problems)
    return Commentary(file, front.fields, front.written["title"], front.written["standfirst"], front.body, front.lines)


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
    problems += check_blocks(commentary.body, commentary.file)
    faults = [list(find_faults(text, commentary.file, helpers.ledger)) for text in marked.texts]
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


def render_title(commentary: Commentary, helpers: EditorsHelpers) -> str:
    """The title alone as plain text, for the pages that name this one.

    A title that fails is given as it was written: what is wrong with it is told where its own page is rendered.
    """
    problems: list[Problem] = []
    title = unmark(_render(commentary.title, commentary.file, helpers, problems)).text
    return plain_text(" ".join(title.split()) or " ".join(commentary.title.split()))


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
    template, found = parse_commentary(commentary_environment(), text, file, frozenset(names))
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
