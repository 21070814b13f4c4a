"""`data/lineage.csv`: successions, worked out from lookups, crosswalks and the years that have figures.

A GSS code stands for a boundary. Two codes of the publication that share one hold the same ground; a code whose
GSS code has changed was redrawn.
"""

from collections.abc import Iterable, Iterator

from yearbook.errors import Problem
from yearbook.importing.grounds import Grounds
from yearbook.importing.lookups import ICBS_2022, ICBS_2024, STPS_2021, SUCCESSORS
from yearbook.successions import Key, Succession
from yearbook.years import FinancialYear

_TOLD = "crosswalks"
"""The source of what is told by hand in data/crosswalks/."""


def compute_successions(grounds: Grounds) -> tuple[Succession, ...]:
    """Every succession between areas, in order."""
    found = [
        *_ccgs(grounds), *_stps(grounds), *_icbs(grounds), *_sub_icbs(grounds), *_boards(grounds), *_regions(grounds)
    ]  # fmt: skip
    return tuple(sorted(set(found), key=lambda each: (each.old, each.new, each.year)))


def _first_year(grounds: Grounds, key: Key) -> FinancialYear:
    return FinancialYear.parse(grounds.organisations[key].first_year)


def _ccgs(grounds: Grounds) -> Iterator[Succession]:
    """CCGs that merged."""
    pairs = [
        (old, new, year)
        for old, news in grounds.lookups.ccg_successors.items()
        for new, year in news
        if grounds.exists(("ccg", old)) and grounds.exists(("ccg", new))
    ]
    for old, new, year in pairs:
        alone = sum(other == new for _, other, _ in pairs) == 1
        yield Succession(("ccg", old), ("ccg", new), year, "recoded" if alone else "merged", SUCCESSORS.id)


def _stps(grounds: Grounds) -> Iterator[Succession]:
    """STPs of GSS codes to those of ODS codes in 2020-21, what moved between them then, and earlier mergers."""
    for old in grounds.areas("stp"):
        icb = grounds.icb_by_stp_gss.get(old, "") or grounds.told.stps.get(old, "")
        if not icb or old == icb or not grounds.exists(("stp", icb)):
            continue
        kind, source = ("recoded", STPS_2021.id) if old in grounds.icb_by_stp_gss else ("redrawn", _TOLD)
        year = _first_year(grounds, ("stp", icb))
        yield Succession(("stp", old), ("stp", icb), year, kind, source)
        for ccg in grounds.areas("ccg", year.previous):
            if grounds.stp_of(ccg, year.previous) == old:
                now = grounds.stp_of(grounds.ccg_in(ccg, year), year)
                if now != icb:
                    yield Succession(("stp", old), ("stp", now), year, "transferred", _TOLD)
    by_change: dict[tuple[str, FinancialYear], set[str]] = {}
    for ccg, stps in grounds.told.ccg_stps.items():
        for stp in stps:
            last = FinancialYear.parse(grounds.organisations["stp", stp].last_year)
            then = grounds.stp_of(grounds.ccg_in(ccg, last.next), last.next)
            if then.startswith("E"):
                by_change.setdefault((then, last.next), set()).add(stp)
    for (new, year), olds in by_change.items():
        for old in olds:
            yield Succession(("stp", old), ("stp", new), year, "merged" if len(olds) > 1 else "recoded", _TOLD)


def _icbs(grounds: Grounds) -> Iterator[Succession]:
    """STPs to the ICBs of the same code, and what moved between them then and since."""
    lookups = grounds.lookups
    for icb in grounds.areas("icb"):
        if grounds.exists(("stp", icb)):
            same = grounds.stp_gss.get(icb) == lookups.gss_2022.get(icb)
            year = _first_year(grounds, ("icb", icb))
            yield Succession(("stp", icb), ("icb", icb), year, "recoded" if same else "redrawn", ICBS_2022.id)
    for old, new, year, source in _moves(grounds):
        old_type = "stp" if grounds.exists(("stp", old), year.previous) else "icb"
        if old != new:
            yield Succession((old_type, old), ("icb", new), year, "transferred", source)


def _moves(grounds: Grounds) -> Iterator[tuple[str, str, FinancialYear, str]]:
    """The codes of the STP or ICB that ground left and of the ICB it came to, and when."""
    lookups = grounds.lookups
    for ccg, gss in sorted(lookups.stp_gss.items()):
        before, after = grounds.icb_by_stp_gss[gss], lookups.icb.get(ccg, "")
        if after and before != after:
            yield before, after, _first_year(grounds, ("icb", after)), ICBS_2022.id
    for move in grounds.told.moves:
        yield lookups.icb.get(move.code, ""), lookups.icb.get(move.to, ""), move.year, _TOLD


def _sub_icbs(grounds: Grounds) -> Iterator[Succession]:
    """CCGs to the Sub-ICB locations of the same code, and what moved between them then and since."""
    lookups = grounds.lookups
    moved = {(move.code, move.to): move for move in grounds.told.moves}
    for code in lookups.ccg_gss:
        icb = lookups.icb.get(code, "")
        if grounds.exists(("ccg", code)) and grounds.exists(("icb", icb)):
            same = lookups.ccg_gss[code] == lookups.gss_2022.get(code)
            year = _first_year(grounds, ("icb", icb))
            yield Succession(("ccg", code), ("sub_icb", code), year, "recoded" if same else "redrawn", ICBS_2022.id)
    for (old, new), move in moved.items():
        icb = lookups.icb.get(new, "")
        if grounds.exists(("icb", icb)):
            old_type = "ccg" if move.year == _first_year(grounds, ("icb", icb)) else "sub_icb"
            yield Succession((old_type, old), ("sub_icb", new), move.year, "transferred", _TOLD)


def _boards(grounds: Grounds) -> Iterator[Succession]:
    """CCGs to the ICBs that took over from them. An ICB of one Sub-ICB location, not redrawn, is the same ground."""
    lookups = grounds.lookups
    locations = list(lookups.icb.values())
    for code, icb in lookups.icb.items():
        if grounds.exists(("ccg", code)) and grounds.exists(("icb", icb)):
            same = locations.count(icb) == 1 and lookups.ccg_gss.get(code) == lookups.gss_2022.get(code)
            year = _first_year(grounds, ("icb", icb))
            yield Succession(("ccg", code), ("icb", icb), year, "recoded" if same else "succeeded", ICBS_2022.id)


def _regions(grounds: Grounds) -> Iterator[Succession]:
    """Regions that were split, and ground that passed between regions with an ICB's."""
    for year in grounds.years[1:]:
        news: dict[str, set[str]] = {}
        for icb in grounds.told.icb_regions:
            old, new = grounds.region_of_icb(icb, year.previous), grounds.region_of_icb(icb, year)
            news.setdefault(old, set()).add(new)
        for old, into in news.items():
            for new in into - {old}:
                if grounds.exists(("region", old)) and grounds.exists(("region", new)):
                    kind = "split" if len(into) > 1 else "recoded"
                    yield Succession(("region", old), ("region", new), year, kind, _TOLD)
    for old, new, year, source in _moves(grounds):
        left, reached = grounds.region_of_icb(old, year), grounds.region_of_icb(new, year)
        if left != reached and grounds.exists(("region", left), year) and grounds.exists(("region", reached), year):
            yield Succession(("region", left), ("region", reached), year, "transferred", source)


def check_successions(grounds: Grounds, successions: Iterable[Succession]) -> Iterator[Problem]:
    """Boundaries that changed without an explanation, explanations without a change, areas that end unexplained."""
    every = tuple(successions)
    followed = {each.old for each in every if each.kind != "transferred"}
    last = max((one.last_year for one in grounds.organisations.values()), default="")
    for org_type, code in sorted(grounds.organisations):
        one = grounds.organisations[org_type, code]
        if one.kind == "area" and one.last_year < last and one.key not in followed:
            what = f"{org_type} {code} has no figures after {one.last_year}, and nothing says what followed it."
            fix = f"add its successor to {SUCCESSORS.file}, or to data/crosswalks/stps.csv or icb_regions.csv"
            yield Problem(SUCCESSORS.file, 0, "old_code", what, fix)
    touched = {(key, each.year) for each in every if each.kind == "transferred" for key in (each.old, each.new)}
    redrawn = [each for each in every if each.kind == "redrawn" and each.new[0] in ("stp", "icb")]
    for each in redrawn:
        if not {(each.old, each.year), (each.new, each.year)} & touched:
            what = f"The boundary of {each.old[0]} {each.old[1]} changed in {each.year}, and nothing says what moved."
            yield Problem(each.source, 0, "", what, "add the move to data/crosswalks/ground_moves.csv or ccg_stps.csv")
    kept = {(key, each.year): each for each in every if each.kind == "recoded" for key in (each.old, each.new)}
    for each in every:
        for key in (each.old, each.new) if each.kind == "transferred" and each.new[0] in ("stp", "icb") else ():
            if (key, each.year) in kept and kept[key, each.year].old[0] == "stp":
                what = f"Ground is said to have passed from {each.old[1]} to {each.new[1]} in {each.year}, but the "
                what += f"boundary of {key[1]} did not change."
                yield Problem("data/crosswalks/ground_moves.csv", 0, "", what, "take the move out")
    for icb in grounds.areas("icb"):
        changed = grounds.lookups.gss_2022.get(icb) != grounds.lookups.gss_2024.get(icb)
        year = FinancialYear(2023)
        if changed and (("icb", icb), year) not in touched:
            what = f"The boundary of icb {icb} changed in {year}, and nothing says what moved."
            yield Problem(ICBS_2024.file, 0, "icb24_code", what, "add the move to data/crosswalks/ground_moves.csv")
