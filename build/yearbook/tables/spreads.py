"""How the areas of a year lay apart, as tables: the ends with the year after, and the spread of every year.

What a row is made of stands where the row leads: an area's on its own page, a year's on the page that compares them.
"""

from fractions import Fraction
from math import floor

from yearbook.areas import FOLDER, TYPE_WORDS
from yearbook.comparison import Interval
from yearbook.formatting import format_number, number_word, plural, round_half_up, sentence_case
from yearbook.organisations import ENGLAND
from yearbook.peers import Comparisons, Peer, Peers
from yearbook.tables.table import Cell, Row, Table, with_notes
from yearbook.values import Status
from yearbook.years import FinancialYear

METRIC = "recovery_rate"
WITHOUT_ENDS = ("region",)
"""Types of which there are so few that they have neither tenths nor ends worth a list."""

EXTREMES = 5
"""How many of the highest and of the lowest are followed into the next year."""


def percent_range(interval: Interval | None) -> str:
    """An interval of a proportion in whole per cent: `32 to 36`; empty without one."""
    if interval is None:
        return ""
    return f"{_whole_percent(interval.low)} to {_whole_percent(interval.high)}"


def ratio_text(ratio: float | None) -> str:
    """A ratio to two decimals, a dash where there is none."""
    return "–" if ratio is None else format_number(_exact(ratio), 2)


def percent_text(proportion: float) -> str:
    """A proportion in whole per cent: `45%`."""
    return f"{_whole_percent(proportion)}%"


def _whole_percent(proportion: float) -> int:
    """A proportion in whole per cent. Only one that is close to a half has to be known exactly."""
    above = proportion * 100 + 0.5
    whole = floor(above)
    return whole if 1e-6 < above - whole < 1 - 1e-6 else int(round_half_up(_exact(proportion) * 100))


def _exact(number: float) -> Fraction:
    """The fraction meant by a float: a half that came out a hair below is a half."""
    return Fraction(number).limit_denominator(10**9)


def ends_of(peers: Peers) -> tuple[tuple[Peer, ...], tuple[Peer, ...]]:
    """The highest and the lowest that may be named, as many of each as do not overlap, five at most."""
    number = min(EXTREMES, len(peers.named) // 2) if peers.org_type not in WITHOUT_ENDS else 0
    return (peers.named[:number], peers.named[-number:]) if number else ((), ())


def next_year_of(comparisons: Comparisons, peer: Peer, year: FinancialYear) -> tuple[Peer | None, str]:
    """The same organisation's row in the year after; or none, and what it became: `part of NHS Sussex ICB`."""
    area = comparisons.areas.of(peer.organisation.key)
    later = area.in_year(year.next) if area else None
    if later is not None:
        return comparisons.peers(METRIC, year.next, later.org_type).of(later), ""
    archive = comparisons.report.archive
    after = [
        _BECAME.get(one.kind, "part of {}").format(archive.organisations[one.new].name)
        for one in archive.lineage.successors(peer.organisation.key)
        if one.new in archive.organisations and one.year == year.next and one.kind != "transferred"
    ]
    return None, after[0] if after else ""


_BECAME = {"recoded": "{}", "redrawn": "{}, with its borders redrawn", "split": "several regions"}
"""What follows "it became", by the kind of succession; what merged became part of another."""


def extremes_table(comparisons: Comparisons, peers: Peers) -> Table:
    """The highest and the lowest that may be named, and what became of each the year after."""
    high, low = ends_of(peers)
    followed = peers.year.next in comparisons.report.archive.releases
    rows, notes = [], []
    for peer in (*high, *low):
        cells: list[Cell | str] = [
            Cell(METRIC, peers.year, peer.working, 0),
            percent_range(peer.interval),
            format_number(peer.base),
        ]
        if followed:
            after, became = next_year_of(comparisons, peer, peers.year)
            gone = ("merged" if became.startswith("part of") else "ended") if became else Status.NOT_COLLECTED.value
            cells += [Cell(METRIC, peers.year.next, after.working, 0) if after else gone, _moved(peer, after)]
            if became:
                notes.append(f"{peer.organisation.name} became {became} in {peers.year.next}.")
        rows.append(
            Row(
                peer.organisation.name,
                tuple(cells),
                address=_counts_of(comparisons, peer, peers.year),
                code=peer.organisation.code,
            )
        )
    count = f"{number_word(len(high))} " if len(high) > 1 else ""
    areas = plural(len(high), *TYPE_WORDS[peers.org_type])
    caption = f"The {count}highest and the {count}lowest {areas} of {peers.year}"
    columns = [sentence_case(TYPE_WORDS[peers.org_type][0]), f"Recovery rate, {peers.year}", "95% interval", "Counted"]
    if followed:
        caption += ", and the year after"
        columns += [str(peers.year.next), "Change, points"]
    id = f"extremes-{peers.org_type.replace('_', '-')}"
    return with_notes(Table(id, caption, tuple(columns), tuple(rows), tuple(notes), own_working=True, year=peers.year))


def _counts_of(comparisons: Comparisons, peer: Peer, year: FinancialYear) -> str:
    """Where the counts behind an organisation's rate of a year stand: on its area's page; empty without one."""
    area = comparisons.areas.of(peer.organisation.key)
    return f"{area.address}#w-row-years-{year}" if area else ""


def _moved(before: Peer, after: Peer | None) -> str:
    """The change in whole points, from the counts: two printed percentages may hide as much as a point."""
    if after is None or not after.working.figure.known or after.counts is None:
        return ""
    return format_number(_exact(after.rate - before.rate) * 100)


def spreads_table(comparisons: Comparisons, org_type: str) -> Table:
    """The spread of every year that has this type. Other types are not in it: their spreads do not compare."""
    rows = []
    for year in comparisons.report.years:
        peers = comparisons.peers(METRIC, year, org_type)
        found, high, low = peers.spread, peers.highest, peers.lowest
        if found is None:
            continue
        apart = high.rate / low.rate if high and low and high is not low and low.rate else None
        rows.append(
            Row(
                str(year),
                (
                    format_number(found.number), low.working.text(0) if low else "–", percent_text(found.p10),
                    percent_text(found.median), percent_text(found.p90), high.working.text(0) if high else "–",
                    ratio_text(apart), ratio_text(found.p90_to_p10),
                ),
                address=f"{FOLDER}/{org_type.replace('_', '-')}-{year}/#table-all",
            )
        )  # fmt: skip
    columns = (
        "Year", "Ranked", "Lowest named", "10th percentile", "Median", "90th percentile", "Highest named",
        "Highest to lowest", "90th to 10th",
    )  # fmt: skip
    notes = (
        "Rows in doubt are ranked and not named. A year is compared only with years of the same kind of area: the "
        "larger the areas, the narrower their spread, whatever happens.",
    )
    id = f"spreads-{org_type.replace('_', '-')}"
    caption = f"How far {TYPE_WORDS[org_type][1]} lay apart in recovery, year by year"
    return Table(id, caption, columns, tuple(rows), notes, own_working=True)


def peers_table(comparisons: Comparisons, peers: Peers) -> Table:
    """Every ranked organisation with its rate, its interval, what it is of, and its rank; England first."""
    england = Cell(METRIC, peers.year, comparisons.report.working(METRIC, peers.year))
    rows = [Row("England", (england, "", "", ""), is_base=True, code=ENGLAND.code)]
    for peer in peers.ranked:
        cell = Cell(METRIC, peers.year, peer.working, 0)
        cells = (cell, percent_range(peer.interval), format_number(peer.base), str(peer.rank))
        address = _counts_of(comparisons, peer, peers.year)
        rows.append(Row(peer.organisation.name, cells, address=address, code=peer.organisation.code))
    columns = (sentence_case(TYPE_WORDS[peers.org_type][0]), "Recovery rate", "95% interval", "Counted", "Rank")
    caption = f"Recovery rate of {count_words(peers)}, {peers.year}"
    id = f"spread-{peers.org_type.replace('_', '-')}"
    return with_notes(Table(id, caption, columns, tuple(rows), own_working=True, year=peers.year))


def count_words(peers: Peers) -> str:
    """`135 CCGs`: how many are ranked."""
    count = len(peers.ranked)
    return f"{format_number(count)} {plural(count, *TYPE_WORDS[peers.org_type])}"
