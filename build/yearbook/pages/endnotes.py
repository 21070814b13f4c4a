"""The numbers that workings have on paper: notes in the order in which a page calls for them.

On a screen a live number is a link to its line in the Workings. Paper cannot be tapped, so there each number carries a
small superior figure, and the lines it leads to are set as numbered notes (`css/print.css`). The figures are attributes
and not text: no screen, screen reader or search engine meets them.

    <a class="n" href="#w-recovery-rate-2019-20" data-note="3">51.1%</a>
    <li id="w-recovery-rate-2019-20" data-note="3" data-of="Recovery rate">

What stands in a folded table of a chart is not printed, so nothing in it calls for a note.
"""

import re
from collections.abc import Iterator

_SECTION = '<section class="workings"'
_FOLDED = re.compile(r'<details class="chart__data">.*?</details>', re.DOTALL)
_CALL = re.compile(r'<a class="(?:n|behind)" href="#([^"]+)"')
_HEADING_OR_LINE = re.compile(r'<h3>(?P<heading>.*?)</h3>|<li id="(?P<anchor>[^"]+)"(?P<rest>.*)')
_TAG = re.compile(r"<[^>]+>")


def number_notes(body: str) -> str:
    """The page's body with the number of its note on each live number that is printed, and on the line it leads to.

    Numbers count from 1, in the order in which lines are first called for; one that is called for again keeps its own. A
    line that only a folded table calls for has no number. A body without workings is given back as it is.
    """
    text, mark, workings = body.rpartition(_SECTION)
    if not mark:
        return body
    lines = {found["anchor"]: found["rest"] for found in _HEADING_OR_LINE.finditer(workings) if found["anchor"]}
    notes: dict[str, int] = {}
    waiting = list(_calls(text))
    while waiting:  # a line may itself call for others: what a chart's title rests on, a cost made of a rate
        anchor = waiting.pop(0)
        if anchor in lines and anchor not in notes:
            notes[anchor] = len(notes) + 1
            waiting += _CALL.findall(lines[anchor])
    parts, end = [], 0
    for folded in _FOLDED.finditer(text):
        parts += [_called(text[end : folded.start()], notes), folded[0]]
        end = folded.end()
    parts.append(_called(text[end:], notes))
    return "".join([*parts, mark, _listed(_called(workings, notes), notes)])


def _calls(text: str) -> Iterator[str]:
    """The anchors that the printed part of a text leads to, in order."""
    yield from _CALL.findall(_FOLDED.sub("", text))


def _called(text: str, notes: dict[str, int]) -> str:
    """The text with the number of its note on each link that has one."""
    return _CALL.sub(lambda found: f'{found[0]} data-note="{notes[found[1]]}"' if found[1] in notes else found[0], text)


def _listed(workings: str, notes: dict[str, int]) -> str:
    """The workings with its number on each line that has one, and what it is of, which on paper no heading says."""
    parts, end, of = [], 0, ""
    for found in _HEADING_OR_LINE.finditer(workings):
        if found["heading"] is not None:
            of = _TAG.sub("", found["heading"])
        elif found["anchor"] in notes:
            place = found.start("rest")
            parts += [workings[end:place], f' data-note="{notes[found["anchor"]]}" data-of="{of}"']
            end = place
    return "".join([*parts, workings[end:]])
