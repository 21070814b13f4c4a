"""What the publication counts: every measure a release can hold, in our names.

A *measure* is published; a *metric* (see `metrics`) is computed from measures. Every count is of
referrals, not people, unless its definition says otherwise. Which published column holds which measure
in which year is data: `data/crosswalks/columns.csv`. This module leaves out how the files are read
(`importing`) and what is computed (`metrics`).
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measure:
    """One published quantity. `unit` is `count`, `percent`, `days`, `minutes` or `appointments`."""

    name: str
    title: str
    unit: str
    definition: str


def _count(name: str, title: str, definition: str) -> Measure:
    return Measure(name, title, "count", definition)


def _percent(name: str, title: str, definition: str) -> Measure:
    return Measure(name, title, "percent", definition)


def _mean(name: str, title: str, unit: str, definition: str) -> Measure:
    return Measure(name, title, unit, definition)


MEASURES: tuple[Measure, ...] = (
    # The journey.
    _count("referrals_received", "Referrals received", "Referrals whose request was received in the year."),
    _count("people_referred", "People referred", "People with at least one referral received in the year."),
    _count(
        "entered_treatment",
        "Entered treatment",
        "Referrals whose first attended treatment appointment fell in the year, whenever they were received.",
    ),
    _count("second_treatment", "Second treatment", "Referrals whose second treatment appointment fell in the year."),
    _count("ended_referrals", "Referrals ended", "Referrals that ended in the year, whenever they were received."),
    _count("ended_not_seen", "Ended, not seen", "Referrals that ended in the year with no attended contact."),
    _count(
        "ended_seen_not_treated",
        "Ended, seen but not treated",
        "Referrals that ended in the year with an attended contact but no treatment appointment.",
    ),
    _count(
        "ended_before_treatment",
        "Ended before treatment",
        "Referrals that ended in the year with no treatment appointment, seen or not.",
    ),
    _count(
        "ended_after_one_treatment",
        "Ended after one treatment appointment",
        "Referrals that ended in the year with exactly one attended treatment appointment.",
    ),
    _count(
        "finished_course_of_treatment",
        "Finished a course of treatment",
        "Referrals that ended in the year with at least two attended treatment appointments, follow-ups "
        "left out. It counts appointments, not the reason for ending.",
    ),
    _percent(
        "finished_percent",
        "Finished, as published share",
        "The share of all finished courses in the year that fall in the row's category.",
    ),
    # The outcome.
    _count("paired_scores", "Paired scores", "Finished courses with appropriate scores at the first and last appointment."),
    _percent("paired_scores_percent", "Paired scores, share", "Paired scores as a share of finished courses."),
    _count(
        "at_caseness",
        "At caseness at the start",
        "Finished courses that scored at or above the clinical threshold on either measure at the first appointment.",
    ),
    _count(
        "not_at_caseness",
        "Not at caseness at the start",
        "Finished courses that scored below the threshold on both measures at the first appointment.",
    ),
    _count(
        "reliable_improvement",
        "Reliable improvement",
        "Finished courses with a fall on a measure larger than its measurement error and no such rise on the other.",
    ),
    _percent("reliable_improvement_percent", "Reliable improvement, published", "Published, of finished courses."),
    _count("no_reliable_change", "No reliable change", "Finished courses with neither reliable improvement nor deterioration."),
    _percent("no_reliable_change_percent", "No reliable change, published", "Published, of finished courses."),
    _count(
        "reliable_deterioration",
        "Reliable deterioration",
        "Finished courses with a rise on a measure larger than its measurement error and no such fall on the other.",
    ),
    _percent("reliable_deterioration_percent", "Reliable deterioration, published", "Published, of finished courses."),
    _count(
        "recovery",
        "Recovery",
        "Finished courses at caseness at the start and below the threshold on both measures at the end.",
    ),
    _percent(
        "recovery_percent",
        "Recovery, published",
        "Published, of finished courses less those not at caseness at the start.",
    ),
    _count("reliable_recovery", "Reliable recovery", "Finished courses with both recovery and reliable improvement."),
    _percent(
        "reliable_recovery_percent",
        "Reliable recovery, published",
        "Published, of finished courses less those not at caseness at the start.",
    ),
    # Waits and appointments.
    _mean("mean_wait_entered", "Mean wait, entered treatment", "days", "Mean days from referral to first treatment, of referrals that entered treatment in the year."),
    _mean("mean_wait_finished", "Mean wait, finished", "days", "Mean days from referral to first treatment, of courses finished in the year."),
    _mean("median_wait_entered", "Median wait, entered treatment", "days", "Median days from referral to first treatment, of referrals that entered treatment in the year."),
    _mean("median_wait_finished", "Median wait, finished", "days", "Median days from referral to first treatment, of courses finished in the year."),
    _mean("mean_treatment_appointments", "Mean treatment appointments", "appointments", "Mean attended treatment appointments of courses finished in the year."),
    _mean("mean_appointments_recovery", "Mean appointments, recovery", "appointments", "The same, of courses with recovery."),
    _mean("mean_appointments_reliable_improvement", "Mean appointments, reliable improvement", "appointments", "The same, of courses with reliable improvement."),
    _mean("mean_appointments_no_reliable_change", "Mean appointments, no reliable change", "appointments", "The same, of courses with no reliable change."),
    _mean("mean_appointments_reliable_deterioration", "Mean appointments, reliable deterioration", "appointments", "The same, of courses with reliable deterioration."),
    _mean("mean_appointments_reliable_recovery", "Mean appointments, reliable recovery", "appointments", "The same, of courses with reliable recovery."),
    # What else the file holds.
    _count("treatment_appointments", "Treatment appointments", "Treatment appointments (not referrals) of courses finished in the year."),
    _count("baf_indicator_completion", "BAF indicator completed", "Finished courses with the publisher's BAF indicator completed."),
    _percent("baf_indicator_completion_percent", "BAF indicator completed, share", "Published share."),
    _count("finished_first_6_months", "Finished in the first six months", "Courses finished in the first six months of the year."),
    _count("finished_first_6_months_followed_up", "Followed up", "Of those, courses with a follow-up appointment."),
    _percent("follow_up_percent", "Followed up, share", "Published share of courses finished in the first six months."),
    _mean("mean_contact_duration", "Mean length of contact", "minutes", "Mean minutes of a contact."),
    _mean("median_contact_duration", "Median length of contact", "minutes", "Median minutes of a contact."),
    _mean("sum_contact_duration", "Total length of contacts", "minutes", "Total minutes of all contacts."),
    _mean("mean_total_contact_duration", "Mean contact time per referral", "minutes", "Mean minutes of contact of a finished course."),
    _mean("median_total_contact_duration", "Median contact time per referral", "minutes", "Median minutes of contact of a finished course."),
    _count("finished_with_contact_duration", "Finished, with contact time", "Finished courses with their contact time recorded."),
)  # fmt: skip

MEASURES_BY_NAME: dict[str, Measure] = {measure.name: measure for measure in MEASURES}
