"""Folders that may not be written: what is not needed stops nothing, what is needed is named.

The permissions are real. For root, whom they do not bind, the process gives up what exempts it.
"""

from pathlib import Path

import pytest
from faults.conftest import Outcome, Strike

READ_ONLY = 0o555


@pytest.mark.parametrize("folder", [".", "staging", "staging/old/gone"])
def test_a_folder_that_has_to_be_written_is_named_and_the_last_site_stays(
    folder: str, edited: Path, strike: Strike, before: Outcome, built: Outcome
) -> None:
    (struck,) = strike(edited, ["build"], {"modes": {folder: READ_ONLY}})
    assert struck.status == 2, struck.output
    told = struck.output.splitlines()[-1]
    assert str(Path("project", folder)) in told
    assert "cannot be read or written: Permission denied. Change its permissions" in told
    assert struck.of("site") == before.of("site")


@pytest.mark.parametrize("folder", ["site", "data", "content", ".cache/charts"])
def test_a_folder_that_need_not_be_written_stops_no_build(
    folder: str, edited: Path, strike: Strike, built: Outcome
) -> None:
    (struck,) = strike(edited, ["build"], {"modes": {folder: READ_ONLY}})
    assert struck.status == 0, struck.output
    assert struck.of("site") == built.of("site")
    assert not [path for path in struck.tree if path.startswith(".site-")]
    assert ("Drawings cannot be kept" in struck.output) == (folder == ".cache/charts")


def test_a_cache_that_cannot_be_read_stops_no_build(edited: Path, strike: Strike, built: Outcome) -> None:
    (struck,) = strike(edited, ["build"], {"modes": {".cache/charts": 0}})
    assert (struck.status, struck.of("site")) == (0, built.of("site")), struck.output
