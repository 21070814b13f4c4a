"""How many more recoveries a better rate would have meant."""

from fractions import Fraction

from yearbook.formatting import round_half_up

NEAREST = 5
"""What the answer is rounded to, as the counts it comes from are."""


def people_to_match(numerator: int, denominator: int, target_rate: float) -> int:
    """How many more referrals the area's outcome would have reached at `target_rate`, to the nearest 5; never below 0.

    `target_rate` is a proportion from 0 to 1, such as the 90th percentile of the peers' rates: "if it matched the best
    tenth". The unit is the referral: a person who was referred twice can be in it twice. Raises ValueError unless
    the target is a proportion and the counts are not negative.
    """
    if not 0 <= target_rate <= 1:
        raise ValueError(f"a target rate is a proportion from 0 to 1, not {target_rate}")
    if numerator < 0 or denominator < 0:
        raise ValueError(f"{numerator} of {denominator} are no counts")
    short = Fraction(target_rate) * denominator - numerator
    return max(0, int(round_half_up(short / NEAREST)) * NEAREST)
