"""The editor's desk: a preview shows what is wrong with a sentence beside it, and any line can be asked what it rests on."""

import re
from collections.abc import Iterable, Sequence
from html import escape

from yearbook.claims import Fault, Ledger, Live, MarkedText, Sentence, find_faults, read_prose
from yearbook.errors import Problem, as_sentence
from yearbook.groups import group_label
from yearbook.metrics import METRICS_BY_NAME
from yearbook.organisations import ENGLAND
from yearbook.pages.workings import working_sum
from yearbook.releases import TOTAL
from yearbook.report import Report


def with_faults(text: str, faults: Iterable[Fault], of_front_matter: Sequence[Fault] = ()) -> str:
    """Rendered text with each fault beside its sentence; those of the title and the standfirst stand at the top."""
    parts, end = [], len(text)
    for fault in sorted(faults, key=lambda one: (one.sentence.end, one.at), reverse=True):
        parts += [text[fault.sentence.end : end], fault_html(fault.problem)]
        end = fault.sentence.end
    top = "".join(f'<p class="faults">{fault_html(fault.problem)}</p>\n\n' for fault in of_front_matter)
    return top + "".join(reversed([*parts, text[:end]]))


def fault_html(problem: Problem) -> str:
    """A problem as a note on the page: its line, what is wrong, how to mend it."""
    where = f"{problem.file}, line {problem.line}" if problem.line else problem.file
    return (
        f'<span class="fault" role="note"><strong>{_inert(where)}.</strong> {_inert(problem.what)} '
        f"Mend: {_with_code(problem.fix)}</span>"
    )


def _with_code(words: str) -> str:
    """Words in which each expression to paste stands out, and can be taken whole."""
    parts = re.split(r"(\{\{.*?\}\})", as_sentence(words))
    return "".join(f"<code>{_inert(part)}</code>" if part.startswith("{{") else _inert(part) for part in parts)


def _inert(words: str) -> str:
    """Words that Markdown will leave as they are."""
    return "".join(f"&#{ord(mark)};" if mark in "\\`*_{}[]!|^~<>&\"'" else mark for mark in escape(words, quote=False))


def explain_line(texts: Iterable[MarkedText], line: int, file: str, ledger: Ledger) -> str:
    """What the numbers of a line of an editor's file rest on: each sentence of it, its live text, what nothing holds."""
    parts = []
    for text in texts:
        faults = list(find_faults(text, file, ledger))
        for sentence in read_prose(text, ledger.lives):
            if line in sentence.lines:
                parts.append(
                    _explained(sentence, [found for found in faults if found.sentence == sentence], ledger.report)
                )
    return "\n\n".join(parts)


def _explained(sentence: Sentence, faults: Sequence[Fault], report: Report) -> str:
    said = [" ".join(sentence.text.split())]
    said += [
        f"  {piece.live.text}\n    {_rests_on(piece.live, report)}" for piece in sentence.pieces if piece.live.text
    ]
    said += [f"  Problem: {fault.problem.what}\n    Mend: {fault.problem.fix}" for fault in faults]
    if len(said) == 1:
        said.append("  No number, and no quantity in words.")
    return "\n".join(said)


def _rests_on(live: Live, report: Report) -> str:
    if not live.metric:
        return f"made by {live.helper}"
    metric = METRICS_BY_NAME[live.metric]
    of = [] if live.area == ENGLAND else [live.area.name]
    of += [] if live.group == TOTAL else [group_label(live.group)]
    about = ", ".join([f"{live.helper} of {metric.name}", *of])
    lines = [f"{about}: {metric.title}{f', {metric.base}' if metric.base else ''} ({metric.cohort})"]
    for year in live.years:
        working = report.working(live.metric, year, live.area, live.group)
        lines.append(f"{year}: {working_sum(metric, working)}; {'; '.join(working.sources)}")
    return "\n    ".join(lines)
