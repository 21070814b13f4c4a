"""Laws of years, links and words."""

import posixpath
import string
from fractions import Fraction
from urllib.parse import urljoin

from hypothesis import given
from hypothesis import strategies as st

from yearbook.errors import Problem, report_problems
from yearbook.formulas import Working
from yearbook.pages.page import Page, address_of, relative_link
from yearbook.report import Change
from yearbook.values import Figure
from yearbook.wording import change_words
from yearbook.years import FinancialYear

years = st.integers(1948, 2998).map(FinancialYear)
names = st.text(string.ascii_lowercase + string.digits + "-", min_size=1, max_size=8)
folders = st.lists(names, max_size=4).map(lambda parts: "".join(f"{part}/" for part in parts))
files = st.tuples(folders, names).map(lambda pair: f"{pair[0]}{pair[1]}.svg")
anchors = st.one_of(st.just(""), names.map(lambda name: f"#{name}"))
roots = st.sampled_from(["https://example.org/", "https://example.org/a/prefix/", "file:" + "///site/"])


@given(years)
def test_a_year_reads_back_as_it_is_written(year: FinancialYear) -> None:
    assert FinancialYear.parse(str(year)) == year
    assert FinancialYear.parse(f"{year.start}/{year.start + 1}") == year


@given(years, years)
def test_years_are_ordered_as_they_are_written_and_in_time(first: FinancialYear, second: FinancialYear) -> None:
    assert (first < second) == (str(first) < str(second)) == (first.start < second.start)


@given(years)
def test_the_next_year_follows_this_one(year: FinancialYear) -> None:
    assert year.next.previous == year
    assert year.next.start - year.start == 1


@given(roots, folders, st.one_of(folders, files), anchors)
def test_a_relative_link_leads_to_its_target_from_any_page_under_any_root(
    root: str, page: str, target: str, anchor: str
) -> None:
    link = relative_link(f"{target}{anchor}", page)
    assert urljoin(f"{root}{page}", link) == f"{root}{target}{anchor}"
    assert not link.startswith(("/", "http", "file"))


@given(folders, names)
def test_a_page_is_published_where_its_file_lies(folder: str, name: str) -> None:
    assert address_of(f"{folder}index.md") == folder
    if name != "index":
        assert Page(f"{folder}{name}.md", "t", "page", "").address == f"{folder}{name}/"
        assert posixpath.normpath(f"{folder}{name}/") == f"{folder}{name}"


@given(st.fractions(0, 100), st.fractions(0, 100))
def test_the_words_of_a_rates_change_never_say_up_for_a_fall(before: Fraction, after: Fraction) -> None:
    words = change_words("recovery_rate", made_change(before, after, "percent"))
    assert_direction(words, after - before)
    assert (words == "unchanged") == (abs(after - before) < Fraction(5, 100))


@given(st.integers(1, 10_000_000), st.integers(0, 10_000_000), st.sampled_from(["", "count"]))
def test_the_words_of_a_counts_change_never_say_up_for_a_fall(before: int, after: int, kind: str) -> None:
    words = change_words("referrals_received", made_change(before, after), kind)
    assert_direction(words, after - before)
    if kind == "count":
        assert (words == "unchanged") == (before == after)


def made_change(before: int | Fraction, after: int | Fraction, unit: str = "count") -> Change:
    workings = [Working(Figure(number, unit=unit), "annual") for number in (before, after)]
    difference = Fraction(after) - before
    return Change(*workings, difference, 100 * difference / Fraction(before) if before else None)


def assert_direction(words: str, difference: int | Fraction) -> None:
    assert words.startswith("up ") <= (difference > 0)
    assert words.startswith("down ") <= (difference < 0)
    assert words.startswith(("up ", "down ", "unchanged"))
    assert "−" not in words


problems = st.builds(
    Problem, st.sampled_from(["a.csv", "b.md"]), st.integers(0, 9), names, names, names, more=st.integers(0, 3)
)


@given(st.lists(problems, min_size=1))
def test_every_problem_is_told_and_counted(found: list[Problem]) -> None:
    text = report_problems(found)
    assert all(str(problem) in text for problem in found)
    number = sum(1 + problem.more for problem in found)
    assert f"{number} problem" in text.splitlines()[-1]
