"""What the reader takes without complaint: byte order marks, any line ends, blank lines, quotes, zips with folders."""

import io
import zipfile
from pathlib import Path

import pytest

from yearbook.importing.reading import kind_of_header, plain, read_published
from yearbook.importing.unpacking import unpack

HEADER = "OrgType,OrgCode,OrgName,VariableType,VariableA,VariableB,CountReferralsReceived"
ROWS = ("England,All,All,Total,NULL,NULL,10", 'CCG,09D,"A, ""B"" C",Total,NULL,NULL,5')


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_lines_are_numbered_as_an_editor_shows_them(tmp_path: Path, end: str, mark: bytes) -> None:
    path = tmp_path / "main.csv"
    path.write_bytes(mark + end.join([HEADER, ROWS[0], "", ROWS[1], ",,,,,,", ""]).encode())
    table = read_published(path)
    assert table.header[0] == "OrgType"
    assert table.lines == [2, 4]
    assert table.rows[1][2] == 'A, "B" C'


def test_a_row_begins_on_the_line_of_its_first_cell_even_if_a_cell_holds_a_line_end(tmp_path: Path) -> None:
    path = tmp_path / "main.csv"
    path.write_text("\n".join([HEADER, 'CCG,09D,"A\nB",Total,NULL,NULL,5', ROWS[0]]), encoding="utf-8")
    assert read_published(path).lines == [2, 4]


def test_a_file_without_an_end_of_line_at_its_end_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "main.csv"
    path.write_text(f"{HEADER}\n{ROWS[0]}", encoding="utf-8")
    assert len(read_published(path).rows) == 1


def test_the_main_csv_is_found_in_a_folder_of_a_zip_beside_others(tmp_path: Path) -> None:
    path = tmp_path / "release.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("CSVs/monthly.csv", "Month,Count\nApril,1\n")
        archive.writestr("CSVs/MAIN.CSV", f"{HEADER}\n{ROWS[0]}\n")
        archive.writestr("__MACOSX/CSVs/main.csv", f"{HEADER}\n{ROWS[0]}\n")
        archive.writestr("notes.pdf", b"%PDF-1.7")
    table = read_published(path)
    assert table.file == "release.zip: CSVs/MAIN.CSV"
    assert table.kind == "main"


def test_a_zip_is_known_by_its_content_not_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "release.csv"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("main.csv", f"{HEADER}\n{ROWS[0]}\n")
    assert unpack(path, kind_of_header).name == "release.csv: main.csv"


@pytest.mark.parametrize(
    "name", ["Count_Recovery", "CountRecovery", "COUNT_RECOVERY", " count recovery ", "count-recovery"]
)
def test_spellings_of_a_column_are_one(name: str) -> None:
    assert plain(name) == "countrecovery"


def test_the_kind_of_file_is_known_by_its_header() -> None:
    assert kind_of_header(HEADER.encode()) == "main"
    assert kind_of_header(b"\xef\xbb\xbf" + HEADER.upper().encode() + b"\r\nx") == "main"
    assert kind_of_header(b"year,measure,value,basis,source,note\n") == "supplement"
    assert (
        kind_of_header(
            b"reporting_period,org_type,org_code,variable_type,variable_a,measure_name,measure_statistic,value"
        )
        == "tidy"
    )
    assert kind_of_header(b"a,b,c\n") == ""
    assert kind_of_header(b"\xff\xfe\x00") == ""
    assert kind_of_header(b"") == ""


def test_reading_a_large_zip_entry_stops_at_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("yearbook.importing.unpacking.MOST_BYTES", 1000)
    memory = io.BytesIO((HEADER + "\n" + "\n".join([ROWS[0]] * 100)).encode())
    path = tmp_path / "main.csv"
    path.write_bytes(memory.getvalue())
    with pytest.raises(Exception, match="reading was stopped"):
        read_published(path)
