"""The words of a project as its editor has them: what is wrong with a page, and which mutants of it survive."""

import random
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from claims.mutants import Mutant, mutants

from yearbook.archive import Archive
from yearbook.areas import Areas
from yearbook.claims import find_faults
from yearbook.pages.commentary import Commentary, mark_commentary, read_commentary
from yearbook.pages.editors import EditorsHelpers
from yearbook.pages.text import plain_text
from yearbook.peers import Comparisons
from yearbook.report import Report
from yearbook.tables import study_tables
from yearbook.years import FinancialYear

NEAR = 2
"""A sentence is told of where its quantity stands, which can be a line or two from the words that were changed."""


class Editing:
    """The words of the project, and what is wrong with any of them."""

    def __init__(self, project: Path, archive: Archive) -> None:
        self._report = Report(archive)
        self._comparisons = Comparisons(self._report, Areas(archive))
        folder = project / "content"
        files = sorted([*folder.glob("reports/*.md"), *folder.glob("posts/*.md"), *folder.glob("methods/*.md")])
        self.pages = [read_commentary(path, path.relative_to(project).as_posix()) for path in files]

    def helpers(self, page: Commentary) -> EditorsHelpers:
        """The helpers of a page, for which a chart or a table is an empty line."""
        found = re.fullmatch(r"content/reports/(\d{4}-\d\d)\.md", page.file)
        year = FinancialYear.parse(found[1]) if found else page.year
        helpers = EditorsHelpers(
            self._report, year, "x/", page.file, {}, study_tables(self._report), comparisons=self._comparisons
        )
        helpers.chart = lambda name: "\n\n"  # type: ignore[method-assign]
        helpers.table = lambda name: "\n\n"  # type: ignore[method-assign]
        return helpers

    def problems(self, page: Commentary) -> Counter[tuple[int, str]]:
        """What is wrong with the page: the line and the words of each problem."""
        helpers = self.helpers(page)
        marked = mark_commentary(page, helpers)
        faults = (fault.problem for text in marked.texts for fault in find_faults(text, page.file, helpers.ledger))
        return Counter((problem.line, problem.what) for problem in (*marked.problems, *faults))

    def printed(self, page: Commentary) -> Callable[[str, int], str]:
        """What an expression of the page prints."""

        def text_of(expression: str, line: int) -> str:
            helpers = self.helpers(page)
            alone = mark_commentary(replace(page, title="", standfirst="", body=expression), helpers)
            return plain_text(alone.body.text)

        return text_of


def survivors_of(editing: Editing, share: float) -> tuple[list[tuple[str, Mutant]], int]:
    """The mutants, each with its file, that the check does not notice, and how many were tried."""
    chosen, tried, survived = random.Random(2019), 0, []  # noqa: S311 - the same sample each time
    for page in editing.pages:
        before = editing.problems(page)
        for mutant in mutants(page.body, editing.printed(page)):
            if chosen.random() >= share:
                continue
            tried += 1
            new = editing.problems(replace(page, body=mutant.text)) - before
            if not any(abs(line - mutant.line) <= NEAR for line, _ in new):
                survived.append((page.file, mutant))
    return survived, tried
