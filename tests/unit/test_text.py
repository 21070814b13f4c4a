"""Plain text from inline Markdown."""

import pytest

from yearbook.pages.text import plain_text


@pytest.mark.parametrize(
    ("markdown", "plain"),
    [
        ('Down to <a class="n" href="#w-x">51.1%</a> of them', "Down to 51.1% of them"),
        ("**More** referrals, _and_ more *gone*", "More referrals, and more gone"),
        ("See [the glossary](../glossary.md) first", "See the glossary first"),
        ("Words &amp; numbers &lt; 5", "Words & numbers < 5"),
        ("two\n  lines", "two lines"),
        ("2 * 3 and not_recovered_rate", "2 * 3 and not_recovered_rate"),
        ("", ""),
    ],
)
def test_marks_tags_and_links_leave_their_words(markdown: str, plain: str) -> None:
    assert plain_text(markdown) == plain
