"""Numbers in words, read and written: `seventeen`, `one and a half`, `two-thirds`, `one in five`."""

import re
from dataclasses import dataclass
from fractions import Fraction

_UNITS = (
    "nought", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_PARTS = {
    "half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "twelfth": 12, "twentieth": 20,
}  # fmt: skip
_YEAR = re.compile(r"(?P<start>\d{4})\s*[-–—/]\s*(?P<end>\d{2}(?:\d{2})?)")


def plain(words: str) -> str:
    """Words as the rules read them: in lower case, single spaces, no hyphens but in years, written `2015-16`."""
    text = words.lower().replace("’", "'").replace("\u00a0", " ")
    text = _YEAR.sub(lambda found: f"{found['start']}-{found['end'][-2:]}", text)
    text = re.sub(r"(?<=[a-z])\s*[-–—]\s*(?=[a-z])", " ", text)
    return " ".join(text.replace(",", " ").strip(" .;:!").split())


def count_in_words(number: int) -> str:
    """`seventeen`, `twenty-one`, `a hundred`; digits from 101."""
    if number < len(_UNITS):
        return _UNITS[number]
    if number < 100:
        tens, units = divmod(number, 10)
        return f"{_TENS[tens - 2]}{f'-{_UNITS[units]}' if units else ''}"
    return "a hundred" if number == 100 else str(number)


def read_count(words: str) -> int | None:
    """The whole number that plain words or digits say, up to a hundred in words; None where they say none."""
    if words.isascii() and words.isdigit():
        return int(words)
    if words in ("a hundred", "one hundred", "every hundred", "hundred"):
        return 100
    if words in ("a", "an"):
        return 1
    return next((number for number in range(1, 100) if count_in_words(number).replace("-", " ") == words), None)


@dataclass(frozen=True, slots=True)
class Amount:
    """A number and the step it is said to: `one and a half` is 3/2 to the nearest half, `1.50` to the nearest hundredth."""

    number: Fraction
    step: Fraction


def read_amount(words: str) -> Amount | None:
    """The amount in plain words such as `two`, `a`, `half a`, `one and a half` or `1.5`; None where they are none."""
    if re.fullmatch(r"\d+\.\d+", words):
        return Amount(Fraction(words), Fraction(1, 10 ** len(words.partition(".")[2])))
    if words in ("half", "a half", "half a", "half of a", "half of one"):
        return Amount(Fraction(1, 2), Fraction(1, 2))
    whole, and_a_half, rest = words.partition(" and a half")
    number = read_count(whole)
    if number is None or rest:
        return None
    return Amount(number + Fraction(1, 2), Fraction(1, 2)) if and_a_half else Amount(Fraction(number), Fraction(1))


def amount_in_words(number: Fraction) -> str:
    """`two`, `one and a half`, `half a`: a number of halves, as it stands before its unit."""
    whole, rest = divmod(number, 1)
    if not whole:
        return "half a"
    return f"{count_in_words(int(whole))}{' and a half' if rest else ''}"


@dataclass(frozen=True, slots=True)
class Fractional:
    """A fraction between nought and one as an editor says it; `of_hundred` says that it is so many in a hundred."""

    number: Fraction
    of_hundred: bool = False


_IN = re.compile(r"(?:a |an )?(?P<over>[\w ]+?) (?:(?:in|out of)(?: every| each)?|of every) (?P<under>[\w ]+)")


def read_fraction(words: str) -> Fractional | None:
    """The fraction in plain words: `half`, `two thirds`, `one in five`, `3 out of 10`, `an even chance`."""
    words = re.sub(r" (?:chance|chances)$", "", words)
    if words in ("half", "a half", "one half", "even", "an even", "evens"):
        return Fractional(Fraction(1, 2))
    found = _IN.fullmatch(words)
    if found:
        over, under = read_count(found["over"]), read_count(found["under"])
        if over is None or under is None or not 0 < over < under <= 100:
            return None
        return Fractional(Fraction(over, under), under == 100)
    first, _, last = words.rpartition(" ")
    parts, number = _PARTS.get(last) or _PARTS.get(last.removesuffix("s")), read_count(first)
    if parts is None or number is None or not 0 < number < parts:
        return None
    return Fractional(Fraction(number, parts))
