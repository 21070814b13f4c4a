"""The charts of areas: an area's place and trend, the spread, the funnel and the map of a year."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from yearbook.charts import Chart, MissingChart, build_area_charts, build_spread_charts
from yearbook.charts.area_pictures import Named, dot_picture
from yearbook.charts.maps import map_cells, mapped_metrics
from yearbook.charts.theme import WIDTHS
from yearbook.geography import Geography, Hexagon
from yearbook.organisations import Organisation
from yearbook.peers import Comparisons
from yearbook.registers import SeriesBreak
from yearbook.years import FinancialYear

YEAR, NEXT = FinancialYear(2018), FinancialYear(2019)
Make = Callable[..., Comparisons]
Row = Callable[..., dict[str, object]]


@pytest.fixture
def over_years(make_comparisons: Make, area_row: Row) -> Callable[..., Comparisons]:
    """One CCG, A, by its rate in each year from 2018-19; None is a year without it."""

    def make(*rates: int | None, **more: Any) -> Comparisons:
        years = {
            str(FinancialYear(2018 + at)): [area_row("A", rate)] if rate is not None else []
            for at, rate in enumerate(rates)
        }
        return make_comparisons(years, Organisation("ccg", "A", name="NHS Alpha CCG"), **more)

    return make


@pytest.fixture
def many(make_comparisons: Make, area_row: Row) -> Comparisons:
    """Thirty CCGs of one year, one of them far below, one small, with a map."""
    rows = [area_row(f"A{at:02}", 48 + at % 5, 1000 + 100 * at) for at in range(29)]
    rows += [area_row("LOW", 20), area_row("S", 90, 50)]
    places = {("ccg", str(row["org_code"])): Hexagon(at % 6, at // 6) for at, row in enumerate(rows)}
    return make_comparisons({"2018-19": rows}, geography=Geography(layouts={"ccg": {YEAR: places}}))


def place_of(comparisons: Comparisons, code: str = "A") -> Chart | MissingChart:
    area = comparisons.areas.of(("ccg", code))
    assert area is not None
    return build_area_charts(comparisons, area)[0]


def trend_of(comparisons: Comparisons, code: str = "A") -> Chart | MissingChart:
    area = comparisons.areas.of(("ccg", code))
    assert area is not None
    return build_area_charts(comparisons, area)[1]


def by_id(comparisons: Comparisons) -> dict[str, Chart]:
    return {chart.id: chart for chart in build_spread_charts(comparisons) if isinstance(chart, Chart)}


def spoken(chart: Chart, kind: str, width: str = "narrow") -> list[str]:
    return [str(one["words"]) for one in chart.pictures[width].records[kind] if one["words"]]


@pytest.mark.parametrize(
    ("rates", "finding"),
    [
        ((40, 45), "Recovery rose from 40% in 2018-19 to 45% in 2019-20"),
        ((45, 40), "Recovery fell from 45% in 2018-19 to 40% in 2019-20"),
        ((45, 44, 45), "Recovery was 45% in 2020-21, as in 2018-19"),
        ((47, 45, 46), "Recovery was 47% in 2018-19 and 46% in 2020-21: no clear change"),
        ((47, 41, 46), "Recovery went from 47% in 2018-19 to 46% in 2020-21, by way of 41% in 2019-20"),
        ((47, 52, 46), "Recovery went from 47% in 2018-19 to 46% in 2020-21, by way of 52% in 2019-20"),
        ((40, None, 45), "Recovery rose from 40% in 2018-19 to 45% in 2020-21"),
    ],
)
def test_a_trend_is_titled_by_its_ends_and_by_a_turn_that_tells(
    rates: tuple[int | None, ...], finding: str, over_years: Callable[..., Comparisons]
) -> None:
    trend = trend_of(over_years(*rates))
    assert isinstance(trend, Chart)
    assert trend.finding == finding
    known = [rate for rate in rates if rate is not None]
    assert re.findall(r"(\d+)% in", trend.alt.split("England:")[0]) == [str(rate) for rate in known]
    own = [one for one in spoken(trend, "points") if not one.startswith("England")]
    assert [re.findall(r"(\d+)%", one)[0] for one in own] == [str(rate) for rate in known]
    assert [bool(row.cells[0]) for row in trend.table.rows] == [rate is not None for rate in rates]


def test_a_trend_needs_two_years(over_years: Callable[..., Comparisons]) -> None:
    trend = trend_of(over_years(40))
    assert isinstance(trend, MissingChart)
    assert trend.reason == "The releases have a recovery rate for one year only, so there is no line to draw."


def test_a_break_is_told_with_a_trend(over_years: Callable[..., Comparisons]) -> None:
    found = SeriesBreak(NEXT, "data set", "Version 2.0", "Providers moved.", "a source")
    trend = trend_of(over_years(40, 45, breaks=[found]))
    assert isinstance(trend, Chart)
    assert "Version 2.0, 2019-20: Providers moved." in trend.alt


def test_charts_of_an_area_are_drawn_at_the_narrow_width_under_its_own_name(many: Comparisons) -> None:
    place = place_of(many, "A00")
    assert isinstance(place, Chart)
    assert list(place.pictures) == ["narrow"]
    assert place.pictures["narrow"].width == WIDTHS["narrow"]
    assert (place.name, place.year) == ("area-place-a00-a00", None)
    assert place.specifications["narrow"]["width"] == WIDTHS["narrow"]


def test_a_place_names_its_rank_and_draws_a_dot_for_each_that_is_ranked(many: Comparisons) -> None:
    place = place_of(many, "LOW")
    assert isinstance(place, Chart)
    assert place.finding == "In 2018-19 its recovery rate was the lowest of 30 CCGs"
    assert place.base == "Each dot is one of 30 CCGs, at its published recovery rate"
    assert len(place.pictures["narrow"].records["points"]) == 30
    assert spoken(place, "points") == ["Low 20%"]
    assert "The lowest is 20% and the highest 52%." in place.alt
    assert place.notes == ()


def test_a_small_area_is_a_hollow_dot_beside_the_ranked(many: Comparisons) -> None:
    place = place_of(many, "S")
    assert isinstance(place, Chart)
    assert place.finding == "90% recovered in 2018-19, of too few referrals to rank"
    assert place.notes == ("Hollow: of too few referrals to be ranked.",)
    points = place.pictures["narrow"].records["points"]
    assert len(points) == 31
    assert [one["inside"] for one in points if one["inside"] == "none"] == ["none"]


@pytest.mark.parametrize(
    ("others", "row", "reason"),
    [
        (1, {}, "Too few CCGs have a recovery rate for 2018-19 to compare them."),
        (
            3,
            {"recovery": "*", "recovery_percent": "*"},
            "The recovery rate for 2018-19 is hidden because the number is small, so it has no place among others.",
        ),
    ],
)
def test_a_place_that_cannot_be_told_says_why(
    others: int, row: dict[str, object], reason: str, make_comparisons: Make, area_row: Row
) -> None:
    rows = [area_row("A", 50, **row), *(area_row(f"B{at}", 50) for at in range(others))]
    place = place_of(make_comparisons({"2018-19": rows}))
    assert isinstance(place, MissingChart)
    assert place.reason == reason


def test_a_published_rate_without_its_counts_has_no_place_and_says_so(make_comparisons: Make, area_row: Row) -> None:
    place = place_of(make_comparisons({"2018-19": [area_row("A", 50, recovery="*")]}))
    assert isinstance(place, MissingChart)
    assert place.reason == (
        "The counts behind the recovery rate for 2018-19 are not published, so it has no place among others."
    )


def test_equal_rates_are_stacked(many: Comparisons) -> None:
    peers = many.peers("recovery_rate", YEAR, "ccg")
    placed = peers.stacks
    assert len({(percent, height) for _, percent, height in placed}) == 30
    for percent in {percent for _, percent, _ in placed}:
        heights = [height for _, found, height in placed if found == percent]
        assert sorted(heights) == list(range(len(heights)))


@pytest.fixture
def crowd(make_comparisons: Make, area_row: Row) -> Comparisons:
    """Eighty-one CCGs of one year: seventy-eight of 50%, the others of 30, 51 and 60."""
    rows = [area_row(f"A{at:03}", 50) for at in range(78)]
    rows += [area_row("LOW", 30), area_row("A", 51), area_row("TOP", 60)]
    return make_comparisons({"2018-19": rows})


def test_stacks_too_high_for_dots_are_columns_and_what_is_named_a_dot(crowd: Comparisons, many: Comparisons) -> None:
    place = place_of(crowd)
    assert isinstance(place, Chart)
    assert place.base == "The columns count 81 CCGs, each at its published recovery rate"
    assert place.alt.startswith("Columns that count 81 CCGs by recovery rate in 2018-19. ")
    (picture,) = place.pictures.values()
    assert [point["x"] for point in picture.records["points"]] == [51]
    tops = {line["x"]: float(line["y"]) for line in picture.records["lines"]}
    assert {percent: top + 0.5 for percent, top in tops.items()} == {30: 1, 50: 78, 51: 1, 60: 1}
    assert 0 < picture.y(tops[50]) < picture.y(-0.5) < picture.height < 400
    assert place.specifications
    spread = by_id(crowd)["spread-ccg"]
    assert spread.base.startswith("The columns count 81 CCGs: ")
    assert [point["x"] for point in spread.pictures["wide"].records["points"]] == [30, 60]
    dots = place_of(many, "A01")
    assert isinstance(dots, Chart)
    assert dots.base == "Each dot is one of 30 CCGs, at its published recovery rate"


@pytest.mark.parametrize("width", list(WIDTHS))
def test_every_word_and_dot_lies_within_the_picture(width: str, many: Comparisons) -> None:
    peers = many.peers("recovery_rate", YEAR, "ccg")
    long = Named(peers.ranked[-1], "A Name That Goes On and On, Across and Beyond the Whole of the Picture 20%")
    picture = dot_picture(peers, [long, Named(peers.ranked[0], "High 52%", "main")], width)
    assert all(0 <= float(one["y"]) <= picture.height for one in picture.records["texts"])
    assert all(0 <= float(one["x"]) <= picture.width for one in picture.records["texts"])
    assert all(0 <= picture.x(float(one["x"])) <= picture.width for one in picture.records["points"])
    assert all(0 <= picture.y(float(one["y"])) <= picture.height for one in picture.records["points"])


def test_a_year_has_a_spread_a_funnel_and_a_map_of_each_type(many: Comparisons) -> None:
    found = by_id(many)
    assert list(found) == ["spread-ccg", "funnel-ccg", "map-ccg"]
    for chart in found.values():
        assert chart.year == YEAR
        assert list(chart.pictures) == list(WIDTHS)
        assert chart.table.own_working
        assert all(picture.specification() for picture in chart.pictures.values())


def test_regions_have_a_spread_and_no_funnel_and_too_few_have_nothing(make_comparisons: Make, area_row: Row) -> None:
    regions = [area_row(f"Y{at}", 50 + at, org_type="region") for at in range(3)]
    few = [area_row(f"A{at}", 50) for at in range(2)]
    assert [chart.id for chart in build_spread_charts(make_comparisons({"2018-19": [*regions, *few]}))] == [
        "spread-region"
    ]


def test_without_a_layout_the_map_says_that_there_is_none(make_comparisons: Make, area_row: Row) -> None:
    rows = [area_row(f"A{at}", 50 + at) for at in range(3)]
    (missing,) = [
        one for one in build_spread_charts(make_comparisons({"2018-19": rows})) if isinstance(one, MissingChart)
    ]
    assert (missing.id, missing.reason) == ("map-ccg", "There is no map of the CCGs of 2018-19.")


def test_the_spread_tells_every_dot_and_names_the_ends(many: Comparisons) -> None:
    chart = by_id(many)["spread-ccg"]
    peers = many.peers("recovery_rate", YEAR, "ccg")
    assert len(spoken(chart, "points")) == 30
    assert {re.findall(r"\d+%", one)[-1] for one in spoken(chart, "points")} == {
        peer.working.text(0) for peer in peers.ranked
    }
    assert "Low 20%." in chart.alt
    assert "England: 50.0%." in chart.alt
    assert "S: 90%" not in spoken(chart, "points"), "one that is not ranked is not drawn"
    assert len(chart.table.rows) == 31


def test_a_barred_row_is_told_by_the_spread(make_comparisons: Make, area_row: Row) -> None:
    rows = [area_row("A", 60), area_row("B", 50), area_row("C", 40), area_row("D", 20, referrals_received=900)]
    chart = by_id(make_comparisons({"2018-19": rows}))["spread-ccg"]
    (note,) = [note for note in chart.notes if "not named" in note]
    assert note.startswith("D, 20%, is shown but not named highest or lowest: It finished 1,100")
    assert note in chart.alt
    assert "D: 20%" in spoken(chart, "points")
    assert not any("D " in str(one["text"]) for one in chart.pictures["wide"].records["texts"])


def test_the_funnel_draws_what_its_title_counts(many: Comparisons) -> None:
    chart = by_id(many)["funnel-ccg"]
    assert "one of 30 CCGs lay beyond the 95% limits in 2018-19, and also beyond the 99.8% limits" in chart.finding
    assert "Beyond the 99.8% limits: Low: 20%." in chart.alt
    for picture in chart.pictures.values():
        points = picture.records["points"]
        assert len(points) == 30
        assert [one["words"] for one in points if one["tone"] in ("main", "accent")] == ["Low: 20%"]
        assert {"95%", "99.8%"} <= {str(one["text"]) for one in picture.records["texts"]}
        assert all(0 <= picture.x(float(one["x"])) <= picture.width for one in points)
        assert all(0 <= picture.y(float(one["y"])) <= picture.height for one in points)


def test_the_map_draws_each_area_once_and_its_bands_add_up(many: Comparisons) -> None:
    chart = by_id(many)["map-ccg"]
    assert chart.finding == "In 2018-19 recovery was 50% or more in 17 of 30 CCGs"
    told = spoken(chart, "hexes")
    assert len(told) == len(set(told)) == 31
    counts = [int(found) for found in re.findall(r": (\d+)[;.]", chart.alt.split("By recovery rate")[1])]
    assert sum(counts) == 30
    legend = [str(one["text"]) for one in chart.pictures["wide"].records["texts"]]
    assert sum(int(entry.rpartition(": ")[2]) for entry in legend) == 31
    assert "not ranked: 1" in legend
    assert "Outlined: no rate, or of too few referrals to rank." in chart.notes


@pytest.mark.parametrize(
    ("rates", "finding"),
    [
        ((50, 55, 60), "In 2018-19 recovery was 50% or more in all 3 CCGs"),
        ((40, 45, 49), "In 2018-19 recovery was below 50% in all 3 CCGs"),
        ((49, 50, 51), "In 2018-19 recovery was 50% or more in 2 of 3 CCGs"),
    ],
)
def test_the_map_is_titled_by_the_standard(
    rates: tuple[int, ...], finding: str, make_comparisons: Make, area_row: Row
) -> None:
    places = {("ccg", f"A{at}"): Hexagon(at, 0) for at in range(3)}
    rows = [area_row(f"A{at}", rate) for at, rate in enumerate(rates)]
    comparisons = make_comparisons({"2018-19": rows}, geography=Geography(layouts={"ccg": {YEAR: places}}))
    assert by_id(comparisons)["map-ccg"].finding == finding


def test_odd_rows_of_a_map_are_shifted_by_half_a_hexagon(make_comparisons: Make, area_row: Row) -> None:
    places = {("ccg", "A0"): Hexagon(2, 0), ("ccg", "A1"): Hexagon(2, 1), ("ccg", "GONE"): Hexagon(3, 1)}
    rows = [area_row(f"A{at}", 50) for at in range(2)]
    comparisons = make_comparisons({"2018-19": rows}, geography=Geography(layouts={"ccg": {YEAR: places}}))
    cells = map_cells(comparisons, comparisons.peers("recovery_rate", YEAR, "ccg"))
    assert [(cell.x, round(cell.y, 3), cell.peer.organisation.code) for cell in cells] == [
        (2, 0, "A0"),
        (2.5, 0.866, "A1"),
    ]
    assert list(mapped_metrics(comparisons, "ccg", YEAR)) == ["recovery_rate"]
