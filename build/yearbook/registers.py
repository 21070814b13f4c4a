"""Dated facts that are not figures: the standards in force, targets, promises, breaks in series, events.

Each lies in a YAML register in `data/`, with its source. A year is judged by the rule in force in that
year and by no other.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from yearbook.entries import ANSWER, NAMES, NUMBER, SHORT, TEXT, YEAR, Entry, Kind, read_entries
from yearbook.errors import Problem
from yearbook.years import FinancialYear


@dataclass(frozen=True, slots=True)
class Standard:
    """A level a metric is held to, at least `level` per cent, from `first` to `last` (None: still)."""

    metric: str
    level: Fraction
    first: FinancialYear
    last: FinancialYear | None
    title: str
    source: str

    def in_force(self, year: FinancialYear) -> bool:
        """Whether the standard applied in `year`."""
        return self.first <= year and (self.last is None or year <= self.last)


@dataclass(frozen=True, slots=True)
class Target:
    """A level that was promised for one year and for no other.

    `counts` says what the target is of, which need not be what the metric counts; `caveat` says how the two differ,
    and stands wherever the target does.
    """

    metric: str
    year: FinancialYear
    level: Fraction
    counts: str
    title: str
    caveat: str
    source: str


@dataclass(frozen=True, slots=True)
class Promise:
    """Something promised that is neither a standard nor a target. It judges no year.

    `said` is the size of it in the words it was made or told in, `level` the same as a number in `unit` (`percent`,
    or what is counted), None where no number was given. `made` says when, as far as the source does; `year` is the
    year it was made for, None where it was for all. `metric` may be put beside it, with `caveat`; empty where nothing
    is counted that could be. `secondary` says that `source` tells of the promise and is not the promise.
    """

    name: str
    title: str
    said: str
    made: str
    caveat: str
    source: str
    level: Fraction | None = None
    unit: str = ""
    year: FinancialYear | None = None
    metric: str = ""
    secondary: bool = False


@dataclass(frozen=True, slots=True)
class SeriesBreak:
    """A change that divides a series: the years before `year` do not compare with it and later ones.

    `kind` is `definition` (a gap is drawn: do not compare across), `data set` (a line is drawn: compare
    with care) or `area` (the areas themselves change). `metrics` and `breakdowns` are what it touches;
    neither given means every metric.
    """

    year: FinancialYear
    kind: str
    title: str
    why: str
    source: str
    metrics: tuple[str, ...] = ()
    breakdowns: tuple[str, ...] = ()

    def touches(self, metric: str, breakdown: str = "total") -> bool:
        """Whether a series of `metric` in `breakdown` is divided by it."""
        if self.breakdowns:
            return breakdown in self.breakdowns
        return not self.metrics or metric in self.metrics


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to the service or its records, with the year it falls in.

    `mark` is what charts write under that year on the time axis; without it they do not mark the event.
    """

    year: FinancialYear
    title: str
    text: str
    source: str
    mark: str = ""


def read_standards(path: Path) -> tuple[Standard, ...]:
    """The standards of `data/standards.yml`."""

    def standard(entry: Entry) -> Standard:
        values = dict(entry.values)
        return Standard(first=values.pop("from"), last=values.pop("to", None), **values)

    needed = {"metric": TEXT, "level": NUMBER, "from": YEAR, "title": TEXT, "source": TEXT}
    return read_entries(path, standard, needed, {"to": YEAR})


def read_targets(path: Path) -> tuple[Target, ...]:
    """The targets of `data/targets.yml`, earliest first."""
    needed = {
        "metric": TEXT, "year": YEAR, "level": NUMBER, "counts": TEXT, "title": TEXT, "caveat": TEXT, "source": TEXT,
    }  # fmt: skip
    found = read_entries(path, lambda entry: Target(**entry.values), needed)
    return tuple(sorted(found, key=lambda each: each.year))


def read_promises(path: Path) -> tuple[Promise, ...]:
    """The promises of `data/promises.yml`, in the order they stand in."""
    needed = dict.fromkeys(("name", "title", "said", "made", "caveat", "source"), TEXT)
    optional = {"level": _LEVEL, "unit": TEXT, "year": YEAR, "metric": TEXT, "secondary": ANSWER}
    return read_entries(path, lambda entry: Promise(**entry.values), needed, optional, _check_level)


def _to_level(value: object) -> Fraction:
    """A number, or a fraction of whole numbers: two-thirds is no decimal."""
    try:
        if isinstance(value, (int, float, str)) and not isinstance(value, bool) and SHORT.fullmatch(str(value)):
            return Fraction(str(value))
    except (ValueError, ZeroDivisionError):
        pass
    raise ValueError(f'"{value}" is neither a number nor a fraction')


_LEVEL = Kind(_to_level, "write a number, as 50, or a fraction, as 200/3")


def _check_level(entry: Entry) -> Iterable[Problem]:
    """A level means nothing without its unit, nor a unit without a level."""
    for name, other in (("level", "unit"), ("unit", "level")):
        if name in entry.lines and other not in entry.lines:
            what = f"The entry has a {name} and no {other}."
            yield entry.problem(name, what, "give both, the unit as percent or as what is counted, or leave both out")


def read_breaks(path: Path) -> tuple[SeriesBreak, ...]:
    """The breaks of `data/breaks.yml`, earliest first."""
    needed = {"year": YEAR, "kind": TEXT, "title": TEXT, "why": TEXT, "source": TEXT}
    optional = {"metrics": NAMES, "breakdowns": NAMES}
    found = read_entries(path, lambda entry: SeriesBreak(**entry.values), needed, optional)
    return tuple(sorted(found, key=lambda each: each.year))


def read_events(path: Path) -> tuple[Event, ...]:
    """The events of `data/events.yml`, earliest first."""
    needed = {"year": YEAR, "title": TEXT, "text": TEXT, "source": TEXT}
    found = read_entries(path, lambda entry: Event(**entry.values), needed, {"mark": TEXT})
    return tuple(sorted(found, key=lambda each: each.year))
