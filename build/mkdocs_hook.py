"""The only file that knows MkDocs's events: it makes the staged pages before MkDocs prints them.

`yearbook build` stages by itself and does not use it; it is for plain `mkdocs build` and `mkdocs serve`.
"""

import logging
import math
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from mkdocs.exceptions import PluginError

from yearbook.errors import YearbookError, as_mendable, report_problems
from yearbook.pipeline import build_site
from yearbook.staging import html_pages, keep_a_page, write_staging
from yearbook.upkeep import at_work

log = logging.getLogger("mkdocs.hooks.yearbook")
_previewing = False
_work = ExitStack()
"""Holds the project's lock from before its pages are staged until they are printed."""


def on_startup(command: str, dirty: bool) -> None:
    """Remember whether this is the preview. Its page reloads itself by a script, which the published pages forbid."""
    global _previewing
    _previewing = command == "serve"


def on_config(config: Any) -> Any:
    """Tell the theme of a preview."""
    config.extra["preview"] = _previewing
    return config


def on_pre_build(config: Any) -> None:
    """Make staging/ from data/, content/ and templates/.

    A problem of the user's ends the build with its message. A preview goes on: it shows the problem at the top of its
    pages, which are the last good ones, until it is mended.
    """
    project, staging = Path(config.config_file_path).parent, Path(config.docs_dir)
    config.extra["problems"] = ()
    try:
        # A preview waits as long as a build takes: nobody would start it again after the save that it missed.
        patience = math.inf if _previewing else None
        _work.close()
        _work.enter_context(at_work(project, "preview" if _previewing else "mkdocs build", log.info, patience))
        # A preview's address is MkDocs's own, of this machine, and is written into no file of ours.
        site = build_site(project, log.info, preview=_previewing, site_url="" if _previewing else config.site_url or "")
        write_staging(site.files, staging)
    except (YearbookError, OSError) as raised:
        error = as_mendable(raised) if isinstance(raised, OSError) else raised
        if error is None:
            raise
        if not _previewing:
            raise PluginError(f"\n{error}\n") from None
        log.info("%s", error)  # MkDocs counts what is logged as an error, and would stop where it is strict
        config.extra["problems"] = error.problems or (error.message,)
        keep_a_page(staging)
    else:
        if site.shown:
            log.info("%s", report_problems(site.shown))
    config.extra["html_pages"] = html_pages(Path(config.docs_dir))


def on_post_build(config: Any) -> None:
    """Let other commands work in the project again."""
    _work.close()


def on_build_error(error: Exception) -> None:
    """The same, when MkDocs could not print it."""
    _work.close()


def on_serve(server: Any, config: Any, builder: Any) -> Any:
    """Do not watch what we write ourselves, or every save would build twice."""
    server.unwatch(config.docs_dir)
    return server
