"""Blocks say in words what they are, whatever their title and wherever they stand."""

import re
from html import unescape

import pytest
from markdown import markdown

from yearbook.pages.blocks import BLOCKS, check_blocks, label_blocks, label_tables
from yearbook.pages.page import Page

PRINTED = ["admonition", "attr_list", "md_in_html", "smarty"]


def printed(text: str) -> str:
    """The text as the printer prints it."""
    return markdown(label_blocks(text), extensions=PRINTED)


def words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", "", html)).split())


@pytest.mark.parametrize("kind", BLOCKS)
@pytest.mark.parametrize(
    ("title", "read"), [(' "The view"', "{}: The view"), ("", "{}"), (' ""', "{}"), (' "OPINION"', None)]
)
def test_the_kind_of_a_block_is_text_whatever_its_title(kind: str, title: str, read: str | None) -> None:
    name = kind.capitalize()
    expected = (name if kind == "opinion" else f"{name}: OPINION") if read is None else read.format(name)
    assert words(printed(f"!!! {kind}{title}\n    Its text.")) == f"{expected} Its text."


def test_a_block_is_a_note_of_its_kind_with_all_its_paragraphs_and_nothing_after_it() -> None:
    html = printed('Before.\n\n!!! opinion "A"\n    One.\n\n    Two.\n\n    - three\n\nAfter.')
    found = re.search(
        r'<div aria-label="Opinion" class="block" role="note">(.*)</div>\s*<p>After.</p>', html, re.DOTALL
    )
    assert found, html
    assert words(found[1]) == "Opinion: A One. Two. three"


def test_a_line_that_follows_at_once_is_not_part_of_the_block() -> None:
    html = printed("!!! definition\n    Inside.\nOutside.")
    assert html.endswith("</div>\n<p>Outside.</p>")


def test_blocks_one_after_the_other_are_two_notes() -> None:
    html = printed("!!! opinion\n    One.\n!!! counterpoint\n    Two.")
    assert re.findall(r'aria-label="(\w+)"', html) == ["Opinion", "Counterpoint"]


def test_a_live_number_in_a_title_survives() -> None:
    html = printed('!!! opinion "At <a class="n" href="#w-x">51%</a> "or so""\n    Text.')
    assert '<a class="n" href="#w-x">51%</a>' in html
    assert words(html) == "Opinion: At 51% “or so” Text."


def test_a_block_within_another_or_in_a_list_says_what_it_is() -> None:
    assert words(printed('!!! opinion "A"\n    One.\n\n    !!! counterpoint "B"\n        Two.')) == (
        "Opinion: A One. Counterpoint: B Two."
    )
    assert "Definition: C" in words(printed('- item\n\n    !!! definition "C"\n        Three.'))


def test_a_block_within_a_section_of_a_page_is_printed() -> None:
    html = printed('<section markdown="1">\n\n!!! opinion "A"\n    One.\n\n</section>')
    assert words(html) == "Opinion: A One."
    assert 'role="note"' in html


def test_every_page_that_is_printed_has_its_blocks_labelled() -> None:
    page = Page("a.md", "A", "post", '!!! opinion "B"\n    Text.').to_markdown().decode()
    assert 'role="note" aria-label="Opinion"' in page


def test_what_is_no_block_is_left_as_it_is() -> None:
    text = "Words!!!\n\n!!! note\n    Not ours.\n\n    !!!\n"
    assert label_blocks(text) == text


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("\n!!! opinon\n    Text.", 2, 'There is no block "opinon".'),
        ("!!!opinon\n    Text.", 1, 'There is no block "opinon".'),
        ("- item\n\n    !!! note\n        Text.", 3, 'There is no block "note".'),
        ("!!! opinion 'The view'\n    Text.", 1, "The title of the opinion is not in quotation marks."),
        ("!!! opinion The view\n    Text.", 1, "The title of the opinion is not in quotation marks."),
        ("!!! opinion\nNot indented.", 1, "The opinion is empty."),
        ("!!! opinion\n\n  Not enough.", 1, "The opinion is empty."),
        ("!!! opinion", 1, "The opinion is empty."),
    ],
)
def test_a_block_that_would_be_published_unmarked_is_told(text: str, line: int, what: str) -> None:
    (problem,) = check_blocks(text, "a.md")
    assert (problem.file, problem.line, problem.what) == ("a.md", line, what)


@pytest.mark.parametrize("text", ["!!!opinion\n    A.", "!!!  opinion\n\n    A.", '!!! opinion  "A"  \n\tB.'])
def test_a_block_that_is_oddly_spaced_is_a_block_all_the_same(text: str) -> None:
    assert list(check_blocks(text, "a.md")) == []
    assert words(printed(text)).startswith("Opinion")
    assert 'class="admonition opinion"' in printed(text)


def test_a_table_is_in_a_box_named_for_the_heading_above_it() -> None:
    table = "| Words | They hold |\n|---|---|\n| a `x|y` | b |"
    text = f"# One\n\n{table}\n\n## Two & *more* {{: #two }}\n\nSome | text.\n\n{table}\n\nAfter."
    html = markdown(label_tables(text), extensions=[*PRINTED, "tables"])
    boxes = re.findall(r'<div aria-label="([^"]*)" class="table-scroll" role="group" tabindex="0">\s*<table>', html)
    assert boxes == ["One", "Two &amp; more"]
    assert html.count("</table>\n</div>") == 2
    assert "<p>After.</p>" in html
    assert "<p>Some | text.</p>" in html


def test_a_page_is_staged_with_its_tables_named() -> None:
    page = Page("a.md", "A", "post", "## B\n\na | b\n---|---\n1 | 2").to_markdown().decode()
    assert 'aria-label="B"' in page
