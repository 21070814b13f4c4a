"""The numbers beside a scale: which there are, and how they are written."""

from collections.abc import Sequence
from fractions import Fraction
from math import ceil, floor


def ticks_of(values: Sequence[float], unit: str) -> list[float]:
    """The numbers of a scale round all the values: whole steps of 1, 2 or 5, with a little to spare at both ends.

    Counts begin at 0. So does anything else whose lowest value is small beside its highest; a percentage ends at 100.
    """
    lowest, highest = min(values), max(values)
    from_nought = unit == "count" or lowest < (highest - lowest) / 2
    spread = Fraction(highest if from_nought else max(highest - lowest, abs(highest) / 50)).limit_denominator(10_000)
    finest = {"percent": Fraction(1), "count": Fraction(1), "ratio": Fraction(1, 20)}.get(unit, Fraction(1, 10))
    steps = (Fraction(size) * Fraction(10) ** power for power in range(-2, 12) for size in (1, 2, 5))
    step = next(size for size in steps if size >= finest and spread / size <= 4)
    bottom = 0 if from_nought else max(0, floor(Fraction(lowest) / step - Fraction(1, 5)))
    top = ceil(Fraction(highest) / step + Fraction(1, 5))
    if unit == "percent":
        top = min(top, ceil(100 / step))
    return [float(step * number) for number in range(bottom, max(top, bottom + 1) + 1)]


def tick_text(tick: float, unit: str, ticks: Sequence[float] = ()) -> str:
    """A number of a scale: `50%`, `£1k`, `1.5m` for a million and a half, `400k`, `7.0` by `7.5`."""
    if unit == "percent":
        return f"{tick:g}%"
    if unit == "pounds":
        return f"£{tick / 1e3:g}k" if tick >= 1e3 else f"£{tick:g}"
    if unit == "count":
        return f"{tick / 1e6:g}m" if tick >= 1e6 else f"{tick / 1e3:g}k" if tick >= 1e3 else f"{tick:g}"
    places = max((len(f"{other:g}".partition(".")[2]) for other in ticks), default=0)
    return f"{tick:.{places}f}"
