"""The only file that knows MkDocs's events: it makes the staged pages before MkDocs prints them.

`yearbook build` stages by itself and does not use it; it is for plain `mkdocs build` and `mkdocs serve`.
"""

import logging
from pathlib import Path
from typing import Any

from mkdocs.exceptions import PluginError

from yearbook.errors import YearbookError
from yearbook.pipeline import build_site
from yearbook.staging import html_pages, write_staging

log = logging.getLogger("mkdocs.hooks.yearbook")
_previewing = False


def on_startup(command: str, dirty: bool) -> None:
    """Remember whether this is the preview. Its page reloads itself by a script, which the published pages forbid."""
    global _previewing
    _previewing = command == "serve"


def on_config(config: Any) -> Any:
    """Tell the theme of a preview."""
    config.extra["preview"] = _previewing
    return config


def on_pre_build(config: Any) -> None:
    """Make staging/ from data/, content/ and templates/. A problem of the user's ends the build with its message."""
    project = Path(config.config_file_path).parent
    try:
        site = build_site(project, log.info, preview=_previewing)
    except YearbookError as error:
        raise PluginError(f"\n{error}\n") from None
    write_staging(site.files, Path(config.docs_dir))
    config.extra["html_pages"] = html_pages(Path(config.docs_dir))


def on_serve(server: Any, config: Any, builder: Any) -> Any:
    """Do not watch what we write ourselves, or every save would build twice."""
    server.unwatch(config.docs_dir)
    return server
