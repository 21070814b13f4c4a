"""The files of a year: every metric of England with all that is known of it, and the index of the years.

`reports/<year>/figures.json` lies beside the year's report, `reports/years.json` lists the years. All addresses in
them are from the top of the site. Metrics that are a group's share of the whole are left out: of the whole they say
nothing.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from yearbook.formulas import Operand, Working, total
from yearbook.groups import group_key
from yearbook.metrics import METRICS, Metric, full_title
from yearbook.outputs.attribution import file_head
from yearbook.outputs.cells import unrounded
from yearbook.outputs.downloads import table_path
from yearbook.outputs.standings import standings, standings_address, standings_table_name
from yearbook.peers import Comparisons
from yearbook.registers import Target
from yearbook.releases import TOTAL
from yearbook.report import Change, Report
from yearbook.tables import trend_metrics
from yearbook.values import Figure
from yearbook.wording import change_words
from yearbook.years import FinancialYear

FOLDER = "reports"
OF_THE_WHOLE = tuple(metric for metric in METRICS if not metric.of_groups)
"""The metrics that the file of a year holds, in order."""

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def year_files(comparisons: Comparisons) -> Iterator[tuple[str, bytes]]:
    """The file of every year and the one that lists them, by path."""
    report = comparisons.report
    for year in report.years:
        yield f"{FOLDER}/{year}/figures.json", year_json(report, year)
    yield f"{FOLDER}/years.json", years_json(comparisons)


def year_json(report: Report, year: FinancialYear) -> bytes:
    """Every metric of a year, a line each."""
    head = {"name": "England", "year": str(year), "page": f"{FOLDER}/{year}/", **file_head(report.archive, "year")}
    drawn = {metric.name for metric in trend_metrics(report)}
    lines = [
        f'"{metric.name}":{_ENCODER.encode(metric_facts(report, metric, year, metric.name in drawn))}'
        for metric in OF_THE_WHOLE
    ]
    body = ",\n".join(lines)
    return f'{_ENCODER.encode(head)[:-1]},\n"metrics":{{\n{body}\n}}}}\n'.encode()


def metric_facts(report: Report, metric: Metric, year: FinancialYear, drawn: bool) -> dict[str, Any]:
    """All that is known of England's metric in a year. `drawn` says that it has a page of its own among the trends."""
    working = report.working(metric.name, year)
    figure, standard = working.figure, report.standard(metric.name, year)
    slug = metric.slug
    return {
        "title": full_title(metric),
        "text": working.text(),
        "value": _number(figure),
        "status": figure.status.name.lower(),
        "unit": metric.unit,
        "base": metric.base or None,
        "cohort": metric.cohort,
        "better": metric.better or None,
        "basis": working.basis if figure.known else None,
        "numerator": _side(working.over) if figure.known else None,
        "denominator": _side(working.under) if figure.known else None,
        "rounding": _rounding(working),
        "change": _change(report, metric, year),
        "standard": {
            "level": str(unrounded(standard.level)),
            "title": standard.title,
            "met": report.meets_standard(metric.name, year),
            "source": standard.source,
        }
        if standard
        else None,
        "targets": [
            _target(held) for held in report.archive.targets if (held.metric, held.year) == (metric.name, year)
        ],
        "sources": list(working.sources) if figure.known else [],
        "working": f"trends/{slug}/#w-{slug}-{year}" if drawn else None,
        "method": f"methods/metrics/{slug}/",
    }


def _number(figure: Figure | None) -> str | None:
    """The number unrounded, as text so that no reader's tool cuts it; None where there is none."""
    return str(unrounded(figure.exact)) if figure is not None and figure.known else None


def _side(operands: Sequence[Operand]) -> dict[str, Any] | None:
    """What stands over or under the line: its sum, and the measures that it is made of."""
    if not operands:
        return None
    return {
        "value": _number(total(operands)),
        "measures": [
            {
                "measure": operand.term.measure,
                "sign": operand.term.sign,
                "group": group_key(operand.term.breakdown or TOTAL),
                "value": _number(operand.figure),
                "basis": operand.basis,
            }
            for operand in operands
        ],
    }


def _rounding(working: Working) -> dict[str, Any] | None:
    """How the printed number was rounded, and the publisher's decimals where the value is its rate; None for a mark."""
    if not working.figure.known:
        return None
    decimals = sum(character.isdigit() for character in working.text().partition(".")[2])
    return {"rule": "half up", "decimals": decimals, "published_decimals": working.places}


def _change(report: Report, metric: Metric, year: FinancialYear) -> dict[str, Any] | None:
    """The change on the year before; None where either year has no number, or a rate only a whole one.

    Where the definition changed in between the two do not compare: then `why_not` names the change, and stands alone.
    """
    before = year.previous
    change = report.change(metric.name, year)
    if before not in report.archive.releases or change.difference is None or _is_whole(metric, change):
        return None
    breaks = report.breaks(metric.name, (before, year))
    why_not = next((found.title for found in breaks if found.kind == "definition"), None)
    facts: dict[str, Any] = {"since": str(before)}
    if why_not is not None:
        return facts | dict.fromkeys(("text", "difference", "unit", "relative", "basis")) | {"why_not": why_not}
    return facts | {
        "text": change_words(metric.name, change),
        "difference": str(unrounded(change.difference)),
        "unit": "percentage points" if metric.is_rate else metric.unit,
        "relative": None if metric.is_rate or change.relative is None else str(unrounded(change.relative)),
        "basis": change.after.basis,
        "why_not": None,
    }


def _is_whole(metric: Metric, change: Change) -> bool:
    """Whether a rate was published as a whole number in either year, so that its change would be no more exact."""
    return metric.is_rate and 0 in (change.before.places, change.after.places)


def _target(held: Target) -> dict[str, str]:
    return {
        "level": str(unrounded(held.level)),
        "counts": held.counts,
        "title": held.title,
        "caveat": held.caveat,
        "source": held.source,
    }


def years_json(comparisons: Comparisons) -> bytes:
    """Every year, the earliest first: its page, its figures, its release, its breaks, and who was compared in it."""
    report = comparisons.report
    compared: dict[FinancialYear, dict[str, Any]] = {}
    for org_type, year in standings(comparisons):
        table = table_path(standings_table_name(org_type, year))
        compared.setdefault(year, {})[org_type] = {
            "page": standings_address(org_type, year),
            "csv": f"{table}.csv",
            "json": f"{table}.json",
        }
    lines = []
    for year in report.years:
        entry = report.archive.register.get(year)
        release = {
            "title": entry.title,
            "publisher": entry.publisher,
            "page": entry.page or None,
            "published": str(entry.published) if entry.published else None,
            "revision": entry.revision,
            "csv": f"data/releases/{year}.csv",
        } if entry else None  # fmt: skip
        breaks = [
            {"kind": found.kind, "title": found.title, "why": found.why}
            for found in report.archive.breaks
            if found.year == year
        ]
        facts = {
            "year": str(year),
            "page": f"{FOLDER}/{year}/",
            "figures": f"{FOLDER}/{year}/figures.json",
            "release": release,
            "breaks": breaks,
            "comparisons": compared.get(year, {}),
        }
        lines.append(_ENCODER.encode(facts))
    body = ",\n".join(lines)
    return f'{_ENCODER.encode(file_head(report.archive, "years"))[:-1]},\n"years":[\n{body}\n]}}\n'.encode()
