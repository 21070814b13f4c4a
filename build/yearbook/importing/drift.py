"""The drift report: how a release differs from the year before, from its crosswalk and from itself before.

Pure: it compares canonical rows and returns findings, or their text.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from textwrap import wrap

from yearbook.formatting import format_number, plural
from yearbook.importing.comparing import Earlier
from yearbook.importing.plausibility import implausible_totals, jumps, published_counts
from yearbook.importing.tidying import DERIVED, Canonical, Key
from yearbook.organisations import ENGLAND, ORGANISATION_TYPES
from yearbook.releases import NOT_APPLICABLE, SUPPRESSED, TOTAL
from yearbook.years import FinancialYear

CELLS_LISTED = 12
ROWS_LISTED = 20
NAMES_LISTED = 25
_WIDTH = 110


def report_release(
    now: Canonical,
    year_before: tuple[FinancialYear, Earlier] | None,
    same_year: Earlier | None,
    seen_before: Iterable[tuple[str, str]],
    names: Mapping[tuple[str, str], tuple[Sequence[str], str]],
) -> str:
    """The whole report on one year's release.

    `year_before` is the latest earlier year in the data, `same_year` an earlier import of this year,
    `seen_before` the organisations of any year before that one. `names` has, for each organisation, the
    published names known before this import and the name it is shown by.
    """
    fresh = Earlier(now.measures, now.rows)
    sections = [
        _rows(now),
        _columns(now, year_before),
        _categories(now, fresh, year_before),
        _organisations(now, fresh, year_before, names),
        _suppressed(now),
        _implausible(now, fresh, year_before, set(seen_before), names),
        _corrections(now),
        _revision(fresh, same_year, names),
    ]
    head = f"{now.year}: {now.file}"
    return "\n\n".join([head, *(section for section in sections if section)])


def _section(title: str, lines: Iterable[str]) -> str:
    wrapped = (
        wrap(line, _WIDTH, initial_indent="  ", subsequent_indent="      ", break_on_hyphens=False) for line in lines
    )
    return "\n".join([title, *(part for parts in wrapped for part in parts)])


def _shortened(lines: Sequence[str], most: int = ROWS_LISTED) -> list[str]:
    return [*lines[:most], *([f"… and {len(lines) - most:,} more"] if len(lines) > most else [])]


def _listed(names: Sequence[str], between: str) -> str:
    return between.join(_shortened(names, NAMES_LISTED))


def _rows(now: Canonical) -> str:
    kept = Counter(key[0] for key in now.rows)
    left_out = Counter[str]()
    for (org_type, _), count in now.left_out.items():
        left_out[org_type] += count
    lines = [
        f"{now.rows_read:,} read, {len(now.rows):,} kept, {now.left_out.total():,} left out, {now.dropped:,} dropped"
    ]
    for org_type, title in ORGANISATION_TYPES.items():
        if kept[org_type] or left_out[org_type]:
            without = [breakdown for (kind, breakdown) in now.left_out if kind == org_type]
            tail = f"; {left_out[org_type]:,} left out ({', '.join(without)})" if without else ""
            lines.append(f"{title}: {kept[org_type]:,} kept{tail}")
    if left_out[""]:
        lines.append(f"types that the crosswalk leaves out: {left_out['']:,} left out")
    return _section("Rows", lines)


def _columns(now: Canonical, year_before: tuple[FinancialYear, Earlier] | None) -> str:
    drift = now.drift
    lines = [f"{len(now.measures)} measures"]
    if not drift.known_year:
        known = f"data/crosswalks/columns.csv has no column {now.year}: matched by the headers of other years"
        lines.append(f"{known}; mend only what is named below")
    for header, likely in drift.new:
        maybe = f"; is it {likely}? then add it to the column also of data/crosswalks/columns.csv" if likely else ""
        lines.append(f"new, not used: {header}{maybe}")
    for name, header, expected in drift.renamed:
        was = f"expected {expected}" if expected else "not expected in this year"
        lines.append(f"renamed: {header} is taken for {name} ({was})")
    if drift.gone:
        gone = ", ".join(f"{header} ({name})" for name, header in drift.gone)
        lines.append(f"not in the file ({len(drift.gone)}): {gone}")
    if year_before:
        before, earlier = year_before
        for words, measures in (
            (f"new since {before}", [name for name in now.measures if name not in earlier.measures]),
            (f"gone since {before}", [name for name in earlier.measures if name not in now.measures]),
        ):
            if measures:
                lines.append(f"measures {words}: {', '.join(measures)}")
    if now.derived:
        lines.append(f"{DERIVED} is derived: ended, less ended before treatment, less finished")
    return _section("Columns", lines)


def _category_words(category: tuple[str, str, str]) -> str:
    breakdown, *rest = category
    return f"{breakdown}: {', '.join(text for text in rest if text) or '(no category)'}"


def _categories(now: Canonical, fresh: Earlier, year_before: tuple[FinancialYear, Earlier] | None) -> str:
    lines = []
    for breakdown, count in now.strange_breakdowns.items():
        words = f"breakdown not in the crosswalk, kept as published: {breakdown} ({count:,} rows)"
        lines.append(f"{words}; add it to data/crosswalks/breakdowns.csv")
    for category, count in now.strange_categories.items():
        words = f"not in the crosswalk, kept as published: {_category_words(category)} ({count:,} rows)"
        lines.append(f"{words}; add it to data/crosswalks/categories.csv")
    if year_before:
        before, earlier = year_before
        for words, here, there in (("new", fresh, earlier), ("gone", earlier, fresh)):
            by_breakdown: dict[str, list[str]] = {}
            for breakdown, *rest in (one for one in here.categories if one not in there.categories):
                by_breakdown.setdefault(breakdown, []).append(
                    ", ".join(text for text in rest if text) or "(no category)"
                )
            lines += [
                f"{words} since {before}: {breakdown}: {_listed(several, '; ')}"
                for breakdown, several in by_breakdown.items()
            ]
    return _section("Categories", lines or ["as before"])


def _organisations(
    now: Canonical,
    fresh: Earlier,
    year_before: tuple[FinancialYear, Earlier] | None,
    names: Mapping[tuple[str, str], tuple[Sequence[str], str]],
) -> str:
    counts = Counter(org_type for org_type, _ in fresh.organisations)
    held = ", ".join(
        f"{title} {counts[org_type]:,}" for org_type, title in ORGANISATION_TYPES.items() if counts[org_type]
    )
    lines = [held]
    if year_before:
        before, earlier = year_before
        for words, here, there in (("new", fresh, earlier), ("gone", earlier, fresh)):
            by_type: dict[str, list[str]] = {}
            for org_type, code in (key for key in here.organisations if key not in there.organisations):
                name = names[org_type, code][1] if (org_type, code) in names else ""
                by_type.setdefault(org_type, []).append(f"{code} {name}".strip())
            lines += [
                f"{words} since {before}: {len(several)} {ORGANISATION_TYPES[org_type]}: {_listed(several, '; ')}"
                for org_type, several in by_type.items()
            ]
    renamed = list(_renamed(now, names))
    if renamed:
        lines.append(f"{len(renamed)} renamed:")
    return _section("Organisations", [*lines, *renamed])


def _renamed(now: Canonical, names: Mapping[tuple[str, str], tuple[Sequence[str], str]]) -> Iterator[str]:
    """The organisations under a name that was not published before, with the names known and the new ones."""
    for key, published in now.names.items():
        known = names.get(key, ((), ""))[0]
        fresh_names = [name for name in published if name not in known]
        if known and fresh_names:
            yield f"renamed: {_type_and_code(key)}: {' | '.join(known)} → {' | '.join(fresh_names)}"


def _type_and_code(key: tuple[str, str]) -> str:
    return f"{ORGANISATION_TYPES[key[0]]} {key[1]}"


def _words(key: tuple[str, str], names: Mapping[tuple[str, str], tuple[Sequence[str], str]]) -> str:
    return f"{_type_and_code(key)} {names[key][1]}" if key in names else _type_and_code(key)


def _suppressed(now: Canonical) -> str:
    cells, hidden = Counter[str](), Counter[str]()
    for key, row in now.rows.items():
        cells[key[0]] += len(row) - row.count(NOT_APPLICABLE)
        hidden[key[0]] += row.count(SUPPRESSED)
    lines = [
        f"{title}: {_share(hidden[org_type], cells[org_type])} of {cells[org_type]:,} cells that apply"
        for org_type, title in ORGANISATION_TYPES.items()
        if cells[org_type]
    ]
    return _section("Suppressed", lines)


def _share(part: int, whole: int) -> str:
    return f"{format_number(Fraction(100 * part, whole), 1)}%"


def _implausible(
    now: Canonical,
    fresh: Earlier,
    year_before: tuple[FinancialYear, Earlier] | None,
    seen_before: set[tuple[str, str]],
    names: Mapping[tuple[str, str], tuple[Sequence[str], str]],
) -> str:
    lines: list[str] = []
    for key in fresh.organisations:
        lines += [f"{_words(key, names)}: {words}" for words in implausible_totals(fresh, key)]
    lines = _shortened(lines)
    below = (cell for key, _, cell in published_counts(fresh) if key[0] != ENGLAND.org_type)
    odd = sum(1 for cell in below if cell == "0" or int(cell) % 5)
    if odd:
        lines.append(f"{odd:,} counts below England are not multiples of 5, or 0: are they rounded as published?")
    if year_before:
        before, earlier = year_before
        lines += _shortened([f"{_words(key, names)}: {words}" for key, words in jumps(now, fresh, before, earlier)])
        absent = [key for key in fresh.organisations if key in seen_before and key not in earlier.organisations]
        lines += [f"{_words(key, names)}: was absent in {before} and is back" for key in absent]
    return _section("Implausible rows", lines or ["none"])


def _corrections(now: Canonical) -> str:
    lines = [
        f"{', '.join(correction.rows.values())}: {' '.join(correction.reason.split())}"
        for correction in now.corrections
    ]
    return _section("Corrections applied", lines) if lines else ""


def _revision(
    fresh: Earlier, earlier: Earlier | None, names: Mapping[tuple[str, str], tuple[Sequence[str], str]]
) -> str:
    """What changed since an earlier import of the same year; "" when there was none."""
    if earlier is None:
        return ""
    new = [key for key in fresh.rows if key not in earlier.rows]
    gone = [key for key in earlier.rows if key not in fresh.rows]
    lines = []
    for words, measures in (
        ("measures added", [name for name in fresh.measures if name not in earlier.measures]),
        ("measures gone", [name for name in earlier.measures if name not in fresh.measures]),
    ):
        if measures:
            lines.append(f"{words}: {', '.join(measures)}")
    for words, keys in (("rows added", new), ("rows gone", gone)):
        if keys:
            lines.append(f"{words}: {len(keys):,}, the first {_row_words(keys[0], names)}")
    changed = list(_changed_cells(fresh, earlier))
    by_measure = Counter(measure for _, measure, _, _ in changed)
    lines += [f"{measure}: {count:,} {plural(count, 'cell')} changed" for measure, count in by_measure.items()]
    for key, measure, old, now in changed[:CELLS_LISTED]:
        lines.append(f"{_row_words(key, names)}: {measure} {old} → {now}")
    if len(changed) > CELLS_LISTED:
        lines.append(f"… and {len(changed) - CELLS_LISTED:,} more cells")
    return _section("Since the earlier import of this year", lines or ["nothing changed"])


def _changed_cells(fresh: Earlier, earlier: Earlier) -> Iterator[tuple[Key, str, str, str]]:
    """Cells that both imports have and that differ, measure by measure."""
    for measure in (name for name in fresh.measures if name in earlier.measures):
        here, there = fresh.measures.index(measure), earlier.measures.index(measure)
        for key, row in fresh.rows.items():
            before = earlier.rows.get(key)
            if before is not None and before[there] != row[here]:
                yield key, measure, before[there], row[here]


def _row_words(key: Key, names: Mapping[tuple[str, str], tuple[Sequence[str], str]]) -> str:
    category = "" if key[2:] == TOTAL else f", {_category_words(key[2:])}"
    return f"{_words((key[0], key[1]), names)}{category}"
