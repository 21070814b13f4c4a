"""The same inputs give the same bytes: in unlike surroundings, and after an earlier state as from none."""

import shutil
from pathlib import Path

import pytest
from repeats import HERE, THERE, build_in, differing
from reproducible.cutting import cut_project

from yearbook.staging import read_manifest, write_staging


@pytest.fixture(scope="module")
def cold(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small project, built from nothing."""
    made = cut_project(project, tmp_path_factory.mktemp("cold") / "project")
    build_in(made, HERE, made.parent)
    return made


def leave_an_earlier_state(project: Path) -> None:
    """Stage what an earlier state of the project would have: pages that read otherwise, one that is gone, one lacking.

    Every fifth drawing is lost, and some of the site is of an earlier day.
    """
    staging = project / "staging"
    files = {path: (staging / path).read_bytes() for path in read_manifest(staging)}
    pages = sorted(path for path in files if path.endswith(".md"))
    files |= {path: files[path].replace(b"recover", b"get well") for path in pages[::3]}
    files["reports/2017-18.md"] = b"# A year that is gone\n"
    del files[pages[1]]
    write_staging(files, staging)
    for image in sorted((project / ".cache" / "charts").iterdir())[::5]:
        image.unlink()
    (project / "site" / "reports" / "2017-18").mkdir()
    (project / "site" / "reports" / "2017-18" / "index.html").write_text("gone", encoding="utf-8")
    (project / ".cache" / "published.json").unlink()


def test_unlike_surroundings_and_an_earlier_state_give_the_same_bytes(cold: Path, tmp_path: Path) -> None:
    other = shutil.copytree(cold, tmp_path / "a folder with another name" / "project")
    leave_an_earlier_state(other)
    assert len(differing(cold / "staging", other / "staging")) > 10
    build_in(other, THERE, tmp_path)
    assert differing(cold / "site", other / "site") == []
    assert differing(cold / "staging", other / "staging") == []
    said = (other / "site" / "build.json").read_text(encoding="utf-8")
    assert str(tmp_path) not in said
    assert '"areas/09d-brighton-and-hove/index.html"' in said
