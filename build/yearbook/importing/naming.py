"""Organisations as the site names them: published capitals to proper ones, kinds, first and last years.

The rule handles the ordinary name; `data/crosswalks/names.csv` holds the words and names that it cannot
know. A name that a maintainer has edited in `data/organisations.csv` stays.
"""

import csv
import io
import re
from collections.abc import Iterable, Mapping

from yearbook.importing.crosswalks import Crosswalks, fold
from yearbook.organisations import COLUMNS, ENGLAND, ORGANISATION_TYPES, Organisation
from yearbook.years import FinancialYear

_SMALL_WORDS = frozenset(
    ("a", "an", "and", "at", "by", "for", "from", "in", "into", "of", "on", "or", "the", "to", "upon", "with")
)
_CODE_LIKE = re.compile(r"(?=.*\d)[A-Z0-9]{3,6}")
_WORD = re.compile(r"[^\W_][\w'’.]*")
_STP_WORDS = frozenset(("stp", "ics", "partnership"))


def display_name(published: str, crosswalks: Crosswalks, org_type: str = "") -> str:
    """`published` in proper capitals and with its type as readers know it; a name with small letters keeps those.

    `NHS STOKE-ON-TRENT CCG` → `NHS Stoke-on-Trent CCG`, `ST JOHN'S HEALTH CENTRE` → `St John's Health Centre`,
    `NHS SUSSEX INTEGRATED CARE BOARD` → `NHS Sussex ICB`, `NORTH WEST COMMISSIONING REGION` → `North West`, and an STP
    of the name `DEVON` → `Devon STP`.
    """
    published = " ".join(published.split())
    override = crosswalks.names.get(fold(published))
    if override is not None:
        return override
    return _with_type(_proper_name(published, crosswalks), org_type)


def _with_type(name: str, org_type: str) -> str:
    if org_type == "icb":
        return re.sub(r" Integrated Care Board$", " ICB", name)
    if org_type == "region":
        return re.sub(r" Commissioning Region$", "", name, flags=re.IGNORECASE)
    if org_type == "stp" and fold(name) != "unknown" and _STP_WORDS.isdisjoint(re.findall(r"\w+", name.casefold())):
        return f"{name} STP"
    return name


def _proper_name(published: str, crosswalks: Crosswalks) -> str:
    if published != published.upper():
        return published
    pieces: list[str] = []
    end = 0
    opens = True
    for found in _WORD.finditer(published):
        between = published[end : found.start()]
        opens = opens or bool(re.search(r"[(:/]| - ", between))
        pieces += [between, _proper_word(found[0], crosswalks, opens)]
        end, opens = found.end(), False
    name = "".join([*pieces, published[end:]])
    return name.replace(" Commissioning Hub", " commissioning hub")


def _proper_word(word: str, crosswalks: Crosswalks, opens: bool) -> str:
    override = crosswalks.words.get(fold(word))
    if override is not None:
        return override
    if _CODE_LIKE.fullmatch(word):
        return word
    lower = word.lower()
    if lower in _SMALL_WORDS and not opens:
        return lower
    if len(word) > 4 and lower.startswith("mc"):
        return f"Mc{lower[2:].capitalize()}"
    if lower[1:2] in ("'", "’") and lower[0] in "do" and len(lower) > 3:
        return f"{lower[0].upper()}{lower[1]}{lower[2:].capitalize()}"
    return lower.capitalize()


def kind_of(org_type: str, code: str, published: str) -> str:
    """What a row stands for: an area, a provider, a commissioning hub or referrals whose area is not known."""
    if "unknown" in (fold(code), fold(published)):
        return "unknown"
    if "commissioning hub" in fold(published):
        return "commissioning hub"
    return "provider" if org_type == "provider" else "area"


def update_organisations(
    known: Mapping[tuple[str, str], Organisation],
    published: Mapping[FinancialYear, Mapping[tuple[str, str], Iterable[str]]],
    present: Mapping[tuple[str, str], tuple[FinancialYear, FinancialYear]],
    crosswalks: Crosswalks,
) -> list[Organisation]:
    """The organisations of all releases, in order, after the import of the years in `published`.

    `published` has the names of each organisation in each imported year, the displayed one first; `present` the
    first and last year of each organisation over all releases. The name displayed is the latest year's, unless
    a maintainer has edited it; an organisation no release has any more is left out.
    """
    organisations = dict(known)
    for year in sorted(published):
        for key, names in published[year].items():
            organisations[key] = _updated(organisations.get(key), key, tuple(names), year, crosswalks)
    order = list(ORGANISATION_TYPES)
    return [
        _with_years(organisations[key], *present[key])
        for key in sorted(set(organisations) & set(present), key=lambda key: (order.index(key[0]), key[1]))
    ]


def _updated(
    before: Organisation | None,
    key: tuple[str, str],
    names: tuple[str, ...],
    year: FinancialYear,
    crosswalks: Crosswalks,
) -> Organisation:
    spelt = ENGLAND.name if key == ENGLAND.key else display_name(names[0], crosswalks, key[0])
    if before is None:
        kind = kind_of(key[0], key[1], names[0])
        return Organisation(*key, kind, spelt, tuple(sorted(names)), str(year), str(year))
    by_rule = {ENGLAND.name, *(display_name(name, crosswalks, key[0]) for name in before.published_names)}
    newer = before.last_year <= str(year)  # years as written sort as they follow each other
    name = spelt if newer and before.name in by_rule else before.name
    all_names = tuple(sorted({*before.published_names, *names}))
    last = str(year) if newer else before.last_year
    return Organisation(*key, before.kind, name, all_names, before.first_year, last)


def _with_years(organisation: Organisation, first: FinancialYear, last: FinancialYear) -> Organisation:
    return Organisation(
        *organisation.key, organisation.kind, organisation.name, organisation.published_names, str(first), str(last)
    )


def organisations_csv(organisations: Iterable[Organisation]) -> bytes:
    """`data/organisations.csv`."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for one in organisations:
        published = "|".join(one.published_names)
        writer.writerow([one.org_type, one.code, one.kind, one.name, published, one.first_year, one.last_year])
    return text.getvalue().encode("utf-8")
