"""Which base a phrase names: the six that the metrics stand on, and people, whom the figures do not count."""

import re
from collections.abc import Mapping

from yearbook.metrics import (
    CASENESS_BASE,
    ENDED_BASE,
    ENTERED_BASE,
    FINISHED_BASE,
    METRICS_BY_NAME,
    RECEIVED_BASE,
    TREATED_BASE,
)

BASES: Mapping[str, str] = {
    "received": RECEIVED_BASE,
    "entered": ENTERED_BASE,
    "ended": ENDED_BASE,
    "treated": TREATED_BASE,
    "finished": FINISHED_BASE,
    "caseness": CASENESS_BASE,
}
"""The bases by the names that `claim(..., base=)` takes."""

_NAMED = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        ("caseness", r"caseness|case level|counted for recovery|eligible|clinical (?:line|threshold)|unwell enough"),
        (
            "treated",
            r"\bended (?:\w+ )?(?:after|with|having)\b.*(?:treatment|appointment)|reached treatment|left after",
        ),
        (
            "finished",
            r"\bfinish|complet|\bcourses\b|end of (?:treatment|therapy)|ended (?:treatment|therapy)|"
            r"end (?:treatment|therapy)",
        ),
        ("entered", r"\benter|\bstarted\b|\bbegan\b|\bbegin\b|accessed|\bstart (?:treatment|therapy)"),
        ("ended", r"\bended\b|\bclosed\b|\bended?ing referrals\b"),
        ("received", r"\breceived\b|\breferred\b|\bcame in\b|\ball referrals$|^referrals$|\bnew referrals\b"),
        (
            "people",
            r"\b(?:people|patients|clients|persons|everyone|everybody|adults|men and women|sufferers|users)\b",
        ),
    )
)


def base_named(words: str) -> str:
    """The base that the words name: a name of `BASES`, `people`, or nothing when they name none."""
    return next((name for name, pattern in _NAMED if pattern.search(words)), "")


def base_of(metric: str) -> str:
    """The name of the base a rate stands on; empty for what has none, or another."""
    base = METRICS_BY_NAME[metric].base
    if base.startswith("of referrals with the published mark of caseness"):
        return "caseness"
    return next((name for name, words in BASES.items() if base.removesuffix(", whatever their group") == words), "")
