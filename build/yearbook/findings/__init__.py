"""What is news in a year: findings computed from the figures and ranked by a published rule.

Pure: from the comparisons of an archive to a tuple. `news` holds the rule, `national`, `groups` and `areas` the
findings; to write them up is `pages.drafts`'.
"""

from yearbook.findings.areas import area_findings, main_peers, moves, spread_step
from yearbook.findings.finding import KINDS, Finding, yearly_change
from yearbook.findings.groups import PAIRS, gap_change, gap_findings, gap_of, gap_record_words, gap_standing
from yearbook.findings.national import (
    HEADLINES,
    break_findings,
    crossing,
    direction,
    lack_findings,
    national_findings,
    record_words,
    run_before,
)
from yearbook.findings.news import NewsValue, usual_change
from yearbook.peers import Comparisons
from yearbook.years import FinancialYear

__all__ = [
    "HEADLINES",
    "KINDS",
    "PAIRS",
    "Finding",
    "NewsValue",
    "crossing",
    "direction",
    "find_news",
    "gap_change",
    "gap_of",
    "gap_record_words",
    "gap_standing",
    "main_peers",
    "moves",
    "record_words",
    "run_before",
    "spread_step",
    "usual_change",
    "yearly_change",
]


def find_news(comparisons: Comparisons, year: FinancialYear) -> tuple[Finding, ...]:
    """Every finding of a year, the greatest news first; those of equal value in the order of the catalogue.

    It looks at no year after `year`.
    """
    report = comparisons.report
    found = [
        *national_findings(report, year),
        *gap_findings(report, year),
        *area_findings(comparisons, year),
        *break_findings(report, year),
        *lack_findings(report, year),
    ]
    return tuple(sorted(found, key=lambda finding: -finding.news.value))
