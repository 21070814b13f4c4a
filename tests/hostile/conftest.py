"""A small project in which strangers' words stand wherever they can, and the same project with harmless ones."""

import csv
import io
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from unittest import mock

import pytest
from filelock import FileLock
from hostile.payloads import EVERYTHING, PAYLOADS, harmless

from yearbook import pipeline
from yearbook.charts import Chart, Rasters
from yearbook.importing import AddOptions, add_release
from yearbook.pipeline import build_site
from yearbook.staging import publish, write_staging

REPOSITORY = Path(__file__).resolve().parents[2]
GOOD = REPOSITORY / "tests" / "releases" / "good"
MOST_DRAWN = 8

Say = Callable[[str], str]


def release(year: str, say: Say) -> str:
    """The small good release of a year, with a payload for the name of each organisation and of some categories."""
    text = next((GOOD / year).glob("psych*.csv")).read_text("utf-8")
    rows = list(csv.reader(io.StringIO(text)))
    names = iter(PAYLOADS.values())
    given: dict[tuple[str, str], str] = {}
    for row in rows[1:]:
        if row[0] != "England" and row[1] != "UNKNOWN":
            if (row[0], row[1]) not in given:
                given[row[0], row[1]] = say(next(names))
            row[2] = given[row[0], row[1]]
        if row[3] == "Gender":
            row[4] = say(EVERYTHING)
        if row[3] == "Problem Descriptor":
            row[4], row[5] = say(PAYLOADS["formula"]), say(PAYLOADS["markdown"])
        if row[3] == "Stepped Care Pathway":
            row[3] = say(PAYLOADS["script"])
    made = io.StringIO()
    csv.writer(made).writerows(rows)
    return made.getvalue()


def entry(**fields: object) -> str:
    """An entry of a register. JSON is YAML."""
    return f"- {json.dumps(fields)}\n"


def fill_registers(data: Path, say: Say) -> None:
    evil = say(EVERYTHING)
    made = {
        "events": entry(year="2019-20", title=evil, text=evil, source=evil, mark=say("<b>\"'&{{7}}")),
        "breaks": entry(year="2019-20", kind="area", title=evil, why=evil, source=evil),
        "standards": entry(metric="recovery_rate", level=50, **{"from": "2016-17"}, title=evil, source=evil),
        "targets": entry(
            metric="entered_treatment", year="2019-20", level=15000, counts=evil, title=evil, caveat=evil, source=evil
        ),
        "promises": entry(
            name="p", title=evil, said=evil, made=evil, caveat=evil, source=evil, level=5, unit="percent"
        ),
        "quotations": entry(text=evil, source=evil),
    }
    for name, text in made.items():
        (data / f"{name}.yml").write_text(text, encoding="utf-8")
    for name in ("costs", "untreated_recovery"):
        (data / f"{name}.yml").write_text("", encoding="utf-8")
    shutil.copy(REPOSITORY / "data" / "corrections.yml", data)
    (data / "corrections.yml").write_text("", encoding="utf-8")
    rows = [["year", "measure", "value", "basis", "source", "note"]]
    rows.append(["2019-20", "treatment_appointments", "90000", "annual", evil, evil])
    with (data / "supplement.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


def write_words(content: Path, say: Say) -> None:
    """Pages whose authors, tags and series, and whose readers' replies, are strangers' words."""
    evil = json.dumps(say(EVERYTHING))
    stranger = json.dumps(say(PAYLOADS["attribute"]))
    for year in ("2018-19", "2019-20"):
        page = content / "reports" / f"{year}.md"
        page.parent.mkdir(parents=True, exist_ok=True)
        head = (
            f"title: Words\nstandfirst: More words.\npublished: 2021-01-01\nauthors:\n- name: {evil}\n  about: {evil}"
        )
        page.write_text(f"---\n{head}\n---\n\n## Journey {{#journey}}\n\nWords.\n", encoding="utf-8")
    for name in ("first", "second"):
        page = content / "posts" / f"{name}.md"
        page.parent.mkdir(parents=True, exist_ok=True)
        tag = json.dumps(say("<b>\"x' {{7}} [a](b)"))
        head = f"title: The {name}\nstandfirst: W.\npublished: 2021-01-01\nseries: {evil}\ntags: [{tag}]\n"
        head += f"authors: [{evil}]"
        page.write_text(f"---\n{head}\n---\n\nWords.\n", encoding="utf-8")
    replies = content / "posts" / "first.replies"
    replies.mkdir()
    (replies / "001-a.md").write_text(
        f"---\nname: {stranger}\ndate: 2021-02-01\n---\n\n{say(EVERYTHING)}\n\n{say(PAYLOADS['xml'])}\n\n"
        f"{say('<iframe src=x></iframe> <a href=javascript:alert(1)>x</a> onclick=alert(1)')}\n",
        encoding="utf-8",
    )
    (content / "glossary").mkdir()
    page = content / "glossary" / "terms.md"
    page.write_text("---\ntitle: Glossary\nstandfirst: Words.\n---\n\nBase\n: The group.\n", encoding="utf-8")


def make_project(root: Path, say: Say) -> None:
    shutil.copytree(REPOSITORY / "templates", root / "templates")
    settings = (REPOSITORY / "mkdocs.yml").read_text("utf-8")
    name = json.dumps(say(EVERYTHING), ensure_ascii=True)
    settings, found = re.subn(r"^site_name:.*$", lambda _: f"site_name: {name}", settings, count=1, flags=re.MULTILINE)
    assert found == 1
    (root / "mkdocs.yml").write_text(settings, encoding="utf-8")
    shutil.copytree(REPOSITORY / "data" / "crosswalks", root / "data" / "crosswalks")
    offer = root.parent / "offer.csv"
    for year in ("2018-19", "2019-20"):
        offer.write_text(release(year, say), encoding="utf-8", newline="")
        options = AddOptions(
            title=say(EVERYTHING), page="https://example.org/", provenance=say(EVERYTHING), notes=(say(EVERYTHING),)
        )
        add_release(root, year, offer, options)
    fill_registers(root / "data", say)
    write_words(root / "content", say)


def build(root: Path) -> None:
    """The site of the project, with only a few of its drawings: those with strangers' words in them, and no rasters."""
    draw = pipeline.draw_charts

    def some(charts: list[Chart], *given: object, **named: object) -> object:
        ours = [chart for chart in charts if re.search("alert|HYPER", f"{chart.finding}{chart.alt}{chart.table}")]
        return draw(ours[:MOST_DRAWN], *given, **named)  # type: ignore[arg-type]

    none = Rasters({}, 0, 0)
    cards = mock.Mock(images={}, drawn=0, cached=0)
    with (
        mock.patch.object(pipeline, "draw_charts", some),
        mock.patch.object(pipeline, "draw_rasters", return_value=none),
        mock.patch.object(pipeline, "draw_cards", return_value=cards),
    ):
        files = build_site(root, site_url="https://example.org/yearbook/").files
    write_staging(files, root / "staging")
    publish(root, "https://example.org/yearbook/")


@pytest.fixture(scope="session")
def sites(shared: Path) -> tuple[Path, Path]:
    """The site of the hostile project and that of the harmless one."""
    roots = shared / "hostile" / "evil" / "project", shared / "hostile" / "good" / "project"
    with FileLock(f"{shared / 'hostile'}.lock"):
        for root, say in zip(roots, (str, harmless), strict=True):
            if not (root / "site").exists():
                root.mkdir(parents=True)
                make_project(root, say)
                build(root)
    return roots[0] / "site", roots[1] / "site"
