"""The registers as tidy tables: sources, standards, promises, breaks, events and corrections, and the reconciliation.

What others promised or found, which is not ours to license, is written in `studies`.
"""

from collections.abc import Mapping, Sequence

from yearbook.archive import Archive
from yearbook.organisations import ORGANISATION_TYPES
from yearbook.outputs.cells import unrounded
from yearbook.outputs.resources import Field, Reference, Resource, tidy_resource
from yearbook.outputs.studies import costs, promises, untreated_recovery
from yearbook.outputs.tidy import YEAR_FIELD, YEAR_REFERENCE
from yearbook.reconcile import Level
from yearbook.releases import SUPPLEMENT_BASES

_REQUIRED = {"required": True}


def register_resources(archive: Archive, levels: Sequence[Level]) -> tuple[Resource, ...]:
    """Every register, in reading order, and how the figures were reconciled."""
    return (
        releases(archive),
        supplement(archive),
        standards(archive),
        targets(archive),
        promises(archive),
        costs(archive),
        untreated_recovery(archive),
        breaks(archive),
        events(archive),
        corrections(archive),
        reconciliation(levels),
    )


def releases(archive: Archive) -> Resource:
    """Where each year's figures come from."""
    return tidy_resource(
        "releases",
        "The register of releases",
        "The release behind each year: its publisher, page, file and the file's SHA-256, licence, revision and notes.",
        (
            Field("year", YEAR_FIELD.description, constraints={**YEAR_FIELD.constraints, "unique": True}),
            Field("title", "The publisher's title.", constraints=_REQUIRED),
            Field("publisher", "Who published it: NHS England or a predecessor.", constraints=_REQUIRED),
            Field("page", "The publisher's page."),
            Field("file", "The file that was imported.", constraints=_REQUIRED),
            Field("sha256", "That file's SHA-256."),
            Field("licence", "The licence it was published under.", constraints=_REQUIRED),
            Field("provenance", "By which way the file came."),
            Field("published", "When it was published; NA where that is not kept.", "date"),
            Field(
                "revision",
                "1 as first published, one more for each revision.",
                "integer",
                {"required": True, "minimum": 1},
            ),
            Field("notes", "What to know of it."),
        ),
        (
            (
                str(entry.year),
                entry.title,
                entry.publisher,
                entry.page,
                entry.file,
                entry.sha256,
                entry.licence,
                entry.provenance,
                str(entry.published) if entry.published else None,
                entry.revision,
                " ".join(entry.notes),
            )
            for entry in (archive.register[year] for year in archive.years if year in archive.register)
        ),
        ("year",),
    )


def supplement(archive: Archive) -> Resource:
    """England's figures from elsewhere."""
    return tidy_resource(
        "supplement",
        "Figures from elsewhere",
        "England figures that the releases at hand lack, each with its basis and source.",
        (
            YEAR_FIELD,
            Field("measure", "What is counted; with _percent at the end, a published rate.", constraints=_REQUIRED),
            Field("value", "The number as given in the source.", "number", _REQUIRED),
            Field("unit", "count, percent, days, minutes or appointments.", constraints=_REQUIRED),
            Field(
                "basis", "What kind of source it is.", constraints={"required": True, "enum": list(SUPPLEMENT_BASES)}
            ),
            Field("source", "Where it was published."),
            Field("note", "What to know of it."),
        ),
        (
            (str(row.year), row.measure, unrounded(row.figure.exact), row.figure.unit, row.basis, row.source, row.note)
            for row in archive.supplement
        ),
        ("year", "measure", "basis"),
    )


def standards(archive: Archive) -> Resource:
    """What the service is held to, and when."""
    return tidy_resource(
        "standards",
        "National standards",
        "The levels that metrics are held to and the years they were in force. A year is judged by no other.",
        (
            Field("metric", "What is held: a name of metric-catalogue.csv.", constraints=_REQUIRED),
            Field("level", "At least this, in per cent.", "number", _REQUIRED),
            Field("first_year", "The first year it was in force.", constraints=_REQUIRED),
            Field("last_year", "The last year; empty while it is in force."),
            Field("title", "The standard in words.", constraints=_REQUIRED),
            Field("source", "Where it was set.", constraints=_REQUIRED),
        ),
        (
            (held.metric, unrounded(held.level), str(held.first), str(held.last or ""), held.title, held.source)
            for held in archive.standards
        ),
        references=(Reference(("metric",), "metric-catalogue", ("name",)),),
    )


def targets(archive: Archive) -> Resource:
    """What was promised for one year."""
    return tidy_resource(
        "targets",
        "Targets",
        "Levels promised for one year and no other, with what they count where that is not what the metric counts.",
        (
            Field("metric", "What the target is set beside: a name of metric-catalogue.csv.", constraints=_REQUIRED),
            YEAR_FIELD,
            Field("level", "At least this, in what `counts` says.", "number", _REQUIRED),
            Field("counts", "What the target counts.", constraints=_REQUIRED),
            Field("title", "The target in words.", constraints=_REQUIRED),
            Field("caveat", "How the target and the metric differ.", constraints=_REQUIRED),
            Field("source", "Where it was set.", constraints=_REQUIRED),
        ),
        (
            (
                found.metric,
                str(found.year),
                unrounded(found.level),
                found.counts,
                found.title,
                found.caveat,
                found.source,
            )
            for found in archive.targets
        ),
        references=(Reference(("metric",), "metric-catalogue", ("name",)),),
    )


def breaks(archive: Archive) -> Resource:
    """Where a series does not compare with itself."""
    return tidy_resource(
        "breaks",
        "Breaks in series",
        "Changes that divide a series: the years before do not compare with the year named and later ones.",
        (
            YEAR_FIELD,
            Field(
                "kind",
                "definition: do not compare across; data set: with care; area: the areas changed.",
                constraints={"required": True, "enum": ["definition", "data set", "area"]},
            ),
            Field("title", "The change.", constraints=_REQUIRED),
            Field("why", "What it does to the figures.", constraints=_REQUIRED),
            Field("metrics", "The metrics it touches, parted by a vertical bar; empty with breakdowns for all."),
            Field("breakdowns", "The breakdowns it touches, parted by a vertical bar."),
            Field("source", "Where it is told.", constraints=_REQUIRED),
        ),
        (
            (
                str(found.year),
                found.kind,
                found.title,
                found.why,
                "|".join(found.metrics),
                "|".join(found.breakdowns),
                found.source,
            )
            for found in archive.breaks
        ),
    )


def events(archive: Archive) -> Resource:
    """What happened to the service or its records."""
    return tidy_resource(
        "events",
        "Events",
        "What happened to the service or its records, and the year it falls in.",
        (
            YEAR_FIELD,
            Field("title", "The event.", constraints=_REQUIRED),
            Field("text", "What happened.", constraints=_REQUIRED),
            Field("source", "Where it is told.", constraints=_REQUIRED),
        ),
        ((str(event.year), event.title, event.text, event.source) for event in archive.events),
    )


def corrections(archive: Archive) -> Resource:
    """What was published wrongly and is corrected here."""
    return tidy_resource(
        "corrections",
        "Corrections",
        "What was published wrongly and is corrected when a release is imported, with the reason.",
        (
            YEAR_FIELD,
            Field("reason", "What is wrong and why it is corrected.", constraints=_REQUIRED),
            Field("rows", "The published texts that pick the rows.", constraints=_REQUIRED),
            Field(
                "action",
                "drop: the rows are left out; set: cells are replaced; move: cells are counted as another measure.",
                constraints={"required": True, "enum": ["drop", "set", "move"]},
            ),
            Field("same_values_as", "The rows that stay in place of those left out, by their texts."),
            Field("expected", "Each cell that is replaced, as published."),
            Field("replacement", "What it becomes; of a move, the measure and the one its cells are counted as."),
        ),
        (
            (
                str(found.year),
                found.reason,
                _pairs(found.rows),
                found.action,
                _pairs(found.same_values_as),
                _pairs(found.expect) or (f"adds up to {found.adds_up_to}" if found.moves else ""),
                _pairs(found.replacements or found.moves),
            )
            for found in archive.corrections
        ),
    )


def _pairs(texts: Mapping[str, str]) -> str:
    return "; ".join(f"{name}: {text}" for name, text in texts.items())


def reconciliation(levels: Sequence[Level]) -> Resource:
    """Our rates against the publisher's percentages."""
    count = {"required": True, "minimum": 0}
    return tidy_resource(
        "reconciliation",
        "Our figures against the publisher's",
        "The published percentages of each year and kind of organisation, and how many come out when they are computed "
        "again from the counts: to the digit for England, within the bounds of rounding below it.",
        (
            YEAR_FIELD,
            Field(
                "org_type",
                "The kind of organisation.",
                constraints={"required": True, "enum": list(ORGANISATION_TYPES)},
            ),
            Field("level", "The kind of organisation, as written.", constraints=_REQUIRED),
            Field("percentages", "Percentages published as numbers.", "integer", count),
            Field("checked", "Of those, with all their counts.", "integer", count),
            Field("agree", "Of those, reproduced or within bounds.", "integer", count),
        ),
        (
            (str(level.year), level.org_type, level.title, level.percentages, level.checked, level.agree)
            for level in levels
        ),
        ("year", "org_type"),
        (YEAR_REFERENCE,),
    )
