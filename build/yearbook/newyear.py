"""What a new year asks of its editor: a draft of its report, and a second look at what other pages say.

Both are read from a project's folder and given as text; nothing is written here.
"""

from pathlib import Path

from yearbook.archive import read_archive
from yearbook.areas import Areas
from yearbook.errors import DataError, UsageError
from yearbook.files import check_tree
from yearbook.pages.drafts import draft_report, list_findings
from yearbook.pages.stale import find_stale, list_stale
from yearbook.peers import Comparisons
from yearbook.report import Report
from yearbook.years import FinancialYear

AFTER_STALE = """\
Next, once you have mended what is false and read again what is dated:
  yearbook check  names every problem, with file and line
  yearbook build  makes the whole site, into site/"""
"""What to do after the list of stale sentences, to be printed beneath it."""


def after_draft(year: FinancialYear) -> str:
    """What to do once the draft of a year's report is written, to be printed beneath where it went."""
    width = len(f"yearbook stale {year}")
    return f"""\
Next, once you have cut it and made it your own:
  {"yearbook serve":{width}}  shows it as you write
  {f"yearbook stale {year}":{width}}  lists the sentences elsewhere that the year makes false or dates
  {"yearbook check":{width}}  names every problem, with file and line"""


def draft_year(project: Path, year: FinancialYear) -> str:
    """The draft of a year's report, as a file for `content/reports/`.

    Raises DataError for data that cannot be read, and UsageError for a year without a release.
    """
    return draft_report(_comparisons_of(project, year), year)


def year_findings(project: Path, year: FinancialYear) -> str:
    """The findings of a year by news value, a list to read. Raises as `draft_year` does."""
    return list_findings(_comparisons_of(project, year), year)


def stale_sentences(project: Path, year: FinancialYear) -> str:
    """The list of what a year makes false or dates on other pages. Raises as `draft_year` does."""
    return list_stale(find_stale(_comparisons_of(project, year), project / "content", year), year)


def _comparisons_of(project: Path, year: FinancialYear) -> Comparisons:
    strays = list(check_tree(project))
    if strays:
        raise DataError(strays)
    archive = read_archive(project / "data")
    if year not in archive.releases:
        raise UsageError(f"There is no release for {year}. Import it first: yearbook add {year} FILE")
    return Comparisons(Report(archive), Areas(archive))
