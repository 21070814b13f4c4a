"""Costs and recovery without treatment, as found by research: read with every fault told, and never computed with."""

import re
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

from yearbook.archive import Archive
from yearbook.errors import DataError, Problem
from yearbook.formatting import round_half_up
from yearbook.studies import COST_KINDS, ContextShare, read_costs, read_untreated_recovery

STUDY = """\
- title: What it costs
  authors: Somebody
  published: 2013
  place: five trusts
  price_year: "2009-10"
  per_session: {low: 99}
  per_treatment: {low: 493, all: 877}
  per_recovery: {low: 1043, all: 1766}
  caveat: few trusts
  source: a journal
  quoted_by: a blog
"""
UNTREATED = "- {population: adults, outcome: well, shares: {3: 23, 12: 53}, caveat: others, source: a journal}\n"


def register(folder: Path, text: str) -> Path:
    path = folder / "data" / "register.yml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def problems_of(read: Callable[[Path], object], folder: Path, text: str) -> list[Problem]:
    with pytest.raises(DataError) as refused:
        read(register(folder, text))
    return list(refused.value.problems)


def test_the_shares_that_the_real_study_implies(archive: Archive) -> None:
    study = archive.costs[0]
    shares = {kind: study.implied_share(kind) for kind in COST_KINDS}
    assert shares == {
        "low": Fraction(49300, 1043),
        "high": Fraction(141600, 2895),
        "stepped_down": Fraction(69900, 1653),
        "stepped_up": Fraction(151400, 2914),
        "all": Fraction(87700, 1766),
    }
    printed = {kind: str(round_half_up(share, 1)) for kind, share in shares.items()}
    assert printed == {"low": "47.3", "high": "48.9", "stepped_down": "42.3", "stepped_up": "52.0", "all": "49.7"}


def test_the_sessions_that_the_real_study_implies(archive: Archive) -> None:
    study = archive.costs[0]
    assert study.implied_sessions("high") == 8
    assert round_half_up(study.implied_sessions("low"), 2) == round_half_up(Fraction(498, 100), 2)


def test_the_real_study_says_what_it_is(archive: Archive) -> None:
    (study,) = archive.costs
    assert study.prices == "prices of about 2010"
    assert study.old_prices
    assert study.costs("session") == {"low": 99, "high": 177}
    assert "we have not read the paper" in study.citation
    assert study.place == "five primary care trusts in the East of England"


def test_a_cost_per_recovery_is_the_treatment_over_the_share(archive: Archive) -> None:
    study = archive.costs[0]
    assert study.cost_per_recovery(50) == 1754
    assert study.cost_per_recovery(study.implied_share("all")) == 1766


def test_a_price_year_that_is_known_is_not_called_about(tmp_path: Path) -> None:
    (study,) = read_costs(register(tmp_path, STUDY))
    assert (study.prices, study.old_prices) == ("prices of 2010", False)


@pytest.mark.parametrize(
    ("good", "bad", "line", "what"),
    [
        ("{low: 99}", "{slow: 99}", 6, 'There is no kind of treatment "slow".'),
        ("{low: 99}", "{low: 0}", 6, "The cost of low is not above 0."),
        ("{low: 99}", "99", 6, '"99" is not a mapping.'),
        ("{low: 99}", "{low: cheap}", 6, '"cheap" is not a number.'),
        ("{low: 1043, ", "{", 8, "Treatments and recoveries are not of the same kinds, all among them."),
        ("all: 1766", "all: 676", 8, "A recovery, all, costs less than a treatment"),
        ('"2009-10"', '"2010"', 5, '"2010" is not a financial year'),
        ("published: 2013", "published: then", 3, '"then" is not a whole number from 1.'),
    ],
)
def test_a_fault_of_a_study_is_told_on_its_line(tmp_path: Path, good: str, bad: str, line: int, what: str) -> None:
    assert good in STUDY
    (problem,) = problems_of(read_costs, tmp_path, STUDY.replace(good, bad))
    assert problem.line == line
    assert problem.what.startswith(what)


def test_every_fault_of_a_study_is_told_at_once(tmp_path: Path) -> None:
    text = STUDY.replace("{low: 99}", "{low: -1}").replace("  source: a journal\n", "").replace("1766", "7")
    assert [problem.column for problem in problems_of(read_costs, tmp_path, text)] == [
        "source",
        "per_session",
        "per_recovery",
    ]


def test_recovery_without_treatment_is_read_in_the_order_of_the_months(tmp_path: Path) -> None:
    (found,) = read_untreated_recovery(register(tmp_path, UNTREATED.replace("3: 23, 12: 53", "12: 53, 3: 23")))
    assert {months: str(share) for months, share in found.shares.items()} == {3: "23%", 12: "53%"}
    assert list(found.shares) == [3, 12]


@pytest.mark.parametrize(
    ("shares", "what"),
    [
        ("{soon: 23}", '"soon" is not a number of months.'),
        ("{0: 23}", '"0" is not a number of months.'),
        ("{3: 230}", "The share after 3 months is not a percentage."),
        ("[23, 53]", "A list is not a mapping."),
    ],
)
def test_a_fault_of_a_share_is_told(tmp_path: Path, shares: str, what: str) -> None:
    (problem,) = problems_of(read_untreated_recovery, tmp_path, UNTREATED.replace("{3: 23, 12: 53}", shares))
    assert (problem.column, problem.what) == ("shares", what)


def test_the_real_shares_are_those_of_the_study(archive: Archive) -> None:
    (found,) = archive.untreated
    assert {months: str(share) for months, share in found.shares.items()} == {3: "23%", 6: "32%", 12: "53%"}


@pytest.mark.parametrize(
    "compute",
    [
        lambda share: Fraction(50) - share,
        lambda share: 50 - share,
        lambda share: share - 50,
        lambda share: share / 2,
        lambda share: 1.0 * share,
        lambda share: share + share,
        lambda share: sum([share]),
    ],
)
def test_nothing_is_computed_with_recovery_without_treatment(compute: Callable[[ContextShare], object]) -> None:
    with pytest.raises(TypeError, match="never computed with"):
        compute(ContextShare("23%"))


@pytest.mark.parametrize("convert", [float, int, round])
def test_a_share_of_recovery_without_treatment_is_no_number(convert: Callable[[object], object]) -> None:
    with pytest.raises(TypeError):
        convert(ContextShare("23%"))


def test_only_what_shows_recovery_without_treatment_reads_it(project: Path) -> None:
    package = project / "build" / "yearbook"
    readers = {
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        if re.search(r"archive\.untreated\b", path.read_text(encoding="utf-8"))
    }
    assert readers == {"outputs/studies.py", "tables/studies.py", "pages/studies.py", "pages/methods.py"}
