"""Two new years and a revision, added to a small project by the runbook's own commands, to a printed site."""

import csv
import io
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from rehearsal.past import lay_out, write_crosswalks, write_places, write_registers
from rehearsal.runbook import Block, Maintainer

from yearbook.importing import AddOptions, add_release
from yearbook.organisations import read_organisations
from yearbook.releases import read_register
from yearbook.years import FinancialYear

HERE = Path(__file__).resolve().parent / "small"
ADDRESS = "https://example.org/"
PAGE = "https://example.org/a-release"

Runbook = Mapping[int, tuple[Block, ...]]


def release(year: str) -> Path:
    """The small release of a year: a few organisations and breakdowns of the published file, numbers as published."""
    return next((HERE / "releases").glob(f"*{year}*.csv"))


def packed(folder: Path, year: str, *changes: tuple[str, str], version: str = "") -> Path:
    """The year's small release as the publisher hands it out, a zip, after `changes` to its text, each made once."""
    text = release(year).read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path = folder / f"{release(year).stem}{version}.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"{path.stem}.csv", text)
    return path


def learn(root: Path, name: str, header: str) -> None:
    """Add a header to a measure's row of columns.csv, as the report suggests."""
    path = root / "data" / "crosswalks" / "columns.csv"
    rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
    row = next(row for row in rows if row[0] == name)
    row[-1] = "|".join(filter(None, (row[-1], header)))
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    path.write_text(text.getvalue(), encoding="utf-8")


def section(report: str, title: str) -> str:
    """A section of a drift report, its lines joined."""
    body = report.partition(f"\n{title}\n")[2].partition("\n\n")[0]
    return " ".join(body.split())


def files(root: Path) -> dict[str, bytes]:
    """What `data/` holds, by path."""
    found = (path for path in sorted((root / "data").rglob("*")) if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in found}


def by_year(site: Path) -> dict[str, list[list[str]]]:
    """The rows of the site's table of metrics, by year."""
    rows = list(csv.reader((site / "data" / "metrics.csv").read_text(encoding="utf-8").splitlines()))[1:]
    return {year: [row for row in rows if row[0] == year] for year in dict.fromkeys(row[0] for row in rows)}


def number(site: Path, year: str, metric: str) -> str:
    """A figure as the site prints it."""
    return next(row[3] for row in by_year(site)[year] if row[1] == metric)


@pytest.fixture
def small(project: Path, tmp_path: Path, undrawn: None, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of 2019-20 and 2020-21, with a handful of organisations, two reports and a post."""
    root = tmp_path / "yearbook"
    root.mkdir()
    last = FinancialYear(2020)
    lay_out(project, root, last)
    (root / "data" / "supplement.csv").write_text("year,measure,value,basis,source,note\n", encoding="utf-8")
    for path in (HERE / "content").rglob("*.md"):
        target = root / path.relative_to(HERE)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
    for year in ("2019-20", "2020-21"):
        add_release(root, year, release(year), AddOptions())
    write_places(project, root, last)
    monkeypatch.setenv("YEARBOOK_SITE_URL", ADDRESS)
    return root


def holds_site(root: Path, years: list[str]) -> None:
    """The printed site has the reports of just these years, the last on its home page, and names no later one."""
    site = root / "site"
    assert sorted(path.parent.name for path in site.glob("reports/*/index.html")) == years
    home = (site / "index.html").read_text(encoding="utf-8")
    assert f"The report for {years[-1].replace('-', '–')}" in home
    places = re.findall(r"<loc>(.*?)</loc>", (site / "sitemap.xml").read_text(encoding="utf-8"))
    pages = {path.parent.relative_to(site).as_posix() for path in site.rglob("index.html")}
    assert {place.removeprefix(ADDRESS).strip("/") or "." for place in places} >= pages - {"search"}
    feed = (site / "feed.xml").read_text(encoding="utf-8")
    assert sorted(set(re.findall(r'<link [^>]*href="[^"]*/reports/(\d{4}-\d\d)/"', feed))) == years
    later = re.compile(rf"\b20(?!{'|'.join(year[2:4] for year in ('2013-14', *years))})\d\d-\d\d\b(?!-)")
    assert not [path for path in site.rglob("*") if (found := later.search(path.name)) and found[0] > years[-1]]
    assert list(by_year(site)) == years


def test_two_years_and_a_revision_are_added_by_the_runbook(
    runbook: Runbook, small: Path, project: Path, tmp_path: Path
) -> None:
    first_year(runbook, small, project, tmp_path)
    revision(runbook, small, tmp_path)
    second_year(runbook, small, project, tmp_path)


def first_year(runbook: Runbook, small: Path, project: Path, tmp_path: Path) -> None:
    """2021-22: renamed columns, new age bands, two CCGs that became one, a percentage that does not come out."""
    file = packed(
        tmp_path, "2021-22",
        ("Count_ReferralsReceived", "Count_ReferralsReceivedInYear"),
        ("Percentage_Deterioration", "Percentage_Deterioration_Reliable"),
        ("313919,50.2,", "313919,52.2,"),
    )  # fmt: skip
    figures = tmp_path / "figures.csv"
    figures.write_text(
        "year,measure,value,basis,source,note\n2021-22,entered_treatment,1244297,annual,The annual report,\n",
        encoding="utf-8",
    )
    puts = {"FILE.zip": str(file), "DAY": "2022-09-29", "ADDRESS": PAGE, "FIGURES.csv": str(figures)}
    person = Maintainer(runbook, small, "2021-22", puts)
    person.follow(2)
    before = files(small)

    status, told = person.fails(3)
    assert status == 3
    assert "The column that holds referrals_received is missing." in told
    assert '"Count_ReferralsReceivedInYear" looks like it' in told
    learn(small, "referrals_received", "Count_ReferralsReceivedInYear")
    report = person.follow(3)
    columns = section(report, "Columns")
    assert "renamed: Count_ReferralsReceivedInYear is taken for referrals_received" in columns
    assert (
        "new, not used: Percentage_Deterioration_Reliable; is it reliable_deterioration_percent? then add it" in columns
    )
    assert "measures gone since 2020-21: reliable_deterioration_percent" in columns
    learn(small, "reliable_deterioration_percent", "Percentage_Deterioration_Reliable")
    assert section(report, "Categories").count("not in the crosswalk") == 6
    learnt = (small / "data" / "crosswalks" / "columns.csv").read_bytes()
    write_crosswalks(project, small, FinancialYear(2021))
    (small / "data" / "crosswalks" / "columns.csv").write_bytes(learnt)

    report = person.follow(3)
    assert "new, not used" not in report
    assert "gone since" not in section(report, "Columns")
    assert section(report, "Categories") == (
        "new since 2020-21: age: under 18; 18 to 25; 26 to 64; 65 to 74; 75 to 89; 90 and over "
        "gone since 2020-21: age: under 16; 16 to 17; 18 to 35; 36 to 64; 65 and over"
    )
    assert section(report, "Organisations") == (
        "England 1, Commissioning region 1, STP 2, CCG 2, Provider 2 "
        "new since 2020-21: 1 CCG: D2P2L NHS Black Country and West Birmingham CCG "
        "gone since 2020-21: 2 CCG: 05C NHS Dudley CCG; 05L NHS Sandwell and West Birmingham CCG "
        "1 renamed: "
        "renamed: STP QNX: SUSSEX HEALTH AND CARE PARTNERSHIP STP → SUSSEX HEALTH AND CARE PARTNERSHIP"
    )
    assert section(report, "Implausible rows") == "none"
    assert "Since the earlier import" not in report
    kept = {path: content for path, content in files(small).items() if "crosswalks" not in path}
    assert kept == {path: content for path, content in before.items() if "crosswalks" not in path}

    told = person.follow(4)
    assert "yearbook geography FOLDER" in told
    assert "1 area is new" in told
    now = files(small)
    assert {path for path in now if now[path] != before.get(path) and "crosswalks" not in path} == {
        "data/releases/2021-22.csv", "data/organisations.csv", "data/releases.yml",
    }  # fmt: skip
    entry = read_register(small / "data" / "releases.yml")[FinancialYear(2021)]
    assert (entry.published, entry.page, entry.file, entry.revision) == ("2022-09-29", PAGE, file.name, 1)
    names = read_organisations(small / "data" / "organisations.csv")
    assert (names["ccg", "05C"].last_year, names["ccg", "D2P2L"].first_year) == ("2020-21", "2021-22")

    person.follow(5)
    write_registers(project, small, FinancialYear(2021))
    write_places(project, small, FinancialYear(2021))
    person.follow(7)
    assert told_stale(person.follow(8)) == [
        ("content/posts/how-many-come.md, line 9", "Read “the last year for which” again.")
    ]
    post = small / "content" / "posts" / "how-many-come.md"
    mended = "Recovery in 2021-22 was {{ say('the lowest of all years', 'recovery_rate', '2021-22') }}."
    post.write_text(re.sub(r"In 2020-21, the last.*", mended, post.read_text(encoding="utf-8")), encoding="utf-8")
    person.follow(9, leave_out=["check"])  # the build checks everything too

    holds_site(small, ["2019-20", "2020-21", "2021-22"])
    site = small / "site"
    assert number(site, "2021-22", "referrals_received") == "1,812,596"
    assert number(site, "2021-22", "recovery_rate") == "50.2%"
    assert number(site, "2021-22", "entered_treatment") == "1,244,297"
    merged = next(site.glob("areas/d2p2l-*/index.html")).read_text(encoding="utf-8")
    assert re.search(r'href="[^"]*05c-dudley/', merged), "the merged CCG names those it came from"
    reconciled = (site / "methods" / "reconciliation" / "index.html").read_text(encoding="utf-8")
    assert "52.2" in reconciled, "a published figure that does not come out is told"


def revision(runbook: Runbook, small: Path, tmp_path: Path) -> None:
    """The file of 2021-22 as issued again: one count more of England's, and the percentage put right."""
    file = packed(
        tmp_path, "2021-22",
        ("Count_ReferralsReceived", "Count_ReferralsReceivedInYear"),
        ("Percentage_Deterioration", "Percentage_Deterioration_Reliable"),
        ("1812596", "1812600"),
        version="-v2",
    )  # fmt: skip
    person = Maintainer(runbook, small, "2021-22", {"FILE.zip": str(file), "DAY": "2022-12-01", "ADDRESS": PAGE})
    report = person.follow(3)
    assert section(report, "Since the earlier import of this year") == (
        "referrals_received: 1 cell changed recovery_percent: 1 cell changed "
        "England ENG England: referrals_received 1812596 → 1812600 England ENG England: recovery_percent 52.2 → 50.2"
    )
    before = files(small)
    report = person.type(person.runbook[4][0].commands[0])
    assert "yearbook geography" not in report
    now = files(small)
    assert {path for path in now if now[path] != before[path]} == {"data/releases/2021-22.csv", "data/releases.yml"}
    entry = read_register(small / "data" / "releases.yml")[FinancialYear(2021)]
    assert (entry.published, entry.file, entry.revision) == ("2022-12-01", file.name, 2)
    status, told = person.fails(7)
    assert (status, "is there already, and a draft overwrites nothing" in told) == (2, True)


def second_year(runbook: Runbook, small: Path, project: Path, tmp_path: Path) -> None:
    """2022-23: ICBs in the place of STPs and CCGs, new ways of consultation, a sentence made false."""
    before = by_year(small / "site")
    file = packed(tmp_path, "2022-23")
    person = Maintainer(runbook, small, "2022-23", {"FILE.zip": str(file), "DAY": "2024-01-16", "ADDRESS": PAGE})
    report = person.follow(3)
    assert section(report, "Categories").count("not in the crosswalk") == 5
    learnt = (small / "data" / "crosswalks" / "columns.csv").read_bytes()
    write_crosswalks(project, small, FinancialYear(2022))
    (small / "data" / "crosswalks" / "columns.csv").write_bytes(learnt)
    report = person.follow(3)
    assert section(report, "Categories").startswith("new since 2021-22: consultation_medium: video consultation;")
    organisations = section(report, "Organisations")
    assert "new since 2021-22: 2 ICB: QNX NHS Sussex ICB; QUA NHS Black Country ICB" in organisations
    assert "1 renamed: renamed: Provider NDC08: INSIGHT HEALTHCARE - NOTTINGHAM CITY →" in organisations
    assert section(report, "Implausible rows").startswith("Provider NDC08 Everyturn Services Ltd - Nottingham City")
    assert "2 areas are new" in person.follow(4)

    write_registers(project, small, FinancialYear(2022))
    write_places(project, small, FinancialYear(2022))
    person.follow(7)
    [false] = told_stale(person.follow(8))
    assert false[0] == "content/posts/how-many-come.md, line 9"
    assert '"the lowest of all years" does not hold of the recovery rate of 2021-22, 50.2%' in false[1]
    status, told = person.fails(9)
    assert status == 4
    assert "content/posts/how-many-come.md, line 9" in told
    post = small / "content" / "posts" / "how-many-come.md"
    post.write_text(post.read_text(encoding="utf-8").replace("2021-22", "2022-23"), encoding="utf-8")
    person.follow(9)

    holds_site(small, ["2019-20", "2020-21", "2021-22", "2022-23"])
    after = by_year(small / "site")
    changed = {
        (year, row[1]) for year in before for row, was in zip(after[year], before[year], strict=True) if row != was
    }
    assert {year for year, _ in changed} == {"2021-22"}, "of the years before, only what was revised"
    assert ("2021-22", "referrals_received") in changed
    assert number(small / "site", "2021-22", "referrals_received") == "1,812,600"
    assert number(small / "site", "2022-23", "recovery_rate") == "49.9%"


def told_stale(told: str) -> list[tuple[str, str]]:
    """The places and the reasons of a list of stale sentences."""
    entries = re.findall(r"^(content/\S+, line \d+)\n((?:  .*\n)+)", told, re.MULTILINE)
    return [(place, words.strip().splitlines()[-1].strip()) for place, words in entries]
