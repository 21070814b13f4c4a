"""Social cards: what they say, that nothing in them runs past its room, and that every machine draws the same."""

import io
import re
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from itertools import groupby, pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops

from yearbook.archive import Archive
from yearbook.areas import Areas
from yearbook.charts import Chart, build_card
from yearbook.charts.card_drawing import draw_cards
from yearbook.charts.cards import EDGE, PAPER, SIZE, Card, CardChart, CardLine, CardPoint, card_svg, fitted
from yearbook.charts.fonts import SANS, SERIF, read_fonts, unpack, words_width
from yearbook.charts.palette import pack_png
from yearbook.metrics import METRICS, METRICS_BY_NAME
from yearbook.pages.cards import report_card, trend_card
from yearbook.report import Report
from yearbook.years import FinancialYear

SITE = "The Talking Therapies Yearbook"
YEAR = FinancialYear(2019)
LINE = CardChart(
    (2013, 2019),
    (40, 55),
    (CardLine(((2013, 45.0), (2014, 44.8), (2019, 51.1)), "accent"), CardLine(((2013, 46.0), (2019, 52.0)), "quiet")),
    (CardPoint(2019, 51.1, "accent", is_marked=True), CardPoint(2012, 45.9, "main", is_open=True)),
    {"accent": "Bristol, North Somerset and South Gloucestershire and whatever else", "quiet": "England"},
)
SVG = "{http://www.w3.org/2000/svg}"


def drawn(cards: Mapping[str, Card], folder: Path) -> dict[str, Image.Image]:
    images = draw_cards(cards, SITE, folder / "charts", folder / "fonts").images
    return {path: Image.open(io.BytesIO(png)).convert("RGB") for path, png in images.items()}


def ink(image: Image.Image) -> tuple[int, int, int, int]:
    """The left, top, right and bottom of what is drawn on the paper."""
    found = ImageChops.difference(image, Image.new("RGB", image.size, PAPER)).getbbox()
    assert found is not None
    return found


def texts(svg: str) -> list[str]:
    return ["".join(text.itertext()) for text in ET.fromstring(svg).iter(f"{SVG}text")]  # noqa: S314 - our own


def test_the_longest_names_and_titles_stay_within_the_margins(archive: Archive, tmp_path: Path) -> None:
    names = sorted((area.name for area in Areas(archive).all), key=len)[-3:]
    title = "A title that goes on " * 20
    cards = {
        **{
            name: Card(name, "", "CCG", "2019–20", "51%", "recovery rate, " + "of all of them " * 30, LINE)
            for name in names
        },
        "long": Card(title, title, title, "2019–20", "1,234,567,890,123", title, LINE),
        "one word": Card("Wordwithoutanend" * 9, "", "", "2019–20", "9" * 40, "Wordwithoutanend" * 9, LINE),
        "no number": Card("W" * 400, title * 3, "Posts"),
        "unknown letters": Card("漢字" * 60, "漢字 " * 200, "漢" * 90),
    }
    for path, image in drawn(cards, tmp_path).items():
        left, top, right, bottom = ink(image)
        assert left >= EDGE - 4, path  # a letter's own overhang
        assert right <= SIZE[0] - EDGE + 4, path
        assert top >= 30, path
        assert bottom <= SIZE[1] - 16, path


def test_no_line_of_a_card_touches_another(archive: Archive) -> None:
    longest = max((area.name for area in Areas(archive).all), key=len)
    base = "recovery rate, of referrals that finished a course of treatment and were at caseness at the start, 2019-20"
    for card in (
        Card(f"{longest} {longest}", "", "CCG", "2019–20", "51%", f"{base}. England: 51.1%", LINE),
        Card(f"{longest} {longest}", f"{base}. {base}. {base}", "Posts"),
    ):
        rows = [
            (float(text.get("y") or 0), int(text.get("font-size") or 0), float(text.get("x") or 0))
            for text in ET.fromstring(card_svg(card, SITE)).iter(f"{SVG}text")  # noqa: S314 - our own
        ]
        for _, column in groupby(sorted(rows, key=lambda row: (row[2], row[0])), key=lambda row: row[2]):
            placed = list(column)
            for (above, _, _), (below, size, _) in pairwise(placed):
                assert below - 0.72 * size >= above, card.title


@given(st.text(max_size=200), st.integers(60, 1072), st.sampled_from([SERIF, SANS]))
def test_fitted_words_fit_whatever_they_are(words: str, width: int, family: str) -> None:
    size, lines = fitted(words, width, (40, 20), 3, family)
    assert 1 <= len(lines) <= 3
    assert all(words_width(line, size, family) <= width for line in lines)
    if not lines[-1].endswith("…"):
        assert " ".join(lines) == " ".join(words.split())


def test_widths_are_those_of_the_letters_drawn(tmp_path: Path) -> None:
    words = "Figures 1,694,790"
    image = drawn({"a": Card(words)}, tmp_path)["a"]
    svg = ET.fromstring(card_svg(Card(words), SITE))  # noqa: S314 - our own
    (size,) = (int(text.get("font-size") or 0) for text in svg.iter(f"{SVG}text") if text.text == words)
    left, _, right, _ = ink(image.crop((0, 190, 880, 280)))
    assert right - left == pytest.approx(words_width(words, size, SERIF, "bold"), rel=0.03)


def test_a_card_is_1200_by_630_and_a_palette_keeps_it_small(tmp_path: Path) -> None:
    card = Card("A title", "", "Report", "2019–20", "51.1%", "recovery rate, 2019-20", LINE)
    (png,) = draw_cards({"a": card}, SITE, tmp_path / "charts", tmp_path / "fonts").images.values()
    image = Image.open(io.BytesIO(png))
    assert (image.size, image.mode, image.format) == ((1200, 630), "P", "PNG")
    assert len(png) < 40_000


def test_packing_changes_no_pixel(tmp_path: Path) -> None:
    import vl_convert

    svg = card_svg(Card("", number="", chart=LINE), SITE)
    png = vl_convert.svg_to_png(svg)
    smaller = pack_png(png)
    assert len(smaller) < len(png) / 3
    before, after = (Image.open(io.BytesIO(found)).convert("RGB") for found in (png, smaller))
    assert ImageChops.difference(before, after).getbbox() is None


def test_the_same_cards_give_the_same_bytes_and_a_second_time_come_from_the_cache(tmp_path: Path) -> None:
    cards = {f"{number}": Card(f"Page {number}", "Words.") for number in range(14)}
    first = draw_cards(cards, SITE, tmp_path / "a" / "charts", tmp_path / "a" / "fonts", workers=2)
    again = draw_cards(cards, SITE, tmp_path / "a" / "charts", tmp_path / "a" / "fonts")
    alone = draw_cards(
        dict(reversed(cards.items())), SITE, tmp_path / "b" / "charts", tmp_path / "b" / "fonts", workers=1
    )
    assert (first.drawn, first.cached) == (14, 0)
    assert (again.drawn, again.cached) == (0, 14)
    assert first.images == again.images == alone.images


def test_two_pages_with_one_card_share_a_drawing(tmp_path: Path) -> None:
    found = draw_cards({"a": Card("One"), "b": Card("One")}, SITE, tmp_path / "charts", tmp_path / "fonts")
    assert found.drawn == 1
    assert found.images["a"] == found.images["b"]


def test_the_letters_are_our_own_and_no_font_of_the_machine_can_stand_for_them() -> None:
    svg = card_svg(Card("A", "b", "c", "2019–20", "1%", "d", LINE), SITE)
    assert set(re.findall(r'font-family="([^"]+)"', svg)) == {SERIF, SANS}
    for font in read_fonts().values():
        assert font.startswith(b"\0\1\0\0")
        assert SERIF.encode("utf-16-be") in font or SANS.encode("utf-16-be") in font
        assert "Roboto".encode("utf-16-be") not in font
        assert "Lato".encode("utf-16-be") not in font
    with pytest.raises(ValueError, match="not a WOFF file"):
        unpack(b"OTTO", "A", "B")


def test_what_a_page_says_is_text_on_its_card() -> None:
    hostile = '</text><script>alert("x")</script> & {{ 7 }}'
    svg = card_svg(Card(hostile, "", hostile, hostile, hostile, hostile), hostile)
    assert "script" not in {element.tag.removeprefix(SVG) for element in ET.fromstring(svg).iter()}  # noqa: S314
    assert hostile.replace('"x"', '"x"') in texts(svg)


@pytest.mark.parametrize("year", [2012, 2016, 2019, 2020, 2023])
def test_the_card_of_a_report_has_the_number_and_the_base_that_its_page_has(report: Report, year: int) -> None:
    of = FinancialYear(year)
    metric = METRICS_BY_NAME["recovery_rate"]
    chart = build_card(report, metric, of)
    card = report_card(report, of, "The title", "Words.", "recovery_rate", chart)
    working = report.working("recovery_rate", of)
    assert card.number == working.text()
    assert card.base == f"recovery rate, {metric.base}, {of}"
    assert card.alt == f"The title. {card.number} {card.base}."
    assert isinstance(chart, Chart)
    assert card.chart is not None
    (marked,) = [point for point in card.chart.points if point.is_marked]
    assert (marked.x, round(marked.y, 2)) == (year, round(float(working.figure.exact), 2))
    assert card.chart.x[0] <= year <= card.chart.x[1]
    assert marked.is_open == (year == 2012)


def test_a_report_without_its_number_has_its_standfirst(report: Report) -> None:
    missing = next(metric for metric in METRICS if not report.figure(metric.name, YEAR).known)
    card = report_card(report, YEAR, "The title", "Words.", missing.name, None)
    assert (card.number, card.words, card.alt) == ("", "Words.", "The title. Words.")
    assert "Words." in texts(card_svg(card, SITE))


def test_the_card_of_a_trend_has_its_last_value_and_draws_every_value(report: Report) -> None:
    from yearbook.charts.trends import build_trends

    chart = next(chart for chart in build_trends(report) if chart.id == "trend-recovery-rate")
    card = trend_card(report, METRICS_BY_NAME["recovery_rate"], "Words.", chart)
    assert card.number == report.working("recovery_rate", report.latest).text()
    assert card.folio == str(report.latest).replace("-", "–")
    assert card.chart is not None
    shown = {point for line in card.chart.lines for point in line.points}
    known = {year for year in report.years if report.figure("recovery_rate", year).known and year.start > 2012}
    assert {year for year, _ in shown} == {year.start for year in known}
