"""Drawing: finished SVG, the cache, the worker processes."""

import re
import subprocess
import sys
import xml.etree.ElementTree as ET  # the drawings are our own
from pathlib import Path

import pytest

from yearbook.charts import CHARTS, Chart, Drawings, draw_charts
from yearbook.charts.drawing import finish_svg
from yearbook.charts.theme import DARK, LIGHT, SMALL
from yearbook.charts.workers import FEW
from yearbook.report import Report
from yearbook.years import FinancialYear

SVG = "{http://www.w3.org/2000/svg}"


def _charts(report: Report, *years: int) -> list[Chart]:
    built = [kind.build(report, FinancialYear(year)) for year in years for kind in CHARTS if kind.per_year]
    return [chart for chart in built if isinstance(chart, Chart)]


@pytest.fixture(scope="module")
def charts(report: Report) -> list[Chart]:
    return _charts(report, 2019, 2012)


@pytest.fixture(scope="module")
def cache_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache") / "charts"


@pytest.fixture(scope="module")
def drawings(charts: list[Chart], cache_folder: Path) -> Drawings:
    """All charts of two years, drawn by two workers."""
    return draw_charts(charts, cache_folder, workers=2)


def _images(drawings: Drawings) -> dict[tuple[str, str], bytes]:
    return {(drawn.chart.name, width): svg for drawn in drawings.charts for width, svg in drawn.svg.items()}


def test_all_images_are_drawn_and_counted(charts: list[Chart], drawings: Drawings) -> None:
    assert 2 * len(charts) > FEW
    assert (drawings.drawn, drawings.cached) == (2 * len(charts), 0)
    assert [drawn.chart for drawn in drawings.charts] == charts


def test_an_image_has_its_role_its_title_and_its_description(drawings: Drawings) -> None:
    for drawn in drawings.charts:
        for width, svg in drawn.svg.items():
            root = ET.fromstring(svg)  # noqa: S314
            title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
            assert title is not None
            assert description is not None
            assert root.get("role") == "img"
            assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
            assert (title.text, description.text) == (drawn.chart.finding, drawn.chart.alt)
            picture = drawn.chart.pictures[width]
            assert (root.get("width"), root.get("height")) == (str(picture.width), str(picture.height))


def test_text_stays_text_and_large_enough(drawings: Drawings) -> None:
    for drawn in drawings.charts:
        for width, svg in drawn.svg.items():
            texts = list(ET.fromstring(svg).iter(f"{SVG}text"))  # noqa: S314
            planned = [record["text"] for record in drawn.chart.pictures[width].records["texts"]]
            assert [text.text for text in texts] == planned
            assert all(float((text.get("font-size") or "").removesuffix("px")) >= SMALL for text in texts)
            assert {text.get("font-family") for text in texts} == {"sans-serif"}


def test_no_image_holds_a_script_or_points_anywhere(drawings: Drawings) -> None:
    for svg in _images(drawings).values():
        text = svg.decode()
        assert not re.search(r"<script|href|<foreignObject|<image|@import|\son[a-z]+=|javascript:", text)
        assert set(re.findall(r"https?://[^\"' ]+", text)) == {"http://www.w3.org/2000/svg"}


def test_no_two_images_share_an_id(drawings: Drawings) -> None:
    ids = [found for svg in _images(drawings).values() for found in re.findall(r'\sid="([^"]+)"', svg.decode())]
    assert len(ids) == 2 * len(_images(drawings))
    assert len(set(ids)) == len(ids)


def test_every_colour_drawn_has_a_dark_counterpart(drawings: Drawings) -> None:
    for svg in _images(drawings).values():
        drawn = svg.decode().partition("</style>")[2]
        style = svg.decode().partition("</style>")[0]
        used = set(re.findall(r'(?:fill|stroke)="(#[0-9a-f]+|[a-z]+)"', drawn))
        assert used - {"none", "transparent"} <= set(LIGHT.values())
        assert "prefers-color-scheme:dark" in style
        for tone, colour in LIGHT.items():
            painted = {kind for kind in ("fill", "stroke") if f'{kind}="{colour}"' in drawn}
            for kind in painted:
                assert f'[{kind}="{colour}"]{{{kind}:{DARK[tone]}}}' in style
            assert (colour in style) == bool(painted), "a style for what is not drawn is only weight"


def test_a_second_run_draws_nothing_and_gives_the_same_bytes(
    charts: list[Chart], drawings: Drawings, cache_folder: Path
) -> None:
    again = draw_charts(charts, cache_folder, workers=2)
    assert (again.drawn, again.cached) == (0, drawings.drawn)
    assert _images(again) == _images(drawings)


def test_drawing_here_and_drawing_in_a_worker_give_the_same_bytes(
    charts: list[Chart], drawings: Drawings, tmp_path: Path
) -> None:
    few = charts[: FEW // 2]
    here = _images(draw_charts(few, tmp_path))
    assert here == {key: svg for key, svg in _images(drawings).items() if key in here}


@pytest.mark.parametrize("damage", [b"", b"<svg", b"0" * 64 + b"\n<svg/>"])
def test_a_damaged_cache_file_is_drawn_again(
    charts: list[Chart], drawings: Drawings, cache_folder: Path, damage: bytes
) -> None:
    hurt = sorted(cache_folder.iterdir())[0]
    whole = hurt.read_bytes()
    hurt.write_bytes(damage)
    again = draw_charts(charts, cache_folder)
    assert (again.drawn, again.cached) == (1, drawings.drawn - 1)
    assert _images(again) == _images(drawings)
    assert hurt.read_bytes() == whole


def test_the_cache_holds_only_whole_files(drawings: Drawings, cache_folder: Path) -> None:
    assert {path.suffix for path in cache_folder.iterdir()} == {".svg"}
    assert len(list(cache_folder.iterdir())) == drawings.drawn


def test_progress_is_told_for_each_image(charts: list[Chart], tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    draw_charts(charts[:2], tmp_path, progress=lambda done, of: told.append((done, of)))
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]


def test_neither_altair_nor_vl_convert_is_loaded_when_all_is_cached(
    drawings: Drawings, cache_folder: Path, project: Path
) -> None:
    program = (
        "import sys; from pathlib import Path\n"
        "from yearbook.archive import read_archive; from yearbook.report import Report\n"
        "from yearbook.charts import CHARTS, Chart, draw_charts; from yearbook.years import FinancialYear\n"
        "report = Report(read_archive(Path(sys.argv[1])))\n"
        "kinds = [kind for kind in CHARTS if kind.per_year]\n"
        "built = [kind.build(report, FinancialYear(year)) for year in (2019, 2012) for kind in kinds]\n"
        "done = draw_charts([chart for chart in built if isinstance(chart, Chart)], Path(sys.argv[2]))\n"
        "assert done.drawn == 0, done.drawn\n"
        "assert not {'altair', 'vl_convert'} & set(sys.modules)\n"
    )
    command = [sys.executable, "-c", program, str(project / "data"), str(cache_folder)]
    surroundings = {"PYTHONPATH": str(project / "build"), "PYTHONHASHSEED": "7"}
    done = subprocess.run(command, capture_output=True, text=True, env=surroundings, check=False)
    assert done.returncode == 0, done.stderr


BARE = '<svg class="marks" width="10" height="20" viewBox="0 0 10 20">'


def test_ids_and_what_refers_to_them_are_made_the_drawing_s_own() -> None:
    svg = f'{BARE}<defs><clipPath id="clip1"/><clipPath id="clip10"/></defs><g clip-path="url(#clip1)"/></svg>'
    finished = finish_svg(svg, "A & B", "<i>", "abc").decode()
    assert 'id="clip1-abc"' in finished
    assert 'id="clip10-abc"' in finished
    assert 'clip-path="url(#clip1-abc)"' in finished
    assert ">A &amp; B</title>" in finished
    assert ">&lt;i&gt;</desc>" in finished


@pytest.mark.parametrize(
    "foreign",
    [
        "<script>1</script>",
        '<image href="x.png"/>',
        '<a xlink:href="x"/>',
        '<g onclick="x()"/>',
        '<g fill="url(x.svg#a)"/>',
        '<g aria-label="a > b" onclick="x()"/>',
        "<style>@import x</style>",
        "<text>1 < 2</text>",
    ],
)
def test_a_drawing_that_holds_anything_foreign_is_refused(foreign: str) -> None:
    with pytest.raises(ValueError, match="script or a reference"):
        finish_svg(f"{BARE}{foreign}</svg>", "title", "description", "abc")


def test_what_words_say_runs_nothing_and_is_not_refused() -> None:
    words = "&lt;b onclick=x&gt; href=y url(z)"
    finished = finish_svg(f'{BARE}<g aria-label="{words}"><text>{words}</text></g></svg>', "title", "words", "abc")
    assert finished.decode().count(words) == 2


def test_a_drawing_without_a_size_is_refused() -> None:
    with pytest.raises(ValueError, match="states its size"):
        finish_svg("<svg></svg>", "title", "description", "abc")
