"""Readers' replies: read, threaded, made safe, and refused with every fault. All the readers are made up."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest

from yearbook.errors import CommentaryError
from yearbook.pages.commentary import Commentary
from yearbook.pages.replies import Replies, Thread, read_all_replies, read_replies, readers_html

NAME = "content/posts/a-post.replies"
PAGE = Commentary("content/posts/a-post.md", {"authors": ["Ann"], "published": date(2024, 1, 31)}, "T", "S", "")
GOOD = "name: Cy\ndate: 2024-02-01\n"

Read = Callable[..., Replies]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Reads replies from the front matter of each file; their words are `Words.` unless the text says more."""

    def read(files: Mapping[str, str], page: Commentary | None = PAGE) -> Replies:
        folder = tmp_path / "a-post.replies"
        folder.mkdir()
        for name, text in files.items():
            whole = text if text.startswith("---") else f"---\n{text}---\n\nWords.\n"
            (folder / name).write_text(whole, encoding="utf-8")
        return read_replies(folder, NAME, page)

    return read


def problems_of(read: Read, files: Mapping[str, str], page: Commentary | None = PAGE) -> list[tuple[str, int, str]]:
    with pytest.raises(CommentaryError) as refused:
        read(files, page)
    assert all(problem.fix for problem in refused.value.problems)
    return [(problem.file.removeprefix(f"{NAME}/"), problem.line, problem.what) for problem in refused.value.problems]


def shape(threads: tuple[Thread, ...]) -> list[object]:
    return [[thread.reply.number, *shape(thread.answers)] for thread in threads]


def test_replies_make_threads_in_the_order_of_their_numbers(read: Read) -> None:
    found = read(
        {
            "001-cy.md": GOOD,
            "002-di.md": GOOD,
            "003-ann.md": "name: Ann\ndate: 2024-02-02\nto: 1\nauthor: true\n",
            "004-cy.md": f"{GOOD}to: 1\n",
            "007-di.md": "name: Di\ndate: 2024-02-03\nto: 3\n",
        }
    )
    assert shape(found.threads) == [[1, [3, [7]], [4]], [2]]
    assert (found.count, found.words, found.answered) == (5, "Five replies", True)
    assert found.threads[0].answers[0].reply.by_author
    assert found.threads[0].answers[0].answers[0].reply.anchor == "reply-7"


@pytest.mark.parametrize(("count", "words"), [(1, "One reply"), (2, "Two replies"), (13, "13 replies")])
def test_replies_are_counted_in_words(read: Read, count: int, words: str) -> None:
    found = read({f"{number:03}-cy.md": GOOD for number in range(1, count + 1)})
    assert found.words == words
    assert not found.answered


def test_an_empty_folder_holds_no_replies(read: Read) -> None:
    assert read({}) == Replies()


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("date: 2024-02-01\n", 1, "The reply has no name."),
        ("date: 2024-02-01\nname: [Cy]\n", 3, "The reply has no name."),
        ("name: Cy\n", 1, "The reply has no date."),
        ("name: Cy\ndate: soon\n", 3, '"soon" is not a date.'),
        ("name: Cy\ndate: 2024-01-30\n", 3, "The reply is of 2024-01-30, and the page was published on 2024-01-31."),
        (f"{GOOD}to: 5\n", 4, "There is no reply 5."),
        (f"{GOOD}to: Ann\n", 4, '"Ann" is not the number of a reply.'),
        (f"{GOOD}to: true\n", 4, '"True" is not the number of a reply.'),
        (f"{GOOD}to: 1\n", 4, "The reply answers itself."),
        (f"{GOOD}author: yes please\n", 4, '"yes please" does not say whether the page\'s author answers.'),
        (f"{GOOD}author: true\n", 4, '"Cy" is not an author of the page.'),
        (f"{GOOD}mail: cy@example.org\n", 4, "There is no such field."),
        (f"---\n{GOOD}---\n\n", 0, "The reply says nothing."),
        ("---\nname: Cy\n", 1, "The front matter has no end."),
    ],
)
def test_a_reply_that_cannot_be_published_is_told_with_its_line(read: Read, text: str, line: int, what: str) -> None:
    assert problems_of(read, {"001-cy.md": text}) == [("001-cy.md", line, what)]


def test_replies_that_answer_each_other_in_a_circle_are_told_once(read: Read) -> None:
    files = {f"00{number}-cy.md": f"{GOOD}to: {to}\n" for number, to in ((1, 2), (2, 3), (3, 1), (4, 1))}
    assert problems_of(read, files) == [("001-cy.md", 4, "Replies 1, 2 and 3 answer each other in a circle.")]


def test_an_answer_does_not_come_before_what_it_answers(read: Read) -> None:
    files = {"001-cy.md": "name: Cy\ndate: 2024-02-09\n", "002-di.md": f"{GOOD}to: 1\n"}
    assert problems_of(read, files) == [
        ("002-di.md", 3, "The reply is of 2024-02-01, and reply 1, which it answers, of 2024-02-09.")
    ]


@pytest.mark.parametrize("name", ["cy.md", "1-cy.md", "000-cy.md", "001-Cy.md", "001-cy.txt", "001.md"])
def test_a_file_that_is_not_named_as_a_reply_is_told(read: Read, name: str) -> None:
    assert problems_of(read, {name: GOOD}) == [(name, 0, "The file is not named as a reply is.")]


def test_a_number_is_given_once(read: Read) -> None:
    assert problems_of(read, {"001-cy.md": GOOD, "001-di.md": GOOD}) == [
        ("001-di.md", 0, f"Reply 1 is {NAME}/001-cy.md already.")
    ]


def test_the_problems_of_all_replies_are_told_at_once(read: Read) -> None:
    files = {"001-cy.md": "name:\n", "002-di.md": f"{GOOD}to: 9\n", "x.md": GOOD}
    assert [file for file, _, _ in problems_of(read, files)] == ["001-cy.md", "001-cy.md", "002-di.md", "x.md"]


def test_replies_to_a_page_that_cannot_be_read_are_read_all_the_same(read: Read) -> None:
    assert read({"001-cy.md": "name: Cy\ndate: 1999-01-01\nauthor: true\n"}, None).count == 1


def test_replies_to_a_page_that_is_not_there_are_told(tmp_path: Path) -> None:
    folder = tmp_path / NAME
    folder.mkdir(parents=True)
    found, problems = read_all_replies(tmp_path, "posts", {})
    assert [(problem.file, problem.what) for problem in problems] == [
        (NAME, "The replies have no page: there is no content/posts/a-post.md.")
    ]
    assert found == {"content/posts/a-post.md": Replies()}


def test_a_file_in_the_place_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "content" / "posts").mkdir(parents=True)
    (tmp_path / NAME).write_text("Words.", encoding="utf-8")
    _, problems = read_all_replies(tmp_path, "posts", {PAGE.file: PAGE})
    assert [problem.what for problem in problems] == ["This is a file, where a folder of replies is looked for."]


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("One.\n\nTwo *so* **much**.", "<p>One.</p>\n<p>Two <em>so</em> <strong>much</strong>.</p>"),
        ("<script>x</script>", "<p>&lt;script&gt;x&lt;/script&gt;</p>"),
        ("<div>\n\nx\n\n</div>", "<p>&lt;div&gt;</p>\n<p>x</p>\n<p>&lt;/div&gt;</p>"),
        ("a <b>b</b> <!-- c -->", "<p>a &lt;b&gt;b&lt;/b&gt; &lt;!&ndash; c &ndash;&gt;</p>"),
        ("{{ 1 + 1 }} {% if %}", "<p>{{ 1 + 1 }} {% if %}</p>"),
        ("[a](https://example.org/)", '<p><a href="https://example.org/" rel="nofollow ugc">a</a></p>'),
        ('[a](https://example.org/ "b")', '<p><a href="https://example.org/" rel="nofollow ugc">a</a></p>'),
        ("<https://example.org/>", '<p><a href="https://example.org/" rel="nofollow ugc">https://example.org/</a></p>'),
        ("[a][b]\n\n[b]: https://example.org/", '<p><a href="https://example.org/" rel="nofollow ugc">a</a></p>'),
        ("[a](javascript:alert(1))", "<p><span>a</span></p>"),
        (
            "[a](JaVaScRiPt:x) [b](data:text/html,x) [c](//example.org)",
            "<p><span>a</span> <span>b</span> <span>c</span></p>",
        ),
        ("[a](../../etc) [b](#top) [c](mailto:a@example.org)", "<p><span>a</span> <span>b</span> <span>c</span></p>"),
        ("# A\n\nB\n===\n\n---", "<p># A</p>\n<p>B\n===</p>\n<p>&mdash;</p>"),
    ],
)
def test_nothing_of_a_readers_is_markup_but_what_is_allowed(text: str, html: str) -> None:
    assert readers_html(text) == html


def test_a_picture_is_not_loaded() -> None:
    for text in ("![a](https://example.org/b.png)", "![a][b]\n\n[b]: https://example.org/b.png", "![b]\n\n[b]: b.png"):
        assert "<img" not in readers_html(text)
        assert "src" not in readers_html(text)
