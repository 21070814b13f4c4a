"""The figures as tidy tables: what was published of England, every metric, and the rates of England's groups."""

from collections.abc import Iterator

from yearbook.archive import Archive
from yearbook.formulas import Working
from yearbook.groups import GROUPINGS, group_label
from yearbook.metrics import METRICS, METRICS_BY_NAME
from yearbook.outputs.cells import unrounded
from yearbook.outputs.resources import Field, Reference, Resource, Value, tidy_resource
from yearbook.report import BASIS_WORDS, Report
from yearbook.values import Figure, Status

YEAR_FIELD = Field(
    "year",
    "The financial year, 1 April to 31 March.",
    constraints={"required": True, "pattern": r"\d{4}-\d{2}"},
)
YEAR_REFERENCE = Reference(("year",), "releases", ("year",))
_REQUIRED = {"required": True}
_STATUSES = [status.name.lower() for status in Status]
_STATUS = Field(
    "status",
    "Why there is a value or none: published; suppressed, hidden because the number is small; not_collected, not "
    "available in the sources; not_applicable.",
    constraints={"required": True, "enum": _STATUSES},
)
_UNIT = Field("unit", "count, percent, days, minutes, appointments or ratio.", constraints=_REQUIRED)
_BREAKDOWN = (
    Field(
        "breakdown",
        "How the referrals are divided, as in age or deprivation; total for all of them.",
        constraints=_REQUIRED,
    ),
    Field("category", "The part, empty for the total."),
    Field("subcategory", "The part of the part, where there is one."),
)

GROUP_METRICS = (
    "recovery_rate",
    "reliable_recovery_rate",
    "reliable_improvement_rate",
    "no_reliable_change_rate",
    "reliable_deterioration_rate",
    "finished_of_received",
    "share_of_received",
    "share_of_finished",
)
"""The rates given of every group."""


def figure_resources(report: Report) -> tuple[Resource, ...]:
    """The tidy tables of figures, the widest first."""
    return england_resource(report.archive), metrics_resource(report), groups_resource(report)


def england_resource(archive: Archive) -> Resource:
    """Every cell that a release holds of England, one a row."""
    return tidy_resource(
        "england",
        "England as published",
        "Every figure of England in the annual releases, one a row: for the total and for each breakdown, counts "
        "exact and percentages as printed by the publisher.",
        (
            YEAR_FIELD,
            *_BREAKDOWN,
            Field("measure", "What is counted: a name of measures.csv.", constraints=_REQUIRED),
            Field("value", "The number as published; NA where there is none, see status.", "number", {"minimum": 0}),
            _STATUS,
            _UNIT,
        ),
        _england_rows(archive),
        ("year", "breakdown", "category", "subcategory", "measure"),
        (YEAR_REFERENCE, Reference(("measure",), "measures", ("name",))),
    )


def _england_rows(archive: Archive) -> Iterator[tuple[Value, ...]]:
    for year in archive.years:
        release = archive.releases[year]
        for breakdown in release.breakdowns():
            for measure in release.measures:
                figure = release.figure(measure, breakdown=breakdown)
                yield str(year), *breakdown, measure, _number(figure), figure.status.name.lower(), figure.unit


def metrics_resource(report: Report) -> Resource:
    """Every metric of the catalogue for England in every year."""
    return tidy_resource(
        "metrics",
        "England, every metric of every year",
        "Every metric of the catalogue for England in every year, computed unrounded, with the sum behind it. A value "
        "stands on one basis; sums of monthly releases differ from the annual figure by up to about 1%.",
        (
            YEAR_FIELD,
            Field("metric", "What is computed: a name of metric-catalogue.csv.", constraints=_REQUIRED),
            Field("value", "The value, unrounded to ten decimals; NA where there is none, see status.", "number"),
            Field("printed", "The value as the site prints it, or its mark: [c], [x] or [z].", constraints=_REQUIRED),
            _UNIT,
            _STATUS,
            Field(
                "basis",
                f"What kind of source it has. {_bases()} Empty without a value.",
                constraints={"enum": ["", *BASIS_WORDS]},
            ),
            Field("numerator", "The number over the line; NA where the value was published as a rate.", "number"),
            Field("denominator", "The number under the line; NA where there is none.", "number"),
            Field("base", "Whom a rate counts, in words; empty for counts and means."),
            Field(
                "cohort",
                "Which referrals: in-year flows, ended in the year or finished in the year.",
                constraints=_REQUIRED,
            ),
            Field("sources", "Where the numbers come from, parted by semicolons."),
        ),
        (
            (
                str(year),
                metric.name,
                *_computed(working, metric.unit),
                metric.base,
                metric.cohort,
                "; ".join(working.sources if working.figure.known else ()),
            )
            for year in report.years
            for metric in METRICS
            for working in (report.working(metric.name, year),)
        ),
        ("year", "metric"),
        (YEAR_REFERENCE, Reference(("metric",), "metric-catalogue", ("name",))),
    )


def _bases() -> str:
    return " ".join(f"{name}: {words}." for name, words in BASIS_WORDS.items())


def _computed(working: Working, unit: str) -> tuple[Value, ...]:
    figure = working.figure
    return (
        _number(figure),
        working.text(),
        unit,
        figure.status.name.lower(),
        working.basis if figure.known else "",
        _number(working.numerator),
        _number(working.denominator),
    )


def groups_resource(report: Report) -> Resource:
    """The rates of every one of England's groups in every year."""
    names = [grouping.id for grouping in GROUPINGS]
    return tidy_resource(
        "groups",
        "England's groups, every rate of every year",
        "Rates of outcome and shares of the whole for each group of England's referrals, computed unrounded from "
        "the exact counts. Groups of a grouping can overlap, and their names change: see breaks.csv.",
        (
            YEAR_FIELD,
            Field(
                "grouping",
                "The way to divide, whatever the release of the year calls it.",
                constraints={"required": True, "enum": names},
            ),
            *_BREAKDOWN,
            Field("label", "The group's name as the site writes it.", constraints=_REQUIRED),
            Field("metric", "What is computed: a name of metric-catalogue.csv.", constraints=_REQUIRED),
            Field(
                "value",
                "The rate in per cent, unrounded to ten decimals; NA where there is none, see status.",
                "number",
            ),
            Field("printed", "The rate as the site prints it, or its mark: [c], [x] or [z].", constraints=_REQUIRED),
            _STATUS,
            Field("numerator", "The count over the line.", "number"),
            Field("denominator", "The count under the line: the base.", "number"),
            Field("base", "Whom the rate counts, in words.", constraints=_REQUIRED),
        ),
        _group_rows(report),
        ("year", "grouping", "breakdown", "category", "subcategory", "metric"),
        (YEAR_REFERENCE, Reference(("metric",), "metric-catalogue", ("name",))),
    )


def _group_rows(report: Report) -> Iterator[tuple[Value, ...]]:
    for year in report.years:
        for grouping in GROUPINGS:
            for group in grouping.of(report, year):
                for name in GROUP_METRICS:
                    working = report.working(name, year, breakdown=group)
                    value, printed, _, status, _, over, under = _computed(working, "percent")
                    base = METRICS_BY_NAME[name].base
                    yield (
                        str(year),
                        grouping.id,
                        *group,
                        group_label(group),
                        name,
                        value,
                        printed,
                        status,
                        over,
                        under,
                        base,
                    )


def _number(figure: Figure | None) -> Value:
    return unrounded(figure.exact) if figure is not None and figure.known else None
