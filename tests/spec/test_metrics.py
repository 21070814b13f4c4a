"""Every metric by its worked example, and what every entry of the catalogue has to say."""

import pytest

from yearbook.formulas import Formula, Source, Term, evaluate
from yearbook.measures import MEASURES_BY_NAME
from yearbook.metrics import ENDED, FINISHED, FLOWS, METRICS, METRICS_BY_NAME, Metric
from yearbook.values import Figure, Status

NAMES = [metric.name for metric in METRICS]
RATES = [metric for metric in METRICS if metric.is_rate]


def source_of(given: tuple[tuple[str, int], ...], hidden: int | None = None) -> Source:
    """A source that gives the numbers of an example in the order of the terms, the one at `hidden` suppressed."""
    numbers = dict(given)
    positions = {name: position for position, name in enumerate(numbers)}

    def look_up(term: Term) -> tuple[Figure, str, str]:
        name = term.given_name
        if positions[name] == hidden:
            return Figure.missing(Status.SUPPRESSED, MEASURES_BY_NAME[term.measure].unit), "", "annual"
        return Figure(numbers[name], unit=MEASURES_BY_NAME[term.measure].unit), "", "annual"

    return Source("annual", look_up, {})


@pytest.mark.parametrize("metric", METRICS, ids=NAMES)
def test_the_numbers_of_the_example_give_the_value_it_prints(metric: Metric) -> None:
    working = evaluate(metric.formula, source_of(metric.example.given))
    assert working.text() == metric.example.gives
    assert working.figure.unit == metric.unit


@pytest.mark.parametrize("metric", METRICS, ids=NAMES)
def test_a_suppressed_count_gives_a_suppressed_value(metric: Metric) -> None:
    for hidden in range(len(metric.example.given)):
        figure = evaluate(metric.formula, source_of(metric.example.given, hidden)).figure
        assert figure.status is Status.SUPPRESSED, metric.example.given[hidden]


@pytest.mark.parametrize("metric", METRICS, ids=NAMES)
def test_an_example_gives_each_measure_its_formula_needs_and_no_other(metric: Metric) -> None:
    needed = {term.given_name for term in metric.formula.terms()}
    assert {name for name, _ in metric.example.given} == needed
    assert metric.example.what


@pytest.mark.parametrize("metric", METRICS, ids=NAMES)
def test_an_entry_says_what_it_is_what_of_and_where_it_comes_from(metric: Metric) -> None:
    assert metric.title
    assert metric.definition.endswith(".")
    assert metric.cohort in (FLOWS, ENDED, FINISHED)
    assert metric.better in ("", "higher", "lower")
    assert metric.source
    for sentence in (metric.why, metric.caveat):
        assert sentence == "" or sentence.endswith("."), sentence


@pytest.mark.parametrize("metric", METRICS, ids=NAMES)
def test_a_rate_names_its_base_and_nothing_else_has_one(metric: Metric) -> None:
    assert metric.base.startswith("of referrals") == metric.is_rate
    assert bool(metric.base) == metric.is_rate
    assert bool(metric.formula.under) == (metric.unit in ("percent", "ratio"))


@pytest.mark.parametrize("metric", METRICS, ids=NAMES)
def test_a_formula_is_made_of_measures_of_one_unit_on_each_side(metric: Metric) -> None:
    for side in (metric.formula.over, metric.formula.under, metric.formula.otherwise):
        assert len({MEASURES_BY_NAME[term.measure].unit for term in side}) <= 1
    assert {MEASURES_BY_NAME[term.measure].unit for term in metric.formula.under} <= {"count"}


def test_names_are_unique_and_so_are_titles_with_their_base() -> None:
    assert len(METRICS_BY_NAME) == len(METRICS)
    assert len({(metric.title, metric.base, metric.unit) for metric in METRICS}) == len(METRICS)


def test_the_publishers_own_percentages_are_those_of_the_rates_with_a_published_measure() -> None:
    for metric in METRICS:
        if metric.published:
            assert MEASURES_BY_NAME[metric.published].unit == "percent"
            assert metric.is_rate


def test_rates_of_the_same_base_stand_over_the_same_terms() -> None:
    by_base: dict[str, set[tuple[Term, ...]]] = {}
    for metric in RATES:
        by_base.setdefault(metric.base, set()).add(metric.formula.under)
    assert {base: len(terms) for base, terms in by_base.items()} == dict.fromkeys(by_base, 1)


COUNTS = {
    "referrals_received": 1_694_790,
    "entered_treatment": 1_165_653,
    "ended_after_one_treatment": 489_547,
    "finished_course_of_treatment": 606_192,
    "not_at_caseness": 36_054,
    "recovery": 291_371,
}

OPPOSITES = (
    ("entered_of_received", "not_entered_of_received"),
    ("finished_of_entered", "not_finished_of_entered"),
    ("completion_rate", "one_treatment_rate"),
    ("recovered_of_finished", "not_recovered_of_finished"),
    ("recovery_rate", "not_recovered_rate"),
)


@pytest.mark.parametrize("pair", OPPOSITES, ids="+".join)
def test_a_rate_and_its_opposite_make_a_hundred(pair: tuple[str, str]) -> None:
    first, second = (METRICS_BY_NAME[name].formula for name in pair)
    assert first.under == second.under
    both = evaluate(Formula((*first.over, *second.over), first.under, "percent"), source_of(tuple(COUNTS.items())))
    assert both.figure.exact == 100


def test_the_outcomes_and_the_unscored_make_all_who_finished() -> None:
    names = ("reliable_improvement_rate", "no_reliable_change_rate", "reliable_deterioration_rate", "unscored_rate")
    over = tuple(term for name in names for term in METRICS_BY_NAME[name].formula.over)
    left = {term.measure: 0 for term in over}
    for term in over:
        left[term.measure] += term.sign
    assert left == {**dict.fromkeys(left, 0), "finished_course_of_treatment": 1}
