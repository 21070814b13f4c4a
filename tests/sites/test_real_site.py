"""The real site, built once: every link, image, id and number on every page of it."""

import json
import posixpath
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import pytest
from shapes.strict import faults

from yearbook.groups import GROUPINGS
from yearbook.metrics import METRICS, METRICS_BY_NAME

YEARS = [f"{year}-{(year + 1) % 100:02}" for year in range(2012, 2024)]
OF_GROUPS = {metric.slug for metric in METRICS if metric.of_groups}
SLUGS = {metric.slug for metric in METRICS} - OF_GROUPS
IN_NO_SOURCE = {"second-treatment", "mean-wait-entered", "mean-wait-finished", "treatment-appointments"}
OPEN = "https://"  # the only way off the site, and only by a link somebody chooses to follow


@dataclass
class Read(HTMLParser):
    """What a page holds: its ids, its references, its images, its headings, and its live numbers with their text."""

    ids: list[str] = field(default_factory=list)
    references: list[tuple[str, str, str]] = field(default_factory=list)
    images: list[Mapping[str, str | None]] = field(default_factory=list)
    headings: list[int] = field(default_factory=list)
    live: list[tuple[str, str]] = field(default_factory=list)
    behind: set[str] = field(default_factory=set)
    items: dict[str, str] = field(default_factory=dict)
    text: list[str] = field(default_factory=list)
    tags: Counter[str] = field(default_factory=Counter)
    attributes: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._in_script = False
        self._link: str | None = None
        self._item: str | None = None
        self._words: list[str] = []
        self._item_words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags[tag] += 1
        self._in_script = tag == "script"
        self.attributes |= set(given)
        self.ids += [value for name, value in attrs if name == "id" and value is not None]
        for name in ("href", "src", "srcset", "action", "data", "poster"):
            if name in given:
                self.references.append((tag, name, given[name] or ""))
        if tag == "img":
            self.images.append(given)
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag == "a" and given.get("class") == "n":
            self._link, self._words = given.get("href") or "", []
        if tag == "a" and given.get("class") == "behind":
            self.behind.add(given.get("href") or "")
        if tag == "li" and (given.get("id") or "").startswith(("w-", "c-")):
            self._item, self._item_words = given["id"], []

    def handle_data(self, data: str) -> None:
        if self._in_script:
            return
        self.text.append(data)
        self._words.append(data)
        self._item_words.append(data)

    def handle_endtag(self, tag: str) -> None:
        self._in_script = False
        if tag == "a" and self._link is not None:
            self.live.append((self._link, "".join(self._words)))
            self._link = None
        if tag == "li" and self._item is not None:
            self.items[self._item] = " ".join("".join(self._item_words).split())
            self._item = None


Pages = Mapping[str, Read]


@pytest.fixture(scope="module")
def site(real_project: Path) -> Path:
    return real_project / "site"


@pytest.fixture(scope="module")
def pages(site: Path) -> Pages:
    """Every page by its path: `reports/2019-20/index.html`."""
    found = {}
    for path in sorted(site.rglob("*.html")):
        read = Read()
        read.feed(path.read_text(encoding="utf-8"))
        read.close()
        found[path.relative_to(site).as_posix()] = read
    return found


def test_there_is_a_report_for_every_year_and_a_page_of_every_kind(pages: Pages, site: Path) -> None:
    areas = {entry["address"] for entry in json.loads((site / "areas" / "finder.json").read_text(encoding="utf-8"))}
    assert len(areas) > 400
    compared = {
        path for path in pages if re.fullmatch(r"areas/(?:icb|stp|ccg|region|provider)-20\d\d-\d\d/index\.html", path)
    }
    assert len(compared) > 20
    figures = {path for path in pages if path.startswith("figures/")}
    assert len(figures) > 1000  # each is led to by the page that shows it, and leads to it
    papers = {path for path in pages if path.endswith("/board-paper/index.html")}
    assert len(papers) > 400
    assert {path.removesuffix("board-paper/index.html") for path in papers} <= areas
    assert set(pages) - figures - papers == {
        "areas/index.html",
        "compare/index.html",
        *(f"{address}index.html" for address in areas),
        *compared,
        "index.html",
        "404.html",
        "reports/index.html",
        *(f"reports/{year}/index.html" for year in YEARS),
        "trends/index.html",
        *(f"trends/{slug}/index.html" for slug in SLUGS - IN_NO_SOURCE),
        "groups/index.html",
        *(f"groups/{grouping.id}/index.html" for grouping in GROUPINGS),
        "posts/index.html",
        "posts/find-and-benchmark-your-area/index.html",
        "posts/the-postcode-lottery-five-years-on/index.html",
        "posts/one-outcome-five-percentages/index.html",
        "posts/the-gap-nobody-talks-about/index.html",
        "posts/in-the-programmes-defence/index.html",
        "posts/using-your-own-data-to-improve/index.html",
        "posts/the-promise-and-the-reality/index.html",
        "posts/what-does-a-recovery-cost/index.html",
        "methods/words-that-hold/index.html",
        "methods/index.html",
        "methods/comparing-areas/index.html",
        "methods/percentages-rounding-and-suppression/index.html",
        "methods/what-the-data-cannot-say/index.html",
        "methods/metrics/index.html",
        *(f"methods/metrics/{slug}/index.html" for slug in SLUGS | OF_GROUPS),
        "methods/reconciliation/index.html",
        "methods/sources/index.html",
        "glossary/index.html",
        "data/index.html",
        "data/api/index.html",
        "methods/access/index.html",
        "methods/board-papers/index.html",
        "bulletin/index.html",
        "search/index.html",
    }


def test_the_json_files_are_as_their_schemas_say_a_sample_of_twenty_areas_among_them(site: Path) -> None:
    areas = sorted(site.glob("areas/*/figures.json"))
    sample = areas[:: len(areas) // 20][:20]
    assert len(sample) == 20
    lists = [site / path for path in ("areas/areas.json", "areas/finder.json", "areas/metrics.json")]
    years = [site / "reports" / "years.json", *site.glob("reports/*/figures.json")]
    tables = sorted(site.glob("data/tables/all-*.json"))[::5]
    assert len(years) == 1 + len(YEARS)
    found = []
    for path in (*sample, *lists, *years, *tables):
        found += faults(path.relative_to(site).as_posix(), path.read_bytes())
    assert found == []


def test_a_program_goes_from_a_code_to_the_figures_that_the_page_prints(site: Path, pages: Pages) -> None:
    index = json.loads((site / "areas" / "areas.json").read_text(encoding="utf-8"))["areas"]
    entry = index["ccg"]["09D"]
    figures = json.loads((site / entry["figures"]).read_text(encoding="utf-8"))
    rate = figures["years"]["2020-21"]["metrics"]["recovery_rate"]
    assert (rate["text"], rate["value"], rate["rank"], rate["of"]) == ("34%", "34", 135, 135)
    words = " ".join("".join(pages[f"{entry['page']}index.html"].text).split())
    assert f"{rate['text']} in 2020-21" in words
    finder = {found["address"] for found in json.loads((site / "areas/finder.json").read_text(encoding="utf-8"))}
    assert {found["page"] for codes in index.values() for found in codes.values()} == {"", *finder}


def test_the_file_of_a_year_says_what_the_working_of_each_figure_says(site: Path, pages: Pages) -> None:
    for year in YEARS:
        facts = json.loads((site / "reports" / year / "figures.json").read_text(encoding="utf-8"))
        assert (site / facts["page"] / "index.html").is_file()
        told = 0
        for found in facts["metrics"].values():
            assert f"{found['method']}index.html" in pages
            if found["working"] is not None:
                address, _, anchor = found["working"].partition("#")
                assert pages[f"{address}index.html"].items[anchor].startswith(f"{year} {found['text']}"), anchor
                told += 1
        assert told == len(SLUGS - IN_NO_SOURCE), year


def test_every_reference_is_relative_or_an_open_citation(pages: Pages) -> None:
    for path, page in pages.items():
        for tag, name, value in page.references:
            parts = urlsplit(value)
            if parts.scheme or parts.netloc:
                assert (tag, name) == ("a", "href"), f"{path}: {value} is fetched from another host"
                assert value.startswith(OPEN), f"{path}: {value}"
            elif path != "404.html":  # shown at any depth, so its links must start from the root
                assert not value.startswith("/"), f"{path}: {value} does not work under a prefix"


def test_every_internal_link_and_anchor_leads_somewhere(pages: Pages, site: Path) -> None:
    lost = []
    for path, page in pages.items():
        for _, name, value in page.references:
            parts = urlsplit(value)
            if parts.scheme or parts.netloc:
                continue
            for address in parts.path.split(",") if name == "srcset" else [parts.path]:
                base = "" if address.startswith("/") else posixpath.dirname(path)
                target = posixpath.normpath(posixpath.join(base, unquote(address).lstrip("/"))) if address else path
                if (site / target).is_dir():
                    target = posixpath.normpath(posixpath.join(target, "index.html"))
                if not (site / target).is_file() or target.startswith(".."):
                    lost.append(f"{path}: {value}")
                elif parts.fragment and unquote(parts.fragment) not in pages[target].ids:
                    lost.append(f"{path}: {value} has no such anchor")
    assert lost == []


def test_no_id_stands_twice_on_a_page(pages: Pages) -> None:
    twice = {path: [id for id, times in Counter(page.ids).items() if times > 1] for path, page in pages.items()}
    assert {path: ids for path, ids in twice.items() if ids} == {}


def test_every_live_number_leads_to_its_working_on_the_same_page(pages: Pages) -> None:
    count = 0
    for path, page in pages.items():
        for link, text in page.live:
            count += 1
            home, anchor = page, link
            if path.endswith("/board-paper/index.html"):  # one sheet, whose sums are on the page of its area
                home, anchor = pages[path.replace("board-paper/", "")], link.removeprefix("../")
                if anchor == "#table-flows":  # its rounded counts, where the area's page has them
                    assert anchor[1:] in home.ids, path
                    continue
            assert anchor.startswith(("#w-", "#c-")), f"{path}: {text} leads to {link}"
            assert anchor[1:] in home.items, f"{path}: {text} has no working {link}"
            assert text.strip(), f"{path}: {link} shows nothing"
    assert count > 2000


def test_every_working_is_of_a_number_on_its_page_or_of_an_end_of_a_change_on_it(pages: Pages) -> None:
    for path, page in pages.items():
        linked = {link[1:] for link in (*(link for link, _ in page.live), *page.behind)}
        led = {value.removeprefix("#") for _, _, value in page.references}
        for spare in set(page.items) - linked:
            if spare.startswith("c-"):
                continue  # a number that is quoted, and no figure of ours
            found = re.fullmatch(r"(w-.+?)-(\d{4}-\d\d)(?:-(.+))?", spare)
            assert found, spare
            metric, year, group = found[1], found[2], re.escape(found[3] or "")
            if f"workings-{metric.removeprefix('w-')}" in led:
                continue  # an area's, to which the heading of a column leads
            ends = rf"{metric}-(?:{year}.*-from-.*|.*-from-{year}.*)"
            gaps = rf"{metric}-{year}-(?:.+-over-{group}|{group}-over-.+)"
            # Words that were judged rest on a working that is made of this one.
            words = rf"{re.escape(spare)}-.+|{metric}-{year}-.+|{metric}-.+-over-{year}|w-.+-{year}-(?:over|less)-.+"
            assert any(re.fullmatch(f"{ends}|{gaps}|{words}", anchor) for anchor in linked), f"{path}: {spare}"


def test_every_image_has_words_a_size_and_a_file(pages: Pages, site: Path) -> None:
    count = 0
    for path, page in pages.items():
        for image in page.images:
            count += 1
            assert (image.get("alt") or "").strip(), f"{path}: {image['src']}"
            assert (image.get("width") or "").isdigit(), f"{path}: {image['src']} would make the page jump"
            assert (image.get("height") or "").isdigit(), f"{path}: {image['src']} would make the page jump"
            assert (site / posixpath.dirname(path) / (image["src"] or "")).is_file()
    assert count > 60


def test_every_drawing_names_itself_and_needs_nothing_else(site: Path) -> None:
    drawings = sorted((site / "assets" / "charts").glob("*.svg"))
    assert len(drawings) > 120
    for path in drawings:
        content = path.read_text(encoding="utf-8")
        root = ElementTree.fromstring(content)  # noqa: S314 - our own drawing
        assert root.get("role") == "img", path.name
        for tag in ("title", "desc"):
            found = root.find(f"{{http://www.w3.org/2000/svg}}{tag}")
            assert found is not None, path.name
            assert (found.text or "").strip(), path.name
        assert "http" not in content.replace('xmlns="http://www.w3.org/2000/svg"', ""), path.name
        assert ("<text" in content) != path.name.endswith("-spark.svg"), f"{path.name}: text is not text"


def test_nothing_on_a_page_breaks_its_own_policy(pages: Pages, site: Path) -> None:
    for path, page in pages.items():
        assert page.tags["style"] == page.tags["iframe"] == 0, path
        source = (site / path).read_text(encoding="utf-8")
        scripts = re.findall(r"<script[^>]*>(?:[^<]|<(?!/script))*</script>", source)
        assert len(scripts) == page.tags["script"], path
        told = [
            one for one in scripts if one.startswith('<script type="application/ld+json">')
        ]  # data, which never run
        assert all(json.loads(re.sub("<[^>]+>", "", one)) for one in told), path
        run = [one for one in scripts if one not in told]
        assert all(
            re.fullmatch(r'<script type="module" src="[./]*js/[\w-]+\.[0-9a-f]{8}\.js"></script>', one) for one in run
        ), path
        assert ("script-src 'self'" in source) == bool(run), path
        assert page.tags["form"] <= bool(run), path
        assert "style" not in page.attributes, path
        assert not [name for name in page.attributes if name.startswith("on")], path


def test_every_page_has_one_title_and_no_heading_out_of_order(pages: Pages, site: Path) -> None:
    titles: Counter[str] = Counter()
    for path, page in pages.items():
        assert page.headings.count(1) == 1, path
        assert page.headings[0] == 1, path
        steps = zip(page.headings, page.headings[1:], strict=False)
        assert all(after <= before + 1 for before, after in steps), f"{path}: {page.headings}"
        source = (site / path).read_text(encoding="utf-8")
        title = re.search(r"<title>(.+?)</title>", source)
        assert title, path
        titles[title[1]] += 1
        assert re.search(r'<html lang="en-GB"[ >]', source), path
        assert re.search(r'<meta name="description" content="[^"]{40,}">', source), path
    assert max(titles.values()) == 1, titles.most_common(2)


def test_no_page_shows_what_a_reader_should_not_see(pages: Pages) -> None:
    slips = re.compile(r"\{\{|\{%|\}\}|\bNone\b(?! of)|\bnan\b|\bNaN\b|Fraction\(|\bUndefined\b|<function|\{:|\{#")
    for path, page in pages.items():
        found = slips.search("".join(page.text))
        assert not found, f"{path}: {''.join(page.text)[max(0, found.start() - 40) : found.end() + 40]!r}"


# What each of these reports must show. The rates that the posts gave as whole numbers are printed with a decimal here,
# so the last column says what the unrounded value must come to.
NAMED = [
    ("2019-20", "1,694,790", "w-referrals-received-2019-20", None),
    ("2019-20", "1,647,716", "w-ended-referrals-2019-20", None),
    ("2019-20", "up 10.2%", "w-ended-referrals-2019-20-from-2018-19", None),
    ("2019-20", "521,312", "w-ended-not-seen-2019-20", None),
    ("2019-20", "31.6%", "w-not-seen-of-ended-2019-20", "31.6"),
    ("2019-20", "1,095,739", "w-ended-after-treatment-2019-20", None),
    ("2019-20", "55.3%", "w-completion-rate-2019-20", "55.3"),
    ("2019-20", "44.7%", "w-one-treatment-rate-2019-20", "44.7"),
    ("2019-20", "94.1%", "w-eligible-of-finished-2019-20", "94.1"),
    ("2019-20", "291,371", "w-recovery-2019-20", None),
    ("2019-20", "51.1%", "w-recovery-rate-2019-20", "51.1"),
    ("2019-20", "26.6%", "w-recovered-of-treated-2019-20", "26.6"),
    ("2017-18", "1,439,957", "w-referrals-received-2017-18", None),
    ("2017-18", "up 54,293", "w-referrals-received-2017-18-from-2016-17", None),
    ("2017-18", "50.8%", "w-recovery-rate-2017-18", "50.8"),
    ("2017-18", "up 1.5 percentage points", "w-recovery-rate-2017-18-from-2016-17", None),
    ("2017-18", "89.1%", "w-first-treatment-within-6-weeks-2017-18", None),
    ("2017-18", "98.8%", "w-first-treatment-within-18-weeks-2017-18", None),
    ("2017-18", "70.1%", "w-entered-of-received-2017-18", "70"),
    ("2017-18", "38.5%", "w-finished-of-received-2017-18", "39"),
    ("2017-18", "18.3%", "w-recovered-of-received-2017-18", "18"),
    ("2017-18", "55.0%", "w-finished-of-entered-2017-18", "55"),
    ("2017-18", "26.1%", "w-recovered-of-entered-2017-18", "26"),
    ("2017-18", "47.5%", "w-recovered-of-finished-2017-18", "47"),
    ("2021-22", "50.2%", "w-recovery-rate-2021-22", "50.2"),
    ("2021-22", "the lowest for five years", "w-recovery-rate-2021-22", None),
    ("2021-22", "50.3%", "w-recovered-of-at-caseness-2021-22", "50.3"),
    ("2021-22", "57.7%", "w-completion-rate-2021-22", None),
]


@pytest.mark.parametrize(("year", "text", "anchor", "unrounded"), NAMED)
def test_the_report_shows_the_number_live_with_its_working(
    year: str, text: str, anchor: str, unrounded: str | None, pages: Pages
) -> None:
    page = pages[f"reports/{year}/index.html"]
    assert (f"#{anchor}", text) in page.live
    working = page.items[anchor]
    assert re.match(rf"(?:\d{{4}}-\d\d to )?{year}\b", working)
    if re.match(r"[\d.,]+%?$", text):
        assert text in working
    if unrounded is not None:
        exact = re.search(r"÷ .* = (\d+\.\d{5})%", working)
        assert exact, working
        assert Decimal(exact[1]).quantize(Decimal(unrounded), ROUND_HALF_UP) == Decimal(unrounded)


def test_a_change_shows_its_subtraction(pages: Pages) -> None:
    growth = pages["reports/2019-20/index.html"].items["w-ended-referrals-2019-20-from-2018-19"]
    assert "1,647,716 − 1,495,680 = 152,036" in growth
    assert "10.16501%" in growth
    points = pages["reports/2017-18/index.html"].items["w-recovery-rate-2017-18-from-2016-17"]
    assert "50.83484% − 49.33737% = 1.49747" in points


def test_2017_18_is_told_as_the_first_year_above_the_standard(pages: Pages) -> None:
    words = " ".join("".join(pages["reports/2017-18/index.html"].text).split())
    assert re.search(r"first (?:year|time)[^.]*50%|50% standard for the first time", words)


def test_2021_22_is_published_as_57_7_and_says_that_its_parts_lie_on_another_basis(pages: Pages) -> None:
    working = pages["reports/2021-22/index.html"].items["w-completion-rate-2021-22"]
    assert "57.7% as published" in working
    assert "÷" not in working


def test_the_difference_of_50_2_and_50_3_is_explained_with_both_sums(pages: Pages) -> None:
    page = pages["methods/reconciliation/index.html"]
    words = " ".join("".join(page.text).split())
    assert "Two recovery rates, and why both are right" in words
    assert page.items["w-recovery-rate-2021-22"].startswith("2021-22 50.2%")
    assert page.items["w-recovered-of-at-caseness-2021-22"].startswith("2021-22 50.3%")


def test_no_published_percentage_of_england_differs_from_its_counts(site: Path) -> None:
    rows = re.findall(r"<tr>.*?</tr>", (site / "methods/reconciliation/index.html").read_text(encoding="utf-8"))
    england = [row for row in rows if '<td class="text">England</td>' in row]
    assert len(england) == len(YEARS) or len(england) >= 11
    assert all('data-agrees="yes"' in row for row in england)


def test_the_index_of_trends_leads_to_every_trend_by_a_card_with_its_line(pages: Pages, site: Path) -> None:
    page = pages["trends/index.html"]
    for slug in SLUGS - IN_NO_SOURCE:
        assert ("a", "href", f"{slug}/") in page.references, slug
        (image,) = [found for found in page.images if (found["src"] or "").endswith(f"/trend-{slug}-spark.svg")]
        assert (image["width"], image["height"]) == ("200", "64")
        assert re.fullmatch(r"(A line of|One value of) [^.].+[^.]\.", image["alt"] or ""), image["alt"]
    for slug in IN_NO_SOURCE:
        assert ("a", "href", f"../methods/metrics/{slug}/") in page.references
    assert len(page.images) == len(SLUGS - IN_NO_SOURCE)


def test_a_trend_and_its_methods_lead_to_each_other(pages: Pages) -> None:
    for slug in SLUGS - IN_NO_SOURCE:
        assert ("a", "href", f"../../methods/metrics/{slug}/") in pages[f"trends/{slug}/index.html"].references
        assert ("a", "href", f"../../../trends/{slug}/") in pages[f"methods/metrics/{slug}/index.html"].references


def test_a_trend_page_of_a_rate_names_its_base_and_shows_every_year_live(pages: Pages) -> None:
    for slug in SLUGS - IN_NO_SOURCE:
        page, metric = pages[f"trends/{slug}/index.html"], METRICS_BY_NAME[slug.replace("-", "_")]
        words = " ".join("".join(page.text).split())
        assert metric.base[3:] in words
        for year in YEARS:
            assert f"#w-{slug}-{year}" in {link for link, _ in page.live}, f"{slug}, {year}"


def test_every_page_of_a_metric_prints_its_worked_example(pages: Pages) -> None:
    for slug in SLUGS | OF_GROUPS:
        words = " ".join("".join(pages[f"methods/metrics/{slug}/index.html"].text).split())
        assert f"rinted: {METRICS_BY_NAME[slug.replace('-', '_')].example.gives}." in words


def test_targets_are_told_beside_the_count_of_their_year_and_never_as_met(pages: Pages) -> None:
    words = " ".join("".join(pages["trends/entered-treatment/index.html"].text).split())
    for year, people, count in (("2020-21", "1,500,000", "1,024,014"), ("2023-24", "1,900,000", "1,260,381")):
        assert f"A target for {year}. At least {people} people" in words
        assert f"The count that year is {count}." in words
    assert "so it flatters" in words
    assert not re.search(r"\bmet\b|\bmissed\b", words)
