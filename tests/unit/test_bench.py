"""The benchmark's own parts: what it gives to other generators, how it measures, and the tables it prints."""

import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
from bench.__main__ import SECTIONS, main
from bench.peers import PEERS, read_pages
from bench.table import Table, ratio, seconds
from bench.timing import measured

REPOSITORY = Path(__file__).resolve().parents[2]


def test_peers_are_given_every_page_with_its_text_and_its_drawings(built_once: Path) -> None:
    staging, pages = built_once / "staging", read_pages(built_once / "staging")
    printed = {
        path.parent.relative_to(built_once / "site").as_posix() for path in built_once.rglob("site/**/index.html")
    }
    assert {address.rstrip("/") or "." for address in pages} == printed
    whole = list(staging.rglob("index.html"))
    assert len(whole) > 50
    for path in whole:
        given = pages[f"{path.parent.relative_to(staging).as_posix()}/"]
        assert re.match(r'---\ntitle: "[^"\n]', given)
        body = given.partition("\n---\n\n")[2]
        assert "\n\n" not in body, "it is one block of HTML to CommonMark as well"
        document = path.read_text(encoding="utf-8").partition("<main")[2].partition("</main>")[0]
        for part in ("<h1", "<p", "<td", "<img"):
            assert body.count(part) == document.count(part), f"{path}: nothing is left out"
        assert "<h1" in body


def test_every_peer_is_pinned_and_every_section_is_a_module_that_measures() -> None:
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", peer.version) for peer in PEERS)
    assert all(callable(import_module(f"bench.{name}").measure) for name in SECTIONS)


def test_a_section_that_is_not_there_is_told_with_those_that_are(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["bench", "bulids"])
    with pytest.raises(SystemExit):
        main()
    assert "there is no section bulids; there are builds, edits" in capsys.readouterr().err


def test_memory_is_that_of_the_command_and_not_of_who_started_it(tmp_path: Path) -> None:
    ballast = bytearray(300 * 2**20)
    _, small = measured([sys.executable, "-c", "pass"], tmp_path)
    _, large = measured([sys.executable, "-c", "x = bytearray(200 * 2**20)"], tmp_path)
    assert small < 60 < 200 < large < 300 <= len(ballast) / 2**20
    with pytest.raises(RuntimeError, match="failed: why"):
        measured([sys.executable, "-c", "import sys; sys.exit('why')"], tmp_path)


def test_a_table_is_markdown_and_a_ratio_is_that_of_one_round() -> None:
    table = Table(
        "Builds", ("", "seconds", "ratio"), [("bare", seconds([1, 2, 9]), ""), ("cold", "", ratio([2, 8], [1, 2]))]
    )
    assert table.markdown() == (
        "### Builds\n\n|  | seconds | ratio |\n| --- | ---: | ---: |\n| bare | 2.00 |  |\n| cold |  | 3.00 |\n"
    )


def test_the_command_that_make_runs_says_what_it_can_measure() -> None:
    command = re.search(
        r"^bench:.*\n\tPYTHONPATH=tests \$\(BIN\)/python (-m bench)", (REPOSITORY / "Makefile").read_text(), re.M
    )
    assert command
    words = [sys.executable, *command[1].split(), "--help"]
    said = subprocess.run(words, cwd=REPOSITORY, env={"PYTHONPATH": "tests:build"}, capture_output=True, text=True)
    assert "peers" in said.stdout, said.stderr
