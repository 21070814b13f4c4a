"""The areas and providers that have a page: each under every code, type and name that its ground has had.

An STP that was recoded and then became an ICB is one area here. What merged or was split is another area, and so is
a CCG on the ground of an STP that stood beside it; `lineage` says which became which. Commissioning hubs and
`UNKNOWN` are no areas: they stand in totals and in lists of what is left out.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, count

from yearbook.archive import Archive
from yearbook.formatting import ascii_letters
from yearbook.organisations import ENGLAND, Organisation
from yearbook.years import FinancialYear

FOLDER = "areas"
Key = tuple[str, str]

TYPE_WORDS: Mapping[str, tuple[str, str]] = {
    "region": ("region", "regions"),
    "stp": ("STP", "STPs"),
    "icb": ("ICB", "ICBs"),
    "ccg": ("CCG", "CCGs"),
    "sub_icb": ("Sub-ICB location", "Sub-ICB locations"),
    "provider": ("provider", "providers"),
}
"""What one and what several organisations of a type are called within a sentence."""

COMPARED = ("icb", "stp", "ccg", "sub_icb", "region", "provider")
"""The types whose organisations are compared with each other, in the order a reader looks for them."""

_AROUND = re.compile(
    r"^(?:NHS )|(?: (?:CCG|STP|ICB|Integrated Care Board|Clinical Commissioning Group|commissioning region))$"
)


def short_name(organisation: Organisation) -> str:
    """The name without what every organisation of its type has: `Brighton and Hove`. A provider's is whole."""
    if organisation.org_type == "provider":
        return organisation.name
    return _AROUND.sub("", organisation.name).strip() or organisation.name


def is_pseudo(organisation: Organisation) -> bool:
    """Whether it is a commissioning hub or `UNKNOWN`: in totals, never ranked, without a page."""
    return organisation.kind not in ("area", "provider")


@dataclass(frozen=True, eq=False)
class Area:
    """One area or provider. `organisations` are the codes it has had, each with its type, earliest first.

    `slug` is the last part of its address, and is no other area's.
    """

    organisations: tuple[Organisation, ...]
    in_years: Mapping[FinancialYear, Organisation]
    slug: str

    @property
    def current(self) -> Organisation:
        """What it was last."""
        return self.organisations[-1]

    @property
    def name(self) -> str:
        """Its last name in full: `NHS Brighton and Hove CCG`."""
        return self.current.name

    @property
    def short(self) -> str:
        """Its last name as one says it: `Brighton and Hove`."""
        return short_name(self.current)

    @property
    def type_word(self) -> str:
        """`CCG`, `provider`: what it was last, within a sentence."""
        return TYPE_WORDS[self.current.org_type][0]

    @property
    def address(self) -> str:
        """Its page: `areas/09d-brighton-and-hove/`."""
        return f"{FOLDER}/{self.slug}/"

    @property
    def years(self) -> tuple[FinancialYear, ...]:
        """The years in which a release has it, earliest first."""
        return tuple(self.in_years)

    @property
    def codes(self) -> tuple[str, ...]:
        """Its codes, the last first, each once."""
        return tuple(dict.fromkeys(found.code for found in reversed(self.organisations)))

    @property
    def former_names(self) -> tuple[str, ...]:
        """Every other name it has had, as published or as written here, the last first."""
        names: dict[str, None] = {}
        for found in reversed(self.organisations):
            names |= dict.fromkeys((found.name, *found.published_names))
        return tuple(name for name in names if name.casefold() != self.name.casefold())

    def in_year(self, year: FinancialYear) -> Organisation | None:
        """What it was in a year, None when no release of that year has it."""
        return self.in_years.get(year)


class Areas:
    """Every area and provider of an archive that has figures."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self._of_type: dict[tuple[str, FinancialYear], tuple[Organisation, ...]] = {}

    @cached_property
    def all(self) -> tuple[Area, ...]:
        """All of them, by type in the order readers look for them, and by name."""
        made: dict[tuple[Key, ...], tuple[tuple[Organisation, ...], Mapping[FinancialYear, Organisation]]] = {}
        known_as = self.archive.organisations
        for organisation in self.archive.organisations.values():
            if organisation.org_type == ENGLAND.org_type or is_pseudo(organisation):
                continue
            ground = tuple(
                key
                for key in self.archive.lineage.ground(organisation.key)
                if key in known_as and _family(key) == _family(organisation.key)
            )
            if ground in made:
                continue
            known = [known_as[key] for key in ground]
            in_years = {
                year: found
                for year, release in sorted(self.archive.releases.items())
                for found in known
                if release.breakdowns(found.key)
            }
            if in_years:
                made[ground] = tuple(known), in_years
        found = sorted(made.values(), key=lambda one: _order(one[0][-1]))
        slugs = _slugs([organisations[-1] for organisations, _ in found], self._taken())
        return tuple(Area(*one, slug) for one, slug in zip(found, slugs, strict=True))

    def _taken(self) -> set[str]:
        """What lies beside the areas' pages in their folder: England's files, and a page for each comparison."""
        kinds = [org_type.replace("_", "-") for org_type in COMPARED]
        return {"england", *(f"{kind}-{year}" for kind in kinds for year in self.archive.years)}

    @cached_property
    def _by_key(self) -> Mapping[Key, Area]:
        return {organisation.key: area for area in self.all for organisation in area.organisations}

    @cached_property
    def shared_names(self) -> frozenset[str]:
        """The names that more than one of them has: two health centres, an STP and a region."""
        names = Counter(area.name for area in self.all)
        return frozenset(name for name, times in names.items() if times > 1)

    def title(self, area: Area) -> str:
        """The area's name, with its code where another has the same name."""
        return f"{area.name} ({area.current.code})" if area.name in self.shared_names else area.name

    def of(self, key: Key) -> Area | None:
        """The area of an organisation, None for England, a pseudo-area or one without figures."""
        return self._by_key.get(key)

    @cached_property
    def _children(self) -> Mapping[Key, tuple[Area, ...]]:
        found: dict[Key, dict[Area, None]] = {}
        for area in self.all:
            for parent in self.archive.geography.parents(area.current.key):
                found.setdefault(parent, {})[area] = None
        return {parent: tuple(areas) for parent, areas in found.items()}

    def within(self, area: Area) -> tuple[Area, ...]:
        """The areas and providers that lie in an area, under whatever code it had."""
        found = {one: None for key in (each.key for each in area.organisations) for one in self._children.get(key, ())}
        return tuple(sorted(found, key=lambda one: _order(one.current)))

    def of_type(self, org_type: str, year: FinancialYear) -> tuple[Organisation, ...]:
        """Every organisation of a type that the release of a year has, pseudo-areas included, by name."""
        if (org_type, year) not in self._of_type:
            self._of_type[org_type, year] = self._find(org_type, year)
        return self._of_type[org_type, year]

    def _find(self, org_type: str, year: FinancialYear) -> tuple[Organisation, ...]:
        release = self.archive.releases.get(year)
        if release is None:
            return ()
        found = [
            organisation
            for organisation in self.archive.organisations.values()
            if organisation.org_type == org_type and release.breakdowns(organisation.key)
        ]
        return tuple(sorted(found, key=lambda organisation: (short_name(organisation).casefold(), organisation.code)))

    def types_in(self, year: FinancialYear) -> tuple[str, ...]:
        """The types whose organisations the release of a year has."""
        return tuple(org_type for org_type in COMPARED if self.of_type(org_type, year))


_FAMILIES = (("stp", "icb"), ("ccg", "sub_icb"))
"""Types that followed each other on the same ground. A CCG may stand on an STP's ground beside it, in the same year."""


def _family(key: Key) -> tuple[str, ...]:
    """The types that an area of the key's type may also have had."""
    return next((family for family in _FAMILIES if key[0] in family), key[:1])


def _order(organisation: Organisation) -> tuple[int, str, str]:
    """By type in the order readers look for them, then by name."""
    return COMPARED.index(organisation.org_type), short_name(organisation).casefold(), organisation.code


def _slugs(organisations: Sequence[Organisation], taken: set[str]) -> list[str]:
    """An address for each, of its code and name, none of them in `taken` and no two alike.

    An STP whose ground was redrawn when it became an ICB has that ICB's code and name; it is told by its type.
    """
    found: list[str] = []
    for organisation in organisations:
        words = f"{organisation.code} {short_name(organisation)}".replace("’", "").replace("'", "")
        plain = re.sub(r"[^a-z0-9]+", "-", ascii_letters(words).lower()).strip("-")
        typed = f"{plain}-{organisation.org_type.replace('_', '-')}".strip("-")
        numbered = (f"{typed}-{number}" for number in count(2))
        found.append(next(slug for slug in chain([plain, typed], numbered) if slug and slug not in taken))
        taken.add(found[-1])
    return found
