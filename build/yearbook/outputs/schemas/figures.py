"""The schema of what is said of a figure to a program."""

from yearbook.outputs.schemas.schema import Body, Schema, licence, many, maybe, record, text, whole


def _link(description: str) -> Body:
    return text(f"{description} An address from the file.", format="uri-reference", minLength=1)


_AREA = record(
    "The area or provider it is of; null for a chart of England or of many areas.",
    {
        "name": text("Its name."),
        "codes": many("Its codes, one or more.", text("A code.")),
        "page": _link("Its page."),
    },
)

_IMAGE = record(
    "A picture of it.",
    {
        "kind": text("Which of its pictures.", enum=["wide", "narrow", "png"]),
        "format": text("Its format.", enum=["svg", "png"]),
        "address": _link("The file."),
        "width": whole("In pixels.", minimum=1),
        "height": whole("In pixels.", minimum=1),
    },
)

FIGURE = Schema(
    "figure",
    "A figure",
    "A chart, its words, its files and how to cite it.",
    ("figures/*/figure.json",),
    record(
        "A chart.",
        {
            "$schema": _link("This schema."),
            "id": text("The last part of the address of its page.", pattern="^[a-z0-9-]+$"),
            "title": text("What it finds.", minLength=1),
            "base": text("Who is counted."),
            "alt": text("What the picture shows, in sentences."),
            "notes": many("What to know to read it rightly.", text("A note.")),
            "source": text("Where its numbers come from."),
            "year": maybe(
                text(
                    "The financial year it is of; null for one of several years, and for an area's.",
                    pattern=r"^\d{4}-\d{2}$",
                )
            ),
            "area": maybe(_AREA),
            "address": text("Its own page: a whole address where the site knows its own, else from the site's top."),
            "page": record(
                "The page it is at home on.", {"title": text("Its title."), "address": _link("The figure on it.")}
            ),
            "images": many("Its pictures, one or more.", _IMAGE),
            "data": record(
                "The files that hold its numbers: its table's, or all figures of its area.",
                {"csv": _link("As CSV."), "json": _link("As JSON.")},
            ),
            "version": text("The version of the data.", pattern=r"^\d{4}-\d{2}\.\d+$"),
            "licence": licence(),
            "attribution": text("What to print with the figure."),
            "citation": text("The figure as a line of a list of references."),
            "embed": maybe(text("HTML that shows it in another page; null where the site does not know its address.")),
        },
    ),
)
"""What stands in a `figure.json`. Keys are only ever added."""
