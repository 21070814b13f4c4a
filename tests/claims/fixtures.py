"""Paragraphs of an editor's: slips that the checks must catch, each put right, and others that they must let pass."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

SLIPS = Path(__file__).with_name("slips")
SOUND = Path(__file__).with_name("sound.yml")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of Markdown with live expressions, on the page of a year, in which nothing is wrong."""

    id: str
    year: str
    text: str


@dataclass(frozen=True, slots=True)
class Slip:
    """A paragraph with a slip in it, and what the checks must say of it.

    A problem must name each line that holds one of `at`, and the messages together must hold every one of `expect`.
    `shows` is what the figures give. `rewrites` is the post's claim that it tells again, empty for one of ours.
    """

    id: str
    teaches: str
    year: str
    text: str
    at: tuple[str, ...]
    expect: tuple[str, ...]
    mend: str
    shows: tuple[Mapping[str, str], ...]
    rewrites: str = ""

    @property
    def lines(self) -> tuple[int, ...]:
        """The lines of `text` that problems must name, from 1. Raises ValueError for words that it does not hold."""
        lines = self.text.splitlines()
        numbers = [[number for number, line in enumerate(lines, start=1) if words in line] for words in self.at]
        if not all(numbers):
            raise ValueError(f"{self.id} does not hold all of {self.at}")
        return tuple(dict.fromkeys(found[0] for found in numbers))


def read_slips(folder: Path = SLIPS) -> list[Slip]:
    """Every slip of the folder, by name."""
    return [_slip(yaml.safe_load(path.read_text(encoding="utf-8"))) for path in sorted(folder.glob("*.yml"))]


def read_sound(path: Path = SOUND) -> list[Paragraph]:
    """The paragraphs in which nothing is wrong, in the order of the file."""
    return [Paragraph(**entry) for entry in yaml.safe_load(path.read_text(encoding="utf-8"))]


def mended(slip: Slip) -> Paragraph:
    """The slip put right."""
    return Paragraph(slip.id, slip.year, slip.mend)


def _slip(entry: dict[str, Any]) -> Slip:
    lists = {name: tuple(entry.pop(name)) for name in ("at", "expect", "shows")}
    return Slip(**entry, **lists)
