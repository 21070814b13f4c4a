"""A figure to take away: its home, its words, its files, and the page and the facts made of them."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from typing import Any

import pytest
from jinja2 import Environment
from shapes.strict import faults

from yearbook.archive import Archive
from yearbook.charts import Chart, build_area_charts
from yearbook.charts.pictures import Picture, Scale
from yearbook.organisations import Organisation
from yearbook.outputs.attribution import data_version
from yearbook.outputs.figures import (
    ShownFigure,
    citation_of,
    embed_code,
    figure_facts,
    figure_files,
    gather_figures,
)
from yearbook.pages.figures import Placed, figures_on, render_figure, shown_figures
from yearbook.pages.markup import figure_links
from yearbook.pages.page import Page
from yearbook.peers import Comparisons
from yearbook.tables import Row, Table
from yearbook.years import FinancialYear

YEAR = FinancialYear(2019)
HOSTILE = '<script>alert("x")</script> & {{ 7 * 7 }}'
SITE = "https://example.org/yearbook/"


def picture(width: int, height: int) -> Picture:
    return Picture("bars", width, height, Scale(0, 1, 0, 1), None, {})


def chart(id: str = "waits", year: FinancialYear | None = YEAR, finding: str = "Half waited", **more: Any) -> Chart:
    rows = (Row("All", ("100%",), is_base=True), Row("<6 weeks", ("[c]",)))
    table = Table(id, "Waits", ("Wait", "2019-20"), rows, year=year)
    pictures = {"wide": picture(720, 300), "narrow": picture(340, 400)}
    return Chart(id, year, finding, "Of those who finished", "A bar.", table, "A report", (), pictures, **more)


def shown(of: Chart, address: str = "reports/2019-20/", **more: Any) -> ShownFigure:
    return ShownFigure(of, f"The page at /{address}", address, f"chart-{of.id}", f"w-chart-{of.id}", **more)


def test_a_year_s_chart_is_at_home_in_a_report_and_never_on_the_home_page() -> None:
    placed = [shown(chart(), ""), shown(chart(), "trends/a/"), shown(chart()), shown(chart(), "posts/b/")]
    assert gather_figures(placed)["waits-2019-20"].address == "reports/2019-20/"


def test_a_chart_of_all_years_is_at_home_outside_the_reports_or_in_the_last_of_them() -> None:
    reports = [shown(chart(year=None), "reports/2018-19/"), shown(chart(year=None))]
    assert gather_figures(reports)["waits"].address == "reports/2019-20/"
    assert gather_figures([*reports, shown(chart(year=None), "groups/a/")])["waits"].address == "groups/a/"


def test_a_chart_that_any_report_shows_has_a_png() -> None:
    placed = [shown(chart(year=None), in_report=True), shown(chart(year=None), "trends/a/")]
    figure = gather_figures(placed)["waits"]
    assert figure.address == "trends/a/"
    assert [image.path for image in figure.images] == [
        "assets/charts/waits-wide.svg",
        "assets/charts/waits-narrow.svg",
        "assets/charts/waits.png",
    ]
    assert "png" not in {image.kind for image in shown(chart()).images}


def test_the_foot_of_a_figure_leads_to_its_files_and_its_page_and_in_a_report_to_its_png() -> None:
    report = figure_links(chart(), "data/tables/waits-2019-20", "reports/2019-20/")
    assert re.findall(r'href="([^"]+)"', report) == [
        "../../data/tables/waits-2019-20.csv",
        "../../data/tables/waits-2019-20.json",
        "../../assets/charts/waits-2019-20-wide.svg",
        "../../assets/charts/waits-2019-20.png",
        "../../figures/waits-2019-20/#use",
    ]
    assert re.sub(r"<[^>]+>", "", report) == "CSV · JSON · SVG · PNG · Link, embed and cite"
    assert "PNG" not in figure_links(chart(), "data/tables/waits-2019-20", "trends/waits/")
    assert "PNG" not in figure_links(chart(), "data/tables/waits-2019-20", "")


FIGURE = (
    '<figure class="chart" id="chart-waits"><a class="behind" href="#w-chart-waits">Workings</a>'
    '<a href="../../figures/waits-2019-20/#use">Link</a></figure>'
)


def test_the_figures_of_a_page_are_read_from_what_it_shows() -> None:
    body = f"{FIGURE}<figure class='other'></figure>{FIGURE.replace('waits', 'journey')}"
    assert list(figures_on(Page("a.md", "A", "a", body))) == [
        Placed("waits-2019-20", "chart-waits", "w-chart-waits"),
        Placed("journey-2019-20", "chart-journey", "w-chart-journey"),
    ]


@pytest.mark.parametrize(
    "lost", ['<a class="behind" href="#w-chart-waits">', '<a href="../../figures/waits-2019-20/#use">']
)
def test_a_figure_without_its_ways_is_a_fault_of_ours(lost: str) -> None:
    body = FIGURE.replace(lost, "<a>", 1) + FIGURE
    with pytest.raises(AssertionError, match=r"a\.md shows chart-waits without the way"):
        list(figures_on(Page("a.md", "A", "a", body)))


def test_the_embed_code_names_the_whole_address_and_escapes_what_data_say() -> None:
    figure = shown(chart(finding=HOSTILE), site=SITE)
    code = embed_code(figure)
    assert re.fullmatch(r'<iframe(?: [a-z]+="[^"<>]+")+></iframe>', code)
    assert 'loading="lazy"' in code
    assert f'src="{SITE}figures/waits-2019-20/"' in code
    assert unescape(re.findall(r'title="([^"]+)"', code)[0]) == HOSTILE


def test_the_frame_is_high_enough_for_either_picture() -> None:
    tall = replace(chart(), pictures={"wide": picture(720, 900), "narrow": picture(340, 400)})
    low = replace(chart(), pictures={"narrow": picture(340, 200)})
    heights = [int(re.findall(r'height="(\d+)"', embed_code(shown(one)))[0]) for one in (tall, low)]
    assert heights[0] > 900 * 1.2
    assert 200 * 480 / 340 < heights[1] < 700


def test_the_citation_names_finding_page_version_source_and_address(archive: Archive) -> None:
    assert citation_of(shown(chart(), site=SITE), archive) == (
        "The Talking Therapies Yearbook. “Half waited” (figure), in “The page at /reports/2019-20/”. "
        f"Data version {data_version(archive)}. Source: A report. {SITE}figures/waits-2019-20/"
    )


def validate(facts: object) -> list[str]:
    return faults("figures/any/figure.json", json.dumps(facts).encode())


def test_the_facts_are_as_the_published_schema_says(archive: Archive) -> None:
    for figure in (shown(chart(), site=SITE, in_report=True), shown(chart(year=None, finding=HOSTILE))):
        files = dict(figure_files({"a": figure}, archive))
        facts = json.loads(files[f"figures/{figure.chart.name}/figure.json"])
        assert validate(facts) == []
        assert facts == figure_facts(figure, archive)
        assert facts["embed"] == (embed_code(figure) if figure.site else None)


@pytest.mark.parametrize("wrong", [{"id": "A b"}, {"year": "2019"}, {"images": [{}]}, {"more": 1}, {"title": ""}])
def test_facts_that_are_otherwise_are_refused(wrong: dict[str, object], archive: Archive) -> None:
    facts = figure_facts(shown(chart()), archive)
    assert validate(facts | wrong)
    assert validate({key: value for key, value in facts.items() if key != "citation"})


def test_figures_that_quote_carry_no_licence_of_ours(archive: Archive, environment: Environment) -> None:
    quoted = replace(chart(), table=replace(chart().table, quoted_from=("A book",)))
    facts = figure_facts(shown(quoted), archive)
    assert validate(facts) == []
    assert facts["licence"]["title"] == "Quoted figures"
    assert "address" not in facts["licence"]
    page = render_figure(shown(quoted), archive, environment)
    assert facts["licence"]["attribution"] in page.body
    assert 'rel="license' not in page.body


def test_the_page_says_all_of_the_figure_and_leads_home(archive: Archive, environment: Environment) -> None:
    page = render_figure(shown(chart(), site=SITE, in_report=True), archive, environment)
    assert (page.path, page.layout, page.is_html) == ("figures/waits-2019-20/index.md", "figure", True)
    links = re.findall(r'href="([^"]+)"', page.body)
    assert {
        "../../reports/2019-20/#chart-waits",
        "../../reports/2019-20/#w-chart-waits",
        "../../data/tables/waits-2019-20.csv",
        "../../data/tables/waits-2019-20.json",
        "../../assets/charts/waits-2019-20-wide.svg",
        "../../assets/charts/waits-2019-20-narrow.svg",
        "../../assets/charts/waits-2019-20.png",
        "figure.json",
    } <= set(links)
    assert "1552 × " in page.body
    text = unescape(re.sub(r"<[^>]+>", "", page.body))
    assert citation_of(shown(chart(), site=SITE), archive) in text
    assert "&lt;6 weeks" in page.body
    assert '<td class="num">[c]</td>' in page.body
    assert "does not know its own address" not in text


def test_without_the_address_of_the_site_the_page_says_what_is_missing(
    archive: Archive, environment: Environment
) -> None:
    page = render_figure(shown(chart()), archive, environment)
    assert "does not know its own address: put it before <code>figures/waits-2019-20/</code>" in page.body
    assert "src=&#34;figures/waits-2019-20/&#34;" in page.body


def test_nothing_that_data_say_becomes_markup(archive: Archive, environment: Environment) -> None:
    hostile = replace(chart(finding=HOSTILE), base=HOSTILE, alt=HOSTILE, source=HOSTILE, notes=(HOSTILE,))
    table = Table("waits", HOSTILE, ("", HOSTILE), (Row(HOSTILE, (HOSTILE,)),), (HOSTILE,), year=YEAR)
    page = render_figure(replace(shown(replace(hostile, table=table)), page=HOSTILE), archive, environment)
    assert "<script" not in page.body
    assert "{{ 7 * 7 }}" in page.body
    assert "49" not in page.body


def test_an_area_s_chart_says_whose_it_is_and_leads_to_the_files_of_its_area(
    make_comparisons: Callable[..., Comparisons], area_row: Callable[..., dict[str, object]], environment: Environment
) -> None:
    rows = {year: [area_row("09D", rate), area_row("05W", 50)] for year, rate in (("2018-19", 40), ("2019-20", 55))}
    comparisons = make_comparisons(rows, Organisation("ccg", "09D", name="NHS <i>Brighton</i> CCG"))
    area = next(area for area in comparisons.areas.all if area.current.code == "09D")
    charts = [made for made in build_area_charts(comparisons, area) if isinstance(made, Chart)]
    (drawn,) = [made for made in charts if made.id.startswith("area-trend")]
    anchor = f"chart-{drawn.id}"
    body = FIGURE.replace("chart-waits", anchor).replace("waits-2019-20", drawn.name)
    pages = [Page(f"{area.address}index.md", area.name, "area", body), Page("posts/b.md", "A post", "post", body)]
    (figure,) = shown_figures(pages, charts, comparisons.areas.all).values()
    assert (figure.area, figure.address, figure.anchor) == (area, area.address, anchor)
    facts = figure_facts(figure, comparisons.report.archive)
    validate(facts)
    assert facts["title"] == f"NHS <i>Brighton</i> CCG: {drawn.finding}"
    assert facts["area"] == {"name": area.name, "codes": ["09D"], "page": f"../../{area.address}"}
    assert facts["data"] == {"csv": f"../../{area.address}figures.csv", "json": f"../../{area.address}figures.json"}
    assert [image["kind"] for image in facts["images"]] == ["narrow"]
    page = render_figure(figure, comparisons.report.archive, environment)
    assert page.title == f"NHS <i>Brighton</i> CCG: {drawn.finding}"
    assert (
        f'<p class="series"><a href="../../{area.address}#{anchor}">NHS &lt;i&gt;Brighton&lt;/i&gt; CCG</a></p>'
        in page.body
    )
    assert f'href="../../{area.address}figures.csv"' in page.body
    assert "<i>" not in page.body
