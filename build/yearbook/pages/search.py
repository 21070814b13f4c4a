"""The page on which the site is searched. What it searches is made when the site is published: see `yearbook.search`."""

from yearbook.pages.environment import PageEnvironment, render_page
from yearbook.pages.page import Page, relative_link

ADDRESS = "search/"


def render_search(environment: PageEnvironment) -> Page:
    """The search page: a field for those with scripts, ways in for everybody."""
    body = render_page(environment, "pages/search.html", link=lambda target: relative_link(target, ADDRESS))
    summary = "Search the reports, posts, trends, areas, methods and glossary of the Yearbook."
    return Page(f"{ADDRESS}index.md", "Search", "search", body, summary, is_html=True)
