"""The files of an area, and those the finder and the comparison read.

Each area has `figures.json` and `figures.csv` beside its page: every year's counts and rates with their intervals,
ranks and flags. `areas/finder.json` lists every area under all its names; `areas/areas.json` leads from a type and a
code to the area; `areas/metrics.json` says what each metric is. England's figures lie at `areas/england/`.
"""

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from yearbook.areas import FOLDER, TYPE_WORDS, Area
from yearbook.comparison import Interval
from yearbook.formatting import join_words, sentence_case
from yearbook.metrics import METRICS_BY_NAME
from yearbook.organisations import ENGLAND, Organisation
from yearbook.outputs.attribution import LICENCE, file_head
from yearbook.outputs.cells import guarded, unrounded
from yearbook.peers import FLOW_RATIOS, RATES, Comparisons, Peer
from yearbook.values import Status
from yearbook.wording import after_of
from yearbook.years import FinancialYear

COUNTS = (
    "referrals_received",
    "entered_treatment",
    "ended_referrals",
    "finished_course_of_treatment",
    "eligible_for_recovery",
    "recovery",
    "reliable_recovery",
    "reliable_improvement",
    "reliable_deterioration",
)
SHOWN = (*COUNTS, *FLOW_RATIOS, *RATES)
"""What the files of an area hold, in order."""

CSV_COLUMNS = (
    "year", "type", "code", "name", "metric", "base", "value", "numerator", "denominator", "low_95", "high_95",
    "low_99_8", "high_99_8", "rank", "ranked", "against_england", "england", "doubts", "licence",
)  # fmt: skip

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


Facts = Mapping[FinancialYear, Mapping[str, Mapping[str, Any]]]
"""What is known of an organisation: by year, by metric."""


def england_facts(comparisons: Comparisons) -> Facts:
    """What is known of England, which stands beside every area."""
    return {year: dict(_metrics(comparisons, year, ENGLAND)) for year in comparisons.report.years}


def area_files(comparisons: Comparisons) -> Iterator[tuple[str, bytes]]:
    """The files of every area, of England, and those that list them, by path."""
    england = england_facts(comparisons)
    for area in comparisons.areas.all:
        yield from files_of_area(comparisons, area, england)
    yield from files_of_all(comparisons, england)


def files_of_area(comparisons: Comparisons, area: Area, england: Facts) -> Iterator[tuple[str, bytes]]:
    """The files of one area, by path."""
    facts = {year: dict(_metrics(comparisons, year, found)) for year, found in area.in_years.items()}
    yield f"{area.address}figures.json", _json(comparisons, _head(area), area.in_years, facts)
    yield f"{area.address}figures.csv", _area_csv(area.in_years, facts, england)


def files_of_all(comparisons: Comparisons, england: Facts) -> Iterator[tuple[str, bytes]]:
    """The files of England, and those that list the areas, by path."""
    years = dict.fromkeys(comparisons.report.years, ENGLAND)
    yield f"{FOLDER}/england/figures.json", _json(comparisons, _ENGLAND_HEAD, years, england)
    yield f"{FOLDER}/england/figures.csv", _area_csv(years, england, england)
    yield f"{FOLDER}/finder.json", finder_json(comparisons)
    yield f"{FOLDER}/areas.json", areas_index(comparisons)
    yield f"{FOLDER}/metrics.json", metrics_json()


def area_json(comparisons: Comparisons, area: Area | None) -> bytes:
    """The figures of one area as JSON, of England where it is None."""
    in_years = area.in_years if area else dict.fromkeys(comparisons.report.years, ENGLAND)
    facts = {year: dict(_metrics(comparisons, year, found)) for year, found in in_years.items()}
    return _json(comparisons, _head(area) if area else _ENGLAND_HEAD, in_years, facts)


def _metrics(
    comparisons: Comparisons, year: FinancialYear, organisation: Organisation
) -> Iterator[tuple[str, dict[str, Any]]]:
    """What is known of each metric of an organisation in a year; what no source has is left out."""
    report = comparisons.report
    for name in SHOWN:
        working = report.working(name, year, organisation)
        if working.figure.status is Status.NOT_COLLECTED:
            continue
        below = organisation.key != ENGLAND.key
        facts: dict[str, Any] = {"text": working.text(0 if below and METRICS_BY_NAME[name].is_rate else None)}
        status = working.figure.status
        if status is not Status.PUBLISHED:
            yield name, facts | {"status": status.name.lower(), "why": status.words}
            continue
        facts["value"] = str(unrounded(working.figure.exact))
        if METRICS_BY_NAME[name].unit == "count":
            facts["numerator"] = int(working.figure.exact)
        peers = comparisons.peers(name, year, organisation.org_type) if below and name in RATES else None
        peer = peers.of(organisation) if peers else None
        if peers is not None and peer is not None and peer.counts:
            facts |= _placed(peer, len(peers.ranked))
        elif not below and working.numerator and working.denominator:
            facts |= {"numerator": int(working.numerator.exact), "denominator": int(working.denominator.exact)}
        yield name, facts


def _placed(peer: Peer, ranked: int) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    if peer.counts is not None:
        facts |= {"numerator": peer.counts.numerator, "denominator": peer.counts.denominator}
    for interval, names in ((peer.interval, ("low", "high")), (peer.interval998, ("low998", "high998"))):
        if interval is not None:
            facts |= dict(zip(names, _percent(interval), strict=True))
    if peer.rank is not None:
        facts |= {"rank": peer.rank, "of": ranked}
    else:
        facts["not_ranked"] = peer.left_out
    if peer.verdict is not None:
        facts["verdict"] = peer.verdict.words
    if peer.flags:
        facts["flags"] = [flag.words for flag in peer.flags]
    return facts


def _percent(interval: Interval) -> tuple[float, float]:
    return round(interval.low * 100, 1), round(interval.high * 100, 1)


_ENGLAND_HEAD = {"name": "England", "short": "England", "type": "England", "address": "", "codes": [ENGLAND.code]}


def _head(area: Area) -> dict[str, Any]:
    return {
        "name": area.name,
        "short": area.short,
        "type": sentence_case(area.type_word),
        "address": area.address,
        "codes": list(area.codes),
    }


def _json(
    comparisons: Comparisons,
    head: Mapping[str, Any],
    in_years: Mapping[FinancialYear, Organisation],
    facts: Mapping[FinancialYear, Mapping[str, Any]],
) -> bytes:
    """An area's figures, a line for each year."""
    top = dict(head) | {"metrics": f"{FOLDER}/metrics.json"} | file_head(comparisons.report.archive, "area")
    lines = []
    for year, organisation in in_years.items():
        own = {"type": organisation.org_type, "code": organisation.code, "name": organisation.name}
        lines.append(f'"{year}":{_ENCODER.encode(own | {"metrics": facts[year]})}')
    body = ",\n".join(lines)
    return f'{_ENCODER.encode(top)[:-1]},\n"years":{{\n{body}\n}}}}\n'.encode()


def _area_csv(
    in_years: Mapping[FinancialYear, Organisation],
    facts: Facts,
    england: Facts,
) -> bytes:
    """An area's figures as CSV: a row for each year and metric, with England's value of the same beside it."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(CSV_COLUMNS)
    for year, organisation in in_years.items():
        for name, known in facts[year].items():
            metric = METRICS_BY_NAME[name]
            values = [
                str(year), organisation.org_type, organisation.code, organisation.name, metric.title, metric.base,
                str(known["text"]).replace(",", ""), known.get("numerator", ""), known.get("denominator", ""),
                known.get("low", ""), known.get("high", ""), known.get("low998", ""), known.get("high998", ""),
                known.get("rank", ""), known.get("of", ""), known.get("verdict", ""),
                str(england[year].get(name, {}).get("text", "")).replace(",", ""),
                " ".join(known.get("flags", ())), LICENCE,
            ]  # fmt: skip
            writer.writerow([guarded(value) if isinstance(value, str) else value for value in values])
    return text.getvalue().encode()


def finder_json(comparisons: Comparisons) -> bytes:
    """Every area under all its names, codes and councils, a line each."""
    lines = [_ENCODER.encode(finder_entry(comparisons, area)) for area in comparisons.areas.all]
    return _lines(lines)


def finder_entry(comparisons: Comparisons, area: Area) -> dict[str, Any]:
    """What the finder knows of an area: its name, where its page is, and all that leads to it."""
    geography, known = comparisons.report.archive.geography, comparisons.report.archive.organisations
    after = {known[one.new].name for one in after_of(comparisons.areas, area) if one.kind != "transferred"}
    became = join_words(sorted(after))
    first, last = area.years[0], area.years[-1]
    return {
        "name": area.name,
        "address": area.address,
        "type": sentence_case(TYPE_WORDS[area.current.org_type][0]),
        "codes": list(area.codes),
        "former": list(area.former_names),
        "councils": list(geography.councils(area.current.key)),
        "years": str(first) if first == last else f"{first} to {last}",
        "now": f"now {became}" if became else "",
    }


def areas_index(comparisons: Comparisons) -> bytes:
    """The way from a type and a code to an area and its figures, a line for each code; England's is there too."""
    report = comparisons.report
    years = [str(year) for year in report.years]
    england = {"name": "England", "page": "", "figures": f"{FOLDER}/england/figures.json", "years": years}
    found: dict[str, dict[str, Any]] = {ENGLAND.org_type: {ENGLAND.code: england}}
    for area in comparisons.areas.all:
        for year, organisation in area.in_years.items():
            where = {"page": area.address, "figures": f"{area.address}figures.json"}
            own = found.setdefault(organisation.org_type, {}).setdefault(
                organisation.code, {"name": organisation.name, **where, "years": []}
            )
            own["years"].append(str(year))
    parts = []
    for org_type, codes in found.items():
        lines = (f"{_ENCODER.encode(code)}:{_ENCODER.encode(codes[code])}" for code in sorted(codes))
        parts.append(f'"{org_type}":{{\n' + ",\n".join(lines) + "\n}")
    top = _ENCODER.encode(file_head(report.archive, "areas"))[:-1]
    body = ",\n".join(parts)
    return f'{top},\n"areas":{{\n{body}\n}}}}\n'.encode()


def metrics_json() -> bytes:
    """What each metric of the areas' files is, a line each."""
    lines = []
    for name in SHOWN:
        metric = METRICS_BY_NAME[name]
        lines.append(
            _ENCODER.encode(
                {"name": name, "title": metric.title, "base": metric.base, "unit": metric.unit, "better": metric.better}
            )
        )
    return _lines(lines)


def _lines(entries: Sequence[str]) -> bytes:
    return ("[\n" + ",\n".join(entries) + "\n]\n").encode()
