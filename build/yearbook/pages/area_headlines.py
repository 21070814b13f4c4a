"""The figures that an area's page opens with: three counts and three rates, the rates beside England's."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from yearbook.metrics import METRICS_BY_NAME
from yearbook.organisations import Organisation
from yearbook.pages.area_tables import live
from yearbook.pages.markup import live_number
from yearbook.pages.workings import WorkingsList
from yearbook.peers import Comparisons
from yearbook.values import Status
from yearbook.wording import SHORT_VERDICTS, verdict_words
from yearbook.years import FinancialYear

COUNTS = ("referrals_received", "finished_course_of_treatment", "recovery")
RATES = ("recovery_rate", "reliable_improvement_rate", "first_treatment_within_6_weeks")


@dataclass(frozen=True, slots=True)
class Headline:
    """A figure set large: what it is, its live value, what is said beneath it, and the base of a rate in words."""

    label: str
    value: Markup
    words: Sequence[str | Markup] = ()
    base: str = ""

    @property
    def known(self) -> bool:
        """Whether there is a number, and not a mark in its place."""
        return ">[" not in self.value


def area_headlines(
    comparisons: Comparisons, organisation: Organisation, year: FinancialYear, workings: WorkingsList
) -> list[Headline]:
    """The headlines of an area's year, with their sums in `workings`; none where every number is hidden.

    A figure that no release gives is left out.
    """
    report, found = comparisons.report, []
    for name in COUNTS:
        working = report.working(name, year, organisation)
        if working.figure.status is not Status.NOT_COLLECTED:
            value = live_number(name, year, working, workings, organisation=organisation)
            found.append(Headline(METRICS_BY_NAME[name].title, Markup(value), (f"in {year}",)))  # noqa: S704 - escaped there
    for name in RATES:
        peers = comparisons.peers(name, year, organisation.org_type)
        peer = peers.of(organisation)
        if peer is None or peer.working.figure.status is Status.NOT_COLLECTED:
            continue
        metric, england = METRICS_BY_NAME[name], report.working(name, year)
        words: list[str | Markup] = []
        if england.figure.known:
            verdict = SHORT_VERDICTS[verdict_words(peer, metric.better)] if peer.working.figure.known else ""
            said = f": {verdict[:1].lower()}{verdict[1:]}" if verdict else ""
            words.append(Markup("England {}{}").format(Markup(live_number(name, year, england, workings)), said))  # noqa: S704 - escaped there
        if peer.rank:
            rank = f"{peer.rank} of {len(peers.ranked)}"
            words.append(Markup('<a class="row-link" href="#table-measures">{}</a>, from the highest').format(rank))
        found.append(Headline(metric.title, live(name, year, peer, workings), tuple(words), metric.base))
    return found if any(each.known for each in found) else []
