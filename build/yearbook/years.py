"""Financial years: the only unit of time the annual publication has.

A year runs from 1 April to 31 March and is written `2019-20`. The report on it appears four to eight
months after it ends, so the year of a report's publication is never the year of its data.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import total_ordering

_WRITTEN = re.compile(r"^\s*(?P<start>\d{4})\s*[-–—/]\s*(?P<end>\d{2}|\d{4})\s*$")


@total_ordering
@dataclass(frozen=True, slots=True)
class FinancialYear:
    """The year from 1 April of `start` to 31 March of the next calendar year."""

    start: int

    def __post_init__(self) -> None:
        if not 1948 <= self.start <= 2999:
            raise ValueError(f"{self.start} is not the first calendar year of a financial year")

    @classmethod
    def parse(cls, text: str) -> "FinancialYear":
        """The year written as `2019-20`; also `2019/20`, `2019 – 20` and `2019-2020`.

        Raises ValueError when the text is no year or its two halves do not follow each other.
        """
        found = _WRITTEN.match(text)
        if found is None:
            raise ValueError(f'"{text}" is not a financial year; write it as 2019-20')
        start, end = int(found["start"]), found["end"]
        if int(end) != (start + 1) % (100 if len(end) == 2 else 10_000):
            raise ValueError(f'"{text}" is not a financial year; did you mean {cls(start)}?')
        return cls(start)

    @property
    def previous(self) -> "FinancialYear":
        """The year before."""
        return FinancialYear(self.start - 1)

    @property
    def next(self) -> "FinancialYear":
        """The year after."""
        return FinancialYear(self.start + 1)

    def __str__(self) -> str:
        return f"{self.start}-{(self.start + 1) % 100:02d}"

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, FinancialYear):
            return NotImplemented
        return self.start < other.start


def runs_of_years(years: Iterable[FinancialYear]) -> str:
    """`2012-13 to 2014-15 and 2016-17`: consecutive years as one run."""
    runs: list[list[FinancialYear]] = []
    for year in years:
        if runs and runs[-1][-1].next == year:
            runs[-1].append(year)
        else:
            runs.append([year])
    told = [str(run[0]) if len(run) == 1 else f"{run[0]} to {run[-1]}" for run in runs]
    return " and ".join([", ".join(told[:-1]), told[-1]]) if len(told) > 1 else "".join(told)
