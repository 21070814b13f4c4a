"""The schemas of the tables, and of the list of all published files."""

from yearbook.outputs.downloads import CELL_FACTS
from yearbook.outputs.schemas.schema import (
    STATUSES,
    Schema,
    by_name,
    exact,
    licence,
    many,
    maybe,
    record,
    text,
    truth,
    year,
)
from yearbook.report import BASIS_WORDS

_CELL = (
    text("The cell as printed, or a mark."),
    maybe(exact("Its number; null for a mark and for words.")),
    maybe(text("Why there is a number or none; null for words.", enum=STATUSES)),
    maybe(text("What kind of source the number has.", enum=list(BASIS_WORDS))),
    maybe(text("What it is, a name of data/metric-catalogue.csv; null for words.")),
    maybe(year("Its year; null for words.")),
    maybe(text("The group it is of, as `gender/female`, or total; null for words.")),
)

TABLE = Schema(
    "table",
    "A table of a page",
    "A table as a page shows it: each cell as printed and unrounded, with its status, basis, year and group.",
    ("data/tables/*.json",),
    record(
        "A table of a page.",
        {
            "id": text("What its files are called."),
            "title": text("Its caption."),
            "year": maybe(year("The year it is of; null where it is of several.")),
            "page": text("The page it is at home on. An address from this file."),
            "csv": text("The same table as CSV. An address from this file."),
            "version": text("The version of the data."),
            "licence": licence(),
            "citation": text("How to cite the data."),
            "sources": many("Where the numbers come from.", {"type": "string"}),
            "notes": many("What stands beneath the table.", {"type": "string"}),
            "columns": many(
                "The columns; the first is of the rows' labels.",
                record(
                    "What the numbers of a column have in common; null where they have not.",
                    {
                        "name": text("Its heading."),
                        "metric": maybe(text("What it is, a name of data/metric-catalogue.csv.")),
                        "base": maybe(text("Whom its rates count, in words.")),
                        "unit": maybe(text("Its unit.")),
                    },
                ),
            ),
            "rows": many(
                "The rows.",
                record(
                    "A row.",
                    {
                        "label": text("Its heading."),
                        "code": text("The publisher's code, of a row that is an organisation."),
                        "is_base": truth("Whether the percentages are of this row."),
                        "cells": many(
                            "Its cells, under the columns after the first.",
                            record("A cell.", dict(zip(CELL_FACTS, _CELL, strict=True))),
                        ),
                    },
                    ("code",),
                ),
            ),
        },
    ),
)

TIDY = Schema(
    "tidy",
    "A tidy table",
    "A table for those who compute, one kind of thing a row. The data package describes it too.",
    ("data/*.json",),
    record(
        "A tidy table.",
        {
            "name": text("What its files are called."),
            "title": text("Its title."),
            "description": text("What it holds."),
            "fields": many(
                "The columns.",
                record(
                    "A column.",
                    {
                        "name": text("Its name."),
                        "type": text("What its cells are.", enum=["string", "integer", "number", "date"]),
                        "description": text("What it holds."),
                        "constraints": {
                            "type": "object",
                            "description": "What its cells keep to, as the Frictionless table schema has it.",
                        },
                    },
                    ("constraints",),
                ),
            ),
            "data": many(
                "The rows.",
                {
                    "type": "object",
                    "description": "A row: a cell under the name of each column, null where there is none.",
                    "additionalProperties": {"type": ["string", "number", "null"]},
                },
            ),
        },
    ),
)

MANIFEST = Schema(
    "manifest",
    "The list of files",
    "Every file that the site was printed from, with its SHA-256. It marks a site as one of ours.",
    ("manifest.json",),
    by_name(
        "The SHA-256 of each file, by its path.", {"type": "string"}, {"type": "string", "pattern": "^[0-9a-f]{64}$"}
    ),
)
