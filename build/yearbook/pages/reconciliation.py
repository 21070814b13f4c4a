"""The page that holds our rates against the publisher's, year by year and level by level."""

from collections.abc import Sequence

from yearbook.formatting import format_number, plural
from yearbook.pages.environment import PageEnvironment, render_page
from yearbook.pages.markup import file_links, live_number
from yearbook.pages.page import Page, relative_link
from yearbook.pages.workings import WorkingsList
from yearbook.reconcile import Level
from yearbook.report import Report
from yearbook.years import FinancialYear


def render_reconciliation(report: Report, levels: Sequence[Level], environment: PageEnvironment) -> Page:
    """Our rates against the publisher's, year by year and level by level, and why 50.2 is also 50.3."""
    workings, address = WorkingsList(report), "methods/reconciliation/"
    england = [level for level in levels if level.org_type == "england"]
    below = [level for level in levels if level.org_type != "england"]
    agree, checked = sum(level.agree for level in england), sum(level.checked for level in england)
    within, tested = sum(level.agree for level in below), sum(level.checked for level in below)
    same = sum(level.same for level in below)
    misses = [miss for level in levels for miss in level.misses]
    standfirst = f"{format_number(checked + tested)} published percentages, computed again from the counts: " + (
        "every one comes out as it should."
        if agree + within == checked + tested
        else f"{format_number(agree + within)} come out as they should."
    )
    body = render_page(
        environment,
        "pages/reconciliation.md",
        standfirst=standfirst,
        england=f"{_all_or(agree, checked)} are reproduced to the digit.",
        below=f"{_all_or(within, tested)} do; "
        f"computed from the rounded counts alone, {format_number(100 * same // tested)}% would print alike."
        if tested
        else "The releases at hand hold none.",
        table=_levels_html(levels),
        files=file_links("data/reconciliation", address, of="the reconciliation"),
        misses=misses,
        explanation=_two_rates(report, workings),
        workings=workings.to_html(environment.citing(address)),
        link=lambda target: relative_link(target, address),
    )
    return Page(
        "methods/reconciliation.md",
        "Our figures against the publisher's",
        "methods",
        body,
        "Every published percentage computed again from the counts, year by year and level by level.",
    )


def _two_rates(report: Report, workings: WorkingsList) -> str:
    """Why 50.2 is also 50.3, in live numbers; empty when the year that shows it has no release."""
    year = FinancialYear(2021)
    if year not in report.archive.releases:
        return ""

    def live(metric: str) -> str:
        return live_number(metric, year, report.working(metric, year), workings)

    return (
        f"For {year} the publisher gives a recovery rate of {live('recovery_rate')}. Divide the same "
        f"{live('recovery')} recoveries by the published count at caseness, {live('at_caseness')}, and "
        f"{live('recovered_of_at_caseness')} comes out. The publisher divides by all who finished "
        f"({live('finished_course_of_treatment')}) less those not at caseness ({live('not_at_caseness')}), which leaves "
        f"{live('eligible_for_recovery')}: a little more, because some finished courses carry neither mark and stay "
        "in. Both sums are right. They answer different questions, and only the first is the published recovery rate."
    )


def _all_or(part: int, whole: int) -> str:
    return f"All {format_number(whole)}" if part == whole else f"{format_number(part)} of {format_number(whole)}"


def _levels_html(levels: Sequence[Level]) -> str:
    rows = "".join(
        f'<tr><th scope="row">{level.year}</th><td class="text">{level.title}</td><td class="num">{format_number(level.percentages)}</td>'
        f'<td class="num">{format_number(level.checked)}</td><td class="num">{format_number(level.agree)}</td>'
        f'<td data-agrees="{"yes" if level.agree == level.checked else "no"}">'
        f"{'all agree' if level.agree == level.checked else _differ(level.checked - level.agree)}</td></tr>"
        for level in sorted(levels, key=lambda level: level.year, reverse=True)
        if level.percentages
    )
    caption = "Published percentages, and how many come out from the counts"
    head = "".join(
        f'<th scope="col"{kind}>{column}</th>'
        for column, kind in (
            ("Year", ""),
            ("Level", ' class="text"'),
            ("Percentages published", ""),
            ("With all their counts", ""),
            ("Reproduced or within bounds", ""),
            ("Result", ' class="text"'),
        )
    )
    return (
        f'<div class="table-scroll" tabindex="0" role="group" aria-label="{caption}"><table class="data reconciliation">'
        f"<caption>{caption}</caption><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _differ(number: int) -> str:
    return f"{format_number(number)} {plural(number, 'differs', 'differ')}"
