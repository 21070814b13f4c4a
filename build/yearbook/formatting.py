"""How numbers and small pieces of text are printed.

Rounding is half up, away from zero, and happens here and nowhere else: the publisher rounds so, and
Python's own `round` (half to even) gets two of England's published recovery rates wrong.
"""

import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from yearbook.values import Figure

MINUS = "−"  # U+2212, so that a negative number does not break after its sign

_SMALL = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def round_half_up(number: int | Fraction, places: int = 0) -> Decimal:
    """`number` to `places` decimals, halves away from zero: 50.25 to one place is 50.3."""
    return Decimal(_units(number, places)).scaleb(-places)


def _units(number: int | Fraction, places: int) -> int:
    """`number` in units of its last printed place: 50.25 to one place is 503 tenths."""
    above, below = abs(number.numerator) * 10**places, number.denominator
    whole: int = (2 * above + below) // (2 * below)
    return -whole if number.numerator < 0 else whole


def format_number(number: int | Fraction, places: int = 0) -> str:
    """`1,694,790`, `51.1`, `−0.5`: thousands marked, a true minus sign, never `−0.0`."""
    units = _units(number, places)
    whole, part = divmod(abs(units), 10**places)
    text = f"{whole:,}.{part:0{places}}" if places else f"{whole:,}"
    return f"{MINUS}{text}" if units < 0 else text


def format_figure(figure: Figure, places: int | None = None) -> str:
    """A figure as the site prints it, in its unit: `291,371`, `51.1%`, `21.6 days`, `6.9`, or its mark, `[c]`.

    `places` decimals; without it none for counts, two for ratios, one for anything else.
    """
    if not figure.known:
        return figure.status.value
    if places is None:
        places = {"count": 0, "ratio": 2}.get(figure.unit, 1)
    text = format_number(figure.exact, places)
    return text + {"percent": "%", "days": " days"}.get(figure.unit, "")


def format_pounds(number: int | Fraction) -> str:
    """A sum of money to the pound: `£1,766`."""
    return f"£{format_number(number)}"


def number_word(number: int) -> str:
    """`one` to `twelve`, then digits."""
    return _SMALL[number] if 0 <= number < len(_SMALL) else f"{number:,}"


def plural(number: int | Fraction, one: str, many: str = "") -> str:
    """`one` if `number` is 1, otherwise `many` (by default `one` with an s)."""
    return one if abs(number) == 1 else many or f"{one}s"


def join_words(words: Sequence[str], last: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def sentence_case(words: str) -> str:
    """`words` with its first letter in upper case."""
    return words[:1].upper() + words[1:]


def ascii_letters(words: str) -> str:
    """`words` with the accents taken off its letters: `Zoë` is `Zoe`. What has no plain letter is left out."""
    return unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode("ascii")
