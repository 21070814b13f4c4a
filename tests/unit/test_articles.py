"""Posts, pages about methods, and the pictures of reports."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from yearbook.areas import Areas
from yearbook.charts import MissingChart, build_card, build_charts
from yearbook.metrics import METRICS_BY_NAME
from yearbook.pages.articles import METHOD, POST, ArticleType, render_article, render_posts_index
from yearbook.pages.commentary import Commentary, read_commentary
from yearbook.pages.companions import ALONE, Companions, Listed, Related
from yearbook.pages.environment import page_environment
from yearbook.pages.replies import NO_REPLIES, Replies, Reply, Thread
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

    def rendered(body: str, fields: str = "", kind: ArticleType = POST, companions: Companions = ALONE) -> Any:
        path = tmp_path / "an-article.md"
        path.write_text(f"---\ntitle: An article\nstandfirst: What it says.\n{fields}---\n\n{body}\n", encoding="utf-8")
        commentary = read_commentary(path, "content/posts/an-article.md")
        environment = page_environment(project / "templates")
        return render_article(
            Comparisons(report, Areas(report.archive)), kind, "an-article", commentary, charts, environment, companions
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


def test_nothing_stands_under_a_page_that_nothing_goes_with(render: Render) -> None:
    body = render("Words.").page.body
    for found in ("replies", "mailto:", 'class="parts"', 'class="about"', 'id="series"', 'class="byline tags"'):
        assert found not in body


def test_the_byline_marks_guests_and_the_foot_has_the_line_on_them(render: Render) -> None:
    fields = (
        "authors:\n  - The <i>editors</i>\n  - name: Ann\n    guest: true\n    about: Counts & counts.\n"
        "    link: https://example.org/ann\n  - name: Bo\n    guest: true\n"
    )
    body = render("Words.", fields).page.body
    assert (
        "By The &lt;i&gt;editors&lt;/i&gt;, "
        '<a href="https://example.org/ann">Ann</a> (guest) and Bo (guest) · 1&nbsp;minute’s read</p>'
    ) in body
    about = re.search(r'<section class="about" aria-label="About the author">\n(.*?)\n</section>', body, re.DOTALL)
    assert about, body
    assert about[1] == '<p><a href="https://example.org/ann">Ann</a>, guest author. Counts &amp; counts.</p>'


def test_the_reading_time_is_of_the_words_as_rendered(render: Render) -> None:
    expression = '{{ figure("recovery_rate", "2019-20") }}'
    assert render(" ".join([expression] * 300)).minutes == 1  # each is one word to a reader, and six in the file
    assert render(" ".join([expression] * 335)).minutes == 2


def listed(slug: str, title: str, **fields: Any) -> Listed:
    file = f"content/posts/{slug}.md"
    return Listed(file, f"posts/{slug}/", title, Commentary(file, fields, title, "", ""))


def test_a_part_of_a_series_names_the_others_in_their_order(render: Render) -> None:
    parts = tuple(
        listed(slug, title, series="Waits & more", part=part)
        for part, (slug, title) in enumerate(
            [("one", "One"), ("an-article", "An article"), ("three", "<Three>"), ("four", "Four")], start=1
        )
    )
    body = render("Words.", "series: Waits & more\npart: 2\n", companions=Companions(parts)).page.body
    assert '<p class="series">Part 2 of 4 in <a href="#series">Waits &amp; more</a></p>' in body
    nav = re.search(r'<nav class="parts" id="series" aria-labelledby="series-title">(.*?)</nav>', body, re.DOTALL)
    assert nav, body
    assert re.findall(r"<li.*?>(.*?)</li>", nav[1]) == [
        '<a href="../one/" rel="prev">One</a> <span class="parts__where">the part before</span>',
        'An article <span class="parts__where">this part</span>',
        '<a href="../three/" rel="next">&lt;Three&gt;</a> <span class="parts__where">the next part</span>',
        '<a href="../four/">Four</a>',
    ]
    assert '<li aria-current="page">An article' in nav[1]


def test_the_only_part_of_a_series_names_its_series_alone(render: Render) -> None:
    parts = (listed("an-article", "An article", series="Waits", part=1),)
    body = render("Words.", "series: Waits\npart: 1\n", companions=Companions(parts)).page.body
    assert '<p class="series"><a href="../">Waits</a></p>' in body
    assert 'id="series"' not in body


def test_pages_that_share_a_tag_are_listed_under_it(render: Render) -> None:
    related = (Related("old age", (listed("other", "An other"),)),)
    body = render("Words.", "tags: [waiting, old age]\n", companions=Companions(related=related)).page.body
    assert '<p class="byline tags">On waiting and <a href="#more-old-age">old age</a></p>' in body
    assert '<h2 class="parts__title" id="more-old-age-title">More on old age</h2>' in body
    assert '<li><a href="../other/">An other</a></li>' in body


def reply(number: int, to: int | None = None, by_author: bool = False) -> Reply:
    return Reply(number, "Cy <Invented>", date(2024, 2, number), to, by_author, f"<p>Words {number}.</p>")


def test_replies_stand_under_the_page_in_threads_and_are_labelled_as_readers_words(render: Render) -> None:
    threads = (Thread(reply(1), (Thread(reply(3, 1, by_author=True)),)), Thread(reply(2)))
    body = render("Words.", companions=Companions(replies=Replies(3, threads, answered=True))).page.body
    replies = re.search(r'<section class="replies".*?</section>', body, re.DOTALL)
    assert replies, body
    text = " ".join(re.sub(r"<[^>]+>", " ", replies[0]).split())
    assert text == (
        "Replies Three replies. These are readers’ words, not checked: a figure in a reply, or in an answer by an "
        "author, is its writer’s own. "
        "Cy &lt;Invented&gt; reader 1 February 2024 Reply 1 Words 1. "
        "Cy &lt;Invented&gt; author of this page 3 February 2024 Reply 3 , to reply 1 Words 3. "
        "Cy &lt;Invented&gt; reader 2 February 2024 Reply 2 Words 2."
    )
    nested = re.search(r'id="reply-1">.*?<ol class="thread">\n<li class="reply" id="reply-3">', replies[0], re.DOTALL)
    assert nested
    assert 'id="reply-2"' not in nested[0]
    assert body.index('id="replies"') < len(body)


def test_where_there_is_an_address_every_page_and_every_reply_can_be_answered_by_e_mail(render: Render) -> None:
    companions = Companions(
        replies=Replies(1, (Thread(reply(1)),)), reply_to="editors@example.org", site="https://example.org/y/"
    )
    body = render("Words.", "", companions=companions).page.body
    links = [found.replace("&amp;", "&") for found in re.findall(r'href="(mailto:[^"]*)"', body)]
    answer, own = (urlsplit(link) for link in links)
    assert answer.path == own.path == "editors@example.org"
    assert parse_qs(answer.query)["subject"] == ["Reply to Cy <Invented> on “An article”"]
    assert parse_qs(own.query)["subject"] == ["Reply to “An article”"]
    (words,) = parse_qs(answer.query)["body"]
    assert words.split("\r\n")[:3] == [
        "Page: An article",
        "https://example.org/y/posts/an-article/",
        "In answer to reply 1, by Cy <Invented>",
    ]
    assert "Replies go to editors@example.org." in body
    assert "<form" not in body


def test_a_page_without_replies_can_still_be_replied_to(render: Render) -> None:
    companions = Companions(replies=NO_REPLIES, reply_to="editors@example.org")
    body = render("Words.", companions=companions).page.body
    assert '<h2 id="replies-title">Reply</h2>' in body
    assert "readers’ words" not in body
