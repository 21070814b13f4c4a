"""Files wait on the disk and are there when they are asked for."""

from pathlib import Path

import pytest

from yearbook.spool import Spool


def test_files_are_kept_in_order_and_read_in_any(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "cache")
    spool.put([("b", b"two"), ("a", b"")])
    assert spool["b"] == b"two"
    spool.put(iter([("c", b"three")]))
    assert dict(spool) == {"b": b"two", "a": b"", "c": b"three"}
    assert list(spool) == ["b", "a", "c"]
    assert not any((tmp_path / "cache").iterdir())


def test_no_two_files_are_of_one_path() -> None:
    spool = Spool()
    with pytest.raises(AssertionError, match="two parts of the site want to be a"):
        spool.put([("a", b"1"), ("a", b"2")])


def test_where_the_folder_cannot_be_used_another_is(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    spool = Spool(tmp_path / "file")
    spool.put([("a", b"1")])
    assert spool["a"] == b"1"
