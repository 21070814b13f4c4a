"""How a figure is cited and an error in it reported: by the permanent anchor of its working."""

import re
from html import unescape
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from yearbook.pages.citing import Citing, self_link
from yearbook.settings import ErrorReports, Settings

ANCHOR = "w-recovery-rate-2019-20"
ADDRESS = "reports/2019-20/"


def href(html: str) -> str:
    found = re.search(r'href="([^"]+)"', html)
    assert found
    return unescape(found[1])


def citing(url: str = "", errors: ErrorReports = ErrorReports()) -> Citing:  # noqa: B008 - frozen
    return Citing(Settings("The Yearbook", url=url, errors=errors), ADDRESS)


def test_a_figure_lives_at_its_pages_address_and_its_anchor() -> None:
    assert citing("https://example.org/y/").place(ANCHOR) == f"https://example.org/y/reports/2019-20/#{ANCHOR}"
    assert citing().place(ANCHOR) == f"reports/2019-20/#{ANCHOR}"
    assert Citing().place(ANCHOR) == f"#{ANCHOR}"


def test_a_citation_names_the_site_the_figure_each_source_once_and_the_address() -> None:
    sources = (
        "NHS Digital, annual report 2019-20",
        "A post, https://example.org/post",
        "A post, https://example.org/two",
    )
    assert citing().citation("Recovery rate, 2019-20, England: 51.1%", sources, ANCHOR) == (
        "The Yearbook, Recovery rate, 2019-20, England: 51.1%; from NHS Digital, annual report 2019-20; A post. "
        "reports/2019-20/#w-recovery-rate-2019-20"
    )
    assert citing().citation("Recovery rate", (), ANCHOR) == f"The Yearbook, Recovery rate. reports/2019-20/#{ANCHOR}"


def test_a_site_without_a_name_is_cited_by_ours() -> None:
    assert Citing().citation("A", (), ANCHOR).startswith("The Talking Therapies Yearbook, A")


def test_an_error_is_reported_by_mail_with_the_figures_id_and_page() -> None:
    link = urlsplit(href(citing(errors=ErrorReports(mail="editors@example.org")).report_link(ANCHOR)))
    assert (link.scheme, link.path) == ("mailto", "editors@example.org")
    assert parse_qs(link.query) == {"subject": ["Error in w-recovery-rate-2019-20 on /reports/2019-20/"]}


def test_an_error_is_reported_in_a_tracker_with_the_figures_id_and_page() -> None:
    form = "https://example.org/issues/new?title={title}&labels=figures"
    link = href(citing(errors=ErrorReports(form=form)).report_link(ANCHOR))
    assert parse_qs(urlsplit(link).query) == {
        "title": ["Error in w-recovery-rate-2019-20 on /reports/2019-20/"],
        "labels": ["figures"],
    }
    assert "title=Error%20in%20w-" in link
    assert unquote(link).count("{title}") == 0


def test_without_a_place_for_it_the_id_is_told_and_the_link_says_how() -> None:
    html = citing().report_link(ANCHOR)
    assert "Its id is w-recovery-rate-2019-20." in html
    assert href(html) == "../../methods/sources/#reporting-an-error"
    assert href(Citing().report_link(ANCHOR)) == "methods/sources/#reporting-an-error"


@pytest.mark.parametrize(
    ("errors", "words"),
    [
        (ErrorReports(), "tell whoever publishes it"),
        (ErrorReports(mail="a+b@example.org"), "Write to a+b@example.org"),
        (ErrorReports(form="https://example.org/?t={title}"), "Fill in a report"),
    ],
)
def test_the_page_of_sources_says_where_a_report_goes(errors: ErrorReports, words: str) -> None:
    assert words in citing(errors=errors).where_to_report()


def test_names_and_numbers_are_data_in_what_is_shown() -> None:
    html = citing().lines('<b>"A"</b>', ("<i>",), ANCHOR)
    assert "<b>" not in html
    assert "<i>" not in html
    assert 'aria-label="Link to &quot;&lt;b&gt;"' in self_link(ANCHOR, '"<b>')
