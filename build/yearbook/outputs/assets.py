"""Style sheets and scripts under names that tell their content, so that a browser may keep them for good.

`css/yearbook.css` is published as `css/yearbook.1a2b3c4d.css`: the name changes when the content does, and whatever
asks for it is rewritten, pages and modules alike. Only what is published is named so; a preview, and MkDocs by itself,
keep the plain names. Comments are taken out on the way, for they are written for those who work on the theme.
"""

import hashlib
import posixpath
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from yearbook.errors import CommentaryError, Problem

FOLDERS = ("css", "js")
"""Where the theme keeps what is named by its content, all files of it."""

_IN_A_PAGE = re.compile(rb'="([^"<>\s]+\.(?:css|js))"')
_IN_A_SCRIPT = re.compile(rb"""(?<=["'])(\.{1,2}/[^"'\s]+\.(?:css|js))(?=["'])""")
_IN_A_STYLE = re.compile(rb"""(?<=["'(])([^"'()\s:]+\.(?:css|js))(?=["')])""")
_TEXT_OR_GAP = re.compile(rb"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|url\([^"')]*\))|(?:\s|/\*.*?\*/)+""", re.DOTALL)
_COMMENT = re.compile(rb"/\*.*?\*/", re.DOTALL)
_LINES_OF_COMMENT = re.compile(rb"^[ \t]*(?://[^\n]*|/\*(?:[^*]|\*(?!/))*\*/[ \t]*)(?:\n|\Z)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Assets:
    """What is published: `names` has the published path of each plain one, `files` the content by published path."""

    names: Mapping[str, str]
    files: Mapping[str, bytes]


def name_assets(files: Mapping[str, bytes]) -> Assets:
    """The files of `css/` and `js/`, by path, under names with the first eight digits of their content's checksum.

    What a file imports is named first, for its content names that. Raises CommentaryError for a file that asks for one
    that is not there, and where two import each other, for neither can be named before the other.
    """
    names: dict[str, str] = {}
    published: dict[str, bytes] = {}

    def finish(path: str, above: tuple[str, ...]) -> str:
        if path in above:
            circle = " → ".join((*above[above.index(path) :], path))
            what = f"These import each other, so none can be named by its content: {circle}."
            raise CommentaryError(_problem(path, what, "move what they share into a module of its own"))
        if path not in names:

            def published_name(target: str) -> str:
                if target not in files:
                    raise CommentaryError(_missing(path, target))
                return finish(target, (*above, path))

            content = _rewrite(_without_comments(path, files[path]), path, published_name)
            stem, ending = posixpath.splitext(path)
            names[path] = f"{stem}.{hashlib.sha256(content).hexdigest()[:8]}{ending}"
            published[names[path]] = content
        return names[path]

    for path in sorted(files):
        finish(path, ())
    return Assets(names, published)


def link_assets(document: bytes, page: str, assets: Assets, root: str = "/") -> bytes:
    """The page at the path `page` with each of its references to `css/` and `js/` under the published name.

    `root` is where the site begins on its host. Raises CommentaryError when the page asks for a file that is not there.
    """

    def published_name(target: str) -> str:
        if target not in assets.names:
            raise CommentaryError(_missing(page, target))
        return assets.names[target]

    return _substitute(_IN_A_PAGE, document, page, published_name, root)


def _rewrite(content: bytes, path: str, published_name: Callable[[str], str]) -> bytes:
    return _substitute(_IN_A_SCRIPT if path.endswith(".js") else _IN_A_STYLE, content, path, published_name)


def _substitute(
    pattern: re.Pattern[bytes], content: bytes, path: str, published_name: Callable[[str], str], root: str = "/"
) -> bytes:
    """`content` with what `pattern` finds renamed where it leads into the folders above, and left alone elsewhere."""

    def rename(found: re.Match[bytes]) -> bytes:
        reference = found[1].decode()
        if "//" in reference:  # another host's
            return found[0]
        if reference.startswith("/"):
            target = reference.removeprefix(root).lstrip("/")
        else:
            target = posixpath.normpath(posixpath.join(posixpath.dirname(path), reference))
        if target.partition("/")[0] not in FOLDERS:
            return found[0]
        renamed = reference.removesuffix(posixpath.basename(target)) + posixpath.basename(published_name(target))
        return found[0].replace(found[1], renamed.encode())

    return pattern.sub(rename, content)


def _without_comments(path: str, content: bytes) -> bytes:
    """A style sheet without its comments and with small gaps, a script without its lines of comment.

    Where a text of a script runs over several lines, between backticks, what looks like a comment may be part of it,
    and the script is left as it is.
    """
    if path.endswith(".css"):
        return _TEXT_OR_GAP.sub(_close_up, content).lstrip()
    plain = _LINES_OF_COMMENT.sub(b"", content)
    return content if any(line.count(b"`") % 2 for line in plain.splitlines()) else plain


def _close_up(found: re.Match[bytes]) -> bytes:
    if found[1] is not None:  # a text or an address, where the marks of a comment are none
        return found[1]
    gap = _COMMENT.sub(b"", found[0])
    # Words with a comment alone between them are still two.
    return b"\n" if b"\n" in gap else b" " if gap else b"/**/"


def _missing(path: str, target: str) -> Problem:
    what = f"It asks for {target}, which the theme does not have."
    return _problem(
        path, what, f"put the file into templates/theme/{posixpath.dirname(target)}/, or take the request out"
    )


def _problem(path: str, what: str, fix: str) -> Problem:
    return Problem(path if path.endswith(".html") else f"templates/theme/{path}", 0, "", what, fix)
