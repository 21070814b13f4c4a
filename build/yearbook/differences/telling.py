"""Differences between two sites as a person reads them, and as a program does."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from itertools import groupby

from yearbook.differences.differences import Differences
from yearbook.differences.figures import FigureChange, FigureChanges, Reason
from yearbook.differences.pages import PageChanges
from yearbook.formatting import number_word, plural, sentence_case
from yearbook.provenance import FILE

MOST_FIGURES, MOST_PATHS = 200, 20
"""As many figures, and as many names in any other list, are told; what is left out is counted."""


def tell(differences: Differences) -> str:
    """The differences in paragraphs, figures first."""
    paragraphs = [*_doubts(differences)]
    if not differences.any:
        count = len(differences.new.files)
        return "\n\n".join(
            [*paragraphs, f"The two sites are the same, byte for byte: {count:,} {plural(count, 'file')}."]
        )
    paragraphs += [
        *_figures(differences.figures),
        *_pages(differences.pages),
        *_listed("drawing", "drawings", differences.drawings),
        *_listed("file for programs", "files for programs", differences.files),
        *_others(differences.files.others),
        *_making(differences),
    ]
    return "\n\n".join(_printable(paragraph) for paragraph in paragraphs)


def to_json(differences: Differences) -> str:
    """The differences as JSON, every figure among them."""
    figures = differences.figures
    found = {
        "old": str(differences.old.folder),
        "new": str(differences.new.folder),
        "same": not differences.any,
        "altered": dict(zip(("old", "new"), differences.altered, strict=True)),
        "figures": {
            "changed": [asdict(change) for change in figures.changed],
            "by_revision": figures.revised,
            "new": figures.new,
            "gone": figures.gone,
            "standings": figures.standings,
        },
        "pages": asdict(differences.pages),
        "drawings": asdict(differences.drawings),
        "files": asdict(differences.files),
        "made_from": asdict(differences.making),
    }
    return json.dumps(found, ensure_ascii=False, indent=1)


def _doubts(differences: Differences) -> Iterator[str]:
    """What the reader has to know of the two before anything else."""
    for site, altered in zip((differences.old, differences.new), differences.altered, strict=True):
        if not site.record:
            yield f"{site.folder} has no {FILE}, so what it was made from is not known."
        if altered:
            what = (
                "1 file is not as it was built"
                if len(altered) == 1
                else f"{len(altered):,} files are not as they were built"
            )
            yield _with_list(f"In {site.folder} {what}", altered)


def _figures(figures: FigureChanges) -> Iterator[str]:
    count, revised = len(figures.changed), figures.revised
    if not count:
        yield "No figure changed."
    else:
        of_them = {0: "", count: ", by revision" if count == 1 else ", all by revision"}.get(
            revised, f", {revised:,} by revision"
        )
        same = sum(change.old.text == change.new.text for change in figures.changed)
        as_before = (
            f" {sentence_case(number_word(same))} of them {plural(same, 'is', 'are')} printed as before."
            if same and count > 1
            else ""
        )
        yield f"{count:,} {plural(count, 'figure')} changed{of_them}.{as_before}"
    told = figures.changed[:MOST_FIGURES]
    for year, in_year in groupby(told, key=lambda change: change.key.year):
        changes = list(in_year)
        shared = changes[0].reasons if all(change.reasons == changes[0].reasons for change in changes) else ()
        heading = f"{year}: {_reasons(shared)}." if shared else year
        yield "\n".join([heading, *_places(changes, bool(shared))])
    if count > len(told):
        yield f"… and {count - len(told):,} more: --json lists them all."
    for what, counts in (("new", figures.new), ("gone", figures.gone)):
        for whose, number in counts.items():
            yield f"{number:,} {plural(number, 'figure is', 'figures are')} {what}: {whose}."
    if number := figures.standings:
        changed = plural(number, "figure stands otherwise among others", "figures stand otherwise among others")
        yield f"{number:,} {changed} than before (interval, rank or verdict), though the {plural(number, 'figure itself', 'figures themselves')} did not change."


def _places(changes: Iterable[FigureChange], is_reasoned: bool) -> Iterator[str]:
    """The changes by place. `is_reasoned` says that they have a reason in common, which is told already."""
    for place, found in groupby(changes, key=lambda change: (change.key.org_type, change.key.code, change.key.group)):
        in_place = list(found)
        code = f" ({place[1]})" if place[1] else ""
        yield f"  {in_place[0].new.place}{code}"
        for change in in_place:
            yield f"    {_change(change)}" + ("" if is_reasoned else f" {sentence_case(_reasons(change.reasons))}.")


def _reasons(reasons: Sequence[Reason]) -> str:
    return ", and ".join(reason.words for reason in reasons)


def _change(change: FigureChange) -> str:
    """`Recovery rate: 51.1%, was 50.9%.`"""
    old, new = change.old, change.new
    if old.text != new.text:
        what = f"{new.text}, was {old.text}"
    elif old.value != new.value:
        what = f"{new.text} as before; unrounded {new.value or 'none'}, was {old.value or 'none'}"
    else:
        what = f"{new.text} as before; {new.status.replace('_', ' ')}, was {old.status.replace('_', ' ')}"
    return f"{new.title}: {what}."


def _pages(pages: PageChanges) -> Iterator[str]:
    for what, those in (("new", pages.new), ("gone", pages.gone)):
        if those:
            yield _with_list(f"{len(those):,} {plural(len(those), 'page is', 'pages are')} {what}", those)
    for what, those in (
        ("the words changed and no number did", pages.words),
        ("words and numbers changed", pages.both),
    ):
        if those:
            yield _with_list(f"On {len(those):,} {plural(len(those), 'page')} {what}", those)
    for what, those in (("numbers alone changed", pages.numbers), ("the markup alone changed", pages.looks)):
        if those:
            yield f"On {len(those):,} {plural(len(those), 'page')} {what}."


def _listed(one: str, many: str, changes: object) -> Iterator[str]:
    for name, what in (("changed", "changed"), ("new", "new"), ("gone", "gone")):
        those: Sequence[str] = getattr(changes, name)
        verb = "" if what == "changed" else plural(len(those), "is ", "are ")
        if those:
            yield _with_list(f"{len(those):,} {plural(len(those), one, many)} {verb}{what}", those)


def _others(count: int) -> Iterator[str]:
    if count:
        yield f"{count:,} other {plural(count, 'file differs', 'files differ')} (cards, styles, scripts and what hosts read)."


def _making(differences: Differences) -> Iterator[str]:
    making = differences.making
    for what, those in (("changed", making.changed), ("new", making.new), ("gone", making.gone)):
        verb = "" if what == "changed" else plural(len(those), "is ", "are ")
        if those:
            yield _with_list(f"{len(those):,} {plural(len(those), 'input')} {verb}{what}", those)
    if making.versions:
        yield "\n  ".join(["Made with other means:", *making.versions])


def _with_list(words: str, names: Sequence[str]) -> str:
    told = [name or "the home page" for name in names[:MOST_PATHS]]
    more = [f"… and {len(names) - MOST_PATHS:,} more"] if len(names) > MOST_PATHS else []
    return "\n  ".join([f"{words}:", *told, *more])


def _printable(text: str) -> str:
    """The text without what could steer a terminal: names come from files that others may have written."""
    return "".join(character for character in text if character.isprintable() or character == "\n")
