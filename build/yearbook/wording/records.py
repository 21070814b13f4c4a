"""Records in words, with the window they are true of: `the lowest for five years`, `the highest since 2015-16`, `the highest ever`.

A record is a strict extreme, unrounded, of consecutive comparable years with a value of like basis, up to the year itself. `For five years` counts
the year itself. `Since 2015-16` says that 2015-16 was as high. `Since the comparable series began` and `ever` are said only
where no earlier comparable year has a value outside the run, over three years or more. What is said of all the years that
we hold, `the lowest of the eleven years`, is judged on later years too, so that it fails when a later year beats it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from yearbook.formatting import join_words, number_word
from yearbook.report import COMPARABLE_SINCE
from yearbook.wording.directions import way_of
from yearbook.wording.facts import Facts, Series
from yearbook.wording.numbers import count_in_words, read_count
from yearbook.years import FinancialYear

SHORTEST = 3
"""An extreme over fewer years than this is no record."""

_HIGH = "highest|largest|greatest|biggest|most|longest"
_LOW = "lowest|smallest|fewest|least|shortest"
_EXTREME = re.compile(
    rf"(?:the |its |their |a )?(?:(?P<place>second|third) )?(?P<extreme>{_HIGH}|{_LOW}|best|worst)(?P<ever> ever)?"
    r"(?: (?:rate|level|figure|number|value|share|point|proportion))?(?P<tail>.*)"
)
_EVER = re.compile(
    r"(?:more|higher|greater|larger) than ever(?: before)?|(?P<low>less|lower|fewer|smaller) than ever(?: before)?|(?:a|an|its|the) (?:record|all time) (?:high|(?P<least>low))(?P<tail>.*)"
)
_PLACES = {"": 1, "second": 2, "third": 3}
_BEGAN = r"(?P<series>the comparable series|the series|the figures|figures|the records|records) (?:began|begins|begin)(?: in (?P<begun>\d{4}-\d{2}))?"
_FOR = re.compile(r"(?:for|in|of the last|in the last|of the past|in the past|over the last) (?P<count>[\w ]+?) years?")


@dataclass(frozen=True, slots=True)
class Record:
    """A record as an editor says it.

    `way` is 1 for the highest and -1 for the lowest; `good` says that it is the best (1) or the worst (-1). `place` is 2 for the second
    highest. `window` is `years` (the last `count`, this one included), `since` (a year), `begun` (since the series began, in `since` if said),
    `ever`, `all` (of all the years held, `count` of them if said) or, where none is said, nothing.
    """

    way: int
    good: int = 0
    place: int = 1
    window: str = ""
    count: int = 0
    since: FinancialYear | None = None
    began: str = ""
    family = "record"

    def judge(self, facts: Facts) -> tuple[bool, str]:
        """Whether it holds of the facts' series."""
        way = way_of(self.way, self.good, facts.better)
        if way is None:
            return False, "no direction of it is agreed to be better"
        if facts.year is None or not facts.up_to_now or facts.up_to_now[-1][0] != facts.year:
            return False, "it has no value in the comparable series, which begins in 2013-14"
        run = facts.series if self.window == "all" else facts.up_to_now
        match self.window:
            case "years":
                return self._for_years(run, way, facts)
            case "since":
                return self._since(run, way, facts)
            case "begun" | "ever":
                return self._ever(run, way, facts)
            case "all":
                return self._of_all(run, way, facts)
        return False, "it does not say of which years; say its window"

    def _for_years(self, run: Series, way: int, facts: Facts) -> tuple[bool, str]:
        if self.count > len(run):
            return False, f"only {number_word(len(run))} consecutive years compare, from {run[0][0]} on"
        if self.count < SHORTEST:
            return False, f"an extreme of fewer than {number_word(SHORTEST)} years is no record"
        return _extreme(run[-self.count :], way, facts, self.place)

    def _since(self, run: Series, way: int, facts: Facts) -> tuple[bool, str]:
        later = [point for point in run if self.since is not None and point[0] > self.since]
        at = next((value for year, value in run if year == self.since), None)
        if at is None:
            return False, f"the years that compare go back no further than {run[0][0]}"
        holds, why = _extreme(tuple(later), way, facts, self.place)
        if not holds or len(later) < 2:
            return False, why if not holds else "that is the year before: it is a change, and no record"
        if (at - run[-1][1]) * way < 0:
            return (
                False,
                f"{self.since} was not as {'high' if way > 0 else 'low'}, at {facts.said(at)}, so its window reaches further back",
            )
        return True, f"{self.since} had {facts.said(at)}, and {why}"

    def _ever(self, run: Series, way: int, facts: Facts) -> tuple[bool, str]:
        first = run[0][0]
        if not facts.whole:
            return False, f"the comparable years have gaps, so its window can reach back to {first} and no further"
        if len(run) < SHORTEST:
            return False, f"an extreme of fewer than {number_word(SHORTEST)} years is no record"
        if self.since is not None and self.since != first:
            return False, f"the years that compare begin in {first}"
        if self.began == "the comparable series" and first != COMPARABLE_SINCE:
            return False, f"the comparable series began in {COMPARABLE_SINCE}, but these figures begin in {first}"
        return _extreme(run, way, facts, self.place)

    def _of_all(self, run: Series, way: int, facts: Facts) -> tuple[bool, str]:
        if not facts.all_held:
            return False, "the comparable years have gaps, so it cannot be said of all of them"
        if self.count and self.count != len(run):
            return False, f"{number_word(len(run))} comparable years are held, from {run[0][0]} to {run[-1][0]}"
        if len(run) < SHORTEST:
            return False, f"an extreme of fewer than {number_word(SHORTEST)} years is no record"
        return _extreme(run, way, facts, self.place)


def _extreme(run: Series, way: int, facts: Facts, place: int) -> tuple[bool, str]:
    """Whether the year has the strict place among the run's values, and which years are in the way."""
    own = next(value for year, value in run if year == facts.year) if facts.year in dict(run) else Fraction(0)
    others = [(year, value) for year, value in run if year != facts.year]
    beyond = [(year, value) for year, value in others if (value - own) * way > 0]
    level = [year for year, value in others if value == own]
    span = f"{run[0][0]} to {run[-1][0]}" if run else "no years"
    if len(beyond) == place - 1 and not level:
        return (
            True,
            f"it is the {'' if place == 1 else 'second ' if place == 2 else 'third '}{'highest' if way > 0 else 'lowest'} of {span}",
        )
    if len(beyond) < place and level:
        return False, f"{join_words([str(year) for year in level])} had the same"
    if len(beyond) < place - 1:
        return False, f"it is more than the {'second' if place == 2 else 'third'} of {span}"
    year, value = max(beyond, key=lambda point: point[0])
    return False, f"it was {'higher' if way > 0 else 'lower'} in {year}, at {facts.said(value)}"


def read_record(words: str) -> Record | None:
    """The record that plain words say, None where they say none."""
    ever = _EVER.fullmatch(words)
    if ever:
        way = -1 if ever["low"] or ever["least"] else 1
        return _windowed(way, 0, 1, (ever["tail"] or "").strip() or "ever") or None
    found = _EXTREME.fullmatch(words)
    if found is None or words in ("most", "the most", "least", "the least"):
        return None  # said alone, most is more than half
    extreme = found["extreme"]
    good = {"best": 1, "worst": -1}.get(extreme, 0)
    way = 1 if extreme in _HIGH.split("|") else -1 if extreme in _LOW.split("|") else 0
    tail = found["tail"].strip()
    if found["ever"]:
        tail = f"ever {tail}".strip()
    return _windowed(way, good, _PLACES[found["place"] or ""], tail)


def _windowed(way: int, good: int, place: int, tail: str) -> Record | None:
    record = (way, good, place)
    if not tail:
        return Record(*record)
    if tail in (
        "ever",
        "ever seen",
        "ever recorded",
        "on record",
        "yet",
        "so far",
        "in the series",
        "in the comparable series",
        "of the series",
        "of the comparable series",
    ):
        return Record(*record, "ever")
    if tail in (
        "of all years",
        "of all the years",
        "of all comparable years",
        "of any year",
        "in any year",
        "of any comparable year",
        "of them all",
    ):
        return Record(*record, "all")
    since = re.fullmatch(r"since (?P<year>\d{4}-\d{2})", tail)
    if since:
        return _dated(record, "since", since["year"])
    begun = re.fullmatch(rf"since {_BEGAN}", tail)
    if begun:
        return _dated(record, "begun", begun["begun"], begun["series"])
    of_all = re.fullmatch(r"of the (?P<count>[\w ]+?)(?: comparable)? years", tail)
    last = _FOR.fullmatch(tail)
    for match, window in ((last, "years"), (of_all, "all")):
        count = read_count(match["count"]) if match else None
        if count is not None:
            return Record(*record, window, count)
    return None


def _dated(record: tuple[int, int, int], window: str, year: str | None, began: str = "") -> Record | None:
    try:
        since = FinancialYear.parse(year) if year else None
    except ValueError:
        return None
    return Record(*record, window, since=since, began=began)


def records_that_hold(facts: Facts) -> tuple[str, ...]:
    """The records that hold, with the longest window that they are true of first."""
    run = facts.up_to_now
    if facts.year is None or not run:
        return ()
    offered = []
    for word, way in (("highest", 1), ("lowest", -1)):
        window = next(
            (back for back, (_, value) in enumerate(reversed(run)) if back and (value - run[-1][1]) * way >= 0),
            len(run),
        )
        began = "the comparable series" if run[0][0] == COMPARABLE_SINCE else "figures"
        offered += [
            f"the {word} since {began} {'began' if began != 'figures' else 'begin'} in {run[0][0]}",
            f"the {word} of all years",
            f"the {word} ever",
        ]
        if window < len(run):
            offered.append(f"the {word} since {run[-1 - window][0]}")
        offered.append(f"the {word} for {count_in_words(window)} years")
        offered += [f"the {place} {word} ever" for place in ("second", "third")]
    return tuple(words for words in offered if (record := read_record(words)) and record.judge(facts)[0])


def record_samples() -> Iterator[str]:
    """A large sample of the records that can be said."""
    for word in (
        "highest",
        "lowest",
        "largest",
        "smallest",
        "most",
        "fewest",
        "best",
        "worst",
        "highest level",
        "lowest rate",
    ):
        for tail in ("for three years", "for five years", "for 5 years", "in six years", "since 2015-16", "since the comparable series began", "since the comparable series began in 2013-14", "since figures begin in 2015-16",
                     "since records began", "ever", "on record", "of all years", "of the eleven years", "of any year", "yet"):  # fmt: skip
            yield from (f"the {word} {tail}", f"its {word} {tail}")
    yield from (
        "its highest ever level",
        "the highest ever",
        "a record high",
        "a record low",
        "an all-time high",
        "higher than ever",
        "lower than ever before",
        "more than ever",
        "fewer than ever",
        "the second highest ever",
        "the third lowest on record",
    )
