"""What stands about an editor's words: the other parts of their series, the pages that go with them, the replies.

A page's own words are rendered by `articles` and `reports`; what it says of other pages is gathered here, from the
front matter of all of them at once.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from yearbook.errors import Problem
from yearbook.formatting import join_words
from yearbook.pages.commentary import Commentary
from yearbook.pages.replies import NO_REPLIES, Replies, Reply
from yearbook.pages.text import slug

MOST_RELATED = 5
"""How many pages a page names under one of its tags, the newest first."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A page as other pages name it: its address, its title as plain text, and what its front matter says."""

    file: str
    address: str
    title: str
    commentary: Commentary


@dataclass(frozen=True, slots=True)
class Related:
    """The pages that share a tag with a page. `anchor` is what their list is called on it."""

    tag: str
    pages: tuple[Listed, ...]

    @property
    def anchor(self) -> str:
        """`more-waiting`."""
        return f"more-{slug(self.tag)}"


@dataclass(frozen=True, slots=True)
class Companions:
    """What stands about a page's words. `parts` are all parts of its series, itself among them, in their order."""

    parts: tuple[Listed, ...] = ()
    related: tuple[Related, ...] = ()
    replies: Replies = NO_REPLIES
    reply_to: str = ""
    site: str = ""

    def anchor_of(self, tag: str) -> str:
        """The anchor of the list of pages that share the tag; empty where there is none."""
        return next((found.anchor for found in self.related if found.tag == tag), "")

    def mail(self, title: str, address: str, answering: Reply | None = None) -> str:
        """A `mailto:` link that opens a reply to the page of that title and address, or to a reply on it.

        The subject and the questions an editor needs answered are filled in, so that nothing has to be explained.
        """
        subject = f"Reply to “{title}”"
        about = [f"Page: {title}", f"{self.site}{address}"]
        if answering is not None:
            subject = f"Reply to {answering.name} on “{title}”"
            about.append(f"In answer to reply {answering.number}, by {answering.name}")
        words = "\r\n".join([*about, "", "The name to publish it under:", "", "My reply:", "", ""])
        return f"mailto:{quote(self.reply_to, safe='@')}?subject={quote(subject, safe='')}&body={quote(words, safe='')}"


ALONE = Companions()
"""What stands about a page that nothing goes with."""


def check_series(pages: Sequence[Commentary]) -> list[Problem]:
    """Every series whose parts do not count from 1 to their number, each once."""
    problems = []
    for name, members in _by_series(pages).items():
        numbered = [page for page in members if page.part is not None]
        if not numbered:
            continue
        for page in members:
            if page.part is None:
                what = f'The page does not say which part of "{name}" it is.'
                fix = "add its part: to the front matter, or name another series"
                problems.append(Problem(page.file, page.lines.get("series", 0), "series", what, fix))
        parts: dict[int, list[Commentary]] = defaultdict(list)
        for page in numbered:
            parts[page.part or 0].append(page)
        for part, same in parts.items():
            for page in same[1:]:
                what = f'Part {part} of "{name}" is {same[0].file} already.'
                fix = "number the parts of the series in their order"
                problems.append(Problem(page.file, page.lines.get("part", 0), "part", what, fix))
        missing = [str(part) for part in range(1, max(parts)) if part not in parts]
        if missing:
            last = parts[max(parts)][0]
            what = f'The series "{name}" has a part {max(parts)} and no part {join_words(missing[:5], "or")}.'
            fix = "number the parts from 1, one after the other"
            problems.append(Problem(last.file, last.lines.get("part", 0), "part", what, fix))
    return problems


def _by_series(pages: Sequence[Commentary]) -> Mapping[str, list[Commentary]]:
    found: dict[str, list[Commentary]] = defaultdict(list)
    for page in pages:
        if page.series:
            found[page.series].append(page)
    return found


def gather_companions(
    listed: Sequence[Listed], replies: Mapping[str, Replies], reply_to: str = "", site: str = ""
) -> Mapping[str, Companions]:
    """The companions of each page, by its file. `site` is the address of the whole site, where it has one."""
    return {
        page.file: Companions(
            _parts(page, listed), _related(page, listed), replies.get(page.file, NO_REPLIES), reply_to, site
        )
        for page in listed
    }


def _parts(page: Listed, listed: Sequence[Listed]) -> tuple[Listed, ...]:
    if page.commentary.part is None:
        return ()
    found = [other for other in listed if other.commentary.series == page.commentary.series]
    return tuple(sorted(found, key=lambda other: other.commentary.part or 0))


def _related(page: Listed, listed: Sequence[Listed]) -> tuple[Related, ...]:
    """Under each of the page's tags the pages that share it; a page stands under the first tag shared, and no other."""
    named, found = {page.file, *(part.file for part in _parts(page, listed))}, []
    newest = sorted(listed, key=lambda other: (other.commentary.published or date.min, other.title), reverse=True)
    for tag in page.commentary.tags:
        shared = [other for other in newest if other.file not in named and _has_tag(other, tag)][:MOST_RELATED]
        if shared:
            named |= {other.file for other in shared}
            found.append(Related(tag, tuple(shared)))
    return tuple(found)


def _has_tag(page: Listed, tag: str) -> bool:
    """Whether the page has the tag, however it writes it: `Waiting lists` is `waiting-lists`."""
    return slug(tag) in {slug(own) for own in page.commentary.tags}
