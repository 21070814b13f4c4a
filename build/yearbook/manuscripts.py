"""What editors wrote, read from `content/`, with our own standard words: reports, articles, glossary and replies."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path

from yearbook.archive import Archive
from yearbook.errors import CommentaryError, Problem, as_sentence
from yearbook.pages.articles import ARTICLE_TYPES, ArticleType
from yearbook.pages.commentary import Commentary, read_commentary
from yearbook.pages.companions import check_series
from yearbook.pages.replies import Replies, read_all_replies
from yearbook.years import FinancialYear


@dataclass(frozen=True)
class Words:
    """What editors wrote, with our own standard words, and the problems of the files that cannot be read.

    Those files are left out, so that the problems within the others can be told in the same breath. `shown` takes
    the problems that a preview shows on its pages, once they are rendered.
    """

    reports: Mapping[FinancialYear, Commentary]
    articles: Mapping[ArticleType, Mapping[str, Commentary]]
    glossary: Commentary | None
    defaults: Commentary | None
    problems: tuple[Problem, ...] = ()
    replies: Mapping[str, Replies] = field(default_factory=dict)
    shown: Sequence[Problem] = ()


def read_words(project: Path, archive: Archive | None, preview: bool = False) -> Words:
    """What editors wrote, with the problems of all files that cannot be read."""
    problems: list[Problem] = []
    shown: list[Problem] = []
    reports: dict[FinancialYear, Commentary] = {}

    def read(path: Path) -> Commentary | None:
        try:
            found = read_commentary(path, path.relative_to(project).as_posix())
            return replace(found, shown=shown) if preview else found
        except CommentaryError as error:
            problems.extend(error.problems)
            return None

    for path in sorted((project / "content" / "reports").glob("*.md")):
        name = path.relative_to(project).as_posix()
        try:
            year = FinancialYear.parse(path.stem)
        except ValueError as error:
            problems.append(Problem(name, 0, "", as_sentence(error), "name the file for its year, as in 2019-20.md"))
            continue
        if archive is not None and year not in archive.releases:
            what = f"There is no release for {year}."
            problems.append(Problem(name, 0, "", what, f"import it (yearbook add {year} FILE) or take the file away"))
        commentary = read(path)
        if commentary is not None:
            reports[year] = commentary
    for year in archive.years if archive is not None else ():
        if not (project / "content" / "reports" / f"{year}.md").exists():
            what = f"The report for {year} has no words."
            fix = "write the file with at least a title and a standfirst in its front matter"
            problems.append(Problem(f"content/reports/{year}.md", 0, "", what, fix))
    articles = {kind: _read_articles(project / "content" / kind.folder, read) for kind in ARTICLE_TYPES}
    pages = [*reports.values(), *chain.from_iterable(written.values() for written in articles.values())]
    problems += check_series(pages)
    readable, replies = {page.file: page for page in pages}, dict[str, Replies]()
    for folder in ("reports", *(kind.folder for kind in ARTICLE_TYPES)):
        files = [path.relative_to(project).as_posix() for path in (project / "content" / folder).glob("*.md")]
        found, faults = read_all_replies(project, folder, {file: readable.get(file) for file in files})
        replies |= found
        problems += faults
    glossary = read(project / "content" / "glossary" / "terms.md")
    defaults = read(project / "templates" / "pages" / "report-defaults.md")
    return Words(reports, articles, glossary, defaults, tuple(problems), replies, shown)


def _read_articles(folder: Path, read: Callable[[Path], Commentary | None]) -> dict[str, Commentary]:
    """The articles of a folder that can be read, by the last part of their address."""
    found = {path.stem: read(path) for path in sorted(folder.glob("*.md"))}
    return {slug: commentary for slug, commentary in found.items() if commentary is not None}
