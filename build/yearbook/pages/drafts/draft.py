"""The parts of a draft and how they are set as Markdown."""

import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 118
_EXPRESSION = re.compile(r"\{\{.*?\}\}")
_GLUE = "\x00"


@dataclass(frozen=True, slots=True)
class Part:
    """One section of a draft: its id, its title, its paragraphs, and notes to the editor that no reader sees.

    A paragraph that begins with a hyphen is a bullet.
    """

    id: str
    title: str
    paragraphs: tuple[str, ...]
    notes: tuple[str, ...] = ()

    def to_markdown(self) -> str:
        """The section under its heading, the notes as comments at its end."""
        told = [f"## {self.title} {{#{self.id}}}", *_joined(self.paragraphs)]
        told += [f"{{## {wrapped(note)} ##}}" for note in self.notes]
        return "\n\n".join(told)


def part(id: str, title: str, paragraphs: Sequence[Sequence[str] | str], notes: Sequence[str] = ()) -> Part:
    """A section from paragraphs of sentences. What is empty is left out, so a sentence may come to nothing."""
    joined = (one if isinstance(one, str) else " ".join(sentence for sentence in one if sentence) for one in paragraphs)
    return Part(id, title, tuple(one for one in joined if one), tuple(note for note in notes if note))


def _joined(paragraphs: Sequence[str]) -> list[str]:
    """The paragraphs, wrapped; bullets that follow each other are one list."""
    told: list[str] = []
    for paragraph in paragraphs:
        bullet = paragraph.startswith("- ")
        text = wrapped(paragraph, "  " if bullet else "")
        if bullet and told and told[-1].startswith("- "):
            told[-1] += f"\n{text}"
        else:
            told.append(text)
    return told


def wrapped(text: str, indent: str = "") -> str:
    """`text` in lines, no expression of it broken; further lines begin with `indent`."""
    held = _EXPRESSION.sub(lambda found: found[0].replace(" ", _GLUE), text)
    lines = textwrap.wrap(held, WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
    return "\n".join(lines).replace(_GLUE, " ")


def sentence(text: str) -> str:
    """`text` with a capital and a full stop; empty for nothing."""
    return f"{text[:1].upper()}{text[1:]}." if text else ""
