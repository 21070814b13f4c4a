"""The glossary's words in running text: the first time one stands on a page, it opens its plain-English definition.

The word becomes a button and the definition a popover at the end of the page, which browsers open and close by
themselves: no script has a part in it. Which words are looked for is said by the glossary, in its front matter; what a
definition says is the first sentence of its entry. Headings, links, tables, figures, quotations and workings are left
as they are. It works on finished pages, so the ledger of claims never sees it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from html import escape

from yearbook.errors import CommentaryError, Problem, suggest
from yearbook.pages.commentary import Commentary
from yearbook.pages.page import Page, relative_link
from yearbook.pages.text import slug

GLOSSARY = "glossary/"
"""The address of the glossary."""

WORDS = "words"
"""The field of the glossary's front matter that says in what words each term is looked for."""

MOST, FEWER = 12, {"area": 2}
"""How many terms are explained on a page, and on one of the layouts that must stay lighter."""

_ENTRY = re.compile(r"^(?P<term>\w[^\n]*)\n:[ \t]+(?P<text>.+?)(?=\n\s*\n|\Z)", re.MULTILINE | re.DOTALL)
_SENTENCE = re.compile(r".+?[.!?](?=\s|$)", re.DOTALL)

_TAG = re.compile(r"<!--.*?-->|<(?P<close>/?)(?P<name>[a-zA-Z][\w-]*)(?P<rest>(?:\s[^>]*)?)>", re.DOTALL)
_TAG_OR_WHOLE = re.compile(rf"<(?P<whole>table|svg)\b.*?</(?P=whole)>|{_TAG.pattern}", re.DOTALL)
"""A tag, or all of an element in which no text runs and which holds none of its own kind."""
_CLASS = re.compile(r'\sclass="([^"]*)"')
_EMPTY = frozenset(["area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"])
_INLINE = frozenset(["abbr", "em", "i", "small", "span", "sub", "sup", "time"])
_RUNNING = frozenset(("p", "li"))
_BARRED = frozenset(
    [
        "a",
        "b",
        "blockquote",
        "button",
        "caption",
        "code",
        "details",
        "dl",
        "figure",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "label",
        "nav",
        "pre",
        "q",
        "select",
        "strong",
        "svg",
        "table",
    ]
)
_BARRED_CLASSES = frozenset(
    [
        "article-head",  # a title and a standfirst are to be read in one breath
        "base",
        "byline",
        "cited",
        "downloads",
        "folio",
        "formula",
        "meanings",
        "note",
        "series",
        "standfirst",
        "succession",
        "table-files",
        "to-copy",
        "workings",
    ]
)

# What is no running text within Markdown: links, code, attributes, addresses; then whole lines that are no paragraph.
_APART = re.compile(r"!?\[[^\]]*\](?:\([^)]*\)|\[[^\]]*\])|`[^`]*`|\{[:#][^}]*\}|https?://\S+")
_NO_PROSE = re.compile(r"[ \t]*(?:#|>|\||!!!|```|\{:|\[\^)")
_RULED = re.compile(r"^[ \t]*\|?[ \t]*:?-+:?[ \t]*\|[-|: \t]*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the glossary: its anchor there, the words it is looked for in, and what it means in one sentence."""

    name: str
    anchor: str
    forms: tuple[str, ...]
    meaning: str


def read_terms(glossary: Commentary | None) -> tuple[Term, ...]:
    """The terms that the glossary wants explained where they are first used; none where there is no glossary.

    Raises CommentaryError with every problem of the field that names them.
    """
    if glossary is None:
        return ()
    given = glossary.fields.get(WORDS) or {}
    entries = {found["term"].strip(): found["text"] for found in _ENTRY.finditer(glossary.body)}
    problems = list(_check_words(given, entries, glossary))
    if problems:
        raise CommentaryError(problems)
    return tuple(
        Term(name, slug(name), tuple(forms), _first_sentence(entries[name]) or "") for name, forms in given.items()
    )


def _check_words(given: object, entries: Mapping[str, str], glossary: Commentary) -> Iterator[Problem]:
    file, line = glossary.file, glossary.lines.get(WORDS, 1)
    if not isinstance(given, dict):
        yield Problem(file, line, WORDS, "The words are no list of terms.", "write each as Caseness: [caseness]")
        return
    seen: dict[str, str] = {}
    for name, forms in given.items():
        if name not in entries:
            what = f'The glossary has no entry "{name}".'
            yield Problem(file, line, WORDS, what, suggest(str(name), entries, "name a term as its entry is headed"))
        elif _first_sentence(entries[name]) is None:
            what = f'The first sentence of "{name}" cannot stand alone.'
            fix = "say what the term means in one plain sentence, without an expression, and go on from there"
            yield Problem(file, line, WORDS, what, fix)
        if not isinstance(forms, list) or not all(isinstance(form, str) and form.strip() for form in forms):
            what = f'"{forms}" is not a list of words.'
            yield Problem(file, line, WORDS, what, f"write it as {name}: [first form, second form]")
            continue
        for form in forms:
            if seen.setdefault(form, name) != name:
                what = f'"{form}" stands for both "{seen[form]}" and "{name}".'
                yield Problem(file, line, WORDS, what, "let it stand for one of the two")


def _first_sentence(entry: str) -> str | None:
    """What an entry begins with, on one line; None where that is no whole sentence or needs an expression."""
    found = _SENTENCE.match(" ".join(entry.split()))
    if found is None or "{{" in found[0] or "*" in found[0]:
        return None
    return found[0].replace("'", "’")


def explain_terms(page: Page, terms: Sequence[Term]) -> Page:
    """The page with its terms explained, each where it first stands; the glossary as it is."""
    by_form, pattern = _forms(tuple(terms))
    if not by_form or page.address == GLOSSARY:
        return page
    body, most = page.body, min(FEWER.get(page.layout, MOST), len(terms))
    parts: list[str] = []
    end, explained = 0, dict[str, Term]()
    for start, stop in _running_text(body, page.is_html):
        if len(explained) == most:
            break
        apart = [] if page.is_html else [found.span() for found in _APART.finditer(body, start, stop)]
        for found in pattern.finditer(body, start, stop):
            term = by_form[_folded(found[0])]
            if term.name in explained:
                continue
            if any(left < found.end() and found.start() < right for left, right in apart):
                continue
            if _is_apart(body, found.start(), page.is_html) or _ends_a_name(body, found):
                continue
            explained[term.name] = term
            parts += [body[end : found.start()], _button(term, found[0])]
            end = found.end()
            if len(explained) == most:
                break
    if not explained:
        return page
    meanings = "\n".join(_popover(term, page.address) for term in explained.values())
    closing = f'\n\n<div class="meanings" data-pagefind-ignore>\n{meanings}\n</div>\n'
    return replace(page, text="".join([*parts, body[end:].rstrip(), closing]))


@cache
def _forms(terms: tuple[Term, ...]) -> tuple[Mapping[str, Term], re.Pattern[str]]:
    """The term of each form, and what finds any of them."""
    by_form = {_folded(form): term for term in terms for form in term.forms}
    return by_form, _pattern(by_form)


def _folded(form: str) -> str:
    """A form as it is looked up: on one line, without regard to the first letter's case."""
    form = " ".join(form.split())
    return form[:1].lower() + form[1:]


def _pattern(forms: Iterable[str]) -> re.Pattern[str]:
    """Matches any of the forms as whole words, the longest first, at the start of a sentence too."""
    written = []
    for form in sorted(forms, key=len, reverse=True):
        words = r"\s+".join(re.escape(word) for word in form.split())
        head, rest = (form[0], words[1:]) if form[0].isalpha() else ("", words)
        written.append(f"[{head.lower()}{head.upper()}]{rest}" if head else rest)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(written)})(?![\w-])")


def _running_text(body: str, is_html: bool) -> Iterator[tuple[int, int]]:
    """Where in the body running text stands: from and to, between tags, in paragraphs and the items of lists."""
    open_elements: list[tuple[str, bool, bool]] = []  # name, whether it bars all within, whether Markdown is read in it
    end = barred = running = 0
    for tag in _TAG_OR_WHOLE.finditer(body):
        if end < tag.start() and not barred and (running or _is_prose(open_elements, is_html)):
            yield end, tag.start()
        end = tag.end()
        if tag["name"] is None:
            continue
        name, rest = tag["name"].lower(), tag["rest"]
        if name in _EMPTY or rest.endswith("/"):
            continue
        if not tag["close"]:
            classes = _CLASS.search(rest) if rest else None
            bars = name in _BARRED or bool(classes and _BARRED_CLASSES & set(classes[1].split()))
            open_elements.append((name, bars, 'markdown="1"' in rest))
            barred, running = barred + bars, running + (name in _RUNNING)
        elif any(one[0] == name for one in open_elements):
            closed = ""
            while closed != name:
                closed, bars, _ = open_elements.pop()
                barred, running = barred - bars, running - (closed in _RUNNING)
    if end < len(body) and not barred and (running or _is_prose(open_elements, is_html)):
        yield end, len(body)


def _is_prose(open_elements: Sequence[tuple[str, bool, bool]], is_html: bool) -> bool:
    """Whether text within these elements, none of which is a paragraph, is a paragraph of Markdown."""
    blocks = [markdown for name, _, markdown in open_elements if name not in _INLINE]
    return not is_html and (not blocks or blocks[-1])


def _is_apart(body: str, position: int, is_html: bool) -> bool:
    """Whether what stands at `position` is quoted, bold, a source, or within Markdown that is no paragraph."""
    start = body.rfind("\n" if is_html else "\n\n", 0, position) + 1
    before = _TAG.sub("", body[start:position])
    if before.count("“") > before.count("”") or before.count('"') % 2 or "Source: " in before:
        return True
    if is_html:
        return False
    stop = body.find("\n\n", position)
    block = body[start : stop if stop != -1 else len(body)].lstrip("\n")
    line = body[body.rfind("\n", 0, position) + 1 : position]
    if before.count("**") % 2 or _NO_PROSE.match(line) or _RULED.search(block):
        return True
    return block.startswith(("#", ">", "|", "```", "{:"))


def _ends_a_name(body: str, found: re.Match[str]) -> bool:
    """Whether capitals such as CCG are the end of a name: NHS Brighton and Hove CCG."""
    return found[0].rstrip("s").isupper() and bool(_NAME.search(body[max(0, found.start() - 40) : found.start()]))


_NAME = re.compile(r"\w,?\s[A-Z][\w’-]*\s+\Z")
"""A word with a capital that does not begin its sentence."""


def _button(term: Term, words: str) -> str:
    return f'<button type="button" class="term" popovertarget="t-{term.anchor}">{words}</button>'


def _popover(term: Term, address: str) -> str:
    """The definition: it takes the focus when it opens, so that it is read out, and gives it back when it closes."""
    link = relative_link(f"{GLOSSARY}#{term.anchor}", address)
    return (
        f'<div popover autofocus tabindex="-1" role="dialog" aria-label="{escape(term.name)}" id="t-{term.anchor}" '
        f'class="meaning"><p>{escape(term.meaning)} '
        f'<a href="{link}">In the glossary</a></p></div>'
    )
