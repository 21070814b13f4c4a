"""The pages that somebody wrote, each with what stands about its words, and the pages that list them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from yearbook.charts import Chart, MissingChart
from yearbook.errors import CommentaryError, Problem, UsageError
from yearbook.manuscripts import Words
from yearbook.pages.areas import ChartKey
from yearbook.pages.articles import (
    ARTICLE_TYPES,
    METHOD,
    POST,
    Article,
    ArticleType,
    article_helpers,
    render_article,
    render_posts_index,
)
from yearbook.pages.commentary import Commentary, render_title
from yearbook.pages.companions import Companions, Listed, gather_companions
from yearbook.pages.editors import EditorsHelpers
from yearbook.pages.environment import PageEnvironment
from yearbook.pages.home import render_home, render_reports_index
from yearbook.pages.methods import render_methods_index
from yearbook.pages.page import Page
from yearbook.pages.reports import ReportPage, render_report, report_helpers
from yearbook.pages.sections import report_address, report_tables
from yearbook.parallel import share_out
from yearbook.peers import Comparisons
from yearbook.settings import Settings
from yearbook.years import FinancialYear

Charts = Mapping[ChartKey, Chart | MissingChart]
Place = FinancialYear | tuple[ArticleType, str]
"""Where a written page stands: the year of a report, or the kind of an article and the end of its address."""


@dataclass(frozen=True)
class Writer:
    """Renders what editors wrote. `charts` are all there are, undrawn."""

    comparisons: Comparisons
    words: Words
    charts: Charts
    environment: PageEnvironment
    settings: Settings

    @cached_property
    def pages(self) -> Mapping[str, tuple[Place, Commentary]]:
        """Every page that somebody wrote, by its file below the project's folder."""
        found: dict[str, tuple[Place, Commentary]] = {
            each.file: (year, each) for year, each in self.words.reports.items()
        }
        for kind in ARTICLE_TYPES:
            found |= {each.file: ((kind, slug), each) for slug, each in self.words.articles[kind].items()}
        return found

    @cached_property
    def paths(self) -> Mapping[str, str]:
        """Where each of these pages is staged, by its file."""
        return {
            file: f"{_year_and_address(place, found)[1].rstrip('/')}.md" for file, (place, found) in self.pages.items()
        }

    @cached_property
    def companions(self) -> Mapping[str, Companions]:
        """What stands about the words of each page, by its file."""
        listed = []
        for file, (place, found) in self.pages.items():
            year, address = _year_and_address(place, found)
            helpers = EditorsHelpers(self.comparisons.report, year, address, file, {}, {}, comparisons=self.comparisons)
            listed.append(Listed(file, address, render_title(found, helpers), found))
        return gather_companions(listed, self.words.replies, self.settings.reply_to, self.settings.url)

    def report(self, year: FinancialYear) -> ReportPage:
        """The report of a year that has words. Raises CommentaryError with every problem of them."""
        words = self.words.reports[year]
        if self.words.defaults is None:
            raise ValueError("the standard words of a report cannot be read")
        return render_report(
            self.comparisons, year, words, self.words.defaults, self._own_charts(year), self.environment,
            companions=self.companions[words.file], picture=self.charts.get(("card", year)),
        )  # fmt: skip

    def article(self, kind: ArticleType, slug: str) -> Article:
        """An article. Raises CommentaryError with every problem of it."""
        words = self.words.articles[kind][slug]
        return render_article(
            self.comparisons, kind, slug, words, self.charts, self.environment, companions=self.companions[words.file]
        )

    def page(self, file: str) -> ReportPage | Article:
        """The page of an editor's file. Raises CommentaryError with every problem of it, and KeyError if it is none."""
        place = self.pages[file][0]
        return self.article(*place) if isinstance(place, tuple) else self.report(place)

    def all(
        self, workers: int | None = None
    ) -> tuple[list[ReportPage], dict[ArticleType, list[Article]], list[Problem]]:
        """Every report in order of years, every article by its kind, and the problems of those that have any."""

        def attempt(file: str) -> tuple[ReportPage | Article | None, tuple[Problem, ...]]:
            try:
                return self.page(file), ()
            except CommentaryError as error:
                return None, error.problems

        # A preview's pages note their problems on a list of this process, so no copy of it can write them.
        in_preview = any(found.shown is not None for _, found in self.pages.values())
        years = self.comparisons.report.years  # words for another are told of where they are read
        readable = [
            file
            for file, (place, _) in self.pages.items()
            if not isinstance(place, FinancialYear) or (self.words.defaults and place in years)
        ]
        made = list(share_out(attempt, readable, 1 if in_preview else workers, few=4))
        reports = sorted((found for found, _ in made if isinstance(found, ReportPage)), key=lambda found: found.year)
        articles: dict[ArticleType, list[Article]] = {kind: [] for kind in ARTICLE_TYPES}
        for file, (found, _) in zip(readable, made, strict=True):
            place = self.pages[file][0]
            if isinstance(found, Article) and isinstance(place, tuple):
                articles[place[0]].append(found)
        return reports, articles, [problem for _, problems in made for problem in problems]

    def helpers(self, file: str) -> tuple[Commentary, EditorsHelpers]:
        """An editor's file with the helpers of its page. Raises UsageError when it is none."""
        glossary = self.words.glossary
        if glossary and glossary.file == file:
            return glossary, article_helpers(self.comparisons, "glossary/", glossary, self.charts)
        if file not in self.pages:
            raise UsageError(f"{file} is no page of an editor's words: name one as content/reports/2019-20.md:12.")
        place, words = self.pages[file]
        if isinstance(place, tuple):
            address = _year_and_address(place, words)[1]
            return words, article_helpers(self.comparisons, address, words, self.charts)
        tables = report_tables(self.comparisons.report, place)
        return words, report_helpers(self.comparisons, place, words, self._own_charts(place), tables)

    def home(self, reports: Sequence[ReportPage], posts: Sequence[Article]) -> Page:
        """The home page, which tells of reports and posts."""
        return render_home(self.comparisons, reports, posts, self.charts, self.environment)

    def reports_index(self, reports: Sequence[ReportPage]) -> Page:
        """The list of all reports."""
        return render_reports_index(self.comparisons.report, reports, self.charts, self.environment)

    def posts_index(self, posts: Sequence[Article]) -> Page:
        """The list of all posts."""
        return render_posts_index(posts, self.environment)

    def methods_index(self, methods: Sequence[Article]) -> Page:
        """The list of all methods."""
        return render_methods_index(methods, self.environment)

    def listings(
        self, reports: Sequence[ReportPage], articles: Mapping[ArticleType, Sequence[Article]]
    ) -> tuple[Page, ...]:
        """The pages that say the titles of others."""
        lists = (self.posts_index(articles[POST]), self.methods_index(articles[METHOD]))
        return (self.home(reports, articles[POST]), self.reports_index(reports), *lists) if reports else lists

    def _own_charts(self, year: FinancialYear) -> Mapping[str, Chart | MissingChart]:
        """The charts of a year's report by id; not that of its card."""
        return {id: chart for (id, of), chart in self.charts.items() if of == year and id != "card"}


def _year_and_address(place: Place, words: Commentary) -> tuple[FinancialYear | None, str]:
    if isinstance(place, tuple):
        return words.year, f"{place[0].address}{place[1]}/"
    return place, report_address(place)
