"""A project taken back in time: the repository's own, as it would stand had no release after a year come out.

Everything that belongs to a later year goes: figures, registers, where areas lie, spellings the importer has learnt
since, and words. What was written by hand or by `yearbook geography` comes forward again a year at a time, as a
maintainer would write it.
"""

import csv
import io
import re
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

import yaml

from yearbook.importing import AddOptions, add_release
from yearbook.organisations import read_organisations
from yearbook.releases import read_register
from yearbook.years import FinancialYear

IN_TIME = ("breaks", "corrections", "events", "promises", "standards", "targets")
"""The registers of `data/` whose entries have a year, or, of standards, a year that they hold from."""

OF_PLACES = ("councils", "hexagons", "lineage", "memberships", "neighbours", "towns")
AS_THEY_ARE = ("README.md", "costs.yml", "geography.yml", "quotations.yml", "untreated_recovery.yml")

_YEAR = re.compile(r"\b20\d\d-\d\d\b")
_UNIT = re.compile(r"\n(?=[ \t]*\n)|\n(?=[ \t]*(?:[-*] |\||\d+\. ))")
"""Where a paragraph, an item of a list or a row of a table ends."""
_OF_TODAY = re.compile(r"\b(?:eleven|twelve|thirteen|fourteen|fifteen) years\b")
"""How many comparable years there are, as words of today count them."""


def take_back(repository: Path, project: Path, last: FinancialYear, published: Callable[[str], Path]) -> None:
    """Lay out in the folder `project` what the repository holds, as of `last`.

    `published` gives the path of a release by the name of its file: the releases up to `last` are imported anew, since
    the names of organisations in `data/` do not say in which year each was used.
    """
    shutil.copytree(repository / "content", project / "content")
    lay_out(repository, project, last)
    for year, entry in sorted(read_register(repository / "data" / "releases.yml").items()):
        if year <= last:
            options = AddOptions(published=entry.published, provenance=entry.provenance, notes=entry.notes)
            add_release(project, str(year), published(entry.file), options)
    write_places(repository, project, last)
    forget_words(project / "content", last)


def lay_out(repository: Path, project: Path, last: FinancialYear) -> None:
    """Write what a project has besides its words, its releases and its places, as of `last`."""
    shutil.copytree(repository / "templates", project / "templates")
    shutil.copy(repository / "mkdocs.yml", project)
    write_registers(repository, project, last)
    write_crosswalks(repository, project, last)
    (project / "data" / "supplement.csv").write_bytes(supplement_of(repository, lambda year: year <= str(last)))


def supplement_of(repository: Path, wanted: Callable[[str], bool]) -> bytes:
    """The rows of the repository's supplement whose year is `wanted`."""
    header, rows = _read(repository / "data" / "supplement.csv")
    return _as_csv(header, [row for row in rows if wanted(row["year"])])


def write_registers(repository: Path, project: Path, last: FinancialYear) -> None:
    """Write the registers kept by hand, as of `last`; as they are, where that is the last year there is."""
    source, target = repository / "data", project / "data"
    target.mkdir(exist_ok=True)
    for name in AS_THEY_ARE:
        shutil.copy(source / name, target)
    for name in IN_TIME:
        if last == _latest(repository):
            shutil.copy(source / f"{name}.yml", target)
            continue
        rows = yaml.safe_load((source / f"{name}.yml").read_text(encoding="utf-8"))
        kept = [row for row in rows if str(row.get("year", row.get("from", ""))) <= str(last)]
        (target / f"{name}.yml").write_text(yaml.safe_dump(kept, allow_unicode=True), encoding="utf-8")


def write_places(repository: Path, project: Path, last: FinancialYear) -> None:
    """Write what `yearbook geography` writes, of the organisations that the project knows and as of `last`."""
    known = set(read_organisations(project / "data" / "organisations.csv"))
    for name in OF_PLACES:
        header, rows = _read(repository / "data" / f"{name}.csv")
        if last != _latest(repository):
            rows = [row for row in rows if _of_known(row, known, last)]
        (project / "data" / f"{name}.csv").write_bytes(_as_csv(header, rows))


def write_crosswalks(repository: Path, project: Path, last: FinancialYear) -> None:
    """Write the crosswalks without what only later releases taught: their columns and their categories."""
    source, target = repository / "data" / "crosswalks", project / "data" / "crosswalks"
    target.mkdir(exist_ok=True)
    for path in source.glob("*.csv"):
        shutil.copy(path, target)
    if last == _latest(repository):
        return
    header, rows = _read(source / "columns.csv")
    kept = [name for name in header if not _YEAR.fullmatch(name) or name <= str(last)]
    (target / "columns.csv").write_bytes(_as_csv(kept, [{name: row[name] for name in kept} for row in rows]))
    header, rows = _read(source / "categories.csv")
    late = _late_categories(repository, last)
    rows = [row for row in rows if (row["breakdown"], row["category"], row["subcategory"]) not in late]
    (target / "categories.csv").write_bytes(_as_csv(header, rows))


def _latest(repository: Path) -> FinancialYear:
    return max(read_register(repository / "data" / "releases.yml"))


def _of_known(row: dict[str, str], known: set[tuple[str, str]], last: FinancialYear) -> bool:
    """Whether a row of a table of places is about organisations that are `known`, in a year up to `last`."""
    pairs = [
        ("org_type", "org_code"), ("org_type", "neighbour_code"), ("parent_type", "parent_code"),
        ("old_type", "old_code"), ("new_type", "new_code"),
    ]  # fmt: skip
    said = [(row[kind], row[code]) for kind, code in pairs if code in row]
    year = row.get("year") or (row["layout"].partition("-")[2] if "layout" in row else "")
    return year <= str(last) and all(key in known for key in said)


def _late_categories(repository: Path, last: FinancialYear) -> set[tuple[str, ...]]:
    """The categories that only releases after `last` have."""
    early, late = set[tuple[str, ...]](), set[tuple[str, ...]]()
    for path in sorted((repository / "data" / "releases").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            found = {tuple(row[2:5]) for row in csv.reader(file)}
        (early if path.stem <= str(last) else late).update(found)
    return late - early


def forget_words(content: Path, last: FinancialYear) -> None:
    """Take out of the words every report and post of a later year, and every paragraph, item and row that names one.

    In front matter and in the glossary, where nothing may be missing, `last` takes the later year's place.
    """
    for path in sorted(content.rglob("*.md")):
        text = path.read_text(encoding="utf-8")
        _, head, body = text.split("---\n", 2) if text.startswith("---\n") else ("", "", text)
        own = re.search(r'^year: "(.+)"', head, re.MULTILINE)
        of = own[1] if own else path.stem
        if _YEAR.fullmatch(of) and of > str(last):
            path.unlink()
            continue
        head = _moved(head, last)
        if path.parent.name == "glossary":
            body = _moved(body, last)
        else:
            body = "\n".join(unit for unit in _UNIT.split(body) if not _is_later(unit, last))
        path.write_text(f"---\n{head}---\n{body}" if head else body, encoding="utf-8")


def _is_later(unit: str, last: FinancialYear) -> bool:
    """Whether words name a year after `last`, ask what came after it, or count the comparable years of today."""
    return _moved(unit, last) != unit or f'afterwards("{last}")' in unit or bool(_OF_TODAY.search(unit))


def _moved(text: str, last: FinancialYear) -> str:
    return _YEAR.sub(lambda found: min(found[0], str(last)), text)


def _read(path: Path) -> tuple[list[str], list[dict[str, str]]]:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        return list(reader.fieldnames or ()), list(reader)


def _as_csv(header: list[str], rows: Iterable[dict[str, str]]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, header, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode("utf-8")
