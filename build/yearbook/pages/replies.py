"""What readers reply: moderated Markdown files beside a page, read, threaded and made safe.

The replies to `content/posts/a-post.md` are `content/posts/a-post.replies/001-ann.md` and so on. The number in a
file's name is the reply's for good: its anchor is `#reply-1`, and an answer names it in `to`.

A reply is somebody else's text. No expression in it is carried out, no HTML passes, no picture loads, and its links
lead to pages on the web only and are marked as not ours. What it says is a quotation, and is labelled so.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from yearbook.errors import CommentaryError, Problem, suggest
from yearbook.formatting import join_words, number_word, plural, sentence_case
from yearbook.pages.commentary import Commentary
from yearbook.pages.front_matter import FrontMatter, check_date, check_names, day_of, read_front_matter

FIELDS = ("name", "date", "to", "author")
"""What the front matter of a reply may hold."""

LONGEST_REPLY, MOST_BRACKETS, DEEPEST = 20_000, 200, 40
"""What a reply may have: characters, square brackets, and signs of a quotation or a list on a line. Markdown takes as
long as the square of the second, and fails when many of the third lie in each other."""

SUFFIX = ".replies"
"""What the folder of a page's replies is called after the page's own name."""

_NAME = re.compile(r"(?P<number>\d{3,4})-[a-z0-9][a-z0-9-]*\.md")


@dataclass(frozen=True, slots=True)
class Reply:
    """One reply. `to` is the number of the reply it answers, None for the page; `html` is its text, made safe.

    `by_author` says that whoever wrote the page answers here.
    """

    number: int
    name: str
    day: date
    to: int | None
    by_author: bool
    html: str

    @property
    def anchor(self) -> str:
        """Its permanent place on the page."""
        return f"reply-{self.number}"


@dataclass(frozen=True, slots=True)
class Thread:
    """A reply with the answers to it, each with those to it."""

    reply: Reply
    answers: tuple["Thread", ...] = ()


@dataclass(frozen=True, slots=True)
class Replies:
    """All replies to a page: how many there are, and the threads they make, in the order of their numbers.

    `answered` says that an author of the page answers somewhere.
    """

    count: int = 0
    threads: tuple[Thread, ...] = ()
    answered: bool = False

    @property
    def words(self) -> str:
        """`Three replies`."""
        return f"{sentence_case(number_word(self.count))} {plural(self.count, 'reply', 'replies')}"


NO_REPLIES = Replies()
"""Nobody has replied."""


@dataclass(frozen=True, slots=True)
class _Written:
    """A reply as its file has it, good or not, to be checked with the others of its page."""

    file: str
    number: int
    front: FrontMatter

    @property
    def to(self) -> int | None:
        written = self.front.fields.get("to")
        return written if isinstance(written, int) and not isinstance(written, bool) else None

    def problem(self, name: str, what: str, fix: str) -> Problem:
        return Problem(self.file, self.front.lines.get(name, 1), name, what, fix)


def read_all_replies(
    project: Path, folder: str, pages: Mapping[str, Commentary | None]
) -> tuple[dict[str, Replies], list[Problem]]:
    """The replies to each page whose words lie in `content/<folder>`, by the page's file, and every problem of them.

    `pages` are the pages of that folder by their file; None stands for one that cannot be read.
    """
    found: dict[str, Replies] = {}
    problems: list[Problem] = []
    for path in sorted((project / "content" / folder).glob(f"*{SUFFIX}")):
        file = path.relative_to(project).as_posix()
        page = f"{file.removesuffix(SUFFIX)}.md"
        if page not in pages:
            what = f"The replies have no page: there is no {page}."
            problems.append(Problem(file, 0, "", what, "call the folder after the page that it replies to"))
        try:
            found[page] = read_replies(path, file, pages.get(page))
        except CommentaryError as error:
            problems += error.problems
    return found, problems


def read_replies(folder: Path, name: str, page: Commentary | None) -> Replies:
    """The replies in `folder`, which problems call `name`, to a page. Raises CommentaryError with every problem.

    Without the page, its authors and its day are not compared with those of the replies.
    """
    problems: list[Problem] = []
    if not folder.is_dir():
        what = "This is a file, where a folder of replies is looked for."
        raise CommentaryError(Problem(name, 0, "", what, "make it a folder, with a file for each reply"))
    written: dict[int, _Written] = {}
    for path in sorted(folder.iterdir()):
        file, found = f"{name}/{path.name}", _NAME.fullmatch(path.name)
        if found is None or not int(found["number"]):
            what = "The file is not named as a reply is."
            fix = "call it after its number and its writer, as 001-ann.md, or take it away"
            problems.append(Problem(file, 0, "", what, fix))
            continue
        number = int(found["number"])
        try:
            reply = _Written(file, number, read_front_matter(path, file))
        except CommentaryError as error:
            problems += error.problems
            continue
        if number in written:
            what = f"Reply {number} is {written[number].file} already."
            problems.append(Problem(file, 0, "", what, "give it the next number that is free"))
            continue
        written[number] = reply
    for reply in written.values():
        problems += _check_reply(reply, page)
    problems += _check_answers(written)
    if problems:
        raise CommentaryError(problems)
    replies = [_to_reply(reply) for _, reply in sorted(written.items())]
    return Replies(len(replies), _threads(replies, None), any(reply.by_author for reply in replies))


def _to_reply(written: _Written) -> Reply:
    fields = written.front.fields
    return Reply(
        written.number,
        fields["name"].strip(),
        day_of(fields["date"]) or date.min,
        written.to,
        bool(fields.get("author")),
        readers_html(written.front.body),
    )


def _threads(replies: Sequence[Reply], to: int | None) -> tuple[Thread, ...]:
    return tuple(Thread(reply, _threads(replies, reply.number)) for reply in replies if reply.to == to)


def _check_reply(reply: _Written, page: Commentary | None) -> list[Problem]:
    """What can be told wrong of a reply without the others."""
    fields = reply.front.fields
    problems = check_names(reply.front.lines, FIELDS, reply.file)
    name, by_author = fields.get("name"), fields.get("author", False)
    if not isinstance(name, str) or not name.strip() or "\n" in name.strip():
        fix = "add name: to the front matter, as the writer asked to be called"
        problems.append(reply.problem("name", "The reply has no name.", fix))
    if "date" not in fields:
        problems.append(reply.problem("date", "The reply has no date.", "add date: to the front matter"))
    problems += check_date(reply.front, "date", reply.file)
    day, published = day_of(fields.get("date")), page.published if page else None
    if day and published and day < published:
        what = f"The reply is of {day}, and the page was published on {published}."
        problems.append(reply.problem("date", what, "give the day on which the reply came"))
    if "to" in fields and reply.to is None:
        what = f'"{fields["to"]}" is not the number of a reply.'
        problems.append(
            reply.problem("to", what, "write the number in the name of its file, as to: 1, or leave it out")
        )
    if not isinstance(by_author, bool):
        what = f'"{by_author}" does not say whether the page\'s author answers.'
        problems.append(reply.problem("author", what, "write author: true, or leave it out"))
    elif by_author and page and isinstance(name, str) and name not in {author.name for author in page.authors}:
        names = [author.name for author in page.authors]
        otherwise = f"name one of its authors: {join_words(names, 'or')}" if names else "name its authors: on the page"
        what = f'"{name}" is not an author of the page.'
        problems.append(reply.problem("author", what, suggest(name, names, otherwise)))
    text = reply.front.body.strip()
    if len(text) > LONGEST_REPLY or text.count("[") > MOST_BRACKETS:
        what = f"The reply has {len(text):,} characters and {text.count('['):,} square brackets."
        fix = f"cut it to {LONGEST_REPLY:,} characters and {MOST_BRACKETS} brackets: reading more takes very long"
        problems.append(Problem(reply.file, 0, "", what, fix))
    elif any(line.count(">") + line.count("- ") > DEEPEST for line in text.split("\n")):
        what = f"A line of the reply holds more than {DEEPEST} signs of a quotation or a list."
        problems.append(Problem(reply.file, 0, "", what, "take them away: they would lie in each other"))
    if not reply.front.body.strip():
        problems.append(Problem(reply.file, 0, "", "The reply says nothing.", "write it under the front matter"))
    return problems


def _check_answers(written: Mapping[int, _Written]) -> list[Problem]:
    """Answers to replies that are not there, that go round in a circle, or that came before what they answer."""
    problems, in_circle = [], set()
    for number, reply in written.items():
        if reply.to is None:
            continue
        if reply.to not in written:
            numbers = join_words([str(one) for one in written if one != number])
            fix = f"the replies are {numbers}" if numbers else "leave it out: there is no other reply"
            problems.append(reply.problem("to", f"There is no reply {reply.to}.", fix))
            continue
        circle = _circle(written, number)
        if circle and number not in in_circle:
            in_circle |= set(circle)
            what = "The reply answers itself."
            if len(circle) > 1:
                what = f"Replies {join_words([str(one) for one in circle])} answer each other in a circle."
            problems.append(reply.problem("to", what, "leave out the to: of the one that answers the page"))
        day, asked = day_of(reply.front.fields.get("date")), day_of(written[reply.to].front.fields.get("date"))
        if day and asked and day < asked:
            what = f"The reply is of {day}, and reply {reply.to}, which it answers, of {asked}."
            problems.append(reply.problem("date", what, "give the day on which the reply came"))
    return problems


def _circle(written: Mapping[int, _Written], start: int) -> list[int]:
    """The numbers of the circle that the reply is in; empty when what it answers leads to the page, or nowhere."""
    passed, number = [start], written[start].to
    while number is not None and number in written and number not in passed:
        passed.append(number)
        number = written[number].to
    return sorted(passed) if number == start else []


def readers_html(text: str) -> str:
    """A reader's Markdown as HTML in which nothing of theirs is markup but paragraphs, lists, quotations and emphasis.

    Tags are shown as they were typed. Links to https addresses stay, marked `nofollow ugc`; others keep
    their words only. There are no pictures and no headings, which would be the page's.
    """
    return Markdown(extensions=["smarty", _ReadersText()]).convert(text.strip())


class _ReadersText(Extension):
    """Takes out of Markdown what a reader may not do."""

    def extendMarkdown(self, md: Markdown) -> None:
        md.preprocessors.deregister("html_block")
        for pattern in ("html", "image_link", "image_reference", "short_image_ref", "automail"):
            md.inlinePatterns.deregister(pattern)
        for block in ("hashheader", "setextheader", "hr"):
            md.parser.blockprocessors.deregister(block)
        md.treeprocessors.register(_Links(md), "readers_links", 15)  # after the links were found, at 20


class _Links(Treeprocessor):
    """Marks links as a reader's, and unlinks what does not lead to a page on the web."""

    def run(self, root: Element) -> None:
        for link in root.iter("a"):
            address = link.get("href", "")
            link.attrib.clear()
            if re.match(r"https://[^/\s]", address):
                link.set("href", address)
                link.set("rel", "nofollow ugc")
            else:
                link.tag = "span"
