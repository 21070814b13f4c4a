"""Puts a draft together: front matter, then a part for every section of a report, in its order."""

from collections.abc import Callable, Mapping

from yearbook.findings import find_news
from yearbook.pages.drafts.brief import Brief
from yearbook.pages.drafts.closing import good_and_bad, promise_and_reality, what_next
from yearbook.pages.drafts.draft import Part, wrapped
from yearbook.pages.drafts.journey import from_entering, from_referral, journey
from yearbook.pages.drafts.opening import highlights, standfirst
from yearbook.pages.drafts.outcomes import all_who_finished, at_caseness, outcomes
from yearbook.pages.drafts.places import areas
from yearbook.pages.drafts.served import who_is_served
from yearbook.pages.drafts.titles import other_titles, title
from yearbook.pages.drafts.waits import how_much_treatment, waiting_times
from yearbook.pages.sections import SECTION_IDS
from yearbook.peers import Comparisons
from yearbook.years import FinancialYear

WRITERS: Mapping[str, Callable[[Brief], Part]] = {
    "highlights": highlights,
    "journey": journey,
    "from-referral": from_referral,
    "from-entering": from_entering,
    "all-who-finished": all_who_finished,
    "at-caseness": at_caseness,
    "outcomes": outcomes,
    "waiting-times": waiting_times,
    "how-much-treatment": how_much_treatment,
    "areas": areas,
    "who-is-served": who_is_served,
    "promise-and-reality": promise_and_reality,
    "good-news-bad-news": good_and_bad,
    "what-next": what_next,
}
"""Who writes each section."""

_RECORDS = {"highlights": 2, "waiting-times": 2}
"""How many records a section may tell in full; elsewhere one."""


def draft_report(comparisons: Comparisons, year: FinancialYear) -> str:
    """The draft of a year's report, as a file for `content/reports/`, from the figures up to the year."""
    brief = Brief(comparisons, year)
    alternatives = [f"{{## Or: {other} ##}}" for other in other_titles(brief)]
    head = [
        "---",
        "title: >-",
        f"  {title(brief)}",
        "standfirst: >-",
        *(f"  {line}" for line in wrapped(standfirst(brief)).split("\n")),
        "authors:",
        "  - The Yearbook editors",
        "series: The yearly reports",
        "---",
    ]
    parts = []
    for section in SECTION_IDS:
        brief.allow_records(_RECORDS.get(section, 1))
        parts.append(WRITERS[section](brief).to_markdown())
    body = "\n\n".join([*(["\n".join(alternatives)] if alternatives else []), *parts])
    return "\n".join(head) + f"\n\n{body}\n"


def list_findings(comparisons: Comparisons, year: FinancialYear) -> str:
    """The findings of a year, the greatest news first, each with its news value and the parts of it."""
    found = find_news(comparisons, year)
    told = [
        f"{place:3}. {one.kind}: {one.words}\n     News value {one.news.why()}"
        for place, one in enumerate(found, start=1)
    ]
    return "\n".join(told) if told else f"The figures of {year} hold no finding."
