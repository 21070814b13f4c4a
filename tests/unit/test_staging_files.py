"""The small print of writing: odd paths, broken manifests, a configuration MkDocs refuses.

Whole builds, killed and broken ones too, are in test_staging.py.
"""

import logging
from pathlib import Path

import pytest

from yearbook.errors import UsageError, YearbookError
from yearbook.staging import MANIFEST, publish, read_manifest, write_file, write_staging
from yearbook.swapping import LAST, NEXT

FILES = {"index.md": b"# Home\n", "reports/2019-20.md": b"# Report\n", "assets/a.svg": b"<svg/>"}


def tree(folder: Path) -> dict[str, bytes]:
    found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    found.pop(MANIFEST, None)
    return found


def test_the_folder_holds_exactly_the_files(tmp_path: Path) -> None:
    staged = write_staging(FILES, tmp_path / "staging")
    assert tree(tmp_path / "staging") == FILES
    assert (staged.written, staged.removed, staged.kept) == (3, 0, 0)


def test_what_differs_is_written_and_what_is_gone_is_removed_with_its_empty_folder(tmp_path: Path) -> None:
    write_staging(FILES, tmp_path)
    changed = {"index.md": b"# Another\n", "assets/a.svg": b"<svg/>"}
    staged = write_staging(changed, tmp_path)
    assert (staged.written, staged.removed, staged.kept) == (1, 1, 1)
    assert tree(tmp_path) == changed
    assert not (tmp_path / "reports").exists()


def test_a_file_that_was_taken_away_or_cut_short_is_written_again(tmp_path: Path) -> None:
    write_staging(FILES, tmp_path)
    (tmp_path / "index.md").unlink()
    (tmp_path / "assets" / "a.svg").write_bytes(b"<s")
    assert write_staging(FILES, tmp_path).written == 2
    assert tree(tmp_path) == FILES


def test_a_file_that_becomes_a_folder_is_replaced(tmp_path: Path) -> None:
    write_staging({"assets": b"a file"}, tmp_path)
    write_staging({"assets/a.svg": b"<svg/>"}, tmp_path)
    assert tree(tmp_path) == {"assets/a.svg": b"<svg/>"}


@pytest.mark.parametrize("path", ["../outside.md", "a/../../outside.md", "/outside.md"])
def test_no_path_leaves_the_folder(tmp_path: Path, path: str) -> None:
    folder = tmp_path / "staging"
    with pytest.raises(UsageError, match="would be written outside staging/"):
        write_staging({"index.md": b"", path: b""}, folder)
    assert not folder.exists()


def test_a_manifest_cannot_have_a_file_outside_removed(tmp_path: Path) -> None:
    folder, outside = tmp_path / "staging", tmp_path / "outside.md"
    folder.mkdir()
    outside.write_bytes(b"mine")
    (folder / MANIFEST).write_text('{"../outside.md": "0"}', encoding="utf-8")
    write_staging({}, folder)
    assert outside.read_bytes() == b"mine"


@pytest.mark.parametrize("content", ["", "not json", "[1]", '"text"'])
def test_a_manifest_that_cannot_be_read_counts_as_none(tmp_path: Path, content: str) -> None:
    (tmp_path / MANIFEST).write_text(content, encoding="utf-8")
    assert read_manifest(tmp_path) == {}
    assert write_staging(FILES, tmp_path).written == 3


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "a.md"
    target.write_bytes(b"old")
    with pytest.raises(TypeError):
        write_file(target, "not bytes")  # type: ignore[arg-type]
    assert tree(tmp_path) == {"a.md": b"old"}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with a theme of one template and a staged home page."""
    (tmp_path / "theme").mkdir()
    (tmp_path / "theme" / "main.html").write_text("<title>{{ page.title }}</title>{{ page.content }}", encoding="utf-8")
    config = (
        "site_name: Small\ndocs_dir: staging\nplugins: []\ntheme: {name: null, custom_dir: theme}\n"
        "validation: {links: {not_found: warn}}\n"
    )
    (tmp_path / "mkdocs.yml").write_text(config, encoding="utf-8")
    write_staging({"index.md": b"# Home\n\nWords.\n"}, tmp_path / "staging")
    return tmp_path


def leftovers(project: Path) -> list[str]:
    return [name for name in (NEXT, LAST) if (project / name).exists()]


def test_the_site_is_printed_and_put_in_place(project: Path) -> None:
    files = publish(project)
    site = project / "site"
    assert "Words." in (site / "index.html").read_text(encoding="utf-8")
    assert files == sum(path.is_file() for path in site.rglob("*"))
    assert (site / MANIFEST).exists()
    assert leftovers(project) == []


def test_a_configuration_mkdocs_refuses_is_told_in_its_words(project: Path) -> None:
    (project / "mkdocs.yml").write_text("site_name: Small\ndocs_dir: nowhere\n", encoding="utf-8")
    with pytest.raises(YearbookError, match="MkDocs could not print the site:"):
        publish(project)
    assert not (project / "site").exists()


def test_an_empty_folder_may_become_the_site(project: Path) -> None:
    (project / "site").mkdir()
    publish(project)
    assert (project / "site" / "index.html").exists()


def test_printing_leaves_the_log_of_mkdocs_as_it_was(project: Path) -> None:
    log = logging.getLogger("mkdocs")
    before = (log.propagate, list(log.handlers))
    publish(project)
    assert (log.propagate, list(log.handlers)) == before
