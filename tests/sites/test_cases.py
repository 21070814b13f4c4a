"""A case is a folder in, `project/`, and a folder expected: the list of staged paths, and some of the files.

Which files are expected whole is said by those that lie there: to add one, make it empty and run make golden.
"""

import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from yearbook.pages.text import plain_text
from yearbook.pipeline import build_site

CASES = Path(__file__).parent
NAMES = sorted(
    folder.name for folder in CASES.iterdir() if folder.is_dir() and folder.name not in ("bad", "__pycache__")
)


@pytest.fixture
def build_case(make_project: Callable[..., Path], drawings: Path) -> Callable[[str], Mapping[str, bytes]]:
    """Builds a case and gives its staged files."""

    def build(name: str) -> Mapping[str, bytes]:
        project = make_project(f"{name}/project")
        (project / ".cache").symlink_to(drawings)
        return build_site(project).files

    return build


@pytest.mark.parametrize("name", NAMES)
def test_the_folder_in_gives_the_folder_expected(
    name: str, build_case: Callable[[str], Mapping[str, bytes]], golden: bool
) -> None:
    expected = CASES / name / "expected"
    kept = [path for path in sorted(expected.rglob("*")) if path.is_file() and path != expected / "paths.txt"]
    assert kept, f"{name} expects nothing: put an empty file for each that is to be compared into {name}/expected/"
    files = build_case(name)
    if golden:
        (expected / "paths.txt").write_text("".join(f"{path}\n" for path in sorted(files)), encoding="utf-8")
        for path in kept:
            path.write_bytes(files[path.relative_to(expected).as_posix()])
        return
    assert sorted(files) == (expected / "paths.txt").read_text(encoding="utf-8").splitlines()
    for path in kept:
        assert files[path.relative_to(expected).as_posix()].decode() == path.read_text(encoding="utf-8"), path.name


def test_a_stage_that_a_year_lacks_is_told_in_words_in_the_chart_and_in_the_table(
    build_case: Callable[[str], Mapping[str, bytes]],
) -> None:
    files = build_case("missing-stage")
    page = files["reports/2019-20.md"].decode()
    journey = page[page.index('<section class="chapter" id="journey"') :].partition("</section>")[0]
    words = re.search(r'<p class="missing">(.+?)</p>', journey)
    assert words
    assert "The sources for 2019-20 do not give the referrals that ended in the year" in plain_text(words[1])

    note = "Not known for 2019-20: how many were not seen, seen but not treated, or had one appointment only."
    alt = re.search(r'<img [^>]*alt="([^"]+)"', journey)
    assert alt
    assert alt[1].endswith(note)
    assert "an unknown number entered treatment" in alt[1]
    for width in ("wide", "narrow"):
        drawing = files[f"assets/charts/journey-2019-20-{width}.svg"].decode()
        shown = re.findall(r"<text[^>]*>([^<]+)", drawing)
        stage = shown.index("Entered treatment")
        assert shown[stage + 1 : stage + 4] == ["[x]", "[x]", "not available in the sources"]
        assert "Not known for 2019-20: how many were not seen," in " ".join(shown)

    row = re.search(r'<tr><th scope="row">Entered treatment</th>(.*?)</tr>', journey)
    assert row
    assert row[1].count(">[x]</a></td>") == 2
    assert "[x] not available in the sources." in journey
    assert b"Entered treatment,[x],[x],," in files["data/tables/journey-2019-20.csv"]


def test_waits_that_a_year_lacks_are_told_in_words_and_never_drawn_as_nought(
    build_case: Callable[[str], Mapping[str, bytes]],
) -> None:
    files = build_case("missing-stage")
    page = files["reports/2019-20.md"].decode()
    waits = page[page.index('<section class="chapter" id="waiting-times"') :].partition("</section>")[0]
    missing = [plain_text(words) for words in re.findall(r'<p class="missing">(.+?)</p>', waits)]
    assert [words for words in missing if re.search(r"sources.*2019-20.* waited\.$", words)], missing
    assert "<figure" not in waits
    assert not [path for path in files if path.startswith("assets/charts/waits")]
    headline = page[page.index("First treatment within 6 weeks</dt>") :].partition("</div>")[0]
    assert ">[x]</a>" in headline
    assert "headline__standard" not in headline, "an unknown wait is neither met nor missed"
    assert "0.0%" not in page
