"""The repository's runbook, read once, and builds that draw nothing."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import pytest
from rehearsal.runbook import Block, read_runbook

from yearbook.charts.card_drawing import DrawnCards
from yearbook.charts.chart import Chart, DrawnChart
from yearbook.charts.drawing import Drawings
from yearbook.charts.rasters import Rasters


@pytest.fixture(scope="session")
def runbook(project: Path) -> Mapping[int, tuple[Block, ...]]:
    """The steps of the annual runbook, by number."""
    return read_runbook(project / "CONTRIBUTING.md")


@pytest.fixture
def undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Has an empty picture stand for every drawing: a new year's are drawn as any others, in minutes of their own."""

    def charts(wanted: Sequence[Chart], *given: object, **named: object) -> Drawings:
        return Drawings(tuple(DrawnChart(one, dict.fromkeys(one.pictures, b"<svg/>")) for one in wanted), 0, 0)

    def rasters(signed: Iterable[tuple[DrawnChart, str]], *given: object, **named: object) -> Rasters:
        return Rasters({drawn.chart.name: b"" for drawn, _ in signed}, 0, 0)

    def cards(wanted: Mapping[str, object], *given: object, **named: object) -> DrawnCards:
        return DrawnCards(dict.fromkeys(wanted, b""), 0, 0)

    for name, stand_in in (("draw_charts", charts), ("draw_rasters", rasters), ("draw_cards", cards)):
        monkeypatch.setattr(f"yearbook.pipeline.{name}", stand_in)
