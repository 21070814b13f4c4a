"""How every chart looks: colours, sizes, and how much room words take. All of it is data.

Colour says what a mark is for and never says it alone: whatever is coloured is also labelled. The two
main colours differ in lightness as well as in hue, so that they hold up for colour-blind readers.
"""

from collections.abc import Mapping
from functools import cache

FONT = "sans-serif"
"""A named font would change the layout with what is installed; the reader's own sans serif does not."""

WIDTHS: Mapping[str, int] = {"wide": 720, "narrow": 304}
"""The two images a chart is drawn as, with their widths in CSS pixels. Each is laid out for its width.

The narrow one is what a screen of 320 pixels shows without shrinking it, a strip of 8 left free on either side."""

SPARK = (200, 64)
"""The width and height of the small drawing on a card, which has no words of its own."""

LABEL = 13
SMALL = 12
STRONG = 15
"""Sizes of text, in pixels. Nothing is smaller than SMALL."""

LIGHT: Mapping[str, str] = {
    "ink": "#1d1c1a",
    "quiet": "#6b6a66",
    "pale": "#a9a7a0",
    "hair": "#d8d5cc",
    "main": "#1f6f6b",
    "accent": "#a8431f",
}
"""The tones a mark can have. `accent` is for what the finding speaks of, `main` for the rest of the
story, the greys for context."""

DARK: Mapping[str, str] = {
    "ink": "#ece8df",
    "quiet": "#b3b0a8",
    "pale": "#7d7a73",
    "hair": "#45433e",
    "main": "#5fbdb5",
    "accent": "#e88a62",
}
"""What each tone becomes for a reader who prefers a dark screen."""

BANDS: Mapping[str, str] = {
    "band0": "transparent",
    "band1": "#dcebe6",
    "band2": "#a9cfc8",
    "band3": "#6fada6",
    "band4": "#2f7f79",
    "band5": "#0f4d4a",
}
"""What a map's bands are filled with, from the lowest to the highest; `band0` is for what has no band."""

EDGES: Mapping[str, str] = {
    "band0": "#8f8d87",
    "band1": "#9fb5b1",
    "band2": "#a9cfc9",
    "band3": "#6fada7",
    "band4": "#2f7f7a",
    "band5": "#0f4d4b",
}
"""What a band is outlined with. None of these colours is another's, so that each has a dark counterpart of its own."""

DARK_BANDS: Mapping[str, str] = {
    "#dcebe6": "#21393a",
    "#a9cfc8": "#2a5753",
    "#6fada6": "#357c75",
    "#2f7f79": "#55aaa1",
    "#0f4d4a": "#a8ddd6",
    "#8f8d87": "#8f8d87",
    "#9fb5b1": "#4a6664",
    "#a9cfc9": "#2a5753",
    "#6fada7": "#357c75",
    "#2f7f7a": "#55aaa1",
    "#0f4d4b": "#a8ddd6",
}
"""What each colour of a map becomes on a dark screen: pale stays low and deep becomes light."""

DASHES: Mapping[str, tuple[int, int]] = {"solid": (1, 0), "dashed": (5, 3)}

CONFIG: Mapping[str, object] = {
    "background": "transparent",
    "font": FONT,
    "view": {"stroke": None},
    "axis": None,
    "legend": None,
    "text": {"font": FONT, "fontSize": LABEL, "baseline": "middle"},
}
"""The configuration that every specification carries."""

# What letters of the widest common sans serifs (DejaVu Sans, Verdana) take, in hundredths of the size.
_LETTER_WIDTHS = {
    **dict.fromkeys("ijlI.,:;’'|!()[] ", 39),
    **dict.fromkeys("ftrs-", 45),
    **dict.fromkeys("mwMW%−", 97),
}
_DIGIT, _CAPITAL, _OTHER, _BOLDER = 64, 72, 62, 112


@cache
def text_width(words: str, size: int = LABEL, weight: str = "normal") -> int:
    """The pixels that `words` may take in a wide sans serif; most fonts need a little less."""
    plain = sum(
        _LETTER_WIDTHS.get(letter) or (_DIGIT if letter.isdigit() else _CAPITAL if letter.isupper() else _OTHER)
        for letter in words
    )
    return plain * size * (_BOLDER if weight == "bold" else 100) // 10_000 + 1


def wrap(words: str, width: float, size: int = SMALL) -> list[str]:
    """`words` in lines that fit `width` pixels; a word is never split."""
    lines: list[str] = []
    for word in words.split():
        if lines and text_width(f"{lines[-1]} {word}", size) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines
