"""How long a page takes to read."""

import pytest

from yearbook.pages.reading import count_words, reading_minutes


@pytest.mark.parametrize(("words", "minutes"), [(0, 1), (1, 1), (220, 1), (329, 1), (330, 2), (1100, 5)])
def test_the_reading_time_is_that_of_220_words_a_minute(words: int, minutes: int) -> None:
    assert reading_minutes("word " * words) == minutes


def test_all_the_texts_of_a_page_are_read() -> None:
    assert reading_minutes("word " * 220, "word " * 220) == 2


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Of 1,647,716 referrals, 51.1% recovered – no more.", 7),
        ('<a class="n" href="#w-recovery-rate-2019-20">51.1%</a> of them', 3),
        ("<p>One.</p><p>Two.</p>", 2),
        ("**Bold** and *leaning* words", 4),
        ("a [link to it](../glossary.md) and a note[^1]", 7),
        ('## A heading {#its-id}\n\n!!! opinion "A title"\n    Words.', 5),
        ("{: .standfirst }", 0),
        ('<figure class="chart"><figcaption>Not read through</figcaption></figure> after', 1),
        ("<table><tr><td>1</td></tr></table><details><summary>More</summary>Folded</details>", 0),
        ("fish &amp; chips", 2),
        ("<!-- not for readers -->here", 1),
    ],
)
def test_words_are_counted_as_a_reader_sees_them(text: str, words: int) -> None:
    assert count_words(text) == words
