"""Pages of an editor's words that are no yearly report: posts, and the pages about methods."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from yearbook.charts.cards import Card
from yearbook.charts.chart import Chart, MissingChart
from yearbook.pages.bylines import article_of
from yearbook.pages.commentary import Commentary, render_commentary
from yearbook.pages.companions import ALONE, Companions
from yearbook.pages.editors import EditorsHelpers
from yearbook.pages.environment import PageEnvironment, render_page
from yearbook.pages.markup import raised
from yearbook.pages.page import Page, relative_link
from yearbook.pages.reading import reading_minutes
from yearbook.pages.text import plain_text
from yearbook.peers import Comparisons
from yearbook.tables import study_tables
from yearbook.years import FinancialYear


@dataclass(frozen=True, slots=True)
class ArticleType:
    """A kind of article: the folder of `content/` it is written in, where it is published, and what the theme calls it."""

    folder: str
    address: str
    layout: str
    series: str


POST = ArticleType("posts", "posts/", "post", "Posts")
METHOD = ArticleType("methods", "methods/", "methods", "Methods")
ARTICLE_TYPES = (POST, METHOD)
"""Every kind of article."""

ChartKey = tuple[str, FinancialYear | None]


@dataclass(frozen=True, slots=True)
class Article:
    """A rendered article with what other pages say of it."""

    page: Page
    title: str
    standfirst: str
    minutes: int


def render_article(
    comparisons: Comparisons,
    kind: ArticleType,
    slug: str,
    commentary: Commentary,
    charts: Mapping[ChartKey, Chart | MissingChart],
    environment: PageEnvironment,
    companions: Companions = ALONE,
) -> Article:
    """The article, with its `companions` about it. Raises CommentaryError with every problem of the editor's file."""
    address = f"{kind.address}{slug}/"
    helpers = article_helpers(comparisons, address, commentary, charts)
    rendered = render_commentary(commentary, helpers)
    parts = [raised(rendered.lead)]
    for section in rendered.sections:
        anchor = f" {{: #{section.id} }}" if section.id else ""
        parts.append(f"## {section.title}{anchor}\n\n{section.text}")
    text = "\n\n".join(part for part in parts if part)
    minutes = reading_minutes(rendered.title, rendered.standfirst, text)
    body = render_page(
        environment,
        "pages/article.md",
        title=rendered.title,
        plain_title=plain_text(rendered.title),
        standfirst=rendered.standfirst,
        series=commentary.fields.get("series") or kind.series,
        index=kind.address,
        commentary=commentary,
        companions=companions,
        minutes=minutes,
        text=text,
        address=address,
        workings=helpers.workings.to_html(environment.citing(address)),
        link=lambda target: relative_link(target, address),
    )
    title, standfirst = plain_text(rendered.title), plain_text(rendered.standfirst)
    page = Page(
        f"{kind.address}{slug}.md",
        title,
        kind.layout,
        body,
        standfirst,
        helpers.workings.tables,
        card=Card(title, standfirst, kind.series),
        article=article_of(commentary, comparisons.report),
    )
    return Article(page, title, standfirst, minutes)


def article_helpers(
    comparisons: Comparisons, address: str, commentary: Commentary, charts: Mapping[ChartKey, Chart | MissingChart]
) -> EditorsHelpers:
    """What the editor of an article may call: any chart by its name, one of its own year by its id too."""
    year = commentary.year
    placeable = [chart for chart in charts.values() if isinstance(chart, Chart) and chart.id != "card"]
    named = {chart.name: chart for chart in placeable}
    own = {chart.id: chart for chart in placeable if chart.year == year}
    return EditorsHelpers(
        comparisons.report,
        year,
        address,
        commentary.file,
        named | own,
        study_tables(comparisons.report),
        comparisons=comparisons,
    )


def render_posts_index(posts: Sequence[Article], environment: PageEnvironment) -> Page:
    """The list of posts."""
    body = render_page(
        environment, "pages/posts.md", posts=posts, link=lambda target: relative_link(target, POST.address)
    )
    summary = "Commentary that belongs to no single year: what the figures of NHS Talking Therapies mean, and how to use them."
    return Page("posts/index.md", "Posts", "posts", body, summary)
