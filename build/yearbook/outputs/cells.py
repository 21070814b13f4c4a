"""How a value is written into a file: numbers unrounded, words safe from a spreadsheet."""

from decimal import Decimal
from fractions import Fraction

from yearbook.formatting import round_half_up

DECIMALS = 10
"""How many decimals an unrounded number is written to: far more than any published count can tell apart."""

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def guarded(text: str) -> str:
    """The text, with an apostrophe before whatever a spreadsheet would take for a formula."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def unrounded(number: int | Fraction) -> int | Decimal:
    """The number as it is, or as a decimal without needless noughts, to `DECIMALS` places where it has no end."""
    if number.denominator == 1:
        return int(number)
    text = f"{round_half_up(number, DECIMALS):f}"
    return Decimal(text.rstrip("0").rstrip("."))
