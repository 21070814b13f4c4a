"""The publisher's rounding and ours: no true count can make the check fail, and order means nothing.

The publisher computes a percentage from the counts as they are, rounds it half up, then rounds each count
to the nearest 5 and hides those under 5, and the percentage with them.
"""

from collections.abc import Callable, Mapping
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yearbook.archive import Archive
from yearbook.formatting import round_half_up
from yearbook.metrics import METRICS, METRICS_BY_NAME
from yearbook.organisations import Organisation
from yearbook.reconcile import PUBLISHED_RATES, reconcile_release
from yearbook.releases import KEY_COLUMNS, Release
from yearbook.report import Report
from yearbook.years import FinancialYear

YEAR = FinancialYear(2019)

MakeRelease = Callable[..., Release]
MakeArchive = Callable[..., Archive]


@st.composite
def true_counts(draw: st.DrawFn, largest: int = 20_000) -> dict[str, int]:
    """The outcomes of those who finished, as they were before any rounding; small numbers are as likely as large."""
    finished = draw(st.one_of(st.integers(0, 60), st.integers(0, largest)))
    not_at_caseness = draw(st.integers(0, finished))
    recovery = draw(st.integers(0, finished - not_at_caseness))
    reliable_recovery = draw(st.integers(0, recovery))
    improvement = draw(st.integers(reliable_recovery, finished))
    deterioration = draw(st.integers(0, finished - improvement))
    no_change = draw(st.integers(0, finished - improvement - deterioration))
    return {
        "finished_course_of_treatment": finished,
        "not_at_caseness": not_at_caseness,
        "recovery": recovery,
        "reliable_recovery": reliable_recovery,
        "reliable_improvement": improvement,
        "no_reliable_change": no_change,
        "reliable_deterioration": deterioration,
    }


def printed_percentages(counts: Mapping[str, int], places: int) -> dict[str, str]:
    """The five percentages from true counts, rounded half up; NULL where there is nothing to divide by."""
    percentages = {}
    for metric in PUBLISHED_RATES:
        over = sum(term.sign * counts[term.measure] for term in metric.formula.over)
        under = sum(term.sign * counts[term.measure] for term in metric.formula.under)
        percentages[metric.published] = str(round_half_up(Fraction(100 * over, under), places)) if under else "NULL"
    return percentages


def as_published_below_england(counts: Mapping[str, int]) -> dict[str, str]:
    """Counts and percentages as an area's row has them."""
    row = printed_percentages(counts, 0)
    for metric in PUBLISHED_RATES:
        if counts[metric.formula.over[0].measure] < 5:
            row[metric.published] = "*"
    return {**row, **{name: "*" if count < 5 else str((count + 2) // 5 * 5) for name, count in counts.items()}}


@given(st.lists(true_counts(), min_size=1, max_size=5))
def test_rounding_never_trips_the_check_of_an_area(make_release: MakeRelease, areas: list[dict[str, int]]) -> None:
    rows = [
        {"org_type": "ccg", "org_code": f"A{number}", **as_published_below_england(counts)}
        for number, counts in enumerate(areas)
    ]
    (level,) = reconcile_release(make_release("2019-20", *rows))
    assert level.misses == ()
    assert level.agree == level.checked == level.percentages


@given(true_counts(largest=700_000))
def test_englands_percentages_always_come_out_to_the_digit(make_release: MakeRelease, counts: dict[str, int]) -> None:
    row = {**counts, **printed_percentages(counts, 1)}
    (level,) = reconcile_release(make_release("2019-20", row))
    assert level.misses == ()
    assert level.agree == level.checked == level.percentages


@given(true_counts().filter(lambda counts: counts["finished_course_of_treatment"] >= 1_000), st.data())
def test_a_wrong_percentage_of_england_is_always_found(
    make_release: MakeRelease, counts: dict[str, int], data: st.DataObject
) -> None:
    row = {**counts, **printed_percentages(counts, 1)}
    wrong = data.draw(st.sampled_from([name for name in printed_percentages(counts, 1) if row[name] != "NULL"]))
    row[wrong] = f"{(float(row[wrong]) + 0.1) % 100:.1f}"
    (level,) = reconcile_release(make_release("2019-20", row))
    assert len(level.misses) == 1


@pytest.fixture(scope="session")
def area() -> Organisation:
    """An area that every made release has."""
    return Organisation("ccg", "A0")


@settings(max_examples=40)
@given(st.lists(true_counts(), min_size=2, max_size=4), st.data())
def test_the_order_of_a_releases_rows_and_columns_changes_nothing(
    make_release: MakeRelease,
    make_archive: MakeArchive,
    area: Organisation,
    made: list[dict[str, int]],
    data: st.DataObject,
) -> None:
    rows = [{**made[0], "referrals_received": 10 * made[0]["finished_course_of_treatment"]}]
    rows += [
        {"org_type": "ccg", "org_code": f"A{number}", **as_published_below_england(counts)}
        for number, counts in enumerate(made)
    ]
    release = make_release("2019-20", *rows)
    frame = release.rows.sample(frac=1, random_state=data.draw(st.integers(0, 1000)))
    measures = data.draw(st.permutations(list(release.measures)))
    shuffled = Release(YEAR, frame[[*KEY_COLUMNS, *measures]].reset_index(drop=True), release.path)
    first, second = Report(make_archive(release)), Report(make_archive(shuffled))
    for name in METRICS_BY_NAME:
        assert first.figure(name, YEAR) == second.figure(name, YEAR), name
        assert first.figure(name, YEAR, area) == second.figure(name, YEAR, area), name
    assert [level.agree for level in reconcile_release(release)] == [
        level.agree for level in reconcile_release(shuffled)
    ]


@settings(max_examples=40)
@given(true_counts())
def test_nothing_hidden_of_an_area_is_ever_printed_as_a_number(
    make_release: MakeRelease, make_archive: MakeArchive, area: Organisation, counts: dict[str, int]
) -> None:
    row = as_published_below_england(counts)
    report = Report(make_archive(make_release("2019-20", {"org_type": "ccg", "org_code": area.code, **row})))
    for metric in METRICS:
        terms = {term.measure for term in metric.formula.terms() if term.breakdown is None}
        if terms <= set(row) and any(row[name] == "*" for name in terms):
            figure = report.figure(metric.name, YEAR, area)
            assert not figure.known or row.get(metric.published, "*") not in ("*", "NULL"), metric.name
