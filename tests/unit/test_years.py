"""Financial years: how they are written, read and ordered."""

import pytest

from yearbook.years import FinancialYear, runs_of_years


@pytest.mark.parametrize("text", ["2019-20", "2019/20", "2019 – 20", "2019- 20", "2019—20", "2019-2020", "  2019-20\n"])
def test_every_way_of_writing_a_year_is_read_as_the_same_year(text: str) -> None:
    assert FinancialYear.parse(text) == FinancialYear(2019)


@pytest.mark.parametrize("text", ["1999-00", "1999-2000"])
def test_a_year_may_end_a_century(text: str) -> None:
    assert FinancialYear.parse(text) == FinancialYear(1999)


@pytest.mark.parametrize("text", ["", "2019", "19-20", "2019-20-21", "2019-202", "year 2019-20", "2019..20"])
def test_text_that_is_no_year_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValueError, match="is not a financial year; write it as 2019-20"):
        FinancialYear.parse(text)


@pytest.mark.parametrize("text", ["2019-21", "2019-19", "2019-2021", "2019-2120"])
def test_halves_that_do_not_follow_each_other_are_refused_with_the_year_meant(text: str) -> None:
    with pytest.raises(ValueError, match=r"did you mean 2019-20\?"):
        FinancialYear.parse(text)


@pytest.mark.parametrize("start", [0, 19, 1947, 3000])
def test_a_start_that_is_no_year_of_the_service_is_refused(start: int) -> None:
    with pytest.raises(ValueError, match="is not the first calendar year"):
        FinancialYear(start)


def test_a_year_is_written_with_two_digits_at_its_end() -> None:
    assert [str(FinancialYear(start)) for start in (1999, 2008, 2019)] == ["1999-00", "2008-09", "2019-20"]


def test_a_year_knows_its_neighbours() -> None:
    year = FinancialYear(2019)
    assert (str(year.previous), str(year.next)) == ("2018-19", "2020-21")


def test_years_are_ordered_in_time() -> None:
    years = [FinancialYear(start) for start in (2021, 2012, 2019)]
    assert [year.start for year in sorted(years)] == [2012, 2019, 2021]
    assert FinancialYear(2019) <= FinancialYear(2019) < FinancialYear(2020)


def test_a_year_does_not_compare_with_a_number() -> None:
    with pytest.raises(TypeError):
        FinancialYear(2019) < 2020  # noqa: B015 - the comparison itself is what is asked


@pytest.mark.parametrize(
    ("starts", "words"),
    [
        ([], ""),
        ([2019], "2019-20"),
        ([2019, 2020], "2019-20 to 2020-21"),
        ([2015, 2017, 2018, 2019, 2021], "2015-16, 2017-18 to 2019-20 and 2021-22"),
    ],
)
def test_consecutive_years_are_told_as_one_run(starts: list[int], words: str) -> None:
    assert runs_of_years(FinancialYear(start) for start in starts) == words
