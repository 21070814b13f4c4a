"""A labelled set for a detector of statistical claims: what it must find, and what it must leave alone.

What it must find are the statistical claims of five posts by others. They lie beside the repository and are not part of
it, so they are read when a test runs, and a test without them is skipped. What it must leave alone are sentences of our
own, in `ordinary.txt`, a kind and a sentence a line.

A detector is anything that takes a text and gives the stretches of it that are claims, as pairs of positions.
"""

import csv
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

Span = tuple[int, int]
Detector = Callable[[str], Iterable[Span]]

REPOSITORY = Path(__file__).resolve().parents[2]
SHARED = REPOSITORY.parent / "shared"
POST_CLAIMS = SHARED / "reference" / "post_claims.csv"
ORDINARY = Path(__file__).with_name("ordinary.txt")

STATISTICAL_KINDS = (
    "count",
    "rate_percent",
    "rate_phrase",
    "change_pp",
    "change_count",
    "ratio",
    "superlative",
    "threshold",
    "cost",
    "rank",
)
"""The kinds of row that are statistics, unless `NOT_STATISTICAL` says why one is not.

The other two kinds are `definition` (what a word means, such as that two sessions make a course) and `other` (pages,
dates, parts of a series, lengths of reading time).
"""

OPINION = "an opinion that names neither a quantity nor a comparison of figures"
INTENTION = "what was planned or expected, with no figure"
NO_FIGURE = "a cost or a saving with no figure and no comparison of figures"

NOT_STATISTICAL = {
    "001-24": "a figure of speech about a surgeon's odds, not about these data",
    "001-36": OPINION,
    "001-37": OPINION,
    "001-40": NO_FIGURE,
    "001-42": NO_FIGURE,
    "002-05": INTENTION,
    "002-06": "a fact of policy: the first year of a kind of target",
    "002-07": INTENTION,
    "002-10": "longer than is needed: a judgement of care, with no length",
    "002-11": NO_FIGURE,
    "003-04": "a premise of the programme, told with no quantity",
    "003-18": OPINION,
    "003-35": OPINION,
    "003-43": OPINION,
    "003-46": "an order of importance that a reader gives from memory, with no figure",
    "003-48": OPINION,
    "004-61": OPINION,
    "004-70": OPINION,
}
"""Rows of a statistical kind that state no statistic, by id, each with the reason."""


@dataclass(frozen=True, slots=True)
class PostClaim:
    """A row of the list of the posts' claims, as it is written there."""

    id: str
    post: str
    quote: str
    kind: str
    value: str
    unit: str
    agrees: str

    @property
    def is_statistical(self) -> bool:
        """Whether it states a statistic: a quantity of something, or a comparison of two."""
        return self.kind in STATISTICAL_KINDS and self.id not in NOT_STATISTICAL


@dataclass(frozen=True, slots=True)
class LabelledClaim:
    """A claim that a detector must find in `text`, the paragraph it stands in.

    `target` is what a stretch must touch to have found it: the number where the claim states one in figures, and
    otherwise any of the words quoted.
    """

    id: str
    text: str
    target: Span

    @property
    def words(self) -> str:
        """What must be touched."""
        return self.text[slice(*self.target)]


@dataclass(frozen=True, slots=True)
class OrdinarySentence:
    """A sentence of ours that makes no claim. `kind` is what in it might be taken for one."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Score:
    """How a detector did: what it missed of what it was to find, and where it cried out for nothing."""

    claims: int
    missed: tuple[LabelledClaim, ...]
    sentences: int
    false_alarms: tuple[tuple[OrdinarySentence, str], ...]

    @property
    def recall(self) -> float:
        """The proportion of the claims that were found."""
        return 1 - len(self.missed) / self.claims

    @property
    def false_alarm_rate(self) -> float:
        """The proportion of the ordinary sentences in which anything at all was found."""
        return len(self.false_alarms) / self.sentences

    def __str__(self) -> str:
        missed = "".join(f"\n  missed {claim.id}: {claim.words}" for claim in self.missed)
        alarms = "".join(f'\n  false alarm at "{at}" ({said.kind}): {said.text}' for said, at in self.false_alarms)
        return (
            f"found {self.claims - len(self.missed)} of {self.claims} claims ({self.recall:.1%}), cried out in "
            f"{len(self.false_alarms)} of {self.sentences} ordinary sentences ({self.false_alarm_rate:.1%})"
            f"{missed}{alarms}"
        )


def read_post_claims(path: Path = POST_CLAIMS) -> list[PostClaim]:
    """Every row of the list of the posts' claims. Skips the test where the list does not lie beside the repository."""
    if not path.exists():
        pytest.skip("the claims of the posts are not among the files beside the repository")
    with path.open(encoding="utf-8", newline="") as file:
        return [
            PostClaim(row["id"], row["post"], row["quote"], row["kind"], row["value"], row["unit"], row["agrees"])
            for row in csv.DictReader(file)
        ]


def read_ordinary(path: Path = ORDINARY) -> list[OrdinarySentence]:
    """The ordinary sentences, in the order of the file."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [OrdinarySentence(*line.split("\t")) for line in lines]


def labelled_claims(rows: Sequence[PostClaim] | None = None, shared: Path = SHARED) -> list[LabelledClaim]:
    """The statistical claims of the posts, each in its paragraph.

    Raises ValueError for a quotation that its post does not hold, so that nothing falls out of the set unseen.
    """
    asked = read_post_claims() if rows is None else rows
    return [_labelled(row, (shared / row.post).read_text(encoding="utf-8")) for row in asked if row.is_statistical]


def measure(detector: Detector, claims: Sequence[LabelledClaim], sentences: Sequence[OrdinarySentence]) -> Score:
    """How the detector does on a labelled set."""
    missed = [claim for claim in claims if not any(_touch(span, claim.target) for span in detector(claim.text))]
    alarms = []
    for sentence in sentences:
        spans = list(detector(sentence.text))
        if spans:
            alarms.append((sentence, sentence.text[slice(*spans[0])]))
    return Score(len(claims), tuple(missed), len(sentences), tuple(alarms))


def _labelled(row: PostClaim, post: str) -> LabelledClaim:
    """The claim in its paragraph, or in its lines where the quotation runs over from a heading."""
    quoted = re.search(r"\s+".join(map(re.escape, row.quote.split())), post)
    if quoted is None:
        raise ValueError(f"{row.post} does not hold the quotation of {row.id}")
    begins = post.rfind("\n", 0, quoted.start()) + 1
    ends = post.find("\n", quoted.end())
    first, last = _number_in(quoted[0], row.value.lstrip("-")) or (0, len(quoted[0]))
    shift = quoted.start() - begins
    return LabelledClaim(row.id, post[begins : ends if ends >= 0 else len(post)], (shift + first, shift + last))


def _number_in(quoted: str, number: str) -> Span | None:
    """Where the number stands in the quotation; None where it is told in words or is no number."""
    if not re.fullmatch(r"\d+(\.\d+)?", number):
        return None
    for written in (f"{int(number):,}" if number.isdigit() else number, number):
        if found := re.search(rf"(?<![\d.,]){re.escape(written)}(?!\d|[.,]\d)", quoted):
            return found.span()
    return None


def _touch(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]
