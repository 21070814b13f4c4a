"""A clock that jumps, and files from the future or from 1970: the same bytes come of it, and every edit is seen."""

from pathlib import Path

import pytest
from faults.conftest import Outcome, Strike

THE_YEAR_2100 = 4_102_444_800


@pytest.mark.parametrize("harm", [{"clock": True}, {"times": 0}, {"times": THE_YEAR_2100}], ids=str)
def test_the_site_is_the_same_whatever_the_clock_and_the_times_of_files_say(
    harm: dict[str, object], edited: Path, strike: Strike, built: Outcome
) -> None:
    (struck,) = strike(edited, ["build"], {"patience": 5, **harm})
    assert struck.status == 0, struck.output
    assert struck.tree == built.tree
