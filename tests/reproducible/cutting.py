"""A project cut from the repository's own: two years, England and a few areas, and as few measures as make a site."""

import csv
import shutil
from pathlib import Path

YEARS = ("2018-19", "2019-20")
AREAS = ("09D", "05W", "00C")
MEASURES = ("referrals_received", "finished_course_of_treatment", "not_at_caseness", "recovery", "recovery_percent")
PLACES = ("organisations", "councils", "hexagons", "lineage", "memberships", "neighbours", "towns")

REPORT = """---
title: "{{ figure('recovery_rate') }} recovered"
standfirst: Of those who finished and were at caseness at the start, {{ figure("recovery_rate") }} recovered.
---

## Key highlights {#highlights}

- **{{ figure("finished_course_of_treatment") }}** referrals finished a course. {{ place("09D") }} is one of the areas.
"""


def cut_project(repository: Path, project: Path) -> Path:
    """Lay the small project out in a folder that does not exist yet."""
    shutil.copytree(repository / "templates", project / "templates")
    shutil.copy(repository / "mkdocs.yml", project)
    two_years = repository / "tests" / "sites" / "two-years" / "project"
    (project / "data" / "releases").mkdir(parents=True)
    for path in (two_years / "data").glob("*.yml"):
        shutil.copy(path, project / "data")
    (project / "data" / "supplement.csv").write_text("year,measure,value,basis,source,note\n", encoding="utf-8")
    shutil.copytree(two_years / "content" / "glossary", project / "content" / "glossary")
    for name in PLACES:
        shutil.copy(repository / "data" / f"{name}.csv", project / "data")
    for year in YEARS:
        _cut_release(repository / "data" / "releases" / f"{year}.csv", project / "data" / "releases" / f"{year}.csv")
    (project / "content" / "reports").mkdir(parents=True)
    for year in YEARS:
        (project / "content" / "reports" / f"{year}.md").write_text(REPORT, encoding="utf-8")
    return project


def _cut_release(source: Path, target: Path) -> None:
    with source.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    kept = [row for row in rows if row["breakdown"] == "total" and row["org_code"] in ("ENG", *AREAS)]
    columns = ["org_type", "org_code", "breakdown", "category", "subcategory", *MEASURES]
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(kept)
