"""The annual runbook of CONTRIBUTING.md, to be followed by a test: its steps, their commands and what they show."""

import re
import shlex
from collections.abc import Mapping, Sequence
from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner

from yearbook.cli import main

OURS = ".venv/bin/yearbook"
WRITTEN_FOR = "2024-25"
"""The year that the runbook speaks of. Whoever follows it puts another in its place."""

_STEP = re.compile(r"^(\d+)\. \*\*(.+?)[.,]?\*\*", re.MULTILINE)
_BLOCK = re.compile(r"^ *```(sh|text)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Block:
    """Commands to be typed one after the other, and lines that their output holds in this order."""

    commands: tuple[str, ...]
    shown: tuple[str, ...]


def read_runbook(guide: Path) -> Mapping[int, tuple[Block, ...]]:
    """The blocks of each step by its number, our own commands alone: git and make are for a person."""
    text = guide.read_text(encoding="utf-8").partition("## The annual runbook\n")[2].partition("\n## ")[0]
    _, *parts = _STEP.split(text)
    return {int(number): _blocks(body) for number, body in zip(parts[::3], parts[2::3], strict=True)}


def _blocks(body: str) -> tuple[Block, ...]:
    found: list[Block] = []
    for kind, content in _BLOCK.findall(body):
        lines = [line.strip() for line in content.splitlines() if line.strip()]
        if kind == "sh":
            found.append(Block(tuple(line for line in lines if line.startswith(OURS)), ()))
        else:
            found[-1] = Block(found[-1].commands, tuple(lines))
    return tuple(found)


@dataclass
class Maintainer:
    """Somebody who types what the runbook says, for a project, a year and its files.

    `puts` has what goes in the place of the runbook's words in capitals, such as FILE.zip and DAY.
    """

    runbook: Mapping[int, tuple[Block, ...]]
    project: Path
    year: str
    puts: Mapping[str, str]

    def follow(self, step: int, also: Sequence[str] = (), leave_out: Sequence[str] = ()) -> str:
        """Type the commands of a step and see what it says one sees; what was printed.

        `also` are words typed after the first command, `leave_out` commands that are not typed now.
        """
        printed = []
        for number, block in enumerate(self.runbook[step]):
            typed = [command for command in block.commands if shlex.split(command)[1] not in leave_out]
            told = "\n".join(self.type(command, () if number else also) for command in typed)
            if typed == list(block.commands):
                self._sees(block, told)
            printed.append(told)
        return "\n".join(printed)

    def fails(self, step: int) -> tuple[int, str]:
        """Type the first command of a step that cannot be done yet: its exit status, and what was said."""
        with chdir(self.project):
            found = CliRunner().invoke(main, self._words(self.runbook[step][0].commands[0]))
        return found.exit_code, found.output

    def type(self, command: str, also: Sequence[str] = ()) -> str:
        """Type a command as the runbook writes it; what it printed."""
        with chdir(self.project):
            found = CliRunner().invoke(main, [*self._words(command), *also])
        assert found.exit_code == 0, f"{command}\n{found.output}\n{found.exception!r}"
        return found.output

    def _words(self, command: str) -> list[str]:
        """The words of a command, those of the year put in, without the program's name."""
        _, *words = shlex.split(command)
        return [self.puts.get(word, word.replace(WRITTEN_FOR, self.year)) for word in words]

    def _sees(self, block: Block, printed: str) -> None:
        place = 0
        for line in block.shown:
            wanted = line.replace(WRITTEN_FOR, self.year)
            for name, put in self.puts.items():
                wanted = wanted.replace(name, Path(put).name)
            found = printed.find(wanted, place)
            assert found >= 0, f"after {block.commands} a person would look for: {wanted}\n{printed}"
            place = found + len(wanted)
