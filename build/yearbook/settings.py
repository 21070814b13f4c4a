"""The few settings of `mkdocs.yml` that our own pages need.

What the site is called, where it lives, its navigation, the address to which readers reply, the one that keeps its list
of readers, and where errors in its figures are reported.

MkDocs reads the same file for itself; nothing of it is written down twice.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import yaml

from yearbook.errors import Problem, UsageError

FILE = "mkdocs.yml"


@dataclass(frozen=True, slots=True)
class NavigationItem:
    """One entry of the navigation: a page (`path` is its Markdown file) or a section with `children`."""

    title: str
    path: str = ""
    children: tuple["NavigationItem", ...] = ()


@dataclass(frozen=True, slots=True)
class ErrorReports:
    """Where a reader reports an error in a figure: an e-mail address, a form, or nowhere that a link can lead.

    `form` is the address of a tracker's form for a new issue, with `{title}` where its title goes. At most one of the
    two is set.
    """

    mail: str = ""
    form: str = ""

    def link(self, title: str) -> str:
        """The address of a link that begins a report with `title` as its subject; empty where there is nowhere."""
        if self.mail:
            return f"mailto:{self.mail}?subject={quote(title, safe='')}"
        return self.form.replace("{title}", quote(title, safe="")) if self.form else ""


@dataclass(frozen=True, slots=True)
class Settings:
    """What `mkdocs.yml` says of the site. `url` is empty, or ends with a stroke.

    `reply_to` is the e-mail address to which readers reply; empty, as by default, where they cannot. `bulletin` is the
    one that readers write to for the bulletin by e-mail; empty where there is no list. `extensions` are those of
    Markdown that pages are printed with, with what each is told.
    """

    name: str
    description: str = ""
    url: str = ""
    copyright: str = ""
    navigation: tuple[NavigationItem, ...] = ()
    reply_to: str = ""
    errors: ErrorReports = ErrorReports()
    bulletin: str = ""
    extensions: tuple[tuple[str, Mapping[str, Any]], ...] = ()


def read_settings(project: Path, site_url: str = "") -> Settings:
    """The settings of the project; `site_url`, where it is given, is the site's address and not what the file says.

    Raises UsageError when the file is not there, not UTF-8 or not YAML, and with every setting of ours in it that
    cannot be used; and when `site_url` is no address of a site.
    """
    try:
        text = (project / FILE).read_text(encoding="utf-8")
        found = yaml.load(text, Loader=_Lenient)  # noqa: S506 - a SafeLoader
    except (yaml.YAMLError, OSError, ValueError, AttributeError, LookupError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        what = f"The settings cannot be read: {getattr(error, 'problem', None) or error}."
        problem = Problem(FILE, mark.line + 1 if mark else 0, "", what, "mend the file so that it is valid YAML")
        raise UsageError(problem) from error
    found = found if isinstance(found, dict) else {}
    url = parse_site_url(site_url) or str(found.get("site_url") or "")
    reply, errors, bulletin = _contacts(found.get("extra"), text)
    return Settings(
        str(found.get("site_name") or ""),
        str(found.get("site_description") or ""),
        url if not url or url.endswith("/") else f"{url}/",
        str(found.get("copyright") or ""),
        tuple(_items(found.get("nav") or ())),
        reply,
        errors,
        bulletin,
        tuple(_extensions(found.get("markdown_extensions") or ())),
    )


def parse_site_url(given: str) -> str:
    """The address of a site, with a stroke at its end; empty if none is given. Raises UsageError when it is none."""
    if not given:
        return ""
    if not _SITE.fullmatch(given):
        remedy = "Write it whole, as https://example.org/ or https://example.org/yearbook/."
        raise UsageError(f'"{given}" is not the address of a site. {remedy}')
    return given if given.endswith("/") else f"{given}/"


_SITE = re.compile(r"https?://[A-Za-z0-9.-]+(?::\d+)?(?:/[^\s\"'<>?#{}]*)?")

REPLY, MAIL, FORM, BULLETIN = "reply_to", "corrections_to", "report_error", "bulletin"
"""What the ways to reply, the two to report an error, and the one to be written to are called under `extra`."""

_MAIL = re.compile(r"[\w.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+", re.ASCII)
_FORM = re.compile(r"https://[A-Za-z0-9.-]+(?::\d+)?/[^\s\"'<>{}]*\{title\}[^\s\"'<>{}]*")


def _contacts(extra: object, text: str) -> tuple[str, ErrorReports, str]:
    """Where readers reply, report errors and ask for the bulletin.

    Raises UsageError with a problem for each value that cannot be used.
    """
    names = (REPLY, MAIL, FORM, BULLETIN)
    given = {name: extra[name] for name in names if extra.get(name)} if isinstance(extra, dict) else {}
    problems = []
    rules = {
        REPLY: (
            _MAIL,
            "one e-mail address",
            "write it as reply_to: editors@example.org, or leave it out: then pages offer no reply",
        ),
        MAIL: (_MAIL, "one e-mail address", "write it alone, as in corrections_to: editors@example.org"),
        BULLETIN: (
            _MAIL,
            "one e-mail address",
            "write it as bulletin: bulletin@example.org, or leave it out: then there is a feed and no list",
        ),
        FORM: (
            _FORM,
            "an https address with {title} in it",
            'write it in quotes, as in report_error: "https://example.org/new?title={title}"',
        ),
    }
    for name, value in given.items():
        pattern, kind, fix = rules[name]
        if not isinstance(value, str) or not pattern.fullmatch(value):
            what = f"The setting is not {kind}: {value!r}."
            problems.append(Problem(FILE, _line_of(text, name), name, what, fix))
    if MAIL in given and FORM in given:
        what = f"Errors are reported in one place, and both {MAIL} and {FORM} are set."
        problems.append(Problem(FILE, _line_of(text, FORM), FORM, what, "take one of the two out"))
    if problems:
        raise UsageError(problems)
    return given.get(REPLY, ""), ErrorReports(given.get(MAIL, ""), given.get(FORM, "")), given.get(BULLETIN, "")


def _line_of(text: str, name: str) -> int:
    """The line of the setting `name` under `extra`, as an editor counts lines."""
    for key, value in _pairs(yaml.compose(text, Loader=_Lenient)):
        if key.value == "extra":
            return next((int(inner.start_mark.line) + 1 for inner, _ in _pairs(value) if inner.value == name), 0)
    return 0


def _pairs(node: object) -> Iterator[tuple[yaml.ScalarNode, yaml.Node]]:
    if isinstance(node, yaml.MappingNode):
        yield from ((key, value) for key, value in node.value if isinstance(key, yaml.ScalarNode))


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


def _extensions(entries: Iterable[Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Extensions as MkDocs takes them: a name, or a name with what it is told."""
    for entry in entries:
        for name, told in entry.items() if isinstance(entry, dict) else ((entry, None),):
            yield str(name), dict(told or {})


class _Lenient(yaml.SafeLoader):
    """Reads MkDocs's own tags, such as `!ENV`, as nothing: no setting that we use has one."""


_Lenient.add_multi_constructor("!", lambda loader, suffix, node: None)
_Lenient.add_multi_constructor("tag:yaml.org,2002:python", lambda loader, suffix, node: None)
