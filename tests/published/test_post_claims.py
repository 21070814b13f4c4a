"""Every statistical claim of the five posts that has a verdict in the list of them, decided from our own data.

How each is decided stands in tests/claims/decided.yml, by the claim's number in that list: the metric, the year, the
area, the way, and the reason in words. The list and the posts lie beside the repository and are not part of it; what is
decided is tested without them, and that it agrees with the list is tested where they are.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml
from claims.judging import area_of, verdict_on
from claims.labelled import NOT_STATISTICAL, read_post_claims

from yearbook.areas import Areas
from yearbook.formatting import round_half_up
from yearbook.metrics import METRICS_BY_NAME
from yearbook.organisations import ENGLAND, Organisation
from yearbook.peers import Comparisons, Peers
from yearbook.report import Change, Report, difference_of
from yearbook.wording.facts import facts_against
from yearbook.wording.phrases import judge_phrase
from yearbook.years import FinancialYear

TABLE: Mapping[str, Any] = yaml.safe_load(
    (Path(__file__).parents[1] / "claims" / "decided.yml").read_text(encoding="utf-8")
)

VERDICTS = ("yes", "rounding", "no")


@dataclass(frozen=True, slots=True)
class Decision:
    """How one claim is decided, and what the table says comes of it.

    `verdict` is the list's; `ours`, where our rules give another, is what they give. `given` is what the way needs.
    """

    id: str
    verdict: str
    ours: str
    how: str
    why: str
    given: Mapping[str, Any]

    @property
    def metric(self) -> str:
        """The metric it is decided by."""
        return str(self.given["metric"])

    @property
    def year(self) -> FinancialYear:
        """The year that it is of."""
        return FinancialYear.parse(self.given["year"])

    @property
    def since(self) -> FinancialYear | None:
        """The year that it is compared with, if it is with one."""
        return FinancialYear.parse(self.given["since"]) if "since" in self.given else None

    @property
    def area(self) -> Organisation:
        """The area that it is of: England unless named."""
        return area_of(self.given.get("area", ""))

    @property
    def places(self) -> int:
        """The decimals that a percentage is printed with: one for England, none for an area, unless given."""
        return int(self.given.get("places", 1 if self.area.key == ENGLAND.key else 0))


def _decision(id: str, entry: Mapping[str, Any]) -> Decision:
    given = {name: value for name, value in entry.items() if name not in ("verdict", "ours", "how", "why")}
    return Decision(id, entry["verdict"], entry.get("ours", entry["verdict"]), entry["how"], entry["why"], given)


DECISIONS = [_decision(id, entry) for part in ("decided", "otherwise") for id, entry in TABLE[part].items()]


@dataclass(frozen=True, slots=True)
class Figures:
    """What claims are decided from."""

    report: Report
    comparisons: Comparisons

    def value(self, decision: Decision) -> Fraction:
        """The unrounded figure; below England the percentage that the publisher prints."""
        return Fraction(self.report.figure(decision.metric, decision.year, decision.area).exact)

    def printed(self, decision: Decision, year: FinancialYear, area: Organisation) -> Fraction:
        """The percentage as it is printed: one decimal for England, none below it, unless the claim rests on fewer."""
        places = decision.places if "places" in decision.given else (1 if area.key == ENGLAND.key else 0)
        return Fraction(round_half_up(self.report.figure(decision.metric, year, area).exact, places))

    def change(self, decision: Decision) -> Change:
        """The change since the year that the claim is compared with. Raises ValueError where there is none."""
        change = self.report.change(decision.metric, decision.year, decision.since, decision.area)
        if change.difference is None:
            raise ValueError(f"{decision.metric} has no change from {decision.since} to {decision.year}")
        return change

    def ccgs(self, decision: Decision) -> Peers:
        """The CCGs of the year, by the metric."""
        return self.comparisons.peers(decision.metric, decision.year, "ccg")


@pytest.fixture(scope="module")
def figures(report: Report) -> Figures:
    return Figures(report, Comparisons(report, Areas(report.archive)))


def stated(decision: Decision) -> Fraction:
    return Fraction(decision.given["says"])


def compare(said: str, exact: Fraction) -> str:
    """`yes` where the number said is exactly so, `rounding` where it is so to its own decimals, else `no`."""
    if Fraction(said) == exact:
        return "yes"
    places = len(said.partition(".")[2])
    return "rounding" if Fraction(round_half_up(exact, places)) == Fraction(said) else "no"


def holds(found: bool) -> str:
    return "yes" if found else "no"


def by_value(figures: Figures, decision: Decision) -> str:
    return compare(decision.given["says"], figures.value(decision))


def by_counts(figures: Figures, decision: Decision) -> str:
    counts = figures.comparisons.counts(METRICS_BY_NAME[decision.metric], decision.year, decision.area)
    assert counts is not None
    return compare(decision.given["says"], Fraction(100 * counts.numerator, counts.denominator))


def by_printed(figures: Figures, decision: Decision) -> str:
    found = figures.printed(decision, decision.year, decision.area)
    return compare(decision.given["says"], 100 - found if decision.given.get("complement") else found)


def in_unit(decision: Decision, before: Fraction, after: Fraction) -> Fraction:
    """How far one value lies from another, in the unit that the claim states: per cent is of the value before."""
    if decision.given["unit"] == "percent":
        return 100 * (after - before) / before
    assert (decision.given["unit"] == "points") == METRICS_BY_NAME[decision.metric].is_rate
    return after - before


def by_change(figures: Figures, decision: Decision) -> str:
    change = figures.change(decision)
    before, after = (Fraction(working.figure.exact) for working in (change.before, change.after))
    if decision.given.get("printed"):
        assert decision.since is not None
        before, after = (figures.printed(decision, year, decision.area) for year in (decision.since, decision.year))
    return compare(decision.given["says"], in_unit(decision, before, after))


def by_gap(figures: Figures, decision: Decision) -> str:
    other, own = area_of(decision.given["against"]), decision.area
    if decision.given.get("printed"):
        before, after = (figures.printed(decision, decision.year, area) for area in (other, own))
    else:
        before, after = (
            Fraction(figures.report.figure(decision.metric, decision.year, area).exact) for area in (other, own)
        )
    return compare(decision.given["says"], in_unit(decision, before, after))


def by_phrase(figures: Figures, decision: Decision) -> str:
    where = {name: decision.given[name] for name in ("area", "since", "against") if name in decision.given}
    verdict = verdict_on(figures.report, decision.given["phrase"], decision.metric, decision.given["year"], **where)
    assert verdict.holds is not None, f"{decision.given['phrase']} is no phrase of ours"
    return holds(verdict.holds)


def by_phrases(figures: Figures, decision: Decision) -> str:
    each = [
        by_phrase(figures, Decision(decision.id, "", "", "phrase", "", given)) for given in decision.given["phrases"]
    ]
    return holds(all(found == "yes" for found in each))


def by_extremes(figures: Figures, decision: Decision) -> str:
    """A phrase for the ratio of the highest area that may be named to the lowest, as their rates are printed."""
    peers = figures.ccgs(decision)
    assert peers.highest is not None
    assert peers.lowest is not None
    change = difference_of(peers.lowest.working, peers.highest.working)
    facts = facts_against(change, METRICS_BY_NAME[decision.metric], "the highest", "the lowest", 0)
    return holds(judge_phrase(decision.given["phrase"], facts).holds is True)


def by_spread(figures: Figures, decision: Decision) -> str:
    """Whether the 90th percentile over the 10th of two years lies within what is given."""
    assert decision.since is not None
    change = figures.comparisons.spread_change("ccg", decision.year, decision.since)
    assert change.p90_to_p10 is not None
    return holds(abs(change.p90_to_p10) <= float(decision.given["within"]))


def by_rank(figures: Figures, decision: Decision) -> str:
    peers = figures.ccgs(decision)
    found = peers.highest if decision.given["rank"] == "highest" else peers.lowest
    return holds(found is not None and found.organisation.key == decision.area.key)


def by_record(figures: Figures, decision: Decision) -> str:
    """Whether it is the strict extreme of so many years, or of every year up to its own that has a value."""
    first = decision.year.start - decision.given["years"] if "years" in decision.given else 0
    earlier = [
        Fraction(working.figure.exact)
        for year, working in figures.report.series(decision.metric)
        if first < year.start < decision.year.start and working.figure.known
    ]
    assert len(earlier) >= 2, "a record over fewer than three years is none"
    own = figures.value(decision)
    if "says" in decision.given:
        assert compare(decision.given["says"], own) != "no"
    return holds(own > max(earlier) if decision.given["record"] == "highest" else own < min(earlier))


def by_first(figures: Figures, decision: Decision) -> str:
    """Whether it is the first year with a value at or above the level, as published."""
    level = Fraction(decision.given["level"])
    reached = [year for year in figures.report.years if figures.report.reaches(decision.metric, year, level)]
    return holds(min(reached) == decision.year)


def by_standard(figures: Figures, decision: Decision) -> str:
    """Whether the standard in force is the one said and, where the claim says so too, whether it was met."""
    standard = figures.report.standard(decision.metric, decision.year)
    met = not decision.given.get("met") or figures.report.meets_standard(decision.metric, decision.year) is True
    return holds(standard is not None and standard.level == stated(decision) and met)


def by_moved(figures: Figures, decision: Decision) -> str:
    change = figures.change(decision).difference
    assert change is not None
    return holds(change > 0 if decision.given["direction"] == "up" else change < 0)


def by_fell_by_more(figures: Figures, decision: Decision) -> str:
    """Whether it fell by more than is said. The two years need not stand on one basis, which `why` must own to."""
    assert decision.since is not None
    before = figures.report.figure(decision.metric, decision.since).exact
    return holds(before - figures.value(decision) > stated(decision))


def by_alike(figures: Figures, decision: Decision) -> str:
    """Whether the values of every year since the first lie within so many points of each other."""
    assert decision.since is not None
    run = [
        figures.report.figure(decision.metric, year).exact
        for year in figures.report.years
        if decision.since <= year <= decision.year
    ]
    return holds(max(run) - min(run) <= Fraction(decision.given["within"]))


def by_over(figures: Figures, decision: Decision) -> str:
    return holds(figures.value(decision) > stated(decision))


def by_cost(figures: Figures, decision: Decision) -> str:
    """Whether the study's cost of a recovery is the one said, and one that its cost of a treatment allows."""
    study, kind = figures.report.archive.costs[0], decision.given["kind"]
    shares = [study.implied_share(each) for each in study.per_recovery if each != "all"]
    possible = 0 < study.implied_share(kind) < 100 and min(shares) < study.implied_share("all") < max(shares)
    return holds(study.per_recovery[kind] == stated(decision) and possible)


PLAIN_FRACTIONS = {
    "a quarter": Fraction(25),
    "a third": Fraction(100, 3),
    "half": Fraction(50),
    "two-thirds": Fraction(200, 3),
    "three-quarters": Fraction(75),
}


def by_untreated(figures: Figures, decision: Decision) -> str:
    """Whether the fraction said is the nearest plain one to the study's percentage, which is a kind of rounding."""
    found = Fraction(figures.report.archive.untreated[0].shares[decision.given["months"]].text.removesuffix("%"))
    nearest = min(PLAIN_FRACTIONS, key=lambda words: abs(PLAIN_FRACTIONS[words] - found))
    if nearest != decision.given["phrase"]:
        return "no"
    return "yes" if PLAIN_FRACTIONS[nearest] == found else "rounding"


WAYS: Mapping[str, Callable[[Figures, Decision], str]] = {
    "value": by_value,
    "counts": by_counts,
    "printed": by_printed,
    "change": by_change,
    "gap": by_gap,
    "phrase": by_phrase,
    "phrases": by_phrases,
    "extremes": by_extremes,
    "spread": by_spread,
    "rank": by_rank,
    "record": by_record,
    "first": by_first,
    "standard": by_standard,
    "moved": by_moved,
    "fell_by_more": by_fell_by_more,
    "alike": by_alike,
    "over": by_over,
    "cost": by_cost,
    "untreated": by_untreated,
}
"""The ways in which a claim is decided, by name. Each gives `yes`, `rounding` or `no`."""


@pytest.mark.parametrize("decision", DECISIONS, ids=[decision.id for decision in DECISIONS])
def test_a_claim_is_decided_as_the_table_says(figures: Figures, decision: Decision) -> None:
    assert decision.why
    assert WAYS[decision.how](figures, decision) == decision.ours, decision.why


EXACT = ("value", "counts", "printed", "change", "gap", "standard", "cost")
NUMBERS = [decision for decision in DECISIONS if decision.how in EXACT and decision.ours != "no"]


@pytest.mark.parametrize("decision", NUMBERS, ids=[decision.id for decision in NUMBERS])
def test_the_same_claim_with_its_last_digit_changed_is_wrong(figures: Figures, decision: Decision) -> None:
    said = decision.given["says"]
    last = Fraction(1, 10 ** len(said.partition(".")[2]))
    for other in (Fraction(said) + last, Fraction(said) - last):
        changed = str(round_half_up(other, len(said.partition(".")[2])))
        given = {**decision.given, "says": changed}
        assert WAYS[decision.how](figures, replace(decision, given=given)) == "no"


def test_the_table_decides_every_statistical_claim_that_has_a_verdict() -> None:
    rows = {row.id: row for row in read_post_claims() if row.is_statistical and row.agrees in VERDICTS}
    assert sorted([*(decision.id for decision in DECISIONS), *TABLE["undecided"]]) == sorted(rows)
    assert {decision.id: decision.verdict for decision in DECISIONS} == {
        id: row.agrees for id, row in rows.items() if id not in TABLE["undecided"]
    }


def test_the_numbers_decided_are_those_of_the_list() -> None:
    values = {row.id: row.value for row in read_post_claims()}
    said = {one.id: one.given.get("csv", one.given["says"]) for one in DECISIONS if "says" in one.given}
    assert said == {id: values[id] for id in said}


def test_the_claims_decided_otherwise_or_not_at_all_are_exactly_these() -> None:
    assert list(TABLE["otherwise"]) == ["001-34"]
    assert list(TABLE["undecided"]) == ["002-09", "003-33"]
    assert [decision.id for decision in DECISIONS if decision.ours != decision.verdict] == ["001-34"]


def test_the_claims_with_a_verdict_that_are_no_statistics_are_known_by_name() -> None:
    left = {row.id: row.kind for row in read_post_claims() if row.agrees in VERDICTS and not row.is_statistical}
    unlike = {id for id, kind in left.items() if kind not in ("definition", "other")}
    assert unlike == {"001-24", "003-43"} <= set(NOT_STATISTICAL)
    assert sorted(id for id, kind in left.items() if kind == "other") == ["002-01", "003-42"]


def test_the_counts_quoted_from_the_posts_add_up_with_the_published_one(figures: Figures) -> None:
    # The post on 2019-20 is our only source for these. Their sums hold only with the count of the release itself.
    year = FinancialYear.parse("2019-20")

    def count(metric: str) -> int:
        return int(figures.report.figure(metric, year).exact)

    finished = figures.report.archive.releases[year].figure("finished_course_of_treatment").exact
    assert count("ended_seen_not_treated") + count("ended_after_one_treatment") + finished == count("ended_seen")
    assert count("ended_not_seen") + count("ended_seen") == count("ended_referrals")


def test_a_number_is_compared_to_its_own_decimals() -> None:
    assert [compare(said, Fraction("50.83")) for said in ("50.83", "50.8", "51", "50.9")] == [
        "yes",
        "rounding",
        "rounding",
        "no",
    ]
