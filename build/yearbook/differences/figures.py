"""The figures of a site as its files for programs state them, those that changed, and why as far as can be known.

A figure is a metric of England, of one of its groups or of an area, in a year. It changed if its print, its unrounded
value or its status did.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from yearbook.differences.sites import Site

_YEAR_FILE = re.compile(r"reports/(\d{4}-\d{2})/figures\.json")
_AREA_FILE = re.compile(r"areas/[^/]+/figures\.json")
_ENGLAND_FILE = "areas/england/figures.json"
_GROUPS, _METRICS, _YEARS = "data/groups.json", "data/metric-catalogue.json", "reports/years.json"

_DEFINED_BY = ("formula", "base", "cohort", "unit")
_STANDING = ("low", "high", "low998", "high998", "rank", "of", "not_ranked", "verdict", "flags")


@dataclass(frozen=True, slots=True)
class Key:
    """Which figure it is: the year, whose (England has the type `england` and no code), the group, and the metric."""

    year: str
    org_type: str
    code: str
    group: str
    metric: str

    def order(self) -> tuple[object, ...]:
        """Where it is told: by year, England before its groups and both before areas."""
        return self.year, self.org_type != "england", self.org_type, self.code, self.group, self.metric


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure as a site states it. `source` is empty where the site does not tell it.

    `standing` is how an area compares with others: its intervals, rank, verdict and flags.
    """

    place: str
    title: str
    text: str
    value: str
    status: str
    source: str = ""
    standing: str = ""

    @property
    def number(self) -> tuple[str, str, str]:
        """All that makes it another figure when it changes."""
        return self.text, self.value, self.status


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a figure changed.

    `kind` is one of `revision`, `release`, `definition`, `source`, `input`, `code` and `unknown`.
    """

    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A figure that both sites state otherwise."""

    key: Key
    old: Stated
    new: Stated
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class FigureChanges:
    """The figures that changed, in order of year and place, and how many more are new or gone, by what is new or gone.

    `standings` is how many ranks, intervals or verdicts changed where the figure itself did not.
    """

    changed: tuple[FigureChange, ...]
    new: Mapping[str, int]
    gone: Mapping[str, int]
    standings: int

    @property
    def revised(self) -> int:
        """How many changed by a revision."""
        return sum(any(reason.kind == "revision" for reason in change.reasons) for change in self.changed)


def compare_figures(old: Site, new: Site) -> FigureChanges:
    """The figures that changed from one site to the other. A file that both hold alike is not read."""
    before, after = dict(_figures(old, new)), dict(_figures(new, old))
    reasons = _Reasons(old, new, before, after)
    both = sorted(before.keys() & after.keys(), key=Key.order)
    changed = tuple(
        FigureChange(key, before[key], after[key], reasons.of(key))
        for key in both
        if before[key].number != after[key].number
    )
    same = [key for key in both if before[key].number == after[key].number]
    standings = sum(before[key].standing != after[key].standing for key in same)
    return FigureChanges(
        changed, _sorts(after, before, old, "is new"), _sorts(before, after, new, "is gone"), standings
    )


def _sorts(these: Mapping[Key, Stated], others: Mapping[Key, Stated], site: Site, what: str) -> dict[str, int]:
    """How many figures the other site, `site`, does not state, by why not: it lacks the year, or the area."""
    years = {match[1] for path in site.files if (match := _YEAR_FILE.fullmatch(path))}
    areas = _area_codes(site)
    found: Counter[str] = Counter()
    for key in sorted(these.keys() - others.keys(), key=Key.order):
        if key.year not in years:
            found[f"of {key.year}, a year that {what}"] += 1
        elif key.code and (key.org_type, key.code) not in areas:
            found[f"of {these[key].place}, an area that {what}"] += 1
        else:
            found["of years and areas that both have"] += 1
    return dict(found)


def _area_codes(site: Site) -> set[tuple[str, str]]:
    """The types and codes of all areas that the site knows."""
    types = site.json("areas/areas.json").get("areas", {})
    return {(org_type, code) for org_type, codes in types.items() for code in codes}


def _figures(site: Site, other: Site) -> Iterator[tuple[Key, Stated]]:
    """Every figure that stands in a file which the other site lacks or holds otherwise."""
    titles = {str(row.get("name")): str(row.get("title")) for row in _rows(site, _METRICS)}
    for path in sorted(site.files):
        if other.files.get(path) == site.files[path]:
            continue
        if match := _YEAR_FILE.fullmatch(path):
            yield from _of_year(site.json(path), match[1])
        elif path != _ENGLAND_FILE and _AREA_FILE.fullmatch(path):
            yield from _of_area(site.json(path), titles)
        elif path == _GROUPS and path in other.files:
            yield from _of_groups(site, titles)


def _of_year(found: Mapping[str, Any], year: str) -> Iterator[tuple[Key, Stated]]:
    for metric, facts in found.get("metrics", {}).items():
        source = json.dumps([facts.get("basis"), facts.get("sources")])
        stated = Stated("England", str(facts.get("title", metric)), *_number(facts), source=source)
        yield Key(year, "england", "", "", metric), stated


def _of_area(found: Mapping[str, Any], titles: Mapping[str, str]) -> Iterator[tuple[Key, Stated]]:
    for year, own in found.get("years", {}).items():
        for metric, facts in own.get("metrics", {}).items():
            standing = json.dumps([facts.get(name) for name in _STANDING])
            yield (
                Key(year, own.get("type", ""), own.get("code", ""), "", metric),
                Stated(own.get("name", ""), titles.get(metric, metric), *_number(facts), standing=standing),
            )


def _of_groups(site: Site, titles: Mapping[str, str]) -> Iterator[tuple[Key, Stated]]:
    for row in _rows(site, _GROUPS):
        parts = [str(row.get(name) or "") for name in ("breakdown", "category", "subcategory")]
        metric = str(row.get("metric"))
        facts = {"text": row.get("printed"), "value": row.get("value"), "status": row.get("status")}
        place = f"England, {row.get('label')} ({row.get('grouping')})"
        stated = Stated(place, titles.get(metric, metric), *_number(facts))
        yield Key(str(row.get("year")), "england", "", "/".join(filter(None, parts)), metric), stated


def _number(facts: Mapping[str, Any]) -> tuple[str, str, str]:
    value = facts.get("value")
    return str(facts.get("text", "")), "" if value is None else str(value), str(facts.get("status", "published"))


def _rows(site: Site, path: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = site.json(path).get("data", [])
    return rows


class _Reasons:
    """Why figures changed, told from the files that both sites publish and what they say of their making."""

    def __init__(self, old: Site, new: Site, before: Mapping[Key, Stated], after: Mapping[Key, Stated]) -> None:
        self._before, self._after = before, after
        self._releases = dict(_release_reasons(old, new))
        self._redefined = _redefined(old, new)
        self._inputs = [
            Reason("input", f"{path} changed")
            for path, shown in (("data/corrections.yml", "data/corrections.csv"), ("data/supplement.csv",) * 2)
            if old.files.get(shown) != new.files.get(shown)
        ]
        self._code = list(_code_reasons(old, new))
        self._known = bool(old.record and new.record)

    def of(self, key: Key) -> tuple[Reason, ...]:
        """The reasons that are known, the surest first."""
        old, new = self._before[key], self._after[key]
        found = []
        if key.metric in self._redefined:
            found.append(Reason("definition", "its definition changed"))
        if key.year in self._releases:
            found.append(self._releases[key.year])
        if not found and old.source != new.source:
            found.append(Reason("source", "its source changed"))
        found = found or self._inputs or self._code
        unknown = "no reason is known" if self._known else "why cannot be told without build.json in both"
        return tuple(found) or (Reason("unknown", unknown),)


def _redefined(old: Site, new: Site) -> set[str]:
    """The metrics that both catalogues have and compute otherwise, or for another base."""
    known = [
        {row.get("name"): [row.get(part) for part in _DEFINED_BY] for row in _rows(site, _METRICS)}
        for site in (old, new)
    ]
    return {str(name) for name in known[0].keys() & known[1].keys() if known[0][name] != known[1][name]}


def _release_reasons(old: Site, new: Site) -> Iterator[tuple[str, Reason]]:
    """For each year whose release both sites have and hold otherwise: whether the register knows of a revision."""
    before = {entry.get("year"): entry.get("release") or {} for entry in old.json(_YEARS).get("years", ())}
    for entry in new.json(_YEARS).get("years", ()):
        year, release = str(entry.get("year")), entry.get("release") or {}
        path = f"data/releases/{year}.csv"
        if year not in before or old.files.get(path) == new.files.get(path):
            continue
        revision = release.get("revision")
        if revision != before[year].get("revision"):
            yield year, Reason("revision", f"the release was revised: this is revision {revision}")
        else:
            yield year, Reason("release", f"{path} changed, and the register tells of no revision")


def _code_reasons(old: Site, new: Site) -> Iterator[Reason]:
    if not (old.record and new.record):
        return
    if any(old.record.get(name) != new.record.get(name) for name in ("package", "yearbook")):
        yield Reason("code", "Yearbook itself changed")
    elif any(old.record.get(name) != new.record.get(name) for name in ("libraries", "python")):
        yield Reason("code", "Python or a library changed")
