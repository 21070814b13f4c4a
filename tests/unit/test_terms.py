"""The glossary's words are explained where a page first uses them, in running text and nowhere else."""

import re
from pathlib import Path

import pytest
from markdown import markdown

from yearbook.errors import CommentaryError
from yearbook.pages.commentary import Commentary, read_commentary
from yearbook.pages.page import Page
from yearbook.pages.terms import FEWER, MOST, Term, explain_terms, read_terms

PRINTED = ["admonition", "attr_list", "def_list", "footnotes", "md_in_html", "smarty", "tables", "toc"]

CASENESS = Term("Caseness", "caseness", ("caseness",), "Caseness is a high score.")
AT = Term("At caseness", "at-caseness", ("at caseness",), "A course is at caseness when it starts with a high score.")
NOT_AT = Term("Not at caseness", "not-at-caseness", ("not at caseness",), "It starts with a low score.")
CCG = Term("CCG", "ccg", ("CCG", "CCGs"), "A CCG was a local body.")
RECOVERY = Term("Recovery", "recovery", ("recovery", "recovered"), "It ends well.")
TERMS = (CASENESS, AT, NOT_AT, CCG, RECOVERY)

BUTTON = re.compile(r'<button type="button" class="term" popovertarget="t-([\w-]+)">(.*?)</button>', re.DOTALL)


def explained(
    text: str, *, is_html: bool = False, path: str = "posts/a.md", layout: str = "post"
) -> list[tuple[str, str]]:
    """The anchors and the words of what became buttons in a page of that text."""
    found = explain_terms(Page(path, "A", layout, text, is_html=is_html), TERMS)
    buttons = BUTTON.findall(found.body)
    assert re.findall(r'popover autofocus [^>]*id="t-([\w-]+)"', found.body) == [anchor for anchor, _ in buttons]
    assert BUTTON.sub(r"\2", found.body).startswith(text.rstrip()), "nothing else may change"
    return buttons


def test_only_the_first_use_on_a_page_is_explained() -> None:
    assert explained("Much caseness here.\n\nAnd caseness there.") == [("caseness", "caseness")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Caseness matters.", [("caseness", "Caseness")]),
        ("They were not at caseness.", [("not-at-caseness", "not at caseness")]),
        ("They were not at\ncaseness.", [("not-at-caseness", "not at\ncaseness")]),
        ("Not at caseness, and at caseness.", [("not-at-caseness", "Not at caseness"), ("at-caseness", "at caseness")]),
        ("- a list: recovered", [("recovery", "recovered")]),
        ("<p>a paragraph of recovery</p>", [("recovery", "recovery")]),
        ("All CCGs.", [("ccg", "CCGs")]),
        ("<a href='#x'>53%</a> recovered", [("recovery", "recovered")]),
        ('!!! opinion "On caseness"\n    We say recovery is.', [("recovery", "recovery")]),
    ],
)
def test_a_form_is_found_whole_and_the_longest_first(text: str, expected: list[tuple[str, str]]) -> None:
    assert explained(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "## On caseness {: #caseness }",
        "[at caseness](../x.md)",
        "`caseness`",
        "| caseness | recovery |\n|---|---|\n| caseness | recovery |",
        "> A quoted recovery\nthat goes on: recovery",
        "He called it “the recovery of <b>all</b> hope and recovery”.",
        'He called it "recovery".',
        "**Recovery.**",
        '<a href="#x">up 3% in recovery</a>',
        "<h2>Recovery</h2>",
        '<p class="note">Of recovery.</p>',
        '<figure><figcaption><p class="chart__base">recovery</p></figcaption></figure>',
        "<table><tr><td><p>recovery</p></td></tr></table>",
        '<section class="workings"><ol><li>recovery</li></ol></section>',
        "<div>recovery</div>",
        "Source: NHS England, on recovery.",
        "NHS Brighton and Hove CCG was one.",
        "A recovery-led service; rediscovery; recoverys; caseness-like.",
        '<p><img alt="a recovery" src="recovery.svg"></p>',
        '<header class="article-head" markdown="1">\n\n# A\n\nMuch caseness.\n{: .standfirst }\n\n</header>',
        '<p class="standfirst">Much caseness.</p>',
    ],
)
def test_what_is_no_running_text_is_left_alone(text: str) -> None:
    assert explained(text) == []


def test_the_pages_that_are_html_are_read_as_such() -> None:
    text = "<h2>Recovery</h2>\n<p>The recovery of CCGs.</p>\n<div>caseness</div>\n<ul><li>at caseness</li></ul>"
    assert explained(text, is_html=True) == [("recovery", "recovery"), ("ccg", "CCGs"), ("at-caseness", "at caseness")]


def test_the_glossary_itself_is_left_as_it_is() -> None:
    assert explained("Much caseness.", path="glossary.md") == []


def test_a_page_explains_no_more_than_it_may() -> None:
    assert len(TERMS) > FEWER["area"]
    assert len(TERMS) <= MOST
    text = "Caseness, at caseness, not at caseness, all CCGs, recovery."
    assert len(explained(text)) == len(TERMS)
    assert len(explained(text, layout="area")) == FEWER["area"]


def test_a_definition_links_to_its_entry_and_escapes_what_it_says() -> None:
    term = Term("A & B", "a-b", ("caseness",), 'Less < more & "so".')
    body = explain_terms(Page("posts/a.md", "A", "post", "Much caseness."), [term]).body
    assert 'aria-label="A &amp; B" id="t-a-b"' in body
    assert "Less &lt; more &amp; &quot;so&quot;." in body
    assert 'href="../../glossary/#a-b"' in body


def test_markdown_prints_the_buttons_within_their_paragraphs() -> None:
    text = "Recovery is near, and\nat caseness.\n\n- caseness\n\n!!! opinion\n    All CCGs."
    printed = markdown(explain_terms(Page("a.md", "A", "post", text), TERMS).body, extensions=PRINTED)
    assert re.search(
        r'<p><button [^>]*"t-recovery">Recovery</button> is near, and\n<button [^>]*>at caseness</button>\.</p>',
        printed,
    )
    assert re.search(r"<li><button [^>]*>caseness</button></li>", printed)
    assert re.search(r"<p>All <button [^>]*>CCGs</button>\.</p>", printed)
    assert printed.count("<div popover autofocus") == 4
    assert "&lt;" not in printed


GLOSSARY = """---
title: Glossary
standfirst: Words.
words:
{words}
---

Caseness
: A high score.
  It is high. And more.

Rate
: Of {{{{ example("50%") }}}}: a rate.

Base
: The denominator
"""


def read(tmp_path: Path, *words: str) -> Commentary:
    path = tmp_path / "terms.md"
    path.write_text(GLOSSARY.format(words="\n".join(words)), encoding="utf-8")
    return read_commentary(path, "content/glossary/terms.md")


def test_a_term_means_the_first_sentence_of_its_entry(tmp_path: Path) -> None:
    assert read_terms(read(tmp_path, "  Caseness: [caseness, cases]")) == (
        Term("Caseness", "caseness", ("caseness", "cases"), "A high score."),
    )
    assert read_terms(None) == ()


@pytest.mark.parametrize(
    ("words", "what"),
    [
        ("  Casenes: [caseness]", 'The glossary has no entry "Casenes".'),
        ("  Rate: [rate]", 'The first sentence of "Rate" cannot stand alone.'),
        ("  Base: [base]", 'The first sentence of "Base" cannot stand alone.'),
        ("  Caseness: caseness", '"caseness" is not a list of words.'),
        ("  - caseness", "The words are no list of terms."),
    ],
)
def test_words_that_cannot_be_looked_for_are_told_with_their_line(words: str, what: str, tmp_path: Path) -> None:
    with pytest.raises(CommentaryError) as error:
        read_terms(read(tmp_path, words))
    assert [(problem.line, problem.what) for problem in error.value.problems] == [(4, what)]


def test_no_word_stands_for_two_terms(tmp_path: Path) -> None:
    text = GLOSSARY.format(words="  Caseness: [rate]\n  Charge: [rate]") + "\nCharge\n: A charge is a price.\n"
    (tmp_path / "terms.md").write_text(text, encoding="utf-8")
    with pytest.raises(CommentaryError, match='"rate" stands for both "Caseness" and "Charge"'):
        read_terms(read_commentary(tmp_path / "terms.md", "content/glossary/terms.md"))


def test_only_the_glossary_may_name_words(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("---\ntitle: A\nstandfirst: B.\nwords: {}\n---\n", encoding="utf-8")
    with pytest.raises(CommentaryError, match="There is no such field"):
        read_commentary(path, "content/posts/a.md")


def test_every_term_of_the_glossary_that_is_looked_for_says_itself_in_a_sentence(project: Path) -> None:
    terms = read_terms(read_commentary(project / "content/glossary/terms.md", "content/glossary/terms.md"))
    assert len(terms) > 20
    for term in terms:
        name = "finished" if term.name.startswith("Finished") else term.name.lower().removesuffix("s")
        assert name in term.meaning.lower(), f"{term.name}: what it means must read alone, and so name it"
        assert len(term.meaning) < 200
