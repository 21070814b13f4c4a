"""The accessibility statement names whoever is to be told of a barrier, where there is somebody."""

from pathlib import Path
from urllib.parse import unquote

import pytest

from yearbook.pages.environment import page_environment
from yearbook.pages.methods import METHODS_PAGES, render_access
from yearbook.settings import ErrorReports, Settings

FORM = "https://example.org/new?title={title}"


def body(project: Path, reply_to: str = "", errors: ErrorReports = ErrorReports()) -> str:  # noqa: B008 - frozen
    return unquote(
        render_access(page_environment(project / "templates", Settings("Y", reply_to=reply_to, errors=errors))).body
    )


@pytest.mark.parametrize(
    ("reply_to", "errors", "said"),
    [
        ("", ErrorReports(), "This copy of the Yearbook names no address for it"),
        ("", ErrorReports(mail="errors@example.org"), "mailto:errors@example.org?subject=A barrier on the Yearbook"),
        ("ed@example.org", ErrorReports(), "mailto:ed@example.org?subject=A barrier on the Yearbook"),
        ("ed@example.org", ErrorReports(mail="errors@example.org"), "mailto:errors@example.org"),
        ("", ErrorReports(form=FORM), "https://example.org/new?title=A barrier on the Yearbook"),
        ("ed@example.org", ErrorReports(form=FORM), "mailto:ed@example.org"),
    ],
)
def test_a_barrier_is_told_to_whoever_can_be_written_to(
    reply_to: str, errors: ErrorReports, said: str, project: Path
) -> None:
    assert said in body(project, reply_to, errors)


def test_the_statement_is_among_the_methods_pages(project: Path) -> None:
    page = render_access(page_environment(project / "templates"))
    assert page.address in {address for address, _, _ in METHODS_PAGES}
    assert page.summary
