"""The real areas compared, against what another hand measured on the same figures."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from yearbook.comparison import (
    Z95,
    Z998,
    FunnelClass,
    Group,
    Interval,
    StandardisedRatio,
    classify,
    count_range,
    denominator_of,
    difference_interval,
    finished_above_received,
    funnel_limits,
    mid_percentile,
    midpoint,
    overdispersed_limits,
    overdispersion,
    people_to_match,
    pooled_rate,
    rank,
    rate_bounds,
    rate_changed,
    ratio_interval,
    recent_trend,
    spread,
    standardised_ratio,
    verdict,
    wilson,
)
from yearbook.organisations import ENGLAND, read_organisations
from yearbook.releases import Release, read_release
from yearbook.values import Status
from yearbook.years import FinancialYear

BRIGHTON, STOKE, WIRRAL, BSW, HACKNEY = "09D", "05W", "12F", "92G", "07T"


@dataclass(frozen=True)
class Area:
    """A CCG's total row: recovered, finished less not at caseness, finished, received and the published percentage."""

    recovery: int
    base: int
    finished: int
    received: int
    percentage: int
    bounds: Interval

    @property
    def rate(self) -> float:
        return self.recovery / self.base


def read(project: Path, year: str) -> Release:
    return read_release(project / "data" / "releases" / f"{year}.csv", FinancialYear.parse(year))


def ccgs_of(project: Path, release: Release) -> dict[str, Area]:
    """The named CCGs of a release, by code; hubs and unknown are none."""
    organisations = read_organisations(project / "data" / "organisations.csv")
    codes = dict.fromkeys(release.rows.loc[release.rows["org_type"] == "ccg", "org_code"])
    found = {}
    for code in codes:
        if organisations["ccg", code].kind == "area":
            names = ("recovery", "finished_course_of_treatment", "not_at_caseness")
            figures = [release.figure(name, ("ccg", code)) for name in names]
            ranges = [count_range(figure, rounded=True) for figure in figures]
            assert None not in ranges
            assert figures[0].known
            base = denominator_of(figures[1], figures[2])
            assert base is not None
            found[code] = Area(
                int(figures[0].exact),
                base,
                int(figures[1].exact),
                int(release.figure("referrals_received", ("ccg", code)).exact),
                int(release.figure("recovery_percent", ("ccg", code)).exact),
                rate_bounds(ranges[0], ranges[1] - ranges[2]),
            )
    return found


@pytest.fixture(scope="module")
def release(project: Path) -> Release:
    return read(project, "2020-21")


@pytest.fixture(scope="module")
def ccgs(project: Path, release: Release) -> dict[str, Area]:
    return ccgs_of(project, release)


@pytest.fixture(scope="module")
def england(release: Release) -> float:
    recovery, finished, less = (
        int(release.figure(name).exact) for name in ("recovery", "finished_course_of_treatment", "not_at_caseness")
    )
    return recovery / (finished - less)


def columns(ccgs: Mapping[str, Area]) -> tuple[list[int], list[int]]:
    return [area.recovery for area in ccgs.values()], [area.base for area in ccgs.values()]


def test_there_are_135_named_ccgs(ccgs: dict[str, Area]) -> None:
    assert len(ccgs) == 135
    assert (ccgs[BRIGHTON].recovery, ccgs[BRIGHTON].base) == (930, 2735)
    assert (ccgs[STOKE].recovery, ccgs[STOKE].base) == (1450, 2280)


def test_they_differ_far_more_than_by_chance(ccgs: dict[str, Area]) -> None:
    found, aim = overdispersion(*columns(ccgs)), pooled_rate(*columns(ccgs))
    assert aim == pytest.approx(0.5137564881, abs=5e-11)
    assert found.phi == pytest.approx(17.395544, abs=5e-7)
    assert found.tau2 == pytest.approx(0.000952060, abs=5e-10)


def test_the_funnel_with_overdispersion_holds_115_of_them(ccgs: dict[str, Area]) -> None:
    tau2, aim = overdispersion(*columns(ccgs)).tau2, pooled_rate(*columns(ccgs))
    classes = Counter(
        classify(
            area.rate,
            overdispersed_limits(aim, area.base, tau2, Z95),
            overdispersed_limits(aim, area.base, tau2, Z998),
        )
        for area in ccgs.values()
    )
    assert [classes[each] for each in FunnelClass] == [5, 8, 115, 5, 2]


@pytest.mark.parametrize(
    ("code", "inner", "outer"),
    [
        (BRIGHTON, (0.450527, 0.576766), (0.414359, 0.612607)),
        (STOKE, (0.449979, 0.577310), (0.413504, 0.613453)),
    ],
)
def test_limits_of_brighton_and_stoke_are_those_of_the_methods(
    ccgs: dict[str, Area], code: str, inner: tuple[float, float], outer: tuple[float, float]
) -> None:
    tau2, aim = overdispersion(*columns(ccgs)).tau2, pooled_rate(*columns(ccgs))
    for z, expected in ((Z95, inner), (Z998, outer)):
        limits = overdispersed_limits(aim, ccgs[code].base, tau2, z)
        assert (limits.low, limits.high) == pytest.approx(expected, abs=1e-6)


def test_most_lie_outside_the_plain_limits_and_the_verdicts_agree(ccgs: dict[str, Area], england: float) -> None:
    classes, verdicts = Counter[FunnelClass](), Counter[str]()
    for area in ccgs.values():
        limits = funnel_limits(england, area.base, Z95), funnel_limits(england, area.base, Z998)
        classes[classify(area.rate, *limits)] += 1
        intervals = wilson(area.recovery, area.base, Z95), wilson(area.recovery, area.base, Z998)
        verdicts[verdict(england, *intervals, "higher").value] += 1
    assert len(ccgs) - classes[FunnelClass.WITHIN] == 85
    assert classes[FunnelClass.LOW_998] + classes[FunnelClass.HIGH_998] == 71
    names = ("worst", "worse", "similar", "better", "best")
    assert [verdicts[name] for name in names] == [classes[each] for each in FunnelClass]


def test_ranks_and_percentiles_of_the_ends(ccgs: dict[str, Area]) -> None:
    keys = [(area.percentage, midpoint(area.bounds)) for area in ccgs.values()]
    ranks = dict(zip(ccgs, rank(keys), strict=True))
    assert ranks[BRIGHTON] == 135
    assert ranks[STOKE] == 1
    rates = [area.rate for area in ccgs.values()]
    found = [round(mid_percentile(rates, ccgs[code].rate), 2) for code in (BRIGHTON, WIRRAL, STOKE)]
    assert found == [0.37, 1.11, 99.63]


@pytest.mark.parametrize(
    ("year", "best_to_worst", "p90_to_p10"),
    [
        ("2017-18", 2.06, 1.26),
        ("2018-19", 1.97, 1.20),
        ("2019-20", 1.80, 1.21),
        ("2020-21", 1.87, 1.25),
        ("2021-22", 3.74, 1.21),
    ],
)
def test_spreads_are_those_of_the_methods(project: Path, year: str, best_to_worst: float, p90_to_p10: float) -> None:
    found = spread([area.rate for area in ccgs_of(project, read(project, year)).values()])
    assert found.best_to_worst is not None
    assert found.p90_to_p10 is not None
    assert (round(found.best_to_worst, 2), round(found.p90_to_p10, 2)) == (best_to_worst, p90_to_p10)


def test_stoke_and_brighton_differ_as_in_the_methods(ccgs: dict[str, Area]) -> None:
    stoke, brighton = ccgs[STOKE], ccgs[BRIGHTON]
    counts = stoke.recovery, stoke.base, brighton.recovery, brighton.base
    ratio, difference = ratio_interval(*counts), difference_interval(*counts)
    assert round(stoke.rate / brighton.rate, 4) == 1.8703
    assert (round(ratio.low, 4), round(ratio.high, 4)) == (1.7600, 1.9874)
    assert round(100 * (stoke.rate - brighton.rate), 3) == 29.593
    assert (round(100 * difference.low, 3), round(100 * difference.high, 3)) == (26.907, 32.215)


def test_every_published_percentage_lies_in_its_bounds(ccgs: dict[str, Area]) -> None:
    for code, area in ccgs.items():
        least, most = area.bounds.low * 100 - 0.5, area.bounds.high * 100 + 0.5
        assert least <= area.percentage <= most, code


def standardised(release: Release, code: str) -> StandardisedRatio | None:
    def groups() -> Iterator[Group]:
        for row in release.breakdowns(breakdown="deprivation"):
            national = [
                int(release.figure(name, ENGLAND.key, row).exact)
                for name in ("recovery", "finished_course_of_treatment", "not_at_caseness")
            ]
            recovery, finished, less = (
                release.figure(name, ("ccg", code), row)
                for name in ("recovery", "finished_course_of_treatment", "not_at_caseness")
            )
            if finished.status is not Status.NOT_COLLECTED:
                count = int(recovery.exact) if recovery.known else None
                yield Group(count, denominator_of(finished, less), national[0] / (national[1] - national[2]))

    return standardised_ratio(groups())


@pytest.mark.parametrize(
    ("code", "observed", "expected", "ratio", "expected_rate"),
    [(BRIGHTON, 930, 1375.70, 0.676, 50.3), (STOKE, 1445, 1123.54, 1.286, 49.1), (HACKNEY, 2130, 1678.50, 1.269, 48.3)],
)
def test_deprivation_does_not_explain_the_ends(
    release: Release, code: str, observed: int, expected: float, ratio: float, expected_rate: float
) -> None:
    found = standardised(release, code)
    assert found is not None
    assert found.observed == observed
    assert found.expected == pytest.approx(expected, abs=0.005)
    assert round(found.ratio, 3) == ratio
    assert round(100 * found.expected_rate, 1) == expected_rate


def test_hardly_any_of_a_ccgs_base_is_hidden_in_its_deciles(release: Release, ccgs: dict[str, Area]) -> None:
    found = [standardised(release, code) for code in ccgs]
    shares = [each.hidden_share for each in found if each is not None]
    assert len(shares) == 135
    assert max(shares) < 0.02


def test_the_best_tenth_would_mean_hundreds_of_recoveries_more_in_brighton(ccgs: dict[str, Area]) -> None:
    p90 = spread([area.rate for area in ccgs.values()]).p90
    more = people_to_match(ccgs[BRIGHTON].recovery, ccgs[BRIGHTON].base, p90)
    exact = p90 * 2735 - 930
    assert more % 5 == 0
    assert abs(more - exact) <= 2.5
    assert people_to_match(ccgs[STOKE].recovery, ccgs[STOKE].base, p90) == 0


def test_the_implausible_rows_of_the_methods_are_flagged_and_few_others(project: Path, ccgs: dict[str, Area]) -> None:
    flagged = {code for code, area in ccgs.items() if finished_above_received(area.finished, area.received)}
    assert {(ccgs[code].finished, ccgs[code].received) for code in flagged} == {(775, 500), (715, 620)}
    later = ccgs_of(project, read(project, "2021-22"))
    assert [code for code, area in later.items() if finished_above_received(area.finished, area.received)] == [BSW]
    fell = [
        code
        for code in later
        if code in ccgs
        and rate_changed("recovery rate", later[code].percentage, ccgs[code].percentage, FinancialYear(2020))
    ]
    assert fell == [BSW]


@pytest.fixture(scope="module")
def reference(project: Path) -> dict[str, Any]:
    path = project.parent / "shared" / "reference" / "reference_values.json"
    if not path.exists():
        pytest.skip("the reference file is not among the published files beside the repository")
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def test_wilsons_intervals_are_those_of_the_reference_file(reference: dict[str, Any]) -> None:
    assert (reference["z"]["95"], reference["z"]["99.8"]) == (Z95, Z998)
    for each in reference["wilson"]:
        for level, z in (("ci95", Z95), ("ci998", Z998)):
            interval = wilson(each["x"], each["n"], z)
            assert (interval.low, interval.high) == pytest.approx(tuple(each[level]), abs=1e-14), each


def test_funnel_limits_are_those_of_the_reference_file(reference: dict[str, Any]) -> None:
    for each in reference["funnel_normal"]:
        for level, z in (("limits95", Z95), ("limits998", Z998)):
            limits = funnel_limits(each["p0"], each["n"], z)
            assert (limits.low, limits.high) == pytest.approx(tuple(each[level]), abs=1e-14), each


def test_trends_are_those_of_the_reference_file(reference: dict[str, Any]) -> None:
    asked = [each for each in reference["trend"] if "years" in each]
    assert len(asked) == 4
    for each in asked:
        years = [FinancialYear.parse(year) for year in each["years"]]
        found = recent_trend(years, each["counts"], each["denominators"])
        assert found.chi2 == pytest.approx(each["chi2"], rel=1e-12)
        assert found.slope == pytest.approx(each["beta_logit"], rel=1e-12)
        turns = len(set(each["jackknife_signs"])) > 1
        assert found.direction.value == each["marker"].lower() + (" (outlier)" if turns else "")
