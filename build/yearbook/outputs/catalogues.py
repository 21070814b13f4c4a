"""What is counted, what is computed and of whom, as tidy tables."""

from yearbook.archive import Archive
from yearbook.formulas import formula_words
from yearbook.measures import MEASURES
from yearbook.metrics import METRICS
from yearbook.organisations import KINDS, ORGANISATION_TYPES
from yearbook.outputs.resources import Field, Resource, tidy_resource

_REQUIRED = {"required": True}
_UNIQUE = {"required": True, "unique": True}
_TYPE = Field("org_type", "The kind of organisation.", constraints={"required": True, "enum": list(ORGANISATION_TYPES)})


def catalogue_resources(archive: Archive) -> tuple[Resource, ...]:
    """Every catalogue, in reading order."""
    return metric_catalogue(), measures(), organisations(archive)


def metric_catalogue() -> Resource:
    """What is computed, and what it means."""
    return tidy_resource(
        "metric-catalogue",
        "The catalogue of metrics",
        "What the Yearbook computes from the published measures: definition, base, formula in words and caveats.",
        (
            Field("name", "Its name in the other tables.", constraints=_UNIQUE),
            Field("title", "What it is called on the site.", constraints=_REQUIRED),
            Field("unit", "count, percent, days, appointments or ratio.", constraints=_REQUIRED),
            Field("base", "Whom a rate counts, in words; empty for counts and means."),
            Field(
                "cohort",
                "Which referrals: in-year flows, ended in the year or finished in the year.",
                constraints=_REQUIRED,
            ),
            Field("definition", "What it counts.", constraints=_REQUIRED),
            Field(
                "better",
                "Which way is good; empty where that is not agreed.",
                constraints={"enum": ["", "higher", "lower"]},
            ),
            Field("why", "Why it matters."),
            Field("caveat", "What to beware of."),
            Field(
                "formula",
                "How it is computed, in words; the name of the measure where it is one as it stands.",
                constraints=_REQUIRED,
            ),
            Field("published_measure", "The measure that holds the publisher's own percentage, where there is one."),
            Field("source", "Where the definition comes from.", constraints=_REQUIRED),
        ),
        (
            (
                metric.name,
                metric.title,
                metric.unit,
                metric.base,
                metric.cohort,
                metric.definition,
                metric.better,
                metric.why,
                metric.caveat,
                formula_words(metric.formula.over, metric.formula.under, metric.unit) or metric.formula.over[0].measure,
                metric.published,
                metric.source,
            )
            for metric in METRICS
        ),
        ("name",),
    )


def measures() -> Resource:
    """What is published."""
    return tidy_resource(
        "measures",
        "The published measures",
        "What the publication counts, in the names of these tables. A release does not carry all of them.",
        (
            Field("name", "Its name in the other tables: the columns of the releases.", constraints=_UNIQUE),
            Field("title", "What it is called on the site.", constraints=_REQUIRED),
            Field("unit", "count, percent, days, minutes or appointments.", constraints=_REQUIRED),
            Field("definition", "What it counts.", constraints=_REQUIRED),
        ),
        ((measure.name, measure.title, measure.unit, measure.definition) for measure in MEASURES),
        ("name",),
    )


def organisations(archive: Archive) -> Resource:
    """Who the figures are about."""
    return tidy_resource(
        "organisations",
        "Organisations",
        "England, commissioning regions, STPs, ICBs, CCGs, Sub-ICB locations and providers that the releases hold.",
        (
            _TYPE,
            Field("org_code", "The publisher's code. Codes are unique within a type only.", constraints=_REQUIRED),
            Field(
                "kind",
                "Commissioning hubs and unknown are no areas: kept in totals, left out of comparisons.",
                constraints={"required": True, "enum": list(KINDS)},
            ),
            Field("name", "The name as the site writes it."),
            Field("published_names", "Its names as published, parted by a vertical bar."),
            Field("first_year", "The first year with a release that holds it."),
            Field("last_year", "The last such year."),
        ),
        (
            (
                found.org_type,
                found.code,
                found.kind,
                found.name,
                "|".join(found.published_names),
                found.first_year,
                found.last_year,
            )
            for found in archive.organisations.values()
        ),
        ("org_type", "org_code"),
    )
