"""Finished HTML goes past Markdown untouched, and MkDocs still finds its anchors."""

import logging
import re
from pathlib import Path

import pytest
from markdown import Markdown
from mkdocs.commands.build import build
from mkdocs.config import load_config

from yearbook.raw_blocks import raw_blocks

NAMES = ["fenced_code", "tables", "attr_list", "md_in_html", "smarty"]
FIGURE = '<figure class="chart" id="one">\n<p>It\'s *not* Markdown</p>\n<figure>within</figure>\n</figure>'


def to_html(text: str) -> str:
    return Markdown(extensions=[*NAMES, "yearbook.raw_blocks"]).convert(text)


def blocks(text: str) -> list[str]:
    return [text[start:stop] for start, stop in raw_blocks(text)]


def test_a_block_is_put_back_as_it_was() -> None:
    html = to_html(f"Before *it*.\n\n{FIGURE}\n\nAfter *it*.")
    assert FIGURE in html
    assert html.startswith("<p>Before <em>it</em>.</p>")
    assert html.endswith("<p>After <em>it</em>.</p>")
    assert "<i " not in html


def test_a_block_within_an_element_of_markdown_is_put_back_as_it_was() -> None:
    html = to_html(f'<section markdown="1">\n\n## A *heading*\n\n{FIGURE}\n\n</section>')
    assert FIGURE in html
    assert "<h2>A <em>heading</em></h2>" in html
    assert "<p><figure" not in html


@pytest.mark.parametrize(
    "text",
    [
        '<div markdown="1">\n\nSome *words*.\n\n</div>',
        '<div>\n<p markdown="span">Some *words*.</p>\n</div>',
        "<div>\n\nIt is never closed.",
        "Words <div>in a line</div> of them.",
        "<div>first</div> and words",
        "<p>no block of ours</p>",
    ],
)
def test_what_holds_markdown_or_is_not_a_block_is_left_to_markdown(text: str) -> None:
    assert blocks(text) == []


def test_blocks_follow_each_other_and_hold_those_within_them() -> None:
    assert blocks(f"{FIGURE}\n<table><tr><td>1</td></tr></table>\n\n<nav>x</nav>") == [
        FIGURE,
        "<table><tr><td>1</td></tr></table>",
        "<nav>x</nav>",
    ]


def test_code_that_shows_a_block_is_shown() -> None:
    assert "&lt;div&gt;shown&lt;/div&gt;" in to_html("```\n<div>shown</div>\n```")


def test_mkdocs_finds_the_anchors_of_blocks_and_misses_those_that_are_not(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/index.md").write_text("[good](b.md#one) and [bad](b.md#two)\n")
    (tmp_path / "docs/b.md").write_text(f"Words.\n\n{FIGURE}\n")
    (tmp_path / "mkdocs.yml").write_text(
        "site_name: x\nmarkdown_extensions: [md_in_html, yearbook.raw_blocks]\nvalidation: {links: {anchors: warn}}\n"
    )
    with caplog.at_level(logging.WARNING, "mkdocs"):
        build(load_config(str(tmp_path / "mkdocs.yml")))
    assert re.findall(r"b\.md#\w+", caplog.text) == ["b.md#two"]
    assert FIGURE in (tmp_path / "site/b/index.html").read_text()
