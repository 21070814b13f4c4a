"""England's figures as computed to full precision by another hand, against ours."""

import json
from fractions import Fraction
from pathlib import Path

import pytest

from yearbook.report import Report
from yearbook.years import FinancialYear

# finished, not at caseness, at caseness, recovery, received, the published recovery rate, our recovery rate
# and recovery by the count at caseness.
ENGLAND = {
    "2017-18": (554709, 36767, 517393, 263295, 1439957, "50.8", 50.834842511323664, 50.88878280146813),
    "2018-19": (582556, 35706, 546105, 284810, 1603643, "52.1", 52.08192374508549, 52.15297424487965),
    "2019-20": (606192, 36054, 569244, 291371, 1694790, "51.1", 51.10534642490064, 51.185607577769815),
    "2020-21": (634649, 37267, 595840, 306990, 1456446, "51.4", 51.38922833295948, 51.52222073039742),
    "2021-22": (664087, 38168, 624193, 313919, 1812596, "50.2", 50.15329459562659, 50.291977000703305),
    "2022-23": (672193, 37805, 633236, 316251, 1759581, "49.9", 49.851352799863804, 49.94204372461452),
    "2023-24": (671648, 37164, 633828, 318013, 1829202, "50.1", 50.121516066599, 50.173390888379814),
}
COUNTS = ("finished_course_of_treatment", "not_at_caseness", "at_caseness", "recovery", "referrals_received")


@pytest.mark.parametrize("year", ENGLAND)
def test_englands_counts_and_rates_are_those_of_the_reference(report: Report, year: str) -> None:
    *counts, published, rate, by_caseness = ENGLAND[year]
    asked = FinancialYear.parse(year)
    assert [report.figure(name, asked).exact for name in COUNTS] == counts
    assert report.archive.releases[asked].figure("recovery_percent").exact == Fraction(str(published))
    assert float(report.figure("recovery_rate", asked).exact) == pytest.approx(rate, rel=1e-14)
    assert float(report.figure("recovered_of_at_caseness", asked).exact) == pytest.approx(by_caseness, rel=1e-14)


def test_the_numbers_written_here_are_those_of_the_reference_file(project: Path) -> None:
    path = project.parent / "shared" / "reference" / "reference_values.json"
    if not path.exists():
        pytest.skip("the reference file is not among the published files beside the repository")
    names = (
        "finished",
        "not_at_caseness",
        "at_caseness",
        "recovery",
        "received",
        "published_recovery",
        "rate",
        "alt_rate_at_caseness",
    )
    england = json.loads(path.read_text(encoding="utf-8"))["england"]
    written = {year: [float(value) for value in values] for year, values in ENGLAND.items()}
    assert written == {year: [float(found[name]) for name in names] for year, found in england.items()}
