"""Files wait on the disk and are there when they are asked for."""

from pathlib import Path

import pytest

from yearbook.parallel import share_out
from yearbook.spool import Named, Spool


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


def test_a_text_is_kept_beside_the_files(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    spool.put([("a", b"one")])
    kept = spool.keep("drei Größen, 50 ‰")
    spool.put([("b", b"two")])
    assert str(kept) == "drei Größen, 50 ‰"
    assert dict(spool) == {"a": b"one", "b": b"two"}


def test_files_have_other_names_elsewhere() -> None:
    spool = Spool()
    spool.put([("a", b"one"), ("b", b"two"), ("c", b"three")])
    assert dict(Named(spool, {"wide": "c", "narrow": "a", "again": "a"})) == {
        "wide": b"three",
        "narrow": b"one",
        "again": b"one",
    }


def test_copies_of_the_process_read_at_once(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    texts = [f"{number} " * 5_000 for number in range(200)]
    kept = [spool.keep(text) for text in texts]
    read = share_out(lambda number: str(kept[number]), range(200), workers=4, few=1)
    for number, text in enumerate(read):
        assert text == texts[number]
        assert str(kept[199 - number]) == texts[199 - number]
