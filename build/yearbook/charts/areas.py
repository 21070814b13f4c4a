"""The two charts of an area's page: its recovery rate over the years beside England's, and its place among its peers.

Each is drawn once, at the narrow width: on a wide screen the two stand side by side.
"""

from collections.abc import Mapping, Sequence

from yearbook.areas import TYPE_WORDS, Area
from yearbook.charts.area_pictures import Named, dot_picture, has_columns
from yearbook.charts.chart import Chart, MissingChart, source_words
from yearbook.charts.pictures import Picture, plotted
from yearbook.charts.sentences import break_notes
from yearbook.charts.ticks import ticks_of
from yearbook.charts.timelines import add_breaks, add_name, add_point, add_series, add_value, begin_timeline
from yearbook.comparison import difference_interval
from yearbook.formatting import format_number, join_words, plural
from yearbook.metrics import CASENESS_BASE
from yearbook.peers import Comparisons, Peer
from yearbook.registers import SeriesBreak
from yearbook.tables import Cell, Row, Table, with_notes
from yearbook.wording import rank_words
from yearbook.years import FinancialYear

METRIC = "recovery_rate"
_TURN = 3
"""A year that lies this many points beyond both ends of the line is told in its title."""
WIDTH = "narrow"


def area_chart_id(area: Area, kind: str) -> str:
    """The id of an area's `trend` or `place`."""
    return f"area-{kind}-{area.slug}"


def build_area_charts(comparisons: Comparisons, area: Area) -> tuple[Chart | MissingChart, Chart | MissingChart]:
    """The area's place among its peers in its latest year, and its trend."""
    return build_area_place(comparisons, area), build_area_trend(comparisons, area)


def build_area_trend(comparisons: Comparisons, area: Area) -> Chart | MissingChart:
    """The area's published recovery rate in every year it has one, beside England's."""
    report, id = comparisons.report, area_chart_id(area, "trend")
    cells = {
        year: Cell(METRIC, year, report.working(METRIC, year, organisation))
        for year, organisation in area.in_years.items()
    }
    known = {year: cell for year, cell in cells.items() if cell.working.figure.known}
    if len(known) < 2:
        count = "no recovery rate" if not known else "a recovery rate for one year only"
        return MissingChart(id, None, f"The releases have {count}, so there is no line to draw.")
    years = [year for year in report.years if min(known) <= year <= max(known)]
    england = {
        year: cell for year in years if (cell := Cell(METRIC, year, report.working(METRIC, year))).working.figure.known
    }
    name = area.short
    rows = tuple(Row(str(year), (cells.get(year, ""), england.get(year, ""))) for year in years)
    table = with_notes(Table(id, f"Recovery rate, {area.name} and England", ("Year", name, "England"), rows))
    breaks = report.breaks(METRIC, years)
    alt = (f"Two lines. {area.name}: {_run(known)}. England: {_run(england)}. {' '.join(break_notes(breaks))}").strip()
    values = {year: plotted(cell.working.figure) for year, cell in known.items()}
    whole = {year: plotted(cell.working.figure) for year, cell in england.items()}
    picture = _trend_picture(years, values, whole, known, england, breaks)
    finding = _trend_finding(known, _is_clear(comparisons, area, min(known), max(known)))
    source = source_words(report, table)
    return Chart(id, None, finding, f"Recovery, {CASENESS_BASE}", alt, table, source, table.notes, {WIDTH: picture})


def _is_clear(comparisons: Comparisons, area: Area, first: FinancialYear, last: FinancialYear) -> bool:
    """Whether the rates of two years differ by more than chance could make them, as far as the counts tell."""
    ends = [
        comparisons.peers(METRIC, year, area.in_years[year].org_type).row(area.in_years[year]).counts
        for year in (first, last)
    ]
    if ends[0] is None or ends[1] is None:
        return False
    before, after = ends[0], ends[1]
    apart = difference_interval(after.numerator, after.denominator, before.numerator, before.denominator)
    return not apart.contains(0)


def _trend_finding(known: Mapping[FinancialYear, Cell], is_clear: bool) -> str:
    """How the rate went: by way of a year well outside both ends, up or down, or without a clear change."""
    first, last = min(known), max(known)
    change = known[last].working.figure.exact - known[first].working.figure.exact
    between = {year: cell.working.figure.exact for year, cell in known.items() if first < year < last}
    ends = sorted((known[first].working.figure.exact, known[last].working.figure.exact))
    lowest, highest = (find(between, key=lambda year: between[year], default=None) for find in (min, max))
    turn = lowest if lowest and ends[0] - between[lowest] >= _TURN else None
    turn = highest if highest and between[highest] - ends[1] >= _TURN else turn
    if turn is not None:
        return (
            f"Recovery went from {known[first].text} in {first} to {known[last].text} in {last}, "
            f"by way of {known[turn].text} in {turn}"
        )
    if change == 0:
        return f"Recovery was {known[last].text} in {last}, as in {first}"
    if not is_clear:
        return f"Recovery was {known[first].text} in {first} and {known[last].text} in {last}: no clear change"
    way = "rose" if change > 0 else "fell"
    return f"Recovery {way} from {known[first].text} in {first} to {known[last].text} in {last}"


def _run(cells: Mapping[FinancialYear, Cell]) -> str:
    return join_words([f"{cell.text} in {year}" for year, cell in sorted(cells.items())])


def _trend_picture(
    years: list[FinancialYear], own: dict[FinancialYear, float], whole: dict[FinancialYear, float],
    known: Mapping[FinancialYear, Cell], england: Mapping[FinancialYear, Cell], breaks: Sequence[SeriesBreak],
) -> Picture:  # fmt: skip
    ticks = ticks_of([*own.values(), *whole.values()], "percent")
    marked = max(own)
    timeline = begin_timeline(WIDTH, years, ticks[0], ticks[-1], ticks, marked, 190, breaks=breaks)
    add_breaks(timeline, breaks)
    add_series(timeline, "england", tuple(sorted(whole.items())), "quiet")
    add_series(timeline, "area", tuple(sorted(own.items())), "accent")
    for year, value in whole.items():
        add_point(
            timeline, year, value, "quiet", f"England, {year}: {england[year].text}", False, size=20, of="england"
        )
    for year, value in own.items():
        add_point(timeline, year, value, "accent", f"{year}: {known[year].text}", year == marked, of="area")
    above = own[marked] >= whole.get(marked, own[marked])
    add_value(timeline, marked, own[marked], known[marked].text, "accent", True, above)
    add_name(timeline, whole, "England", "quiet", not above)
    for year in dict.fromkeys((min(own), *sorted(own))):
        if year != marked:
            add_value(timeline, year, own[year], known[year].text, "accent", False, own[year] >= whole.get(year, 0))
    return timeline.picture()


def build_area_place(comparisons: Comparisons, area: Area) -> Chart | MissingChart:
    """Where the area lies among the organisations of its type in its latest year."""
    id, year = area_chart_id(area, "place"), area.years[-1]
    organisation = area.in_years[year]
    peers = comparisons.peers(METRIC, year, organisation.org_type)
    peer = peers.of(organisation)
    if peer is None or not peer.working.figure.known or peer.counts is None:
        reason = f"The recovery rate for {year} is {peer.working.figure.status.words if peer else 'not published'}"
        if peer is not None and peer.working.figure.known:
            reason = f"The counts behind the recovery rate for {year} are not published"
        return MissingChart(id, None, f"{reason}, so it has no place among others.")
    if len(peers.ranked) < peers.SMALLEST:
        many = TYPE_WORDS[organisation.org_type][1]
        return MissingChart(id, None, f"Too few {many} have a recovery rate for {year} to compare them.")
    count = len(peers.ranked)
    many = f"{format_number(count)} {plural(count, *TYPE_WORDS[organisation.org_type])}"
    finding = _place_finding(peer, year, rank_words(peers, peer))
    spread = peers.spread
    columns = has_columns(peers)
    marks = f"Columns that count {many} by" if columns else f"A dot for each of {many} over its"
    alt = f"{marks} recovery rate in {year}. {area.name}: {peer.working.text()}."
    if spread is not None:
        alt += f" The lowest is {peers.ranked[-1].working.text()} and the highest {peers.ranked[0].working.text()}."
    rank = Cell(METRIC, year, peer.working)
    england = Cell(METRIC, year, comparisons.report.working(METRIC, year))
    rows = (Row(area.name, (rank,)), Row("England", (england,)))
    table = Table(id, f"Recovery rate in {year}", ("", "Recovery rate"), rows)
    notes = ("Hollow: of too few referrals to be ranked.",) if peer.rank is None else ()
    picture = dot_picture(peers, [Named(peer, f"{area.short} {peer.working.text()}")], WIDTH)
    who = f"The columns count {many}, each" if columns else f"Each dot is one of {many},"
    base = f"{who} at its published recovery rate"
    source = source_words(comparisons.report, table)
    return Chart(id, None, finding, base, alt, table, source, notes, {WIDTH: picture})


def _place_finding(peer: Peer, year: FinancialYear, rank: str) -> str:
    """The title of an area's place: its rank, or why it has none."""
    if peer.flags:
        return f"In {year} its recovery rate was {peer.working.text()}, in a row that is in doubt"
    if peer.rank is None:
        return f"{peer.working.text()} recovered in {year}, of too few referrals to rank"
    return f"In {year} its recovery rate was {rank}"
