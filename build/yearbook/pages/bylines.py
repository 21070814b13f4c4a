"""What is known of a page that somebody wrote: its authors, its days, what it is about, and which year."""

from datetime import date

from yearbook.outputs.linked_data import Article, Person
from yearbook.pages.commentary import Commentary
from yearbook.report import Report
from yearbook.years import FinancialYear


def article_of(commentary: Commentary, report: Report, year: FinancialYear | None = None) -> Article:
    """What the front matter says of the page; `year` is the one that a report is of."""
    return Article(
        authors=tuple(Person(author.name, author.link) for author in commentary.authors),
        published=str(commentary.published or ""),
        updated=str(commentary.updated or ""),
        changed=str(commentary.updated or commentary.published or _day_of_data(report, year or report.latest)),
        tags=commentary.tags,
        year=year,
    )


def _day_of_data(report: Report, year: FinancialYear) -> str:
    """The day from which a page on the year may be: that of its release or, where that is not known, the year's last.

    It comes from the record and never from the clock, so that it is the same in every build.
    """
    entry = report.archive.register.get(year)
    return entry.published if entry is not None and entry.published else str(date(year.start + 1, 3, 31))
