"""Whose the figures are and how to name them: the licence, the version of the data and the citation.

The version comes from the register and not from a clock, so the same data always have the same one.
"""

from typing import Any

from yearbook.archive import Archive

SITE_NAME = "The Talking Therapies Yearbook"

FIGURES_LICENCE = (
    "Open Government Licence v3.0",
    "OGL-UK-3.0",
    "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
)
"""The licence of the figures: its title, its name in registers of licences, its address."""

WORDS_LICENCE = (
    "Creative Commons Attribution 4.0",
    "CC-BY-4.0",
    "https://creativecommons.org/licenses/by/4.0/",
)
"""The licence of the Yearbook's own words, definitions and notes among them."""

LICENCE = f"Figures of NHS England and its predecessors, {FIGURES_LICENCE[0]}; compiled by {SITE_NAME}"
"""What stands in every row of a downloaded table."""

QUOTED_LICENCE = (
    "Quoted figures",
    "notspecified",
    "Figures quoted from published work that is not ours to license: cite the work. "
    f"Rates of NHS England and its predecessors, {FIGURES_LICENCE[0]}",
)
"""What stands in place of a licence for what we quote: its title, its name in registers, and what may be done."""

ATTRIBUTION = (
    "Contains public sector information of NHS England and its predecessors, licensed under the "
    f"{FIGURES_LICENCE[0]}. Compiled by {SITE_NAME}, which is independent of the NHS."
)
"""What to print beside the figures, ready to copy."""


SCHEMAS = "data/schemas"
"""Where the schemas of the files lie, each called by the kind of file it is of."""


def licence_facts() -> dict[str, str]:
    """The licence of the figures and what to print beside them, as the JSON files say it."""
    return {"title": FIGURES_LICENCE[0], "address": FIGURES_LICENCE[2], "attribution": ATTRIBUTION}


def file_head(archive: Archive, kind: str) -> dict[str, Any]:
    """What a JSON file of the `kind` says of itself: its schema, the version of the data, licence and citation."""
    return {
        "schema": f"{SCHEMAS}/{kind}.json",
        "version": data_version(archive),
        "licence": licence_facts(),
        "citation": citation(archive),
    }


def data_version(archive: Archive) -> str:
    """`2023-24.1`: the latest year, and one more for every revision of any release that has come in."""
    revisions = sum(entry.revision - 1 for entry in archive.register.values())
    return f"{archive.years[-1]}.{revisions + 1}"


def citation(archive: Archive) -> str:
    """The data as a line of a list of references."""
    first, last = archive.years[0], archive.years[-1]
    return (
        f"{SITE_NAME}. NHS Talking Therapies (IAPT) in England, annual statistics {first} to {last}. "
        f"Data version {data_version(archive)}. "
        "Compiled from the annual publications of NHS England and its predecessors."
    )


def figure_citation(archive: Archive, title: str, page: str, source: str, place: str) -> str:
    """A figure as a line of a list of references: what it finds, the page it is from, its source and its address."""
    stands = "" if page == SITE_NAME or title.startswith(f"{page}:") else f", in “{page}”"
    return f"{SITE_NAME}. “{title}” (figure){stands}. Data version {data_version(archive)}. Source: {source}. {place}"


def bibtex(archive: Archive) -> str:
    """The same as an entry for BibTeX. Its year is that of the data."""
    first, last = archive.years[0], archive.years[-1]
    return (
        f"@misc{{talking-therapies-yearbook-{last},\n"
        f'  author  = "{{{SITE_NAME}}}",\n'
        f'  title   = "{{NHS Talking Therapies (IAPT) in England: annual statistics {first} to {last}}}",\n'
        f"  year    = {{{last}}},\n"
        f"  version = {{{data_version(archive)}}},\n"
        "  note    = {Compiled from the annual publications of NHS England and its predecessors; "
        f"figures under the {FIGURES_LICENCE[0]}}},\n"
        "}"
    )
