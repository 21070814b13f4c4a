"""The real figures, with the one passage that the fixtures here quote entered among the quotations."""

from dataclasses import replace

import pytest

from yearbook.archive import Archive
from yearbook.report import Report
from yearbook.studies import Quotation

QUOTED = Quotation("at least five times", "a reader of these pages")


@pytest.fixture(scope="session")
def report(archive: Archive) -> Report:
    """The report of the real data."""
    return Report(replace(archive, quotations=(*archive.quotations, QUOTED)))
