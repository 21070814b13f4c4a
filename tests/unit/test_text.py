"""Plain text from inline Markdown."""

import pytest

from yearbook.pages.text import keep_years_whole, mark_label, plain_text


@pytest.mark.parametrize(
    ("markdown", "plain"),
    [
        ('Down to <a class="n" href="#w-x">51.1%</a> of them', "Down to 51.1% of them"),
        ("**More** referrals, _and_ more *gone*", "More referrals, and more gone"),
        ("See [the glossary](../glossary.md) first", "See the glossary first"),
        ("Words &amp; numbers &lt; 5", "Words & numbers < 5"),
        ("two\n  lines", "two lines"),
        ("2 * 3 and not_recovered_rate", "2 * 3 and not_recovered_rate"),
        ('<span class="cited">half<sup><a href="#quoted-1">a</a></sup></span> of them', "half of them"),
        ("", ""),
    ],
)
def test_marks_tags_and_links_leave_their_words(markdown: str, plain: str) -> None:
    assert plain_text(markdown) == plain


@pytest.mark.parametrize(
    ("page", "whole"),
    [
        ("In 2019-20, and", 'In <span class="year">2019-20</span>, and'),
        ('<a href="../2019-20/">2020-21</a>', '<a href="../2019-20/"><span class="year">2020-21</span></a>'),
        ('<span class="year">2019-20</span>', '<span class="year">2019-20</span>'),
        ("[2019-20](2019-20/)", '[<span class="year">2019-20</span>](2019-20/)'),
        ("`add 2019-20` <code>2019-20</code>", "`add 2019-20` <code>2019-20</code>"),
        ("<pre>\n2019-20\n</pre>", "<pre>\n2019-20\n</pre>"),
        ('<option value="2019-20">2019-20</option>', '<option value="2019-20">2019-20</option>'),
        ("<svg><text>2019-20</text></svg>", "<svg><text>2019-20</text></svg>"),
        ("## 2019-20 {#y-2019-20}", '## <span class="year">2019-20</span> {#y-2019-20}'),
        ('<span class="card__last year" hidden>2019-20</span>', '<span class="card__last year" hidden>2019-20</span>'),
        ('<span class="cite">Of 2019-20. #w-a-2019-20</span>', '<span class="cite">Of 2019-20. #w-a-2019-20</span>'),
        ("reports/2019-20/, w-a-2019-20, 2019-20-from-x", "reports/2019-20/, w-a-2019-20, 2019-20-from-x"),
        ("on 2020-09-08", "on 2020-09-08"),
        ("12019-20 and 2019-200", "12019-20 and 2019-200"),
    ],
)
def test_a_year_of_the_text_does_not_break_at_its_hyphen(page: str, whole: str) -> None:
    assert keep_years_whole(page) == whole


def test_a_mark_says_what_it_means_and_other_text_says_nothing() -> None:
    assert mark_label("[c]") == ' aria-label="[c] hidden because the number is small"'
    assert mark_label("[x]") == ' aria-label="[x] not available in the sources"'
    assert [mark_label(text) for text in ("", "51.1%", "[d]")] == ["", "", ""]
