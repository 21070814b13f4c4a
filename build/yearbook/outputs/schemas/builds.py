"""The schema of what a site says of its own making."""

from yearbook.outputs.schemas.schema import Schema, address, by_name, maybe, record, text, truth
from yearbook.provenance import FILE, SCHEMA

_SHA256 = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
_TEXT = {"type": "string"}

BUILD = Schema(
    "build",
    "What the site was made from",
    "All that decides the bytes of the site, and the SHA-256 of every file of it: whoever builds it again can compare.",
    (FILE,),
    record(
        "What the site was made from, and what came of it.",
        {
            "schema": {**address("This schema."), "const": SCHEMA},
            "yearbook": text("The version of Yearbook, which made it."),
            "python": text("The version of Python, its first two numbers.", pattern=r"^\d+\.\d+$"),
            "libraries": by_name("The versions of the libraries that decide bytes.", _TEXT, {**_TEXT, "minLength": 1}),
            "package": text("One SHA-256 of the source of Yearbook itself.", pattern="^[0-9a-f]{64}$"),
            "options": record(
                "What the build was told.",
                {
                    "site_url": maybe(text("The address of the site; null where it has none.")),
                    "compressed": truth("Whether compressed copies were asked for."),
                },
            ),
            "inputs": by_name(
                "The SHA-256 of every input, by its path in the project: data, words, templates and settings.",
                _TEXT,
                _SHA256,
            ),
            "outputs": by_name("The SHA-256 of every file of the site but this one, by its path.", _TEXT, _SHA256),
        },
    ),
)
