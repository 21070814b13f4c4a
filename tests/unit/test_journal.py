"""A set of files is written whole or not at all."""

import os
from pathlib import Path

import pytest

from yearbook.journal import write_set


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_all_files_are_replaced_and_nothing_is_left_beside_them(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    write_set(tmp_path, {tmp_path / "a": b"1", tmp_path / "new" / "b": b"2"})
    assert (tmp_path / "a").read_bytes() == b"1"
    assert files_of(tmp_path / "new") == {"b": b"2"}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "new"]


@pytest.mark.parametrize("fails_at", [0, 1, 2, 3])
def test_a_rename_that_fails_leaves_the_old_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails_at: int
) -> None:
    (tmp_path / "a").write_bytes(b"old a")
    (tmp_path / "c").write_bytes(b"old c")
    before = files_of(tmp_path)
    rename, done = os.replace, [0]

    def failing(source: Path, target: Path) -> None:
        if done[0] == fails_at:
            done[0] = -1
            raise OSError(28, "No space left on device", str(target))
        done[0] += done[0] >= 0
        rename(source, target)

    monkeypatch.setattr(os, "replace", failing)
    with pytest.raises(OSError, match="No space"):
        write_set(tmp_path, {tmp_path / "a": b"1", tmp_path / "b": b"2", tmp_path / "c": b"3"})
    assert files_of(tmp_path) == before


def test_a_disk_that_is_full_while_staging_leaves_the_old_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").write_bytes(b"old a")

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_set(tmp_path, {tmp_path / "a": b"1", tmp_path / "b": b"2"})
    assert files_of(tmp_path) == {"a": b"old a"}
