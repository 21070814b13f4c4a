"""The examples of front matter, replies, blocks and settings in the editors' guide do what the guide says of them."""

import re
from pathlib import Path

import pytest
import yaml

from yearbook.pages.blocks import BLOCKS, check_blocks
from yearbook.pages.commentary import Commentary, read_commentary
from yearbook.pages.front_matter import AUTHOR_FIELDS, FIELDS
from yearbook.pages.replies import FIELDS as REPLY_FIELDS
from yearbook.pages.replies import read_replies
from yearbook.settings import read_settings


def part_of_guide(project: Path, title: str) -> str:
    """The part of the editors' guide under the third-level heading `title`, or all that stands before the first."""
    text = (project / "CONTRIBUTING.md").read_text(encoding="utf-8")
    guide = text.partition("## The editors' guide\n")[2]
    return re.split(r"^### ", guide.partition(f"### {title}\n")[2] if title else guide, maxsplit=1, flags=re.MULTILINE)[
        0
    ]


def examples(text: str) -> list[str]:
    return re.findall(r"^```\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def page_of(example: str, folder: Path) -> Commentary:
    path = folder / "a-post.md"
    path.write_text(example, encoding="utf-8")
    return read_commentary(path, "a-post.md")


def test_the_example_of_front_matter_is_read_and_shows_every_field(project: Path, tmp_path: Path) -> None:
    (example,) = examples(part_of_guide(project, "What stands about the words"))
    page = page_of(example, tmp_path)
    assert set(page.fields) == set(FIELDS) - {"year", "hero"}
    assert [author.name for author in page.authors] == ["The Yearbook editors", "Ann Example"]
    described = next(entry for entry in page.fields["authors"] if isinstance(entry, dict))
    assert set(described) == set(AUTHOR_FIELDS)


@pytest.mark.parametrize("field", [*FIELDS, *AUTHOR_FIELDS, *REPLY_FIELDS, "reply_to"])
def test_every_field_is_named_in_the_guide(project: Path, field: str) -> None:
    text = (project / "CONTRIBUTING.md").read_text(encoding="utf-8").partition("## The editors' guide\n")[2]
    assert re.search(rf"`{field}(?:`|:)|^[ -]*{field}:", text, re.MULTILINE)


def test_the_example_of_a_report_is_read(project: Path, tmp_path: Path) -> None:
    assert page_of(examples(part_of_guide(project, ""))[0], tmp_path).authors


def test_the_examples_of_replies_make_a_thread_and_show_every_field(project: Path, tmp_path: Path) -> None:
    reader, author, _ = examples(part_of_guide(project, "Readers' replies"))
    folder = tmp_path / "a-post.replies"
    folder.mkdir()
    (folder / "001-ann.md").write_text(reader, encoding="utf-8")
    (folder / "002-editors.md").write_text(author, encoding="utf-8")
    (about,) = examples(part_of_guide(project, "What stands about the words"))
    found = read_replies(folder, "a-post.replies", page_of(about, tmp_path))
    (thread,) = found.threads
    assert (found.count, found.answered) == (2, True)
    assert [answer.reply.number for answer in thread.answers] == [2]
    assert set(yaml.safe_load(author.split("---")[1])) == set(REPLY_FIELDS)


def test_the_example_of_an_address_is_a_setting_and_our_own_settings_have_none(project: Path, tmp_path: Path) -> None:
    example = examples(part_of_guide(project, "Readers' replies"))[-1]
    (tmp_path / "mkdocs.yml").write_text(example, encoding="utf-8")
    assert read_settings(tmp_path).reply_to == "editors@example.org"
    assert read_settings(project).reply_to == ""


def test_the_example_of_a_block_is_one_and_every_kind_is_named(project: Path) -> None:
    text = part_of_guide(project, "Blocks")
    (example,) = examples(text)
    assert list(check_blocks(example, "CONTRIBUTING.md")) == []
    assert all(f"`{kind}`" in text for kind in BLOCKS)
