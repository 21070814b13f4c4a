"""The report on an addition of the national supplement."""

from collections.abc import Sequence

from yearbook.importing.drift import ROWS_LISTED
from yearbook.importing.national import SupplementRow
from yearbook.releases import SUPPLEMENT_BASES


def report_supplement(file: str, before: Sequence[SupplementRow], now: Sequence[SupplementRow]) -> str:
    """What the supplement holds, what changed in it, and which sources a reader could not follow."""
    old, new = {row.key: row for row in before}, {row.key: row for row in now}
    counts = [f"{basis}: {sum(row.key[2] == basis for row in now)}" for basis in SUPPLEMENT_BASES]
    lines = [f"National supplement: {file}", "", f"{len(now)} figures; {', '.join(counts)}"]
    changes = [f"  new: {_words(row)}" for key, row in new.items() if key not in old]
    changes += [f"  gone: {_words(row)}" for key, row in old.items() if key not in new]
    changes += [
        f"  changed: {_words(old[key])} → {row.value}"
        for key, row in new.items()
        if key in old and old[key].value != row.value
    ]
    changes += [
        f"  source of {_words(row)}: {old[key].source} → {row.source}"
        for key, row in new.items()
        if key in old and old[key].source != row.source
    ]
    lines += changes[:ROWS_LISTED]
    if len(changes) > ROWS_LISTED:
        lines.append(f"  … and {len(changes) - ROWS_LISTED} more")
    paths = sorted({row.source for row in now if _is_path(row.source)})
    lines += [f"  a file of yours, not a source for readers: {path}; cite it: --cite '{path}=TEXT'" for path in paths]
    return "\n".join(lines)


def _words(row: SupplementRow) -> str:
    year, measure, basis = row.key
    return f"{year} {measure} {row.value} ({basis})"


def _is_path(source: str) -> bool:
    return (
        " " not in source and "://" not in source and source.rpartition(".")[2] in ("txt", "md", "csv", "pdf", "html")
    )
