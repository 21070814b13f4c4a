"""First times in words: `for the first time`, `above the standard for the first time`, `more than half for the first time`.

No earlier comparable year was so, whatever rule was in force in it. The standard is judged on the printed decimal.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from yearbook.formatting import round_half_up
from yearbook.wording.facts import Facts
from yearbook.wording.shares import Share, read_share
from yearbook.years import FinancialYear


@dataclass(frozen=True, slots=True)
class First:
    """A first time as an editor says it: of reaching the level (`way` 1), of missing it (-1), or of a share holding.

    `since` is the year in which it was so before, where the words name one.
    """

    way: int = 1
    share: Share | None = None
    since: FinancialYear | None = None
    family = "first time"

    def judge(self, facts: Facts) -> tuple[bool, str]:
        """Whether it is so in the year and was so in no earlier comparable year, whatever rule was then in force."""
        run = facts.up_to_now
        if facts.year is None or not run or run[-1][0] != facts.year:
            return False, "it has no value in the comparable series, which begins in 2013-14"
        if self.share is None and facts.level is None:
            return False, "no standard and no target was in force"
        if not self._so(run[-1][1], facts):
            return False, f"it is not so in {facts.year}, at {facts.said(run[-1][1])}"
        if self.share is None and self.way > 0 and facts.level_caveat:
            return False, f"reaching {facts.level_words} would prove nothing: {facts.level_caveat}"
        before = [(year, value) for year, value in run[:-1] if self._so(value, facts)]
        if self.since is not None:
            if before and before[-1][0] == self.since and self.since != facts.year.previous:
                return True, f"it was last so in {self.since}"
            return (
                False,
                f"it was last so in {before[-1][0]}" if before else "it was not so in an earlier year that compares",
            )
        if before:
            return False, f"it was so in {before[-1][0]}, at {facts.said(before[-1][1])}"
        if not facts.whole:
            return False, f"the comparable years have gaps before {run[0][0]}"
        if len(run) == 1:
            return False, "there is no earlier year to compare"
        return True, f"it was not so in any year from {run[0][0]} to {run[-2][0]}"

    def _so(self, value: Fraction, facts: Facts) -> bool:
        if self.share is not None:
            return value in self.share.span
        from_level = facts.level
        assert from_level is not None  # noqa: S101  asked for before
        printed = _printed(value, facts)
        return printed >= from_level if self.way > 0 else printed < from_level


def _printed(value: Fraction, facts: Facts) -> Fraction:
    return Fraction(round_half_up(value, 1)) if facts.is_rate else value


_FIRST = re.compile(
    r"(?P<before>.*?)\s*(?:for )?(?:the|its) first time(?: since (?P<year>\d{4}-\d{2}))?\s*(?P<after>.*)"
)
_REACHED = re.compile(
    r"(?:|at or above|above|over|met|meets|meeting|reached|reaching|exceeded|exceeding|passed|passing|beyond)(?: ?(?:the|its|their) (?:standard|target))?"
)
_NOT_REACHED = re.compile(
    r"(?:below|under|missed|missing|short of|fell short of)(?: ?(?:the|its|their) (?:standard|target))?"
)


def read_first(words: str) -> First | None:
    """The first time that plain words say, None where they say none."""
    found = _FIRST.fullmatch(words)
    if found is None or (found["before"] and found["after"]):
        return None
    core = found["before"] or found["after"]
    since = FinancialYear.parse(found["year"]) if found["year"] else None
    if _REACHED.fullmatch(core):
        return First(since=since)
    if _NOT_REACHED.fullmatch(core):
        return First(-1, since=since)
    share = read_share(core)
    return First(share=share, since=since) if share else None


def firsts_that_hold(facts: Facts) -> tuple[str, ...]:
    """The first times that hold of the standard."""
    offered = ["above the standard for the first time", "below the standard for the first time"]
    before = [year for year, _ in facts.up_to_now[:-2]]
    offered += [
        f"{side} the standard for the first time since {year}"
        for side in ("above", "below")
        for year in reversed(before)
    ]
    return tuple(words for words in offered if (first := read_first(words)) and first.judge(facts)[0])


def first_samples() -> Iterator[str]:
    """A large sample of the first times that can be said."""
    for core in (
        "above the standard",
        "exceeding the target",
        "met",
        "below the standard",
        "missed the standard",
        "more than half",
        "more than one in two",
        "fewer than one in five",
    ):
        yield from (
            f"{core} for the first time",
            f"for the first time {core}",
            f"{core} for the first time since 2018-19",
        )
    yield from ("for the first time", "the first time above the standard")
