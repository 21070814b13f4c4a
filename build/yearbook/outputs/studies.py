"""What was promised, and what research has found, as tidy tables: context, with whose it is."""

from yearbook.archive import Archive
from yearbook.outputs.cells import unrounded
from yearbook.outputs.resources import Field, Resource, tidy_resource
from yearbook.studies import COST_KINDS

_REQUIRED = {"required": True}
_YES_OR_NO = {"required": True, "enum": ["yes", "no"]}


def promises(archive: Archive) -> Resource:
    """What was promised besides standards and targets."""
    return tidy_resource(
        "promises",
        "Promises",
        "What was promised apart from standards and targets, when, and what may be put beside it. None of it is a "
        "verdict; what only a secondary source tells says so.",
        (
            Field("name", "Its name.", constraints={"required": True, "unique": True}),
            Field("title", "The promise in words.", constraints=_REQUIRED),
            Field("said", "Its size in the words it was told in.", constraints=_REQUIRED),
            Field("level", "Its size as a number in `unit`; NA where none was given.", "number"),
            Field("unit", "percent, or what is counted."),
            Field("made", "When it was made, as far as the source tells.", constraints=_REQUIRED),
            Field("year", "The year it was made for; empty where it was for all."),
            Field("metric", "What may be put beside it: a name of metric-catalogue.csv; empty for nothing."),
            Field("caveat", "How the promise and the metric differ.", constraints=_REQUIRED),
            Field(
                "secondary",
                "yes where the source tells of the promise and is not the promise.",
                constraints=_YES_OR_NO,
            ),
            Field("source", "Where it is told.", constraints=_REQUIRED),
        ),
        (
            (
                found.name,
                found.title,
                found.said,
                None if found.level is None else unrounded(found.level),
                found.unit,
                found.made,
                str(found.year or ""),
                found.metric,
                found.caveat,
                _answer(found.secondary),
                found.source,
            )
            for found in archive.promises
        ),
        ("name",),
        quoted_from=[found.source for found in archive.promises],
    )


def costs(archive: Archive) -> Resource:
    """What studies have found treatment to cost."""
    words = {"session": "A session", "treatment": "An average treatment", "recovery": "A recovered patient"}
    return tidy_resource(
        "costs",
        "Costs from a study",
        "What treatment was found to cost, in pounds of the price year: figures quoted at second hand from a study of "
        "a few places, at old prices. Context; no metric here is made of them.",
        (
            Field("study", "The study.", constraints=_REQUIRED),
            Field("place", "Where.", constraints=_REQUIRED),
            Field("price_year", "The year of the prices.", constraints=_REQUIRED),
            Field(
                "price_year_approximate",
                "yes where we know it only roughly.",
                constraints=_YES_OR_NO,
            ),
            Field(
                "old_prices",
                "yes where the prices are too old to stand for today's.",
                constraints=_YES_OR_NO,
            ),
            Field("kind", "The kind of treatment.", constraints={"required": True, "enum": list(COST_KINDS)}),
            *(Field(f"per_{of}", f"{name}, in pounds; NA where not given.", "number") for of, name in words.items()),
            Field("source", "The study, and whose quotation of it this is.", constraints=_REQUIRED),
        ),
        (
            (
                study.title,
                study.place,
                str(study.price_year),
                _answer(study.price_year_approximate),
                _answer(study.old_prices),
                kind,
                *(None if (cost := study.costs(of).get(kind)) is None else unrounded(cost) for of in words),
                study.citation,
            )
            for study in archive.costs
            for kind in COST_KINDS
            if kind in study.per_treatment
        ),
        ("study", "kind"),
        quoted_from=[study.citation for study in archive.costs],
    )


def untreated_recovery(archive: Archive) -> Resource:
    """What research has found of recovery without treatment."""
    return tidy_resource(
        "untreated-recovery",
        "Recovery without treatment",
        "Context from research, of other people, by another yardstick and over another time than any rate here. To "
        "subtract it from a recovery rate measures nothing.",
        (
            Field("months", "After how many months.", "integer", {"required": True, "minimum": 1}),
            Field("share", "The share with the outcome, as printed.", constraints=_REQUIRED),
            Field("outcome", "What it is a share with.", constraints=_REQUIRED),
            Field("population", "Of whom.", constraints=_REQUIRED),
            Field("caveat", "How it differs from what is counted here.", constraints=_REQUIRED),
            Field("source", "The study.", constraints=_REQUIRED),
        ),
        (
            (months, str(share), found.outcome, found.population, found.caveat, found.source)
            for found in archive.untreated
            for months, share in found.shares.items()
        ),
        ("source", "months"),
        quoted_from=[found.source for found in archive.untreated],
    )


def _answer(true: bool) -> str:
    return "yes" if true else "no"
