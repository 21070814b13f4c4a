"""MkDocs, which prints the staged pages: all of them, or in a preview one again."""

import logging
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from mkdocs.commands.build import _build_page, _populate_page, build
from mkdocs.config import load_config
from mkdocs.exceptions import MkDocsException
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import InclusionLevel

from yearbook.errors import YearbookError


def print_pages(project: Path, into: Path, pages_of_html: Sequence[str], site_url: str = "") -> str:
    """Print the staged pages into a folder; the address that the site is to have, empty where none is known.

    `pages_of_html` are the addresses of those that are HTML already, for the sitemap: MkDocs knows them as files only.
    Raises YearbookError when MkDocs finds anything to warn of, a broken link above all.
    """
    # MkDocs dates its compressed sitemap by the clock unless it is given a time; ours has none.
    os.environ["SOURCE_DATE_EPOCH"] = "0"
    with _kept_warnings() as warnings:
        try:
            given = {"site_url": site_url} if site_url else {}
            config = load_config(str(project / "mkdocs.yml"), site_dir=str(into), hooks=[], strict=False, **given)
            config.extra["html_pages"] = pages_of_html
            config.plugins["yearbook"] = _Linking()
            build(config)
        except MkDocsException as error:
            warnings.append(str(error))
    if warnings:
        raise YearbookError("MkDocs could not print the site:\n  " + "\n  ".join(warnings))
    return str(config.site_url or "")


class Press:
    """MkDocs with all it has read of a preview, so that a page can be printed again by itself."""

    def __init__(self, project: Path, staging: Path, site: Path, address: str) -> None:
        self._project, self._staging, self._site, self._address = project, staging, site, address
        self._read = _Read()
        self._config: Any = None

    def print_all(self, problems: Sequence[object] = ()) -> list[str]:
        """Print every staged page, with `problems` at the top of each; what MkDocs warns of."""
        with _kept_warnings() as warnings:
            try:
                self._config = load_config(
                    str(self._project / "mkdocs.yml"),
                    docs_dir=str(self._staging),
                    site_dir=str(self._site),
                    site_url=self._address,
                    hooks=[],
                    strict=False,
                )
                self._config.plugins["yearbook"] = self._read = _Read()
                self._config.extra |= {"preview": True, "problems": problems, "html_pages": ()}
                build(self._config, serve_url=self._address)
            except MkDocsException as error:
                warnings.append(str(error))
        return warnings

    def print_page(self, path: str, problems: Sequence[object] = ()) -> list[str]:
        """Print the staged file `path` again, with `problems` at its top; what MkDocs warns of.

        Raises KeyError for a page that was not there when all were printed.
        """
        file = self._read.files.get_file_from_path(path)
        if file is None or file.page is None:
            raise KeyError(path)
        self._config.extra["problems"] = problems
        with _kept_warnings() as warnings:
            try:
                _populate_page(file.page, self._config, self._read.files)
                _build_page(
                    file.page, self._config, self._read.files.documentation_pages(), self._read.nav, self._read.env
                )
            except MkDocsException as error:
                warnings.append(str(error))
        return warnings


class _Linking(BasePlugin):  # type: ignore[no-untyped-call,type-arg]
    """Gives the site the staged files that are no Markdown by links, where the disk can: they are most of it.

    A staged file is never written into, only replaced, and neither is one of the site (see `finishing`). Those of the
    theme are copied: an editor may write into them.
    """

    def on_env(self, env: Any, *, config: Any, files: Any) -> Any:
        """Link, and keep MkDocs from copying, once every page has been read and every link checked."""
        for file in files:
            is_ours = file.src_dir == config.docs_dir and file.inclusion.is_included()
            if is_ours and not file.is_documentation_page():
                target = Path(file.abs_dest_path)
                target.parent.mkdir(parents=True, exist_ok=True)
                with suppress(OSError):  # then it is copied
                    os.link(file.abs_src_path, target)
                    file.inclusion = InclusionLevel.EXCLUDED
        return env


class _Read(BasePlugin):  # type: ignore[no-untyped-call,type-arg]
    """Keeps what MkDocs reads for a build: the files, the navigation and the templates."""

    files: Any
    nav: Any
    env: Any

    def on_nav(self, nav: Any, *, config: Any, files: Any) -> Any:
        self.nav = nav
        return nav

    def on_env(self, env: Any, *, config: Any, files: Any) -> Any:
        self.env, self.files = env, files
        return env


class _Warnings(logging.Handler):
    """Keeps what MkDocs warns of, to be told as one message."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


@contextmanager
def _kept_warnings() -> Iterator[list[str]]:
    log, warnings = logging.getLogger("mkdocs"), _Warnings()
    log.addHandler(warnings)
    propagate, log.propagate = log.propagate, False
    try:
        yield warnings.messages
    finally:
        log.removeHandler(warnings)
        log.propagate = propagate
