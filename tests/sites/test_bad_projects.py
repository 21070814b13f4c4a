"""Each project in `bad/` differs from `two-years` in a few files, and is refused with the whole message expected."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from yearbook.cli import main

BAD = Path(__file__).parent / "bad"
NAMES = sorted(folder.name for folder in BAD.iterdir())

# What a file of text cannot hold, or tools that read the repository would trip over.
GENERATED = {
    "words-not-utf-8": (
        "content/reports/2019-20.md",
        "---\ntitle: A small report\nstandfirst: It was saved as Latin-1.\n---\n\nA café.\n".encode("latin-1"),
    ),
}


@pytest.mark.parametrize("name", NAMES)
def test_a_broken_project_is_refused_with_its_whole_message(
    name: str, make_project: Callable[..., Path], golden: bool
) -> None:
    project = make_project("two-years/project", f"bad/{name}")
    if name in GENERATED:
        path, content = GENERATED[name]
        (project / path).write_bytes(content)
    expected = project / "expected.txt"
    found = CliRunner().invoke(main, ["--project", str(project), "check"])
    told = f"{found.stderr}\nexit status {found.exit_code}\n"
    if golden:
        (BAD / name / "expected.txt").write_text(told, encoding="utf-8")
        return
    assert expected.exists(), f"bad/{name} has no expected.txt: read the message, then run make golden"
    assert told == expected.read_text(encoding="utf-8")
    assert found.stdout == ""
    assert found.exit_code in (3, 4)
