"""What chance grows from good inputs, and all that once failed: a YearbookError at the worst, and soon."""

import random
from pathlib import Path

import pytest
from hostile.fuzz import HERE, TARGETS, attempt, mutate, seeds

KEPT = [(path.parent.name, path.name) for path in sorted((HERE / "corpus").glob("*/*")) if path.suffix != ".md"]


@pytest.mark.parametrize(("target", "name"), KEPT)
def test_what_once_failed_is_taken_or_refused_with_a_message(tmp_path: Path, target: str, name: str) -> None:
    assert attempt(target, (HERE / "corpus" / target / name).read_bytes(), tmp_path) == ""


@pytest.mark.parametrize("target", TARGETS)
def test_what_chance_grows_from_good_inputs_is_taken_or_refused_with_a_message(tmp_path: Path, target: str) -> None:
    chance, grown = random.Random(7), seeds(target)  # noqa: S311
    wrong = {attempt(target, mutate(chance.choice(grown), chance), tmp_path) for _ in range(60)}
    assert wrong == {""}
