"""The numbers of the series on the marks of a drawing."""

import re

import pytest

from yearbook.charts import CHARTS, Chart
from yearbook.charts.drawing import draw
from yearbook.charts.marking import number_series
from yearbook.charts.pictures import Picture, Scale, line, point
from yearbook.report import Report
from yearbook.years import FinancialYear

SCALE = Scale(0, 10, 0, 100)


def picture(*names: str) -> Picture:
    """A line of two points for each name; a name with a dash is that of a part of a series."""
    lines = [record for name in names for record in line(name, [(1, 2), (3, 4)], "main", name.partition("-")[0])]
    points = [point(1, 2, "main", f"{name}: 2", of=name.partition("-")[0]) for name in names]
    return Picture("lines", 100, 100, SCALE, SCALE, {"lines": lines, "points": points})


def numbers(svg: str) -> dict[str, list[str]]:
    return {
        "lines": re.findall(r'mark-line role-mark [^>]*><path(?: data-s="(\d+)")?', svg),
        "points": re.findall(r'<path(?: data-s="(\d+)")? aria-label', svg),
    }


def drawn(made: Picture) -> str:
    return draw(made, "Title", "Description", "0123abcd").decode()


def test_lines_and_points_of_a_series_have_its_number() -> None:
    found = numbers(drawn(picture("own-0", "own-1", "england")))
    assert found == {"lines": ["0", "0", "1"], "points": ["0", "0", "1"]}


def test_a_line_that_no_point_lies_on_has_no_number() -> None:
    made = picture("own", "england")
    limits = line("limit", [(0, 0), (9, 9)], "pale")
    svg = drawn(Picture("lines", 100, 100, SCALE, SCALE, {**made.records, "lines": [*made.records["lines"], *limits]}))
    assert numbers(svg)["lines"] == ["0", "1", ""]


def test_a_drawing_of_one_series_carries_nothing() -> None:
    assert "data-s" not in drawn(picture("own-0", "own-1"))


def test_a_drawing_that_does_not_hold_its_marks_is_refused() -> None:
    with pytest.raises(ValueError, match="one mark for each of its 2 lines"):
        number_series("<svg></svg>", picture("own", "england"))


@pytest.mark.parametrize(("id", "series"), [("waits", 3), ("completion-trend", 2), ("deprivation-gap", 2)])
def test_every_point_of_a_chart_of_several_series_has_one(report: Report, id: str, series: int) -> None:
    kind = next(kind for kind in CHARTS if kind.id == id)
    chart = kind.build(report, FinancialYear(2019))
    assert isinstance(chart, Chart)
    made = chart.pictures["narrow"]
    found = numbers(drawn(made))
    assert "" not in found["points"]
    assert len(set(found["points"])) == series
    assert set(found["lines"]) <= set(found["points"])
