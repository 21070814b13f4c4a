"""Each file in `bad/` is refused with the whole message expected, and nothing is written."""

import io
import shutil
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from yearbook.errors import DataError
from yearbook.importing import AddOptions, add_release

BAD = Path(__file__).parent / "bad"
CASES = sorted(folder.name for folder in BAD.iterdir())
MAIN_HEADER = b"OrgType,OrgCode,OrgName,VariableType,VariableA,VariableB,CountReferralsReceived\n"


def packed(*entries: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of the entries, with a fixed date."""
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", method) as archive:
        for name, content in entries:
            archive.writestr(zipfile.ZipInfo(name, (2020, 7, 30, 9, 30, 0)), content, method)
    return memory.getvalue()


def bomb() -> bytes:
    """A zip of 250 KB that unpacks to 256 MB."""
    return packed(("main.csv", MAIN_HEADER + b"\n" * (256 * 1024 * 1024)))


def lying_bomb() -> bytes:
    """The same, with 100 bytes declared as the size of its entry, at both places where a zip declares it."""
    content = bytearray(bomb())
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = content.index(signature) + offset
        content[place : place + 4] = struct.pack("<I", 100)
    return bytes(content)


def with_password() -> bytes:
    """A zip whose entry says that it is encrypted."""
    content = bytearray(packed(("main.csv", MAIN_HEADER)))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(signature) + offset] |= 1
    return bytes(content)


GENERATED: dict[str, tuple[str, Callable[[], bytes]]] = {
    "zip-bomb": ("release.zip", bomb),
    "zip-bomb-that-lies-about-its-size": ("release.zip", lying_bomb),
    "path-out-of-a-zip": (
        "release.zip",
        lambda: packed(
            ("main.csv", MAIN_HEADER),
            ("../../escaped.csv", b"x"),
            ("/etc/escaped.csv", b"x"),
            ("C:\\escaped.csv", b"x"),
        ),
    ),
    "workbook-called-csv": ("main.csv", lambda: packed(("[Content_Types].xml", b""), ("xl/workbook.xml", b""))),
    "zip-in-a-zip": ("release.zip", lambda: packed(("csvs.zip", packed(("main.csv", MAIN_HEADER))))),
    "zip-with-a-password": ("release.zip", with_password),
}


def offered(case: Path, folder: Path) -> Path:
    """The file that the case adds, made or packed in `folder` where it does not lie ready."""
    if case.name == "no-such-file":
        (folder / "psych-ther-ann-2019-20-main.csv").write_bytes(b"")
        return folder / "psych-ther-ann-2019-20-mian.csv"
    if case.name == "folder":
        return folder
    if case.name in GENERATED:
        name, make = GENERATED[case.name]
        (folder / name).write_bytes(make())
        return folder / name
    found = next((case / "input").iterdir())
    if not found.is_dir():
        return found
    files = [path for path in sorted(found.rglob("*")) if path.is_file()]
    target = folder / found.name
    target.write_bytes(packed(*((path.relative_to(found).as_posix(), path.read_bytes()) for path in files)))
    return target


@pytest.mark.parametrize("name", CASES)
def test_a_bad_file_is_refused_with_its_whole_message(
    name: str,
    project: Path,
    tmp_path: Path,
    check_golden: Callable[[Path, str], None],
    snapshot: Callable[[Path], dict[str, bytes]],
) -> None:
    case = BAD / name
    offers = tmp_path / "offers"
    offers.mkdir()
    file = offered(case, offers)
    year = (case / "year.txt").read_text("utf-8").strip() if (case / "year.txt").exists() else "2019-20"
    for earlier in sorted(case.glob("before/*.csv")):
        add_release(project, earlier.stem, earlier, AddOptions())
    if (case / "data").exists():
        shutil.copytree(case / "data", project / "data", dirs_exist_ok=True)
    before = snapshot(tmp_path)
    with pytest.raises(DataError) as refused:
        add_release(project, year, file, AddOptions())
    assert snapshot(tmp_path) == before
    check_golden(case / "expected.txt", f"{refused.value}\n")
