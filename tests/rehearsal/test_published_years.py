"""2022-23 and 2023-24, added by the runbook's own commands to the repository as it would have stood before them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from rehearsal.past import supplement_of, take_back, write_crosswalks, write_places, write_registers
from rehearsal.runbook import Block, Maintainer

from yearbook import pipeline
from yearbook.archive import read_archive
from yearbook.areas import Area, Areas
from yearbook.outputs.package import DataPackage
from yearbook.outputs.tidy import metrics_resource
from yearbook.pages.feed import listed_entries
from yearbook.pages.page import Page
from yearbook.pipeline import WrittenUp
from yearbook.releases import RegisterEntry, read_register
from yearbook.report import Report
from yearbook.years import FinancialYear

Runbook = Mapping[int, tuple[Block, ...]]

DATED_BY_2022_23 = [
    ("content/glossary/terms.md", "The annual figures are given by CCG up to 2021-22."),
    ("content/glossary/terms.md", "The annual figures are given by STP up to 2021-22."),
]
DATED_BY_EVERY_YEAR = [
    ("content/methods/board-papers.md", "An area's latest year on one sheet of A4"),
    ("content/methods/board-papers.md", "An area or a provider, of today or of the past"),
    ("content/methods/what-the-data-cannot-say.md", "In 2016-17, the last year for which our sources have both"),
    ("content/posts/one-outcome-five-percentages.md", ""),
    ("content/posts/one-outcome-five-percentages.md", "We use 2019-20 because it is the only year"),
    (
        "content/posts/one-outcome-five-percentages.md",
        "In 2016-17, the last year for which our sources have both counts",
    ),
    ("content/reports/2016-17.md", "No later year in our sources counts people at all."),
]
"""How each sentence begins; the third is the line `year:` of a post that is about another year."""

LOOKING_ON = re.compile(r'\(IAPT until 2022-23\)|<section class="chapter" id="what-next".*?</section>', re.DOTALL)
"""Where a page may name a year to come: the publication's old name, and what a report says to look for next."""


@dataclass
class Written:
    """What the last `yearbook check` wrote up."""

    pages: list[Page] = field(default_factory=list)
    package: DataPackage | None = None


@pytest.fixture
def written(project: Path, monkeypatch: pytest.MonkeyPatch) -> Written:
    """Keeps what a check writes up. Of the areas only those that editors' words name have a page: all cost minutes."""
    kept, write_up, every = Written(), pipeline.write_up, Areas.__dict__["all"].func
    words = " ".join(path.read_text(encoding="utf-8") for path in (project / "content").glob("*/*.md"))
    named = set(re.findall(r"[\"']([0-9A-Z]{3,6})[\"']", words))

    def some(areas: Areas) -> tuple[Area, ...]:
        return tuple(area for area in every(areas) if named & set(area.codes))

    def keep(*given: Any) -> WrittenUp:
        made = write_up(*given)
        kept.pages, kept.package = made.pages, made.package
        return made

    known = cached_property(some)
    known.__set_name__(Areas, "all")
    monkeypatch.setattr(Areas, "all", known)
    monkeypatch.setattr(pipeline, "write_up", keep)
    return kept


def test_two_published_years_are_added_by_the_runbook(
    runbook: Runbook, project: Path, written: Written, tmp_path: Path
) -> None:
    register = read_register(project / "data" / "releases.yml")
    releases = project.parent / "shared" / "releases"
    if missing := [entry.file for entry in register.values() if not (releases / entry.file).exists()]:
        pytest.skip(f"{', '.join(missing)}: the published files are not beside the repository")
    root = tmp_path / "yearbook"
    root.mkdir()
    take_back(project, root, FinancialYear(2021), lambda name: releases / name)
    committed = by_year(metrics_resource(Report(read_archive(project / "data"))).csv)
    Maintainer(runbook, root, "2022-23", {}).follow(2)
    holds_site(written, committed, "2021-22")

    person = maintainer(runbook, project, root, register[FinancialYear(2022)], releases, tmp_path)
    first_trial(person)
    write_crosswalks(project, root, FinancialYear(2022))
    add_year(person, project, root, register[FinancialYear(2022)])
    assert stale(person, root) == sorted(places(root, [*DATED_BY_2022_23, *DATED_BY_EVERY_YEAR]))
    person.follow(9, leave_out=["build"])
    holds_site(written, committed, "2022-23")

    person = maintainer(runbook, project, root, register[FinancialYear(2023)], releases, tmp_path)
    status, told = person.fails(3)
    assert status == 3
    assert "Provider, TAF90, KINGSTON DRUG & ALCOHOL SERVICE, Total; Provider, TAF90, KINGSTON SMS, Total" in told
    assert told.endswith("145 problems in 1 file.\n")
    write_registers(project, root, FinancialYear(2023))
    second_trial(person)
    write_crosswalks(project, root, FinancialYear(2023))
    add_year(person, project, root, register[FinancialYear(2023)])
    assert stale(person, root) == sorted(places(root, DATED_BY_EVERY_YEAR))
    person.follow(9, leave_out=["build"])
    holds_site(written, committed, "2023-24")
    if max(register) == FinancialYear(2023):  # a repository with later years has more in every file
        assert contents(root) == contents(project), "data/ is the repository's, byte for byte"


def maintainer(
    runbook: Runbook, project: Path, root: Path, entry: RegisterEntry, releases: Path, folder: Path
) -> Maintainer:
    """Somebody with a year's release, and with the figures from elsewhere that the repository has of it."""
    figures = folder / f"figures-{entry.year}.csv"
    figures.write_bytes(supplement_of(project, lambda year: year == str(entry.year)))
    puts = {
        "FILE.zip": str(releases / entry.file),
        "DAY": entry.published,
        "ADDRESS": entry.page,
        "FIGURES.csv": str(figures),
    }
    return Maintainer(runbook, root, str(entry.year), puts)


def first_trial(person: Maintainer) -> None:
    """The drift report of 2022-23 names what changed, by the crosswalks of the year before."""
    report = person.follow(3)
    columns = section(report, "Columns")
    assert "has no column 2022-23: matched by the headers of other years; mend only what is named below" in columns
    assert "new, not used" not in columns
    assert "measures gone" not in columns
    assert section(report, "Categories").count("not in the crosswalk, kept as published: consultation_medium") == 5
    assert section(report, "Categories").count("not in the crosswalk, kept as published: presenting_complaint") == 4
    organisations = section(report, "Organisations")
    assert organisations.startswith("England 1, Commissioning region 8, ICB 43, Provider 161 ")
    assert counted(organisations) == {
        "new since 2021-22": ["43 ICB", "8 Provider"],
        "gone since 2021-22": ["43 STP", "109 CCG", "5 Provider"],
    }
    assert "9 renamed: renamed: Provider NDC05: INSIGHT HEALTHCARE TALKING THERAPIES (PETERBOROUGH) →" in organisations
    implausible = section(report, "Implausible rows")
    assert implausible.startswith("Provider NI385 We Are With You in Surrey: finished 95, received 25 ")
    assert (implausible.count(": finished "), implausible.count(", in 2021-22 ")) == (4, 12)
    assert "Since the earlier import" not in report


def second_trial(person: Maintainer) -> None:
    """The drift report of 2023-24 has no new column and no new category, and tells what was corrected."""
    report = person.follow(3)
    assert "new, not used" not in report
    assert section(report, "Categories") == "as before"
    organisations = section(report, "Organisations")
    assert counted(organisations) == {"new since 2022-23": ["3 Provider"], "gone since 2022-23": ["10 Provider"]}
    assert "16 renamed: renamed: Provider AKR01: BLACKBURN CENTRE → LANCASHIRE WOMEN (ELTT)" in organisations
    implausible = section(report, "Implausible rows")
    assert (implausible.count(": finished "), implausible.count(", in 2022-23 ")) == (4, 14)
    assert section(report, "Corrections applied").startswith("Provider, TAF90, KINGSTON SMS: ")


def add_year(person: Maintainer, project: Path, root: Path, entry: RegisterEntry) -> None:
    """Steps 4 to 7: the figures, those from elsewhere, what is kept by hand, the draft."""
    told = person.follow(4, ["--provenance", entry.provenance])
    assert ("yearbook geography FOLDER" in told) == (person.year == "2022-23")
    name = f"data/releases/{person.year}.csv"
    assert (root / name).read_bytes() == (project / name).read_bytes()
    person.follow(5)
    write_registers(project, root, entry.year)
    write_places(project, root, entry.year)
    person.follow(7)


def by_year(metrics: bytes) -> dict[str, list[str]]:
    """The rows of a table of metrics, by year."""
    found: dict[str, list[str]] = {}
    for row in metrics.decode("utf-8").splitlines()[1:]:
        found.setdefault(row.partition(",")[0], []).append(row)
    return found


def holds_site(written: Written, committed: Mapping[str, list[str]], last: str) -> None:
    """The pages are those of the years to `last`, with the figures that the committed site has of them."""
    years = [year for year in committed if year <= last]
    addresses = {page.address for page in written.pages}
    assert {found[1] for place in addresses if (found := re.fullmatch(r"reports/(.+)/", place))} == set(years)
    later = [year for year in committed if year > last]
    assert [place for place in addresses if any(year in place for year in later)] == []
    bodies = {page.address: LOOKING_ON.sub("", page.body) for page in written.pages}
    assert [place for place, body in bodies.items() if any(year in body for year in later)] == []
    home = next(page for page in written.pages if not page.address)
    assert f"The report for {last.replace('-', '–')}" in home.body
    assert written.package is not None
    [metrics] = [one for one in written.package.figures if one.name == "metrics"]
    assert by_year(metrics.csv) == {year: committed[year] for year in years}
    entries = [entry.address for entry in listed_entries(written.pages)]
    assert {place for place in entries if place.startswith("reports/")} == {f"reports/{year}/" for year in years}


def stale(person: Maintainer, root: Path) -> list[tuple[str, int]]:
    """The places of what the year makes stale, none of it false."""
    told = person.follow(8)
    assert "Made false" not in told
    return sorted((file, int(line)) for file, line in re.findall(r"^(content/\S+), line (\d+)$", told, re.MULTILINE))


def places(root: Path, sentences: Iterable[tuple[str, str]]) -> Iterator[tuple[str, int]]:
    """Where sentences begin, in whichever line an editor has them: of the words "" the line of the page's own year."""
    for file, words in sentences:
        text = (root / file).read_text(encoding="utf-8")
        start = re.search(r"\s+".join(map(re.escape, words.split())) if words else r"(?m)^year:", text)
        assert start, words
        yield file, text.count("\n", 0, start.start()) + 1


def section(report: str, title: str) -> str:
    """A section of a drift report, its lines joined."""
    return " ".join(report.partition(f"\n{title}\n")[2].partition("\n\n")[0].split())


def counted(organisations: str) -> dict[str, list[str]]:
    """How many of which type are new and gone."""
    found: dict[str, list[str]] = {}
    for what, held in re.findall(r"((?:new|gone) since [\d-]+): (\d+ \S+):", organisations):
        found.setdefault(what, []).append(held)
    return found


def contents(root: Path) -> dict[str, bytes]:
    """What `data/` holds, by path."""
    found = (path for path in sorted((root / "data").rglob("*")) if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in found}
