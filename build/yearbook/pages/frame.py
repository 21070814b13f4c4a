"""The theme's frame around a page that is HTML from the start.

Pages with hundreds of cells each, and there are hundreds of those, would take minutes through Markdown. They are
rendered here with the theme that MkDocs prints every other page with, from the same templates, and handed to it as
files. What the theme asks of MkDocs (`page`, `nav`, `config`, the `url` filter) is stood in for by the few values
below.
"""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from yearbook.pages.endnotes import number_notes
from yearbook.pages.page import Page, address_of, relative_link
from yearbook.pages.text import keep_years_whole
from yearbook.settings import NavigationItem, Settings


@dataclass(frozen=True)
class Frame:
    """Renders pages into the theme in `templates/theme`. `preview` leaves the security policy out, as MkDocs's does."""

    environment: Environment
    settings: Settings
    preview: bool = False

    def render(self, page: Page) -> bytes:
        """The whole HTML document of a page whose body is HTML."""
        settings = self.settings
        navigation = [_Item(item) for item in settings.navigation]
        home = next((item for item in navigation if item.is_page and item.url == ""), None)
        values = {
            "page": _FramedPage(page, settings.url),
            "nav": _Navigation(navigation, home),
            "config": {
                "site_name": settings.name,
                "site_description": settings.description,
                "site_url": settings.url,
                "copyright": settings.copyright,
                "extra": {"preview": self.preview},
            },
        }
        template = "figure.html" if page.layout == "figure" else "main.html"
        return self.environment.get_template(template).render(values).encode()


def read_frame(theme: Path, settings: Settings, preview: bool = False) -> Frame:
    """The frame of the theme in the folder `theme`."""
    environment = Environment(
        loader=FileSystemLoader(theme, encoding="utf-8"),
        autoescape=False,  # noqa: S701 - the theme escapes what it prints, as it does for MkDocs
        auto_reload=False,
    )
    environment.filters["url"] = _url
    return Frame(environment, settings, preview)


class _Item:
    """An entry of the navigation as the theme knows it."""

    active = False

    def __init__(self, item: NavigationItem) -> None:
        self.title = item.title
        self.is_page = item.path.endswith(".md")
        self.url = address_of(item.path) if self.is_page else item.path
        self.children = [_Item(child) for child in item.children]


@dataclass(frozen=True)
class _Navigation:
    items: list[_Item]
    homepage: _Item | None


@dataclass(frozen=True)
class _FramedPage:
    """A page as the theme knows it."""

    page: Page
    site: str

    @property
    def is_homepage(self) -> bool:
        return not self.page.address

    @property
    def title(self) -> str:
        return self.page.title

    @property
    def url(self) -> str:
        return self.page.address

    @property
    def canonical_url(self) -> str:
        return f"{self.site}{self.page.address}"

    @cached_property
    def content(self) -> Markup:
        return Markup(keep_years_whole(number_notes(self.page.body)))  # noqa: S704 - our own templates made it, and escaped what they were given

    @property
    def meta(self) -> dict[str, object]:
        return self.page.meta


@pass_context
def _url(context: Context, target: str) -> str:
    """A link to `target` from the page being rendered; `target` as it is when it names a host or a root."""
    address = context["page"].url
    if "://" in target or target.startswith(("/", "#", "mailto:")):
        return target
    return relative_link("" if target in (".", "./") else target, address)
