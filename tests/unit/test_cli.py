"""The command: what it says, what it returns, and what it leaves alone."""

import re
import shutil
import socket
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from yearbook.cli import NO_ADDRESS, main
from yearbook.finishing import finish_site
from yearbook.provenance import note_site, read_recipe, write_record
from yearbook.search.index import write_index

REPOSITORY = Path(__file__).resolve().parents[2]
SMALL_RELEASE = REPOSITORY / "tests/releases/good/2019-20/psych-ther-ann-rep-csv-2019-20-main-csv.csv"

Snapshot = Callable[[Path], dict[str, bytes]]
Run = Callable[..., subprocess.CompletedProcess[str]]


def yearbook(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.mark.parametrize(
    ("command", "teaches"),
    [
        ((), ("yearbook add 2024-25 FILE.zip", "yearbook check", "Exit status: 0 all is well")),
        (
            ("build",),
            (
                *("Build the whole site into site/", "replaced only when the new one is whole"),
                *("--quiet", "--force", "--workers", "--site-url", "YEARBOOK_SITE_URL"),
            ),
        ),
        (("compare",), ("from the built site OLD to NEW", "by default the project's site/", "--json", "--exit-code")),
        (("serve",), ("Preview the site", "a save in content/, data/ or templates/", "--address", "127.0.0.1:8000")),
        (("check",), ("Report every problem in data/ and content/, and write nothing", "how to mend it")),
        (
            ("add",),
            ("YEAR FILE", "zip or CSV", "drift report", "--dry-run", "Adding the same file twice changes nothing"),
        ),
        (("draft",), ("Draft the report of YEAR", "ranked by news value", "--findings", "No file is overwritten")),
        (("stale",), ("List what YEAR", "makes false or dates", "with file and line")),
        (("geography",), ("FOLDER", "lineage, councils, neighbours and hex maps", "data/geography.yml registers")),
    ],
)
def test_help_says_what_the_command_does(command: tuple[str, ...], teaches: tuple[str, ...]) -> None:
    told = yearbook(*command, "--help")
    assert told.exit_code == 0
    for words in teaches:
        assert words in " ".join(told.stdout.split()), words


def test_every_command_is_named_in_the_help() -> None:
    told = yearbook("--help").stdout.partition("Commands:")[2]
    assert {line.split()[0] for line in told.splitlines() if line.strip()} == set(main.commands)


def test_a_command_that_does_not_exist_is_refused() -> None:
    told = yearbook("biuld")
    assert told.exit_code == 2
    assert "No such command 'biuld'" in told.stderr


def test_geography_without_scipy_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mkdocs.yml").write_text("site_name: x\n")
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    told = yearbook("--project", tmp_path, "geography", tmp_path)
    assert told.exit_code == 2
    assert "Install it with the other packages of make test." in told.output


def test_geography_tells_every_lookup_that_is_missing(tmp_path: Path) -> None:
    pytest.importorskip("scipy", reason="hex maps are laid out with scipy, of the dev packages")
    (tmp_path / "mkdocs.yml").write_text("site_name: x\n")
    told = yearbook("--project", tmp_path, "geography", tmp_path)
    assert told.exit_code == 3
    assert told.output.count("The file is missing.") == 10


def test_build_tells_its_steps_and_what_it_made(two_years: Path) -> None:
    note_site(two_years, read_recipe(two_years), 1)  # so that without --force there is nothing to do
    told = yearbook("--project", two_years, "build", "--force", "--workers", "2")
    assert told.exit_code == 0
    steps = re.findall(r"^ +\d+\.\d s  (\w+)", told.stdout, re.MULTILINE)
    assert steps == ["Reading", "Reconciling", "Comparing", "Writing", "Drawing", "Drawing", "Printing", "Done", "The"]
    images = len(list((two_years / ".cache" / "charts").iterdir()))
    files = len([path for path in (two_years / "site").rglob("*") if path.is_file()])
    pages = len(list((two_years / "site").rglob("index.html")))
    done = f"Done: {pages} pages, 0 images drawn and {images} from the cache, {files} files in site/\n"
    *_, last, address = told.stdout.splitlines(keepends=True)
    assert last.endswith(done)
    assert address.endswith(f"  {NO_ADDRESS}\n")
    again = yearbook("--project", two_years, "build")
    assert again.stdout.endswith(f" s  Nothing has changed since site/ was built: {pages} pages.\n")
    assert len(again.stdout.splitlines()) == 1


@pytest.mark.parametrize("way", ["option", "environment"])
def test_an_address_given_to_the_build_is_that_of_every_page(
    way: str, two_years: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = ["--site-url", "https://example.org/yearbook"]
    if way == "environment":
        monkeypatch.setenv("YEARBOOK_SITE_URL", given.pop())
        given = []
    told = yearbook("--project", two_years, "build", *given)
    assert told.exit_code == 0
    assert NO_ADDRESS not in told.stdout
    for page in ("index.html", "reports/2019-20/index.html", "compare/index.html"):
        document = (two_years / "site" / page).read_text()
        address = page.removesuffix("index.html")
        assert f'<link rel="canonical" href="https://example.org/yearbook/{address}">' in document
        assert '<meta property="og:image" content="https://example.org/yearbook/cards/' in document
    assert "<loc>https://example.org/yearbook/reports/2019-20/</loc>" in (two_years / "site/sitemap.xml").read_text()


@pytest.mark.parametrize(
    "given", ["example.org", "https://", "https://a.org/?x=1", 'https://a.org/"><script>', "ftp://a.org/"]
)
def test_an_address_that_is_none_is_refused_before_anything_is_done(
    given: str, two_years: Path, snapshot: Snapshot
) -> None:
    before = snapshot(two_years)
    told = yearbook("--project", two_years, "build", "--site-url", given)
    assert told.exit_code == 2
    assert told.stderr == (
        f'"{given}" is not the address of a site. Write it whole, as https://example.org/ or '
        "https://example.org/yearbook/.\n"
    )
    assert snapshot(two_years) == before


def test_a_quiet_build_says_nothing(two_years: Path) -> None:
    told = yearbook("--project", two_years, "build", "--quiet")
    assert (told.exit_code, told.output) == (0, "")


def test_check_says_that_all_is_well_and_writes_nothing(two_years: Path, snapshot: Snapshot) -> None:
    before = snapshot(two_years)
    told = yearbook("--project", two_years, "check")
    assert (told.exit_code, told.stdout) == (0, "No problems.\n")
    assert snapshot(two_years) == before


@pytest.mark.parametrize("command", ["build", "check"])
@pytest.mark.parametrize(
    ("file", "old", "new", "status", "place"),
    [
        (
            "data/releases/2019-20.csv",
            "1694790",
            "-5",
            3,
            "data/releases/2019-20.csv, line 2, column referrals_received",
        ),
        ("content/reports/2019-20.md", "{{ year }}", "{{ yaer }}", 4, "content/reports/2019-20.md, line 25"),
    ],
)
def test_a_fault_is_told_without_a_traceback_and_leaves_the_last_good_site(
    command: str, file: str, old: str, new: str, status: int, place: str, two_years: Path, run: Run, snapshot: Snapshot
) -> None:
    path = two_years / file
    path.write_text(path.read_text().replace(old, new))
    before = snapshot(two_years)
    told = run("yearbook.cli", "--project", str(two_years), command)
    assert told.returncode == status
    assert told.stderr.startswith(f"{place}\n")
    assert "Mend: " in told.stderr
    assert told.stderr.endswith("\n\n1 problem in 1 file.\n")
    assert "Traceback" not in told.stdout + told.stderr
    assert snapshot(two_years) == before


def test_a_broken_link_fails_the_build_without_a_traceback(two_years: Path, snapshot: Snapshot) -> None:
    before = snapshot(two_years / "site")
    words = two_years / "content" / "reports" / "2019-20.md"
    words.write_text(words.read_text().replace("glossary.md", "glosary.md"))
    told = yearbook("--project", two_years, "build")
    assert told.exit_code == 1
    assert told.stderr.startswith("MkDocs could not print the site:\n  ")
    assert "'../glosary.md'" in told.stderr
    assert snapshot(two_years / "site") == before


def test_a_site_that_is_not_ours_is_refused(two_years: Path) -> None:
    (two_years / "site" / "manifest.json").unlink()
    told = yearbook("--project", two_years, "build")
    assert told.exit_code == 2
    assert "holds files that Yearbook did not make. Move them away" in told.stderr
    assert (two_years / "site" / "index.html").exists()


def test_the_project_is_found_from_any_folder_within_it(two_years: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(two_years / "content" / "reports")
    assert yearbook("check").stdout == "No problems.\n"


def test_outside_a_project_the_command_says_where_to_run_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    told = yearbook("check")
    assert told.exit_code == 2
    assert told.stderr.startswith(f"There is no mkdocs.yml in {tmp_path}")
    assert "--project" in told.stderr


def test_a_folder_that_is_no_project_is_refused(tmp_path: Path) -> None:
    told = yearbook("--project", tmp_path, "check")
    assert (told.exit_code, told.stdout) == (2, "")
    assert told.stderr.startswith(f"There is no mkdocs.yml in {tmp_path}")


@pytest.fixture
def library(two_years: Path) -> Path:
    """The two years with the crosswalks that an import needs."""
    shutil.copytree(REPOSITORY / "data" / "crosswalks", two_years / "data" / "crosswalks")
    return two_years


def test_adding_a_release_twice_changes_nothing(library: Path, snapshot: Snapshot) -> None:
    first = yearbook("--project", library, "add", "2019-20", SMALL_RELEASE)
    assert first.exit_code == 0, first.output
    once = snapshot(library)
    stamps = {path: path.stat().st_mtime_ns for path in (library / "data").rglob("*")}
    second = yearbook("--project", library, "add", "2019-20", SMALL_RELEASE)
    assert second.exit_code == 0, second.output
    assert snapshot(library) == once
    assert {path: path.stat().st_mtime_ns for path in (library / "data").rglob("*")} == stamps
    assert second.stdout != first.stdout


def test_a_dry_run_tells_what_would_change_and_writes_nothing(library: Path, snapshot: Snapshot) -> None:
    before = snapshot(library)
    told = yearbook("--project", library, "add", "2019-20", SMALL_RELEASE, "--dry-run")
    assert told.exit_code == 0
    assert "Columns" in told.stdout
    assert snapshot(library) == before


def test_a_release_that_cannot_be_used_is_refused_without_a_traceback(
    library: Path, tmp_path: Path, snapshot: Snapshot, run: Run
) -> None:
    offered = tmp_path / "psych-ther-2019-20.csv"
    offered.write_text(SMALL_RELEASE.read_text(encoding="utf-8").replace("1694790", "1,694,790"), encoding="utf-8")
    offered.write_bytes(offered.read_bytes()[:-40] + b"\xff\xfe")
    before = snapshot(library)
    told = run("yearbook.cli", "--project", str(library), "add", "2019-20", str(offered))
    assert told.returncode == 3
    assert told.stderr.startswith("psych-ther-2019-20.csv")
    assert "Mend: " in told.stderr
    assert "Traceback" not in told.stderr
    assert snapshot(library) == before


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("2019-20", "no-such-file.csv"), "does not exist"),
        (("2019-20",), "Missing argument 'FILE'"),
        (("2019-20", SMALL_RELEASE, "--cite", "nothing"), "Write --cite as OLD=NEW"),
    ],
)
def test_add_used_wrongly_says_how(words: tuple[object, ...], told: str, library: Path, snapshot: Snapshot) -> None:
    before = snapshot(library)
    found = yearbook("--project", library, "add", *words)
    assert found.exit_code == 2
    assert told in found.stderr
    assert snapshot(library) == before


def test_plain_mkdocs_build_prints_the_same_site_with_plain_names(
    two_years: Path, run: Run, snapshot: Snapshot
) -> None:
    ours = snapshot(two_years / "site")
    for folder in ("site", "staging"):
        shutil.rmtree(two_years / folder)
    (two_years / "staging").mkdir()  # in the repository it is kept by a hidden file
    printed = run("mkdocs", "build", cwd=two_years)
    assert printed.returncode == 0, printed.stderr
    assert 'href="css/yearbook.css"' in (two_years / "site" / "index.html").read_text()
    write_index(two_years / "site")
    finish_site(two_years / "site")
    write_record(two_years / "site", read_recipe(two_years))
    assert snapshot(two_years / "site") == ours


def test_plain_mkdocs_build_tells_a_fault_without_a_traceback(two_years: Path, run: Run) -> None:
    words = two_years / "content" / "reports" / "2019-20.md"
    words.write_text(words.read_text().replace("{{ year }}", "{{ yaer }}"))
    told = run("mkdocs", "build", cwd=two_years)
    assert told.returncode != 0
    assert "content/reports/2019-20.md, line 25" in told.stderr
    assert "Traceback" not in told.stderr


def test_the_printed_site_is_ours_to_replace_whoever_printed_it(two_years: Path, run: Run) -> None:
    shutil.rmtree(two_years / "site")
    assert run("mkdocs", "build", cwd=two_years).returncode == 0
    assert yearbook("--project", two_years, "build").exit_code == 0


def test_a_taken_address_is_told_without_a_traceback(two_years: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        told = yearbook("--project", two_years, "serve", "--address", f"127.0.0.1:{taken.getsockname()[1]}")
    assert told.exit_code == 2
    assert "cannot be served: Address already in use. Name another with --address" in told.stderr


def test_a_draft_is_printed_or_written_to_a_new_file_alone(two_years: Path, tmp_path: Path) -> None:
    printed = yearbook("--project", two_years, "draft", "2019-20")
    assert printed.exit_code == 0
    assert printed.stdout.startswith("---\ntitle: >-\n")
    out = tmp_path / "draft.md"
    told = yearbook("--project", two_years, "draft", "2019-20", "--out", out)
    assert told.stdout.startswith(f"Written: {out}\n\nNext, ")
    assert "  yearbook stale 2019-20  lists the sentences elsewhere" in told.stdout
    assert out.read_text(encoding="utf-8") == printed.stdout
    again = yearbook("--project", two_years, "draft", "2019-20", "--out", out)
    assert again.exit_code == 2
    assert again.stderr == (
        f"{out} is there already, and a draft overwrites nothing. Name another file, or move that one away first.\n"
    )
    assert out.read_text(encoding="utf-8") == printed.stdout


def test_a_draft_goes_into_a_folder_that_exists(two_years: Path, tmp_path: Path) -> None:
    told = yearbook("--project", two_years, "draft", "2019-20", "--out", tmp_path / "nowhere" / "draft.md")
    assert told.exit_code == 2
    assert told.stderr == f"There is no folder {tmp_path / 'nowhere'}. Make it, or name a file in another.\n"


def test_the_findings_are_listed_by_news_value_and_say_why(two_years: Path) -> None:
    told = yearbook("--project", two_years, "draft", "2019-20", "--findings")
    assert told.exit_code == 0
    assert told.stdout.startswith("  1. ")
    values = [float(one) for one in re.findall(r"News value (\d+\.\d)", told.stdout)]
    assert values == sorted(values, reverse=True)


@pytest.mark.parametrize("command", ["draft", "stale"])
def test_a_year_without_a_release_is_refused(command: str, two_years: Path) -> None:
    told = yearbook("--project", two_years, command, "2030-31")
    assert (told.exit_code, told.stdout) == (2, "")
    assert told.stderr == "There is no release for 2030-31. Import it first: yearbook add 2030-31 FILE\n"
    odd = yearbook("--project", two_years, command, "2030-33")
    assert odd.stderr == '"2030-33" is not a financial year; did you mean 2030-31?\n'.replace("did you", "did you")


def test_stale_sentences_are_listed_with_file_and_line(two_years: Path) -> None:
    report = two_years / "content" / "reports" / "2018-19.md"
    report.write_text(report.read_text(encoding="utf-8") + "\nNo later year is like it.\n", encoding="utf-8")
    told = yearbook("--project", two_years, "stale", "2019-20")
    line = len(report.read_text(encoding="utf-8").splitlines())
    assert told.exit_code == 0
    assert f"content/reports/2018-19.md, line {line}\n  “No later year is like it.”" in told.stdout
    assert "\n\n0 false, 1 dated.\n\nNext, " in told.stdout
