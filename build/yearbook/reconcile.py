"""Our rates against the publisher's own percentages, cell by cell.

England's counts are exact, so each of its published percentages must come out to the digit, rounded half
up. Below England counts are rounded to the nearest 5 and percentages to whole numbers, so the published
percentage must lie within the bounds that rounding leaves. Nothing here forgives: a miss is reported
with its row.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from yearbook.formulas import Term
from yearbook.metrics import METRICS, Metric
from yearbook.organisations import ORGANISATION_TYPES
from yearbook.releases import KEY_COLUMNS, MARKERS, SUPPRESSED, Release
from yearbook.years import FinancialYear

PUBLISHED_RATES: tuple[Metric, ...] = tuple(metric for metric in METRICS if metric.published)
"""The metrics whose percentage the publisher prints too."""


@dataclass(frozen=True, slots=True)
class Level:
    """How one year's percentages of one kind of organisation came out.

    `percentages` were published as numbers, `checked` of them have all their counts, `agree` of those
    reproduce (England) or lie within the rounding bounds (below). `same` counts how many the rounded
    counts alone would print alike, and `worst` is the largest miss outside the bounds, in points.
    """

    year: FinancialYear
    org_type: str
    percentages: int
    checked: int
    agree: int
    same: int
    misses: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """The kind of organisation, as written."""
        return ORGANISATION_TYPES[self.org_type]


def rounding_range(counts: np.ndarray, exact: bool) -> tuple[np.ndarray, np.ndarray]:
    """The least and greatest true count behind each published one.

    Below England a count is rounded to the nearest 5, so it stands for two less to two more; a 5 stands
    for 5 to 7 because anything under 5 is hidden.
    """
    if exact:
        return counts, counts
    return np.where(counts == 5, 5, counts - 2), counts + 2


def reconcile_release(release: Release) -> tuple[Level, ...]:
    """A level for each kind of organisation in the release, England first."""
    types = np.array(release.rows["org_type"].tolist())
    columns = {measure: _parse_column(release.rows[measure]) for measure in _measures_used(release)}
    return tuple(
        _reconcile_level(release, org_type, np.flatnonzero(types == org_type), columns)
        for org_type in ORGANISATION_TYPES
        if org_type in types
    )


def _measures_used(release: Release) -> list[str]:
    """The measures of the release that a published percentage is checked with, and those percentages."""
    used: dict[str, None] = {}
    for metric in PUBLISHED_RATES:
        if metric.published in release.measures:
            terms = (*metric.formula.over, *metric.formula.under)
            used |= dict.fromkeys((metric.published, *(term.measure for term in terms)))
    return list(used)


def _reconcile_level(release: Release, org_type: str, positions: np.ndarray, columns: Mapping[str, "_Column"]) -> Level:
    rows = {measure: column.at(positions) for measure, column in columns.items()}
    percentages = checked = agree = same = 0
    misses: list[str] = []
    for metric in PUBLISHED_RATES:
        if metric.published not in release.measures:
            continue
        published = rows[metric.published].numbers
        numerator = _term_sums(rows, metric.formula.over, exact=org_type == "england")
        denominator = _term_sums(rows, metric.formula.under, exact=org_type == "england")
        printed = ~np.isnan(published)
        usable = printed & ~np.isnan(numerator.middle) & ~np.isnan(denominator.low) & (denominator.high > 0)
        ours = _half_up(numerator.middle, denominator.middle, 1 if org_type == "england" else 0)
        if org_type == "england":
            good = usable & (ours == published)
        else:
            good = usable & _within(published, numerator, denominator)
        percentages += int(printed.sum())
        checked += int(usable.sum())
        agree += int(good.sum())
        same += int((usable & (ours == published)).sum())
        for position in np.flatnonzero(usable & ~good):
            row = int(positions[position])
            key = ", ".join(value for value in release.rows.iloc[row][list(KEY_COLUMNS)] if value)
            place = f"{release.path}, line {row + 2}"
            both = f"published {published[position]:g}%, from the counts {ours[position]:g}%"
            misses.append(f"{place}: {metric.title} of {key}: {both}")
    return Level(release.year, org_type, percentages, checked, agree, same, tuple(misses))


@dataclass(frozen=True, slots=True)
class _Sums:
    low: np.ndarray
    middle: np.ndarray
    high: np.ndarray


@dataclass(frozen=True, slots=True)
class _Column:
    """The cells of a measure: their numbers, NaN where there is none, and whether each is suppressed."""

    numbers: np.ndarray
    hidden: np.ndarray

    def at(self, positions: np.ndarray) -> "_Column":
        return _Column(self.numbers[positions], self.hidden[positions])


def _parse_column(cells: pd.Series) -> _Column:
    codes, texts = pd.factorize(np.array(cells.tolist(), dtype=object))
    numbers = [float("nan") if text in MARKERS else float(text) for text in texts]
    return _Column(np.array(numbers)[codes], np.array([text == SUPPRESSED for text in texts])[codes])


def _term_sums(rows: Mapping[str, _Column], terms: Sequence[Term], exact: bool) -> _Sums:
    """The signed sums of the terms and their bounds; a hidden count taken away stands for 0 to 4."""
    length = len(rows[terms[0].measure].numbers)
    low, middle, high = (np.zeros(length) for _ in range(3))
    for term in terms:
        counts, hidden = rows[term.measure].numbers, rows[term.measure].hidden
        least, most = rounding_range(counts, exact)
        if term.sign < 0 and not exact:
            least, most = np.where(hidden, 0, least), np.where(hidden, 4, most)
            counts = np.where(hidden, 0, counts)
        middle = middle + term.sign * counts
        low = low + (least if term.sign > 0 else -most)
        high = high + (most if term.sign > 0 else -least)
    return _Sums(low, middle, high)


def _half_up(numerator: np.ndarray, denominator: np.ndarray, places: int) -> np.ndarray:
    """100 × numerator ÷ denominator to `places` decimals, halves up; whole-number arithmetic, so exact."""
    usable = ~np.isnan(numerator) & ~np.isnan(denominator) & (denominator > 0)
    over = np.where(usable, numerator, 0).astype(np.int64) * (100 * 10**places)
    under = np.where(usable, denominator, 1).astype(np.int64)
    whole = (2 * over + under) // (2 * under)
    return np.where(usable, whole / 10**places, np.nan)


def _within(published: np.ndarray, numerator: _Sums, denominator: _Sums) -> np.ndarray:
    """Whether a whole published percentage can come from counts within their rounding ranges."""
    least = _half_up(np.maximum(numerator.low, 0), denominator.high, 0)
    most = _half_up(numerator.high, np.maximum(denominator.low, 1), 0)
    return np.asarray((published >= least) & (published <= np.minimum(most, 100)))
