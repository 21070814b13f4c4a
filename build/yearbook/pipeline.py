"""From the files of a project to the files of its site, step by step.

`build_site` takes a project's folder and gives the staged site as bytes by path, or raises with every
problem it found. It writes nothing but the cache of drawings; `staging` does the rest.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TypeVar

from yearbook.archive import Archive, read_archive
from yearbook.areas import Areas
from yearbook.charts import (
    Chart,
    DrawnChart,
    MissingChart,
    Rasters,
    build_area_charts,
    build_card,
    build_charts,
    build_spread_charts,
    draw_cards,
    draw_charts,
    draw_rasters,
)
from yearbook.checks import check_archive
from yearbook.errors import CommentaryError, DataError, Problem, UsageError
from yearbook.files import check_tree
from yearbook.groups import GROUPINGS
from yearbook.manuscripts import Words, read_words
from yearbook.metrics import METRICS, METRICS_BY_NAME
from yearbook.outputs.areas import area_files
from yearbook.outputs.dataset import dataset_facts
from yearbook.outputs.downloads import ShownTable, gather_tables
from yearbook.outputs.feed import PATH as FEED
from yearbook.outputs.feed import FeedEntry, feed_xml
from yearbook.outputs.figures import ShownFigure, figure_files
from yearbook.outputs.package import DataPackage, build_package, package_files
from yearbook.outputs.schemas import schema_files
from yearbook.outputs.standings import standings
from yearbook.outputs.years import year_files
from yearbook.pages.api import render_api
from yearbook.pages.areas import render_area
from yearbook.pages.articles import (
    ARTICLE_TYPES,
    METHOD,
    POST,
    article_helpers,
    render_article,
    render_posts_index,
)
from yearbook.pages.board import has_board_paper, render_board
from yearbook.pages.bulletin import render_bulletin
from yearbook.pages.commentary import Commentary, mark_commentary, render_title
from yearbook.pages.companions import Companions, Listed, gather_companions
from yearbook.pages.compare import render_compare
from yearbook.pages.data import render_data
from yearbook.pages.desk import explain_line
from yearbook.pages.editors import EditorsHelpers
from yearbook.pages.environment import page_environment
from yearbook.pages.feed import feed_entries, listed_entries
from yearbook.pages.figures import render_figure, shown_figures
from yearbook.pages.finder import render_areas_index
from yearbook.pages.frame import Frame, read_frame
from yearbook.pages.groups import render_group, render_groups_index
from yearbook.pages.heads import with_linked_data
from yearbook.pages.home import render_home, render_reports_index
from yearbook.pages.methods import (
    glossary_terms,
    render_access,
    render_glossary,
    render_methods_index,
    render_sources,
)
from yearbook.pages.metrics import render_metric, render_metrics
from yearbook.pages.page import Page, links_to_tables
from yearbook.pages.reconciliation import render_reconciliation
from yearbook.pages.reports import ReportPage, render_report, report_helpers
from yearbook.pages.search import render_search
from yearbook.pages.sections import report_address, report_tables
from yearbook.pages.standings import render_standings
from yearbook.pages.terms import Term, explain_terms, read_terms
from yearbook.pages.trends import render_trend, render_trends_index
from yearbook.peers import Comparisons
from yearbook.reconcile import Level, reconcile_release
from yearbook.report import Report
from yearbook.settings import Settings, read_settings
from yearbook.tables import trend_metrics
from yearbook.years import FinancialYear

_T = TypeVar("_T")

Progress = Callable[[str], None]
ChartKey = tuple[str, FinancialYear | None]


@dataclass(frozen=True)
class BuiltSite:
    """The staged site: bytes by path, and what it took. Nothing has been written.

    `shown` are the problems that a preview shows on its pages; a site to be published has none. `url` is the site's
    address, empty where it has none.
    """

    files: Mapping[str, bytes]
    pages: int
    drawn: int
    cached: int
    shown: tuple[Problem, ...] = ()
    url: str = ""


def build_site(
    project: Path, progress: Progress = lambda _: None, preview: bool = False, site_url: str = ""
) -> BuiltSite:
    """The whole staged site of the project. Raises YearbookError with every problem at once.

    `preview` makes pages that may load themselves anew, as a preview's do; those published may not. In a preview a
    claim that fails is shown on its page, beside the sentence, and stops nothing. `site_url`, where it is given, is the
    site's address, whatever mkdocs.yml says.
    """
    settings = read_settings(project, site_url)
    progress("Reading data/ and content/")
    archive, words = read_project(project, preview)
    report = Report(archive)
    comparisons = Comparisons(report, Areas(archive))
    progress(f"Reconciling {len(archive.releases)} years with the publisher's percentages")
    levels = reconcile(archive)
    progress(f"Comparing {len(comparisons.areas.all)} areas and providers")
    charts = charts_by_key(comparisons, words)
    progress(f"Writing up {len(words.reports)} reports")
    pages, package = write_up(comparisons, words, levels, charts, project, settings)
    frame = read_frame(project / "templates" / "theme", settings, preview)
    wanted = [chart for chart in charts.values() if isinstance(chart, Chart)]
    progress(f"Drawing {len(wanted)} charts")
    cache = project / ".cache" / "charts"
    drawings = draw_charts(wanted, cache, progress=_in_quarters(progress))
    shown = [(drawn, package.charts.get(drawn.chart.name)) for drawn in drawings.charts]
    signed = [(drawn, figure.signature) for drawn, figure in shown if figure and figure.in_report]
    rasters = draw_rasters(signed, cache, progress=_in_quarters(progress))
    carded = {page.card_path: page.social_card for page in pages if not page.is_part}
    progress(f"Drawing {len(carded)} social cards")
    fonts = project / ".cache" / "fonts"
    cards = draw_cards(carded, settings.name, cache, fonts, progress=_in_quarters(progress))
    files: dict[str, bytes] = {}
    made = (
        page_files(pages, frame, read_terms(words.glossary)),
        chart_files(drawings.charts, rasters),
        cards.images.items(),
        feed_files(feed_entries(pages, settings), settings),
        data_files(package, pages),
        figure_files(package.charts, package.archive),
        area_files(comparisons),
    )
    for path, content in chain.from_iterable(made):
        if path in files:
            raise AssertionError(f"two parts of the site want to be {path}")
        files[path] = content
    drawn = drawings.drawn + rasters.drawn + cards.drawn
    cached = drawings.cached + rasters.cached + cards.cached
    return BuiltSite(files, len(pages), drawn, cached, tuple(sorted(set(words.shown))), settings.url)


def _in_quarters(progress: Progress) -> Callable[[int, int], None]:
    """Tells `progress` of a long drawing each time another quarter of the images is done."""

    def tell(done: int, of: int) -> None:
        if of >= 20 and done < of and 4 * done // of > 4 * (done - 1) // of:
            progress(f"Drawn {done} of {of} images")

    return tell


def check_project(project: Path) -> tuple[Problem, ...]:
    """The warnings of the project, having read and rendered all of it. Raises YearbookError with every error."""
    archive, words = read_project(project)
    comparisons = Comparisons(Report(archive), Areas(archive))
    write_up(comparisons, words, reconcile(archive), charts_by_key(comparisons, words), project)
    return tuple(problem for problem in check_archive(archive) if problem.severity == "warning")


def explain(project: Path, file: str, line: int) -> str:
    """What the numbers on a line of `file`, below `content/`, rest on. Raises UsageError when there is no such line."""
    archive, words = read_project(project)
    comparisons = Comparisons(Report(archive), Areas(archive))
    commentary, helpers = _page_of(file, words, comparisons)
    marked = mark_commentary(commentary, helpers)
    said = explain_line(marked.texts, line, file, helpers.ledger)
    said = "\n\n".join([*filter(None, [said]), *(str(one) for one in marked.problems if one.line == line)])
    if not said:
        raise UsageError(f"{file} has no sentence on line {line}.")
    return said


def _page_of(file: str, words: Words, comparisons: Comparisons) -> tuple[Commentary, EditorsHelpers]:
    """An editor's file, with the helpers of its page."""
    charts = charts_by_key(comparisons, words)
    for year, commentary in words.reports.items():
        if commentary.file == file:
            own = {id: chart for (id, of), chart in charts.items() if of == year}
            return commentary, report_helpers(
                comparisons, year, commentary, own, report_tables(comparisons.report, year)
            )
    for kind, written in words.articles.items():
        for slug, commentary in written.items():
            if commentary.file == file:
                return commentary, article_helpers(comparisons, f"{kind.address}{slug}/", commentary, charts)
    if words.glossary and words.glossary.file == file:
        return words.glossary, article_helpers(comparisons, "glossary/", words.glossary, charts)
    raise UsageError(f"{file} is no page of an editor's words: name one as content/reports/2019-20.md:12.")


def read_project(project: Path, preview: bool = False) -> tuple[Archive, Words]:
    """The facts and the words, read and checked. Raises DataError with the problems of both if the facts are wrong."""
    strays = list(check_tree(project))
    if strays:
        raise DataError(strays)
    archive: Archive | None = None
    try:
        archive = read_archive(project / "data")
        problems = list(check_archive(archive))
    except DataError as error:
        problems = list(error.problems)
    words = read_words(project, archive, preview)
    errors = [problem for problem in problems if problem.severity == "error"]
    if errors or archive is None:
        raise DataError([*errors, *words.problems])
    return archive, words


def _companions(comparisons: Comparisons, words: Words, settings: Settings) -> Mapping[str, Companions]:
    """What stands about the words of each page, by its file."""
    pages: list[tuple[str, FinancialYear | None, Commentary]] = []
    pages += [(report_address(year), year, found) for year, found in words.reports.items()]
    pages += [
        (f"{kind.address}{slug}/", found.year, found)
        for kind, written in words.articles.items()
        for slug, found in written.items()
    ]
    listed = []
    for address, year, found in pages:
        helpers = EditorsHelpers(comparisons.report, year, address, found.file, {}, {}, comparisons=comparisons)
        listed.append(Listed(found.file, address, render_title(found, helpers), found))
    return gather_companions(listed, words.replies, settings.reply_to, settings.url)


def reconcile(archive: Archive) -> tuple[Level, ...]:
    """Every level of every year, reconciled. A published figure that does not come out is on the page, not hidden."""
    return tuple(level for year in archive.years for level in reconcile_release(archive.releases[year]))


def charts_by_key(comparisons: Comparisons, words: Words) -> dict[ChartKey, Chart | MissingChart]:
    """Every chart, undrawn, by id and year, with the small drawing of each report's card.

    The year is None for a chart of the whole series and for one of an area.
    """
    report = comparisons.report
    made = (
        build_charts(report),
        [build_card(report, METRICS_BY_NAME[own.hero], year) for year, own in words.reports.items()],
        build_spread_charts(comparisons),
        *(build_area_charts(comparisons, area) for area in comparisons.areas.all),
    )
    return {(chart.id, chart.year): chart for chart in chain.from_iterable(made)}


def write_up(
    comparisons: Comparisons,
    words: Words,
    levels: tuple[Level, ...],
    charts: Mapping[ChartKey, Chart | MissingChart],
    project: Path,
    settings: Settings | None = None,
) -> tuple[list[Page], DataPackage]:
    """Every page, and the data package of what they show. Raises CommentaryError with the problems of all pages.

    `settings` are by default those of the project.
    """
    report = comparisons.report
    settings = settings or read_settings(project)
    environment = page_environment(project / "templates", settings)
    companions = _companions(comparisons, words, settings)
    problems = list(words.problems)
    try:
        read_terms(words.glossary)
    except CommentaryError as error:
        problems.extend(error.problems)

    def attempt(render: Callable[..., _T], *given: object) -> _T | None:
        try:
            return render(*given, environment)
        except CommentaryError as error:
            problems.extend(error.problems)
            return None

    reports: list[ReportPage] = []
    for year in report.years:
        if words.defaults and year in words.reports:
            own = {id: chart for (id, of), chart in charts.items() if of == year and id != "card"}
            with_companions = partial(
                render_report, companions=companions[words.reports[year].file], picture=charts.get(("card", year))
            )
            found = attempt(with_companions, comparisons, year, words.reports[year], words.defaults, own)
            reports += [found] if found else []
    articles = {
        kind: [
            article
            for slug, commentary in written.items()
            if (
                article := attempt(
                    partial(render_article, companions=companions[commentary.file]),
                    comparisons,
                    kind,
                    slug,
                    commentary,
                    charts,
                )
            )
        ]
        for kind, written in words.articles.items()
    }
    pages = [
        attempt(render_home, comparisons, reports, articles[POST], charts) if reports else None,
        attempt(render_reports_index, report, reports, charts) if reports else None,
        *(found.page for found in reports),
        attempt(render_trends_index, report, charts),
        *(attempt(render_trend, report, metric, charts) for metric in trend_metrics(report)),
        attempt(render_groups_index, report, charts),
        *(
            attempt(render_group, report, grouping, charts)
            for grouping in GROUPINGS
            if any(grouping.of(report, year) for year in report.years)
        ),
        *(attempt(render_area, comparisons, area, charts) for area in comparisons.areas.all),
        *(
            attempt(render_board, comparisons, area, charts)
            for area in comparisons.areas.all
            if has_board_paper(comparisons, area)
        ),
        *(attempt(render_standings, comparisons, *one, charts) for one in standings(comparisons)),
        attempt(render_areas_index, comparisons, charts),
        attempt(render_compare, comparisons),
        attempt(render_search),
        attempt(render_posts_index, articles[POST]),
        *(article.page for kind in ARTICLE_TYPES for article in articles[kind]),
        attempt(render_methods_index, articles[METHOD]),
        attempt(render_metrics),
        *(attempt(render_metric, report, metric, glossary_terms(words.glossary)) for metric in METRICS),
        attempt(render_reconciliation, report, levels),
        attempt(render_sources, report),
        attempt(render_access),
        attempt(render_glossary, report, words.glossary) if words.glossary else None,
    ]
    if problems:
        raise CommentaryError(problems)
    written = [page for page in pages if page]
    drawable = [chart for chart in charts.values() if isinstance(chart, Chart)]
    shown = shown_figures(written, drawable, comparisons.areas.all, settings.url)
    package = package_of(comparisons, levels, written, shown, project)
    written += [render_figure(figure, report.archive, environment) for figure in shown.values()]
    written += [
        render_bulletin(listed_entries(written), environment),
        render_data(package, environment),
        render_api(comparisons, package, environment),
    ]
    return with_linked_data(written, settings, {"data/": dataset_facts(package, settings)}), package


def page_files(pages: list[Page], frame: Frame, terms: Sequence[Term] = ()) -> list[tuple[str, bytes]]:
    """The pages as the printer takes them: Markdown to print, or whole documents to publish as they are.

    The `terms` of the glossary are explained where each page first uses them.
    """
    return [
        (f"{page.address}index.html", frame.render(page)) if page.is_html else (page.path, page.to_markdown())
        for page in (explain_terms(page, terms) for page in pages)
    ]


def feed_files(entries: list[FeedEntry], settings: Settings) -> list[tuple[str, bytes]]:
    """The feed, where there is anything for it to hold."""
    return [(FEED, feed_xml(entries, settings))] if entries else []


def chart_files(charts: tuple[DrawnChart, ...], rasters: Rasters) -> list[tuple[str, bytes]]:
    """The images of each chart."""
    files = []
    for drawn in charts:
        stem = f"assets/charts/{drawn.chart.name}"
        files += [(f"{stem}-{width}.svg", svg) for width, svg in drawn.svg.items()]
    return [*files, *((f"assets/charts/{name}.png", png) for name, png in rasters.png.items())]


def package_of(
    comparisons: Comparisons,
    levels: tuple[Level, ...],
    pages: list[Page],
    charts: Mapping[str, ShownFigure],
    project: Path,
) -> DataPackage:
    """The data package of the project: every table and chart that its pages show, and the files that programs read."""
    report = comparisons.report
    shown = [ShownTable(table, page.title, page.address) for page in pages for table in page.tables.values()]
    folder = project / "data" / "releases"
    releases = {year: (folder / f"{year}.csv").read_bytes() for year in report.years}
    api = dict(chain(year_files(comparisons), schema_files()))
    return build_package(report, levels, releases, gather_tables(shown), api, charts)


def data_files(package: DataPackage, pages: list[Page]) -> list[tuple[str, bytes]]:
    """Everything below `data/`. Raises AssertionError when a page links to a table that was not gathered from it."""
    for page in pages:
        missing = sorted(links_to_tables(page) - package.tables.keys())
        if missing:
            raise AssertionError(f"{page.path} shows {missing} and does not hand over its tables")
    return package_files(package)
