"""Trends in words: `rose steadily`, `has steadily declined`, `fell every year`: every yearly step has the sign."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from yearbook.wording.directions import DIRECTIONS, way_of, ways_of
from yearbook.wording.facts import Facts

_STEADILY = (
    "steadily",
    "every year",
    "each year",
    "in every year",
    "year after year",
    "year by year",
    "steady",
    "consistently",
    "continuously",
)


@dataclass(frozen=True, slots=True)
class Trend:
    """A movement of which every step is said to have the sign: `way` 1 for up, -1 for down; `good` as in a movement."""

    way: int
    good: int = 0
    dated: str = ""
    family = "trend"

    def judge(self, facts: Facts) -> tuple[bool, str]:
        """Whether every yearly step from `since` to the year has the sign."""
        way = way_of(self.way, self.good, facts.better)
        if way is None:
            return False, "no direction of it is agreed to be better"
        since = facts.since
        if self.dated and self.dated != str(since):
            return False, f'the first year is {since or "not named"}; name it, as in since="{self.dated}"'
        if since is None:
            return False, 'say from which year on, as in since="2013-14"'
        run = [point for point in facts.up_to_now if point[0] >= since]
        if not run or run[0][0] != since:
            first = run[0][0] if run else facts.year
            return False, f"the years that compare go back no further than {first}"
        if len(run) < 3:
            return False, "a trend is of two steps at least"
        for (earlier, before), (later, after) in pairwise(run):
            if (after - before) * way <= 0:
                moved = "stood still" if after == before else "fell" if after < before else "rose"
                return (
                    False,
                    f"every step must have the sign, and it {moved} from {facts.said(before)} in {earlier} to {facts.said(after)} in {later}",
                )
        return True, f"every step from {since} to {facts.year} has the sign"


def read_trend(words: str) -> Trend | None:
    """The trend that plain words say, None where they say none."""
    tail = re.search(r" since (?P<year>\d{4}-\d{2})$", words)
    core = words[: tail.start()] if tail else words
    for said in _STEADILY:
        rest = re.fullmatch(rf"(?:a )?{said} (?P<way>.+)|(?P<before>.+) {said}", core)
        way = (rest["way"] or rest["before"]) if rest else ""
        if way in DIRECTIONS:
            return Trend(*ways_of(way), tail["year"] if tail else "")
    return None


def trends_that_hold(facts: Facts) -> tuple[str, ...]:
    """The trend from `since` that holds, if one does."""
    return tuple(
        words for words in ("rose steadily", "fell steadily") if (one := read_trend(words)) and one.judge(facts)[0]
    )


def trend_samples() -> Iterator[str]:
    """A large sample of the trends that can be said."""
    for verb in ("rose", "fell", "risen", "fallen", "declined", "increased", "dropped", "grown"):
        yield from (
            f"{verb} steadily",
            f"steadily {verb}",
            f"has steadily {verb}",
            f"{verb} every year",
            f"{verb} year after year",
        )
    yield from ("a steady rise", "a steady fall", "a steady decline", "rose steadily since 2015-16")
