"""The YAML of registers and of front matter, read as plain data: names, texts, numbers, days and lists of them.

YAML can do more, and none of it belongs in a file of facts or words: aliases multiply, tags name types, and a key given
twice hides its first value. Each of these is an error with its line, and so is what cannot be text, and nesting deeper
than any register has. All errors are `yaml.MarkedYAMLError`s, but for the
ValueError that Python raises for a day that does not exist.
"""

import re
from typing import Any

import yaml

DEEPEST = 12
"""How many levels of lists and mappings may lie in each other. The registers have five at most."""

LONGEST_NUMBER = 30
"""How many characters a whole number may have."""

NOT_TEXT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
"""What no text of a page may hold: control characters, halves of characters, and what turns the direction of text."""


def describe_character(letter: str) -> str:
    """A character that is not text as a message names it: `U+202E`."""
    return f"U+{ord(letter):04X}"


_QUOTE = "write plain names, texts, numbers and lists, with quotation marks around what looks like more"


class NotPlain(yaml.MarkedYAMLError):
    """YAML that is no plain data. `fix` says what to write instead."""

    def __init__(self, place: yaml.Event | yaml.Node, what: str, fix: str) -> None:
        super().__init__(problem=what, problem_mark=place.start_mark)  # type: ignore[arg-type]
        self.fix = fix


class PlainLoader(yaml.SafeLoader):
    """Reads YAML without aliases, tags, merged mappings, keys that repeat or are no text, and characters that are not.

    `unique_from` is the level, from 1, at which mappings must name nothing twice; those above it tell so themselves.
    """

    unique_from = 1

    def __init__(self, stream: str) -> None:
        super().__init__(stream)
        self._level = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """The next node, if it is plain data."""
        event = self.peek_event()  # type: ignore[no-untyped-call]
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise NotPlain(event, "it has an alias or its anchor, which begin with * and &", _QUOTE)
        if getattr(event, "tag", None):
            raise NotPlain(event, f"it has a tag, {event.tag}", _QUOTE)
        if isinstance(event, yaml.ScalarEvent) and (found := NOT_TEXT.search(event.value)):
            what = f"it holds a character that is not text, {describe_character(found[0])}"
            raise NotPlain(event, what, "take it out")
        if self._level == DEEPEST:
            raise NotPlain(event, f"its lists and mappings lie more than {DEEPEST} deep in each other", _QUOTE)
        self._level += 1
        try:
            return super().compose_node(parent, index)
        finally:
            self._level -= 1

    def compose_mapping_node(self, anchor: Any) -> yaml.MappingNode:
        """The mapping, if each of its keys is text and stands in it once."""
        node = super().compose_mapping_node(anchor)
        first: dict[str, int] = {}
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode) or key.tag == "tag:yaml.org,2002:merge":
                raise NotPlain(key, "what stands before a colon is not the name of a field", _QUOTE)
            line = key.start_mark.line + 1
            if self._level >= self.unique_from and first.setdefault(key.value, line) != line:
                raise NotPlain(key, f'"{key.value}" is given twice', "take one of them out")
        return node

    def construct_yaml_int(self, node: yaml.ScalarNode) -> int:
        """A whole number that somebody may have counted."""
        if len(node.value) > LONGEST_NUMBER:
            raise NotPlain(node, f"the number has more than {LONGEST_NUMBER} digits", _QUOTE)
        return super().construct_yaml_int(node)


PlainLoader.add_constructor("tag:yaml.org,2002:int", PlainLoader.construct_yaml_int)
