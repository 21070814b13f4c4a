"""How the sentence over each trend begins: what was counted, of whom, in which year, and the value.

One line a metric, in the order of the catalogue. `{value}` and `{year}` are filled in, and what is worth saying of
the year (a record, a change, a standard) follows after a comma. Flows of one year are never worded as shares of a
group that was followed.
"""

from collections.abc import Mapping

from yearbook.metrics import Metric

OPENINGS: Mapping[str, str] = {
    "referrals_received": "Referrals received came to {value} in {year}",
    "people_referred": "The people referred numbered {value} in {year}",
    "entered_treatment": "Referrals that entered treatment came to {value} in {year}",
    "second_treatment": "Referrals that had a second treatment appointment came to {value} in {year}",
    "ended_referrals": "Referrals that ended came to {value} in {year}",
    "ended_not_seen": "Referrals that ended without being seen came to {value} in {year}",
    "ended_seen": "Referrals that ended after being seen came to {value} in {year}",
    "ended_seen_not_treated": "Referrals that were seen and ended without treatment came to {value} in {year}",
    "ended_before_treatment": "Referrals that ended before treatment came to {value} in {year}",
    "ended_after_one_treatment": "Referrals that ended after one treatment appointment came to {value} in {year}",
    "ended_after_treatment": "Referrals that ended after at least one treatment appointment came to {value} in {year}",
    "finished_course_of_treatment": "Finished courses of treatment came to {value} in {year}",
    "at_caseness": "Finished courses that were at caseness at the start came to {value} in {year}",
    "not_at_caseness": "Finished courses that were not at caseness at the start came to {value} in {year}",
    "eligible_for_recovery": "Finished courses counted for recovery came to {value} in {year}",
    "recovery": "Recoveries came to {value} in {year}",
    "not_recovered": "Finished courses counted for recovery but without it came to {value} in {year}",
    "reliable_recovery": "Reliable recoveries came to {value} in {year}",
    "reliable_improvement": "Finished courses with reliable improvement came to {value} in {year}",
    "no_reliable_change": "Finished courses without reliable change came to {value} in {year}",
    "reliable_deterioration": "Finished courses with reliable deterioration came to {value} in {year}",
    "unscored": "Finished courses with none of the three outcomes came to {value} in {year}",
    "entered_of_received": "Entries to treatment in {year} came to {value} of the referrals received that year",
    "not_entered_of_received": "Entries to treatment in {year} fell short of the referrals received by {value} of them",
    "finished_of_received": "Courses finished in {year} came to {value} of the referrals received that year",
    "recovered_of_received": "Recoveries in {year} came to {value} of the referrals received that year",
    "finished_of_entered": (
        "Courses finished in {year} came to {value} of the referrals that entered treatment that year"
    ),
    "not_finished_of_entered": "Courses finished in {year} fell short of the entries to treatment by {value} of them",
    "recovered_of_entered": "Recoveries in {year} came to {value} of the referrals that entered treatment that year",
    "not_seen_of_ended": "Of the referrals that ended in {year}, {value} were never seen",
    "seen_not_treated_of_ended": "Of the referrals that ended in {year}, {value} were seen but not treated",
    "before_treatment_of_ended": "Of the referrals that ended in {year}, {value} ended before treatment",
    "treated_of_ended": "Of the referrals that ended in {year}, {value} had at least one treatment appointment",
    "one_treatment_of_ended": "Of the referrals that ended in {year}, {value} had one treatment appointment only",
    "finished_of_ended": "Of the referrals that ended in {year}, {value} had finished a course of treatment",
    "recovered_of_ended": "Of the referrals that ended in {year}, {value} had recovered",
    "completion_rate": "Of the referrals that ended after treatment in {year}, {value} had finished a course",
    "one_treatment_rate": "Of the referrals that ended after treatment in {year}, {value} had one appointment only",
    "recovered_of_treated": "Of the referrals that ended after treatment in {year}, {value} had recovered",
    "eligible_of_finished": "Of the courses finished in {year}, {value} were counted for recovery",
    "recovered_of_finished": "Of the courses finished in {year}, {value} ended in recovery",
    "not_recovered_of_finished": "Of the courses finished in {year}, {value} ended without recovery",
    "reliable_improvement_rate": "Of the courses finished in {year}, {value} ended in reliable improvement",
    "no_reliable_change_rate": "Of the courses finished in {year}, {value} showed no reliable change",
    "reliable_deterioration_rate": "Of the courses finished in {year}, {value} ended in reliable deterioration",
    "unscored_rate": "Of the courses finished in {year}, {value} have none of the three outcomes",
    "recovery_rate": "The recovery rate was {value} in {year}",
    "not_recovered_rate": "Of the finished courses counted for recovery in {year}, {value} ended without it",
    "reliable_recovery_rate": (
        "Of the finished courses counted for recovery in {year}, {value} ended in reliable recovery"
    ),
    "recovered_of_at_caseness": "Recoveries came to {value} of the published count at caseness in {year}",
    "first_treatment_within_6_weeks": (
        "Of the courses finished in {year}, {value} had begun within 6 weeks of referral"
    ),
    "first_treatment_within_18_weeks": (
        "Of the courses finished in {year}, {value} had begun within 18 weeks of referral"
    ),
    "second_treatment_within_6_weeks": (
        "Of the courses finished in {year}, {value} had their second appointment within 6 weeks of the first"
    ),
    "second_treatment_within_18_weeks": (
        "Of the courses finished in {year}, {value} had their second appointment within 18 weeks of the first"
    ),
    "second_treatment_after_90_days": (
        "Of the courses finished in {year}, {value} waited more than 90 days from the first appointment to the second"
    ),
    "mean_wait_entered": "Referrals that entered treatment in {year} had waited {value} on average",
    "mean_wait_finished": "Courses finished in {year} had waited {value} on average for their first treatment",
    "mean_treatment_appointments": "A course finished in {year} had {value} treatment appointments on average",
    "treatment_appointments": "The treatment appointments of finished courses came to {value} in {year}",
    "referrals_per_person": "There were {value} referrals for each person referred in {year}",
}


def opening(metric: Metric, value: str, year: object) -> str:
    """The beginning of the metric's sentence with its value and year; plain words for a metric that has none."""
    words = OPENINGS.get(metric.name, f"{metric.title}: {{value}} in {{year}}")
    return words.format(value=value, year=year)
