"""The helpers editors can call in commentary: this list is their whole contract.

Each belongs to one page: it knows the page's year, collects the workings of the numbers it prints, and
notes a problem with the editor's own line when it is asked for something that does not exist.
"""

import inspect
from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import replace
from html import escape
from types import FrameType
from typing import Any, TypeVar

from yearbook.areas import COMPARED, Areas
from yearbook.charts.chart import Chart
from yearbook.errors import Problem, UsageError, as_sentence, suggest
from yearbook.formatting import join_words
from yearbook.groups import GROUPINGS, group_key, is_whole
from yearbook.metrics import METRICS_BY_NAME
from yearbook.organisations import ENGLAND, Organisation
from yearbook.pages.area_numbers import AreaNumbers, find_organisation
from yearbook.pages.checked_words import CheckedWords, Subject
from yearbook.pages.markup import figure_html, linked, live_change, live_number, table_html
from yearbook.pages.page import relative_link
from yearbook.pages.workings import WorkingsList
from yearbook.peers import Comparisons
from yearbook.releases import TOTAL, Breakdown
from yearbook.report import Report
from yearbook.tables import Table
from yearbook.wording import gap_words, standing_words
from yearbook.years import FinancialYear

_T = TypeVar("_T")


class EditorsHelpers:
    """The helpers of one page.

    `year` and `area` are the page's own, the year None on a page that is not about one; `file` is the name
    problems are reported under. `charts` and `tables` are those the page may call by name; those it has
    called are in `placed_charts` and `placed_tables`, so that the page does not put them a second time.
    """

    def __init__(
        self,
        report: Report,
        year: FinancialYear | None,
        address: str,
        file: str,
        charts: Mapping[str, Chart],
        tables: Mapping[str, Table],
        area: Organisation = ENGLAND,
        comparisons: Comparisons | None = None,
    ) -> None:
        self.workings = WorkingsList(report)
        self.problems: list[Problem] = []
        self._report = report
        self._comparisons = comparisons or Comparisons(report, Areas(report.archive))
        self._year = year
        self._address = address
        self._file = file
        self._charts = charts
        self._tables = tables
        self._area = area
        self._extra: dict[str, Any] = {}
        self.placed_charts: set[str] = set()
        self.placed_tables: set[str] = set()

    def with_extra(self, extra: dict[str, Any]) -> "EditorsHelpers":
        """The same helpers, for our own standard words, with more names to choose the words by."""
        helpers = copy(self)
        helpers._extra, helpers.problems = extra, []
        return helpers

    def names(self) -> dict[str, Any]:
        """What commentary may use, by name."""
        helpers: dict[str, Any] = {name: getattr(self, name) for name in HELPERS}
        if self._year is not None:
            years = {"year": self._year, "last_year": self._year.previous, "next_year": self._year.next}
            helpers |= {name: str(year) for name, year in years.items()}
        return helpers | self._extra

    def figure(
        self,
        metric: str,
        year: str | None = None,
        places: int | None = None,
        area: str | None = None,
        group: str = "",
    ) -> str:
        """`{{ figure("recovery_rate") }}` prints 51.1%, linked to its working.

        `year` and `area` are the page's own unless given, the area by its code in that year, as in `area="09D"`; `places`
        decimals, one for England's rates unless given; `group` is a part of the whole, as in `group="gender/female"`.
        """
        return self._try(lambda: self._figure(metric, year, places, area, group))

    def change(
        self,
        metric: str,
        year: str | None = None,
        since: str | None = None,
        kind: str = "",
        area: str | None = None,
        group: str = "",
    ) -> str:
        """`{{ change("recovery_rate") }}` prints `down 1.0 percentage points`: the change on the year before.

        `since` names another earlier year. Counts change in per cent, or in number with `kind="count"`. Years on
        two sides of a change of definition are not compared.
        """
        return self._try(lambda: self._change(metric, year, since, kind, area, group))

    def gap(self, metric: str, upper: str, lower: str, year: str | None = None) -> str:
        """`{{ gap("recovery_rate", "gender/male", "gender/female") }}` prints `1.5 percentage points`.

        It is how far the first group lies over the second. It is a problem when the first is not the higher.
        """
        return self._try(lambda: self._gap(metric, upper, lower, year))

    def record(self, metric: str, year: str | None = None) -> str:
        """`{{ record("recovery_rate") }}` prints `the lowest for five years`, with its true window.

        It is a problem when the value is no record over at least three years.
        """
        return self._try(lambda: self._record(metric, year))

    def group_name(self, group: str, year: str | None = None) -> str:
        """`{{ group_name("age/18 to 25") }}` prints `ages 18 to 25`: what a group is called in a sentence.

        It is a problem when the year has no such group.
        """
        return self._try(lambda: self._group_name(group, year))

    def limit(self, metric: str) -> str:
        """`{{ limit("first_treatment_within_6_weeks") }}` prints `within 6 weeks`: what a waiting time is held to."""
        return self._try(lambda: self._limit(metric))

    def say(
        self,
        phrase: str,
        metric: str,
        year: str | None = None,
        area: str | None = None,
        group: str = "",
        since: str | None = None,
        against: str = "",
    ) -> str:
        """`{{ say("just over one in four", "recovered_of_treated") }}` prints the words if they hold of the figure.

        If they do not, it is a problem that names words that do. What they claim is read from the words: a share, a change on the
        year before or `since`, a ratio to `since` or to `against` (another metric, a group or an area), a trend from
        `since` on, a record, a first time, or how the figure stands to its standard.
        """
        return self._try(lambda: self._say(phrase, metric, year, area, group, since, against))

    def standard(self, metric: str, year: str | None = None) -> str:
        """`{{ standard("recovery_rate") }}` prints `50%`: the level in force in the year, linked to its source."""
        return self._try(lambda: self._words.standard(metric, self._asked(year)))

    def target(self, metric: str, year: str | None = None) -> str:
        """`{{ target("entered_treatment", "2023-24") }}` prints `1,900,000`: what was promised for the year."""
        return self._try(lambda: self._words.target(metric, self._asked(year)))

    def place(self, area: str, words: str = "", year: str | None = None) -> str:
        """`{{ place("09D") }}` prints `Brighton and Hove`, or the words given, as a link to the area's page.

        `year` decides what the code means where it has meant more than one thing: the page's own or else the last, unless given.
        """
        return self._try(lambda: self._place(area, words, year))

    def rank(self, metric: str, year: str | None = None, area: str | None = None) -> str:
        """`{{ rank("recovery_rate", "2020-21", area="09D") }}` prints `the lowest of 135 CCGs`, or `40th of 135 CCGs`.

        Only an area of 500 referrals or more in the base, and without a reason to doubt its row, is called highest or
        lowest. It is a problem when the area is not ranked.
        """
        return self._try(lambda: self._area_numbers.rank(metric, *self._area_in(year, area)))

    def against_england(self, metric: str, year: str | None = None, area: str | None = None) -> str:
        """`{{ against_england("recovery_rate", "2020-21", area="09D") }}` prints `17 percentage points below England’s 51.4%`.

        Where England's rate lies within the area's 95% interval: `not clearly different from England’s 51.4%`.
        """
        return self._try(lambda: self._area_numbers.against_england(metric, *self._area_in(year, area)))

    def interval(self, metric: str, year: str | None = None, area: str | None = None, level: str = "95") -> str:
        """`{{ interval("recovery_rate", "2020-21", area="09D") }}` prints `32% to 36%`; `level="99.8"` gives the wider one."""
        return self._try(lambda: self._area_numbers.interval(metric, *self._area_in(year, area), level))

    def expected(self, year: str | None = None, area: str | None = None) -> str:
        """`{{ expected("2020-21", area="09D") }}` prints `50%`: the area's recovery rate if each tenth of deprivation did as England's.

        It allows for deprivation and for nothing else, and must be told so.
        """
        return self._try(lambda: self._area_numbers.expected(*self._area_in(year, area)))

    def ratio(self, high: str, low: str, metric: str = "recovery_rate", year: str | None = None) -> str:
        """`{{ ratio("05W", "09D", year="2020-21") }}` prints `1.87 (95% interval 1.76 to 1.99)`, the first rate over the second.

        It is a problem when the first is not the higher, or the two areas are not of one kind.
        """
        return self._try(lambda: self._area_numbers.ratio(metric, *self._areas_in(year, high, low)))

    def difference(self, high: str, low: str, metric: str = "recovery_rate", year: str | None = None) -> str:
        """`{{ difference("05W", "09D", year="2020-21") }}` prints `30 percentage points (95% interval 27 to 32)`.

        It is how far the rate of the first area lies over that of the second, and a problem where `ratio` would be one.
        """
        return self._try(lambda: self._area_numbers.difference(metric, *self._areas_in(year, high, low)))

    def spread(
        self, part: str = "p90_to_p10", year: str | None = None, kind: str = "", metric: str = "recovery_rate"
    ) -> str:
        """`{{ spread("p90_to_p10", "2020-21") }}` prints `1.25`: the 90th percentile of the areas over the 10th.

        The parts are in the editors' guide. `kind` is `ccg`, `stp`, `icb`, `region` or `provider`; without it, the kind that
        the year's report compares.
        """
        return self._try(lambda: self._spread(part, year, kind, metric))

    def spread_change(self, year: str | None = None, since: str | None = None, kind: str = "") -> str:
        """`{{ spread_change("2021-22") }}` prints, in a sentence or more, how the 90th percentile over the 10th has changed.

        `since` is the year before unless given. What must be told beside it, such as fewer areas than before, is told. It
        is a problem to ask it of two kinds of area, for their spreads do not compare.
        """
        return self._try(lambda: self._spread_change(year, since, kind))

    def afterwards(self, year: str | None = None, kind: str = "") -> str:
        """`{{ afterwards("2017-18") }}` prints two sentences: how many of the highest then fell, and of the lowest rose.

        They are of the five highest and five lowest that may be named, as far as they can be followed into the next year.
        """
        return self._try(lambda: self._afterwards(year, kind))

    def chart(self, name: str) -> str:
        """`{{ chart("journey") }}` puts the page's chart of that name, with its table and downloads."""
        return self._try(lambda: self._named(name, self._charts, "chart", self._draw))

    def table(self, name: str) -> str:
        """`{{ table("from-referral") }}` puts the page's table of that name."""
        return self._try(lambda: self._named(name, self._tables, "table", self._print))

    def _print(self, table: Table) -> str:
        self.placed_tables.add(table.id)
        return f"\n{table_html(table, self._address, self.workings)}\n"

    def _draw(self, chart: Chart) -> str:
        self.placed_charts.add(chart.id)
        anchor = chart.id if chart.year == self._year else chart.name
        return f"\n{figure_html(chart, self._address, self.workings, anchor=anchor)}\n"

    def _figure(self, metric: str, year: str | None, places: int | None, area: str | None, group: str) -> str:
        asked, of = self._area_in(year, area)
        part = self._group(group, asked, of)
        self._report.metric(metric)
        if places is not None and (not isinstance(places, int) or places < 0):
            raise UsageError(f"{places!r} is not a number of decimals: leave places out, or give 0, 1 or more.")
        working = self._report.working(metric, asked, of, part)
        return live_number(metric, asked, working, self.workings, places, of, part)

    def _change(self, metric: str, year: str | None, since: str | None, kind: str, area: str | None, group: str) -> str:
        asked, of = self._area_in(year, area)
        earlier = self._asked(since) if since else asked.previous
        part = self._group(group, asked, of)
        self._group(group, earlier, of)
        if earlier >= asked:
            raise UsageError(f"{earlier} is not before {asked}.")
        if kind not in ("", "count"):
            raise UsageError(f'"{kind}" is not a kind of change: leave kind out, or write kind="count".')
        self._report.metric(metric)
        divided = dict.fromkeys(
            found for name in ("total", part.breakdown) for found in self._report.breaks(metric, (earlier, asked), name)
        )
        for found in divided:
            if found.kind == "definition":
                raise UsageError(f"{earlier} does not compare with {asked}: {found.why}")
        change = self._report.change(metric, asked, earlier, of, part)
        return live_change(metric, earlier, asked, change, self.workings, kind, of, part)

    def _gap(self, metric: str, upper: str, lower: str, year: str | None) -> str:
        asked = self._asked(year)
        if not self._report.metric(metric).is_rate:
            raise UsageError(f"{METRICS_BY_NAME[metric].title} is no rate, so it has no gap in percentage points.")
        above, below = (self._group(group, asked, ENGLAND) for group in (upper, lower))
        gap = self._report.gap(metric, asked, above, below)
        if gap.difference is not None and gap.difference <= 0:
            raise UsageError(f"{upper} is not above {lower} in {asked}: put the higher of the two first.")
        return linked(gap_words(gap), self.workings.add_gap(metric, asked, above, below, gap))

    def _group(self, group: str, year: FinancialYear, of: Organisation) -> Breakdown:
        """The part of the whole that `group` names in a year: all of it when it names none."""
        if not group:
            return TOTAL
        known = {group_key(found): found for found in self._report.archive.releases[year].breakdowns(of.key)}
        if group not in known:
            hint = suggest(group, known, "The groups are on the pages about groups, and in data/releases/.")
            raise UsageError(f'There is no group "{group}" in {year}. {hint}')
        return known[group]

    def _group_name(self, group: str, year: str | None) -> str:
        part = self._group(group, self._asked(year), ENGLAND)
        grouping = next((found for found in GROUPINGS if part.breakdown in found.breakdowns), None)
        if grouping is None:
            raise UsageError(f'"{group}" is a group of no grouping: leave it out.')
        return escape(f"all {grouping.spoken.format(part.category)}" if is_whole(part) else grouping.say(part))

    def _limit(self, metric: str) -> str:
        waits = [term.breakdown for term in self._report.metric(metric).formula.over if term.breakdown]
        if not waits or waits[0].breakdown != "waiting_time":
            raise UsageError(f"{METRICS_BY_NAME[metric].title} is no share that waited so long.")
        return waits[0].subcategory

    def _record(self, metric: str, year: str | None) -> str:
        asked = self._asked(year)
        self._report.metric(metric)
        words = standing_words(self._report.standing(metric, asked))
        if not words:
            raise UsageError(f"{METRICS_BY_NAME[metric].title} of {asked} is no record over three years or more.")
        return linked(words, self.workings.add(metric, asked, self._report.working(metric, asked)))

    @property
    def _words(self) -> CheckedWords:
        return CheckedWords(self._comparisons, self.workings)

    def _say(
        self,
        phrase: str,
        metric: str,
        year: str | None,
        area: str | None,
        group: str,
        since: str | None,
        against: str,
    ) -> str:
        asked, of = self._area_in(year, area)
        self._report.metric(metric)
        subject = Subject(metric, asked, of, self._group(group, asked, of))
        earlier = self._asked(since) if since else None
        if earlier is not None and earlier < asked:
            self._group(group, earlier, of)
        return self._words.say(phrase, subject, earlier, self._other(against, subject) if against else None)

    def _other(self, against: str, subject: Subject) -> Subject:
        """What a figure is compared with: the same of another group or area, or another metric of the same."""
        if against in METRICS_BY_NAME:
            return replace(subject, metric=against)
        if "/" in against:
            return replace(subject, group=self._group(against, subject.year, subject.organisation))
        if against.lower() == ENGLAND.name.lower():
            return replace(subject, organisation=ENGLAND)
        return replace(subject, organisation=self._organisation(against, subject.year))

    def _named(self, name: str, known: Mapping[str, _T], kind: str, put: Callable[[_T], str]) -> str:
        if name not in known:
            otherwise = f"This page has {join_words(sorted(known))}." if known else f"This page has no {kind}."
            raise UsageError(f'There is no {kind} "{name}" on this page. {suggest(name, known, otherwise)}')
        return put(known[name])

    def _organisation(self, area: str | None, year: FinancialYear) -> Organisation:
        return self._area if area is None else find_organisation(self._report, area, year, self._comparisons)

    def _place(self, area: str, words: str, year: str | None) -> str:
        asked = self._report.latest if year is None and self._year is None else self._asked(year)
        found = find_organisation(self._report, area, asked, self._comparisons)
        page = self._comparisons.areas.of(found.key)
        if page is None:
            raise UsageError(f"{found.name} has no page of its own.")
        return f'<a href="{relative_link(page.address, self._address)}">{escape(words or page.short)}</a>'

    @property
    def _area_numbers(self) -> AreaNumbers:
        return AreaNumbers(self._comparisons, self.workings)

    def _area_in(self, year: str | None, area: str | None) -> tuple[FinancialYear, Organisation]:
        asked = self._asked(year)
        return asked, self._organisation(area, asked)

    def _areas_in(self, year: str | None, high: str, low: str) -> tuple[FinancialYear, Organisation, Organisation]:
        asked = self._asked(year)
        return asked, self._organisation(high, asked), self._organisation(low, asked)

    def _spread(self, part: str, year: str | None, kind: str, metric: str) -> str:
        asked = self._asked(year)
        return self._area_numbers.spread(metric, asked, self._kind(kind, asked), part)

    def _spread_change(self, year: str | None, since: str | None, kind: str) -> str:
        asked = self._asked(year)
        earlier = self._asked(since) if since else asked.previous
        if earlier >= asked:
            raise UsageError(f"{earlier} is not before {asked}.")
        return self._area_numbers.spread_change(asked, earlier, self._kind(kind, asked))

    def _afterwards(self, year: str | None, kind: str) -> str:
        asked = self._asked(year)
        return self._area_numbers.afterwards(asked, self._kind(kind, asked))

    def _kind(self, kind: str, year: FinancialYear) -> str:
        """The kind of area that is meant: the one of the year's report unless named."""
        if kind and kind not in COMPARED:
            raise UsageError(
                f'"{kind}" is no kind of area. {suggest(kind, COMPARED, f"The kinds are {join_words(COMPARED)}.")}'
            )
        found = kind or self._comparisons.main_type(year)
        if not found:
            raise UsageError(f"There are no areas in {year}.")
        return found

    def _asked(self, year: str | None) -> FinancialYear:
        if year is None:
            if self._year is None:
                raise UsageError(
                    'This page has no year of its own: name one, as in figure("recovery_rate", "2019-20").'
                )
            return self._year
        try:
            asked = FinancialYear.parse(year)
        except ValueError as error:
            raise UsageError(as_sentence(error)) from error
        if asked not in self._report.archive.releases:
            first, last = self._report.years[0], self._report.years[-1]
            raise UsageError(f"There is no report for {asked}: the years run from {first} to {last}.")
        return asked

    def _try(self, make: Callable[[], str]) -> str:
        try:
            return make()
        except UsageError as error:
            line = _template_line(inspect.currentframe(), self._file)
            self.problems.append(Problem(self._file, line, "", error.message, "correct the expression on this line"))
            return ""


HELPERS = (
    "figure",
    "change",
    "gap",
    "record",
    "group_name",
    "limit",
    "say",
    "standard",
    "target",
    "place",
    "rank",
    "against_england",
    "interval",
    "expected",
    "ratio",
    "difference",
    "spread",
    "spread_change",
    "afterwards",
    "chart",
    "table",
)
"""Every helper an editor may call."""


def _template_line(frame: FrameType | None, file: str) -> int:
    """The line of the template `file` that is being rendered, 0 when none is."""
    while frame is not None:
        template = frame.f_globals.get("__jinja_template__")
        if template is not None and template.filename == file:
            return int(template.get_corresponding_lineno(frame.f_lineno))
        frame = frame.f_back
    return 0
