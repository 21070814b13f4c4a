"""A page that is HTML from the start has the frame that MkDocs gives every other page."""

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from yearbook.pages.frame import Frame, read_frame
from yearbook.pages.page import Page
from yearbook.settings import NavigationItem, Settings, read_settings

THEME = Path(__file__).resolve().parents[2] / "templates" / "theme"
BODY = "<h1>Anybody’s &amp; everybody’s</h1>\n<p>Words.</p>"
PAGE = Page("areas/x/index.md", "Anybody’s & everybody’s", "area", BODY, 'Below "England" & so on.', is_html=True)
SETTINGS = """\
site_name: The Talking Therapies Yearbook
site_description: What the site is.
docs_dir: staging
site_url: {url}
use_directory_urls: true
theme: {{name: null, custom_dir: theme, locale: en, static_templates: [404.html]}}
plugins: []
markdown_extensions: [md_in_html, smarty]
copyright: Words © somebody.
nav:
  - Home: index.md
  - Areas: areas/index.md
  - More:
      - Glossary: glossary.md
"""


@pytest.fixture
def framed() -> Callable[..., str]:
    """A page in the repository's theme, as text."""

    def frame(page: Page = PAGE, preview: bool = False, **settings: object) -> str:
        values = Settings("The Yearbook", **settings)  # type: ignore[arg-type]
        return read_frame(THEME, values, preview).render(page).decode()

    return frame


@pytest.mark.parametrize("url", ["", "https://example.org/yearbook"])
@pytest.mark.parametrize("path", ["areas/x/index.md", "areas/index.md", "index.md", "compare/index.md"])
def test_mkdocs_prints_the_same_document(
    path: str, url: str, tmp_path: Path, run: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    shutil.copytree(THEME, tmp_path / "theme")
    (tmp_path / "mkdocs.yml").write_text(SETTINGS.format(url=url or '""'), encoding="utf-8")
    title = {"index.md": "Home", "areas/index.md": "Areas"}.get(path, PAGE.title)  # the navigation's goes before ours
    page = Page(path, title, "area", BODY, PAGE.summary)
    others = {"index.md", "areas/index.md", "glossary.md"} - {path}
    for name, content in {path: page.to_markdown(), **dict.fromkeys(others, b"# A page\n")}.items():
        (tmp_path / "staging" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "staging" / name).write_bytes(content)
    done = run("mkdocs", "build", "-q", "-f", "mkdocs.yml", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    printed = (tmp_path / "site" / page.address / "index.html").read_text(encoding="utf-8")
    ours = read_frame(tmp_path / "theme", read_settings(tmp_path)).render(page).decode()
    # A folder is the same address with and without its last stroke; MkDocs leaves it off the way to the home page.
    printed, ours = (re.sub(r'href="((?:\.\./)*\.\.?)/?"', r'href="\1/"', document) for document in (printed, ours))
    assert printed.strip() == ours.strip()


def test_titles_and_descriptions_are_text_and_not_markup(framed: Callable[..., str]) -> None:
    page = Page(
        "areas/x/index.md", '<script>alert("x")</script> & "Sons"', "area", "", '"><img src=x> & more', is_html=True
    )
    document = framed(page)
    assert "<script>alert" not in document
    assert "<img" not in document
    assert "<title>alert(&#34;x&#34;) &amp; &#34;Sons&#34; – The Yearbook</title>" in document
    assert '<meta name="description" content="&#34;&gt; &amp; more">' in document


def test_the_body_is_taken_as_it_is(framed: Callable[..., str]) -> None:
    assert f"</p>\n{BODY}\n</article>" in framed()


def test_a_preview_leaves_the_security_policy_out_and_a_published_page_has_it(framed: Callable[..., str]) -> None:
    assert framed().count("Content-Security-Policy") == 1
    assert "Content-Security-Policy" not in framed(preview=True)


def test_only_layouts_with_parts_to_work_may_run_scripts(framed: Callable[..., str]) -> None:
    assert "script-src 'self'" in framed()
    quiet = framed(Page("x.md", "X", "page", "", is_html=True))
    assert "script" not in quiet


def test_the_section_that_a_page_lies_in_is_marked(framed: Callable[..., str]) -> None:
    navigation = (
        NavigationItem("Home", "index.md"),
        NavigationItem("Areas", "areas/index.md"),
        NavigationItem("More", children=(NavigationItem("Glossary", "glossary.md"),)),
    )
    document = framed(navigation=navigation)
    assert re.findall(r'<a href="([^"]*)"( aria-current="[^"]*")?>(Home|Areas|More)<', document.split("</nav>")[0]) == [
        ("../../", "", "Home"),
        ("../", ' aria-current="true"', "Areas"),
        ("../../glossary/", "", "More"),
    ]
    own = framed(Page("areas/index.md", "Areas", "areas", "", is_html=True), navigation=navigation)
    assert '<a href="./" aria-current="page">Areas</a>' in own


@pytest.mark.parametrize(
    ("url", "canonical"),
    [("", None), ("https://example.org/y/", "https://example.org/y/areas/x/")],
)
def test_the_canonical_address_is_given_only_where_the_site_has_one(
    url: str, canonical: str | None, framed: Callable[..., str]
) -> None:
    found = re.findall(r'<link rel="canonical" href="([^"]*)">', framed(url=url))
    assert found == ([canonical] if canonical else [])


def test_links_of_the_frame_are_relative_to_the_page(framed: Callable[..., str]) -> None:
    document = framed()
    assert 'href="../../css/yearbook.css"' in document
    assert not re.search(r'(?:href|src)="/', document)


def test_a_frame_is_of_the_theme_it_was_read_from(tmp_path: Path) -> None:
    (tmp_path / "main.html").write_text("{{ page.title }} {{ 'https://a.b/'|url }} {{ '#x'|url }} {{ '.'|url }}")
    frame: Frame = read_frame(tmp_path, Settings("A"))
    assert frame.render(Page("a/b.md", "T", "page", "")) == b"T https://a.b/ #x ../../"
