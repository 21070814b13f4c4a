"""How a figure is cited, and how an error in it is reported: by its id, the permanent anchor of its working.

Every working carries both, and its citation shows where the page is opened at it. So a reader who follows a number sees
those of that number alone, and a page of three hundred workings stays a list.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from yearbook.outputs.attribution import SITE_NAME
from yearbook.pages.page import relative_link
from yearbook.settings import Settings

HOW_TO_REPORT = "methods/sources/#reporting-an-error"
"""Where a reader is told how to report an error when the site names no place for it."""


_NO_SITE = Settings("")


@dataclass(frozen=True, slots=True)
class Citing:
    """What the citations of one page share: the site's settings, and the page's address on it (empty for the home page)."""

    site: Settings = _NO_SITE
    address: str = ""

    def place(self, anchor: str) -> str:
        """The address of a figure: whole where the site knows where it lives, else from the site's root."""
        return f"{self.site.url}{self.address}#{anchor}"

    def citation(self, figure: str, sources: Sequence[str], anchor: str) -> str:
        """A reference to copy: the site, the figure in words, its sources without their addresses, its own address."""
        named = dict.fromkeys(source.partition(", http")[0] for source in sources)
        origin = f"; from {'; '.join(named)}" if named else ""
        return f"{self.site.name or SITE_NAME}, {figure}{origin}. {self.place(anchor)}"

    def report_link(self, anchor: str) -> str:
        """The link that reports an error in a figure and carries its id, or says where to learn how."""
        title = f"Error in {anchor} on /{self.address}"
        link = self.site.errors.link(title)
        if link:
            return f'<a href="{escape(link)}">Report an error in this figure</a>'
        link = relative_link(HOW_TO_REPORT, self.address)
        return f'Its id is {escape(anchor)}. <a href="{link}">Report an error in this figure</a>'

    def where_to_report(self, title: str = "Error in a figure") -> str:
        """The sentence that says where a report goes, with a link that begins one under `title`."""
        link = self.site.errors.link(title)
        if not link:
            return "This copy of the Yearbook names no address for it: tell whoever publishes it."
        words = f"Write to {escape(self.site.errors.mail)}" if self.site.errors.mail else "Fill in a report"
        return f'<a href="{escape(link)}">{words}</a>.'

    def lines(self, figure: str, sources: Sequence[str], anchor: str) -> str:
        """The citation and the report of a figure, as they stand under its working."""
        return (
            f'<p class="working__cite"><span class="cite">{escape(self.citation(figure, sources, anchor))}</span> '
            f"{self.report_link(anchor)}</p>"
        )


NOWHERE = Citing()
"""For a page that is looked at by itself: its figures are cited by the page's own anchors."""


def self_link(anchor: str, words: str) -> str:
    """A small link to the line it stands in; `words` say to assistive technology which that is."""
    return f'<a class="working__self" href="#{anchor}" aria-label="Link to {escape(words)}">#</a>'
