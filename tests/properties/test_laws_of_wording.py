"""Laws of checked words: what holds, what follows from it, and what it rules out."""

from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st

from yearbook.wording.facts import Facts
from yearbook.wording.phrases import all_phrases, judge_phrase, read_phrase, that_hold
from yearbook.wording.qualifiers import Qualifier
from yearbook.wording.ratios import ratio_span
from yearbook.wording.shares import share_span
from yearbook.years import FinancialYear

LATEST = FinancialYear(2023)

percents = st.fractions(0, 100, max_denominator=2000)
parts = st.integers(2, 100).flatmap(lambda under: st.integers(1, under - 1).map(lambda over: Fraction(over, under)))
multiples = st.fractions(Fraction(21, 20), 20, max_denominator=20)
qualifiers = st.sampled_from([None, *Qualifier])
counts = st.integers(1, 2_000_000).map(Fraction)
rates = st.lists(percents, min_size=1, max_size=11)

# Whatever the first of a pair holds of, the second holds of too.
STRONGER = (
    (Qualifier.NEARLY, Qualifier.LESS),
    (Qualifier.JUST_OVER, Qualifier.MORE),
    (Qualifier.MORE, Qualifier.AT_LEAST),
    (Qualifier.LESS, Qualifier.AT_MOST),
    (Qualifier.WELL_OVER, Qualifier.MORE),
    (Qualifier.WELL_UNDER, Qualifier.LESS),
    (None, Qualifier.ABOUT),
)
OPPOSED = (
    (Qualifier.MORE, Qualifier.LESS),
    (Qualifier.MORE, Qualifier.AT_MOST),
    (Qualifier.LESS, Qualifier.AT_LEAST),
    (Qualifier.NEARLY, Qualifier.JUST_OVER),
    (Qualifier.NEARLY, Qualifier.WELL_UNDER),
    (Qualifier.JUST_OVER, Qualifier.WELL_OVER),
    (Qualifier.ABOUT, Qualifier.WELL_OVER),
    (Qualifier.ABOUT, Qualifier.WELL_UNDER),
)


@st.composite
def facts(draw: st.DrawFn) -> Facts:
    """Facts of any kind: a rate or a count, its series, what it is compared with, a standard or none."""
    unit = draw(st.sampled_from(["percent", "count"]))
    values = draw(rates if unit == "percent" else st.lists(counts, min_size=1, max_size=11))
    first = LATEST.start + 1 - len(values)
    series = tuple((FinancialYear(first + number), value) for number, value in enumerate(values))
    year, value = draw(st.sampled_from(series))
    known = dict(series)
    since = draw(st.one_of(st.none(), st.sampled_from([one for one in known if one < year] or [None])))
    compared = since or year.previous
    against = draw(st.booleans()) and since is None
    before = draw(percents if unit == "percent" else counts) if against else known.get(compared)
    whole = draw(st.booleans())
    level = draw(st.one_of(st.none(), st.sampled_from([Fraction(50), Fraction(75)]))) if unit == "percent" else None
    return Facts(
        value, unit, "it", 1 if unit == "percent" else 0, draw(st.sampled_from(["", "higher", "lower"])), year,
        before, value if before is not None else None, "another", None if against else compared, since,
        series, whole, whole, level, "the standard",
    )  # fmt: skip


def holds(words: str, known: Facts) -> bool:
    """Whether a phrase of these laws holds, without looking for others that do."""
    phrase = read_phrase(words, known.against_another)
    assert phrase is not None, words
    return phrase.judge(known)[0]


@given(parts)
def test_a_stronger_share_never_holds_where_a_weaker_one_fails(part: Fraction) -> None:
    at = 100 * part
    for stronger, weaker in STRONGER:
        assert share_span(stronger, at).within(share_span(weaker, at))


@given(multiples)
def test_a_stronger_ratio_never_holds_where_a_weaker_one_fails(at: Fraction) -> None:
    for stronger, weaker in STRONGER:
        assert ratio_span(stronger, at).within(ratio_span(weaker, at))
        assert ratio_span(stronger, 1 / at).within(ratio_span(weaker, 1 / at))


@given(parts, percents)
def test_two_opposed_shares_never_both_hold(part: Fraction, value: Fraction) -> None:
    for one, other in OPPOSED:
        assert not (value in share_span(one, 100 * part) and value in share_span(other, 100 * part))


@given(multiples, st.fractions(Fraction(1, 20), 20, max_denominator=500))
def test_two_opposed_ratios_never_both_hold(at: Fraction, ratio: Fraction) -> None:
    for one, other in OPPOSED:
        assert not (ratio in ratio_span(one, at) and ratio in ratio_span(other, at))


@given(qualifiers, parts, percents, percents, percents)
def test_a_share_that_holds_of_two_values_holds_of_all_between(
    qualifier: Qualifier | None, part: Fraction, one: Fraction, middle: Fraction, other: Fraction
) -> None:
    low, between, high = sorted((one, middle, other))
    span = share_span(qualifier, 100 * part)
    if low in span and high in span:
        assert between in span


@given(parts, percents)
def test_more_holds_of_a_greater_value_and_less_of_a_smaller(part: Fraction, value: Fraction) -> None:
    more, less = share_span(Qualifier.MORE, 100 * part), share_span(Qualifier.LESS, 100 * part)
    assert (value + 1 in more) >= (value in more)
    assert (value - 1 in less) >= (value in less)
    assert sum((value in more, value in less, value == 100 * part)) == 1


@given(qualifiers, parts, percents)
def test_a_share_mirrors_that_of_the_rest(qualifier: Qualifier | None, part: Fraction, value: Fraction) -> None:
    turned = qualifier.mirrored if qualifier else None
    assert (value in share_span(qualifier, 100 * part)) == (100 - value in share_span(turned, 100 - 100 * part))


@given(qualifiers, multiples, counts, counts)
def test_this_is_so_many_times_that_when_that_is_the_same_part_of_this(
    qualifier: Qualifier | None, at: Fraction, one: Fraction, other: Fraction
) -> None:
    turned = qualifier.mirrored if qualifier else None
    assert (one / other in ratio_span(qualifier, at)) == (other / one in ratio_span(turned, 1 / at))


@given(qualifiers, parts, percents)
def test_a_fraction_in_other_terms_is_the_same_share(
    qualifier: Qualifier | None, part: Fraction, value: Fraction
) -> None:
    over, under = part.numerator, part.denominator
    assume(2 * under < 100)  # so many in a hundred is held closer
    said = f"{qualifier.value} " if qualifier else ""
    told = {judge_phrase(f"{said}{by * over} in {by * under}", Facts(value)).holds for by in (1, 2)}
    assert len(told) == 1
    assert None not in told


@given(facts())
def test_all_that_is_said_to_hold_holds(known: Facts) -> None:
    for words in that_hold(known):
        assert holds(words, known), words


@given(percents)
def test_something_holds_of_every_share(value: Fraction) -> None:
    assert that_hold(Facts(value), "share")


@given(facts())
def test_something_holds_of_every_change(known: Facts) -> None:
    if known.before is not None and (known.is_rate or known.before):
        assert that_hold(known, "change")


CONTRADICTIONS = (
    ("rose", "fell"),
    ("rose", "unchanged"),
    ("rose slightly", "rose sharply"),
    ("rose slightly", "little changed"),
    ("rose sharply", "little changed"),
    ("rose sharply", "broadly the same"),
    ("rose", "no higher"),
    ("up two per cent", "down two per cent"),
    ("up two points", "up four points"),
    ("doubled", "halved"),
    ("more than doubled", "almost doubled"),
    ("met", "missed"),
    ("above the standard", "below the standard"),
    ("just above the standard", "well above the standard"),
    ("above the standard for the first time", "below the standard for the first time"),
    ("rose steadily", "fell steadily"),
    ("rose steadily", "fell"),
    ("the highest ever", "the lowest ever"),
    ("the highest ever", "the second highest ever"),
    ("the highest for three years", "the lowest for four years"),
    ("most", "a minority"),
    ("nearly all", "hardly any"),
    ("half as many", "twice as many"),
    ("almost as many", "more than double"),
)


@given(facts())
def test_no_two_contradictory_phrases_hold(known: Facts) -> None:
    for one, other in CONTRADICTIONS:
        assert not (holds(one, known) and holds(other, known)), (one, other)


FOLLOWS = (
    ("rose slightly", "rose"),
    ("rose sharply", "rose"),
    ("edged up", "rose"),
    ("unchanged", "little changed"),
    ("little changed", "broadly the same"),
    ("more than doubled", "rose sharply"),
    ("well above the standard", "above the standard"),
    ("just above the standard", "met"),
    ("narrowly missed", "missed"),
    ("the highest for four years", "the highest for three years"),
    ("the lowest for five years", "the lowest for four years"),
    ("the lowest since the comparable series began", "the lowest ever"),
    ("above the standard for the first time", "met"),
    ("nearly half", "less than half"),
)


@given(facts())
def test_what_follows_from_a_phrase_holds_with_it(known: Facts) -> None:
    for stronger, weaker in FOLLOWS:
        if stronger == "more than doubled" and known.is_rate:
            continue  # a rate can double by less than three points
        if holds(stronger, known):
            assert holds(weaker, known), (stronger, weaker)


@given(st.sampled_from(all_phrases()), facts())
def test_every_phrase_of_the_sample_is_judged_of_any_facts(words: str, known: Facts) -> None:
    verdict = judge_phrase(words, known)
    assert verdict.holds is not None
    assert verdict.why
    assert not (verdict.holds and verdict.alternatives)


@given(st.sampled_from(all_phrases()), facts())
def test_case_hyphens_and_spaces_make_no_difference(words: str, known: Facts) -> None:
    spelt = (words.upper(), words.capitalize(), f" {words}. ", words.replace(" ", "  "))
    assert {judge_phrase(one, known).holds for one in spelt} == {judge_phrase(words, known).holds}


@given(st.text(max_size=40))
def test_any_text_at_all_is_read_or_left(text: str) -> None:
    phrase = read_phrase(text)
    assert phrase is None or phrase.family


def test_the_pairs_of_these_laws_are_phrases() -> None:
    known = dict.fromkeys(words for pair in (*CONTRADICTIONS, *FOLLOWS) for words in pair)
    assert [words for words in known if read_phrase(words) is None] == []
