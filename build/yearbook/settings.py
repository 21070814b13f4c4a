"""The few settings of `mkdocs.yml` that our own pages need.

What the site is called, where it lives, its navigation, and the address to which readers reply.

MkDocs reads the same file for itself; nothing of it is written down twice.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from yearbook.errors import Problem, UsageError

FILE = "mkdocs.yml"

_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)


@dataclass(frozen=True, slots=True)
class NavigationItem:
    """One entry of the navigation: a page (`path` is its Markdown file) or a section with `children`."""

    title: str
    path: str = ""
    children: tuple["NavigationItem", ...] = ()


@dataclass(frozen=True, slots=True)
class Settings:
    """What `mkdocs.yml` says of the site. `url` is empty, or ends with a stroke.

    `reply_to` is the e-mail address to which readers reply; empty, as by default, where they cannot.
    """

    name: str
    description: str = ""
    url: str = ""
    copyright: str = ""
    navigation: tuple[NavigationItem, ...] = ()
    reply_to: str = ""


def read_settings(project: Path) -> Settings:
    """The settings of the project.

    Raises UsageError when the file is not there, not UTF-8 or not YAML, and when the address for replies is none.
    """
    try:
        text = (project / FILE).read_text(encoding="utf-8")
        found = yaml.load(text, Loader=_Lenient)  # noqa: S506 - a SafeLoader
    except (yaml.YAMLError, OSError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        what = f"The settings cannot be read: {getattr(error, 'problem', None) or error}."
        problem = Problem(FILE, mark.line + 1 if mark else 0, "", what, "mend the file so that it is valid YAML")
        raise UsageError(problem) from error
    found = found if isinstance(found, dict) else {}
    url = str(found.get("site_url") or "")
    return Settings(
        str(found.get("site_name") or ""),
        str(found.get("site_description") or ""),
        url if not url or url.endswith("/") else f"{url}/",
        str(found.get("copyright") or ""),
        tuple(_items(found.get("nav") or ())),
        _reply_to(found.get("extra"), text),
    )


def _reply_to(extra: object, text: str) -> str:
    """The address to reply to, in the `extra` of the settings whose text is given."""
    address = str(extra.get("reply_to") or "") if isinstance(extra, dict) else ""
    if address and not _MAIL.fullmatch(address):
        lines = [number for number, line in enumerate(text.splitlines(), 1) if re.match(r"[^#]*\breply_to\s*:", line)]
        fix = "write it as reply_to: editors@example.org, or leave it out: then pages offer no reply"
        what = f'"{address}" is not an e-mail address.'
        raise UsageError(Problem(FILE, lines[0] if lines else 0, "reply_to", what, fix))
    return address


def _items(entries: Iterable[Any]) -> Iterable[NavigationItem]:
    """Entries as MkDocs takes them: a file, or one title with a file or with entries of its own."""
    for entry in entries:
        if isinstance(entry, dict):
            for title, target in entry.items():
                if isinstance(target, list):
                    yield NavigationItem(str(title), children=tuple(_items(target)))
                else:
                    yield NavigationItem(str(title), str(target))
        else:
            yield NavigationItem(str(entry), str(entry))


class _Lenient(yaml.SafeLoader):
    """Reads MkDocs's own tags, such as `!ENV`, as nothing: no setting that we use has one."""


_Lenient.add_multi_constructor("!", lambda loader, suffix, node: None)
_Lenient.add_multi_constructor("tag:yaml.org,2002:python", lambda loader, suffix, node: None)
