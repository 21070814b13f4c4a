"""Files that are not what they are called, and YAML that is more than data: a message with the place, in a moment."""

import os
import time
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from yearbook.errors import DataError, YearbookError
from yearbook.files import MOST_WORDS, check_tree
from yearbook.importing.reading import LONGEST_LINE, read_published
from yearbook.importing.unpacking import MOST_ENTRIES
from yearbook.pages.commentary import read_commentary
from yearbook.pages.replies import read_replies
from yearbook.registers import read_events, read_promises

LAUGHS = "a: &a [x, x, x]\n" + "".join(
    f"{b}: &{b} [*{a}, *{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)
BAD_YAML = {
    "aliases": (LAUGHS, 2, "it has an alias or its anchor"),
    "deep": ("x: " + "[" * 100_000, 2, "more than 12 deep"),
    "twice": ("x: a\nx: b\n", 3, '"x" is given twice'),
    "twice below": ("x:\n- a: 1\n  a: 2\n", 4, '"a" is given twice'),
    "tag": ("x: !!python/object/apply:os.system [id]\n", 2, "it has a tag"),
    "binary": ("x: !!binary aGk=\n", 2, "it has a tag"),
    "merge": ("x: {<<: {guest: 3}, name: y}\n", 2, "not the name of a field"),
    "key that is a list": ("? [x]\n: 1\n", 2, "not the name of a field"),
    "long number": ("x: " + "9" * 10_000 + "\n", 2, "more than 30 digits"),
    "sixties": ("x: " + ":".join(["1"] * 30_000) + "\n", 2, "more than 30 digits"),
    "turned text": ('x: "a\\u202eb"\n', 2, "U+202E"),
    "half a character": ('x: "\\ud800"\n', 2, "U+D800"),
    "NUL": ('x: "\\0"\n', 2, "U+0000"),
    "no such day": ("published: 2024-02-30\n", 2, "does not exist"),
}


def problem_of(read: Callable[[], object]) -> tuple[int, str]:
    """The line and the words of the first problem, told within two seconds of the processor's."""
    begun = time.process_time()
    with pytest.raises(YearbookError) as refused:
        read()
    assert time.process_time() - begun < 2
    first = refused.value.problems[0]
    return first.line, first.what


@pytest.mark.parametrize("name", BAD_YAML)
def test_front_matter_that_is_more_than_fields_is_refused_with_its_line(tmp_path: Path, name: str) -> None:
    text, line, what = BAD_YAML[name]
    page = tmp_path / "x.md"
    page.write_text(f"---\n{text}---\n\nWords.\n" if text.endswith("\n") else f"---\n{text}\n---\n", encoding="utf-8")
    found = problem_of(lambda: read_commentary(page, "content/posts/x.md"))
    assert found[0] == line
    assert what in found[1]


@pytest.mark.parametrize("name", sorted({*BAD_YAML} - {"no such day", "twice"}))
def test_a_register_that_is_more_than_entries_is_refused_with_its_line(tmp_path: Path, name: str) -> None:
    text, line, what = BAD_YAML[name]
    register = tmp_path / "data" / "events.yml"
    register.parent.mkdir()
    register.write_text("- z: 1\n" + "".join(f"  {each}\n" for each in text.splitlines()), encoding="utf-8")
    problems = []
    try:
        read_events(register)
    except DataError as error:
        problems = [(each.line, each.what) for each in error.problems]
    assert any(at == line and what in words for at, words in problems) or name in ("long number", "sixties"), problems
    assert problems


def test_a_number_too_long_to_be_written_out_is_no_number(tmp_path: Path) -> None:
    register = tmp_path / "data" / "promises.yml"
    register.parent.mkdir()
    register.write_text(
        '- {name: a, title: a, said: a, made: a, caveat: a, source: a, unit: percent, level: "1e999999999"}\n'
    )
    assert problem_of(lambda: read_promises(register)) == (1, '"1e999999999" is neither a number nor a fraction.')


def strays(project: Path) -> list[tuple[str, str]]:
    return [(problem.file, problem.what) for problem in check_tree(project)]


def test_links_out_of_the_project_pipes_and_folders_called_files_are_refused(tmp_path: Path) -> None:
    project, outside = tmp_path / "project", tmp_path / "secret.md"
    outside.write_text("---\ntitle: Secret\nstandfirst: Secret.\n---\n")
    for folder in ("content/posts", "data/releases", "templates/theme"):
        (project / folder).mkdir(parents=True)
    (project / "content" / "good.md").write_text("x")
    (project / "content" / "inside.md").symlink_to("good.md")
    assert strays(project) == []
    (project / "content" / "posts" / "leak.md").symlink_to(outside)
    (project / "content" / "posts" / "loop.md").symlink_to("loop.md")
    (project / "content" / "posts" / "gone.md").symlink_to("nowhere.md")
    (project / "content" / "posts" / "folder.md").mkdir()
    (project / "content" / "posts" / "a\nb.md").write_text("x")
    os.mkfifo(project / "data" / "pipe.yml")
    (project / "data" / "releases" / "2019-20.csv").symlink_to("/dev/zero")
    (project / "templates" / "theme" / "img").symlink_to("/etc")
    with (project / "content" / "large.md").open("wb") as file:
        file.truncate(MOST_WORDS + 1)
    out, nowhere = (
        "The link leads out of the project, and what it leads to would be published.",
        "The link leads nowhere.",
    )
    assert strays(project) == [
        ("content/large.md", f"The file has {MOST_WORDS + 1:,} bytes, and {MOST_WORDS:,} are read at most."),
        ("content/posts/a\\x0ab.md", "The name of the file holds a character that is not text."),
        ("content/posts/folder.md", "This is a folder, and its name ends as that of a file does, with .md."),
        ("content/posts/gone.md", nowhere),
        ("content/posts/leak.md", out),
        ("content/posts/loop.md", nowhere),
        ("data/pipe.yml", "This is neither a file nor a folder."),
        ("data/releases/2019-20.csv", out),
        ("templates/theme/img", out),
    ]


@pytest.mark.parametrize(
    "text", [b"x" * 30_000_000, b"OrgType" + b"," * 5_000_000, b"OrgType\n" + b"," * LONGEST_LINE * 2]
)
def test_a_line_that_no_release_has_is_refused_before_it_is_parted(tmp_path: Path, text: bytes) -> None:
    offered = tmp_path / "main.csv"
    offered.write_bytes(text)
    assert "The line has more than 65,536 bytes" in problem_of(lambda: read_published(offered))[1]


def test_a_zip_of_very_many_files_is_refused_before_they_are_opened(tmp_path: Path) -> None:
    offered = tmp_path / "main.zip"
    with zipfile.ZipFile(offered, "w") as archive:
        for number in range(MOST_ENTRIES + 1):
            archive.writestr(zipfile.ZipInfo(f"{number}.csv"), b"x")
    assert "The zip holds 1,001 files" in problem_of(lambda: read_published(offered))[1]


@pytest.mark.parametrize("text", ["[" * 10_000, "[^" * 10_000, "- " * 5_000, "> " * 5_000, "a " * 50_000])
def test_a_reply_that_would_take_for_ever_to_read_is_refused(tmp_path: Path, text: str) -> None:
    folder = tmp_path / "x.replies"
    folder.mkdir()
    (folder / "001-a.md").write_text(f"---\nname: A\ndate: 2021-01-01\n---\n\n{text}\n", encoding="utf-8")
    assert (
        "The reply has" in (what := problem_of(lambda: read_replies(folder, "x.replies", None))[1]) or "A line" in what
    )


def test_a_csv_of_500_mb_is_refused_unread(tmp_path: Path) -> None:
    offered = tmp_path / "main.csv"
    with offered.open("wb") as file:
        file.write(b"OrgType,OrgCode\n")
        file.truncate(500 * 2**20)
    tracemalloc.start()
    try:
        what = problem_of(lambda: read_published(offered))[1]
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert "The CSV is larger than 128 MB" in what
    assert peak < 2**22
