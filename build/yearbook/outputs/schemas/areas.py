"""The schemas of the files of areas."""

from yearbook.areas import TYPE_WORDS
from yearbook.comparison import Verdict
from yearbook.organisations import ENGLAND, ORGANISATION_TYPES
from yearbook.outputs.areas import SHOWN
from yearbook.outputs.schemas.schema import (
    MARKS,
    UNITS,
    YEAR,
    Schema,
    address,
    by_name,
    exact,
    head,
    many,
    number,
    record,
    text,
    whole,
    year,
)
from yearbook.values import Status

_MISSING = [status.name.lower() for status in Status if status is not Status.PUBLISHED]
_TYPE = {"enum": list(ORGANISATION_TYPES)}
_SHORT_TYPES = [ENGLAND.name, *(f"{words[0][:1].upper()}{words[0][1:]}" for words in TYPE_WORDS.values())]

_FIGURE = record(
    "A metric of the area in the year.",
    {
        "text": text(f"The value as the site prints it, or a mark: {MARKS}.", minLength=1),
        "value": exact("The value; not there for a mark. Of a rate below England, the publisher's whole percentage."),
        "status": text("Why there is no value; not there where there is one.", enum=_MISSING),
        "why": text("The same in words."),
        "numerator": whole("The count itself, or the count over the line. Below England rounded to the nearest 5."),
        "denominator": whole("The count under the line: the base. Below England rounded to the nearest 5.", minimum=0),
        "low": number("The lower end of the 95% interval, in per cent to one decimal."),
        "high": number("The upper end of the 95% interval."),
        "low998": number("The lower end of the 99.8% interval."),
        "high998": number("The upper end of the 99.8% interval."),
        "rank": whole("The rank among those of its type in the year, from the highest figure.", minimum=1),
        "of": whole("How many are ranked.", minimum=1),
        "not_ranked": text("Why it is not ranked, as the rest of a sentence."),
        "verdict": text("How it stands to England's, by its intervals.", enum=[verdict.words for verdict in Verdict]),
        "flags": many("Reasons to doubt the row, a sentence each.", {"type": "string"}),
    },
    (
        "value", "status", "why", "numerator", "denominator", "low", "high", "low998", "high998", "rank", "of",
        "not_ranked", "verdict", "flags",
    ),
)  # fmt: skip

AREA = Schema(
    "area",
    "The figures of an area",
    "Every year of an area, a provider or England: counts and rates with intervals, ranks and reasons for doubt.",
    ("areas/*/figures.json",),
    record(
        "The figures of an area.",
        {
            "name": text("Its last name in full."),
            "short": text("The same as one says it."),
            "type": text("What it was last.", enum=_SHORT_TYPES),
            "address": address("Its page; empty for England."),
            "codes": many("Its codes, the last first.", {"type": "string"}),
            "metrics": address("The file that says what each metric is."),
            **head("area"),
            "years": by_name(
                "What it was and its figures, by financial year. Only years in which a release has it are there.",
                YEAR,
                record(
                    "The area in a year.",
                    {
                        "type": text("What it was in the year.", **_TYPE),
                        "code": text("Its code in the year."),
                        "name": text("Its name."),
                        "metrics": by_name(
                            "Its figures, by the name of the metric. What no source has is left out.",
                            {"enum": list(SHOWN)},
                            _FIGURE,
                        ),
                    },
                ),
            ),
        },
    ),
)

INDEX = Schema(
    "areas",
    "The areas by type and code",
    "The way from a type and a code to an area: its name, its page and its figures.",
    ("areas/areas.json",),
    record(
        "The areas by type and code.",
        {
            **head("areas"),
            "areas": by_name(
                "The areas, by type and then by code. A code can stand under several types.",
                _TYPE,
                by_name(
                    "The areas of a type, by the publisher's code.",
                    {"type": "string"},
                    record(
                        "An area under one of its codes. One file holds the years of all of an area's codes.",
                        {
                            "name": text("Its name under this code."),
                            "page": address("Its page; empty for England."),
                            "figures": address("Its figures."),
                            "years": many("The years in which a release has it under this code.", year("A year.")),
                        },
                    ),
                ),
            ),
        },
    ),
)

FINDER = Schema(
    "finder",
    "The areas under all their names",
    "Every area and provider with what leads to it: names, former names, codes and councils.",
    ("areas/finder.json",),
    many(
        "The areas under all their names.",
        record(
            "An area.",
            {
                "name": text("Its last name."),
                "address": address("Its page."),
                "type": text("What it was last.", enum=_SHORT_TYPES),
                "codes": many("Its codes, the last first.", {"type": "string"}),
                "former": many("Its other names, the last first.", {"type": "string"}),
                "councils": many("The councils on its ground.", {"type": "string"}),
                "years": text("The years that it has figures for, as `2017-18 to 2020-21`."),
                "now": text("What it has become, as `now NHS Sussex ICB`; empty while it stands."),
            },
        ),
    ),
)

METRICS = Schema(
    "metrics",
    "The metrics of areas",
    "What each metric of the areas' files is, in the order in which they are shown.",
    ("areas/metrics.json",),
    many(
        "The metrics.",
        record(
            "A metric.",
            {
                "name": text("Its name in the files.", enum=list(SHOWN)),
                "title": text("What it is called on the site."),
                "base": text("Whom a rate counts, in words; empty for counts."),
                "unit": text("Its unit.", enum=list(UNITS)),
                "better": text("Which way is good; empty where that is not agreed.", enum=["", "higher", "lower"]),
            },
        ),
    ),
)
