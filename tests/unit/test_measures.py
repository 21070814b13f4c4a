"""The catalogue of measures."""

from yearbook.measures import MEASURES, MEASURES_BY_NAME


def test_every_measure_has_one_name_and_a_definition() -> None:
    assert len(MEASURES_BY_NAME) == len(MEASURES)
    for measure in MEASURES:
        assert measure.name.isidentifier(), measure.name
        assert measure.name.islower(), measure.name
        assert measure.title, measure.name
        assert measure.definition.endswith("."), measure.name


def test_every_measure_has_a_known_unit() -> None:
    assert {measure.unit for measure in MEASURES} == {"count", "percent", "days", "minutes", "appointments"}
    for measure in MEASURES:
        assert measure.name.endswith("_percent") == (measure.unit == "percent"), measure.name
