"""The sheets of areas are kept for as long as nothing changes that they are made from."""

import shutil
from pathlib import Path

import pytest
from reproducible.cutting import cut_project

import yearbook.sheets
from yearbook.kept import FOLDER, key_of
from yearbook.pipeline import build_site


@pytest.fixture(scope="module")
def drawn(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of three areas whose drawings are kept."""
    made = cut_project(project, tmp_path_factory.mktemp("sheets") / "project")
    build_site(made)
    return made


@pytest.fixture
def three_areas(drawn: Path, tmp_path: Path) -> Path:
    """The same, to be changed."""
    return Path(shutil.copytree(drawn, tmp_path / "project"))


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the areas whose pages are rendered from now on."""
    rendered: list[str] = []
    render = yearbook.sheets.render_area

    def counting(comparisons, area, *rest):  # type: ignore[no-untyped-def]
        rendered.append(area.name)
        return render(comparisons, area, *rest)

    monkeypatch.setattr(yearbook.sheets, "render_area", counting)
    monkeypatch.setattr(yearbook.sheets, "share_out", lambda work, given, _: map(work, given))
    return rendered


def test_an_edit_of_words_renders_no_area_and_gives_the_same_files(three_areas: Path, counted: list[str]) -> None:
    before = dict(build_site(three_areas).files)
    words = three_areas / "content/reports/2018-19.md"
    words.write_text(f"{words.read_text().rstrip()}\n\nA zebra crossed.\n")
    after = dict(build_site(three_areas).files)
    assert counted == []
    areas = {path for path in before if path.startswith("areas/")}
    assert any(path.endswith("/index.html") for path in areas)
    assert {path for path in areas if after[path] != before[path]} == set()


@pytest.mark.parametrize("path", ["data/standards.yml", "templates/pages/area.html", "mkdocs.yml"])
def test_an_edit_of_what_they_are_made_from_renders_every_area(
    three_areas: Path, counted: list[str], path: str
) -> None:
    target = three_areas / path
    target.write_text(f"{target.read_text()}\n")
    build_site(three_areas)
    assert counted
    assert (
        len(list((three_areas / FOLDER).iterdir())) == 3
    )  # charts, sheets and figures; those of before are thrown away


def test_another_address_of_the_site_has_other_sheets(three_areas: Path) -> None:
    assert key_of(three_areas, "") != key_of(three_areas, "https://example.org/")


@pytest.mark.parametrize("name", ["charts", "sheets", "figures"])
def test_what_is_not_whole_is_made_anew(three_areas: Path, counted: list[str], name: str) -> None:
    before = dict(build_site(three_areas).files)
    assert counted == []
    (kept,) = (three_areas / FOLDER).glob(f"*.{name}")
    kept.write_bytes(kept.read_bytes()[:-1])
    assert dict(build_site(three_areas).files) == before
    assert bool(counted) == (name == "sheets")
    counted.clear()
    assert dict(build_site(three_areas).files) == before
    assert counted == []


def test_where_sheets_cannot_be_kept_the_site_is_the_same(three_areas: Path, counted: list[str]) -> None:
    before = dict(build_site(three_areas).files)
    shutil.rmtree(three_areas / FOLDER)
    (three_areas / FOLDER).write_text("in the way")
    assert dict(build_site(three_areas).files) == before
    assert len(counted) == 3
