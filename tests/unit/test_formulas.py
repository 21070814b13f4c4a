"""How a formula is evaluated and from which source its value is taken."""

from fractions import Fraction

from yearbook.formulas import Formula, Source, Term, Working, evaluate, minus, plus, resolve, row_of
from yearbook.releases import TOTAL, Breakdown
from yearbook.values import Figure, Status

HIDDEN = Figure.missing(Status.SUPPRESSED)
LACKING = Figure.missing(Status.NOT_COLLECTED)
BESIDE = Figure.missing(Status.NOT_APPLICABLE)

RECOVERY_RATE = Formula(
    (plus("recovery"),), (plus("finished_course_of_treatment"), minus("not_at_caseness")), "percent"
)
BEFORE = Formula(
    (plus("ended_before_treatment"),),
    otherwise=(plus("ended_not_seen"), plus("ended_seen_not_treated")),
)


def source_of(
    basis: str = "annual", rates_first: bool = False, rate: Figure | None = None, **counts: Figure | int
) -> Source:
    """A source that holds `counts` by measure and, as the published rate of `asked`, `rate`."""

    def look_up(term: Term) -> tuple[Figure, str, str]:
        found = counts.get(term.measure, LACKING)
        return (found if isinstance(found, Figure) else Figure(found)), f"{basis} source", basis

    return Source(basis, look_up, {"asked": (rate, f"{basis} rate", 1)} if rate else {}, rates_first)


def test_a_rate_is_a_hundred_times_the_sum_over_the_line_by_the_sum_under_it() -> None:
    source = source_of(recovery=291_371, finished_course_of_treatment=606_192, not_at_caseness=36_054)
    working = evaluate(RECOVERY_RATE, source)
    assert working.figure == Figure(Fraction(29_137_100, 570_138), unit="percent")
    assert (working.numerator, working.denominator) == (Figure(291_371), Figure(570_138))


def test_a_count_is_the_signed_sum_of_its_terms() -> None:
    working = evaluate(
        Formula((plus("ended_referrals"), minus("ended_not_seen"))), source_of(ended_referrals=10, ended_not_seen=3)
    )
    assert working.figure == Figure(7)
    assert working.denominator is None


def test_a_ratio_is_not_a_percentage() -> None:
    formula = Formula((plus("referrals_received"),), (plus("people_referred"),), "ratio")
    working = evaluate(formula, source_of(referrals_received=7, people_referred=2))
    assert working.figure == Figure(Fraction(7, 2), unit="ratio")


def test_a_denominator_of_nothing_does_not_apply() -> None:
    source = source_of(recovery=0, finished_course_of_treatment=5, not_at_caseness=5)
    assert evaluate(RECOVERY_RATE, source).figure.status is Status.NOT_APPLICABLE


def test_a_suppressed_term_suppresses_the_value_even_beside_one_not_collected() -> None:
    source = source_of(recovery=10, not_at_caseness=HIDDEN)
    assert evaluate(RECOVERY_RATE, source).figure == Figure.missing(Status.SUPPRESSED, "percent")


def test_a_term_not_collected_leaves_the_value_not_collected() -> None:
    source = source_of(recovery=10, finished_course_of_treatment=30)
    assert evaluate(RECOVERY_RATE, source).figure == Figure.missing(Status.NOT_COLLECTED, "percent")


def test_a_working_names_each_source_once() -> None:
    source = source_of(recovery=10, finished_course_of_treatment=30, not_at_caseness=5)
    assert evaluate(RECOVERY_RATE, source).sources == ("annual source",)


def test_the_first_source_that_has_all_terms_is_taken() -> None:
    sources = [
        source_of("annual", ended_not_seen=1),
        source_of("post", ended_before_treatment=9),
        source_of("press", ended_before_treatment=8),
    ]
    working = resolve("asked", BEFORE, sources)
    assert (working.figure, working.basis) == (Figure(9), "post")


def test_other_terms_stand_in_for_a_whole_that_is_not_published() -> None:
    working = resolve("asked", BEFORE, [source_of(ended_not_seen=521_312, ended_seen_not_treated=30_665)])
    assert working.figure == Figure(551_977)


def test_a_published_rate_is_taken_where_the_counts_are_not_there() -> None:
    rate = Figure(Fraction(577, 10), unit="percent")
    working = resolve("asked", RECOVERY_RATE, [source_of(recovery=10, rate=rate)])
    assert working == Working(rate, "annual", source="annual rate", places=1)
    assert working.sources == ("annual rate",)


def test_counts_go_before_a_published_rate_unless_the_counts_are_rounded() -> None:
    counts = {"recovery": 10, "finished_course_of_treatment": 30, "not_at_caseness": 5}
    rate = Figure(41, unit="percent")
    assert resolve("asked", RECOVERY_RATE, [source_of(rate=rate, **counts)]).figure.exact == 40
    assert resolve("asked", RECOVERY_RATE, [source_of(rate=rate, rates_first=True, **counts)]).figure.exact == 41


def test_a_suppressed_value_is_not_had_from_other_terms_rates_or_sources() -> None:
    whole = {"ended_not_seen": 7, "ended_seen_not_treated": 2}
    sources = [
        source_of(ended_before_treatment=HIDDEN, rate=Figure(9), **whole),
        source_of("post", ended_before_treatment=9),
    ]
    assert resolve("asked", BEFORE, sources).figure.status is Status.SUPPRESSED


def test_a_suppressed_published_rate_is_not_computed_from_the_counts() -> None:
    counts = {"recovery": 10, "finished_course_of_treatment": 30, "not_at_caseness": 5}
    hidden = Figure.missing(Status.SUPPRESSED, "percent")
    assert resolve("asked", RECOVERY_RATE, [source_of(rate=hidden, rates_first=True, **counts)]).figure == hidden


def test_a_value_that_does_not_apply_is_not_looked_for_elsewhere() -> None:
    sources = [source_of(ended_before_treatment=BESIDE), source_of("post", ended_before_treatment=9)]
    assert resolve("asked", BEFORE, sources).figure.status is Status.NOT_APPLICABLE


def test_a_value_that_no_source_has_keeps_the_first_attempt_for_its_working() -> None:
    working = resolve("asked", RECOVERY_RATE, [source_of(recovery=10), source_of("post")])
    assert working.figure.status is Status.NOT_COLLECTED
    assert working.over[0].figure == Figure(10)
    assert resolve("asked", RECOVERY_RATE, []).figure == Figure.missing(Status.NOT_COLLECTED, "percent")


def test_numerator_and_denominator_never_come_from_two_sources() -> None:
    sources = [source_of("post", recovery=10), source_of("press", finished_course_of_treatment=30, not_at_caseness=5)]
    assert not resolve("asked", RECOVERY_RATE, sources).figure.known


def test_a_term_with_its_own_row_is_read_from_there() -> None:
    within = Breakdown("waiting_time", "first treatment", "within 6 weeks")
    assert row_of(plus("recovery"), Breakdown("age", "18 to 25")) == Breakdown("age", "18 to 25")
    assert row_of(plus("finished_course_of_treatment", within), TOTAL) == within
