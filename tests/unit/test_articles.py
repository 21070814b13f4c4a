"""Posts, pages about methods, and the pictures of reports."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from yearbook.areas import Areas
from yearbook.charts import MissingChart, build_card, build_charts
from yearbook.metrics import METRICS_BY_NAME
from yearbook.pages.articles import METHOD, POST, ArticleType, render_article, render_posts_index
from yearbook.pages.commentary import read_commentary
from yearbook.pages.environment import page_environment
from yearbook.peers import Comparisons
from yearbook.report import Report
from yearbook.years import FinancialYear

Render = Callable[..., Any]


@pytest.fixture(scope="module")
def charts(report: Report) -> dict[Any, Any]:
    return {(chart.id, chart.year): chart for chart in build_charts(report)}


@pytest.fixture
def render(report: Report, charts: dict[Any, Any], project: Path, tmp_path: Path) -> Render:
    """Renders an article from its front matter and its body."""

    def rendered(body: str, fields: str = "", kind: ArticleType = POST) -> Any:
        path = tmp_path / "an-article.md"
        path.write_text(f"---\ntitle: An article\nstandfirst: What it says.\n{fields}---\n\n{body}\n", encoding="utf-8")
        commentary = read_commentary(path, "content/posts/an-article.md")
        environment = page_environment(project / "templates")
        return render_article(
            Comparisons(report, Areas(report.archive)), kind, "an-article", commentary, charts, environment
        )

    return rendered


def test_a_post_has_its_own_year_and_the_workings_of_its_numbers(render: Render) -> None:
    article = render('Recovery: {{ figure("recovery_rate") }}.', 'year: "2019-20"\n')
    assert article.page.path == "posts/an-article.md"
    assert 'href="#w-recovery-rate-2019-20">51.1%</a>' in article.page.body
    assert 'id="w-recovery-rate-2019-20"' in article.page.body


def test_a_page_about_methods_stands_among_the_methods(render: Render) -> None:
    article = render("Words.", kind=METHOD)
    assert article.page.path == "methods/an-article.md"
    assert article.page.layout == "methods"


def test_a_post_places_charts_of_its_year_of_another_and_of_all_years(render: Render) -> None:
    body = '## One {#one}\n\n{{ chart("journey") }}\n\n{{ chart("journey-2021-22") }}\n\n{{ chart("deprivation-gap") }}'
    page = render(body, 'year: "2019-20"\n').page
    assert re.findall(r'<figure class="chart" id="([\w-]+)"', page.body) == [
        "chart-journey",
        "chart-journey-2021-22",
        "chart-deprivation-gap",
    ]
    assert {"journey-2019-20", "journey-2021-22", "deprivation-gap"} <= set(page.tables)
    assert page.body.count('<h3 class="chart__finding"') == 3


def test_a_chart_before_any_heading_is_headed_by_the_next_level(render: Render) -> None:
    body = render('{{ chart("journey") }}\n\n## Then {#then}\n\nWords.', 'year: "2019-20"\n').page.body
    assert '<h2 class="chart__finding"' in body
    assert '<h3 class="chart__finding"' not in body


def test_an_index_without_posts_says_so(project: Path) -> None:
    page = render_posts_index([], page_environment(project / "templates"))
    assert "There is no post yet." in page.body


def test_a_reports_picture_marks_its_own_year_and_says_the_value(report: Report) -> None:
    chart = build_card(report, METRICS_BY_NAME["second_treatment_after_90_days"], FinancialYear(2022))
    assert not isinstance(chart, MissingChart)
    marked = [record for record in chart.pictures["spark"].records["points"] if record["tone"] == "accent"]
    assert [record["x"] for record in marked] == [2022]
    assert chart.alt.endswith("22.3% in 2022-23 is marked.")


def test_a_picture_of_a_value_that_is_not_known_is_missing(report: Report) -> None:
    card = build_card(report, METRICS_BY_NAME["second_treatment_after_90_days"], FinancialYear(2012))
    assert isinstance(card, MissingChart)
