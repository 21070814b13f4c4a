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

from yearbook.areas import Areas
from yearbook.charts.chart import Chart
from yearbook.claims import Ledger, Live, mark_live
from yearbook.comparison import NAMED_FROM, RANKED_FROM, SMALLEST_SHOWN
from yearbook.comparison.flags import LARGEST_RATE_CHANGE
from yearbook.errors import Problem, UsageError, suggest
from yearbook.formatting import format_number, join_words
from yearbook.groups import GROUPINGS, SMALLEST_DRAWN, is_whole
from yearbook.metrics import METRICS_BY_NAME
from yearbook.organisations import ENGLAND, Organisation
from yearbook.pages.area_numbers import AreaNumbers, find_organisation
from yearbook.pages.asked import Asked
from yearbook.pages.checked_words import CheckedWords, Subject
from yearbook.pages.figure_numbers import FigureNumbers
from yearbook.pages.markup import figure_html, table_html
from yearbook.pages.page import relative_link
from yearbook.pages.quoted import cited_html
from yearbook.pages.studies import StudyNumbers
from yearbook.pages.text import plain_text
from yearbook.pages.workings import WorkingsList
from yearbook.peers import Comparisons
from yearbook.releases import Breakdown
from yearbook.report import Report
from yearbook.tables import COURSE_SHARE, Table
from yearbook.wording import FLAT_POINTS
from yearbook.years import FinancialYear

_T = TypeVar("_T")

RULES: Mapping[str, str] = {
    "shown_from": str(SMALLEST_SHOWN),
    "ranked_from": str(RANKED_FROM),
    "named_from": str(NAMED_FROM),
    "drawn_from": str(SMALLEST_DRAWN),
    "doubted_from": f"{LARGEST_RATE_CHANGE} percentage points",
    "flat": f"{format_number(FLAT_POINTS, 1)} percentage points",
}
"""The bounds of this site's own rules, as commentary may print them: referrals in a base, the change of a rate in a year
from which a row is in doubt, and the change that is none."""


class EditorsHelpers:
    """The helpers of one page.

    `year` and `area` are the page's own, the year None on a page that is not about one; `file` is the name
    problems are reported under. `charts` and `tables` are those the page may call by name; those it has
    called are in `placed_charts` and `placed_tables`, so that the page does not put them a second time. `lives` are the
    pieces of text they have made, by the number that is marked on each.
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
        self.lives: list[Live] = []
        self._about: dict[str, Any] = {}
        self._report = report
        self._comparisons = comparisons or Comparisons(report, Areas(report.archive))
        self._ask = Asked(report, self._comparisons, year, area)
        self._year = year
        self._address = address
        self._file = file
        self._charts = charts
        self._tables = tables
        self._area = area
        self.extra: dict[str, Any] = {}
        self.placed_charts: set[str] = set()
        self.placed_tables: set[str] = set()

    def with_extra(self, extra: dict[str, Any]) -> "EditorsHelpers":
        """The same helpers, for our own standard words, with more names to choose the words by."""
        helpers = copy(self)
        helpers.extra, helpers.problems, helpers.lives = extra, [], []
        return helpers

    def generated(self, words: str) -> str:
        """Words that our own code made from the figures, marked as live."""
        return self._try(lambda: words, "standard words", kind="words")

    @property
    def ledger(self) -> Ledger:
        """What the words of the page are held to."""
        return Ledger(self._report, self._year, self._area, self.lives)

    def names(self) -> dict[str, Any]:
        """What commentary may use, by name."""
        helpers: dict[str, Any] = {name: getattr(self, name) for name in HELPERS}
        if self._year is not None:
            years = {"year": self._year, "last_year": self._year.previous, "next_year": self._year.next}
            helpers |= {name: str(year) for name, year in years.items()}
        return helpers | self.extra

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
        return self._try(lambda: self._figure(metric, year, places, area, group), "figure", metric, "value")

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
        return self._try(lambda: self._change(metric, year, since, kind, area, group), "change", metric, "change")

    def claim(
        self,
        text: str,
        metric: str,
        year: str | None = None,
        area: str | None = None,
        group: str = "",
        since: str | None = None,
        kind: str = "",
        base: str = "",
    ) -> str:
        """`{{ claim("51.1%", "recovery_rate", "2019-20") }}` prints 51.1% as typed, and fails when the figure is another.

        The text holds one number in digits, and is held to the figure at as many decimals; with `since`, to the change
        since that year: points for a rate, per cent or a number (`kind="count"`) for a count. `base` names the base, as
        in `base="caseness"`, and must be the metric's.
        """
        return self._try(
            lambda: self._claim(text, metric, year, area, group, since, kind, base),
            "claim",
            metric,
            "change" if since else "value",
        )

    def rule(self, name: str) -> str:
        """`{{ rule("ranked_from") }}` prints 100: the size or the bound of that name, as this site's own rules have it."""
        return self._try(lambda: self._rule(name), "rule")

    def example(self, text: str) -> str:
        """`{{ example("52%") }}` prints 52%: a number made up to explain something, and no figure of the data.

        Its sentence must tell it as one, with a word such as "suppose", "if", "say" or "for example".
        """
        return self._try(lambda: escape(text), "example", kind="example")

    def gap(self, metric: str, upper: str, lower: str, year: str | None = None) -> str:
        """`{{ gap("recovery_rate", "gender/male", "gender/female") }}` prints `1.5 percentage points`.

        It is how far the first group lies over the second. It is a problem when the first is not the higher.
        """
        return self._try(lambda: self._gap(metric, upper, lower, year), "gap", metric, "change")

    def gap_record(self, metric: str, upper: str, lower: str, year: str | None = None) -> str:
        """`{{ gap_record("recovery_rate", "gender/male", "gender/female") }}` prints `the widest for five years`.

        It is a problem when the gap is no record over at least three years that compare.
        """
        return self._try(lambda: self._gap_record(metric, upper, lower, year), "gap_record", metric, "words")

    def record(self, metric: str, year: str | None = None) -> str:
        """`{{ record("recovery_rate") }}` prints `the lowest for five years`, with its true window.

        It is a problem when the value is no record over at least three years.
        """
        return self._try(lambda: self._record(metric, year), "record", metric, "words")

    def group_name(self, group: str, year: str | None = None) -> str:
        """`{{ group_name("age/18 to 25") }}` prints `ages 18 to 25`: what a group is called in a sentence.

        It is a problem when the year has no such group.
        """
        return self._try(lambda: self._group_name(group, year), "group_name")

    def limit(self, metric: str) -> str:
        """`{{ limit("first_treatment_within_6_weeks") }}` prints `within 6 weeks`: what a waiting time is held to."""
        return self._try(lambda: self._limit(metric), "limit")

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
        return self._try(lambda: self._say(phrase, metric, year, area, group, since, against), "say", metric, "words")

    def standard(self, metric: str, year: str | None = None) -> str:
        """`{{ standard("recovery_rate") }}` prints `50%`: the level in force in the year, linked to its source."""
        return self._try(lambda: self._words.standard(metric, self._ask.year(year)), "standard")

    def target(self, metric: str, year: str | None = None) -> str:
        """`{{ target("entered_treatment", "2023-24") }}` prints `1,900,000`: what was promised for the year."""
        return self._try(lambda: self._words.target(metric, self._ask.year(year)), "target")

    def place(self, area: str, words: str = "", year: str | None = None) -> str:
        """`{{ place("09D") }}` prints `Brighton and Hove`, or the words given, as a link to the area's page.

        `year` decides what the code means where it has meant more than one thing: the page's own or else the last, unless given.
        """
        return self._try(lambda: self._place(area, words, year), "place")

    def rank(self, metric: str, year: str | None = None, area: str | None = None) -> str:
        """`{{ rank("recovery_rate", "2020-21", area="09D") }}` prints `the lowest of 135 CCGs`, or `40th of 135 CCGs`.

        Only an area of 500 referrals or more in the base, and without a reason to doubt its row, is called highest or
        lowest. It is a problem when the area is not ranked.
        """
        return self._try(lambda: self._area_numbers.rank(metric, *self._area_in(year, area)), "rank", metric, "words")

    def against_england(self, metric: str, year: str | None = None, area: str | None = None) -> str:
        """`{{ against_england("recovery_rate", "2020-21", area="09D") }}` prints `17 percentage points below England’s 51.4%`.

        Where England's rate lies within the area's 95% interval: `not clearly different from England’s 51.4%`.
        """
        return self._try(
            lambda: self._area_numbers.against_england(metric, *self._area_in(year, area)),
            "against_england",
            metric,
            "change",
        )

    def interval(self, metric: str, year: str | None = None, area: str | None = None, level: str = "95") -> str:
        """`{{ interval("recovery_rate", "2020-21", area="09D") }}` prints `32% to 36%`; `level="99.8"` gives the wider one."""
        return self._try(
            lambda: self._area_numbers.interval(metric, *self._area_in(year, area), level), "interval", metric
        )

    def expected(self, year: str | None = None, area: str | None = None) -> str:
        """`{{ expected("2020-21", area="09D") }}` prints `50%`: the area's recovery rate if each tenth of deprivation did as England's.

        It allows for deprivation and for nothing else, and must be told so.
        """
        return self._try(lambda: self._area_numbers.expected(*self._area_in(year, area)), "expected")

    def ratio(self, high: str, low: str, metric: str = "recovery_rate", year: str | None = None) -> str:
        """`{{ ratio("05W", "09D", year="2020-21") }}` prints `1.87 (95% interval 1.76 to 1.99)`, the first rate over the second.

        It is a problem when the first is not the higher, or the two areas are not of one kind.
        """
        return self._try(
            lambda: self._area_numbers.ratio(metric, *self._areas_in(year, high, low)), "ratio", metric, "words"
        )

    def difference(self, high: str, low: str, metric: str = "recovery_rate", year: str | None = None) -> str:
        """`{{ difference("05W", "09D", year="2020-21") }}` prints `30 percentage points (95% interval 27 to 32)`.

        It is how far the rate of the first area lies over that of the second, and a problem where `ratio` would be one.
        """
        return self._try(
            lambda: self._area_numbers.difference(metric, *self._areas_in(year, high, low)),
            "difference",
            metric,
            "change",
        )

    def spread(
        self, part: str = "p90_to_p10", year: str | None = None, kind: str = "", metric: str = "recovery_rate"
    ) -> str:
        """`{{ spread("p90_to_p10", "2020-21") }}` prints `1.25`: the 90th percentile of the areas over the 10th.

        The parts are in the editors' guide. `kind` is `ccg`, `stp`, `icb`, `region` or `provider`; without it, the kind that
        the year's report compares.
        """
        return self._try(lambda: self._spread(part, year, kind, metric), "spread", metric)

    def spread_change(self, year: str | None = None, since: str | None = None, kind: str = "") -> str:
        """`{{ spread_change("2021-22") }}` prints, in a sentence or more, how the 90th percentile over the 10th has changed.

        `since` is the year before unless given. What must be told beside it, such as fewer areas than before, is told. It
        is a problem to ask it of two kinds of area, for their spreads do not compare.
        """
        return self._try(lambda: self._spread_change(year, since, kind), "spread_change", kind="words")

    def afterwards(self, year: str | None = None, kind: str = "") -> str:
        """`{{ afterwards("2017-18") }}` prints two sentences: how many of the highest then fell, and of the lowest rose.

        They are of the five highest and five lowest that may be named, as far as they can be followed into the next year.
        """
        return self._try(lambda: self._afterwards(year, kind), "afterwards", kind="words")

    def promise(self, name: str) -> str:
        """`{{ promise("premise-finish") }}` prints `two-thirds`, with its source: the size of a promise in the words it was told in.

        The names are in `data/promises.yml`.
        """
        return self._try(lambda: self._study_numbers.promise(name), "promise", kind="quoted")

    def cost(self, of: str, kind: str = "all") -> str:
        """`{{ cost("recovery") }}` prints `£1,766`: what a `session`, a `treatment` or a `recovery` cost, in the study of 2013.

        `kind` is `low`, `high`, `stepped_down`, `stepped_up` or `all`. The prices are old and must be told so.
        """
        return self._try(lambda: self._study_numbers.cost(of, kind), "cost", kind="quoted")

    def implied(self, what: str, kind: str = "all") -> str:
        """`{{ implied("share") }}` prints `49.7%`: the share recovered that two costs of the study imply together.

        `{{ implied("sessions", "low") }}` prints `5.0`, the sessions in a treatment.
        """
        return self._try(lambda: self._study_numbers.implied(what, kind), "implied", kind="quoted")

    def cost_per_recovery(self, year: str | None = None, of: str = COURSE_SHARE) -> str:
        """`{{ cost_per_recovery("2019-20") }}` prints `£1,825`: the study's cost of a treatment under the year's own share.

        `of` is `recovered_of_finished`, or `recovery_rate`. It is arithmetic at old prices, and must be told so.
        """
        return self._try(
            lambda: self._study_numbers.cost_per_recovery(self._ask.year(year), of), "cost_per_recovery", kind="other"
        )

    def untreated(self, months: int) -> str:
        """`{{ untreated(3) }}` prints `23%`: the share found recovered after 3, 6 or 12 months without treatment.

        It is context. To subtract it from a recovery rate measures nothing.
        """
        return self._try(lambda: self._study_numbers.untreated(months), "untreated", kind="quoted")

    def cited(self, text: str, source: str) -> str:
        """`{{ cited("five times", source="A journal, 2020") }}` prints the words with a small letter that leads to their source.

        The words and their source must stand in `data/quotations.yml`. The source is told once, in a list at the end of
        the page, however often it is quoted.
        """
        return self._try(
            lambda: cited_html(text, source, self._report.archive.quotations, self.workings.quoted),
            "cited",
            kind="quoted",
        )

    def chart(self, name: str) -> str:
        """`{{ chart("journey") }}` puts the page's chart of that name, with its table and downloads."""
        return self._try(lambda: self._named(name, self._charts, "chart", self._draw), "chart")

    def table(self, name: str) -> str:
        """`{{ table("from-referral") }}` puts the page's table of that name."""
        return self._try(lambda: self._named(name, self._tables, "table", self._print), "table")

    def _print(self, table: Table) -> str:
        self.placed_tables.add(table.id)
        return f"\n{table_html(table, self._address, self.workings)}\n"

    def _draw(self, chart: Chart) -> str:
        self.placed_charts.add(chart.id)
        anchor = chart.id if chart.year == self._year else chart.name
        return f"\n{figure_html(chart, self._address, self.workings, anchor=anchor)}\n"

    def _figure(self, metric: str, year: str | None, places: int | None, area: str | None, group: str) -> str:
        asked, of = self._area_in(year, area)
        part = self._ask.group(group, asked, of)
        self._note(years=(asked,), area=of, group=part)
        return self._figures.figure(metric, asked, places, of, part)

    def _change(self, metric: str, year: str | None, since: str | None, kind: str, area: str | None, group: str) -> str:
        asked, of = self._area_in(year, area)
        earlier = self._ask.year(since) if since else asked.previous
        part = self._ask.group(group, asked, of)
        self._ask.group(group, earlier, of)
        self._note(years=(asked, earlier), area=of, group=part)
        return self._figures.change(metric, asked, earlier, kind, of, part)

    def _claim(
        self,
        text: str,
        metric: str,
        year: str | None,
        area: str | None,
        group: str,
        since: str | None,
        kind: str,
        base: str,
    ) -> str:
        asked, of = self._area_in(year, area)
        part = self._ask.group(group, asked, of)
        if not since:
            self._note(years=(asked,), area=of, group=part)
            return self._figures.claim(text, metric, asked, of, part, base)
        earlier = self._ask.year(since)
        self._ask.group(group, earlier, of)
        self._note(years=(asked, earlier), area=of, group=part)
        return self._figures.claim_change(text, metric, asked, earlier, kind, of, part)

    def _rule(self, name: str) -> str:
        if name not in RULES:
            raise UsageError(
                f'There is no rule "{name}". {suggest(name, RULES, f"The rules are {join_words(list(RULES))}.")}'
            )
        return RULES[name]

    def _gap(self, metric: str, upper: str, lower: str, year: str | None) -> str:
        return self._figures.gap(metric, *self._groups_in(upper, lower, year))

    def _gap_record(self, metric: str, upper: str, lower: str, year: str | None) -> str:
        return self._figures.gap_record(metric, *self._groups_in(upper, lower, year))

    def _groups_in(self, upper: str, lower: str, year: str | None) -> tuple[FinancialYear, Breakdown, Breakdown]:
        asked = self._ask.year(year)
        above, below = (self._ask.group(group, asked, ENGLAND) for group in (upper, lower))
        self._note(years=(asked,), group=above)
        return asked, above, below

    def _group_name(self, group: str, year: str | None) -> str:
        part = self._ask.group(group, self._ask.year(year), ENGLAND)
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
        asked = self._ask.year(year)
        self._note(years=(asked,))
        return self._figures.record(metric, asked)

    @property
    def _figures(self) -> FigureNumbers:
        return FigureNumbers(self._report, self.workings)

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
        subject = Subject(metric, asked, of, self._ask.group(group, asked, of))
        earlier = self._ask.year(since) if since else None
        self._note(years=(asked,) if earlier is None else (asked, earlier), group=subject.group)
        if earlier is not None and earlier < asked:
            self._ask.group(group, earlier, of)
        return self._words.say(phrase, subject, earlier, self._other(against, subject) if against else None)

    def _other(self, against: str, subject: Subject) -> Subject:
        """What a figure is compared with: the same of another group or area, or another metric of the same."""
        if against in METRICS_BY_NAME:
            return replace(subject, metric=against)
        if "/" in against:
            return replace(subject, group=self._ask.group(against, subject.year, subject.organisation))
        if against.lower() == ENGLAND.name.lower():
            return replace(subject, organisation=ENGLAND)
        return replace(subject, organisation=self._ask.organisation(against, subject.year))

    def _named(self, name: str, known: Mapping[str, _T], kind: str, put: Callable[[_T], str]) -> str:
        if name not in known:
            otherwise = f"This page has {join_words(sorted(known))}." if known else f"This page has no {kind}."
            raise UsageError(f'There is no {kind} "{name}" on this page. {suggest(name, known, otherwise)}')
        return put(known[name])

    def _place(self, area: str, words: str, year: str | None) -> str:
        asked = self._report.latest if year is None and self._year is None else self._ask.year(year)
        found = find_organisation(self._report, area, asked, self._comparisons)
        page = self._comparisons.areas.of(found.key)
        if page is None:
            raise UsageError(f"{found.name} has no page of its own.")
        return f'<a href="{relative_link(page.address, self._address)}">{escape(words or page.short)}</a>'

    @property
    def _study_numbers(self) -> StudyNumbers:
        return StudyNumbers(self._report, self.workings)

    @property
    def _area_numbers(self) -> AreaNumbers:
        return AreaNumbers(self._comparisons, self.workings)

    def _area_in(self, year: str | None, area: str | None) -> tuple[FinancialYear, Organisation]:
        asked = self._ask.year(year)
        of = self._ask.organisation(area, asked)
        self._note(years=(asked,), area=of)
        return asked, of

    def _areas_in(self, year: str | None, high: str, low: str) -> tuple[FinancialYear, Organisation, Organisation]:
        asked = self._ask.year(year)
        self._note(years=(asked,), area=self._ask.organisation(high, asked))
        return asked, self._ask.organisation(high, asked), self._ask.organisation(low, asked)

    def _spread(self, part: str, year: str | None, kind: str, metric: str) -> str:
        asked = self._ask.year(year)
        self._note(years=(asked,))
        return self._area_numbers.spread(metric, asked, self._ask.kind(kind, asked), part)

    def _spread_change(self, year: str | None, since: str | None, kind: str) -> str:
        asked = self._ask.year(year)
        earlier = self._ask.year(since) if since else asked.previous
        if earlier >= asked:
            raise UsageError(f"{earlier} is not before {asked}.")
        return self._area_numbers.spread_change(asked, earlier, self._ask.kind(kind, asked))

    def _afterwards(self, year: str | None, kind: str) -> str:
        asked = self._ask.year(year)
        return self._area_numbers.afterwards(asked, self._ask.kind(kind, asked))

    def _note(self, **about: Any) -> None:
        """Say what the text that is being made speaks of: the fields of a `Live`."""
        self._about |= about

    def _try(self, make: Callable[[], str], helper: str, metric: str = "", kind: str = "other") -> str:
        """What `make` prints, marked as live; nothing, and a problem on the editor's line, when it cannot be had."""
        self._about = {"helper": helper, "metric": metric, "kind": kind}
        try:
            made = make()
            in_line = not made.startswith("\n")  # a chart or a table stands by itself
            self.lives.append(Live(text=plain_text(made) if in_line else "", **self._about))
            return mark_live(made, len(self.lives) - 1)
        except UsageError as error:
            line = _template_line(inspect.currentframe(), self._file)
            self.problems.append(Problem(self._file, line, "", error.message, "correct the expression on this line"))
            return ""


HELPERS = (
    "figure",
    "change",
    "claim",
    "rule",
    "example",
    "gap",
    "gap_record",
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
    "promise",
    "cost",
    "implied",
    "cost_per_recovery",
    "untreated",
    "cited",
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
