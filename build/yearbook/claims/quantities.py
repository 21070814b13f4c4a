"""Finds the quantities in plain prose: numbers with a unit, counts, fractions, ratios, records, trends.

A quantity is anything that the figures could make false. What merely looks like one is in `exempt`. The detector reads
words alone: it knows no figure, so that nothing passes because some figure happens to match.
"""

import re
from dataclasses import dataclass
from fractions import Fraction

from yearbook.claims.exempt import SMALL, blank_exempt

_WORDS = {word: number for number, word in enumerate(SMALL.split("|"), 1)}
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_COUNT = (
    rf"(?:{_NUMBER}|{SMALL}|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|"
    r"sixty|seventy|eighty|ninety)"
)
_THINGS = (
    r"(?:referrals|people|patients|clients|courses|recoveries|appointments|sessions|CCGs|STPs|ICBs|"
    r"areas|providers|boards|hubs|"
    r"services|regions|therapists|staff|places|finished courses)"
)
_FRACTIONS = r"(?:halves|half|thirds?|quarters?|fifths?|sixths?|sevenths?|eighths?|ninths?|tenths?)"
_HEDGE = (
    r"(?:\b(?:only |just |still |very |well |nearly |almost |about |around |roughly |approximately |"
    r"approx |some |close to |little |slightly |"
    r"just over |just under |a little over |a little under |little more than |slightly more than |"
    r"more than |over |at least |"
    r"less than |fewer than |under |below |above |barely |not quite |up to |as many as |"
    r"getting on for |no more than )+)?"
)
_MEASURED = (
    r"(?:rates?|proportions?|shares?|percentages?|numbers?|levels?|figures?|recover(?:y|ies|ed|ing|s)|"
    r"referrals?|completion|"
    r"improvement|deterioration|waits?|waiting|finish(?:ed|ing)|attrition|access|gaps?|spread|ratio|"
    r"courses?|performance|"
    r"outcomes?|appointments?|clients|patients|people)"
)
_RISES = (
    r"(?:rose|risen|fell|fallen|dropped|declined|increased|decreased|grew|grown|shrank|shrunk|widened|"
    r"narrowed|worsened|"
    r"deteriorated|climbed|slipped|soared|plunged|improved|(?:is|are|was|were|been) (?:now |still |again |also |not )?(?:rising|"
    r"falling|declining|growing|"
    r"shrinking|widening|narrowing|worsening|improving|higher|lower)|getting (?:better|worse)|exceeded|met|missed|"
    r"(?:the )?declining|(?:the )?falling|(?:the )?rising)"
)
_KINDS: tuple[tuple[str, str], ...] = (
    ("money", rf"{_HEDGE}[£$€] ?(?:{_NUMBER})(?: ?(?:m|bn|million|billion)\b)?"),
    (
        "percent",
        rf"{_HEDGE}(?:{_NUMBER})(?: ?%|[ -](?:per ?cent|percentage[ -]points?|points?)\b)"
        rf"|{_HEDGE}(?:(?:{SMALL})(?: and an? (?:half|quarter|third))?|an? (?:half|quarter|third|"
        rf"tenth)(?: of an?)?|half an?|a full|a whole|one)"
        rf"[ -](?:per ?cent|percentage[ -]points?|points?)\b(?! (?:plan|in time|on the|of view|scale))"
        r"|\ba point (?:higher|lower|better|worse|more|less|above|below|or so|or two|up|down)\b|"
        r"\bby (?:about )?a point\b",
    ),
    ("odds", r"(?<![\d:])\d{1,3}:\d{1,3}(?![\d:]| \()"),
    ("count", rf"{_HEDGE}(?:\d{{1,3}}(?:,\d{{3}})+|(?:{_NUMBER}|{SMALL}) (?:million|billion|thousand|hundred))\b"),
    ("count", r"\b(?:than|about|nearly|almost|over|under) a (?:hundred|thousand|million)\b"),
    ("count", r"\b(?:millions|thousands|hundreds|dozens|tens of thousands) (?:of|more)\b"),
    ("fraction", rf"{_HEDGE}\b(?:{_COUNT}) (?:out of|in)(?: every)? (?:{_COUNT})\b(?! (?:weeks|months|years|days))"),
    (
        "fraction",
        rf"{_HEDGE}\b(?:an?|{SMALL}|{_NUMBER})[ -](?:thirds?|quarters?|fifths?|sixths?|sevenths?|"
        rf"eighths?|ninths?|tenths?)\b"
        r"(?= (?:of|more|less|lower|higher|fewer|larger|smaller|above|below|up|down|were|was|are|is|did|"
        r"do|recover\w*|ended|end|finish\w*|reliably|never|waited|began|started|got|at|in|would|could|will|had|have|has|came|left)\b|[,.;:)!?]|$)",
    ),
    (
        "fraction",
        rf"{_HEDGE}\b(?:two|three|four|five|six|seven|eight|nine)[ -](?:thirds|quarters|fifths|sixths|"
        rf"sevenths|eighths|ninths|tenths)\b",
    ),
    ("fraction", rf"{_HEDGE}\b(?:one[ -]|a )?half\b(?! an?\b)"),
    ("fraction", r"\ba (?:small |large |slim |bare )?(?:majority|minority)\b"),
    ("count", rf"{_HEDGE}\b(?:{_COUNT}) (?:out )?of (?:the |these |those |all |its |our )?(?:{_COUNT})\b"),
    ("count", rf"{_HEDGE}\b(?:{_NUMBER}) (?:[a-z-]+ ){{0,2}}{_THINGS}\b"),
    (
        "count",
        rf"{_HEDGE}\b(?!one\b)(?:{SMALL}|twenty|thirty|forty|fifty) (?:more |fewer |"
        rf"thousand )?(?:referrals|people|patients|clients|courses|recoveries)\b",
    ),
    ("decimal", rf"{_HEDGE}(?<![\d.,])\d+\.\d+(?![\d.]*\d)"),
    ("count", rf"{_HEDGE}(?<![\d.,:/-])\b(?:1[3-9]|[2-9]\d|\d{{3}})\b(?![\d,]*\d)(?![-–/:]\d)(?!\.\d)"),
    (
        "ratio",
        r"(?:(?:almost|nearly|roughly|about|more than|less than|not quite|over) )?\b(?:doubl(?:e[sd]?|"
        r"ing)|trebl(?:e[sd]?|ing)|tripl(?:e[sd]?|ing)|"
        r"quadrupl(?:e[sd]?|ing)|halv(?:e[sd]?|ing))\b"
        r"|\b(?:(?:almost|nearly|roughly|about|more than|less than|not quite|over) )?twice (?:as|the|that|"
        r"its|their|what|England)\b"
        rf"|\b(?:{SMALL}|{_NUMBER})[ -]?(?:fold|times (?:as|more|greater|higher|larger|the|better|over|"
        rf"that|lower|smaller|its|their|England))\b"
        r"|\b(?:(?:almost|nearly|about|roughly|half|twice|not quite) )as (?:many|much|few|high|low)\b"
        r"|\b(?:no |little |hardly )(?:more |better )(?:(?:than )?(?:an? )?(?:even )?chance)",
    ),
    (
        "record",
        r"\b(?:all-time|record)[ -](?:high|low|level|number|year|lowest|highest)s?\b"
        r"|\bfirst (?:\w+ )?year\b(?= (?:that|when|in which|to|above|since|with|for)\b)"
        r"|\bfirst time\b(?! (?:that )?(?:I|we|you|a reader|somebody|someone|anyone)\b)"
        r"|\bnever (?:been |before |again |yet )*(?:\w+ )?(?:above|below|higher|lower|so (?:high|low|many|"
        r"few)|fallen|risen|reached|been|exceeded|met|missed)\b"
        r"|\bthan (?:it has )?(?:ever|before)\b(?! (?:the|it|they|treatment))|\bever (?:level|recorded|"
        r"published|measured|higher|lower)\b"
        r"|\b(?:than|of) (?:in )?any (?:other )?(?:year|area|CCG|ICB|STP|region|service|provider|group)\b(?! (?:that|which|who|may|can))"
        r"|\b(?:find|found|see|is|was) (?:one|none|any|no area|nobody) (?:higher|lower|better|worse)\b"
        r"|\b(?:the|its|their|at an?|to an?)(?: \w+)? (?:high|low) (?:of|for|in|since)\b"
        r"|\bfirst (?:fall|rise|drop|increase|decrease|gain|loss) (?:since|in|for)\b"
        r"|\b(?:for )?(?:a|the) (?:second|third|fourth|fifth|sixth|seventh) (?:successive |consecutive )?year(?: running| in a row)\b"
        r"|\b(?:rises|falls|years|drops|gains) in a row\b|\b(?:second|third|fourth|fifth|sixth|next) from (?:the )?(?:bottom|top)\b"
        r"|\bno (?:other )?year (?:of(?! (?:its|their|your|one))|in|between|since|is|was|has|had|before)\b|\bevery one of the\b"
        r"|\b(?:best|worst)[ -]performing\b"
        r"|\b(?:highest|lowest|largest|smallest|biggest|fewest|greatest|widest|narrowest|steepest|sharpest|shortest|"
        r"longest|best|worst|most|least)"
        r"(?: (?!(?:of|areas|readers|services|people|CCGs|ICBs|providers|years|charts|pages|"
        r"tables)\b)(?:\w+ ){0,4}?(?:ever|yet|so far|on record|since|for|in|of (?:all|any|the|those|its|"
        r"these|them|\d+)|among|anywhere|at (?:any|either))\b"
        r"|,? ?(?:recovery |completion |reliable |published |ever )*(?:rates?|levels?|figures?|shares?|"
        r"proportions?|numbers?|percentages?|gaps?|falls?|rises?|drops?|counts?|CCGs?|STPs?|"
        r"ICBs?)\b)",
    ),
    (
        "trend",
        r"\bsteadily\b|\bsteady (?:rise|fall|decline|increase|improvement|growth)\b|\bflat(?:lin(?:e|ed|"
        r"ing))?\b(?! (?:file|table))|\bunchanged\b|\bplateau(?:ed|s)?\b|\bstagna(?:nt|te[sd]?|tion)\b"
        r"|\b(?:little|hardly|barely|scarcely|not|never)(?: \w+){0,2} (?:changed|changing|moved)\b|\bnot change much\b"
        r"|\b(?:not much|nothing(?: much)?)(?: \w+){0,4} changed\b"
        r"|\b(?:broadly|much|almost|exactly|roughly|about|largely|practically) (?:the same|similar)\b|"
        r"\bthe same as (?:in|the|last)\b"
        r"|\bno (?:sign|signs|evidence)(?: of)?(?: any)?(?: further)? (?:improvement|change)\b"
        r"|\b(?:more|less|fewer|faster|quicker|slower|more (?:rapidly|quickly|slowly)|higher|lower|better|"
        r"worse) (?:\w+ ){0,3}than (?:ever|before|last year|the year before|the previous year|"
        r"in the previous|any)\b"
        r"|\b(?:slight|sharp|small|large|big|steep|modest|marked|steady) (?:drop|fall|rise|decline|"
        r"increase|decrease|improvement)\b"
        r"|\b(?:was|were|been) (?:both |all |each )?(?:met|missed)\b(?= (?:in|by|again|every|with|for|from|on|and)\b|[,.;])"
        r"|\b(?:targets?|standards?) (?:was|were|is|are|has been|have been) (?:\w+ ){0,2}(?:met|missed|exceeded|passed)\b"
        r"|\b(?:met|missed|exceed(?:ed|ing|s)?|pass(?:ed|es)|above|below|beat|cleared|"
        r"failed)(?: \w+){0,2} (?:the |this |that |its |their |both |all |"
        r"three )*(?:national )?(?:targets?|standards?)\b",
    ),
    (
        "movement",
        rf"\b{_MEASURED}\b(?:[^.,;:—\ue005\ue006]{{0,40}}?)\b{_RISES}\b|"
        rf"\b{_RISES}\b(?: \w+){{0,3}} {_MEASURED}\b|\b(?:an|the|any|further) (?:improvement|increase|"
        rf"decline|deterioration) (?:in|over|on)\b",
    ),
)
_FOUND = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _KINDS)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity in a text, from `start` up to `end`: its `kind` and its words."""

    start: int
    end: int
    kind: str
    text: str


def find_quantities(text: str) -> tuple[Quantity, ...]:
    """The quantities in plain text, in order; of two that overlap, the one whose kind is listed first."""
    seen = blank_exempt(text)
    taken = bytearray(len(text))
    found: list[Quantity] = []
    for kind, pattern in _FOUND:
        for match in pattern.finditer(seen):
            start, end = match.span()
            start += len(match[0]) - len(match[0].lstrip())
            if any(taken[start:end]) or start == end:
                continue
            taken[start:end] = b"\x01" * (end - start)
            found.append(Quantity(start, end, kind, text[start:end]))
    return tuple(sorted(found, key=lambda one: one.start))


def value_of(text: str) -> tuple[Fraction, int] | None:
    """The one number written in digits in `text`, with its decimals; None when there is none or more than one."""
    numbers = re.findall(_NUMBER, text)
    if len(numbers) != 1:
        return None
    plain = numbers[0].replace(",", "")
    return Fraction(plain), len(plain.partition(".")[2])
