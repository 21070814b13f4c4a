"""A phrase judged on the real figures, by the rules of checked words, as a page's own helper would ask for it."""

from yearbook.groups import group_key
from yearbook.metrics import METRICS_BY_NAME
from yearbook.organisations import ENGLAND, Organisation
from yearbook.releases import TOTAL, Breakdown
from yearbook.report import Report, difference_of
from yearbook.wording.facts import Facts, Verdict, facts_about, facts_against, places_of
from yearbook.wording.phrases import judge_phrase
from yearbook.years import FinancialYear


def area_of(code: str) -> Organisation:
    """England without a code, else the CCG that has it."""
    return ENGLAND if code in ("", "England") else Organisation("ccg", code)


def group_of(report: Report, year: FinancialYear, group: str) -> Breakdown:
    """The part of the whole that `group` names, as in `gender/female`; all of it when it names none."""
    if not group:
        return TOTAL
    return next(found for found in report.archive.releases[year].breakdowns(ENGLAND.key) if group_key(found) == group)


def facts_of(
    report: Report, metric: str, year: str, area: str = "", group: str = "", since: str = "", against: str = ""
) -> Facts:
    """What a phrase is judged on: a figure with its past, or beside another metric's, area's or group's."""
    asked, own = FinancialYear.parse(year), area_of(area)
    part = group_of(report, asked, group)
    if not against:
        earlier = FinancialYear.parse(since) if since else None
        return facts_about(report, metric, asked, own, part, earlier)
    other = (metric, asked, own, part)
    if against in METRICS_BY_NAME:
        other = (against, asked, own, part)
    elif "/" in against:
        other = (metric, asked, own, group_of(report, asked, against))
    else:
        other = (metric, asked, area_of(against), part)
    change = difference_of(report.working(*other), report.working(metric, asked, own, part))
    found = METRICS_BY_NAME[metric]
    return facts_against(change, found, found.title, against, places_of(found, own))


def verdict_on(report: Report, phrase: str, metric: str, year: str, **what: str) -> Verdict:
    """Whether the phrase holds, why, and what would."""
    return judge_phrase(phrase, facts_of(report, metric, year, **what))
