"""The schemas of the files of years."""

from yearbook.metrics import ENDED, FINISHED, FLOWS
from yearbook.organisations import ORGANISATION_TYPES
from yearbook.outputs.schemas.schema import (
    MARKS,
    STATUSES,
    UNITS,
    Body,
    Schema,
    address,
    by_name,
    exact,
    head,
    many,
    maybe,
    record,
    text,
    truth,
    whole,
    year,
)
from yearbook.outputs.years import OF_THE_WHOLE
from yearbook.report import BASIS_WORDS

BASES = "; ".join(f"{name}, {words}" for name, words in BASIS_WORDS.items())
"""The bases and what they mean, as a list in words."""


def _basis(description: str) -> Body:
    return text(f"{description}: {BASES}.", enum=list(BASIS_WORDS))


def _side(where: str) -> Body:
    measure = record(
        "A published measure.",
        {
            "measure": text("Its name in data/measures.csv."),
            "sign": whole("1 where it is added, -1 where it is taken away.", enum=[1, -1]),
            "group": text("The row it is read from: total, or a breakdown with its parts."),
            "value": exact("Its number."),
            "basis": text("What kind of source the number has.", enum=list(BASIS_WORDS)),
        },
    )
    sum = record(
        f"What stands {where} the line, with its sum; null without a value, and where nothing does.",
        {"value": exact("The sum."), "measures": many("The measures that add up to it.", measure)},
    )
    return maybe(sum)


_CHANGE = record(
    "The change on the year before, from unrounded values; null where either year has no number to compare.",
    {
        "since": year("The year before."),
        "text": maybe(text("The change in words, as `up 1.5 percentage points`; of a count in per cent.")),
        "difference": maybe(exact("The difference.")),
        "unit": maybe(text("The unit of the difference.", enum=["percentage points", *UNITS])),
        "relative": maybe(exact("The difference in per cent of the year before; null for a rate.")),
        "basis": maybe(
            text("What both years stand on here; it can be another basis than the value's.", enum=list(BASIS_WORDS))
        ),
        "why_not": maybe(
            text("The change of definition that keeps the two years from being compared; then all else is null.")
        ),
    },
)

_STANDARD = record(
    "The standard in force in the year; null without one.",
    {
        "level": exact("At least this, in the metric's unit."),
        "title": text("The standard in words."),
        "met": maybe(truth("Whether the value, rounded to one decimal, reached it; null without a value.")),
        "source": text("Where it was set."),
    },
)

_TARGET = record(
    "A target, which judges nothing: it need not count what the metric counts.",
    {
        "level": exact("At least this, in what `counts` says."),
        "counts": text("What the target counts."),
        "title": text("The target in words."),
        "caveat": text("How the target and the metric differ."),
        "source": text("Where it was set."),
    },
)

_METRIC = record(
    "A metric of England in the year.",
    {
        "title": text("What it is called on the site."),
        "text": text(f"The value as the site prints it, or a mark: {MARKS}.", minLength=1),
        "value": maybe(exact("The value; null for a mark.")),
        "status": text("Why there is a value or none.", enum=STATUSES),
        "unit": text("Its unit.", enum=list(UNITS)),
        "base": maybe(text("Whom a rate counts, in words; null for counts and means.")),
        "cohort": text("Which referrals are counted.", enum=[FLOWS, ENDED, FINISHED]),
        "better": maybe(text("Which way is good; null where that is not agreed.", enum=["higher", "lower"])),
        "basis": maybe(_basis("What kind of source the value has")),
        "numerator": _side("over"),
        "denominator": _side("under"),
        "rounding": maybe(
            record(
                "How the printed value was rounded; null for a mark.",
                {
                    "rule": text("Halves go away from zero.", enum=["half up"]),
                    "decimals": whole("How many decimals are printed.", minimum=0),
                    "published_decimals": maybe(
                        whole(
                            "How many the publisher's rate has, where the value is that rate and not computed.",
                            minimum=0,
                        )
                    ),
                },
            )
        ),
        "change": maybe(_CHANGE),
        "standard": maybe(_STANDARD),
        "targets": many("What was promised for the year and no other.", _TARGET),
        "sources": many("Where the numbers come from.", {"type": "string"}),
        "working": maybe(address("The page of the metric's trend, at the working of this value; null without a page.")),
        "method": address("How it is computed, with a worked example."),
    },
)

YEAR_FILE = Schema(
    "year",
    "The figures of a year",
    "England in a year: every metric of the whole, with its sum, its sources, its change and the standard in force.",
    ("reports/*/figures.json",),
    record(
        "The figures of a year.",
        {
            "name": text("Of whom the figures are.", enum=["England"]),
            "year": year("The year."),
            "page": address("The report of the year."),
            **head("year"),
            "metrics": by_name(
                "Every metric, by its name.", {"enum": [metric.name for metric in OF_THE_WHOLE]}, _METRIC
            ),
        },
    ),
)

_RELEASE = record(
    "The publisher's release behind the year; null where the register has none.",
    {
        "title": text("Its title."),
        "publisher": text("Who published it."),
        "page": maybe(text("The publisher's page; null where none is known.")),
        "published": maybe(text("When it was published; null where that is not kept.", format="date")),
        "revision": whole("1 as first published, one more for each revision.", minimum=1),
        "csv": address("The release in one form with the others."),
    },
)

INDEX = Schema(
    "years",
    "The years",
    "Every year reported, the earliest first, with its files, its release and who was compared in it.",
    ("reports/years.json",),
    record(
        "The years.",
        {
            **head("years"),
            "years": many(
                "The years, the earliest first.",
                record(
                    "A year.",
                    {
                        "year": year("The year."),
                        "page": address("The report of the year."),
                        "figures": address("Its figures."),
                        "release": maybe(_RELEASE),
                        "breaks": many(
                            "What divides series between the year before and this one.",
                            record(
                                "A break.",
                                {
                                    "kind": text(
                                        "definition: do not compare across; data set: with care; "
                                        "area: the areas changed.",
                                        enum=["definition", "data set", "area"],
                                    ),
                                    "title": text("The change."),
                                    "why": text("What it does to the figures."),
                                },
                            ),
                        ),
                        "comparisons": by_name(
                            "Where the organisations of a type are compared, by type.",
                            {"enum": list(ORGANISATION_TYPES)},
                            record(
                                "A comparison.",
                                {
                                    "page": address("The page."),
                                    "csv": address("Its table of all, as CSV."),
                                    "json": address("The same as JSON."),
                                },
                            ),
                        ),
                    },
                ),
            ),
        },
    ),
)
