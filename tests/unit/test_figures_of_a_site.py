"""The figures of a whole small site: each can be taken away, and what is taken away is what the page shows."""

import csv
import json
import posixpath
import re
import xml.etree.ElementTree as ET  # the drawings are our own
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from lxml import html
from PIL import Image

SVG = "{http://www.w3.org/2000/svg}"
IN_REPORTS = {"CSV", "JSON", "SVG", "PNG", "Link, embed and cite"}


@dataclass(frozen=True)
class Figure:
    """A figure on a page: its element, the page's address and folder."""

    element: html.HtmlElement
    page: str
    site: Path

    def file(self, link: str) -> Path:
        """The file to which a link of the page leads."""
        path = posixpath.normpath(posixpath.join(self.page, link.partition("#")[0]))
        found = self.site / path
        return found / "index.html" if found.is_dir() else found

    @property
    def links(self) -> dict[str, str]:
        """The links of its foot, by their words."""
        return {link.text_content(): link.get("href") for link in self.element.xpath(".//p[@class='chart__source']//a")}


@pytest.fixture(scope="module")
def site(built_once: Path) -> Path:
    return built_once / "site"


def figures_in(path: Path, site: Path) -> Iterator[Figure]:
    root = html.fromstring(path.read_text(encoding="utf-8"))
    for element in root.xpath("//figure[@class='chart']"):
        yield Figure(element, path.parent.relative_to(site).as_posix(), site)


@pytest.fixture(scope="module")
def shown(site: Path) -> list[Figure]:
    """Every figure of every page that is not a figure's own."""
    paths = [path for path in sorted(site.rglob("index.html")) if path.relative_to(site).parts[0] != "figures"]
    return [figure for path in paths for figure in figures_in(path, site)]


@pytest.fixture(scope="module")
def own(site: Path) -> dict[str, Figure]:
    """The page of each figure, by its name."""
    return {
        path.parent.name: figure
        for path in sorted((site / "figures").glob("*/index.html"))
        for figure in figures_in(path, site)
    }


def facts_of(figure: Figure) -> dict[str, object]:
    found = json.loads((figure.site / figure.page / "figure.json").read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


def test_every_chart_has_words_a_table_files_and_a_page_of_its_own(shown: list[Figure], own: dict[str, Figure]) -> None:
    names = set()
    for figure in shown:
        where = f"{figure.page}: {figure.element.get('id')}"
        (image,) = figure.element.findall(".//img")
        assert len(image.get("alt")) > 40, where
        assert figure.element.xpath(".//details//table | .//p[@class='note']/a[starts-with(@href, '#chart-')]"), where
        expected = IN_REPORTS if figure.page.startswith("reports/") else IN_REPORTS - {"PNG"}
        assert set(figure.links) == expected, where
        for link in figure.links.values():
            assert figure.file(link).is_file(), f"{where}: {link}"
        way = figure.links["Link, embed and cite"]
        assert way.endswith("/#use"), where
        names.add(figure.file(way).parent.name)
    assert names == set(own)
    assert len(names) > 40


def test_the_page_of_a_figure_says_what_the_page_says_that_it_is_at_home_on(
    shown: list[Figure], own: dict[str, Figure]
) -> None:
    homes = {(figure.page, figure.element.get("id")): figure for figure in shown}
    for name, figure in own.items():
        facts = facts_of(figure)
        path, _, anchor = facts["page"]["address"].partition("#")  # type: ignore[index]
        home = homes[posixpath.normpath(posixpath.join(figure.page, path)), anchor]
        for part in (".//*[@class='chart__finding']", ".//img", ".//p[@class='chart__base']"):
            (there,), (here,) = home.element.xpath(part), figure.element.xpath(part)
            assert there.text_content() == here.text_content(), name
            assert there.get("alt") == here.get("alt"), name
        assert facts["alt"] == figure.element.find(".//img").get("alt"), name
        assert facts["title"] == figure.element.find(".//h1").text_content(), name
        (working,) = figure.element.xpath(".//a[@class='behind']")
        target, _, fragment = working.get("href").partition("#")
        document = html.fromstring(figure.file(target).read_text(encoding="utf-8"))
        assert document.get_element_by_id(fragment) is not None, name


def test_every_csv_and_json_of_a_figure_holds_its_table(own: dict[str, Figure]) -> None:
    for name, figure in own.items():
        facts = facts_of(figure)
        cells = [
            [" ".join(cell.text_content().split()) for cell in row.xpath("./th | ./td")]
            for row in figure.element.findall(".//tr")
        ]
        with figure.file(facts["data"]["csv"]).open(encoding="utf-8", newline="") as file:  # type: ignore[index]
            written = [row[:-3] for row in csv.reader(file)]
        plain = [[re.sub(r"(?<=\d),(?=\d{3})", "", cell) for cell in row] for row in cells]
        assert written[0] == cells[0], name
        assert [[row[0].removeprefix("'"), *row[1:]] for row in written[1:]] == [
            [cells[at][0], *row[1:]] for at, row in enumerate(plain[1:], start=1)
        ], name
        table = json.loads(figure.file(facts["data"]["json"]).read_text(encoding="utf-8"))  # type: ignore[index]
        assert [[row["label"], *(cell["value"] for cell in row["cells"])] for row in table["rows"]] == cells[1:], name


def test_every_picture_of_a_figure_opens_has_the_size_stated_and_says_what_the_page_says(
    own: dict[str, Figure],
) -> None:
    kinds = []
    for name, figure in own.items():
        facts = facts_of(figure)
        for image in facts["images"]:  # type: ignore[attr-defined]
            kinds.append(image["kind"])
            path, size = figure.file(image["address"]), (image["width"], image["height"])
            if image["format"] == "png":
                picture = Image.open(path)
                picture.load()
                assert picture.size == size, name
                continue
            root = ET.fromstring(path.read_bytes())  # noqa: S314
            assert (int(root.get("width", "")), int(root.get("height", ""))) == size, name
            words = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
            assert [word.text for word in words if word is not None] == [facts["title"], facts["alt"]], name
    assert kinds.count("wide") == kinds.count("narrow") == len(own)
    assert kinds.count("png") > 10


def test_only_charts_in_reports_have_a_png_and_each_png_is_offered(
    shown: list[Figure], own: dict[str, Figure], site: Path
) -> None:
    there = {path.stem for path in (site / "assets" / "charts").glob("*.png")}
    in_reports = {figure.file(figure.links["PNG"]).stem for figure in shown if figure.page.startswith("reports/")}
    told = {name for name, figure in own.items() if any(one["kind"] == "png" for one in facts_of(figure)["images"])}  # type: ignore[attr-defined]
    assert there == in_reports == told


def test_every_figure_json_is_as_the_published_schema_says(own: dict[str, Figure], site: Path) -> None:
    schema = json.loads((site / "data" / "schemas" / "figure.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    for name, figure in own.items():
        facts = facts_of(figure)
        Draft202012Validator(schema).validate(facts)
        assert facts["id"] == name
        assert figure.file(str(facts["$schema"])) == site / "data" / "schemas" / "figure.json"


def test_the_page_of_a_figure_needs_no_script_and_no_frame_around_it(own: dict[str, Figure], site: Path) -> None:
    for name in own:
        source = (site / "figures" / name / "index.html").read_text(encoding="utf-8")
        document = html.fromstring(source)
        assert "default-src 'none'" in source, name
        assert not document.xpath("//script | //style | //iframe | //header | //nav | //footer | //*[@style]"), name
        assert [base.items() for base in document.findall(".//base")] == [[("target", "_top")]], name
        assert [heading.tag for heading in document.xpath("//h1 | //h2 | //h3")] == ["h1", "h2"], name


def test_no_two_pages_of_figures_have_one_title(own: dict[str, Figure], site: Path) -> None:
    titles = [
        html.fromstring((site / "figures" / name / "index.html").read_text(encoding="utf-8")).findtext(".//title")
        for name in own
    ]
    assert len(set(titles)) == len(titles)
