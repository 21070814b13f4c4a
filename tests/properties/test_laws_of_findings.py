"""Laws of news: more change is never less news, and the order hangs on the figures alone."""

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yearbook.archive import Archive, read_archive
from yearbook.areas import Areas
from yearbook.findings import NewsValue, find_news, usual_change
from yearbook.findings.news import DEFAULTS, FLOORS, NARROWING, RECORD, REVERSAL, WIDENING
from yearbook.peers import Comparisons
from yearbook.report import Report
from yearbook.years import FinancialYear

CHANGES = st.fractions(min_value=-100, max_value=100, max_denominator=1000)
WEIGHTS = st.lists(st.sampled_from([RECORD, REVERSAL, WIDENING, NARROWING]), max_size=3, unique=True).map(tuple)


@given(CHANGES, CHANGES, st.fractions(min_value=Fraction(1, 10), max_value=20, max_denominator=100), WEIGHTS)
def test_a_larger_change_is_never_less_news(
    one: Fraction, other: Fraction, usual: Fraction, weights: tuple[tuple[str, Fraction], ...]
) -> None:
    smaller, larger = sorted((one, other), key=abs)
    assert NewsValue(smaller, usual, weights).value <= NewsValue(larger, usual, weights).value


@given(CHANGES, WEIGHTS)
def test_a_weight_only_adds(change: Fraction, weights: tuple[tuple[str, Fraction], ...]) -> None:
    bare = NewsValue(change, Fraction(1))
    assert NewsValue(change, Fraction(1), weights).value >= bare.value
    assert NewsValue(-change, Fraction(1)).value == bare.value


@given(st.lists(CHANGES, max_size=12), st.sampled_from(sorted(FLOORS)))
def test_the_usual_change_takes_no_notice_of_order_or_sign_and_keeps_to_its_floor(
    changes: list[Fraction], unit: str
) -> None:
    usual = usual_change(changes, unit)
    assert usual >= FLOORS[unit]
    assert usual == usual_change([-change for change in reversed(changes)], unit)
    if len(changes) < 3:
        assert usual == DEFAULTS[unit]


def up_to(archive: Archive, year: FinancialYear) -> Comparisons:
    """The comparisons of an archive as it was when that year came out."""
    from dataclasses import replace

    releases = {found: release for found, release in archive.releases.items() if found <= year}
    known = tuple(row for row in archive.supplement if row.year <= year)
    cut = replace(archive, releases=releases, supplement=known)
    return Comparisons(Report(cut), Areas(cut))


@pytest.mark.parametrize("year", ["2017-18", "2020-21", "2022-23"])
def test_no_later_year_has_a_part_in_the_findings(year: str, project: Path) -> None:
    archive = read_archive(project / "data")
    whole, asked = Comparisons(Report(archive), Areas(archive)), FinancialYear.parse(year)
    then, now = find_news(up_to(archive, asked), asked), find_news(whole, asked)
    assert [(one.kind, one.words, one.news) for one in then] == [(one.kind, one.words, one.news) for one in now]
