"""What a problem says and how many are told at once."""

import pytest

from yearbook.errors import (
    CommentaryError,
    DataError,
    Problem,
    UsageError,
    YearbookError,
    report_problems,
    suggest,
)

CELL = Problem("data/releases/2023-24.csv", 418, "recovery", '"1,205" is not a whole number.', "import the file again")
WHOLE = Problem("data/events.yml", 0, "", "The file is missing.", "put it back")


def test_a_problem_says_where_it_is_what_is_wrong_and_how_to_mend_it() -> None:
    assert str(CELL) == (
        "data/releases/2023-24.csv, line 418, column recovery\n"
        '  "1,205" is not a whole number.\n'
        "  Mend: import the file again"
    )


def test_a_problem_of_a_whole_file_names_no_line() -> None:
    assert str(WHOLE).splitlines()[0] == "data/events.yml"


def test_a_problem_that_stands_for_more_says_how_many() -> None:
    problem = Problem("a.csv", 2, "", "what", "fix", more=1200)
    assert str(problem).endswith("… and 1,200 more of the same kind.")


def test_the_report_ends_with_the_number_of_problems_and_files() -> None:
    assert report_problems([CELL, WHOLE]).splitlines()[-1] == "2 problems in 2 files."
    assert report_problems([CELL]).splitlines()[-1] == "1 problem in 1 file."


def test_the_number_of_problems_counts_those_left_out() -> None:
    told = [Problem("a.csv", 2, "", "what", "fix", more=1200), Problem("a.csv", 9, "", "what", "fix")]
    assert report_problems(told).splitlines()[-1] == "1,202 problems in 1 file."


def test_no_problem_is_said_so() -> None:
    assert report_problems(()) == "No problems."


def test_an_error_tells_each_problem_once_in_the_order_of_the_files_and_lines() -> None:
    later = Problem("b.csv", 3, "", "what", "fix")
    error = DataError([later, Problem("b.csv", 12, "", "what", "fix"), CELL, later])
    assert [(problem.file, problem.line) for problem in error.problems] == [
        ("b.csv", 3),
        ("b.csv", 12),
        (CELL.file, 418),
    ]
    assert str(error).endswith("3 problems in 2 files.")


def test_an_error_may_carry_one_problem_or_plain_words() -> None:
    assert DataError(CELL).problems == (CELL,)
    assert (UsageError("No such year.").problems, str(UsageError("No such year."))) == ((), "No such year.")


@pytest.mark.parametrize(
    ("error", "status"), [(YearbookError, 1), (UsageError, 2), (DataError, 3), (CommentaryError, 4)]
)
def test_each_kind_of_error_has_its_own_exit_status(error: type[YearbookError], status: int) -> None:
    assert error("words").exit_code == status
    assert issubclass(error, YearbookError)


def test_near_names_are_suggested_nearest_first() -> None:
    assert suggest("recovry", ["recovery", "referrals"]) == "Did you mean recovery?"
    assert suggest("rate_a", ["rate_b", "rate_c", "rate_d"]).startswith("Did you mean rate_")
    assert suggest("rate_a", ["rate_b", "rate_c", "rate_d"]).count(" or ") == 1


def test_nothing_near_gives_the_other_words() -> None:
    assert suggest("zzz", ["recovery"], "The metrics are listed.") == "The metrics are listed."
    assert suggest("zzz", []) == ""
