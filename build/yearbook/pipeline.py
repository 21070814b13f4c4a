"""From the files of a project to the files of its site, step by step.

`build_site` takes a project's folder and gives the staged site as bytes by path, or raises with every
problem it found. It writes nothing but the cache of drawings; `staging` does the rest.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
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
from yearbook.kept import keep, kept_or_made, key_of, read_kept
from yearbook.manuscripts import Words, read_words
from yearbook.metrics import METRICS, METRICS_BY_NAME
from yearbook.outputs.areas import england_facts, files_of_all
from yearbook.outputs.dataset import dataset_facts
from yearbook.outputs.downloads import ShownTable, gather_tables
from yearbook.outputs.feed import PATH as FEED
from yearbook.outputs.feed import FeedEntry, feed_xml
from yearbook.outputs.figures import ShownFigure, figure_files
from yearbook.outputs.package import DataPackage, build_package, package_files
from yearbook.outputs.resources import Resource
from yearbook.outputs.schemas import schema_files
from yearbook.outputs.tidy import figure_resources
from yearbook.outputs.years import year_files
from yearbook.pages.api import render_api
from yearbook.pages.areas import ChartKey
from yearbook.pages.articles import (
    ARTICLE_TYPES,
    METHOD,
    POST,
    Article,
    ArticleType,
)
from yearbook.pages.bulletin import render_bulletin
from yearbook.pages.commentary import mark_commentary
from yearbook.pages.data import render_data
from yearbook.pages.desk import explain_line
from yearbook.pages.environment import page_environment
from yearbook.pages.feed import feed_entries, listed_entries
from yearbook.pages.figures import render_figure, shown_figures
from yearbook.pages.frame import Frame, read_frame
from yearbook.pages.heads import with_linked_data
from yearbook.pages.methods import (
    glossary_terms,
    render_access,
    render_glossary,
    render_sources,
)
from yearbook.pages.metrics import render_metric, render_metrics
from yearbook.pages.page import Page, links_to_tables
from yearbook.pages.reconciliation import render_reconciliation
from yearbook.pages.reports import ReportPage
from yearbook.pages.search import render_search
from yearbook.pages.terms import Term, explain_terms, read_terms
from yearbook.parallel import share_out
from yearbook.peers import Comparisons
from yearbook.reconcile import Level, reconcile_release
from yearbook.report import Report
from yearbook.settings import Settings, read_settings
from yearbook.sheets import Sheet, write_sheets
from yearbook.spool import Spool
from yearbook.written import Writer

_T = TypeVar("_T")

Progress = Callable[[str], None]
ChartsByKey = dict[ChartKey, Chart | MissingChart]


@dataclass(frozen=True)
class BuiltSite:
    """The staged site: bytes by path, and what it took. Nothing has been written.

    `shown` are the problems that a preview shows on its pages; a site to be published has none. `url` is the site's
    address, empty where it has none. `written` are its pages before they were printed.
    """

    files: Mapping[str, bytes]
    pages: int
    drawn: int
    cached: int
    shown: tuple[Problem, ...] = ()
    url: str = ""
    written: "WrittenUp | None" = None


@dataclass(frozen=True)
class WrittenUp:
    """Every page, the data package of what they show, and the files of the areas by path.

    `reports` and `articles` are the pages that somebody wrote, as `writer` rendered them.
    """

    pages: list[Page]
    package: DataPackage
    area_files: Mapping[str, bytes]
    writer: Writer
    reports: list[ReportPage]
    articles: Mapping[ArticleType, list[Article]]


def build_site(
    project: Path,
    progress: Progress = lambda _: None,
    preview: bool = False,
    site_url: str = "",
    workers: int | None = None,
) -> BuiltSite:
    """The whole staged site of the project. Raises YearbookError with every problem at once.

    `preview` makes pages that may load themselves anew, as a preview's do; those published may not. In a preview a
    claim that fails is shown on its page, beside the sentence, and stops nothing. `site_url`, where it is given, is the
    site's address, whatever mkdocs.yml says. `workers` is how many processes work, by default one a core.
    """
    settings = read_settings(project, site_url)
    progress("Reading data/ and content/")
    kept = key_of(project, settings.url)
    archive, words = read_project(project, preview)
    if key_of(project, settings.url) != kept:  # somebody saved a file meanwhile
        kept = ""
    report = Report(archive)
    comparisons = Comparisons(report, Areas(archive))
    progress(f"Reconciling {len(archive.releases)} years with the publisher's percentages")
    levels = reconcile(archive)
    progress(f"Comparing {len(comparisons.areas.all)} areas and providers")
    charts = _kept_charts(comparisons, words, project, kept)
    progress(f"Writing up {len(words.reports)} reports")
    written = write_up(comparisons, words, levels, charts, project, settings, workers, kept)
    pages, package = written.pages, written.package
    frame = read_frame(project / "templates" / "theme", settings, preview)
    files = Spool(project / ".cache")
    files.put(page_files(pages, frame, read_terms(words.glossary), workers))
    files.put(written.area_files.items())
    wanted = [chart for chart in charts.values() if isinstance(chart, Chart)]
    progress(f"Drawing {len(wanted)} charts")
    cache = project / ".cache" / "charts"
    drawings = draw_charts(wanted, cache, workers, progress=_in_quarters(progress))
    shown = [(drawn, package.charts.get(drawn.chart.name)) for drawn in drawings.charts]
    signed = [(drawn, figure.signature) for drawn, figure in shown if figure and figure.in_report]
    rasters = draw_rasters(signed, cache, workers, progress=_in_quarters(progress))
    carded = {page.card_path: page.social_card for page in pages if not page.is_part}
    progress(f"Drawing {len(carded)} social cards")
    fonts = project / ".cache" / "fonts"
    cards = draw_cards(carded, settings.name, cache, fonts, workers, progress=_in_quarters(progress))
    files.put(chart_files(drawings.charts, rasters))
    files.put(cards.images.items())
    files.put(feed_files(feed_entries(pages, settings, workers), settings))
    files.put(data_files(package, pages))
    files.put(figure_files(package.charts, package.archive))
    drawn = drawings.drawn + rasters.drawn + cards.drawn
    cached = drawings.cached + rasters.cached + cards.cached
    return BuiltSite(files, len(pages), drawn, cached, tuple(sorted(set(words.shown))), settings.url, written)


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
    settings = read_settings(project)
    environment = page_environment(project / "templates", settings)
    writer = Writer(comparisons, words, charts_by_key(comparisons, words), environment, settings)
    commentary, helpers = writer.helpers(file)
    marked = mark_commentary(commentary, helpers)
    said = explain_line(marked.texts, line, file, helpers.ledger)
    said = "\n\n".join([*filter(None, [said]), *(str(one) for one in marked.problems if one.line == line)])
    if not said:
        raise UsageError(f"{file} has no sentence on line {line}.")
    return said


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


def reconcile(archive: Archive) -> tuple[Level, ...]:
    """Every level of every year, reconciled. A published figure that does not come out is on the page, not hidden."""
    return tuple(level for year in archive.years for level in reconcile_release(archive.releases[year]))


def charts_by_key(comparisons: Comparisons, words: Words) -> ChartsByKey:
    """Every chart, undrawn, by id and year, with the small drawing of each report's card.

    The year is None for a chart of the whole series and for one of an area.
    """
    return {**_charts_of_data(comparisons), **_cards_of_reports(comparisons, words)}


def _charts_of_data(comparisons: Comparisons) -> ChartsByKey:
    made = (
        build_charts(comparisons.report),
        build_spread_charts(comparisons),
        *(build_area_charts(comparisons, area) for area in comparisons.areas.all),
    )
    return {(chart.id, chart.year): chart for chart in chain.from_iterable(made)}


def _cards_of_reports(comparisons: Comparisons, words: Words) -> ChartsByKey:
    cards = (build_card(comparisons.report, METRICS_BY_NAME[own.hero], year) for year, own in words.reports.items())
    return {(card.id, card.year): card for card in cards}


def _kept_charts(comparisons: Comparisons, words: Words, project: Path, kept: str) -> ChartsByKey:
    """As `charts_by_key`, those of the data as they are kept under the key."""
    charts = kept_or_made(project, kept, "charts", lambda: _charts_of_data(comparisons))
    return {**charts, **_cards_of_reports(comparisons, words)}


def write_up(
    comparisons: Comparisons,
    words: Words,
    levels: tuple[Level, ...],
    charts: Mapping[ChartKey, Chart | MissingChart],
    project: Path,
    settings: Settings | None = None,
    workers: int | None = None,
    kept: str = "",
) -> WrittenUp:
    """Every page, and the data of what they show. Raises CommentaryError with the problems of all pages.

    `settings` are by default those of the project, `workers` one a core. `kept` is the key under which the sheets of
    the areas are kept, empty where they are to be written anew.
    """
    report = comparisons.report
    settings = settings or read_settings(project)
    environment = page_environment(project / "templates", settings)
    writer = Writer(comparisons, words, charts, environment, settings)
    problems = list(words.problems)
    try:
        read_terms(words.glossary)
    except CommentaryError as error:
        problems.extend(error.problems)

    def attempt(render: Callable[..., _T], *given: object) -> _T | None:
        try:
            return render(*given)
        except CommentaryError as error:
            problems.extend(error.problems)
            return None

    reports, articles, faults = writer.all(workers)
    problems.extend(faults)
    england = england_facts(comparisons)
    sheets = read_kept(project, kept, "sheets") if kept else None
    if sheets is None:
        count, sheets = write_sheets(comparisons, charts, environment, england, workers)
        if kept and not problems:
            sheets = keep(project, kept, "sheets", count, sheets)
    texts, files = Spool(project / ".cache"), Spool(project / ".cache")
    of_the_data = attempt(_put_away, sheets, texts, files) or []
    files.put(files_of_all(comparisons, england))
    pages = [
        attempt(writer.home, reports, articles[POST]) if reports else None,
        attempt(writer.reports_index, reports) if reports else None,
        *(found.page for found in reports),
        *of_the_data,
        attempt(render_search, environment),
        attempt(writer.posts_index, articles[POST]),
        *(article.page for kind in ARTICLE_TYPES for article in articles[kind]),
        attempt(writer.methods_index, articles[METHOD]),
        attempt(render_metrics, environment),
        *(attempt(render_metric, report, metric, glossary_terms(words.glossary), environment) for metric in METRICS),
        attempt(render_reconciliation, report, levels, environment),
        attempt(render_sources, report, environment),
        attempt(render_access, environment),
        attempt(render_glossary, report, words.glossary, environment) if words.glossary else None,
    ]
    if problems:
        raise CommentaryError(problems)
    written = [page for page in pages if page]
    drawable = [chart for chart in charts.values() if isinstance(chart, Chart)]
    shown = shown_figures(written, drawable, comparisons.areas.all, settings.url)
    figures = kept_or_made(project, kept, "figures", lambda: figure_resources(report))
    package = package_of(comparisons, levels, written, shown, project, figures)
    written += [render_figure(figure, report.archive, environment).kept_in(texts) for figure in shown.values()]
    written += [
        render_bulletin(listed_entries(written), environment),
        render_data(package, environment),
        render_api(comparisons, package, environment),
    ]
    described = with_linked_data(written, settings, {"data/": dataset_facts(package, settings)})
    return WrittenUp(described, package, files, writer, reports, articles)


def _put_away(sheets: Iterable[Sheet], texts: Spool, files: Spool) -> list[Page]:
    """The pages of the sheets, what stands on them on the disk; board papers follow the areas. `files` takes theirs."""
    pages: list[Page] = []
    boards: list[Page] = []
    areas_end = 0
    for sheet in sheets:
        if isinstance(sheet, Page):
            pages.append(sheet.kept_in(texts))
            continue
        pages.append(sheet.page.kept_in(texts))
        areas_end = len(pages)
        if sheet.board is not None:
            boards.append(sheet.board.kept_in(texts))
        files.put(sheet.files)
    return [*pages[:areas_end], *boards, *pages[areas_end:]]


def page_files(
    pages: list[Page], frame: Frame, terms: Sequence[Term] = (), workers: int | None = None
) -> Iterator[tuple[str, bytes]]:
    """The pages as the printer takes them: Markdown to print, or whole documents to publish as they are.

    The `terms` of the glossary are explained where each page first uses them.
    """

    def file_of(page: Page) -> tuple[str, bytes]:
        page = explain_terms(page, terms)
        return (f"{page.address}index.html", frame.render(page)) if page.is_html else (page.path, page.to_markdown())

    return share_out(file_of, pages, workers)


def feed_files(entries: list[FeedEntry], settings: Settings) -> list[tuple[str, bytes]]:
    """The feed, where there is anything for it to hold."""
    return [(FEED, feed_xml(entries, settings))] if entries else []


def chart_files(charts: tuple[DrawnChart, ...], rasters: Rasters) -> Iterator[tuple[str, bytes]]:
    """The images of each chart."""
    for drawn in charts:
        for width, svg in drawn.svg.items():
            yield f"assets/charts/{drawn.chart.name}-{width}.svg", svg
    for name, png in rasters.png.items():
        yield f"assets/charts/{name}.png", png


def package_of(
    comparisons: Comparisons,
    levels: tuple[Level, ...],
    pages: list[Page],
    charts: Mapping[str, ShownFigure],
    project: Path,
    figures: tuple[Resource, ...] = (),
) -> DataPackage:
    """The data package of the project: every table and chart that its pages show, and the files that programs read.

    `figures` are the `figure_resources` of the report where they are known.
    """
    report = comparisons.report
    shown = [ShownTable(table, page.title, page.address) for page in pages for table in page.tables.values()]
    folder = project / "data" / "releases"
    releases = {year: (folder / f"{year}.csv").read_bytes() for year in report.years}
    api = dict(chain(year_files(comparisons), schema_files()))
    return build_package(report, levels, releases, gather_tables(shown), api, charts, figures)


def data_files(package: DataPackage, pages: list[Page]) -> list[tuple[str, bytes]]:
    """Everything below `data/`. Raises AssertionError when a page links to a table that was not gathered from it."""
    for page in pages:
        missing = sorted(links_to_tables(page) - package.tables.keys())
        if missing:
            raise AssertionError(f"{page.path} shows {missing} and does not hand over its tables")
    return package_files(package)
