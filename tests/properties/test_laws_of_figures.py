"""Laws that hold for any numbers: what is hidden stays hidden, and rounding is half up."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from yearbook.formatting import MINUS, format_number, round_half_up
from yearbook.formulas import Formula, Source, Term, evaluate, resolve
from yearbook.metrics import METRICS, Metric
from yearbook.values import Figure, Status, percentage, quotient, weakest

counts = st.integers(0, 10_000_000)
numbers = st.one_of(counts.map(Figure), st.fractions(0, 10_000).map(Figure))
missing = st.sampled_from([Status.SUPPRESSED, Status.NOT_COLLECTED, Status.NOT_APPLICABLE]).map(Figure.missing)
figures = st.one_of(numbers, missing)
metrics = st.sampled_from(METRICS)
hidden = Figure.missing(Status.SUPPRESSED)


@st.composite
def sources(draw: st.DrawFn, metric: Metric, with_hidden: bool) -> Source:
    """A source with a figure for each term of the metric's formula, at least one of them hidden if asked.

    It may also hold other terms and a published rate, by which a hidden value might get out.
    """
    terms = list(dict.fromkeys(metric.formula.terms()))
    held = {term: draw(figures) for term in dict.fromkeys((*terms, *metric.formula.otherwise))}
    if with_hidden:
        held[draw(st.sampled_from(terms))] = hidden
    rates = {metric.name: (draw(numbers), "", 1)} if draw(st.booleans()) else {}
    return Source("annual", lambda term: (held[term], "", "annual"), rates)


@given(st.lists(figures, min_size=1))
def test_what_is_computed_from_anything_hidden_is_hidden(terms: list[Figure]) -> None:
    statuses = {figure.status for figure in terms}
    found = weakest(*terms)
    assert (found is Status.SUPPRESSED) == (Status.SUPPRESSED in statuses)
    assert (found is Status.PUBLISHED) == (statuses == {Status.PUBLISHED})


@given(figures, figures)
def test_a_result_has_a_number_only_if_both_terms_have(left: Figure, right: Figure) -> None:
    for result in (left + right, left - right):
        assert result.known == (left.known and right.known)
    for result in (percentage(left, right), quotient(left, right)):
        assert result.known == (left.known and right.known and right.number != 0)


@given(figures)
def test_a_hidden_term_hides_a_difference_on_either_side(other: Figure) -> None:
    assert (other - hidden).status is Status.SUPPRESSED
    assert (hidden - other).status is Status.SUPPRESSED


@given(counts, counts, counts.filter(bool))
def test_a_rate_and_its_opposite_make_a_hundred(part: int, rest: int, base: int) -> None:
    first, second = percentage(Figure(part), Figure(base)), percentage(Figure(base) - Figure(part), Figure(base))
    assert first.exact + second.exact == 100
    assert quotient(Figure(rest), Figure(base)).exact * base == rest


@given(st.data(), metrics)
def test_no_other_terms_and_no_published_rate_give_a_hidden_value_away(data: st.DataObject, metric: Metric) -> None:
    source = data.draw(sources(metric, with_hidden=True))
    assert resolve(metric.name, metric.formula, [source]).figure.status is Status.SUPPRESSED


@given(st.data(), metrics)
def test_no_later_source_gives_a_hidden_value_away(data: st.DataObject, metric: Metric) -> None:
    first, second = data.draw(sources(metric, with_hidden=True)), data.draw(sources(metric, with_hidden=False))
    assert not resolve(metric.name, metric.formula, [first, second]).figure.known


@given(st.data(), metrics)
def test_nothing_that_is_missing_becomes_a_number(data: st.DataObject, metric: Metric) -> None:
    source = data.draw(sources(metric, with_hidden=False))
    figure = evaluate(metric.formula, source).figure
    if figure.known:
        assert all(source.look_up(term)[0].known for term in metric.formula.terms())
    else:
        assert figure.number is None


@given(st.permutations([Term("recovery"), Term("not_at_caseness", -1), Term("at_caseness")]), counts, counts, counts)
def test_the_order_of_the_terms_changes_no_sum(terms: list[Term], first: int, second: int, third: int) -> None:
    held = {"recovery": first, "not_at_caseness": second, "at_caseness": third}
    source = Source("annual", lambda term: (Figure(held[term.measure]), "", "annual"), {})
    assert evaluate(Formula(tuple(terms)), source).figure.exact == first - second + third


@given(st.fractions(-1_000_000, 1_000_000), st.integers(0, 4))
def test_rounding_is_to_the_nearest_and_halves_go_away_from_zero(number: Fraction, places: int) -> None:
    rounded = Fraction(round_half_up(number, places))
    unit = Fraction(1, 10**places)
    assert (rounded / unit).denominator == 1
    assert abs(rounded - number) <= unit / 2
    if abs(rounded - number) == unit / 2:
        assert abs(rounded) > abs(number)


@given(st.decimals(-1_000_000, 1_000_000, places=6), st.integers(0, 4))
def test_rounding_agrees_with_that_of_decimals(number: Decimal, places: int) -> None:
    expected = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    assert round_half_up(Fraction(number), places) == expected


@given(st.fractions(-1_000_000_000, 1_000_000_000), st.integers(0, 3))
def test_a_printed_number_reads_back_as_the_rounded_one(number: Fraction, places: int) -> None:
    text = format_number(number, places)
    assert Decimal(text.replace(",", "").replace(MINUS, "-")) == round_half_up(number, places)
    assert "-" not in text
    assert text.strip("0.") != MINUS
