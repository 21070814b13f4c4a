"""Rows for `data/`: the wider areas of each organisation, its councils, its town and its neighbours."""

from collections.abc import Iterator, Mapping

from yearbook.importing.grounds import Grounds
from yearbook.importing.lookups import ICBS_2022, PROVIDERS, STPS_2021
from yearbook.importing.outlines import Cover
from yearbook.successions import Key
from yearbook.years import FinancialYear

_TOLD = "crosswalks"

TOUCHING = 500.0
"""Metres that two areas must touch along to be neighbours. Less, at a corner, is as good as nothing."""


def compute_memberships(grounds: Grounds) -> Iterator[tuple[str, str, str, str, str]]:
    """Type and code of each organisation and of each wider area it lay in, with the source."""
    years = grounds.years
    for ccg in grounds.areas("ccg"):
        present = [year for year in years if grounds.exists(("ccg", ccg), year)]
        last = FinancialYear.parse(grounds.organisations["ccg", ccg].last_year)
        icb = grounds.icb_of(ccg)
        stp = grounds.icb_by_stp_gss.get(grounds.lookups.stp_gss.get(grounds.ccg_in(ccg), ""), "")
        regions = {grounds.region_of(ccg, year) for year in present}
        if not any(grounds.exists(("region", region), years[-1]) for region in regions):
            regions.add(grounds.region_of(ccg, max(last, *years)))
        told = {grounds.stp_of(ccg, year) for year in present}
        found = [("region", region, _TOLD) for region in regions]
        found += [("stp", one, _TOLD if one in grounds.told.ccg_stps.get(ccg, ()) else STPS_2021.id) for one in told]
        found += [("stp", stp, STPS_2021.id)] if stp not in told else []
        found += [("icb", icb, ICBS_2022.id)]
        yield from _known(grounds, ("ccg", ccg), found)
    members: dict[str, set[str]] = {}
    for year in years:
        for ccg in grounds.areas("ccg", year):
            members.setdefault(grounds.stp_of(ccg, year), set()).add(grounds.region_of(ccg, year))
    for stp in grounds.areas("stp"):
        yield from _known(grounds, ("stp", stp), [("region", region, _TOLD) for region in members.get(stp, ())])
    for icb in grounds.areas("icb"):
        yield from _known(grounds, ("icb", icb), [("region", grounds.region_of_icb(icb, years[-1]), _TOLD)])
    for org_type, code in sorted(grounds.organisations):
        if org_type == "provider":
            _, icb, region = grounds.lookups.providers.get(code, ("", "", ""))
            source = PROVIDERS.id
            if not grounds.exists(("icb", icb)):
                icb, source = grounds.told.provider_icbs.get(code, ""), _TOLD
                region = grounds.region_of_icb(icb, years[-1])
            yield from _known(grounds, ("provider", code), [("icb", icb, source), ("region", region, source)])


def _known(grounds: Grounds, key: Key, parents: list[tuple[str, str, str]]) -> Iterator[tuple[str, str, str, str, str]]:
    for org_type, code, source in parents:
        if grounds.exists((org_type, code)):
            yield *key, org_type, code, source


def compute_councils(grounds: Grounds) -> Iterator[tuple[str, str, str, str, str]]:
    """Type and code of each area, code and name of each council on its ground, and the successor asked, if any."""
    ccgs = {ccg: grounds.ccg_in(ccg) for ccg in grounds.areas("ccg")}
    for ccg, asked in ccgs.items():
        for code, name in grounds.lookups.councils.get(asked, ()):
            yield "ccg", ccg, code, name, "" if asked == ccg else asked
    left = {(move.code, move.council) for move in grounds.told.moves}
    for icb in grounds.areas("icb"):
        parts = {asked for asked in ccgs.values() if grounds.lookups.icb.get(asked) == icb}
        found = {(part, council) for part in parts for council in grounds.lookups.councils.get(part, ())}
        for code, name in {council for part, council in found if (part, council[0]) not in left}:
            yield "icb", icb, code, name, ""


def compute_towns(grounds: Grounds) -> Iterator[tuple[str, str, str, str]]:
    """Each provider that has figures, and the town of its address."""
    for org_type, code in sorted(grounds.organisations):
        town, _, _ = grounds.lookups.providers.get(code, ("", "", ""))
        if org_type == "provider" and town:
            yield org_type, code, town, PROVIDERS.id


def joined_into(grounds: Grounds, codes: tuple[str, ...], org_type: str, year: FinancialYear) -> Mapping[str, str]:
    """The area of a type that each outline's CCG lay in, in `year`. CCGs that lay in none are left out."""
    found = {}
    for code in codes:
        ccg = grounds.ccg_in(code, None if org_type == "icb" else year)
        area = {"ccg": ccg, "stp": grounds.stp_of(ccg, year), "icb": grounds.lookups.icb.get(ccg, "")}[org_type]
        if grounds.exists((org_type, area), year):
            found[code] = area
    return found


def compute_neighbours(grounds: Grounds, older: Cover, newer: Cover) -> Iterator[tuple[str, str, str]]:
    """Each area and each other of its type that adjoined it in some year with figures of both.

    `newer` has the CCGs of 2021, `older` those of 2015; where both can tell, the newer counts.
    """
    for org_type in ("stp", "icb", "ccg"):
        pairs: set[tuple[str, str]] = set()
        for year in grounds.years:
            areas = set(grounds.areas(org_type, year))
            if not areas:
                continue
            recent = newer.joined(joined_into(grounds, newer.codes, org_type, year))
            of_recent = recent.adjoining(TOUCHING)
            if set(recent.codes) == areas:
                pairs |= of_recent
                continue
            former = older.joined(joined_into(grounds, older.codes, org_type, year))
            told = set(newer.codes) if org_type == "ccg" else set[str]()
            pairs |= {pair for pair in former.adjoining(TOUCHING) if not set(pair) <= told}
            pairs |= {pair for pair in of_recent if set(pair) <= told & areas}
        for one, other in pairs:
            yield org_type, one, other
            yield org_type, other, one
