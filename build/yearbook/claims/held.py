"""Holds a quantity that an editor typed to the figure it is said to be, at the precision it is typed in."""

import re
from fractions import Fraction

from yearbook.claims.bases import BASES, base_of
from yearbook.claims.quantities import find_quantities, value_of
from yearbook.formatting import format_figure, format_number, round_half_up
from yearbook.metrics import METRICS_BY_NAME
from yearbook.report import Change
from yearbook.values import Figure
from yearbook.wording import change_words

_SCALES = {"thousand": 1000, "million": 10**6, "billion": 10**9}
_PER_CENT = re.compile(r"%|\bper ?cent\b")
_POINTS = re.compile(r"\bpoints?\b|\bpp\b")
_DOWN = re.compile(
    r"\b(?:down|fell|fall|fallen|drop(?:ped)?|decline[sd]?|decrease[sd]?|lower|below|less|fewer)\b|^[−-]"
)
_UP = re.compile(r"\b(?:up|rose|rise|risen|increased?|grew|growth|higher|above|more)\b|^\+")


def why_not_held(text: str, metric: str, figure: Figure, base: str = "") -> str:
    """Why `text` is not the figure of the metric, as one sentence or more; empty when it is."""
    title = METRICS_BY_NAME[metric].title
    if base and (named := _why_not_base(metric, base)):
        return named
    read, why = _read(text)
    if read is None:
        return why
    number, places, scale = read
    if not figure.known:
        return f"{title} has no figure to hold it to: it is {figure.status.words}."
    is_rate = METRICS_BY_NAME[metric].is_rate
    if is_rate and _POINTS.search(text):
        return f"{title} is a percentage. Points are the difference of two: name the earlier year with since."
    if is_rate != bool(_PER_CENT.search(text)):
        return f"{title} is {'a percentage' if is_rate else 'no percentage'}: it was {format_figure(figure)}."
    if Fraction(round_half_up(Fraction(figure.exact) / scale, places)) != number:
        return f"{title} was {format_figure(figure)}{_unrounded(figure.exact, places, is_rate)}."
    return ""


def why_change_not_held(text: str, metric: str, change: Change, kind: str = "") -> str:
    """Why `text` is not the change of the metric; empty when it is. `kind` as in `change`."""
    title = METRICS_BY_NAME[metric].title
    read, why = _read(text)
    if read is None:
        return why
    number, places, scale = read
    if change.difference is None:
        return f"{title} has no change to hold it to: one of the two years has no figure."
    if METRICS_BY_NAME[metric].is_rate:
        if not _POINTS.search(text):
            return (
                f"{title} is itself a percentage, so its change is in percentage points: it went from "
                f"{format_figure(change.before.figure)} to {format_figure(change.after.figure)}, "
                f"{change_words(metric, change)}. In per cent of itself that would be another number."
            )
        size, unit = Fraction(change.difference), " percentage points"
    elif kind != "count" and _PER_CENT.search(text):
        if change.relative is None:
            return f"{title} was nothing in the earlier year, so it has no change in per cent."
        size, unit = change.relative, "%"
    else:
        if _POINTS.search(text):
            return (
                f"{title} is no percentage, so its change is in per cent or in number, and not in points: it was "
                f"{change_words(metric, change)}."
            )
        size, unit = Fraction(change.difference) / scale, ""
    if Fraction(round_half_up(abs(size), places)) != number:
        way = "down" if size < 0 else "up"
        return f"{title} went {way} {format_number(abs(size), max(places, 1 if unit else 0))}{unit}."
    if (size < 0 and _UP.search(text)) or (size > 0 and _DOWN.search(text)):
        return f"{title} went {'down' if size < 0 else 'up'}, and not the other way."
    return ""


def _why_not_base(metric: str, base: str) -> str:
    own = base_of(metric)
    if base not in BASES:
        return f'"{base}" is no base: they are {", ".join(BASES)}.'
    if base != own:
        found = METRICS_BY_NAME[metric]
        return f"{found.title} is {found.base or 'a count, which has no base'}, and not {BASES[base]}."
    return ""


def _read(text: str) -> tuple[tuple[Fraction, int, int] | None, str]:
    """The number that is typed, its decimals and what it counts in; or why it cannot be read."""
    found = value_of(text)
    if found is None:
        if find_quantities(text) and not re.search(r"\d", text):
            return None, f'"{text}" is a phrase, and not a number in digits: use say.'
        return None, f'"{text}" does not hold just one number in digits.'
    scale = next((size for word, size in _SCALES.items() if re.search(rf"\b{word}\b", text)), 1)
    return (*found, scale), ""


def _unrounded(exact: int | Fraction, places: int, is_rate: bool) -> str:
    """The value with more decimals, where the printed one would not show why the typed one fails."""
    return f" ({format_number(exact, places + 3)}% unrounded)" if is_rate and places else ""
