"""Front matter: the fields at the head of a file of words, how they are read, and what each may hold.

What a value means is said here by types; every value that cannot be meant is a problem with its line, and all of a
file are told at once. Line numbers are those of the file as an editor shows it. What follows the front matter is
left to `commentary` and to `replies`.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from yearbook.documents import NOT_TEXT, PlainLoader, describe_character
from yearbook.errors import CommentaryError, Problem, as_sentence, suggest
from yearbook.formatting import join_words
from yearbook.metrics import METRICS_BY_NAME
from yearbook.pages.text import slug
from yearbook.years import FinancialYear

FIELDS = ("title", "standfirst", "authors", "published", "updated", "series", "part", "tags", "year", "hero")
"""What the front matter of a page may hold."""

GLOSSARY_FIELDS = ("words",)
"""What the front matter of the glossary may hold besides."""

AUTHOR_FIELDS = ("name", "guest", "about", "link")
"""What an author may be described by."""

DEFAULT_HERO = "recovery_rate"

LONGEST_TAG = 30
"""How many characters a tag may have: it stands in a heading, as in "More on waiting"."""

_FRONT = re.compile(r"---\n(?P<head>.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_LINK = re.compile(r"https://[^\s,;)\"<>]+")


@dataclass(frozen=True, slots=True)
class Author:
    """Who wrote a page. `guest` is no editor of the Yearbook; `about` is a line on them; `link` their page on the web."""

    name: str
    guest: bool = False
    about: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The front matter of a file: its fields, the line of each, the text of each as it stands, and the body after it.

    `written` and `body` each start with as many empty lines as stand before them in the file, so that a line counted
    in them is a line of the file. `nodes` are the values as YAML read them, which know their places.
    """

    fields: Mapping[str, Any]
    lines: Mapping[str, int]
    written: Mapping[str, str]
    body: str
    nodes: Mapping[str, yaml.Node] = field(default_factory=dict)

    def line_in(self, name: str, position: int) -> int:
        """The line of the entry at `position`, from 0, in the field's list."""
        entry: yaml.Node = self.nodes[name].value[position]
        return entry.start_mark.line + 2


def read_front_matter(path: Path, file: str) -> FrontMatter:
    """The front matter of `path`, its values not yet looked at. Raises CommentaryError when there is none to read."""
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
    matter = _FRONT.match(text)
    if matter is None:
        what = "The front matter has no end."
        raise CommentaryError(Problem(file, 1, "", what, "end it with a line of three hyphens"))
    odd = [
        Problem(
            file,
            number,
            "",
            f"The line holds a character that is not text, {describe_character(found[0])}.",
            "take it out",
        )
        for number, line in enumerate(text.split("\n"), 1)
        if (found := NOT_TEXT.search(line))
    ]
    if odd:
        raise CommentaryError(odd)
    head = matter["head"]
    fields, nodes, lines = _parse(head, file)
    written = {name: _as_written(head, node) for name, node in nodes.items()}
    return FrontMatter(fields, lines, written, "\n" * (head.count("\n") + 2) + text[matter.end() :], nodes)


@lru_cache(maxsize=512)
def _parse(head: str, file: str) -> tuple[Mapping[str, Any], Mapping[str, yaml.Node], Mapping[str, int]]:
    """The fields, their nodes and their lines. A preview reads all files at every save of one."""
    try:
        node = yaml.compose(head, Loader=PlainLoader)
        fields = yaml.load(head, Loader=PlainLoader) or {}  # noqa: S506 - a SafeLoader
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        what = f"The front matter is not valid YAML: {getattr(error, 'problem', error)}."
        line = head.split("\n")[mark.line] if mark and mark.line < head.count("\n") + 1 else ""
        fix = getattr(error, "fix", "put quotation marks around text that holds a colon")
        if "{{" in line:
            fix = "put single quotation marks around text that begins with an expression: its own are double"
        raise CommentaryError(Problem(file, mark.line + 2 if mark else 1, "", what, fix)) from error
    except ValueError as error:  # YAML takes 2020-02-30 for a date, and Python knows better
        line, name = _field_that_fails(head, node)
        what = f"The date does not exist: {error}."
        raise CommentaryError(Problem(file, line, name, what, "write a day of the calendar, as 2024-01-31")) from error
    if not isinstance(fields, dict) or (node is not None and not isinstance(node, yaml.MappingNode)):
        what = "The front matter is not a list of fields."
        raise CommentaryError(Problem(file, 1, "", what, "write each as name: value"))
    pairs = node.value if node else ()
    nodes = {str(key.value): value for key, value in pairs}
    return fields, nodes, {str(key.value): key.start_mark.line + 2 for key, _ in pairs}


def _field_that_fails(head: str, node: yaml.Node | None) -> tuple[int, str]:
    """The line and the name of the first field whose value Python cannot take; line 1 when none stands out."""
    for key, value in node.value if isinstance(node, yaml.MappingNode) else ():
        try:
            yaml.load(head[value.start_mark.index : value.end_mark.index], Loader=PlainLoader)  # noqa: S506
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


def check_page_fields(front: FrontMatter, file: str) -> list[Problem]:
    """Every problem in the front matter of a page."""
    fields, lines = front.fields, front.lines
    known = (*FIELDS, *GLOSSARY_FIELDS) if file.startswith("content/glossary/") else FIELDS
    problems = check_names(lines, known, file)
    for name in ("title", "standfirst"):
        if fields.get(name) in (None, ""):
            problems.append(
                Problem(file, lines.get(name, 1), name, f"The page has no {name}.", f"add {name}: to the front matter")
            )
    for name in ("title", "standfirst", "series"):
        if isinstance(fields.get(name), (list, dict)):
            what = f"The {name} is not text."
            problems.append(Problem(file, lines[name], name, what, "put quotation marks around it"))
    problems += _check_authors(front, file)
    if fields.get("year") is not None:
        try:
            FinancialYear.parse(str(fields["year"]))
        except ValueError as error:
            problems.append(Problem(file, lines["year"], "year", as_sentence(error), 'write it as "2019-20"'))
    if str(fields.get("hero") or DEFAULT_HERO) not in METRICS_BY_NAME:
        what = f'"{fields["hero"]}" is not a metric.'
        fix = suggest(str(fields["hero"]), METRICS_BY_NAME, "use a name listed in build/yearbook/metrics.py")
        problems.append(Problem(file, lines["hero"], "hero", what, fix))
    return [*problems, *_check_dates(front, file), *_check_part(front, file), *_check_tags(front, file)]


def check_names(lines: Mapping[str, int], known: Sequence[str], file: str) -> list[Problem]:
    """A problem for each field, by its line, that is not one of those known."""
    return [
        Problem(
            file,
            lines[name],
            name,
            "There is no such field.",
            suggest(name, known, f"The fields are {join_words(known)}."),
        )
        for name in lines
        if name not in known
    ]


def check_date(front: FrontMatter, name: str, file: str) -> list[Problem]:
    """A problem when the field is given and is not a date."""
    if name not in front.fields or isinstance(front.fields[name], date):
        return []
    what = f'"{front.fields[name]}" is not a date.'
    return [Problem(file, front.lines[name], name, what, "write it as 2024-01-31")]


def day_of(value: object) -> date | None:
    """The day in a field; None when it holds none. A time of day, which YAML reads too, is left off."""
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else None


def _check_dates(front: FrontMatter, file: str) -> list[Problem]:
    problems = [*check_date(front, "published", file), *check_date(front, "updated", file)]
    published, updated = day_of(front.fields.get("published")), day_of(front.fields.get("updated"))
    if published and updated and updated < published:
        what = f"The page was updated on {updated} and published only on {published}."
        fix = "give the day of the last change, or leave updated out"
        problems.append(Problem(file, front.lines["updated"], "updated", what, fix))
    return problems


def _check_part(front: FrontMatter, file: str) -> list[Problem]:
    """A part needs a number from 1 and a series to be part of."""
    if "part" not in front.fields:
        return []
    part, line = front.fields["part"], front.lines["part"]
    problems = []
    if isinstance(part, bool) or not isinstance(part, int) or part < 1:
        what = f'"{part}" is not the number of a part.'
        problems.append(Problem(file, line, "part", what, "count the parts of the series from 1: part: 2"))
    if not front.fields.get("series"):
        what = "The page is a part of no series."
        problems.append(Problem(file, line, "part", what, "name its series: too, or leave part out"))
    return problems


def _check_tags(front: FrontMatter, file: str) -> list[Problem]:
    if "tags" not in front.fields:
        return []
    tags = front.fields["tags"]
    if not isinstance(tags, list):
        what = f'"{tags}" is not a list.'
        return [Problem(file, front.lines["tags"], "tags", what, "write each on its own line, after a hyphen")]
    problems, seen = [], set()
    for position, tag in enumerate(tags):
        line = front.line_in("tags", position)
        if not isinstance(tag, str) or not slug(tag) or "\n" in tag:
            what, fix = f'"{tag}" is not a word.', "write a word or two, in quotation marks if they look like a number"
        elif len(tag) > LONGEST_TAG:
            what, fix = f'The tag "{tag}" is long.', f"write a word or two, of {LONGEST_TAG} letters at most"
        elif slug(tag) in seen:
            what, fix = f'The tag "{tag}" stands twice.', "take one of them away"
        else:
            seen.add(slug(tag))
            continue
        problems.append(Problem(file, line, "tags", what, fix))
    return problems


def _check_authors(front: FrontMatter, file: str) -> list[Problem]:
    """A list of names, or of what describes a person; each person once."""
    authors = front.fields.get("authors", [])
    if not isinstance(authors, list):
        what = f'"{authors}" is not a list.'
        return [Problem(file, front.lines["authors"], "authors", what, "write each on its own line, after a hyphen")]
    problems, seen = [], set()
    for position, author in enumerate(authors):
        line = front.line_in("authors", position)
        if isinstance(author, dict):
            own = front.nodes["authors"].value[position].value
            lines = {str(key.value): key.start_mark.line + 2 for key, _ in own}
            problems += [*check_names(lines, AUTHOR_FIELDS, file), *_check_author(author, line, lines, file)]
        elif not _is_line(author):
            what = f'"{author}" is not the name of an author.'
            fix = "write a name, or name: with what describes them beneath it"
            problems.append(Problem(file, line, "authors", what, fix))
        name = _name_of(author)
        if name and name in seen:
            problems.append(Problem(file, line, "authors", f"{name} stands twice.", "take one of them away"))
        seen.add(name)
    return problems


def _check_author(author: Mapping[Any, Any], line: int, lines: Mapping[str, int], file: str) -> list[Problem]:
    problems = []
    if not _is_line(author.get("name")):
        where = lines.get("name", line)
        problems.append(Problem(file, where, "authors", "The author has no name.", "write it: name: Ann Example"))
    if not isinstance(author.get("guest", False), bool):
        what = f'"{author["guest"]}" does not say whether the author is a guest.'
        problems.append(Problem(file, lines["guest"], "guest", what, "write guest: true, or leave it out"))
    if "about" in author and not _is_line(author["about"]):
        what = "What is said about the author is not a line of text."
        problems.append(Problem(file, lines["about"], "about", what, "put it on one line, in quotation marks"))
    if "link" in author and not _LINK.fullmatch(str(author["link"])):
        what = f'"{author["link"]}" is not the address of a page.'
        fix = "write it whole, as https://example.org/ann, or leave it out"
        problems.append(Problem(file, lines["link"], "link", what, fix))
    return problems


def _is_line(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip()) and "\n" not in value.strip()


def _name_of(author: object) -> str:
    name = author.get("name") if isinstance(author, dict) else author
    return name.strip() if isinstance(name, str) else ""


def parse_authors(entries: Collection[Any] | None) -> tuple[Author, ...]:
    """The authors of entries that have no problems: a name each, or what describes a person."""
    return tuple(
        Author(
            _name_of(entry),
            entry.get("guest", False),
            str(entry.get("about", "")).strip(),
            str(entry.get("link", "")),
        )
        if isinstance(entry, dict)
        else Author(_name_of(entry))
        for entry in entries or ()
    )
