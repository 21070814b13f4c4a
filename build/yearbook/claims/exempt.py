"""What looks like a quantity and makes no claim about the figures: dates, years, ages, names, places in a text."""

import re

MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
SMALL = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"

_PATTERNS = (
    r"\b(?:19|20)\d\d ?[-–/] ?(?:(?:19|20)\d\d|\d\d)\b",  # a financial year
    rf"\b\d{{1,2}}(?:st|nd|rd|th)?(?: ?(?:to|and|–|-) ?\d{{1,2}})? (?:{MONTHS})(?: \d{{4}})?\b",
    rf"\b(?:{MONTHS}) \d{{1,2}}(?:, \d{{4}})?\b(?!%)",
    r"(?<![\d,.£$€])\b(?:19|20)\d\ds?\b(?![,.]\d|%| ?(?:per ?cent|points?|percentage|referrals|people|"
    r"patients|clients|courses))",
    r"\b(?:version|release|edition|Python|CC BY|v|vol\.?|volume|issue) ?\d+(?:\.\d+)*\b",
    rf"\b(?i:codes?|recommendations?|pages?|sections?|chapters?|tables?|figures?|steps?|parts?|notes?|"
    rf"questions?|boxe?s?|appendi(?:x|ces)|lines?|rows?|"
    rf"columns?|items?|numbers?|no\.|nos\.|rules?|annexe?s?|volumes?|charts?|points?|paragraphs?|"
    rf"levels?|tiers?|pp?\.) "
    rf"(?:\d+(?:\.\d+)*|{SMALL})(?:(?:, | and | or | to |–|-)\d+(?:\.\d+)*)*\b(?!%)",
    r"\b[A-Za-z]+-\d+(?:\.\d+)?\b",  # PHQ-9, Covid-19
    r"\b(?:NHS|GAD|PHQ|ICD|DSM|HTTP|UTF|SHA|WCAG|ISO|A|M|B) ?\d[\d.]*\b",
    r"\b(?=\w*[A-Za-z])(?=\w*\d)(?!\d+(?:st|nd|rd|th|m|bn|k|pp|x)\b)\w+\b",  # 09D, E54000001, Y54
    r"\b(?:aged?|ages|bands? of(?: age)?|years? old|under|over|born in)(?: (?:of|from|between|"
    r"at))* \d{1,3}(?: ?(?:to|and|–|-) ?\d{1,3})?(?: (?:to|and|or) \d{1,3})*\b(?!%|,\d| ?(?:per|"
    r"points?|percentage))",
    r"\b(?:at )?\d{1,3} (?:to|and|–|-) \d{1,3}(?=[,;. ](?!\d)(?!%| ?(?:per|points|%|"
    r"of)))(?!%)(?= ?(?:years|year-olds|, |and over|\.|;|$|band|group|was|at|recovered|reliably))",
    # a band of age
    r"\b\d{1,2} to \d{1,2}\b(?! ?(?:%|per ?cent|points?|percentage|referrals|people|areas|CCGs)|"
    r"[.,]\d)",
    r"\b(?:dial|call|ring|text|phone) \d{3}\b",
    r"\b\d{1,3} (?:and over|or over|and older|and under|plus)\b",
    r"\b\d{1,3}-year-olds?\b",
    rf"(?<![\d,.])\b(?:(?:\d+|{SMALL})(?:, | or | and | to |–|-))*(?:\d+|{SMALL}|a|half)[ -](?:minutes?|hours?|"
    rf"days?|weeks?|months?|years?|decades?|o’clock)\b(?:’| later| ago| earlier)?",
    r"\b(?:6|18|six|eighteen)(?: weeks?)?(?: and| or) (?:18|eighteen)(?: weeks?)?\b",
    r"\bwithin (?:6|18|six|eighteen)\b(?! ?(?:%|per|points))",
    r"\b(?:threshold|score|scores|scored|cut-off|line)s?(?: (?:of|is|are|at|from|over|under|to|was|"
    r"below|above))* \d+(?:(?: or (?:more|over|higher))?(?: to \d+)?| points?)?\b",
    r"\b\d+(?: points?)? (?:on|for) (?:the )?(?:PHQ|GAD|depression|anxiety|either|both|one)\b[^.]{0,12}",
    r"\b(?:95|99\.8|99)%(?:(?: and| or) 99\.8%)?(?= (?:(?:confidence|control|funnel|over-dispersed|"
    r"Wilson|own) )*(?:intervals?|limits?|levels?|tier|one\b))",
    r"\b(?:half|quarter)(?: an?| past| of an?)? (?:hour|year|day|dozen|term|time|century|century|mile|"
    r"page|sentence|heart)s?\b",
    r"\b(?:first|second|other|same|latter|better|worse|upper|lower|deprived|earlier|later|final|last|"
    r"next|each|either|one) half\b",
    r"\bhalf(?:way|-way|-hearted(?:ly)?|-truths?|-year(?:ly)?|-time|-term| true| right| wrong| empty| full)\b",
    r"\b(?:[Tt]he |each |this |that |last |next |first |second |fourth )?(?:second|third|fourth|fifth|"
    r"sixth|seventh|eighth|ninth|tenth) (?:year|quarter|step|time|thing|question|reason|appointment|"
    r"wait|column|page|part|group|edition|party|person|rule|point|case|world|way|section|chapter|"
    r"chart|kind|sort|one|is|was)\b",
    r"\b(?:one|two|once|twice)(?:, | or )(?:two|three|twice|thrice)(?: or (?:more|three))?(?! ?(?:%|"
    r"in|thirds|referrals))\b",
    r"\b(?:think|thinking|thought|read|reading|counted?|appears?|stands?|said|told|once or|asked) twice\b",
    r"\btwice (?:a|over|in one|on (?:one|a)|by)\b(?! (?:the|as))",
    rf"\b(?:at least|no fewer than|fewer than|less than|more than|over|under|from|below) (?:\d{{1,3}}|"
    rf"{SMALL})(?= (?:of those|of these|referrals|appointments|attended|treatment|sessions|treatments|"
    rf"words|areas|years|questions))",
    rf"\b(?:\d{{1,3}}|{SMALL}) (?:or (?:more|fewer|over|under)|or less)\b(?! ?%)",
    rf"\b(?:\d{{1,3}}|{SMALL}) (?:(?:attended|treatment|therapy|referrals?) )*(?:appointments|sessions|"
    rf"treatments|referrals|people)(?: or (?:more|fewer)| or over)\b",
    rf"\b[Oo]ne of (?:the |its |our |these |those |them|a |an )?(?:{SMALL}|\d+)?\b(?! (?:in|out))",
    r"\b\d{2,5} \d{3,6}(?: \d{3,6})?\b(?! ?(?:%|referrals|people))",  # a telephone number
    r"\b\d{1,2}[:.]\d\d ?(?:am|pm|a\.m\.|p\.m\.)|(?<=at )\d{1,2}[:.]\d\d\b|\b\d{1,2} ?(?:am|pm)\b",
    r"\b\d+(?:\.\d+)? ?(?:px|KB|MB|GB|kB|pixels?|bytes?|cm|mm|miles?|km)\b",
    r"\b\d+(?:-|–)\d+ [A-Z][a-z]+ (?:Road|Street|Lane|Avenue|Square|Way|House)|"
    r"\b\d+ (?:[A-Z][a-z’]+ )+(?:Road|Street|Lane|Avenue|Square|Way|House|Place|Court|Gardens|Terrace|"
    r"Row|Hill)\b",
    r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b",
    r"\b(?:least|most)[ -]deprived(?: (?:tenths?|fifths?|deciles?|half))?\b",
    r"\b(?:at (?:most|least|best|worst|first|last|once))\b",
    r"\bfirst (?:and|or) (?:last|foremost|second)\b",
)

EXEMPT = tuple(
    re.compile(pattern, re.IGNORECASE if pattern.startswith(r"\b(?:version") else 0) for pattern in _PATTERNS
)


def blank_exempt(text: str, filler: str = "\ue006") -> str:
    """The text with all that makes no claim put out of sight, every other character where it was."""
    letters = list(text)
    for pattern in EXEMPT:
        for found in pattern.finditer(text):
            letters[found.start() : found.end()] = filler * (found.end() - found.start())
    return "".join(letters)
