"""The catalogue of metrics: what is computed from the measures, and what it means.

One entry a metric, in reading order. Its formula computes it; its base is named wherever it is shown;
its worked example is a test and is printed in the methods pages. Definitions follow NHS England's
metadata for the annual publication; a *rate* is a percentage of the base named. Two cohorts are kept
apart by name: referrals that **ended** in the year (each stage is part of the one before) and **in-year
flows** (what was received, entered and finished in the same twelve months, not the same referrals).
"""

from dataclasses import dataclass

from yearbook.formulas import Formula, Term, minus, plus
from yearbook.releases import TOTAL, Breakdown

FLOWS = "in-year flows"
ENDED = "ended in the year"
FINISHED = "finished in the year"

RECEIVED_BASE = "of referrals received in the year"
ENTERED_BASE = "of referrals that entered treatment in the year"
ENDED_BASE = "of referrals that ended in the year"
TREATED_BASE = "of referrals that ended after at least one treatment appointment"
FINISHED_BASE = "of referrals that finished a course of treatment"
CASENESS_BASE = "of referrals that finished a course of treatment and were at caseness at the start"

METADATA = "NHS England, metadata of the annual publication on NHS Talking Therapies"


@dataclass(frozen=True, slots=True)
class Example:
    """A worked example: the numbers put in, by measure, and the value as the site prints it."""

    what: str
    given: tuple[tuple[str, int], ...]
    gives: str


@dataclass(frozen=True, slots=True)
class Metric:
    """A computed quantity.

    `base` is in words and empty for counts and means. `better` is `higher`, `lower` or empty where no
    direction is agreed. `cohort` is one of the three above. `published` names the measure that holds the
    publisher's own percentage, where there is one. `of_groups` says that it is a group's share of the whole, which
    says nothing of the whole itself.
    """

    name: str
    title: str
    formula: Formula
    cohort: str
    definition: str
    example: Example
    base: str = ""
    better: str = ""
    why: str = ""
    caveat: str = ""
    source: str = METADATA
    published: str = ""
    of_groups: bool = False

    @property
    def unit(self) -> str:
        """`count`, `percent`, `days`, `appointments` or `ratio`."""
        return self.formula.unit

    @property
    def slug(self) -> str:
        """What its pages are called: the name with hyphens."""
        return self.name.replace("_", "-")

    @property
    def is_rate(self) -> bool:
        """Whether it is a percentage of a base, so that its changes are percentage points."""
        return self.unit == "percent"


ENTERED_NOT_COHORT = (
    "Referrals received, entered and finished in the same year are not the same referrals, so this is a "
    "ratio of flows, not the share of any group that got through."
)
MONTHLY_NOTE = (
    "Where no annual figure is at hand a sum of monthly releases stands in, within about 1% of it, and is marked."
)
CENSUS_2019_20 = "England, 2019-20, as first published"
CENSUS_2017_18 = "England, 2017-18, as first published"

_NUMBERS_2019_20 = {
    "referrals_received": 1_694_790,
    "entered_treatment": 1_165_653,
    "ended_referrals": 1_647_716,
    "ended_before_treatment": 551_977,
    "ended_not_seen": 521_312,
    "ended_seen_not_treated": 30_665,
    "ended_after_one_treatment": 489_547,
    "finished_course_of_treatment": 606_192,
    "at_caseness": 569_244,
    "not_at_caseness": 36_054,
    "reliable_improvement": 406_118,
    "no_reliable_change": 158_960,
    "reliable_deterioration": 35_316,
    "recovery": 291_371,
    "reliable_recovery": 276_261,
}
_NUMBERS_2017_18 = {
    "referrals_received": 1_439_957,
    "entered_treatment": 1_009_035,
    "finished_course_of_treatment": 554_709,
    "not_at_caseness": 36_767,
    "recovery": 263_295,
}


def _worked(numbers: dict[str, int], what: str, formula: Formula, gives: str) -> Example:
    needed = dict.fromkeys(term.given_name for term in formula.terms())
    return Example(what, tuple((name, numbers[name]) for name in needed), gives)


def _count(
    name: str, title: str, cohort: str, definition: str, gives: str, *terms: Term, given: dict[str, int] | None = None,
    what: str = CENSUS_2019_20, better: str = "", why: str = "", caveat: str = "", source: str = METADATA,
    otherwise: tuple[Term, ...] = (),
) -> Metric:  # fmt: skip
    formula = Formula(terms or (plus(name),), otherwise=otherwise)
    example = _worked(given or _NUMBERS_2019_20, what, formula, gives)
    return Metric(name, title, formula, cohort, definition, example, "", better, why, caveat, source)


def _rate(
    name: str, title: str, base: str, cohort: str, definition: str, gives: str, over: tuple[Term, ...],
    under: tuple[Term, ...], given: dict[str, int] | None = None, what: str = CENSUS_2019_20, better: str = "",
    why: str = "", caveat: str = "", published: str = "", otherwise: tuple[Term, ...] = (),
) -> Metric:  # fmt: skip
    formula = Formula(over, under, "percent", otherwise)
    example = _worked(given or _NUMBERS_2019_20, what, formula, gives)
    return Metric(name, title, formula, cohort, definition, example, base, better, why, caveat, METADATA, published)


_RECEIVED = (plus("referrals_received"),)
_ENTERED = (plus("entered_treatment"),)
_ENDED = (plus("ended_referrals"),)
_ONE = (plus("ended_after_one_treatment"),)
_FINISHED = (plus("finished_course_of_treatment"),)
_TREATED = (plus("ended_after_one_treatment"), plus("finished_course_of_treatment"))
_ELIGIBLE = (plus("finished_course_of_treatment"), minus("not_at_caseness"))
_RECOVERED = (plus("recovery"),)
_UNSCORED = (
    plus("finished_course_of_treatment"),
    minus("reliable_improvement"),
    minus("no_reliable_change"),
    minus("reliable_deterioration"),
)


def _share(name: str, title: str, measure: str, base: str, cohort: str, definition: str, example: Example) -> Metric:
    formula = Formula((plus(measure),), (plus(measure, TOTAL),), "percent")
    return Metric(name, title, formula, cohort, definition, example, base, caveat=_SHARE_CAVEAT, of_groups=True)


_SHARE_CAVEAT = (
    "Where a referral can be in several groups, as with disabilities, or in none, the shares do not add up to 100%."
)


def _wait(
    name: str,
    title: str,
    what_waited: str,
    limit: str,
    definition: str,
    given: tuple[int, int],
    gives: str,
    caveat: str,
    better: str = "higher",
) -> Metric:
    within = Breakdown("waiting_time", what_waited, limit)
    formula = Formula((plus("finished_course_of_treatment", within),), _FINISHED, "percent")
    example = Example(
        CENSUS_2017_18,
        (("finished_course_of_treatment within the limit", given[0]), ("finished_course_of_treatment", given[1])),
        gives,
    )
    return Metric(name, title, formula, FINISHED, definition, example, FINISHED_BASE, better,
                  "It says how soon help began for those who stayed to the end of it.", caveat)  # fmt: skip


_FIRST_WAIT_CAVEAT = (
    "It describes only referrals that finished a course. It says nothing of those who never entered treatment, "
    "nor of how long anyone waited for the second appointment."
)


_SECOND_WAIT_CAVEAT = "It has no standard. It describes only referrals that finished a course."


def _mean(
    name: str, title: str, unit: str, definition: str, example: Example, caveat: str, cohort: str = FINISHED
) -> Metric:
    return Metric(name, title, Formula((plus(name),), unit=unit), cohort, definition, example, caveat=caveat)


METRICS: tuple[Metric, ...] = (
    # Volumes and stages.
    _count("referrals_received", "Referrals received", FLOWS, "Referrals whose request was received in the year.", "1,694,790",
           why="It is the demand that reached the service.",
           caveat="A referral is not a person: in 2016-17 there were 1.16 referrals for each person referred."),
    _count("people_referred", "People referred", FLOWS, "People with at least one referral received in the year.", "1,198,952",
           given={"people_referred": 1_198_952}, what="England, 2016-17", caveat="Not in the annual file after 2016-17."),
    _count("entered_treatment", "Entered treatment", FLOWS,
           "Referrals whose first attended treatment appointment fell in the year, whenever they were received.", "1,165,653",
           why="It is the count that access targets are set on.",
           caveat="It is not part of the referrals received in the year: some were received the year before."),
    _count("second_treatment", "Second treatment", FLOWS, "Referrals whose second treatment appointment fell in the year.", "1,000",
           given={"second_treatment": 1_000}, what="An invented file", caveat="In the annual file from 2020-21."),
    _count("ended_referrals", "Referrals ended", ENDED, "Referrals that ended in the year, whenever they were received.", "1,647,716",
           why="Every outcome of the year is a part of it.", caveat=MONTHLY_NOTE),
    _count("ended_not_seen", "Ended, not seen", ENDED, "Referrals that ended in the year with no attended contact.", "521,312",
           why="It is one of the two largest losses on the way; the other is a single appointment.", caveat=MONTHLY_NOTE),
    _count("ended_seen", "Ended, seen", ENDED, "Referrals that ended in the year with at least one attended contact.", "1,126,404",
           plus("ended_referrals"), minus("ended_not_seen"), caveat=MONTHLY_NOTE),
    _count("ended_seen_not_treated", "Ended, seen but not treated", ENDED,
           "Referrals that ended in the year with an attended contact but no treatment appointment.", "30,665", caveat=MONTHLY_NOTE),
    _count("ended_before_treatment", "Ended before treatment", ENDED,
           "Referrals that ended in the year with no treatment appointment, seen or not.", "551,977",
           otherwise=(plus("ended_not_seen"), plus("ended_seen_not_treated")), caveat=MONTHLY_NOTE),
    _count("ended_after_one_treatment", "Ended after one treatment appointment", ENDED,
           "Referrals that ended in the year with exactly one attended treatment appointment.", "489,547", caveat=MONTHLY_NOTE),
    _count("ended_after_treatment", "Ended after treatment", ENDED,
           "Referrals that ended in the year with at least one attended treatment appointment: those that ended after one "
           "and those that finished a course.", "1,095,739", *_TREATED,
           why="Those who entered treatment, counted when they leave: the base on which completion is a true share.", caveat=MONTHLY_NOTE),
    _count("finished_course_of_treatment", "Finished a course of treatment", FINISHED,
           "Referrals that ended in the year with at least two attended treatment appointments, follow-ups left out.", "606,192",
           caveat="It counts appointments, not the reason for ending: someone who drops out after two has finished."),
    # The outcome, as counts.
    _count("at_caseness", "At caseness at the start", FINISHED,
           "Finished courses that scored at or above the clinical threshold on either measure at the first appointment.", "569,244",
           caveat="At and not at caseness do not add up to all who finished: in most years some hundreds or thousands have neither mark."),
    _count("not_at_caseness", "Not at caseness at the start", FINISHED,
           "Finished courses that scored below the threshold on both measures at the first appointment.", "36,054"),
    _count("eligible_for_recovery", "Counted for recovery", FINISHED,
           "Finished courses less those not at caseness at the start: the base the publisher uses for recovery.", "570,138", *_ELIGIBLE,
           caveat="Slightly more than the published count at caseness, because those with neither mark stay in."),
    _count("recovery", "Recovery", FINISHED,
           "Finished courses at caseness at the start and below the threshold on both measures at the end.", "291,371", better="higher",
           caveat="The last step may be one point on one questionnaire; reliable recovery asks for more."),
    _count("not_recovered", "Not recovered", FINISHED, "Counted for recovery, but not recovered.", "278,767", *_ELIGIBLE, minus("recovery")),
    _count("reliable_recovery", "Reliable recovery", FINISHED, "Finished courses with both recovery and reliable improvement.", "276,261", better="higher"),
    _count("reliable_improvement", "Reliable improvement", FINISHED,
           "Finished courses with a fall on a measure larger than its measurement error and no such rise on the other.", "406,118", better="higher"),
    _count("no_reliable_change", "No reliable change", FINISHED, "Finished courses with neither reliable improvement nor deterioration.", "158,960"),
    _count("reliable_deterioration", "Reliable deterioration", FINISHED,
           "Finished courses with a rise on a measure larger than its measurement error and no such fall on the other.", "35,316", better="lower"),
    _count("unscored", "Unscored", FINISHED,
           "Finished courses with none of reliable improvement, no reliable change and reliable deterioration.", "5,798", *_UNSCORED, better="lower",
           caveat="Computed here: the publisher's three outcomes do not add up to all who finished."),
    # In-year flows.
    _rate("entered_of_received", "Entered treatment, of received", RECEIVED_BASE, FLOWS,
          "Referrals that entered treatment in the year for every hundred received in it.", "70.1%", _ENTERED, _RECEIVED,
          _NUMBERS_2017_18, CENSUS_2017_18, caveat=ENTERED_NOT_COHORT),
    _rate("not_entered_of_received", "Not entering treatment, of received", RECEIVED_BASE, FLOWS,
          "A hundred less the rate that entered treatment.", "29.9%", (plus("referrals_received"), minus("entered_treatment")), _RECEIVED,
          _NUMBERS_2017_18, CENSUS_2017_18, caveat=ENTERED_NOT_COHORT),
    _rate("finished_of_received", "Finished, of received", RECEIVED_BASE, FLOWS,
          "Courses finished in the year for every hundred referrals received in it.", "38.5%", _FINISHED, _RECEIVED,
          _NUMBERS_2017_18, CENSUS_2017_18, caveat=ENTERED_NOT_COHORT),
    _rate("recovered_of_received", "Recovered, of received", RECEIVED_BASE, FLOWS,
          "Recoveries in the year for every hundred referrals received in it.", "18.3%", _RECOVERED, _RECEIVED,
          _NUMBERS_2017_18, CENSUS_2017_18, caveat=ENTERED_NOT_COHORT),
    _rate("finished_of_entered", "Finished, of entered", ENTERED_BASE, FLOWS,
          "Courses finished in the year for every hundred referrals that entered treatment in it.", "55.0%", _FINISHED, _ENTERED,
          _NUMBERS_2017_18, CENSUS_2017_18, caveat=ENTERED_NOT_COHORT),
    _rate("not_finished_of_entered", "Not finishing, of entered", ENTERED_BASE, FLOWS,
          "A hundred less the rate that finished.", "45.0%", (plus("entered_treatment"), minus("finished_course_of_treatment")), _ENTERED,
          _NUMBERS_2017_18, CENSUS_2017_18, caveat=ENTERED_NOT_COHORT),
    _rate("recovered_of_entered", "Recovered, of entered", ENTERED_BASE, FLOWS,
          "Recoveries in the year for every hundred referrals that entered treatment in it.", "26.1%", _RECOVERED, _ENTERED,
          _NUMBERS_2017_18, CENSUS_2017_18, caveat=ENTERED_NOT_COHORT),
    # The ended cohort.
    _rate("not_seen_of_ended", "Not seen, of ended", ENDED_BASE, ENDED, "Referrals that ended with no attended contact.", "31.6%",
          (plus("ended_not_seen"),), _ENDED, caveat=MONTHLY_NOTE),
    _rate("seen_not_treated_of_ended", "Seen but not treated, of ended", ENDED_BASE, ENDED,
          "Referrals that ended with an attended contact but no treatment appointment.", "1.9%", (plus("ended_seen_not_treated"),), _ENDED, caveat=MONTHLY_NOTE),
    _rate("before_treatment_of_ended", "Before treatment, of ended", ENDED_BASE, ENDED,
          "Referrals that ended with no treatment appointment, seen or not.", "33.5%", (plus("ended_before_treatment"),), _ENDED, caveat=MONTHLY_NOTE,
          otherwise=(plus("ended_not_seen"), plus("ended_seen_not_treated"))),
    _rate("treated_of_ended", "Ended after treatment, of ended", ENDED_BASE, ENDED,
          "Referrals that ended with at least one treatment appointment.", "66.5%", _TREATED, _ENDED, caveat=MONTHLY_NOTE),
    _rate("one_treatment_of_ended", "One appointment only, of ended", ENDED_BASE, ENDED,
          "Referrals that ended with exactly one treatment appointment.", "29.7%", _ONE, _ENDED, caveat=MONTHLY_NOTE),
    _rate("finished_of_ended", "Finished, of ended", ENDED_BASE, ENDED, "Referrals that ended with a finished course.", "36.8%", _FINISHED, _ENDED, caveat=MONTHLY_NOTE),
    _rate("recovered_of_ended", "Recovered, of ended", ENDED_BASE, ENDED, "Referrals that ended in recovery.", "17.7%", _RECOVERED, _ENDED, better="higher",
          why="It counts everyone the service let go of that year.", caveat=MONTHLY_NOTE),
    _rate("completion_rate", "Completion rate", TREATED_BASE, ENDED,
          "Finished courses, of referrals that ended after at least one treatment appointment.", "55.3%", _FINISHED, _TREATED, better="higher",
          why="Nobody recovers by the published measure without finishing.", caveat=MONTHLY_NOTE),
    _rate("one_treatment_rate", "One appointment only", TREATED_BASE, ENDED,
          "Referrals that ended after exactly one treatment appointment.", "44.7%", _ONE, _TREATED,
          caveat="Some needed only one: a single appointment is not always a failure. " + MONTHLY_NOTE),
    _rate("recovered_of_treated", "Recovered, of ended after treatment", TREATED_BASE, ENDED,
          "Recoveries, of referrals that ended after at least one treatment appointment.", "26.6%", _RECOVERED, _TREATED, better="higher", caveat=MONTHLY_NOTE),
    # All who finished.
    _rate("eligible_of_finished", "Counted for recovery, of finished", FINISHED_BASE, FINISHED,
          "Finished courses less those not at caseness at the start.", "94.1%", _ELIGIBLE, _FINISHED),
    _rate("recovered_of_finished", "Recovered, of finished", FINISHED_BASE, FINISHED, "Recoveries, of all who finished.", "48.1%", _RECOVERED, _FINISHED, better="higher",
          caveat="Includes those not at caseness at the start, who cannot recover by definition."),
    _rate("not_recovered_of_finished", "Without recovery, of finished", FINISHED_BASE, FINISHED,
          "Finished courses without recovery, those not at caseness at the start included.", "51.9%", (plus("finished_course_of_treatment"), minus("recovery")), _FINISHED),
    _rate("reliable_improvement_rate", "Reliable improvement rate", FINISHED_BASE, FINISHED, "Reliable improvement, of all who finished.", "67.0%",
          (plus("reliable_improvement"),), _FINISHED, better="higher", published="reliable_improvement_percent",
          why="It counts every clear gain, wherever it started from."),
    _rate("no_reliable_change_rate", "No reliable change rate", FINISHED_BASE, FINISHED, "No reliable change, of all who finished.", "26.2%",
          (plus("no_reliable_change"),), _FINISHED, published="no_reliable_change_percent"),
    _rate("reliable_deterioration_rate", "Reliable deterioration rate", FINISHED_BASE, FINISHED, "Reliable deterioration, of all who finished.", "5.8%",
          (plus("reliable_deterioration"),), _FINISHED, better="lower", published="reliable_deterioration_percent"),
    _rate("unscored_rate", "Unscored", FINISHED_BASE, FINISHED, "Finished courses with none of the three published outcomes.", "1.0%", _UNSCORED, _FINISHED, better="lower",
          caveat="Computed here, not published."),
    # Those at caseness at the start.
    _rate("recovery_rate", "Recovery rate", CASENESS_BASE, FINISHED, "Recovery, of finished courses less those not at caseness at the start.", "51.1%",
          _RECOVERED, _ELIGIBLE, better="higher", published="recovery_percent",
          why="It is the figure the service is held to: the standard is 50%.",
          caveat="Only those who finished and started at caseness are in the base, far fewer than were referred."),
    _rate("not_recovered_rate", "Not recovered", CASENESS_BASE, FINISHED, "Counted for recovery, but not recovered.", "48.9%", (*_ELIGIBLE, minus("recovery")), _ELIGIBLE, better="lower"),
    _rate("reliable_recovery_rate", "Reliable recovery rate", CASENESS_BASE, FINISHED, "Reliable recovery, of finished courses less those not at caseness at the start.", "48.5%",
          (plus("reliable_recovery"),), _ELIGIBLE, better="higher", published="reliable_recovery_percent"),
    _rate("recovered_of_at_caseness", "Recovered, of the count at caseness", "of referrals with the published mark of caseness", FINISHED,
          "Recovery, of the published count at caseness.", "51.2%", _RECOVERED, (plus("at_caseness"),),
          caveat="Not the published rate: the publisher divides by finished courses less those not at caseness, a slightly larger base."),
    # Waits, appointments, people.
    _wait("first_treatment_within_6_weeks", "First treatment within 6 weeks", "first treatment", "within 6 weeks",
          "First treatment appointment at most 42 days after the referral was received, of courses finished in the year.", (494_021, 554_709), "89.1%", _FIRST_WAIT_CAVEAT),
    _wait("first_treatment_within_18_weeks", "First treatment within 18 weeks", "first treatment", "within 18 weeks",
          "First treatment appointment at most 126 days after the referral was received, of courses finished in the year.", (548_300, 554_709), "98.8%", _FIRST_WAIT_CAVEAT),
    _wait("second_treatment_within_6_weeks", "Second treatment within 6 weeks of the first", "first to second treatment", "within 6 weeks",
          "Second treatment appointment at most 42 days after the first, of courses finished in the year.", (362_260, 554_709), "65.3%",
          _SECOND_WAIT_CAVEAT),
    _wait("second_treatment_within_18_weeks", "Second treatment within 18 weeks of the first", "first to second treatment", "within 18 weeks",
          "Second treatment appointment at most 126 days after the first, of courses finished in the year.", (517_795, 554_709), "93.3%",
          _SECOND_WAIT_CAVEAT),
    _wait("second_treatment_after_90_days", "Second treatment more than 90 days after the first", "first to second treatment", "more than 90 days",
          "Second treatment appointment more than 90 days after the first, of courses finished in the year.", (75_084, 554_709), "13.5%",
          _SECOND_WAIT_CAVEAT, "lower"),
    _mean("mean_wait_entered", "Mean wait, entered treatment", "days", "Mean days from referral to first treatment, of referrals that entered treatment in the year.",
          Example("An invented file", (("mean_wait_entered", 24),), "24.0 days"), "A mean is pulled up by a few long waits.", FLOWS),
    _mean("mean_wait_finished", "Mean wait, finished", "days", "Mean days from referral to first treatment, of courses finished in the year.",
          Example("An invented file", (("mean_wait_finished", 24),), "24.0 days"), "A mean is pulled up by a few long waits."),
    _mean("mean_treatment_appointments", "Mean treatment appointments", "appointments", "Mean attended treatment appointments of courses finished in the year.",
          Example("An invented file", (("mean_treatment_appointments", 7),), "7.0"), "Courses of fewer than two appointments are not in it."),
    _count("treatment_appointments", "Treatment appointments", FINISHED, "Attended treatment appointments (not referrals) of courses finished in the year.", "1,000",
           given={"treatment_appointments": 1_000}, what="An invented file", caveat="In no source at hand so far."),
    Metric("referrals_per_person", "Referrals per person", Formula((plus("referrals_received"),), (plus("people_referred"),), "ratio"), FLOWS,
           "Referrals received for each person referred.",
           Example("England, 2016-17", (("referrals_received", 1_385_664), ("people_referred", 1_198_952)), "1.16"),
           why="It says how far referrals overstate people.", caveat="Not in the annual file after 2016-17."),
    # What part of the whole a group is.
    _share("share_of_received", "Share of referrals received", "referrals_received", f"{RECEIVED_BASE}, whatever their group", FLOWS,
           "The referrals received in the year that belong to a group.",
           Example("Women, England, 2019-20", (("referrals_received", 1_094_413), ("referrals_received in all", 1_694_790)), "64.6%")),
    _share("share_of_finished", "Share of finished courses", "finished_course_of_treatment", f"{FINISHED_BASE}, whatever their group", FINISHED,
           "The finished courses of the year that belong to a group.",
           Example("Mixed anxiety and depressive disorder, England, 2019-20",
                   (("finished_course_of_treatment", 35_064), ("finished_course_of_treatment in all", 606_192)), "5.8%")),
)  # fmt: skip

METRICS_BY_NAME: dict[str, Metric] = {metric.name: metric for metric in METRICS}


def rates_over_each_base(metric: Metric) -> tuple[Metric, ...]:
    """The rates with the metric's own numerator, one for each base it is put over, in reading order."""
    return tuple(
        other
        for other in METRICS
        if other.is_rate and not other.of_groups and other.formula.over == metric.formula.over
    )


def count_of(terms: tuple[Term, ...]) -> Metric | None:
    """The metric that counts what `terms` add up to, None where the catalogue has none."""
    return next((other for other in METRICS if other.unit == "count" and other.formula.over == terms), None)


def full_title(metric: Metric) -> str:
    """The metric's title, told from that of a count of the same name."""
    alike = [other for other in METRICS if other.title == metric.title]
    return f"{metric.title}, as a rate" if metric.is_rate and len(alike) > 1 else metric.title
