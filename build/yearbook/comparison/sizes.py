"""How large an area must be at a rate's denominator to be shown, ranked and named.

In referrals, as published. Small areas vary so much by chance that the first and last of a list would nearly
always be small ones.
"""

SMALLEST_SHOWN = 30
"""A rate of ours is shown from this many at its denominator; the publisher's own is shown wherever it is published."""

RANKED_FROM = 100
"""An area has a rank from this many; below it is shown without one."""

NAMED_FROM = 500
"""An area is named as highest or lowest from this many."""
