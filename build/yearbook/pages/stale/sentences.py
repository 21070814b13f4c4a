"""The sentences of a page as its editor wrote them, each with its line and the figures that its expressions ask for."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from jinja2 import TemplateSyntaxError, nodes

from yearbook.pages.environment import commentary_environment

_EXPRESSION = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_HIDDEN = re.compile(r"\{##.*?##\}|\{%.*?%\}", re.DOTALL)
_FIELD = re.compile(r"^(title|standfirst):[ \t]*(?:>-?|\|-?)?[ \t]*", re.MULTILINE)
_OTHER_FIELD = re.compile(r"^(?!title|standfirst)\w+:.*\n(?:[ \t]+.*\n)*", re.MULTILINE)
_BLOCK_END = re.compile(r"\n[ \t]*\n|\n(?=[ \t]*(?:[-*#!]|\d+\.[ \t]))|\{#[\w-]+\}|^---$|\ue001", re.MULTILINE)
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"”’)*]*\s+(?=[“\"'*(A-Z\ue000])")
_MARK, _FIELD_MARK = "\ue000", "\ue001"
_ANCHOR = re.compile(r"\{#[\w-]+\}")
_FIRST_WORD = re.compile(r"[\w\ue000]")
_HELPERS = ("figure", "change", "record", "gap", "claim", "say")


@dataclass(frozen=True, slots=True)
class Asked:
    """A figure that an expression asks for: its metric, year, area and groups as written, and where it begins in the sentence.

    `groups` has two for a gap, the upper first; `year` and `area` are empty where the page's own are meant. `since` is
    the earlier year of a change.
    """

    helper: str
    metric: str
    year: str = ""
    area: str = ""
    groups: tuple[str, ...] = ()
    since: str = ""
    at: int = 0


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a file: its line, its words with each expression as one mark, and what the expressions ask for."""

    line: int
    words: str
    asked: tuple[Asked, ...]

    @property
    def shown(self) -> str:
        """The words for a list, an ellipsis for each expression, shortened in the middle of nothing."""
        text = re.sub(r"\s+", " ", self.words.replace(_MARK, "…")).strip(" -#>*")
        return text if len(text) <= 160 else f"{text[:157].rsplit(' ', 1)[0]} …"


def read_sentences(text: str) -> list[Sentence]:
    """The sentences of a file's text, front matter included, in order."""
    constants = _constants(text)
    text = _OTHER_FIELD.sub(_blanked, _HIDDEN.sub(_blanked, text))
    text = _FIELD.sub(lambda found: _FIELD_MARK + _blanked(found)[1:], text)
    expressions: list[tuple[int, str]] = []

    def mark(found: re.Match[str]) -> str:
        expressions.append((found.start(), found[0]))
        return _MARK + " " * (len(found[0]) - 1)

    marked = _EXPRESSION.sub(mark, text)
    told = []
    for start, end in _spans(marked):
        inside = [(at, written) for at, written in expressions if start <= at < end]
        asked = tuple(one for at, written in inside for one in _asked(written, at - start, constants))
        words = _ANCHOR.sub(lambda found: " " * len(found[0]), marked[start:end]).replace("\n", " ")
        words = words.replace(_FIELD_MARK, " ")
        first = _FIRST_WORD.search(words)
        if first is not None and re.search(r"\w", words.replace(_MARK, "")):
            told.append(Sentence(text.count("\n", 0, start + first.start()) + 1, words, asked))
    return told


def _blanked(found: re.Match[str]) -> str:
    """The same length and lines, without the words."""
    return re.sub(r"[^\n]", " ", found[0])


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Where each sentence begins and ends: a block of Markdown ends one, whatever its stop."""
    start = 0
    for end in [*(found.start() for found in _BLOCK_END.finditer(text)), len(text)]:
        begin = start
        for stop in _SENTENCE_END.finditer(text, start, end):
            yield begin, stop.start()
            begin = stop.end()
        yield begin, end
        start = end


def _constants(text: str) -> Mapping[str, str]:
    """The names that a file sets to a text of its own: `{% set most = "deprivation/decile 1" %}`."""
    try:
        tree = commentary_environment().parse(text)
    except TemplateSyntaxError:
        return {}
    return {
        found.target.name: found.node.value
        for found in tree.find_all(nodes.Assign)
        if isinstance(found.target, nodes.Name) and isinstance(found.node, nodes.Const)
    }


def _asked(written: str, at: int, constants: Mapping[str, str]) -> Iterator[Asked]:
    try:
        tree = commentary_environment().parse(written)
    except TemplateSyntaxError:
        return
    for call in tree.find_all(nodes.Call):
        if not isinstance(call.node, nodes.Name) or call.node.name not in _HELPERS:
            continue
        given = [_text(one, constants) for one in call.args]
        named = {one.key: _text(one.value, constants) for one in call.kwargs}
        yield from _one(call.node.name, given, named, at)


def _text(node: nodes.Node, constants: Mapping[str, str]) -> str:
    if isinstance(node, nodes.Const):
        return str(node.value)
    return constants.get(node.name, "") if isinstance(node, nodes.Name) else ""


def _one(helper: str, given: list[str], named: Mapping[str, str], at: int) -> Iterator[Asked]:
    if helper in ("claim", "say"):
        given = given[1:]
    groups = tuple(given[1:3]) if helper == "gap" else tuple(filter(None, (named.get("group", ""),)))
    rest = given[3:] if helper == "gap" else given[1:]
    if given:
        year = named.get("year") or (rest[0] if rest else "")
        yield Asked(helper, given[0], year, named.get("area", ""), groups, named.get("since", ""), at)
