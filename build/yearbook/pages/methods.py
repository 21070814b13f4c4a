"""The methods pages that stand alone: how figures are read, the sources, the glossary. Metrics have their own."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from yearbook.corrections import Correction
from yearbook.formatting import format_number, join_words, sentence_case
from yearbook.measures import MEASURES_BY_NAME
from yearbook.metrics import METRICS_BY_NAME
from yearbook.pages.articles import Article
from yearbook.pages.citing import Citing
from yearbook.pages.commentary import Commentary, render_commentary
from yearbook.pages.editors import EditorsHelpers
from yearbook.pages.environment import PageEnvironment, render_page
from yearbook.pages.markup import file_links
from yearbook.pages.page import Page, relative_link
from yearbook.pages.text import slug
from yearbook.report import BASIS_WORDS, Report
from yearbook.settings import ErrorReports

METHODS_PAGES = (
    (
        "methods/metrics/",
        "How each metric is computed",
        "A page for every metric: its base, its formula and a worked example, step by step, that is also a test.",
    ),
    (
        "methods/reconciliation/",
        "Our figures against the publisher’s",
        "Each published percentage computed again, year by year and level by level.",
    ),
    (
        "methods/sources/",
        "Sources, revisions and breaks",
        "The releases used, the figures from elsewhere, and where a series does not compare with itself.",
    ),
    ("glossary/", "Glossary", "The words of the service and of its statistics, in plain English."),
    (
        "methods/access/",
        "Accessibility",
        "How the pages can be read, what is tested, what is known not to work, and whom to tell.",
    ),
)


def render_methods_index(articles: Sequence[Article], environment: PageEnvironment) -> Page:
    """The entrance to the methods pages, with how to read a figure."""
    entries = [{"address": address, "title": title, "sentence": sentence} for address, title, sentence in METHODS_PAGES]
    entries[1:1] = [
        {"address": article.page.address, "title": article.title, "sentence": article.standfirst}
        for article in articles
    ]
    body = render_page(
        environment, "pages/methods.md", entries=entries, link=lambda target: relative_link(target, "methods/")
    )
    return Page(
        "methods/index.md",
        "Methods",
        "methods",
        body,
        "How the figures of the Yearbook are made, and how to check them.",
    )


def _action_words(correction: Correction) -> str:
    """What a correction does, in a sentence."""
    if correction.moves:
        titles = [MEASURES_BY_NAME[measure].title.lower() for measure in correction.moves.values()]
        return f"The counts are kept as {join_words(titles)}."
    return "The rows are left out." if correction.drop else "The cells are replaced."


def render_sources(report: Report, environment: PageEnvironment) -> Page:
    """The releases, the figures from elsewhere with their basis, and the breaks."""
    rows = [
        {
            "year": row.year,
            "title": _supplement_title(row.measure),
            "value": f"{format_number(row.figure.exact, row.places)}{'%' if row.figure.unit == 'percent' else ''}",
            "basis": BASIS_WORDS[row.basis],
            "source": f"{row.source}; {row.note}" if row.note else row.source,
        }
        for row in report.archive.supplement
    ]
    body = render_page(
        environment,
        "pages/sources.md",
        releases=[report.archive.register[year] for year in reversed(report.years)],
        licences=join_words(list(dict.fromkeys(entry.licence for entry in report.archive.register.values()))),
        supplement=rows,
        corrections=[(found, _action_words(found)) for found in report.archive.corrections],
        breaks=report.archive.breaks,
        geography=report.archive.geography.sources,
        quoted=_quoted(report),
        where_to_report=environment.citing("methods/sources/").where_to_report(),
        files=lambda path, of="": file_links(path, "methods/sources/", of=of or path.rpartition("/")[2]),
        link=lambda target: relative_link(target, "methods/sources/"),
    )
    return Page(
        "methods/sources.md",
        "Sources, revisions and breaks",
        "methods",
        body,
        "Where every figure of the Yearbook comes from.",
    )


def render_access(environment: PageEnvironment) -> Page:
    """How accessible the pages are: what was tested, what does not work, and where to tell of it."""
    address, site = "methods/access/", environment.site
    # Where errors in figures go to a form or nowhere, a barrier is told to those who read replies, if any do.
    by_mail = site.reply_to if not site.errors.mail else ""
    citing = (
        Citing(replace(site, errors=ErrorReports(mail=by_mail)), address) if by_mail else environment.citing(address)
    )
    body = render_page(
        environment,
        "pages/access.md",
        where=citing.where_to_report("A barrier on the Yearbook"),
        link=lambda target: relative_link(target, address),
    )
    return Page("methods/access.md", "Accessibility", "methods", body, METHODS_PAGES[-1][2])


def _quoted(report: Report) -> list[tuple[str, str]]:
    """The works that promises, costs and recovery without treatment are quoted from, with the table each is in."""
    archive = report.archive
    works = [(study.citation, "data/costs") for study in archive.costs]
    works += [(found.source, "data/untreated-recovery") for found in archive.untreated]
    works += [(promise.source, "data/promises") for promise in archive.promises]
    return list(dict.fromkeys(works))


def _supplement_title(measure: str) -> str:
    name = measure.removesuffix("_percent")
    if measure in METRICS_BY_NAME:
        return METRICS_BY_NAME[measure].title
    return METRICS_BY_NAME[name].title if name in METRICS_BY_NAME else sentence_case(measure.replace("_", " "))


def render_glossary(report: Report, commentary: Commentary, environment: PageEnvironment) -> Page:
    """The glossary as its editor wrote it."""
    helpers = EditorsHelpers(report, None, "glossary/", commentary.file, {}, {})
    rendered = render_commentary(commentary, helpers)
    text = "\n\n".join([rendered.lead, *(f"## {section.title}\n\n{section.text}" for section in rendered.sections)])
    body = render_page(
        environment,
        "pages/glossary.md",
        title=rendered.title,
        standfirst=rendered.standfirst,
        text=f"{text}\n\n{helpers.workings.to_html(environment.citing('glossary/'))}",
    )
    return Page("glossary.md", rendered.title, "glossary", _anchored_terms(body), rendered.standfirst)


_TERM = re.compile(r"^(?P<term>\w[^\n]*)\n(?=:[ \t])", re.MULTILINE)


def _anchored_terms(markdown: str) -> str:
    """The Markdown with an anchor for each term of its definition lists: `In-year flows` becomes `#in-year-flows`."""
    return _TERM.sub(lambda found: f"{found['term']} {{ #{slug(found['term'])} }}\n", markdown)


def glossary_terms(commentary: Commentary | None) -> Mapping[str, str]:
    """The terms the glossary explains, each with its anchor there; none where there is no glossary."""
    if commentary is None:
        return {}
    return {found["term"].strip(): slug(found["term"]) for found in _TERM.finditer(commentary.body)}
