"""The PNG of a chart: what it shows, its size, that it is always the same, and that it is light."""

import io
import struct
import xml.etree.ElementTree as ET  # the drawings are our own
import zlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from yearbook.charts import CHARTS, Chart, DrawnChart, draw_charts, draw_rasters
from yearbook.charts.palette import MOST, pack_png
from yearbook.charts.rasters import PAPER, SCALE, compose, raster_size
from yearbook.charts.workers import FEW
from yearbook.report import Report
from yearbook.years import FinancialYear

SVG = "{http://www.w3.org/2000/svg}"
SIGNATURE = "The Talking Therapies Yearbook, https://example.org/figures/a/"


@pytest.fixture(scope="module")
def drawn(report: Report, tmp_path_factory: pytest.TempPathFactory) -> tuple[DrawnChart, ...]:
    """Two charts of a year, drawn."""
    built = [kind.build(report, FinancialYear(2019)) for kind in CHARTS if kind.id in ("journey", "recovery-trend")]
    charts = [chart for chart in built if isinstance(chart, Chart)]
    return draw_charts(charts, tmp_path_factory.mktemp("drawings")).charts


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("rasters") / "charts"


@pytest.fixture(scope="module")
def png(drawn: tuple[DrawnChart, ...], kept: Path) -> dict[str, bytes]:
    made = draw_rasters([(one, SIGNATURE) for one in drawn], kept)
    assert (made.drawn, made.cached) == (2, 0)
    return dict(made.png)


def test_a_png_opens_and_has_the_size_that_was_known_before(
    drawn: tuple[DrawnChart, ...], png: dict[str, bytes]
) -> None:
    assert set(png) == {"journey-2019-20", "recovery-trend-2019-20"}
    for one in drawn:
        picture = Image.open(io.BytesIO(png[one.chart.name]))
        picture.load()
        assert picture.size == raster_size(one.chart, SIGNATURE)
        assert picture.width > SCALE * one.chart.pictures["wide"].width


def test_a_png_stands_on_paper_and_shows_the_chart(drawn: tuple[DrawnChart, ...], png: dict[str, bytes]) -> None:
    picture = Image.open(io.BytesIO(png["journey-2019-20"])).convert("RGB")
    paper = tuple(bytes.fromhex(PAPER[1:]))
    assert [picture.getpixel(at) for at in ((0, 0), (picture.width - 1, picture.height - 1))] == [paper, paper]
    assert {(0x1F, 0x6F, 0x6B), (0xA8, 0x43, 0x1F)} <= {colour for _, colour in picture.getcolors(1 << 24) or ()}


def test_the_words_about_the_picture_are_its_finding_its_base_its_source_and_who_made_it(
    drawn: tuple[DrawnChart, ...],
) -> None:
    for one in drawn:
        root = ET.fromstring(compose(one.chart, one.svg["wide"], SIGNATURE))  # noqa: S314
        said = " ".join(text.text or "" for text in root.findall(f"{SVG}text"))
        assert said == f"{one.chart.finding} {one.chart.base} Source: {one.chart.source}. {SIGNATURE}"
        (inner,) = root.findall(f"{SVG}svg")
        planned = [record["text"] for record in one.chart.pictures["wide"].records["texts"]]
        assert [text.text for text in inner.iter(f"{SVG}text")] == planned


def test_a_png_takes_no_font_of_the_machine_and_no_dark_colour(drawn: tuple[DrawnChart, ...]) -> None:
    for one in drawn:
        sheet = compose(one.chart, one.svg["wide"], SIGNATURE)
        root = ET.fromstring(sheet)  # noqa: S314
        assert {text.get("font-family") for text in root.iter(f"{SVG}text")} == {"Liberation Sans"}
        assert "style" not in sheet


def test_no_line_of_words_is_wider_than_the_picture(drawn: tuple[DrawnChart, ...], png: dict[str, bytes]) -> None:
    for one in drawn:
        picture = Image.open(io.BytesIO(png[one.chart.name])).convert("RGB")
        margin = picture.crop((picture.width - 28 * SCALE + 4, 0, picture.width, picture.height))
        assert {colour for _, colour in margin.getcolors() or ()} == {tuple(bytes.fromhex(PAPER[1:]))}


def test_a_second_run_draws_nothing_and_a_fresh_one_gives_the_same_bytes(
    drawn: tuple[DrawnChart, ...], png: dict[str, bytes], kept: Path, tmp_path: Path
) -> None:
    signed = [(one, SIGNATURE) for one in drawn]
    again = draw_rasters(signed, kept)
    assert (again.drawn, again.cached) == (0, 2)
    assert again.png == png
    assert draw_rasters(signed, tmp_path).png == png


def test_workers_give_the_same_bytes(
    drawn: tuple[DrawnChart, ...], png: dict[str, bytes], kept: Path, tmp_path: Path
) -> None:
    told: list[tuple[int, int]] = []
    signed = [(drawn[0], SIGNATURE if number == 0 else f"Copy {number}") for number in range(FEW + 1)]
    named = [(DrawnChart(_renamed(one.chart, number), one.svg), words) for number, (one, words) in enumerate(signed)]
    made = draw_rasters(named, tmp_path, workers=2, progress=lambda done, of: told.append((done, of)))
    assert made.drawn == FEW + 1
    assert told[-1] == (FEW + 1, FEW + 1)
    assert made.png["copy-0-2019-20"] == png[drawn[0].chart.name]


def _renamed(chart: Chart, number: int) -> Chart:
    return replace(chart, id=f"copy-{number}")


def test_a_damaged_file_of_the_cache_is_drawn_again(
    drawn: tuple[DrawnChart, ...], png: dict[str, bytes], kept: Path
) -> None:
    hurt = sorted(kept.glob("*.png"))[0]
    hurt.write_bytes(b"\x89PNG")
    again = draw_rasters([(one, SIGNATURE) for one in drawn], kept)
    assert (again.drawn, again.cached) == (1, 1)
    assert again.png == png


def test_a_drawing_that_is_not_finished_is_refused(drawn: tuple[DrawnChart, ...]) -> None:
    with pytest.raises(ValueError, match="not a finished one"):
        compose(drawn[0].chart, b'<svg width="1"></svg>', SIGNATURE)


def test_a_png_is_light(png: dict[str, bytes]) -> None:
    assert max(len(each) for each in png.values()) < 80_000


def written(pixels: Sequence[Sequence[tuple[int, int, int]]], filter: int = 1) -> bytes:
    """A PNG of these colours, four bytes a pixel, as vl-convert writes it."""
    lines = b""
    for row in pixels:
        whole = [bytes((*colour, 255)) for colour in row]
        before = [bytes(4), *whole] if filter else [bytes(4)] * (len(whole) + 1)
        lines += bytes([filter]) + b"".join(
            bytes((a - b) % 256 for a, b in zip(one, other, strict=True))
            for one, other in zip(whole, before, strict=False)
        )

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", len(pixels[0]), len(pixels), 8, 6, 0, 0, 0)
    parts = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(lines)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


def opened(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("RGB")


def test_a_picture_of_few_colours_loses_none_of_them() -> None:
    pixels = [[(x, y, 200) for x in range(16)] for y in range(MOST // 16)]
    packed = pack_png(written(pixels))
    assert Image.open(io.BytesIO(packed)).mode == "P"
    assert ImageChops.difference(opened(packed), opened(written(pixels))).getbbox() is None


def test_of_too_many_colours_the_commonest_stay_and_the_rest_become_the_nearest() -> None:
    common = [[(0, 0, 0)] * 30] * 5
    pixels = [*common, *([(4 * x + 100, 4 * y, 60) for x in range(30)] for y in range(20))]
    packed, whole = opened(pack_png(written(pixels))), opened(written(pixels))
    assert packed.getpixel((3, 2)) == (0, 0, 0)
    assert len(packed.getcolors(1 << 24) or ()) == MOST
    assert max(high for _, high in ImageChops.difference(packed, whole).getextrema()) <= 60


def test_a_png_written_otherwise_is_left_as_it_is() -> None:
    other = written([[(1, 2, 3), (4, 5, 6)]], filter=0)
    assert pack_png(other) is other
