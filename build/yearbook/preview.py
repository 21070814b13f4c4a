"""The preview of a site while somebody writes it: a save shows in the browser at once.

The whole site is made once, in a folder of its own below `.cache/`. From then on an edit of an editor's words costs the
page they are on, and then the pages that tell of it; a style sheet or a script costs itself. Any other edit makes the
whole site again. What an edit of words can change elsewhere, the feed, the search and the files to take away, is as it
was when the preview began.
"""

import os
import shutil
import socket
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path

from mkdocs.livereload import LiveReloadServer

from yearbook.errors import CommentaryError, UsageError, YearbookError, as_mendable, report_problems
from yearbook.locks import hold
from yearbook.manuscripts import read_words
from yearbook.pages.articles import Article
from yearbook.pages.heads import with_linked_data
from yearbook.pages.page import Page
from yearbook.pages.reports import ReportPage
from yearbook.pages.terms import explain_terms, read_terms
from yearbook.pipeline import WrittenUp, build_site
from yearbook.printing import Press
from yearbook.staging import keep_a_page, write_file, write_staging
from yearbook.written import Writer

FOLDER = Path(".cache") / "preview"
"""Where a preview is made, below the project's folder."""

SCRIPT = Path(__file__).with_name("preview.js")
"""What every page of a preview has besides."""

WATCHED = ("content", "data", "templates", "mkdocs.yml")
LOOKS = 0.1
"""Seconds between two looks for a file that was saved."""

_REPLIES = ".replies/"
_THEME = "templates/theme/"
_COPIED = (".css", ".js", ".svg")

Seen = Mapping[str, tuple[int, int]]
"""The time and size of every watched file, by its path below the project's folder."""


class Preview:
    """A site being written. `say` is told what is done; `again` asks for another `update`, soon."""

    def __init__(self, project: Path, address: str, say: Callable[[str], None]) -> None:
        self.project, self.say = project, say
        self.staging, self.site = project / FOLDER / "staging", project / FOLDER / "site"
        self.press = Press(project, self.staging, self.site, address)
        self.again: Callable[[], None] = lambda: None
        self._seen: Seen = {}
        self._site: WrittenUp | None = None
        self._made: dict[str, ReportPage | Article] = {}
        self._waiting: list[str] = []
        self._held_up: list[str] = []  # saved while a file could not be read
        self._are_lists_old = False

    def update(self) -> None:
        """Show what was saved since the last time. A problem is shown and told; nothing is raised for it."""
        seen, begun = look(self.project), time.perf_counter()
        changed = {path for path in {*seen, *self._seen} if seen.get(path) != self._seen.get(path)}
        is_known = seen.keys() == self._seen.keys()
        self._seen = seen
        if not changed:
            self._print_waiting()
            return
        if is_known and all(path.startswith(_THEME) and path.endswith(_COPIED) for path in changed):
            for path in changed:
                shutil.copyfile(self.project / path, self.site / path.removeprefix(_THEME))
        elif is_known and (files := self._written(changed)):
            self._rewrite(files)
        else:
            self._make_all()
        self.say(f"Shown after {time.perf_counter() - begun:.1f} s")

    def _written(self, changed: Collection[str]) -> list[str]:
        """The files of the pages whose words were changed; none where anything else was changed too."""
        files = {f"{path.partition(_REPLIES)[0]}.md" if _REPLIES in path else path for path in changed}
        return sorted(files) if files <= self._made.keys() else []

    def _make_all(self) -> None:
        """The whole site. With a problem the last good one stands, with the problem at the top of its pages."""
        problems: Sequence[object] = ()
        try:
            site = build_site(self.project, self.say, preview=True)
            write_staging(site.files, self.staging)
        except (YearbookError, OSError) as raised:
            error = as_mendable(raised) if isinstance(raised, OSError) else raised
            if error is None:
                raise
            self.say(str(error))
            self._made = {}
            problems = error.problems or (error.message,)
            keep_a_page(self.staging)
        else:
            if site.shown:
                self.say(report_problems(site.shown))
            self._site = written = site.written or self._known()
            made: list[ReportPage | Article] = [*written.reports, *chain.from_iterable(written.articles.values())]
            by_path = {found.page.path: found for found in made}
            self._made = {file: by_path[path] for file, path in written.writer.paths.items()}
        self._waiting, self._held_up, self._are_lists_old = [], [], False
        self.say("Printing all pages")
        self._tell(self.press.print_all(problems))

    def _rewrite(self, files: Sequence[str]) -> None:
        """Print the pages of these files again, and note which pages tell of them."""
        former = self._known().writer
        words = read_words(self.project, former.comparisons.report.archive, preview=True)
        files = sorted({*files, *self._held_up})
        self._held_up = files if words.problems else []
        if words.problems:
            self.say(report_problems(words.problems))
            for file in files:
                self._mark(file, [found for found in words.problems if found.file == file] or words.problems)
            return
        writer = replace(former, words=words)
        self._site = replace(self._known(), writer=writer)
        for file in files:
            self._print(file)
        if words.shown:
            self.say(report_problems(tuple(words.shown)))
        companions = writer.companions
        others = [file for file, found in former.companions.items() if companions[file] != found and file not in files]
        self._waiting += [file for file in others if file not in self._waiting]
        self._are_lists_old |= any(_head(writer, file) != _head(former, file) for file in files)
        if self._waiting or self._are_lists_old:
            self.again()

    def _print_waiting(self) -> None:
        """Print the pages that tell of those that were changed."""
        for file in self._waiting:
            self._print(file)
        if self._are_lists_old:
            written = self._known()
            by_path = {found.page.path: found for found in self._made.values()}
            reports = [by_path[found.page.path] for found in written.reports]
            articles = {kind: [by_path[each.page.path] for each in found] for kind, found in written.articles.items()}
            for page in written.writer.listings(reports, articles):  # type: ignore[arg-type]
                self._stage(page)
        self._waiting, self._are_lists_old = [], False

    def _print(self, file: str) -> None:
        """Render and print the page of an editor's file; or show its problems on the page as it last was."""
        try:
            found = self._known().writer.page(file)
        except CommentaryError as error:
            self.say(str(error))
            self._mark(file, error.problems)
        else:
            self._made[file] = found
            self._stage(found.page)

    def _stage(self, page: Page) -> None:
        """Write a page and print it."""
        known = self._known()
        titles = {each.address: each.title for each in known.pages}
        (page,) = with_linked_data([page], known.writer.settings, titles=titles)
        page = explain_terms(page, read_terms(known.writer.words.glossary))
        write_file(self.staging / page.path, page.to_markdown())
        self._tell(self.press.print_page(page.path))

    def _mark(self, file: str, problems: Sequence[object]) -> None:
        self._tell(self.press.print_page(self._made[file].page.path, problems))

    def _tell(self, warnings: Sequence[str]) -> None:
        for warning in warnings:
            self.say(warning)

    def _known(self) -> WrittenUp:
        if self._site is None:
            raise ValueError("the whole site was not made yet")
        return self._site


def _head(writer: Writer, file: str) -> tuple[object, ...]:
    """What other pages tell of the page of a file."""
    found = writer.pages[file][1]
    return found.title.strip(), found.standfirst.strip(), found.fields


def look(project: Path) -> Seen:
    """The time and size of every file that a preview watches."""
    found = {}
    for name in WATCHED:
        top = project / name
        for path in (top,) if top.is_file() else top.rglob("*"):
            if path.is_file() and not path.name.startswith("."):
                facts = path.stat()
                found[path.relative_to(project).as_posix()] = (facts.st_mtime_ns, facts.st_size)
    return found


def serve(project: Path, address: str, open_browser: bool, say: Callable[[str], None]) -> None:
    """Serve a preview at `address`, as 127.0.0.1:8000, until interrupted. Raises UsageError where it cannot be."""
    host, _, port = address.rpartition(":")
    if not (host and port.isdigit()):
        raise UsageError(f'"{address}" is no address to serve at. Write it as 127.0.0.1:8000.')
    (project / FOLDER / "site").mkdir(parents=True, exist_ok=True)
    try:
        preview = Preview(project, f"http://{address}/", say)
        socket.create_server((host.strip("[]"), int(port))).close()  # before a minute is spent on pages for nobody
        server = _Server(preview.update, host.strip("[]"), int(port), preview.site)
    except (OSError, OverflowError) as error:
        reason = os.strerror(error.errno) if isinstance(error, OSError) and error.errno else error
        raise UsageError(
            f"{address} cannot be served: {reason}. Name another with --address, as 127.0.0.1:8001."
        ) from error
    try:
        with hold(project / FOLDER, "serve", say, patience=0):
            preview.again = server.ask_again
            preview.update()
            for name in WATCHED:
                if (project / name).exists():
                    server.watch(str(project / name))
            say(f"Serving at {server.url}. Stop with Ctrl-C.")
            server.serve(open_in_browser=open_browser)  # type: ignore[no-untyped-call]
    except KeyboardInterrupt:
        say("Stopped.")
    finally:
        server.shutdown()


class _Server(LiveReloadServer):
    """MkDocs's server, which tells open pages when there is something new, with our script in them (`preview.js`)."""

    def __init__(self, update: Callable[[], None], host: str, port: int, site: Path) -> None:
        super().__init__(update, host, port, str(site), polling_interval=LOOKS, shutdown_delay=LOOKS)
        self.build_delay = LOOKS / 5  # a program that saves a file in two steps takes less between them
        self.error_handler = lambda code: _error_page(site, code)

    def _inject_js_into_html(self, content: bytes, epoch: int) -> bytes:
        """The page with our script for its own, which knows how to show a part of it anew."""
        head, end, rest = content.rpartition(b"</body>")
        return b'%b<script data-epoch="%d">%b</script>%b%b' % (head, epoch, SCRIPT.read_bytes(), end, rest)

    def ask_again(self) -> None:
        """Have the site updated once more, after the pages that are open were told of the last time."""
        with self._rebuild_cond:
            self._want_rebuild = True
            self._rebuild_cond.notify_all()


def _error_page(site: Path, code: int) -> bytes | None:
    page = site / f"{code}.html"
    return page.read_bytes() if page.is_file() else None
