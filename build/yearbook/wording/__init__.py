"""Words for numbers, by published rules: changes and records, how places stand, how they lie apart."""

from yearbook.wording.areas import (
    against_england,
    opening_sentences,
    ordinal,
    place_words,
    rank_words,
    succession_sentences,
    verdict_words,
)
from yearbook.wording.changes import FLAT_POINTS, change_words, gap_words, is_flat, standing_words
from yearbook.wording.spreads import (
    after_sentences,
    bands_of,
    chance_sentence,
    compare_sentence,
    difference_sentence,
    funnel_sentence,
    left_out_sentences,
    middle_sentence,
    ratio_words,
    spread_change_sentence,
    spread_finding,
    spread_words,
)

__all__ = [
    "FLAT_POINTS",
    "after_sentences",
    "against_england",
    "bands_of",
    "chance_sentence",
    "change_words",
    "compare_sentence",
    "difference_sentence",
    "funnel_sentence",
    "gap_words",
    "is_flat",
    "left_out_sentences",
    "middle_sentence",
    "opening_sentences",
    "ordinal",
    "place_words",
    "rank_words",
    "ratio_words",
    "spread_change_sentence",
    "spread_finding",
    "spread_words",
    "standing_words",
    "succession_sentences",
    "verdict_words",
]
